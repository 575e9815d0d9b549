//! The oracle: convolutions, padding, pooling and unfolding as the plain loops of their definitions, with sums in
//! f64.
//!
//! Slow and meant to be read. The fast forms are held against these in the tests. Arguments, results and errors
//! are those of the functions of the same name in [`super`]; the checks and output sizes are shared with them, so
//! sizes are tested against values from elsewhere.

mod padding;
mod pooling;
mod unfold;

use ndarray::{Array4, ArrayView4};

pub use padding::{conv_transpose2d_padded, conv2d_padded, fold_margin, pad2d};
pub use pooling::{average_pool2d, lp_pool2d, max_pool2d, max_unpool2d};
pub use unfold::{fold, unfold};

use super::layout::Layout;
use super::{ConvolutionError, Geometry};

/// The convolution by its definition: each output pixel gathers the input under the mask.
///
/// # Errors
/// As [`super::conv2d`].
pub fn conv2d(
    input: ArrayView4<f32>,
    weight: ArrayView4<f32>,
    geometry: &Geometry,
) -> Result<Array4<f32>, ConvolutionError> {
    let layout = Layout::convolution(input.dim(), weight.dim(), geometry)?;
    let Geometry { stride, padding, dilation, .. } = *geometry;
    let (_, _, height, width) = input.dim();
    Ok(Array4::from_shape_fn(layout.output_shape(), |(picture, output_channel, y, x)| {
        let group = output_channel / layout.outputs;
        let mut sum = 0.0;
        for channel in 0..layout.inputs {
            for ky in 0..layout.mask[0] {
                for kx in 0..layout.mask[1] {
                    let row = (y * stride[0] + ky * dilation[0]).checked_sub(padding[0][0]);
                    let column = (x * stride[1] + kx * dilation[1]).checked_sub(padding[1][0]);
                    if let (Some(row), Some(column)) = (row, column)
                        && row < height
                        && column < width
                    {
                        sum += f64::from(weight[[output_channel, channel, ky, kx]])
                            * f64::from(input[[picture, group * layout.inputs + channel, row, column]]);
                    }
                }
            }
        }
        sum as f32
    }))
}

/// The transposed convolution by its definition: each input pixel paints the mask onto the output.
///
/// # Errors
/// As [`super::conv_transpose2d`].
pub fn conv_transpose2d(
    input: ArrayView4<f32>,
    weight: ArrayView4<f32>,
    geometry: &Geometry,
) -> Result<Array4<f32>, ConvolutionError> {
    let layout = Layout::transposed(input.dim(), weight.dim(), geometry)?;
    let Geometry { stride, padding, dilation, .. } = *geometry;
    let mut sums = Array4::<f64>::zeros(layout.output_shape());
    for ((picture, input_channel, y, x), &value) in input.indexed_iter() {
        let group = input_channel / layout.inputs;
        for channel in 0..layout.outputs {
            for ky in 0..layout.mask[0] {
                for kx in 0..layout.mask[1] {
                    let row = (y * stride[0] + ky * dilation[0]).checked_sub(padding[0][0]);
                    let column = (x * stride[1] + kx * dilation[1]).checked_sub(padding[1][0]);
                    if let (Some(row), Some(column)) = (row, column)
                        && row < layout.output[0]
                        && column < layout.output[1]
                    {
                        sums[[picture, group * layout.outputs + channel, row, column]] +=
                            f64::from(value) * f64::from(weight[[input_channel, channel, ky, kx]]);
                    }
                }
            }
        }
    }
    Ok(sums.mapv(|sum| sum as f32))
}
