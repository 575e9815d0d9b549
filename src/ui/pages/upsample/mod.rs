//! The Upsample page: why a layer paints unevenly, what that does to a picture, and what to use instead.

mod exercises;
mod lab;
mod matrices;
mod panel;
mod pictures;
mod prose;
pub mod sides;
mod sprite;
mod stage;
mod takeaway;

use crate::{
    engine::{MAX_UPSAMPLE_SIDE, Request, fit_side},
    lesson::{
        Page,
        upsample::{SPEEDS, UpsampleAction, UpsampleLesson, View, narration::step_words},
    },
    ui::{
        app::is_typing,
        components::transport::{Command, TransportProps, transport},
        handing_over,
        pictures::{desk::use_desk, paste::use_paste, source::use_source},
        store::{Handle, Step},
    },
    web::{events::Listener, frames::Frames, theme, wire},
};
use panel::Panel;
use prose::Prose;
use sides::{FILE, Sides};
use stage::Stage;
use wasm_bindgen::JsCast;
use web_sys::Blob;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct UpsamplePageProps {
    /// The page's state.
    pub store: Handle<UpsampleLesson>,
    /// What only the whole program brings along.
    pub sides: Option<&'static Sides>,
    /// Whether the state is what the reader has come with: wishes start from it.
    pub settled: bool,
}

/// The page.
#[component]
pub fn UpsamplePage(props: &UpsamplePageProps) -> Html {
    let (lesson, sides) = (props.store.0.clone(), props.sides);
    let act = {
        let dispatcher = props.store.dispatcher();
        use_callback((), move |action: UpsampleAction, ()| dispatcher.dispatch(Step::Do(action)))
    };
    let choose = {
        let act = act.clone();
        use_callback((), move |picture, ()| act.emit(UpsampleAction::Picture(picture)))
    };
    {
        // Time moves the position only while it plays.
        let act = act.clone();
        use_effect_with(lesson.playing, move |playing| {
            let frames = playing.then(|| Frames::start(move |millis| act.emit(UpsampleAction::Tick(millis))));
            move || drop(frames)
        });
    }
    let latest = use_mut_ref(|| lesson.clone());
    latest.replace(lesson.clone());
    {
        let act = act.clone();
        use_effect_with((), move |()| {
            let listener = Listener::on_window("keydown", move |event| {
                if let Ok(event) = event.dyn_into::<KeyboardEvent>()
                    && let Some(action) = shortcut(&event, &latest.borrow())
                {
                    event.prevent_default();
                    act.emit(action);
                }
            });
            move || drop(listener)
        });
    }
    let fit = |width, height| fit_side(width, height, MAX_UPSAMPLE_SIDE);
    let mut source = use_source(Page::Upsample, lesson.work.picture, fit, choose);
    {
        // The story shows no picture of the reader's, so it passes the file on.
        let on_file = source.on_file.clone();
        let pass = use_callback((), |file: Blob, ()| handing_over::ask_with_file::<UpsampleLesson>(FILE, &file));
        if sides.is_none() {
            source.on_file = pass;
        }
        use_effect_with(props.settled && sides.is_some(), move |has_come| {
            if *has_come {
                // The file is there whatever was wished for after it.
                let _ = handing_over::is_wished::<UpsampleLesson>(FILE);
                handing_over::file().into_iter().for_each(|file| on_file.emit(file));
            }
        });
    }
    use_paste(source.on_file.clone(), None);
    use_effect_with((lesson.view, sides.is_none()), |(view, lacks)| {
        // A view that this program does not have is the whole program's.
        if *view != View::Overlap && *lacks {
            handing_over::ask::<UpsampleLesson>("");
        }
    });
    let question = source.ready.then(|| Request::Upsample(lesson.question()));
    let file = source.loaded.as_ref().map(|loaded| (loaded.key, loaded.request.clone()));
    // The file that the reader wants to take away.
    let wish = use_state_eq(|| None::<Request>);
    let desk = use_desk(wire::upsample_words, question, file, wish.iter().cloned().collect());
    let on_wish = {
        let wish = wish.clone();
        use_callback((), move |request, ()| wish.set(request))
    };
    // While an exercise asks which picture is which, the stage must not say so.
    let hidden = use_state_eq(|| None::<u64>);
    // Once it is told they keep their letters: that is what the answer calls them.
    let told = use_state_eq(|| None::<u64>);
    let on_hide = {
        let (hidden, told) = (hidden.clone(), told.clone());
        use_callback(*hidden, move |seed: Option<u64>, before| {
            told.set(if seed.is_none() { *before } else { None });
            hidden.set(seed);
        })
    };
    let lineup = |seed: Option<u64>| seed.zip(sides).and_then(|(seed, sides)| (sides.lineup)(&lesson, seed));
    let anonymous = lineup(hidden.or(*told));
    let told = hidden.is_none();
    // The text and the settings need not be drawn again for every frame.
    let told_about = UpsampleLesson { position: 0.0, ..lesson.clone() };
    html! {
        <main class="page upsample-page">
            <aside class="side">
                <Prose lesson={told_about.clone()} act={act.clone()} {sides} settled={props.settled} hidden={*hidden} {on_hide} />
                <Panel lesson={told_about} act={act.clone()} {sides} on_file={source.on_file.clone()} />
            </aside>
            <Stage {sides} transport={paint(&lesson, &act)} {lesson} {act} {desk} {source} wish={(*wish).clone()} {on_wish} {anonymous} {told} />
        </main>
    }
}

