//! Nearest neighbour: every pixel becomes a square of itself.

use ndarray::{Array2, ArrayView2};

use super::resize::enlarge;
use super::{Interpolation, UpsamplingError};

/// Enlarges `plane`, shaped (row, column), by repeating each pixel `factor` times along both axes.
///
/// Output pixel o takes input ⌊o / factor⌋, whose centre is the nearest one; no pixel outside the plane is asked
/// for and no tie occurs, so there is no boundary rule and no rounding.
///
/// # Errors
/// `factor` is 0, the plane is empty, a side of it or of the output is too long for its table of weights, or the output
/// would have more than [`MAX_ELEMENTS`](crate::convolution::MAX_ELEMENTS) pixels.
pub fn nearest(plane: ArrayView2<f32>, factor: usize) -> Result<Array2<f32>, UpsamplingError> {
    enlarge(plane, factor, Interpolation::Nearest)
}
