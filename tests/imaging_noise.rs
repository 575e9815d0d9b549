#![cfg(not(target_arch = "wasm32"))]
//! Noise by its statistics, and by what links and workers need of it: the same numbers for the same seed, whether the
//! channels are made together or apart. Seeds are fixed and bounds are four or five standard errors, so that a failure
//! is a defect and not bad luck.

use deconvolution_explorer::imaging::Image;
use deconvolution_explorer::imaging::noise::{
    Random, add_gaussian, add_gaussian_to_channel, add_poisson, add_poisson_to_channel, add_salt_and_pepper,
    add_salt_and_pepper_to_channel, hide, known_pixels, poisson,
};
use proptest::prelude::*;

fn grey(channels: usize, value: f32) -> Image {
    Image::from_fn(channels, 256, 256, |_, _, _| value)
}

#[test]
fn poisson_counts_follow_their_distribution() {
    let draws = 200_000;
    // On both sides of where the method changes, and far above.
    for mean in [0.01, 0.7, 3.0, 9.999, 10.0, 10.5, 25.0, 137.3, 5000.0] {
        let mut random = Random::new(1837);
        let mut counts = vec![0_u32; (mean + 20.0 * f64::sqrt(mean) + 20.0) as usize];
        for _ in 0..draws {
            let count = poisson(mean, &mut random);
            assert!(count >= 0.0 && count.fract() == 0.0);
            counts[count as usize] += 1;
        }
        // χ² over all counts of which at least ten are expected, the others together; ln p(k) = ln p(k−1) + ln(mean/k).
        let (mut chi_square, mut cells, mut log) = (0.0, 0.0, -mean);
        let (mut other, mut expected_other) = (0.0, f64::from(draws));
        for (k, &count) in counts.iter().enumerate() {
            if k > 0 {
                log += (mean / k as f64).ln();
            }
            let expected = f64::from(draws) * log.exp();
            if expected >= 10.0 {
                chi_square += (f64::from(count) - expected).powi(2) / expected;
                cells += 1.0;
                expected_other -= expected;
            } else {
                other += f64::from(count);
            }
        }
        // χ² of n cells has mean n and variance 2n.
        assert!((chi_square - cells).abs() < 5.0 * f64::sqrt(2.0 * cells), "{mean}: χ² is {chi_square} of {cells}");
        let bound = 5.0 * f64::max(expected_other, 1.0).sqrt();
        assert!((other - expected_other).abs() < bound, "{mean}: {other} rare ones for {expected_other}");
    }
    for mean in [0.0, -4.0, f64::NAN, f64::NEG_INFINITY] {
        assert_eq!(poisson(mean, &mut Random::new(1)), 0.0);
    }
    assert_eq!(poisson(1e300, &mut Random::new(1)), 1e300);
    let sum: f64 = (0..1000).map(|seed| (poisson(1e12, &mut Random::new(seed)) - 1e12) / 1e6).sum();
    assert!(sum.abs() < 4.0 * f64::sqrt(1000.0), "{sum}");
}

#[test]
fn photons_add_up_and_vary_with_the_light() {
    for (light, photons) in [(0.5, 4.0), (0.9, 30.0), (0.02, 1000.0)] {
        let mut image = grey(1, light);
        add_poisson(&mut image, photons, 9);
        let values = || image.data().iter().map(|&value| f64::from(value));
        let mean = values().sum::<f64>() / 65536.0;
        let variance = values().map(|value| (value - mean).powi(2)).sum::<f64>() / 65536.0;
        let expected = f64::from(light) / f64::from(photons);
        assert!((mean - f64::from(light)).abs() < 4.0 * expected.sqrt() / 256.0, "{mean}");
        let kurtosis = 2.0 + 1.0 / f64::from(light * photons);
        assert!((variance / expected - 1.0).abs() < 4.0 * kurtosis.sqrt() / 256.0, "{variance} for {expected}");
    }
    let mut black = grey(3, 0.0);
    add_poisson(&mut black, 100.0, 1);
    assert_eq!(black, grey(3, 0.0));
}

