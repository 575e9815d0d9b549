//! How often a transposed convolution paints each output pixel, and whether that is even.

use ndarray::Array2;

use super::UpsamplingError;
use crate::convolution::{Axis, ConvolutionError, Geometry, MAX_ELEMENTS, Part};

/// For each output pixel of a transposed convolution the number of products that are summed there: 1 for each
/// input pixel whose mask covers it.
///
/// `input` and `mask` are (rows, columns); `groups` does not matter and counts are those of one input channel.
/// Counts are the outer product of the counts along both axes, see [`overlap_counts_1d`]. For k = 3, s = 2 they
/// run 1, 2, 1, 2 along an axis, hence 4 : 1 in the plane (Odena, Dumoulin and Olah, 2016).
///
/// # Errors
/// The geometry is not possible for these sizes, the mask has more than [`MAX_ELEMENTS`] entries along an axis, or
/// the output has more than [`MAX_ELEMENTS`] pixels.
pub fn overlap_counts(
    input: [usize; 2],
    mask: [usize; 2],
    geometry: &Geometry,
) -> Result<Array2<u32>, UpsamplingError> {
    let [rows, columns] = geometry.transposed_output_size(input, mask)?;
    let down = count(input[0], mask[0], rows, geometry, Axis::Rows)?;
    let across = count(input[1], mask[1], columns, geometry, Axis::Columns)?;
    Ok(Array2::from_shape_fn((rows, columns), |(y, x)| down[y].saturating_mul(across[x])))
}

/// [`overlap_counts`] along one axis: the number of (input, mask entry) pairs that meet at each output position.
///
/// `input` and `mask` are the lengths along `axis`, whose stride, padding, dilation and output padding are used.
///
/// # Errors
/// As [`overlap_counts`].
pub fn overlap_counts_1d(
    input: usize,
    mask: usize,
    geometry: &Geometry,
    axis: Axis,
) -> Result<Vec<u32>, UpsamplingError> {
    // The other axis contributes a single pixel.
    let mut line = Geometry::default();
    let (i, mut inputs, mut masks) = (axis.index(), [1; 2], [1; 2]);
    (inputs[i], masks[i]) = (input, mask);
    line.stride[i] = geometry.stride[i];
    line.padding[i] = geometry.padding[i];
    line.dilation[i] = geometry.dilation[i];
    line.output_padding[i] = geometry.output_padding[i];
    let output = line.transposed_output_size(inputs, masks)?[i];
    count(input, mask, output, geometry, axis)
}

/// Counts for an output length that `transposed_output_size` has found, in time proportional to output and mask.
fn count(
    input: usize,
    mask: usize,
    output: usize,
    geometry: &Geometry,
    axis: Axis,
) -> Result<Vec<u32>, UpsamplingError> {
    if mask > MAX_ELEMENTS {
        return Err(ConvolutionError::TooLarge(Part::Mask).into());
    }
    let i = axis.index();
    let (stride, crop) = (geometry.stride[i], geometry.padding[i][0]);
    // Mask entry k meets the outputs k·d − crop + j·stride, one for each input j. Note only where such a run begins
    // and ends; the sums along the stride then are the counts.
    let mut changes = vec![0_i32; output];
    for tap in 0..mask {
        // No overflow: all of these lie within the size before cropping, which fits.
        let tap = tap * geometry.dilation[i];
        let skipped = crop.saturating_sub(tap).div_ceil(stride);
        if skipped >= input {
            continue;
        }
        let first = tap + skipped * stride - crop;
        let Some(begin) = changes.get_mut(first) else { continue };
        *begin += 1;
        let end = (input - skipped).checked_mul(stride).and_then(|run| run.checked_add(first));
        if let Some(end) = end.and_then(|end| changes.get_mut(end)) {
            *end -= 1;
        }
    }
    for position in stride..output {
        changes[position] += changes[position - stride];
    }
    Ok(changes.into_iter().map(i32::unsigned_abs).collect())
}

/// Whether the masks of a transposed convolution overlap evenly away from the rim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Evenness {
    /// k mod s: how many of the s output phases receive one product more than the others along an axis; 0 is even.
    pub remainder: usize,
    /// The multiple of the stride nearest to k, at least s; the larger one if two are equally near. The larger one
    /// keeps the overlap that the smaller one would lose. It is k itself where the overlap is even.
    pub nearest_even: usize,
}

impl Evenness {
    /// True if every output pixel away from the rim receives as many products as the next.
    #[must_use]
    pub const fn is_even(self) -> bool {
        self.remainder == 0
    }
}

/// The verdict for a mask of `mask` entries along an axis and a stride: even exactly if the stride divides the mask
/// (Odena, Dumoulin and Olah, 2016).
///
/// It holds for dilation 1 and every dilation without a common divisor with the stride; with one, some phases
/// receive nothing whatever the mask is.
///
/// # Errors
/// `mask` or `stride` is 0.
pub fn evenness(mask: usize, stride: usize) -> Result<Evenness, UpsamplingError> {
    if stride == 0 {
        return Err(UpsamplingError::ZeroFactor);
    }
    if mask == 0 {
        return Err(UpsamplingError::EmptyMask);
    }
    let remainder = mask % stride;
    let (below, above) = (mask - remainder, (mask - remainder).checked_add(stride));
    let nearest_even = match above {
        Some(above) if remainder > 0 && (below == 0 || above - mask <= remainder) => above,
        _ => below,
    };
    Ok(Evenness { remainder, nearest_even })
}
