//! What one program of a page leaves to another that takes its place: the state, and the steps before and after it, as
//! links.

use super::{Address, Lesson, address, history::History};

/// A lesson whose steps can be handed over.
pub trait Stepped: Lesson {
    /// What a step brings back.
    type Work: Clone + PartialEq;

    /// The steps before and after the present state.
    fn steps(&self) -> &History<Self::Work>;

    /// The page of the beginning with this work on it.
    fn with_work_alone(work: Self::Work) -> Self;

    /// What is worked on in this state.
    fn into_work(self) -> Self::Work;

    /// The same state with these steps around it.
    #[must_use]
    fn with_steps(self, steps: History<Self::Work>) -> Self;
}

/// A state and its steps as text. What no link carries stays behind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// The present state, a link.
    pub now: String,
    /// The steps before it, a link a line, oldest first.
    pub past: String,
    /// The steps after it, a link a line: the last is what a redo brings back first.
    pub future: String,
}

impl Left {
    /// What is to be left of a lesson, with so many of the nearest steps on each side.
    #[must_use]
    pub fn of<L: Stepped>(lesson: &L, most: usize) -> Self {
        let lines = |works: &[L::Work]| {
            let nearest = &works[works.len().saturating_sub(most)..];
            let links = nearest.iter().map(|work| address::fragment(&L::with_work_alone(work.clone())));
            links.collect::<Vec<_>>().join("\n")
        };
        let steps = lesson.steps();
        Self { now: address::fragment(lesson), past: lines(steps.past()), future: lines(steps.future()) }
    }

    /// The lesson that was left. Text that is no link is read as links are, which always gives a state.
    #[must_use]
    pub fn open<L: Stepped>(&self) -> L {
        let read = |link: &str| address::read::<L>(&Address::parse(link).query).0;
        let works = |links: &str| links.lines().map(|link| read(link).into_work()).collect();
        read(&self.now).with_steps(History::of(works(&self.past), works(&self.future)))
    }
}
