//! The transposed convolution of a batch of planar pictures, phase by phase.
//!
//! Painting each input value times the mask onto the output touches every output pixel several times. Output
//! pixels that agree modulo the stride see the same taps of the mask, so the mask is split into one small mask a
//! phase and each phase is a convolution of stride 1: as many multiplications as the painting, and each pixel is
//! written once. It holds for every dilation, since a tap k belongs to the phase k·d modulo the stride; a phase
//! that no tap belongs to is zero.

use ndarray::{Array4, ArrayView4, s};

use super::fixed::correlate_fixed_pair;
use super::geometry::AxisGeometry;
use super::layout::Layout;
use super::rows::{Target, correlate, correlate_pair, pack, push_tap};
use super::workspace::{Workspace, fitting};
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
    let rows = Phases::of(geometry.axis(Axis::Rows), layout.mask[0], layout.output[0]);
    let columns = Phases::of(geometry.axis(Axis::Columns), layout.mask[1], layout.output[1]);

    let [height, width] = layout.output;
    let plane = layout.output_plane();
    let targets = fitting(output, layout.output_shape()).chunks_exact_mut(layout.outputs * plane);
    for (index, target) in targets.enumerate() {
        let (picture, group) = (index / layout.groups, index % layout.groups);
        let channels = group * layout.inputs..(group + 1) * layout.inputs;
        workspace.load(input.slice(s![picture, channels.clone(), .., ..]), &layout);
        let weight = weight.slice(s![channels, .., .., ..]);
        list_taps(workspace, weight, rows, columns, &layout);
        let mut scratch = std::mem::take(&mut workspace.row);
        for y in 0..height {
            let source = &workspace.source[y / rows.count * layout.pitch()..];
            let taps = |column| workspace.phase(y % rows.count * columns.count + column, layout.outputs);
            if columns.count == 2 && correlate_fixed_pair(source, &taps(0), &taps(1), &mut target[y * width..][..width])
            {
                continue;
            }
            let row = Target { pixels: &mut target[y * width..], plane };
            match columns.count {
                1 => correlate(source, taps(0), width, row),
                2 => correlate_pair(source, [taps(0), taps(1)], width, row),
                stride => {
                    let longest = width.div_ceil(stride);
                    scratch.resize(scratch.len().max(layout.outputs * longest), 0.0);
                    for first in 0..stride {
                        let count = (width - first).div_ceil(stride);
                        correlate(source, taps(first), count, Target { pixels: &mut scratch, plane: longest });
                        for (channel, phase) in scratch.chunks_exact(longest).take(layout.outputs).enumerate() {
                            let row = &mut row.pixels[channel * plane..][..width];
                            row[first..].iter_mut().step_by(stride).zip(phase).for_each(|(to, &from)| *to = from);
                        }
                    }
                }
            }
        }
        workspace.row = scratch;
    }
    Ok(())
}

/// The output positions along one axis, sorted by their remainder modulo the stride.
///
/// Before cropping, output position o = Q·s + r is met by the taps k with k·d = a·s + r, which read input Q − a.
#[derive(Clone, Copy)]
struct Phases {
    /// How many phases have a position.
    count: usize,
    stride: usize,
    dilation: usize,
    crop: usize,
    mask: usize,
}

impl Phases {
    fn of(geometry: AxisGeometry, mask: usize, output: usize) -> Self {
        let AxisGeometry { stride, dilation, padding: [crop, _], .. } = geometry;
        Self { count: stride.min(output), stride, dilation, crop, mask }
    }

    /// The taps that meet the phase of output position `first`, each with the distance in the working copy from where
    /// the axis' step begins to what the tap reads, which grows from tap to tap.
    fn taps(self, first: usize) -> impl Iterator<Item = (usize, usize)> {
        let Self { stride, dilation, crop, mask, .. } = self;
        let furthest = (mask - 1) * dilation / stride;
        let remainder = (crop % stride + first) % stride;
        let start = (crop % stride + first) / stride;
        let meets = move |tap: &usize| tap * dilation % stride == remainder;
        (0..mask).rev().filter(meets).map(move |tap| (tap, start + furthest - tap * dilation / stride))
    }
}

/// Lists the taps and their weights, for each phase of the rows and in it for each phase of the columns.
fn list_taps(workspace: &mut Workspace, weight: ArrayView4<f32>, rows: Phases, columns: Phases, layout: &Layout) {
    let Workspace { runs, weights, ends, .. } = workspace;
    runs.clear();
    weights.clear();
    ends.clear();
    for row_phase in 0..rows.count {
        for column_phase in 0..columns.count {
            // Runs of two phases must not grow together.
            let own = runs.len();
            for input in 0..layout.inputs {
                for (_, row) in rows.taps(row_phase) {
                    let start = input * layout.source_plane() + row * layout.pitch();
                    for (_, column) in columns.taps(column_phase) {
                        push_tap(runs, own, start + column);
                    }
                }
            }
            pack(weights, layout.outputs, |channels, weights| {
                for input in 0..layout.inputs {
                    for (ky, _) in rows.taps(row_phase) {
                        for (kx, _) in columns.taps(column_phase) {
                            weights.extend(channels.clone().map(|output| weight[[input, output, ky, kx]]));
                        }
                    }
                }
            });
            ends.push([runs.len(), weights.len()]);
        }
    }
}
