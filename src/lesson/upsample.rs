//! The Upsample page: a small picture made larger in several ways, and the count of how often each cell is painted.

use super::{
    Lesson, Page,
    link::{Reader, Writer},
    picture::{Picture, tidy},
};
use crate::{convolution::Geometry, upsampling::evenness};
use std::ops::RangeInclusive;

/// Factors, which are the strides too.
pub const FACTOR: RangeInclusive<u64> = 2..=4;
/// Sides of the mask.
pub const MASK: RangeInclusive<u64> = 1..=8;
/// The values of the one row that is painted before the reader's eyes.
pub const ROW: [f32; 5] = [3.0, 1.0, 2.0, 0.0, 2.0];

/// How the weights of the mask fall off from its middle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// All weights alike.
    #[default]
    Flat,
    /// A bell.
    Bell,
    /// A straight slope to both sides: the bilinear mask when its side fits.
    Tent,
}

impl Shape {
    /// Every shape with its word in links and its name on the page.
    pub const ALL: [(Self, &'static str, &'static str); 3] =
        [(Self::Flat, "flat", "Flat"), (Self::Bell, "bell", "Bell"), (Self::Tent, "tent", "Tent")];

    /// The shape's word in links and in the menu's values.
    #[must_use]
    pub fn id(self) -> &'static str {
        Self::ALL.iter().find(|(shape, ..)| *shape == self).map_or("flat", |(_, id, _)| id)
    }

    /// The shape of this word.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, word, _)| *word == id).map(|(shape, ..)| *shape)
    }
}

/// What the reader sees and sets on the Upsample page. Only clamped values can get in.
#[derive(Clone, Debug, PartialEq)]
pub struct UpsampleLesson {
    picture: Picture,
    factor: usize,
    mask: usize,
    shape: Shape,
    corner: [f64; 2],
}

impl Default for UpsampleLesson {
    fn default() -> Self {
        Self { picture: Picture::default(), factor: 2, mask: 3, shape: Shape::default(), corner: [66.0, 36.0] }
    }
}

/// What the reader can do on the Upsample page. Numbers may be anything; they are clamped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum UpsampleAction {
    /// Choose a picture.
    Picture(Picture),
    /// Set the factor, and the stride with it.
    Factor(i64),
    /// Set the mask's side.
    Mask(i64),
    /// Set the mask's side and the factor at once, as the prose does.
    Layer {
        /// The mask's side.
        mask: i64,
        /// The factor.
        factor: i64,
    },
    /// Choose how the mask's weights fall off.
    Shape(Shape),
    /// Move the corner that is looked at closely, in percent of width and height.
    Corner([f64; 2]),
}

/// A sentence in two parts: the sum that proves it, and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The sum, such as “3 mod 2 = 1”.
    pub sum: String,
    /// What follows from it, ending with a full stop.
    pub meaning: String,
}

impl UpsampleLesson {
    /// The chosen picture.
    #[must_use]
    pub fn picture(&self) -> Picture {
        self.picture
    }

    /// The factor, which is the stride too.
    #[must_use]
    pub fn factor(&self) -> usize {
        self.factor
    }

    /// The mask's side k.
    #[must_use]
    pub fn mask(&self) -> usize {
        self.mask
    }

    /// How the mask's weights fall off.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// The middle of the corner that is looked at closely, in percent of width and height.
    #[must_use]
    pub fn corner(&self) -> [f64; 2] {
        self.corner
    }

    /// These settings with everything at its default that the worker's answer does not depend on.
    #[must_use]
    pub fn question(&self) -> Self {
        Self { corner: Self::default().corner, ..self.clone() }
    }

    /// The k weights along one axis. Their sum is the stride, so that the layer keeps the mean brightness; the mask
    /// in the plane is their outer product.
    #[must_use]
    pub fn weights(&self) -> Vec<f32> {
        let middle = (self.mask as f64 - 1.0) / 2.0;
        let raw: Vec<f64> = (0..self.mask)
            .map(|index| {
                let distance = (index as f64 - middle).abs();
                match self.shape {
                    Shape::Flat => 1.0,
                    // As broad a bell as leaves 0.72 of the middle's weight one cell beside it when k = 3.
                    Shape::Bell => (-(distance / (0.41 * self.mask as f64)).powi(2) / 2.0).exp(),
                    Shape::Tent => 1.0 - distance / (self.mask as f64 + 1.0) * 2.0,
                }
            })
            .collect();
        let sum: f64 = raw.iter().sum();
        raw.into_iter().map(|weight| (weight * self.factor as f64 / sum) as f32).collect()
    }

    /// The paint that each of the `factor` kinds of cell gets along one axis, far from the edges: 1 everywhere means no
    /// checkerboard.
    #[must_use]
    pub fn gains(&self) -> Vec<f64> {
        let mut gains = vec![0.0; self.factor];
        for (index, weight) in self.weights().into_iter().enumerate() {
            gains[index % self.factor] += f64::from(weight);
        }
        gains
    }

    /// How much more paint the richest cell in the plane gets than the poorest, inside: 1 is even, infinite means holes.
    #[must_use]
    pub fn contrast(&self) -> f64 {
        let gains = self.gains();
        let richest = gains.iter().copied().fold(0.0, f64::max);
        let poorest = gains.iter().copied().fold(f64::INFINITY, f64::min);
        if poorest <= 0.0 { f64::INFINITY } else { (richest / poorest).powi(2) }
    }

