//! The spectra of the pictures and of the filter, and where the blur falls below the noise.

use crate::{
    engine::{Aspect, Request},
    lesson::restore::RestoreLesson,
    ui::{
        pages::restore::chart::{Axis, Chart, Line, chart},
        pictures::{canvas::PixelCanvas, desk::Desk},
    },
};
use yew::prelude::*;

/// What the four pictures are.
const NAMES: [&str; 4] = ["Original", "Observed", "Filter", "Restored"];
/// Powers smaller than this part of the largest are drawn at the bottom.
const DEEPEST: f64 = 1e-12;

/// Four spectra, and their means over rings.
pub fn spectra(lesson: &RestoreLesson, desk: &Desk) -> Html {
    let found = desk.found(&Request::Insight(lesson.question(), Aspect::Spectra));
    let picture = |slot: usize| found.as_ref().and_then(|answer| answer.pictures.get(slot)).cloned();
    let shown = (0..4).filter(|slot| *slot != 0 || !lesson.degradation().already_blurred());
    let rings: Vec<[f64; 5]> = found
        .as_ref()
        .map(|answer| answer.numbers.as_chunks::<5>().0.to_vec())
        .unwrap_or_default();
    html! {
        <div class="spectra" key="spectra">
            <div class="fig">
                <h2 class="cap">{ "Spectra" }<small>{ "log |·|, zero frequency in the middle" }</small></h2>
                <div class="four">
                    for slot in shown {
                        <figure key={slot}>
                            <div class="view"><PixelCanvas label={format!("Spectrum: {}", NAMES[slot])} pixels={picture(slot)} /></div>
                            <figcaption>{ NAMES[slot] }</figcaption>
                        </figure>
                    }
                </div>
            </div>
            { profile(&rings) }
        </div>
    }
}

/// Powers against the frequency. A ring is (frequency, |H|², power of the observed picture, power of the noise, the power
/// gain of the filter).
fn profile(rings: &[[f64; 5]]) -> Html {
    if rings.is_empty() {
        return html! { <div class="fig"><h2 class="cap">{ "Power against frequency" }<small>{ "on its way" }</small></h2></div> };
    }
    let line = |pick: usize| -> Vec<[f64; 2]> { rings.iter().map(|ring| [ring[0], ring[pick]]).collect() };
    let largest = rings.iter().map(|ring| ring[2]).fold(f64::MIN_POSITIVE, f64::max);
    // The response is drawn on the power of the picture, to be seen against the noise.
    let response: Vec<[f64; 2]> = rings.iter().map(|ring| [ring[0], ring[1] * largest]).collect();
    let noise = rings.iter().map(|ring| ring[3]).fold(0.0, f64::max);
    let lost = rings.iter().find(|ring| ring[1] * largest < ring[3]).map(|ring| ring[0]);
    let low = rings.iter().map(|ring| ring[2]).filter(|power| *power > 0.0).fold(largest, f64::min);
    let low = if noise > 0.0 { low.min(noise) } else { low };
    let mut lines = vec![
        Line { class: "response", points: response, name: "|H|²" },
        Line { class: "observed", points: line(2), name: "observed" },
    ];
    if noise > 0.0 {
        lines.push(Line { class: "ground", points: line(3), name: "noise" });
    }
    let note = lost.map_or_else(String::new, |at| format!("from {at:.2} cycles a pixel on |H|² is under the noise"));
    let figure = Chart {
        label: format!("Power against frequency; {note}"),
        x: Axis::linear([0.0, rings.last().map_or(0.5, |ring| ring[0])], "cycles a pixel"),
        y: Axis::logarithmic([(low * 0.3).max(largest * DEEPEST), largest * 2.0], "power"),
        lines,
        marks: Vec::new(),
        size: super::chart_size(0.5),
    };
    html! {
        <div class="fig">
            <h2 class="cap">{ "Power against frequency" }<small>{ note }</small></h2>
            { chart(&figure) }
        </div>
    }
}
