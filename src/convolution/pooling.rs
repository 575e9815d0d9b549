//! The geometry of a pooling: its window, how the window moves, and the sizes that follow.

use super::error::{Axis, ConvolutionError, Part};
use super::layout::bounded_product;
use super::positions::Positions;

/// How a pooling's window moves over its input. Pairs are (rows, columns); all lengths are in pixels.
///
/// The names are PyTorch's. `padding` may differ before and after and may be wider than half the window, as long
/// as every window sees a pixel of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pooling {
    /// Rows and columns of the window, at least 1.
    pub window: [usize; 2],
    /// Step from one window to the next, at least 1.
    pub stride: [usize; 2],
    /// Per axis `[before, after]`: how far windows may reach beyond the input.
    pub padding: [[usize; 2]; 2],
    /// Distance between neighbouring pixels of a window, at least 1.
    pub dilation: [usize; 2],
    /// Whether a last window that reaches beyond the padding counts, too; it has to start inside the input or the
    /// padding before it.
    pub ceil_mode: bool,
}

impl Default for Pooling {
    /// Windows of 2 × 2 that lie side by side.
    fn default() -> Self {
        Self::of_window([2; 2])
    }
}

impl Pooling {
    /// Windows of `window` rows and columns that lie side by side, without padding: PyTorch's default.
    #[must_use]
    pub const fn of_window(window: [usize; 2]) -> Self {
        Self { window, stride: window, padding: [[0; 2]; 2], dilation: [1; 2], ceil_mode: false }
    }

    /// Rows and columns that this pooling makes of `input` rows and columns:
    /// ⌊(in + p₀ + p₁ − d(k−1) − 1) / s⌋ + 1 on each axis, with ⌈ ⌉ and less a last window that would start behind
    /// the input if `ceil_mode` is set.
    ///
    /// # Errors
    /// A value is out of its range, an axis of `input` or the window is 0, the window does not fit into the padded
    /// input, a window would see no pixel of the input, or the window or the output has more than
    /// [`MAX_ELEMENTS`](super::MAX_ELEMENTS) pixels.
    pub fn output_size(&self, input: [usize; 2]) -> Result<[usize; 2], ConvolutionError> {
        let [rows, columns] = self.positions(input)?;
        Ok([rows.outputs, columns.outputs])
    }

    /// Rows and columns of the picture that pooled to `input` rows and columns, if nothing was left over at its
    /// end: (in − 1)s − p₀ − p₁ + d(k−1) + 1 on each axis, the size that an unpooling makes unless told another.
    ///
    /// # Errors
    /// A value is out of its range, an axis of `input` or the window is 0, padding crops everything away, or the
    /// result has more than [`MAX_ELEMENTS`](super::MAX_ELEMENTS) pixels.
    pub fn unpooled_size(&self, input: [usize; 2]) -> Result<[usize; 2], ConvolutionError> {
        self.check_window()?;
        self.geometry().transposed_output_size(input, self.window)
    }

    /// Where the windows stand on an input of `input` rows and columns, everything checked.
    pub(super) fn positions(&self, input: [usize; 2]) -> Result<[Positions; 2], ConvolutionError> {
        self.check_window()?;
        let along = |axis: Axis| {
            let i = axis.index();
            let positions = Positions {
                input: input[i],
                padding: self.padding[i],
                stride: self.stride[i],
                dilation: self.dilation[i],
                taps: self.window[i],
                outputs: self.outputs(axis, input[i])?,
            };
            match positions.first_empty() {
                Some(output) => Err(ConvolutionError::EmptyWindow { axis, output }),
                None => Ok(positions),
            }
        };
        let positions = [along(Axis::Rows)?, along(Axis::Columns)?];
        bounded_product(Part::Output, &positions.map(|positions| positions.outputs))?;
        Ok(positions)
    }

    /// The convolution geometry whose mask moves as this window does, `ceil_mode` apart.
    pub(super) fn geometry(&self) -> super::Geometry {
        let Self { stride, padding, dilation, .. } = *self;
        super::Geometry { stride, padding, dilation, ..super::Geometry::default() }
    }

    pub(super) fn check_window(&self) -> Result<(), ConvolutionError> {
        self.geometry().check()?;
        match bounded_product(Part::Window, &self.window)? {
            0 => Err(ConvolutionError::Empty(Part::Window)),
            _ => Ok(()),
        }
    }

    /// Windows along one axis, whose values but for the sizes have been checked.
    fn outputs(&self, axis: Axis, input: usize) -> Result<usize, ConvolutionError> {
        let i = axis.index();
        if input == 0 {
            return Err(ConvolutionError::Empty(Part::Input));
        }
        let (stride, [before, after]) = (self.stride[i], self.padding[i]);
        let too_large = ConvolutionError::TooLarge(Part::PaddedInput);
        let padded = before.checked_add(after).and_then(|both| both.checked_add(input)).ok_or(too_large)?;
        // In ceil mode windows may reach this much beyond the padded input.
        let beyond = if self.ceil_mode { stride - 1 } else { 0 };
        let room = padded.checked_add(beyond).ok_or(too_large)?;
        let span = self.geometry().axis(axis).span(self.window[i]).unwrap_or(usize::MAX);
        let Some(travel) = room.checked_sub(span) else {
            return Err(ConvolutionError::WindowTooLarge { axis, span, padded });
        };
        let last = travel / stride;
        let behind = self.ceil_mode && last > 0 && last * stride >= before + input;
        let outputs = if behind { last } else { last + 1 };
        // Bounded before anyone goes through them.
        bounded_product(Part::Output, &[outputs])
    }
}
