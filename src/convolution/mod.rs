//! Convolution and its transpose: geometry, the matrix C, and both operations on whole batches.
//!
//! Arrays are planar, (batch, channel, row, column), and every word means what it means in PyTorch: the mask is
//! *not* flipped (a cross-correlation), what lies outside the input is zero, and weights are laid out as
//! (output channel, input channel of the group, row, column) for [`conv2d`] and
//! (input channel, output channel of the group, row, column) for [`conv_transpose2d`], so that one weight array
//! serves a convolution and the transposed convolution that leads back.
//!
//! Both are linear maps of the flattened input, with one matrix between them: if C is [`convolution_matrix`]
//! (a column an output), the convolution is DᵀC and the transposed convolution is E·Cᵀ.
//!
//! Around these stand what the lesson and the imaging need besides: [`PaddingMode`]s other than zero, pooling as an
//! operation and as a matrix, [`unfold`] and [`fold`], one dimension, and the [`regularised_inverse`] of a small C.
//!
//! Nothing here panics: what is out of range is a [`ConvolutionError`] that says what is allowed.

mod conv2d;
mod conv_transpose2d;
mod error;
mod fixed;
mod fourier;
mod frame;
mod geometry;
pub(crate) mod lanes;
mod large;
mod layout;
mod mask;
mod matrix;
mod normal_equations;
mod one_dimension;
mod padded;
mod padding;
mod pooling;
mod pooling_matrix;
mod pools;
mod positions;
pub mod reference;
mod rows;
mod same_padding;
mod separable;
mod unfold;
mod unpooling;
mod workspace;
mod zero_insertion;

pub use conv_transpose2d::{conv_transpose2d, conv_transpose2d_into};
pub use conv2d::{conv2d, conv2d_into};
pub use error::{Axis, ConvolutionError, Part};
pub use geometry::Geometry;
pub use mask::{flip_mask, flip_weight};
pub use matrix::{Term, convolution_matrix, convolution_matrix_padded, convolution_terms, transposed_matrix};
pub use normal_equations::{MAX_SOLVER_INPUTS, MAX_SOLVER_OUTPUTS, NormalEquations, SolverError, regularised_inverse};
pub use one_dimension::{
    Geometry1d, Pooling1d, average_pool1d, conv_transpose1d, conv1d, lp_pool1d, max_pool1d, max_unpool1d,
};
pub use padded::{conv_transpose2d_padded, conv2d_padded};
pub use padding::{PaddingMode, fold_margin, pad2d};
pub use pooling::Pooling;
pub use pooling_matrix::{average_pooling_matrix, max_pooling_matrix};
pub use pools::{average_pool2d, lp_pool2d, max_pool2d};
pub use same_padding::SamePadding;
pub(crate) use separable::is_product;
pub use unfold::{fold, unfold};
pub use unpooling::max_unpool2d;
pub use workspace::Workspace;
pub use zero_insertion::zero_insertion;

/// The most elements that an input, a mask, an output, a matrix or a working buffer may have: 2²⁶, which is
/// 256 MiB of `f32`, a picture of 8192 × 8192.
///
/// A browser tab has four gigabytes at the very most; beyond this bound a request is answered with
/// [`ConvolutionError::TooLarge`] instead of a tab that dies.
pub const MAX_ELEMENTS: usize = 1 << 26;
