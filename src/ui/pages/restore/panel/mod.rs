//! The Restore page's settings, in the order of the physics: picture, blur, noise, method.

mod blur;
mod method;
mod psf;

use super::told::Told;
use crate::{
    lesson::restore::{Degrade, RestoreAction, RestoreLesson},
    ui::{
        components::slider::Slider,
        pictures::{
            camera::CameraButton,
            controls::{PictureChoice, check},
        },
    },
};
use std::rc::Rc;
use web_sys::Blob;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct PanelProps {
    pub lesson: RestoreLesson,
    pub act: Callback<RestoreAction>,
    pub on_file: Callback<Blob>,
    /// The numbers of the last answer.
    pub told: Option<Rc<Told>>,
}

/// The settings.
#[component]
pub fn Panel(props: &PanelProps) -> Html {
    let PanelProps { lesson, act, on_file, told } = props;
    html! {
        <section class="panel ctl restore-panel" aria-label="Settings">
            <PictureChoice
                chosen={lesson.picture()}
                on_choose={act.reform(RestoreAction::Picture)}
                on_file={on_file.clone()}
                signals=true
            />
            <p class="help">
                { "Or drop or paste a picture, paste a column of numbers" }
                <CameraButton on_file={on_file.clone()} />
                { "." }
            </p>
            { row(lesson, act) }
            { blur::blur(lesson, act) }
            { method::method(lesson, act, told.as_deref()) }
        </section>
    }
}

/// Whether a row of the picture is taken as a signal, and which; whether the picture is blurred already.
fn row(lesson: &RestoreLesson, act: &Callback<RestoreAction>) -> Html {
    if lesson.picture().is_signal() {
        return Html::default();
    }
    let row = lesson.row();
    let already = lesson.degradation().already_blurred();
    html! {
        <div class="ctl">
            <div class="checks-row">
                    { check("One row", row.is_some(), act.reform(|on: bool| RestoreAction::Row(on.then_some(50.0)))) }
                    { check("Blurred already", already, act.reform(|on: bool| Degrade::AlreadyBlurred(on).into())) }
            </div>
            if let Some(row) = row {
                <Slider
                    label="Row"
                    value={row}
                    min={0.0}
                    max={100.0}
                    step={1.0}
                    text={format!("{row} %")}
                    on_input={act.reform(|value| RestoreAction::Row(Some(value)))}
                />
            }
        </div>
    }
}
