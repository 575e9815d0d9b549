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
    /// The output or the mask would have more than [`MAX_ELEMENTS`] elements.
    TooLarge,
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
}

impl fmt::Display for UpsamplingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ZeroFactor => f.write_str("the factor is 0; it must be at least 1"),
            Self::EmptyMask => f.write_str("the mask's side is 0; it must be at least 1"),
            Self::EmptyPlane => f.write_str("the picture is empty; it needs at least one pixel"),
            Self::TooLarge => write!(f, "the result would have more than {MAX_ELEMENTS} elements"),
            Self::Convolution(error) => error.fmt(f),
            Self::NothingLeft => f.write_str("the padding crops all of a layer's output; it must be smaller"),
            Self::MaskSize => f.write_str("a layer must have as many weights as its mask has entries"),
            Self::CountTooLarge => f.write_str("the overlaps are too many to count; make the masks smaller"),
            Self::FewPeriods(side) => {
                write!(f, "the picture is too small to score its checkerboard; it needs {side} × {side} pixels")
            }
            Self::LongPeriod => write!(f, "the scale is too large to score a checkerboard; it may be {MAX_PERIOD}"),
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
    let rows = size.0.checked_mul(factor).ok_or(UpsamplingError::TooLarge)?;
    let columns = size.1.checked_mul(factor).ok_or(UpsamplingError::TooLarge)?;
    match rows.checked_mul(columns) {
        Some(pixels) if pixels <= MAX_ELEMENTS => Ok((rows, columns)),
        _ => Err(UpsamplingError::TooLarge),
    }
}
