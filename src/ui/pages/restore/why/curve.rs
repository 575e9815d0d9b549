//! The error against the parameter: measured point by point while the worker has nothing better to do.

use crate::{
    engine::Request,
    lesson::restore::{RestoreLesson, control_range},
    restoration::Scale,
    ui::{
        pages::restore::{
            chart::{Axis, Chart, Line, Mark, chart},
            told::Told,
        },
        pictures::desk::Desk,
    },
};
use yew::prelude::*;

/// Errors above this are drawn at the top: there is nothing left of the picture.
const WORST: f64 = 1.0;

/// The measurements that the curve is made of, those that show its course first.
pub fn wanted(lesson: &RestoreLesson) -> Vec<Request> {
    if lesson.degradation().already_blurred() {
        return Vec::new();
    }
    lesson.curve_places().into_iter().map(|place| Request::Error(lesson.question_at(place))).collect()
}

/// The curve, with the chosen value, the automatic and the best one.
pub fn curve(lesson: &RestoreLesson, desk: &Desk, told: Option<&Told>) -> Html {
    let description = lesson.choice().description();
    let Some(parameter) = description.parameters.first() else {
        return html! { <p class="note">{ "This method has nothing to set, so there is no curve: choose another one." }</p> };
    };
    if lesson.degradation().already_blurred() {
        return html! { <p class="note">{ "The error can only be measured against an original, and none is known here." }</p> };
    }
    let is_log = matches!(parameter.scale, Scale::Log10(_));
    let value_of = |place: f64| if is_log { 10_f64.powf(place) } else { place };
    let places = lesson.curve_places();
    if places.is_empty() {
        return html! { <p class="note">{ "This method has nothing to set by degrees, so there is no curve: choose another one." }</p> };
    }
    let error_at =
        |place: f64| desk.found(&Request::Error(lesson.question_at(place))).and_then(|answer| answer.error());
    let mut points: Vec<[f64; 2]> =
        places.iter().filter_map(|place| Some([value_of(*place), error_at(*place)?])).collect();
    points.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let best = points.iter().copied().min_by(|a, b| a[1].total_cmp(&b[1]));
    let chosen = told
        .map(|told| [told.parameter, told.scores.rmse_restored])
        .filter(|[parameter, error]| parameter.is_finite() && error.is_finite());
    let least = points.iter().chain(&chosen).map(|point| point[1]).fold(WORST / 10.0, f64::min);
    let observed = told.map(|told| told.scores.rmse_observed).filter(|error| *error > 0.0);
    let control = control_range(parameter);
    let (low, high) = (value_of(*control.start()), value_of(*control.end()));
    let symbol = parameter.symbol;
    let x = if is_log { Axis::logarithmic([low, high], symbol) } else { Axis::linear([low, high], symbol) };
    let mut lines = vec![Line { class: "errors", points: points.clone(), name: "restored" }];
    if let Some(observed) = observed {
        lines.insert(0, Line { class: "ground", points: vec![[low, observed], [high, observed]], name: "observed" });
    }
    let mut marks = Vec::new();
    if let Some(at) = best.filter(|_| points.len() > 3) {
        marks.push(Mark { class: "best", at, text: "best: needs the original".to_owned() });
    }
    if let Some(suggested) = told.and_then(|told| told.suggested).filter(|_| lesson.choice().rule().is_none()) {
        marks.push(Mark { class: "automatic", at: [suggested, WORST], text: String::new() });
    }
    if let Some(at) = chosen {
        let is_automatic = lesson.choice().rule().is_some() && told.is_some_and(|told| told.suggested.is_some());
        let text = if is_automatic { "chosen = automatic" } else { "chosen" };
        marks.push(Mark { class: "chosen", at, text: text.to_owned() });
    }
    let spoken = match (best, chosen) {
        (Some(best), Some(chosen)) => format!(
            "Error against {symbol}: least {:.3} at {:.2e}; chosen {:.3} at {:.2e}",
            best[1], best[0], chosen[1], chosen[0]
        ),
        _ => format!("Error against {symbol}, being measured"),
    };
    let count =
        if points.len() < places.len() { format!(", {} of {}", points.len(), places.len()) } else { String::new() };
    let figure = Chart {
        label: spoken,
        x,
        y: Axis::logarithmic([least * 0.6, WORST], "RMSE"),
        lines,
        marks,
        size: super::chart_size(1.0),
    };
    html! {
        <div class="fig curve" key="curve">
            <h2 class="cap">{ format!("Error against {symbol}") }<small>{ format!("root of the mean squared error, in light{count}") }</small></h2>
            { chart(&figure) }
        </div>
    }
}
