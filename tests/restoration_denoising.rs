#![cfg(not(target_arch = "wasm32"))]
//! Denoisers: Chambolle's against scikit-image's, golden numbers that `tests/golden/generate_chambolle.py` wrote; the
//! sliding cosine transform against its definition, computed here patch after patch.

mod pictures;

use deconvolution_explorer::imaging::Image;
use deconvolution_explorer::imaging::noise::{Random, add_gaussian};
use deconvolution_explorer::imaging::quality::psnr;
use deconvolution_explorer::restoration::denoising::{Grouped, SlidingDct, denoise_total_variation};

static GOLDEN: &[u8] = include_bytes!("golden/chambolle.bin");

struct Reader(&'static [u8]);

impl Reader {
    fn four(&mut self) -> [u8; 4] {
        let (first, rest) = self.0.split_first_chunk().expect("the golden file goes on");
        self.0 = rest;
        *first
    }

    fn count(&mut self) -> usize {
        u32::from_le_bytes(self.four()) as usize
    }

    fn numbers(&mut self, count: usize) -> Vec<f32> {
        (0..count).map(|_| f32::from_le_bytes(self.four())).collect()
    }
}

#[test]
fn chambolles_denoising_is_scikit_images() {
    let mut golden = Reader(GOLDEN);
    let cases = golden.count();
    assert_eq!(cases, 7);
    for case in 0..cases {
        let [height, width, iterations] = std::array::from_fn(|_| golden.count());
        let weight = golden.numbers(1)[0];
        let noisy = Image::from_vec(1, height, width, golden.numbers(height * width)).unwrap();
        let expected = golden.numbers(height * width);
        let clean = denoise_total_variation(&noisy, weight, iterations);
        for (index, (value, expected)) in clean.data().iter().zip(&expected).enumerate() {
            assert!((value - expected).abs() < 1e-4, "case {case}, sample {index}: {value} for {expected}");
        }
    }
    assert!(golden.0.is_empty(), "the golden file is read to its end");
}

#[test]
fn weights_out_of_range_change_nothing() {
    let noisy = Image::from_fn(2, 5, 6, |c, y, x| (c + y * x) as f32);
    for weight in [0.0, -1.0, f32::NAN] {
        assert_eq!(denoise_total_variation(&noisy, weight, 50), noisy);
    }
    let flat = denoise_total_variation(&noisy, f32::INFINITY, 50);
    assert!(flat.data().iter().all(|value| value.is_finite()));
}

/// Every patch by the definition, in f64.
fn by_definition(noisy: &[f32], [height, width]: [usize; 2], stride: usize, sigma: f64) -> Vec<f64> {
    let sides = [height, width].map(|side| if side == 1 { 1 } else { 8 });
    let strides = [height, width].map(|side| if side == 1 { 1 } else { stride });
    let basis = |side: usize, k: usize, n: usize| {
        let factor = if k == 0 { 1.0 / side as f64 } else { 2.0 / side as f64 };
        factor.sqrt() * ((2 * n + 1) as f64 * k as f64 * std::f64::consts::PI / (2 * side) as f64).cos()
    };
    let cells = || (0..sides[0]).flat_map(|i| (0..sides[1]).map(move |j| [i, j]));
    let (mut total, mut weights) = (vec![0.0; noisy.len()], vec![0.0; noisy.len()]);
    for y in (0..height).step_by(strides[0]) {
        for x in (0..width).step_by(strides[1]) {
            let place = |[i, j]: [usize; 2]| (y + i) % height * width + (x + j) % width;
            let product = |[k, l]: [usize; 2], [i, j]: [usize; 2]| basis(sides[0], k, i) * basis(sides[1], l, j);
            let coefficients: Vec<([usize; 2], f64)> = cells()
                .map(|frequency| {
                    let sum = cells().map(|cell| product(frequency, cell) * f64::from(noisy[place(cell)])).sum();
                    (frequency, sum)
                })
                .filter(|(_, coefficient): &(_, f64)| coefficient.abs() >= 2.7 * sigma)
                .collect();
            let weight = 1.0 / coefficients.len().max(1) as f64;
            for cell in cells() {
                let value: f64 = coefficients.iter().map(|(frequency, c)| c * product(*frequency, cell)).sum();
                total[place(cell)] += weight * value;
                weights[place(cell)] += weight;
            }
        }
    }
    total.iter().zip(&weights).map(|(total, weight)| total / weight).collect()
}

#[test]
fn the_sliding_transform_is_its_definition() {
    let mut random = Random::new(4);
    for size in [[1, 1], [1, 13], [19, 1], [2, 3], [8, 8], [13, 17], [24, 16]] {
        for stride in [1, 2, 3] {
            let noisy: Vec<f32> =
                (0..size[0] * size[1]).map(|index| (index as f32 / 5.0).sin() + 0.3 * random.normal() as f32).collect();
            let mut clean = vec![0.0; noisy.len()];
            SlidingDct::new(size, stride).denoise(&noisy, 0.3, &mut clean);
            let expected = by_definition(&noisy, size, stride, 0.3);
            for (index, (value, expected)) in clean.iter().zip(&expected).enumerate() {
                let difference = (f64::from(*value) - expected).abs();
                assert!(difference < 1e-5, "{size:?}, stride {stride}, sample {index}: {value} for {expected}");
            }
        }
    }
}

#[test]
fn noise_goes_and_the_picture_stays() {
    let picture = pictures::camera().crop(60, 80, 128, 128).unwrap();
    let mut noisy = picture.clone();
    add_gaussian(&mut noisy, 0.1, 3);
    let mut clean = noisy.clone();
    SlidingDct::new([128, 128], 2).denoise(noisy.data(), 0.1, clean.data_mut());
    let (before, after) = (psnr(&picture, &noisy, 1.0), psnr(&picture, &clean, 1.0));
    assert!(after > before + 6.0, "from {before:.2} to {after:.2} dB");
}

#[test]
fn groups_remove_more_noise_than_single_patches() {
    let picture = pictures::brick().crop(0, 0, 96, 96).unwrap();
    let mut noisy = picture.clone();
    add_gaussian(&mut noisy, 0.1, 3);
    let (mut single, mut grouped) = (noisy.clone(), noisy.clone());
    SlidingDct::new([96, 96], 1).denoise(noisy.data(), 0.1, single.data_mut());
    let mut denoiser = Grouped::new([96, 96]);
    denoiser.find(single.data(), 16);
    denoiser.denoise(noisy.data(), 0.1, grouped.data_mut());
    let [single, grouped] = [single, grouped].map(|clean| psnr(&picture, &clean, 1.0));
    println!("single {single:.2} dB, grouped {grouped:.2} dB");
    assert!(grouped > single + 0.2, "single {single:.2} dB, grouped {grouped:.2} dB");
}

/// Without noise nothing is removed: both transforms are their own way back, at all sizes.
#[test]
fn without_noise_groups_change_nothing() {
    let mut random = Random::new(6);
    for size in [[1, 1], [1, 30], [11, 1], [3, 5], [16, 16], [23, 37]] {
        let picture: Vec<f32> = (0..size[0] * size[1]).map(|_| random.normal() as f32).collect();
        for members in [0, 1, 2, 7, 16, 99] {
            let mut clean = vec![0.0; picture.len()];
            let mut denoiser = Grouped::new(size);
            denoiser.find(&picture, members);
            denoiser.denoise(&picture, 0.0, &mut clean);
            for (value, expected) in clean.iter().zip(&picture) {
                assert!((value - expected).abs() < 1e-4, "{size:?}, {members} patches: {value} for {expected}");
            }
        }
    }
}
