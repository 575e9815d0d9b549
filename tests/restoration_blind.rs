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
    let mut all = vec![("star", samples::star(256))];
    all.extend(pictures::all());
    for (name, original) in all {
        for psf in [2.0, 3.7, 6.2, 11.0].map(|radius| Psf::Disc { radius }).into_iter().chain(
            [(5.0, 20.0), (12.0, 75.0), (20.0, 140.0), (15.5, 111.0)]
                .map(|(length, angle_degrees)| Psf::Motion { length, angle_degrees }),
        ) {
            for crop in [true] {
                let kernel = psf.sample();
                let mut observed = blur(&original, &kernel, Boundary::Circular);
                if crop {
                    observed = observed.crop(20, 20, 216, 216).unwrap();
                }
                let sigma = sigma_for_bsnr(&observed, 30.0);
                add_gaussian(&mut observed, sigma, 21);
                let observation = Rc::new(
                    Observation::new(observed.clone(), Kernel::delta(), Treatment::Mirror).unwrap().with_noise(sigma),
                );
                let method = method("blind-search").unwrap();
                let mut settings = Settings::of(method.description());
                settings.parameters[0] = if matches!(psf, Psf::Disc { .. }) { 0.0 } else { 1.0 };
                let mut run = method.start(&observation, &settings);
                let time = std::time::Instant::now();
                let step = loop {
                    let step = run.step();
                    if step.ending.is_some() {
                        break step;
                    }
                };
                let found = run.kernel().unwrap();
                println!(
                    "{name} {psf:?} {crop}: {step:?} {:.2} {:?} {:?}",
                    distance(&found, &kernel),
                    found.size(),
                    time.elapsed()
                );
            }
        }
    }
}
