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
    let to = |next: Option<usize>| {
        let on_change = props.on_change.clone();
        Callback::from(move |_: MouseEvent| next.iter().for_each(|next| on_change.emit(*next)))
    };
    let less = to((value > min).then(|| value - 1));
    let more = to((value < max).then(|| value + 1));
    html! {
        <div class="field" role="group" aria-label={&props.label}>
            <span>{ &props.label }</span>
            <span class="num">
                <button
                    type="button"
                    aria-label={format!("Less {}", props.label)}
                    // A disabled button would drop the focus of a reader who has just reached the limit by keyboard.
                    aria-disabled={(value <= min).then_some("true")}
                    title={(value <= min).then(|| format!("{min} is the smallest value"))}
                    onclick={less}
                >
                    { "−" }
                </button>
                <b aria-live="polite">{ value }</b>
                <button
                    type="button"
                    aria-label={format!("More {}", props.label)}
                    aria-disabled={(value >= max).then_some("true")}
                    title={(value >= max).then(|| format!("{max} is the largest value"))}
                    onclick={more}
                >
                    { "+" }
                </button>
            </span>
        </div>
    }
}
