//! The small dense solver behind "transposed is not inverse": E·(CᵀC + λI)⁻¹Cᵀ by Cholesky's factorisation.
//!
//! DᵀC = E asks for D; where C has more rows than columns many D give the same E, and where C blurs, tiny errors of
//! E become huge ones of D. The regularised answer minimises ‖DᵀC − E‖² + λ‖D‖² if λ > 0 (Tikhonov, 1963, *Solution
//! of incorrectly formulated problems*; Hoerl and Kennard, 1970, *Ridge regression*). For λ = 0 it is the shortest
//! D that gives E exactly, provided that no column of C follows from the others.

use std::fmt;

use ndarray::{Array1, Array2, ArrayView1, ArrayView2};

/// The most rows of C: the inputs that are solved for.
pub const MAX_SOLVER_INPUTS: usize = 4096;
/// The most columns of C. The work grows with its cube: half a second at this bound would be too much for a page
/// that answers while a slider moves, so it is well below.
pub const MAX_SOLVER_OUTPUTS: usize = 512;

/// Why the normal equations cannot be solved. The sentence says which value is wrong and what to do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SolverError {
    /// The matrix has no entries.
    Empty,
    /// The matrix has more than [`MAX_SOLVER_INPUTS`] rows.
    TooManyInputs(usize),
    /// The matrix has more than [`MAX_SOLVER_OUTPUTS`] columns.
    TooManyOutputs(usize),
    /// There are more or fewer results than columns.
    Results {
        /// Columns of the matrix.
        expected: usize,
        /// Results that were given.
        found: usize,
    },
    /// λ is negative, infinite or not a number.
    Lambda(f64),
    /// An entry of the matrix or the results is infinite or not a number.
    NotFinite(f32),
    /// CᵀC + λI cannot be told from a matrix without an inverse.
    Singular {
        /// The column of C, counted from 0, that follows from those before it.
        column: usize,
        /// The λ that was given.
        lambda: f64,
    },
}

impl fmt::Display for SolverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Empty => f.write_str("the matrix C is empty; it must have at least 1 row and 1 column"),
            Self::TooManyInputs(found) => {
                write!(f, "the matrix C has {found} rows; the solver takes at most {MAX_SOLVER_INPUTS}")
            }
            Self::TooManyOutputs(found) => {
                write!(f, "the matrix C has {found} columns; the solver takes at most {MAX_SOLVER_OUTPUTS}")
            }
            Self::Results { expected, found } => {
                write!(f, "there are {found} results; the matrix C has {expected} columns and asks for as many")
            }
            Self::Lambda(lambda) => write!(f, "λ is {lambda}; it must be 0 or a finite number above 0"),
            Self::NotFinite(value) => write!(f, "{value} stands among the numbers; all of them must be finite"),
            Self::Singular { column, lambda: 0.0 } => write!(
                f,
                "column {column} of C follows from the columns before it, so CᵀC has no inverse; choose λ above 0"
            ),
            Self::Singular { column, lambda } => write!(
                f,
                "column {column} of C follows from the columns before it, and λ = {lambda:e} is too small to tell; \
                 choose a larger λ, above 0 by more than rounding"
            ),
        }
    }
}

impl std::error::Error for SolverError {}

/// E·(CᵀC + λI)⁻¹Cᵀ for `matrix` C (inputs × outputs) and `results` E (unrolled, one for each output): the input,
/// unrolled, that the regularised inverse makes of E.
///
/// # Errors
/// λ is negative or not finite, CᵀC + λI is numerically singular, sizes do not fit or are beyond [`MAX_SOLVER_INPUTS`] and
/// [`MAX_SOLVER_OUTPUTS`], or a number is not finite.
pub fn regularised_inverse(
    matrix: ArrayView2<f32>,
    results: ArrayView1<f32>,
    lambda: f64,
) -> Result<Array1<f64>, SolverError> {
    NormalEquations::new(matrix, lambda)?.solve(results)
}

/// CᵀC + λI, factorised: for several E with one C and λ, and for how far the answer can be trusted.
#[derive(Clone, Debug, PartialEq)]
pub struct NormalEquations {
    /// C: inputs × outputs.
    matrix: Array2<f64>,
    /// L with LLᵀ = CᵀC + λI; above its diagonal stand zeros.
    factor: Array2<f64>,
}

impl NormalEquations {
    /// Forms and factorises CᵀC + λI for `matrix` C (inputs × outputs).
    ///
    /// # Errors
    /// As [`regularised_inverse`].
    pub fn new(matrix: ArrayView2<f32>, lambda: f64) -> Result<Self, SolverError> {
        let (inputs, outputs) = matrix.dim();
        if inputs == 0 || outputs == 0 {
            return Err(SolverError::Empty);
        }
        if inputs > MAX_SOLVER_INPUTS {
            return Err(SolverError::TooManyInputs(inputs));
        }
        if outputs > MAX_SOLVER_OUTPUTS {
            return Err(SolverError::TooManyOutputs(outputs));
        }
        if !(lambda.is_finite() && lambda >= 0.0) {
            return Err(SolverError::Lambda(lambda));
        }
        all_finite(matrix.iter())?;
        let matrix = matrix.mapv(f64::from);
        let mut gram = gram(&matrix);
        gram.diag_mut().map_inplace(|entry| *entry += lambda);
        let factor = factorise(gram).map_err(|column| SolverError::Singular { column, lambda })?;
        Ok(Self { matrix, factor })
    }

