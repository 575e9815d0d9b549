//! What can be set at all: the ranges and lists that bound the settings, beside those of the layers.

use crate::lesson::numbers;
use std::ops::RangeInclusive;

/// Scales that the menus of the picture offer.
pub const SCALES: [usize; 3] = [2, 3, 4];
/// Pixels of the row that is painted before the reader's eyes.
pub const PIXELS: RangeInclusive<usize> = 1..=8;
/// The values of these pixels, of which the row takes the first.
pub const ROW: [f32; 8] = [3.0, 1.0, 2.0, 0.0, 2.0, 1.0, 3.0, 2.0];
/// Seeds of the random weights.
pub const SEED: RangeInclusive<u32> = 1..=9999;
/// Rounds of the back-projection.
pub const ROUNDS: RangeInclusive<usize> = 1..=50;
/// The longest side of the picture to choose from, before it is made smaller.
pub const SIZES: [usize; 5] = [96, 192, 384, 768, 1536];
/// Rows and columns of the tiny input whose matrices are shown.
pub const TINY: RangeInclusive<usize> = 1..=3;
/// The largest magnitude of a number in the tiny input or in an own mask.
pub const BOUND: f32 = numbers::ENTRY_BOUND;
/// The speeds of the transport, as factors of the normal pace.
pub const SPEEDS: [f64; 5] = [0.25, 0.5, 1.0, 2.0, 4.0];
/// How closely the corner of a picture is looked at: columns of the small picture that it shows.
pub const CORNERS: [u32; 3] = [6, 12, 24];

/// A whole number brought into a range.
pub(super) fn clamp(value: i64, range: &RangeInclusive<usize>) -> usize {
    value.clamp(*range.start() as i64, *range.end() as i64) as usize
}

/// A number of a cell brought into its range; what is no number leaves the old one.
pub(super) fn bounded(value: f32, old: f32) -> f32 {
    if value.is_nan() { old } else { value.clamp(-BOUND, BOUND) + 0.0 }
}
