//! Salt and pepper: samples that a faulty sensor or line sets to white or to black.

use super::{Kind, stream};
use crate::imaging::image::Image;

/// Sets each sample with the chance `fraction` (0…1) to black (0) or white (1), which are equally likely, each channel
/// for itself. Returns for every pixel, row after row, whether it is still known: whether no channel of it was hit.
/// A `fraction` out of range counts as the nearest end, and what is no number as 0.
pub fn add_salt_and_pepper(image: &mut Image, fraction: f32, seed: u64) -> Vec<bool> {
    let mut known = vec![true; image.height() * image.width()];
    for channel in 0..image.channels() {
        let of_channel = add_salt_and_pepper_to_channel(image.channel_mut(channel), fraction, seed, channel);
        for (known, in_channel) in known.iter_mut().zip(of_channel) {
            *known &= in_channel;
        }
    }
    known
}

/// As [`add_salt_and_pepper`], for the plane of one channel alone; the answer speaks of this plane alone.
pub fn add_salt_and_pepper_to_channel(plane: &mut [f32], fraction: f32, seed: u64, channel: usize) -> Vec<bool> {
    let fraction = f64::from(fraction.clamp(0.0, 1.0));
    let mut random = stream(seed, Kind::Impulse, channel);
    let mut survives = |value: &mut f32| {
        let chance = random.uniform();
        // No chance is below what is no number.
        let hit = chance < fraction;
        if hit {
            *value = if chance < fraction / 2.0 { 0.0 } else { 1.0 };
        }
        !hit
    };
    plane.iter_mut().map(&mut survives).collect()
}
