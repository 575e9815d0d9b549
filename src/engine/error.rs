//! What the engine can refuse, each with a sentence for the reader.

use super::{
    source::MAX_UPSAMPLE_SIDE,
    upsample::{LEAST_SIDE, MOST_LARGE_PIXELS},
};
use crate::{
    convolution::ConvolutionError,
    imaging::ImageError,
    lesson::{
        picture::Picture,
        upsample::{Way, narration::grouped},
    },
    upsampling::UpsamplingError,
};
use std::fmt;

/// A picture's pixels are counted in 2²⁰ of them.
const MEGAPIXEL: f64 = (1 << 20) as f64;

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
    /// The small picture would have too few pixels.
    TooSmall {
        /// Columns that it would have.
        width: usize,
        /// Rows.
        height: usize,
        /// How many times smaller than the large one it is; 1 where that is how it came.
        reduced: usize,
        /// The least of the sizes on offer at which it would have enough, where there is one.
        enough: Option<usize>,
    },
    /// The large pictures would have more pixels together than the engine takes on.
    TooManyPixels {
        /// Columns of the small picture.
        width: usize,
        /// Rows.
        height: usize,
        /// How many times as large the large ones would be.
        scale: usize,
        /// How many large ones there would be.
        pictures: usize,
        /// The largest scale at which as many fit.
        largest: Option<usize>,
    },
    /// A sub-pixel convolution would need too many filters.
    TooManyFilters {
        /// The scale: there is a filter for each of its square's places.
        scale: usize,
        /// Rows and columns of each.
        side: usize,
    },
    /// The way begins with a large picture, and there is none or it is too small.
    NeedsTruth(Way),
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
            Self::TooSmall { width, height, reduced, enough } => {
                match (reduced, width.min(height)) {
                    (1, _) => write!(text, "The picture has only {width} × {height} pixels")?,
                    (_, 0) => {
                        write!(text, "Made {} times smaller, nothing would be left of the picture", grouped(*reduced))?
                    }
                    _ => write!(
                        text,
                        "Made {reduced} times smaller, the picture would have only {width} × {height} pixels"
                    )?,
                }
                write!(text, ", and {LEAST_SIDE} × {LEAST_SIDE} are needed: ")?;
                match (enough, reduced) {
                    (Some(size), 1) => write!(text, "choose the size {size} px."),
                    (Some(size), _) => write!(text, "choose the size {size} px, or smaller strides."),
                    (None, 1) => write!(text, "take a larger picture."),
                    (None, _) if LEAST_SIDE * reduced <= MAX_UPSAMPLE_SIDE => {
                        write!(text, "take a larger picture, or smaller strides.")
                    }
                    (None, _) => write!(text, "no picture is large enough for that, so make the strides smaller."),
                }
            }
            Self::TooManyPixels { width, height, scale, pictures, largest } => {
                let pixels = *width as f64 * *height as f64 * (*scale as f64).powi(2) * *pictures as f64;
                let (several, fewer) = match pictures {
                    1 => (String::new(), ""),
                    _ => (format!(" in {pictures} pictures"), ", or compare fewer ways"),
                };
                write!(
                    text,
                    "A picture of {width} × {height}, made {scale} times as large{several}, would have {} megapixels, and \
                     {} are possible: ",
                    (pixels / MEGAPIXEL).ceil(),
                    MOST_LARGE_PIXELS >> 20
                )?;
                match largest {
                    Some(largest) => write!(text, "the largest scale that fits is {largest}; choose that{fewer}")?,
                    None => write!(text, "no scale fits; take a smaller picture{fewer}")?,
                }
                let smaller = if largest.is_some() { ", or take a smaller picture" } else { "" };
                write!(text, "{smaller}.")
            }
            Self::TooManyFilters { scale, side } => write!(
                text,
                "“{}” would need {} filters of {side} × {side} weights: take fewer layers, smaller strides or a smaller \
                 mask, or leave this way out.",
                Way::Shuffle.name(),
                (*scale as u64).pow(2)
            ),
            Self::NeedsTruth(way) => write!(
                text,
                "“{}” needs a large picture to begin with, larger than its masks: choose a photograph and a way down, or \
                 a smaller scale.",
                way.name()
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
