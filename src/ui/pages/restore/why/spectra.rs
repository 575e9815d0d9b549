//! The spectra of the pictures and of the filter, and where the blur falls below the noise.

use crate::{
    engine::{Aspect, Request, Ring, Spectra},
    lesson::restore::RestoreLesson,
    ui::{
        pages::restore::chart::{Axis, Chart, Line, chart},
        pictures::{canvas::PixelCanvas, desk::Desk},
    },
    web::wire::Body,
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
    let findings = found.as_ref().and_then(|answer| match &*answer.body {
        Body::Spectra(findings) => Some(findings),
        _ => None,
    });
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
            { profile(findings) }
        </div>
    }
}

/// Powers against the frequency.
fn profile(findings: Option<&Spectra>) -> Html {
    let Some(Spectra { noise, profile, .. }) = findings.filter(|findings| findings.profile.len() > 1) else {
        return html! { <div class="fig"><h2 class="cap">{ "Power against frequency" }<small>{ "on its way" }</small></h2></div> };
    };
    let noise = *noise;
    let line =
        |pick: fn(&Ring) -> f64| -> Vec<[f64; 2]> { profile.iter().map(|ring| [ring.frequency, pick(ring)]).collect() };
    // Rest is by far the strongest and says only how bright the picture is.
    let largest = profile[1..].iter().map(|ring| ring.observed).fold(f64::MIN_POSITIVE, f64::max);
    // The response is drawn on the power of the picture, to be seen against the noise.
    let response: Vec<[f64; 2]> = profile.iter().map(|ring| [ring.frequency, ring.otf * ring.otf * largest]).collect();
    // A response that has zeros comes up again between them: only what lies beyond the last such place is lost for good.
    let seen = response.iter().rposition(|point| point[1] >= noise).map_or(0, |last| last + 1);
    let lost = response.get(seen).map(|point| point[0]);
    let low = profile.iter().map(|ring| ring.observed).filter(|power| *power > 0.0).fold(largest, f64::min);
    let low = if noise > 0.0 { low.min(noise) } else { low };
    let mut lines = Vec::new();
    if profile.iter().all(|ring| ring.original.is_finite()) {
        lines.push(Line { class: "original", points: line(|ring| ring.original), name: "original" });
    }
    lines.push(Line { class: "response", points: response, name: "|H|²" });
    lines.push(Line { class: "observed", points: line(|ring| ring.observed), name: "observed" });
    lines.push(Line { class: "restored", points: line(|ring| ring.restored), name: "restored" });
    if noise > 0.0 {
        lines.push(Line {
            class: "ground",
            points: line(|_| 0.0).into_iter().map(|[at, _]| [at, noise]).collect(),
            name: "noise",
        });
    }
    let note = lost.map_or_else(String::new, |at| format!("from {at:.2} cycles a pixel on |H|² is under the noise"));
    let figure = Chart {
        label: format!("Power against frequency; {note}"),
        x: Axis::linear([0.0, 0.5], "cycles a pixel"),
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
