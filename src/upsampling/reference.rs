//! The plain forms: ways to enlarge as the loops of their definitions, with sums in f64.
//!
//! Slow, small, and meant to be read: the page makes its tiny matrices by them, and the fast forms of the same names are
//! held against them in the tests. Arguments, results and errors are those of the functions in [`super`].

use ndarray::{Array2, ArrayView2, ArrayView3, Axis, s};

use super::error::enlarged;
use super::{Coordinates, Interpolation, Resize, UpsamplingError};
use crate::convolution::{Geometry, reference::conv_transpose2d};
use crate::imaging::Boundary;

/// Resizing without widening against aliasing.
///
/// # Errors
/// As [`super::resize()`].
pub fn resize(
    plane: ArrayView2<f32>,
    output: [usize; 2],
    interpolation: Interpolation,
    coordinates: Coordinates,
) -> Result<Array2<f32>, UpsamplingError> {
    Resize::new([plane.nrows(), plane.ncols()], output, interpolation, coordinates)?.apply_plainly(plane)
}

/// The transposed convolution: each pixel paints the mask onto the result.
///
/// # Errors
/// As [`super::transposed_with`].
pub fn transposed_with(
    plane: ArrayView2<f32>,
    mask: ArrayView2<f32>,
    geometry: &Geometry,
) -> Result<Array2<f32>, UpsamplingError> {
    let input = plane.insert_axis(Axis(0)).insert_axis(Axis(0));
    let weight = mask.insert_axis(Axis(0)).insert_axis(Axis(0));
    Ok(conv_transpose2d(input, weight, geometry)?.slice_move(s![0, 0, .., ..]))
}

/// Zeros between the pixels: each stands first in its block.
///
/// # Errors
/// As [`super::zero_insertion()`].
pub fn zero_insertion(plane: ArrayView2<f32>, factor: usize) -> Result<Array2<f32>, UpsamplingError> {
    let size = enlarged(plane.dim(), factor)?;
    Ok(Array2::from_shape_fn(size, |(y, x)| {
        let stands_here = y.is_multiple_of(factor) && x.is_multiple_of(factor);
        if stands_here { plane[[y / factor, x / factor]] } else { 0.0 }
    }))
}

/// Sub-pixel convolution: each place of a block has a filter of its own, laid on the small plane.
///
/// # Errors
/// As [`super::sub_pixel()`].
pub fn sub_pixel(
    plane: ArrayView2<f32>,
    filters: ArrayView3<f32>,
    factor: usize,
) -> Result<Array2<f32>, UpsamplingError> {
    let size = enlarged(plane.dim(), factor)?;
    let (found, rows, columns) = filters.dim();
    if found != factor * factor {
        return Err(UpsamplingError::Filters { found, expected: factor * factor });
    }
    if rows == 0 || columns == 0 {
        return Err(UpsamplingError::EmptyMask);
    }
    Ok(Array2::from_shape_fn(size, |(y, x)| {
        let filter = filters.index_axis(Axis(0), y % factor * factor + x % factor);
        under(plane, filter, [y / factor, x / factor])
    }))
}

/// Every pixel a block, then a convolution that keeps the size.
///
/// # Errors
/// As [`super::resize_convolve()`].
pub fn resize_convolve(
    plane: ArrayView2<f32>,
    factor: usize,
    mask: ArrayView2<f32>,
) -> Result<Array2<f32>, UpsamplingError> {
    let size = enlarged(plane.dim(), factor)?;
    if mask.is_empty() {
        return Err(UpsamplingError::EmptyMask);
    }
    let blocks = Array2::from_shape_fn(size, |(y, x)| plane[[y / factor, x / factor]]);
    Ok(Array2::from_shape_fn(size, |(y, x)| under(blocks.view(), mask, [y, x])))
}

/// The sum of the products of a mask and what lies under it, the plane mirrored at its edges; the middle of an even mask is
/// the entry before its centre.
fn under(plane: ArrayView2<f32>, mask: ArrayView2<f32>, [y, x]: [usize; 2]) -> f32 {
    let (height, width) = plane.dim();
    let (rows, columns) = mask.dim();
    let place = |at: usize, entry: usize, side: usize, length: usize| {
        Boundary::Mirror.index((at + entry) as isize - ((side - 1) / 2) as isize, length)
    };
    let products = mask.indexed_iter().map(|((i, j), weight)| {
        f64::from(*weight) * f64::from(plane[[place(y, i, rows, height), place(x, j, columns, width)]])
    });
    products.sum::<f64>() as f32
}
