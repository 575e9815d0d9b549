//! The Airy pattern: what a round opening makes of a point, by diffraction alone.

use super::{Kernel, shapes};

/// The first zero of J₁: the first dark ring.
const FIRST_ZERO: f64 = 3.831_705_970_207_512;
/// The sixth zero of J₁, where the pattern is cut. J₀² + J₁², the part of the light beyond, is 0.032 here.
const LAST_ZERO: f64 = 19.615_858_510_468_243;
/// A pattern of this radius or less counts as lying within its pixel.
pub(super) const SMALLEST: f32 = 0.1;

/// (2 J₁(x)/x)² with its first zero at `radius`.
pub(super) fn pattern(radius: f64) -> Kernel {
    if radius <= f64::from(SMALLEST) {
        return Kernel::delta();
    }
    let scale = FIRST_ZERO / radius;
    let reach = LAST_ZERO / scale;
    // No frequency above 1.22/radius lives in the pattern, so broad ones need few samples a pixel: the mean over a
    // pixel is then off by less than 0.3 % at that very frequency, where next to nothing is left.
    let subsamples = ((32.0 / radius).ceil() as u32).clamp(4, 16);
    shapes::averaged([reach, reach], subsamples, |y, x| {
        let square = (x * x + y * y) * scale * scale;
        if square <= LAST_ZERO * LAST_ZERO { bessel_ratio(square).powi(2) } else { 0.0 }
    })
}

/// 2 J₁(x)/x from x², by the power series Σ (−x²/4)ᵏ/(k!(k+1)!) (Bessel, 1824). Its terms reach 10⁶ at the last zero, so
/// that ten digits behind the point remain.
fn bessel_ratio(square: f64) -> f64 {
    let step = -square / 4.0;
    let (mut term, mut sum) = (1.0_f64, 1.0);
    for k in 1..60 {
        term *= step / f64::from(k * (k + 1));
        sum += term;
        if term.abs() < 1e-17 {
            break;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    /// J₁(x) = π⁻¹ ∫₀^π cos(τ − x sin τ) dτ, by the rule of rectangles, which is exact for periodic functions.
    fn bessel(x: f64) -> f64 {
        let steps = 200;
        (0..steps)
            .map(|step| {
                let angle = std::f64::consts::TAU * f64::from(step) / f64::from(steps);
                (angle - x * angle.sin()).cos()
            })
            .sum::<f64>()
            / f64::from(steps)
    }

    #[test]
    fn the_series_is_bessels_integral() {
        assert_eq!(bessel_ratio(0.0), 1.0);
        for step in 1..=1970 {
            let x = f64::from(step) * 0.01;
            assert!((bessel_ratio(x * x) - 2.0 * bessel(x) / x).abs() < 1e-9, "{x}");
        }
        for zero in [FIRST_ZERO, LAST_ZERO] {
            assert!(bessel(zero).abs() < 1e-12, "{zero}");
        }
    }
}
