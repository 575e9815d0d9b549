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
    lesson::{address, history::History, matrix::MatrixLesson},
    web::{events::window, location},
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
/// The steps before the present one, as links.
const PAST: &str = "data-past";
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

/// Asks for the whole program, with the state in the address and the steps before it beside.
pub fn hand_over(lesson: &MatrixLesson, wish: &str) {
    location::replace_fragment(&address::fragment(lesson));
    let Some(place) = place() else { return };
    let past = lesson.history.past();
    let steps = past[past.len().saturating_sub(STEPS)..].iter();
    let links: Vec<String> =
        steps.map(|work| address::fragment(&MatrixLesson { work: work.clone(), ..MatrixLesson::default() })).collect();
    let _ = place.set_attribute(PAST, &links.join("\n"));
    let _ = place.set_attribute(WISH, wish);
    tell(ASKED);
}

/// What the reader asked for, once.
pub fn wish() -> Option<String> {
    take(WISH)
}

/// The steps that were handed over, once.
pub fn past() -> History<crate::lesson::matrix::Work> {
    let mut history = History::default();
    for link in take(PAST).unwrap_or_default().lines() {
        let address = crate::lesson::Address::parse(link);
        let (lesson, _) = address::read::<MatrixLesson>(&address.query);
        history.record(lesson.work);
    }
    history
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
