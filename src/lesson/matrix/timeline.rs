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

    /// How long one of a few steps lasts at normal speed, in milliseconds.
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

/// The ways to the transposed convolution that the last chapter can tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// The product E·Cᵀ.
    #[default]
    Matrix,
    /// Every number of E paints the mask, scaled, onto the result.
    Paint,
    /// Zeros between the numbers of E, then an ordinary convolution with the flipped mask.
    Insertion,
    /// The gradient of a convolution with respect to its input.
    Gradient,
}

impl Way {
    /// All ways, the matrix first.
    pub const ALL: [Self; 4] = [Self::Matrix, Self::Paint, Self::Insertion, Self::Gradient];

    /// The word on its switch.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Matrix => "Matrix",
            Self::Paint => "Paint",
            Self::Insertion => "Zero insertion",
            Self::Gradient => "Gradient",
        }
    }

    /// The word in a link.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Matrix => "matrix",
            Self::Paint => "paint",
            Self::Insertion => "insertion",
            Self::Gradient => "gradient",
        }
    }

    /// Whether it takes the numbers of E one by one, and not the cells of the result.
    #[must_use]
    pub const fn spreads(self) -> bool {
        matches!(self, Self::Matrix | Self::Paint)
    }
}

/// A chapter with many steps lasts no longer than one with so many.
const STEPS_AT_FULL_LENGTH: f64 = 12.0;

/// Positions below this, in steps, are the beginning: nobody sees the difference, and links stay short.
pub const LEAST_POSITION: f64 = 1e-9;

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

/// The steps of a lesson with arrays of given sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeline {
    outputs: usize,
    grown_cells: usize,
    way: Way,
}

impl Timeline {
    /// The timeline of a convolution with `outputs` results, whose transposed one has `grown_cells` cells and is told
    /// in one of its ways.
    #[must_use]
    pub const fn new(outputs: usize, grown_cells: usize, way: Way) -> Self {
        Self { outputs, grown_cells, way }
    }

    /// How many steps a chapter has.
    #[must_use]
    pub const fn steps(self, chapter: Chapter) -> usize {
        match (chapter, self.way) {
            (Chapter::Stack, _) => 1,
            // The last step folds the sums back into a picture.
            (Chapter::Spread, Way::Matrix) => self.outputs + 1,
            (Chapter::Spread, Way::Insertion | Way::Gradient) => self.grown_cells,
            _ => self.outputs,
        }
    }

    /// How long one step of a chapter lasts at normal speed, in milliseconds: less when there are many.
    #[must_use]
    pub fn step_millis(self, chapter: Chapter) -> f64 {
        chapter.step_millis() * (STEPS_AT_FULL_LENGTH / self.steps(chapter) as f64).min(1.0)
    }

    /// The number of steps, which is also the last position.
    #[must_use]
    pub fn len(self) -> usize {
        Chapter::ALL.iter().map(|chapter| self.steps(*chapter)).sum()
    }

    /// Whether there is nothing to tell.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.outputs == 0
    }

    /// The position at which a chapter begins.
    #[must_use]
    pub fn start(self, chapter: Chapter) -> usize {
        Chapter::ALL.iter().take_while(|each| **each < chapter).map(|each| self.steps(*each)).sum()
    }

    /// The position at which a chapter is done.
    #[must_use]
    pub fn end(self, chapter: Chapter) -> usize {
        self.start(chapter) + self.steps(chapter)
    }

    /// The step that lies between positions `number` and `number + 1`.
    #[must_use]
    pub fn step(self, number: usize) -> Step {
        let number = number.min(self.len().saturating_sub(1));
        let chapter = Chapter::ALL.into_iter().rev().find(|chapter| self.start(*chapter) <= number);
        let chapter = chapter.unwrap_or(Chapter::Place);
        Step { chapter, index: number - self.start(chapter), of: self.steps(chapter) }
    }

    /// The step that a position shows: the one under way, or the one just done.
    #[must_use]
    pub fn shown(self, position: f64) -> Step {
        self.step((position.ceil() as usize).saturating_sub(1))
    }

    /// Brings any number into the timeline; what is not a number becomes the beginning, and so does what is no visible
    /// part of a step.
    #[must_use]
    pub fn clamp(self, position: f64) -> f64 {
        if position.is_nan() || position < LEAST_POSITION { 0.0 } else { position.min(self.len() as f64) }
    }

    /// The position after `millis` of playing at `speed` times the normal pace.
    #[must_use]
    pub fn advance(self, position: f64, millis: f64, speed: f64) -> f64 {
        let end = self.len() as f64;
        let mut position = self.clamp(position);
        let mut left = millis.max(0.0) * speed.max(0.0);
        while left > 0.0 && position < end {
            let number = position.floor();
            let duration = self.step_millis(self.step(number as usize).chapter);
            let needed = (number + 1.0 - position) * duration;
            if left < needed {
                return self.clamp(position + left / duration);
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
                let steps = self.steps(chapter) as f64;
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
            .map(|(n, chapter)| (track - n as f64).clamp(0.0, 1.0) * self.steps(chapter) as f64)
            .sum();
        self.clamp(position)
    }
}
