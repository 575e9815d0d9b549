//! Resize, then convolve: what to use where a transposed convolution shows its stride.

use ndarray::{Array2, ArrayView2, Axis, s};

use super::continued::convolve;
use super::{UpsamplingError, bilinear, nearest};

/// The enlargement before the convolution.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Before {
    /// [`nearest`]: every pixel becomes a block.
    #[default]
    Nearest,
    /// [`bilinear`]: straight between the pixels' centres.
    Bilinear,
}

/// Enlarges `plane`, shaped (row, column), `factor` times by `interpolation`, then convolves it with `mask`, stride 1
/// (Odena, Dumoulin and Olah, *Deconvolution and checkerboard artifacts*, 2016).
///
/// A convolution has no stride to be uneven by: a constant picture stays constant whatever the mask. The mask is not
/// flipped, and the caller has normalised it: its sum is the gain of the mean brightness. Beyond its edges the enlarged
/// plane is mirrored, the edge pixel repeated; a mask of an even side reaches one pixel further after than before.
///
/// # Errors
/// `factor` is 0, the plane or the mask is empty, or an array would have more than
/// [`MAX_ELEMENTS`](crate::convolution::MAX_ELEMENTS) elements.
pub fn resize_convolve(
    plane: ArrayView2<f32>,
    factor: usize,
    interpolation: Before,
    mask: ArrayView2<f32>,
) -> Result<Array2<f32>, UpsamplingError> {
    let large = match interpolation {
        Before::Nearest => nearest(plane, factor),
        Before::Bilinear => bilinear(plane, factor),
    }?;
    let convolved = convolve(large.view(), mask.insert_axis(Axis(0)).insert_axis(Axis(0)))?;
    Ok(convolved.slice_move(s![0, 0, .., ..]))
}
