#![cfg(not(target_arch = "wasm32"))]
//! The planned transform against two judges that share no code with it: the definition, in f64, and RustFFT. Sizes
//! cover every butterfly, odd and prime sides, sides that need Bluestein's way, and sides of one pixel.

use deconvolution_explorer::imaging::fourier::{Dct2, RealFft2, Spectrum, fast_size, reference};
use deconvolution_explorer::imaging::noise::Random;
use deconvolution_explorer::imaging::{Boundary, Image, Kernel, blur};
use proptest::prelude::*;
use rustfft::{FftPlanner, num_complex::Complex};

const SIZES: [[usize; 2]; 18] = [
    [1, 1],
    [1, 16],
    [16, 1],
    [2, 3],
    [4, 4],
    [5, 7],
    [8, 8],
    [16, 24],
    [15, 45],
    [25, 30],
    [31, 29],
    [33, 17],
    [49, 22],
    [37, 41],
    [64, 59],
    [60, 100],
    [62, 74],
    [101, 18],
];

fn picture(height: usize, width: usize) -> Vec<f32> {
    // The seed is any number; the picture is white noise, which leaves no bin empty.
    let mut random = Random::new(42);
    (0..height * width).map(|_| random.normal() as f32).collect()
}

fn transformed(height: usize, width: usize) -> Spectrum {
    let transform = RealFft2::new(height, width);
    let mut spectrum = transform.spectrum();
    transform.forward(&picture(height, width), &mut spectrum, &mut transform.scratch());
    spectrum
}

/// The largest difference of a bin, in units of the spectrum's root mean square.
fn error(spectrum: &Spectrum, exact: &[[f64; 2]]) -> f64 {
    let [_, width] = spectrum.size();
    let mut largest = 0.0_f64;
    for (index, &[re, im]) in exact.iter().enumerate() {
        let [a, b] = spectrum.get(index / width, index % width);
        largest = largest.max((f64::from(a) - re).hypot(f64::from(b) - im));
    }
    let power: f64 = exact.iter().map(|[re, im]| re * re + im * im).sum();
    largest / (power / exact.len() as f64).sqrt()
}

#[test]
fn it_is_the_transform_of_the_definition() {
    for [height, width] in SIZES {
        let exact = reference::dft2(&picture(height, width), height, width);
        let error = error(&transformed(height, width), &exact);
        assert!(error < 3e-6, "{height} × {width}: {error}");
    }
}

#[test]
fn it_agrees_with_rustfft() {
    let mut planner = FftPlanner::<f64>::new();
    for [height, width] in SIZES.into_iter().chain([[256, 256], [480, 512], [257, 509], [243, 625]]) {
        let mut values: Vec<_> =
            picture(height, width).iter().map(|&value| Complex::new(f64::from(value), 0.0)).collect();
        planner.plan_fft_forward(width).process(&mut values);
        let columns = planner.plan_fft_forward(height);
        for x in 0..width {
            let mut column: Vec<_> = (0..height).map(|y| values[y * width + x]).collect();
            columns.process(&mut column);
            for (y, value) in column.into_iter().enumerate() {
                values[y * width + x] = value;
            }
        }
        let exact: Vec<[f64; 2]> = values.iter().map(|value| [value.re, value.im]).collect();
        let error = error(&transformed(height, width), &exact);
        assert!(error < 5e-6, "{height} × {width}: {error}");
    }
}

#[test]
fn the_inverse_brings_the_picture_back() {
    for [height, width] in SIZES.into_iter().chain([[256, 256], [300, 211]]) {
        let transform = RealFft2::new(height, width);
        let mut scratch = transform.scratch();
        let mut spectrum = transformed(height, width);
        let mut back = vec![f32::NAN; height * width];
        transform.inverse(&mut spectrum, &mut back, &mut scratch);
        for (index, (a, b)) in picture(height, width).iter().zip(&back).enumerate() {
            assert!((a - b).abs() < 1e-5, "{height} × {width}, sample {index}: {a} became {b}");
        }
    }
}

