//! The animation's timeline: chapters, their steps, and how time moves the position along them.
//!
//! A position counts steps: at 9.0 nine steps are done, at 9.5 the tenth is half way. Nothing here reads a clock.

/// The six chapters, in the order of the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chapter {
    /// The mask is laid on one window of the patch after another.
    Place,
    /// Each placed mask is read row by row into a column.
    Unroll,
    /// The columns move together and are C.
    Stack,
    /// The unrolled patch is multiplied by every column.
    Multiply,
    /// Every column of C lies down as a row of Cᵀ.
    Transpose,
    /// Every number of E scales its row, and the rows add up.
    Spread,
}

impl Chapter {
    /// All chapters in order.
    pub const ALL: [Self; 6] = [Self::Place, Self::Unroll, Self::Stack, Self::Multiply, Self::Transpose, Self::Spread];

    /// The chapter's word on the timeline.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Place => "Place",
            Self::Unroll => "Unroll",
            Self::Stack => "Stack",
            Self::Multiply => "Multiply",
            Self::Transpose => "Transpose",
            Self::Spread => "Spread",
        }
    }

    /// How many steps the chapter has when the convolution has `outputs` results.
    #[must_use]
    pub const fn steps(self, outputs: usize) -> usize {
        match self {
            Self::Stack => 1,
            // The last step folds the sixteen sums back into a patch.
            Self::Spread => outputs + 1,
            _ => outputs,
        }
    }

    /// How long one step lasts at normal speed, in milliseconds.
    #[must_use]
    pub const fn step_millis(self) -> f64 {
        match self {
            Self::Place => 1100.0,
            Self::Unroll => 1400.0,
            Self::Stack => 700.0,
            Self::Multiply => 2200.0,
            Self::Transpose => 1300.0,
            Self::Spread => 2000.0,
        }
    }
}

/// One step of the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The chapter it belongs to.
    pub chapter: Chapter,
    /// Its place in the chapter, from 0.
    pub index: usize,
    /// How many steps the chapter has.
    pub of: usize,
}

/// The steps of a lesson with a given number of outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeline {
    outputs: usize,
}

impl Timeline {
    /// The timeline of a convolution with `outputs` results.
    #[must_use]
    pub const fn new(outputs: usize) -> Self {
        Self { outputs }
    }

    /// The number of steps, which is also the last position.
    #[must_use]
    pub fn len(self) -> usize {
        Chapter::ALL.iter().map(|chapter| chapter.steps(self.outputs)).sum()
    }

    /// Whether there is nothing to tell.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.outputs == 0
    }

    /// The position at which a chapter begins.
    #[must_use]
    pub fn start(self, chapter: Chapter) -> usize {
        Chapter::ALL.iter().take_while(|each| **each < chapter).map(|each| each.steps(self.outputs)).sum()
    }

    /// The position at which a chapter is done.
    #[must_use]
    pub fn end(self, chapter: Chapter) -> usize {
        self.start(chapter) + chapter.steps(self.outputs)
    }

    /// The step that lies between positions `number` and `number + 1`.
    #[must_use]
    pub fn step(self, number: usize) -> Step {
        let number = number.min(self.len().saturating_sub(1));
        let chapter = Chapter::ALL.into_iter().rev().find(|chapter| self.start(*chapter) <= number);
        let chapter = chapter.unwrap_or(Chapter::Place);
        Step { chapter, index: number - self.start(chapter), of: chapter.steps(self.outputs) }
    }

    /// The step that a position shows: the one under way, or the one just done.
    #[must_use]
    pub fn shown(self, position: f64) -> Step {
        self.step((position.ceil() as usize).saturating_sub(1))
    }

    /// Brings any number into the timeline; what is not a number becomes the beginning.
    #[must_use]
    pub fn clamp(self, position: f64) -> f64 {
        if position.is_nan() { 0.0 } else { position.clamp(0.0, self.len() as f64) }
    }

    /// The position after `millis` of playing at `speed` times the normal pace.
    #[must_use]
    pub fn advance(self, position: f64, millis: f64, speed: f64) -> f64 {
        let end = self.len() as f64;
        let mut position = self.clamp(position);
        let mut left = millis.max(0.0) * speed.max(0.0);
        while left > 0.0 && position < end {
            let number = position.floor();
            let duration = self.step(number as usize).chapter.step_millis();
            let needed = (number + 1.0 - position) * duration;
            if left < needed {
                return position + left / duration;
            }
            left -= needed;
            position = number + 1.0;
        }
        position
    }
}

/// The track under the stage gives every chapter the same length, however many steps it has.
impl Timeline {
    /// Where a position lies on the track: chapters, with a fraction.
    #[must_use]
    pub fn track(self, position: f64) -> f64 {
        let position = self.clamp(position);
        Chapter::ALL
            .into_iter()
            .map(|chapter| {
                let steps = chapter.steps(self.outputs) as f64;
                ((position - self.start(chapter) as f64) / steps).clamp(0.0, 1.0)
            })
            .sum()
    }

    /// The position at a place of the track: the inverse of [`Timeline::track`].
    #[must_use]
    pub fn from_track(self, track: f64) -> f64 {
        let position = Chapter::ALL
            .into_iter()
            .enumerate()
            .map(|(n, chapter)| (track - n as f64).clamp(0.0, 1.0) * chapter.steps(self.outputs) as f64)
            .sum();
        self.clamp(position)
    }
}
