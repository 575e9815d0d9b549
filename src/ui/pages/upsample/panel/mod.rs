//! The settings of the Upsample page: the layer, or the picture, after what the stage shows.

mod layer;
mod picture;

use crate::lesson::upsample::{UpsampleAction, UpsampleLesson, View};
use web_sys::Blob;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct PanelProps {
    /// The page's state.
    pub lesson: UpsampleLesson,
    /// Told what the reader does.
    pub act: Callback<UpsampleAction>,
    /// Told the file that the reader opened.
    pub on_file: Callback<Blob>,
}

/// The settings.
#[component]
pub fn Panel(props: &PanelProps) -> Html {
    let PanelProps { lesson, act, on_file } = props;
    html! {
        <section class="panel ctl upsample-panel" aria-label="Settings">
            {
                match lesson.view {
                    View::Overlap | View::Matrices => layer::layer(lesson, act),
                    View::Pictures => picture::picture(lesson, act, on_file),
                }
            }
        </section>
    }
}
