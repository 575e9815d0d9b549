//! The transposed convolution of a batch of planar pictures, phase by phase.
//!
//! Painting each input value times the mask onto the output touches every output pixel several times. Output
//! pixels that agree modulo the stride see the same taps of the mask, so the mask is split into one small mask a
//! phase and each phase is a convolution of stride 1: as many multiplications as the painting, and each pixel is
//! written once. It holds for every dilation, since a tap k belongs to the phase k·d modulo the stride; a phase
//! that no tap belongs to is zero.

use ndarray::{Array4, ArrayView4, s};

use super::geometry::AxisGeometry;
use super::layout::Layout;
use super::rows::{Taps, correlate};
use super::workspace::{Workspace, fitting, in_order};
use super::{Axis, ConvolutionError, Geometry};

/// Applies the transposed convolution to `input`, shaped (batch, input channel, row, column), with `weight`, shaped
/// (input channel, output channel of the group, row, column): every input value paints the mask, scaled by it,
/// onto the output, `stride` apart; `padding` crops the result and `output_padding` lengthens it.
///
/// Returns (batch, output channel, row, column), with the rows and columns of
/// [`Geometry::transposed_output_size`]. It is the transpose of [`conv2d`](super::conv2d) with the same weights
/// and geometry, not its inverse. Sums are f32. Any strides of the views will do. The operation and the meaning of
/// the geometry are those of PyTorch's `conv_transpose2d`; see Dumoulin and Visin (2016), chapter 4, for the sizes
/// and Shi et al., *Is the deconvolution layer the same as a convolutional layer?* (2016), for the phases.
///
/// # Errors
/// A value of the geometry is out of range, channels and `groups` do not fit together, an array is empty (a batch
/// of none included), padding crops everything away, or an array, the padded input included, would have more than
/// [`MAX_ELEMENTS`](super::MAX_ELEMENTS) elements.
pub fn conv_transpose2d(
    input: ArrayView4<f32>,
    weight: ArrayView4<f32>,
    geometry: &Geometry,
) -> Result<Array4<f32>, ConvolutionError> {
    let mut output = Array4::zeros((0, 0, 0, 0));
    conv_transpose2d_into(input, weight, geometry, &mut Workspace::new(), &mut output)?;
    Ok(output)
}

/// [`conv_transpose2d`] into an array and with working memory that stay: `output` is replaced only if its shape
/// differs.
///
/// # Errors
/// As [`conv_transpose2d`]; `output` is untouched then.
pub fn conv_transpose2d_into(
    input: ArrayView4<f32>,
    weight: ArrayView4<f32>,
    geometry: &Geometry,
    workspace: &mut Workspace,
    output: &mut Array4<f32>,
) -> Result<(), ConvolutionError> {
    let layout = Layout::transposed(input.dim(), weight.dim(), geometry)?;
    let row_phases = phases(geometry.axis(Axis::Rows), layout.mask[0], layout.output[0]);
    let column_phases = phases(geometry.axis(Axis::Columns), layout.mask[1], layout.output[1]);
    let weight = in_order(&weight);

    let [height, width] = layout.output;
    let plane = layout.output_plane();
    let targets = fitting(output, layout.output_shape()).chunks_exact_mut(layout.outputs * plane);
    for (index, target) in targets.enumerate() {
        let (picture, group) = (index / layout.groups, index % layout.groups);
        workspace.load(&input, picture, group, &layout);
        let weight = weight.slice(s![group * layout.inputs..(group + 1) * layout.inputs, .., .., ..]);
        for (first_y, row_phase) in row_phases.iter().enumerate() {
            list_taps(workspace, weight, row_phase, &column_phases, &layout);
            for (step, y) in (first_y..height).step_by(row_phases.len()).enumerate() {
                let start = (row_phase.start + step) * layout.pitch();
                row(workspace, start, row_phase, &column_phases, &layout, &mut target[y * width..]);
            }
        }
    }
    Ok(())
}

/// The output positions along one axis that agree modulo the stride.
struct Phase {
    /// Where the first of them reads, in the working copy, if its tap is the one that reaches furthest back.
    start: usize,
    /// Index in the mask and distance to what it reads, for each tap that meets these positions.
    taps: Vec<(usize, usize)>,
}

