//! What the stage shows beside the story: the inverse, pooling, and channels, each with its text.

mod channels;
mod figure;
mod inverse;
mod pooling;

use crate::{
    lesson::matrix::{Action, MatrixLesson, View, derived::Derived, spot::Array},
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
pub fn view_stage(props: &ViewStageProps) -> Html {
    let ViewStageProps { lesson, derived, act, on_grid } = props;
    let (lesson, derived, act, on_grid) = (lesson.clone(), derived.clone(), act.clone(), on_grid.clone());
    let view = lesson.view;
    html! {
        <div class="canvas side-view" data-view={view.slug()}>
            {
                match view {
                    View::Story => Html::default(),
                    View::Inverse => html! { <inverse::InverseStage {lesson} {derived} {act} {on_grid} /> },
                    View::Pooling => html! { <pooling::PoolingStage {lesson} {derived} {act} {on_grid} /> },
                    View::Channels => html! { <channels::ChannelsStage {lesson} {derived} {act} {on_grid} /> },
                }
            }
        </div>
    }
}

pub struct ViewProseProps {
    /// The page's state.
    pub lesson: MatrixLesson,
    /// Sets the state.
    pub act: Callback<Action>,
}

/// The text of a view.
pub fn view_prose(props: &ViewProseProps) -> Html {
    let (lesson, act) = (&props.lesson, &props.act);
    html! {
        <article class="prose" key={lesson.view.slug()}>
            {
                match lesson.view {
                    View::Story => Html::default(),
                    View::Inverse => inverse::prose(lesson, act),
                    View::Pooling => pooling::prose(lesson, act),
                    View::Channels => channels::prose(lesson, act),
                }
            }
        </article>
    }
}
