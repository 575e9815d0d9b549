//! How often, and with what weight, a stack of transposed convolutions paints each position: finite and endless rows.
//!
//! All of it is exact in whole numbers where the masks are not weighted. Layers are alike along both axes, so that a
//! count in the plane is the product of two counts along the axes; only [`stack_paint_plane`] is for masks that are no
//! outer product.

use std::ops::Range;

use ndarray::{Array2, ArrayView2};

use super::UpsamplingError;
use crate::convolution::MAX_ELEMENTS;

/// One transposed convolution of a stack, the same along both axes and without output padding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StackLayer {
    /// The mask's side k, at least 1.
    pub mask: usize,
    /// The stride s, at least 1: how many times as large the layer makes its input, rim apart.
    pub stride: usize,
    /// What is cropped from either end, in output positions, as `PyTorch`'s `padding`.
    pub padding: usize,
}

impl StackLayer {
    /// The length of an output for `input` positions: (n − 1)·s + k − 2p, cropped, and before that.
    fn lengths(self, input: usize) -> Result<[usize; 2], UpsamplingError> {
        if self.stride == 0 {
            return Err(UpsamplingError::ZeroFactor);
        }
        if self.mask == 0 {
            return Err(UpsamplingError::EmptyMask);
        }
        let last = input.checked_sub(1).ok_or(UpsamplingError::EmptyPlane)?;
        let whole = last.checked_mul(self.stride).and_then(|start| start.checked_add(self.mask));
        let whole = whole.filter(|&whole| whole <= MAX_ELEMENTS).ok_or(UpsamplingError::TooLarge)?;
        match self.padding.checked_mul(2).and_then(|cropped| whole.checked_sub(cropped)) {
            Some(cropped) if cropped > 0 => Ok([cropped, whole]),
            _ => Err(UpsamplingError::NothingLeft),
        }
    }

    /// The first of an endless row's inputs whose mask covers `output`, and the last, as signed positions.
    fn reach(self, output: i64) -> [i64; 2] {
        // Masks, padding and outputs are at most MAX_ELEMENTS, so that sums do not overflow. A stride behind a single input
        // may be anything: one that is longer than all of them reaches no further than any other such.
        let [mask, stride, padding] =
            [self.mask, self.stride, self.padding].map(|length| i64::try_from(length).unwrap_or(i64::MAX));
        [-((mask - 1 - padding - output).div_euclid(stride)), (output + padding).div_euclid(stride)]
    }
}

/// The length of what a stack makes of `input` positions; each layer gives (n − 1)·s + k − 2p. Without layers it is
/// `input`.
///
/// # Errors
/// `input`, a mask or a stride is 0, a layer's crop leaves nothing, or a layer's length before its crop exceeds
/// [`MAX_ELEMENTS`].
pub fn stack_length(input: usize, layers: &[StackLayer]) -> Result<usize, UpsamplingError> {
    if input == 0 {
        return Err(UpsamplingError::EmptyPlane);
    }
    layers.iter().try_fold(input, |length, layer| layer.lengths(length).map(|[cropped, _]| cropped))
}

/// The number of paths that lead from an input to each output position: through every layer by a mask entry. It is
/// what a row of `input` ones becomes if all weights are 1.
///
/// In the plane, with square masks, the count at (y, x) is the product of two such counts, `down[y] * across[x]`.
/// Time and memory are proportional to the lengths of the layers' outputs, whatever the masks.
///
/// # Errors
/// As [`stack_length`], or a count exceeds 2⁶⁴ − 1.
pub fn stack_counts(input: usize, layers: &[StackLayer]) -> Result<Vec<u64>, UpsamplingError> {
    first_row(input, layers)?;
    layers.iter().try_fold(vec![1; input], |counts, layer| count(&counts, *layer))
}

/// [`stack_counts`] after each of the layers; the last entry is that of the whole stack.
///
/// # Errors
/// As [`stack_counts`].
pub fn stack_layer_counts(input: usize, layers: &[StackLayer]) -> Result<Vec<Vec<u64>>, UpsamplingError> {
    first_row(input, layers)?;
    let mut all: Vec<Vec<u64>> = Vec::with_capacity(layers.len());
    let ones = vec![1; input];
    for layer in layers {
        let counts = count(all.last().unwrap_or(&ones), *layer)?;
        all.push(counts);
    }
    Ok(all)
}

/// Checks the whole stack before memory is taken for any of it.
fn first_row(input: usize, layers: &[StackLayer]) -> Result<(), UpsamplingError> {
    if input > MAX_ELEMENTS {
        return Err(UpsamplingError::TooLarge);
    }
    stack_length(input, layers).map(drop)
}

