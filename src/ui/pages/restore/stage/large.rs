//! Original and observed, and large beside them what was gained: under a divider, by blinking, or as a difference.

use super::{Shots, pictures::small, scores::CORNER};
use crate::{
    engine::{Aspect, Request},
    lesson::restore::{Gaze, RestoreAction, RestoreLesson, View},
    ui::pictures::{
        canvas::{PixelCanvas, use_css_variables},
        controls::{PlaceTarget, place_target},
        desk::Desk,
    },
    web::{canvas::Pixels, wire::Body},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct FrameProps {
    pub lesson: RestoreLesson,
    pub act: Callback<RestoreAction>,
    pub shots: Shots,
    pub desk: Desk,
    /// Whether the observed picture is shown in place of the restored one.
    pub blinked: UseStateHandle<bool>,
}

/// The three pictures.
#[component]
pub fn Frame(props: &FrameProps) -> Html {
    let FrameProps { lesson, act, shots, desk, blinked } = props;
    let node = use_node_ref();
    let look = lesson.look();
    let [width, height] = shots.restored.as_ref().map_or([1, 1], |pixels| [pixels.width, pixels.height]);
    let zoom = f64::from(look.zoom());
    let [x, y] = look.corner();
    let lens = |part: u32, length: u32| (f64::from(part.min(length)) / f64::from(length) * 100.0, zoom);
    let start = |middle: f64, (size, zoom): (f64, f64)| {
        // The frame stays within the picture, which is magnified about the place itself.
        let left = (middle - size / 2.0).clamp(0.0, 100.0 - size);
        middle + (left - middle) * zoom
    };
    let (across, down) = (lens(CORNER[0], width), lens(CORNER[1], height));
    use_css_variables(
        &node,
        vec![
            ("--ratio", (f64::from(width) / f64::from(height)).to_string()),
            ("--divider", format!("{}%", look.divider())),
            ("--zoom", zoom.to_string()),
            ("--x", format!("{x}%")),
            ("--y", format!("{y}%")),
            ("--lens-width", format!("{}%", across.0 * zoom)),
            ("--lens-height", format!("{}%", down.0 * zoom)),
            ("--lens-left", format!("{}%", start(x, across))),
            ("--lens-top", format!("{}%", start(y, down))),
        ],
    );
    let observed_note = lesson.degradation().already_blurred().then(|| "as it came".to_owned());
    html! {
        <div class="frame-of-three" ref={node}>
            <div class="pair">
                if !lesson.degradation().already_blurred() {
                    { small(lesson, act, "Original", None, shots.original.clone()) }
                }
                { small(lesson, act, "Observed", observed_note, shots.observed.clone()) }
            </div>
            {
                match look.view() {
                    View::Divider => divided(lesson, act, shots),
                    View::Blink => blinking(lesson, act, shots, blinked),
                    View::Difference => difference(lesson, act, desk),
                }
            }
        </div>
    }
}

/// The restored picture with the observed one over it, left of the divider.
fn divided(lesson: &RestoreLesson, act: &Callback<RestoreAction>, shots: &Shots) -> Html {
    let divider = lesson.look().divider();
    let oninput = act.reform(|event: InputEvent| {
        Gaze::Divider(event.target_unchecked_into::<HtmlInputElement>().value_as_number()).into()
    });
    html! {
        <div class="fig big" key="divided">
            <h2 class="cap">{ "Restored" }<small>{ "drag the divider" }</small></h2>
            <div class="view whole compare">
                <div class="layer"><PixelCanvas label="Restored" pixels={shots.restored.clone()} /></div>
                <div class="layer before"><PixelCanvas pixels={shots.observed.clone()} /></div>
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

/// A large picture that can be moved by pressing and with the arrow keys.
fn plain(
    lesson: &RestoreLesson,
    act: &Callback<RestoreAction>,
    label: &'static str,
    note: Html,
    pixels: Option<Pixels>,
) -> Html {
    let choose = act.reform(|place| Gaze::Corner(place).into());
    let PlaceTarget { onpointerdown, onpointermove, onkeydown } =
        place_target(lesson.look().corner(), f64::from(lesson.look().zoom()), &choose);
    let help = format!("{label}: arrow keys move the place that is looked at closely");
    html! {
        <div class="fig big" key="plain">
            <h2 class="cap">{ label }{ note }</h2>
            <div class="view whole" role="group" tabindex="0" aria-label={help} {onpointerdown} {onpointermove} {onkeydown}>
                <div class="layer"><PixelCanvas {label} {pixels} /></div>
                <i class="lens" aria-hidden="true"></i>
                <span class="tag right" aria-hidden="true">{ label }</span>
            </div>
        </div>
    }
}

/// One of the two in the same place; a press of the button or of B changes them.
fn blinking(
    lesson: &RestoreLesson,
    act: &Callback<RestoreAction>,
    shots: &Shots,
    blinked: &UseStateHandle<bool>,
) -> Html {
    let (label, pixels) =
        if **blinked { ("Observed", shots.observed.clone()) } else { ("Restored", shots.restored.clone()) };
    let other = if **blinked { "Show restored" } else { "Show observed" };
    let flip = {
        let blinked = blinked.clone();
        Callback::from(move |_: MouseEvent| blinked.set(!*blinked))
    };
    let note = html! { <button type="button" class="say" onclick={flip}>{ other }{ " (key B)" }</button> };
    plain(lesson, act, label, note, pixels)
}

/// What is too bright, and what too dark: restored minus original, where an original is known.
fn difference(lesson: &RestoreLesson, act: &Callback<RestoreAction>, desk: &Desk) -> Html {
    let found = desk.found(&Request::Insight(lesson.question(), Aspect::Difference));
    let pixels = found.as_ref().and_then(|answer| answer.pictures.first()).cloned();
    let scale = found.as_ref().and_then(|answer| match *answer.body {
        Body::Difference { scale } => Some(scale),
        _ => None,
    });
    let note = match scale {
        Some(scale) if scale.is_nan() => html! { <small>{ "no original is known" }</small> },
        Some(scale) => {
            html! { <small>{ format!("restored minus original; black −{scale:.3}, white +{scale:.3}") }</small> }
        }
        None => html! { <small>{ "on its way" }</small> },
    };
    plain(lesson, act, "Difference", note, pixels)
}
