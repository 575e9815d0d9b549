//! Denoising of similar patches together: what repeats itself within a picture is told from noise.

use super::dct::{Lanes, SIDE, forward, inverse};

/// Patches that are denoised together at most.
pub const GROUP: usize = 16;

/// Reference patches stand so far apart, each way.
const STRIDE: usize = 4;

/// A patch, transformed or not, row after row.
type Patch = [Lanes; SIDE];

/// Collaborative filtering in the manner of BM3D (Dabov, Foi, Katkovnik, Egiazarian, 2007) on planes that are repeated.
pub struct Grouped {
    size: [usize; 2],
    reach: usize,
    /// Reference patches down and to the right.
    references: [usize; 2],
    /// Planes with a margin, in which patches need no wrapping: what is filtered, and what is compared.
    noisy: Vec<f32>,
    guide: Vec<f32>,
    /// Squared distances of cells, and of the best patches of each reference with their offsets.
    cells: Vec<f32>,
    columns: Vec<f32>,
    distances: Vec<[f32; GROUP]>,
    offsets: Vec<[[i16; 2]; GROUP]>,
    counts: Vec<u8>,
    total: Vec<f32>,
    weights: Vec<f32>,
    window: Patch,
}

impl Grouped {
    #[must_use]
    pub fn new(size: [usize; 2], reach: usize) -> Self {
        let references = size.map(|side| side.div_ceil(STRIDE));
        let padded = Self::padded(size, reach);
        let pixels = padded[0] * padded[1];
        let count = references[0] * references[1];
        let kaiser: [f32; SIDE] = [0.438_676, 0.633_16, 0.808_51, 0.931_64, 0.931_64, 0.808_51, 0.633_16, 0.438_676];
        let window = std::array::from_fn(|y| std::array::from_fn(|x| kaiser[y] * kaiser[x]));
        Self {
            size,
            reach,
            references,
            noisy: vec![0.0; pixels],
            guide: vec![0.0; pixels],
            cells: vec![0.0; (references[0] + 1) * (references[1] + 1)],
            columns: vec![0.0; (references[1] + 1) * STRIDE],
            distances: vec![[0.0; GROUP]; count],
            offsets: vec![[[0; 2]; GROUP]; count],
            counts: vec![0; count],
            total: vec![0.0; pixels],
            weights: vec![0.0; pixels],
            window,
        }
    }

    fn padded(size: [usize; 2], reach: usize) -> [usize; 2] {
        size.map(|side| side.div_ceil(STRIDE) * STRIDE + 2 * reach + SIDE)
    }

    fn pad(&self, source: &[f32], target: &mut [f32]) {
        let [height, width] = self.size;
        let [_, padded_width] = Self::padded(self.size, self.reach);
        let place = |index: usize, side: usize| (index + side * self.reach.div_ceil(side) - self.reach) % side;
        for (y, row) in target.chunks_exact_mut(padded_width).enumerate() {
            let source = &source[place(y, height) * width..][..width];
            for (x, target) in row.iter_mut().enumerate() {
                *target = source[place(x, width)];
            }
        }
    }

    /// Finds the patches of `guide` that are most like each reference patch; `limit` is the largest mean square difference.
    pub fn find(&mut self, guide: &[f32], group: usize, limit: f32) {
        let mut padded = std::mem::take(&mut self.guide);
        self.pad(guide, &mut padded);
        let [_, width] = Self::padded(self.size, self.reach);
        let [rows, columns] = self.references;
        let reach = self.reach as isize;
        let limit = limit * (SIDE * SIDE) as f32;
        for (distances, offsets) in self.distances.iter_mut().zip(&mut self.offsets) {
            distances.fill(f32::INFINITY);
            distances[0] = 0.0;
            offsets[0] = [0, 0];
        }
        self.counts.fill(1);
        for down in -reach..=reach {
            for right in -reach..=reach {
                if down == 0 && right == 0 {
                    continue;
                }
                self.compare(&padded, width, [down, right]);
                for row in 0..rows {
                    let upper = &self.cells[row * (columns + 1)..(row + 1) * (columns + 1)];
                    let lower = &self.cells[(row + 1) * (columns + 1)..(row + 2) * (columns + 1)];
                    for column in 0..columns {
                        let distance = upper[column] + upper[column + 1] + lower[column] + lower[column + 1];
                        let index = row * columns + column;
                        if distance < self.distances[index][group - 1] && distance < limit {
                            let (distances, offsets) = (&mut self.distances[index], &mut self.offsets[index]);
                            let mut place = usize::from(self.counts[index]).min(group - 1);
                            while place > 1 && distances[place - 1] > distance {
                                distances[place] = distances[place - 1];
                                offsets[place] = offsets[place - 1];
                                place -= 1;
                            }
                            distances[place] = distance;
                            offsets[place] = [down as i16, right as i16];
                            self.counts[index] = (self.counts[index] + 1).min(group as u8);
                        }
                    }
                }
            }
        }
        self.guide = padded;
    }

    /// Squared distances of all cells to those at an offset.
    fn compare(&mut self, plane: &[f32], width: usize, [down, right]: [isize; 2]) {
        let [rows, columns] = self.references;
        for row in 0..=rows {
            let sums = &mut self.columns[..];
            sums.fill(0.0);
            for i in 0..STRIDE {
                let own = (self.reach + row * STRIDE + i) * width + self.reach;
                let other = own.wrapping_add_signed(down * width as isize + right);
                let length = sums.len();
                for ((sum, a), b) in sums.iter_mut().zip(&plane[own..own + length]).zip(&plane[other..other + length]) {
                    *sum += (a - b) * (a - b);
                }
            }
            let cells = &mut self.cells[row * (columns + 1)..(row + 1) * (columns + 1)];
            for (cell, sums) in cells.iter_mut().zip(sums.as_chunks::<STRIDE>().0) {
                *cell = (sums[0] + sums[1]) + (sums[2] + sums[3]);
            }
        }
    }

