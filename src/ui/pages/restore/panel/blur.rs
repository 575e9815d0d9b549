//! The blur and the noise.

use super::psf::PsfView;
use crate::{
    lesson::{
        numbers::{cell_text, parse_entry},
        restore::{
            ANGLE, Blur, Degrade, Drawn, HIT, LENGTH, MISSING, NOISE, Noise, PHOTONS, RADIUS, REACH, RING,
            RestoreAction, RestoreLesson, SEED, SIDE, SIGMA, Scene,
        },
    },
    ui::{
        components::{
            number_grid::{Cell, GridEvent, NumberGrid},
            segmented::{SegmentedProps, segmented},
            slider::Slider,
        },
        pictures::controls::Menu,
    },
};
use std::{ops::RangeInclusive, rc::Rc};
use yew::prelude::*;

/// The controls of the blur, and of the noise unless the picture is blurred already.
pub fn blur(lesson: &RestoreLesson, act: &Callback<RestoreAction>) -> Html {
    let d = lesson.degradation();
    let blurs: Vec<(AttrValue, AttrValue)> =
        Blur::ALL.iter().map(|(_, id, name)| (AttrValue::from(*id), AttrValue::from(*name))).collect();
    let on_blur = act.reform(|id: String| Degrade::Blur(Blur::from_id(&id).unwrap_or_default()).into());
    let label = if d.already_blurred() { "Blur, guessed" } else { "Blur" };
    html! {
        <>
            <Menu label="Blur" caption={label} options={blurs} chosen={d.blur().id()} on_choose={on_blur}>
                <PsfView lesson={lesson.clone()} />
            </Menu>
            { sizes(lesson, act) }
            if !d.already_blurred() {
                { noise(lesson, act) }
            }
        </>
    }
}

fn slider(
    label: &'static str,
    value: f64,
    range: RangeInclusive<f64>,
    step: f64,
    text: String,
    act: &Callback<RestoreAction>,
    set: fn(f64) -> Degrade,
) -> Html {
    html! {
        <Slider
            key={label}
            {label}
            {value}
            min={*range.start()}
            max={*range.end()}
            {step}
            {text}
            on_input={act.reform(move |value| set(value).into())}
        />
    }
}

/// The sliders of the chosen blur, or the grid of the reader's own.
fn sizes(lesson: &RestoreLesson, act: &Callback<RestoreAction>) -> Html {
    let d = lesson.degradation();
    let pixels = |value: f64| format!("{value} px");
    let controls = match d.blur() {
        Blur::Disc => vec![slider("Radius", d.radius(), RADIUS, 0.1, pixels(d.radius()), act, Degrade::Radius)],
        Blur::Gaussian => vec![slider("Sigma", d.sigma(), SIGMA, 0.1, pixels(d.sigma()), act, Degrade::Sigma)],
        Blur::Box => vec![slider("Side", d.side(), SIDE, 1.0, pixels(d.side()), act, Degrade::Side)],
        Blur::Motion => vec![
            slider("Length", d.length(), LENGTH, 0.5, pixels(d.length()), act, Degrade::Length),
            slider("Angle", d.angle(), ANGLE, 1.0, format!("{}°", d.angle()), act, Degrade::Angle),
        ],
        Blur::HeavyTailed => vec![slider("Reach", d.reach(), REACH, 1.0, pixels(d.reach()), act, Degrade::Reach)],
        Blur::Airy => vec![slider("Ring", d.ring(), RING, 0.1, pixels(d.ring()), act, Degrade::Ring)],
        Blur::Drawn => vec![html! { <DrawnPsf key="drawn" drawn={*d.drawn()} act={act.clone()} /> }],
    };
    html! { <div class="ctl">{ for controls }</div> }
}

