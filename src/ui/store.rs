//! The one reducer of a page: it hands actions to the pure lesson and keeps the same `Rc` when nothing changed.

use crate::lesson::Lesson;
use std::rc::Rc;
use yew::{Reducible, UseReducerHandle};

/// A lesson's state as Yew keeps it.
#[derive(Clone, PartialEq, Default)]
pub struct Store<L: Lesson>(pub L);

/// What a page's reducer accepts.
pub enum Step<L: Lesson> {
    /// The reader did something.
    Do(L::Action),
    /// A link was opened.
    Open(L),
}

impl<L: Lesson> Reducible for Store<L> {
    type Action = Step<L>;

    fn reduce(self: Rc<Self>, step: Step<L>) -> Rc<Self> {
        let next = match step {
            Step::Do(action) => self.0.reduce(action),
            Step::Open(lesson) => lesson,
        };
        if next == self.0 { self } else { Rc::new(Self(next)) }
    }
}

/// A handle to a page's state, as its component receives it.
pub type Handle<L> = UseReducerHandle<Store<L>>;
