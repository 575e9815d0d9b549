//! The Restore page: prose and settings at the left, the pictures at the right.

mod curve;
mod panel;
mod prose;
mod stage;

use crate::{
    engine::{MAX_RESTORE_PIXELS, Request, fit_pixels},
    lesson::{
        Page,
        restore::{RestoreAction, RestoreLesson},
    },
    ui::{
        pictures::{desk::use_desk, source::use_source},
        store::{Handle, Step},
    },
    web::wire,
};
use panel::Panel;
use prose::Prose;
use stage::Stage;
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
    let question = source.ready.then(|| Request::Restore(lesson.question()));
    let file = source.loaded.as_ref().map(|loaded| (loaded.key, loaded.request.clone()));
    let desk = use_desk(question, file);
    let numbers = desk.answer.as_ref().and_then(|answer| wire::scores(&answer.numbers));
    let (parameter, suggested) = match numbers {
        Some((_, parameter, suggested)) => (Some(parameter), suggested),
        None => (None, None),
    };
    html! {
        <main class="page">
            <aside class="side">
                <Prose lesson={lesson.clone()} act={act.clone()} />
                <Panel
                    lesson={lesson.clone()}
                    act={act.clone()}
                    on_file={source.on_file.clone()}
                    {parameter}
                    {suggested}
                    answered={numbers.is_some()}
                />
            </aside>
            <Stage {lesson} {act} {desk} {source} />
        </main>
    }
}
