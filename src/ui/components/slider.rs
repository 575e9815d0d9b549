//! A labelled slider with its value printed beside it.

use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct SliderProps {
    /// The accessible name.
    pub label: AttrValue,
    /// The text in front of the slider; the name when not given.
    #[prop_or_default]
    pub caption: Option<AttrValue>,
    /// The value.
    pub value: f64,
    /// The smallest value.
    pub min: f64,
    /// The largest value.
    pub max: f64,
    /// The distance between values.
    pub step: f64,
    /// The value as printed and spoken, with its unit.
    pub text: AttrValue,
    /// Told every value while the slider moves.
    pub on_input: Callback<f64>,
}

/// A slider in a row of controls: caption, slider, value.
#[component]
pub fn Slider(props: &SliderProps) -> Html {
    let oninput =
        props.on_input.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value_as_number());
    html! {
        <div class="row">
            <span aria-hidden="true">{ props.caption.as_ref().unwrap_or(&props.label) }</span>
            <input
                type="range"
                aria-label={&props.label}
                aria-valuetext={&props.text}
                min={props.min.to_string()}
                max={props.max.to_string()}
                step={props.step.to_string()}
                value={props.value.to_string()}
                {oninput}
            />
            <b>{ &props.text }</b>
        </div>
    }
}
