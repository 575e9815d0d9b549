//! Pictures, kernels and protocols that several tests of restoration share. Everything is generated, noise is seeded.
#![allow(dead_code, reason = "each test file takes what it needs")]

use deconvolution_explorer::imaging::noise::{Random, add_gaussian};
use deconvolution_explorer::imaging::quality::sigma_for_bsnr;
use deconvolution_explorer::imaging::{Boundary, Image, Kernel, Psf, blur, blur_valid};
use deconvolution_explorer::restoration::{Description, Family, METHODS, Method, Observation, Settings, Treatment};
use std::rc::Rc;

/// A kernel without any symmetry, of even height.
pub fn comma() -> Kernel {
    let weights = [[0., 4., 3., 0., 0.], [1., 9., 7., 2., 0.], [0., 3., 6., 4., 1.], [0., 0., 0., 2., 2.]];
    Kernel::normalised(4, 5, weights.concat()).unwrap()
}

/// A slanted motion: its mirror image ran the other way.
pub const SLANTED: Psf = Psf::Motion { length: 9.0, angle_degrees: 30.0 };

/// A colour picture of which every channel is different, with values a little below 0 and above 1 too.
pub fn colourful(height: usize, width: usize) -> Image {
    let mut random = Random::new(5);
    Image::from_fn(3, height, width, |c, y, x| {
        0.2 * c as f32
            + 0.5 * ((x * (c + 1)) as f32 / 9.0).sin() * (y as f32 / 7.0).cos()
            + 0.1 * random.normal() as f32
    })
}

/// A grey picture of values well above 0.
pub fn bright(height: usize, width: usize) -> Image {
    Image::from_fn(1, height, width, |_, y, x| 0.5 + 0.3 * (x as f32 / 5.0).sin() * (y as f32 / 4.0 + 1.0).cos())
}

/// A smooth, textured grey picture with the falling spectrum of a photograph: noise whose amplitude falls with
/// frequency.
pub fn textured(side: usize) -> Image {
    let mut random = Random::new(7);
    let mut sum = Image::from_fn(1, side, side, |_, _, _| 0.5);
    for (sigma, amplitude) in [(16.0, 3.0), (8.0, 0.9), (4.0, 0.35), (2.0, 0.12), (1.0, 0.04), (0.5, 0.015)] {
        let noise = Image::from_fn(1, side, side, |_, _, _| random.normal() as f32);
        let smooth = blur(&noise, &Psf::Gaussian { sigma }.sample(), Boundary::Circular);
        for (value, part) in sum.data_mut().iter_mut().zip(smooth.data()) {
            *value += amplitude * part;
        }
    }
    sum
}

/// An observation ready to be restored.
pub fn observe(observed: &Image, kernel: &Kernel, treatment: Treatment) -> Rc<Observation> {
    Rc::new(Observation::new(observed.clone(), kernel.clone(), treatment).unwrap())
}

/// The methods that filter.
pub fn linear_methods() -> impl Iterator<Item = &'static dyn Method> {
    METHODS.into_iter().filter(|method| method.description().family == Family::Linear)
}

/// The defaults with another first parameter.
pub fn first(description: &Description, value: f32) -> Settings {
    Settings::of(description).with_first(value)
}

/// The largest distance between samples of two pictures.
pub fn largest_difference(a: &Image, b: &Image) -> f32 {
    assert_eq!((a.channels(), a.size()), (b.channels(), b.size()));
    a.data().iter().zip(b.data()).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

/// What a camera sees of the middle of `scene`, `margin` pixels away from its edges: the part of the scene, what is
/// observed of it, with noise of a BSNR of `decibels`, and the noise's standard deviation.
pub fn crop_of(scene: &Image, kernel: &Kernel, margin: usize, decibels: f32) -> (Image, Image, f32) {
    let [height, width] = scene.size().map(|side| side - 2 * margin);
    let original = scene.crop(margin, margin, height, width).unwrap();
    // Output (y, x) reaches from y − k + 1 + ⌊k/2⌋ to y + ⌊k/2⌋.
    let [top, left] = [0, 1].map(|axis| margin - (kernel.size()[axis] - 1 - kernel.centre()[axis]));
    let surrounding = scene.crop(top, left, height - 1 + kernel.height(), width - 1 + kernel.width()).unwrap();
    let mut observed = blur_valid(&surrounding, kernel).unwrap();
    assert_eq!(observed.size(), original.size());
    let sigma = sigma_for_bsnr(&observed, decibels);
    add_gaussian(&mut observed, sigma, 40);
    (original, observed, sigma)
}
