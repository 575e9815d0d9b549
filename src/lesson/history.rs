//! Undo and redo: the states before and after the present one, as many as the bound allows.
//!
//! The present state itself is the page's and is handed in; time is not read. A drag of a slider is one step, because
//! its changes carry the same key.

/// States that were left, newest last, and states that were undone, newest last.
#[derive(Clone, Debug, PartialEq)]
pub struct History<T> {
    past: Vec<T>,
    future: Vec<T>,
    key: Option<String>,
    limit: usize,
}

impl<T: Clone + PartialEq> Default for History<T> {
    /// Remembers a hundred steps.
    fn default() -> Self {
        Self::new(100)
    }
}

impl<T: Clone + PartialEq> History<T> {
    /// An empty history that remembers at most `limit` steps; the oldest is forgotten first.
    #[must_use]
    pub const fn new(limit: usize) -> Self {
        Self { past: Vec::new(), future: Vec::new(), key: None, limit }
    }

    /// The steps that another history had: `past` with the newest last, and `future` with the last one undone last. As
    /// many of them as are remembered.
    #[must_use]
    pub fn of(past: Vec<T>, mut future: Vec<T>) -> Self {
        let mut history = Self::default();
        past.into_iter().for_each(|state| history.record(state));
        future.drain(..future.len().saturating_sub(history.limit));
        Self { future, ..history }
    }

    /// Notes the state `before` a change that stands for itself. What was undone cannot be redone any more.
    pub fn record(&mut self, before: T) {
        self.key = None;
        self.push(before);
    }

    /// Notes the state `before` a change that belongs to a series, such as `"slider λ"`: of successive changes with
    /// one key only the first is a step. [`settle`](Self::settle), another record, undo and redo end a series.
    pub fn record_merging(&mut self, before: T, key: &str) {
        if self.key.as_deref() == Some(key) && !self.past.is_empty() {
            self.future.clear();
            return;
        }
        self.push(before);
        self.key = Some(key.to_owned());
    }

    /// Ends a series: the hand has let go of the slider, so the next change is a step of its own.
    pub fn settle(&mut self) {
        self.key = None;
    }

    /// The state before the last step, and `now` becomes what a redo brings back. Steps that led back to `now`, such as
    /// a slider moved forth and back, are skipped.
    pub fn undo(&mut self, now: &T) -> Option<T> {
        self.undo_beyond(|state| state == now, |_| now.clone())
    }

    /// As [`Self::undo`] where `is_now` tells the states that the present one is already at, and a redo brings back what
    /// `left` makes of the state that was found.
    pub fn undo_beyond(&mut self, is_now: impl Fn(&T) -> bool, left: impl FnOnce(&T) -> T) -> Option<T> {
        self.key = None;
        let found = step(&mut self.past, is_now)?;
        self.future.push(left(&found));
        Some(found)
    }

    /// The state that the last undo left, and `now` becomes what an undo brings back.
    pub fn redo(&mut self, now: &T) -> Option<T> {
        self.redo_beyond(|state| state == now, |_| now.clone())
    }

    /// As [`Self::undo_beyond`], for a redo.
    pub fn redo_beyond(&mut self, is_now: impl Fn(&T) -> bool, left: impl FnOnce(&T) -> T) -> Option<T> {
        self.key = None;
        let found = step(&mut self.future, is_now)?;
        self.past.push(left(&found));
        Some(found)
    }

    /// Whether [`undo`](Self::undo) would lead anywhere from `now`.
    #[must_use]
    pub fn can_undo(&self, now: &T) -> bool {
        self.can_undo_beyond(|state| state == now)
    }

    /// Whether [`undo_beyond`](Self::undo_beyond) would lead anywhere.
    #[must_use]
    pub fn can_undo_beyond(&self, is_now: impl Fn(&T) -> bool) -> bool {
        !self.past.iter().all(is_now)
    }

    /// Whether [`redo`](Self::redo) would lead anywhere from `now`.
    #[must_use]
    pub fn can_redo(&self, now: &T) -> bool {
        self.can_redo_beyond(|state| state == now)
    }

    /// Whether [`redo_beyond`](Self::redo_beyond) would lead anywhere.
    #[must_use]
    pub fn can_redo_beyond(&self, is_now: impl Fn(&T) -> bool) -> bool {
        !self.future.iter().all(is_now)
    }