/// The sum, at each output position, of the `counts` of the inputs whose masks cover it.
fn count(counts: &[u64], layer: StackLayer) -> Result<Vec<u64>, UpsamplingError> {
    let StackLayer { mask, stride, padding } = layer;
    let [length, _] = layer.lengths(counts.len())?;
    // The mask of input j enters at position j·s and leaves at j·s + k: a running sum.
    let at = |position: Option<usize>| match position {
        Some(position) if position.is_multiple_of(stride) => counts.get(position / stride).copied().unwrap_or(0),
        _ => 0,
    };
    let mut sum = 0_u64;
    let mut output = Vec::with_capacity(length);
    for position in 0..padding + length {
        sum -= at(position.checked_sub(mask));
        sum = sum.checked_add(at(Some(position))).ok_or(UpsamplingError::CountTooLarge)?;
        if position >= padding {
            output.push(sum);
        }
    }
    Ok(output)
}

/// The positions of a stack's output at which the rim is not felt: every path exists there that an endless row of
/// inputs would have, and the counts are those of [`stack_pattern`] at `position % period`. `None` if the input is too
/// short for any.
///
/// # Errors
/// As [`stack_length`].
pub fn stack_interior(input: usize, layers: &[StackLayer]) -> Result<Option<Range<usize>>, UpsamplingError> {
    first_row(input, layers)?;
    let (mut interior, mut length) = (0..input, input);
    for &layer in layers {
        [length, _] = layer.lengths(length)?;
        // The first and the last position all of whose inputs lie inside; both move with the position.
        let inside = |position: usize| {
            let [first, last] = layer.reach(position as i64);
            (first >= interior.start as i64, last < interior.end as i64)
        };
        let start = (0..length).find(|&position| inside(position).0);
        let end = (0..length).rfind(|&position| inside(position).1);
        match (start, end) {
            (Some(start), Some(end)) if start <= end => interior = start..end + 1,
            _ => return Ok(None),
        }
    }
    Ok(Some(interior))
}

/// What a row of `input` ones becomes under layers with weights: weighted overlap, of which [`stack_counts`] is the
/// case of weights 1.
///
/// A layer's weights are its mask's k entries along the axis, first to last; in the plane, with masks that are the
/// outer product of two such rows, the result at (y, x) is the product of two of these. Time is proportional to the
/// layers' inputs times their masks.
///
/// # Errors
/// As [`stack_length`], or a layer's weights are not as many as its mask says.
pub fn stack_paint(input: usize, layers: &[(StackLayer, &[f64])]) -> Result<Vec<f64>, UpsamplingError> {
    let bare: Vec<StackLayer> = layers.iter().map(|(layer, _)| *layer).collect();
    first_row(input, &bare)?;
    stack_paint_of(vec![1.0; input], layers)
}

/// What a row of any values becomes under layers with weights; [`stack_paint`] is that of ones.
///
/// # Errors
/// As [`stack_paint`].
pub fn stack_paint_of(values: Vec<f64>, layers: &[(StackLayer, &[f64])]) -> Result<Vec<f64>, UpsamplingError> {
    let bare: Vec<StackLayer> = layers.iter().map(|(layer, _)| *layer).collect();
    first_row(values.len(), &bare)?;
    check_weights(layers)?;
    let mut painted = values;
    for &(layer, weights) in layers {
        let [length, _] = layer.lengths(painted.len())?;
        let mut output = vec![0.0; length];
        for (j, &value) in painted.iter().enumerate() {
            for (position, weight) in (j * layer.stride..).zip(weights) {
                if let Some(cell) = position.checked_sub(layer.padding).and_then(|cell| output.get_mut(cell)) {
                    *cell += value * weight;
                }
            }
        }
        painted = output;
    }
    Ok(painted)
}

fn check_weights(layers: &[(StackLayer, &[f64])]) -> Result<(), UpsamplingError> {
    let fits = layers.iter().all(|(layer, weights)| weights.len() == layer.mask);
    if fits { Ok(()) } else { Err(UpsamplingError::MaskSize) }
}

