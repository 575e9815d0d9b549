//! Back-projection: the enlarged picture is reduced again, and what it misses is spread back over it.

use ndarray::{Array2, ArrayView2, Zip};

use super::resize::enlarge;
use super::{Interpolation, Reduction, UpsamplingError, reduce, reduce_transposed};

/// An up-sampling that asks back (Irani and Peleg, *Improving resolution by image registration*, 1991): a large picture u
/// that, [reduced](reduce()), shall be the small one.
///
/// It begins with bicubic interpolation and repeats u ← u + t·Aᵀr with the reduction A and what is missing, r =
/// small − A·u: the Landweber iteration of restoration, with a reduction in the place of a blur. The step t =
/// ⟨r, AAᵀr⟩ / ‖AAᵀr‖² is the one that leaves the least of r along its way, so ‖r‖ falls with every step, whatever the
/// reduction. Of all large pictures that reduce to the small one it tends to the nearest to the beginning; what the
/// reduction has destroyed does not come back. What lies outside the picture is the affair of the reduction.
#[derive(Clone, Debug)]
pub struct BackProjection {
    factor: usize,
    reduction: Reduction,
    picture: Array2<f32>,
    missing: Array2<f32>,
    /// The ‖missing‖² that rounding leaves.
    rounding: f64,
    iterations: usize,
    step: f32,
}

impl BackProjection {
    /// The beginning: `small`, shaped (row, column), enlarged `factor` times by bicubic interpolation (a = −0.5). The
    /// small picture came about by `reduction`, as far as one knows.
    ///
    /// # Errors
    /// `factor` is 0, the plane is empty, a side of it or of the result is too long for its table of weights, or the result
    /// would have more than [`MAX_ELEMENTS`](crate::convolution::MAX_ELEMENTS) pixels.
    pub fn new(small: ArrayView2<f32>, factor: usize, reduction: Reduction) -> Result<Self, UpsamplingError> {
        let picture = enlarge(small, factor, Interpolation::KEYS)?;
        let missing = &small - &reduce(picture.view(), factor, reduction)?;
        let rounding = f64::from(f32::EPSILON).powi(2) * square(small);
        Ok(Self { factor, reduction, picture, missing, rounding, iterations: 0, step: 0.0 })
    }

    /// Takes one step, of length 0 once nothing but rounding is missing.
    ///
    /// # Errors
    /// None that [`BackProjection::new`] would not have found.
    pub fn advance(&mut self) -> Result<(), UpsamplingError> {
        self.iterations += 1;
        self.step = 0.0;
        let Self { factor, reduction, picture, missing, .. } = self;
        // To go on would only lead to numbers so small that processors slow down.
        if square(missing.view()) <= self.rounding {
            return Ok(());
        }
        let spread = reduce_transposed(missing.view(), *factor, *reduction)?;
        let gained = reduce(spread.view(), *factor, *reduction)?;
        let along: f64 = missing.iter().zip(&gained).map(|(&r, &q)| f64::from(r) * f64::from(q)).sum();
        let all = square(gained.view());
        // What a reduction cannot see at all it cannot ask for.
        let step = if all > 0.0 { (along / all) as f32 } else { 0.0 };
        Zip::from(&mut *picture).and(&spread).for_each(|to, &from| *to += step * from);
        Zip::from(&mut *missing).and(&gained).for_each(|to, &from| *to -= step * from);
        self.step = step;
        Ok(())
    }

    /// The large picture so far.
    #[must_use]
    pub fn picture(&self) -> ArrayView2<'_, f32> {
        self.picture.view()
    }

    /// The large picture.
    #[must_use]
    pub fn into_picture(self) -> Array2<f32> {
        self.picture
    }

    /// How many steps have been taken.
    #[must_use]
    pub const fn iterations(&self) -> usize {
        self.iterations
    }

    /// The length t of the last step; 0 before the first.
    #[must_use]
    pub const fn step(&self) -> f32 {
        self.step
    }

    /// The root of the mean square of what is missing: how far the large picture, reduced, is from the small one, in the
    /// units of the samples.
    #[must_use]
    pub fn error(&self) -> f64 {
        (square(self.missing.view()) / self.missing.len() as f64).sqrt()
    }
}

/// Enlarges `small`, shaped (row, column), `factor` times by so many `iterations` of [`BackProjection`]; none of them is
/// bicubic interpolation.
///
/// # Errors
/// As [`BackProjection::new`].
pub fn back_projection(
    small: ArrayView2<f32>,
    factor: usize,
    reduction: Reduction,
    iterations: usize,
) -> Result<Array2<f32>, UpsamplingError> {
    let mut run = BackProjection::new(small, factor, reduction)?;
    for _ in 0..iterations {
        run.advance()?;
    }
    Ok(run.into_picture())
}

/// The sum of the squares.
fn square(plane: ArrayView2<f32>) -> f64 {
    plane.iter().map(|&value| f64::from(value).powi(2)).sum()
}
