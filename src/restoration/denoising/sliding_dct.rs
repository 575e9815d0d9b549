//! Denoising by the sliding discrete cosine transform: every patch is transformed, small coefficients are noise.
//!
//! Patches overlap, and so does their work. Downwards, a column's transform serves all patches that it belongs to; only
//! the transforms to the right are each patch's own, eight patches side by side. On the way back likewise: patches are
//! added up before their columns are transformed back.

use super::dct::{LANES, Lanes, SIDE, forward, inverse};

/// Coefficients below this many standard deviations are noise.
const THRESHOLD: f32 = 2.7;

/// Removes white Gaussian noise from planes that are repeated: sliding patches of 8 × 8, hard threshold 2.7σ, weights
/// 1/(coefficients that are left) (Yaroslavsky, 1996; Guleryuz, 2007). Planes of one row or column get patches of
/// 1 × 8 or 8 × 1.
pub struct SlidingDct {
    size: [usize; 2],
    stride: usize,
    /// Columns of a phase.
    length: usize,
    /// The noisy plane with its first columns once more, every `stride`th column together: row after row, phase after
    /// phase.
    phases: Vec<f32>,
    /// Weighted sums of patches and of weights, in the same order.
    total: Vec<f32>,
    weights: Vec<f32>,
    /// Of one row of patches: the columns' transforms, frequency after frequency, and sums of patches in that domain.
    columns: Vec<f32>,
    sums: Vec<f32>,
    weight_sums: Vec<f32>,
}

impl SlidingDct {
    /// The memory for planes of `size`, rows and columns, with patches `stride` pixels apart: 1 is best, 2 and 4 are four
    /// and sixteen times as fast.
    ///
    /// # Panics
    /// When a side or the stride is zero.
    #[must_use]
    pub fn new(size: [usize; 2], stride: usize) -> Self {
        assert!(size[0] > 0 && size[1] > 0 && stride > 0, "a plane without pixels");
        // A single column is a phase of its own.
        let stride_right = if size[1] == 1 { 1 } else { stride };
        // Patches in groups, the last one's columns, and a group's worth of filling.
        let length = (size[1].div_ceil(stride_right)).next_multiple_of(LANES) + SIDE;
        let row = stride_right * length;
        Self {
            size,
            stride,
            length,
            phases: vec![0.0; size[0] * row],
            total: vec![0.0; size[0] * row],
            weights: vec![0.0; size[0] * row],
            columns: vec![0.0; SIDE * row],
            sums: vec![0.0; SIDE * row],
            weight_sums: vec![0.0; row],
        }
    }

    /// Writes `noisy` without its noise, of standard deviation `sigma`, to `clean`. Nothing is allocated.
    ///
    /// # Panics
    /// When a length does not fit the size.
    pub fn denoise(&mut self, noisy: &[f32], sigma: f32, clean: &mut [f32]) {
        let [height, width] = self.size;
        assert!(noisy.len() == height * width && clean.len() == noisy.len(), "planes of another size");
        let (phases, length) = (self.columns.len() / SIDE / self.length, self.length);
        for (row, source) in self.phases.chunks_exact_mut(phases * length).zip(noisy.chunks_exact(width)) {
            for (phase, target) in row.chunks_exact_mut(length).enumerate() {
                for (index, target) in target.iter_mut().enumerate() {
                    *target = source[(index * phases + phase) % width];
                }
            }
        }
        self.total.fill(0.0);
        self.weights.fill(0.0);
        for top in (0..height).step_by(if height == 1 { 1 } else { self.stride }) {
            self.transform_columns(top);
            self.filter_row(THRESHOLD * sigma);
            self.add_columns(top);
        }
        self.gather(clean);
    }

    /// Transforms the columns of the patches whose first row is `top`.
    fn transform_columns(&mut self, top: usize) {
        let row = self.columns.len() / SIDE;
        if self.size[0] == 1 {
            self.columns[..row].copy_from_slice(&self.phases[..row]);
            return;
        }
        let sources: [&[f32]; SIDE] = std::array::from_fn(|i| {
            let y = (top + i) % self.size[0];
            &self.phases[y * row..(y + 1) * row]
        });
        for start in (0..row).step_by(LANES) {
            let transformed = forward(&sources.map(|source| load(&source[start..])));
            for (frequency, values) in transformed.iter().enumerate() {
                self.columns[frequency * row + start..][..LANES].copy_from_slice(values);
            }
        }
    }

