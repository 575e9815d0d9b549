//! Zero insertion: every pixel stays alone, with zeros around it.

use ndarray::{Array2, ArrayView2};

use super::UpsamplingError;
use super::error::enlarged;

/// Enlarges `plane`, shaped (row, column), by putting `factor` − 1 zeros after each pixel along both axes.
///
/// Pixel (y, x) lands on (y·factor, x·factor), the first of the pixels that replace it; all else is 0. Nothing
/// outside the plane is asked for. The spectrum of the result is that of the plane, repeated `factor` times along both
/// axes: what follows, a filter or the mask of a transposed convolution, has to take away the repetitions (Crochiere
/// and Rabiner, *Interpolation and decimation of digital signals*, 1981). It is the transposed convolution whose mask
/// is a single 1. What a convolution needs around it to become that of another mask, margins and cropping included, is
/// [`convolution::zero_insertion`](crate::convolution::zero_insertion()).
///
/// # Errors
/// `factor` is 0, the plane is empty, or the output would have more than
/// [`MAX_ELEMENTS`](crate::convolution::MAX_ELEMENTS) pixels.
pub fn zero_insertion(plane: ArrayView2<f32>, factor: usize) -> Result<Array2<f32>, UpsamplingError> {
    let size = enlarged(plane.dim(), factor)?;
    let mut output = Array2::zeros(size);
    let lines = output.as_slice_mut().unwrap_or_default().chunks_exact_mut(size.1).step_by(factor);
    for (line, row) in lines.zip(plane.rows()) {
        line.iter_mut().step_by(factor).zip(row).for_each(|(to, &from)| *to = from);
    }
    Ok(output)
}
