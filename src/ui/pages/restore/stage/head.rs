//! The head of the stage: how to look, and what the stage shows.

use crate::{
    lesson::restore::{Gaze, RestoreAction, RestoreLesson, Stage, View, ZOOMS},
    ui::components::segmented::{SegmentedProps, segmented},
};
use yew::prelude::*;

/// The controls of the look, and the words on how blur and noise were made.
pub fn head(lesson: &RestoreLesson, act: &Callback<RestoreAction>) -> Html {
    let look = lesson.look();
    let toggle = |stage: Stage, name: &'static str| {
        let on = look.stage() == stage;
        let next = if on { Stage::One } else { stage };
        html! {
            <button
                key={name}
                type="button"
                class="btn"
                aria-pressed={on.to_string()}
                onclick={act.reform(move |_| Gaze::Stage(next).into())}
            >
                { name }
            </button>
        }
    };
    let pictures = !lesson.is_signal();
    html! {
        <div class="stage-head">
            if look.stage() == Stage::One && pictures {
                {
                    segmented(&SegmentedProps {
                        label: "How to look".into(),
                        options: View::ALL.iter().map(|(_, _, name)| AttrValue::from(*name)).collect(),
                        chosen: View::ALL.iter().position(|(view, ..)| *view == look.view()).unwrap_or_default(),
                        on_choose: act.reform(|n: usize| Gaze::View(View::ALL[n.min(2)].0).into()),
                    })
                }
            }
            if look.stage() != Stage::TakeAway && pictures {
                {
                    segmented(&SegmentedProps {
                        label: "Magnification".into(),
                        options: vec!["Fit".into(), "2×".into(), "4×".into(), "8×".into()],
                        chosen: ZOOMS.iter().position(|zoom| *zoom == look.zoom()).unwrap_or_default(),
                        on_choose: act.reform(|n: usize| Gaze::Zoom(ZOOMS[n.min(3)]).into()),
                    })
                }
            }
            <span class="stage-tools">
                { toggle(Stage::Compare, "Compare methods") }
                { toggle(Stage::TakeAway, "Take away") }
            </span>
        </div>
    }
}
