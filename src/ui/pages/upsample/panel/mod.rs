//! The settings of the Upsample page: the layer, or the picture, after what the stage shows.

mod layer;
pub mod picture;

use super::sides::Sides;
use crate::lesson::upsample::{UpsampleAction, UpsampleLesson, View};
use web_sys::Blob;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct PanelProps {
    /// The page's state.
    pub lesson: UpsampleLesson,
    /// Told what the reader does.
    pub act: Callback<UpsampleAction>,
    /// What only the whole program brings along.
    pub sides: Option<&'static Sides>,
    /// Told the file that the reader opened.
    pub on_file: Callback<Blob>,
}

/// The settings.
#[component]
pub fn Panel(props: &PanelProps) -> Html {
    let PanelProps { lesson, act, sides, .. } = props;
    html! {
        <section class="panel ctl upsample-panel" aria-label="Settings">
            {
                match (lesson.view, sides) {
                    (View::Pictures, Some(sides)) => (sides.panel)(props),
                    _ => layer::layer(lesson, act),
                }
            }
        </section>
    }
}
