//! Resize, then convolve: what to use where a transposed convolution shows its stride.

use ndarray::{Array2, ArrayView2, Axis, s};

use super::continued::{check, convolve};
use super::resize::{enlarge, enlarged_size};
use super::{Interpolation, UpsamplingError};

/// The enlargement before the convolution.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Before {
    /// [`nearest`](super::nearest()): every pixel becomes a block.
    #[default]
    Nearest,
    /// [`bilinear`](super::bilinear()): straight between the pixels' centres.
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
/// `factor` is 0, the plane or the mask is empty, a side is too long for its table of weights, or the result, the margin
/// that the mask looks at included, would have more than [`MAX_ELEMENTS`](crate::convolution::MAX_ELEMENTS) pixels.
pub fn resize_convolve(
    plane: ArrayView2<f32>,
    factor: usize,
    interpolation: Before,
    mask: ArrayView2<f32>,
) -> Result<Array2<f32>, UpsamplingError> {
    let interpolation = match interpolation {
        Before::Nearest => Interpolation::Nearest,
        Before::Bilinear => Interpolation::Bilinear,
    };
    let size = enlarged_size(plane.dim().into(), factor, interpolation)?;
    check(size, mask.dim().into())?;
    let large = enlarge(plane, factor, interpolation)?;
    let convolved = convolve(large.view(), mask.insert_axis(Axis(0)).insert_axis(Axis(0)))?;
    Ok(convolved.slice_move(s![0, 0, .., ..]))
}
