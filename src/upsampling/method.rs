//! The ways to up-sample as one type, for whoever lets a reader choose.

use ndarray::{Array2, ArrayView2};

use super::{UpsamplingError, bilinear, flat_mask, nearest, tent_mask, transposed};

/// The weights of a transposed convolution's mask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MaskShape {
    /// Equal weights, [`flat_mask`].
    Flat,
    /// Weights that fall linearly from the centre, [`tent_mask`].
    Tent,
}

/// A way to up-sample a plane by a whole factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// [`nearest`].
    Nearest,
    /// [`bilinear`].
    Bilinear,
    /// [`transposed`], with a mask of `side` × `side` and the factor as stride.
    Transposed {
        /// What the mask looks like.
        shape: MaskShape,
        /// Its side k, at least 1.
        side: usize,
    },
}

impl Method {
    /// One of each kind, in the order of a list to choose from; the transposed ones with the sides that show the
    /// checkerboard (3) and its absence (4) for the factor 2.
    pub const ALL: [Method; 4] = [
        Method::Nearest,
        Method::Bilinear,
        Method::Transposed { shape: MaskShape::Flat, side: 3 },
        Method::Transposed { shape: MaskShape::Tent, side: 4 },
    ];

    /// A short word that stays the same for ever, for links; it does not tell the mask's side.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Method::Nearest => "nearest",
            Method::Bilinear => "bilinear",
            Method::Transposed { shape: MaskShape::Flat, .. } => "transposed-flat",
            Method::Transposed { shape: MaskShape::Tent, .. } => "transposed-tent",
        }
    }

    /// What to call it on a page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Method::Nearest => "Nearest neighbour",
            Method::Bilinear => "Bilinear",
            Method::Transposed { shape: MaskShape::Flat, .. } => "Transposed convolution, flat mask",
            Method::Transposed { shape: MaskShape::Tent, .. } => "Transposed convolution, tent mask",
        }
    }

    /// The entry of [`Method::ALL`] with this [`id`](Method::id).
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.id() == id)
    }

    /// Enlarges `plane`, shaped (row, column), `factor` times.
    ///
    /// # Errors
    /// Those of the method: `factor` or the mask's side is 0, the plane is empty, or something would be too large.
    pub fn apply(self, plane: ArrayView2<f32>, factor: usize) -> Result<Array2<f32>, UpsamplingError> {
        match self {
            Method::Nearest => nearest(plane, factor),
            Method::Bilinear => bilinear(plane, factor),
            Method::Transposed { shape, side } => {
                let mask = match shape {
                    MaskShape::Flat => flat_mask(side, factor)?,
                    MaskShape::Tent => tent_mask(side, factor)?,
                };
                transposed(plane, mask.view(), factor)
            }
        }
    }
}
