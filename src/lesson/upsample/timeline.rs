//! The lab's timeline: which pixels paint when, and how time moves the position along them.
//!
//! A position counts steps: at 3.0 three steps are done, at 3.5 the fourth is half way. Nothing here reads a clock. One
//! layer is painted pixel by pixel, and every pixel is a chapter. Of several layers each is a chapter: its pixels are
//! painted in at most [`STEPS_MOST`] steps, in runs where it has more, and the next layer begins when it is done.

use super::{Side, Stack};
use crate::lesson::matrix::timeline::LEAST_POSITION;
use std::ops::Range;

/// A layer of several is told in at most so many steps.
pub const STEPS_MOST: usize = 12;
/// How long a step lasts at normal speed where pixels are chapters, in milliseconds.
const PIXEL_MILLIS: f64 = 1000.0;
/// How long a step lasts where layers are chapters, in milliseconds.
const RUN_MILLIS: f64 = 600.0;
/// The share of a pixel's step in which its copy comes down; in the rest its paint is laid on.
const FALL: f64 = 0.45;
/// Where time rests the position is told in parts of a step, of which there are so many.
const PARTS: f64 = 1000.0;

/// How far a pixel's copy has come down, and how much of its paint has been laid on, when this share of its step is done:
/// both from 0 to 1, slow at both ends.
#[must_use]
pub fn motion(share: f64) -> [f64; 2] {
    let ease = |part: f64| part * part * (3.0 - 2.0 * part);
    [share / FALL, (share - FALL) / (1.0 - FALL)].map(|part| ease(part.clamp(0.0, 1.0)))
}

/// One step: a run of one layer's input pixels is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The layer, from 0.
    pub layer: usize,
    /// The step's place in its layer, from 0.
    pub index: usize,
    /// How many steps the layer has.
    pub of: usize,
    /// The first of the layer's input pixels that it paints, from 0.
    pub pixel_from: usize,
    /// The one behind the last.
    pub pixel_to: usize,
}

/// The steps of a stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// The number of pixels that each layer has before it.
    inputs: Vec<usize>,
}

impl Timeline {
    /// The timeline of a stack that begins with a row of `pixels`.
    #[must_use]
    pub fn new(stack: &Stack, pixels: usize) -> Self {
        let mut inputs = stack.lengths(pixels);
        inputs.pop();
        Self { inputs }
    }

    /// Whether each layer is a chapter, and not each pixel.
    fn has_layers(&self) -> bool {
        self.inputs.len() > 1
    }

    /// How many steps a layer has.
    fn steps(&self, layer: usize) -> usize {
        let inputs = self.inputs.get(layer).copied().unwrap_or(0);
        if self.has_layers() { inputs.min(STEPS_MOST) } else { inputs }
    }

    /// The position at which a layer begins.
    fn layer_start(&self, layer: usize) -> usize {
        (0..layer.min(self.inputs.len())).map(|before| self.steps(before)).sum()
    }

    /// The first pixel of a layer's step; that of the step behind the last is the number of its pixels.
    fn edge(&self, layer: usize, step: usize) -> usize {
        let (inputs, steps) = (self.inputs.get(layer).copied().unwrap_or(0), self.steps(layer).max(1));
        step.min(steps) * inputs / steps
    }

    /// The names of the chapters: “Pixel 1” and so on, on the gradient side “Window 1”, or “Layer 1” where there are more.
    #[must_use]
    pub fn chapters(&self, side: Side) -> Vec<String> {
        let kind = match side {
            _ if self.has_layers() => "Layer",
            Side::Forward => "Pixel",
            Side::Gradient => "Window",
        };
        (1..=self.chapter_count()).map(|number| format!("{kind} {number}")).collect()
    }

    /// How many chapters there are.
    #[must_use]
    pub fn chapter_count(&self) -> usize {
        if self.has_layers() { self.inputs.len() } else { self.len() }
    }

    /// The positions at which a chapter begins and ends.
    fn chapter_span(&self, number: usize) -> Range<usize> {
        let number = number.min(self.chapter_count().saturating_sub(1));
        if self.has_layers() { self.layer_start(number)..self.layer_start(number + 1) } else { number..number + 1 }
    }

    /// The position at which a chapter begins; chapters count from 0.
    #[must_use]
    pub fn chapter_start(&self, number: usize) -> f64 {
        self.chapter_span(number).start as f64
    }

