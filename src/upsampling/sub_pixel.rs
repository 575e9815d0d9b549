//! Sub-pixel convolution: one filter for each of the s² places within a block, then a pixel shuffle.

use ndarray::{Array2, ArrayView2, ArrayView3, Axis, s};

use super::continued::convolve;
use super::error::enlarged;
use super::shuffle::{bounded, pixel_shuffle, places};
use super::{ChannelOrder, UpsamplingError};
use crate::convolution::Geometry;

/// Enlarges `plane`, shaped (row, column), `factor` times: filter i·s + j of `filters`, shaped (s², row, column), makes
/// the pixels at row i and column j of every block of s × s (Shi et al., *Real-time single image and video
/// super-resolution using an efficient sub-pixel convolutional neural network*, 2016).
///
/// The convolution is of stride 1 and keeps the size; filters are not flipped. Beyond its edges the plane is mirrored,
/// the edge pixel repeated, as in [`resize_convolve`](super::resize_convolve()); networks mostly take zeros, which
/// leaves a dark rim. A filter of an even side reaches one pixel further after than before.
///
/// # Errors
/// `factor` is 0, there are not factor² filters, the plane or the filters are empty, or an array would have more than
/// [`MAX_ELEMENTS`](crate::convolution::MAX_ELEMENTS) elements.
pub fn sub_pixel(
    plane: ArrayView2<f32>,
    filters: ArrayView3<f32>,
    factor: usize,
) -> Result<Array2<f32>, UpsamplingError> {
    enlarged(plane.dim(), factor)?;
    check(filters, factor)?;
    let deep = convolve(plane, filters.insert_axis(Axis(1)))?;
    let shuffled = pixel_shuffle(deep.index_axis(Axis(0), 0), factor, ChannelOrder::ColumnRow)?;
    Ok(shuffled.index_axis_move(Axis(0), 0))
}

/// The mask, shaped (s·row, s·column), of the one transposed convolution of stride s = `factor` that is the same as the
/// sub-pixel convolution with `filters`, shaped (s², row, column): each filter flipped, its weights s apart (Shi et
/// al., *Is the deconvolution layer the same as a convolutional layer?*, 2016).
///
/// With [`sub_pixel_geometry`] it paints the very pixels of [`sub_pixel`], wherever no filter looks beyond the edge.
/// The stride divides its side, so its overlap is even, yet the filters may differ and show a checkerboard still.
///
/// # Errors
/// `factor` is 0, there are not factor² filters, they are empty, or they have more than
/// [`MAX_ELEMENTS`](crate::convolution::MAX_ELEMENTS) weights.
pub fn as_transposed_mask(filters: ArrayView3<f32>, factor: usize) -> Result<Array2<f32>, UpsamplingError> {
    check(filters, factor)?;
    let mask = pixel_shuffle(filters.slice_move(s![.., ..;-1, ..;-1]), factor, ChannelOrder::ColumnRow)?;
    Ok(mask.index_axis_move(Axis(0), 0))
}

/// The geometry with which the mask of [`as_transposed_mask`] enlarges exactly `factor` times and as [`sub_pixel`]
/// does, for filters of `filter` rows and columns: (k−1)·s pixels are cropped, ⌊k/2⌋·s of them before.
///
/// # Errors
/// `factor` or a side of the filters is 0, or a product is beyond all sizes.
pub fn sub_pixel_geometry(filter: [usize; 2], factor: usize) -> Result<Geometry, UpsamplingError> {
    if factor == 0 {
        return Err(UpsamplingError::ZeroFactor);
    }
    let cropped = |k: usize| {
        let before = (k / 2).checked_mul(factor).ok_or(UpsamplingError::TooLarge)?;
        let after = k.checked_sub(1).ok_or(UpsamplingError::EmptyMask)? / 2 * factor;
        Ok::<_, UpsamplingError>([before, after])
    };
    Ok(Geometry { stride: [factor; 2], padding: [cropped(filter[0])?, cropped(filter[1])?], ..Geometry::default() })
}

/// Checks that there is one filter for each place of a block.
fn check(filters: ArrayView3<f32>, factor: usize) -> Result<(), UpsamplingError> {
    let (expected, found) = (places(factor)?, filters.dim().0);
    if found != expected {
        return Err(UpsamplingError::Filters { found, expected });
    }
    match bounded(filters.dim()) {
        Err(UpsamplingError::EmptyPlane) => Err(UpsamplingError::EmptyMask),
        other => other,
    }
}
