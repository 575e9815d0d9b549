//! The Restore page: prose and settings at the left, the pictures at the right.

mod chart;
mod exercises;
mod panel;
mod prose;
mod stage;
mod told;
mod why;

use crate::{
    engine::{Aspect, MAX_RESTORE_PIXELS, Request, fit_pixels},
    lesson::{
        Page,
        restore::{RestoreAction, RestoreLesson, Stage as Shown, View, Why},
    },
    ui::{
        pictures::{
            desk::{Phase, use_desk},
            paste::use_paste,
            source::use_source,
        },
        store::{Handle, Step},
    },
    web::wire,
};
use panel::Panel;
use prose::Prose;
use stage::Stage;
use std::rc::Rc;
use told::Told;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct RestorePageProps {
    /// The page's state.
    pub store: Handle<RestoreLesson>,
}

/// The page.
#[component]
pub fn RestorePage(props: &RestorePageProps) -> Html {
    let lesson = props.store.0.clone();
    let act = {
        let dispatcher = props.store.dispatcher();
        use_callback((), move |action: RestoreAction, ()| dispatcher.dispatch(Step::Do(action)))
    };
    let choose = {
        let act = act.clone();
        use_callback((), move |picture, ()| act.emit(RestoreAction::Picture(picture)))
    };
    let fit = |width, height| fit_pixels(width, height, MAX_RESTORE_PIXELS);
    let source = use_source(Page::Restore, lesson.picture(), fit, choose);
    use_paste(source.on_file.clone(), Some(source.on_text.clone()));
    let question = source.ready.then(|| Request::Restore(lesson.question()));
    let file = source.loaded.as_ref().map(|loaded| (loaded.key, loaded.request.clone()));
    let wish = use_state_eq(|| None::<Request>);
    let on_wish = {
        let wish = wish.clone();
        use_callback((), move |request, ()| wish.set(request))
    };
    // Whether the last answer came without its similarities, which take their time for large pictures.
    let unlike = use_state_eq(|| false);
    let wanted = (*wish).clone().into_iter().chain(meanwhile(&lesson, *unlike)).collect();
    let desk = use_desk(wire::restore_words, question, file, wanted);
    let told = use_memo(desk.answer.clone(), |answer| answer.as_ref().and_then(|answer| Told::of(answer)).map(Rc::new));
    let told = (*told).clone();
    {
        let is_unlike =
            told.as_ref().is_some_and(|told| told.scores.ssim_restored.is_nan() && !told.scores.isnr.is_nan());
        use_effect_with(is_unlike, move |is_unlike| unlike.set(*is_unlike));
    }
    {
        // A file of other settings is not wished for any more.
        let wish = wish.clone();
        use_effect_with((lesson.question(), lesson.look().stage()), move |_| wish.set(None));
    }
    html! {
        <main class="page">
            <aside class="side">
                <Prose lesson={lesson.clone()} act={act.clone()} told={told.clone()} ready={desk.phase == Phase::Ready} />
                <Panel lesson={lesson.clone()} act={act.clone()} on_file={source.on_file.clone()} told={told.clone()} />
            </aside>
            <Stage {lesson} {act} {desk} {told} {source} wish={(*wish).clone()} {on_wish} />
        </main>
    }
}

/// What the worker is asked once the question itself is answered, the most wanted first.
fn meanwhile(lesson: &RestoreLesson, unlike: bool) -> Vec<Request> {
    let look = lesson.look();
    let mut wanted = Vec::new();
    if unlike {
        wanted.push(Request::Insight(lesson.question(), Aspect::Similarity));
    }
    match look.stage() {
        Shown::Compare => wanted.extend(stage::compared(lesson)),
        Shown::TakeAway => {}
        Shown::One => {
            let insight = |aspect| Request::Insight(lesson.question(), aspect);
            if look.view() == View::Difference && !lesson.is_signal() {
                wanted.push(insight(Aspect::Difference));
            }
            match look.why() {
                Why::Spectra => wanted.push(insight(Aspect::Spectra)),
                Why::Residual => wanted.push(insight(Aspect::Residual)),
                Why::Curve => wanted.extend(why::curve_points(lesson)),
                Why::Convergence => {}
            }
        }
    }
    wanted
}
