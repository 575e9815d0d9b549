//! Practising: the exercise that is open, what the stage hides for it, and what was said about the answer.

use super::{
    MatrixLesson, View,
    exercise::{Exercise, Kind, Verdict},
    setup::size,
    spot::Spot,
    timeline::{Chapter, Way},
};

/// An open exercise.
#[derive(Clone, Debug, PartialEq)]
pub struct Practice {
    /// The question.
    pub exercise: Exercise,
    /// Which question it is, counted from 1: the seed of the next.
    pub count: u64,
    /// What was said about the last answer.
    pub verdict: Option<Verdict>,
    /// Whether the answer may be seen.
    pub revealed: bool,
}

/// What the reader does about an exercise.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// Asks for a question of a kind.
    Ask(Kind),
    /// Answers with what was typed.
    Answer(String),
    /// Answers with a column of C, counted from 0.
    Mark(usize),
    /// Wants to see the answer.
    Reveal,
    /// Asks for another question of the same kind.
    Next,
    /// Has had enough.
    End,
}

impl Practice {
    fn new(kind: Kind, count: u64, lesson: &MatrixLesson) -> Option<Self> {
        let exercise = Exercise::ask(kind, count, &lesson.derived())?;
        Some(Self { exercise, count, verdict: None, revealed: false })
    }

    /// The question on other numbers, if it makes sense there.
    pub(super) fn again(&self, lesson: &MatrixLesson) -> Option<Self> {
        Self::new(self.exercise.kind, self.count, lesson)
    }

    /// Whether the light of a spot would give the answer away.
    pub(super) fn dims(&self, spot: Spot) -> bool {
        let hidden = self.exercise.hidden;
        let counts =
            matches!(spot, Spot::Sum(_) | Spot::Transposed(_) | Spot::Turned(..) | Spot::Stamp(..) | Spot::Nudged(_));
        !self.revealed && (hidden.columns || (hidden.overlap && counts))
    }
}

impl MatrixLesson {
    /// Whether the number at a spot is in question and so must not be seen.
    #[must_use]
    pub fn hides(&self, spot: Spot) -> bool {
        let Some(practice) = self.practice.as_ref().filter(|practice| !practice.revealed) else { return false };
        let hidden = practice.exercise.hidden;
        match spot {
            Spot::Product(j) => hidden.columns || hidden.result == Some(j),
            Spot::Result(j) => hidden.result == Some(j),
            Spot::Input(j) | Spot::InputVector(j) => hidden.result == Some(j) && !self.has_own_input(),
            Spot::Sum(g) => hidden.transposed == Some(g),
            Spot::Transposed(g) => hidden.transposed == Some(g) || (hidden.overlap && self.overlap),
            _ => false,
        }
    }

    /// The column that a click on a spot marks, while a column is asked for.
    pub(super) fn marked(&self, spot: Spot) -> Option<usize> {
        let practice = self.practice.as_ref().filter(|practice| !practice.revealed)?;
        match spot {
            Spot::Entry(_, column) | Spot::Product(column) if practice.exercise.hidden.columns => Some(column),
            _ => None,
        }
    }

    pub(super) fn practise(&self, deed: Deed) -> Self {
        let open = self.practice.as_ref();
        match (deed, open) {
            (Deed::Ask(kind), _) => self.asked(kind, open.map_or(1, |practice| practice.count)),
            (Deed::Next, Some(practice)) => self.asked(practice.exercise.kind, practice.count + 1),
            (Deed::End, _) => Self { practice: None, ..self.clone() },
            (Deed::Reveal, Some(practice)) => self.revealed(practice, None),
            (Deed::Answer(text), Some(practice)) => match practice.exercise.read(&text) {
                Ok(answer) => self.judged(practice, practice.exercise.judge(answer, self.setup(), &self.derived())),
                Err(reason) => self.judged(practice, Verdict { right: false, reason }),
            },
            (Deed::Mark(column), Some(practice)) => {
                let answer = super::exercise::Answer::Column(column);
                self.judged(practice, practice.exercise.judge(answer, self.setup(), &self.derived()))
            }
            _ => self.clone(),
        }
    }

    fn asked(&self, kind: Kind, count: u64) -> Self {
        let story = self.tell(Way::Matrix);
        let position = match kind {
            // The columns stand, and no result has been led back to one of them.
            Kind::Column => story.timeline().start(Chapter::Multiply) as f64,
            _ => story.position,
        };
        Self {
            practice: Practice::new(kind, count, self),
            view: View::Story,
            overlap: kind == Kind::Overlap,
            playing: false,
            pinned: None,
            pointed: None,
            position,
            ..story
        }
    }

    fn judged(&self, practice: &Practice, verdict: Verdict) -> Self {
        if verdict.right {
            return self.revealed(practice, Some(verdict));
        }
        let practice = Practice { verdict: Some(verdict), ..practice.clone() };
        Self { practice: Some(practice), ..self.clone() }
    }

    /// The answer, and the light on all that it belongs to.
    fn revealed(&self, practice: &Practice, verdict: Option<Verdict>) -> Self {
        let target = practice.exercise.target;
        let pinned = match practice.exercise.kind {
            Kind::Result | Kind::Column => Some(Spot::Result(target)),
            Kind::Transposed | Kind::Overlap => Some(Spot::Transposed(target)),
            Kind::Size => None,
        };
        let practice = Practice { verdict, revealed: true, ..practice.clone() };
        Self { practice: Some(practice), pinned, pointed: None, ..self.clone() }
    }

    fn has_own_input(&self) -> bool {
        self.setup().input.as_ref().is_some_and(|own| size(own) == self.sizes().result)
    }
}
