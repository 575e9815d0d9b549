//! What belongs together: from one cell to everything that it comes from and goes into.

use super::{derived::Derived, spot::Spot};

/// The two readings of C: down its columns, as the convolution does, or along the rows of Cᵀ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// From the patch to the result.
    Convolution,
    /// From E to the transposed result.
    Transposed,
    /// Both: the spot belongs to C or the mask themselves.
    #[default]
    Both,
}

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
    /// Which of the two readings the spot belongs to; the arrays of the other one stay dark.
    pub reading: Reading,
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
                && input.is_none_or(|n| n == i)
                && tap.is_none_or(|t| t == at)
                && entry.is_none_or(|e| e == (i, j))
        };
        let reading = match spot {
            Spot::Patch(_) | Spot::Vector(_) | Spot::Product(_) | Spot::Result(_) | Spot::Placed(..) => {
                Reading::Convolution
            }
            Spot::Input(_) | Spot::InputVector(_) | Spot::Turned(..) | Spot::Sum(_) | Spot::Transposed(_) => {
                Reading::Transposed
            }
            Spot::Mask(_) | Spot::Entry(..) => Reading::Both,
        };
        let mut links = Self {
            output: output.or(entry.map(|e| e.1)),
            input: input.or(entry.map(|e| e.0)),
            reading,
            ..Self::default()
        };
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
            Spot::Patch(i) | Spot::Vector(i) => self.reading != Reading::Transposed && self.inputs.contains(&i),
            Spot::Sum(i) | Spot::Transposed(i) => self.reading != Reading::Convolution && self.inputs.contains(&i),
            Spot::Mask(tap) => self.taps.contains(&tap),
            Spot::Product(j) | Spot::Result(j) => self.reading != Reading::Transposed && self.outputs.contains(&j),
            Spot::Input(j) | Spot::InputVector(j) => self.reading != Reading::Convolution && self.outputs.contains(&j),
            Spot::Placed(j, i) | Spot::Entry(i, j) | Spot::Turned(j, i) => self.entries.contains(&(i, j)),
        }
    }
}
