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
//! Nothing here panics: what is out of range is a [`ConvolutionError`] that says what is allowed.

mod conv2d;
mod conv_transpose2d;
mod error;
mod fixed;
mod fourier;
mod frame;
mod geometry;
mod lanes;
mod large;
mod layout;
mod matrix;
pub mod reference;
mod rows;
mod separable;
mod workspace;

pub use conv_transpose2d::{conv_transpose2d, conv_transpose2d_into};
pub use conv2d::{conv2d, conv2d_into};
pub use error::{Axis, ConvolutionError, Part};
pub use geometry::Geometry;
pub use matrix::convolution_matrix;
pub use workspace::Workspace;

/// The most elements that an input, a mask, an output, a matrix or a working buffer may have: 2²⁶, which is
/// 256 MiB of `f32`, a picture of 8192 × 8192.
///
/// A browser tab has four gigabytes at the very most; beyond this bound a request is answered with
/// [`ConvolutionError::TooLarge`] instead of a tab that dies.
pub const MAX_ELEMENTS: usize = 1 << 26;
