//! What belongs together: from one cell to everything that it comes from and goes into.

use super::{derived::Derived, spot::Spot};

/// All that lights up with a spot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// Cells of the patch (and rows of C), ascending.
    pub inputs: Vec<usize>,
    /// Results (and columns of C), ascending.
    pub outputs: Vec<usize>,
    /// Entries of the mask, ascending.
    pub taps: Vec<usize>,
    /// Places of C as (row, column).
    pub entries: Vec<(usize, usize)>,
    /// The one output whose window, column and product terms are meant, when the spot names one.
    pub output: Option<usize>,
    /// The one input whose row of C is meant, when the spot names one.
    pub input: Option<usize>,
}

impl Links {
    /// Follows the matrix from a spot.
    #[must_use]
    pub fn of(spot: Spot, derived: &Derived) -> Self {
        let (output, input, tap, entry) = match spot {
            Spot::Product(j) | Spot::Result(j) | Spot::Input(j) | Spot::InputVector(j) => (Some(j), None, None, None),
            Spot::Patch(i) | Spot::Vector(i) | Spot::Sum(i) | Spot::Transposed(i) => (None, Some(i), None, None),
            Spot::Mask(tap) => (None, None, Some(tap), None),
            Spot::Placed(j, i) | Spot::Entry(i, j) | Spot::Turned(j, i) => (None, None, None, Some((i, j))),
        };
        let meant = |i: usize, j: usize, at: usize| {
            output.is_none_or(|o| o == j)
                && input.is_none_or(|o| o == i)
                && tap.is_none_or(|t| t == at)
                && entry.is_none_or(|e| e == (i, j))
        };
        let mut links =
            Self { output: output.or(entry.map(|e| e.1)), input: input.or(entry.map(|e| e.0)), ..Self::default() };
        for ((i, j), at) in derived.taps.indexed_iter() {
            if let Some(at) = *at
                && meant(i, j, at)
            {
                links.entries.push((i, j));
                links.inputs.push(i);
                links.outputs.push(j);
                links.taps.push(at);
            }
        }
        for list in [&mut links.inputs, &mut links.outputs, &mut links.taps] {
            list.sort_unstable();
            list.dedup();
        }
        links
    }

    /// Whether a spot belongs to what is lit.
    #[must_use]
    pub fn contains(&self, spot: Spot) -> bool {
        match spot {
            Spot::Patch(i) | Spot::Vector(i) | Spot::Sum(i) | Spot::Transposed(i) => self.inputs.contains(&i),
            Spot::Mask(tap) => self.taps.contains(&tap),
            Spot::Product(j) | Spot::Result(j) | Spot::Input(j) | Spot::InputVector(j) => self.outputs.contains(&j),
            Spot::Placed(j, i) | Spot::Entry(i, j) | Spot::Turned(j, i) => self.entries.contains(&(i, j)),
        }
    }
}
