//! Making the small picture: reduction by a whole factor, and its transpose.
//!
//! Each reduction is a separable linear operator R. Its transpose spreads a small picture back over the large one's
//! pixels with the weights they were summed with; back-projection needs both. At the rim the weights of the pixels
//! that are there are scaled to the sum 1, so a constant picture stays constant.

use ndarray::{Array2, ArrayView2};

use super::UpsamplingError;
use super::error::enlarged;
use super::resize::Coordinates;
use super::resize::{Interpolation, Resize, Scratch, Weights, run};

/// How a large picture becomes a small one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reduction {
    /// The mean of each block of factor × factor pixels, as a sensor's larger pixel takes it.
    Box,
    /// A Gaussian of standard deviation √(factor² − 1) / 2 pixels about each block's centre, cut at four standard
    /// deviations. A picture that is as sharp as its pixels allow, σ = ½ (Lowe, *Distinctive image features*, 2004),
    /// is so again after it: variances add up to (factor / 2)². By 1 nothing changes.
    Gaussian,
    /// The bicubic kernel of Keys (1981) with a = −0.5, factor times as wide: [`Resize::antialiased`] to a factor-th of the size.
    Bicubic,
}

impl Reduction {
    /// All, in the order of a list to choose from.
    pub const ALL: [Self; 3] = [Self::Box, Self::Gaussian, Self::Bicubic];

    /// A short word that stays the same for ever, for links.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Box => "box",
            Self::Gaussian => "gaussian",
            Self::Bicubic => "bicubic",
        }
    }

    /// What to call it on a page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Box => "Block means",
            Self::Gaussian => "Gaussian",
            Self::Bicubic => "Bicubic",
        }
    }

    /// The reduction with this [`id`](Reduction::id).
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reduction| reduction.id() == id)
    }

    /// The weights of an axis of `inputs` pixels, a multiple of `factor`.
    fn weights(self, inputs: usize, factor: usize) -> Weights {
        let outputs = inputs / factor;
        match self {
            Self::Box => Weights::from_runs(inputs, outputs, |o, weights| {
                weights.resize(factor, 1.0 / factor as f64);
                o * factor
            }),
            Self::Gaussian => {
                let variance = (factor as f64 * factor as f64 - 1.0) / 4.0;
                let reach = 4.0 * variance.sqrt();
                Weights::from_runs(inputs, outputs, |o, weights| {
                    let centre = (o as f64 + 0.5) * factor as f64 - 0.5;
                    let first = (centre - reach).ceil().max(0.0) as usize;
                    let last = ((centre + reach).floor() as usize).min(inputs - 1);
                    let square = |i: usize| (i as f64 - centre) * (i as f64 - centre);
                    // Variance 0 leaves the centre alone, at a distance of 0.
                    weights.extend((first..=last).map(|i| (-square(i) / (2.0 * variance).max(1e-9)).exp()));
                    let sum: f64 = weights.iter().sum();
                    weights.iter_mut().for_each(|weight| *weight /= sum);
                    first
                })
            }
            Self::Bicubic => Resize::antialiased_axis(inputs, outputs, Interpolation::KEYS, Coordinates::HalfPixel),
        }
    }
}

/// Reduces `plane`, shaped (row, column), `factor` times along both axes.
///
/// # Errors
/// `factor` is 0, the plane is empty, or a side is no multiple of the factor.
pub fn reduce(plane: ArrayView2<f32>, factor: usize, reduction: Reduction) -> Result<Array2<f32>, UpsamplingError> {
    let sides: [usize; 2] = plane.dim().into();
    if factor == 0 {
        return Err(UpsamplingError::ZeroFactor);
    }
    if sides.contains(&0) {
        return Err(UpsamplingError::EmptyPlane);
    }
    if let Some(&side) = sides.iter().find(|&&side| !side.is_multiple_of(factor)) {
        return Err(UpsamplingError::NotAMultiple { side, factor });
    }
    let [rows, columns] = sides.map(|side| reduction.weights(side, factor));
    let mut output = Array2::zeros((rows.outputs(), columns.outputs()));
    run(&rows, &columns, plane, output.view_mut(), &mut Scratch::default());
    Ok(output)
}

/// The transpose of [`reduce`]: a plane `factor` times as large as `small`, so that
/// ⟨reduce(x), y⟩ = ⟨x, `reduce_transposed`(y)⟩.
///
/// # Errors
/// `factor` is 0, the plane is empty, or the result would have more than
/// [`MAX_ELEMENTS`](crate::convolution::MAX_ELEMENTS) pixels.
pub fn reduce_transposed(
    small: ArrayView2<f32>,
    factor: usize,
    reduction: Reduction,
) -> Result<Array2<f32>, UpsamplingError> {
    let (height, width) = enlarged(small.dim(), factor)?;
    let [rows, columns] = [height, width].map(|side| reduction.weights(side, factor).transposed());
    let mut output = Array2::zeros((height, width));
    run(&rows, &columns, small, output.view_mut(), &mut Scratch::default());
    Ok(output)
}
