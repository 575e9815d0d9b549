//! What can be wrong with an up-sampling's arguments, and the bound on its output.

use std::fmt;

use crate::convolution::{Axis, ConvolutionError, MAX_ELEMENTS};

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
    /// The channels of a pixel shuffle are not a multiple of the factor squared.
    Channels {
        /// How many there are.
        found: usize,
        /// The factor squared.
        multiple: usize,
    },
    /// Rows or columns of a pixel unshuffle are not a multiple of the factor.
    NotDivisible {
        /// The axis.
        axis: Axis,
        /// What the picture has along it.
        size: usize,
        /// The factor.
        factor: usize,
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
            Self::TooLarge => write!(f, "the result would have more than {MAX_ELEMENTS} elements"),
            Self::Convolution(error) => error.fmt(f),
            Self::Channels { found, multiple } => {
                write!(
                    f,
                    "there are {found} channels; they must be a multiple of the factor squared, which is {multiple}"
                )
            }
            Self::NotDivisible { axis, size, factor } => {
                write!(f, "the picture has {size} {axis}; they must be a multiple of the factor, which is {factor}")
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
    let rows = size.0.checked_mul(factor).ok_or(UpsamplingError::TooLarge)?;
    let columns = size.1.checked_mul(factor).ok_or(UpsamplingError::TooLarge)?;
    match rows.checked_mul(columns) {
        Some(pixels) if pixels <= MAX_ELEMENTS => Ok((rows, columns)),
        _ => Err(UpsamplingError::TooLarge),
    }
}
