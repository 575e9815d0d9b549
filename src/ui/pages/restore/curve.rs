//! The error against the parameter: measured point by point while the worker has nothing better to do.

use crate::{
    engine::Request,
    lesson::{notation::superscript, restore::RestoreLesson},
    ui::pictures::desk::{Desk, Phase},
    web::wire,
};
use gloo_timers::callback::Timeout;
use web_sys::window;
use yew::prelude::*;

/// The drawing's width and height in its own units: wide under the pictures, nearly square on a phone.
const WIDE: [f64; 2] = [904.0, 138.0];
const NARROW: [f64; 2] = [360.0, 190.0];
/// Windows narrower than this are phones, in CSS pixels.
const PHONE: f64 = 700.0;
/// The room for the axes.
const LEFT: f64 = 44.0;
const BOTTOM: f64 = 30.0;
const TOP: f64 = 12.0;
/// Measuring starts when the settings have rested so long, in milliseconds.
const REST_MILLIS: u32 = 300;
/// Errors above this are drawn at the top: there is nothing left of the picture.
const WORST: f64 = 1.0;

#[derive(Properties, PartialEq)]
pub struct CurveProps {
    pub lesson: RestoreLesson,
    pub desk: Desk,
}

/// The curve, with the chosen value and the best one.
#[component]
pub fn Curve(props: &CurveProps) -> Html {
    let CurveProps { lesson, desk } = props;
    let narrow = window().and_then(|window| window.inner_width().ok()?.as_f64()).is_some_and(|width| width < PHONE);
    let [width, height] = if narrow { NARROW } else { WIDE };
    // While a slider moves, the worker is kept free for it.
    let rested = use_state_eq(|| false);
    {
        let rested = rested.clone();
        use_effect_with(lesson.question(), move |_| {
            rested.set(false);
            let timeout = Timeout::new(REST_MILLIS, move || rested.set(true));
            move || drop(timeout)
        });
    }
    let places = lesson.curve_places();
    let of = |log: f64| Request::Error(lesson.question_at(log));
    let known = |log: f64| {
        let wanted = of(log);
        desk.measured.iter().rev().find(|(request, _)| **request == wanted).map(|(_, error)| *error)
    };
    let mut points: Vec<(f64, f64)> = places.iter().filter_map(|log| Some((*log, known(*log)?))).collect();
    let next = (*rested && desk.phase == Phase::Ready)
        .then(|| places.iter().find(|log| known(**log).is_none()))
        .flatten()
        .copied();
    {
        let measure = desk.measure.clone();
        use_effect_with(next.map(of), move |next| {
            if let Some(request) = next {
                measure.emit(request.clone());
            }
        });
    }
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let done = format!("{} of {}", points.len(), places.len());
    let numbers = desk.answer.as_ref().and_then(|answer| wire::scores(&answer.numbers));
    let chosen = numbers.map(|(scores, parameter, _)| (parameter.log10(), scores.rmse_restored));
    let best = points.iter().copied().min_by(|a, b| a.1.total_cmp(&b.1));
    let symbol = lesson.method().parameters.first().map_or("", |parameter| parameter.symbol);
    let range = lesson.log_range();
    let (low, high) = (*range.start(), *range.end());
    let least = points.iter().map(|point| point.1).chain(chosen.map(|point| point.1)).fold(WORST / 10.0, f64::min);
    let floor = (least * 0.45).max(1e-6).log10();
    let x = |log: f64| LEFT + (log - low) / (high - low) * (width - LEFT - 16.0);
    let y = |error: f64| {
        let part = (error.clamp(1e-9, WORST).log10() - floor) / (WORST.log10() - floor);
        TOP + (height - TOP - BOTTOM) * (1.0 - part)
    };
    let ground = height - BOTTOM;
    let line: Vec<String> = points.iter().map(|(log, error)| format!("{:.1} {:.1}", x(*log), y(*error))).collect();
    let tens: Vec<i32> = (low as i32..=high as i32).filter(|log| log.rem_euclid(2) == 0).collect();
    let levels: Vec<f64> =
        [0.001_f64, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0].into_iter().filter(|e| e.log10() > floor).collect();
    // Two labels side by side: each points away from the other mark.
    let before = |a: Option<(f64, f64)>, b: Option<(f64, f64)>| matches!((a, b), (Some(a), Some(b)) if a.0 < b.0);
    let label = |(log, error): (f64, f64), text: String, class: &'static str, to_the_left: bool| {
        let (dx, anchor) = if to_the_left { (-11.0, "end") } else { (11.0, "start") };
        html! {
            <text class={class} x={(x(log) + dx).to_string()} y={(y(error) + 22.0).min(ground - 4.0).to_string()} text-anchor={anchor}>
                { text }
            </text>
        }
    };
    let spoken = match (best, chosen) {
        (Some(best), Some(chosen)) => format!(
            "Error against {symbol}: least {:.3} at 10 to the power {:.1}; chosen {:.3} at 10 to the power {:.1}",
            best.1, best.0, chosen.1, chosen.0
        ),
        _ => format!("Error against {symbol}, being measured"),
    };
    html! {
        <div class="fig curve">
            <h2 class="cap">
                { format!("Error against {symbol}") }
                <small>{ format!("RMSE, log {symbol}{}", if points.len() < places.len() { format!(", {done}") } else { String::new() }) }</small>
            </h2>
            <svg viewBox={format!("0 0 {width} {height}")} role="img" aria-label={spoken}>
                <g>
                    for level in levels {
                        <g key={level.to_string()}>
                            <path class="level" d={format!("M{LEFT} {0}H{1}", y(level), width - 12.0)} />
                            <text class="ax" x={(LEFT - 8.0).to_string()} y={(y(level) + 4.0).to_string()} text-anchor="end">
                                { level.to_string() }
                            </text>
                        </g>
                    }
                </g>
                <g>
                    for log in tens {
                        <g key={log}>
                            <path class="axs" d={format!("M{} {ground}v5", x(f64::from(log)))} />
                            <text class="ax" x={x(f64::from(log)).to_string()} y={(height - 10.0).to_string()} text-anchor="middle">
                                { format!("10{}", superscript(&log.to_string())) }
                            </text>
                        </g>
                    }
                </g>
                <path class="axs" d={format!("M{LEFT} {}V{ground}H{}", TOP - 4.0, width - 12.0)} />
                <path class="errors" d={if line.is_empty() { String::new() } else { format!("M{}", line.join("L")) }} />
                <g>
                    if let Some(best) = best {
                        <path class="best" d={format!("M{} {}l7 7-7 7-7-7z", x(best.0), y(best.1) - 7.0)} />
                        { label(best, if narrow { "best" } else { "best: needs the original" }.to_owned(), "ax best-label", before(Some(best), chosen)) }
                    }
                </g>
                <g>
                    if let Some(chosen) = chosen.filter(|(log, _)| range.contains(log)) {
                        <circle class="chosen" cx={x(chosen.0).to_string()} cy={y(chosen.1).to_string()} r="7" />
                        {
                            label(
                                chosen,
                                if lesson.automatic() && !narrow { "chosen = automatic" } else { "chosen" }.to_owned(),
                                "ax chosen-label",
                                !before(best, Some(chosen)),
                            )
                        }
                    }
                </g>
            </svg>
        </div>
    }
}
