#![cfg(not(target_arch = "wasm32"))]
//! Why the mirror is the treatment to begin with: on a crop of a larger blurred scene, which nothing continues, it must
//! beat the circular one, and the taper must lie between. The scenes are photographs and a drawing, the noise has a fixed
//! seed, and every treatment gets the best γ there is for it: rules have their own test.

use deconvolution_explorer::imaging::quality::isnr;
use deconvolution_explorer::imaging::{Boundary, Image, Kernel, Psf, blur, noise::add_gaussian, samples};
use deconvolution_explorer::restoration::{Method, Regularised, Treatment};
use observations::{SLANTED, crop_of, first, observe};

mod observations;
mod pictures;

/// The best that any γ makes of `observed`, in dB.
fn best_isnr(original: &Image, observed: &Image, kernel: &Kernel, treatment: Treatment) -> f64 {
    let observation = observe(observed, kernel, treatment);
    (-20..=6)
        .map(|quarter| first(Regularised.description(), 10_f32.powf(0.25 * quarter as f32)))
        .map(|settings| isnr(original, observed, &Regularised.restore(&observation, &settings)))
        .fold(f64::NEG_INFINITY, f64::max)
}

#[test]
fn on_an_honest_crop_the_mirror_beats_the_taper_and_the_taper_the_circle() {
    let mut scenes = pictures::all().to_vec();
    scenes.push(("star", samples::star(256)));
    for psf in [Psf::Box { side: 9 }, Psf::Box { side: 8 }, Psf::Gaussian { sigma: 1.6 }, SLANTED] {
        let mut sums = [0.0; 3];
        for (name, scene) in &scenes {
            let (original, observed, _) = crop_of(scene, &psf.sample(), 60, 40.0);
            let gains = [Treatment::Circular, Treatment::Taper, Treatment::Mirror]
                .map(|treatment| best_isnr(&original, &observed, &psf.sample(), treatment));
            let [circular, taper, mirror] = gains;
            println!("{name}, {psf:?}: circular {circular:.2} dB, taper {taper:.2} dB, mirror {mirror:.2} dB");
            assert!(mirror > circular + 1.0, "{name}, {psf:?}: circular {circular:.2} dB, mirror {mirror:.2} dB");
            assert!(taper > circular, "{name}, {psf:?}: circular {circular:.2} dB, taper {taper:.2} dB");
            for (sum, gain) in sums.iter_mut().zip(gains) {
                *sum += gain;
            }
        }
        assert!(sums.is_sorted(), "{psf:?}: {sums:?}");
    }
}

/// The mirror image of a picture that moved aslant moved the other way: plainly mirrored it gains hardly 2 dB.
#[test]
fn a_slanted_motion_is_undone_up_to_a_mirrored_edge() {
    let original = samples::star(100);
    let kernel = SLANTED.sample();
    let mut observed = blur(&original, &kernel, Boundary::Mirror);
    add_gaussian(&mut observed, 2e-3, 40);
    let doubled = Image::from_fn(1, 200, 200, |_, y, x| {
        observed.data()[Boundary::Mirror.index(y as isize, 100) * 100 + Boundary::Mirror.index(x as isize, 100)]
    });
    let plain = observe(&doubled, &kernel, Treatment::Circular);
    let plain = (-20..=6)
        .map(|quarter| first(Regularised.description(), 10_f32.powf(0.25 * quarter as f32)))
        .map(|settings| Regularised.restore(&plain, &settings).crop(0, 0, 100, 100).unwrap())
        .map(|restored| isnr(&original, &observed, &restored))
        .fold(f64::NEG_INFINITY, f64::max);
    let gain = best_isnr(&original, &observed, &kernel, Treatment::Mirror);
    println!("continued {gain:.2} dB, plainly mirrored {plain:.2} dB");
    assert!(gain > 6.0 && gain > plain + 3.0, "continued {gain:.2} dB, plainly mirrored {plain:.2} dB");
}