    /// The states that were left, oldest first.
    #[must_use]
    pub fn past(&self) -> &[T] {
        &self.past
    }

    /// The states that were undone; the last is the first that a redo brings back.
    #[must_use]
    pub fn future(&self) -> &[T] {
        &self.future
    }

    fn push(&mut self, before: T) {
        self.future.clear();
        if self.limit == 0 || self.past.last() == Some(&before) {
            return;
        }
        if self.past.len() >= self.limit {
            self.past.remove(0);
        }
        self.past.push(before);
    }
}

/// Takes the newest state that is not the present one.
fn step<T>(states: &mut Vec<T>, is_now: impl Fn(&T) -> bool) -> Option<T> {
    while let Some(state) = states.pop() {
        if !is_now(&state) {
            return Some(state);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_go_back_and_forth() {
        let mut history = History::default();
        history.record(1);
        history.record(2);
        assert_eq!(history.undo(&3), Some(2));
        assert_eq!(history.undo(&2), Some(1));
        assert_eq!(history.undo(&1), None);
        assert!(!history.can_undo(&1) && history.can_redo(&1));
        assert_eq!(history.redo(&1), Some(2));
        assert_eq!(history.redo(&2), Some(3));
        assert_eq!(history.redo(&3), None);
        assert_eq!(history.undo(&3), Some(2));
    }

    #[test]
    fn a_new_change_forgets_what_was_undone() {
        let mut history = History::default();
        history.record(1);
        assert_eq!(history.undo(&2), Some(1));
        history.record(1);
        assert!(!history.can_redo(&5));
        assert_eq!(history.undo(&5), Some(1));
    }

    #[test]
    fn a_drag_is_one_step_and_two_drags_are_two() {
        let mut history = History::default();
        for before in [1, 2, 3] {
            history.record_merging(before, "slider λ");
        }
        history.settle();
        for before in [4, 5] {
            history.record_merging(before, "slider λ");
        }
        history.record_merging(6, "another");
        assert_eq!(history.undo(&7), Some(6));
        assert_eq!(history.undo(&6), Some(4));
        assert_eq!(history.undo(&4), Some(1));
        assert_eq!(history.undo(&1), None);
    }

    #[test]
    fn an_undo_ends_a_series() {
        let mut history = History::default();
        history.record_merging(1, "key");
        assert_eq!(history.undo(&2), Some(1));
        history.record_merging(1, "key");
        assert_eq!(history.undo(&3), Some(1));
    }

    #[test]
    fn a_drag_that_comes_back_is_no_step() {
        let mut history = History::default();
        history.record(1);
        history.record_merging(2, "key");
        history.record_merging(3, "key");
        assert_eq!(history.undo(&2), Some(1), "2 was left and reached again");
    }

    #[test]
    fn steps_of_another_history_lead_the_same_way() {
        let mut history = History::default();
        (1..=4).for_each(|state| history.record(state));
        assert_eq!((history.undo(&5), history.undo(&4)), (Some(4), Some(3)));
        let mut other = History::of(history.past().to_vec(), history.future().to_vec());
        assert_eq!((other.past(), other.future()), (&[1, 2][..], &[5, 4][..]));
        for history in [&mut history, &mut other] {
            assert_eq!((history.redo(&3), history.redo(&4), history.redo(&5)), (Some(4), Some(5), None));
            assert_eq!((history.undo(&5), history.undo(&4)), (Some(4), Some(3)));
        }
        let long = History::of((0..300).collect(), (0..300).collect());
        assert_eq!(
            (long.past(), long.future()),
            (&(200..300).collect::<Vec<_>>()[..], &(200..300).collect::<Vec<_>>()[..])
        );
    }

    #[test]
    fn the_oldest_step_is_forgotten_first() {
        let mut history = History::new(2);
        (1..=5).for_each(|state| history.record(state));
        assert_eq!(history.undo(&6), Some(5));
        assert_eq!(history.undo(&5), Some(4));
        assert_eq!(history.undo(&4), None);
        let mut none = History::new(0);
        none.record(1);
        assert_eq!(none.undo(&2), None);
    }
}
