#![cfg(not(target_arch = "wasm32"))]
//! The linear filters against facts known beforehand: a picture that was not blurred comes back unchanged, a filter
//! built here from the definition of the Fourier transform gives the same picture, a mirrored blur is undone as well as
//! the blur, and no parameter makes anything that is not a number. Pictures are generated, noise has a fixed seed.

use deconvolution_explorer::imaging::fourier::reference::{dft, dft2};
use deconvolution_explorer::imaging::noise::{Random, add_gaussian};
use deconvolution_explorer::imaging::quality::{bsnr, isnr, mse, psnr, sigma_for_bsnr};
use deconvolution_explorer::imaging::{Boundary, Image, ImageError, Kernel, Psf, blur, samples};
use deconvolution_explorer::restoration::{METHODS, Method, Observation, Regularised, Tikhonov, gcv, method};

const BOUNDARIES: [Boundary; 2] = [Boundary::Circular, Boundary::Mirror];

/// A kernel without any symmetry.
fn comma() -> Kernel {
    let weights = [[0., 4., 3., 0., 0.], [1., 9., 7., 2., 0.], [0., 3., 6., 4., 1.], [0., 0., 0., 2., 2.]];
    Kernel::normalised(4, 5, weights.concat()).unwrap()
}

/// A colour picture of which every channel is different.
fn colourful(height: usize, width: usize) -> Image {
    let mut random = Random::new(5);
    Image::from_fn(3, height, width, |c, y, x| {
        0.2 * c as f32
            + 0.5 * ((x * (c + 1)) as f32 / 9.0).sin() * (y as f32 / 7.0).cos()
            + 0.1 * random.normal() as f32
    })
}

