//! Messages between the page and its worker: small JavaScript arrays whose first entry is their kind. Settings travel
//! as the very text that a link carries, pixels as buffers that change hands without being copied.

use super::canvas::Pixels;
use crate::{
    engine::{Reply, Request, Scores},
    lesson::{
        Lesson, address,
        link::Writer,
        picture::Picture,
        restore::{RestoreAction, RestoreLesson},
        upsample::{UpsampleAction, UpsampleLesson},
    },
};
use js_sys::{Array, ArrayBuffer, Uint8Array, Uint8ClampedArray};
use std::collections::HashMap;
use wasm_bindgen::{JsCast, JsValue};

/// What the worker tells the page.
#[derive(Clone, Debug)]
pub enum Message {
    /// The worker listens from now on; its build has to be the page's own.
    Ready(String),
    /// The request of this number is answered.
    Answer(u32, Answer),
    /// The request of this number cannot be answered, and why.
    Refused(u32, String),
    /// The worker is at its end.
    Broken(String),
}

/// An answer as it lies on the wire: pictures whose pixels the page has already come without them.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Which request it belongs to.
    pub kind: Kind,
    /// Its pictures.
    pub pictures: Vec<Sent>,
    /// Its numbers.
    pub numbers: Vec<f64>,
}

/// The kinds of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The picture is stored.
    Stored,
    /// Original, observed, restored; seven numbers.
    Restored,
    /// No pictures; one number.
    Error,
    /// The source and one picture a way.
    Upsampled,
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

/// The numbers of a restored answer: scores, the parameter used, and the suggested one.
#[must_use]
pub fn scores(numbers: &[f64]) -> Option<(Scores, f64, Option<f64>)> {
    let &[psnr_observed, psnr_restored, isnr, rmse_observed, rmse_restored, parameter, suggested] = numbers else {
        return None;
    };
    let scores = Scores { psnr_observed, psnr_restored, isnr, rmse_observed, rmse_restored };
    Some((scores, parameter, (!suggested.is_nan()).then_some(suggested)))
}

fn settings<L: Lesson>(lesson: &L) -> String {
    let mut writer = Writer::default();
    lesson.write(&mut writer);
    writer.finish()
}

/// An own picture is never read from the settings' text, so its name goes beside it.
fn asked(kind: &str, number: u32, picture: Picture, settings: &str) -> Array {
    Array::of4(&kind.into(), &number.into(), &picture.id().into(), &settings.into())
}

