#![cfg(not(target_arch = "wasm32"))]
//! The linear filters against facts known beforehand: a filter built here from the definition of the Fourier transform
//! gives the same picture, cosines give what the doubled picture gives, a mirrored blur is undone as well as the blur,
//! and the residual that is told is the residual. Pictures are generated, noise has a fixed seed.

use deconvolution_explorer::imaging::fourier::reference::{dft, dft2};
use deconvolution_explorer::imaging::noise::add_gaussian;
use deconvolution_explorer::imaging::quality::{isnr, mse, psnr};
use deconvolution_explorer::imaging::{Boundary, Image, Kernel, Psf, blur, samples};
use deconvolution_explorer::restoration::{
    Bin, MAX_PARAMETERS, Method, Observation, Regularised, Rule, Settings, Tikhonov, Treatment, Wiener, method,
};
use observations::{colourful, comma, first, largest_difference, linear_methods, observe};

mod observations;

fn power([re, im]: [f64; 2]) -> f64 {
    re * re + im * im
}

/// |P|² of the Laplacian through the definition, row after row.
fn laplacian_power(height: usize, width: usize) -> Vec<f64> {
    let mut laplacian = vec![0.0; height * width];
    for (y, x, weight) in [(0, 0, 4.0), (1, 0, -1.0), (height - 1, 0, -1.0), (0, 1, -1.0), (0, width - 1, -1.0)] {
        laplacian[y % height * width + x % width] += weight;
    }
    dft2(&laplacian, height, width).into_iter().map(power).collect()
}

/// F̂ = gain·H*·G through the definition, in f64, of one channel with a circular boundary; the gain of a bin by |H|² and
/// the bin's place.
fn by_definition(observed: &Image, kernel: &Kernel, gain: impl Fn(f64, usize) -> f64) -> Vec<f64> {
    let [height, width] = observed.size();
    let mut psf = vec![0.0; height * width];
    let [centre_y, centre_x] = kernel.centre();
    for (index, weight) in kernel.weights().iter().enumerate() {
        let y = (index / kernel.width() + height - centre_y) % height;
        let x = (index % kernel.width() + width - centre_x) % width;
        psf[y * width + x] += weight;
    }
    let [g, h] = [observed.channel(0), &psf].map(|plane| dft2(plane, height, width));
    let mut spectrum: Vec<[f64; 2]> = (0..height * width)
        .map(|bin| {
            let ([a, b], [c, d]) = (g[bin], h[bin]);
            let gain = gain(power(h[bin]), bin);
            [gain * (a * c + b * d), gain * (b * c - a * d)]
        })
        .collect();
    for row in spectrum.chunks_exact_mut(width) {
        let transformed = dft(row, true);
        row.copy_from_slice(&transformed);
    }
    let mut restored = vec![0.0; height * width];
    for x in 0..width {
        let column: Vec<[f64; 2]> = (0..height).map(|y| spectrum[y * width + x]).collect();
        for (y, [re, _]) in dft(&column, true).into_iter().enumerate() {
            restored[y * width + x] = re;
        }
    }
    restored
}

fn assert_near(restored: &Image, expected: &[f64], place: &str) {
    for (value, exact) in restored.data().iter().zip(expected) {
        let difference = (f64::from(*value) - exact).abs();
        assert!(difference < 2e-5, "{place}: {difference}");
    }
}

fn grey(height: usize, width: usize) -> Image {
    Image::from_vec(1, height, width, colourful(height, width).channel(1).to_vec()).unwrap()
}

#[test]
fn every_filter_is_its_gain_times_the_matched_spectrum() {
    for [height, width] in [[24, 20], [17, 21], [22, 13]] {
        let observed = grey(height, width);
        let observation = observe(&observed, &comma(), Treatment::Circular);
        let roughness_power = laplacian_power(height, width);
        for method in linear_methods() {
            let (description, filter) = (method.description(), method.filter().unwrap());
            for parameter in [0.02, 0.3] {
                let settings = first(description, parameter);
                let parameters: [f32; MAX_PARAMETERS] =
                    std::array::from_fn(|place| settings.parameter(description, place));
                let prepared = filter.prepare(observation.spectra(), parameters);
                let expected = by_definition(&observed, &comma(), |otf_power, bin| {
                    let bin = Bin { otf_power: otf_power as f32, roughness_power: roughness_power[bin] as f32 };
                    let explained = f64::from(filter.gain(bin, prepared)) * otf_power;
                    let rejected = f64::from(filter.rejected(bin, prepared));
                    assert!((explained + rejected - 1.0).abs() < 1e-5, "{}: {bin:?}", description.id);
                    f64::from(filter.gain(bin, prepared))
                });
                let restored = method.restore(&observation, &settings);
                assert_near(&restored, &expected, &format!("{} {parameter}, {height} × {width}", description.id));
            }
        }
    }
}

