//! The Restore page's stage: the picture in question is the largest, and its divider shows what was gained.

use super::curve::Curve;
use crate::{
    lesson::{
        notation::decimals,
        restore::{RestoreAction, RestoreLesson, SEED},
    },
    ui::{
        components::segmented::{SegmentedProps, segmented},
        pictures::{
            canvas::{PartCanvas, PixelCanvas, use_css_variables},
            controls::{corner_target, drop_target},
            desk::{Desk, Phase},
            source::Source,
        },
    },
    web::{canvas::Pixels, wire},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Columns and rows of the corner that is looked at closely.
const CORNER: [u32; 2] = [48, 24];

#[derive(Properties, PartialEq)]
pub struct StageProps {
    pub lesson: RestoreLesson,
    pub act: Callback<RestoreAction>,
    pub desk: Desk,
    pub source: Source,
}

/// The stage.
#[component]
pub fn Stage(props: &StageProps) -> Html {
    let StageProps { lesson, act, desk, source } = props;
    let node = use_node_ref();
    let picture = |slot: usize| desk.answer.as_ref().and_then(|answer| answer.pictures.get(slot)).cloned();
    let [original, observed, restored] = [0, 1, 2].map(picture);
    let numbers = desk.answer.as_ref().and_then(|answer| wire::scores(&answer.numbers));
    let [width, height] = restored.as_ref().map_or([1, 1], |pixels| [pixels.width, pixels.height]);
    let [x, y] = lesson.corner();
    use_css_variables(
        &node,
        vec![
            ("--ratio", (f64::from(width) / f64::from(height)).to_string()),
            ("--divider", format!("{}%", lesson.divider())),
            ("--zoom", lesson.zoom().to_string()),
            ("--x", format!("{x}%")),
            ("--y", format!("{y}%")),
            ("--lens-width", format!("{}%", lens(CORNER[0], width))),
            ("--lens-height", format!("{}%", lens(CORNER[1], height))),
            ("--lens-left", format!("{}%", lens_start(x, CORNER[0], width))),
            ("--lens-top", format!("{}%", lens_start(y, CORNER[1], height))),
        ],
    );
    let (ondragover, ondrop) = drop_target(&source.on_file);
    let phase = if source.problem.is_some() && !source.ready { Phase::Failed } else { desk.phase };
    let psnr = numbers.map(|(scores, ..)| format!("{} dB", decimals(scores.psnr_observed, 1)));
    let zooms = [1, 2, 4];
    let next_seed = lesson.seed() % SEED.end() + 1;
    html! {
        <section
            ref={node}
            class="stage restore"
            aria-label="Pictures"
            aria-busy={(phase == Phase::Busy).to_string()}
            data-state={phase.word()}
            {ondragover}
            {ondrop}
        >
            <i class="progress" aria-hidden="true"></i>
            <div class="stage-head">
                { segmented(&SegmentedProps { label: "Magnification".into(), options: vec![AttrValue::from("Fit"), "2×".into(), "4×".into()], chosen: zooms.iter().position(|zoom| *zoom == lesson.zoom()).unwrap_or_default(), on_choose: act.reform(move |index: usize| RestoreAction::Zoom(zooms[index.min(2)])) }) }
                <p class="about">
                    { lesson.describe() }{ " " }
                    <button type="button" class="say" onclick={act.reform(move |_| RestoreAction::Seed(next_seed))}>
                        { "Other noise" }
                    </button>
                </p>
            </div>
            <div class="troubles" role="alert">
                for sentence in source.problem.iter().chain(&desk.trouble) {
                    <p key={sentence.to_string()} class="refusal">{ sentence }</p>
                }
            </div>
            <div class="restore-grid">
                <div class="pair">
                    <Small caption="Original" corner={lesson.corner()} pixels={original} act={act.clone()} />
                    <Small caption="Observed"
                        corner={lesson.corner()} note={psnr.map(AttrValue::from)} pixels={observed.clone()} act={act.clone()} />
                </div>
                <Compare lesson={lesson.clone()} act={act.clone()} observed={observed.clone()} restored={restored.clone()} />
                <div class="findings">
                    <Scores {numbers} />
                    <div class="fig corner">
                        <h2 class="cap">{ "The same corner, magnified" }</h2>
                        <div class="view">
                            <PartCanvas label="Observed, corner" pixels={observed} middle={lesson.corner()} size={CORNER} />
                        </div>
                        <div class="view">
                            <PartCanvas label="Restored, corner" pixels={restored} middle={lesson.corner()} size={CORNER} />
                        </div>
                    </div>
                    <p class="verdict-line" aria-live="polite">
                        { numbers.map(|(scores, ..)| lesson.verdict(scores.isnr)).unwrap_or_default() }
                    </p>
                    if let Some(note) = source.loaded.as_ref().and_then(|loaded| loaded.note()) {
                        <p class="note">{ note }</p>
                    }
                </div>
                <Curve lesson={lesson.clone()} desk={desk.clone()} />
            </div>
        </section>
    }
}

/// The part of a side that the corner takes, in percent.
fn lens(part: u32, length: u32) -> f64 {
    f64::from(part.min(length)) / f64::from(length) * 100.0
}

/// Where the corner starts, in percent, kept within the picture.
fn lens_start(middle: f64, part: u32, length: u32) -> f64 {
    let size = lens(part, length);
    (middle - size / 2.0).clamp(0.0, 100.0 - size)
}

#[derive(Properties, PartialEq)]
struct SmallProps {
    caption: AttrValue,
    #[prop_or_default]
    note: Option<AttrValue>,
    pixels: Option<Pixels>,
    corner: [f64; 2],
    act: Callback<RestoreAction>,
}

/// A small picture; a click on it moves the corner that is looked at closely.
#[component]
fn Small(props: &SmallProps) -> Html {
    let choose = props.act.reform(RestoreAction::Corner);
    let (onpointerdown, onkeydown) = corner_target(props.corner, &choose);
    let help = format!("{}: arrow keys move the magnified corner", props.caption);
    html! {
        <div class="fig">
            <h2 class="cap">{ &props.caption }<small>{ props.note.clone().unwrap_or_default() }</small></h2>
            <div class="view whole" role="group" tabindex="0" aria-label={help} {onpointerdown} {onkeydown}>
                <PixelCanvas label={props.caption.clone()} pixels={props.pixels.clone()} />
                <i class="lens" aria-hidden="true"></i>
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct CompareProps {
    lesson: RestoreLesson,
    act: Callback<RestoreAction>,
    observed: Option<Pixels>,
    restored: Option<Pixels>,
}

/// The restored picture with the observed one over it, left of the divider.
#[component]
fn Compare(props: &CompareProps) -> Html {
    let divider = props.lesson.divider();
    let oninput = props.act.reform(|event: InputEvent| {
        RestoreAction::Divider(event.target_unchecked_into::<HtmlInputElement>().value_as_number())
    });
    html! {
        <div class="fig big">
            <h2 class="cap">{ "Restored" }<small>{ "drag the divider" }</small></h2>
            <div class="view whole compare">
                <div class="layer"><PixelCanvas label="Restored" pixels={props.restored.clone()} /></div>
                <div class="layer before"><PixelCanvas pixels={props.observed.clone()} /></div>
                <span class="tag left" aria-hidden="true">{ "Observed" }</span>
                <span class="tag right" aria-hidden="true">{ "Restored" }</span>
                <input
                    class="divider"
                    type="range"
                    min="0"
                    max="100"
                    step="0.5"
                    aria-label="Divider"
                    aria-valuetext={format!("observed left of {divider} %, restored right of it")}
                    value={divider.to_string()}
                    {oninput}
                />
                <i class="rule" aria-hidden="true">
                    <svg viewBox="0 0 18 12" aria-hidden="true"><path d="M6 1L1 6l5 5M12 1l5 5-5 5" /></svg>
                </i>
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ScoresProps {
    numbers: Option<(crate::engine::Scores, f64, Option<f64>)>,
}

/// The distances to the original.
#[component]
fn Scores(props: &ScoresProps) -> Html {
    let score = |value: fn(&crate::engine::Scores) -> f64, count: usize| {
        props.numbers.as_ref().map_or_else(|| "–".to_owned(), |(scores, ..)| decimals(value(scores), count))
    };
    html! {
        <div>
            <h2 class="cap">{ "Scores" }<small>{ "in linear light" }</small></h2>
            <table class="sc">
                <thead><tr><td></td><th scope="col">{ "Obs." }</th><th scope="col">{ "Rest." }</th></tr></thead>
                <tbody>
                    <tr>
                        <th scope="row">{ "PSNR, dB" }</th>
                        <td data-score="psnr-observed">{ score(|s| s.psnr_observed, 2) }</td>
                        <td data-score="psnr-restored">{ score(|s| s.psnr_restored, 2) }</td>
                    </tr>
                    <tr>
                        <th scope="row">{ "ISNR, dB" }</th>
                        <td>{ "0.00" }</td>
                        <td data-score="isnr">{ score(|s| s.isnr, 2) }</td>
                    </tr>
                    <tr>
                        <th scope="row">{ "RMSE" }</th>
                        <td data-score="rmse-observed">{ score(|s| s.rmse_observed, 3) }</td>
                        <td data-score="rmse-restored">{ score(|s| s.rmse_restored, 3) }</td>
                    </tr>
                </tbody>
            </table>
        </div>
    }
}
