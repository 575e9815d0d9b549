//! Up-sampling by a transposed convolution: every pixel paints a scaled mask, a stride apart.

use ndarray::{Array2, ArrayView2, Axis, s};

use super::UpsamplingError;
use super::error::enlarged;
use crate::convolution::{Geometry, MAX_ELEMENTS, conv_transpose2d};

/// Enlarges `plane`, shaped (row, column), `stride` times with the transposed convolution whose weights are `mask`.
///
/// The boundary is that of the operation: nothing is painted from outside the plane, so the rim is darker where
/// masks overlap. The centring is that of [`transposed_geometry`].
///
/// # Errors
/// `stride` is 0, the plane or the mask is empty, or an array would have more than [`MAX_ELEMENTS`] elements.
pub fn transposed(
    plane: ArrayView2<f32>,
    mask: ArrayView2<f32>,
    stride: usize,
) -> Result<Array2<f32>, UpsamplingError> {
    enlarged(plane.dim(), stride)?;
    let geometry = transposed_geometry(mask.dim().into(), stride)?;
    let input = plane.insert_axis(Axis(0)).insert_axis(Axis(0));
    let weight = mask.insert_axis(Axis(0)).insert_axis(Axis(0));
    let output = conv_transpose2d(input, weight, &geometry)?;
    Ok(output.slice_move(s![0, 0, .., ..]))
}

/// The geometry with which a mask of `mask` rows and columns enlarges exactly `stride` times.
///
/// A mask k ≥ stride is cropped by k − stride pixels, ⌈(k − stride) / 2⌉ of them before: its centre falls on the
/// centre of the `stride` pixels that replace an input pixel, or half a pixel before it if k − stride is odd
/// (k = 3, s = 2 is then PyTorch's usual layer with padding 1 and output_padding 1). A smaller mask begins at the
/// first of those pixels and leaves the others 0, which `output_padding` completes at the end.
///
/// # Errors
/// `stride` or a side of the mask is 0.
pub fn transposed_geometry(mask: [usize; 2], stride: usize) -> Result<Geometry, UpsamplingError> {
    if stride == 0 {
        return Err(UpsamplingError::ZeroFactor);
    }
    if mask.contains(&0) {
        return Err(UpsamplingError::EmptyMask);
    }
    let padding = mask.map(|k| {
        let cropped = k.saturating_sub(stride);
        [cropped - cropped / 2, cropped / 2]
    });
    let output_padding = mask.map(|k| stride.saturating_sub(k));
    Ok(Geometry { stride: [stride; 2], padding, output_padding, ..Geometry::default() })
}

/// The side × side mask of equal weights for a transposed convolution with `stride`.
///
/// The weights sum to stride², so that the mean gain is 1. If `side` is a multiple of `stride` each output pixel
/// away from the rim receives exactly that: a constant picture stays constant. Otherwise it shows the checkerboard
/// of Odena, Dumoulin and Olah, *Deconvolution and checkerboard artifacts* (2016).
///
/// # Errors
/// `side` or `stride` is 0, or the mask would have more than [`MAX_ELEMENTS`] weights.
pub fn flat_mask(side: usize, stride: usize) -> Result<Array2<f32>, UpsamplingError> {
    separable_mask(side, stride, |_| 1.0)
}

/// The side × side mask that falls linearly from its centre, for a transposed convolution with `stride`: the
/// bilinear filter of Long, Shelhamer and Darrell, *Fully convolutional networks* (2015).
///
/// Along an axis the weights are 1 − |i − c| / f with f = ⌊(k + 1) / 2⌋ and the centre c, scaled to the sum
/// `stride`, so that the mean gain is 1. With k = 2·stride − stride mod 2 the transposed convolution is bilinear
/// interpolation, rim apart.
///
/// # Errors
/// `side` or `stride` is 0, or the mask would have more than [`MAX_ELEMENTS`] weights.
pub fn tent_mask(side: usize, stride: usize) -> Result<Array2<f32>, UpsamplingError> {
    let reach = side.div_ceil(2) as f64;
    let centre = (side as f64 - 1.0) / 2.0;
    separable_mask(side, stride, |i| 1.0 - (i as f64 - centre).abs() / reach)
}

/// The outer product of a profile with itself, scaled to the sum stride².
fn separable_mask(side: usize, stride: usize, profile: impl Fn(usize) -> f64) -> Result<Array2<f32>, UpsamplingError> {
    if stride == 0 {
        return Err(UpsamplingError::ZeroFactor);
    }
    if side == 0 {
        return Err(UpsamplingError::EmptyMask);
    }
    if side.checked_mul(side).is_none_or(|weights| weights > MAX_ELEMENTS) {
        return Err(UpsamplingError::TooLarge);
    }
    let profile: Vec<f64> = (0..side).map(profile).collect();
    let gain = stride as f64 / profile.iter().sum::<f64>();
    Ok(Array2::from_shape_fn((side, side), |(y, x)| (gain * profile[y] * (gain * profile[x])) as f32))
}