    /// Transforms, thresholds and transforms back a row of patches, and adds them up with their weights.
    fn filter_row(&mut self, threshold: f32) {
        let (length, row) = (self.length, self.columns.len() / SIDE);
        let phases = row / length;
        let patches = self.size[1].div_ceil(phases);
        let place = |j: usize| j % phases * length + j / phases;
        self.sums.fill(0.0);
        self.weight_sums.fill(0.0);
        let [downs, rights] = self.size.map(|side| if side == 1 { 1 } else { SIDE });
        for start in (0..length - SIDE).step_by(LANES) {
            let mut group = [[[0.0; LANES]; SIDE]; SIDE];
            let mut counts = [0.0; LANES];
            for (down, patch) in group[..downs].iter_mut().enumerate() {
                let columns = &self.columns[down * row..(down + 1) * row];
                if rights == 1 {
                    patch[0] = load(&columns[start..]);
                } else {
                    *patch = forward(&std::array::from_fn(|j| load(&columns[place(j) + start..])));
                }
                for values in &mut patch[..rights] {
                    for lane in 0..LANES {
                        let keep = if values[lane].abs() >= threshold { 1.0 } else { 0.0 };
                        counts[lane] += keep;
                        values[lane] *= keep;
                    }
                }
            }
            let mut weights: Lanes = counts.map(|count| 1.0 / count.max(1.0));
            // What fills up the last group repeats earlier patches, and counts for nothing.
            weights[patches.saturating_sub(start).min(LANES)..].fill(0.0);
            for (down, patch) in group[..downs].iter_mut().enumerate() {
                let sums = &mut self.sums[down * row..(down + 1) * row];
                if rights > 1 {
                    *patch = inverse(patch);
                }
                for (j, values) in patch[..rights].iter().enumerate() {
                    let sums = &mut sums[place(j) + start..][..LANES];
                    for lane in 0..LANES {
                        sums[lane] += weights[lane] * values[lane];
                    }
                }
            }
            for j in 0..rights {
                let sums = &mut self.weight_sums[place(j) + start..][..LANES];
                for lane in 0..LANES {
                    sums[lane] += weights[lane];
                }
            }
        }
    }

    /// Transforms the sums of the patches whose first row is `top` back and adds them to the whole.
    fn add_columns(&mut self, top: usize) {
        let row = self.columns.len() / SIDE;
        let rows = if self.size[0] == 1 { 1 } else { SIDE };
        for start in (0..row).step_by(LANES) {
            let mut values = std::array::from_fn(|frequency| load(&self.sums[frequency * row + start..]));
            if rows > 1 {
                values = inverse(&values);
            }
            for (i, values) in values[..rows].iter().enumerate() {
                let first = (top + i) % self.size[0] * row + start;
                for (total, value) in self.total[first..first + LANES].iter_mut().zip(values) {
                    *total += value;
                }
                let sums = &self.weight_sums[start..start + LANES];
                for (weight, sum) in self.weights[first..first + LANES].iter_mut().zip(sums) {
                    *weight += sum;
                }
            }
        }
    }

    /// Folds the columns that stand there twice and divides by the weights.
    fn gather(&mut self, clean: &mut [f32]) {
        let (length, row) = (self.length, self.columns.len() / SIDE);
        let (phases, width) = (row / length, self.size[1]);
        let place = |x: usize| x % phases * length + x / phases;
        let rows = self.total.chunks_exact_mut(row).zip(self.weights.chunks_exact_mut(row));
        for ((total, weights), clean) in rows.zip(clean.chunks_exact_mut(width)) {
            for x in width..row {
                total[place(x % width)] += total[place(x)];
                weights[place(x % width)] += weights[place(x)];
            }
            for phase in 0..phases {
                let own = phase * length..(phase + 1) * length;
                let quotients = total[own.clone()].iter().zip(&weights[own]);
                for (clean, (total, weight)) in clean.iter_mut().skip(phase).step_by(phases).zip(quotients) {
                    *clean = total / weight;
                }
            }
        }
    }
}

#[inline(always)]
fn load(values: &[f32]) -> Lanes {
    let mut lanes = [0.0; LANES];
    lanes.copy_from_slice(&values[..LANES]);
    lanes
}
