//! The matrix C of a convolution, entry by entry.

use ndarray::{Array2, ArrayView2};

use super::error::{Axis, ConvolutionError, Part};
use super::geometry::Geometry;
use super::layout::bounded_product;

/// The matrix C of the convolution of an `input_size` (rows, columns) picture with `mask`.
///
/// One row for each input pixel and one column for each output pixel, both row-major: column j is the mask as it
/// lies on the input when output j is computed, unrolled. With D the unrolled input the convolution is DᵀC, and
/// with E an unrolled output the transposed convolution is E·Cᵀ. A 4 × 4 input and a 3 × 3 mask give 16 × 4; much
/// of the literature writes the transpose of this. `output_padding` is checked and otherwise ignored; taps that
/// fall into the padding have no row and are left out.
///
/// # Errors
/// `groups` is not 1, a value of the geometry is out of range, an array is empty, the mask is larger than the
/// padded input, or the matrix would have more than [`MAX_ELEMENTS`](super::MAX_ELEMENTS) entries.
pub fn convolution_matrix(
    mask: ArrayView2<f32>,
    input_size: [usize; 2],
    geometry: &Geometry,
) -> Result<Array2<f32>, ConvolutionError> {
    let output = geometry.output_size(input_size, mask.dim().into())?;
    if geometry.groups != 1 {
        return Err(ConvolutionError::GroupedMatrix { groups: geometry.groups });
    }
    bounded_product(Part::Mask, &[mask.nrows(), mask.ncols()])?;
    bounded_product(Part::Matrix, &[input_size[0], input_size[1], output[0], output[1]])?;

    let inside = |axis: Axis, position: usize, tap: usize| {
        let i = axis.index();
        // No overflow: the sum is within the padded input, whose size `output_size` has computed.
        (position * geometry.stride[i] + tap * geometry.dilation[i])
            .checked_sub(geometry.padding[i][0])
            .filter(|&pixel| pixel < input_size[i])
    };
    let mut matrix = Array2::zeros((input_size[0] * input_size[1], output[0] * output[1]));
    for ((ky, kx), &weight) in mask.indexed_iter() {
        for y in 0..output[0] {
            let Some(row) = inside(Axis::Rows, y, ky) else { continue };
            for x in 0..output[1] {
                let Some(column) = inside(Axis::Columns, x, kx) else { continue };
                matrix[[row * input_size[1] + column, y * output[1] + x]] = weight;
            }
        }
    }
    Ok(matrix)
}
