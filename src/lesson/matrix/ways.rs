//! The transposed convolution three more ways on the same numbers: paint, zero insertion, and the gradient.
//!
//! Each has arithmetic of its own, none looks at the matrix, and so their agreement with E·Cᵀ says something.

use super::{
    derived::{Derived, four, plane},
    setup::Setup,
};
use crate::convolution::{Geometry, PaddingMode, flip_mask, fold_margin, reference::conv2d, zero_insertion};
use ndarray::Array2;
use std::ops::RangeInclusive;

/// Paint: every number of E lays the mask, times itself, onto the large array.
#[derive(Clone, Debug, PartialEq)]
pub struct Paint {
    /// One stamp for each number of E: the mask times this number where it lands, zeros elsewhere.
    pub stamps: Vec<Array2<f32>>,
    /// The sum of all stamps: the transposed convolution.
    pub result: Array2<f32>,
}

impl Paint {
    /// Paints all stamps. In a padding mode other than zero, what falls into the margin lands where the mode had
    /// taken the margin's numbers from.
    #[must_use]
    pub fn new(setup: &Setup, derived: &Derived) -> Self {
        let (grown, mask) = (derived.sizes().grown, setup.laid_mask());
        let Geometry { stride, padding, dilation, .. } = setup.geometry;
        let landing = |axis: usize, number: usize, tap: usize| {
            setup.mode.source(number * stride[axis] + tap * dilation[axis], padding[axis][0], grown[axis])
        };
        let stamp = |((y, x), value): ((usize, usize), &f32)| {
            let mut stamp = Array2::<f64>::zeros(grown);
            for ((ky, kx), weight) in mask.indexed_iter() {
                if let (Some(row), Some(column)) = (landing(0, y, ky), landing(1, x, kx)) {
                    stamp[[row, column]] += f64::from(*value) * f64::from(*weight);
                }
            }
            stamp
        };
        let mut sum = Array2::<f64>::zeros(grown);
        let mut stamps = Vec::with_capacity(derived.outputs());
        for stamp in derived.input.indexed_iter().map(stamp) {
            sum += &stamp;
            stamps.push(stamp.mapv(|value| value as f32));
        }
        Self { stamps, result: sum.mapv(|value| value as f32) }
    }

    /// The large array when the first `count` numbers of E have painted.
    #[must_use]
    pub fn after(&self, count: usize) -> Array2<f32> {
        let mut sum = Array2::<f64>::zeros(self.result.dim());
        for stamp in self.stamps.iter().take(count) {
            sum += &stamp.mapv(f64::from);
        }
        sum.mapv(|value| value as f32)
    }

    /// The largest absolute difference to E·Cᵀ.
    #[must_use]
    pub fn agreement(&self, derived: &Derived) -> f64 {
        largest_difference(&self.result, &derived.transposed)
    }
}

/// Zero insertion: E with zeros between and around its numbers, convolved at stride 1 with the flipped mask.
#[derive(Clone, Debug, PartialEq)]
pub struct Insertion {
    /// E with stride − 1 zeros between its numbers and a margin of zeros.
    pub inserted: Array2<f32>,
    /// The mask as it was laid on the patch, turned by 180°.
    pub flipped: Array2<f32>,
    /// Distance between neighbouring entries of the mask.
    pub dilation: [usize; 2],
    /// What the convolution gives: the result, or in a padding mode other than zero the result with its margin.
    pub canvas: Array2<f32>,
    /// The margin that is folded back from the canvas; zero in mode zero.
    pub margin: [[usize; 2]; 2],
    /// The transposed convolution.
    pub result: Array2<f32>,
}

impl Insertion {
    /// Inserts the zeros and convolves.
    ///
    /// # Errors
    /// A sentence when the setup is not legal.
    pub fn new(setup: &Setup, derived: &Derived) -> Result<Self, String> {
        let say = |error: crate::convolution::ConvolutionError| error.to_string();
        let (sizes, flipped) = (derived.sizes(), flip_mask(setup.laid_mask().view()));
        let folds = setup.mode != PaddingMode::Zero;
        let margin = if folds { setup.geometry.padding } else { [[0; 2]; 2] };
        let mut geometry = setup.geometry;
        if folds {
            geometry.padding = [[0; 2]; 2];
            // The canvas is the patch with its margin, so what the stride had left over is added behind.
            geometry.output_padding = setup.fitting_output_padding();
        }
        let inserted = zero_insertion(derived.input.view(), &geometry, sizes.mask).map_err(say)?;
        let at_stride_one = Geometry { dilation: geometry.dilation, ..Geometry::default() };
        let canvas = conv2d(four(inserted.view()), four(flipped.view()), &at_stride_one).map_err(say)?;
        let result = if folds { fold_margin(canvas.view(), margin, setup.mode).map_err(say)? } else { canvas.clone() };
        let dilation = geometry.dilation;
        Ok(Self { inserted, flipped, dilation, canvas: plane(canvas), margin, result: plane(result) })
    }

