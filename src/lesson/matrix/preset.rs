//! Ready-made masks and patches, and the worked example of the lesson.

use ndarray::{Array2, arr2};

/// A named starting point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// The patch and mask of the text; DᵀC is [12 12 10 17].
    Worked,
    /// A mask that leaves the patch as it is.
    Identity,
    /// The mean of all cells under the mask.
    Box,
    /// The binomial approximation of a Gaussian.
    Gaussian,
    /// The horizontal derivative (Sobel, 1968), smoothed across.
    Sobel,
    /// The five-point Laplacian.
    Laplacian,
    /// The identity minus the Laplacian.
    Sharpen,
    /// Whole numbers from −3 to 3 in patch and mask, from a seed.
    Random,
    /// A patch of ones and zeros in turn.
    Checkerboard,
    /// A patch with a single one: its result shows the mask, turned.
    OneHot,
}

impl Preset {
    /// All presets, the worked example first.
    pub const ALL: [Self; 10] = [
        Self::Worked,
        Self::Identity,
        Self::Box,
        Self::Gaussian,
        Self::Sobel,
        Self::Laplacian,
        Self::Sharpen,
        Self::Random,
        Self::Checkerboard,
        Self::OneHot,
    ];

    /// The preset's name.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Worked => "Worked example",
            Self::Identity => "Identity mask",
            Self::Box => "Box mask",
            Self::Gaussian => "Gaussian mask",
            Self::Sobel => "Sobel mask",
            Self::Laplacian => "Laplacian mask",
            Self::Sharpen => "Sharpen mask",
            Self::Random => "Random numbers",
            Self::Checkerboard => "Checkerboard patch",
            Self::OneHot => "One-hot patch",
        }
    }

    /// The preset's mask in so many rows and columns, if it has one of its own. Masks that are made for three by three
    /// stand in the middle of a larger one, and lose their rim in a smaller.
    #[must_use]
    pub fn mask(self, size: [usize; 2], seed: u32) -> Option<Array2<f32>> {
        let (rows, columns) = (size[0], size[1]);
        Some(match self {
            Self::Worked => centred(&worked_mask(), size),
            Self::Identity => centred(&arr2(&[[1.0]]), size),
            Self::Box => Array2::from_elem((rows, columns), 1.0 / (rows * columns) as f32),
            Self::Gaussian => {
                let (down, across) = (binomial(rows), binomial(columns));
                Array2::from_shape_fn((rows, columns), |(row, column)| down[row] * across[column])
            }
            Self::Sobel => {
                // The derivative across, smoothed by a binomial down.
                let down: Vec<f32> =
                    binomial(rows).into_iter().map(|weight| weight * 2.0_f32.powi(rows as i32 - 1)).collect();
                let across = centred(&arr2(&[[-1.0, 0.0, 1.0]]), [1, columns]);
                Array2::from_shape_fn((rows, columns), |(row, column)| down[row] * across[[0, column]])
            }
            Self::Laplacian => centred(&arr2(&[[0.0, 1.0, 0.0], [1.0, -4.0, 1.0], [0.0, 1.0, 0.0]]), size),
            Self::Sharpen => centred(&arr2(&[[0.0, -1.0, 0.0], [-1.0, 5.0, -1.0], [0.0, -1.0, 0.0]]), size),
            Self::Random => random(size, seed.wrapping_add(0x9e37_79b9)),
            Self::Checkerboard | Self::OneHot => return None,
        })
    }

    /// The preset's patch in so many rows and columns, if it has one of its own.
    #[must_use]
    pub fn patch(self, size: [usize; 2], seed: u32) -> Option<Array2<f32>> {
        let (rows, columns) = (size[0], size[1]);
        Some(match self {
            Self::Worked => worked_patch(),
            Self::Random => random(size, seed),
            Self::Checkerboard => {
                Array2::from_shape_fn((rows, columns), |(row, column)| ((row + column + 1) % 2) as f32)
            }
            Self::OneHot => Array2::from_shape_fn((rows, columns), |(row, column)| {
                f32::from(u8::from((row, column) == ((rows - 1) / 2, (columns - 1) / 2)))
            }),
            _ => return None,
        })
    }
}

/// The patch of the worked example, 4×4.
#[must_use]
pub fn worked_patch() -> Array2<f32> {
    arr2(&[[3.0, 3.0, 2.0, 1.0], [0.0, 0.0, 1.0, 3.0], [3.0, 1.0, 2.0, 2.0], [2.0, 0.0, 0.0, 2.0]])
}

/// The mask of the worked example, 3×3.
#[must_use]
pub fn worked_mask() -> Array2<f32> {
    arr2(&[[0.0, 1.0, 2.0], [2.0, 2.0, 0.0], [0.0, 1.0, 2.0]])
}

/// `mask` in the middle of `size` rows and columns, cut where it does not fit.
fn centred(mask: &Array2<f32>, size: [usize; 2]) -> Array2<f32> {
    let source = |axis: usize, at: usize| {
        // The middle of an even size is the cell before its centre, as for PSFs.
        (at + (mask.shape()[axis] - 1) / 2).checked_sub((size[axis] - 1) / 2)
    };
    Array2::from_shape_fn((size[0], size[1]), |(row, column)| match (source(0, row), source(1, column)) {
        (Some(row), Some(column)) => mask.get([row, column]).copied().unwrap_or(0.0),
        _ => 0.0,
    })
}

/// A row of Pascal's triangle, divided by its sum.
fn binomial(count: usize) -> Vec<f32> {
    let mut row = vec![1.0_f32];
    for _ in 1..count {
        let next: Vec<f32> = row.windows(2).map(|pair| pair[0] + pair[1]).collect();
        row = [vec![1.0], next, vec![1.0]].concat();
    }
    let sum: f32 = row.iter().sum();
    row.iter().map(|weight| weight / sum).collect()
}

/// Whole numbers from −3 to 3, from a seed (xorshift, Marsaglia 2003).
fn random(size: [usize; 2], seed: u32) -> Array2<f32> {
    // Neighbouring seeds are spread over the whole range first; zero is the one state that xorshift never leaves.
    let mut state = seed.wrapping_add(1).wrapping_mul(0x9e37_79b1) | 1;
    Array2::from_shape_simple_fn((size[0], size[1]), || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        (state % 7) as f32 - 3.0
    })
}
