//! Where a window or a mask stands along one axis, and which of its taps lie on the input.

use std::ops::Range;

/// The positions of a window along one axis. Tap k of output o lies at o·stride + k·dilation of the padded axis.
///
/// Whoever makes one has checked that every such sum is within the range of `usize`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Positions {
    /// Pixels of the input.
    pub input: usize,
    /// Margin before and after.
    pub padding: [usize; 2],
    pub stride: usize,
    pub dilation: usize,
    /// Entries of the window.
    pub taps: usize,
    /// How many positions there are.
    pub outputs: usize,
}

impl Positions {
    /// The input pixel under `tap` of `output`, which must lie inside.
    pub fn pixel(&self, output: usize, tap: usize) -> usize {
        output * self.stride + tap * self.dilation - self.padding[0]
    }

    /// The taps of `output` that lie on the input.
    pub fn taps_inside(&self, output: usize) -> Range<usize> {
        self.taps_between(output, self.padding[0], self.padding[0] + self.input)
    }

    /// How many taps of `output` lie on the input or its margin; only in ceil mode not all.
    pub fn taps_on_padded(&self, output: usize) -> usize {
        self.taps_between(output, 0, self.padding[0] + self.input + self.padding[1]).len()
    }

    /// The outputs whose `tap` lies on the input.
    pub fn outputs_inside(&self, tap: usize) -> Range<usize> {
        let [start, end] = [self.padding[0], self.padding[0] + self.input]
            .map(|edge| edge.saturating_sub(tap * self.dilation).div_ceil(self.stride).min(self.outputs));
        start..end
    }

    /// The taps that lie on the input for one output or another.
    pub fn taps_in_use(&self) -> Range<usize> {
        self.taps_inside(self.outputs - 1).start..self.taps_inside(0).end
    }

    /// The first output that has no tap on the input.
    pub fn first_empty(&self) -> Option<usize> {
        // Windows that start on the input have their first tap there; of those that start behind it the first is
        // as good as any.
        let (before, end) = (self.padding[0], self.padding[0] + self.input);
        let leading = (0..before.div_ceil(self.stride)).take_while(|&output| output < self.outputs);
        let behind = Some(end.div_ceil(self.stride)).filter(|&output| output < self.outputs);
        leading.chain(behind).find(|&output| self.taps_inside(output).is_empty())
    }

    fn taps_between(&self, output: usize, start: usize, end: usize) -> Range<usize> {
        let [start, end] =
            [start, end].map(|edge| edge.saturating_sub(output * self.stride).div_ceil(self.dilation).min(self.taps));
        start..end
    }
}
