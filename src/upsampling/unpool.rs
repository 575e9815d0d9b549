//! Max unpooling with switches: every maximum goes back to where it was found.

use ndarray::{Array2, ArrayView2, Axis, s};

use super::UpsamplingError;
use super::error::enlarged;
use crate::convolution::{Pooling, max_pool2d, max_unpool2d};

/// The largest value of every block of `factor` × `factor` pixels of `plane`, shaped (row, column), and its switch: where
/// it stands, as row · width + column of the plane that the blocks make up. Both are shaped (row/factor, column/factor).
///
/// Rows and columns that are left over at the end are ignored, and do not count in the width of the switches. Of equal
/// values the first, row by row, is taken; a NaN is larger than everything, as in PyTorch.
///
/// # Errors
/// `factor` is 0, the plane is empty or has no whole block, or it has more than
/// [`MAX_ELEMENTS`](crate::convolution::MAX_ELEMENTS) pixels.
pub fn max_pool_with_switches(
    plane: ArrayView2<f32>,
    factor: usize,
) -> Result<(Array2<f32>, Array2<usize>), UpsamplingError> {
    if factor == 0 {
        return Err(UpsamplingError::ZeroFactor);
    }
    enlarged(plane.dim(), 1)?;
    // A plane without a whole block stays as it is, for the pooling to name its size.
    let whole = |size: usize| if size < factor { size } else { size - size % factor };
    let blocks = plane.slice_move(s![..whole(plane.nrows()), ..whole(plane.ncols())]);
    let batch = blocks.insert_axis(Axis(0)).insert_axis(Axis(0));
    let (values, switches) = max_pool2d(batch, &Pooling::of_window([factor; 2]))?;
    Ok((values.slice_move(s![0, 0, .., ..]), switches.slice_move(s![0, 0, .., ..])))
}

/// Enlarges `small`, shaped (row, column), `factor` times: every value goes to the place that its switch names, all else
/// is 0 (Zeiler, Taylor and Fergus, *Adaptive deconvolutional networks*, 2011; Zeiler and Fergus, 2014).
///
/// `switches`, shaped like `small`, are those of [`max_pool_with_switches`]: row · width + column of the result.
/// They are the memory that no other way has: of what picture, the caller decides. A switch may leave its block; where
/// several name one place, the last value stands.
///
/// # Errors
/// `factor` is 0, `small` is empty, the switches have another shape, one of them is outside the result, or the result
/// would have more than [`MAX_ELEMENTS`](crate::convolution::MAX_ELEMENTS) pixels.
pub fn max_unpool(
    small: ArrayView2<f32>,
    switches: ArrayView2<usize>,
    factor: usize,
) -> Result<Array2<f32>, UpsamplingError> {
    let (rows, columns) = enlarged(small.dim(), factor)?;
    let values = small.insert_axis(Axis(0)).insert_axis(Axis(0));
    let switches = switches.insert_axis(Axis(0)).insert_axis(Axis(0));
    Ok(max_unpool2d(values, switches, [rows, columns])?.slice_move(s![0, 0, .., ..]))
}
