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

use super::{
    canvas::Pixels,
    comparison::{self, Comparison},
};
use crate::{
    engine::{
        Aspect, Errand, Facts, FileFormat, Insight, Progress, Rendered, Reply, Report, Request, Residual, Ring, Scores,
        Shot, Spectra,
    },
    imaging::Kernel,
    lesson::{
        Lesson, address,
        link::Writer,
        picture::Picture,
        restore::RestoreLesson,
        upsample::{UpsampleLesson, Way},
    },
    restoration::{Ending, MAX_PARAMETERS, Settings, Start, Treatment},
};
use js_sys::{Array, ArrayBuffer, Float32Array, Float64Array, Uint8Array, Uint8ClampedArray};
use std::{collections::HashMap, rc::Rc};
use wasm_bindgen::{JsCast, JsValue};

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
    /// As in the engine's [`Progress`].
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

const ASPECTS: [(Aspect, &str); 4] = [
    (Aspect::Spectra, "spectra"),
    (Aspect::Residual, "residual"),
    (Aspect::Difference, "difference"),
    (Aspect::Similarity, "similarity"),
];
const SHOTS: [(Shot, &str); 3] =
    [(Shot::Original, "original"), (Shot::Observed, "observed"), (Shot::Restored, "restored")];
const FORMATS: [(FileFormat, &str); 2] = [(FileFormat::Png16, "png16"), (FileFormat::Npy, "npy")];
const ENDINGS: [Ending; 4] = [Ending::Done, Ending::Settled, Ending::Noise, Ending::Diverged];

