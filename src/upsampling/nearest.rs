//! Nearest neighbour: every pixel becomes a square of itself.

use ndarray::{Array2, ArrayView2};

use super::UpsamplingError;
use super::error::enlarged;

/// Enlarges `plane`, shaped (row, column), by repeating each pixel `factor` times along both axes.
///
/// Output pixel o takes input ⌊o / factor⌋, whose centre is the nearest one; no pixel outside the plane is asked
/// for and no tie occurs, so there is no boundary rule and no rounding.
///
/// # Errors
/// `factor` is 0, the plane is empty, or the output would have more than
/// [`MAX_ELEMENTS`](crate::convolution::MAX_ELEMENTS) pixels.
pub fn nearest(plane: ArrayView2<f32>, factor: usize) -> Result<Array2<f32>, UpsamplingError> {
    let size = enlarged(plane.dim(), factor)?;
    let mut output = Vec::with_capacity(size.0 * size.1);
    for row in plane.rows() {
        let start = output.len();
        for &value in row {
            output.extend(std::iter::repeat_n(value, factor));
        }
        for _ in 1..factor {
            output.extend_from_within(start..start + size.1);
        }
    }
    Array2::from_shape_vec(size, output).map_err(|_| UpsamplingError::TooLarge)
}