/// A request with its number, and the buffers that change hands with it.
#[must_use]
pub fn encode_request(number: u32, request: &Request) -> (JsValue, Array) {
    let transfer = Array::new();
    let message = match request {
        Request::Source { picture, width, height, rgba } => {
            // The page keeps its pixels, so that a new worker can have them too.
            let buffer = Uint8Array::from(rgba.as_slice()).buffer();
            transfer.push(&buffer);
            Array::of5(
                &"source".into(),
                &number.into(),
                &picture.id().into(),
                &Array::of2(&(*width as f64).into(), &(*height as f64).into()),
                &buffer,
            )
        }
        Request::Restore(lesson) => asked("restore", number, lesson.picture(), &settings(lesson)),
        Request::Error(lesson) => asked("error", number, lesson.picture(), &settings(lesson)),
        Request::Upsample(lesson) => asked("upsample", number, lesson.picture(), &settings(lesson)),
    };
    (message.into(), transfer)
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

/// The request in a message with its number. None when it is no request of ours.
#[must_use]
pub fn decode_request(message: &JsValue) -> Option<(u32, Request)> {
    let parts: &Array = message.dyn_ref()?;
    let number = whole(&parts.get(1))?;
    let picture = Picture::from_id(&text(parts, 2)?)?;
    let request = match text(parts, 0)?.as_str() {
        "source" => {
            let size: Array = parts.get(3).dyn_into().ok()?;
            let rgba = Uint8Array::new(parts.get(4).dyn_ref::<ArrayBuffer>()?).to_vec();
            let (width, height) = (whole(&size.get(0))? as usize, whole(&size.get(1))? as usize);
            Request::Source { picture, width, height, rgba }
        }
        kind @ ("restore" | "error") => {
            let (lesson, _) = address::read::<RestoreLesson>(&text(parts, 3)?);
            let lesson = lesson.reduce(RestoreAction::Picture(picture));
            if kind == "restore" { Request::Restore(lesson) } else { Request::Error(lesson) }
        }
        "upsample" => {
            let (lesson, _) = address::read::<UpsampleLesson>(&text(parts, 3)?);
            Request::Upsample(lesson.reduce(UpsampleAction::Picture(picture)))
        }
        _ => return None,
    };
    Some((number, request))
}

/// The engine's revision of each picture that went out last.
pub type SentBefore = HashMap<(&'static str, usize), u64>;

/// An answer for the page, and the buffers that change hands with it.
#[must_use]
pub fn encode_reply(number: u32, reply: &Reply, sent_before: &mut SentBefore) -> (JsValue, Array) {
    let (kind, pictures, numbers) = match reply {
        Reply::Stored => ("stored", Vec::new(), Vec::new()),
        Reply::Restored(restored) => {
            let scores = restored.scores;
            let numbers = vec![
                scores.psnr_observed,
                scores.psnr_restored,
                scores.isnr,
                scores.rmse_observed,
                scores.rmse_restored,
                f64::from(restored.parameter),
                restored.suggested.map_or(f64::NAN, f64::from),
            ];
            ("restored", vec![&restored.original, &restored.observed, &restored.restored], numbers)
        }
        Reply::Error(error) => ("error", Vec::new(), vec![*error]),
        Reply::Upsampled(upsampled) => {
            ("upsampled", std::iter::once(&upsampled.source).chain(&upsampled.ways).collect(), Vec::new())
        }
    };
    let (list, transfer) = (Array::new(), Array::new());
    for (slot, picture) in pictures.into_iter().enumerate() {
        let bytes = if sent_before.insert((kind, slot), picture.revision) == Some(picture.revision) {
            JsValue::NULL
        } else {
            let buffer = Uint8Array::from(&picture.rgba[..]).buffer();
            transfer.push(&buffer);
            buffer.into()
        };
        list.push(&Array::of4(
            &(picture.revision as f64).into(),
            &(picture.width as f64).into(),
            &(picture.height as f64).into(),
            &bytes,
        ));
    }
    let numbers: Array = numbers.into_iter().map(JsValue::from).collect();
    (Array::of5(&"answer".into(), &number.into(), &kind.into(), &list, &numbers).into(), transfer)
}

/// A message of text alone, as `ready`, `refused` and `broken` are.
#[must_use]
pub fn encode_text(kind: &str, number: u32, sentence: &str) -> JsValue {
    Array::of3(&kind.into(), &number.into(), &sentence.into()).into()
}

/// What the worker said. None when it is no message of ours.
#[must_use]
pub fn decode_message(message: &JsValue) -> Option<Message> {
    let parts: &Array = message.dyn_ref()?;
    let number = whole(&parts.get(1))?;
    let word = text(parts, 2)?;
    match text(parts, 0)?.as_str() {
        "ready" => Some(Message::Ready(word)),
        "refused" => Some(Message::Refused(number, word)),
        "broken" => Some(Message::Broken(word)),
        "answer" => {
            let kind = match word.as_str() {
                "stored" => Kind::Stored,
                "restored" => Kind::Restored,
                "error" => Kind::Error,
                "upsampled" => Kind::Upsampled,
                _ => return None,
            };
            let pictures: Array = parts.get(3).dyn_into().ok()?;
            let numbers: Array = parts.get(4).dyn_into().ok()?;
            Some(Message::Answer(
                number,
                Answer {
                    kind,
                    pictures: pictures.iter().map(|entry| decode_sent(&entry)).collect::<Option<_>>()?,
                    numbers: numbers.iter().map(|entry| entry.as_f64()).collect::<Option<_>>()?,
                },
            ))
        }
        _ => None,
    }
}

fn decode_sent(entry: &JsValue) -> Option<Sent> {
    let parts: &Array = entry.dyn_ref()?;
    Some(Sent {
        revision: parts.get(0).as_f64()? as u64,
        width: whole(&parts.get(1))?,
        height: whole(&parts.get(2))?,
        bytes: parts.get(3).dyn_ref::<ArrayBuffer>().map(|buffer| Uint8ClampedArray::new(buffer)),
    })
}
