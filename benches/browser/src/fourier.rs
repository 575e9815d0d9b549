//! The Fourier transform of a picture, and a linear filter with cached spectra, as jobs for a page that times them.

use deconvolution_explorer::fourier::{RealFft2, Scratch, Spectrum};
use wasm_bindgen::prelude::wasm_bindgen;

/// A picture, its spectrum and a filter, with working memory and output that stay.
#[wasm_bindgen]
pub struct FourierJob {
    transform: RealFft2,
    scratch: Scratch,
    picture: Vec<f32>,
    spectrum: Spectrum,
    response: Spectrum,
    filtered: Vec<f32>,
}

#[wasm_bindgen]
impl FourierJob {
    /// A job for pictures of `height` × `width`, all of it zero.
    ///
    /// # Errors
    /// When a side is zero.
    #[wasm_bindgen(constructor)]
    pub fn new(height: usize, width: usize) -> Result<FourierJob, String> {
        if height == 0 || width == 0 {
            return Err("a picture needs pixels".to_owned());
        }
        let transform = RealFft2::new(height, width);
        let (scratch, spectrum, response) = (transform.scratch(), transform.spectrum(), transform.spectrum());
        let picture = vec![0.0; height * width];
        Ok(Self { transform, scratch, filtered: picture.clone(), picture, spectrum, response })
    }

    /// Where the picture stands in the module's memory, row after row.
    #[must_use]
    pub fn picture(&self) -> *const f32 {
        self.picture.as_ptr()
    }

    /// Where the filtered picture stands.
    #[must_use]
    pub fn filtered(&self) -> *const f32 {
        self.filtered.as_ptr()
    }

    /// Where the real parts of the spectrum stand.
    #[must_use]
    pub fn re(&self) -> *const f32 {
        self.spectrum.re().as_ptr()
    }

    /// Where the imaginary parts of the spectrum stand.
    #[must_use]
    pub fn im(&self) -> *const f32 {
        self.spectrum.im().as_ptr()
    }

    /// For each number of the spectrum vertical frequency times width plus horizontal frequency, and −1 in the filling.
    #[must_use]
    pub fn frequencies(&self) -> Vec<i32> {
        let [height, width] = self.transform.size();
        let counted = Spectrum::by_frequency(height, width, |k, l| (k * width + l + 1) as f32);
        counted.iter().map(|&index| index as i32 - 1).collect()
    }

    /// Takes over a filter's spectrum, all of it row after row.
    ///
    /// # Errors
    /// When it is of another size.
    #[wasm_bindgen(js_name = setFilter)]
    pub fn set_filter(&mut self, re: &[f32], im: &[f32]) -> Result<(), String> {
        let [height, width] = self.transform.size();
        if re.len() != height * width || im.len() != re.len() {
            return Err("the filter is of another size".to_owned());
        }
        let (response_re, response_im) = self.response.parts_mut();
        response_re.copy_from_slice(&Spectrum::by_frequency(height, width, |k, l| re[k * width + l]));
        response_im.copy_from_slice(&Spectrum::by_frequency(height, width, |k, l| im[k * width + l]));
        Ok(())
    }

    /// Transforms the picture into the spectrum.
    pub fn forward(&mut self) {
        self.transform.forward(&self.picture, &mut self.spectrum, &mut self.scratch);
    }

    /// Transforms the picture, multiplies by the filter and transforms back into the filtered picture.
    pub fn filter(&mut self) {
        self.forward();
        self.spectrum.multiply(&self.response);
        self.transform.inverse(&mut self.spectrum, &mut self.filtered, &mut self.scratch);
    }
}
