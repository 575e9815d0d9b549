//! Up-sampling as a job for a page that times it: planes and results stay in the module's memory.

use deconvolution_explorer::upsampling::Interpolation;
use ndarray::Array3;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::cases::upsampling::{NAMES, Upsampling};

/// One way to enlarge planes to twice as many rows and columns.
#[wasm_bindgen]
pub struct UpsampleJob(Upsampling);

#[wasm_bindgen]
impl UpsampleJob {
    /// A job for planes that are all zero, `shape` being channels, rows and columns; bilinear, or bicubic with
    /// a = −0.75. It runs once, so that the arrays stand where they will stay.
    ///
    /// # Errors
    /// The shape is not of three sizes, or the result would be empty or too large.
    #[wasm_bindgen(constructor)]
    pub fn new(bicubic: bool, shape: &[usize]) -> Result<UpsampleJob, String> {
        let &[channels, height, width] = shape else {
            return Err("a job takes three sizes".to_owned());
        };
        let interpolation = if bicubic { Interpolation::Bicubic { a: -0.75 } } else { Interpolation::Bilinear };
        let case = Upsampling::on(Array3::zeros((channels, height, width)), interpolation);
        case.map(Self).map_err(|error| error.to_string())
    }

    /// How many cases the page has to run.
    #[wasm_bindgen(js_name = caseCount)]
    #[must_use]
    pub fn case_count() -> usize {
        NAMES.len()
    }

    /// What the tables call a case.
    #[wasm_bindgen(js_name = caseName)]
    #[must_use]
    pub fn case_name(number: usize) -> Option<String> {
        NAMES.get(number).map(|&name| name.to_owned())
    }

    /// The job of the case with this number, its planes filled.
    ///
    /// # Errors
    /// There is no such case.
    #[wasm_bindgen(js_name = ofCase)]
    pub fn of_case(number: usize) -> Result<UpsampleJob, String> {
        if number >= NAMES.len() {
            return Err("there is no such case".to_owned());
        }
        Upsampling::new(number).map(Self).map_err(|error| error.to_string())
    }

    /// Where the small planes stand in the module's memory, one after another, row after row.
    #[must_use]
    pub fn input(&self) -> *const f32 {
        self.0.planes().as_ptr()
    }

    /// Where the large planes stand after the first run.
    #[must_use]
    pub fn output(&self) -> *const f32 {
        self.0.output().as_ptr()
    }

    /// Values of the output.
    #[wasm_bindgen(js_name = outputLength)]
    #[must_use]
    pub fn output_length(&self) -> usize {
        self.0.output().len()
    }

    /// Computes the output.
    ///
    /// # Errors
    /// None that the first run has not met.
    pub fn run(&mut self) -> Result<(), String> {
        self.0.run().map_err(|error| error.to_string())
    }

    /// Computes the output by the plain reference, and says how far the other was from it: the largest difference over
    /// the largest value.
    ///
    /// # Errors
    /// None that the first run has not met.
    #[wasm_bindgen(js_name = runReference)]
    pub fn run_reference(&mut self) -> Result<f32, String> {
        let plain = self.0.reference().map_err(|error| error.to_string())?;
        let largest = plain.iter().map(|value| value.abs()).fold(f32::MIN_POSITIVE, f32::max);
        let difference = self.0.output().iter().zip(&plain).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        Ok(difference / largest)
    }
}
