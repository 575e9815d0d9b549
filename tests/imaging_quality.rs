#![cfg(not(target_arch = "wasm32"))]
//! Similarity against its plain double sum, whiteness against noise that is white or is not, noise estimates against
//! noise of known strength, and all of them on pictures that have next to nothing in them: no answer may be NaN.

use deconvolution_explorer::imaging::estimate::{immerkaer, median_absolute_deviation};
use deconvolution_explorer::imaging::noise::add_gaussian;
use deconvolution_explorer::imaging::quality::{
    MAX_LAG, bsnr, isnr, mse, psnr, sigma_for_bsnr, ssim, variance, whiteness,
};
use deconvolution_explorer::imaging::{Boundary, Image, Psf, blur, samples};
use proptest::prelude::*;

mod pictures;

fn constant(channels: usize, height: usize, width: usize, value: f32) -> Image {
    Image::from_fn(channels, height, width, |_, _, _| value)
}

fn noise(channels: usize, height: usize, width: usize, sigma: f32, seed: u64) -> Image {
    let mut image = Image::zeros(channels, height, width);
    add_gaussian(&mut image, sigma, seed);
    image
}

/// The definition, place by place, in f64; axes shorter than the window are mirrored.
fn similarity(reference: &Image, picture: &Image, peak: f64) -> f64 {
    let [height, width] = reference.size();
    let places = |side: usize| if side < 11 { 0..side as isize } else { 5..side as isize - 5 };
    let gauss = |d: isize| (-((d * d) as f64) / 4.5).exp();
    let total: f64 = (-5..=5).map(gauss).sum();
    let (mut sum, mut count) = (0.0, 0.0);
    for channel in 0..reference.channels() {
        for y in places(height) {
            for x in places(width) {
                let mean = |value: &dyn Fn(f64, f64) -> f64| {
                    let mut sum = 0.0;
                    for i in -5..=5 {
                        for j in -5..=5 {
                            let pixel =
                                Boundary::Mirror.index(y + i, height) * width + Boundary::Mirror.index(x + j, width);
                            let [a, b] = [reference, picture].map(|image| f64::from(image.channel(channel)[pixel]));
                            sum += gauss(i) * gauss(j) / (total * total) * value(a, b);
                        }
                    }
                    sum
                };
                let (a, b) = (mean(&|a, _| a), mean(&|_, b| b));
                let (aa, bb) = (mean(&|a, _| a * a) - a * a, mean(&|_, b| b * b) - b * b);
                let ab = mean(&|a, b| a * b) - a * b;
                let (c1, c2) = ((0.01 * peak).powi(2), (0.03 * peak).powi(2));
                sum += (2.0 * a * b + c1) * (2.0 * ab + c2) / ((a * a + b * b + c1) * (aa + bb + c2));
                count += 1.0;
            }
        }
    }
    sum / count
}

