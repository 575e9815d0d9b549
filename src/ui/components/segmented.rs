//! A row of buttons of which one is pressed.

use yew::prelude::*;

pub struct SegmentedProps {
    /// The group's accessible name.
    pub label: AttrValue,
    /// The words on the buttons.
    pub options: Vec<AttrValue>,
    /// Which one is pressed.
    pub chosen: usize,
    /// Told which one the reader pressed.
    pub on_choose: Callback<usize>,
}

/// One of several, all in sight.
pub fn segmented(props: &SegmentedProps) -> Html {
    html! {
        <span class="seg" role="group" aria-label={&props.label}>
            for (n, option) in props.options.iter().enumerate() {
                <button
                    key={n}
                    type="button"
                    aria-pressed={(n == props.chosen).to_string()}
                    onclick={props.on_choose.reform(move |_| n)}
                >
                    { option }
                </button>
            }
        </span>
    }
}
