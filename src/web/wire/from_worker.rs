//! What the worker says to the page: answers, progress, and words when there is neither.

use super::{
    Answer, Body, Kind, Message, Sent, Underway,
    errands::decode_report,
    facts::{facts_of, lists_of},
    text, whole,
};
use crate::{
    engine::{Insight, Progress, Rendered, Reply, Residual, Ring, Spectra},
    web::comparison,
};
use js_sys::{Array, ArrayBuffer, Float64Array, Uint8Array, Uint8ClampedArray};
use std::collections::HashMap;
use wasm_bindgen::{JsCast, JsValue};

/// The engine's revision of each picture that went out last.
pub type SentBefore = HashMap<(Kind, usize), u64>;

fn encode_picture(picture: &Rendered, with_pixels: bool, transfer: &Array) -> JsValue {
    let bytes = if with_pixels {
        let buffer = Uint8Array::from(&picture.rgba[..]).buffer();
        transfer.push(&buffer);
        buffer.into()
    } else {
        JsValue::NULL
    };
    Array::of4(
        &(picture.revision as f64).into(),
        &(picture.width as f64).into(),
        &(picture.height as f64).into(),
        &bytes,
    )
    .into()
}

/// An answer for the page, and the buffers that change hands with it. `memory` is what the worker's has grown to.
#[must_use]
pub fn encode_reply(number: u32, reply: &Reply, sent_before: &mut SentBefore, memory: f64) -> (JsValue, Array) {
    let (list, lists, transfer) = (Array::new(), Array::new(), Array::new());
    let mut bytes = JsValue::NULL;
    let (kind, pictures, numbers): (Kind, Vec<&Rendered>, Vec<Vec<f64>>) = match reply {
        Reply::Stored => (Kind::Stored, Vec::new(), Vec::new()),
        Reply::Restored(restored) => {
            let pictures = [&restored.original, &restored.observed, &restored.restored];
            (Kind::Restored, pictures.into_iter().chain(&restored.kernel).collect(), lists_of(&restored.facts))
        }
        Reply::Error(error) => (Kind::Error, Vec::new(), vec![vec![*error]]),
        Reply::Insight(insight) => match &**insight {
            Insight::Spectra { pictures, findings } => {
                let mut head = findings.ranges.concat();
                head.push(findings.noise);
                let profile = findings.profile.iter().flat_map(|ring| {
                    [ring.frequency, ring.otf, ring.original, ring.observed, ring.restored, ring.gain]
                });
                (Kind::Spectra, pictures.iter().collect(), vec![head, profile.collect()])
            }
            Insight::Residual { pictures, findings: f } => {
                let [rows, columns] = f.lags.map(|lag| lag as f64);
                let scale = f.autocorrelation_scale;
                let is_white = f64::from(u8::from(f.is_white));
                let head = vec![f.scale, f.rms, f.sigma, rows, columns, scale, f.largest, f.band, f.score, is_white];
                (Kind::Residual, pictures.iter().collect(), vec![head])
            }
            Insight::Difference { picture, scale } => (Kind::Difference, vec![picture], vec![vec![*scale]]),
            Insight::Similarity { observed, restored } => {
                (Kind::Similarity, Vec::new(), vec![vec![*observed, *restored]])
            }
        },
        Reply::File(content) => {
            let buffer = Uint8Array::from(content.as_slice()).buffer();
            transfer.push(&buffer);
            bytes = buffer.into();
            (Kind::File, Vec::new(), Vec::new())
        }
        Reply::Upsampled(upsampled) => (Kind::Upsampled, comparison::pictures(upsampled), comparison::lists(upsampled)),
    };
    // The page forgets them too.
    sent_before.retain(|(of, slot), _| *of != kind || *slot < pictures.len());
    for (slot, picture) in pictures.into_iter().enumerate() {
        let is_new = sent_before.insert((kind, slot), picture.revision) != Some(picture.revision);
        list.push(&encode_picture(picture, is_new, &transfer));
    }
    for numbers in numbers {
        let numbers = Float64Array::from(numbers.as_slice());
        transfer.push(&numbers.buffer());
        lists.push(&numbers);
    }
    let message = Array::of5(&"answer".into(), &number.into(), &kind.word().into(), &list, &lists);
    message.push(&bytes);
    message.push(&memory.into());
    (message.into(), transfer)
}

