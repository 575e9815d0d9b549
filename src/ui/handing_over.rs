//! How the small program that a first load brings hands a page over to the whole one.
//!
//! The story of a page is what most readers come for. What stands beside it weighs as much again, so it belongs to a
//! second program, which can do everything that the first can. It is loaded when the reader first asks for something that
//! the first one lacks, opens the state that the first one leaves, with the steps before and after it, and from then on
//! stays.

use super::{
    store::Step,
    visit::{Opened, Visit},
};
use crate::{
    lesson::handing::{Left, Stepped},
    web::events::{Listener, window},
};
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, Element, Event, NodeList};
use yew::prelude::*;

/// Where the programs leave each other notes: attributes of their place in the document.
const PLACE: &str = "#app";
/// What the reader asked for besides what the address says. Each page has a note of its own, since the reader may have
/// gone to another page meanwhile.
const WISH: &str = "data-wish";
/// The present state, as a link: also while the address names another page.
const NOW: &str = "data-now";
/// The steps before the present one, as links.
const PAST: &str = "data-past";
/// The steps that were taken back, as links.
const FUTURE: &str = "data-future";
/// What the address said that could not be used.
const PROBLEMS: &str = "data-problems";
/// How far the text was scrolled, in pixels.
const SCROLLED: &str = "data-scrolled";
/// The reader's file, which fits into no attribute, as a property of the place.
const FILE: &str = "droppedFile";
/// The most steps that are handed over on each side.
const STEPS: usize = 40;

/// A lesson that two programs know.
pub trait Handed: Stepped {
    /// The event that asks static/start.js for the whole program.
    const ASKED: &'static str;
    /// The event that says that the whole program runs.
    const ARRIVED: &'static str;
}

/// Asks for the whole program, and leaves it a wish if there is one; a wish from before stays unless another takes its place.
pub fn ask<L: Handed>(wish: &str) {
    if let Some(place) = place().filter(|_| !wish.is_empty()) {
        let _ = place.set_attribute(&wish_of::<L>(), wish);
    }
    tell(L::ASKED);
}

/// Asks for the whole program, which is to open a file of the reader's.
pub fn ask_with_file<L: Handed>(wish: &str, file: &Blob) {
    if let Some(place) = place() {
        // It fails only where the place was frozen.
        let _ = Reflect::set(&place, &FILE.into(), file);
    }
    ask::<L>(wish);
}

/// Whether the reader asked for this; true once.
#[must_use]
pub fn is_wished<L: Handed>(wish: &str) -> bool {
    let note = wish_of::<L>();
    let place = place().filter(|place| place.get_attribute(&note).as_deref() == Some(wish));
    place.is_some_and(|place| place.remove_attribute(&note).is_ok())
}

/// The reader's file, once.
#[must_use]
pub fn file() -> Option<Blob> {
    let place = place()?;
    let file = Reflect::get(&place, &FILE.into()).ok()?.dyn_into().ok()?;
    let _ = Reflect::set(&place, &FILE.into(), &JsValue::UNDEFINED);
    Some(file)
}

/// For the program of the story: leaves everything to the whole program as soon as that has come, and says from then on
/// that this one is to show nothing any more.
#[hook]
pub fn use_retirement<L: Handed>(opened: &Opened<L>) -> bool {
    let retired = use_state_eq(|| false);
    // What the listener below hands over is the state of that moment, not of the one in which it was set up.
    let latest = use_mut_ref(|| (L::default(), Vec::new()));
    *latest.borrow_mut() = (opened.store.0.clone(), opened.problems.clone());
    {
        let retired = retired.clone();
        use_effect_with((), move |()| {
            let listener = Listener::on_window(L::ARRIVED, move |_| {
                let (lesson, problems) = &*latest.borrow();
                leave(lesson, problems);
                retired.set(true);
            });
            move || drop(listener)
        });
    }
    *retired
}

/// For the whole program: takes over what the program of the story leaves, if that runs. Until the next visit the story's
/// complaints about the address count. The second answer is whether the state is what the reader has come with, and so
/// the one that wishes start from.
#[hook]
pub fn use_inheritance<L: Handed>(visit: &Visit, opened: Opened<L>) -> (Opened<L>, bool) {
    let settled = use_state_eq(|| false);
    let complaints = use_state_eq(Vec::new);
    {
        let (dispatcher, complaints, settled) = (opened.store.dispatcher(), complaints.clone(), settled.clone());
        use_effect_with((), move |()| {
            // The story's program answers at once, if it runs; what it hands over is younger than the address.
            tell(L::ARRIVED);
            if let Some(lesson) = left::<L>() {
                dispatcher.dispatch(Step::Open(lesson));
                complaints.set(take(PROBLEMS).unwrap_or_default().lines().map(str::to_owned).collect());
            }
            let scrolled = take(SCROLLED).and_then(|pixels| pixels.parse().ok());
            if let (Some(text), Some(pixels)) = (texts::<L>().pop(), scrolled) {
                text.set_scroll_top(pixels);
            }
            settled.set(true);
        });
    }
    let inherited = visit.number == 0 && !complaints.is_empty();
    let problems = if inherited { complaints.to_vec() } else { opened.problems };
    (Opened { problems, ..opened }, *settled)
}

fn leave<L: Handed>(lesson: &L, problems: &[String]) {
    let Some(place) = place() else { return };
    let Left { now, past, future } = Left::of(lesson, STEPS);
    let scrolled = texts::<L>().first().map_or(0, Element::scroll_top);
    for (name, value) in
        [(NOW, now), (PAST, past), (FUTURE, future), (PROBLEMS, problems.join("\n")), (SCROLLED, scrolled.to_string())]
    {
        let _ = place.set_attribute(name, &value);
    }
}

fn left<L: Handed>() -> Option<L> {
    let left = Left { now: take(NOW)?, past: take(PAST).unwrap_or_default(), future: take(FUTURE).unwrap_or_default() };
    Some(left.open())
}

/// Tells the document that something has come about.
fn tell(name: &str) {
    if let Ok(event) = Event::new(name) {
        let _ = window().dispatch_event(&event);
    }
}

fn wish_of<L: Handed>() -> String {
    format!("{WISH}-{}", L::PAGE.slug())
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

/// The text of the page: that of the story first, that of the whole program last, while both are there.
fn texts<L: Handed>() -> Vec<Element> {
    let selector = format!(".{}-page .prose", L::PAGE.slug());
    let found = window().document().and_then(|document| document.query_selector_all(&selector).ok());
    let count = found.as_ref().map_or(0, NodeList::length);
    found.iter().flat_map(|found| (0..count).filter_map(|n| found.get(n)?.dyn_into().ok())).collect()
}