/// The transport of the paint.
fn paint(lesson: &UpsampleLesson, act: &Callback<UpsampleAction>) -> Html {
    if lesson.view != View::Overlap {
        return Html::default();
    }
    let (title, sentence) = step_words(lesson);
    let timeline = lesson.timeline();
    let track = timeline.track(lesson.position);
    let (chapters, chapter) = (timeline.chapters(lesson.side), timeline.chapter(lesson.position));
    let end = timeline.len() as f64;
    let on_command = {
        let (act, lesson) = (act.clone(), lesson.clone());
        Callback::from(move |command: Command| {
            act.emit(match command {
                Command::First => UpsampleAction::Seek(0.0),
                Command::Last => UpsampleAction::Seek(f64::INFINITY),
                Command::Back => step(&lesson, false),
                Command::Forward => step(&lesson, true),
                Command::Toggle => play_or_pause(&lesson),
                Command::Scrub(track) => UpsampleAction::Seek(timeline.from_track(track)),
                // A chapter is shown done where it is a pixel, and from its beginning where it is a layer.
                Command::Chapter(n) => UpsampleAction::Seek(timeline.chapter_start(n) + 1.0),
                Command::Speed(n) => UpsampleAction::Speed(n),
            });
        })
    };
    transport(&TransportProps {
        title: title.into(),
        sentence: sentence.into(),
        chapters: chapters.into_iter().map(AttrValue::from).collect(),
        track,
        chapter,
        playing: lesson.playing,
        speeds: SPEEDS.map(|speed| AttrValue::from(format!("{speed}×"))).to_vec(),
        speed: lesson.speed,
        at_start: lesson.position <= 0.0,
        at_end: lesson.position >= end,
        on_command,
    })
}

/// To the next whole step, or the one before.
fn step(lesson: &UpsampleLesson, forward: bool) -> UpsampleAction {
    let position = lesson.position;
    UpsampleAction::Seek(if forward { position.floor() + 1.0 } else { (position.ceil() - 1.0).max(0.0) })
}

/// Plays or pauses. Who prefers reduced motion steps instead: Play then shows one whole step at a time.
fn play_or_pause(lesson: &UpsampleLesson) -> UpsampleAction {
    let still = theme::matches("(prefers-reduced-motion: reduce)");
    if !still || lesson.playing {
        return UpsampleAction::Play(!lesson.playing);
    }
    let at_end = lesson.position >= lesson.timeline().len() as f64;
    if at_end { UpsampleAction::Seek(0.0) } else { step(lesson, true) }
}

/// The keys of the page: Space plays, arrows step, Home and End jump. A grid or slider that has the focus keeps its own
/// keys, since it stops them.
fn shortcut(event: &KeyboardEvent, lesson: &UpsampleLesson) -> Option<UpsampleAction> {
    if is_typing(event) || event.alt_key() {
        return None;
    }
    if event.ctrl_key() || event.meta_key() {
        return match (event.key().as_str(), event.shift_key()) {
            ("z", false) => Some(UpsampleAction::Undo),
            ("z" | "Z", true) | ("y", false) => Some(UpsampleAction::Redo),
            _ => None,
        };
    }
    // Beside the lab there is no timeline, and these keys scroll.
    if lesson.view != View::Overlap {
        return None;
    }
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let within =
        |selector: &str| target.as_ref().is_some_and(|element| element.closest(selector).ok().flatten().is_some());
    let on_control = within("input:not([type=checkbox]), select, [role=grid], [role=group][tabindex], dialog");
    match event.key().as_str() {
        " " if !on_control && !within("button, a, input, summary") => Some(play_or_pause(lesson)),
        "ArrowRight" | "PageDown" if !on_control => Some(step(lesson, true)),
        "ArrowLeft" | "PageUp" if !on_control => Some(step(lesson, false)),
        "Home" if !on_control => Some(UpsampleAction::Seek(0.0)),
        "End" if !on_control => Some(UpsampleAction::Seek(f64::INFINITY)),
        _ => None,
    }
}
