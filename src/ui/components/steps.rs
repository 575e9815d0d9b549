//! One change back, and one forth again.

use super::icon::{IconProps, Sign, icon};
use yew::prelude::*;

/// The buttons Undo and Redo; of each whether there is such a step, and what takes it.
pub fn steps(undo: (bool, Callback<MouseEvent>), redo: (bool, Callback<MouseEvent>)) -> Html {
    let button = |name: &'static str, sign: Sign, (possible, onclick): (bool, Callback<MouseEvent>)| {
        html! {
            <button
                type="button"
                class="btn square step"
                aria-label={name}
                title={name}
                // Disabled, it would drop the focus of a reader who has just taken the last step by keyboard.
                aria-disabled={(!possible).then_some("true")}
                {onclick}
            >
                { icon(&IconProps { sign }) }
            </button>
        }
    };
    html! { <>{ button("Undo", Sign::Undo, undo) }{ button("Redo", Sign::Redo, redo) }</> }
}