    /// The chapter that a position shows: that of the step under way, or of the one just done.
    #[must_use]
    pub fn chapter(&self, position: f64) -> usize {
        let step = self.shown(position);
        if self.has_layers() { step.layer } else { step.index }
    }

    /// The number of steps, which is also the last position.
    #[must_use]
    pub fn len(&self) -> usize {
        self.layer_start(self.inputs.len())
    }

    /// Whether there is nothing to paint.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Brings any number into the timeline; what is not a number becomes the beginning, and so does what is no visible
    /// part of a step.
    #[must_use]
    pub fn clamp(&self, position: f64) -> f64 {
        if position.is_nan() || position < LEAST_POSITION { 0.0 } else { position.min(self.len() as f64) }
    }

    /// The position as it is where time rests, and as links tell it: in thousandths of a step, which no eye tells apart.
    #[must_use]
    pub fn rested(&self, position: f64) -> f64 {
        self.clamp((self.clamp(position) * PARTS).round() / PARTS)
    }

    /// The step that lies between positions `number` and `number + 1`.
    #[must_use]
    pub fn step(&self, number: usize) -> Step {
        let number = number.min(self.len().saturating_sub(1));
        let layer = (0..self.inputs.len()).rev().find(|layer| self.layer_start(*layer) <= number).unwrap_or(0);
        let index = number - self.layer_start(layer);
        let [pixel_from, pixel_to] = [self.edge(layer, index), self.edge(layer, index + 1)];
        Step { layer, index, of: self.steps(layer), pixel_from, pixel_to }
    }

    /// The step that a position shows: the one under way, or the one just done; the first at the beginning.
    #[must_use]
    pub fn shown(&self, position: f64) -> Step {
        self.step((self.clamp(position).ceil() as usize).saturating_sub(1))
    }

    /// For each layer how many of its input pixels have been painted; a fraction is under way.
    #[must_use]
    pub fn painted(&self, position: f64) -> Vec<f64> {
        let position = self.clamp(position);
        let painted = |layer: usize| {
            let steps = (position - self.layer_start(layer) as f64).clamp(0.0, self.steps(layer) as f64);
            let whole = steps.floor();
            let [from, to] = [self.edge(layer, whole as usize), self.edge(layer, whole as usize + 1)];
            from as f64 + (steps - whole) * (to - from) as f64
        };
        (0..self.inputs.len()).map(painted).collect()
    }

    /// As [`Self::painted`], but a pixel under way counts by how much of its paint has been laid on.
    #[must_use]
    pub fn laid(&self, position: f64) -> Vec<f64> {
        let mut laid = self.painted(position);
        if !self.has_layers() {
            laid.iter_mut().for_each(|pixels| *pixels = pixels.floor() + motion(pixels.fract())[1]);
        }
        laid
    }

    /// The position after `millis` of playing at `speed` times the normal pace.
    #[must_use]
    pub fn advance(&self, position: f64, millis: f64, speed: f64) -> f64 {
        let duration = if self.has_layers() { RUN_MILLIS } else { PIXEL_MILLIS };
        self.clamp(self.clamp(position) + millis.max(0.0) * speed.max(0.0) / duration)
    }

    /// The place on this timeline that answers to a position of the one before it, at a whole step: the same pixel of one
    /// layer, else the same share of the whole; the end answers to the end.
    #[must_use]
    pub fn follow(&self, before: &Self, position: f64) -> f64 {
        let (old, new) = (before.len() as f64, self.len() as f64);
        if position >= old {
            new
        } else if self.has_layers() || before.has_layers() {
            (position / old * new).round()
        } else {
            position.round()
        }
    }

    /// Where a position lies on the track under the stage, which gives every chapter the same length: chapters, with a
    /// fraction.
    #[must_use]
    pub fn track(&self, position: f64) -> f64 {
        let position = self.clamp(position);
        let share = |number| {
            let span = self.chapter_span(number);
            ((position - span.start as f64) / span.len().max(1) as f64).clamp(0.0, 1.0)
        };
        (0..self.chapter_count()).map(share).sum()
    }

    /// The position at a place of the track: the inverse of [`Timeline::track`].
    #[must_use]
    pub fn from_track(&self, track: f64) -> f64 {
        let track = if track.is_nan() { 0.0 } else { track };
        let steps = |number| (track - number as f64).clamp(0.0, 1.0) * self.chapter_span(number).len() as f64;
        self.clamp((0..self.chapter_count()).map(steps).sum())
    }
}
