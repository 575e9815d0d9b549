//! Denoising of similar patches together: what repeats itself within a picture is told from noise.
//!
//! For each of many reference patches the most similar patches near it make a group. A cosine transform of each patch
//! and a Hadamard transform through the group gather what they have in common in few coefficients. Twice: first small
//! coefficients are dropped, then the result tells how much of each coefficient is picture and how much noise.

use super::dct::{Lanes, SIDE, forward, inverse};

/// The most patches of a group.
pub const LARGEST_GROUP: usize = 16;

/// Reference patches stand so far apart, each way.
const STRIDE: usize = 4;

/// Similar patches are sought so far away, each way.
const REACH: usize = 10;

/// Coefficients below this many standard deviations are noise.
const THRESHOLD: f32 = 2.7;

/// A Kaiser window of β = 2 along a side: patches are best in their middles.
const WINDOW: Lanes = [0.438_68, 0.681_32, 0.876_84, 0.985_82, 0.985_82, 0.876_84, 0.681_32, 0.438_68];

/// A patch or its transform, row after row.
type Patch = [Lanes; SIDE];

/// The members of a reference patch's group, the most similar first.
#[derive(Clone, Copy)]
struct Group {
    /// Squared distances.
    distances: [f32; LARGEST_GROUP],
    /// Rows and columns from the reference patch, which is the first itself.
    offsets: [[i8; 2]; LARGEST_GROUP],
}

/// Collaborative filtering in the manner of BM3D (Dabov, Foi, Katkovnik, Egiazarian, 2007) of planes that are repeated,
/// with fewer reference patches and a smaller search, made to be run many times.
pub struct Grouped {
    size: [usize; 2],
    /// Reference patches, down and to the right.
    references: [usize; 2],
    /// Rows and columns of a plane with margins, in which no patch needs to be wrapped.
    padded: [usize; 2],
    groups: Vec<Group>,
    /// How many patches a group has.
    members: usize,
    noisy: Vec<f32>,
    /// What is compared, or the first stage's result.
    guide: Vec<f32>,
    /// Squared distances of columns and of cells of four by four to those at an offset.
    columns: Vec<f32>,
    cells: Vec<f32>,
    total: Vec<f32>,
    weights: Vec<f32>,
}

impl Grouped {
    /// The memory for planes of `size`, rows and columns; each reference patch is alone until [`Grouped::find`].
    ///
    /// # Panics
    /// When a side is zero.
    #[must_use]
    pub fn new(size: [usize; 2]) -> Self {
        assert!(size[0] > 0 && size[1] > 0, "a plane without pixels");
        let references = size.map(|side| side.div_ceil(STRIDE));
        let padded = references.map(|count| count * STRIDE + 2 * REACH + SIDE);
        let plane = || vec![0.0; padded[0] * padded[1]];
        let alone = Group { distances: [0.0; LARGEST_GROUP], offsets: [[0, 0]; LARGEST_GROUP] };
        Self {
            size,
            references,
            padded,
            groups: vec![alone; references[0] * references[1]],
            members: 1,
            noisy: plane(),
            guide: plane(),
            columns: vec![0.0; (references[1] + 1) * STRIDE],
            cells: vec![0.0; (references[0] + 1) * (references[1] + 1)],
            total: plane(),
            weights: plane(),
        }
    }

    /// Groups the patches of `guide` by likeness, `members` to a group: 1 to [`LARGEST_GROUP`], rounded down to a power of
    /// two. Nothing is allocated.
    ///
    /// # Panics
    /// When a length does not fit the size.
    pub fn find(&mut self, guide: &[f32], members: usize) {
        pad(guide, self.size, &mut self.guide, self.padded[1]);
        self.members = 1 << members.clamp(1, LARGEST_GROUP).ilog2();
        for group in &mut self.groups {
            group.distances.fill(f32::INFINITY);
            // The reference patch itself comes first, whatever else is the same.
            group.distances[0] = f32::NEG_INFINITY;
            group.offsets.fill([0, 0]);
        }
        let reach = REACH as i8;
        if self.members > 1 {
            for down in -reach..=reach {
                for right in -reach..=reach {
                    if [down, right] != [0, 0] {
                        self.compare([down, right]);
                        self.sort_in([down, right]);
                    }
                }
            }
        }
    }

