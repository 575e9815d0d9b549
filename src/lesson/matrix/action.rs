//! What the reader can do on the Matrix page.

use super::{
    Orientation, View,
    channels::ChannelPlan,
    pooling::PoolingSetup,
    practice::Deed,
    preset::Preset,
    settings::Setting,
    spot::{Array, Spot},
    timeline::{Chapter, Way},
};
use crate::convolution::PaddingMode;

/// What the reader can do on this page.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Text typed into a cell.
    Enter {
        /// Patch, mask or E.
        array: Array,
        /// The cell, row by row.
        place: usize,
        /// What was typed.
        text: String,
    },
    /// A cell's number made larger or smaller.
    Nudge {
        /// Patch, mask or E.
        array: Array,
        /// The cell, row by row.
        place: usize,
        /// By how much.
        by: f32,
    },
    /// A block of numbers pasted at a cell.
    Paste {
        /// Patch, mask or E.
        array: Array,
        /// The cell, row by row.
        place: usize,
        /// What was pasted.
        text: String,
    },
    /// The step before.
    Undo,
    /// The step that was undone.
    Redo,
    /// What the stage shows.
    Show(View),
    /// The weight λ of the regularised inverse.
    Lambda(f64),
    /// The window of the poolings, brought into its range.
    Pool(PoolingSetup),
    /// Channels and groups.
    Plan(ChannelPlan),
    /// A preset chosen.
    Load(Preset),
    /// New random numbers, from the next seed.
    Reseed,
    /// E follows the result again.
    FollowResult,
    /// Sizes or geometry: these settings all to one value.
    Set(Vec<Setting>, usize),
    /// What stands in the padding.
    Mode(PaddingMode),
    /// Whether the mask is flipped.
    Flip(bool),
    /// The output padding that brings the transposed result back to the patch's size.
    FitOutputPadding,
    /// Pointer or focus on a cell, or gone from all.
    Point(Option<Spot>),
    /// A cell clicked: pins it, or lets it go when it was pinned.
    Pin(Spot),
    /// Escape.
    LetGo,
    /// Numbers or letters in C.
    ShowLetters(bool),
    /// How C stands.
    Orient(Orientation),
    /// How the transposed convolution is told; goes to its chapter.
    Tell(Way),
    /// The transposed result's numbers, or its overlap.
    ShowOverlap(bool),
    /// Play or pause; playing from the end starts over.
    Play(bool),
    /// To a position; stops the motion.
    Seek(f64),
    /// One whole step forwards (true) or backwards.
    Step(bool),
    /// To the end of a chapter's first step, where its picture is clear.
    Chapter(Chapter),
    /// Time that has passed while playing, in milliseconds.
    Pass(f64),
    /// Which of [`SPEEDS`](super::SPEEDS).
    Speed(usize),
    /// Something about an exercise.
    Practise(Deed),
}
