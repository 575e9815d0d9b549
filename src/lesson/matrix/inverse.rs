//! Transposed is not inverse: from the same E the transposed convolution E·Cᵀ, and the regularised inverse
//! E·(CᵀC + λI)⁻¹Cᵀ, each convolved again and held against E.

use super::{derived::Derived, ways::largest_difference};
use crate::convolution::{NormalEquations, SolverError};
use crate::lesson::numbers::cell_text;
use ndarray::{Array1, Array2};

/// The smallest λ of the slider.
pub const LAMBDA_MIN: f64 = 1e-6;
/// The largest λ of the slider.
pub const LAMBDA_MAX: f64 = 1e2;
/// Where the slider stands at first: small beside the worked example's CᵀC.
pub const LAMBDA_DEFAULT: f64 = 1e-3;

/// λ at a position of the slider from 0 to 1, which moves through powers of ten.
#[must_use]
pub fn lambda_at(position: f64) -> f64 {
    let position = if position.is_nan() { 0.0 } else { position.clamp(0.0, 1.0) };
    (LAMBDA_MIN * (LAMBDA_MAX / LAMBDA_MIN).powf(position)).clamp(LAMBDA_MIN, LAMBDA_MAX)
}

/// The slider's position, 0 to 1, of a λ; what is out of range is at an end.
#[must_use]
pub fn position_of(lambda: f64) -> f64 {
    let lambda = if lambda.is_nan() { LAMBDA_DEFAULT } else { lambda.clamp(LAMBDA_MIN, LAMBDA_MAX) };
    (lambda / LAMBDA_MIN).ln() / (LAMBDA_MAX / LAMBDA_MIN).ln()
}

/// An array that claims to be what E came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The candidate, as large as the patch.
    pub patch: Array2<f32>,
    /// Its convolution, as large as E.
    pub again: Array2<f32>,
    /// The root of the mean squared difference between `again` and E.
    pub result_error: f64,
    /// The root of the mean squared difference between `patch` and D, if E is the convolution of D.
    pub patch_error: Option<f64>,
}

/// Both ways back from E.
#[derive(Clone, Debug, PartialEq)]
pub struct Inverse {
    /// λ.
    pub lambda: f64,
    /// Estimated condition number of CᵀC + λI.
    pub condition: f64,
    /// E·Cᵀ.
    pub transposed: Candidate,
    /// E·(CᵀC + λI)⁻¹Cᵀ.
    pub restored: Candidate,
}

impl Inverse {
    /// Goes both ways back, with `lambda` brought into the slider's range.
    ///
    /// # Errors
    /// A sentence when the transposed result has not the patch's size, or the equations cannot be solved.
    pub fn new(derived: &Derived, lambda: f64) -> Result<Self, String> {
        let lambda = if lambda.is_nan() { LAMBDA_DEFAULT } else { lambda.clamp(LAMBDA_MIN, LAMBDA_MAX) };
        check_sizes(derived)?;
        let equations = NormalEquations::new(derived.matrix.view(), lambda).map_err(|error| sentence(&error))?;
        let input: Array1<f32> = derived.input.iter().copied().collect();
        let restored = equations.solve(input.view()).map_err(|error| sentence(&error))?;
        let transposed: Array1<f64> = derived.transposed.iter().map(|value| f64::from(*value)).collect();
        Ok(Self {
            lambda,
            condition: equations.condition(),
            transposed: candidate(&transposed, derived),
            restored: candidate(&restored, derived),
        })
    }

    /// What the two errors say, in one sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let [transposed, restored] = [&self.transposed, &self.restored].map(|candidate| candidate.result_error);
        let start = format!(
            "Convolved again, E·Cᵀ misses E by {} on average, and the regularised inverse by {}",
            rounded(transposed),
            rounded(restored)
        );
        match (self.transposed.patch_error, self.restored.patch_error) {
            (Some(transposed), Some(restored)) => {
                format!("{start}; D itself is missed by {} and {}.", rounded(transposed), rounded(restored))
            }
            _ => format!("{start}."),
        }
    }
}

/// Refuses setups whose transposed result is no candidate for the patch.
pub(super) fn check_sizes(derived: &Derived) -> Result<(), String> {
    let sizes = derived.sizes();
    if sizes.returns() {
        return Ok(());
    }
    Err(format!(
        "The transposed result is {} × {} and the patch {} × {}, so the two cannot be compared: choose the \
         output_padding that leads back to the patch’s size.",
        sizes.grown[0], sizes.grown[1], sizes.patch[0], sizes.patch[1]
    ))
}

fn candidate(values: &Array1<f64>, derived: &Derived) -> Candidate {
    let again = values.dot(&derived.matrix.mapv(f64::from));
    let sizes = derived.sizes();
    let result_error = root_mean_square(again.iter().zip(&derived.input).map(|(a, b)| a - f64::from(*b)));
    // The reader may have typed the very result; then it comes from D all the same.
    let from_patch = largest_difference(&derived.input, &derived.result) == 0.0;
    let patch_error = from_patch
        .then(|| root_mean_square(values.iter().zip(&derived.patch).map(|(value, cell)| value - f64::from(*cell))));
    Candidate { patch: folded(values, sizes.patch), again: folded(&again, sizes.result), result_error, patch_error }
}

fn folded(values: &Array1<f64>, [rows, columns]: [usize; 2]) -> Array2<f32> {
    Array2::from_shape_fn((rows, columns), |(row, column)| values[row * columns + column] as f32)
}

fn root_mean_square(differences: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = differences.len().max(1) as f64;
    (differences.map(|difference| difference * difference).sum::<f64>() / count).sqrt()
}

/// Two decimals, and powers of ten for what would round to nothing.
fn rounded(value: f64) -> String {
    if value >= 0.005 || value == 0.0 { cell_text(value as f32) } else { crate::lesson::notation::scientific(value) }
}

fn sentence(error: &SolverError) -> String {
    match error {
        SolverError::Singular { column, .. } => format!(
            "Column {} of C follows from those before it, and this λ is too small to part them: choose a larger λ.",
            column + 1
        ),
        other => format!("The equations cannot be solved: {other}."),
    }
}
