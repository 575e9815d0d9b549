//! The convolution of a batch of planar pictures.

use ndarray::{Array4, ArrayView4, s};

use super::fixed::correlate_fixed;
use super::frame::{self, Rectangle};
use super::large::{Way, correlate_large};
use super::layout::Layout;
use super::rows::{Run, Taps, Target, correlate, push_tap};
use super::workspace::{Workspace, fitting, in_order};
use super::{ConvolutionError, Geometry};

/// Convolves `input`, shaped (batch, input channel, row, column), with `weight`, shaped (output channel, input
/// channel of the group, row, column), without flipping the mask; outside the input is zero.
///
/// Returns (batch, output channel, row, column), with the rows and columns of [`Geometry::output_size`].
/// `output_padding` is checked and otherwise ignored. Any strides of the views will do. The operation and the meaning of
/// the geometry are those of PyTorch's `conv2d`; the sizes are in Dumoulin and Visin, *A guide to convolution
/// arithmetic* (2016).
///
/// Sums are f32, and small integers come out exact as long as the sums are direct. They are, but for one case: one
/// channel of at least 64 × 64 outputs, at stride and dilation 1. There a mask of at least 5 × 5 weights that is the
/// product of a column and a row is applied as two short sums, and another of at least 13 × 13 by the Fourier transform,
/// with an error of some 10⁻⁶ of the largest output.
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
    let size = [input.dim().2, input.dim().3];
    let taps = layout.inputs * layout.mask[0] * layout.mask[1];
    let weight = in_order(&weight);
    let weights = weight.as_slice().unwrap_or_default();
    workspace.pack_weights(weights, taps, layout.outputs);
    let rectangles = frame::cut(&layout, geometry, size);

    let jobs = fitting(output, layout.output_shape()).chunks_exact_mut(layout.outputs * layout.output_plane());
    for (index, target) in jobs.enumerate() {
        let (picture, group) = (index / layout.groups, index % layout.groups);
        let group_weights = group * layout.outputs * taps..(group + 1) * layout.outputs * taps;
        let channels = input.slice_move(s![picture, group * layout.inputs..(group + 1) * layout.inputs, .., ..]);
        let mask = &weights[group_weights.clone()];
        let way = Way::of(mask, &layout, geometry, &mut workspace.factors);
        if way != Way::Direct {
            correlate_large(channels, mask, way, &layout, workspace, target);
        } else if let (Some([inside, frame @ ..]), Some(pixels)) = (&rectangles, channels.to_slice()) {
            let Workspace { source, runs, weights, .. } = &mut *workspace;
            let weights = &weights[group_weights];
            list_taps(runs, &layout, geometry, size[1], 0);
            let start = (inside.rows.start * geometry.stride[0] - layout.rows.lead) * size[1] + inside.columns.start
                - layout.columns.lead;
            let taps = Taps { runs, weights, channels: layout.outputs };
            fill(inside, &pixels[start..], [geometry.stride[0], size[1]], taps, target, layout.output);
            for part in frame.iter().filter(|part| !part.rows.is_empty()) {
                let pitch = frame::surroundings(part, &layout, geometry, pixels, size[1], source);
                list_taps(runs, &layout, geometry, pitch, 0);
                let taps = Taps { runs, weights, channels: layout.outputs };
                fill(part, source, [geometry.stride[0], pitch], taps, target, layout.output);
            }
        } else {
            workspace.load(channels, &layout);
            let Workspace { source, runs, weights, .. } = &mut *workspace;
            list_taps(runs, &layout, geometry, layout.pitch(), layout.source_plane());
            let taps = Taps { runs, weights: &weights[group_weights], channels: layout.outputs };
            let whole = Rectangle { rows: 0..layout.output[0], columns: 0..layout.output[1] };
            fill(&whole, source, [geometry.stride[0], layout.pitch()], taps, target, layout.output);
        }
    }
    Ok(())
}

/// Computes the outputs of `rectangle` in planes of `height` × `width`; `source` begins where its first row reads, has
/// rows of `pitch`, and the next output row reads `stride` rows further down.
fn fill(
    rectangle: &Rectangle,
    source: &[f32],
    [stride, pitch]: [usize; 2],
    taps: Taps,
    target: &mut [f32],
    [height, width]: [usize; 2],
) {
    let Rectangle { rows, columns } = rectangle;
    for (index, y) in rows.clone().enumerate() {
        let source = &source[index * stride * pitch..];
        let start = y * width + columns.start;
        if correlate_fixed(source, &taps, &mut target[start..][..columns.len()]) {
            continue;
        }
        let row = Target { pixels: &mut target[start..], plane: height * width };
        correlate(source, taps, columns.len(), row);
    }
}

/// Lists where the taps read, in a copy of the input with rows of `pitch` and channels of `plane` elements: column kx·d
/// of the mask belongs to the sequence of its remainder by the stride, so many members in.
fn list_taps(runs: &mut Vec<Run>, layout: &Layout, geometry: &Geometry, pitch: usize, plane: usize) {
    let [stride, dilation] = [geometry.stride[1], geometry.dilation[1]];
    runs.clear();
    for channel in 0..layout.inputs {
        for ky in 0..layout.mask[0] {
            let row = channel * plane + ky * geometry.dilation[0] * pitch;
            for column in (0..layout.mask[1]).map(|kx| kx * dilation) {
                push_tap(runs, 0, row + column % stride * layout.phase_width + column / stride);
            }
        }
    }
}
