#![cfg(not(target_arch = "wasm32"))]
//! The planned transform against two judges that share no code with it: the definition, in f64, and RustFFT. Sizes
//! cover every butterfly, odd and prime sides, sides that need Bluestein's way, and sides of one pixel.

use deconvolution_explorer::imaging::fourier::{RealFft2, Spectrum, fast_size, reference};
use deconvolution_explorer::imaging::noise::Random;
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
