//! How the weights of an up-sampling layer begin: at random, as a bilinear mask, or with equal filters.

use ndarray::{Array2, Array3, ArrayView2};

use super::shuffle::places;
use super::transposed::{check_mask, separable_mask};
use super::{UpsamplingError, tent_mask};
use crate::convolution::MAX_ELEMENTS;
use crate::imaging::noise::Random;

/// The `factor`² equal filters, shaped (factor², row, column), that a sub-pixel convolution begins with so as to show no
/// checkerboard: ICNR of Aitken et al., *Checkerboard artifact free sub-pixel convolution* (2017).
///
/// [`sub_pixel`](super::sub_pixel()) with them is the convolution with `filter` followed by
/// [`nearest`](super::nearest()): constant on every block of factor × factor pixels.
///
/// # Errors
/// `factor` is 0, `filter` is empty, or there would be more than [`MAX_ELEMENTS`] weights.
pub fn icnr(filter: ArrayView2<f32>, factor: usize) -> Result<Array3<f32>, UpsamplingError> {
    let places = places(factor)?;
    let (rows, columns) = filter.dim();
    if rows == 0 || columns == 0 {
        return Err(UpsamplingError::EmptyMask);
    }
    let weights = rows.checked_mul(columns).and_then(|weights| weights.checked_mul(places));
    if weights.is_none_or(|weights| weights > MAX_ELEMENTS) {
        return Err(UpsamplingError::TooLarge);
    }
    let filters = filter.broadcast((places, rows, columns));
    filters.map(|filters| filters.to_owned()).ok_or(UpsamplingError::TooLarge)
}

/// The mask with which a transposed convolution of stride s = `stride` begins as bilinear interpolation: side
/// k = 2s − s mod 2, weights that fall linearly from the centre and sum to s² (Long, Shelhamer and Darrell, *Fully
/// convolutional networks for semantic segmentation*, 2015). It is [`tent_mask`] of that side.
///
/// # Errors
/// `stride` is 0, or the mask would have more than [`MAX_ELEMENTS`] weights.
pub fn fcn_mask(stride: usize) -> Result<Array2<f32>, UpsamplingError> {
    let side = stride.checked_mul(2).ok_or(UpsamplingError::TooLarge)? - stride % 2;
    tent_mask(side, stride)
}

/// A `side` × `side` mask of an untrained layer: independent weights, uniform in 0…1, scaled to the sum stride² so that
/// the mean brightness stays.
///
/// `seed` and `index` give the weights, the same on every machine; `index` numbers the layers of a stack or the filters
/// of a layer.
///
/// # Errors
/// `side` or `stride` is 0, or the mask would have more than [`MAX_ELEMENTS`] weights.
pub fn random_mask(side: usize, stride: usize, seed: u32, index: u32) -> Result<Array2<f32>, UpsamplingError> {
    check_mask(side, stride)?;
    // Neighbouring states are neighbouring places in one stream; only mixed ones are far apart.
    let place = u64::from(seed) << 32 | u64::from(index);
    let mut random = Random::new(Random::new(place).bits());
    // Above 0, so that the sum is.
    let weights: Vec<f64> = (0..side * side).map(|_| 1.0 - random.uniform()).collect();
    let gain = (stride as f64).powi(2) / weights.iter().sum::<f64>();
    Ok(Array2::from_shape_fn((side, side), |(y, x)| (gain * weights[y * side + x]) as f32))
}

/// The `side` × `side` mask that falls from its centre as a bell, for a transposed convolution with `stride`.
///
/// Along an axis the weights are exp(−(d / 0.41 k)² / 2) at the distance d from the centre, scaled to the sum `stride`:
/// with k = 3 the neighbours of the centre have 0.72 of its weight.
///
/// # Errors
/// `side` or `stride` is 0, or the mask would have more than [`MAX_ELEMENTS`] weights.
pub fn bell_mask(side: usize, stride: usize) -> Result<Array2<f32>, UpsamplingError> {
    let (centre, width) = ((side as f64 - 1.0) / 2.0, 0.41 * side as f64);
    separable_mask(side, stride, |i| (-((i as f64 - centre) / width).powi(2) / 2.0).exp())
}
