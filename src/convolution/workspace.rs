//! The buffers of a convolution, which a caller may keep from one call to the next.

use ndarray::{Array4, ArrayView3, ArrayView4, Axis, CowArray, Ix4};

use super::fourier::Transform;
use super::layout::{Layout, Shape, Window};
use super::rows::{Run, Taps, pack};

/// Working memory of [`conv2d_into`](super::conv2d_into) and
/// [`conv_transpose2d_into`](super::conv_transpose2d_into).
///
/// It grows to the largest job it has seen. Fresh memory costs several times a small convolution, so whoever
/// repeats one keeps a workspace and an output: the same job once more then allocates nothing, given weights in the order
/// of their axes. The Fourier transform's plan and the spectrum of the last mask are kept too. Its content never
/// influences a result.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    /// The zero-padded channels of one group, their columns sorted into phases.
    pub(super) source: Vec<f32>,
    /// Where the taps read `source`, relative to the output pixel.
    pub(super) runs: Vec<Run>,
    /// The weights in the order of `runs`, packed.
    pub(super) weights: Vec<f32>,
    /// Where the runs and the weights of each phase end.
    pub(super) ends: Vec<[usize; 2]>,
    /// A row on its way into `source`.
    pub(super) row: Vec<f32>,
    /// The column and the row whose product a mask is.
    pub(super) factors: Vec<f32>,
    /// The Fourier transform of the size that was needed last.
    pub(super) transform: Transform,
}

impl Workspace {
    /// A workspace that owns no memory yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The taps of the phase with this number, in the order of `ends`.
    pub(super) fn phase(&self, number: usize, channels: usize) -> Taps<'_> {
        let [first_run, first_weight] = if number == 0 { [0; 2] } else { self.ends[number - 1] };
        let [last_run, last_weight] = self.ends[number];
        Taps { runs: &self.runs[first_run..last_run], weights: &self.weights[first_weight..last_weight], channels }
    }

    /// Lays out the weights of a convolution, those of each group in turn.
    pub(super) fn pack_weights(&mut self, weights: &[f32], taps: usize, channels: usize) {
        self.weights.clear();
        for group in weights.chunks_exact(channels * taps) {
            pack(&mut self.weights, channels, |channels, packed| {
                for tap in 0..taps {
                    packed.extend(channels.clone().map(|channel| group[channel * taps + tap]));
                }
            });
        }
    }

    /// Copies the channels of a group of a picture into `source`, as `layout` wants them.
    pub(super) fn load(&mut self, channels: ArrayView3<f32>, layout: &Layout) {
        let Self { source, row: padded, .. } = self;
        source.resize(source.len().max(layout.source_length()), 0.0);
        padded.resize(padded.len().max(layout.columns.length), 0.0);
        let padded = &mut padded[..layout.columns.length];

        let (height, width) = (channels.dim().1, channels.dim().2);
        let copied_rows = layout.rows.copied(height);
        let Window { lead, skip, .. } = layout.columns;
        let copied = layout.columns.copied(width);
        for channel in 0..layout.inputs {
            let plane = channels.index_axis(Axis(0), channel);
            let planes = &mut source[channel * layout.source_plane()..][..layout.source_plane()];
            for (y, target) in planes.chunks_exact_mut(layout.pitch()).enumerate() {
                let inside = y.checked_sub(layout.rows.lead).filter(|&row| row < copied_rows);
                let Some(row) = inside.filter(|_| copied > 0) else {
                    target.fill(0.0);
                    continue;
                };
                let row = plane.row(row + layout.rows.skip);
                // Without phases the row is laid down where it stays.
                let single = layout.column_phases == 1;
                let line = if single { &mut *target } else { &mut *padded };
                line[..lead].fill(0.0);
                let middle = &mut line[lead..lead + copied];
                match row.as_slice() {
                    Some(row) => middle.copy_from_slice(&row[skip..skip + copied]),
                    None => middle.iter_mut().zip(row.iter().skip(skip)).for_each(|(to, &from)| *to = from),
                }
                line[lead + copied..].fill(0.0);
                if !single {
                    sort_into_phases(padded, target, layout.phase_width, layout.column_phases);
                }
            }
        }
    }
}

/// Sorts `row` by column modulo `phases`: sequence p takes the columns p, p + phases, p + 2·phases and so on.
fn sort_into_phases(row: &[f32], sorted: &mut [f32], phase_width: usize, phases: usize) {
    for (phase, sequence) in sorted.chunks_exact_mut(phase_width).enumerate() {
        let columns = row[phase..].iter().step_by(phases);
        let count = columns.len();
        sequence.iter_mut().zip(columns).for_each(|(to, &from)| *to = from);
        sequence[count..].fill(0.0);
    }
}

/// The weights as one slice in the order of their axes, copied only if they lie differently.
pub(super) fn in_order<'a>(weight: &'a ArrayView4<'_, f32>) -> CowArray<'a, f32, Ix4> {
    weight.as_standard_layout()
}

/// The elements of `output` in the order of their axes, after giving it `shape` if it has another.
pub(super) fn fitting(output: &mut Array4<f32>, shape: Shape) -> &mut [f32] {
    if output.dim() != shape || !output.is_standard_layout() {
        *output = Array4::zeros(shape);
    }
    output.as_slice_mut().unwrap_or_default()
}
