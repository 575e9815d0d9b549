//! Masks turned by 180°: the step between a correlation and a convolution in the mathematical sense.

use ndarray::{Array2, Array4, ArrayView2, ArrayView4, s};

/// The mask turned by 180°, that is, mirrored along rows and columns.
///
/// [`conv2d`](super::conv2d) lays the mask on the input as it is, a cross-correlation; with the flipped mask it is
/// the convolution of signal processing.
#[must_use]
pub fn flip_mask(mask: ArrayView2<f32>) -> Array2<f32> {
    mask.slice(s![..;-1, ..;-1]).as_standard_layout().into_owned()
}

/// Weights, shaped (channel, channel, row, column), with every mask turned by 180°; the channels stay.
#[must_use]
pub fn flip_weight(weight: ArrayView4<f32>) -> Array4<f32> {
    weight.slice(s![.., .., ..;-1, ..;-1]).as_standard_layout().into_owned()
}
