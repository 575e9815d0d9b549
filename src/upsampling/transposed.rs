//! Up-sampling by a transposed convolution: every pixel paints a scaled mask, a stride apart.

use std::mem::take;

use ndarray::{Array2, Array3, Array4, ArrayView2, ArrayView3, ArrayView4, Axis, s};

use super::UpsamplingError;
use super::error::enlarged;
use crate::convolution::{
    ConvolutionError, Geometry, MAX_ELEMENTS, Workspace, conv_transpose2d, conv_transpose2d_into, conv2d, flip_mask,
    reference, zero_insertion,
};

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
    transposed_with(plane, mask, &geometry)
}

/// The transposed convolution of `plane`, shaped (row, column), with `mask` and any geometry: stride, padding,
/// output_padding and dilation as in PyTorch's `conv_transpose2d`, and the size
/// [`Geometry::transposed_output_size`]. The mask is not flipped: a single bright pixel shows it as it is.
///
/// This is the fast form, [`by_phases`]. Nothing is painted from outside the plane.
///
/// # Errors
/// A value of the geometry is out of range, the plane or the mask is empty, padding crops everything away, or an array
/// would have more than [`MAX_ELEMENTS`] elements.
pub fn transposed_with(
    plane: ArrayView2<f32>,
    mask: ArrayView2<f32>,
    geometry: &Geometry,
) -> Result<Array2<f32>, UpsamplingError> {
    by_phases(plane, mask, geometry)
}

/// [`transposed_with`] into an array and with working memory that stay: the same job once more allocates nothing.
///
/// # Errors
/// As [`transposed_with`]; `output` is untouched then.
pub fn transposed_into(
    plane: ArrayView2<f32>,
    mask: ArrayView2<f32>,
    geometry: &Geometry,
    workspace: &mut Workspace,
    output: &mut Array2<f32>,
) -> Result<(), UpsamplingError> {
    let mut batch = take(output).insert_axis(Axis(0)).insert_axis(Axis(0));
    let result = conv_transpose2d_into(as_batch(plane), as_batch(mask), geometry, workspace, &mut batch);
    *output = only(batch);
    Ok(result?)
}

/// [`transposed_into`] for the planes of a picture, shaped (channel, row, column), each by itself with the same mask.
///
/// # Errors
/// As [`transposed_with`]; `output` is untouched then.
pub fn transposed_planes_into(
    planes: ArrayView3<f32>,
    mask: ArrayView2<f32>,
    geometry: &Geometry,
    workspace: &mut Workspace,
    output: &mut Array3<f32>,
) -> Result<(), UpsamplingError> {
    let mut batch = take(output).insert_axis(Axis(1));
    let planes = planes.insert_axis(Axis(1));
    let result = conv_transpose2d_into(planes, as_batch(mask), geometry, workspace, &mut batch);
    *output = batch.index_axis_move(Axis(1), 0);
    Ok(result?)
}

/// [`transposed_with`] as it is defined: every pixel paints the mask, scaled by it, onto the output, and what is painted
/// adds up. Sums are f64.
///
/// # Errors
/// As [`transposed_with`].
pub fn by_scatter(
    plane: ArrayView2<f32>,
    mask: ArrayView2<f32>,
    geometry: &Geometry,
) -> Result<Array2<f32>, UpsamplingError> {
    Ok(only(reference::conv_transpose2d(as_batch(plane), as_batch(mask), geometry)?))
}

/// [`transposed_with`] phase by phase: output pixels that agree modulo the stride see the same taps of the mask, so each
/// such phase is a small convolution of stride 1, and no pixel is written twice (Shi et al., *Is the deconvolution layer
/// the same as a convolutional layer?*, 2016).
///
/// # Errors
/// As [`transposed_with`].
pub fn by_phases(
    plane: ArrayView2<f32>,
    mask: ArrayView2<f32>,
    geometry: &Geometry,
) -> Result<Array2<f32>, UpsamplingError> {
    Ok(only(conv_transpose2d(as_batch(plane), as_batch(mask), geometry)?))
}

