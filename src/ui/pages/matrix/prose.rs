//! The text beside the stage. Words that name a state of the stage are buttons that set it.

use crate::lesson::{
    matrix::{Action, timeline::Chapter},
    numbers::cell_text,
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ProseProps {
    /// The chapter that is shown.
    pub chapter: Chapter,
    /// The first result.
    pub total: f32,
    /// Sets the stage.
    pub act: Callback<Action>,
}

/// Words that set the stage.
pub fn say(act: &Callback<Action>, on: bool, action: Action, words: &str) -> Html {
    let onclick = act.reform(move |_: MouseEvent| action.clone());
    html! { <button type="button" class="say" aria-pressed={on.to_string()} {onclick}>{ words }</button> }
}

/// The lesson's text.
#[component]
pub fn Prose(props: &ProseProps) -> Html {
    let say = |chapter: Chapter, words: &str| {
        html! {
            <button
                type="button"
                class="say"
                aria-pressed={(props.chapter == chapter).to_string()}
                onclick={props.act.reform(move |_| Action::Chapter(chapter))}
            >
                { words }
            </button>
        }
    };
    html! {
        <article class="prose">
            <h1>{ "A convolution is one matrix product" }</h1>
            <p>
                { "Lay the mask on the patch at its " }{ say(Chapter::Place, "first place") }
                { ". Nine products, one sum: the number " }{ say(Chapter::Multiply, &cell_text(props.total)) }
                { ". Everything outlined belongs to it." }
            </p>
            <p>
                { "Now keep the mask where it lies and " }{ say(Chapter::Unroll, "read the array row by row") }
                { ": sixteen numbers, most of them nothing. Four places give four such columns. " }
                { say(Chapter::Stack, "Side by side") }{ " they are C, and D" }<sup>{ "T" }</sup>
                { "C is the whole convolution." }
            </p>
            <p>
                { "Then let C " }{ say(Chapter::Transpose, "bend over") }
                { ". Each column becomes a row, and " }{ say(Chapter::Spread, "four numbers spread to sixteen") }
                { ". That is what deep learning calls deconvolution. It is not the inverse." }
            </p>
            <h2>{ "Try" }</h2>
            <ol>
                <li>{ "Point at a cell of the patch: how many results does it go into? And at a corner?" }</li>
                <li>{ "Before you step to Multiply, work out the last result in your head. Then look." }</li>
                <li>
                    { "Set E to 1 0 / 0 0. Which picture does E·C" }<sup>{ "T" }</sup>
                    { " show, and where have you seen it before?" }
                </li>
            </ol>
        </article>
    }
}
