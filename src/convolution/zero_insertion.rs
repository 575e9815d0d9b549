//! The transposed convolution as a convolution: zeros between the pixels, and a margin of zeros.

use ndarray::{Array2, ArrayView2};

use super::error::{ConvolutionError, Part};
use super::geometry::Geometry;
use super::layout::bounded_product;

/// `input` with stride − 1 zeros between its pixels and a margin of zeros, so that a convolution of stride 1 with
/// the [flipped](super::flip_mask) mask, the same dilation and no padding gives the transposed convolution of
/// `input` (Dumoulin and Visin, 2016, relationships 13 and 14).
///
/// The margin is d(k−1) − p₀ before and d(k−1) − p₁ + output_padding after; where that is negative, pixels of
/// `input` that nothing of the output sees are cropped instead. The result has d(k−1) rows and columns more than
/// the output of [`Geometry::transposed_output_size`]. `groups` is checked and otherwise ignored.
///
/// # Errors
/// A value of the geometry is out of range, `input` or the mask is empty, padding crops everything away, or the
/// result would have more than [`MAX_ELEMENTS`](super::MAX_ELEMENTS) elements.
pub fn zero_insertion(
    input: ArrayView2<f32>,
    geometry: &Geometry,
    mask_size: [usize; 2],
) -> Result<Array2<f32>, ConvolutionError> {
    let output = geometry.transposed_output_size(input.dim().into(), mask_size)?;
    // No overflow: the size of the transposed output has been computed from these products.
    let reach = [0, 1].map(|axis| (mask_size[axis] - 1) * geometry.dilation[axis]);
    let size = |axis: usize| output[axis].checked_add(reach[axis]).ok_or(ConvolutionError::TooLarge(Part::PaddedInput));
    let size = [size(0)?, size(1)?];
    bounded_product(Part::PaddedInput, &size)?;

    // Pixel i of the input lands at i·stride + d(k−1) − p₀.
    let source = |axis: usize, position: usize| {
        let travelled = (position + geometry.padding[axis][0]).checked_sub(reach[axis])?;
        travelled.is_multiple_of(geometry.stride[axis]).then_some(travelled / geometry.stride[axis])
    };
    Ok(Array2::from_shape_fn(size, |(row, column)| match (source(0, row), source(1, column)) {
        (Some(row), Some(column)) => input.get([row, column]).copied().unwrap_or(0.0),
        _ => 0.0,
    }))
}
