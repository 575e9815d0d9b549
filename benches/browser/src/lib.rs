//! The convolutions, the Fourier transform, two iterations and the ways to enlarge for a page that times them. A job owns its arrays, the page
//! fills and reads them in place.
//!
//! Nothing here computes; it only hands over. Natively this crate is empty.
#![cfg(target_arch = "wasm32")]

#[path = "../../cases/mod.rs"]
mod cases;
mod fourier;
mod restoration;
mod upsampling;

pub use fourier::FourierJob;
pub use restoration::{denoise, richardson_lucy};
pub use upsampling::UpsampleJob;

use deconvolution_explorer::convolution::{Geometry, Workspace, conv_transpose2d_into, conv2d_into, reference};
use ndarray::Array4;
use wasm_bindgen::prelude::wasm_bindgen;

/// How many cases the page has to run.
#[wasm_bindgen(js_name = caseCount)]
#[must_use]
pub fn case_count() -> usize {
    cases::cases().len()
}

/// What the tables call a case.
#[wasm_bindgen(js_name = caseName)]
#[must_use]
pub fn case_name(number: usize) -> Option<String> {
    cases::cases().get(number).map(|case| case.name.to_owned())
}

/// One convolution, or transposed convolution, with input, weights, working memory and output that stay.
#[wasm_bindgen]
pub struct Job {
    transposed: bool,
    geometry: Geometry,
    input: Array4<f32>,
    weight: Array4<f32>,
    workspace: Workspace,
    output: Array4<f32>,
}

#[wasm_bindgen]
impl Job {
    /// A job whose arrays are all zero. `shape` is batch, channels, rows and columns of the input, `weight` the four axes
    /// of the weights, `steps` stride, padding on each side and output padding, the same on both axes. It runs once, so
    /// that the arrays stand where they will stay.
    ///
    /// # Errors
    /// What the convolution says about an illegal geometry.
    #[wasm_bindgen(constructor)]
    pub fn new(transposed: bool, shape: &[usize], weight: &[usize], steps: &[usize]) -> Result<Job, String> {
        let (&[n, c, h, w], &[o, i, kh, kw], &[stride, padding, more]) = (shape, weight, steps) else {
            return Err("a job takes four sizes, four sizes and three steps".to_owned());
        };
        let geometry = Geometry {
            stride: [stride; 2],
            padding: [[padding; 2]; 2],
            output_padding: [more; 2],
            ..Geometry::default()
        };
        Self::of(transposed, geometry, Array4::zeros((n, c, h, w)), Array4::zeros((o, i, kh, kw)))
    }

    /// The job of the case with this number, its arrays filled.
    ///
    /// # Errors
    /// There is no such case.
    #[wasm_bindgen(js_name = ofCase)]
    pub fn of_case(number: usize) -> Result<Job, String> {
        let cases = cases::cases();
        let case = cases.get(number).ok_or("there is no such case")?;
        Self::of(case.transposed, case.geometry, case.input(), case.weight())
    }

    fn of(transposed: bool, geometry: Geometry, input: Array4<f32>, weight: Array4<f32>) -> Result<Self, String> {
        let output = Array4::zeros((0, 0, 0, 0));
        let mut job = Self { transposed, geometry, input, weight, workspace: Workspace::new(), output };
        job.run()?;
        Ok(job)
    }

    /// Where the input stands in the module's memory.
    #[must_use]
    pub fn input(&self) -> *const f32 {
        self.input.as_ptr()
    }

    /// Where the weights stand.
    #[must_use]
    pub fn weight(&self) -> *const f32 {
        self.weight.as_ptr()
    }

    /// Where the output stands.
    #[must_use]
    pub fn output(&self) -> *const f32 {
        self.output.as_ptr()
    }

    /// Values of the output.
    #[wasm_bindgen(js_name = outputLength)]
    #[must_use]
    pub fn output_length(&self) -> usize {
        self.output.len()
    }

    /// Computes the output.
    ///
    /// # Errors
    /// None that the first run has not met.
    pub fn run(&mut self) -> Result<(), String> {
        let form = if self.transposed { conv_transpose2d_into } else { conv2d_into };
        form(self.input.view(), self.weight.view(), &self.geometry, &mut self.workspace, &mut self.output)
            .map_err(|error| error.to_string())
    }

    /// Computes the output by the plain reference, and says how far the other was from it: the largest difference over
    /// the largest value.
    ///
    /// # Errors
    /// None that the first run has not met.
    #[wasm_bindgen(js_name = runReference)]
    pub fn run_reference(&mut self) -> Result<f32, String> {
        let form = if self.transposed { reference::conv_transpose2d } else { reference::conv2d };
        let plain = form(self.input.view(), self.weight.view(), &self.geometry).map_err(|error| error.to_string())?;
        let largest = plain.iter().map(|value| value.abs()).fold(f32::MIN_POSITIVE, f32::max);
        let difference = self.output.iter().zip(&plain).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        self.output = plain;
        Ok(difference / largest)
    }
}
