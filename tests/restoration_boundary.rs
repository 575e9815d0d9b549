#![cfg(not(target_arch = "wasm32"))]
//! Why the mirror is the boundary to begin with: on a crop of a larger blurred scene, which nothing continues, it must
//! beat the circular one. The scene is generated, the noise has a fixed seed.

use deconvolution_explorer::imaging::noise::add_gaussian;
use deconvolution_explorer::imaging::quality::{isnr, sigma_for_bsnr};
use deconvolution_explorer::imaging::{Boundary, Psf, blur_valid, samples};
use deconvolution_explorer::restoration::{Method, Observation, Regularised};

#[test]
fn on_an_honest_crop_the_mirror_beats_the_circle() {
    let scene = samples::star(176);
    let original = scene.crop(20, 60, 100, 100).unwrap();
    for psf in [Psf::Box { side: 9 }, Psf::Gaussian { sigma: 1.6 }, Psf::Motion { length: 9.0, angle_degrees: 30.0 }] {
        let kernel = psf.sample();
        let [top, left] = kernel.centre();
        let surrounding = scene.crop(20 - top, 60 - left, 99 + kernel.height(), 99 + kernel.width()).unwrap();
        let mut observed = blur_valid(&surrounding, &kernel).unwrap();
        assert_eq!(observed.size(), original.size());
        let sigma = sigma_for_bsnr(&observed, 40.0);
        add_gaussian(&mut observed, sigma, 40);
        let [circular, mirror] = [Boundary::Circular, Boundary::Mirror].map(|boundary| {
            let observation = Observation::new(observed.clone(), kernel.clone(), boundary).unwrap();
            let gamma = Regularised.automatic(&observation).unwrap();
            isnr(&original, &observed, &Regularised.restore(&observation, gamma))
        });
        println!("{psf:?}: circular {circular:.2} dB, mirror {mirror:.2} dB");
        assert!(mirror > circular + 1.0, "{psf:?}: circular {circular:.2} dB, mirror {mirror:.2} dB");
    }
}
