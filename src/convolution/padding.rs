//! Padding modes: what stands in the margin around an input, and the adjoint that folds the margin back.

use ndarray::{Array4, ArrayView3, ArrayView4, ArrayViewMut3, s};

use super::ConvolutionError;
use super::error::{Axis, Part};
use super::layout::bounded_product;

/// What stands in the margin that `padding` puts around an input; the names and limits are PyTorch's.
///
/// The comment of each mode shows a row `a b c d` with two pixels more on each side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PaddingMode {
    /// Zeros: `0 0 a b c d 0 0`.
    #[default]
    Zero,
    /// A mirror on the outermost pixel, which is not repeated: `c b a b c d c b`. The margin is narrower than the
    /// input.
    Reflect,
    /// The outermost pixel again and again: `a a a b c d d d`.
    Replicate,
    /// The other end of the input, as on a ring: `c d a b c d a b`. The margin is at most as wide as the input.
    Circular,
}

impl PaddingMode {
    /// Every mode, in the order to offer them in.
    pub const ALL: [Self; 4] = [Self::Zero, Self::Reflect, Self::Replicate, Self::Circular];

    /// A short lower-case name, for links and sentences.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::Reflect => "reflect",
            Self::Replicate => "replicate",
            Self::Circular => "circular",
        }
    }

    /// The widest padding of one side along an axis of `size` pixels; `None` if there is no limit.
    #[must_use]
    pub const fn limit(self, size: usize) -> Option<usize> {
        match self {
            Self::Zero | Self::Replicate => None,
            Self::Reflect => Some(size.saturating_sub(1)),
            Self::Circular => Some(size),
        }
    }

    /// The pixel that stands at `position` of the padded axis, if any: `before` pixels of margin, then `size`
    /// pixels of input, then margin again. `None` is a zero, as is everything past the mode's [`limit`](Self::limit).
    #[must_use]
    pub fn source(self, position: usize, before: usize, size: usize) -> Option<usize> {
        let last = size.checked_sub(1)?;
        let pixel = match position.checked_sub(before) {
            Some(inside) if inside < size => return Some(inside),
            // Distances to the outermost pixel are at least 1 here.
            Some(behind) => {
                let distance = behind - last;
                match self {
                    Self::Zero => None,
                    Self::Reflect => last.checked_sub(distance),
                    Self::Replicate => Some(last),
                    Self::Circular => Some(distance - 1),
                }
            }
            None => {
                let distance = before - position;
                match self {
                    Self::Zero => None,
                    Self::Reflect => Some(distance),
                    Self::Replicate => Some(0),
                    Self::Circular => size.checked_sub(distance),
                }
            }
        };
        pixel.filter(|&pixel| pixel < size)
    }

    /// Checks that this mode can fill a margin of `padding` around `size` (rows, columns).
    pub(super) fn check(self, size: [usize; 2], padding: [[usize; 2]; 2]) -> Result<(), ConvolutionError> {
        for axis in Axis::BOTH {
            let size = size[axis.index()];
            let value = padding[axis.index()].into_iter().max().unwrap_or_default();
            if let Some(limit) = self.limit(size).filter(|&limit| value > limit) {
                return Err(ConvolutionError::Margin { mode: self, axis, value, size, limit });
            }
        }
        Ok(())
    }

    /// The pixel at each position of a padded axis.
    fn sources(self, size: usize, [before, after]: [usize; 2]) -> Vec<Option<usize>> {
        (0..before + size + after).map(|position| self.source(position, before, size)).collect()
    }
}

/// Puts a margin of `padding` (per axis `[before, after]`) around every plane of `input`, shaped (batch, channel,
/// row, column), and fills it as `mode` says. As PyTorch's `pad`.
///
/// # Errors
/// `input` is empty, the margin is wider than `mode` allows, or an array would have more than
/// [`MAX_ELEMENTS`](super::MAX_ELEMENTS) elements.
pub fn pad2d(
    input: ArrayView4<f32>,
    padding: [[usize; 2]; 2],
    mode: PaddingMode,
) -> Result<Array4<f32>, ConvolutionError> {
    let (batch, channels, height, width) = input.dim();
    if bounded_product(Part::Input, &[batch, channels, height, width])? == 0 {
        return Err(ConvolutionError::Empty(Part::Input));
    }
    mode.check([height, width], padding)?;
    let padded = [padded_size(height, padding[0])?, padded_size(width, padding[1])?];
    bounded_product(Part::PaddedInput, &[batch, channels, padded[0], padded[1]])?;

    let [rows, columns] = [mode.sources(height, padding[0]), mode.sources(width, padding[1])];
    let left = padding[1][0];
    let margin = || (0..left).chain(left + width..padded[1]);
    let mut output = Array4::zeros((batch, channels, padded[0], padded[1]));
    for (plane, mut target) in input
        .outer_iter()
        .flat_map(ArrayView3::into_outer_iter)
        .zip(output.outer_iter_mut().flat_map(ArrayViewMut3::into_outer_iter_mut))
    {
        for (&source, mut line) in rows.iter().zip(target.outer_iter_mut()) {
            let Some(source) = source else { continue };
            let row = plane.row(source);
            line.slice_mut(s![left..left + width]).assign(&row);
            for column in margin() {
                line[column] = columns[column].map_or(0.0, |source| row[source]);
            }
        }
    }
    Ok(output)
}

/// The adjoint of [`pad2d`]: takes the margin of `padding` off every plane of `padded` and adds each of its pixels
/// to the one that [`pad2d`] copies there; zeros' places are dropped. ⟨pad2d(x), y⟩ = ⟨x, fold_margin(y)⟩.
///
/// # Errors
/// `padded` is empty or all margin, or the margin is wider than `mode` allows around what remains.
pub fn fold_margin(
    padded: ArrayView4<f32>,
    padding: [[usize; 2]; 2],
    mode: PaddingMode,
) -> Result<Array4<f32>, ConvolutionError> {
    let (batch, channels, height, width) = padded.dim();
    if bounded_product(Part::PaddedInput, &[batch, channels, height, width])? == 0 {
        return Err(ConvolutionError::Empty(Part::PaddedInput));
    }
    let size = [size_inside(Axis::Rows, height, padding[0])?, size_inside(Axis::Columns, width, padding[1])?];
    mode.check(size, padding)?;

    let [rows, columns] = [mode.sources(size[0], padding[0]), mode.sources(size[1], padding[1])];
    let mut output = Array4::zeros((batch, channels, size[0], size[1]));
    for (plane, mut target) in padded
        .outer_iter()
        .flat_map(ArrayView3::into_outer_iter)
        .zip(output.outer_iter_mut().flat_map(ArrayViewMut3::into_outer_iter_mut))
    {
        for (line, &source) in plane.outer_iter().zip(&rows) {
            let Some(source) = source else { continue };
            let mut row = target.row_mut(source);
            for (&value, &source) in line.iter().zip(&columns) {
                if let Some(source) = source {
                    row[source] += value;
                }
            }
        }
    }
    Ok(output)
}

fn padded_size(size: usize, [before, after]: [usize; 2]) -> Result<usize, ConvolutionError> {
    before
        .checked_add(after)
        .and_then(|both| both.checked_add(size))
        .ok_or(ConvolutionError::TooLarge(Part::PaddedInput))
}

fn size_inside(axis: Axis, span: usize, [before, after]: [usize; 2]) -> Result<usize, ConvolutionError> {
    let cropped = before.saturating_add(after);
    match span.checked_sub(cropped) {
        None | Some(0) => Err(ConvolutionError::NothingLeft { axis, span, cropped }),
        Some(size) => Ok(size),
    }
}
