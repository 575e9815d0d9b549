//! Spots: every cell on the stage by name, so that a pointer, a wire or a travelling number can say where it is.

use super::{Orientation, wiring::Sizes};

/// One cell of one of the stage's arrays. Inputs `i`, outputs `j`, entries of the mask and cells `g` of the transposed
/// result count row by row from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Spot {
    /// A cell of the patch D.
    Patch(usize),
    /// An entry of the mask.
    Mask(usize),
    /// Cell `i` of the mask as placed for output `j`: `Placed(j, i)`.
    Placed(usize, usize),
    /// A cell of D unrolled.
    Vector(usize),
    /// Row `i`, column `j` of C: `Entry(i, j)`.
    Entry(usize, usize),
    /// A cell of DᵀC.
    Product(usize),
    /// A cell of the convolution's result.
    Result(usize),
    /// A cell of the input E.
    Input(usize),
    /// A cell of E unrolled.
    InputVector(usize),
    /// Row `j`, column `g` of Cᵀ: `Turned(j, g)`.
    Turned(usize, usize),
    /// A cell of E·Cᵀ.
    Sum(usize),
    /// A cell of the transposed result.
    Transposed(usize),
    /// Cell `g` of what number `j` of E paints: `Stamp(j, g)`.
    Stamp(usize, usize),
    /// A cell of E with zeros between its numbers and around them.
    Inserted(usize),
    /// An entry of the flipped mask, named by the entry of the mask.
    Flipped(usize),
    /// A cell of the patch that is nudged for the gradient.
    Nudged(usize),
    /// What a nudge changes at one result.
    Change(usize),
}

/// The arrays on the stage, each with its accessible name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Array {
    /// The patch D.
    Patch,
    /// The mask.
    Mask,
    /// The mask as placed for one output.
    Placed(usize),
    /// D unrolled.
    Vector,
    /// The matrix C.
    Matrix,
    /// DᵀC.
    Product,
    /// The convolution's result.
    Result,
    /// The input E.
    Input,
    /// E unrolled.
    InputVector,
    /// Cᵀ.
    Turned,
    /// E·Cᵀ.
    Sum,
    /// E·Cᵀ folded back.
    Transposed,
    /// The mask times one number of E, where it is painted.
    Stamp(usize),
    /// E with zeros inserted.
    Inserted,
    /// The mask turned by 180°.
    Flipped,
    /// The patch with one cell nudged.
    Nudged,
    /// What the nudge changes.
    Change,
}

