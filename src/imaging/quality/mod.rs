//! How near a picture is to another, and whether what is left over is noise.
//!
//! Here stand the mean square error and the decibel figures built on it; all their sums run in f64 over all channels
//! alike. A metric of two pictures panics when their shapes differ.

mod ssim;
mod whiteness;

pub use ssim::ssim;
pub use whiteness::{MAX_LAG, Whiteness, whiteness};

use super::image::Image;

/// The mean of the squared differences.
///
/// # Panics
/// When the shapes differ.
#[must_use]
pub fn mse(reference: &Image, picture: &Image) -> f64 {
    check_shapes(reference, picture);
    let sum: f64 = reference
        .data()
        .iter()
        .zip(picture.data())
        .map(|(&a, &b)| {
            let difference = f64::from(a) - f64::from(b);
            difference * difference
        })
        .sum();
    sum / reference.data().len() as f64
}

fn check_shapes(reference: &Image, picture: &Image) {
    assert!(
        reference.size() == picture.size() && reference.channels() == picture.channels(),
        "only pictures of the same shape can be compared"
    );
}

/// Peak signal-to-noise ratio in dB, 10·log₁₀(peak²/mse); infinite for equal pictures. `peak` is the white of the
/// pictures: 1 for linear light here.
///
/// # Panics
/// When the shapes differ.
#[must_use]
pub fn psnr(reference: &Image, picture: &Image, peak: f32) -> f64 {
    10.0 * (f64::from(peak) * f64::from(peak) / mse(reference, picture)).log10()
}

/// Improvement in signal-to-noise ratio in dB, 10·log₁₀(‖observed − original‖²/‖restored − original‖²): above 0 when
/// the restoration came nearer to the original than the observation was. Infinite when the restoration alone is exact,
/// and 0 when the observation was exact already and remained so.
///
/// # Panics
/// When the shapes differ.
#[must_use]
pub fn isnr(original: &Image, observed: &Image, restored: &Image) -> f64 {
    let (before, after) = (mse(original, observed), mse(original, restored));
    if before == 0.0 && after == 0.0 { 0.0 } else { 10.0 * (before / after).log10() }
}

/// The variance over all samples.
#[must_use]
pub fn variance(picture: &Image) -> f64 {
    let count = picture.data().len() as f64;
    let mean = picture.data().iter().map(|&value| f64::from(value)).sum::<f64>() / count;
    picture.data().iter().map(|&value| (f64::from(value) - mean).powi(2)).sum::<f64>() / count
}

/// Blurred signal-to-noise ratio in dB, 10·log₁₀(var(blurred)/σ²), of a blurred picture without noise and the standard
/// deviation of the noise that it will get. Infinite for a `sigma` that is not above 0, which is no noise; else minus
/// infinity for a picture of one value.
#[must_use]
pub fn bsnr(blurred: &Image, sigma: f32) -> f64 {
    if sigma > 0.0 { 10.0 * (variance(blurred) / (f64::from(sigma) * f64::from(sigma))).log10() } else { f64::INFINITY }
}

/// The standard deviation of the noise that gives `blurred` a [`bsnr`] of `decibels`; 0 for a picture of one value, which
/// no noise suits, and for what is no number.
#[must_use]
pub fn sigma_for_bsnr(blurred: &Image, decibels: f32) -> f32 {
    let variance = variance(blurred);
    if variance == 0.0 || decibels.is_nan() {
        return 0.0;
    }
    (variance / 10_f64.powf(f64::from(decibels) / 10.0)).sqrt() as f32
}
