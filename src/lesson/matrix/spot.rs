//! Spots: every cell on the stage by name, so that a pointer, a wire or a travelling number can say where it is.

/// One cell of one of the stage's arrays. Inputs `i` and outputs `j` count row by row from 0.
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
    /// Row `j`, column `i` of Cᵀ: `Turned(j, i)`.
    Turned(usize, usize),
    /// A cell of E·Cᵀ.
    Sum(usize),
    /// A cell of the transposed result.
    Transposed(usize),
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
        }
    }
}

impl Spot {
    /// The array that the spot lies in, and its place there row by row, when C is `inputs` × `outputs`.
    #[must_use]
    pub fn place(self, inputs: usize, outputs: usize) -> (Array, usize) {
        match self {
            Self::Patch(i) => (Array::Patch, i),
            Self::Mask(tap) => (Array::Mask, tap),
            Self::Placed(j, i) => (Array::Placed(j), i),
            Self::Vector(i) => (Array::Vector, i),
            Self::Entry(i, j) => (Array::Matrix, i * outputs + j),
            Self::Product(j) => (Array::Product, j),
            Self::Result(j) => (Array::Result, j),
            Self::Input(j) => (Array::Input, j),
            Self::InputVector(j) => (Array::InputVector, j),
            Self::Turned(j, i) => (Array::Turned, j * inputs + i),
            Self::Sum(i) => (Array::Sum, i),
            Self::Transposed(i) => (Array::Transposed, i),
        }
    }

    /// The spot at a place of an array: the inverse of [`Spot::place`].
    #[must_use]
    pub fn at(array: Array, place: usize, inputs: usize, outputs: usize) -> Self {
        match array {
            Array::Patch => Self::Patch(place),
            Array::Mask => Self::Mask(place),
            Array::Placed(j) => Self::Placed(j, place),
            Array::Vector => Self::Vector(place),
            Array::Matrix => Self::Entry(place / outputs, place % outputs),
            Array::Product => Self::Product(place),
            Array::Result => Self::Result(place),
            Array::Input => Self::Input(place),
            Array::InputVector => Self::InputVector(place),
            Array::Turned => Self::Turned(place / inputs, place % inputs),
            Array::Sum => Self::Sum(place),
            Array::Transposed => Self::Transposed(place),
        }
    }

    /// Every array of a stage with `outputs` results.
    #[must_use]
    pub fn arrays(outputs: usize) -> Vec<Array> {
        let mut arrays = vec![Array::Patch, Array::Mask];
        arrays.extend((0..outputs).map(Array::Placed));
        arrays.extend([
            Array::Vector,
            Array::Matrix,
            Array::Product,
            Array::Result,
            Array::Input,
            Array::InputVector,
            Array::Turned,
            Array::Sum,
            Array::Transposed,
        ]);
        arrays
    }
}
