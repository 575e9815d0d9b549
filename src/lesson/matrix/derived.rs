//! What follows from the reader's numbers: C, the convolution, and the transposed convolution.
//!
//! Every number here comes from the kernels in [`crate::convolution`]; the page shows these and no others. Of both
//! convolutions it takes the plain forms: at twelve by twelve cells the definition is fast enough, it is what the page
//! explains, and the page's program stays small. The fast forms are held against the same ones.

use super::{
    setup::Setup,
    wiring::{Sizes, Taps, Wiring},
};
use crate::convolution::{
    PaddingMode, convolution_matrix_padded,
    reference::{conv_transpose2d, conv_transpose2d_padded, conv2d_padded},
    transposed_matrix,
};
use ndarray::{Array2, Array4, ArrayView2, ArrayView4, Axis};
use std::rc::Rc;

/// The arrays that follow from a setup.
#[derive(Clone, Debug, PartialEq)]
pub struct Derived {
    /// Where every mask entry stands.
    pub wiring: Rc<Wiring>,
    /// The patch unrolled row by row: d in the drawing.
    pub patch: Vec<f32>,
    /// The mask entry by entry, as the reader has written it.
    pub mask: Vec<f32>,
    /// C: inputs × outputs, 16×4 in the worked example.
    pub matrix: Array2<f32>,
    /// Cᵀ: outputs × cells of the transposed result, 4×16 in the worked example.
    pub turned: Array2<f32>,
    /// The convolution of patch and mask, 2×2 in the worked example.
    pub result: Array2<f32>,
    /// The input of the transposed convolution: the reader's own, or the result.
    pub input: Array2<f32>,
    /// Whether `input` is the reader's own.
    pub own_input: bool,
    /// E·Cᵀ folded back: the transposed convolution of `input`.
    pub transposed: Array2<f32>,
}

impl Derived {
    /// Computes everything from a setup and the wiring that belongs to it.
    ///
    /// # Errors
    /// A sentence when the setup is not legal.
    #[inline(never)]
    pub fn new(setup: &Setup, wiring: Rc<Wiring>) -> Result<Self, String> {
        let sizes = wiring.sizes;
        let laid = setup.laid_mask();
        let say = |error: crate::convolution::ConvolutionError| error.to_string();
        let matrix = convolution_matrix_padded(laid.view(), sizes.patch, &setup.geometry, setup.mode).map_err(say)?;
        let result = plane(
            conv2d_padded(four(setup.patch.view()), four(laid.view()), &setup.geometry, setup.mode).map_err(say)?,
        );
        let own = setup.input.as_ref().filter(|own| own.dim() == result.dim());
        let input = own.unwrap_or(&result).clone();
        let (turned, transposed) = if setup.mode == PaddingMode::Zero {
            (
                transposed_matrix(laid.view(), sizes.result, &setup.geometry).map_err(say)?,
                conv_transpose2d(four(input.view()), four(laid.view()), &setup.geometry).map_err(say)?,
            )
        } else {
            let back = conv_transpose2d_padded(
                four(input.view()),
                four(laid.view()),
                sizes.patch,
                &setup.geometry,
                setup.mode,
            );
            (matrix.t().to_owned(), back.map_err(say)?)
        };
        Ok(Self {
            patch: setup.patch.iter().copied().collect(),
            mask: setup.mask.iter().copied().collect(),
            matrix,
            turned,
            result,
            own_input: own.is_some(),
            input,
            transposed: plane(transposed),
            wiring,
        })
    }

    /// The sizes of all arrays.
    #[must_use]
    pub fn sizes(&self) -> Sizes {
        self.wiring.sizes
    }

    /// The number of cells of the patch: rows of C.
    #[must_use]
    pub fn inputs(&self) -> usize {
        self.sizes().inputs()
    }

    /// The number of results: columns of C.
    #[must_use]
    pub fn outputs(&self) -> usize {
        self.sizes().outputs()
    }

    /// The number of cells of the transposed result: columns of Cᵀ.
    #[must_use]
    pub fn grown_cells(&self) -> usize {
        self.sizes().grown_cells()
    }

    /// The mask entries at row `i`, column `j` of C.
    #[must_use]
    pub fn taps(&self, i: usize, j: usize) -> Taps {
        self.wiring.taps[[i, j]]
    }

    /// The mask entries at row `j`, column `g` of Cᵀ.
    #[must_use]
    pub fn turned_taps(&self, j: usize, g: usize) -> Taps {
        self.wiring.turned[[j, g]]
    }

    /// E·Cᵀ when only the first `rows` numbers of E have been spread.
    #[must_use]
    pub fn partial_sums(&self, rows: usize) -> Vec<f32> {
        let mut sums = vec![0.0_f64; self.grown_cells()];
        for (value, row) in self.input.iter().zip(self.turned.rows()).take(rows) {
            for (sum, weight) in sums.iter_mut().zip(row) {
                *sum += f64::from(*value) * f64::from(*weight);
            }
        }
        sums.into_iter().map(|sum| sum as f32).collect()
    }
}

/// A plane as a batch of one with one channel.
#[must_use]
pub fn four(array: ArrayView2<'_, f32>) -> ArrayView4<'_, f32> {
    array.insert_axis(Axis(0)).insert_axis(Axis(0))
}

/// The only plane of a batch of one with one channel.
#[must_use]
pub fn plane(array: Array4<f32>) -> Array2<f32> {
    array.index_axis_move(Axis(0), 0).index_axis_move(Axis(0), 0)
}