    /// Filters `noisy` by groups that were found; with a `pilot`, by Wiener gains of its groups.
    pub fn filter(&mut self, noisy: &[f32], pilot: Option<&[f32]>, sigma: f32, threshold: f32, clean: &mut [f32]) {
        let mut source = std::mem::take(&mut self.noisy);
        self.pad(noisy, &mut source);
        let mut pilots = std::mem::take(&mut self.guide);
        if let Some(pilot) = pilot {
            self.pad(pilot, &mut pilots);
        }
        self.total.fill(0.0);
        self.weights.fill(0.0);
        let [_, width] = Self::padded(self.size, self.reach);
        let [rows, columns] = self.references;
        let mut group = [[[0.0; SIDE]; SIDE]; GROUP];
        let mut pilot_group = [[[0.0; SIDE]; SIDE]; GROUP];
        for row in 0..rows {
            for column in 0..columns {
                let index = row * columns + column;
                let count = 1 << usize::from(self.counts[index]).ilog2();
                let origin = (self.reach + row * STRIDE) * width + self.reach + column * STRIDE;
                let offsets = self.offsets[index];
                let place = |n: usize| {
                    origin.wrapping_add_signed(offsets[n][0] as isize * width as isize + offsets[n][1] as isize)
                };
                for (n, patch) in group[..count].iter_mut().enumerate() {
                    *patch = transform(&source[place(n)..], width);
                }
                hadamard(&mut group[..count]);
                let scale = 1.0 / count as f32;
                let mut sum = 0.0;
                if pilot.is_some() {
                    for (n, patch) in pilot_group[..count].iter_mut().enumerate() {
                        *patch = transform(&pilots[place(n)..], width);
                    }
                    hadamard(&mut pilot_group[..count]);
                    let noise = sigma * sigma * count as f32;
                    let mut sums = [0.0; SIDE];
                    for (patch, pilot) in group[..count].iter_mut().zip(&pilot_group) {
                        for (values, pilots) in patch.iter_mut().zip(pilot) {
                            for lane in 0..SIDE {
                                let power = pilots[lane] * pilots[lane];
                                let gain = power / (power + noise);
                                values[lane] *= gain;
                                sums[lane] += gain * gain;
                            }
                        }
                    }
                    sum = sums.iter().sum::<f32>();
                } else {
                    let limit = threshold * sigma * (count as f32).sqrt();
                    let mut sums = [0.0; SIDE];
                    for patch in &mut group[..count] {
                        for values in patch {
                            for lane in 0..SIDE {
                                let keep = if values[lane].abs() >= limit { 1.0 } else { 0.0 };
                                values[lane] *= keep;
                                sums[lane] += keep;
                            }
                        }
                    }
                    sum = sums.iter().sum::<f32>() + sum;
                }
                hadamard(&mut group[..count]);
                let weight = 1.0 / sum.max(1.0);
                for (n, patch) in group[..count].iter().enumerate() {
                    let patch = back(patch);
                    let place = place(n);
                    for (y, (values, window)) in patch.iter().zip(&self.window).enumerate() {
                        let start = place + y * width;
                        let total = &mut self.total[start..start + SIDE];
                        let weights = &mut self.weights[start..start + SIDE];
                        for lane in 0..SIDE {
                            let weight = weight * window[lane];
                            total[lane] += weight * scale * values[lane];
                            weights[lane] += weight;
                        }
                    }
                }
            }
        }
        self.noisy = source;
        self.guide = pilots;
        self.fold(clean);
    }

    fn fold(&mut self, clean: &mut [f32]) {
        let [height, width] = self.size;
        let [padded_height, padded_width] = Self::padded(self.size, self.reach);
        let place = |index: usize, side: usize| (index + side * self.reach.div_ceil(side) - self.reach) % side;
        let own = |y: usize, x: usize| (self.reach + y) * padded_width + self.reach + x;
        for y in 0..padded_height {
            for x in 0..padded_width {
                let inside =
                    (self.reach..self.reach + height).contains(&y) && (self.reach..self.reach + width).contains(&x);
                if !inside {
                    let target = own(place(y, height), place(x, width));
                    self.total[target] += self.total[y * padded_width + x];
                    self.weights[target] += self.weights[y * padded_width + x];
                }
            }
        }
        for (y, clean) in clean.chunks_exact_mut(width).enumerate() {
            let start = own(y, 0);
            for (x, clean) in clean.iter_mut().enumerate() {
                *clean = self.total[start + x] / self.weights[start + x];
            }
        }
    }
}

fn transform(plane: &[f32], width: usize) -> Patch {
    let mut patch = [[0.0; SIDE]; SIDE];
    for (y, row) in patch.iter_mut().enumerate() {
        row.copy_from_slice(&plane[y * width..][..SIDE]);
    }
    forward(&turned(&forward(&patch)))
}

fn back(patch: &Patch) -> Patch {
    inverse(&turned(&inverse(patch)))
}

#[inline(always)]
fn turned(patch: &Patch) -> Patch {
    std::array::from_fn(|y| std::array::from_fn(|x| patch[x][y]))
}

fn hadamard(group: &mut [Patch]) {
    let mut step = 1;
    while step < group.len() {
        for pair in group.chunks_exact_mut(2 * step) {
            let (first, second) = pair.split_at_mut(step);
            for (a, b) in
                first.as_flattened_mut().as_flattened_mut().iter_mut().zip(second.as_flattened_mut().as_flattened_mut())
            {
                (*a, *b) = (*a + *b, *a - *b);
            }
        }
        step *= 2;
    }
}
