//! Pooling on the same patch, average and maximum side by side, each with its matrix and its way back.

use super::{
    derived::{four, plane},
    narration::place,
    setup::size,
};
use crate::convolution::{
    Pooling, average_pool2d, average_pooling_matrix, max_pool2d, max_pooling_matrix, max_unpool2d,
};
use ndarray::{Array2, ArrayView4};
use std::ops::RangeInclusive;

/// The largest window and stride.
pub const POOLING_LIMIT: usize = 4;

/// How the window moves, the same along rows and columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolingSetup {
    /// Rows and columns of the window, 1 to [`POOLING_LIMIT`].
    pub window: usize,
    /// Step from one window to the next, 1 to [`POOLING_LIMIT`].
    pub stride: usize,
}

impl Default for PoolingSetup {
    /// Windows of 2 × 2 that lie side by side.
    fn default() -> Self {
        Self { window: 2, stride: 2 }
    }
}

impl PoolingSetup {
    /// The windows that fit into a patch of `size` (rows, columns).
    #[must_use]
    pub fn legal_windows(size: [usize; 2]) -> RangeInclusive<usize> {
        1..=POOLING_LIMIT.min(size[0]).min(size[1]).max(1)
    }

    /// The strides that make a difference on a patch of `size`: one that leaves the patch behind after the first window
    /// is as good as any larger one.
    #[must_use]
    pub fn legal_strides(self, size: [usize; 2]) -> RangeInclusive<usize> {
        let room = size[0].max(size[1]).saturating_sub(self.window);
        1..=POOLING_LIMIT.min(room + 1)
    }

    /// This setup with window and stride brought into their ranges for a patch of `size`.
    #[must_use]
    pub fn clamped(self, size: [usize; 2]) -> Self {
        let window = self.window.clamp(1, *Self::legal_windows(size).end());
        let strides = Self { window, ..self }.legal_strides(size);
        Self { window, stride: self.stride.clamp(1, *strides.end()) }
    }

    /// As the kernels take it.
    #[must_use]
    pub fn pooling(self) -> Pooling {
        Pooling { stride: [self.stride; 2], ..Pooling::of_window([self.window; 2]) }
    }
}

/// A pooled patch, its matrix, and the way back.
#[derive(Clone, Debug, PartialEq)]
pub struct Pooled {
    /// One number for each window.
    pub result: Array2<f32>,
    /// Inputs × outputs, as C.
    pub matrix: Array2<f32>,
    /// The result times the transposed matrix, folded back to the patch's size: every number goes back to the cells it
    /// came from, in the shares that it came in; what meets is added.
    pub back: Array2<f32>,
}

/// Both poolings of one patch.
#[derive(Clone, Debug, PartialEq)]
pub struct PoolingLesson {
    /// How the window moves.
    pub setup: PoolingSetup,
    /// The mean of each window: a matrix that is the same for every patch.
    pub average: Pooled,
    /// The largest of each window: a selection matrix that depends on the patch.
    pub maximum: Pooled,
    /// The cell of the patch that wins each window, row by row.
    pub switches: Vec<usize>,
    /// Max-unpooling by these switches. Where a cell wins several windows the last value stands, and is not added as in
    /// `maximum.back`.
    pub unpooled: Array2<f32>,
    /// The cells of the patch that each output sees, row by row.
    pub sees: Vec<Vec<usize>>,
}

impl PoolingLesson {
    /// Pools `patch`.
    ///
    /// # Errors
    /// A sentence when the window does not fit or a value is out of its range.
    pub fn new(patch: &Array2<f32>, setup: PoolingSetup) -> Result<Self, String> {
        let PoolingSetup { window, stride } = setup;
        for (name, value) in [("window", window), ("stride", stride)] {
            if !(1..=POOLING_LIMIT).contains(&value) {
                return Err(format!("A pooling’s {name} is 1 to {POOLING_LIMIT} here, and not {value}."));
            }
        }
        if window > patch.nrows() || window > patch.ncols() {
            return Err(format!(
                "A window of {window} × {window} does not fit into a patch of {} × {}: take a smaller window or a \
                 larger patch.",
                patch.nrows(),
                patch.ncols()
            ));
        }
        let pooling = setup.pooling();
        let say = |error: crate::convolution::ConvolutionError| format!("The patch cannot be pooled: {error}.");
        let input: ArrayView4<f32> = four(patch.view());
        let (largest, switches) = max_pool2d(input, &pooling).map_err(say)?;
        let unpooled = max_unpool2d(largest.view(), switches.view(), size(patch)).map_err(say)?;
        let mean = plane(average_pool2d(input, &pooling, false).map_err(say)?);
        let average_matrix = average_pooling_matrix(size(patch), &pooling, false).map_err(say)?;
        let sees = average_matrix
            .columns()
            .into_iter()
            .map(|column| column.iter().enumerate().filter(|(_, weight)| **weight != 0.0).map(|(i, _)| i).collect())
            .collect();
        let maximum_matrix = max_pooling_matrix(patch.view(), &pooling).map_err(say)?;
        Ok(Self {
            setup,
            average: pooled(mean, average_matrix, size(patch)),
            maximum: pooled(plane(largest), maximum_matrix, size(patch)),
            switches: switches.iter().copied().collect(),
            unpooled: plane(unpooled),
            sees,
        })
    }

    /// A cell that wins more than one window, if there is one.
    #[must_use]
    pub fn wins_twice(&self) -> Option<usize> {
        self.switches.iter().enumerate().find(|(n, cell)| self.switches[..*n].contains(cell)).map(|(_, cell)| *cell)
    }

    /// What the two have in common and what not.
    #[must_use]
    pub fn sentence(&self) -> String {
        let cells = self.setup.window * self.setup.window;
        let average = match cells {
            1 => "A window of one cell leaves its number alone, as average and as maximum.".to_owned(),
            _ => format!(
                "Averaging puts 1/{cells} at the {cells} cells of each window, whatever the patch holds; the maximum \
                 puts a single 1 in each column, and where depends on the patch."
            ),
        };
        match self.wins_twice() {
            Some(cell) => format!(
                "{average} The cell at {} wins more than one window: the transposed matrix adds what comes back to it, \
                 unpooling keeps the last.",
                place(cell, self.unpooled.ncols())
            ),
            None => average,
        }
    }
}

fn pooled(result: Array2<f32>, matrix: Array2<f32>, [rows, columns]: [usize; 2]) -> Pooled {
    let spread = |cell: usize| {
        let shares = matrix.row(cell);
        shares.iter().zip(&result).map(|(share, value)| f64::from(*share) * f64::from(*value)).sum::<f64>() as f32
    };
    let back = Array2::from_shape_fn((rows, columns), |(row, column)| spread(row * columns + column));
    Pooled { result, matrix, back }
}
