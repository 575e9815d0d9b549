//! The matrix C of a convolution, entry by entry, and that of a transposed convolution.

use ndarray::{Array2, ArrayView2};

use super::PaddingMode;
use super::error::{ConvolutionError, Part};
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
    convolution_matrix_padded(mask, input_size, geometry, PaddingMode::Zero)
}

/// [`convolution_matrix`] with the margin of `geometry.padding` filled as `mode` says.
///
/// A pixel that stands in the margin as well as inside can meet several taps of one output; their weights add up in
/// one entry.
///
/// # Errors
/// As [`convolution_matrix`], and if the margin is wider than `mode` allows.
pub fn convolution_matrix_padded(
    mask: ArrayView2<f32>,
    input_size: [usize; 2],
    geometry: &Geometry,
    mode: PaddingMode,
) -> Result<Array2<f32>, ConvolutionError> {
    let mask_size = mask.dim().into();
    let output = check(mask_size, input_size, geometry, mode)?;
    bounded_product(Part::Matrix, &[input_size[0], input_size[1], output[0], output[1]])?;

    let mut matrix = Array2::zeros((input_size[0] * input_size[1], output[0] * output[1]));
    let mask = mask.as_standard_layout();
    let weights = mask.as_slice().unwrap_or_default();
    each_term(mask_size, input_size, output, geometry, mode, |Term { input, output, tap }| {
        matrix[[input, output]] += weights[tap];
    });
    Ok(matrix)
}

/// One product in a convolution: the input's pixel `input` times the mask's entry `tap` is a part of the output's
/// pixel `output`. All three count row by row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// The pixel of the input: the row of C.
    pub input: usize,
    /// The pixel of the output: the column of C.
    pub output: usize,
    /// The entry of the mask.
    pub tap: usize,
}

/// Every product of the convolution of an `input_size` picture with a mask of `mask_size` (rows, columns): output
/// by output, and within one in the order of the mask. Taps on zeros of the margin are left out.
///
/// # Errors
/// As [`convolution_matrix_padded`].
pub fn convolution_terms(
    mask_size: [usize; 2],
    input_size: [usize; 2],
    geometry: &Geometry,
    mode: PaddingMode,
) -> Result<Vec<Term>, ConvolutionError> {
    let output = check(mask_size, input_size, geometry, mode)?;
    let mut terms = Vec::new();
    each_term(mask_size, input_size, output, geometry, mode, |term| terms.push(term));
    Ok(terms)
}

/// The matrix of the transposed convolution of an `input_size` (rows, columns) picture E with `mask`.
///
/// One row for each pixel of E and one column for each pixel of the result, whose size is
/// [`Geometry::transposed_output_size`], `output_padding` included: row i is the mask as pixel i of E paints it.
/// With E unrolled its product with this matrix is the unrolled transposed convolution. It is the transpose of the
/// [`convolution_matrix`] of pictures of the result's size, provided that the convolution leads back to E's size.
///
/// # Errors
/// `groups` is not 1, a value of the geometry is out of range, an array is empty, padding crops everything away, or
/// the matrix would have more than [`MAX_ELEMENTS`](super::MAX_ELEMENTS) entries.
pub fn transposed_matrix(
    mask: ArrayView2<f32>,
    input_size: [usize; 2],
    geometry: &Geometry,
) -> Result<Array2<f32>, ConvolutionError> {
    let output = geometry.transposed_output_size(input_size, mask.dim().into())?;
    single_channel(geometry)?;
    bounded_product(Part::Mask, &[mask.nrows(), mask.ncols()])?;
    bounded_product(Part::Matrix, &[input_size[0], input_size[1], output[0], output[1]])?;

    // No overflow: the sum is within the output before it is cropped, whose size has been computed.
    let painted = |axis: usize, pixel: usize, tap: usize| {
        (pixel * geometry.stride[axis] + tap * geometry.dilation[axis])
            .checked_sub(geometry.padding[axis][0])
            .filter(|&place| place < output[axis])
    };
    let mut matrix = Array2::zeros((input_size[0] * input_size[1], output[0] * output[1]));
    for y in 0..input_size[0] {
        for x in 0..input_size[1] {
            for ((ky, kx), &weight) in mask.indexed_iter() {
                if let (Some(row), Some(column)) = (painted(0, y, ky), painted(1, x, kx)) {
                    matrix[[y * input_size[1] + x, row * output[1] + column]] = weight;
                }
            }
        }
    }
    Ok(matrix)
}

/// Checks the arguments of a matrix; gives the size of the convolution's output.
fn check(
    mask_size: [usize; 2],
    input_size: [usize; 2],
    geometry: &Geometry,
    mode: PaddingMode,
) -> Result<[usize; 2], ConvolutionError> {
    let output = geometry.output_size(input_size, mask_size)?;
    single_channel(geometry)?;
    mode.check(input_size, geometry.padding)?;
    let taps = bounded_product(Part::Mask, &mask_size)?;
    // All products, those with zeros of the margin included, so that going through them comes to an end.
    bounded_product(Part::Matrix, &[taps, output[0], output[1]])?;
    Ok(output)
}

fn single_channel(geometry: &Geometry) -> Result<(), ConvolutionError> {
    if geometry.groups == 1 { Ok(()) } else { Err(ConvolutionError::GroupedMatrix { groups: geometry.groups }) }
}

/// Calls `visit` with every product. The arguments have passed [`check`], which has also computed `output`.
fn each_term(
    mask: [usize; 2],
    input: [usize; 2],
    output: [usize; 2],
    geometry: &Geometry,
    mode: PaddingMode,
    mut visit: impl FnMut(Term),
) {
    // No overflow: the sum is within the padded input, whose size has been computed.
    let source = |axis: usize, position: usize, tap: usize| {
        let place = position * geometry.stride[axis] + tap * geometry.dilation[axis];
        mode.source(place, geometry.padding[axis][0], input[axis])
    };
    for y in 0..output[0] {
        for x in 0..output[1] {
            for ky in 0..mask[0] {
                let Some(row) = source(0, y, ky) else { continue };
                for kx in 0..mask[1] {
                    let Some(column) = source(1, x, kx) else { continue };
                    visit(Term { input: row * input[1] + column, output: y * output[1] + x, tap: ky * mask[1] + kx });
                }
            }
        }
    }
}
