//! A step of undo: the work, and where a word or an exercise has set the whole page, how the reader looked at it.

use super::{Aside, Shown, Side, UpsampleLesson, View, Work};

/// What an undo or a redo brings back.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// What was worked on.
    pub work: Work,
    /// How it was looked at; None where the step leaves that to the reader.
    pub look: Option<Look>,
}

/// How the page is looked at, as far as its words and exercises set it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    view: View,
    shown: Shown,
    side: Side,
    weighted: bool,
    aside: Aside,
}

impl Moment {
    /// The page of the beginning with this moment on it: what a link can tell of it. A moment that brings a look back
    /// stands before the first step, where no page of the beginning does.
    #[must_use]
    pub fn alone(&self) -> UpsampleLesson {
        let page = UpsampleLesson { work: self.work.clone(), ..UpsampleLesson::default() };
        match self.look {
            Some(look) => UpsampleLesson { position: 0.0, ..page.looked_at(look) },
            None => page,
        }
    }

    /// The moment that a page of [`Self::alone`] tells of.
    #[must_use]
    pub fn told_by(page: &UpsampleLesson) -> Self {
        Self { work: page.work.clone(), look: (page.position == 0.0).then(|| page.look()) }
    }
}

impl UpsampleLesson {
    /// How the page is looked at.
    pub(super) fn look(&self) -> Look {
        let Self { view, shown, side, weighted, aside, .. } = *self;
        Look { view, shown, side, weighted, aside }
    }

    /// The page looked at like this.
    pub(super) fn looked_at(self, look: Look) -> Self {
        let Look { view, shown, side, weighted, aside } = look;
        Self { view, shown, side, weighted, aside, ..self }
    }

    /// Whether a step leads to where the page is already.
    fn is_at(&self, moment: &Moment) -> bool {
        moment.work == self.work && moment.look.is_none_or(|look| look == self.look())
    }

    /// Whether an undo would lead anywhere.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        self.history.can_undo_beyond(|moment| self.is_at(moment))
    }

    /// Whether a redo would lead anywhere.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        self.history.can_redo_beyond(|moment| self.is_at(moment))
    }

    /// The page after an undo, or after a redo. What a step brings back is what a step the other way brings back again.
    pub(super) fn moved(&self, back: bool) -> Self {
        let mut history = self.history.clone();
        let is_now = |moment: &Moment| self.is_at(moment);
        let left = |found: &Moment| Moment { work: self.work.clone(), look: found.look.map(|_| self.look()) };
        let found = if back { history.undo_beyond(is_now, left) } else { history.redo_beyond(is_now, left) };
        let next = Self { history, ..self.clone() };
        match found {
            Some(Moment { work, look }) => {
                let next = next.with_work(work);
                match look {
                    Some(look) => next.looked_at(look),
                    None => next,
                }
            }
            None => next,
        }
    }
}
