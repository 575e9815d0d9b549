//! What can be wrong with a picture or a kernel, each with what is allowed instead.

use super::image::{MAX_CHANNELS, MAX_PIXELS};
use std::fmt;

/// Why a picture, a crop or a kernel was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageError {
    /// A side or the number of channels is zero.
    Empty,
    /// More than [`MAX_PIXELS`] pixels a channel.
    TooLarge {
        /// Rows asked for.
        height: usize,
        /// Columns asked for.
        width: usize,
    },
    /// More than [`MAX_CHANNELS`] channels.
    TooManyChannels {
        /// Channels asked for.
        channels: usize,
    },
    /// The number of samples does not fit the shape.
    WrongLength {
        /// Samples that the shape needs.
        expected: usize,
        /// Samples that came.
        found: usize,
    },
    /// The crop reaches beyond the picture.
    CropOutside {
        /// Rows and columns of the picture.
        size: [usize; 2],
    },
    /// A sample is infinite or not a number.
    NotFinite,
    /// A value is beyond what single precision can transform.
    TooStrong {
        /// The largest magnitude that is allowed.
        most: u32,
    },
    /// The weights of a kernel sum to zero or less, so that they cannot be scaled to sum to one.
    NoWeight,
    /// The kernel is larger than the picture, where only whole overlaps count.
    KernelTooLarge {
        /// Rows and columns of the picture.
        size: [usize; 2],
    },
}

impl fmt::Display for ImageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Empty => write!(f, "the picture is empty: give it at least one pixel and one channel"),
            Self::TooLarge { height, width } => {
                write!(f, "{height} × {width} pixels are too many: at most {MAX_PIXELS} are allowed")
            }
            Self::TooManyChannels { channels } => {
                write!(f, "{channels} channels are too many: at most {MAX_CHANNELS} are allowed")
            }
            Self::WrongLength { expected, found } => {
                write!(f, "{found} samples do not fill the shape: give {expected}")
            }
            Self::CropOutside { size: [height, width] } => {
                write!(f, "the crop must be at least one pixel and lie within {height} × {width} pixels")
            }
            Self::NotFinite => write!(f, "a value is infinite or not a number: give finite values"),
            Self::TooStrong { most } => {
                write!(
                    f,
                    "values beyond ±{most} cannot be restored: scale the picture to 0…1 and the kernel to a sum of 1"
                )
            }
            Self::NoWeight => write!(f, "the weights must have a sum above zero, to be scaled to sum to one"),
            Self::KernelTooLarge { size: [height, width] } => {
                write!(f, "the kernel must fit into the picture of {height} × {width} pixels")
            }
        }
    }
}

impl std::error::Error for ImageError {}