/// Strength and kind of the noise, missing pixels, the seed, and what lies beyond the edges.
fn noise(lesson: &RestoreLesson, act: &Callback<RestoreAction>) -> Html {
    let d = lesson.degradation();
    let kinds: Vec<(AttrValue, AttrValue)> =
        Noise::ALL.iter().map(|(_, id, name)| (AttrValue::from(*id), AttrValue::from(*name))).collect();
    let on_kind = act.reform(|id: String| Degrade::Noise(Noise::from_id(&id).unwrap_or_default()).into());
    let strength = match d.noise() {
        Noise::Gaussian => slider("Noise", d.level(), NOISE, 0.0005, format!("σ {}", d.level()), act, Degrade::Level),
        Noise::Poisson => {
            let photons = format!("{:.0}", 10_f64.powf(d.photons()));
            slider("Photons", d.photons(), PHOTONS, 0.05, photons, act, Degrade::Photons)
        }
        Noise::SaltAndPepper => {
            slider("Hit", d.hit(), HIT, 0.005, format!("{:.1} %", d.hit() * 100.0), act, Degrade::Hit)
        }
    };
    let next_seed = d.seed() % SEED.end() + 1;
    html! {
        <>
            { strength }
            <details class="more">
                <summary>{ "More about noise and edges" }</summary>
                <div class="ctl">
                    <Menu label="Noise kind" caption="Kind" options={kinds} chosen={d.noise().id()} on_choose={on_kind} />
                    { slider("Missing", d.missing(), MISSING, 0.01, format!("{:.0} %", d.missing() * 100.0), act, Degrade::Missing) }
                    <div class="row">
                        <span>{ "Edges" }</span>
                        {
                            segmented(&SegmentedProps {
                                label: "What lies beyond the edges when blurring".into(),
                                options: vec!["Cut off".into(), "Repeats".into()],
                                chosen: usize::from(d.scene() == Scene::Circular),
                                on_choose: act.reform(|n| {
                                    Degrade::Scene(if n == 0 { Scene::Cropped } else { Scene::Circular }).into()
                                }),
                            })
                        }
                    </div>
                    <div class="row">
                        <span>{ "Seed" }</span>
                        <b class="left">{ d.seed() }</b>
                        <button type="button" class="btn" onclick={act.reform(move |_| Degrade::Seed(next_seed).into())}>
                            { "Other noise" }
                        </button>
                    </div>
                </div>
            </details>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct DrawnPsfProps {
    drawn: Drawn,
    act: Callback<RestoreAction>,
}

/// The reader's own weights: typed, nudged with the wheel, or painted by clicks.
#[component]
fn DrawnPsf(props: &DrawnPsfProps) -> Html {
    let DrawnPsfProps { drawn, act } = props;
    let refused = use_state_eq(|| None::<(usize, AttrValue)>);
    let side = drawn.side();
    let weights = drawn.weights();
    let largest = weights.iter().fold(0.0_f32, |largest, weight| largest.max(weight.abs()));
    let cells: Rc<[Cell]> = weights
        .iter()
        .map(|&weight| {
            let part = if largest > 0.0 { weight / largest } else { 0.0 };
            Cell {
                text: cell_text(weight).into(),
                spoken: weight.to_string().into(),
                class: format!("mask-{}", (4.0 + 3.0 * part).round()).into(),
                ..Cell::default()
            }
        })
        .collect();
    let on_event = {
        let (act, drawn, refused) = (act.clone(), *drawn, refused.clone());
        Callback::from(move |event: GridEvent| {
            let set = |place: usize, value: f64| {
                refused.set(None);
                act.emit(Degrade::Weight { row: place / side, column: place % side, value }.into());
            };
            match event {
                GridEvent::Enter(place, text) => match parse_entry(&text) {
                    Ok(value) => set(place, f64::from(value)),
                    Err(sentence) => refused.set(Some((place, sentence.to_string().into()))),
                },
                GridEvent::Nudge(place, step) => {
                    set(place, f64::from(drawn.weight(place / side, place % side) + step));
                }
                _ => {}
            }
        })
    };
    let sides = [3, 5, 7, 9];
    html! {
        <div class="drawn">
            <div class="row">
                <span>{ "Side" }</span>
                {
                    segmented(&SegmentedProps {
                        label: "Side of your own point-spread function".into(),
                        options: sides.iter().map(|side| side.to_string().into()).collect(),
                        chosen: sides.iter().position(|known| *known == side).unwrap_or(sides.len()),
                        on_choose: act.reform(move |n: usize| Degrade::DrawnSide(sides[n.min(3)]).into()),
                    })
                }
                <button type="button" class="btn" onclick={act.reform(move |_| Degrade::Drawn(Drawn::of(side, &[])).into())}>
                    { "Clear" }
                </button>
            </div>
            <NumberGrid
                label="Point-spread function"
                slug="psf"
                columns={side}
                {cells}
                editable=true
                refused={refused.as_ref().map(|(place, _)| *place)}
                {on_event}
            />
            if let Some((_, sentence)) = &*refused {
                <p class="refusal" role="alert">{ sentence }</p>
            }
            if drawn.kernel().is_none() {
                <p class="refusal" role="alert">
                    { "The weights have to sum to more than 0, or the picture would lose its light: make one of them larger." }
                </p>
            }
        </div>
    }
}
