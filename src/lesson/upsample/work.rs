//! What the reader works on, and undo brings back.

use super::{Down, OwnMask, Picture, SIZES, Sprite, Stack, Way, Weights, weights};
use crate::upsampling::Coordinates;
use ndarray::{Array2, ArrayView2};

/// What undo brings back: everything that the reader has worked on, and nothing of how they look at it.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    /// The layers.
    pub stack: Stack,
    /// How many pixels the row has that is painted, within [`PIXELS`](super::PIXELS).
    pub pixels: usize,
    /// What the masks are made of.
    pub weights: Weights,
    /// The seed of random weights, within [`SEED`](super::SEED).
    pub seed: u32,
    /// The reader's own numbers, used when [`Weights::Own`] is chosen: the first layer shows as many as its mask has room
    /// for, see [`Self::own_mask`]. Links carry those alone.
    pub own: OwnMask,
    /// The picture.
    pub picture: Picture,
    /// The drawing, used when the picture is [`Picture::Sprite`].
    pub sprite: Sprite,
    /// The longest side that the picture is brought to, one of [`SIZES`].
    pub size: usize,
    /// How it is made small.
    pub down: Down,
    /// How the places of large and small pixels correspond, for the interpolations.
    pub coordinates: Coordinates,
    /// Whether the cubic is the sharper one, a = −0.75 as in PyTorch and OpenCV, and not a = −0.5 (Keys, 1981).
    pub sharp: bool,
    /// Whether sub-pixel convolution starts with equal filters (ICNR).
    pub icnr: bool,
    /// Rounds of the back-projection, within [`ROUNDS`](super::ROUNDS).
    pub rounds: usize,
    /// The ways that are compared, in the order of [`Way::ALL`], each once.
    pub compared: Vec<Way>,
    /// The tiny input whose matrices are shown, its sides within [`TINY`](super::TINY).
    pub tiny: Array2<f32>,
}

impl Default for Work {
    fn default() -> Self {
        Self {
            stack: Stack::default(),
            pixels: 5,
            weights: Weights::default(),
            seed: 1,
            own: OwnMask::new(weights::example().view()),
            picture: Picture::default(),
            sprite: Sprite::default(),
            size: SIZES[0],
            down: Down::default(),
            coordinates: Coordinates::default(),
            sharp: false,
            icnr: false,
            rounds: 10,
            compared: Way::FIRST.to_vec(),
            tiny: Array2::from_shape_fn((2, 2), |(row, column)| (2 * row + column + 1) as f32),
        }
    }
}

impl Work {
    /// The reader's own mask, (row, column), as large as that of the first layer.
    #[must_use]
    pub fn own_mask(&self) -> ArrayView2<'_, f32> {
        self.own.of_side(self.stack.layers()[0].mask)
    }
}
