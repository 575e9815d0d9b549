//! What a worker and its helpers say to each other: a channel's errand there, and the reports on it back.

use super::{ENDINGS, place_of};
use crate::{
    engine::{Errand, Report},
    imaging::Kernel,
    restoration::{MAX_PARAMETERS, Settings, Start, Treatment},
};
use js_sys::{Array, ArrayBuffer, Float32Array, Float64Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

const STARTS: [Start; 3] = [Start::Observed, Start::Flat, Start::Filtered];

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

pub(super) fn decode_errand(parts: &Array) -> Option<Errand> {
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

pub(super) fn decode_report(parts: &Array) -> Option<Report> {
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
