//! A whole number with a button on each side; a value at its limit says so.

use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct StepperProps {
    /// The accessible name, also printed.
    pub label: AttrValue,
    /// The value.
    pub value: usize,
    /// The smallest value.
    pub min: usize,
    /// The largest value.
    pub max: usize,
    /// Told the new value.
    pub on_change: Callback<usize>,
}

/// Counts up and down within a range.
#[component]
pub fn Stepper(props: &StepperProps) -> Html {
    let (min, max, value) = (props.min, props.max, props.value);
    let less = props.on_change.reform(move |_: MouseEvent| value.saturating_sub(1).max(min));
    let more = props.on_change.reform(move |_: MouseEvent| (value + 1).min(max));
    html! {
        <div class="field" role="group" aria-label={&props.label}>
            <span>{ &props.label }</span>
            <span class="num">
                <button
                    type="button"
                    aria-label={format!("Less {}", props.label)}
                    disabled={value <= min}
                    title={(value <= min).then(|| format!("{min} is the smallest value"))}
                    onclick={less}
                >
                    { "−" }
                </button>
                <b aria-live="polite">{ value }</b>
                <button
                    type="button"
                    aria-label={format!("More {}", props.label)}
                    disabled={value >= max}
                    title={(value >= max).then(|| format!("{max} is the largest value"))}
                    onclick={more}
                >
                    { "+" }
                </button>
            </span>
        </div>
    }
}
