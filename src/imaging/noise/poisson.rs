//! Noise of light itself: it comes in photons, and they come as they please.

use super::{
    Kind, Random,
    random::{exponential, logarithm},
    stream,
};
use crate::imaging::image::Image;

/// Below this mean the distribution is inverted, from it on rejected.
const SMALL: f64 = 10.0;
/// From this mean on the deviation is below what an f32 can tell from the mean.
const CERTAIN: f64 = 1e16;

/// Replaces every sample by the light of a counted number of photons: value → Poisson(value·photons)/photons, `photons`
/// being the mean count at white (1). Dark samples, and what is below 0 or no number, get none. The standard deviation
/// at a light v is √(v/photons). A count that is not above 0, or infinite, changes nothing.
pub fn add_poisson(image: &mut Image, photons: f32, seed: u64) {
    for channel in 0..image.channels() {
        add_poisson_to_channel(image.channel_mut(channel), photons, seed, channel);
    }
}

/// As [`add_poisson`], for the plane of one channel alone.
pub fn add_poisson_to_channel(plane: &mut [f32], photons: f32, seed: u64, channel: usize) {
    if !photons.is_finite() || photons <= 0.0 {
        return;
    }
    let photons = f64::from(photons);
    let mut random = stream(seed, Kind::Poisson, channel);
    for value in plane {
        let light = poisson(f64::from(*value) * photons, &mut random) / photons;
        // A dim white can ask for more light than fits.
        *value = light.min(f64::from(f32::MAX)) as f32;
    }
}

/// A whole number from the Poisson distribution of this mean, exactly distributed to rounding; 0 for a mean that is not
/// above 0. Means from 10¹⁶ on are returned as they are: they vary by less than one part in 10⁸.
///
/// Small means are inverted by search from 0 upwards; others go through Hörmann's transformed rejection (PTRS, 1993).
#[must_use]
pub fn poisson(mean: f64, random: &mut Random) -> f64 {
    if mean.is_nan() || mean <= 0.0 {
        0.0
    } else if mean < SMALL {
        inverted(mean, random)
    } else if mean < CERTAIN {
        rejected(mean, random)
    } else {
        mean
    }
}

fn inverted(mean: f64, random: &mut Random) -> f64 {
    let mut rest = random.uniform();
    let mut probability = exponential(-mean);
    let mut count = 0.0;
    // Rounding may leave a little that no count takes; far out it goes to the last that has any probability.
    while rest >= probability && probability > 0.0 && count < 200.0 {
        rest -= probability;
        count += 1.0;
        probability *= mean / count;
    }
    count
}

/// The constants are Hörmann's, fitted for the least work.
fn rejected(mean: f64, random: &mut Random) -> f64 {
    let log_mean = logarithm(mean);
    let b = 0.931 + 2.53 * mean.sqrt();
    let a = -0.059 + 0.02483 * b;
    let inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    let quick = 0.9277 - 3.6224 / (b - 2.0);
    loop {
        let (u, v) = (random.uniform() - 0.5, random.uniform());
        let margin = 0.5 - u.abs();
        let count = ((2.0 * a / margin + b) * u + mean + 0.43).floor();
        if margin >= 0.07 && v <= quick {
            return count;
        }
        if count < 0.0 || (margin < 0.013 && v > margin) {
            continue;
        }
        let hat = logarithm(v * inverse_alpha / (a / (margin * margin) + b));
        if hat <= count * log_mean - mean - log_factorial(count) {
            return count;
        }
    }
}

/// ln n! by Stirling's series; below ten by way of the tenth factorial, so that the series is good to 10⁻¹⁰.
fn log_factorial(number: f64) -> f64 {
    let (mut number, mut product) = (number, 1.0);
    while number < 10.0 {
        number += 1.0;
        product *= number;
    }
    let square = number * number;
    let series = (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / 1260.0 / square) / square) / number;
    // ½ ln 2π
    let constant = 0.918_938_533_204_672_8;
    (number + 0.5) * logarithm(number) - number + constant + series - logarithm(product)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_factorial_is_that_of_the_product() {
        let mut log = 0.0_f64;
        for number in 0..400 {
            log += f64::from(number.max(1)).ln();
            let found = log_factorial(f64::from(number));
            assert!((found - log).abs() < 1e-9 + 1e-14 * log, "{number}!: {found} for {log}");
        }
    }
}
