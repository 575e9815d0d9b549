//! The convolution of a batch of planar pictures.

use ndarray::{Array4, ArrayView4};

use super::layout::Layout;
use super::rows::{Run, Taps, correlate, pack, push_tap};
use super::workspace::{Workspace, fitting, in_order};
use super::{ConvolutionError, Geometry};

/// Convolves `input`, shaped (batch, input channel, row, column), with `weight`, shaped (output channel, input
/// channel of the group, row, column), without flipping the mask; outside the input is zero.
///
/// Returns (batch, output channel, row, column), with the rows and columns of [`Geometry::output_size`]. Sums are
/// f32 and run over the channels, then the mask's rows, then its columns. `output_padding` is checked and
/// otherwise ignored. Any strides of the views will do. The operation and the meaning of the geometry are those of
/// PyTorch's `conv2d`; the sizes are in Dumoulin and Visin, *A guide to convolution arithmetic* (2016).
///
/// # Errors
/// A value of the geometry is out of range, channels and `groups` do not fit together, an array is empty (a batch
/// of none included), the mask is larger than the padded input, or an array, the padded input included, would have
/// more than [`MAX_ELEMENTS`](super::MAX_ELEMENTS) elements.
pub fn conv2d(
    input: ArrayView4<f32>,
    weight: ArrayView4<f32>,
    geometry: &Geometry,
) -> Result<Array4<f32>, ConvolutionError> {
    let mut output = Array4::zeros((0, 0, 0, 0));
    conv2d_into(input, weight, geometry, &mut Workspace::new(), &mut output)?;
    Ok(output)
}

/// [`conv2d`] into an array and with working memory that stay: `output` is replaced only if its shape differs.
///
/// # Errors
/// As [`conv2d`]; `output` is untouched then.
pub fn conv2d_into(
    input: ArrayView4<f32>,
    weight: ArrayView4<f32>,
    geometry: &Geometry,
    workspace: &mut Workspace,
    output: &mut Array4<f32>,
) -> Result<(), ConvolutionError> {
    let layout = Layout::convolution(input.dim(), weight.dim(), geometry)?;
    list_taps(&mut workspace.runs, &layout, geometry);
    let weight = in_order(&weight);
    let weights = weight.as_slice().unwrap_or_default();
    let taps = layout.inputs * layout.mask[0] * layout.mask[1];
    let group_weights = layout.outputs * taps;
    workspace.weights.clear();
    for group in weights.chunks_exact(group_weights) {
        pack(&mut workspace.weights, layout.outputs, |channels, weights| {
            for tap in 0..taps {
                weights.extend(channels.clone().map(|channel| group[channel * taps + tap]));
            }
        });
    }

    let [height, width] = layout.output;
    let targets = fitting(output, layout.output_shape()).chunks_exact_mut(layout.outputs * layout.output_plane());
    for (index, target) in targets.enumerate() {
        let (picture, group) = (index / layout.groups, index % layout.groups);
        workspace.load(&input, picture, group, &layout);
        let taps = Taps {
            runs: &workspace.runs,
            weights: &workspace.weights[group * group_weights..][..group_weights],
            channels: layout.outputs,
        };
        for y in 0..height {
            let start = y * geometry.stride[0] * layout.pitch();
            correlate(&workspace.source[start..], taps, width, |channel, x, pixels| {
                target[(channel * height + y) * width + x..][..pixels.len()].copy_from_slice(pixels);
            });
        }
    }
    Ok(())
}

/// Column kx·d of the mask belongs to the sequence of its remainder by the stride, so many members in.
fn list_taps(runs: &mut Vec<Run>, layout: &Layout, geometry: &Geometry) {
    let [stride, dilation] = [geometry.stride[1], geometry.dilation[1]];
    runs.clear();
    for channel in 0..layout.inputs {
        for ky in 0..layout.mask[0] {
            let row = channel * layout.source_plane() + ky * geometry.dilation[0] * layout.pitch();
            for column in (0..layout.mask[1]).map(|kx| kx * dilation) {
                push_tap(runs, 0, row + column % stride * layout.phase_width + column / stride);
            }
        }
    }
}
