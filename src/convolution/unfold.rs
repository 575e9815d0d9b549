//! Unfolding into columns (im2col) and folding back (col2im): convolution as an ordinary matrix product.

use ndarray::{Array3, Array4, ArrayView3, ArrayView4, s};

use super::error::{Axis, ConvolutionError, Part};
use super::geometry::Geometry;
use super::layout::bounded_product;
use super::positions::Positions;

/// The patch of `input`, shaped (batch, channel, row, column), under a mask of `mask_size` (rows, columns) at each
/// of its positions, unrolled into a column: (batch, channel · mask row · mask column, position).
///
/// Entries run over the channels, then the mask's rows, then its columns, and positions row by row, so weights of
/// one group unrolled to (output channel, entry) times this is [`conv2d`](super::conv2d) unrolled. Margins are
/// zero. As PyTorch's `unfold`; `output_padding` and `groups` are checked and otherwise ignored.
///
/// # Errors
/// A value of the geometry is out of range, `input` or the mask is empty, the mask is larger than the padded input,
/// or an array would have more than [`MAX_ELEMENTS`](super::MAX_ELEMENTS) elements.
pub fn unfold(
    input: ArrayView4<f32>,
    mask_size: [usize; 2],
    geometry: &Geometry,
) -> Result<Array3<f32>, ConvolutionError> {
    let (batch, channels, height, width) = input.dim();
    let [rows, columns] = positions(geometry, [height, width], mask_size)?;
    if bounded_product(Part::Input, &[batch, channels, height, width])? == 0 {
        return Err(ConvolutionError::Empty(Part::Input));
    }
    let entries = bounded_product(Part::Columns, &[channels, rows.taps, columns.taps])?;
    bounded_product(Part::Columns, &[batch, entries, rows.outputs, columns.outputs])?;

    let mut unfolded = Array3::zeros((batch, entries, rows.outputs * columns.outputs));
    for (picture, mut unfolded) in input.outer_iter().zip(unfolded.outer_iter_mut()) {
        each_stretch([rows, columns], channels, |Stretch { channel, row, first, step, entry, position, length }| {
            let pixels = picture.slice(s![channel, row, first..;step]);
            unfolded.slice_mut(s![entry, position..position + length]).assign(&pixels.slice(s![..length]));
        });
    }
    Ok(unfolded)
}

/// The adjoint of [`unfold`]: adds every entry of `columns`, shaped (batch, channel · mask row · mask column,
/// position), to the pixel that [`unfold`] takes it from: (batch, channel, row, column) with `output_size` rows and
/// columns. ⟨unfold(x), y⟩ = ⟨x, fold(y)⟩; where patches overlap, entries add up. As PyTorch's `fold` and ONNX's
/// `Col2Im`; `output_padding` and `groups` are checked and otherwise ignored.
///
/// # Errors
/// A value of the geometry is out of range, an array is empty, the mask is larger than the padded output, entries
/// or positions do not fit to `output_size` and the mask, or an array would have more than
/// [`MAX_ELEMENTS`](super::MAX_ELEMENTS) elements.
pub fn fold(
    columns: ArrayView3<f32>,
    output_size: [usize; 2],
    mask_size: [usize; 2],
    geometry: &Geometry,
) -> Result<Array4<f32>, ConvolutionError> {
    let (batch, entries, count) = columns.dim();
    let [rows, columns_along] = positions(geometry, output_size, mask_size)?;
    if bounded_product(Part::Columns, &[batch, entries, count])? == 0 {
        return Err(ConvolutionError::Empty(Part::Columns));
    }
    let mask = bounded_product(Part::Mask, &mask_size)?;
    if !entries.is_multiple_of(mask) {
        return Err(ConvolutionError::ColumnEntries { found: entries, mask });
    }
    let expected = rows.outputs * columns_along.outputs;
    if count != expected {
        return Err(ConvolutionError::ColumnCount { found: count, expected });
    }
    let channels = entries / mask;
    bounded_product(Part::Output, &[batch, channels, output_size[0], output_size[1]])?;

    let mut output = Array4::zeros((batch, channels, output_size[0], output_size[1]));
    for (columns, mut picture) in columns.outer_iter().zip(output.outer_iter_mut()) {
        each_stretch(
            [rows, columns_along],
            channels,
            |Stretch { channel, row, first, step, entry, position, length }| {
                let mut pixels = picture.slice_mut(s![channel, row, first..;step]);
                let mut pixels = pixels.slice_mut(s![..length]);
                pixels += &columns.slice(s![entry, position..position + length]);
            },
        );
    }
    Ok(output)
}

/// Where the mask stands on `input` rows and columns.
fn positions(geometry: &Geometry, input: [usize; 2], mask: [usize; 2]) -> Result<[Positions; 2], ConvolutionError> {
    let outputs = geometry.output_size(input, mask)?;
    Ok(Axis::BOTH.map(|axis| {
        let i = axis.index();
        Positions {
            input: input[i],
            padding: geometry.padding[i],
            stride: geometry.stride[i],
            dilation: geometry.dilation[i],
            taps: mask[i],
            outputs: outputs[i],
        }
    }))
}

/// Neighbouring positions of the mask and what one of its entries sees there: pixels of one row, a stride apart.
struct Stretch {
    channel: usize,
    row: usize,
    /// The first of the pixels' columns.
    first: usize,
    /// From one of them to the next.
    step: usize,
    /// The entry of the unfolded columns.
    entry: usize,
    /// The first of the positions.
    position: usize,
    length: usize,
}

/// Calls `visit` with the stretches that together make up all that lies inside the input.
fn each_stretch([rows, columns]: [Positions; 2], channels: usize, mut visit: impl FnMut(Stretch)) {
    // A stride beyond the input is never taken; slices could not have it either.
    let step = columns.stride.min(columns.input);
    for channel in 0..channels {
        for ky in rows.taps_in_use() {
            for kx in columns.taps_in_use() {
                let entry = (channel * rows.taps + ky) * columns.taps + kx;
                let across = columns.outputs_inside(kx);
                if across.is_empty() {
                    continue;
                }
                let first = columns.pixel(across.start, kx);
                for y in rows.outputs_inside(ky) {
                    let position = y * columns.outputs + across.start;
                    visit(Stretch {
                        channel,
                        row: rows.pixel(y, ky),
                        first,
                        step,
                        entry,
                        position,
                        length: across.len(),
                    });
                }
            }
        }
    }
}