    /// The squared distances of all cells to those at `offset`.
    fn compare(&mut self, [down, right]: [i8; 2]) {
        let [rows, columns] = self.references.map(|count| count + 1);
        let width = self.padded[1];
        let length = self.columns.len();
        for row in 0..rows {
            self.columns.fill(0.0);
            for y in row * STRIDE..(row + 1) * STRIDE {
                let own = (REACH + y) * width + REACH;
                let other = own.wrapping_add_signed(isize::from(down) * width as isize + isize::from(right));
                let pairs = self.guide[own..own + length].iter().zip(&self.guide[other..other + length]);
                for (sum, (a, b)) in self.columns.iter_mut().zip(pairs) {
                    *sum += (a - b) * (a - b);
                }
            }
            let cells = &mut self.cells[row * columns..(row + 1) * columns];
            for (cell, sums) in cells.iter_mut().zip(self.columns.as_chunks::<STRIDE>().0) {
                *cell = sums.iter().sum();
            }
        }
    }

    /// Takes the patches at `offset` into the groups to which they are nearer than the last members.
    fn sort_in(&mut self, offset: [i8; 2]) {
        let columns = self.references[1];
        let last = self.members - 1;
        let cells = self.cells.chunks_exact(columns + 1).zip(self.cells.chunks_exact(columns + 1).skip(1));
        for (groups, (upper, lower)) in self.groups.chunks_exact_mut(columns).zip(cells) {
            for (group, (upper, lower)) in groups.iter_mut().zip(upper.windows(2).zip(lower.windows(2))) {
                let distance = upper[0] + upper[1] + lower[0] + lower[1];
                if distance < group.distances[last] {
                    let mut place = last;
                    while distance < group.distances[place - 1] {
                        group.distances[place] = group.distances[place - 1];
                        group.offsets[place] = group.offsets[place - 1];
                        place -= 1;
                    }
                    group.distances[place] = distance;
                    group.offsets[place] = offset;
                }
            }
        }
    }

    /// Writes `noisy` without its white noise, of standard deviation `sigma`, to `clean`, by the groups that were found
    /// last. Nothing is allocated.
    ///
    /// # Panics
    /// When a length does not fit the size.
    pub fn denoise(&mut self, noisy: &[f32], sigma: f32, clean: &mut [f32]) {
        pad(noisy, self.size, &mut self.noisy, self.padded[1]);
        // A variance too small to be squared in f32 would divide zero by zero.
        let variance = (sigma * sigma).max(1e-20);
        self.filter(false, variance, clean);
        pad(clean, self.size, &mut self.guide, self.padded[1]);
        self.filter(true, variance, clean);
    }

    /// One stage: coefficients are dropped, or `guided` by the first stage's result.
    fn filter(&mut self, guided: bool, variance: f32, clean: &mut [f32]) {
        self.total.fill(0.0);
        self.weights.fill(0.0);
        let width = self.padded[1];
        let columns = self.references[1];
        let (mut patches, mut pilots) = ([[[0.0; SIDE]; SIDE]; LARGEST_GROUP], [[[0.0; SIDE]; SIDE]; LARGEST_GROUP]);
        let (patches, pilots) = (&mut patches[..self.members], &mut pilots[..self.members]);
        // The Hadamard transform is not scaled: variances grow with the number of patches.
        let noise = variance * self.members as f32;
        for (index, group) in self.groups.iter().enumerate() {
            let reference = (REACH + index / columns * STRIDE) * width + REACH + index % columns * STRIDE;
            let place = |member: usize| {
                let [down, right] = group.offsets[member].map(isize::from);
                reference.wrapping_add_signed(down * width as isize + right)
            };
            for (member, patch) in patches.iter_mut().enumerate() {
                *patch = transform(&self.noisy[place(member)..], width);
            }
            hadamard(patches);
            let kept = if guided {
                for (member, patch) in pilots.iter_mut().enumerate() {
                    *patch = transform(&self.guide[place(member)..], width);
                }
                hadamard(pilots);
                weigh(patches, pilots, noise)
            } else {
                drop_small(patches, THRESHOLD * THRESHOLD * noise)
            };
            hadamard(patches);
            let weight = 1.0 / kept.max(1.0);
            let scale = weight / self.members as f32;
            for (member, patch) in patches.iter().enumerate() {
                let values = inverse(&turned(&inverse(patch)));
                for (y, values) in values.iter().enumerate() {
                    let start = place(member) + y * width;
                    let (scale, weight) = (scale * WINDOW[y], weight * WINDOW[y]);
                    add(&mut self.total[start..], scale, values);
                    add(&mut self.weights[start..], weight, &[1.0; SIDE]);
                }
            }
        }
        self.gather(clean);
    }

