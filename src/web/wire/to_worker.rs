//! What the page says to the worker: requests, and orders about them.

use super::{Order, errands::decode_errand, meant, text, whole, word};
use crate::{
    engine::{Aspect, FileFormat, Request, Shot},
    lesson::{
        Lesson, address,
        link::Writer,
        picture::Picture,
        restore::RestoreLesson,
        upsample::{UpsampleLesson, Way, takeaway::Library},
    },
};
use js_sys::{Array, ArrayBuffer, Float32Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

const ASPECTS: [(Aspect, &str); 4] = [
    (Aspect::Spectra, "spectra"),
    (Aspect::Residual, "residual"),
    (Aspect::Difference, "difference"),
    (Aspect::Similarity, "similarity"),
];

const SHOTS: [(Shot, &str); 3] =
    [(Shot::Original, "original"), (Shot::Observed, "observed"), (Shot::Restored, "restored")];

const FORMATS: [(FileFormat, &str); 2] = [(FileFormat::Png16, "png16"), (FileFormat::Npy, "npy")];

fn settings<L: Lesson>(lesson: &L) -> String {
    let mut writer = Writer::default();
    lesson.write(&mut writer);
    writer.finish()
}

fn asked(kind: &str, number: u32, picture: Picture, settings: &str) -> Array {
    Array::of4(&kind.into(), &number.into(), &picture.id().into(), &settings.into())
}

/// The words of a page's own requests, with the number of the request; None for what another page asks. The words of every
/// page bring its lesson along, so that a program takes those of its own page and leaves the others out.
pub type Words = fn(u32, &Request) -> Option<Array>;

/// The words of the Restore page.
#[must_use]
pub fn restore_words(number: u32, request: &Request) -> Option<Array> {
    let restore = |kind: &str, lesson: &RestoreLesson| asked(kind, number, lesson.picture(), &settings(lesson));
    Some(match request {
        Request::Restore(lesson) => restore("restore", lesson),
        Request::Error(lesson) => restore("error", lesson),
        Request::Insight(lesson, aspect) => {
            let message = restore("insight", lesson);
            message.push(&word(&ASPECTS, *aspect).into());
            message
        }
        Request::File(lesson, shot, format) => {
            let message = restore("file", lesson);
            message.push(&word(&SHOTS, *shot).into());
            message.push(&word(&FORMATS, *format).into());
            message
        }
        _ => return None,
    })
}

/// The words of the Upsample page.
#[must_use]
pub fn upsample_words(number: u32, request: &Request) -> Option<Array> {
    let enlarge = |kind: &str, lesson: &UpsampleLesson| asked(kind, number, lesson.work.picture, &settings(lesson));
    Some(match request {
        Request::Upsample(lesson) => enlarge("upsample", lesson),
        Request::UpsampleProgram(lesson, library) => {
            let message = enlarge("upsample-program", lesson);
            message.push(&word(&Library::ALL, *library).into());
            message
        }
        Request::UpsampleFile(lesson, way, format) => {
            let message = enlarge("upsample-file", lesson);
            message.push(&way.map_or("", Way::id).into());
            message.push(&word(&FORMATS, *format).into());
            message
        }
        _ => return None,
    })
}

/// A request with its number, and the buffers that change hands with it. What `words` are not for is a message that no
/// worker understands.
#[must_use]
pub fn encode_request(number: u32, request: &Request, words: Words) -> (JsValue, Array) {
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
        Request::Signal { picture, samples } => {
            let buffer = Float32Array::from(samples.as_slice()).buffer();
            transfer.push(&buffer);
            Array::of4(&"signal".into(), &number.into(), &picture.id().into(), &buffer)
        }
        Request::Forget => Array::of3(&"anew".into(), &number.into(), &"".into()),
        own => words(number, own).unwrap_or_default(),
    };
    (message.into(), transfer)
}

/// The order to end the request of this number with what it has.
#[must_use]
pub fn encode_stop(number: u32) -> JsValue {
    Array::of2(&"stop".into(), &number.into()).into()
}

/// The order to leave the errand of this number.
#[must_use]
pub fn encode_forget(number: u32) -> JsValue {
    Array::of2(&"forget".into(), &number.into()).into()
}

/// The order to share pictures of so many pixels or more with helpers.
#[must_use]
pub fn encode_crew(pixels: u32) -> JsValue {
    Array::of2(&"crew".into(), &pixels.into()).into()
}

/// The order in a message with its number. None when it is none of ours.
#[must_use]
pub fn decode_order(message: &JsValue) -> Option<(u32, Order)> {
    let parts: &Array = message.dyn_ref()?;
    let number = whole(&parts.get(1))?;
    let kind = text(parts, 0)?;
    match kind.as_str() {
        "stop" => return Some((number, Order::Stop)),
        "anew" => return Some((number, Order::Ask(Box::new(Request::Forget)))),
        "forget" => return Some((number, Order::Forget)),
        "crew" => return Some((number, Order::Crew)),
        "errand" => return Some((number, Order::Errand(Box::new(decode_errand(parts)?)))),
        _ => {}
    }
    let picture = Picture::from_id(&text(parts, 2)?)?;
    // Whoever asks about an own picture has sent it before.
    let lesson = || Some(address::read_here::<RestoreLesson>(&text(parts, 3)?, true).0);
    let enlarging = || Some(address::read_here::<UpsampleLesson>(&text(parts, 3)?, true).0);
    let request = match kind.as_str() {
        "source" => {
            let size: Array = parts.get(3).dyn_into().ok()?;
            let rgba = Uint8Array::new(parts.get(4).dyn_ref::<ArrayBuffer>()?).to_vec();
            let (width, height) = (whole(&size.get(0))? as usize, whole(&size.get(1))? as usize);
            Request::Source { picture, width, height, rgba }
        }
        "signal" => {
            Request::Signal { picture, samples: Float32Array::new(parts.get(3).dyn_ref::<ArrayBuffer>()?).to_vec() }
        }
        "restore" => Request::Restore(lesson()?),
        "error" => Request::Error(lesson()?),
        "insight" => Request::Insight(lesson()?, meant(&ASPECTS, &text(parts, 4)?)?),
        "file" => Request::File(lesson()?, meant(&SHOTS, &text(parts, 4)?)?, meant(&FORMATS, &text(parts, 5)?)?),
        "upsample" => Request::Upsample(enlarging()?),
        "upsample-program" => Request::UpsampleProgram(enlarging()?, meant(&Library::ALL, &text(parts, 4)?)?),
        "upsample-file" => {
            let way = match text(parts, 4)?.as_str() {
                "" => None,
                id => Some(Way::from_id(id)?),
            };
            Request::UpsampleFile(enlarging()?, way, meant(&FORMATS, &text(parts, 5)?)?)
        }
        _ => return None,
    };
    Some((number, Order::Ask(Box::new(request))))
}
