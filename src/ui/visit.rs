//! Visits: the address each time the reader opens one, and the state that it brings to a page.

use super::{
    pictures::source,
    store::{Handle, Step, Store},
};
use crate::{
    lesson::{Address, Lesson, address},
    web::{events::Listener, location},
};
use std::rc::Rc;
use yew::prelude::*;

/// An address that the reader has opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Visit {
    /// How many came before in this program: two visits differ even when their addresses do not.
    pub number: u32,
    /// The address.
    pub address: Rc<Address>,
}

impl Visit {
    fn now(number: u32) -> Self {
        Self { number, address: Rc::new(Address::parse(&location::fragment())) }
    }
}

/// The last visit.
#[hook]
pub fn use_visit() -> Visit {
    let visit = use_state_eq(|| Visit::now(0));
    {
        let visit = visit.clone();
        use_effect_with((), move |()| {
            let mut number = 1;
            let first = visit.address.clone();
            let listen = visit.clone();
            let listener = Listener::on_window("hashchange", move |_| {
                number += 1;
                listen.set(Visit::now(number));
            });
            // Nobody has heard of an address that came between the first look and the listener.
            let since = Visit::now(number);
            if since.address != first {
                visit.set(since);
            }
            move || drop(listener)
        });
    }
    (*visit).clone()
}

/// A page's state, which stays while other pages are in view.
pub struct Opened<L: Lesson> {
    /// The state.
    pub store: Handle<L>,
    /// What the last visit's address said that could not be used, each a sentence.
    pub problems: Vec<String>,
}

/// The state of a page: opened from the addresses that name the page and carry a state, and kept by all others.
#[hook]
pub fn use_lesson<L: Lesson>(visit: &Visit) -> Opened<L> {
    let store = use_reducer_eq(Store::<L>::default);
    let read = use_memo(visit.clone(), |Visit { address, .. }| {
        (address.page == L::PAGE && address.carries_state)
            .then(|| address::read_here::<L>(&address.query, source::has_own_picture(L::PAGE)))
    });
    {
        let (read, dispatcher) = (read.clone(), store.dispatcher());
        use_effect_with(visit.number, move |_| {
            if let Some((lesson, _)) = &*read {
                dispatcher.dispatch(Step::Open(lesson.clone()));
            }
        });
    }
    let of_state = read.iter().flat_map(|(_, problems)| problems);
    let problems = visit.address.problems.iter().chain(of_state).cloned().collect();
    Opened { store, problems }
}
