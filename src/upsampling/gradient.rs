//! The gradient side: what a strided convolution sends back to its input.

use ndarray::{Array2, ArrayView2, Axis, s};

use super::UpsamplingError;
use crate::convolution::{Geometry, PaddingMode, conv_transpose2d_padded, conv2d};

/// The gradient of ½‖c‖² with respect to `plane`, shaped (row, column), where c is the convolution of the plane with
/// `mask` in steps of `stride`, without padding: convᵀ(conv(plane)), of the plane's size.
///
/// The way back is the transposed convolution, so the gradient shows the same checkerboard where the stride does not
/// divide the mask's side (Odena, Dumoulin and Olah, *Deconvolution and checkerboard artifacts*, 2016). The mask is not
/// flipped. Pixels that no mask covers, at the end or between masks smaller than the stride, get 0, and fewer masks cover
/// the rim. A constant picture comes back with the mean gain (sum of the mask)² / stride², which is 1 if the mask sums to
/// the stride.
///
/// # Errors
/// `stride` is 0, the plane or the mask is empty, the mask is larger than the plane, or an array would have more than
/// [`MAX_ELEMENTS`](crate::convolution::MAX_ELEMENTS) elements.
pub fn strided_gradient(
    plane: ArrayView2<f32>,
    mask: ArrayView2<f32>,
    stride: usize,
) -> Result<Array2<f32>, UpsamplingError> {
    let geometry = Geometry { stride: [stride; 2], ..Geometry::default() };
    let input = plane.insert_axis(Axis(0)).insert_axis(Axis(0));
    let weight = mask.insert_axis(Axis(0)).insert_axis(Axis(0));
    let convolved = conv2d(input, weight, &geometry)?;
    let size = plane.dim().into();
    let back = conv_transpose2d_padded(convolved.view(), weight, size, &geometry, PaddingMode::Zero)?;
    Ok(back.slice_move(s![0, 0, .., ..]))
}
