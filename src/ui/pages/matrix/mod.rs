//! The Matrix page: prose and settings at the left, the stage with its transport at the right.

mod cells;
mod exercises;
mod head;
mod map;
mod measured;
mod overlay;
mod panel;
mod prose;
pub mod sides;
mod stage;
mod sum;
mod takeaway;
mod views;
mod ways;

use crate::{
    lesson::matrix::{
        Action, MatrixLesson, SPEEDS, View,
        derived::Derived,
        narration,
        scene::Scene,
        spot::{Array, Spot},
        timeline::Chapter,
    },
    ui::{
        app::is_typing,
        components::{
            number_grid::GridEvent,
            segmented::{SegmentedProps, segmented},
            transport::{Command, TransportProps, transport},
        },
        handing_over,
        store::{Handle, Step},
    },
    web::{events::Listener, frames::Frames, theme},
};
use panel::Panel;
use prose::Prose;
use sides::Sides;
use stage::Stage;
use views::{ViewProseProps, ViewStageProps};
use wasm_bindgen::JsCast;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct MatrixPageProps {
    /// The page's state.
    pub store: Handle<MatrixLesson>,
    /// What only the whole program brings along.
    pub sides: Option<&'static Sides>,
}

/// The page.
#[component]
pub fn MatrixPage(props: &MatrixPageProps) -> Html {
    let lesson = &props.store.0;
    let derived = use_memo(lesson.setup().clone(), |_| lesson.derived());
    let mut scene = Scene::at(lesson.position, &derived, lesson.way);
    scene.travellers.retain(|traveller| !lesson.hides(traveller.from) && !lesson.hides(traveller.to));
    let act = {
        let dispatcher = props.store.dispatcher();
        use_callback((), move |action: Action, ()| dispatcher.dispatch(Step::Do(action)))
    };

    {
        // Time moves the position only while it plays.
        let act = act.clone();
        use_effect_with(lesson.playing, move |playing| {
            let frames = playing.then(|| Frames::start(move |millis| act.emit(Action::Pass(millis))));
            move || drop(frames)
        });
    }
    {
        let act = act.clone();
        use_effect_with((lesson.playing, lesson.view), move |(playing, view)| {
            let (playing, story) = (*playing, *view == View::Story);
            let listener = Listener::on_window("keydown", move |event| {
                if let Ok(event) = event.dyn_into::<KeyboardEvent>()
                    && let Some(action) = shortcut(&event, playing, story)
                {
                    event.prevent_default();
                    act.emit(action);
                }
            });
            move || drop(listener)
        });
    }

    let on_grid = {
        let act = act.clone();
        use_callback((derived.sizes(), lesson.orientation), move |(array, event): (Array, GridEvent), stand| {
            let spot = |place| Spot::printed_at(array, place, stand.0, stand.1);
            act.emit(match event {
                GridEvent::Point(place) => Action::Point(place.map(spot)),
                GridEvent::Pin(place) => Action::Pin(spot(place)),
                GridEvent::Enter(place, text) => Action::Enter { array, place, text },
                GridEvent::Nudge(place, by) => Action::Nudge { array, place, by },
                GridEvent::Paste(place, text) => Action::Paste { array, place, text },
            });
        })
    };

    {
        // A view that this program does not have is the whole program's.
        use_effect_with((lesson.view, props.sides.is_none()), move |(view, lacks)| {
            if *view != View::Story && *lacks {
                handing_over::ask::<MatrixLesson>("");
            }
        });
    }

    let timeline = lesson.timeline();
    let step = timeline.shown(lesson.position);
    let on_command = {
        let (act, playing) = (act.clone(), lesson.playing);
        Callback::from(move |command: Command| {
            act.emit(match command {
                Command::First => Action::Seek(0.0),
                Command::Last => Action::Seek(timeline.len() as f64),
                Command::Back => Action::Step(false),
                Command::Forward => Action::Step(true),
                Command::Toggle => play_or_pause(playing),
                Command::Scrub(track) => Action::Seek(timeline.from_track(track)),
                Command::Chapter(n) => Action::Chapter(Chapter::ALL[n]),
                Command::Speed(n) => Action::Speed(n),
            });
        })
    };

    html! {
        <main class="page matrix-page">
            <div class="views">
                { segmented(&SegmentedProps { label: "The stage shows".into(), options: View::ALL.map(|view| AttrValue::from(view.title())).to_vec(), chosen: View::ALL.iter().position(|view| *view == lesson.view).unwrap_or(0), on_choose: act.reform(|n: usize| Action::Show(View::ALL[n])) }) }
            </div>
            <aside class="side">
                {
                    match lesson.view {
                        View::Story => html! {
                            <Prose
                                key="story"
                                lesson={told_about(lesson)}
                                derived={derived.clone()}
                                act={act.clone()}
                            />
                        },
                        view => match props.sides {
                            Some(sides) => (sides.prose)(&ViewProseProps { lesson: lesson.clone(), act: act.clone() }),
                            None => html! {
                                <article class="prose" key="coming" role="status">
                                    <h1>{ view.title() }</h1>
                                    <p>{ "On its way: this part of the lesson is loaded when it is first asked for." }</p>
                                </article>
                            },
                        },
                    }
                }
                <Panel lesson={lesson.clone()} act={act.clone()} sides={props.sides} />
            </aside>
            <section class="stage" aria-label="Stage">
                if let Some(sides) = props.sides.filter(|_| lesson.view != View::Story) {
                    {
                        (sides.stage)(&ViewStageProps {
                            lesson: lesson.clone(),
                            derived: derived.clone(),
                            act,
                            on_grid,
                        })
                    }
                } else {
                    <Stage
                        lesson={lesson.clone()}
                        derived={derived.clone()}
                        {scene}
                        {act}
                        {on_grid}
                    />
                    { transport(&TransportProps { title: narration::title(lesson.position, timeline).into(), sentence: told(lesson, &derived).into(), chapters: Chapter::ALL.map(|chapter| AttrValue::from(chapter.title())).to_vec(), track: timeline.track(lesson.position), chapter: step.chapter as usize, playing: lesson.playing, speeds: SPEEDS.map(|speed| AttrValue::from(format!("{speed}×"))).to_vec(), speed: lesson.speed, at_start: lesson.position <= 0.0, at_end: lesson.position >= timeline.len() as f64, on_command }) }
                }
            </section>
        </main>
    }
}

