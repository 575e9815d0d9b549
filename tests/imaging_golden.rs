#![cfg(not(target_arch = "wasm32"))]
//! Similarity and noise estimates against scikit-image, and the first numbers of a seed against a second program of the
//! same recipe: golden numbers that `tests/golden/generate_imaging.py` wrote.

use deconvolution_explorer::imaging::Image;
use deconvolution_explorer::imaging::estimate::{immerkaer, median_absolute_deviation};
use deconvolution_explorer::imaging::noise::{add_poisson_to_channel, known_pixels};
use deconvolution_explorer::imaging::quality::ssim;

struct Reader(&'static [u8]);

impl Reader {
    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let (first, rest) = self.0.split_first_chunk().expect("the golden file goes on");
        self.0 = rest;
        *first
    }

    fn count(&mut self) -> usize {
        u32::from_le_bytes(self.bytes()) as usize
    }

    fn single(&mut self) -> f32 {
        f32::from_le_bytes(self.bytes())
    }

    fn double(&mut self) -> f64 {
        f64::from_le_bytes(self.bytes())
    }
}

#[test]
fn similarity_and_noise_are_those_of_scikit_image() {
    let mut golden = Reader(include_bytes!("golden/imaging_quality.bin"));
    let cases = golden.count();
    assert_eq!(cases, 7);
    let mut compared = 0;
    for case in 0..cases {
        let [height, width] = [golden.count(), golden.count()];
        let peak = golden.single();
        let [similarity, sigma, difference] = [golden.double(), golden.double(), golden.double()];
        let mut picture = || Image::from_fn(1, height, width, |_, _, _| golden.single());
        let (reference, observed) = (picture(), picture());
        if similarity.is_finite() {
            let found = ssim(&reference, &observed, peak);
            assert!((found - similarity).abs() < 1e-6, "case {case}: {found} for {similarity}");
            compared += 1;
        }
        let found = median_absolute_deviation(&observed).unwrap();
        assert!((found / sigma - 1.0).abs() < 1e-9, "case {case}: {found} for {sigma}");
        let found = immerkaer(&observed).unwrap();
        assert!((found / difference - 1.0).abs() < 1e-9, "case {case}: {found} for {difference}");
    }
    assert_eq!((compared, golden.0.len()), (5, 0));
}

#[test]
fn the_first_numbers_of_a_seed_never_change() {
    let mut golden = Reader(include_bytes!("golden/imaging_noise.bin"));
    for _ in 0..golden.count() {
        let [kind, channel, count] = [golden.count(), golden.count(), golden.count()];
        let seed = u64::from_le_bytes(golden.bytes());
        let (means, expected): (Vec<f32>, Vec<f32>) =
            (0..count).map(|_| (golden.double() as f32, golden.double() as f32)).unzip();
        let found = match kind {
            1 => {
                let mut plane = means;
                add_poisson_to_channel(&mut plane, 1.0, seed, channel);
                plane
            }
            _ => known_pixels(count, 0.25, seed).iter().map(|&known| f32::from(u8::from(known))).collect(),
        };
        assert_eq!(found, expected, "links would show other noise: kind {kind}, channel {channel}, seed {seed}");
    }
    assert!(golden.0.is_empty());
}
