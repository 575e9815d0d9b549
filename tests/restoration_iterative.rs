#![cfg(not(target_arch = "wasm32"))]
//! Landweber and the forms of Richardson–Lucy against what is known of them beforehand: fixed points, the light that
//! must not be lost, quantities that each step brings down, and which method gets how far. Pictures are generated or free
//! photographs, noise has a fixed seed.

use std::rc::Rc;

use deconvolution_explorer::imaging::noise::{Random, add_gaussian};
use deconvolution_explorer::imaging::quality::{isnr, psnr, sigma_for_bsnr};
use deconvolution_explorer::imaging::{Boundary, Image, Kernel, Psf, blur, blur_valid, samples};
use deconvolution_explorer::restoration::{
    Description, Ending, Method, Observation, Run, Settings, Start, Treatment, method,
};

mod pictures;

const IDS: [&str; 5] = ["landweber", "richardson-lucy", "rl-accelerated", "rl-damped", "rl-tv"];

fn methods() -> impl Iterator<Item = &'static dyn Method> {
    IDS.into_iter().map(|id| method(id).expect("it is registered"))
}

fn named(id: &str) -> (&'static dyn Method, &'static Description, Settings) {
    let method = method(id).expect("it is registered");
    let description = method.description();
    (method, description, Settings::of(description))
}

/// A kernel without any symmetry.
fn comma() -> Kernel {
    let weights = [[0., 4., 3., 0., 0.], [1., 9., 7., 2., 0.], [0., 3., 6., 4., 1.], [0., 0., 0., 2., 2.]];
    Kernel::normalised(4, 5, weights.concat()).unwrap()
}

/// `original` blurred and with noise of that blurred signal-to-noise ratio in dB.
fn degraded(original: &Image, kernel: &Kernel, boundary: Boundary, decibels: f32) -> (Image, f32) {
    let mut observed = blur(original, kernel, boundary);
    let sigma = sigma_for_bsnr(&observed, decibels);
    add_gaussian(&mut observed, sigma, 21);
    (observed, sigma)
}

fn observation(observed: &Image, kernel: &Kernel, treatment: Treatment, sigma: f32) -> Rc<Observation> {
    Rc::new(Observation::new(observed.clone(), kernel.clone(), treatment).unwrap().with_noise(sigma))
}

/// The ISNR after each of `steps` steps.
fn course(run: &mut dyn Run, original: &Image, observed: &Image, steps: usize) -> Vec<f64> {
    (0..steps)
        .map(|_| {
            run.step();
            isnr(original, observed, run.estimate())
        })
        .collect()
}

fn best(course: &[f64]) -> (usize, f64) {
    let best = course.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    (1 + course.iter().position(|&gain| gain == best).unwrap(), best)
}

#[test]
fn explore() {
    for (name, original) in
        [("star", samples::star(128)), ("points", samples::points(128)), ("camera", pictures::camera())]
    {
        for (psf, decibels) in
            [(Psf::Gaussian { sigma: 2.0 }, 40.0), (Psf::Disc { radius: 4.0 }, 30.0), (Psf::Box { side: 9 }, 25.0)]
        {
            let kernel = psf.sample();
            let (observed, sigma) = degraded(&original, &kernel, Boundary::Circular, decibels);
            let watched = observation(&observed, &kernel, Treatment::Circular, sigma);
            for id in IDS {
                let (method, _, mut settings) = named(id);
                settings.iterations = 200;
                let variants: &[f32] = match id {
                    "rl-tv" => &[1e-3, 3e-3, 1e-2, 3e-2],
                    "rl-damped" => &[1.0, 1.5, 2.0, 3.0],
                    _ => &[f32::NAN],
                };
                for &v in variants {
                    let settings = settings.clone().with_first(v);
                    let mut run = method.start(&watched, &settings);
                    let c = course(&mut *run, &original, &observed, 200);
                    println!("{name} {psf:?} {decibels} {id} {v}: best {:?} last {:.2}", best(&c), c[199]);
                }
            }
        }
    }
}
