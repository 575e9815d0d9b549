//! What can be wrong with a convolution's arguments, in sentences for the person who chose them.

use std::fmt;

use super::MAX_ELEMENTS;

/// An axis of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Axis {
    /// From row to row, the first entry of every pair.
    Rows,
    /// From column to column, the second entry of every pair.
    Columns,
}

impl Axis {
    /// Both axes, in the order of the pairs in [`Geometry`](super::Geometry).
    pub const BOTH: [Axis; 2] = [Axis::Rows, Axis::Columns];

    /// Where this axis stands in a pair: 0 for rows, 1 for columns.
    #[must_use]
    pub const fn index(self) -> usize {
        match self {
            Axis::Rows => 0,
            Axis::Columns => 1,
        }
    }
}

impl fmt::Display for Axis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Axis::Rows => "rows",
            Axis::Columns => "columns",
        })
    }
}

/// An array that takes part in a convolution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The array that goes in.
    Input,
    /// The weights: one mask for each pair of channels.
    Mask,
    /// The input with the zeros that padding, stride and dilation ask for; working memory.
    PaddedInput,
    /// The array that comes out; for a transposed convolution also before `padding` crops it.
    Output,
    /// The matrix C.
    Matrix,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Part::Input => "input",
            Part::Mask => "mask",
            Part::PaddedInput => "padded input",
            Part::Output => "output",
            Part::Matrix => "matrix C",
        })
    }
}

/// Why a convolution cannot be carried out. The sentence says which value is wrong and what is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConvolutionError {
    /// A stride is 0.
    ZeroStride(Axis),
    /// A dilation is 0.
    ZeroDilation(Axis),
    /// `output_padding` is not smaller than the larger of stride and dilation on its axis.
    OutputPadding {
        /// The axis it was given for.
        axis: Axis,
        /// The value that was given.
        value: usize,
        /// The first value that is too large.
        limit: usize,
    },
    /// `groups` is 0 or does not divide the channels.
    Groups {
        /// The value that was given.
        groups: usize,
        /// The channels that it has to divide.
        channels: usize,
    },
    /// `groups` is not 1 for the matrix C, which has a single channel.
    GroupedMatrix {
        /// The value that was given.
        groups: usize,
    },
    /// An array has no elements; an empty batch counts as empty, too.
    Empty(Part),
    /// The weights are made for another number of input channels.
    Channels {
        /// What the input and `groups` ask of the weights' input-channel axis.
        expected: usize,
        /// What that axis has.
        found: usize,
    },
    /// The mask, dilation included, does not fit into the padded input.
    MaskTooLarge {
        /// The axis where it does not fit.
        axis: Axis,
        /// What the mask spans: dilation · (size − 1) + 1.
        span: usize,
        /// What the input spans, padding included.
        padded: usize,
    },
    /// The padding of a transposed convolution crops everything away.
    NothingLeft {
        /// The axis where nothing is left.
        axis: Axis,
        /// What there is before cropping.
        span: usize,
        /// What both paddings take away.
        cropped: usize,
    },
    /// An array would have more than [`MAX_ELEMENTS`] elements.
    TooLarge(Part),
}

impl fmt::Display for ConvolutionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::ZeroStride(axis) => write!(f, "stride is 0 along the {axis}; it must be at least 1"),
            Self::ZeroDilation(axis) => write!(f, "dilation is 0 along the {axis}; it must be at least 1"),
            Self::OutputPadding { axis, value, limit } => write!(
                f,
                "output_padding is {value} along the {axis}; it must be smaller than the larger of stride and \
                 dilation, which is {limit}"
            ),
            Self::Groups { groups: 0, .. } => f.write_str("groups is 0; it must be at least 1"),
            Self::Groups { groups, channels } => {
                write!(f, "groups is {groups}; it must divide the channels, of which there are {channels}")
            }
            Self::GroupedMatrix { groups } => {
                write!(f, "groups is {groups}; the matrix C has a single channel and allows only 1")
            }
            Self::Empty(part) => write!(f, "the {part} is empty; every axis must be at least 1"),
            Self::Channels { expected, found } => {
                write!(
                    f,
                    "the mask is made for {found} input channels a group; the input and groups ask for {expected}"
                )
            }
            Self::MaskTooLarge { axis, span, padded } => write!(
                f,
                "the mask spans {span} {axis}, dilation included, but the padded input has only {padded}; use a \
                 smaller mask, less dilation or more padding"
            ),
            Self::NothingLeft { axis, span, cropped } => {
                write!(f, "padding crops {cropped} of {span} {axis} and leaves nothing; at least 1 must remain")
            }
            Self::TooLarge(part) => write!(f, "the {part} would have more than {MAX_ELEMENTS} elements"),
        }
    }
}

impl std::error::Error for ConvolutionError {}
