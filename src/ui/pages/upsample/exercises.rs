//! The exercises at the end of the text.

use crate::lesson::upsample::{UpsampleAction, UpsampleLesson};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ExercisesProps {
    /// The page's state.
    pub lesson: UpsampleLesson,
    /// Told what the reader does.
    pub act: Callback<UpsampleAction>,
}

/// The exercises on offer, and the one that is open.
#[component]
pub fn Exercises(props: &ExercisesProps) -> Html {
    let _ = &props.lesson;
    html! {}
}