#[test]
fn a_corner_is_the_corner_of_the_whole() {
    for ([height, width], [rows, columns]) in
        [([32, 48], [16, 24]), ([30, 30], [7, 29]), ([20, 18], [20, 1]), ([9, 50], [3, 33])]
    {
        let transform = RealFft2::new(height, width);
        let mut scratch = transform.scratch();
        let mut corner = vec![0.0; rows * columns];
        transform.inverse_corner(&mut transformed(height, width), &mut corner, [rows, columns], &mut scratch);
        let whole = picture(height, width);
        for (index, value) in corner.iter().enumerate() {
            assert!((value - whole[index / columns * width + index % columns]).abs() < 1e-5);
        }
    }
}

#[test]
fn energy_is_kept() {
    for [height, width] in SIZES {
        let spectrum = transformed(height, width);
        let weights = Spectrum::weights(height, width);
        let energy: f64 = picture(height, width).iter().map(|&value| f64::from(value).powi(2)).sum();
        let power: f64 = spectrum
            .re()
            .iter()
            .zip(spectrum.im())
            .zip(&weights)
            .map(|((re, im), weight)| f64::from(*weight) * (f64::from(*re).powi(2) + f64::from(*im).powi(2)))
            .sum();
        assert_eq!(weights.iter().sum::<f32>(), (height * width) as f32, "every bin counts once");
        let ratio = power / (height * width) as f64 / energy;
        assert!((ratio - 1.0).abs() < 1e-5, "{height} × {width}: {ratio}");
    }
}

#[test]
fn fast_sizes_are_the_next_of_two_three_and_five() {
    let expected =
        [(0, 1), (1, 1), (7, 8), (11, 12), (17, 18), (31, 32), (101, 108), (257, 270), (513, 540), (1021, 1024)];
    for (length, size) in expected {
        assert_eq!(fast_size(length), size, "from {length}");
    }
}

fn cosines(height: usize, width: usize) -> (Dct2, Vec<f32>) {
    let transform = Dct2::new(height, width);
    let mut coefficients = transform.coefficients();
    transform.forward(&picture(height, width), &mut coefficients, &mut transform.scratch());
    (transform, coefficients)
}

#[test]
fn the_cosine_transform_is_that_of_the_definition() {
    for [height, width] in SIZES {
        let (transform, coefficients) = cosines(height, width);
        let exact = reference::dct2(&picture(height, width), height, width);
        for (index, value) in exact.iter().enumerate() {
            let (k, l) = (index / width, index % width);
            let difference = (f64::from(coefficients[transform.position(k, l)]) - value).abs();
            // The coefficients of white noise have the size of its samples: 1.
            assert!(difference < 5e-6, "{height} × {width}, ({k}, {l}): {difference}");
        }
        // Nothing else is stored: the weights count the coefficients, and the filling is zero.
        let weights = Dct2::weights(height, width);
        assert_eq!(weights.iter().sum::<f32>(), (height * width) as f32);
        assert!(coefficients.iter().zip(&weights).all(|(value, weight)| *weight == 1.0 || *value == 0.0));
    }
}

#[test]
fn a_cosine_coefficient_is_a_bin_of_the_mirrored_picture() {
    for [height, width] in SIZES.into_iter().chain([[128, 200]]) {
        let (transform, coefficients) = cosines(height, width);
        let once = picture(height, width);
        let [rows, columns] = [2 * height, 2 * width];
        let mirrored: Vec<f32> = (0..rows * columns)
            .map(|index| {
                let (y, x) = (index / columns, index % columns);
                once[y.min(rows - 1 - y) * width + x.min(columns - 1 - x)]
            })
            .collect();
        let fourier = RealFft2::new(rows, columns);
        let mut spectrum = fourier.spectrum();
        fourier.forward(&mirrored, &mut spectrum, &mut fourier.scratch());
        // |X(k, l)|² = 16HW·c²/mₖmₗ, mₖ the number of bins that frequency k has: 1 for 0 and else 2.
        let bins = |k: usize| if k == 0 { 1.0 } else { 2.0 };
        for k in 0..height {
            for l in 0..width {
                let [re, im] = spectrum.get(k, l).map(f64::from);
                let angle = std::f64::consts::PI * (k as f64 / rows as f64 + l as f64 / columns as f64);
                let size = 4.0 * ((height * width) as f64 / (bins(k) * bins(l))).sqrt();
                let expected = f64::from(coefficients[transform.position(k, l)]) * size;
                let error = (re - expected * angle.cos()).hypot(im - expected * angle.sin()) / size;
                assert!(error < 1e-5, "{height} × {width}, ({k}, {l}): {error}");
            }
        }
        let power: f64 = spectrum
            .re()
            .iter()
            .zip(spectrum.im())
            .zip(Spectrum::weights(rows, columns))
            .map(|((re, im), weight)| f64::from(weight) * (f64::from(*re).powi(2) + f64::from(*im).powi(2)))
            .sum();
        let squares: f64 = coefficients
            .iter()
            .zip(Dct2::weights(height, width))
            .map(|(value, weight)| f64::from(weight) * f64::from(*value).powi(2))
            .sum();
        let ratio = power / (16.0 * (height * width) as f64 * squares);
        assert!((ratio - 1.0).abs() < 1e-5, "{height} × {width}: {ratio}");
    }
}