fn word<T: Copy + PartialEq>(words: &[(T, &'static str)], value: T) -> &'static str {
    words.iter().find(|(known, _)| *known == value).map_or("", |(_, word)| word)
}

fn meant<T: Copy>(words: &[(T, &str)], text: &str) -> Option<T> {
    words.iter().find(|(_, word)| *word == text).map(|(value, _)| *value)
}

fn settings<L: Lesson>(lesson: &L) -> String {
    let mut writer = Writer::default();
    lesson.write(&mut writer);
    writer.finish()
}

fn asked(kind: &str, number: u32, picture: Picture, settings: &str) -> Array {
    Array::of4(&kind.into(), &number.into(), &picture.id().into(), &settings.into())
}

/// A request with its number, and the buffers that change hands with it.
#[must_use]
pub fn encode_request(number: u32, request: &Request) -> (JsValue, Array) {
    let transfer = Array::new();
    let restore = |kind: &str, lesson: &RestoreLesson| asked(kind, number, lesson.picture(), &settings(lesson));
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
        Request::Forget => Array::of3(&"anew".into(), &number.into(), &"".into()),
        Request::Upsample(lesson) => asked("upsample", number, lesson.work.picture, &settings(lesson)),
        Request::UpsampleFile(lesson, way, format) => {
            let message = asked("upsample-file", number, lesson.work.picture, &settings(lesson));
            message.push(&way.map_or("", Way::id).into());
            message.push(&word(&FORMATS, *format).into());
            message
        }
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

const STARTS: [Start; 3] = [Start::Observed, Start::Flat, Start::Filtered];

fn place_of<T: PartialEq>(all: &[T], value: &T) -> f64 {
    all.iter().position(|known| known == value).unwrap_or(0) as f64
}

/// A channel's errand for the request of this number, and the buffers that change hands with it.
#[must_use]
pub fn encode_errand(number: u32, errand: &Errand) -> (JsValue, Array) {
    let settings = &errand.settings;
    let [height, width] = errand.size;
    let [kernel_height, kernel_width] = errand.kernel.size();
    let mut numbers = vec![
        height as f64,
        width as f64,
        kernel_height as f64,
        kernel_width as f64,
        place_of(&Treatment::ALL, &errand.treatment),
        f64::from(errand.sigma),
        errand.method as f64,
        settings.iterations as f64,
        place_of(&STARTS, &settings.start),
        f64::from(u8::from(settings.non_negative)),
        f64::from(settings.tolerance),
        f64::from(u8::from(settings.stop_at_noise)),
    ];
    numbers.extend(settings.parameters.map(f64::from));
    let floats = |values: &[f32]| Float32Array::from(values).buffer();
    let (observed, kernel) = (floats(&errand.observed), floats(errand.kernel.weights()));
    let transfer = Array::of2(&observed, &kernel);
    let lent = |buffer: Option<ArrayBuffer>| {
        buffer.map_or(JsValue::NULL, |buffer| {
            transfer.push(&buffer);
            buffer.into()
        })
    };
    let original = lent(errand.original.as_deref().map(floats));
    let flags = |known: &Vec<bool>| known.iter().map(|known| u8::from(*known)).collect::<Vec<_>>();
    let known = lent(errand.known.as_ref().map(|known| Uint8Array::from(flags(known).as_slice()).buffer()));
    let numbers = Float64Array::from(numbers.as_slice());
    let message = Array::of5(&"errand".into(), &number.into(), &numbers, &observed, &original);
    message.push(&known);
    message.push(&kernel);
    (message.into(), transfer)
}

fn decode_errand(parts: &Array) -> Option<Errand> {
    let numbers = parts.get(2).dyn_ref::<Float64Array>()?.to_vec();
    let (head, parameters) = numbers.split_at_checked(12)?;
    let &[
        height,
        width,
        kernel_height,
        kernel_width,
        treatment,
        sigma,
        method,
        iterations,
        start,
        non_negative,
        tolerance,
        stop_at_noise,
    ] = head
    else {
        return None;
    };
    let parameters: [f64; MAX_PARAMETERS] = parameters.try_into().ok()?;
    let floats = |index: u32| Some(Float32Array::new(parts.get(index).dyn_ref::<ArrayBuffer>()?).to_vec());
    let flags = |index: u32| {
        let bytes = Uint8Array::new(parts.get(index).dyn_ref::<ArrayBuffer>()?).to_vec();
        Some(bytes.into_iter().map(|byte| byte != 0).collect())
    };
    Some(Errand {
        size: [height as usize, width as usize],
        observed: floats(3)?,
        original: floats(4),
        known: flags(5),
        kernel: Kernel::new(kernel_height as usize, kernel_width as usize, floats(6)?).ok()?,
        treatment: *Treatment::ALL.get(treatment as usize)?,
        sigma: sigma as f32,
        method: method as usize,
        settings: Settings {
            parameters: parameters.map(|value| value as f32),
            iterations: iterations as usize,
            start: *STARTS.get(start as usize)?,
            non_negative: non_negative != 0.0,
            tolerance: tolerance as f32,
            stop_at_noise: stop_at_noise != 0.0,
        },
    })
}

/// How far the errand of this number is, and the buffers that change hands with it.
#[must_use]
pub fn encode_report(number: u32, report: &Report) -> (JsValue, Array) {
    let ending = report.ending.map_or(-1.0, |ending| place_of(&ENDINGS, &ending));
    let is_last = f64::from(u8::from(report.is_last));
    let numbers = [report.iteration as f64, report.residual, report.error, ending, is_last];
    let plane = Float32Array::from(report.plane.as_slice()).buffer();
    let history = Float64Array::from(report.history.concat().as_slice());
    let message = Array::of5(&"report".into(), &number.into(), &"".into(), &Float64Array::from(&numbers[..]), &history);
    message.push(&plane);
    (message.into(), Array::of1(&plane))
}

fn decode_report(parts: &Array) -> Option<Report> {
    let numbers = parts.get(3).dyn_ref::<Float64Array>()?.to_vec();
    let &[iteration, residual, error, ending, is_last] = numbers.as_slice() else { return None };
    Some(Report {
        iteration: iteration as usize,
        residual,
        error,
        ending: if ending < 0.0 { None } else { Some(*ENDINGS.get(ending as usize)?) },
        is_last: is_last != 0.0,
        history: parts.get(4).dyn_ref::<Float64Array>()?.to_vec().as_chunks::<3>().0.to_vec(),
        plane: Float32Array::new(parts.get(5).dyn_ref::<ArrayBuffer>()?).to_vec(),
    })
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

/// The numbers of a restoration, each list by itself.
fn lists_of(facts: &Facts) -> Vec<Vec<f64>> {
    let s = &facts.scores;
    let ending = facts.ending.and_then(|ending| ENDINGS.iter().position(|known| *known == ending));
    let [rows, columns] = facts.kernel.as_ref().map_or([0, 0], Kernel::size);
    let head = vec![
        s.psnr_observed,
        s.psnr_restored,
        s.ssim_observed,
        s.ssim_restored,
        s.isnr,
        s.rmse_observed,
        s.rmse_restored,
        facts.bsnr,
        facts.sigma,
        facts.parameter,
        facts.suggested.unwrap_or(f64::NAN),
        facts.iterations as f64,
        ending.map_or(-1.0, |place| place as f64),
        facts.residual,
        rows as f64,
        columns as f64,
    ];
    let widened = |values: &[f32]| values.iter().map(|value| f64::from(*value)).collect();
    let mut lists = vec![head, facts.history.concat()];
    lists.push(facts.kernel.as_ref().map_or_else(Vec::new, |kernel| widened(kernel.weights())));
    if let Some(series) = &facts.series {
        lists.extend(series.iter().map(|samples| widened(samples)));
    }
    lists
}

fn facts_of(lists: &[Vec<f64>]) -> Option<Facts> {
    let [head, history, weights, series @ ..] = lists else { return None };
    let &[
        psnr_observed,
        psnr_restored,
        ssim_observed,
        ssim_restored,
        isnr,
        rmse_observed,
        rmse_restored,
        bsnr,
        sigma,
        parameter,
        suggested,
        iterations,
        ending,
        residual,
        rows,
        columns,
    ] = head.as_slice()
    else {
        return None;
    };
    let narrowed = |values: &[f64]| values.iter().map(|value| *value as f32).collect::<Vec<_>>();
    let kernel = match [rows as usize, columns as usize] {
        [0, 0] => None,
        [rows, columns] => Some(Kernel::new(rows, columns, narrowed(weights)).ok()?),
    };
    let series = match series {
        [] => None,
        [original, observed, restored] => Some([original, observed, restored].map(|samples| narrowed(samples))),
        _ => return None,
    };
    Some(Facts {
        scores: Scores {
            psnr_observed,
            psnr_restored,
            ssim_observed,
            ssim_restored,
            isnr,
            rmse_observed,
            rmse_restored,
        },
        bsnr,
        sigma,
        parameter,
        suggested: (!suggested.is_nan()).then_some(suggested),
        iterations: iterations as usize,
        ending: if ending < 0.0 { None } else { Some(*ENDINGS.get(ending as usize)?) },
        residual,
        history: history.as_chunks::<3>().0.to_vec(),
        kernel,
        series,
    })
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
