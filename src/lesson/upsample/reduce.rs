//! What an action makes of the state, and which changes are steps of undo.

use super::{
    CORNERS, Layer, Moment, PIXELS, ROUNDS, SEED, SIZES, SPEEDS, Shown, Sprite, Stack, TINY, UpsampleAction,
    UpsampleLesson, View, Way, Work,
    ranges::{bounded, clamp},
    sprite, stack,
};
use crate::lesson::picture::tidy;
use ndarray::Array2;

impl UpsampleLesson {
    /// The state after an action. Where time rests, so does the position.
    pub(super) fn after(&self, action: UpsampleAction) -> Self {
        let mut next = self.changed(action);
        if !next.playing {
            next.position = next.timeline().rested(next.position);
        }
        next
    }

    fn changed(&self, action: UpsampleAction) -> Self {
        let mut next = self.clone();
        match action {
            UpsampleAction::View(view) => {
                next.view = view;
                next.playing &= view == View::Overlap;
            }
            UpsampleAction::Shown(shown) => {
                next.shown = shown;
                next.playing &= shown == Shown::Paint;
            }
            UpsampleAction::Side(side) => next.side = side,
            UpsampleAction::Weighted(on) => next.weighted = on,
            UpsampleAction::Choose(layer) => next.layer = layer.min(self.work.stack.layers().len() - 1),
            UpsampleAction::Layers(count) => {
                return self.worked(None, |work| work.stack = work.stack.of_length(clamp(count, &stack::LAYERS)));
            }
            UpsampleAction::Mask(side) => return self.with_layer(|layer| layer.mask = clamp(side, &stack::MASK)),
            UpsampleAction::Stride(stride) => {
                return self.with_layer(|layer| layer.stride = clamp(stride, &stack::STRIDE));
            }
            UpsampleAction::Padding(padding) => {
                return self.with_layer(|layer| layer.padding = clamp(padding, &(0..=7)));
            }
            UpsampleAction::Stack(layers) => {
                return self.worked(None, |work| work.stack = work.stack.with_sizes(&layers));
            }
            UpsampleAction::Pixels(pixels) => return self.worked(None, |work| work.pixels = clamp(pixels, &PIXELS)),
            UpsampleAction::Weights(weights) => return self.worked(None, |work| work.weights = weights),
            UpsampleAction::Seed(seed) => {
                let seed = seed.clamp((*SEED.start()).into(), (*SEED.end()).into()) as u32;
                return self.worked(None, |work| work.seed = seed);
            }
            UpsampleAction::OwnWeight(place, value) => {
                let side = self.work.stack.layers()[0].mask;
                return self.worked(None, |work| work.own.set(side, place, value));
            }
            UpsampleAction::Picture(picture) => return self.worked(None, |work| work.picture = picture),
            UpsampleAction::Draw(place) => {
                let colour = self.colour;
                return self.worked(Some("draw"), |work| work.sprite = work.sprite.with(place, colour));
            }
            UpsampleAction::Colour(colour) => next.colour = colour.min(sprite::PALETTE.len() - 1),
            UpsampleAction::Fill => {
                let colour = self.colour;
                return self.worked(None, |work| work.sprite = Sprite::filled(colour));
            }
            UpsampleAction::Redraw => return self.worked(None, |work| work.sprite = Sprite::default()),
            UpsampleAction::Settle => next.history.settle(),
            UpsampleAction::Size(size) => {
                return self.worked(None, |work| {
                    if SIZES.contains(&size) {
                        work.size = size;
                    }
                });
            }
            UpsampleAction::Down(down) => return self.worked(None, |work| work.down = down),
            UpsampleAction::Scale(scale) => {
                return self.worked(None, |work| {
                    let first = work.stack.layers()[0];
                    work.stack = Stack::new(vec![Layer { stride: clamp(scale, &stack::STRIDE), ..first }]);
                });
            }
            UpsampleAction::Coordinates(coordinates) => {
                return self.worked(None, |work| work.coordinates = coordinates);
            }
            UpsampleAction::Sharp(on) => return self.worked(None, |work| work.sharp = on),
            UpsampleAction::Icnr(on) => return self.worked(None, |work| work.icnr = on),
            UpsampleAction::Rounds(rounds) => {
                return self.worked(Some("rounds"), |work| work.rounds = clamp(rounds, &ROUNDS));
            }
            UpsampleAction::Compare(way, on) => {
                return self.worked(None, |work| {
                    let wanted = |each: &Way| if *each == way { on } else { work.compared.contains(each) };
                    let compared: Vec<Way> = Way::ALL.into_iter().filter(wanted).collect();
                    if !compared.is_empty() {
                        work.compared = compared;
                    }
                });
            }
            UpsampleAction::Tiny(place, value) => {
                return self.worked(None, |work| {
                    if let Some(entry) = work.tiny.iter_mut().nth(place) {
                        *entry = bounded(value, *entry);
                    }
                });
            }
            UpsampleAction::TinySide(side) => {
                let side = clamp(side, &TINY);
                return self.worked(None, |work| {
                    let old = work.tiny.clone();
                    work.tiny = Array2::from_shape_fn((side, side), |place| old.get(place).copied().unwrap_or(0.0));
                });
            }
            UpsampleAction::Aside(aside) => next.aside = aside,
            UpsampleAction::Corner([x, y]) => {
                next.corner = [tidy(x, 0.0..=100.0, 0, self.corner[0]), tidy(y, 0.0..=100.0, 0, self.corner[1])];
            }
            UpsampleAction::Close(columns) => {
                if CORNERS.contains(&columns) {
                    next.close = columns;
                }
            }
            UpsampleAction::Play(false) => next.playing = false,
            UpsampleAction::Play(true) => {
                (next.playing, next.shown) = (true, Shown::Paint);
                if self.position >= self.timeline().len() as f64 {
                    next.position = 0.0;
                }
            }
            UpsampleAction::Tick(millis) if self.playing => {
                let timeline = self.timeline();
                next.position = timeline.advance(self.position, millis, SPEEDS[self.speed]);
                next.playing = next.position < timeline.len() as f64;
            }
            UpsampleAction::Tick(_) => {}
            // A reader's hand ends the motion, and what it moves has to be in view.
            UpsampleAction::Seek(position) => {
                next.position = self.timeline().clamp(position);
                (next.playing, next.shown) = (false, Shown::Paint);
            }
            UpsampleAction::Speed(speed) => next.speed = speed.min(SPEEDS.len() - 1),
            UpsampleAction::Together(actions) => return self.together(actions),
            UpsampleAction::Undo => return self.moved(true),
            UpsampleAction::Redo => return self.moved(false),
        }
        next
    }

