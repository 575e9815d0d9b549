//! What the numbers say: the distances to the original, a place looked at closely, and how the work goes.

use super::Shots;
use crate::{
    engine::{Aspect, Request},
    lesson::{notation::decimals, restore::RestoreLesson},
    restoration::Ending,
    ui::{
        pages::restore::told::Told,
        pictures::{
            canvas::{PartCanvas, PixelCanvas},
            desk::{Desk, Phase},
        },
    },
    web::wire::Body,
};
use yew::prelude::*;

/// Columns and rows of the place that is looked at closely.
pub const CORNER: [u32; 2] = [48, 16];

/// The structural similarities of the observed and the restored picture of a question: from its answer or, where the
/// picture is too large for that, from what was asked for afterwards. No numbers while nothing is known.
pub fn similarities(question: &RestoreLesson, desk: &Desk, told: &Told) -> [f64; 2] {
    let told = [told.scores.ssim_observed, told.scores.ssim_restored];
    if told.iter().all(|similarity| !similarity.is_nan()) {
        return told;
    }
    let found = desk.found(&Request::Insight(question.clone(), Aspect::Similarity));
    match found.as_ref().map(|answer| &*answer.body) {
        Some(Body::Similarity { observed, restored }) => {
            let [told_observed, told_restored] = told;
            [
                if told_observed.is_nan() { *observed } else { told_observed },
                if told_restored.is_nan() { *restored } else { told_restored },
            ]
        }
        _ => told,
    }
}

/// The distances to the original.
pub fn scores(lesson: &RestoreLesson, desk: &Desk, told: Option<&Told>) -> Html {
    if lesson.degradation().already_blurred() {
        return html! {
            <div key="scores">
                <h2 class="cap">{ "Scores" }</h2>
                <p class="note">{ "No original is known, so there is nothing to measure against: look." }</p>
            </div>
        };
    }
    let score = |value: fn(&Told) -> f64, count: usize| {
        told.map_or_else(|| "–".to_owned(), |told| decimals(value(told), count))
    };
    let similarities = told.map_or([f64::NAN; 2], |told| similarities(&lesson.question(), desk, told));
    let row = |name: &'static str, slug: &'static str, values: [String; 2]| {
        let [observed, restored] = values;
        html! {
            <tr key={slug}>
                <th scope="row">{ name }</th>
                <td data-score={format!("{slug}-observed")}>{ observed }</td>
                <td data-score={format!("{slug}-restored")}>{ restored }</td>
            </tr>
        }
    };
    html! {
        <div key="scores">
            <h2 class="cap">{ "Scores" }<small>{ "in linear light" }</small></h2>
            <table class="sc">
                <thead><tr><td></td><th scope="col">{ "Obs." }</th><th scope="col">{ "Rest." }</th></tr></thead>
                <tbody>
                    { row("PSNR, dB", "psnr", [score(|t| t.scores.psnr_observed, 2), score(|t| t.scores.psnr_restored, 2)]) }
                    { row("SSIM", "ssim", similarities.map(|similarity| decimals(similarity, 3))) }
                    <tr key="isnr">
                        <th scope="row">{ "ISNR, dB" }</th>
                        <td>{ "0.00" }</td>
                        <td data-score="isnr">{ score(|t| t.scores.isnr, 2) }</td>
                    </tr>
                    { row("RMSE", "rmse", [score(|t| t.scores.rmse_observed, 3), score(|t| t.scores.rmse_restored, 3)]) }
                </tbody>
            </table>
            <p class="verdict-line" aria-live="polite">
                { told.map(|told| lesson.verdict(told.scores.isnr)).unwrap_or_default() }
            </p>
        </div>
    }
}

/// The same place of both pictures, magnified.
pub fn corner(lesson: &RestoreLesson, shots: &Shots) -> Html {
    if lesson.is_signal() {
        return Html::default();
    }
    let middle = lesson.look().corner();
    html! {
        <div class="fig corner" key="corner">
            <h2 class="cap">{ "The same corner, magnified" }</h2>
            <div class="view">
                <PartCanvas label="Observed, corner" pixels={shots.observed.clone()} {middle} size={CORNER} />
            </div>
            <div class="view">
                <PartCanvas label="Restored, corner" pixels={shots.restored.clone()} {middle} size={CORNER} />
            </div>
        </div>
    }
}

/// The point-spread function that a blind method found.
pub fn found(desk: &Desk, told: Option<&Told>) -> Html {
    let Some(kernel) = told.and_then(|told| told.kernel.as_ref()) else { return Html::default() };
    let pixels = desk.answer.as_ref().and_then(|answer| answer.pictures.get(3)).cloned();
    html! {
        <div class="found" key="found">
            <span class="view psf"><PixelCanvas label="Point-spread function that was found" {pixels} /></span>
            <p class="note">{ format!("The blur that was found, {} × {} px.", kernel.height(), kernel.width()) }</p>
        </div>
    }
}

/// How far the work is, and how it ended.
pub fn work(desk: &Desk, told: Option<&Told>, lesson: &RestoreLesson) -> Html {
    let Some(iterations) = lesson.choice().description().iterations else { return Html::default() };
    if desk.phase == Phase::Busy {
        let (done, most) = desk.progress.as_ref().map_or((0, lesson.choice().iterations()), |p| (p.iteration, p.of));
        return html! {
            <div class="work" key="work">
                <h2 class="cap">{ "At work" }<small>{ format!("{done} of {most}") }</small></h2>
                <progress max={most.to_string()} value={done.to_string()} aria-label="Iterations"></progress>
                <button type="button" class="btn" onclick={desk.stop.reform(|_| ())}>{ "Stop, keep what there is" }</button>
            </div>
        };
    }
    let Some(told) = told else { return Html::default() };
    let ending = match told.ending {
        Some(Ending::Settled) => "it hardly changed any more",
        Some(Ending::Noise) => "the rest was as small as the noise",
        Some(Ending::Diverged) => "the numbers left all bounds; the last good picture is shown",
        None => "stopped",
        Some(Ending::Done) if told.iterations < lesson.choice().iterations() => "nothing is left to do",
        Some(Ending::Done) => "as many as were asked for",
    };
    let steps = if told.iterations == 1 { "step" } else { "steps" };
    html! {
        <p class="note" key="work" data-iterations={told.iterations.to_string()}>
            { format!("{} {steps} of at most {}, {:.0} ms: {ending}.", told.iterations, iterations.most.min(lesson.choice().iterations()), told.millis) }
        </p>
    }
}
