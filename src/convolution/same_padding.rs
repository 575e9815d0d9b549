//! Automatic padding: margins that follow from the size that is wished for, as ONNX's `auto_pad` and
//! `output_shape`.

use super::error::{Axis, ConvolutionError, Part};
use super::geometry::Geometry;
use super::pooling::Pooling;

/// Which side gets the larger share of a margin that cannot be halved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SamePadding {
    /// The end: ONNX's `SAME_UPPER`.
    #[default]
    Upper,
    /// The beginning: ONNX's `SAME_LOWER`.
    Lower,
}

impl SamePadding {
    /// `total` as `[before, after]`.
    const fn split(self, total: usize) -> [usize; 2] {
        let [less, more] = [total / 2, total.div_ceil(2)];
        match self {
            Self::Upper => [less, more],
            Self::Lower => [more, less],
        }
    }
}

impl Geometry {
    /// This geometry with the padding that makes a convolution's output ⌈in / stride⌉ large on each axis: the
    /// input's own size for stride 1.
    ///
    /// # Errors
    /// As [`Geometry::output_size`], whatever padding the geometry had.
    pub fn with_same_padding(
        self,
        input: [usize; 2],
        mask: [usize; 2],
        same: SamePadding,
    ) -> Result<Self, ConvolutionError> {
        self.check()?;
        let padding = |axis| same_padding(self, axis, input[Axis::index(axis)], mask[Axis::index(axis)], same);
        let geometry = Self { padding: [padding(Axis::Rows)?, padding(Axis::Columns)?], ..self };
        geometry.output_size(input, mask)?;
        Ok(geometry)
    }

    /// This geometry with the padding that makes a transposed convolution's output in · stride large on each axis.
    ///
    /// # Errors
    /// As [`Geometry::with_transposed_size`].
    pub fn with_same_transposed_padding(
        self,
        input: [usize; 2],
        mask: [usize; 2],
        same: SamePadding,
    ) -> Result<Self, ConvolutionError> {
        let size = |i: usize| input[i].checked_mul(self.stride[i]).ok_or(ConvolutionError::TooLarge(Part::Output));
        self.with_transposed_size(input, mask, [size(0)?, size(1)?], same)
    }

    /// This geometry with the padding that gives a transposed convolution an output of `size` rows and columns;
    /// where even no padding leaves it too small, with more `output_padding`. ONNX's `output_shape`, whose default
    /// of `auto_pad` splits as [`SamePadding::Lower`].
    ///
    /// # Errors
    /// A value of the geometry other than its padding is out of range, an axis of `input`, `mask` or `size` is 0,
    /// `size` is beyond the reach of `output_padding`, or the output has more than
    /// [`MAX_ELEMENTS`](super::MAX_ELEMENTS) pixels.
    pub fn with_transposed_size(
        self,
        input: [usize; 2],
        mask: [usize; 2],
        size: [usize; 2],
        same: SamePadding,
    ) -> Result<Self, ConvolutionError> {
        let mut geometry = Self { padding: [[0; 2]; 2], ..self };
        geometry.check()?;
        for axis in Axis::BOTH {
            let i = axis.index();
            let along = geometry.axis(axis);
            let whole = along.transposed_output_size(input[i], mask[i])?;
            // What is missing comes from output_padding as far as that may grow.
            let spare = along.stride.max(along.dilation) - 1 - along.output_padding;
            let missing = size[i].saturating_sub(whole);
            if size[i] == 0 || missing > spare {
                let largest = whole.saturating_add(spare);
                return Err(ConvolutionError::TransposedSize { axis, value: size[i], smallest: 1, largest });
            }
            geometry.output_padding[i] += missing;
            geometry.padding[i] = same.split(whole.saturating_sub(size[i]));
        }
        geometry.transposed_output_size(input, mask)?;
        Ok(geometry)
    }
}

impl Pooling {
    /// This pooling with the padding that makes its output ⌈in / stride⌉ large on each axis.
    ///
    /// # Errors
    /// As [`Pooling::output_size`], whatever padding the pooling had.
    pub fn with_same_padding(self, input: [usize; 2], same: SamePadding) -> Result<Self, ConvolutionError> {
        self.check_window()?;
        let padding =
            |axis| same_padding(self.geometry(), axis, input[Axis::index(axis)], self.window[Axis::index(axis)], same);
        let pooling = Self { padding: [padding(Axis::Rows)?, padding(Axis::Columns)?], ..self };
        pooling.output_size(input)?;
        Ok(pooling)
    }
}

/// The margin along one axis that gives ⌈input / stride⌉ outputs; stride and dilation have been checked.
fn same_padding(
    geometry: Geometry,
    axis: Axis,
    input: usize,
    mask: usize,
    same: SamePadding,
) -> Result<[usize; 2], ConvolutionError> {
    for (part, size) in [(Part::Input, input), (Part::Mask, mask)] {
        if size == 0 {
            return Err(ConvolutionError::Empty(part));
        }
    }
    let along = geometry.axis(axis);
    // ⌈input / stride⌉ − 1 steps, and the mask; the steps alone are shorter than the input.
    let travel = (input - 1) / along.stride * along.stride;
    let needed = along.span(mask).and_then(|span| span.checked_add(travel));
    let needed = needed.ok_or(ConvolutionError::TooLarge(Part::PaddedInput))?;
    Ok(same.split(needed.saturating_sub(input)))
}
