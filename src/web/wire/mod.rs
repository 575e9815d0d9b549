//! Messages between the page and its worker: small JavaScript arrays whose first entry is their kind and whose second is
//! the request's number. Settings travel as the very text that a link carries, pixels and lists of numbers as buffers
//! that change hands without being copied.
//!
//! | To the worker | then | |
//! |---|---|---|
//! | `source` | picture, [width, height], bytes | answered `stored` |
//! | `signal` | picture, samples | answered `stored` |
//! | `restore`, `error`, `upsample` | picture, settings | answered by their own kind |
//! | `insight` | picture, settings, aspect | |
//! | `file` | picture, settings, which picture, format | |
//! | `upsample-file` | picture, settings, which way or nothing, format | answered `file` |
//! | `upsample-program` | picture, settings, which library | answered `file` |
//! | `anew` | | what was restored is forgotten; answered `stored` |
//! | `stop` | | the request of this number ends with what it has |
//! | `crew` | | the number is that of the pixels from which on pictures are shared with helpers |
//! | `errand` | numbers, observed, original, known, kernel | from a worker to its helper; answered `report` |
//! | `forget` | | the errand of this number is not wanted any more |
//!
//! | From the worker | then | |
//! |---|---|---|
//! | `ready` | build | the number is 0 |
//! | `answer` | kind, pictures, lists of numbers, bytes or null, bytes of memory | |
//! | `progress` | nothing, picture or null, numbers | the request is under way |
//! | `report` | nothing, numbers, history, plane | from a helper |
//! | `dropped` | nothing | a newer request came in between |
//! | `refused` | sentence | |
//! | `broken` | words | the worker is at its end |

mod errands;
mod facts;
mod from_worker;
mod to_worker;

pub use errands::{encode_errand, encode_report};
pub use from_worker::{SentBefore, decode_message, encode_progress, encode_reply, encode_text};
pub use to_worker::{
    Words, decode_order, encode_crew, encode_forget, encode_request, encode_stop, restore_words, upsample_words,
};

use super::{canvas::Pixels, comparison::Comparison};
use crate::{
    engine::{Errand, Facts, Report, Request, Residual, Spectra},
    restoration::Ending,
};
use js_sys::{Array, Uint8ClampedArray};
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// What the page tells the worker.
#[derive(Clone, Debug, PartialEq)]
pub enum Order {
    /// Answer this.
    Ask(Box<Request>),
    /// End the request of this number with what it has.
    Stop,
    /// Restore a channel for the request of this number.
    Errand(Box<Errand>),
    /// Leave the errand of this number.
    Forget,
    /// Start helpers, and share pictures of as many pixels as the number says.
    Crew,
}

/// What the worker tells the page.
#[derive(Clone, Debug)]
pub enum Message {
    /// The worker listens from now on; its build has to be the page's own.
    Ready(String),
    /// The request of this number is answered.
    Answer(u32, Answer),
    /// The request of this number is under way.
    Progress(u32, Underway),
    /// How far the errand of this number is.
    Report(u32, Box<Report>),
    /// The request of this number will not be answered, since a newer one came.
    Dropped(u32),
    /// The request of this number cannot be answered, and why.
    Refused(u32, String),
    /// The worker is at its end.
    Broken(String),
}

/// An answer as it lies on the wire: pictures whose pixels the page has already come without them.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Which answer it is, for pictures to be remembered by.
    pub kind: Kind,
    /// Its pictures, in the order of the engine's reply.
    pub pictures: Vec<Sent>,
    /// All the rest.
    pub body: Body,
    /// The bytes that the worker's memory has grown to.
    pub memory: f64,
}

/// How far a request is, as it lies on the wire.
#[derive(Clone, Debug)]
pub struct Underway {
    /// Iterations, or ways to enlarge, that are done.
    pub iteration: usize,
    /// How many there are at most.
    pub of: usize,
    /// As in the engine's [`crate::engine::Progress`].
    pub residual: f64,
    /// Likewise.
    pub rmse: f64,
    /// The picture so far; None for requests that show none.
    pub picture: Option<Sent>,
}

/// The kinds of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The picture or signal is stored.
    Stored,
    /// Original, observed, restored, and the kernel that a blind method found.
    Restored,
    /// No pictures.
    Error,
    /// Original, observed, filter, restored.
    Spectra,
    /// The residual, and its autocorrelation.
    Residual,
    /// The difference.
    Difference,
    /// No pictures.
    Similarity,
    /// No pictures.
    File,
    /// As [`Comparison`] tells.
    Upsampled,
}

impl Kind {
    const ALL: [(Self, &'static str); 9] = [
        (Self::Stored, "stored"),
        (Self::Restored, "restored"),
        (Self::Error, "error"),
        (Self::Spectra, "spectra"),
        (Self::Residual, "residual"),
        (Self::Difference, "difference"),
        (Self::Similarity, "similarity"),
        (Self::File, "file"),
        (Self::Upsampled, "upsampled"),
    ];

    fn word(self) -> &'static str {
        word(&Self::ALL, self)
    }
}

/// What an answer says beside its pictures.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// The picture or signal is stored.
    Stored,
    /// The numbers of a restoration.
    Restored(Facts),
    /// The root of the mean squared error; no number where there is no original.
    Error(f64),
    /// The numbers of the spectra.
    Spectra(Spectra),
    /// The numbers of the residual.
    Residual(Residual),
    /// What is white in the difference's picture; no number where there is no original.
    Difference {
        /// This much above 0 is white.
        scale: f64,
    },
    /// Structural similarities; no numbers where there is no original.
    Similarity {
        /// Of the observed picture.
        observed: f64,
        /// Of the restored picture.
        restored: f64,
    },
    /// A file's bytes.
    File(Rc<[u8]>),
    /// The numbers of the ways that are compared.
    Upsampled(Comparison),
}

/// A picture of an answer.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The engine's revision of it.
    pub revision: u64,
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Its bytes, unless the last answer of this kind carried this very revision.
    pub bytes: Option<Uint8ClampedArray>,
}

impl Sent {
    /// The picture with a version of the page's own, if it carries pixels.
    #[must_use]
    pub fn pixels(&self, version: u64) -> Option<Pixels> {
        let bytes = self.bytes.clone()?;
        Some(Pixels { version, width: self.width, height: self.height, bytes })
    }
}

const ENDINGS: [Ending; 4] = [Ending::Done, Ending::Settled, Ending::Noise, Ending::Diverged];

fn word<T: Copy + PartialEq>(words: &[(T, &'static str)], value: T) -> &'static str {
    words.iter().find(|(known, _)| *known == value).map_or("", |(_, word)| word)
}

fn meant<T: Copy>(words: &[(T, &str)], text: &str) -> Option<T> {
    words.iter().find(|(_, word)| *word == text).map(|(value, _)| *value)
}

fn place_of<T: PartialEq>(all: &[T], value: &T) -> f64 {
    all.iter().position(|known| known == value).unwrap_or(0) as f64
}

fn text(parts: &Array, index: u32) -> Option<String> {
    parts.get(index).as_string()
}

fn whole(value: &JsValue) -> Option<u32> {
    value
        .as_f64()
        .filter(|number| number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(number))
        .map(|n| n as u32)
}