#[test]
fn salt_and_pepper_hit_their_share_and_say_where() {
    let mut image = grey(2, 0.5);
    let known = add_salt_and_pepper(&mut image, 0.1, 77);
    for channel in 0..2 {
        let plane = image.channel(channel);
        for level in [0.0, 1.0] {
            let share = plane.iter().filter(|&&value| value == level).count() as f64 / 65536.0;
            assert!((share - 0.05).abs() < 4.0 * f64::sqrt(0.05 * 0.95) / 256.0, "{share} at {level}");
        }
        assert!(plane.iter().all(|value| [0.0, 0.5, 1.0].contains(value)));
    }
    for (pixel, &known) in known.iter().enumerate() {
        assert_eq!(known, image.channel(0)[pixel] == 0.5 && image.channel(1)[pixel] == 0.5);
    }
    let mut all = grey(1, 0.5);
    assert!(add_salt_and_pepper(&mut all, 7.0, 1).iter().all(|known| !known));
    assert!(all.data().iter().all(|value| *value != 0.5));
    let mut none = grey(1, 0.5);
    assert!(add_salt_and_pepper(&mut none, f32::NAN, 1).iter().all(|known| *known));
    assert_eq!(none, grey(1, 0.5));
}

#[test]
fn missing_pixels_are_missing_in_all_channels() {
    let known = known_pixels(65536, 0.3, 5);
    let missing = known.iter().filter(|known| !**known).count() as f64 / 65536.0;
    assert!((missing - 0.3).abs() < 4.0 * f64::sqrt(0.21) / 256.0, "{missing}");
    let mut image = grey(3, 0.5);
    hide(&mut image, &known, -2.0);
    for channel in 0..3 {
        assert!(
            image.channel(channel).iter().zip(&known).all(|(value, known)| *value == if *known { 0.5 } else { -2.0 })
        );
    }
    assert!(known_pixels(100, f32::NAN, 1).iter().all(|known| *known));
    assert!(known_pixels(100, 2.0, 1).iter().all(|known| !*known));
    assert!(known_pixels(0, 0.5, 1).is_empty());
}

/// Every noise of a picture, strengths as they come.
fn degraded(image: &mut Image, strength: f32, seed: u64) -> Vec<bool> {
    add_poisson(image, strength * 1000.0, seed);
    add_gaussian(image, strength, seed);
    add_salt_and_pepper(image, strength, seed)
}

proptest! {
    #[test]
    fn channels_may_be_degraded_apart(seed in any::<u64>(), strength in 0.001_f32..1.0) {
        let mut image = Image::from_fn(3, 5, 8, |c, y, x| (c + y * x) as f32 / 10.0);
        let original = image.clone();
        degraded(&mut image, strength, seed);
        for channel in [2, 0, 1] {
            let mut plane = original.channel(channel).to_vec();
            add_poisson_to_channel(&mut plane, strength * 1000.0, seed, channel);
            add_gaussian_to_channel(&mut plane, strength, seed, channel);
            let known = add_salt_and_pepper_to_channel(&mut plane, strength, seed, channel);
            prop_assert_eq!(&plane, image.channel(channel));
            prop_assert_eq!(known.len(), plane.len());
        }
    }

    #[test]
    fn no_strength_breaks_a_picture(seed in any::<u64>(), strength in any::<f32>(), value in -1e6_f32..1e6) {
        let mut image = Image::from_fn(1, 2, 3, |_, _, _| value);
        degraded(&mut image, strength, seed);
        // Only noise beyond all range may leave it.
        if strength.abs() < 1e30 {
            prop_assert!(image.data().iter().all(|value| value.is_finite()), "{:?}", image.data());
        }
    }
}

#[test]
fn channels_kinds_and_seeds_do_not_follow_each_other() {
    let noise = |seed| {
        let mut image = grey(3, 0.0);
        add_gaussian(&mut image, 1.0, seed);
        image
    };
    let (first, second) = (noise(1), noise(2));
    let mut light = grey(1, 10.0);
    add_poisson(&mut light, 1000.0, 1);
    let light: Vec<f32> = light.data().iter().map(|value| (value - 10.0) * 10.0).collect();
    let planes =
        [first.channel(0), first.channel(1), first.channel(2), second.channel(0), second.channel(1), &light[..]];
    for (index, a) in planes.iter().enumerate() {
        for b in &planes[..index] {
            // Also against a stream that lags by a pixel or a row.
            for lag in [0, 1, 256] {
                let sum: f32 = a[lag..].iter().zip(*b).map(|(x, y)| x * y).sum();
                assert!(sum.abs() < 5.0 * 256.0, "{index}, lag {lag}: {sum}");
            }
        }
    }
}