    /// The state after all of these actions, and one step noted for them.
    fn together(&self, actions: Vec<UpsampleAction>) -> Self {
        let mut next = actions.into_iter().fold(self.clone(), |lesson, action| lesson.changed(action));
        next.history = self.history.clone();
        if next.work != self.work || next.look() != self.look() {
            next.history.record(Moment { work: self.work.clone(), look: Some(self.look()) });
        }
        next
    }

    /// The state with the work changed, and the step noted; changes with one key are one step.
    fn worked(&self, key: Option<&str>, change: impl FnOnce(&mut Work)) -> Self {
        let mut work = self.work.clone();
        change(&mut work);
        if work == self.work {
            return self.clone();
        }
        let mut next = self.with_work(work);
        let before = Moment { work: self.work.clone(), look: None };
        match key {
            Some(key) => next.history.record_merging(before, key),
            None => next.history.record(before),
        }
        next
    }

    /// The state with other work. The reader wants to see what their change has done: playing ends, and where the
    /// timeline is another one, its position is a whole step of it.
    pub(super) fn with_work(&self, work: Work) -> Self {
        let mut next = Self { work, playing: false, ..self.clone() };
        next.layer = next.layer.min(next.work.stack.layers().len() - 1);
        let (before, after) = (self.timeline(), next.timeline());
        if before != after {
            next.position = after.clamp(after.follow(&before, self.position));
        }
        next
    }

    fn with_layer(&self, change: impl FnOnce(&mut Layer)) -> Self {
        let mut layer = self.chosen_layer();
        change(&mut layer);
        let place = self.layer;
        self.worked(None, |work| work.stack = work.stack.with(place, layer))
    }
}
