//! The Upsample page's text, whose underlined words set the stage.

use super::exercises::Exercises;
use crate::{
    lesson::upsample::{UpsampleAction, UpsampleLesson},
    ui::pictures::desk::Desk,
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ProseProps {
    /// The page's state.
    pub lesson: UpsampleLesson,
    /// Told what the reader does.
    pub act: Callback<UpsampleAction>,
    /// The worker's side.
    pub desk: Desk,
}

/// The text.
#[component]
pub fn Prose(props: &ProseProps) -> Html {
    html! {
        <article class="prose">
            <h1>{ "Where checkerboards come from" }</h1>
            <Exercises lesson={props.lesson.clone()} act={props.act.clone()} />
        </article>
    }
}
