//! Point-spread functions of signals: one column of weights.

use super::{Kernel, airy::SMALLEST, shapes::whole_pixels};

/// Equal weights.
pub(super) fn even(side: usize) -> Kernel {
    column(&vec![1.0; side])
}

/// A Gaussian out to four standard deviations.
pub(super) fn gaussian(sigma: f64) -> Kernel {
    column(&gaussian_profile(sigma))
}

/// The weights of a Gaussian of largest weight 1, of odd number.
pub(super) fn gaussian_profile(sigma: f64) -> Vec<f64> {
    let radius = (4.0 * sigma).ceil() as usize;
    (0..=2 * radius)
        .map(|index| {
            let distance = index as f64 - radius as f64;
            // At the centre of a vanishing Gaussian 0/0 must be 1.
            if distance == 0.0 { 1.0 } else { (-distance * distance / (2.0 * sigma * sigma)).exp() }
        })
        .collect()
}

/// The part of each pixel that a way of this length covers.
pub(super) fn motion(length: f64) -> Kernel {
    covered(length / 2.0, |y| y)
}

/// The chords √(R² − y²) of a disc.
pub(super) fn half_ellipse(radius: f64) -> Kernel {
    if radius <= 0.5 {
        return Kernel::delta();
    }
    covered(radius, |y| y * (radius * radius - y * y).max(0.0).sqrt() + radius * radius * (y / radius).asin())
}

/// 1/(1 + i²).
pub(super) fn heavy_tailed(radius: usize) -> Kernel {
    let weights: Vec<f64> =
        (0..=2 * radius).map(|index| 1.0 / (1.0 + (index as f64 - radius as f64).powi(2))).collect();
    column(&weights)
}

/// sinc²(y/radius) out to its sixth zero: 1.7 % of the light lie beyond.
pub(super) fn slit(radius: f64) -> Kernel {
    const ZEROS: f64 = 6.0;
    const SUBSAMPLES: u32 = 64;
    if radius <= f64::from(SMALLEST) {
        return Kernel::delta();
    }
    let beside = whole_pixels(ZEROS * radius);
    let weights: Vec<f64> = (0..=2 * beside)
        .map(|index| {
            (0..SUBSAMPLES)
                .map(|step| {
                    let offset = (f64::from(step) + 0.5) / f64::from(SUBSAMPLES) - 0.5;
                    let place = (index as f64 - beside as f64 + offset) / radius;
                    let angle = std::f64::consts::PI * place;
                    if place.abs() > ZEROS {
                        0.0
                    } else if angle.abs() < 1e-6 {
                        1.0
                    } else {
                        (angle.sin() / angle).powi(2)
                    }
                })
                .sum()
        })
        .collect();
    column(&weights)
}

/// What of a shape within −reach…reach falls on each pixel, from its `integral`.
fn covered(reach: f64, integral: impl Fn(f64) -> f64) -> Kernel {
    let beside = whole_pixels(reach);
    let until = |edge: f64| integral(edge.clamp(-reach, reach));
    let weights: Vec<f64> = (0..=2 * beside)
        .map(|index| {
            let middle = index as f64 - beside as f64;
            until(middle + 0.5) - until(middle - 0.5)
        })
        .collect();
    column(&weights)
}

fn column(weights: &[f64]) -> Kernel {
    Kernel::unit_sum(weights.len(), 1, weights)
}
