//! What the restored picture does not explain, and whether that is white, as noise is.

use crate::{
    engine::{Aspect, Request},
    lesson::{notation::decimals, restore::RestoreLesson},
    ui::{
        pages::restore::told::Told,
        pictures::{canvas::PixelCanvas, desk::Desk},
    },
};
use yew::prelude::*;

/// The residual, its autocorrelation, and what they say.
pub fn residual(lesson: &RestoreLesson, desk: &Desk, told: Option<&Told>) -> Html {
    let found = desk.found(&Request::Insight(lesson.question(), Aspect::Residual));
    let picture = |slot: usize| found.as_ref().and_then(|answer| answer.pictures.get(slot)).cloned();
    let numbers = found.as_ref().map(|answer| answer.numbers.clone()).unwrap_or_default();
    let (scale, largest, bound) = match numbers.as_slice() {
        [scale, largest, bound, ..] => (Some(*scale), Some(*largest), Some(*bound)),
        _ => (None, None, None),
    };
    let sentence = match (largest, bound) {
        (Some(largest), Some(bound)) if largest <= bound => {
            "The rest looks like noise: no pixel of it tells anything of its neighbours.".to_owned()
        }
        (Some(largest), Some(_)) => format!(
            "The rest is not white: neighbours of it agree by {largest:.2}, so it still holds something of the picture."
        ),
        _ => "On its way.".to_owned(),
    };
    html! {
        <div class="spectra" key="residual">
            <div class="fig">
                <h2 class="cap">
                    { "Residual" }
                    <small>{ scale.map_or_else(String::new, |scale| format!("g − h∗u; black −{scale:.3}, white +{scale:.3}")) }</small>
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
                        <tr><th scope="row">{ "Residual, per pixel" }</th><td>{ told.map_or_else(|| "–".to_owned(), |told| decimals(told.residual, 4)) }</td></tr>
                        <tr><th scope="row">{ "Noise σ" }</th><td>{ told.map_or_else(|| "–".to_owned(), |told| decimals(told.sigma, 4)) }</td></tr>
                        <tr><th scope="row">{ "Largest agreement" }</th><td>{ largest.map_or_else(|| "–".to_owned(), |value| decimals(value, 3)) }</td></tr>
                        <tr><th scope="row">{ "White noise stays under" }</th><td>{ bound.map_or_else(|| "–".to_owned(), |value| decimals(value, 3)) }</td></tr>
                    </tbody>
                </table>
                <p class="note">{ sentence }</p>
            </div>
        </div>
    }
}
