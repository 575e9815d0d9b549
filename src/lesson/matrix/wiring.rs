//! Which entry of the mask stands at which place of C and Cᵀ: what follows from sizes and geometry alone, whatever the
//! numbers are.

use super::setup::Setup;
use crate::convolution::{Geometry, PaddingMode, convolution_terms, transposed_matrix};
use ndarray::Array2;

/// Rows and columns of the stage's arrays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sizes {
    /// The patch D.
    pub patch: [usize; 2],
    /// The mask.
    pub mask: [usize; 2],
    /// The convolution's result, and E.
    pub result: [usize; 2],
    /// The transposed result; as large as the patch unless output padding makes it otherwise.
    pub grown: [usize; 2],
}

impl Sizes {
    /// Cells of the patch: rows of C.
    #[must_use]
    pub const fn inputs(self) -> usize {
        self.patch[0] * self.patch[1]
    }

    /// Results: columns of C, rows of Cᵀ.
    #[must_use]
    pub const fn outputs(self) -> usize {
        self.result[0] * self.result[1]
    }

    /// Cells of the transposed result: columns of Cᵀ.
    #[must_use]
    pub const fn grown_cells(self) -> usize {
        self.grown[0] * self.grown[1]
    }

    /// Entries of the mask.
    #[must_use]
    pub const fn taps(self) -> usize {
        self.mask[0] * self.mask[1]
    }

    /// Whether the transposed result has the size of the patch, so that what stands there is Cᵀ and no other matrix.
    #[must_use]
    pub fn returns(self) -> bool {
        self.patch == self.grown
    }

    /// The cell of the transposed result where a cell of the patch lies, if it has one.
    #[must_use]
    pub fn grown_of(self, input: usize) -> Option<usize> {
        let (row, column) = (input / self.patch[1], input % self.patch[1]);
        (row < self.grown[0] && column < self.grown[1]).then_some(row * self.grown[1] + column)
    }

    /// The cell of the patch where a cell of the transposed result lies, if it has one.
    #[must_use]
    pub fn input_of(self, grown: usize) -> Option<usize> {
        let (row, column) = (grown / self.grown[1], grown % self.grown[1]);
        (row < self.patch[0] && column < self.patch[1]).then_some(row * self.patch[1] + column)
    }
}

/// The mask entries that stand at one place of a matrix, as a set: padding that repeats the patch lets several meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Taps(u32);

impl Taps {
    /// Adds an entry of the mask, numbered row by row below 32.
    pub fn insert(&mut self, tap: usize) {
        self.0 |= 1 << tap;
    }

    /// The entries in ascending order.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        (0..u32::BITS as usize).filter(move |tap| self.contains(*tap))
    }

    /// Whether an entry is among them.
    #[must_use]
    pub const fn contains(self, tap: usize) -> bool {
        self.0 >> tap & 1 == 1
    }

    /// Whether nothing stands here: a structural zero.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many entries meet here.
    #[must_use]
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The first entry.
    #[must_use]
    pub fn first(self) -> Option<usize> {
        self.iter().next()
    }
}

/// Where every mask entry stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Wiring {
    /// The sizes.
    pub sizes: Sizes,
    /// C: inputs × outputs.
    pub taps: Array2<Taps>,
    /// Cᵀ, or the matrix of the transposed convolution when its result is of another size: outputs × grown cells.
    pub turned: Array2<Taps>,
}

impl Wiring {
    /// Lays out both matrices. The kernels themselves say where each entry goes, so that this picture and the numbers
    /// cannot disagree. Letters belong to entries: a flipped mask takes them along.
    ///
    /// # Errors
    /// A sentence, as [`Setup::sizes`].
    #[inline(never)]
    pub fn new(setup: &Setup) -> Result<Self, String> {
        let sizes = setup.sizes()?;
        let count = sizes.taps();
        let entry = |laid: usize| if setup.flip { count - 1 - laid } else { laid };
        let terms = convolution_terms(sizes.mask, sizes.patch, &setup.geometry, setup.mode)
            .map_err(|error| error.to_string())?;
        let mut taps = Array2::<Taps>::default((sizes.inputs(), sizes.outputs()));
        for term in terms {
            taps[[term.input, term.output]].insert(entry(term.tap));
        }
        let turned = if setup.mode == PaddingMode::Zero && !sizes.returns() {
            painted(sizes, &setup.geometry)?.mapv(|laid| {
                let mut taps = Taps::default();
                if let Some(laid) = laid {
                    taps.insert(entry(laid));
                }
                taps
            })
        } else {
            taps.t().to_owned()
        };
        Ok(Self { sizes, taps, turned })
    }

    /// How many products meet in each cell of the transposed result: the overlap that makes checkerboards.
    #[must_use]
    pub fn overlap(&self) -> Vec<usize> {
        self.turned.columns().into_iter().map(|column| column.iter().map(|taps| taps.len()).sum()).collect()
    }
}

/// Which entry of the laid mask each number of E paints on each cell: the kernel is asked with numbered entries.
fn painted(sizes: Sizes, geometry: &Geometry) -> Result<Array2<Option<usize>>, String> {
    let numbers = Array2::from_shape_fn(sizes.mask, |(row, column)| (row * sizes.mask[1] + column + 1) as f32);
    let matrix = transposed_matrix(numbers.view(), sizes.result, geometry).map_err(|error| error.to_string())?;
    Ok(matrix.mapv(|number| (number as usize).checked_sub(1)))
}
