//! The checks that the page shows: a convolution and its transpose are adjoint, and the loop equals the matrix product.

use super::{
    derived::{Derived, four, plane},
    inverse::check_sizes,
    setup::Setup,
};
use crate::convolution::reference;
use ndarray::Array2;

/// Both sides of ⟨DᵀC, E⟩ = ⟨D, E·Cᵀ⟩.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adjoint {
    /// ⟨DᵀC, E⟩: the convolution's result, cell by cell times E, added up.
    pub forward: f64,
    /// ⟨D, E·Cᵀ⟩: the patch, cell by cell times the transposed result, added up.
    pub backward: f64,
    /// The sum of the products' magnitudes: what a difference has to be held against.
    pub scale: f64,
}

impl Adjoint {
    /// Computes both sides from what the kernels gave.
    ///
    /// # Errors
    /// A sentence when the transposed result has not the patch's size.
    pub fn new(derived: &Derived) -> Result<Self, String> {
        check_sizes(derived)?;
        let dot = |a: &mut dyn Iterator<Item = (f32, f32)>| {
            a.fold((0.0, 0.0), |(sum, scale): (f64, f64), (a, b)| {
                let product = f64::from(a) * f64::from(b);
                (sum + product, scale + product.abs())
            })
        };
        let (forward, scale) = dot(&mut derived.result.iter().copied().zip(derived.input.iter().copied()));
        let (backward, other) = dot(&mut derived.patch.iter().copied().zip(derived.transposed.iter().copied()));
        Ok(Self { forward, backward, scale: scale.max(other) })
    }

    /// The absolute difference of both sides.
    #[must_use]
    pub fn difference(&self) -> f64 {
        (self.forward - self.backward).abs()
    }

    /// Whether they are equal but for the rounding of single precision.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.difference() <= ROUNDING * self.scale.max(f64::MIN_POSITIVE)
    }
}

/// What sums of some twenty products in single precision may lose, relative to their size.
const ROUNDING: f64 = 1e-5;

/// The convolution twice: as the direct loop of its definition, and as the product DᵀC.
#[derive(Clone, Debug, PartialEq)]
pub struct LoopAndProduct {
    /// The direct loop.
    pub direct: Array2<f32>,
    /// DᵀC, summed in double precision.
    pub product: Array2<f32>,
    /// The largest absolute difference.
    pub largest: f64,
    /// The largest sum of magnitudes behind a result: what a difference has to be held against.
    pub scale: f64,
}

impl LoopAndProduct {
    /// Computes both.
    ///
    /// # Errors
    /// A sentence when the setup is not legal.
    pub fn new(setup: &Setup, derived: &Derived) -> Result<Self, String> {
        let mask = setup.laid_mask();
        let direct = reference::conv2d_padded(four(setup.patch.view()), four(mask.view()), &setup.geometry, setup.mode);
        let direct = plane(direct.map_err(|error| error.to_string())?);
        let columns = derived.sizes().result[1];
        let mut scale = 0.0_f64;
        let product = Array2::from_shape_fn(direct.dim(), |(row, column)| {
            let weights = derived.matrix.column(row * columns + column);
            let products = || weights.iter().zip(&derived.patch).map(|(c, d)| f64::from(*c) * f64::from(*d));
            scale = scale.max(products().map(f64::abs).sum());
            products().sum::<f64>() as f32
        });
        let largest = super::ways::largest_difference(&direct, &product);
        Ok(Self { direct, product, largest, scale })
    }

    /// The two numbers for output `j`: loop and product.
    #[must_use]
    pub fn both(&self, j: usize) -> Option<[f32; 2]> {
        Some([*self.direct.iter().nth(j)?, *self.product.iter().nth(j)?])
    }

    /// Whether all are equal but for the rounding of single precision.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.largest <= ROUNDING * self.scale.max(f64::MIN_POSITIVE)
    }
}
