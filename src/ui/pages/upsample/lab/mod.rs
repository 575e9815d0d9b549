//! The lab: where copies of the mask overlap, along a row and in the plane.

use crate::lesson::upsample::{UpsampleAction, UpsampleLesson};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct LabProps {
    /// The page's state.
    pub lesson: UpsampleLesson,
    /// Told what the reader does.
    pub act: Callback<UpsampleAction>,
}

/// The lab.
#[component]
pub fn Lab(props: &LabProps) -> Html {
    let _ = &props.lesson;
    html! { <div class="lab"></div> }
}
