//! The drawing of 16 × 16 pixels, and the colours for it.

use crate::lesson::upsample::{UpsampleAction, UpsampleLesson};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct SpritePadProps {
    /// The page's state.
    pub lesson: UpsampleLesson,
    /// Told what the reader does.
    pub act: Callback<UpsampleAction>,
}

/// The drawing pad.
#[component]
pub fn SpritePad(props: &SpritePadProps) -> Html {
    let _ = &props.lesson;
    html! { <div class="sprite"></div> }
}