/// How far a request is, for the page; None for requests that only say that they are alive.
#[must_use]
pub fn encode_progress(number: u32, progress: Option<&Progress>) -> (JsValue, Array) {
    let transfer = Array::new();
    let (picture, numbers) = match progress {
        Some(p) => (
            encode_picture(&p.picture, true, &transfer),
            Float64Array::from(&[p.iteration as f64, p.of as f64, p.residual, p.rmse][..]),
        ),
        None => (JsValue::NULL, Float64Array::from(&[0.0, 0.0, f64::NAN, f64::NAN][..])),
    };
    (Array::of5(&"progress".into(), &number.into(), &"".into(), &picture, &numbers).into(), transfer)
}

fn body_of(kind: Kind, lists: &[Vec<f64>], bytes: &JsValue) -> Option<Body> {
    Some(match (kind, lists) {
        (Kind::Stored, _) => Body::Stored,
        (Kind::Upsampled, lists) => Body::Upsampled(comparison::from_lists(lists)?),
        (Kind::Restored, lists) => Body::Restored(facts_of(lists)?),
        (Kind::File, _) => Body::File(Uint8Array::new(bytes.dyn_ref::<ArrayBuffer>()?).to_vec().into()),
        (Kind::Spectra, [head, profile]) => {
            let (&noise, ranges) = head.split_last()?;
            let ranges = ranges.as_chunks::<2>().0.try_into().ok()?;
            let ring = |&[frequency, otf, original, observed, restored, gain]: &[f64; 6]| Ring {
                frequency,
                otf,
                original,
                observed,
                restored,
                gain,
            };
            Body::Spectra(Spectra { ranges, noise, profile: profile.as_chunks::<6>().0.iter().map(ring).collect() })
        }
        (Kind::Residual, [head]) => {
            let &[scale, rms, sigma, rows, columns, autocorrelation_scale, largest, band, score, is_white] =
                head.as_slice()
            else {
                return None;
            };
            Body::Residual(Residual {
                scale,
                rms,
                sigma,
                lags: [rows as usize, columns as usize],
                autocorrelation_scale,
                largest,
                band,
                score,
                is_white: is_white != 0.0,
            })
        }
        (Kind::Error, [head]) => Body::Error(*head.first()?),
        (Kind::Difference, [head]) => Body::Difference { scale: *head.first()? },
        (Kind::Similarity, [head]) => Body::Similarity { observed: *head.first()?, restored: *head.get(1)? },
        _ => return None,
    })
}

/// A message of text alone, as `ready`, `dropped`, `refused` and `broken` are.
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
        "report" => Some(Message::Report(number, Box::new(decode_report(parts)?))),
        "dropped" => Some(Message::Dropped(number)),
        "refused" => Some(Message::Refused(number, word)),
        "broken" => Some(Message::Broken(word)),
        "progress" => {
            let picture = parts.get(3);
            let numbers = parts.get(4).dyn_ref::<Float64Array>()?.to_vec();
            let &[iteration, of, residual, rmse] = numbers.as_slice() else { return None };
            let picture = if picture.is_null() { None } else { Some(decode_sent(&picture)?) };
            let underway = Underway { iteration: iteration as usize, of: of as usize, residual, rmse, picture };
            Some(Message::Progress(number, underway))
        }
        "answer" => {
            let kind = Kind::ALL.iter().find(|(_, known)| *known == word).map(|(kind, _)| *kind)?;
            let pictures: Array = parts.get(3).dyn_into().ok()?;
            let lists: Array = parts.get(4).dyn_into().ok()?;
            let lists: Vec<Vec<f64>> = lists
                .iter()
                .map(|list| list.dyn_ref::<Float64Array>().map(Float64Array::to_vec))
                .collect::<Option<_>>()?;
            Some(Message::Answer(
                number,
                Answer {
                    kind,
                    pictures: pictures.iter().map(|entry| decode_sent(&entry)).collect::<Option<_>>()?,
                    body: body_of(kind, &lists, &parts.get(5))?,
                    memory: parts.get(6).as_f64().unwrap_or(0.0),
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