/// [`transposed_with`] as a convolution of stride 1 with the flipped mask, after stride − 1 zeros have been put between
/// the pixels and a margin of zeros around them (Dumoulin and Visin, *A guide to convolution arithmetic*, 2016).
///
/// # Errors
/// As [`transposed_with`].
pub fn by_zero_insertion(
    plane: ArrayView2<f32>,
    mask: ArrayView2<f32>,
    geometry: &Geometry,
) -> Result<Array2<f32>, UpsamplingError> {
    one_group(geometry)?;
    let spread = zero_insertion(plane, geometry, mask.dim().into())?;
    // Stride and padding have been spent on the zeros.
    let dense = Geometry { dilation: geometry.dilation, ..Geometry::default() };
    Ok(only(conv2d(as_batch(spread.view()), as_batch(flip_mask(mask).view()), &dense)?))
}

/// [`transposed_with`] as what it was named for: the gradient of a convolution with respect to its input. `plane` is the
/// gradient that arrives at the convolution's output; each input pixel gathers it from all windows that see the pixel,
/// times the weight it has in them. Sums are f64. The matrix C is not made.
///
/// # Errors
/// As [`transposed_with`].
pub fn by_adjoint(
    plane: ArrayView2<f32>,
    mask: ArrayView2<f32>,
    geometry: &Geometry,
) -> Result<Array2<f32>, UpsamplingError> {
    one_group(geometry)?;
    enlarged(plane.dim(), 1)?;
    let [rows, columns] = geometry.transposed_output_size(plane.dim().into(), mask.dim().into())?;
    let sizes = [[plane.nrows(), mask.nrows()], [plane.ncols(), mask.ncols()]];
    let seen = |axis: usize, pixel| windows(pixel, sizes[axis], geometry, axis);
    Ok(Array2::from_shape_fn((rows, columns), |(y, x)| {
        let mut sum = 0.0;
        for (row, ky) in seen(0, y) {
            for (column, kx) in seen(1, x) {
                sum += f64::from(plane[[row, column]]) * f64::from(mask[[ky, kx]]);
            }
        }
        sum as f32
    }))
}

/// The windows of a convolution that see input pixel `pixel` of an axis, each with the tap of the mask that lies on it.
fn windows(
    pixel: usize,
    [windows, taps]: [usize; 2],
    geometry: &Geometry,
    axis: usize,
) -> impl Iterator<Item = (usize, usize)> {
    let (stride, dilation) = (geometry.stride[axis], geometry.dilation[axis]);
    // No overflow: the size before cropping, which has been computed, is at least as large as all of these.
    let place = pixel + geometry.padding[axis][0];
    let first = place.saturating_sub((taps - 1) * dilation).div_ceil(stride);
    let behind = (place / stride + 1).min(windows);
    let distance = move |window: usize| place - window * stride;
    let on_a_tap = move |window: &usize| distance(*window).is_multiple_of(dilation);
    (first..behind).filter(on_a_tap).map(move |window| (window, distance(window) / dilation))
}

/// A plane has one channel, which no two groups can share.
fn one_group(geometry: &Geometry) -> Result<(), ConvolutionError> {
    match geometry.groups {
        1 => Ok(()),
        groups => Err(ConvolutionError::Groups { groups, channels: 1 }),
    }
}

/// A plane as a batch of one picture of one channel, or a mask as weights of one channel.
fn as_batch(plane: ArrayView2<f32>) -> ArrayView4<f32> {
    plane.insert_axis(Axis(0)).insert_axis(Axis(0))
}

/// The first plane of a batch, which keeps its memory.
fn only(batch: Array4<f32>) -> Array2<f32> {
    batch.slice_move(s![0, 0, .., ..])
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
pub(super) fn separable_mask(
    side: usize,
    stride: usize,
    profile: impl Fn(usize) -> f64,
) -> Result<Array2<f32>, UpsamplingError> {
    check_mask(side, stride)?;
    let profile: Vec<f64> = (0..side).map(profile).collect();
    let gain = stride as f64 / profile.iter().sum::<f64>();
    Ok(Array2::from_shape_fn((side, side), |(y, x)| (gain * profile[y] * (gain * profile[x])) as f32))
}

/// Checks the side of a square mask and the stride it is made for.
pub(super) fn check_mask(side: usize, stride: usize) -> Result<(), UpsamplingError> {
    if stride == 0 {
        return Err(UpsamplingError::ZeroFactor);
    }
    if side == 0 {
        return Err(UpsamplingError::EmptyMask);
    }
    if side.checked_mul(side).is_none_or(|weights| weights > MAX_ELEMENTS) {
        return Err(UpsamplingError::TooLarge);
    }
    Ok(())
}