/// The lesson as far as the text is about it: it need not be drawn again for every frame and every move of the pointer.
fn told_about(lesson: &MatrixLesson) -> MatrixLesson {
    let timeline = lesson.timeline();
    let position = timeline.start(timeline.shown(lesson.position).chapter) as f64 + 1.0;
    MatrixLesson { position, pointed: None, ..lesson.clone() }
}

/// What the step says, without the number that an exercise asks for.
fn told(lesson: &MatrixLesson, derived: &Derived) -> String {
    let sentence = narration::sentence(lesson.position, derived, lesson.way);
    let step = lesson.timeline().shown(lesson.position);
    match step.chapter {
        Chapter::Multiply if lesson.hides(Spot::Result(step.index)) => sum::veiled(&sentence),
        Chapter::Spread if lesson.way.spreads() && lesson.hides(Spot::Input(step.index)) => IN_QUESTION.to_owned(),
        Chapter::Spread if !lesson.way.spreads() && lesson.hides(Spot::Transposed(step.index)) => {
            IN_QUESTION.to_owned()
        }
        _ => sentence,
    }
}

const IN_QUESTION: &str = "The number here is what the exercise asks for.";

/// Plays or pauses. Who prefers reduced motion steps instead: Play then shows one whole step at a time.
fn play_or_pause(playing: bool) -> Action {
    let still = theme::matches("(prefers-reduced-motion: reduce)");
    if still && !playing { Action::Step(true) } else { Action::Play(!playing) }
}

/// The keys of the page: Space plays, arrows step, Home and End jump, Escape lets go. A grid or slider that has the
/// focus keeps its own keys, since it stops them.
fn shortcut(event: &KeyboardEvent, playing: bool, story: bool) -> Option<Action> {
    if is_typing(event) || event.alt_key() {
        return None;
    }
    if event.ctrl_key() || event.meta_key() {
        return match (event.key().as_str(), event.shift_key()) {
            ("z", false) => Some(Action::Undo),
            ("z" | "Z", true) | ("y", false) => Some(Action::Redo),
            _ => None,
        };
    }
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let within =
        |selector: &str| target.as_ref().is_some_and(|element| element.closest(selector).ok().flatten().is_some());
    // Space presses a button; the other keys mean nothing to one, so whoever has clicked a chapter steps on from there.
    let on_control = within("input, select, [role=grid], dialog");
    match event.key().as_str() {
        "Escape" => Some(Action::LetGo),
        // Beside the story there is no timeline, and these keys scroll.
        _ if !story => None,
        " " if !on_control && !within("button, a") => Some(play_or_pause(playing)),
        "ArrowRight" | "PageDown" if !on_control => Some(Action::Step(true)),
        "ArrowLeft" | "PageUp" if !on_control => Some(Action::Step(false)),
        "Home" if !on_control => Some(Action::Seek(0.0)),
        "End" if !on_control => Some(Action::Seek(f64::INFINITY)),
        _ => None,
    }
}