    /// Folds the margins in and divides by the weights.
    fn gather(&mut self, clean: &mut [f32]) {
        let [height, width] = self.size;
        let [rows, columns] = self.padded;
        let own = |y: usize, x: usize| (REACH + y) * columns + REACH + x;
        for y in 0..rows {
            for x in 0..columns {
                if !(REACH..REACH + height).contains(&y) || !(REACH..REACH + width).contains(&x) {
                    let target = own(wrapped(y, height), wrapped(x, width));
                    self.total[target] += self.total[y * columns + x];
                    self.weights[target] += self.weights[y * columns + x];
                }
            }
        }
        for (y, clean) in clean.chunks_exact_mut(width).enumerate() {
            let row = own(y, 0)..own(y, width);
            for (clean, (total, weight)) in clean.iter_mut().zip(self.total[row.clone()].iter().zip(&self.weights[row]))
            {
                *clean = total / weight;
            }
        }
    }
}

/// Where a row or column of a padded plane comes from.
fn wrapped(index: usize, side: usize) -> usize {
    (index + side * REACH.div_ceil(side) - REACH) % side
}

fn pad(plane: &[f32], [height, width]: [usize; 2], padded: &mut [f32], columns: usize) {
    assert!(plane.len() == height * width, "a plane of another size");
    for (y, row) in padded.chunks_exact_mut(columns).enumerate() {
        let source = &plane[wrapped(y, height) * width..][..width];
        for (x, target) in row.iter_mut().enumerate() {
            *target = source[wrapped(x, width)];
        }
    }
}

/// The cosine transform of the patch whose first row `plane` begins with; columns become rows.
#[inline(always)]
fn transform(plane: &[f32], width: usize) -> Patch {
    let mut patch = [[0.0; SIDE]; SIDE];
    for (y, row) in patch.iter_mut().enumerate() {
        row.copy_from_slice(&plane[y * width..][..SIDE]);
    }
    forward(&turned(&forward(&patch)))
}

#[inline(always)]
fn turned(patch: &Patch) -> Patch {
    let mut result = [[0.0; SIDE]; SIDE];
    for y in 0..SIDE {
        for x in 0..SIDE {
            result[y][x] = patch[x][y];
        }
    }
    result
}

/// Adds windowed values with a factor to the first samples of `row`.
#[inline(always)]
fn add(row: &mut [f32], factor: f32, values: &Lanes) {
    if let Some(row) = row.first_chunk_mut::<SIDE>() {
        let mut sums = *row;
        for x in 0..SIDE {
            sums[x] += factor * WINDOW[x] * values[x];
        }
        *row = sums;
    }
}

/// The Hadamard transform through a group, which is its own inverse but for a factor.
#[inline]
fn hadamard(group: &mut [Patch]) {
    let mut step = 1;
    while step < group.len() {
        for pair in group.chunks_exact_mut(2 * step) {
            let (first, second) = pair.split_at_mut(step);
            for (first, second) in first.iter_mut().zip(second) {
                for y in 0..SIDE {
                    let (a, b) = (first[y], second[y]);
                    let (mut sum, mut difference) = (a, a);
                    for x in 0..SIDE {
                        sum[x] += b[x];
                    }
                    for x in 0..SIDE {
                        difference[x] -= b[x];
                    }
                    (first[y], second[y]) = (sum, difference);
                }
            }
        }
        step *= 2;
    }
}

/// Drops coefficients whose squares are below `limit`; returns how many are left.
#[inline]
fn drop_small(group: &mut [Patch], limit: f32) -> f32 {
    let mut counts = [0.0; SIDE];
    for values in group.as_flattened_mut() {
        for lane in 0..SIDE {
            let keep = if values[lane] * values[lane] >= limit { 1.0 } else { 0.0 };
            values[lane] *= keep;
            counts[lane] += keep;
        }
    }
    counts.iter().sum()
}

/// Multiplies by Wiener's gains, which are told by the pilots; returns the sum of their squares.
#[inline]
fn weigh(group: &mut [Patch], pilots: &[Patch], noise: f32) -> f32 {
    let mut sums = [0.0; SIDE];
    for (values, pilots) in group.as_flattened_mut().iter_mut().zip(pilots.as_flattened()) {
        for lane in 0..SIDE {
            let power = pilots[lane] * pilots[lane];
            let gain = power / (power + noise);
            values[lane] *= gain;
            sums[lane] += gain * gain;
        }
    }
    sums.iter().sum()
}
