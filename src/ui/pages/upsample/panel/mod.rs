//! The settings of the Upsample page: the layer, and the picture that goes through it.

use super::sprite::SpritePad;
use crate::{
    lesson::{
        picture::Picture,
        upsample::{UpsampleAction, UpsampleLesson, stack},
    },
    ui::{components::stepper::Stepper, pictures::controls::PictureChoice},
};
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
    let layer = lesson.chosen_layer();
    html! {
        <section class="panel ctl upsample-panel" aria-label="Settings">
            <PictureChoice
                chosen={lesson.work.picture}
                on_choose={act.reform(UpsampleAction::Picture)}
                on_file={on_file.clone()}
            />
            if lesson.work.picture == Picture::Sprite {
                <SpritePad lesson={lesson.clone()} act={act.clone()} />
            }
            <div class="fields">
                <Stepper
                    label="Mask size"
                    value={layer.mask}
                    min={*stack::MASK.start()}
                    max={*stack::MASK.end()}
                    on_change={act.reform(|value: usize| UpsampleAction::Mask(value as i64))}
                />
                <Stepper
                    label="Stride"
                    value={layer.stride}
                    min={*stack::STRIDE.start()}
                    max={*stack::STRIDE.end()}
                    on_change={act.reform(|value: usize| UpsampleAction::Stride(value as i64))}
                />
            </div>
        </section>
    }
}
