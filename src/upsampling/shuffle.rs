//! Pixel shuffle: channels become the pixels between pixels, and back.

use std::array::from_fn;

use ndarray::{Array3, ArrayView3};

use super::UpsamplingError;
use super::error::enlarged;
use crate::convolution::MAX_ELEMENTS;

/// In which order the channels of a shuffled picture lie: s² places within a block of pixels for each of c channels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ChannelOrder {
    /// All channels of the first place, then all of the second: channel (i·s + j)·c + channel, ONNX's `DCR`, which is
    /// TensorFlow's `depth_to_space` too.
    DepthFirst,
    /// All places of the first channel, then all of the second: channel·s² + i·s + j, ONNX's `CRD`, which is
    /// PyTorch's `PixelShuffle`.
    #[default]
    ColumnRow,
}

impl ChannelOrder {
    /// The deep channel that holds, of `channels`, the pixels at row `i` and column `j` of every block.
    const fn channel(self, channels: usize, channel: usize, factor: usize, [i, j]: [usize; 2]) -> usize {
        match self {
            Self::DepthFirst => (i * factor + j) * channels + channel,
            Self::ColumnRow => (channel * factor + i) * factor + j,
        }
    }
}

/// Lays the channels of `input`, shaped (c·`factor`², row, column), out as pixels: (c, `factor`·row,
/// `factor`·column).
///
/// Output pixel (y·s + i, x·s + j) of a channel is pixel (y, x) of the deep channel that `order` names for the place
/// (i, j). Nothing is computed; values are moved. It is the second half of the sub-pixel convolution (Shi et al.,
/// *Real-time single image and video super-resolution*, 2016) and ONNX's `DepthToSpace`.
///
/// # Errors
/// `factor` is 0, its square does not divide the channels, the input is empty, or it has more than [`MAX_ELEMENTS`]
/// elements.
pub fn pixel_shuffle(
    input: ArrayView3<f32>,
    factor: usize,
    order: ChannelOrder,
) -> Result<Array3<f32>, UpsamplingError> {
    let (deep, height, width) = input.dim();
    let places = places(factor)?;
    bounded(input.dim())?;
    if !deep.is_multiple_of(places) {
        return Err(UpsamplingError::Channels { found: deep, multiple: places });
    }
    let channels = deep / places;
    let input = input.as_standard_layout();
    let rows = |index: usize, y: usize| &input.as_slice().unwrap_or_default()[(index * height + y) * width..][..width];
    let mut output = Array3::zeros((channels, height * factor, width * factor));
    let lines = output.as_slice_mut().unwrap_or_default().chunks_exact_mut(width * factor);
    for (line, target) in lines.enumerate() {
        let (channel, y) = (line / (height * factor), line % (height * factor));
        let source = |j| rows(order.channel(channels, channel, factor, [y % factor, j]), y / factor);
        match factor {
            1 => target.copy_from_slice(source(0)),
            2 => interleave::<2>(from_fn(source), target),
            3 => interleave::<3>(from_fn(source), target),
            4 => interleave::<4>(from_fn(source), target),
            factor => {
                for j in 0..factor {
                    target[j..].iter_mut().step_by(factor).zip(source(j)).for_each(|(to, &from)| *to = from);
                }
            }
        }
    }
    Ok(output)
}

/// The inverse of [`pixel_shuffle`]: `input`, shaped (c, row, column), as (c·`factor`², row/`factor`,
/// column/`factor`), ONNX's `SpaceToDepth` and PyTorch's `PixelUnshuffle`.
///
/// # Errors
/// `factor` is 0 or does not divide rows and columns, the input is empty, or it has more than [`MAX_ELEMENTS`]
/// elements.
pub fn pixel_unshuffle(
    input: ArrayView3<f32>,
    factor: usize,
    order: ChannelOrder,
) -> Result<Array3<f32>, UpsamplingError> {
    let (channels, rows, columns) = input.dim();
    let places = places(factor)?;
    bounded(input.dim())?;
    if let Some(&side) = [rows, columns].iter().find(|side| !side.is_multiple_of(factor)) {
        return Err(UpsamplingError::NotAMultiple { side, factor });
    }
    let (height, width) = (rows / factor, columns / factor);
    let input = input.as_standard_layout();
    let mut output = Array3::zeros((channels * places, height, width));
    let target = output.as_slice_mut().unwrap_or_default();
    for (line, source) in input.as_slice().unwrap_or_default().chunks_exact(columns).enumerate() {
        let (channel, y) = (line / rows, line % rows);
        for j in 0..factor {
            let deep = order.channel(channels, channel, factor, [y % factor, j]);
            let row = &mut target[(deep * height + y / factor) * width..][..width];
            match factor {
                1 => row.copy_from_slice(source),
                2 => every::<2>(source, j, row),
                3 => every::<3>(source, j, row),
                4 => every::<4>(source, j, row),
                factor => row.iter_mut().zip(source[j..].iter().step_by(factor)).for_each(|(to, &from)| *to = from),
            }
        }
    }
    Ok(output)
}

/// The pixels of the rows in turn: one of each, then the next.
fn interleave<const S: usize>(rows: [&[f32]; S], target: &mut [f32]) {
    let (blocks, _) = target.as_chunks_mut::<S>();
    // Of one length, so that no access needs a check of its own.
    let rows = rows.map(|row| &row[..blocks.len()]);
    for (x, block) in blocks.iter_mut().enumerate() {
        *block = from_fn(|j| rows[j][x]);
    }
}

/// Member `j` of every S pixels of `source`.
fn every<const S: usize>(source: &[f32], j: usize, row: &mut [f32]) {
    row.iter_mut().zip(source.as_chunks::<S>().0).for_each(|(to, block)| *to = block[j]);
}

/// The pixels of a block.
pub(super) fn places(factor: usize) -> Result<usize, UpsamplingError> {
    match factor.checked_mul(factor) {
        Some(0) => Err(UpsamplingError::ZeroFactor),
        Some(places) if places <= MAX_ELEMENTS => Ok(places),
        _ => Err(UpsamplingError::TooLarge),
    }
}

/// Checks that an array has elements, and not too many: a broadcast view is far larger than its memory.
pub(super) fn bounded((channels, height, width): (usize, usize, usize)) -> Result<(), UpsamplingError> {
    let (rows, columns) = enlarged((height, width), 1)?;
    match channels.checked_mul(rows * columns) {
        Some(0) => Err(UpsamplingError::EmptyPlane),
        Some(elements) if elements <= MAX_ELEMENTS => Ok(()),
        _ => Err(UpsamplingError::TooLarge),
    }
}
