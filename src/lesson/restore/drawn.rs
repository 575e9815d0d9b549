//! A point-spread function that the reader types, draws, or brings from the Matrix page.

use crate::imaging::Kernel;

/// The largest side, odd as all are.
pub const LARGEST_SIDE: usize = 9;
/// Weights lie within ± this.
pub const BOUND: f32 = 99.0;

/// Square weights of odd side; what they sum to is scaled to 1 when they are used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drawn {
    side: usize,
    weights: [[f32; LARGEST_SIDE]; LARGEST_SIDE],
}

impl Default for Drawn {
    /// A comma: no symmetry at all, so that a filter which takes the wrong direction shows it.
    fn default() -> Self {
        Self::of(5, &[0, 2, 1, 0, 0, 1, 5, 4, 1, 0, 0, 2, 4, 2, 0, 0, 0, 1, 2, 1, 0, 0, 0, 1, 1].map(|w| w as f32))
    }
}

impl Drawn {
    /// Weights row after row; what is missing is 0. The side is brought to the nearest odd number possible.
    #[must_use]
    pub fn of(side: usize, values: &[f32]) -> Self {
        let side = side.clamp(1, LARGEST_SIDE) | 1;
        let mut drawn = Self { side, weights: [[0.0; LARGEST_SIDE]; LARGEST_SIDE] };
        for (index, value) in values.iter().enumerate().take(side * side) {
            drawn = drawn.with(index / side, index % side, *value);
        }
        drawn
    }

    /// Rows, and columns.
    #[must_use]
    pub fn side(&self) -> usize {
        self.side
    }

    /// The weight of a cell; 0 outside.
    #[must_use]
    pub fn weight(&self, row: usize, column: usize) -> f32 {
        if row < self.side && column < self.side { self.weights[row][column] } else { 0.0 }
    }

    /// All weights, row after row.
    #[must_use]
    pub fn weights(&self) -> Vec<f32> {
        self.weights[..self.side].iter().flat_map(|row| &row[..self.side]).copied().collect()
    }

    /// The same with another weight in a cell, rounded to two decimals; nothing changes outside or for what is no number.
    #[must_use]
    pub fn with(mut self, row: usize, column: usize, value: f32) -> Self {
        if row < self.side && column < self.side && !value.is_nan() {
            self.weights[row][column] = (value.clamp(-BOUND, BOUND) * 100.0).round() / 100.0;
        }
        self
    }

    /// The same weights in the middle of another side; what does not fit goes.
    #[must_use]
    pub fn resized(&self, side: usize) -> Self {
        let side = side.clamp(1, LARGEST_SIDE) | 1;
        let mut resized = Self::of(side, &[]);
        for row in 0..side {
            for column in 0..side {
                let place = |index: usize| (index + self.side / 2).checked_sub(side / 2);
                if let (Some(y), Some(x)) = (place(row), place(column)) {
                    resized.weights[row][column] = self.weight(y, x);
                }
            }
        }
        resized
    }

    /// The kernel, scaled to sum to 1. None when the weights do not sum to more than 0, so that no picture could be kept
    /// as bright as it is.
    #[must_use]
    pub fn kernel(&self) -> Option<Kernel> {
        Kernel::normalised(self.side, self.side, self.weights()).ok()
    }
}
