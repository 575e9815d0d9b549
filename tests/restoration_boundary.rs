#![cfg(not(target_arch = "wasm32"))]
//! Why the mirror is the boundary to begin with: on a crop of a larger blurred scene, which nothing continues, it must
//! beat the circular one. The scene is generated, the noise has a fixed seed.

use deconvolution_explorer::imaging::noise::add_gaussian;
use deconvolution_explorer::imaging::quality::{isnr, sigma_for_bsnr};
use deconvolution_explorer::imaging::{Boundary, Image, Kernel, Psf, blur, blur_valid, samples};
use deconvolution_explorer::restoration::{Method, Observation, Regularised};

/// The best that any γ makes of `observed`, in dB. Cross-validation is left out of it: it has its own test.
fn best_isnr(original: &Image, observed: &Image, kernel: &Kernel, boundary: Boundary) -> f64 {
    let observation = Observation::new(observed.clone(), kernel.clone(), boundary).unwrap();
    (-20..=4)
        .map(|quarter| 10_f32.powf(quarter as f32 / 4.0))
        .map(|gamma| isnr(original, observed, &Regularised.restore(&observation, gamma)))
        .fold(f64::NEG_INFINITY, f64::max)
}

const SLANTED: Psf = Psf::Motion { length: 9.0, angle_degrees: 30.0 };

#[test]
fn on_an_honest_crop_the_mirror_beats_the_circle() {
    let scene = samples::star(176);
    let original = scene.crop(20, 60, 100, 100).unwrap();
    for psf in [Psf::Box { side: 9 }, Psf::Box { side: 8 }, Psf::Gaussian { sigma: 1.6 }, SLANTED] {
        let kernel = psf.sample();
        let [top, left] = [kernel.height() - 1 - kernel.centre()[0], kernel.width() - 1 - kernel.centre()[1]];
        let surrounding = scene.crop(20 - top, 60 - left, 99 + kernel.height(), 99 + kernel.width()).unwrap();
        let mut observed = blur_valid(&surrounding, &kernel).unwrap();
        assert_eq!(observed.size(), original.size());
        let sigma = sigma_for_bsnr(&observed, 40.0);
        add_gaussian(&mut observed, sigma, 40);
        let circular = best_isnr(&original, &observed, &kernel, Boundary::Circular);
        let mirror = best_isnr(&original, &observed, &kernel, Boundary::Mirror);
        println!("{psf:?}: circular {circular:.2} dB, mirror {mirror:.2} dB");
        assert!(mirror > circular + 2.0, "{psf:?}: circular {circular:.2} dB, mirror {mirror:.2} dB");
    }
}

/// The mirror image of a picture that moved aslant moved the other way: plainly mirrored it gains hardly 2 dB.
#[test]
fn a_slanted_motion_is_undone_up_to_a_mirrored_edge() {
    let original = samples::star(100);
    let kernel = SLANTED.sample();
    let mut observed = blur(&original, &kernel, Boundary::Mirror);
    let sigma = sigma_for_bsnr(&observed, 40.0);
    add_gaussian(&mut observed, sigma, 40);
    let gain = best_isnr(&original, &observed, &kernel, Boundary::Mirror);
    assert!(gain > 6.0, "{gain:.2} dB");
}
