//! Bilinear interpolation between pixel centres.

use ndarray::{Array2, ArrayView2};

use super::error::enlarged;
use super::{Coordinates, Interpolation, UpsamplingError, resize};

/// Enlarges `plane`, shaped (row, column), `factor` times by linear interpolation along both axes.
///
/// Pixel centres are aligned (half-pixel): output o lies at (o + ½) / factor − ½ of the input. Outside the plane
/// the nearest edge pixel goes on (clamped), as with PyTorch's `interpolate` with `align_corners=False`.
///
/// # Errors
/// `factor` is 0, the plane is empty or has too long a side, or the output would have more than
/// [`MAX_ELEMENTS`](crate::convolution::MAX_ELEMENTS) pixels.
pub fn bilinear(plane: ArrayView2<f32>, factor: usize) -> Result<Array2<f32>, UpsamplingError> {
    let size = enlarged(plane.dim(), factor)?;
    resize(plane, size.into(), Interpolation::Bilinear, Coordinates::HalfPixel, false)
}
