//! The same operations on signals: thin wrappers that lay a signal down as a picture of one row.
//!
//! Arrays are (batch, channel, place). What errors call *columns* are the signal's places.

use ndarray::{Array3, Array4, ArrayView3, ArrayView4, Axis};

use super::{
    ConvolutionError, Geometry, Pooling, average_pool2d, conv_transpose2d, conv2d, lp_pool2d, max_pool2d, max_unpool2d,
};

/// A [`Geometry`] along the only axis of a signal; the fields mean what they mean there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Geometry1d {
    /// Step from one mask position to the next, at least 1.
    pub stride: usize,
    /// Zeros `[before, after]` a convolution's input; places cropped from a transposed convolution's output.
    pub padding: [usize; 2],
    /// Distance between neighbouring mask entries, at least 1.
    pub dilation: usize,
    /// Places added after a transposed convolution's output, smaller than the larger of stride and dilation.
    pub output_padding: usize,
    /// Number of groups of channels that do not see each other, at least 1.
    pub groups: usize,
}

impl Default for Geometry1d {
    /// Stride 1, no padding, dilation 1, no output padding, one group.
    fn default() -> Self {
        Self { stride: 1, padding: [0; 2], dilation: 1, output_padding: 0, groups: 1 }
    }
}

impl From<Geometry1d> for Geometry {
    /// For pictures of one row.
    fn from(Geometry1d { stride, padding, dilation, output_padding, groups }: Geometry1d) -> Self {
        Self {
            stride: [1, stride],
            padding: [[0; 2], padding],
            dilation: [1, dilation],
            output_padding: [0, output_padding],
            groups,
        }
    }
}

/// A [`Pooling`] along the only axis of a signal; the fields mean what they mean there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pooling1d {
    /// Places of the window, at least 1.
    pub window: usize,
    /// Step from one window to the next, at least 1.
    pub stride: usize,
    /// How far windows may reach beyond the input, `[before, after]`.
    pub padding: [usize; 2],
    /// Distance between neighbouring places of a window, at least 1.
    pub dilation: usize,
    /// Whether a last window that reaches beyond the padding counts, too.
    pub ceil_mode: bool,
}

impl Pooling1d {
    /// Windows of `window` places that lie side by side, without padding.
    #[must_use]
    pub const fn of_window(window: usize) -> Self {
        Self { window, stride: window, padding: [0; 2], dilation: 1, ceil_mode: false }
    }
}

impl From<Pooling1d> for Pooling {
    /// For pictures of one row.
    fn from(Pooling1d { window, stride, padding, dilation, ceil_mode }: Pooling1d) -> Self {
        Self {
            window: [1, window],
            stride: [1, stride],
            padding: [[0; 2], padding],
            dilation: [1, dilation],
            ceil_mode,
        }
    }
}

/// [`conv2d`] of signals: `input` (batch, input channel, place), `weight` (output channel, input channel of the
/// group, place of the mask).
///
/// # Errors
/// As [`conv2d`].
pub fn conv1d(
    input: ArrayView3<f32>,
    weight: ArrayView3<f32>,
    geometry: &Geometry1d,
) -> Result<Array3<f32>, ConvolutionError> {
    conv2d(picture(input), picture(weight), &(*geometry).into()).map(signal)
}

/// [`conv_transpose2d`] of signals: `input` (batch, input channel, place), `weight` (input channel, output channel
/// of the group, place of the mask).
///
/// # Errors
/// As [`conv_transpose2d`].
pub fn conv_transpose1d(
    input: ArrayView3<f32>,
    weight: ArrayView3<f32>,
    geometry: &Geometry1d,
) -> Result<Array3<f32>, ConvolutionError> {
    conv_transpose2d(picture(input), picture(weight), &(*geometry).into()).map(signal)
}

/// [`max_pool2d`] of signals; a switch is a place of the input.
///
/// # Errors
/// As [`max_pool2d`].
pub fn max_pool1d(
    input: ArrayView3<f32>,
    pooling: &Pooling1d,
) -> Result<(Array3<f32>, Array3<usize>), ConvolutionError> {
    max_pool2d(picture(input), &(*pooling).into()).map(|(values, switches)| (signal(values), signal(switches)))
}

/// [`max_unpool2d`] of signals; a switch is a place of the output, which has `output_size` places.
///
/// # Errors
/// As [`max_unpool2d`].
pub fn max_unpool1d(
    values: ArrayView3<f32>,
    switches: ArrayView3<usize>,
    output_size: usize,
) -> Result<Array3<f32>, ConvolutionError> {
    max_unpool2d(picture(values), picture(switches), [1, output_size]).map(signal)
}

/// [`average_pool2d`] of signals.
///
/// # Errors
/// As [`average_pool2d`].
pub fn average_pool1d(
    input: ArrayView3<f32>,
    pooling: &Pooling1d,
    count_padding: bool,
) -> Result<Array3<f32>, ConvolutionError> {
    average_pool2d(picture(input), &(*pooling).into(), count_padding).map(signal)
}

/// [`lp_pool2d`] of signals.
///
/// # Errors
/// As [`lp_pool2d`].
pub fn lp_pool1d(input: ArrayView3<f32>, pooling: &Pooling1d, p: f64) -> Result<Array3<f32>, ConvolutionError> {
    lp_pool2d(picture(input), &(*pooling).into(), p).map(signal)
}

/// Signals as pictures of one row.
fn picture<T>(signal: ArrayView3<T>) -> ArrayView4<T> {
    signal.insert_axis(Axis(2))
}

/// Pictures of one row as signals.
fn signal<T>(picture: Array4<T>) -> Array3<T> {
    picture.index_axis_move(Axis(2), 0)
}
