//! What the engine can refuse, each with a sentence for the reader.

use crate::{convolution::ConvolutionError, imaging::ImageError, lesson::picture::Picture};
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
    /// The pixels are no picture.
    Picture(ImageError),
    /// The layer's geometry is impossible.
    Layer(ConvolutionError),
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
            Self::Picture(error) => write!(text, "The picture could not be used: {error}."),
            Self::Layer(error) => write!(text, "The layer is not possible: {error}."),
        }
    }
}

impl std::error::Error for EngineError {}

impl From<ImageError> for EngineError {
    fn from(error: ImageError) -> Self {
        Self::Picture(error)
    }
}

impl From<ConvolutionError> for EngineError {
    fn from(error: ConvolutionError) -> Self {
        Self::Layer(error)
    }
}
