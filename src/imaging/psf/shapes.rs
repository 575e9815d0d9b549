//! Point-spread functions in the plane, sampled on pixels.

use super::{Kernel, line};

/// Sub-samples an axis of a pixel at a rim.
const SUBSAMPLES: u32 = 16;

/// Equal weights.
pub(super) fn square(side: usize) -> Kernel {
    Kernel::unit_sum(side, side, &vec![1.0; side * side])
}

/// A Gaussian is the product of its two profiles.
pub(super) fn gaussian(sigma: f64) -> Kernel {
    let profile = line::gaussian_profile(sigma);
    let weights: Vec<f64> = profile.iter().flat_map(|a| profile.iter().map(move |b| a * b)).collect();
    Kernel::unit_sum(profile.len(), profile.len(), &weights)
}

/// 1/(1 + i² + j²).
pub(super) fn heavy_tailed(radius: usize) -> Kernel {
    let side = 2 * radius + 1;
    let square = |index: usize| (index as f64 - radius as f64).powi(2);
    let weights: Vec<f64> =
        (0..side * side).map(|index| 1.0 / (1.0 + square(index / side) + square(index % side))).collect();
    Kernel::unit_sum(side, side, &weights)
}

/// The part of each pixel that a disc covers.
pub(super) fn disc(radius: f64) -> Kernel {
    let inside = |y: f64, x: f64| if x * x + y * y <= radius * radius { 1.0 } else { 0.0 };
    averaged([radius, radius], SUBSAMPLES, inside)
}

/// The part of each pixel that a line one pixel broad covers; the angle is in radians, counter-clockwise.
pub(super) fn motion(length: f64, angle: f64) -> Kernel {
    let half = length / 2.0;
    let (sine, cosine) = angle.sin_cos();
    let reach = [half * sine.abs() + cosine.abs() / 2.0, half * cosine.abs() + sine.abs() / 2.0];
    averaged(reach, SUBSAMPLES, |y, x| {
        // Rows grow downwards, angles upwards.
        let inside = (x * cosine - y * sine).abs() <= half && (x * sine + y * cosine).abs() <= 0.5;
        if inside { 1.0 } else { 0.0 }
    })
}

/// The mean over each pixel, by `subsamples` an axis, of a light about the origin that reaches `reach` far down and
/// right.
pub(super) fn averaged(reach: [f64; 2], subsamples: u32, light: impl Fn(f64, f64) -> f64) -> Kernel {
    let [down, right] = reach.map(whole_pixels);
    let [height, width] = [2 * down + 1, 2 * right + 1];
    let offsets = (0..subsamples).map(|step| (f64::from(step) + 0.5) / f64::from(subsamples) - 0.5);
    let mut weights = Vec::with_capacity(height * width);
    for row in 0..height {
        for column in 0..width {
            let (y, x) = (row as f64 - down as f64, column as f64 - right as f64);
            let samples = offsets.clone().flat_map(|dy| offsets.clone().map(move |dx| (y + dy, x + dx)));
            weights.push(samples.map(|(y, x)| light(y, x)).sum());
        }
    }
    Kernel::unit_sum(height, width, &weights)
}

/// The pixels beside the middle one that something of this reach touches.
pub(super) fn whole_pixels(reach: f64) -> usize {
    // A pixel's own half belongs to it; the slack keeps rounding from adding an empty rim.
    (reach - 0.5 - 1e-6).ceil().max(0.0) as usize
}
