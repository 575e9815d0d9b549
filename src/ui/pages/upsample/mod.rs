//! The Upsample page: why a layer paints unevenly above, what that does to a picture below.

mod prose;
mod stage;
mod strips;
mod ways;

use crate::{
    engine::{MAX_UPSAMPLE_SIDE, Request, fit_side},
    lesson::{
        Page,
        upsample::{FACTOR, MASK, Shape, UpsampleAction, UpsampleLesson},
    },
    ui::{
        components::stepper::Stepper,
        pictures::{
            controls::{Menu, PictureChoice},
            desk::use_desk,
            paste::use_paste,
            source::use_source,
        },
        store::{Handle, Step},
    },
};
use prose::Prose;
use stage::Stage;
use web_sys::Blob;
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
    let source = use_source(Page::Upsample, lesson.picture(), fit, choose);
    use_paste(source.on_file.clone(), None);
    let question = source.ready.then(|| Request::Upsample(lesson.question()));
    let file = source.loaded.as_ref().map(|loaded| (loaded.key, loaded.request.clone()));
    let desk = use_desk(question, file, Vec::new());
    html! {
        <main class="page">
            <aside class="side">
                <Prose lesson={lesson.clone()} act={act.clone()} />
                <Panel lesson={lesson.clone()} act={act.clone()} on_file={source.on_file.clone()} />
            </aside>
            <Stage {lesson} {act} {desk} {source} />
        </main>
    }
}

#[derive(Properties, PartialEq)]
struct PanelProps {
    lesson: UpsampleLesson,
    act: Callback<UpsampleAction>,
    on_file: Callback<Blob>,
}

/// The settings: the layer, and the picture that goes through it.
#[component]
fn Panel(props: &PanelProps) -> Html {
    let PanelProps { lesson, act, on_file } = props;
    let shapes: Vec<(AttrValue, AttrValue)> =
        Shape::ALL.iter().map(|(_, id, name)| (AttrValue::from(*id), AttrValue::from(*name))).collect();
    let (k, s) = (lesson.mask(), lesson.factor());
    let bounds = |range: &std::ops::RangeInclusive<u64>| [*range.start() as usize, *range.end() as usize];
    let ([least_mask, most_mask], [least_factor, most_factor]) = (bounds(&MASK), bounds(&FACTOR));
    html! {
        <section class="panel ctl upsample-panel" aria-label="Settings">
            <PictureChoice
                chosen={lesson.picture()}
                on_choose={act.reform(UpsampleAction::Picture)}
                on_file={on_file.clone()}
            />
            <Menu
                label="Weights"
                options={shapes}
                chosen={lesson.shape().id()}
                on_choose={act.reform(|id: String| UpsampleAction::Shape(Shape::from_id(&id).unwrap_or_default()))}
            />
            <div class="fields">
                <Stepper
                    label="Mask size"
                    value={k}
                    min={least_mask}
                    max={most_mask}
                    on_change={act.reform(|value: usize| UpsampleAction::Mask(value as i64))}
                />
                <Stepper
                    label="Factor"
                    value={s}
                    min={least_factor}
                    max={most_factor}
                    on_change={act.reform(|value: usize| UpsampleAction::Factor(value as i64))}
                />
            </div>
            <div class="formula">
                <math aria-label={format!("o = (n − 1) s + k = (5 − 1) {s} + {k} = {}", lesson.painted_length())}>
                    <mi>{ "o" }</mi><mo>{ "=" }</mo>
                    <mo>{ "(" }</mo><mn>{ "5" }</mn><mo>{ "−" }</mo><mn>{ "1" }</mn><mo>{ ")" }</mo>
                    <mo>{ "·" }</mo><mn>{ s }</mn><mo>{ "+" }</mo><mn>{ k }</mn>
                    <mo>{ "=" }</mo><mn>{ lesson.painted_length() }</mn>
                </math>
            </div>
        </section>
    }
}
