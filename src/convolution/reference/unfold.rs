//! Unfolding and folding by their definition: entry by entry, with sums in f64.

use ndarray::{Array3, Array4, ArrayView3, ArrayView4};

use crate::convolution::{ConvolutionError, Geometry};

/// The pixel, as (channel, row, column), of an entry of a column; `None` in the margin.
fn pixel(
    [entry, position]: [usize; 2],
    input: [usize; 2],
    mask: [usize; 2],
    geometry: &Geometry,
) -> Result<Option<(usize, usize, usize)>, ConvolutionError> {
    let outputs = geometry.output_size(input, mask)?;
    let [y, x] = [position / outputs[1], position % outputs[1]];
    let [channel, ky, kx] = [entry / mask[1] / mask[0], entry / mask[1] % mask[0], entry % mask[1]];
    let along = |axis: usize, position: usize, tap: usize| {
        (position * geometry.stride[axis] + tap * geometry.dilation[axis])
            .checked_sub(geometry.padding[axis][0])
            .filter(|&pixel| pixel < input[axis])
    };
    Ok(along(0, y, ky).zip(along(1, x, kx)).map(|(row, column)| (channel, row, column)))
}

/// The patches of the input, entry by entry.
///
/// # Errors
/// As [`unfold`](crate::convolution::unfold), which also checks the arguments and gives the size.
pub fn unfold(
    input: ArrayView4<f32>,
    mask_size: [usize; 2],
    geometry: &Geometry,
) -> Result<Array3<f32>, ConvolutionError> {
    let mut unfolded = crate::convolution::unfold(input, mask_size, geometry)?;
    for ((picture, entry, position), value) in unfolded.indexed_iter_mut() {
        let from = pixel([entry, position], [input.dim().2, input.dim().3], mask_size, geometry)?;
        *value = from.map_or(0.0, |(channel, row, column)| input[[picture, channel, row, column]]);
    }
    Ok(unfolded)
}

/// Every entry added to its pixel.
///
/// # Errors
/// As [`fold`](crate::convolution::fold), which also checks the arguments and gives the size.
pub fn fold(
    columns: ArrayView3<f32>,
    output_size: [usize; 2],
    mask_size: [usize; 2],
    geometry: &Geometry,
) -> Result<Array4<f32>, ConvolutionError> {
    let mut sums = crate::convolution::fold(columns, output_size, mask_size, geometry)?.mapv(|_| 0.0);
    for ((picture, entry, position), &value) in columns.indexed_iter() {
        if let Some((channel, row, column)) = pixel([entry, position], output_size, mask_size, geometry)? {
            sums[[picture, channel, row, column]] += f64::from(value);
        }
    }
    Ok(sums.mapv(|sum| sum as f32))
}