fn largest_difference(a: &Image, b: &Image) -> f32 {
    a.data().iter().zip(b.data()).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

#[test]
fn a_delta_returns_the_picture() {
    for boundary in BOUNDARIES {
        for [height, width] in [[16, 20], [15, 33], [1, 40], [23, 1]] {
            let picture = colourful(height, width);
            let observation = Observation::new(picture.clone(), Kernel::delta(), boundary).unwrap();
            for method in METHODS {
                let restored = method.restore(&observation, 0.0);
                let difference = largest_difference(&picture, &restored);
                assert!(difference < 1e-5, "{}, {boundary:?}, {height} × {width}: {difference}", method.id());
            }
        }
    }
}

/// F̂ = gain·H*·G through the definition, in f64, of one channel with a circular boundary.
fn by_definition(method: &dyn Method, observed: &Image, kernel: &Kernel, parameter: f32) -> Vec<f64> {
    let [height, width] = observed.size();
    let mut psf = vec![0.0; height * width];
    let [centre_y, centre_x] = kernel.centre();
    for (index, weight) in kernel.weights().iter().enumerate() {
        let y = (index / kernel.width() + height - centre_y) % height;
        let x = (index % kernel.width() + width - centre_x) % width;
        psf[y * width + x] += weight;
    }
    let mut laplacian = vec![0.0; height * width];
    for (y, x, weight) in [(0, 0, 4.0), (1, 0, -1.0), (height - 1, 0, -1.0), (0, 1, -1.0), (0, width - 1, -1.0)] {
        laplacian[y * width + x] += weight;
    }
    let [g, h, p] = [observed.channel(0), &psf, &laplacian].map(|plane| dft2(plane, height, width));
    let power = |[re, im]: [f64; 2]| re * re + im * im;
    let mut spectrum: Vec<[f64; 2]> = (0..height * width)
        .map(|bin| {
            let ([a, b], [c, d]) = (g[bin], h[bin]);
            let gain = f64::from(method.gain(power(h[bin]) as f32, power(p[bin]) as f32, parameter));
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

#[test]
fn every_method_is_its_gain_times_the_matched_spectrum() {
    for [height, width] in [[24, 20], [17, 21], [22, 13]] {
        let observed = colourful(height, width).crop(0, 0, height, width).unwrap();
        let observed = Image::from_vec(1, height, width, observed.channel(0).to_vec()).unwrap();
        let observation = Observation::new(observed.clone(), comma(), Boundary::Circular).unwrap();
        for method in METHODS {
            for parameter in [0.02, 0.3] {
                let restored = method.restore(&observation, parameter);
                let expected = by_definition(method, &observed, &comma(), parameter);
                for (value, exact) in restored.data().iter().zip(&expected) {
                    let difference = (f64::from(*value) - exact).abs();
                    assert!(difference < 2e-5, "{} {parameter}, {height} × {width}: {difference}", method.id());
                }
            }
        }
    }
}

#[test]
fn a_mirrored_extension_is_a_circular_picture_of_twice_the_size() {
    let observed = colourful(18, 15);
    let doubled = Image::from_fn(3, 36, 30, |c, y, x| {
        observed.channel(c)[Boundary::Mirror.index(y as isize, 18) * 15 + Boundary::Mirror.index(x as isize, 15)]
    });
    let kernel = Psf::Disc { radius: 2.3 }.sample();
    let mirror = Observation::new(observed, kernel.clone(), Boundary::Mirror).unwrap();
    let circular = Observation::new(doubled, kernel, Boundary::Circular).unwrap();
    for method in METHODS {
        let whole = method.restore(&circular, 0.05).crop(0, 0, 18, 15).unwrap();
        assert!(largest_difference(&method.restore(&mirror, 0.05), &whole) < 1e-5, "{}", method.id());
    }
}

#[test]
fn channels_are_restored_independently() {
    let observed = colourful(20, 24);
    let together = Observation::new(observed.clone(), comma(), Boundary::Mirror).unwrap();
    for method in METHODS {
        let restored = method.restore(&together, 0.03);
        for channel in 0..3 {
            let alone = Image::from_vec(1, 20, 24, observed.channel(channel).to_vec()).unwrap();
            let alone = Observation::new(alone, comma(), Boundary::Mirror).unwrap();
            assert_eq!(method.restore(&alone, 0.03).data(), restored.channel(channel), "{}", method.id());
        }
    }
}

/// With H in place of its conjugate, or H² in place of |H|², an asymmetric kernel would be undone badly, and its mirror
/// image as badly in another direction: the picture would be moved and doubled.
#[test]
fn an_asymmetric_blur_is_undone_as_well_as_its_mirror_image() {
    let original = samples::star(96);
    let mut qualities = Vec::new();
    for kernel in [comma(), comma().flipped()] {
        let mut observed = blur(&original, &kernel, Boundary::Circular);
        add_gaussian(&mut observed, 1e-3, 11);
        let observation = Observation::new(observed.clone(), kernel, Boundary::Circular).unwrap();
        for (method, parameter) in METHODS.iter().zip([1e-2, 1e-4, 1e-5]) {
            let restored = method.restore(&observation, parameter);
            let gain = isnr(&original, &observed, &restored);
            assert!(gain > 8.0, "{} gains {gain} dB", method.id());
            qualities.push(psnr(&original, &restored, 1.0));
        }
    }
    for (one, other) in qualities[..3].iter().zip(&qualities[3..]) {
        assert!((one - other).abs() < 0.5, "{one} dB and {other} dB");
    }
}

#[test]
fn no_parameter_makes_anything_but_numbers() {
    let blurred = blur(&samples::star(32), &Psf::Box { side: 8 }.sample(), Boundary::Circular);
    let nothing = Kernel::new(1, 1, vec![0.0]).unwrap();
    for kernel in [Psf::Box { side: 8 }.sample(), nothing] {
        for boundary in BOUNDARIES {
            let observation = Observation::new(blurred.clone(), kernel.clone(), boundary).unwrap();
            for method in METHODS {
                for parameter in [0.0, -1.0, 1e-30, 1e-12, 1e-6, 1.0, f32::MAX, f32::INFINITY, f32::NAN] {
                    let restored = method.restore(&observation, parameter);
                    assert!(restored.data().iter().all(|value| value.is_finite()), "{} {parameter}", method.id());
                }
                if let Some(parameter) = method.automatic(&observation) {
                    assert!(parameter.is_finite());
                }
            }
        }
    }
}

#[test]
fn a_large_gamma_keeps_the_mean_in_the_regularised_filter_and_not_in_tikhonovs() {
    let observed = samples::star(40);
    let mean = observed.data().iter().sum::<f32>() / 1600.0;
    let observation = Observation::new(observed, comma(), Boundary::Circular).unwrap();
    for value in Regularised.restore(&observation, 1e9).data() {
        assert!((value - mean).abs() < 1e-4);
    }
    let darkened = Tikhonov.restore(&observation, 3.0).data().iter().sum::<f32>() / 1600.0;
    assert!((darkened - mean / 4.0).abs() < 1e-4);
}

#[test]
fn what_cannot_be_restored_is_refused() {
    let poisoned = Image::from_vec(1, 1, 2, vec![0.0, f32::NAN]).unwrap();
    assert_eq!(Observation::new(poisoned, Kernel::delta(), Boundary::Mirror).err(), Some(ImageError::NotFinite));
    let large = Image::zeros(1, 2049, 2048);
    let error = Observation::new(large, Kernel::delta(), Boundary::Mirror).err();
    assert_eq!(error, Some(ImageError::TooLarge { height: 4098, width: 4096 }));
}

#[test]
fn methods_are_found_by_their_ids() {
    for known in METHODS {
        assert_eq!(method(known.id()).map(Method::id), Some(known.id()));
        let parameter = known.parameter();
        let [low, high] = parameter.log10_range;
        assert!((low..=high).contains(&parameter.default.log10()), "{}", known.id());
    }
    assert!(method("wiener").is_none());
}

/// The classic scenarios (blurs and noise of the literature, in units of 255), on generated and photographed pictures.
#[test]
fn cross_validation_comes_near_the_best_gamma() {
    let pyramid: Vec<f32> = [1., 4., 6., 4., 1.].iter().flat_map(|a| [1., 4., 6., 4., 1.].map(|b| a * b)).collect();
    let heavy_tailed: Vec<f32> =
        (0..225).map(|i| 1.0 / (1.0 + ((i / 15 - 7) as f32).powi(2) + ((i % 15 - 7) as f32).powi(2))).collect();
    let scenarios = [
        (Kernel::normalised(15, 15, heavy_tailed).unwrap(), Err(2.0_f32.sqrt() / 255.0)),
        (Psf::Box { side: 9 }.sample(), Ok(40.0)),
        (Kernel::normalised(5, 5, pyramid).unwrap(), Err(7.0 / 255.0)),
        (Psf::Gaussian { sigma: 1.6 }.sample(), Err(2.0 / 255.0)),
        (Psf::Motion { length: 12.0, angle_degrees: 30.0 }.sample(), Ok(30.0)),
        (comma(), Ok(35.0)),
    ];
    let mut pictures = vec![samples::star(128), photograph()];
    // In colour, so that the sum over the channels is in play.
    let star = pictures[0].clone();
    pictures.push(Image::from_fn(3, 128, 128, |c, y, x| star.channel(0)[y * 128 + x] * (1.0 - 0.3 * c as f32)));
    for (number, original) in pictures.iter().enumerate() {
        for (scenario, (kernel, noise)) in scenarios.iter().enumerate() {
            let mut observed = blur(original, kernel, Boundary::Circular);
            let sigma = match *noise {
                Ok(decibels) => sigma_for_bsnr(&observed, decibels),
                Err(sigma) => sigma,
            };
            if let Ok(decibels) = noise {
                assert!((bsnr(&observed, sigma) - f64::from(*decibels)).abs() < 1e-3);
            }
            add_gaussian(&mut observed, sigma, 1979);
            let observation = Observation::new(observed, kernel.clone(), Boundary::Circular).unwrap();
            let quality = |gamma: f32| psnr(original, &Regularised.restore(&observation, gamma), 1.0);
            let best = (-90..=20).map(|tenth| quality(10_f32.powf(tenth as f32 / 10.0))).fold(0.0, f64::max);
            let gamma = Regularised.automatic(&observation).unwrap();
            let lost = best - quality(gamma);
            println!(
                "picture {number}, scenario {scenario}: γ = {gamma:.2e}, {lost:.3} dB below the best {best:.2} dB"
            );
            assert!(lost < 0.3, "picture {number}, scenario {scenario}: {lost} dB below the best, γ = {gamma}");
        }
    }
}

/// A smooth, textured picture with the falling spectrum of a photograph: noise whose amplitude falls with frequency.
fn photograph() -> Image {
    let mut random = Random::new(7);
    let mut sum = Image::from_fn(1, 128, 128, |_, _, _| 0.5);
    for (sigma, amplitude) in [(16.0, 3.0), (8.0, 0.9), (4.0, 0.35), (2.0, 0.12), (1.0, 0.04), (0.5, 0.015)] {
        let noise = Image::from_fn(1, 128, 128, |_, _, _| random.normal() as f32);
        let smooth = blur(&noise, &Psf::Gaussian { sigma }.sample(), Boundary::Circular);
        for (value, part) in sum.data_mut().iter_mut().zip(smooth.data()) {
            *value += amplitude * part;
        }
    }
    sum
}

#[test]
fn the_score_is_least_at_its_choice() {
    let mut observed = blur(&samples::star(64), &comma(), Boundary::Mirror);
    add_gaussian(&mut observed, 0.01, 3);
    let observation = Observation::new(observed, comma(), Boundary::Mirror).unwrap();
    let gamma = gcv::choose(&observation);
    let least = gcv::score(&observation, gamma);
    for tenth in -90..=20 {
        assert!(gcv::score(&observation, 10_f32.powf(tenth as f32 / 10.0)) >= least * (1.0 - 1e-6));
    }
}

#[test]
fn a_restoration_into_a_used_workspace_is_the_same() {
    let observation = Observation::new(colourful(30, 25), comma(), Boundary::Mirror).unwrap();
    let (mut workspace, mut restored) = (observation.workspace(), Image::zeros(3, 30, 25));
    for parameter in [0.5, 1e-3, 0.07] {
        Regularised.restore_into(&observation, parameter, &mut workspace, &mut restored);
        assert_eq!(mse(&restored, &Regularised.restore(&observation, parameter)), 0.0);
    }
}
