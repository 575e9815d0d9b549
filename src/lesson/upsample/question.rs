//! What the worker is asked: the settings that its answer depends on, and no others.

use super::{Down, Layer, OwnMask, Picture, Stack, UpsampleLesson, Way, Weights, Work};

impl UpsampleLesson {
    /// These settings with everything at its default that the worker's answer does not depend on. Equal questions have
    /// equal answers.
    #[must_use]
    pub fn question(&self) -> Self {
        let mut work = self.work.clone();
        let blank = Work::default();
        work.pixels = blank.pixels;
        work.tiny = blank.tiny;
        work.stack = Stack::new(work.stack.layers().iter().map(|layer| Layer { padding: 0, ..*layer }).collect());
        if work.weights != Weights::Random {
            // Filters of other weights are equal anyway.
            (work.seed, work.icnr) = (blank.seed, blank.icnr);
        }
        if !work.compared.contains(&Way::BackProjected) {
            work.rounds = blank.rounds;
        }
        // Numbers that the mask has no room for weigh nothing.
        work.own = if work.weights == Weights::Own { OwnMask::new(work.own_mask()) } else { blank.own };
        if work.picture == Picture::Sprite {
            (work.size, work.down) = (blank.size, Down::AsItIs);
        } else {
            work.sprite = blank.sprite;
        }
        Self { work, ..Self::default() }
    }

    /// The question for one way's picture, whether it is among those that are compared or not.
    #[must_use]
    pub fn question_of(&self, way: Way) -> Self {
        let work = Work { compared: vec![way], ..self.work.clone() };
        Self { work, ..self.clone() }.question()
    }
}