/// S_f falls as f⁻ᵅ, f the square root of the Laplacian's response, with the mean 1 over all frequencies but rest.
#[test]
fn wieners_filter_is_the_ratio_of_the_spectra() {
    let [height, width] = [20, 27];
    let observed = grey(height, width);
    let observation = observe(&observed, &comma(), Treatment::Circular);
    let roughness_power = laplacian_power(height, width);
    for (wiener, exponents) in [(Wiener::CONSTANT, 0..=0), (Wiener::POWER_LAW, 1..=4)] {
        for alpha in exponents {
            let falls: Vec<f64> = roughness_power.iter().map(|power| power.powf(f64::from(-alpha) / 4.0)).collect();
            let moving: Vec<f64> =
                (0..falls.len()).filter(|&bin| roughness_power[bin] > 1e-20).map(|bin| falls[bin]).collect();
            assert_eq!(moving.len(), height * width - 1);
            let mean = moving.iter().sum::<f64>() / moving.len() as f64;
            for ratio in [1e-3_f64, 0.1] {
                let expected = by_definition(&observed, &comma(), |otf_power, bin| {
                    let restraint = if roughness_power[bin] > 1e-20 { ratio * mean / falls[bin] } else { 0.0 };
                    1.0 / (otf_power + restraint)
                });
                let mut settings = first(wiener.description(), ratio as f32);
                settings.parameters[1] = alpha as f32;
                assert_near(&wiener.restore(&observation, &settings), &expected, &format!("α {alpha}, K {ratio}"));
            }
        }
    }
}

#[test]
fn by_the_noise_wiener_takes_the_ratio_of_the_variances() {
    let original = colourful(40, 50);
    let sigma = 0.1_f32;
    let mut observed = original.clone();
    add_gaussian(&mut observed, sigma, 6);
    // The channels' means differ, which is no matter of the spectra away from rest.
    let variance = |channel: usize| {
        let plane = original.channel(channel);
        let mean = plane.iter().map(|&value| f64::from(value)).sum::<f64>() / plane.len() as f64;
        plane.iter().map(|&value| (f64::from(value) - mean).powi(2)).sum::<f64>() / plane.len() as f64
    };
    let signal = (0..3).map(variance).sum::<f64>() / 3.0;
    let expected = f64::from(sigma).powi(2) / signal;
    for treatment in [Treatment::Mirror, Treatment::Circular] {
        let observation = Observation::new(observed.clone(), Kernel::delta(), treatment).unwrap().with_noise(sigma);
        for wiener in [Wiener::CONSTANT, Wiener::POWER_LAW] {
            let ratio = f64::from(wiener.automatic(&observation, Rule::Noise).unwrap());
            assert!((ratio / expected - 1.0).abs() < 0.05, "{treatment:?}: {ratio} for {expected}");
        }
        let drowned = Observation::new(observed.clone(), Kernel::delta(), treatment).unwrap().with_noise(9.0);
        assert_eq!(Wiener::CONSTANT.automatic(&drowned, Rule::Noise), None);
    }
}