impl Array {
    /// The accessible name; tests and teachers rely on these.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Patch => "Patch D".into(),
            Self::Mask => "Mask".into(),
            Self::Placed(j) => format!("Mask placed for output {}", j + 1),
            Self::Vector => "D unrolled".into(),
            Self::Matrix => "Matrix C".into(),
            Self::Product => "D transposed times C".into(),
            Self::Result => "Convolution result".into(),
            Self::Input => "Input E".into(),
            Self::InputVector => "E unrolled".into(),
            Self::Turned => "Matrix C transposed".into(),
            Self::Sum => "E times C transposed".into(),
            Self::Transposed => "Transposed result".into(),
            Self::Stamp(j) => format!("Mask painted with number {} of E", j + 1),
            Self::Inserted => "E with zeros inserted".into(),
            Self::Flipped => "Flipped mask".into(),
            Self::Nudged => "Patch with one cell nudged".into(),
            Self::Change => "Change of the result".into(),
        }
    }

    /// The word that marks the array in the markup and in a link.
    #[must_use]
    pub fn slug(self) -> String {
        match self {
            Self::Patch => "patch".into(),
            Self::Mask => "mask".into(),
            Self::Placed(j) => format!("placed-{j}"),
            Self::Vector => "vector".into(),
            Self::Matrix => "matrix".into(),
            Self::Product => "product".into(),
            Self::Result => "result".into(),
            Self::Input => "input".into(),
            Self::InputVector => "input-vector".into(),
            Self::Turned => "turned".into(),
            Self::Sum => "sum".into(),
            Self::Transposed => "transposed".into(),
            Self::Stamp(j) => format!("stamp-{j}"),
            Self::Inserted => "inserted".into(),
            Self::Flipped => "flipped".into(),
            Self::Nudged => "nudged".into(),
            Self::Change => "change".into(),
        }
    }

    /// The array that a slug names.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        let numbered = |prefix: &str| slug.strip_prefix(prefix).and_then(|number| number.parse().ok());
        if let Some(j) = numbered("placed-") {
            return Some(Self::Placed(j));
        }
        if let Some(j) = numbered("stamp-") {
            return Some(Self::Stamp(j));
        }
        Self::SINGLE.into_iter().find(|array| array.slug() == slug)
    }

    /// Rows and columns on a stage of these sizes; for [`Array::Inserted`] those of the widest margin.
    #[must_use]
    pub fn size(self, sizes: Sizes) -> [usize; 2] {
        match self {
            Self::Patch | Self::Placed(_) => sizes.patch,
            Self::Mask | Self::Flipped => sizes.mask,
            Self::Vector => [sizes.inputs(), 1],
            Self::Matrix => [sizes.inputs(), sizes.outputs()],
            Self::Product => [1, sizes.outputs()],
            Self::Result | Self::Input | Self::Change => sizes.result,
            Self::InputVector => [sizes.outputs(), 1],
            Self::Turned => [sizes.outputs(), sizes.grown_cells()],
            Self::Sum => [1, sizes.grown_cells()],
            Self::Transposed | Self::Stamp(_) | Self::Nudged => sizes.grown,
            Self::Inserted => [0, 0],
        }
    }

    /// Rows and columns as printed where C stands or lies as `orientation` says.
    #[must_use]
    pub fn printed_size(self, sizes: Sizes, orientation: Orientation) -> [usize; 2] {
        let [rows, columns] = self.size(sizes);
        let turns =
            matches!(self, Self::Matrix | Self::Turned | Self::Vector | Self::Product | Self::InputVector | Self::Sum);
        if turns && orientation == Orientation::Rows { [columns, rows] } else { [rows, columns] }
    }

    /// The arrays of which there is one, but for [`Array::Inserted`], whose size follows from the numbers of its way.
    const SINGLE: [Self; 14] = [
        Self::Patch,
        Self::Mask,
        Self::Vector,
        Self::Matrix,
        Self::Product,
        Self::Result,
        Self::Input,
        Self::InputVector,
        Self::Turned,
        Self::Sum,
        Self::Transposed,
        Self::Flipped,
        Self::Nudged,
        Self::Change,
    ];

    /// Every array of a stage of these sizes whose cells a link may pin.
    #[must_use]
    pub fn all(sizes: Sizes) -> Vec<Self> {
        let mut arrays = Self::SINGLE.to_vec();
        arrays.extend((0..sizes.outputs()).flat_map(|j| [Self::Placed(j), Self::Stamp(j)]));
        arrays
    }
}

impl Spot {
    /// Whether a stage of these sizes has this cell. Cells of E with zeros depend on its numbers and are all taken.
    #[must_use]
    pub fn is_on(self, sizes: Sizes) -> bool {
        let (inputs, outputs, cells) = (sizes.inputs(), sizes.outputs(), sizes.grown_cells());
        match self {
            Self::Patch(i) | Self::Vector(i) => i < inputs,
            Self::Mask(tap) | Self::Flipped(tap) => tap < sizes.taps(),
            Self::Placed(j, i) | Self::Entry(i, j) => i < inputs && j < outputs,
            Self::Product(j) | Self::Result(j) | Self::Input(j) | Self::InputVector(j) | Self::Change(j) => j < outputs,
            Self::Turned(j, g) | Self::Stamp(j, g) => j < outputs && g < cells,
            Self::Sum(g) | Self::Transposed(g) | Self::Nudged(g) => g < cells,
            Self::Inserted(_) => true,
        }
    }

