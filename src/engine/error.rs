//! What the engine can refuse, each with a sentence for the reader.

use crate::{
    convolution::ConvolutionError, imaging::ImageError, lesson::picture::Picture, upsampling::UpsamplingError,
};
use std::fmt;

/// Why a request has no answer.
#[derive(Clone, Debug, PartialEq)]
pub enum EngineError {
    /// The picture comes from a file whose pixels were not sent.
    Missing(Picture),
    /// The picture has more pixels than the engine takes on.
    TooLarge {
        /// Columns.
        width: usize,
        /// Rows.
        height: usize,
        /// The largest number of pixels.
        most: usize,
    },
    /// The reader's own weights do not sum to more than 0.
    NoKernel,
    /// No pixel of the picture sees the whole blur.
    BlurTooWide {
        /// Rows and columns of the blur's weights.
        kernel: [usize; 2],
        /// Rows and columns of the picture.
        picture: [usize; 2],
    },
    /// The method would need more memory than a browser's tab is sure to have.
    TooMuchMemory {
        /// The method's name.
        method: &'static str,
        /// What it would need.
        megabytes: usize,
    },
    /// The pixels are no picture.
    Picture(ImageError),
    /// The picture cannot be enlarged so.
    Enlarging(UpsamplingError),
}

impl fmt::Display for EngineError {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(picture) => {
                write!(text, "The picture “{}” is not here yet: choose it again, or another one.", picture.name())
            }
            Self::TooLarge { width, height, most } => {
                write!(text, "A picture of {width} × {height} is too large: at most {most} pixels are possible.")
            }
            Self::NoKernel => {
                write!(text, "The weights of your own blur have to sum to more than 0: make some of them larger.")
            }
            Self::BlurTooWide { kernel: [kernel_height, kernel_width], picture: [height, width] } => write!(
                text,
                "The blur of {kernel_width} × {kernel_height} pixels is wider than the picture of {width} × {height}: \
                 make it smaller, take a larger picture, or let the picture repeat beyond its edges."
            ),
            Self::TooMuchMemory { method, megabytes } => write!(
                text,
                "“{method}” would need about {megabytes} MB for this picture: take a smaller picture, another method, or \
                 another assumption on what lies outside."
            ),
            Self::Picture(error) => write!(text, "The picture could not be used: {error}."),
            Self::Enlarging(error) => write!(text, "The picture could not be enlarged: {error}."),
        }
    }
}

impl std::error::Error for EngineError {}

impl From<ImageError> for EngineError {
    fn from(error: ImageError) -> Self {
        Self::Picture(error)
    }
}

impl From<UpsamplingError> for EngineError {
    fn from(error: UpsamplingError) -> Self {
        Self::Enlarging(error)
    }
}

impl From<ConvolutionError> for EngineError {
    fn from(error: ConvolutionError) -> Self {
        Self::Enlarging(error.into())
    }
}
