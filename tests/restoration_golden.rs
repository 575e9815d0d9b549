#![cfg(not(target_arch = "wasm32"))]
//! The regularised filter against scikit-image's `restoration.wiener`, another house's code: golden numbers that
//! `tests/golden/generate_restoration.py` wrote, with symmetric and asymmetric kernels, even and odd sides.

use deconvolution_explorer::imaging::{Image, Kernel};
use deconvolution_explorer::restoration::{Method, Observation, Regularised, Settings, Treatment};
use std::rc::Rc;

static GOLDEN: &[u8] = include_bytes!("golden/restoration_wiener.bin");

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

    fn number(&mut self) -> f32 {
        f32::from_le_bytes(self.four())
    }

    fn numbers(&mut self, count: usize) -> Vec<f32> {
        (0..count).map(|_| self.number()).collect()
    }
}

#[test]
fn the_regularised_filter_is_scikit_images() {
    let mut golden = Reader(GOLDEN);
    let cases = golden.count();
    assert_eq!(cases, 7);
    for case in 0..cases {
        let [height, width, psf_height, psf_width] = std::array::from_fn(|_| golden.count());
        let balance = golden.number();
        let kernel = Kernel::new(psf_height, psf_width, golden.numbers(psf_height * psf_width)).unwrap();
        let observed = Image::from_vec(1, height, width, golden.numbers(height * width)).unwrap();
        let expected = golden.numbers(height * width);
        let observation = Rc::new(Observation::new(observed, kernel, Treatment::Circular).unwrap());
        let settings = Settings::of(Regularised.description()).with_first(balance);
        let restored = Regularised.restore(&observation, &settings);
        for (index, (value, expected)) in restored.data().iter().zip(&expected).enumerate() {
            assert!((value - expected).abs() < 1e-5, "case {case}, sample {index}: {value} for {expected}");
        }
    }
    assert!(golden.0.is_empty(), "the golden file is read to its end");
}
