//! What follows from the reader's numbers: C, the convolution, and the transposed convolution.
//!
//! Every number here comes from the kernels in [`crate::convolution`]; the page shows these and no others.

use crate::convolution::{ConvolutionError, Geometry, conv_transpose2d, conv2d, convolution_matrix};
use ndarray::{Array2, ArrayView2, Axis};

/// The arrays that follow from patch, mask and E.
#[derive(Clone, Debug, PartialEq)]
pub struct Derived {
    /// The patch unrolled row by row: d in the drawing.
    pub patch: Vec<f32>,
    /// C: inputs × outputs, 16×4 in the worked example.
    pub matrix: Array2<f32>,
    /// Which mask entry stands at each place of C, if any: inputs × outputs.
    pub taps: Array2<Option<usize>>,
    /// The convolution of patch and mask, 2×2 in the worked example.
    pub result: Array2<f32>,
    /// The input of the transposed convolution: the reader's own, or the result.
    pub input: Array2<f32>,
    /// E·Cᵀ folded back to the patch's size.
    pub transposed: Array2<f32>,
}

impl Derived {
    /// Computes everything. `input` is the reader's own E; without one the convolution's result takes its place.
    ///
    /// # Errors
    /// When the geometry does not fit the sizes of patch and mask.
    pub fn new(
        patch: &Array2<f32>,
        mask: &Array2<f32>,
        input: Option<&Array2<f32>>,
        geometry: &Geometry,
    ) -> Result<Self, ConvolutionError> {
        let size = [patch.nrows(), patch.ncols()];
        let matrix = convolution_matrix(mask.view(), size, geometry)?;
        // The same kernel lays out the entries' numbers, so taps and matrix cannot disagree.
        let numbers = Array2::from_shape_fn(mask.dim(), |(r, c)| (r * mask.ncols() + c + 1) as f32);
        let taps = convolution_matrix(numbers.view(), size, geometry)?
            .mapv(|number| if number > 0.0 { Some(number as usize - 1) } else { None });
        let result = plane(conv2d(four(patch.view()), four(mask.view()), geometry)?);
        let input = match input {
            Some(own) if own.dim() == result.dim() => own.clone(),
            _ => result.clone(),
        };
        let transposed = plane(conv_transpose2d(four(input.view()), four(mask.view()), geometry)?);
        Ok(Self { patch: patch.iter().copied().collect(), matrix, taps, result, input, transposed })
    }

    /// The number of cells of the patch: rows of C.
    #[must_use]
    pub fn inputs(&self) -> usize {
        self.matrix.nrows()
    }

    /// The number of results: columns of C.
    #[must_use]
    pub fn outputs(&self) -> usize {
        self.matrix.ncols()
    }

    /// E·Cᵀ when only the first `rows` numbers of E have been spread.
    #[must_use]
    pub fn partial_sums(&self, rows: usize) -> Vec<f32> {
        let weights: Vec<f32> = self.input.iter().copied().take(rows).collect();
        self.matrix
            .rows()
            .into_iter()
            .map(|row| weights.iter().zip(row).map(|(e, c)| f64::from(*e) * f64::from(*c)).sum::<f64>() as f32)
            .collect()
    }
}

fn four(array: ArrayView2<'_, f32>) -> ndarray::ArrayView4<'_, f32> {
    array.insert_axis(Axis(0)).insert_axis(Axis(0))
}

fn plane(array: ndarray::Array4<f32>) -> Array2<f32> {
    array.index_axis_move(Axis(0), 0).index_axis_move(Axis(0), 0)
}