/// The same work two ways: cosines on the picture, and the Fourier transform of the doubled picture.
#[test]
fn cosines_give_what_the_doubled_picture_gives() {
    for ([height, width], kernel) in [
        ([18, 15], Psf::Disc { radius: 2.3 }.sample()),
        ([21, 16], Psf::Gaussian { sigma: 1.3 }.sample()),
        ([9, 11], Psf::Box { side: 25 }.sample()),
        ([33, 1], Psf::Box { side: 5 }.sample_line()),
        ([1, 14], Kernel::delta()),
    ] {
        let observed = colourful(height, width);
        let [full_height, full_width] = [height, width].map(|side| if side == 1 { 1 } else { 2 * side });
        let doubled = Image::from_fn(3, full_height, full_width, |c, y, x| {
            let [y, x] = [(y, height), (x, width)].map(|(at, side)| Boundary::Mirror.index(at as isize, side));
            observed.channel(c)[y * width + x]
        });
        let mirror = observe(&observed, &kernel, Treatment::Mirror);
        let circular = observe(&doubled, &kernel, Treatment::Circular);
        for method in linear_methods() {
            let description = method.description();
            let restored = method.restore(&mirror, &first(description, 0.05));
            // A power law is scaled to a mean of 1 over all frequencies, of which the doubled picture has others: what
            // the filters make of their parameters is compared, not the parameters.
            let filter = method.filter().unwrap();
            let scales = [&mirror, &circular].map(|of| filter.prepare(of.spectra(), [0.05, 2.0, 0.0])[0]);
            let whole = method.restore(&circular, &first(description, 0.05 * scales[0] / scales[1]));
            let whole = whole.crop(0, 0, height, width).unwrap();
            let largest = whole.data().iter().fold(1.0_f32, |largest, value| largest.max(value.abs()));
            // The inverse filter makes rounding errors as large as the blur is small.
            let tolerance = if description.id == "inverse" { 0.05 } else { 2e-5 };
            let difference = largest_difference(&restored, &whole) / largest;
            assert!(difference < tolerance, "{}, {height} × {width}: {difference}", description.id);
        }
    }
}

/// Of odd sides, so that turning it leaves its centre where it is.
fn odd_comma() -> Kernel {
    let weights =
        [[0., 4., 3., 0., 0.], [1., 9., 7., 2., 0.], [0., 3., 6., 4., 1.], [0., 0., 0., 2., 2.], [0., 0., 0., 0., 1.]];
    Kernel::normalised(5, 5, weights.concat()).unwrap()
}

/// With H in place of its conjugate, or H² in place of |H|², an asymmetric kernel would be undone badly, and its mirror
/// image as badly in another direction: the picture would be moved and doubled.
#[test]
fn an_asymmetric_blur_is_undone_as_well_as_its_mirror_image() {
    let original = samples::star(96);
    for method in linear_methods().filter(|method| method.description().id != "inverse") {
        let id = method.description().id;
        let [one, other] = [odd_comma(), odd_comma().flipped()].map(|kernel| {
            let mut observed = blur(&original, &kernel, Boundary::Circular);
            add_gaussian(&mut observed, 1e-3, 11);
            let observation = observe(&observed, &kernel, Treatment::Circular);
            let qualities = (-16..-2).map(|half| {
                let settings = first(method.description(), 10_f32.powf(0.5 * half as f32));
                let restored = method.restore(&observation, &settings);
                (psnr(&original, &restored, 1.0), isnr(&original, &observed, &restored))
            });
            let (quality, gain) = qualities.max_by(|a, b| a.0.total_cmp(&b.0)).unwrap();
            assert!(gain > 5.0, "{id} gains {gain} dB");
            quality
        });
        assert!((one - other).abs() < 0.1, "{id}: {one} dB and {other} dB");
    }
}

/// Whatever is put about the picture, its top is treated as its bottom and its left as its right.
#[test]
fn turned_with_its_kernel_a_picture_comes_out_turned() {
    let observed = colourful(27, 22);
    let turned = |picture: &Image| Image::from_fn(3, 27, 22, |c, y, x| picture.channel(c)[(26 - y) * 22 + 21 - x]);
    for method in linear_methods() {
        let settings = first(method.description(), 0.1);
        for &treatment in method.description().treatments {
            let restored = method.restore(&observe(&observed, &odd_comma(), treatment), &settings);
            let other = method.restore(&observe(&turned(&observed), &odd_comma().flipped(), treatment), &settings);
            let difference = largest_difference(&turned(&restored), &other);
            assert!(difference < 5e-5, "{}, {treatment:?}: {difference}", method.description().id);
        }
    }
}

#[test]
fn a_large_gamma_keeps_the_mean_in_the_regularised_filter_and_not_in_tikhonovs() {
    let observed = samples::star(40);
    let mean = observed.data().iter().sum::<f32>() / 1600.0;
    for (kernel, treatment) in [(comma(), Treatment::Circular), (Psf::Box { side: 5 }.sample(), Treatment::Mirror)] {
        let observation = observe(&observed, &kernel, treatment);
        let smooth = Regularised.restore(&observation, &first(Regularised.description(), f32::MAX));
        let kept = smooth.data().iter().sum::<f32>() / 1600.0;
        assert!((kept - mean).abs() < 1e-4, "{treatment:?}: {kept} for {mean}");
        let dark = Tikhonov.restore(&observation, &first(Tikhonov.description(), 3.0));
        let darkened = dark.data().iter().sum::<f32>() / 1600.0;
        assert!((darkened - mean / 4.0).abs() < 0.02, "{treatment:?}: {darkened} for {mean} / 4");
    }
}

