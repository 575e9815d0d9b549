//! What the array shapes and the geometry say together: all sizes of a job, checked before any memory is taken.

use super::error::{Axis, ConvolutionError, Part};
use super::geometry::{AxisGeometry, Geometry};
use super::{MAX_ELEMENTS, rows};

/// The shape of a four-dimensional array as `ndarray` gives it.
pub(super) type Shape = (usize, usize, usize, usize);

/// The product of `factors`, if it is at most [`MAX_ELEMENTS`].
pub(super) fn bounded_product(part: Part, factors: &[usize]) -> Result<usize, ConvolutionError> {
    factors
        .iter()
        .try_fold(1_usize, |product, &factor| product.checked_mul(factor))
        .filter(|&product| product <= MAX_ELEMENTS)
        .ok_or(ConvolutionError::TooLarge(part))
}

/// The stretch of one input axis that the outputs look at, zeros outside the input included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// Zeros before the first input element.
    pub lead: usize,
    /// Input elements at the beginning that no output looks at.
    pub skip: usize,
    /// Length of the stretch, zeros included.
    pub length: usize,
}

impl Window {
    fn of_convolution(geometry: AxisGeometry, mask: usize, output: usize) -> Self {
        // Neither product overflows: `output_size` has found their sum to be within the padded input.
        let length = (output - 1) * geometry.stride + (mask - 1) * geometry.dilation + 1;
        Self { lead: geometry.padding[0], skip: 0, length }
    }

    /// Output o, counted before cropping, is the sum over the taps k with k·d ≡ o (mod s) of the input at
    /// (o − k·d) / s. With o = Q·s + r and k·d = a·s + r that input is Q − a, so the stretch reaches from the
    /// smallest Q minus the largest a up to the largest Q.
    fn of_transposed(geometry: AxisGeometry, mask: usize, output: usize) -> Self {
        let first = geometry.padding[0] / geometry.stride;
        let last = (geometry.padding[0] + output - 1) / geometry.stride;
        let back = (mask - 1) * geometry.dilation / geometry.stride;
        // Far-away taps may make this longer than `usize` can say; the bound on the working copy rejects it then.
        let length = (last - first + 1).saturating_add(back);
        Self { lead: back.saturating_sub(first), skip: first.saturating_sub(back), length }
    }

    /// How many of `input` elements lie inside the stretch.
    pub fn copied(self, input: usize) -> usize {
        input.saturating_sub(self.skip).min(self.length.saturating_sub(self.lead))
    }
}

/// All sizes of a convolution or a transposed convolution.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    pub batch: usize,
    pub groups: usize,
    /// Input channels of a group.
    pub inputs: usize,
    /// Output channels of a group.
    pub outputs: usize,
    pub mask: [usize; 2],
    pub output: [usize; 2],
    pub rows: Window,
    pub columns: Window,
    /// Interleaved sequences that the columns are sorted into, so that the taps of an output row are contiguous.
    pub column_phases: usize,
    /// Length of each of those sequences.
    pub phase_width: usize,
}

impl Layout {
    /// The layout of a convolution.
    pub fn convolution(input: Shape, weight: Shape, geometry: &Geometry) -> Result<Self, ConvolutionError> {
        check_arrays(input, weight, geometry)?;
        let groups = geometry.groups;
        divides(groups, input.1)?;
        divides(groups, weight.0)?;
        same_channels(input.1 / groups, weight.1)?;
        let mask = [weight.2, weight.3];
        let output = geometry.output_size([input.2, input.3], mask)?;
        let columns = Window::of_convolution(geometry.axis(Axis::Columns), mask[1], output[1]);
        Self {
            batch: input.0,
            groups,
            inputs: input.1 / groups,
            outputs: weight.0 / groups,
            mask,
            output,
            rows: Window::of_convolution(geometry.axis(Axis::Rows), mask[0], output[0]),
            columns,
            // A stride beyond the last column leaves sequences without a member.
            column_phases: geometry.stride[1].min(columns.length),
            phase_width: columns.length.div_ceil(geometry.stride[1]),
        }
        .bounded()
    }

    /// The layout of a transposed convolution.
    pub fn transposed(input: Shape, weight: Shape, geometry: &Geometry) -> Result<Self, ConvolutionError> {
        check_arrays(input, weight, geometry)?;
        let groups = geometry.groups;
        divides(groups, input.1)?;
        same_channels(input.1, weight.0)?;
        let mask = [weight.2, weight.3];
        let output = geometry.transposed_output_size([input.2, input.3], mask)?;
        let columns = Window::of_transposed(geometry.axis(Axis::Columns), mask[1], output[1]);
        Self {
            batch: input.0,
            groups,
            inputs: input.1 / groups,
            outputs: weight.1,
            mask,
            output,
            rows: Window::of_transposed(geometry.axis(Axis::Rows), mask[0], output[0]),
            columns,
            column_phases: 1,
            phase_width: columns.length,
        }
        .bounded()
    }

    /// Shape of the output array.
    pub fn output_shape(&self) -> Shape {
        (self.batch, self.groups * self.outputs, self.output[0], self.output[1])
    }

    /// Pixels of an output plane.
    pub fn output_plane(&self) -> usize {
        self.output[0] * self.output[1]
    }

    /// Elements from a row of the working copy to the next.
    pub fn pitch(&self) -> usize {
        self.column_phases * self.phase_width
    }

    /// Elements of one channel of the working copy.
    pub fn source_plane(&self) -> usize {
        self.rows.length * self.pitch()
    }

    /// Elements of the working copy of one group, with the tail that whole blocks read past the end.
    pub fn source_length(&self) -> usize {
        self.inputs * self.source_plane() + rows::OVERREAD
    }

    fn bounded(self) -> Result<Self, ConvolutionError> {
        bounded_product(Part::Output, &[self.batch, self.groups, self.outputs, self.output[0], self.output[1]])?;
        bounded_product(Part::PaddedInput, &[self.inputs, self.rows.length, self.column_phases, self.phase_width])?;
        Ok(self)
    }
}

fn check_arrays(input: Shape, weight: Shape, geometry: &Geometry) -> Result<(), ConvolutionError> {
    geometry.check()?;
    for (part, shape) in [(Part::Input, input), (Part::Mask, weight)] {
        // Bounded too, although they exist already: a broadcast view is far larger than its memory.
        if bounded_product(part, &[shape.0, shape.1, shape.2, shape.3])? == 0 {
            return Err(ConvolutionError::Empty(part));
        }
    }
    Ok(())
}

fn divides(groups: usize, channels: usize) -> Result<(), ConvolutionError> {
    if channels.is_multiple_of(groups) { Ok(()) } else { Err(ConvolutionError::Groups { groups, channels }) }
}

fn same_channels(expected: usize, found: usize) -> Result<(), ConvolutionError> {
    if expected == found { Ok(()) } else { Err(ConvolutionError::Channels { expected, found }) }
}
