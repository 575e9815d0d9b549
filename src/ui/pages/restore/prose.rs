//! The Restore page's text, whose underlined words set the stage.

use super::told::Told;
use crate::lesson::restore::{RestoreAction, RestoreLesson};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ProseProps {
    pub lesson: RestoreLesson,
    pub act: Callback<RestoreAction>,
    pub told: Option<Rc<Told>>,
}

/// The text.
#[component]
pub fn Prose(_props: &ProseProps) -> Html {
    html! { <article class="prose"><h1>{ "What a blur leaves behind" }</h1></article> }
}
