//! The Upsample page: how a small picture becomes a large one, and where checkerboards come from.
//!
//! What the reader has worked on is a [`Work`], which undo brings back; the rest of [`UpsampleLesson`] is how they look
//! at it, which undo brings back where a word or an exercise has set both at once. Counts, sentences and matrices follow from these by pure functions.

mod action;
mod choices;
mod codec;
pub mod corner;
pub mod crop;
pub mod exercise;
pub mod links;
pub mod masks;
pub mod meaning;
mod moment;
pub mod narration;
pub mod overlap;
mod own;
mod question;
mod ranges;
mod reduce;
pub mod remedy;
pub mod rows;
pub mod sprite;
pub mod stack;
pub mod takeaway;
pub mod timeline;
pub mod tiny;
mod verdict;
pub mod ways;
pub mod weights;
mod words;
mod work;

use super::{
    Lesson, Page,
    handing::Stepped,
    history::History,
    link::{Reader, Writer},
    picture::Picture,
};
pub use action::UpsampleAction;
pub use choices::{Aside, Down, Shown, Side, View};
pub use moment::{Look, Moment};
pub use own::OwnMask;
pub use ranges::{BOUND, CORNERS, PIXELS, ROUNDS, ROW, SCALES, SEED, SIZES, SPEEDS, TINY};
pub use sprite::Sprite;
pub use stack::{Layer, Stack};
use timeline::Timeline;
pub use ways::Way;
pub use weights::Weights;
pub use work::Work;

/// What the reader sees and sets on the Upsample page. Only what is within its range can get in.
#[derive(Clone, Debug, PartialEq)]
pub struct UpsampleLesson {
    /// What the reader has worked on.
    pub work: Work,
    /// The steps before and after it.
    pub history: History<Moment>,
    /// What the stage shows.
    pub view: View,
    /// How the lab shows the overlap.
    pub shown: Shown,
    /// From which side the layer is looked at.
    pub side: Side,
    /// Whether copies count by their weights.
    pub weighted: bool,
    /// Which layer the settings are about.
    pub layer: usize,
    /// Where the timeline stands.
    pub position: f64,
    /// Whether time moves it.
    pub playing: bool,
    /// Which of [`SPEEDS`].
    pub speed: usize,
    /// What the cards show beside their pictures.
    pub aside: Aside,
    /// The middle of the corner that is looked at closely, in percent of width and height.
    pub corner: [f64; 2],
    /// How many columns of the small picture that corner shows: one of [`CORNERS`].
    pub close: u32,
    /// The colour that draws, a place in [`sprite::PALETTE`].
    pub colour: usize,
}

impl Default for UpsampleLesson {
    fn default() -> Self {
        Self {
            work: Work::default(),
            history: History::default(),
            view: View::default(),
            shown: Shown::default(),
            side: Side::default(),
            weighted: false,
            layer: 0,
            position: 3.0,
            playing: false,
            speed: 2,
            aside: Aside::default(),
            corner: [66.0, 36.0],
            close: CORNERS[1],
            colour: 7,
        }
    }
}

impl UpsampleLesson {
    /// How many times as large the large picture is, along an axis.
    #[must_use]
    pub fn scale(&self) -> usize {
        self.work.stack.scale()
    }

    /// The layer that the settings are about.
    #[must_use]
    pub fn chosen_layer(&self) -> Layer {
        let layers = self.work.stack.layers();
        layers[self.layer.min(layers.len() - 1)]
    }

    /// The steps in which the layers are painted.
    #[must_use]
    pub fn timeline(&self) -> Timeline {
        Timeline::new(&self.work.stack, self.work.pixels)
    }

    /// The cells along an axis before the chosen layer and behind it: those of the lab's row, or of the tiny input where its
    /// matrices are shown.
    #[must_use]
    pub fn lengths(&self) -> [usize; 2] {
        let before = if self.view == View::Matrices {
            self.work.tiny.nrows()
        } else {
            let lengths = self.work.stack.lengths(self.work.pixels);
            lengths[self.layer.min(lengths.len() - 2)]
        };
        [before, self.chosen_layer().grown(before)]
    }

    /// The side that is in view: matrices are shown from one alone.
    #[must_use]
    pub fn seen_side(&self) -> Side {
        if self.view == View::Matrices { Side::Forward } else { self.side }
    }

    /// Whether there is a large picture to compare with.
    #[must_use]
    pub fn has_truth(&self) -> bool {
        self.work.down != Down::AsItIs && self.work.picture != Picture::Sprite
    }
}

impl Stepped for UpsampleLesson {
    type Work = Moment;

    fn steps(&self) -> &History<Moment> {
        &self.history
    }

    fn with_work_alone(moment: Moment) -> Self {
        moment.alone()
    }

    fn into_work(self) -> Moment {
        Moment::told_by(&self)
    }

    fn with_steps(self, history: History<Moment>) -> Self {
        Self { history, ..self }
    }
}

impl Lesson for UpsampleLesson {
    type Action = UpsampleAction;

    const PAGE: Page = Page::Upsample;

    fn reduce(&self, action: UpsampleAction) -> Self {
        self.after(action)
    }

    fn travels_whole(&self) -> bool {
        !self.work.picture.is_own()
    }

    fn write(&self, link: &mut Writer) {
        codec::write(self, link);
    }

    fn read(link: &mut Reader) -> Self {
        codec::read(link)
    }
}
