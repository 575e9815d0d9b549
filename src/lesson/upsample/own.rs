//! The reader's own mask: the numbers in view, and those that wait until the mask is large enough for them again.

use super::{ranges::bounded, stack};
use ndarray::{Array2, ArrayView2, s};

/// The longest side.
const MOST: usize = *stack::MASK.end();

/// A sheet of numbers as large as the largest mask, of which a mask of side k shows the first k rows and columns. A mask
/// that is made smaller and larger again shows what it showed before.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnMask {
    sheet: Array2<f32>,
}

impl OwnMask {
    /// A sheet that begins with these numbers and is 0 everywhere else; what is beyond the largest mask is left out.
    #[must_use]
    pub fn new(numbers: ArrayView2<f32>) -> Self {
        let number = |place| numbers.get(place).copied().unwrap_or(0.0);
        Self { sheet: Array2::from_shape_fn((MOST, MOST), number) }
    }

    /// The mask of a side within [`stack::MASK`], (row, column); of the nearest such side for any other.
    #[must_use]
    pub fn of_side(&self, side: usize) -> ArrayView2<'_, f32> {
        let side = side.clamp(*stack::MASK.start(), MOST);
        self.sheet.slice(s![..side, ..side])
    }

    /// The same without the numbers that a mask of this side does not show.
    #[must_use]
    pub fn cropped(&self, side: usize) -> Self {
        Self::new(self.of_side(side))
    }

    /// Puts a number into the mask of a side, at a place that counts row by row; a place beyond it changes nothing.
    pub(super) fn set(&mut self, side: usize, place: usize, value: f32) {
        let (row, column) = (place / side.max(1), place % side.max(1));
        if row < side
            && let Some(entry) = self.sheet.get_mut((row, column))
        {
            *entry = bounded(value, *entry);
        }
    }
}
