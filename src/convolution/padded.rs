//! Both convolutions with a margin that any padding mode fills.

use std::ops::RangeInclusive;

use ndarray::{Array4, ArrayView4};

use super::error::{Axis, ConvolutionError};
use super::padding::{PaddingMode, fold_margin, pad2d};
use super::{Geometry, conv_transpose2d, conv2d};

/// [`conv2d`] with the margin of `geometry.padding` filled as `mode` says; shapes and sizes are those of
/// [`conv2d`], the meaning that of PyTorch's `padding_mode`.
///
/// # Errors
/// As [`conv2d`], and if the margin is wider than `mode` allows.
pub fn conv2d_padded(
    input: ArrayView4<f32>,
    weight: ArrayView4<f32>,
    geometry: &Geometry,
    mode: PaddingMode,
) -> Result<Array4<f32>, ConvolutionError> {
    if mode == PaddingMode::Zero {
        return conv2d(input, weight, geometry);
    }
    let padded = pad2d(input, geometry.padding, mode)?;
    conv2d(padded.view(), weight, &Geometry { padding: [[0; 2]; 2], ..*geometry })
}

/// The adjoint of [`conv2d_padded`] on inputs of `output_size` (rows, columns):
/// ⟨conv2d_padded(x), y⟩ = ⟨x, conv_transpose2d_padded(y)⟩ with the same weights, geometry and mode.
///
/// `input` and `weight` are shaped as for [`conv_transpose2d`], the result is (batch, output channel, row, column).
/// A stride leads from several sizes to the same one, so `output_size` has to be given; which are possible says
/// [`Geometry::original_sizes`]. `output_padding` follows from it; the geometry's own is checked and otherwise
/// ignored.
///
/// # Errors
/// As [`conv_transpose2d`], and if no convolution leads from `output_size` to the input's size or the margin is
/// wider than `mode` allows around `output_size`.
pub fn conv_transpose2d_padded(
    input: ArrayView4<f32>,
    weight: ArrayView4<f32>,
    output_size: [usize; 2],
    geometry: &Geometry,
    mode: PaddingMode,
) -> Result<Array4<f32>, ConvolutionError> {
    let mask = [weight.dim().2, weight.dim().3];
    let geometry = geometry_back([input.dim().2, input.dim().3], mask, output_size, geometry)?;
    if mode == PaddingMode::Zero {
        return conv_transpose2d(input, weight, &geometry);
    }
    mode.check(output_size, geometry.padding)?;
    let padded = conv_transpose2d(input, weight, &Geometry { padding: [[0; 2]; 2], ..geometry })?;
    fold_margin(padded.view(), geometry.padding, mode)
}

/// The geometry whose output padding leads from `input` rows and columns to `output_size`.
///
/// # Errors
/// A value of the geometry is out of its range, or no output padding leads there.
pub(super) fn geometry_back(
    input: [usize; 2],
    mask: [usize; 2],
    output_size: [usize; 2],
    geometry: &Geometry,
) -> Result<Geometry, ConvolutionError> {
    let sizes = geometry.original_sizes(input, mask)?;
    let mut output_padding = [0; 2];
    for axis in Axis::BOTH {
        let i = axis.index();
        let (value, smallest, largest) = (output_size[i], *sizes[i].start(), *sizes[i].end());
        if !sizes[i].contains(&value) {
            return Err(ConvolutionError::TransposedSize { axis, value, smallest, largest });
        }
        // The range ends with the largest rest, stride − 1; its beginning may have been cut off at 1.
        output_padding[i] = geometry.stride[i] - 1 - (largest - value);
    }
    Ok(Geometry { output_padding, ..*geometry })
}

impl Geometry {
    /// The rows and columns from which a convolution with a mask of `mask` rows and columns makes `output` rows and
    /// columns: (out − 1)s − p₀ − p₁ + d(k−1) + 1 and up to s − 1 more, which the stride skips (Dumoulin and
    /// Visin, 2016, relationship 14). `output_padding` is checked and otherwise ignored.
    ///
    /// # Errors
    /// A value of the geometry is out of its range, an axis of `output` or `mask` is 0, or padding alone is larger
    /// than every such size.
    pub fn original_sizes(
        &self,
        output: [usize; 2],
        mask: [usize; 2],
    ) -> Result<[RangeInclusive<usize>; 2], ConvolutionError> {
        self.check()?;
        let sizes = |axis: Axis| {
            let i = axis.index();
            let mut along = self.axis(axis);
            along.output_padding = self.stride[i] - 1;
            let largest = along.transposed_output_size(output[i], mask[i])?;
            Ok(largest.saturating_sub(self.stride[i] - 1).max(1)..=largest)
        };
        Ok([sizes(Axis::Rows)?, sizes(Axis::Columns)?])
    }
}
