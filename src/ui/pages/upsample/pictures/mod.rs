//! A picture made larger in several ways, side by side.

mod card;
mod cards;
mod words;
mod zoom;

use crate::{
    lesson::upsample::{UpsampleAction, UpsampleLesson},
    ui::pictures::{desk::Desk, source::Source},
};
pub use cards::Cards;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct PicturesProps {
    /// The page's state.
    pub lesson: UpsampleLesson,
    /// Told what the reader does.
    pub act: Callback<UpsampleAction>,
    /// The worker's side.
    pub desk: Desk,
    /// The picture.
    pub source: Source,
}

/// The view of pictures.
#[component]
pub fn Pictures(props: &PicturesProps) -> Html {
    let PicturesProps { lesson, act, desk, .. } = props;
    html! {
        <div class="pictures-view">
            <Cards lesson={lesson.clone()} act={act.clone()} desk={desk.clone()} compact={false} />
        </div>
    }
}