    /// E·(CᵀC + λI)⁻¹Cᵀ for `results` E (unrolled): one value for each input.
    ///
    /// # Errors
    /// There are more or fewer results than outputs, or one is not finite.
    pub fn solve(&self, results: ArrayView1<f32>) -> Result<Array1<f64>, SolverError> {
        let (expected, found) = (self.factor.nrows(), results.len());
        if found != expected {
            return Err(SolverError::Results { expected, found });
        }
        all_finite(results.iter())?;
        let mut solution = results.mapv(f64::from);
        self.apply_inverse(&mut solution);
        Ok(self.matrix.dot(&solution))
    }

    /// The condition number of CᵀC + λI, estimated: its largest eigenvalue over its smallest. Relative errors of E
    /// can grow by the square root of this on their way back through C.
    ///
    /// Both eigenvalues come from sixty steps of the power method, the smallest with the inverse, from two fixed
    /// starts, so the estimate is never above the true number but for rounding, and seldom a fifth below it
    /// (Kuczyński and Woźniakowski, *Estimating the largest eigenvalue by the power and Lanczos algorithms with a
    /// random start*, 1992).
    #[must_use]
    pub fn condition(&self) -> f64 {
        let largest = self.largest_eigenvalue(|vector| *vector = self.factor.dot(&self.factor.t().dot(vector)));
        let inverse_of_smallest = self.largest_eigenvalue(|vector| self.apply_inverse(vector));
        largest * inverse_of_smallest
    }

    /// The largest eigenvalue of a positive definite matrix that `apply` multiplies a vector by.
    fn largest_eigenvalue(&self, apply: impl Fn(&mut Array1<f64>)) -> f64 {
        const STEPS: usize = 60;
        // Fractions of multiples of the golden ratio and of √2: without the symmetries that eigenvectors of a convolution
        // have. One start may lie across the eigenvector that is looked for, both hardly ever.
        const STARTS: [f64; 2] = [0.618_033_988_749_895, std::f64::consts::SQRT_2];
        let from = |turn: f64| {
            let mut vector = Array1::from_shape_fn(self.factor.nrows(), |i| (i as f64 * turn).fract() - 0.4);
            let mut eigenvalue = 0.0;
            for _ in 0..STEPS {
                vector /= vector.dot(&vector).sqrt();
                let before = vector.clone();
                apply(&mut vector);
                eigenvalue = before.dot(&vector);
            }
            eigenvalue
        };
        STARTS.into_iter().map(from).fold(0.0, f64::max)
    }

    /// Replaces `vector` b by the solution x of (CᵀC + λI)x = b: Ly = b from the top, then Lᵀx = y from the bottom.
    fn apply_inverse(&self, vector: &mut Array1<f64>) {
        for (i, row) in self.factor.outer_iter().enumerate() {
            let known: f64 = row.iter().zip(&*vector).take(i).map(|(entry, value)| entry * value).sum();
            vector[i] = (vector[i] - known) / row[i];
        }
        for (i, row) in self.factor.outer_iter().enumerate().rev() {
            let value = vector[i] / row[i];
            vector[i] = value;
            vector.iter_mut().zip(row).take(i).for_each(|(rest, entry)| *rest -= entry * value);
        }
    }
}

/// CᵀC. A row of C has few entries that are not zero, at most one a tap of the mask.
fn gram(matrix: &Array2<f64>) -> Array2<f64> {
    let mut gram = Array2::zeros((matrix.ncols(), matrix.ncols()));
    let mut entries = Vec::new();
    for row in matrix.outer_iter() {
        entries.clear();
        entries.extend(row.iter().copied().enumerate().filter(|&(_, entry)| entry != 0.0));
        for &(i, a) in &entries {
            for &(j, b) in &entries {
                gram[[i, j]] += a * b;
            }
        }
    }
    gram
}

/// Cholesky's factor L of a symmetric matrix, row by row; the number of the first column that rounding cannot tell
/// from a combination of those before it, if there is one.
fn factorise(mut matrix: Array2<f64>) -> Result<Array2<f64>, usize> {
    let size = matrix.nrows();
    for i in 0..size {
        let (above, mut below) = matrix.view_mut().split_at(ndarray::Axis(0), i);
        let mut row = below.row_mut(0);
        for (j, factor) in above.outer_iter().enumerate() {
            let known: f64 = row.iter().zip(factor).take(j).map(|(a, b)| a * b).sum();
            row[j] = (row[j] - known) / factor[j];
        }
        let diagonal = row[i];
        let rest = diagonal - row.iter().take(i).map(|entry| entry * entry).sum::<f64>();
        // The sum's rounding error is about this large; NaN fails the comparison, too.
        let rounding = size as f64 * f64::EPSILON * diagonal;
        if !(rest > rounding && rest.is_normal()) {
            return Err(i);
        }
        row[i] = rest.sqrt();
        row.iter_mut().skip(i + 1).for_each(|entry| *entry = 0.0);
    }
    Ok(matrix)
}

fn all_finite<'a>(mut values: impl Iterator<Item = &'a f32>) -> Result<(), SolverError> {
    values.find(|value| !value.is_finite()).map_or(Ok(()), |&value| Err(SolverError::NotFinite(value)))
}
