//! How an iteration went: the residual falls all the while, the error only until noise takes over.

use crate::{
    lesson::restore::RestoreLesson,
    ui::pages::restore::{
        chart::{Axis, Chart, Line, Mark, chart},
        told::Told,
    },
};
use yew::prelude::*;

/// Residual and error against the steps.
pub fn convergence(lesson: &RestoreLesson, told: Option<&Told>) -> Html {
    let description = lesson.choice().description();
    if description.iterations.is_none() {
        return html! { <p class="note">{ "A linear filter is done at once: choose a method that goes step by step to see how it converges." }</p> };
    }
    let Some(told) = told.filter(|told| told.history.len() > 1) else {
        return html! { <p class="note">{ "The course shows once there are two steps." }</p> };
    };
    let line = |pick: fn(&[f64; 3]) -> f64| -> Vec<[f64; 2]> {
        told.history.iter().map(|step| [step[0], pick(step)]).collect()
    };
    let (residual, error) = (line(|step| step[1]), line(|step| step[2]));
    let best = error.iter().copied().filter(|point| point[1].is_finite()).min_by(|a, b| a[1].total_cmp(&b[1]));
    let last = told.history.last().map_or(1.0, |step| step[0]);
    let all = residual.iter().chain(&error).map(|point| point[1]).filter(|value| *value > 0.0);
    let (low, high) = all.fold((f64::INFINITY, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
    let mut lines = Vec::new();
    if told.sigma > 0.0 {
        lines.push(Line { class: "ground", points: vec![[0.0, told.sigma], [last, told.sigma]], name: "noise σ" });
    }
    lines.push(Line { class: "residual", points: residual, name: "residual" });
    if best.is_some() {
        lines.push(Line { class: "errors", points: error, name: "error (needs the original)" });
    }
    let takes_over = best.is_some_and(|best| best[0] + 0.5 < last);
    let marks = best
        .map(|at| Mark {
            class: "best",
            at,
            text: if takes_over {
                format!("from step {:.0} on noise takes over", at[0])
            } else {
                "still getting better".to_owned()
            },
        })
        .into_iter()
        .collect();
    let spoken = match best {
        Some(best) if takes_over => {
            format!("Residual and error against the steps; the error is least, {:.3}, at step {:.0}", best[1], best[0])
        }
        Some(_) => "Residual and error against the steps; both still fall".to_owned(),
        None => "Residual against the steps".to_owned(),
    };
    let floor = if told.sigma > 0.0 { low.min(told.sigma) } else { low };
    let figure = Chart {
        label: spoken,
        x: Axis::linear([0.0, last], "step"),
        y: Axis::logarithmic([floor * 0.7, high * 1.2], "light"),
        lines,
        marks,
        size: super::chart_size(1.0),
    };
    html! {
        <div class="fig" key="convergence">
            <h2 class="cap">{ "Step by step" }<small>{ "residual ‖h∗u − g‖ and error ‖u − f‖, per pixel" }</small></h2>
            { chart(&figure) }
        </div>
    }
}
