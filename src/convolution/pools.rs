//! Max, average and p-norm pooling of a batch of planar pictures.

use std::ops::Range;

use ndarray::{Array4, ArrayView4};

use super::error::{ConvolutionError, Part};
use super::layout::{Shape, bounded_product};
use super::pooling::Pooling;
use super::positions::Positions;

/// The largest value of each window of `input`, shaped (batch, channel, row, column), and the switches: where in
/// its plane each of them stands, as row · width + column.
///
/// Margins never win. Of equal values the first, row by row, is taken; a NaN is larger than everything, as in
/// PyTorch.
///
/// # Errors
/// As [`Pooling::output_size`], and if `input` is empty or an array would have more than
/// [`MAX_ELEMENTS`](super::MAX_ELEMENTS) elements.
pub fn max_pool2d(input: ArrayView4<f32>, pooling: &Pooling) -> Result<(Array4<f32>, Array4<usize>), ConvolutionError> {
    /// The switch of a window that no pixel has taken yet; in the end there is none.
    const NOBODY: usize = usize::MAX;
    let windows = Windows::new(input.dim(), pooling)?;
    let mut largest = vec![(f32::NEG_INFINITY, NOBODY); windows.outputs()];
    windows.each_tap(input, |outputs, place, pixels| {
        for (step, (best, &value)) in largest[outputs].iter_mut().zip(pixels.step_by(pooling.stride[1])).enumerate() {
            if value > best.0 || best.1 == NOBODY || (value.is_nan() && !best.0.is_nan()) {
                *best = (value, place + step * pooling.stride[1]);
            }
        }
    });
    let (values, switches): (Vec<f32>, Vec<usize>) = largest.into_iter().unzip();
    Ok((windows.array(values), windows.array(switches)))
}

/// The mean of each window of `input`, shaped (batch, channel, row, column).
///
/// With `count_padding` the zeros of the margin count as pixels (PyTorch's `count_include_pad`), otherwise the mean
/// is that of the pixels of the input. What a last window in ceil mode has beyond the margin never counts.
///
/// # Errors
/// As [`max_pool2d`].
pub fn average_pool2d(
    input: ArrayView4<f32>,
    pooling: &Pooling,
    count_padding: bool,
) -> Result<Array4<f32>, ConvolutionError> {
    let windows = Windows::new(input.dim(), pooling)?;
    let mut sums = vec![0.0; windows.outputs()];
    windows.each_tap(input, |outputs, _, pixels| {
        sums[outputs].iter_mut().zip(pixels.step_by(pooling.stride[1])).for_each(|(sum, &value)| *sum += value);
    });
    let [rows, columns] = [windows.rows, windows.columns].map(|positions| counts(&positions, count_padding));
    let pixels = rows.iter().flat_map(|row| columns.iter().map(move |column| row * column)).cycle();
    sums.iter_mut().zip(pixels).for_each(|(sum, pixels)| *sum /= pixels as f32);
    Ok(windows.array(sums))
}

/// The p-norm (Σ|x|ᵖ)^(1/p) of each window of `input`, shaped (batch, channel, row, column); margins are zero.
///
/// As ONNX's `LpPool`; PyTorch's `lp_pool2d` leaves out the absolute value, which differs for odd p and negative
/// values. Powers and sums are f64.
///
/// # Errors
/// As [`max_pool2d`], and if `p` is not a finite number above 0.
pub fn lp_pool2d(input: ArrayView4<f32>, pooling: &Pooling, p: f64) -> Result<Array4<f32>, ConvolutionError> {
    if !(p.is_finite() && p > 0.0) {
        return Err(ConvolutionError::Exponent { bits: p.to_bits() });
    }
    let windows = Windows::new(input.dim(), pooling)?;
    let mut sums = vec![0.0; windows.outputs()];
    windows.each_tap(input, |outputs, _, pixels| {
        for (sum, &value) in sums[outputs].iter_mut().zip(pixels.step_by(pooling.stride[1])) {
            *sum += f64::from(value).abs().powf(p);
        }
    });
    Ok(windows.array(sums.into_iter().map(|sum| sum.powf(p.recip()) as f32).collect()))
}

/// The pixels that the mean of each window along one axis counts.
pub(super) fn counts(positions: &Positions, count_padding: bool) -> Vec<usize> {
    let count = |output| {
        if count_padding { positions.taps_on_padded(output) } else { positions.taps_inside(output).len() }
    };
    (0..positions.outputs).map(count).collect()
}

/// Every window on every plane of a batch.
#[derive(Clone, Copy)]
struct Windows {
    batch: usize,
    channels: usize,
    rows: Positions,
    columns: Positions,
}

impl Windows {
    fn new((batch, channels, height, width): Shape, pooling: &Pooling) -> Result<Self, ConvolutionError> {
        let [rows, columns] = pooling.positions([height, width])?;
        if bounded_product(Part::Input, &[batch, channels, height, width])? == 0 {
            return Err(ConvolutionError::Empty(Part::Input));
        }
        bounded_product(Part::Output, &[batch, channels, rows.outputs, columns.outputs])?;
        Ok(Self { batch, channels, rows, columns })
    }

    /// How many windows there are.
    fn outputs(self) -> usize {
        self.batch * self.channels * self.rows.outputs * self.columns.outputs
    }

    /// One value a window as an array.
    fn array<T: Clone>(self, values: Vec<T>) -> Array4<T> {
        Array4::from_shape_vec((self.batch, self.channels, self.rows.outputs, self.columns.outputs), values)
            .expect("one value for each window")
    }

    /// Goes through the taps of all windows, those of each window row by row.
    ///
    /// `visit` gets, for one tap of the windows of one row: these windows, as a stretch of all; where in its plane
    /// the first of them has that tap; and the pixels of the input's row from there on, of which each window's is
    /// a stride further.
    fn each_tap(self, input: ArrayView4<f32>, mut visit: impl FnMut(Range<usize>, usize, std::slice::Iter<f32>)) {
        let Self { rows, columns, .. } = self;
        let input = input.as_standard_layout();
        let planes = input.as_slice().unwrap_or_default().chunks_exact(rows.input * columns.input);
        for (index, plane) in planes.enumerate() {
            for y in 0..rows.outputs {
                let start = (index * rows.outputs + y) * columns.outputs;
                for ky in rows.taps_inside(y) {
                    let row = rows.pixel(y, ky) * columns.input;
                    for kx in columns.taps_in_use() {
                        let outputs = columns.outputs_inside(kx);
                        if !outputs.is_empty() {
                            let place = row + columns.pixel(outputs.start, kx);
                            let pixels = plane[place..row + columns.input].iter();
                            visit(start + outputs.start..start + outputs.end, place, pixels);
                        }
                    }
                }
            }
        }
    }
}
