//! Take away: programs, tables and pictures of what is on the screen, in a dialog.

use crate::{lesson::upsample::UpsampleLesson, ui::pictures::desk::Desk};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct TakeAwayProps {
    /// The page's state.
    pub lesson: UpsampleLesson,
    /// The worker's side.
    pub desk: Desk,
}

/// The button, and the dialog that it opens.
#[component]
pub fn TakeAway(props: &TakeAwayProps) -> Html {
    let _ = &props.lesson;
    html! {}
}