fn small_pair() -> impl Strategy<Value = (Image, Image)> {
    let side = || prop_oneof![Just(1_usize), 1_usize..20];
    (1_usize..4, side(), side()).prop_flat_map(|(channels, height, width)| {
        let samples = || prop::collection::vec(-0.5_f32..1.5, channels * height * width);
        (samples(), samples()).prop_map(move |(a, b)| {
            let image = |samples| Image::from_vec(channels, height, width, samples).unwrap();
            (image(a), image(b))
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn similarity_is_its_double_sum((a, b) in small_pair()) {
        let found = ssim(&a, &b, 1.0);
        prop_assert!((found - similarity(&a, &b, 1.0)).abs() < 1e-9, "{found}");
        prop_assert!((found - ssim(&b, &a, 1.0)).abs() < 1e-9, "either may be the reference");
        prop_assert_eq!(ssim(&a, &a, 1.0), 1.0);
    }

    #[test]
    fn a_residual_and_its_half_turn_are_as_white((a, _) in small_pair()) {
        let found = whiteness(&a);
        prop_assert_eq!(found.lags, a.size().map(|side| MAX_LAG.min(side - 1)));
        prop_assert_eq!(found.autocorrelation.len(), (2 * found.lags[0] + 1) * (2 * found.lags[1] + 1));
        prop_assert!(found.autocorrelation.iter().all(|value| (-1.0..=1.0).contains(value)));
        let turned: Vec<f32> = found.autocorrelation.iter().rev().copied().collect();
        prop_assert_eq!(&found.autocorrelation, &turned);
        // The definition at every lag.
        let [height, width] = a.size();
        let centred: Vec<Vec<f64>> = (0..a.channels()).map(|channel| {
            let plane = a.channel(channel);
            let mean = plane.iter().map(|&value| f64::from(value)).sum::<f64>() / plane.len() as f64;
            plane.iter().map(|&value| f64::from(value) - mean).collect()
        }).collect();
        let energy: f64 = centred.iter().flatten().map(|value| value * value).sum();
        let at = |plane: &[f64], y: isize, x: isize| {
            let inside = (0..height as isize).contains(&y) && (0..width as isize).contains(&x);
            if inside { plane[y as usize * width + x as usize] } else { 0.0 }
        };
        for (index, &value) in found.autocorrelation.iter().enumerate() {
            let columns = 2 * found.lags[1] + 1;
            let dy = (index / columns) as isize - found.lags[0] as isize;
            let dx = (index % columns) as isize - found.lags[1] as isize;
            let mut sum = 0.0;
            for plane in &centred {
                for y in 0..height as isize {
                    for x in 0..width as isize {
                        sum += at(plane, y, x) * at(plane, y + dy, x + dx);
                    }
                }
            }
            let expected = if dy == 0 && dx == 0 { 1.0 } else if energy < 1e-12 { 0.0 } else { sum / energy };
            prop_assert!((f64::from(value) - expected).abs() < 1e-5, "lag ({dy}, {dx}): {value} for {expected}");
        }
    }

    #[test]
    fn estimates_follow_the_unit((a, _) in small_pair(), scale in 0.01_f32..100.0) {
        let larger = a.map(|value| value * scale);
        for estimate in [immerkaer, median_absolute_deviation] {
            match (estimate(&a), estimate(&larger)) {
                (Some(small), Some(large)) => {
                    prop_assert!((large - f64::from(scale) * small).abs() <= 1e-5 * f64::from(scale), "{small}, {large}");
                }
                (small, large) => prop_assert_eq!(small, large),
            }
        }
    }
}

#[test]
fn a_large_pictures_similarity_is_that_of_the_definition() {
    let original = pictures::camera().crop(80, 60, 60, 70).unwrap();
    for psf in [Psf::Box { side: 9 }, Psf::Gaussian { sigma: 0.5 }] {
        let blurred = blur(&original, &psf.sample(), Boundary::Circular);
        let (found, expected) = (ssim(&original, &blurred, 1.0), similarity(&original, &blurred, 1.0));
        assert!((found - expected).abs() < 1e-9, "{found} for {expected}");
        assert!((0.2..0.99).contains(&found), "{found}");
    }
}

#[test]
fn white_noise_is_white_and_blurred_noise_is_not() {
    let mut white = 0;
    for seed in 0..200 {
        let found = whiteness(&noise(1, 48, 40, 0.03, seed));
        white += usize::from(found.is_white());
        let outside = found.autocorrelation.iter().filter(|value| value.abs() > found.band).count();
        // One in twenty of 289, give or take; lag 0 is always outside, and each other counts twice.
        assert!((1..60).contains(&outside), "{outside} outside");
    }
    assert!((192..=200).contains(&white), "{white} of 200");
    // Signals and colour too.
    assert!(whiteness(&noise(1, 512, 1, 1.0, 5)).is_white());
    assert!(whiteness(&noise(3, 64, 64, 1.0, 5)).is_white());
    for (psf, size) in [(Psf::Gaussian { sigma: 0.6 }, [48, 40]), (Psf::Box { side: 3 }, [512, 1])] {
        let residual = blur(&noise(1, size[0], size[1], 0.1, 3), &psf.sample_for(size), Boundary::Circular);
        let found = whiteness(&residual);
        assert!(!found.is_white() && found.largest > 4.0 * found.band, "{psf:?}: {}", found.score);
    }
    // A box of three leaves 2/3 to the next and 1/3 to the one after.
    let residual = blur(&noise(1, 4096, 1, 0.1, 3), &Psf::Box { side: 3 }.sample_line(), Boundary::Circular);
    let found = whiteness(&residual);
    for (lag, expected) in [(1, 2.0 / 3.0), (2, 1.0 / 3.0), (3, 0.0)] {
        assert!((found.autocorrelation[MAX_LAG + lag] - expected).abs() < 0.06, "lag {lag}");
    }
    assert!((found.largest - 2.0 / 3.0).abs() < 0.06);
    assert!(!whiteness(&samples::star(64)).is_white());
}

#[test]
fn noise_of_known_strength_is_found() {
    for (sigma, seed) in [(0.002, 1), (0.02, 2), (0.2, 3)] {
        // Alone it is found to a few per cent, which is what so many samples allow.
        let flat = noise(3, 128, 128, sigma, seed).map(|value| value + 0.5);
        for estimate in [immerkaer, median_absolute_deviation] {
            let found = estimate(&flat).unwrap() / f64::from(sigma);
            assert!((found - 1.0).abs() < 0.03, "{found} of {sigma}");
        }
        let signal = noise(1, 2048, 1, sigma, seed).map(|value| value - 3.0);
        for estimate in [immerkaer, median_absolute_deviation] {
            let found = estimate(&signal).unwrap() / f64::from(sigma);
            assert!((found - 1.0).abs() < 0.1, "{found} of {sigma}");
        }
        // Beneath a blurred picture too.
        let mut blurred = blur(&pictures::camera(), &Psf::Gaussian { sigma: 2.0 }.sample(), Boundary::Circular);
        add_gaussian(&mut blurred, sigma, seed);
        for estimate in [immerkaer, median_absolute_deviation] {
            let found = estimate(&blurred).unwrap() / f64::from(sigma);
            assert!((0.97..1.3).contains(&found), "{found} of {sigma}");
        }
    }
}

#[test]
fn pictures_with_nothing_in_them_have_figures_too() {
    for [height, width] in [[1, 1], [1, 7], [9, 1], [2, 2], [5, 30], [40, 40]] {
        for channels in [1, 3] {
            for value in [0.0, 0.1, 1.0, -3.0, 1e6] {
                let flat = constant(channels, height, width, value);
                assert_eq!(ssim(&flat, &flat, 1.0), 1.0);
                let found = ssim(&flat, &constant(channels, height, width, value + 0.5), 1.0);
                assert!((0.0..=1.0).contains(&found) || value < 0.0, "{found}");
                let found = whiteness(&flat);
                assert_eq!((found.largest, found.score), (0.0, 0.0), "{value} at {height} × {width}");
                assert!(found.is_white());
                for (estimate, least) in [(immerkaer as fn(&Image) -> Option<f64>, 3), (median_absolute_deviation, 2)] {
                    match estimate(&flat) {
                        Some(sigma) => assert!(sigma.abs() <= 1e-9 * f64::from(value).abs(), "{sigma} of {value}"),
                        None => assert!(height.max(width) < least),
                    }
                }
                assert_eq!(psnr(&flat, &flat, 1.0), f64::INFINITY);
                assert_eq!(isnr(&flat, &flat, &flat), 0.0);
                assert_eq!(sigma_for_bsnr(&flat, 40.0), (variance(&flat) / 1e4).sqrt() as f32);
                assert_eq!(bsnr(&flat, 0.0), f64::INFINITY);
                assert!(!bsnr(&flat, 0.1).is_nan() && !mse(&flat, &flat).is_nan());
            }
        }
    }
    let black = Image::zeros(1, 4, 4);
    assert_eq!(bsnr(&black, 0.1), f64::NEG_INFINITY);
    assert_eq!(sigma_for_bsnr(&black, f32::NEG_INFINITY), 0.0);
}

#[test]
fn what_exploded_is_unlike_and_not_white() {
    let original = samples::star(32);
    for strength in [1e10_f32, 1e25, f32::MAX] {
        let exploded = noise(1, 32, 32, 1.0, 4).map(|value| value.clamp(-1.0, 1.0) * strength);
        let found = ssim(&original, &exploded, 1.0);
        assert!(found.abs() < 1e-3, "{found}");
        assert!(whiteness(&exploded).score.is_finite());
    }
    let broken = Image::from_fn(1, 32, 32, |_, y, _| if y == 3 { f32::NAN } else { f32::INFINITY });
    assert_eq!(ssim(&original, &broken, 1.0), 0.0);
    assert!(!whiteness(&broken).is_white());
}
