//! The Restore page's settings, in the order of the physics: picture, blur, noise, method.

use crate::{
    lesson::{
        notation::scientific,
        restore::{ANGLE, Blur, LENGTH, NOISE, RADIUS, RestoreAction, RestoreLesson, SIDE, SIGMA},
    },
    restoration::DESCRIPTIONS,
    ui::{
        components::slider::Slider,
        pictures::{
            canvas::use_css_variables,
            controls::{Menu, PictureChoice},
        },
    },
    web::canvas::draw_bytes,
};
use std::ops::RangeInclusive;
use web_sys::{Blob, HtmlCanvasElement, HtmlInputElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct PanelProps {
    pub lesson: RestoreLesson,
    pub act: Callback<RestoreAction>,
    pub on_file: Callback<Blob>,
    /// The parameter of the last answer.
    pub parameter: Option<f64>,
    /// The parameter that the data suggest, where the method has a rule.
    pub suggested: Option<f64>,
    /// Whether an answer came already.
    pub answered: bool,
}

/// The settings.
#[component]
pub fn Panel(props: &PanelProps) -> Html {
    let lesson = &props.lesson;
    let act = &props.act;
    let blurs: Vec<(AttrValue, AttrValue)> =
        Blur::ALL.iter().map(|(_, id, name)| (AttrValue::from(*id), AttrValue::from(*name))).collect();
    let methods: Vec<(AttrValue, AttrValue)> =
        DESCRIPTIONS.iter().map(|method| (method.id.into(), method.name.into())).collect();
    let on_blur = act.reform(|id: String| RestoreAction::Blur(Blur::from_id(&id).unwrap_or_default()));
    let on_method = act.reform(|id: String| {
        RestoreAction::Method(DESCRIPTIONS.iter().position(|method| method.id == id).unwrap_or_default())
    });
    html! {
        <section class="panel ctl restore-panel" aria-label="Settings">
            <PictureChoice
                chosen={lesson.picture()}
                on_choose={act.reform(RestoreAction::Picture)}
                on_file={props.on_file.clone()}
            />
            <Menu label="Blur" options={blurs} chosen={lesson.blur().id()} on_choose={on_blur}>
                <PsfView lesson={lesson.clone()} />
            </Menu>
            { sizes(lesson, act) }
            <Slider
                label="Noise"
                caption="Noise σ"
                value={lesson.noise()}
                min={*NOISE.start()}
                max={*NOISE.end()}
                step={0.0005}
                text={lesson.noise().to_string()}
                on_input={act.reform(RestoreAction::Noise)}
            />
            <Menu label="Method" options={methods} chosen={lesson.method().id} on_choose={on_method} />
            <Regularisation
                lesson={lesson.clone()}
                act={act.clone()}
                parameter={props.parameter}
                suggested={props.suggested}
                answered={props.answered}
            />
        </section>
    }
}

/// The sliders of the chosen blur.
fn sizes(lesson: &RestoreLesson, act: &Callback<RestoreAction>) -> Html {
    let slider = |label: &'static str,
                  value: f64,
                  range: RangeInclusive<f64>,
                  step: f64,
                  unit: &str,
                  set: fn(f64) -> RestoreAction| {
        html! {
            <Slider
                key={label}
                {label}
                {value}
                min={*range.start()}
                max={*range.end()}
                {step}
                text={format!("{value}{unit}")}
                on_input={act.reform(set)}
            />
        }
    };
    let sliders = match lesson.blur() {
        Blur::Disc => vec![slider("Radius", lesson.radius(), RADIUS, 0.1, " px", RestoreAction::Radius)],
        Blur::Gaussian => vec![slider("Sigma", lesson.sigma(), SIGMA, 0.1, " px", RestoreAction::Sigma)],
        Blur::Box => vec![slider("Side", lesson.side(), SIDE, 1.0, " px", RestoreAction::Side)],
        Blur::Motion => vec![
            slider("Length", lesson.length(), LENGTH, 0.5, " px", RestoreAction::Length),
            slider("Angle", lesson.angle(), ANGLE, 1.0, "°", RestoreAction::Angle),
        ],
    };
    html! { <div class="ctl">{ for sliders }</div> }
}

#[derive(Properties, PartialEq)]
struct PsfViewProps {
    lesson: RestoreLesson,
}

/// What a single point becomes, white on black, each picture pixel a canvas pixel.
#[component]
fn PsfView(props: &PsfViewProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.lesson.psf(), move |psf| {
            let Some(canvas) = node.cast::<HtmlCanvasElement>() else { return };
            let kernel = psf.sample();
            // A square of odd side, so that the point's place is the middle, with a dark rim.
            let side = (kernel.height().max(kernel.width()) | 1) + 4;
            let brightest = kernel.weights().iter().copied().fold(f32::MIN_POSITIVE, f32::max);
            let mut bytes = [0, 0, 0, 255].repeat(side * side);
            let [top, left] = kernel.centre().map(|centre| side / 2 - centre);
            for (index, weight) in kernel.weights().iter().enumerate() {
                let (row, column) = (top + index / kernel.width(), left + index % kernel.width());
                let grey = (weight / brightest * 255.0).round() as u8;
                bytes[(row * side + column) * 4..][..3].fill(grey);
            }
            let _ = draw_bytes(&canvas, side as u32, side as u32, &bytes);
        });
    }
    html! {
        <div class="view psf">
            <canvas ref={node} width="1" height="1" role="img" aria-label="Point-spread function" />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct RegularisationProps {
    lesson: RestoreLesson,
    act: Callback<RestoreAction>,
    parameter: Option<f64>,
    suggested: Option<f64>,
    answered: bool,
}

/// The method's parameter on a logarithmic slider, with a tick at the value that the data suggest.
#[component]
fn Regularisation(props: &RegularisationProps) -> Html {
    let node = use_node_ref();
    let lesson = &props.lesson;
    let Some(parameter) = lesson.method().parameters.first() else { return Html::default() };
    let range = lesson.log_range();
    let by_hand = 10_f64.powf(lesson.log_parameter());
    // While the data choose, the slider stands where their choice is.
    let value = if lesson.automatic() { props.parameter.unwrap_or(by_hand) } else { by_hand };
    let log = value.log10().clamp(*range.start(), *range.end());
    let tick = props.suggested.map(|suggested| (suggested.log10() - range.start()) / (range.end() - range.start()));
    use_css_variables(&node, vec![("--tick", tick.unwrap_or_default().clamp(0.0, 1.0).to_string())]);
    let text = scientific(value);
    let no_rule = props.answered && props.suggested.is_none();
    let oninput = props.act.reform(|event: InputEvent| {
        RestoreAction::LogParameter(event.target_unchecked_into::<HtmlInputElement>().value_as_number())
    });
    html! {
        <div class="ctl">
            <div class="row">
                <span aria-hidden="true">{ format!("{} (log)", parameter.symbol) }</span>
                <span class="gamma" ref={node}>
                    <input
                        type="range"
                        aria-label="Regularisation"
                        aria-valuetext={text.clone()}
                        min={range.start().to_string()}
                        max={range.end().to_string()}
                        step="0.05"
                        value={log.to_string()}
                        {oninput}
                    />
                    <i class="tick" hidden={tick.is_none()}></i>
                </span>
                <b>{ text }</b>
            </div>
            <div class="row">
                <span></span>
                <button
                    type="button"
                    class="btn"
                    aria-pressed={(lesson.automatic() && !no_rule).to_string()}
                    disabled={no_rule}
                    title={no_rule.then_some("For this method no rule is known that deserves trust.")}
                    onclick={props.act.reform(|_| RestoreAction::Automatic(true))}
                >
                    { "Automatic (GCV)" }
                </button>
            </div>
            <p class="help">{ parameter.help }</p>
        </div>
    }
}