    /// The array that the spot lies in, and its place there row by row.
    #[must_use]
    pub fn place(self, sizes: Sizes) -> (Array, usize) {
        match self {
            Self::Patch(i) => (Array::Patch, i),
            Self::Mask(tap) => (Array::Mask, tap),
            Self::Placed(j, i) => (Array::Placed(j), i),
            Self::Vector(i) => (Array::Vector, i),
            Self::Entry(i, j) => (Array::Matrix, i * sizes.outputs() + j),
            Self::Product(j) => (Array::Product, j),
            Self::Result(j) => (Array::Result, j),
            Self::Input(j) => (Array::Input, j),
            Self::InputVector(j) => (Array::InputVector, j),
            Self::Turned(j, g) => (Array::Turned, j * sizes.grown_cells() + g),
            Self::Sum(g) => (Array::Sum, g),
            Self::Transposed(g) => (Array::Transposed, g),
            Self::Stamp(j, g) => (Array::Stamp(j), g),
            Self::Inserted(cell) => (Array::Inserted, cell),
            // The flipped mask shows the last entry first.
            Self::Flipped(tap) => (Array::Flipped, sizes.taps() - 1 - tap),
            Self::Nudged(g) => (Array::Nudged, g),
            Self::Change(j) => (Array::Change, j),
        }
    }

    /// The spot at a place of an array: the inverse of [`Spot::place`].
    #[must_use]
    pub fn at(array: Array, place: usize, sizes: Sizes) -> Self {
        match array {
            Array::Patch => Self::Patch(place),
            Array::Mask => Self::Mask(place),
            Array::Placed(j) => Self::Placed(j, place),
            Array::Vector => Self::Vector(place),
            Array::Matrix => Self::Entry(place / sizes.outputs(), place % sizes.outputs()),
            Array::Product => Self::Product(place),
            Array::Result => Self::Result(place),
            Array::Input => Self::Input(place),
            Array::InputVector => Self::InputVector(place),
            Array::Turned => Self::Turned(place / sizes.grown_cells(), place % sizes.grown_cells()),
            Array::Sum => Self::Sum(place),
            Array::Transposed => Self::Transposed(place),
            Array::Stamp(j) => Self::Stamp(j, place),
            Array::Inserted => Self::Inserted(place),
            Array::Flipped => Self::Flipped(sizes.taps().saturating_sub(place + 1)),
            Array::Nudged => Self::Nudged(place),
            Array::Change => Self::Change(place),
        }
    }

    /// The place on a stage where C stands or lies as `orientation` says: where the rows are outputs, both matrices are
    /// printed transposed.
    #[must_use]
    pub fn printed_place(self, sizes: Sizes, orientation: Orientation) -> (Array, usize) {
        match (self, orientation) {
            (Self::Entry(i, j), Orientation::Rows) => (Array::Matrix, j * sizes.inputs() + i),
            (Self::Turned(j, g), Orientation::Rows) => (Array::Turned, g * sizes.outputs() + j),
            _ => self.place(sizes),
        }
    }

    /// The spot at a printed place: the inverse of [`Spot::printed_place`].
    #[must_use]
    pub fn printed_at(array: Array, place: usize, sizes: Sizes, orientation: Orientation) -> Self {
        match (array, orientation) {
            (Array::Matrix, Orientation::Rows) => Self::Entry(place % sizes.inputs(), place / sizes.inputs()),
            (Array::Turned, Orientation::Rows) => Self::Turned(place % sizes.outputs(), place / sizes.outputs()),
            _ => Self::at(array, place, sizes),
        }
    }

    /// Reads a spot from a link's text such as `matrix.17`.
    #[must_use]
    pub fn from_link(text: &str, sizes: Sizes) -> Option<Self> {
        let (slug, place) = text.split_once('.')?;
        let array = Array::from_slug(slug)?;
        let place: usize = place.parse().ok()?;
        let [rows, columns] = array.size(sizes);
        let numbered = match array {
            Array::Placed(j) | Array::Stamp(j) => j < sizes.outputs(),
            _ => true,
        };
        (numbered && place < rows * columns).then(|| Self::at(array, place, sizes))
    }
}
