//! A small picture that is a map too: a press moves the place that is looked at closely.

use crate::{
    lesson::restore::{Gaze, RestoreAction, RestoreLesson},
    ui::pictures::{
        canvas::PixelCanvas,
        controls::{PlaceTarget, place_target},
    },
    web::canvas::Pixels,
};
use yew::prelude::*;

/// The picture with its caption, a note beside that, and the frame of what is looked at closely.
pub fn small(
    lesson: &RestoreLesson,
    act: &Callback<RestoreAction>,
    caption: &'static str,
    note: Option<String>,
    pixels: Option<Pixels>,
) -> Html {
    let choose = act.reform(|place| Gaze::Corner(place).into());
    let PlaceTarget { onpointerdown, onpointermove, onkeydown } =
        place_target(lesson.look().corner(), f64::from(lesson.look().zoom()), &choose);
    let help = format!("{caption}: arrow keys move the place that is looked at closely");
    html! {
        <div class="fig" key={caption}>
            <h2 class="cap">{ caption }<small>{ note.unwrap_or_default() }</small></h2>
            <div class="view whole" role="group" tabindex="0" aria-label={help} {onpointerdown} {onpointermove} {onkeydown}>
                <div class="layer"><PixelCanvas label={caption} {pixels} /></div>
                <i class="lens" aria-hidden="true"></i>
            </div>
        </div>
    }
}