/// The phases of one axis, in the order of their first output position.
///
/// Before cropping, output position o = Q·s + r is met by the taps k with k·d = a·s + r, which read input Q − a.
fn phases(geometry: AxisGeometry, mask: usize, output: usize) -> Vec<Phase> {
    let AxisGeometry { stride, dilation, padding: [crop, _], .. } = geometry;
    let furthest = (mask - 1) * dilation / stride;
    let mut phases: Vec<Phase> = (0..stride.min(output))
        .map(|first| Phase { start: (crop + first) / stride - crop / stride, taps: Vec::new() })
        .collect();
    for tap in 0..mask {
        let (back, remainder) = (tap * dilation / stride, tap * dilation % stride);
        // The first output position whose place before cropping has this remainder.
        let cropped = crop % stride;
        let first = if remainder >= cropped { remainder - cropped } else { stride - (cropped - remainder) };
        if let Some(phase) = phases.get_mut(first) {
            phase.taps.push((tap, furthest - back));
        }
    }
    phases
}

/// Lists the taps and their weights for the rows of one phase: column phase by column phase, and in each output
/// channel by output channel for the weights, which the offsets are common to.
fn list_taps(
    workspace: &mut Workspace,
    weight: ArrayView4<f32>,
    row_phase: &Phase,
    column_phases: &[Phase],
    layout: &Layout,
) {
    let Workspace { offsets, weights, .. } = workspace;
    offsets.clear();
    weights.clear();
    for column_phase in column_phases {
        for input in 0..layout.inputs {
            for &(_, row) in &row_phase.taps {
                let start = input * layout.source_plane() + row * layout.pitch() + column_phase.start;
                offsets.extend(column_phase.taps.iter().map(|&(_, column)| start + column));
            }
        }
        for output in 0..layout.outputs {
            for input in 0..layout.inputs {
                for &(ky, _) in &row_phase.taps {
                    weights.extend(column_phase.taps.iter().map(|&(kx, _)| weight[[input, output, ky, kx]]));
                }
            }
        }
    }
}

/// Computes one row of every output channel; `target` begins at that row of the first channel.
fn row(
    workspace: &mut Workspace,
    start: usize,
    row_phase: &Phase,
    column_phases: &[Phase],
    layout: &Layout,
    target: &mut [f32],
) {
    let Workspace { source, offsets, weights, row, .. } = workspace;
    let (source, width, channels) = (&source[start..], layout.output[1], layout.outputs);
    let plane = layout.output_plane();
    let stride = column_phases.len();
    let phase_width = width.div_ceil(stride);
    if stride > 1 {
        row.resize(row.len().max(channels * stride * phase_width), 0.0);
    }

    let mut listed = 0;
    for (first, phase) in column_phases.iter().enumerate() {
        let count = layout.inputs * row_phase.taps.len() * phase.taps.len();
        let taps = Taps {
            offsets: &offsets[listed..listed + count],
            weights: &weights[channels * listed..channels * (listed + count)],
            channels,
        };
        listed += count;
        if stride == 1 {
            correlate(source, taps, width, |channel, x, pixels| {
                target[channel * plane + x..][..pixels.len()].copy_from_slice(pixels);
            });
        } else {
            correlate(source, taps, (width - first).div_ceil(stride), |channel, x, pixels| {
                row[(channel * stride + first) * phase_width + x..][..pixels.len()].copy_from_slice(pixels);
            });
        }
    }
    if stride > 1 {
        for (channel, phases) in row.chunks_exact(stride * phase_width).take(channels).enumerate() {
            interleave(phases, phase_width, stride, &mut target[channel * plane..][..width]);
        }
    }
}

/// Merges `stride` sequences of `phase_width` into one row: the first of each, then the second of each, and so on.
fn interleave(phases: &[f32], phase_width: usize, stride: usize, row: &mut [f32]) {
    if stride == 2 {
        // The common case once more, in a form that vectorises.
        let (even, odd) = phases.split_at(phase_width);
        let (pairs, last) = row.as_chunks_mut::<2>();
        for ((pair, &even), &odd) in pairs.iter_mut().zip(even).zip(odd) {
            *pair = [even, odd];
        }
        if let [last] = last {
            *last = even[phase_width - 1];
        }
        return;
    }
    for (first, phase) in phases.chunks_exact(phase_width).enumerate() {
        row[first..].iter_mut().step_by(stride).zip(phase).for_each(|(to, &from)| *to = from);
    }
}
