//! What the stage shows beside the story: the inverse, pooling, and channels, each with its text.

use crate::{
    lesson::matrix::{Action, MatrixLesson, derived::Derived, spot::Array},
    ui::components::number_grid::GridEvent,
};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ViewStageProps {
    /// The page's state.
    pub lesson: MatrixLesson,
    /// What follows from its numbers.
    pub derived: Rc<Derived>,
    /// Sets the state.
    pub act: Callback<Action>,
    /// Told what the reader does in a grid of the story's arrays.
    pub on_grid: Callback<(Array, GridEvent)>,
}

/// The stage of a view.
#[component]
pub fn ViewStage(props: &ViewStageProps) -> Html {
    html! { <div class="canvas" data-view={props.lesson.view.slug()}></div> }
}

#[derive(Properties, PartialEq)]
pub struct ViewProseProps {
    /// The page's state.
    pub lesson: MatrixLesson,
    /// What follows from its numbers.
    pub derived: Rc<Derived>,
    /// Sets the state.
    pub act: Callback<Action>,
}

/// The text of a view.
#[component]
pub fn ViewProse(props: &ViewProseProps) -> Html {
    html! { <article class="prose"><h1>{ props.lesson.view.title() }</h1></article> }
}
