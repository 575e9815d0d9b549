//! What belongs together: from one cell to everything that it comes from and goes into, and from these numbers to the
//! page that has them too.

pub use super::to_upsample::to_upsample;
use super::{derived::Derived, spot::Spot, wiring::Taps};
use std::collections::BTreeSet;

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
    /// Cells of the patch (and rows of C).
    pub inputs: BTreeSet<usize>,
    /// Cells of the transposed result (and columns of Cᵀ).
    pub grown: BTreeSet<usize>,
    /// Results (and columns of C, rows of Cᵀ).
    pub outputs: BTreeSet<usize>,
    /// Entries of the mask.
    pub taps: BTreeSet<usize>,
    /// Places of C as (row, column).
    pub entries: BTreeSet<(usize, usize)>,
    /// Places of Cᵀ as (row, column).
    pub turned: BTreeSet<(usize, usize)>,
    /// The one output whose window, column and product terms are meant, when the spot names one.
    pub output: Option<usize>,
    /// The one cell of the patch whose row of C is meant, when the spot names one.
    pub input: Option<usize>,
    /// The one cell of the transposed result whose column of Cᵀ is meant, when the spot names one.
    pub cell: Option<usize>,
    /// Which of the two readings the spot belongs to; the arrays of the other one stay dark.
    pub reading: Reading,
}

/// What a spot asks of a place in C or Cᵀ: line, cell and entry, each only if it is named.
#[derive(Clone, Copy, Default)]
struct Wanted {
    output: Option<usize>,
    cell: Option<usize>,
    tap: Option<usize>,
}

impl Wanted {
    fn takes(self, output: usize, cell: usize, taps: Taps) -> bool {
        !taps.is_empty()
            && self.output.is_none_or(|wanted| wanted == output)
            && self.cell.is_none_or(|wanted| wanted == cell)
            && self.tap.is_none_or(|wanted| taps.contains(wanted))
    }
}

impl Links {
    /// Follows the matrices from a spot.
    #[must_use]
    pub fn of(spot: Spot, derived: &Derived) -> Self {
        let sizes = derived.sizes();
        // A cell of C names a cell of the patch, one of Cᵀ a cell of the transposed result; mostly they are the same.
        let (output, input, cell, tap) = match spot {
            Spot::Product(j) | Spot::Result(j) | Spot::Input(j) | Spot::InputVector(j) | Spot::Change(j) => {
                (Some(j), None, None, None)
            }
            Spot::Patch(i) | Spot::Vector(i) => (None, Some(i), sizes.grown_of(i), None),
            Spot::Sum(g) | Spot::Transposed(g) | Spot::Nudged(g) => (None, sizes.input_of(g), Some(g), None),
            Spot::Mask(tap) | Spot::Flipped(tap) => (None, None, None, Some(tap)),
            Spot::Placed(j, i) | Spot::Entry(i, j) => (Some(j), Some(i), sizes.grown_of(i), None),
            Spot::Turned(j, g) | Spot::Stamp(j, g) => (Some(j), sizes.input_of(g), Some(g), None),
            Spot::Inserted(_) => return Self { reading: Reading::Transposed, ..Self::default() },
        };
        let reading = match spot {
            Spot::Patch(_) | Spot::Vector(_) | Spot::Product(_) | Spot::Result(_) | Spot::Placed(..) => {
                Reading::Convolution
            }
            Spot::Mask(_) | Spot::Entry(..) => Reading::Both,
            _ => Reading::Transposed,
        };
        let mut links = Self { output, input, cell, reading, ..Self::default() };
        if input.is_some() || cell.is_none() {
            let wanted = Wanted { output, cell: input, tap };
            for ((i, j), taps) in derived.wiring.taps.indexed_iter() {
                if wanted.takes(j, i, *taps) {
                    links.entries.insert((i, j));
                    links.inputs.insert(i);
                    links.outputs.insert(j);
                    links.taps.extend(taps.iter().filter(|each| tap.is_none_or(|tap| tap == *each)));
                }
            }
        }
        if cell.is_some() || input.is_none() {
            let wanted = Wanted { output, cell, tap };
            for ((j, g), taps) in derived.wiring.turned.indexed_iter() {
                if wanted.takes(j, g, *taps) {
                    links.turned.insert((j, g));
                    links.grown.insert(g);
                    links.outputs.insert(j);
                    links.taps.extend(taps.iter().filter(|each| tap.is_none_or(|tap| tap == *each)));
                }
            }
        }
        links
    }

    /// Whether a spot belongs to what is lit.
    #[must_use]
    pub fn contains(&self, spot: Spot) -> bool {
        let convolution = self.reading != Reading::Transposed;
        let transposed = self.reading != Reading::Convolution;
        match spot {
            Spot::Patch(i) | Spot::Vector(i) => convolution && self.inputs.contains(&i),
            Spot::Sum(g) | Spot::Transposed(g) | Spot::Nudged(g) => transposed && self.grown.contains(&g),
            Spot::Mask(tap) | Spot::Flipped(tap) => self.taps.contains(&tap),
            Spot::Product(j) | Spot::Result(j) => convolution && self.outputs.contains(&j),
            Spot::Input(j) | Spot::InputVector(j) | Spot::Change(j) => transposed && self.outputs.contains(&j),
            Spot::Placed(j, i) | Spot::Entry(i, j) => self.entries.contains(&(i, j)),
            Spot::Turned(j, g) | Spot::Stamp(j, g) => self.turned.contains(&(j, g)),
            Spot::Inserted(_) => false,
        }
    }
}
