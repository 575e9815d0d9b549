#![cfg(not(target_arch = "wasm32"))]
//! Blind methods: the blur that they find must be the one that was used.

use std::rc::Rc;

use deconvolution_explorer::imaging::noise::add_gaussian;
use deconvolution_explorer::imaging::quality::{isnr, sigma_for_bsnr};
use deconvolution_explorer::imaging::{Boundary, Image, Kernel, Psf, blur, samples};
use deconvolution_explorer::restoration::{Method, Observation, Run, Settings, Treatment, method};

mod pictures;

fn distance(a: &Kernel, b: &Kernel) -> f64 {
    let at = |k: &Kernel, y: isize, x: isize| {
        let [cy, cx] = k.centre();
        let (y, x) = (y + cy as isize, x + cx as isize);
        if y < 0 || x < 0 || y >= k.height() as isize || x >= k.width() as isize {
            0.0
        } else {
            f64::from(k.weights()[y as usize * k.width() + x as usize])
        }
    };
    let mut sums = [0.0; 2];
    for y in -30..=30 {
        for x in -30..=30 {
            sums[0] += (at(a, y, x) - at(b, y, x)).powi(2);
            sums[1] += at(b, y, x).powi(2);
        }
    }
    (sums[0] / sums[1]).sqrt()
}

#[test]
fn explore() {
    for (name, original) in
        [("star", samples::star(128)), ("points", samples::points(128)), ("camera", pictures::camera())]
    {
        for (psf, guess, decibels) in [
            (Psf::Gaussian { sigma: 1.5 }, Psf::Gaussian { sigma: 3.0 }, 40.0),
            (Psf::Disc { radius: 4.0 }, Psf::Gaussian { sigma: 3.0 }, 40.0),
            (Psf::Motion { length: 9.0, angle_degrees: 30.0 }, Psf::Gaussian { sigma: 3.0 }, 40.0),
        ] {
            let kernel = psf.sample();
            let mut observed = blur(&original, &kernel, Boundary::Circular);
            let sigma = sigma_for_bsnr(&observed, decibels);
            add_gaussian(&mut observed, sigma, 21);
            let observation = Rc::new(
                Observation::new(observed.clone(), guess.sample(), Treatment::Circular).unwrap().with_noise(sigma),
            );
            let method = method("blind-rl").unwrap();
            for [n, m] in [[1., 1.], [4., 4.], [10., 1.], [1., 10.]] {
                let mut settings = Settings::of(method.description());
                settings.parameters = [1.0, n, m];
                settings.iterations = 100;
                let mut run = method.start(&observation, &settings);
                print!("{name} {psf:?} {n} {m}: start {:.2}", distance(&run.kernel().unwrap(), &kernel));
                for round in 1..=100 {
                    run.step();
                    if [1, 3, 10, 30, 60, 100].contains(&round) {
                        print!(
                            "; {round}: {:.2} {:.2} dB",
                            distance(&run.kernel().unwrap(), &kernel),
                            isnr(&original, &observed, run.estimate())
                        );
                    }
                }
                println!();
            }
        }
    }
}
