//! Bilinear interpolation between pixel centres.

use ndarray::{Array2, ArrayView2};

use super::resize::enlarge;
use super::{Interpolation, UpsamplingError};

/// Enlarges `plane`, shaped (row, column), `factor` times by linear interpolation along both axes.
///
/// Pixel centres are aligned (half-pixel): output o lies at (o + ½) / factor − ½ of the input. Outside the plane
/// the nearest edge pixel goes on (clamped), as with PyTorch's `interpolate` with `align_corners=False`.
///
/// # Errors
/// `factor` is 0, the plane is empty, a side of it or of the output is too long for its table of weights, or the output
/// would have more than [`MAX_ELEMENTS`](crate::convolution::MAX_ELEMENTS) pixels.
pub fn bilinear(plane: ArrayView2<f32>, factor: usize) -> Result<Array2<f32>, UpsamplingError> {
    enlarge(plane, factor, Interpolation::Bilinear)
}