    /// The rows and columns of [`inserted`](Self::inserted) that the mask covers for a cell (row, column) of the canvas.
    #[must_use]
    pub fn window(&self, [row, column]: [usize; 2]) -> [RangeInclusive<usize>; 2] {
        let reach = [0, 1].map(|axis| (self.flipped.shape()[axis] - 1) * self.dilation[axis]);
        [row..=row + reach[0], column..=column + reach[1]]
    }

    /// What meets for a cell (row, column) of the canvas: place in [`inserted`](Self::inserted), row by row, and entry
    /// of [`flipped`](Self::flipped), row by row.
    #[must_use]
    pub fn meetings(&self, [row, column]: [usize; 2]) -> Vec<(usize, usize)> {
        let (width, columns) = (self.inserted.ncols(), self.flipped.ncols());
        let place = |ky: usize, kx: usize| (row + ky * self.dilation[0]) * width + column + kx * self.dilation[1];
        self.flipped.indexed_iter().map(|((ky, kx), _)| (place(ky, kx), ky * columns + kx)).collect()
    }

    /// The largest absolute difference to E·Cᵀ.
    #[must_use]
    pub fn agreement(&self, derived: &Derived) -> f64 {
        largest_difference(&self.result, &derived.transposed)
    }
}

/// The gradient ∂L/∂D of L = ⟨conv(D), E⟩: each cell of the patch is nudged by 1, and how the results change,
/// weighted with E, is the cell of the transposed convolution. A convolution is linear, so a nudge of 1 is as exact as
/// a small one.
#[derive(Clone, Debug, PartialEq)]
pub struct Gradient {
    /// The patch that is nudged; where it has not the grown size it is cropped, or filled with zeros.
    pub patch: Array2<f32>,
    /// How each result changes when a cell is nudged, one array for each cell of the patch.
    pub changes: Vec<Array2<f32>>,
    /// The transposed convolution.
    pub result: Array2<f32>,
}

impl Gradient {
    /// Nudges every cell.
    #[must_use]
    pub fn new(setup: &Setup, derived: &Derived) -> Self {
        let sizes = derived.sizes();
        let patch =
            Array2::from_shape_fn(sizes.grown, |(row, column)| setup.patch.get([row, column]).copied().unwrap_or(0.0));
        let sources = [0, 1].map(|axis| sources(setup, axis, sizes.result[axis], sizes.grown[axis]));
        let mask = setup.laid_mask().mapv(f64::from);
        let mut nudged = patch.mapv(f64::from);
        let before = gather(&nudged, &mask, &sources, sizes.result);
        let mut changes = Vec::with_capacity(nudged.len());
        let mut slopes = Vec::with_capacity(nudged.len());
        for cell in 0..nudged.len() {
            let place = [cell / sizes.grown[1], cell % sizes.grown[1]];
            nudged[place] += 1.0;
            let change = gather(&nudged, &mask, &sources, sizes.result) - &before;
            nudged[place] = f64::from(patch[place]);
            slopes.push(change.iter().zip(&derived.input).map(|(change, e)| change * f64::from(*e)).sum::<f64>());
            changes.push(change.mapv(|value| value as f32));
        }
        let result = Array2::from_shape_fn(sizes.grown, |(row, column)| slopes[row * sizes.grown[1] + column] as f32);
        Self { patch, changes, result }
    }

    /// The largest absolute difference to E·Cᵀ.
    #[must_use]
    pub fn agreement(&self, derived: &Derived) -> f64 {
        largest_difference(&self.result, &derived.transposed)
    }
}

/// For each position of the mask along one axis, the pixel under each of its entries.
fn sources(setup: &Setup, axis: usize, results: usize, size: usize) -> Vec<Vec<Option<usize>>> {
    let Geometry { stride, padding, dilation, .. } = setup.geometry;
    let taps = setup.mask.shape()[axis];
    let source = |place: usize| setup.mode.source(place, padding[axis][0], size);
    (0..results)
        .map(|result| (0..taps).map(|tap| source(result * stride[axis] + tap * dilation[axis])).collect())
        .collect()
}

/// The convolution by its definition, in f64: a change of 1 must not drown in large sums.
fn gather(
    patch: &Array2<f64>,
    mask: &Array2<f64>,
    [rows, columns]: &[Vec<Vec<Option<usize>>>; 2],
    results: [usize; 2],
) -> Array2<f64> {
    Array2::from_shape_fn(results, |(y, x)| {
        let mut sum = 0.0;
        for (row, weights) in rows[y].iter().zip(mask.rows()) {
            let Some(row) = *row else { continue };
            for (column, weight) in columns[x].iter().zip(weights) {
                if let Some(column) = *column {
                    sum += patch[[row, column]] * weight;
                }
            }
        }
        sum
    })
}

/// The largest absolute difference between two arrays of one size; infinite if their sizes differ.
pub(super) fn largest_difference(a: &Array2<f32>, b: &Array2<f32>) -> f64 {
    if a.dim() != b.dim() {
        return f64::INFINITY;
    }
    a.iter().zip(b).map(|(a, b)| (f64::from(*a) - f64::from(*b)).abs()).fold(0.0, f64::max)
}
