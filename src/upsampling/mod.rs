//! Up-sampling: resizing by interpolation, transposed convolution and where checkerboards come from, and the way back
//! down.
//!
//! Every function takes one plane, shaped (row, column), and answers with another; [`Resize`] makes any size of it,
//! the others `factor` times its size or a factor-th. Pixels are squares and coordinates their centres (the half-pixel
//! convention) unless [`Coordinates`] say otherwise: output pixel o lies at (o + ½) / factor − ½ of the input. Nothing
//! here panics: what is out of range is an [`UpsamplingError`].

mod bilinear;
mod error;
mod method;
mod nearest;
mod overlap;
mod reduce;
mod resize;
mod transposed;

pub use bilinear::bilinear;
pub use error::UpsamplingError;
pub use method::{MaskShape, Method};
pub use nearest::nearest;
pub use overlap::{Evenness, evenness, overlap_counts, overlap_counts_1d};
pub use reduce::{Reduction, reduce, reduce_transposed};
pub use resize::{Coordinates, Fit, Interpolation, Outside, Resize, Rounding, Sampling, resize};
pub use transposed::{flat_mask, tent_mask, transposed, transposed_geometry};
