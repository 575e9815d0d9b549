//! The Restore page's stage: one method's pictures, several side by side, or what can be taken along.

mod compare;
mod head;
mod large;
mod pictures;
mod scores;
mod signal;
mod takeaway;

pub use compare::wanted as compared;

use super::{told::Told, why::why};
use crate::{
    engine::Request,
    lesson::restore::{Gaze, RestoreAction, RestoreLesson, Stage as Shown, View},
    ui::pictures::{
        controls::drop_target,
        desk::{Desk, Phase},
        source::Source,
    },
    web::{canvas::Pixels, events::Listener},
};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct StageProps {
    pub lesson: RestoreLesson,
    pub act: Callback<RestoreAction>,
    pub desk: Desk,
    pub told: Option<Rc<Told>>,
    pub source: Source,
    /// The file that the reader asked for.
    pub wish: Option<Request>,
    /// Asks for a file, or for nothing any more.
    pub on_wish: Callback<Option<Request>>,
}

/// The pictures of an answer or of work under way.
#[derive(Clone, PartialEq, Default)]
pub struct Shots {
    pub original: Option<Pixels>,
    pub observed: Option<Pixels>,
    pub restored: Option<Pixels>,
}

/// The stage.
#[component]
pub fn Stage(props: &StageProps) -> Html {
    let StageProps { lesson, act, desk, told, source, wish, on_wish } = props;
    let picture = |slot: usize| desk.answer.as_ref().and_then(|answer| answer.pictures.get(slot)).cloned();
    let mut shots = Shots { original: picture(0), observed: picture(1), restored: picture(2) };
    if let Some(so_far) = desk.progress.as_ref().map(|progress| progress.picture.clone()) {
        shots.restored = Some(so_far);
    }
    let blinked = use_state_eq(|| false);
    use_keys(lesson.clone(), act.clone(), blinked.clone());
    let (ondragover, ondrop) = drop_target(&source.on_file);
    let phase = if source.problem.is_some() && !source.ready { Phase::Failed } else { desk.phase };
    html! {
        <section
            class="stage restore"
            aria-label="Pictures"
            aria-busy={(phase == Phase::Busy).to_string()}
            data-state={phase.word()}
            {ondragover}
            {ondrop}
        >
            <i class="progress" aria-hidden="true"></i>
            { head::head(lesson, act) }
            <p class="about">
                { lesson.describe() }
                if let Some(credit) = lesson.picture().credit() {
                    <span class="credit">{ credit }</span>
                }
            </p>
            <div class="troubles" role="alert">
                for sentence in source.problem.iter().chain(&desk.trouble) {
                    <p key={sentence.to_string()} class="refusal">{ sentence }</p>
                }
            </div>
            if let Some(note) = source.loaded.as_ref().and_then(|loaded| loaded.note()) {
                <p class="note troubles">{ note }</p>
            }
            {
                match lesson.look().stage() {
                    Shown::One => html! {
                        <div class={classes!("restore-grid", lesson.is_signal().then_some("signal-grid"))} key="one">
                            if lesson.is_signal() {
                                { signal::signal(lesson, told.as_deref()) }
                            } else {
                                <large::Frame key="frame" lesson={lesson.clone()} act={act.clone()} shots={shots.clone()} desk={desk.clone()} blinked={blinked.clone()} />
                            }
                            <div class="findings" key="findings">
                                { scores::scores(lesson, desk, told.as_deref()) }
                                { scores::corner(lesson, &shots) }
                                { scores::found(desk, told.as_deref()) }
                                { scores::work(desk, told.as_deref(), lesson) }
                            </div>
                            { why(lesson, act, desk, told.as_deref()) }
                        </div>
                    },
                    Shown::Compare => html! { <compare::Compare key="compare" lesson={lesson.clone()} act={act.clone()} desk={desk.clone()} /> },
                    Shown::TakeAway => html! { <takeaway::TakeAway key="take" lesson={lesson.clone()} desk={desk.clone()} told={told.clone().filter(|_| phase == Phase::Ready)} wish={wish.clone()} on_wish={on_wish.clone()} /> },
                }
            }
        </section>
    }
}

/// B blinks, + and − zoom where the stage offers that, wherever the focus is on the page and nothing is being typed.
#[hook]
fn use_keys(lesson: RestoreLesson, act: Callback<RestoreAction>, blinked: UseStateHandle<bool>) {
    let latest = use_mut_ref(|| (lesson.clone(), blinked.clone()));
    *latest.borrow_mut() = (lesson, blinked);
    use_effect_with((), move |()| {
        let listener = Listener::on_window("keydown", move |event| {
            let Ok(event) = event.dyn_into::<KeyboardEvent>() else { return };
            if event.ctrl_key() || event.alt_key() || event.meta_key() || crate::ui::app::is_typing(&event) {
                return;
            }
            let (lesson, blinked) = latest.borrow().clone();
            let look = lesson.look();
            // Keys do only what the head of the stage has buttons for.
            let pictures = !lesson.is_signal();
            let (blinks, zooms) = (look.stage() == Shown::One && pictures, look.stage() != Shown::TakeAway && pictures);
            match event.key().as_str() {
                "b" | "B" if blinks => {
                    if look.view() == View::Blink {
                        blinked.set(!*blinked);
                    } else {
                        act.emit(Gaze::View(View::Blink).into());
                    }
                }
                "+" if zooms => act.emit(Gaze::Zoom(look.zoom() * 2).into()),
                "-" if zooms => act.emit(Gaze::Zoom((look.zoom() / 2).max(1)).into()),
                _ => {}
            }
        });
        move || drop(listener)
    });
}
