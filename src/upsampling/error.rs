//! What can be wrong with an up-sampling's arguments, and the bound on its output.

use std::fmt;

use super::MAX_PERIOD;
use crate::convolution::{ConvolutionError, MAX_ELEMENTS};

/// Why a plane cannot be up-sampled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UpsamplingError {
    /// The factor (the stride of a transposed convolution) is 0.
    ZeroFactor,
    /// The side of a mask is 0.
    EmptyMask,
    /// The plane has no pixels.
    EmptyPlane,
    /// What is given, or an array on the way to the result, has or would have more than [`MAX_ELEMENTS`] elements.
    TooLarge,
    /// The picture with the margin that a mask looks at would have more than [`MAX_ELEMENTS`] pixels.
    MarginTooLarge,
    /// The result would have more than [`MAX_ELEMENTS`] pixels.
    ResultTooLarge {
        /// The largest whole scale at which this picture fits; 0 if it is too large itself.
        largest: usize,
    },
    /// A side of the result would be 0 pixels.
    EmptyResult,
    /// A scale is not a number above 0.
    BadScale,
    /// The slope of a bicubic kernel is not a number.
    BadSlope,
    /// An output's position among the inputs is not a number, or lies too far away to count in.
    BadPosition,
    /// A side of this many pixels, wanted or given, is too long for a table of weights.
    SideTooLong(usize),
    /// The plane, or the array for the result, is not of the size that was announced.
    WrongSize {
        /// (rows, columns) as announced.
        expected: [usize; 2],
        /// (rows, columns) as given.
        given: [usize; 2],
    },
    /// A side of the picture to reduce is no multiple of the factor.
    NotAMultiple {
        /// The side's length in pixels.
        side: usize,
        /// The factor.
        factor: usize,
    },
    /// The transposed convolution, or the geometry to count overlaps for, is not possible.
    Convolution(ConvolutionError),
    /// A layer of a stack crops away all that it paints.
    NothingLeft,
    /// A layer's weights are not as many as its mask has entries.
    MaskSize,
    /// The paths to an output pixel of a stack are more than 64 bits can count.
    CountTooLarge,
    /// The plane is too small for the score of its checkerboard: its smaller side should be at least the number here.
    FewPeriods(usize),
    /// The period of a checkerboard to score is above [`MAX_PERIOD`](super::MAX_PERIOD).
    LongPeriod,
    /// The channels of a pixel shuffle are not a multiple of the factor squared.
    Channels {
        /// How many there are.
        found: usize,
        /// The factor squared.
        multiple: usize,
    },
    /// A sub-pixel convolution has more or fewer filters than a block has pixels.
    Filters {
        /// How many were given.
        found: usize,
        /// The factor squared.
        expected: usize,
    },
}

impl fmt::Display for UpsamplingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ZeroFactor => f.write_str("the factor is 0; it must be at least 1"),
            Self::EmptyMask => f.write_str("the mask's side is 0; it must be at least 1"),
            Self::EmptyPlane => f.write_str("the picture is empty; it needs at least one pixel"),
            Self::TooLarge => write!(
                f,
                "this takes an array of more than {MAX_ELEMENTS} elements; make the picture, the mask or the factor smaller"
            ),
            Self::MarginTooLarge => write!(
                f,
                "the picture and the margin that the mask looks at would have more than {MAX_ELEMENTS} pixels together; make \
                 the mask or the picture smaller"
            ),
            Self::ResultTooLarge { largest: 0 } => {
                write!(f, "the picture has more than {MAX_ELEMENTS} pixels; take a smaller one or a part of it")
            }
            Self::ResultTooLarge { largest } => write!(
                f,
                "the result would have more than {MAX_ELEMENTS} pixels; the largest whole scale that fits is {largest}"
            ),
            Self::EmptyResult => {
                f.write_str("the result would have no pixels; take a larger size or scale, so that a pixel is left")
            }
            Self::BadScale => f.write_str("the scale must be a number above 0, for example 2 or 0.5"),
            Self::BadSlope => {
                f.write_str("the slope of the bicubic kernel must be a number, for example -0.5 or -0.75")
            }
            Self::BadPosition => f.write_str("the part to resize must begin and end at numbers near the picture"),
            Self::SideTooLong(side) => {
                write!(f, "a side of {side} pixels is too long to resize; cut the picture into shorter parts")
            }
            Self::WrongSize { expected, given } => write!(
                f,
                "the array has {} × {} pixels, but {} × {} were announced; plan anew for its size",
                given[0], given[1], expected[0], expected[1]
            ),
            Self::NotAMultiple { side, factor } if side < factor => write!(
                f,
                "a side of {side} pixels cannot be reduced by {factor}; take a larger picture, with sides of {factor} pixels or \
                 a multiple of that"
            ),
            Self::NotAMultiple { side, factor } => write!(
                f,
                "a side of {side} pixels cannot be reduced by {factor}; crop it to {} or another multiple of {factor}",
                side / factor.max(&1) * factor
            ),
            Self::Convolution(error) => error.fmt(f),
            Self::NothingLeft => f.write_str("the padding crops all of a layer's output; it must be smaller"),
            Self::MaskSize => f.write_str("a layer must have as many weights as its mask has entries"),
            Self::CountTooLarge => f.write_str("the overlaps are too many to count; make the masks smaller"),
            Self::FewPeriods(side) => {
                write!(f, "the picture is too small to score its checkerboard; it needs {side} × {side} pixels")
            }
            Self::LongPeriod => write!(f, "the scale is too large to score a checkerboard; it may be {MAX_PERIOD}"),
            Self::Channels { found, multiple } => {
                write!(
                    f,
                    "there are {found} channels; they must be a multiple of the factor squared, which is {multiple}"
                )
            }
            Self::Filters { found, expected } => {
                write!(
                    f,
                    "there are {found} filters; there must be one for each pixel of a block, which are {expected}"
                )
            }
        }
    }
}

impl std::error::Error for UpsamplingError {}

impl From<ConvolutionError> for UpsamplingError {
    fn from(error: ConvolutionError) -> Self {
        Self::Convolution(error)
    }
}

/// Rows and columns of a plane of `size` made `factor` times as large.
pub(super) fn enlarged(size: (usize, usize), factor: usize) -> Result<(usize, usize), UpsamplingError> {
    if factor == 0 {
        return Err(UpsamplingError::ZeroFactor);
    }
    if size.0 == 0 || size.1 == 0 {
        return Err(UpsamplingError::EmptyPlane);
    }
    let refusal = UpsamplingError::ResultTooLarge { largest: largest_scale(size, usize::MAX) };
    let rows = size.0.checked_mul(factor).ok_or(refusal)?;
    let columns = size.1.checked_mul(factor).ok_or(refusal)?;
    match rows.checked_mul(columns) {
        Some(pixels) if pixels <= MAX_ELEMENTS => Ok((rows, columns)),
        _ => Err(refusal),
    }
}

/// The largest whole scale at which a plane of `size` has at most [`MAX_ELEMENTS`] pixels and no side is longer than
/// `longest`, 0 if there is none.
pub(super) fn largest_scale(size: (usize, usize), longest: usize) -> usize {
    match size.0.checked_mul(size.1) {
        Some(0) | None => 0,
        Some(pixels) => (MAX_ELEMENTS / pixels).isqrt().min(longest / size.0.max(size.1)),
    }
}
