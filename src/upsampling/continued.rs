//! Convolutions of stride 1 on a plane that goes on mirrored beyond its edges.

use ndarray::{Array2, Array4, ArrayView2, ArrayView4, Axis};

use super::UpsamplingError;
use super::error::enlarged;
use crate::convolution::{Geometry, MAX_ELEMENTS, conv2d};
use crate::imaging::{Boundary, extend_plane};

/// Convolves `plane` with `weight`, shaped (output channel, 1, row, column), to (1, output channel, row, column) of the
/// plane's own rows and columns.
///
/// The plane is mirrored at its edges with the edge pixel repeated, as often as the mask asks for. Zeros, the rule of
/// networks, would leave a dark rim. The margin is ⌊(k−1)/2⌋ before and ⌊k/2⌋ after, as PyTorch's padding `same`.
pub(super) fn convolve(plane: ArrayView2<f32>, weight: ArrayView4<f32>) -> Result<Array4<f32>, UpsamplingError> {
    let (_, _, rows, columns) = weight.dim();
    let extended = continued(plane, [rows, columns])?;
    let input = extended.view().insert_axis(Axis(0)).insert_axis(Axis(0));
    Ok(conv2d(input, weight, &Geometry::default())?)
}

/// The rows and columns of a plane of `size` with the margin that a mask of `mask` looks at, if they are not too many.
pub(super) fn check(size: [usize; 2], mask: [usize; 2]) -> Result<[usize; 2], UpsamplingError> {
    if mask.contains(&0) {
        return Err(UpsamplingError::EmptyMask);
    }
    let too_large = UpsamplingError::MarginTooLarge;
    let span = |i: usize| size[i].checked_add(mask[i] - 1).ok_or(too_large);
    let [rows, columns] = [span(0)?, span(1)?];
    match rows.checked_mul(columns) {
        Some(pixels) if pixels <= MAX_ELEMENTS => Ok([rows, columns]),
        _ => Err(too_large),
    }
}

/// `plane` with the margin that a mask of `mask` rows and columns looks at.
fn continued(plane: ArrayView2<f32>, mask: [usize; 2]) -> Result<Array2<f32>, UpsamplingError> {
    let (height, width) = enlarged(plane.dim(), 1)?;
    let size = check([height, width], mask)?;
    let mut extended = Array2::zeros(size);
    let plane = plane.as_standard_layout();
    extend_plane(
        plane.as_slice().unwrap_or_default(),
        [height, width],
        extended.as_slice_mut().unwrap_or_default(),
        size[1],
        mask.map(|k| (k - 1) / 2),
        Boundary::Mirror,
    );
    Ok(extended)
}
