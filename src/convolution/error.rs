//! What can be wrong with a convolution's arguments, in sentences for the person who chose them.

use std::fmt;

use super::{MAX_ELEMENTS, PaddingMode};

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
    /// The pixels that a pooling looks at together.
    Window,
    /// The patches of an input side by side, as [`unfold`](super::unfold()) gives them.
    Columns,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Part::Input => "input",
            Part::Mask => "mask",
            Part::PaddedInput => "padded input",
            Part::Output => "output",
            Part::Matrix => "matrix C",
            Part::Window => "window",
            Part::Columns => "array of unfolded columns",
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
    /// The margin is wider than the padding mode can fill from the input.
    Margin {
        /// The mode that was asked for.
        mode: PaddingMode,
        /// The axis it was asked for.
        axis: Axis,
        /// The padding of one side.
        value: usize,
        /// What the input has along that axis.
        size: usize,
        /// The widest padding of a side that this mode allows there.
        limit: usize,
    },
    /// A size was asked for that a transposed convolution cannot have with this input and geometry.
    TransposedSize {
        /// The axis it was asked for.
        axis: Axis,
        /// The value that was given.
        value: usize,
        /// The smallest size that is possible.
        smallest: usize,
        /// The largest size that is possible.
        largest: usize,
    },
    /// The window of a pooling, dilation included, does not fit into the padded input.
    WindowTooLarge {
        /// The axis where it does not fit.
        axis: Axis,
        /// What the window spans: dilation · (size − 1) + 1.
        span: usize,
        /// What the input spans, padding included.
        padded: usize,
    },
    /// A window of a pooling would see no pixel of the input.
    EmptyWindow {
        /// The axis along which it misses the input.
        axis: Axis,
        /// Which output along that axis the window belongs to, counted from 0.
        output: usize,
    },
    /// The exponent of a p-norm is not a finite number above 0.
    Exponent {
        /// The value that was given as [`f64::to_bits`], so that errors can be compared and hashed.
        bits: u64,
    },
    /// A switch of an unpooling points outside the output.
    Switch {
        /// The value that was given.
        value: usize,
        /// The first value that is too large: the pixels of an output plane.
        limit: usize,
    },
    /// Values and switches of an unpooling are not shaped alike.
    SwitchesShape {
        /// (batch, channel, row, column) of the values.
        values: (usize, usize, usize, usize),
        /// (batch, channel, row, column) of the switches.
        switches: (usize, usize, usize, usize),
    },
    /// The entries of an unfolded column are not a multiple of the mask's.
    ColumnEntries {
        /// What each column has.
        found: usize,
        /// The entries of one mask, which have to divide it.
        mask: usize,
    },
    /// There are more or fewer unfolded columns than positions of the mask.
    ColumnCount {
        /// Columns that were given.
        found: usize,
        /// Positions of the mask.
        expected: usize,
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
            Self::Margin { mode, axis, value, size, limit } => write!(
                f,
                "padding is {value} along the {axis}; {} padding of {size} {axis} allows at most {limit} on each side",
                mode.slug()
            ),
            Self::TransposedSize { axis, value, smallest, largest } if smallest == largest => {
                write!(f, "the output size is {value} along the {axis}; this input and geometry allow only {largest}")
            }
            Self::TransposedSize { axis, value, smallest, largest } => write!(
                f,
                "the output size is {value} along the {axis}; this input and geometry allow {smallest} to {largest}"
            ),
            Self::WindowTooLarge { axis, span, padded } => write!(
                f,
                "the window spans {span} {axis}, dilation included, but the padded input has only {padded}; use a \
                 smaller window, less dilation or more padding"
            ),
            Self::EmptyWindow { axis, output } => write!(
                f,
                "the window of output {output} along the {axis} would see no pixel of the input; use less padding, less \
                 dilation or a larger window"
            ),
            Self::Exponent { bits } => {
                write!(f, "the exponent p is {}; it must be a finite number above 0", f64::from_bits(bits))
            }
            Self::Switch { value, limit } => {
                write!(f, "a switch is {value}; it must be smaller than the pixels of the output, which are {limit}")
            }
            Self::SwitchesShape { values, switches } => {
                write!(f, "the switches are shaped {switches:?}, the values {values:?}; both must be the same")
            }
            Self::ColumnEntries { found, mask } => {
                write!(f, "a column has {found} entries; they must be a multiple of the mask's, which are {mask}")
            }
            Self::ColumnCount { found, expected } => {
                write!(f, "there are {found} columns; this output and mask ask for {expected}")
            }
            Self::TooLarge(part) => write!(f, "the {part} would have more than {MAX_ELEMENTS} elements"),
        }
    }
}

impl std::error::Error for ConvolutionError {}
