//! Ready-made masks, and the worked example of the lesson.

use ndarray::{Array2, arr2};

/// A named starting point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// The patch and mask of the text; DᵀC is [12 12 10 17].
    Worked,
    /// Leaves the patch as it is.
    Identity,
    /// The mean of nine.
    Box,
    /// The binomial approximation of a Gaussian, in sixteenths.
    Gaussian,
    /// The horizontal derivative (Sobel, 1968).
    Sobel,
    /// The five-point Laplacian.
    Laplacian,
    /// The identity minus the Laplacian.
    Sharpen,
}

impl Preset {
    /// All presets, the worked example first.
    pub const ALL: [Self; 7] =
        [Self::Worked, Self::Identity, Self::Box, Self::Gaussian, Self::Sobel, Self::Laplacian, Self::Sharpen];

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
        }
    }

    /// The preset's mask, 3×3.
    #[must_use]
    pub fn mask(self) -> Array2<f32> {
        match self {
            Self::Worked => arr2(&[[0.0, 1.0, 2.0], [2.0, 2.0, 0.0], [0.0, 1.0, 2.0]]),
            Self::Identity => arr2(&[[0.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 0.0]]),
            Self::Box => Array2::from_elem((3, 3), 1.0 / 9.0),
            Self::Gaussian => arr2(&[[1.0, 2.0, 1.0], [2.0, 4.0, 2.0], [1.0, 2.0, 1.0]]) / 16.0,
            Self::Sobel => arr2(&[[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]]),
            Self::Laplacian => arr2(&[[0.0, 1.0, 0.0], [1.0, -4.0, 1.0], [0.0, 1.0, 0.0]]),
            Self::Sharpen => arr2(&[[0.0, -1.0, 0.0], [-1.0, 5.0, -1.0], [0.0, -1.0, 0.0]]),
        }
    }
}

/// The patch of the worked example, 4×4.
#[must_use]
pub fn worked_patch() -> Array2<f32> {
    arr2(&[[3.0, 3.0, 2.0, 1.0], [0.0, 0.0, 1.0, 3.0], [3.0, 1.0, 2.0, 2.0], [2.0, 0.0, 0.0, 2.0]])
}
