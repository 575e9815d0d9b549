//! Richardson–Lucy and denoising by total variation, as jobs for a page that times them.

use deconvolution_explorer::imaging::{Image, Kernel};
use deconvolution_explorer::restoration::denoising::denoise_total_variation;
use deconvolution_explorer::restoration::{Observation, Settings, Treatment, method};
use std::rc::Rc;
use wasm_bindgen::prelude::wasm_bindgen;

/// Restores `picture`, rows of `width`, blurred by a square kernel of these `weights`, by `iterations` of Richardson–Lucy.
/// The picture repeats beyond its edges. Nothing is kept from call to call: plans and the kernel's spectrum are made anew.
///
/// # Errors
/// What the observation says about an illegal picture or kernel.
#[wasm_bindgen(js_name = richardsonLucy)]
pub fn richardson_lucy(
    picture: Vec<f32>,
    width: usize,
    weights: Vec<f32>,
    iterations: usize,
) -> Result<Vec<f32>, String> {
    let side = weights.len().isqrt();
    let kernel = Kernel::normalised(side, side, weights).map_err(|error| error.to_string())?;
    let observation =
        Observation::new(image(picture, width)?, kernel, Treatment::Circular).map_err(|error| error.to_string())?;
    let method = method("richardson-lucy").ok_or("there is no such method")?;
    let settings = Settings { iterations, ..Settings::of(method.description()) };
    Ok(method.restore(&Rc::new(observation), &settings).into_vec())
}

/// Takes noise out of `picture`, rows of `width`, by Chambolle's projection.
///
/// # Errors
/// When the picture is no rectangle.
#[wasm_bindgen(js_name = denoise)]
pub fn denoise(picture: Vec<f32>, width: usize, weight: f32, iterations: usize) -> Result<Vec<f32>, String> {
    Ok(denoise_total_variation(&image(picture, width)?, weight, iterations).into_vec())
}

fn image(picture: Vec<f32>, width: usize) -> Result<Image, String> {
    let height = picture.len() / width.max(1);
    Image::from_vec(1, height, width, picture).map_err(|error| error.to_string())
}
