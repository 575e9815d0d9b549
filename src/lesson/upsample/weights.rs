//! The weights of the masks: by a shape, at random from a seed, or the reader's own.

use ndarray::{Array2, arr2};

/// How the weights of a mask fall off from its middle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Weights {
    /// All weights alike.
    #[default]
    Flat,
    /// A bell.
    Bell,
    /// A straight slope to both sides: the bilinear mask when its side fits.
    Tent,
    /// Numbers from 0 to 1 drawn by the seed: a layer that has learnt nothing.
    Random,
    /// The numbers that the reader typed, or brought from the Matrix page. They are not scaled.
    Own,
}

impl Weights {
    /// Every kind with its word in links and its name on the page.
    pub const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::Flat, "flat", "Flat"),
        (Self::Bell, "bell", "Bell"),
        (Self::Tent, "tent", "Tent (bilinear)"),
        (Self::Random, "random", "Random (untrained)"),
        (Self::Own, "own", "Own numbers"),
    ];

    /// The word in links and in the menu's values.
    #[must_use]
    pub fn id(self) -> &'static str {
        Self::ALL.iter().find(|(shape, ..)| *shape == self).map_or("flat", |(_, id, _)| id)
    }

    /// The kind of this word.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, word, _)| *word == id).map(|(shape, ..)| *shape)
    }
}

/// The own mask of the beginning: that of the Matrix page's worked example.
#[must_use]
pub fn example() -> Array2<f32> {
    arr2(&[[0.0, 1.0, 2.0], [2.0, 2.0, 0.0], [0.0, 1.0, 2.0]])
}
