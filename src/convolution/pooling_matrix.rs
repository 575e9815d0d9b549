//! Pooling as a matrix: a fixed one for the mean, and one that depends on the patch for the maximum.

use ndarray::{Array2, ArrayView2, Axis};

use super::error::{ConvolutionError, Part};
use super::layout::bounded_product;
use super::pooling::Pooling;
use super::pools::{counts, max_pool2d};

/// The matrix of [`average_pool2d`](super::average_pool2d) of an `input_size` (rows, columns) picture: one row for
/// each input pixel and one column for each window, both row-major.
///
/// Column j holds 1/n at the n pixels that window j averages, or less with `count_padding` where the margin counts.
///
/// # Errors
/// As [`Pooling::output_size`], and if the matrix would have more than [`MAX_ELEMENTS`](super::MAX_ELEMENTS)
/// entries.
pub fn average_pooling_matrix(
    input_size: [usize; 2],
    pooling: &Pooling,
    count_padding: bool,
) -> Result<Array2<f32>, ConvolutionError> {
    let [rows, columns] = pooling.positions(input_size)?;
    let mut matrix = empty(input_size, [rows.outputs, columns.outputs])?;
    let [row_counts, column_counts] = [rows, columns].map(|positions| counts(&positions, count_padding));
    for y in 0..rows.outputs {
        for x in 0..columns.outputs {
            let weight = 1.0 / (row_counts[y] * column_counts[x]) as f32;
            for ky in rows.taps_inside(y) {
                for kx in columns.taps_inside(x) {
                    let pixel = rows.pixel(y, ky) * columns.input + columns.pixel(x, kx);
                    matrix[[pixel, y * columns.outputs + x]] = weight;
                }
            }
        }
    }
    Ok(matrix)
}

/// The selection matrix of [`max_pool2d`] for this very `patch`: one row for each of its pixels and one column for
/// each window, both row-major, with a single 1 in each column, at the pixel that wins.
///
/// Its transpose is unpooling with switches, as long as no pixel wins twice.
///
/// # Errors
/// As [`average_pooling_matrix`].
pub fn max_pooling_matrix(patch: ArrayView2<f32>, pooling: &Pooling) -> Result<Array2<f32>, ConvolutionError> {
    let (_, switches) = max_pool2d(patch.insert_axis(Axis(0)).insert_axis(Axis(0)), pooling)?;
    let mut matrix = empty(patch.dim().into(), [switches.dim().2, switches.dim().3])?;
    for (output, &pixel) in switches.iter().enumerate() {
        matrix[[pixel, output]] = 1.0;
    }
    Ok(matrix)
}

fn empty(input: [usize; 2], output: [usize; 2]) -> Result<Array2<f32>, ConvolutionError> {
    bounded_product(Part::Matrix, &[input[0], input[1], output[0], output[1]])?;
    Ok(Array2::zeros((input[0] * input[1], output[0] * output[1])))
}
