//! Why it came out so: spectra, the error curve, the course of the iteration, and what is left unexplained.

mod convergence;
mod curve;
mod residual;
mod spectra;

use super::told::Told;
use crate::{
    lesson::restore::{Gaze, RestoreAction, RestoreLesson, Why},
    ui::{
        components::segmented::{SegmentedProps, segmented},
        pictures::desk::Desk,
    },
    web::{download, events::window, snapshot},
};
use yew::prelude::*;

pub use curve::wanted as curve_points;

/// What is saved: the part of the section that holds a chart.
const FIGURE: &str = ".why .fig:has(.chart)";
/// Windows narrower than this are phones, in CSS pixels.
const PHONE: f64 = 700.0;

/// The size of a chart under the pictures: wide, or nearly square on a phone.
fn chart_size(share: f64) -> [f64; 2] {
    let narrow = window().inner_width().ok().and_then(|width| width.as_f64()).is_some_and(|width| width < PHONE);
    if narrow { [360.0, 210.0] } else { [904.0 * share, 136.0] }
}

/// Saves what the section shows as a drawing; pictures in it are left out, for they are saved elsewhere.
fn save_figure() {
    let figure = window().document().and_then(|document| document.query_selector(FIGURE).ok().flatten());
    let Some(figure) = figure else { return };
    // The browser says itself what it does not save.
    let _ = snapshot::take(&figure)
        .and_then(|taken| download::text_file(&taken.svg, "image/svg+xml;charset=utf-8"))
        .and_then(|file| download::save(&file, "why.svg"));
}

/// The chosen view, with the others a press away.
pub fn why(lesson: &RestoreLesson, act: &Callback<RestoreAction>, desk: &Desk, told: Option<&Told>) -> Html {
    let chosen = lesson.look().why();
    html! {
        <section class="why" key="why" aria-label="Why">
            <div class="why-head">
                {
                    segmented(&SegmentedProps {
                        label: "Why".into(),
                        options: Why::ALL.iter().map(|(_, _, name)| AttrValue::from(*name)).collect(),
                        chosen: Why::ALL.iter().position(|(why, ..)| *why == chosen).unwrap_or_default(),
                        on_choose: act.reform(|n: usize| Gaze::Why(Why::ALL[n.min(3)].0).into()),
                    })
                }
                <button type="button" class="btn ghost" onclick={Callback::from(|_: MouseEvent| save_figure())}>{ "Save as SVG" }</button>
            </div>
            {
                match chosen {
                    Why::Spectra => spectra::spectra(lesson, desk),
                    Why::Curve => curve::curve(lesson, desk, told),
                    Why::Convergence => convergence::convergence(lesson, told),
                    Why::Residual => residual::residual(lesson, desk),
                }
            }
        </section>
    }
}
