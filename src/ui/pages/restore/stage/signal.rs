//! A signal: what it was, what the instrument saw, and what was had back, as three lines.

use crate::{
    lesson::restore::RestoreLesson,
    ui::pages::restore::{
        chart::{Axis, Chart, Line, chart},
        told::Told,
    },
};
use yew::prelude::*;

/// The three lines over one another.
pub fn signal(lesson: &RestoreLesson, told: Option<&Told>) -> Html {
    let Some(series) = told.and_then(|told| told.series.as_ref()) else {
        return html! { <div class="fig big signal" key="signal"><h2 class="cap">{ "Signal" }<small>{ "on its way" }</small></h2></div> };
    };
    let names = ["Original", "Observed", "Restored"];
    let classes = ["original", "observed", "restored"];
    let line = |n: usize| Line {
        class: classes[n],
        points: series[n].iter().enumerate().map(|(i, value)| [i as f64, f64::from(*value)]).collect(),
        name: names[n],
    };
    // What explodes is cut off, so that the rest stays in sight.
    let bound = |pick: fn(f64, f64) -> f64, from: f64| {
        series[..2].iter().flatten().map(|value| f64::from(*value)).fold(from, pick)
    };
    let (low, high) = (bound(f64::min, 0.0), bound(f64::max, 0.0));
    let slack = 0.25 * (high - low).max(1e-6);
    let known: Vec<usize> = if lesson.degradation().already_blurred() { vec![1, 2] } else { vec![0, 1, 2] };
    let figure = Chart {
        label: "Original, observed and restored signal".to_owned(),
        x: Axis::linear([0.0, (series[1].len().max(2) - 1) as f64], "sample"),
        y: Axis::linear([low - slack, high + slack], "light"),
        lines: known.into_iter().map(line).collect(),
        marks: Vec::new(),
        size: [660.0, 380.0],
    };
    html! {
        <div class="fig big signal" key="signal">
            <h2 class="cap">{ "Signal" }<small>{ "one dimension, the same methods" }</small></h2>
            { chart(&figure) }
        </div>
    }
}