/// What a plane of `input` (rows, columns) ones becomes under layers with any weights, shaped (row, column): weighted
/// overlap for masks that are no outer product. Masks are k × k, (row, column).
///
/// Sums run in double precision. Time is proportional to the layers' inputs times their masks' entries.
///
/// # Errors
/// As [`stack_length`] along either axis, a mask is not k × k, or a layer would have more than [`MAX_ELEMENTS`] pixels.
pub fn stack_paint_plane(
    input: [usize; 2],
    layers: &[(StackLayer, ArrayView2<f32>)],
) -> Result<Array2<f64>, UpsamplingError> {
    let checked = |[rows, columns]: [usize; 2]| match rows.checked_mul(columns) {
        Some(pixels) if pixels <= MAX_ELEMENTS => Ok([rows, columns]),
        _ => Err(UpsamplingError::TooLarge),
    };
    if input.contains(&0) {
        return Err(UpsamplingError::EmptyPlane);
    }
    let mut size = checked(input)?;
    for (layer, mask) in layers {
        if mask.dim() != (layer.mask, layer.mask) {
            return Err(UpsamplingError::MaskSize);
        }
        size = checked([layer.lengths(size[0])?[0], layer.lengths(size[1])?[0]])?;
    }
    let mut painted = Array2::ones(input);
    for (layer, mask) in layers {
        let (rows, columns) = painted.dim();
        let mut output = Array2::<f64>::zeros([layer.lengths(rows)?[0], layer.lengths(columns)?[0]]);
        let cell = |pixel: usize, tap: usize| (pixel * layer.stride + tap).checked_sub(layer.padding);
        for ((y, x), &value) in painted.indexed_iter() {
            for ((i, j), &weight) in mask.indexed_iter() {
                if let (Some(y), Some(x)) = (cell(y, i), cell(x, j))
                    && let Some(sum) = output.get_mut([y, x])
                {
                    *sum += value * f64::from(weight);
                }
            }
        }
        painted = output;
    }
    Ok(painted)
}

/// One period of the counts that an endless row of inputs would give, exactly: as many values as the product of the
/// strides, the value at `position % period` being that of each `position` of [`stack_counts`] where the rim is not
/// felt ([`stack_interior`]). The pattern may repeat within that period.
///
/// It is computed on a circle: a pattern of period P becomes one of period P·s, whose count at each o is the sum of the
/// counts at j over the mask entries t with j·s + t − p ≡ o (mod P·s).
///
/// # Errors
/// A mask or a stride is 0, the period or a layer's period times its mask exceeds [`MAX_ELEMENTS`], or a count exceeds
/// 2⁶⁴ − 1.
pub fn stack_pattern(layers: &[StackLayer]) -> Result<Vec<u64>, UpsamplingError> {
    check_period(layers)?;
    layers.iter().try_fold(vec![1_u64], |counts, &layer| {
        let mut output = vec![Some(0_u64); counts.len() * layer.stride];
        around(layer, counts.len(), |j, _, o| output[o] = output[o].and_then(|sum| sum.checked_add(counts[j])));
        output.into_iter().collect::<Option<_>>().ok_or(UpsamplingError::CountTooLarge)
    })
}

/// [`stack_pattern`] of layers with weights, as [`stack_paint`] takes them.
///
/// # Errors
/// As [`stack_pattern`], or a layer's weights are not as many as its mask says.
pub fn stack_paint_pattern(layers: &[(StackLayer, &[f64])]) -> Result<Vec<f64>, UpsamplingError> {
    let bare: Vec<StackLayer> = layers.iter().map(|(layer, _)| *layer).collect();
    check_period(&bare)?;
    check_weights(layers)?;
    let mut painted = vec![1.0];
    for &(layer, weights) in layers {
        let mut output = vec![0.0; painted.len() * layer.stride];
        around(layer, painted.len(), |j, t, o| output[o] += painted[j] * weights[t]);
        painted = output;
    }
    Ok(painted)
}

/// Whether an endless row of ones is painted evenly by the whole stack: every position receives as many products as
/// the next. A later layer can even out what an earlier one left: k = 3, s = 2 and then k = 2, s = 1.
///
/// # Errors
/// As [`stack_pattern`].
pub fn is_stack_even(layers: &[StackLayer]) -> Result<bool, UpsamplingError> {
    let pattern = stack_pattern(layers)?;
    Ok(pattern.iter().all(|count| *count == pattern[0]))
}

/// Tells `add` for each input position j of a circle of `period` and each mask entry t where on the circle of
/// `period`·s it paints.
fn around(layer: StackLayer, period: usize, mut add: impl FnMut(usize, usize, usize)) {
    let circle = period * layer.stride;
    let back = circle - layer.padding % circle;
    for j in 0..period {
        for t in 0..layer.mask {
            add(j, t, (j * layer.stride + t % circle + back) % circle);
        }
    }
}

fn check_period(layers: &[StackLayer]) -> Result<(), UpsamplingError> {
    let mut period = 1_usize;
    for layer in layers {
        if layer.stride == 0 {
            return Err(UpsamplingError::ZeroFactor);
        }
        if layer.mask == 0 {
            return Err(UpsamplingError::EmptyMask);
        }
        let bounded = |factor: usize| period.checked_mul(factor).filter(|&product| product <= MAX_ELEMENTS);
        bounded(layer.mask).ok_or(UpsamplingError::TooLarge)?;
        period = bounded(layer.stride).ok_or(UpsamplingError::TooLarge)?;
    }
    Ok(())
}
