//! The undecimated Haar frame W of a plane that is repeated: at each of four levels, averages and differences of pixels
//! 1, 2, 4 and 8 apart, downwards and to the right. With factors of ½ it is a tight frame, WᵀW = I: what a picture is
//! taken apart into adds up to the picture.

/// Levels of differences.
pub(super) const LEVELS: usize = 4;

/// Bands of differences a level: to the right, downwards, and across.
pub(super) const BANDS: usize = 3;

/// The memory for going through the frame.
pub(super) struct Haar {
    size: [usize; 2],
    /// Averages of two neighbouring levels, in turn.
    averages: [Vec<f32>; 2],
    /// What the differences of each level add up to.
    details: [Vec<f32>; LEVELS],
    /// A row of averages and of differences downwards, and of the three bands.
    rows: [Vec<f32>; 2],
    bands: [Vec<f32>; BANDS],
}

/// Changes a row of each band, told the level and the place of the row's first pixel.
type ChangeBands<'a> = dyn FnMut(usize, usize, [&mut [f32]; BANDS]) + 'a;

impl Haar {
    /// The memory for planes of `size`, rows and columns.
    pub fn new(size: [usize; 2]) -> Self {
        let plane = || vec![0.0; size[0] * size[1]];
        let row = || vec![0.0; size[1]];
        Self {
            size,
            averages: [plane(), plane()],
            details: std::array::from_fn(|_| plane()),
            rows: [row(), row()],
            bands: std::array::from_fn(|_| row()),
        }
    }

    /// Replaces `plane` by Wᵀf(W·plane): takes it apart, has what it is made of changed, and puts it together again, in
    /// one pass a level. `change_bands` gets the level from 0, the place of the row's first pixel in a plane and a row of
    /// each band; `change_averages` gets the plane of averages that is left after the last level. Nothing is allocated.
    pub fn pass(
        &mut self,
        plane: &mut [f32],
        mut change_bands: impl FnMut(usize, usize, [&mut [f32]; BANDS]),
        change_averages: impl FnOnce(&mut [f32]),
    ) {
        self.take_all_apart(plane, &mut change_bands);
        change_averages(&mut self.averages[0]);
        self.put_all_together(plane);
    }

    /// The way down; it asks for changes row by row, which is seldom enough to have it compiled once for all who ask.
    fn take_all_apart(&mut self, plane: &[f32], change_bands: &mut ChangeBands) {
        let [height, width] = self.size;
        let [low, high] = &mut self.rows;
        let [right, down, across] = &mut self.bands;
        let [averages, next] = &mut self.averages;
        for (level, details) in self.details.iter_mut().enumerate() {
            let step = 1 << level;
            let shift = step % width;
            let source: &[f32] = if level == 0 { plane } else { averages };
            details.fill(0.0);
            for y in 0..height {
                let (here, below) = (y * width, (y + step) % height * width);
                let pairs = source[here..here + width].iter().zip(&source[below..below + width]);
                for ((low, high), (a, b)) in low.iter_mut().zip(high.iter_mut()).zip(pairs) {
                    *low = 0.5 * (a + b);
                    *high = 0.5 * (a - b);
                }
                take_apart(low, shift, &mut next[here..here + width], right);
                take_apart(high, shift, down, across);
                change_bands(level, here, [right, down, across]);
                put_together(None, right, shift, low);
                put_together(Some(down), across, shift, high);
                for (target, (low, high)) in details[here..here + width].iter_mut().zip(low.iter().zip(high.iter())) {
                    *target += 0.5 * (low + high);
                }
                for (target, (low, high)) in details[below..below + width].iter_mut().zip(low.iter().zip(high.iter())) {
                    *target += 0.5 * (low - high);
                }
            }
            std::mem::swap(averages, next);
        }
    }

    /// The way up, from the averages of the last level.
    fn put_all_together(&mut self, plane: &mut [f32]) {
        let [height, width] = self.size;
        let [low, _] = &mut self.rows;
        let [averages, next] = &mut self.averages;
        for (level, details) in self.details.iter().enumerate().rev() {
            let step = 1 << level;
            let target: &mut [f32] = if level == 0 { plane } else { next };
            for y in 0..height {
                let (here, above) = (y * width, (y + height - step % height) % height * width);
                let pairs = averages[here..here + width].iter().zip(&averages[above..above + width]);
                for (low, (a, b)) in low.iter_mut().zip(pairs) {
                    *low = 0.5 * (a + b);
                }
                let target = &mut target[here..here + width];
                target.copy_from_slice(&details[here..here + width]);
                let (left, right) = low.split_at(width - step % width);
                // Each pixel gets half of its own and half of the one a step to the left, around the edge.
                for (target, (own, other)) in target.iter_mut().zip(low.iter().zip(right.iter().chain(left))) {
                    *target += 0.5 * (own + other);
                }
            }
            std::mem::swap(averages, next);
        }
    }
}

