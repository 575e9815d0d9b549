//! The mask as the blur of the Restore page.

use super::Setup;
use crate::lesson::restore::mask;
use ndarray::Array2;

/// The fragment that opens the Restore page with the mask of this setup for its blur, as it is laid on the patch, with the
/// gaps of its dilation. Stride and padding stay behind: there every pixel has its sum, and the edges are a matter of their
/// own.
///
/// # Errors
/// A sentence when the mask cannot be a blur: too wide, or without a sum above 0.
pub fn blur_fragment(setup: &Setup) -> Result<String, String> {
    let laid = setup.laid_mask();
    let [down, right] = setup.geometry.dilation.map(|dilation| dilation.max(1));
    let span = |count: usize, dilation: usize| (count.saturating_sub(1)) * dilation + count.min(1);
    let mut spread = Array2::zeros((span(laid.nrows(), down), span(laid.ncols(), right)));
    for ((row, column), &entry) in laid.indexed_iter() {
        spread[[row * down, column * right]] = entry;
    }
    mask::fragment(spread.view())
}
