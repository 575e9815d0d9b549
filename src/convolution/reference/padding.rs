//! Padding by its definition: the input continued without end, of which the margin is a part.

use ndarray::{Array4, ArrayView4};

use crate::convolution::padded::geometry_back;
use crate::convolution::{ConvolutionError, Geometry, PaddingMode};

/// The pixel that the endless continuation of `size` pixels shows at `position`, which may be negative.
fn continued(mode: PaddingMode, position: i64, size: i64) -> Option<usize> {
    let pixel = match mode {
        PaddingMode::Zero => return (0..size).contains(&position).then_some(position as usize),
        PaddingMode::Replicate => position.clamp(0, size - 1),
        PaddingMode::Circular => position.rem_euclid(size),
        // There and back again takes 2(size − 1) steps; a single pixel is its own mirror image.
        PaddingMode::Reflect if size == 1 => 0,
        PaddingMode::Reflect => {
            let step = position.rem_euclid(2 * (size - 1));
            step.min(2 * (size - 1) - step)
        }
    };
    Some(pixel as usize)
}

/// The margin pixel by pixel.
///
/// # Errors
/// As [`pad2d`](crate::convolution::pad2d), which also checks the arguments and gives the size.
pub fn pad2d(
    input: ArrayView4<f32>,
    padding: [[usize; 2]; 2],
    mode: PaddingMode,
) -> Result<Array4<f32>, ConvolutionError> {
    let shape = crate::convolution::pad2d(input, padding, mode)?.dim();
    Ok(Array4::from_shape_fn(shape, |(picture, channel, y, x)| {
        let row = continued(mode, y as i64 - padding[0][0] as i64, input.dim().2 as i64);
        let column = continued(mode, x as i64 - padding[1][0] as i64, input.dim().3 as i64);
        row.zip(column).map_or(0.0, |(row, column)| input[[picture, channel, row, column]])
    }))
}

/// Every pixel of the padded array added to the one it was copied from, in f64.
///
/// # Errors
/// As [`fold_margin`](crate::convolution::fold_margin), which also checks the arguments and gives the size.
pub fn fold_margin(
    padded: ArrayView4<f32>,
    padding: [[usize; 2]; 2],
    mode: PaddingMode,
) -> Result<Array4<f32>, ConvolutionError> {
    let mut sums = crate::convolution::fold_margin(padded, padding, mode)?.mapv(|_| 0.0);
    let (_, _, height, width) = sums.dim();
    for ((picture, channel, y, x), &value) in padded.indexed_iter() {
        let row = continued(mode, y as i64 - padding[0][0] as i64, height as i64);
        let column = continued(mode, x as i64 - padding[1][0] as i64, width as i64);
        if let Some((row, column)) = row.zip(column) {
            sums[[picture, channel, row, column]] += f64::from(value);
        }
    }
    Ok(sums.mapv(|sum| sum as f32))
}

/// The convolution of the padded input, both by their definitions.
///
/// # Errors
/// As [`conv2d_padded`](crate::convolution::conv2d_padded).
pub fn conv2d_padded(
    input: ArrayView4<f32>,
    weight: ArrayView4<f32>,
    geometry: &Geometry,
    mode: PaddingMode,
) -> Result<Array4<f32>, ConvolutionError> {
    let padded = pad2d(input, geometry.padding, mode)?;
    super::conv2d(padded.view(), weight, &Geometry { padding: [[0; 2]; 2], ..*geometry })
}

/// The mask painted onto the padded output, whose margin is then folded back, both by their definitions.
///
/// # Errors
/// As [`conv_transpose2d_padded`](crate::convolution::conv_transpose2d_padded), which also checks the arguments.
pub fn conv_transpose2d_padded(
    input: ArrayView4<f32>,
    weight: ArrayView4<f32>,
    output_size: [usize; 2],
    geometry: &Geometry,
    mode: PaddingMode,
) -> Result<Array4<f32>, ConvolutionError> {
    let mask = [weight.dim().2, weight.dim().3];
    let geometry = &geometry_back([input.dim().2, input.dim().3], mask, output_size, geometry)?;
    mode.check(output_size, geometry.padding)?;
    let mut geometry = Geometry { output_padding: [0; 2], ..*geometry };
    let padding = std::mem::take(&mut geometry.padding);
    let painted = super::conv_transpose2d(input, weight, &geometry)?;
    // What the stride skips at the end of the padded output, nothing is painted on.
    let [[top, bottom], [left, right]] = padding;
    let (batch, channels, height, width) = painted.dim();
    let padded = (batch, channels, top + output_size[0] + bottom, left + output_size[1] + right);
    let padded =
        Array4::from_shape_fn(
            padded,
            |(picture, channel, y, x)| {
                if y < height && x < width { painted[[picture, channel, y, x]] } else { 0.0 }
            },
        );
    fold_margin(padded.view(), padding, mode)
}
