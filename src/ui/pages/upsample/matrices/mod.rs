//! The same C: the matrix of every way for a tiny input, beside what it makes of it.

use crate::lesson::upsample::{UpsampleAction, UpsampleLesson};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct MatricesProps {
    /// The page's state.
    pub lesson: UpsampleLesson,
    /// Told what the reader does.
    pub act: Callback<UpsampleAction>,
}

/// The view of matrices.
#[component]
pub fn Matrices(props: &MatricesProps) -> Html {
    let _ = &props.lesson;
    html! { <div class="matrices"></div> }
}
