//! The cases that are timed: what a page of filters, and what a network that makes pictures, asks for.
#![allow(dead_code, reason = "each program times a part of them")]

pub mod upsampling;

use deconvolution_explorer::convolution::Geometry;
use ndarray::Array4;

/// One convolution or transposed convolution, with numbers that are the same in every run.
pub struct Case {
    /// What the tables call it.
    pub name: &'static str,
    pub transposed: bool,
    /// Batch, channels, rows and columns.
    pub input: [usize; 4],
    /// The four axes of the weights.
    pub weight: [usize; 4],
    pub geometry: Geometry,
    /// Whether the mask is the product of a column and a row.
    pub separable: bool,
}

impl Case {
    fn plain(name: &'static str, input: [usize; 4], weight: [usize; 4]) -> Self {
        let padding = [[weight[2] / 2; 2], [weight[3] / 2; 2]];
        let geometry = Geometry { padding, ..Geometry::default() };
        Self { name, transposed: false, input, weight, geometry, separable: false }
    }

    /// Twice as many rows and columns as the input.
    fn doubling(name: &'static str, input: [usize; 4], weight: [usize; 4]) -> Self {
        let more = 4 - weight[2];
        let geometry =
            Geometry { stride: [2; 2], padding: [[1; 2]; 2], output_padding: [more; 2], ..Geometry::default() };
        Self { name, transposed: true, input, weight, geometry, separable: false }
    }

    /// The input.
    #[must_use]
    pub fn input(&self) -> Array4<f32> {
        noise(self.input, 1)
    }

    /// The weights.
    #[must_use]
    pub fn weight(&self) -> Array4<f32> {
        if !self.separable {
            return noise(self.weight, 2);
        }
        let bell = |place: usize, side: usize| (-((place as f32 - (side / 2) as f32) / 3.5).powi(2) / 2.0).exp();
        Array4::from_shape_fn(self.weight, |(_, _, y, x)| bell(y, self.weight[2]) * bell(x, self.weight[3]))
    }
}

/// Numbers between 0 and 1.
#[must_use]
pub fn noise(shape: [usize; 4], seed: u32) -> Array4<f32> {
    let mut state = seed;
    Array4::from_shape_simple_fn(shape, || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / 16_777_216.0
    })
}

/// All cases.
#[must_use]
pub fn cases() -> Vec<Case> {
    vec![
        Case::plain("3x3 on 512x512", [1, 1, 512, 512], [1, 1, 3, 3]),
        Case::plain("9x9 on 512x512", [1, 1, 512, 512], [1, 1, 9, 9]),
        Case::plain("21x21 on 512x512", [1, 1, 512, 512], [1, 1, 21, 21]),
        Case { separable: true, ..Case::plain("21x21 separable on 512x512", [1, 1, 512, 512], [1, 1, 21, 21]) },
        Case::plain("3x3 on 3 x 512x512", [3, 1, 512, 512], [1, 1, 3, 3]),
        Case::plain("9x9 on 3 x 512x512", [3, 1, 512, 512], [1, 1, 9, 9]),
        Case::plain("16 to 16 channels, 3x3 on 128x128", [1, 16, 128, 128], [16, 16, 3, 3]),
        Case::doubling("transposed 32 to 16 channels, 4x4, 64x64 to 128x128", [1, 32, 64, 64], [32, 16, 4, 4]),
        Case::doubling("transposed 3x3, 512x512 to 1024x1024", [1, 1, 512, 512], [1, 1, 3, 3]),
        Case::doubling("transposed 4x4, 512x512 to 1024x1024", [1, 1, 512, 512], [1, 1, 4, 4]),
    ]
}
