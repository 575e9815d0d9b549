//! Pixels that nobody saw: dead cells of a sensor, scratches, what a mask covers.

use super::{Kind, stream};
use crate::imaging::image::Image;

/// For each of `pixels` pixels, row after row, whether it is known; each is missing with the chance `missing` (0…1),
/// independently. A chance out of range counts as the nearest end, and what is no number as 0. The answer holds for all
/// channels alike.
#[must_use]
pub fn known_pixels(pixels: usize, missing: f32, seed: u64) -> Vec<bool> {
    // Nothing is missing by what is no number, as no chance is below it.
    let missing = f64::from(missing.clamp(0.0, 1.0));
    let mut random = stream(seed, Kind::Missing, 0);
    let mut is_missing = || random.uniform() < missing;
    (0..pixels).map(|_| !is_missing()).collect()
}

/// Sets all channels of the pixels that are not `known` to `value`. Pixels beyond the end of `known` stay.
pub fn hide(image: &mut Image, known: &[bool], value: f32) {
    for channel in 0..image.channels() {
        for (sample, _) in image.channel_mut(channel).iter_mut().zip(known).filter(|(_, known)| !**known) {
            *sample = value;
        }
    }
}
