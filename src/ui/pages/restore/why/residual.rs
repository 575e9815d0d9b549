//! What the restored picture does not explain, and whether that is white, as noise is.

use crate::{
    engine::{Aspect, Request, Residual},
    lesson::{notation::decimals, restore::RestoreLesson},
    ui::pictures::{canvas::PixelCanvas, desk::Desk},
    web::wire::Body,
};
use yew::prelude::*;

/// The residual, its autocorrelation, and what they say.
pub fn residual(lesson: &RestoreLesson, desk: &Desk) -> Html {
    let found = desk.found(&Request::Insight(lesson.question(), Aspect::Residual));
    let picture = |slot: usize| found.as_ref().and_then(|answer| answer.pictures.get(slot)).cloned();
    let findings = found.as_ref().and_then(|answer| match &*answer.body {
        Body::Residual(findings) => Some(findings),
        _ => None,
    });
    let sentence = match findings {
        Some(findings) if findings.is_white => {
            "The rest looks like noise: no pixel of it tells anything of its neighbours.".to_owned()
        }
        Some(findings) => format!(
            "The rest is not white: neighbours of it agree by {:.2}, so it still holds something of the picture, or the \
             noise was smoothed along.",
            findings.largest
        ),
        None => "On its way.".to_owned(),
    };
    let number = |pick: fn(&Residual) -> f64, count: usize| {
        findings.map_or_else(|| "–".to_owned(), |findings| decimals(pick(findings), count))
    };
    html! {
        <div class="spectra" key="residual">
            <div class="fig">
                <h2 class="cap">
                    { "Residual" }
                    <small>{ findings.map_or_else(String::new, |f| format!("g − h∗u; black −{0:.3}, white +{0:.3}", f.scale)) }</small>
                </h2>
                <div class="four two">
                    <figure key="residual">
                        <div class="view"><PixelCanvas label="Residual" pixels={picture(0)} /></div>
                        <figcaption>{ "Residual" }</figcaption>
                    </figure>
                    <figure key="correlation">
                        <div class="view"><PixelCanvas label="Autocorrelation of the residual" pixels={picture(1)} /></div>
                        <figcaption>{ "Its agreement with itself, moved" }</figcaption>
                    </figure>
                </div>
            </div>
            <div class="fig">
                <h2 class="cap">{ "Is it noise?" }</h2>
                <table class="sc">
                    <tbody>
                        <tr><th scope="row">{ "Residual, per pixel" }</th><td>{ number(|f| f.rms, 4) }</td></tr>
                        <tr><th scope="row">{ "Noise σ" }</th><td>{ number(|f| f.sigma, 4) }</td></tr>
                        <tr><th scope="row">{ "Largest agreement" }</th><td>{ number(|f| f.largest, 3) }</td></tr>
                        <tr><th scope="row">{ "White noise stays within" }</th><td>{ number(|f| f.band, 3) }</td></tr>
                    </tbody>
                </table>
                <p class="note">{ sentence }</p>
            </div>
        </div>
    }
}
