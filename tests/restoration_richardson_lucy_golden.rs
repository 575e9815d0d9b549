#![cfg(not(target_arch = "wasm32"))]
//! Richardson–Lucy against scikit-image's, another house's code: golden numbers that
//! `tests/golden/generate_richardson_lucy.py` wrote, with kernels for each way to blur.

use std::rc::Rc;

use deconvolution_explorer::imaging::{Image, Kernel};
use deconvolution_explorer::restoration::{Method, Observation, RichardsonLucy, Settings, Treatment};

static GOLDEN: &[u8] = include_bytes!("golden/richardson_lucy.bin");

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

/// The other program starts with a half everywhere, this one with the mean: the first step divides by the blurred start,
/// so that a factor in front of it is gone at once. Its boundary is zero; a black margin as wide as the kernel makes the
/// circular one the same, but for the margin itself, where the other's frame ends.
#[test]
fn richardson_lucy_is_scikit_images() {
    let mut golden = Reader(GOLDEN);
    let cases = golden.count();
    assert_eq!(cases, 5);
    for case in 0..cases {
        let [height, width, psf_height, psf_width, iterations] = std::array::from_fn(|_| golden.count());
        let kernel = Kernel::new(psf_height, psf_width, golden.numbers(psf_height * psf_width)).unwrap();
        let observed = Image::from_vec(1, height, width, golden.numbers(height * width)).unwrap();
        let expected = Image::from_vec(1, height, width, golden.numbers(height * width)).unwrap();
        let observation = Rc::new(Observation::new(observed, kernel, Treatment::Circular).unwrap());
        let settings = Settings { iterations, ..Settings::of(RichardsonLucy.description()) };
        let restored = RichardsonLucy.restore(&observation, &settings);
        let inside = |image: &Image| {
            image.crop(psf_height, psf_width, height - 2 * psf_height, width - 2 * psf_width).unwrap().into_vec()
        };
        let (restored, expected) = (inside(&restored), inside(&expected));
        let largest = expected.iter().copied().fold(0.0, f32::max);
        let worst = restored.iter().zip(&expected).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        println!("case {case}: off by {worst:e} of {largest}");
        assert!(worst < 1e-4 * largest, "case {case}: off by {worst} of {largest}");
    }
    assert!(golden.0.is_empty(), "the golden file is read to its end");
}
