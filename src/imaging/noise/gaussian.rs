//! Noise of the electronics: normal, the same everywhere.

use super::{Kind, stream};
use crate::imaging::image::Image;

/// Adds independent normal noise of standard deviation `sigma` (in units of the samples, so of linear light) to every
/// sample. Nothing is clipped. A `sigma` that is not above 0 adds nothing, nor does an infinite one.
pub fn add_gaussian(image: &mut Image, sigma: f32, seed: u64) {
    for channel in 0..image.channels() {
        add_gaussian_to_channel(image.channel_mut(channel), sigma, seed, channel);
    }
}

/// As [`add_gaussian`], for the plane of one channel alone.
pub fn add_gaussian_to_channel(plane: &mut [f32], sigma: f32, seed: u64, channel: usize) {
    if !sigma.is_finite() || sigma <= 0.0 {
        return;
    }
    let mut random = stream(seed, Kind::Gaussian, channel);
    for value in plane {
        *value += (f64::from(sigma) * random.normal()) as f32;
    }
}