/// Averages and differences of pixels `shift` apart, around the edge.
#[inline(never)]
fn take_apart(row: &[f32], shift: usize, averages: &mut [f32], differences: &mut [f32]) {
    let [split, end] = [row.len() - shift, row.len()];
    for (own, other) in [(0..split, shift..end), (split..end, 0..shift)] {
        let pairs = row[own.clone()].iter().zip(&row[other]);
        for ((average, difference), (a, b)) in averages[own.clone()].iter_mut().zip(&mut differences[own]).zip(pairs) {
            *average = 0.5 * (a + b);
            *difference = 0.5 * (a - b);
        }
    }
}

/// The adjoint of [`take_apart`]; without averages these are 0.
#[inline(never)]
fn put_together(averages: Option<&[f32]>, differences: &[f32], shift: usize, row: &mut [f32]) {
    let [split, end] = [row.len() - shift, row.len()];
    for (own, other) in [(0..shift, split..end), (shift..end, 0..split)] {
        let pairs = differences[own.clone()].iter().zip(&differences[other.clone()]);
        for (target, (a, b)) in row[own.clone()].iter_mut().zip(pairs) {
            *target = 0.5 * (a - b);
        }
        if let Some(averages) = averages {
            let pairs = averages[own.clone()].iter().zip(&averages[other]);
            for (target, (a, b)) in row[own].iter_mut().zip(pairs) {
                *target += 0.5 * (a + b);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imaging::noise::Random;

    const SIZES: [[usize; 2]; 7] = [[1, 1], [1, 9], [5, 1], [2, 3], [8, 8], [20, 33], [16, 12]];

    fn noise(length: usize, random: &mut Random) -> Vec<f32> {
        (0..length).map(|_| random.normal() as f32).collect()
    }

    fn product(a: &[f32], b: &[f32]) -> f64 {
        a.iter().zip(b).map(|(a, b)| f64::from(a * b)).sum()
    }

    /// All coefficients of a picture, row after row of band after band, and the averages last.
    fn coefficients(frame: &mut Haar, picture: &[f32]) -> Vec<f32> {
        let mut all = Vec::new();
        let mut rest = Vec::new();
        frame.pass(
            &mut picture.to_vec(),
            |_, _, bands| bands.iter().for_each(|band| all.extend_from_slice(band)),
            |averages| rest.extend_from_slice(averages),
        );
        all.extend(rest);
        all
    }

    /// What given coefficients add up to.
    fn picture(frame: &mut Haar, coefficients: &[f32]) -> Vec<f32> {
        let pixels = frame.size[0] * frame.size[1];
        let mut plane = vec![0.0; pixels];
        let mut left = coefficients;
        let mut take = |target: &mut [f32]| {
            let (first, rest) = left.split_at(target.len());
            target.copy_from_slice(first);
            left = rest;
        };
        let take = std::cell::RefCell::new(&mut take);
        frame.pass(
            &mut plane,
            |_, _, bands| bands.into_iter().for_each(|band| take.borrow_mut()(band)),
            |averages| take.borrow_mut()(averages),
        );
        plane
    }

    #[test]
    fn what_is_taken_apart_adds_up_to_the_picture() {
        let mut random = Random::new(7);
        for size in SIZES {
            let picture = noise(size[0] * size[1], &mut random);
            let mut plane = picture.clone();
            Haar::new(size).pass(&mut plane, |_, _, _| {}, |_| {});
            for (value, expected) in plane.iter().zip(&picture) {
                assert!((value - expected).abs() < 1e-6, "{size:?}: {value} for {expected}");
            }
        }
    }

    #[test]
    fn the_adjoint_is_the_adjoint_and_the_frame_keeps_energy() {
        let mut random = Random::new(8);
        for size in SIZES {
            let pixels = size[0] * size[1];
            let mut frame = Haar::new(size);
            let x = noise(pixels, &mut random);
            let y = noise(pixels * (LEVELS * BANDS + 1), &mut random);
            let (of_x, of_y) = (coefficients(&mut frame, &x), picture(&mut frame, &y));
            let (one, other) = (product(&of_x, &y), product(&x, &of_y));
            assert!((one - other).abs() < 1e-5 * pixels as f64, "{size:?}: {one} and {other}");
            let (energy, kept) = (product(&x, &x), product(&of_x, &of_x));
            assert!((energy - kept).abs() < 1e-5 * energy, "{size:?}: {energy} and {kept}");
        }
    }
}
