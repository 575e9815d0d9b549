//! The Upsample page: why a layer paints unevenly, what that does to a picture, and what to use instead.

mod exercises;
mod lab;
mod matrices;
mod panel;
mod pictures;
mod prose;
mod sprite;
mod stage;
mod takeaway;

use crate::{
    engine::{MAX_UPSAMPLE_SIDE, Request, fit_side},
    lesson::{
        Page,
        upsample::{UpsampleAction, UpsampleLesson},
    },
    ui::{
        pictures::{desk::use_desk, paste::use_paste, source::use_source},
        store::{Handle, Step},
    },
};
use panel::Panel;
use prose::Prose;
use stage::Stage;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct UpsamplePageProps {
    /// The page's state.
    pub store: Handle<UpsampleLesson>,
}

/// The page.
#[component]
pub fn UpsamplePage(props: &UpsamplePageProps) -> Html {
    let lesson = props.store.0.clone();
    let act = {
        let dispatcher = props.store.dispatcher();
        use_callback((), move |action: UpsampleAction, ()| dispatcher.dispatch(Step::Do(action)))
    };
    let choose = {
        let act = act.clone();
        use_callback((), move |picture, ()| act.emit(UpsampleAction::Picture(picture)))
    };
    let fit = |width, height| fit_side(width, height, MAX_UPSAMPLE_SIDE);
    let source = use_source(Page::Upsample, lesson.work.picture, fit, choose);
    use_paste(source.on_file.clone(), None);
    let question = source.ready.then(|| Request::Upsample(lesson.question()));
    let file = source.loaded.as_ref().map(|loaded| (loaded.key, loaded.request.clone()));
    let desk = use_desk(question, file, Vec::new());
    html! {
        <main class="page upsample-page">
            <aside class="side">
                <Prose lesson={lesson.clone()} act={act.clone()} />
                <Panel lesson={lesson.clone()} act={act.clone()} on_file={source.on_file.clone()} />
            </aside>
            <Stage {lesson} {act} {desk} {source} transport={Html::default()} />
        </main>
    }
}