    /// The layer of the strip and the map: nothing is cut off, so that the edges show too.
    #[must_use]
    pub fn whole_geometry(&self) -> Geometry {
        Geometry { stride: [self.factor; 2], ..Geometry::default() }
    }

    /// The number of cells that the strip's row becomes: (n − 1)·s + k.
    #[must_use]
    pub fn painted_length(&self) -> usize {
        (ROW.len() - 1) * self.factor + self.mask
    }

    /// Why the counts are even or not.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let (k, s) = (self.mask, self.factor);
        let rest = k % s;
        if k < s {
            let empty = s - k;
            return Verdict {
                sum: format!("{k} < {s}"),
                meaning: if empty == 1 {
                    format!("every {} cell stays empty.", ordinal(s))
                } else {
                    format!("{} of every {} cells stay empty.", word(empty), word(s))
                },
            };
        }
        let sum = format!("{k} mod {s} = {rest}");
        let (fewer, more) = (times(k / s), times(k / s + 1));
        let others = if k / s > 1 { format!(", the others {fewer}") } else { String::new() };
        let meaning = match rest {
            0 => format!("every cell inside is painted {fewer}."),
            1 => format!("every {} cell is painted {more}{others}.", ordinal(s)),
            _ => format!("{} of every {} cells are painted {more}{others}.", word(rest), word(s)),
        };
        Verdict { sum, meaning }
    }

    /// The nearest side of the mask that paints evenly, the larger of two as near; None when it is even already.
    #[must_use]
    pub fn nearest_even_mask(&self) -> Option<usize> {
        let verdict = evenness(self.mask, self.factor).ok()?;
        let largest = *MASK.end() as usize;
        let even = verdict.nearest_even;
        (!verdict.is_even()).then_some(if even > largest { even - self.factor } else { even })
    }

    /// What the weights make of the counts: a sentence about the picture below.
    #[must_use]
    pub fn checkerboard(&self) -> String {
        let contrast = self.contrast();
        let counts_even = self.mask.is_multiple_of(self.factor);
        if contrast.is_infinite() {
            "Checkerboard: cells without any paint stay black.".to_owned()
        } else if contrast < 1.005 && counts_even {
            "No checkerboard.".to_owned()
        } else if contrast < 1.005 {
            "No checkerboard: the weights make up for the counts.".to_owned()
        } else if counts_even {
            format!("Counts are even, weights are not: some cells get {contrast:.1} times the paint of others.")
        } else {
            format!("Checkerboard: some cells get {contrast:.1} times the paint of others.")
        }
    }
}

fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{} times", word(count)),
    }
}

fn word(count: usize) -> String {
    let words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight"];
    words.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

fn ordinal(count: usize) -> String {
    match count {
        2 => "second".to_owned(),
        3 => "third".to_owned(),
        4 => "fourth".to_owned(),
        _ => format!("{count}th"),
    }
}

fn clamp(value: i64, range: RangeInclusive<u64>) -> usize {
    value.clamp(*range.start() as i64, *range.end() as i64) as usize
}

impl Lesson for UpsampleLesson {
    type Action = UpsampleAction;

    const PAGE: Page = Page::Upsample;

    fn reduce(&self, action: UpsampleAction) -> Self {
        let mut next = self.clone();
        match action {
            UpsampleAction::Picture(picture) => next.picture = picture,
            UpsampleAction::Factor(factor) => next.factor = clamp(factor, FACTOR),
            UpsampleAction::Mask(mask) => next.mask = clamp(mask, MASK),
            UpsampleAction::Layer { mask, factor } => {
                next.mask = clamp(mask, MASK);
                next.factor = clamp(factor, FACTOR);
            }
            UpsampleAction::Shape(shape) => next.shape = shape,
            UpsampleAction::Corner([x, y]) => {
                next.corner = [tidy(x, 0.0..=100.0, 0, self.corner[0]), tidy(y, 0.0..=100.0, 0, self.corner[1])];
            }
        }
        next
    }

    fn travels_whole(&self) -> bool {
        !self.picture().is_own()
    }

    fn write(&self, link: &mut Writer) {
        let blank = Self::default();
        link.unless_default("picture", self.picture.id(), blank.picture.id());
        link.unless_default("k", self.mask, blank.mask);
        link.unless_default("s", self.factor, blank.factor);
        link.unless_default("shape", self.shape.id(), blank.shape.id());
        if self.corner != blank.corner {
            link.field("corner", format_args!("{},{}", self.corner[0], self.corner[1]));
        }
    }

    fn read(link: &mut Reader) -> Self {
        let blank = Self::default();
        let shapes: Vec<_> = Shape::ALL.iter().map(|(shape, id, _)| (*id, *shape)).collect();
        let corner = link.array("corner", [1, 2], 100.0).map(|pair| [f64::from(pair[[0, 0]]), f64::from(pair[[0, 1]])]);
        let read = Self {
            picture: Picture::read(link),
            factor: link.integer("s", FACTOR, blank.factor as u64) as usize,
            mask: link.integer("k", MASK, blank.mask as u64) as usize,
            shape: link.choice("shape", &shapes, blank.shape),
            corner: blank.corner,
        };
        read.reduce(UpsampleAction::Corner(corner.unwrap_or(blank.corner)))
    }
}