/// What a step tells must be what anyone finds who blurs the estimate again.
#[test]
fn the_residual_is_that_of_the_estimate() {
    let picture = colourful(26, 31);
    for (kernel, treatment, boundary) in [
        (comma(), Treatment::Circular, Boundary::Circular),
        (Psf::Disc { radius: 1.7 }.sample(), Treatment::Mirror, Boundary::Mirror),
    ] {
        let observation = observe(&picture, &kernel, treatment);
        for method in linear_methods() {
            let mut run = method.start(&observation, &first(method.description(), 0.2));
            let step = run.step();
            let expected = mse(&picture, &blur(run.estimate(), &kernel, boundary)).sqrt();
            let difference = (step.residual - expected).abs();
            assert!(
                difference < 1e-3 * expected + 1e-4,
                "{}: {} for {expected}",
                method.description().id,
                step.residual
            );
        }
    }
}

#[test]
fn a_circular_restoration_moves_along_with_the_picture() {
    let [height, width] = [24, 30];
    let observed = colourful(height, width);
    let moved = |picture: &Image| {
        Image::from_fn(3, height, width, |c, y, x| picture.channel(c)[(y + 7) % height * width + (x + 11) % width])
    };
    for method in linear_methods() {
        let settings = first(method.description(), 0.1);
        let restored = method.restore(&observe(&observed, &comma(), Treatment::Circular), &settings);
        let other = method.restore(&observe(&moved(&observed), &comma(), Treatment::Circular), &settings);
        assert!(largest_difference(&moved(&restored), &other) < 2e-5, "{}", method.description().id);
    }
}

#[test]
fn known_pixels_alone_decide_and_holes_of_any_width_are_filled() {
    let original = samples::star(64);
    let known: Vec<bool> = (0..64 * 64).map(|index| index % 5 != 2 && !(20..30).contains(&(index % 64))).collect();
    let hidden = |value: f32| {
        let mut picture = original.clone();
        for (sample, known) in picture.data_mut().iter_mut().zip(&known) {
            if !known {
                *sample = value;
            }
        }
        picture
    };
    let seen = |picture: Image| {
        std::rc::Rc::new(
            Observation::new(picture, Kernel::delta(), Treatment::Mirror).unwrap().with_known(known.clone()),
        )
    };
    for method in linear_methods() {
        let settings = first(method.description(), 0.0);
        let restored = method.restore(&seen(hidden(0.0)), &settings);
        assert_eq!(restored, method.restore(&seen(hidden(1e3)), &settings), "{}", method.description().id);
        let mut largest = 0.0_f32;
        for ((value, expected), known) in restored.data().iter().zip(original.data()).zip(&known) {
            if *known {
                largest = largest.max((value - expected).abs());
            } else {
                assert!((-1e-4..1.0).contains(value), "{}: {value}", method.description().id);
            }
        }
        assert!(largest < 1e-5, "{}: known pixels change by {largest}", method.description().id);
    }
    // What is filled in lies between what is around it, and near the truth where that is smooth.
    let slope = |_, y: usize, x: usize| 0.2 + 0.005 * (x + y) as f32;
    let mut holed = Image::from_fn(1, 80, 90, slope);
    let hole: Vec<bool> =
        (0..80 * 90).map(|index| !((10..70).contains(&(index / 90)) && (12..75).contains(&(index % 90)))).collect();
    for (sample, known) in holed.data_mut().iter_mut().zip(&hole) {
        *sample *= f32::from(u8::from(*known));
    }
    let observation = Observation::new(holed, Kernel::delta(), Treatment::Circular).unwrap().with_known(hole);
    let filled = Regularised.restore(&observation.into(), &first(Regularised.description(), 0.0));
    assert!(largest_difference(&filled, &Image::from_fn(1, 80, 90, slope)) < 0.15);
}

#[test]
fn methods_are_found_by_their_names() {
    for id in ["inverse", "truncated", "tikhonov", "regularised", "wiener", "wiener-power"] {
        let found = method(id).unwrap();
        assert!(linear_methods().any(|method| method.description().id == found.description().id), "{id}");
        let settings = Settings::of(found.description());
        assert_eq!(settings.iterations(found.description()), 1);
    }
}
