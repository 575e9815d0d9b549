//! The six degradations on which the literature compares restorations: 256 × 256 pictures, circular blur, white Gaussian
//! noise. Deviations are in codes of 0…255 there, and 1/255 of that here.
#![allow(dead_code, reason = "each test file takes what it needs")]

use deconvolution_explorer::imaging::noise::add_gaussian;
use deconvolution_explorer::imaging::quality::{isnr, sigma_for_bsnr};
use deconvolution_explorer::imaging::{Boundary, Image, Kernel, blur};
use deconvolution_explorer::restoration::{Method, Observation, Settings, Treatment};
use std::rc::Rc;

fn sampled(side: usize, weight: impl Fn(f64) -> f64) -> Kernel {
    let middle = (side / 2) as f64;
    let weights = (0..side * side).map(|index| {
        let (y, x) = ((index / side) as f64 - middle, (index % side) as f64 - middle);
        weight(y * y + x * x) as f32
    });
    Kernel::normalised(side, side, weights.collect()).expect("weights above zero")
}

/// The blur of scenario 1…6.
pub fn kernel(number: usize) -> Kernel {
    let gaussian = |sigma: f64| sampled(25, move |square| (-square / (2.0 * sigma * sigma)).exp());
    match number {
        1 | 2 => sampled(15, |square| 1.0 / (1.0 + square)),
        3 => Kernel::normalised(9, 9, vec![1.0; 81]).expect("weights above zero"),
        4 => {
            let row = [1.0, 4.0, 6.0, 4.0, 1.0];
            let weights = row.iter().flat_map(|a| row.map(|b| a * b)).collect();
            Kernel::normalised(5, 5, weights).expect("weights above zero")
        }
        5 => gaussian(1.6),
        _ => gaussian(0.4),
    }
}

/// The noise's standard deviation in scenario 1…6, in the unit of the samples.
pub fn sigma(number: usize, blurred: &Image) -> f32 {
    match number {
        1 => 2.0_f32.sqrt() / 255.0,
        2 => 8.0_f32.sqrt() / 255.0,
        3 => sigma_for_bsnr(blurred, 40.0),
        4 => 7.0 / 255.0,
        5 => 2.0 / 255.0,
        _ => 8.0 / 255.0,
    }
}

/// What is observed of `picture` in scenario 1…6.
pub fn observation(picture: &Image, number: usize) -> Rc<Observation> {
    let kernel = kernel(number);
    let mut observed = blur(picture, &kernel, Boundary::Circular);
    let sigma = sigma(number, &observed);
    add_gaussian(&mut observed, sigma, number as u64);
    Rc::new(Observation::new(observed, kernel, Treatment::Circular).expect("a sound picture").with_noise(sigma))
}

/// As the method is set unless the reader says otherwise, with its first parameter by its first rule.
pub fn settings(method: &dyn Method, observation: &Observation) -> Settings {
    let description = method.description();
    let settings = Settings::of(description);
    match description.rules.first().and_then(|&rule| method.automatic(observation, rule)) {
        Some(value) => settings.with_first(value),
        None => settings,
    }
}

/// The gain of `method` in scenario 1…6, in dB.
pub fn gain(method: &dyn Method, picture: &Image, number: usize) -> f64 {
    gain_with(method, picture, number, |settings| settings)
}

/// The same with settings changed.
pub fn gain_with(method: &dyn Method, picture: &Image, number: usize, change: fn(Settings) -> Settings) -> f64 {
    let observation = observation(picture, number);
    let restored = method.restore(&observation, &change(settings(method, &observation)));
    isnr(picture, observation.observed(), &restored)
}
