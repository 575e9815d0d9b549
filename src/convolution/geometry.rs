//! The geometry of a convolution: stride, padding, dilation, output padding and groups, and the sizes they give.

use super::error::{Axis, ConvolutionError, Part};
use super::layout::bounded_product;

/// How a mask moves over its input. Pairs are (rows, columns); all lengths are in pixels.
///
/// The names are PyTorch's, with one freedom more: `padding` may differ before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Geometry {
    /// Step from one mask position to the next, at least 1.
    pub stride: [usize; 2],
    /// Per axis `[before, after]`: zeros added to the input of a convolution; pixels cropped from the output of
    /// a transposed convolution.
    pub padding: [[usize; 2]; 2],
    /// Distance between neighbouring mask entries, at least 1.
    pub dilation: [usize; 2],
    /// Pixels added after the output of a transposed convolution, smaller than the larger of stride and dilation
    /// on that axis. A convolution checks this and otherwise ignores it.
    pub output_padding: [usize; 2],
    /// Number of groups of channels that do not see each other, at least 1; divides both channel numbers.
    pub groups: usize,
}

impl Default for Geometry {
    /// Stride 1, no padding, dilation 1, no output padding, one group.
    fn default() -> Self {
        Self { stride: [1; 2], padding: [[0; 2]; 2], dilation: [1; 2], output_padding: [0; 2], groups: 1 }
    }
}

impl Geometry {
    /// Rows and columns that a convolution makes of `input` rows and columns with a mask of `mask` rows and
    /// columns: ⌊(in + p₀ + p₁ − d(k−1) − 1) / s⌋ + 1 on each axis (Dumoulin and Visin, 2016).
    ///
    /// # Errors
    /// A value of the geometry is out of its range, an axis of `input` or `mask` is 0, the mask is larger than
    /// the padded input, or the output has more than [`MAX_ELEMENTS`](super::MAX_ELEMENTS) pixels.
    pub fn output_size(&self, input: [usize; 2], mask: [usize; 2]) -> Result<[usize; 2], ConvolutionError> {
        self.sizes(input, mask, AxisGeometry::output_size)
    }

    /// Rows and columns that a transposed convolution makes of `input` rows and columns with a mask of `mask`
    /// rows and columns: (in − 1)s − p₀ − p₁ + d(k−1) + output_padding + 1 on each axis
    /// (Dumoulin and Visin, 2016).
    ///
    /// # Errors
    /// A value of the geometry is out of its range, an axis of `input` or `mask` is 0, padding crops everything
    /// away, or the output has more than [`MAX_ELEMENTS`](super::MAX_ELEMENTS) pixels.
    pub fn transposed_output_size(&self, input: [usize; 2], mask: [usize; 2]) -> Result<[usize; 2], ConvolutionError> {
        self.sizes(input, mask, AxisGeometry::transposed_output_size)
    }

    /// Checks what depends on the geometry alone.
    pub(super) fn check(&self) -> Result<(), ConvolutionError> {
        if self.groups == 0 {
            return Err(ConvolutionError::Groups { groups: 0, channels: 0 });
        }
        Axis::BOTH.into_iter().try_for_each(|axis| self.axis(axis).check())
    }

    /// What this geometry says about one axis.
    pub(crate) fn axis(&self, axis: Axis) -> AxisGeometry {
        let i = axis.index();
        AxisGeometry {
            axis,
            stride: self.stride[i],
            padding: self.padding[i],
            dilation: self.dilation[i],
            output_padding: self.output_padding[i],
        }
    }

    fn sizes(
        &self,
        input: [usize; 2],
        mask: [usize; 2],
        size: impl Fn(AxisGeometry, usize, usize) -> Result<usize, ConvolutionError>,
    ) -> Result<[usize; 2], ConvolutionError> {
        self.check()?;
        let rows = size(self.axis(Axis::Rows), input[0], mask[0])?;
        let columns = size(self.axis(Axis::Columns), input[1], mask[1])?;
        bounded_product(Part::Output, &[rows, columns])?;
        Ok([rows, columns])
    }
}

/// A [`Geometry`] along one axis.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AxisGeometry {
    pub axis: Axis,
    pub stride: usize,
    pub padding: [usize; 2],
    pub dilation: usize,
    pub output_padding: usize,
}

impl AxisGeometry {
    /// Checks stride, dilation and output padding.
    pub fn check(self) -> Result<(), ConvolutionError> {
        let Self { axis, stride, dilation, output_padding: value, .. } = self;
        if stride == 0 {
            return Err(ConvolutionError::ZeroStride(axis));
        }
        if dilation == 0 {
            return Err(ConvolutionError::ZeroDilation(axis));
        }
        let limit = stride.max(dilation);
        if value >= limit {
            return Err(ConvolutionError::OutputPadding { axis, value, limit });
        }
        Ok(())
    }

    /// What a mask of `mask` ≥ 1 entries spans with its dilation; `None` beyond the range of `usize`.
    pub fn span(self, mask: usize) -> Option<usize> {
        (mask - 1).checked_mul(self.dilation)?.checked_add(1)
    }

    /// Size of a convolution's output; at least 1.
    pub fn output_size(self, input: usize, mask: usize) -> Result<usize, ConvolutionError> {
        self.check_sizes(input, mask)?;
        let padded = self.padding[0]
            .checked_add(self.padding[1])
            .and_then(|padding| padding.checked_add(input))
            .ok_or(ConvolutionError::TooLarge(Part::PaddedInput))?;
        match self.span(mask) {
            Some(span) if span <= padded => Ok((padded - span) / self.stride + 1),
            span => {
                let span = span.unwrap_or(usize::MAX);
                Err(ConvolutionError::MaskTooLarge { axis: self.axis, span, padded })
            }
        }
    }

    /// Size of a transposed convolution's output; at least 1. Succeeds only if the size before cropping is
    /// within the range of `usize`, so that callers may compute any part of it.
    pub fn transposed_output_size(self, input: usize, mask: usize) -> Result<usize, ConvolutionError> {
        self.check_sizes(input, mask)?;
        let painted = (input - 1).checked_mul(self.stride).zip(self.span(mask)).and_then(|(a, b)| a.checked_add(b));
        let span = painted
            .and_then(|painted| painted.checked_add(self.output_padding))
            .ok_or(ConvolutionError::TooLarge(Part::Output))?;
        let cropped = self.padding[0].saturating_add(self.padding[1]);
        match span.checked_sub(cropped) {
            None | Some(0) => Err(ConvolutionError::NothingLeft { axis: self.axis, span, cropped }),
            Some(size) => Ok(size),
        }
    }

    fn check_sizes(self, input: usize, mask: usize) -> Result<(), ConvolutionError> {
        self.check()?;
        if input == 0 {
            return Err(ConvolutionError::Empty(Part::Input));
        }
        if mask == 0 {
            return Err(ConvolutionError::Empty(Part::Mask));
        }
        Ok(())
    }
}
