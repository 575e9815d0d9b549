//! Up-sampling: resizing by interpolation, transposed convolution and where checkerboards come from, and the way back
//! down.
//!
//! Every function takes one plane, shaped (row, column), and answers with another; [`Resize`] makes any size of it,
//! the others `factor` times its size or a factor-th. Pixels are squares and coordinates their centres (the half-pixel
//! convention) unless [`Coordinates`] say otherwise: output pixel o lies at (o + ½) / factor − ½ of the input. Nothing
//! here panics: what is out of range is an [`UpsamplingError`].

mod back_projection;
mod bilinear;
mod checkerboard;
mod continued;
mod error;
mod gradient;
mod initialise;
mod nearest;
mod overlap;
mod reduce;
pub mod reference;
mod resize;
mod resize_convolve;
mod shuffle;
mod stack;
mod sub_pixel;
mod transposed;
mod unpool;
mod zero_insertion;

pub use back_projection::{BackProjection, back_projection};
pub use bilinear::bilinear;
pub use checkerboard::{Checkerboard, MAX_PERIOD, Peak, VISIBLE_DECIBELS, checkerboard};
pub use error::UpsamplingError;
pub use gradient::strided_gradient;
pub use initialise::{bell_mask, fcn_mask, icnr, random_mask};
pub use nearest::nearest;
pub use overlap::{Evenness, evenness, overlap_counts, overlap_counts_1d};
pub use reduce::{Reduction, reduce, reduce_transposed};
pub use resize::{Coordinates, Fit, Interpolation, Outside, Resize, Rounding, Sampling, resize};
pub use resize_convolve::{Before, resize_convolve};
pub use shuffle::{ChannelOrder, pixel_shuffle, pixel_unshuffle};
pub use stack::{
    StackLayer, is_stack_even, stack_counts, stack_interior, stack_layer_counts, stack_length, stack_paint,
    stack_paint_of, stack_paint_pattern, stack_paint_plane, stack_pattern,
};
pub use sub_pixel::{as_transposed_mask, sub_pixel, sub_pixel_geometry};
pub use transposed::{
    by_adjoint, by_phases, by_scatter, by_zero_insertion, transposed_into, transposed_planes_into, transposed_with,
};
pub use transposed::{flat_mask, tent_mask, transposed, transposed_geometry};
pub use unpool::{max_pool_with_switches, max_unpool};
pub use zero_insertion::zero_insertion;
