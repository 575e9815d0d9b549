//! Up-sampling by a whole factor: nearest, bilinear and transposed convolution, and where checkerboards come from.
//!
//! Every function takes one plane and answers with a plane `factor` times as high and wide. Pixels are squares and
//! coordinates their centres (the half-pixel convention): output pixel o lies at (o + ½) / factor − ½ of the
//! input. Nothing here panics: what is out of range is an [`UpsamplingError`].

mod bilinear;
mod coordinates;
mod error;
mod method;
mod nearest;
mod overlap;
mod transposed;

pub use bilinear::bilinear;
pub use coordinates::Coordinates;
pub use error::UpsamplingError;
pub use method::{MaskShape, Method};
pub use nearest::nearest;
pub use overlap::{Evenness, evenness, overlap_counts, overlap_counts_1d};
pub use transposed::{flat_mask, tent_mask, transposed, transposed_geometry};

mod checkerboard;
mod stack;

pub use checkerboard::{Checkerboard, MAX_PERIOD, Peak, VISIBLE_DECIBELS, checkerboard};
pub use stack::{
    StackLayer, is_stack_even, stack_counts, stack_interior, stack_layer_counts, stack_length, stack_paint,
    stack_paint_pattern, stack_paint_plane, stack_pattern,
};