#[test]
fn a_blur_of_the_mirrored_picture_multiplies_cosine_coefficients() {
    // Its own mirror image in both axes, but no product of two masks, and larger than some pictures' sides.
    let kernel = Kernel::normalised(3, 5, vec![1., 2., 5., 2., 1., 0., 7., 9., 7., 0., 1., 2., 5., 2., 1.]).unwrap();
    for [height, width] in [[1, 9], [12, 1], [16, 24], [31, 37], [41, 50]] {
        let image = Image::from_vec(1, height, width, picture(height, width)).unwrap();
        let (transform, mut coefficients) = cosines(height, width);
        let otf = Dct2::by_frequency(height, width, |k, l| {
            let turn = |k: usize, n: usize, length: usize, centre: usize| {
                (std::f64::consts::PI * k as f64 * (n as f64 - centre as f64) / length as f64).cos()
            };
            let terms = kernel.weights().iter().enumerate().map(|(index, &weight)| {
                f64::from(weight) * turn(k, index / 5, height, 1) * turn(l, index % 5, width, 2)
            });
            terms.sum::<f64>() as f32
        });
        coefficients.iter_mut().zip(&otf).for_each(|(value, factor)| *value *= factor);
        let mut blurred = vec![f32::NAN; height * width];
        transform.inverse(&mut coefficients, &mut blurred, &mut transform.scratch());
        for (a, b) in blurred.iter().zip(blur(&image, &kernel, Boundary::Mirror).data()) {
            assert!((a - b).abs() < 1e-5, "{height} × {width}: {a} is not {b}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn inverses_undo_transforms_of_any_size(height in 1_usize..70, width in 1_usize..70, seed: u64) {
        let mut random = Random::new(seed);
        let picture: Vec<f32> = (0..height * width).map(|_| random.normal() as f32).collect();
        let mut back = vec![f32::NAN; height * width];
        let near = |back: &[f32]| picture.iter().zip(back).all(|(a, b)| (a - b).abs() < 1e-5);

        let cosine = Dct2::new(height, width);
        let (mut coefficients, mut scratch) = (cosine.coefficients(), cosine.scratch());
        cosine.forward(&picture, &mut coefficients, &mut scratch);
        let squares = |values: &[f32]| values.iter().map(|&value| f64::from(value).powi(2)).sum::<f64>();
        let (energy, power) = (squares(&picture), squares(&coefficients));
        prop_assert!((energy - power).abs() < 1e-5 * (1.0 + energy), "{energy} became {power}");
        cosine.inverse(&mut coefficients, &mut back, &mut scratch);
        prop_assert!(near(&back), "the cosine transform of {height} × {width}");

        let fourier = RealFft2::new(height, width);
        let (mut spectrum, mut scratch) = (fourier.spectrum(), fourier.scratch());
        fourier.forward(&picture, &mut spectrum, &mut scratch);
        back.fill(f32::NAN);
        fourier.inverse(&mut spectrum, &mut back, &mut scratch);
        prop_assert!(near(&back), "the Fourier transform of {height} × {width}");
    }
}
