//! What the worker runs: a request in, a reply out, and caches in between, so that a job carries parameters only.
//!
//! The engine knows no browser and no clock; natively it is tested as it is.

mod error;
mod restore;
mod source;
mod upsample;

pub use error::EngineError;
pub use restore::{Restored, Scores};
pub use source::{MAX_RESTORE_PIXELS, MAX_UPSAMPLE_SIDE, Rendered, fit_pixels, fit_side, reduce};
pub use upsample::{Upsampled, Way};

use crate::lesson::{picture::Picture, restore::RestoreLesson, upsample::UpsampleLesson};

/// What the page asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Here are the pixels of a picture that comes from a file; the last such picture is kept.
    Source {
        /// Which picture this is.
        picture: Picture,
        /// Columns.
        width: usize,
        /// Rows.
        height: usize,
        /// Red, green, blue and alpha, eight bits each, row after row.
        rgba: Vec<u8>,
    },
    /// Blur, add noise and restore, all as these settings say.
    Restore(RestoreLesson),
    /// How far from the original the restored picture is at these settings: a point of the error curve.
    Error(RestoreLesson),
    /// Make larger in every way, as these settings say.
    Upsample(UpsampleLesson),
}

/// What the engine answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// The picture is here.
    Stored,
    /// The pictures and numbers of the Restore page.
    Restored(Restored),
    /// The root of the mean squared error, in linear light.
    Error(f64),
    /// The pictures of the Upsample page.
    Upsampled(Upsampled),
}

/// The engine with its caches. Equal requests about equal sources have equal replies, whatever was asked in between.
#[derive(Default)]
pub struct Engine {
    sources: source::Sources,
    restore: restore::Desk,
    upsample: upsample::Desk,
}

impl Engine {
    /// Answers one request.
    ///
    /// # Errors
    /// When a picture was not sent, is empty, of a wrong length or too large. The caches may be emptied, which costs
    /// time and nothing else.
    pub fn handle(&mut self, request: Request) -> Result<Reply, EngineError> {
        match request {
            Request::Source { picture, width, height, rgba } => {
                self.sources.store(picture, width, height, &rgba)?;
                Ok(Reply::Stored)
            }
            Request::Restore(lesson) => self.restore.handle(&mut self.sources, &lesson).map(Reply::Restored),
            Request::Error(lesson) => self.restore.error(&mut self.sources, &lesson).map(Reply::Error),
            Request::Upsample(lesson) => self.upsample.handle(&mut self.sources, &lesson).map(Reply::Upsampled),
        }
    }
}
