//! What the page shows beside the story, and how the small program that a first load brings hands over to the whole one.
//!
//! The story alone is what most readers come for. Inverse, pooling, channels and what can be taken away weigh as much
//! again as its stage, so they belong to a second program, `lesson`, which can do everything that the first can. It is
//! loaded when the reader first asks for one of them, opens the state from the address and from then on stays.

use super::{
    takeaway::TakeAway,
    views::{self, ViewProseProps, ViewStageProps},
};
use crate::{
    lesson::{Address, address, history::History, matrix::MatrixLesson},
    web::events::window,
};
use web_sys::{Element, Event};
use yew::prelude::*;

/// The event that asks static/start.js for the whole program.
const ASKED: &str = "lesson-asked";
/// The event that says that the whole program runs.
pub const ARRIVED: &str = "lesson-arrived";
/// Where the programs leave each other notes: an attribute of their place in the document.
const PLACE: &str = "#app";
/// What the reader asked for besides what the address says.
const WISH: &str = "data-wish";
/// The present state, as a link: also while the address names another page.
const NOW: &str = "data-now";
/// The steps before the present one, as links.
const PAST: &str = "data-past";
/// What the address said that could not be used.
const PROBLEMS: &str = "data-problems";
/// The steps that are handed over.
const STEPS: usize = 40;

/// Everything that only the whole program brings along.
pub struct Sides {
    /// The stage of a view.
    pub stage: fn(&ViewStageProps) -> Html,
    /// The text of a view.
    pub prose: fn(&ViewProseProps) -> Html,
    /// The button that opens the dialog of what can be taken away.
    pub take_away: fn(&MatrixLesson) -> Html,
}

/// There is one of it; programs have it or have it not.
impl PartialEq for Sides {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// The sides, for the program that has them.
pub static SIDES: Sides = Sides {
    stage: views::view_stage,
    prose: views::view_prose,
    take_away: |lesson| html! { <TakeAway lesson={lesson.clone()} /> },
};

/// Asks for the whole program.
pub fn ask(wish: &str) {
    if let Some(place) = place() {
        let _ = place.set_attribute(WISH, wish);
    }
    tell(ASKED);
}

/// Leaves everything to the whole program, which has come: only now, since the reader may have gone on meanwhile.
pub fn hand_over(lesson: &MatrixLesson, problems: &[String]) {
    let Some(place) = place() else { return };
    let _ = place.set_attribute(NOW, &address::fragment(lesson));
    let _ = place.set_attribute(PROBLEMS, &problems.join("\n"));
    let past = lesson.history.past();
    let steps = past[past.len().saturating_sub(STEPS)..].iter();
    let links: Vec<String> =
        steps.map(|work| address::fragment(&MatrixLesson { work: work.clone(), ..MatrixLesson::default() })).collect();
    let _ = place.set_attribute(PAST, &links.join("\n"));
}

/// What the reader asked for, once.
pub fn wish() -> Option<String> {
    take(WISH)
}

/// The state that was handed over, with the steps before it, once.
pub fn handed_over() -> Option<MatrixLesson> {
    let read = |link: &str| address::read::<MatrixLesson>(&Address::parse(link).query).0;
    let now = read(&take(NOW)?);
    let mut history = History::default();
    take(PAST).unwrap_or_default().lines().for_each(|link| history.record(read(link).work));
    Some(MatrixLesson { history, ..now })
}

/// The complaints about the address that were handed over, once.
pub fn problems() -> Vec<String> {
    take(PROBLEMS).unwrap_or_default().lines().map(str::to_owned).collect()
}

/// Tells the document that something has come about.
pub fn tell(name: &str) {
    if let Ok(event) = Event::new(name) {
        let _ = window().dispatch_event(&event);
    }
}

fn take(name: &str) -> Option<String> {
    let place = place()?;
    let value = place.get_attribute(name)?;
    let _ = place.remove_attribute(name);
    Some(value)
}

fn place() -> Option<Element> {
    window().document()?.query_selector(PLACE).ok()?
}
