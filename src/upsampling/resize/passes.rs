//! A plane through the weights of both axes, a row at a time, so that what stands between the passes stays in the cache.

use ndarray::{ArrayView2, ArrayViewMut2};

use super::weights::{Phase, Phases, Weights};
use crate::convolution::lanes::{LANES, Lanes};

/// Working memory that stays between runs.
#[derive(Clone, Debug, Default)]
pub(in crate::upsampling) struct Scratch {
    /// Rows between the passes.
    between: Vec<f32>,
    /// A row of the result, where that has no rows in one piece, or a row's phases.
    line: Vec<f32>,
}

/// Sets `output` to rows · plane · columnsᵀ. The sizes must be those of the weights.
pub(in crate::upsampling) fn run(
    rows: &Weights,
    columns: &Weights,
    plane: ArrayView2<f32>,
    mut output: ArrayViewMut2<f32>,
    scratch: &mut Scratch,
) {
    let packed;
    let plane = if plane.ncols() == 1 || plane.strides()[1] == 1 {
        plane
    } else {
        packed = plane.as_standard_layout();
        packed.view()
    };
    let row_of = |y: usize| plane.row(y).to_slice().unwrap_or_default();
    let mut spare = std::mem::take(&mut scratch.line);
    let between = &mut scratch.between;
    let rising = rows.starts().is_sorted();
    if rows.outputs() < rows.inputs() || !rising {
        // Vertically first: there are fewer rows afterwards.
        between.resize(columns.inputs().max(between.len()), 0.0);
        let between = &mut between[..columns.inputs()];
        for (y, target) in output.rows_mut().into_iter().enumerate() {
            let (start, weights) = rows.run(y);
            sum_rows(weights, |tap| row_of(start + tap), between);
            write(target, |target, phases| along(columns, between, target, phases), &mut spare);
        }
    } else {
        // Horizontally first. Of the rows afterwards as many are kept as one of the result needs.
        let (taps, width) = (rows.taps(), columns.outputs());
        between.resize((taps * width).max(between.len()), 0.0);
        let mut next = 0;
        let mut targets = output.rows_mut().into_iter().enumerate().peekable();
        while let Some((y, target)) = targets.next() {
            let (start, weights) = rows.run(y);
            for y in next.max(start)..start + taps {
                along(columns, row_of(y), &mut between[y % taps * width..][..width], &mut spare);
            }
            next = start + taps;
            let kept = |tap: usize| &between[(start + tap) % taps * width..][..width];
            // Two rows of the result between the same rows of the plane are computed together.
            if let Some((second, mut other)) = targets.next_if(|(second, _)| rows.run(*second).0 == start) {
                let mut target = target;
                let weights = [weights, rows.run(second).1];
                if let (Some(first), Some(second)) = (target.as_slice_mut(), other.as_slice_mut()) {
                    sum_rows_twice(weights, kept, [first, second]);
                } else {
                    write(target, |target, _| sum_rows(weights[0], kept, target), &mut spare);
                    write(other, |target, _| sum_rows(weights[1], kept, target), &mut spare);
                }
            } else {
                write(target, |target, _| sum_rows(weights, kept, target), &mut spare);
            }
        }
    }
    scratch.line = spare;
}

/// Lets a row be computed in place where it is in one piece.
fn write(
    mut target: ndarray::ArrayViewMut1<f32>,
    compute: impl FnOnce(&mut [f32], &mut Vec<f32>),
    spare: &mut Vec<f32>,
) {
    if let Some(target) = target.as_slice_mut() {
        compute(target, spare);
    } else {
        let mut line = vec![0.0; target.len()];
        compute(&mut line, spare);
        target.iter_mut().zip(line).for_each(|(to, value)| *to = value);
    }
}

/// Sets `target` to the weighted sum of rows.
fn sum_rows<'a>(weights: &[f32], row: impl Fn(usize) -> &'a [f32], target: &mut [f32]) {
    match *weights {
        [1.0] => target.copy_from_slice(&row(0)[..target.len()]),
        [a, b] => sums([[a, b]], [row(0), row(1)], [target]),
        [a, b, c] => sums([[a, b, c]], [row(0), row(1), row(2)], [target]),
        [a, b, c, d] => sums([[a, b, c, d]], [row(0), row(1), row(2), row(3)], [target]),
        [a, b, c, d, e, f] => {
            sums([[a, b, c, d, e, f]], [row(0), row(1), row(2), row(3), row(4), row(5)], [target]);
        }
        _ => {
            target.fill(0.0);
            let (fours, rest) = weights.as_chunks::<4>();
            for (i, weights) in fours.iter().enumerate() {
                add(weights, [row(4 * i), row(4 * i + 1), row(4 * i + 2), row(4 * i + 3)], target);
            }
            for (i, weight) in rest.iter().enumerate() {
                add(&[*weight], [row(4 * fours.len() + i)], target);
            }
        }
    }
}

/// Sets each of two targets to a weighted sum of the same rows.
fn sum_rows_twice<'a>(weights: [&[f32]; 2], row: impl Fn(usize) -> &'a [f32], [first, second]: [&mut [f32]; 2]) {
    match weights {
        [&[a, b], &[c, d]] => sums([[a, b], [c, d]], [row(0), row(1)], [first, second]),
        [&[a, b, c, d], &[e, f, g, h]] => {
            sums([[a, b, c, d], [e, f, g, h]], [row(0), row(1), row(2), row(3)], [first, second]);
        }
        [&[a, b, c, d, e, f], &[g, h, i, j, k, l]] => {
            let rows = [row(0), row(1), row(2), row(3), row(4), row(5)];
            sums([[a, b, c, d, e, f], [g, h, i, j, k, l]], rows, [first, second]);
        }
        [one, other] => {
            sum_rows(one, &row, first);
            sum_rows(other, &row, second);
        }
    }
}

/// Vectors that are computed between two turns of a loop, so that addresses are added up once for all.
const BLOCK: usize = 4;

/// Sets each target to its weighted sum of the rows; targets are of the same length and rows no shorter.
///
/// Not inlined: where the compiler sees that rows overlap it reads them number by number.
#[inline(never)]
fn sums<const T: usize, const R: usize>(weights: [[f32; T]; R], rows: [&[f32]; T], mut targets: [&mut [f32]; R]) {
    let splat = weights.map(|weights| weights.map(Lanes::splat));
    let length = targets[0].len();
    for (first, count) in blocks(length, BLOCK * LANES) {
        let rows = rows.map(|row| &row[first..].as_chunks::<LANES>().0.as_chunks::<BLOCK>().0[..count]);
        let mut targets = targets.each_mut().map(|target| {
            let (vectors, _) = target[first..].as_chunks_mut::<LANES>();
            &mut vectors.as_chunks_mut::<BLOCK>().0[..count]
        });
        for i in 0..count {
            for vector in 0..BLOCK {
                let values = rows.map(|row| Lanes::load(&row[i][vector]));
                for (weights, target) in splat.iter().zip(&mut targets) {
                    weighted(weights, &values).store(&mut target[i][vector]);
                }
            }
        }
    }
    if length < BLOCK * LANES {
        for (weights, target) in weights.iter().zip(&mut targets) {
            for (x, to) in target.iter_mut().enumerate() {
                *to = (0..T).map(|tap| weights[tap] * rows[tap][x]).sum();
            }
        }
    }
}

/// Where blocks of `size` among `length` begin, and how many follow each other from there; the last one overlaps the
/// one before if there is no other way to the end. None if all are fewer than a block.
fn blocks(length: usize, size: usize) -> impl Iterator<Item = (usize, usize)> {
    let last = (!length.is_multiple_of(size)).then(|| length.checked_sub(size)).flatten();
    [(0, length / size)].into_iter().chain(last.map(|last| (last, 1)))
}

/// The sum of products; there is at least one.
#[inline(always)]
fn weighted<const T: usize>(weights: &[Lanes; T], values: &[Lanes; T]) -> Lanes {
    let mut sum = weights[0].times(values[0]);
    for tap in 1..T {
        sum = sum.plus_product(weights[tap], values[tap]);
    }
    sum
}

fn add<const T: usize>(weights: &[f32; T], rows: [&[f32]; T], target: &mut [f32]) {
    let rows = rows.map(|row| &row[..target.len()]);
    for (x, to) in target.iter_mut().enumerate() {
        for tap in 0..T {
            *to += weights[tap] * rows[tap][x];
        }
    }
}

/// Sets `target` to a row through the weights of the columns.
fn along(columns: &Weights, row: &[f32], target: &mut [f32], spare: &mut Vec<f32>) {
    let Some(Phases { inside, phases }) = columns.phases() else {
        return some(columns, row, target, 0);
    };
    let factor = phases.len();
    let (before, rest) = target.split_at_mut(inside.start * factor);
    let (middle, after) = rest.split_at_mut(inside.len() * factor);
    some(columns, row, before, 0);
    some(columns, row, after, inside.end * factor);
    // What a phase reads, in step with the inputs inside.
    let source =
        |phase: &Phase, tap: usize| &row[inside.start.saturating_add_signed(phase.offset) + tap..][..inside.len()];
    if let [first, second] = phases.as_slice() {
        let even = |tap| source(first, tap);
        match (first.weights.as_slice(), second.weights.as_slice(), second.offset - first.offset) {
            (&[a], &[b], 0) => return doubled::<1, 1, 0>([[a], [b]], [even(0)], middle),
            (&[a, b], &[c, d], 0) => return doubled::<2, 2, 0>([[a, b], [c, d]], [even(0), even(1)], middle),
            (&[a, b], &[c, d], 1) => {
                return doubled::<2, 3, 1>([[a, b], [c, d]], [even(0), even(1), even(2)], middle);
            }
            (&[a, b, c, d], &[e, f, g, h], 0) => {
                let window = [even(0), even(1), even(2), even(3)];
                return doubled::<4, 4, 0>([[a, b, c, d], [e, f, g, h]], window, middle);
            }
            (&[a, b, c, d], &[e, f, g, h], 1) => {
                let window = [even(0), even(1), even(2), even(3), source(second, 3)];
                return doubled::<4, 5, 1>([[a, b, c, d], [e, f, g, h]], window, middle);
            }
            (&[a, b, c, d, e, f], &[g, h, i, j, k, l], 1) => {
                let window = [even(0), even(1), even(2), even(3), even(4), even(5), source(second, 5)];
                return doubled::<6, 7, 1>([[a, b, c, d, e, f], [g, h, i, j, k, l]], window, middle);
            }
            _ => {}
        }
    }
    spare.resize(inside.len().max(spare.len()), 0.0);
    let spare = &mut spare[..inside.len()];
    for (which, phase) in phases.iter().enumerate() {
        sum_rows(&phase.weights, |tap| source(phase, tap), spare);
        middle.iter_mut().skip(which).step_by(factor).zip(&*spare).for_each(|(to, &value)| *to = value);
    }
}

/// Two phases in turn, over the same window of `U` shifted rows, the second phase from its row `D` on.
///
/// Not inlined: where the compiler sees that the rows overlap it reads them number by number.
#[inline(never)]
fn doubled<const T: usize, const U: usize, const D: usize>(
    weights: [[f32; T]; 2],
    window: [&[f32]; U],
    target: &mut [f32],
) {
    const PAIR: usize = 2;
    let pairs = target.as_chunks_mut::<PAIR>().0;
    let [even, odd] = weights.map(|weights| weights.map(Lanes::splat));
    for (first, count) in blocks(pairs.len(), PAIR * LANES) {
        let (vectors, _) = pairs[first..].as_flattened_mut().as_chunks_mut::<LANES>();
        let targets = &mut vectors.as_chunks_mut::<PAIR>().0.as_chunks_mut::<PAIR>().0[..count];
        let window = window.map(|row| &row[first..].as_chunks::<LANES>().0.as_chunks::<PAIR>().0[..count]);
        for (i, target) in targets.iter_mut().enumerate() {
            for (vector, [low, high]) in target.iter_mut().enumerate() {
                let values = window.map(|row| Lanes::load(&row[i][vector]));
                let sums = [(&even, 0), (&odd, D)].map(|(weights, first)| {
                    let values: [Lanes; T] = std::array::from_fn(|tap| values[first + tap]);
                    weighted(weights, &values)
                });
                let [first, second] = sums[0].alternate(sums[1]);
                first.store(low);
                second.store(high);
            }
        }
    }
    if pairs.len() < PAIR * LANES {
        for (x, [first, second]) in pairs.iter_mut().enumerate() {
            *first = (0..T).map(|tap| weights[0][tap] * window[tap][x]).sum();
            *second = (0..T).map(|tap| weights[1][tap] * window[tap + D][x]).sum();
        }
    }
}

/// Sets `target`, the outputs from `first` on, to the sums of their runs.
fn some(columns: &Weights, row: &[f32], target: &mut [f32], first: usize) {
    let starts = &columns.starts()[first..][..target.len()];
    let taps = columns.taps();
    let values = &columns.values()[first * taps..][..target.len() * taps];
    match taps {
        1 => {
            for ((to, &start), &weight) in target.iter_mut().zip(starts).zip(values) {
                *to = weight * row[start];
            }
        }
        2 => runs::<2>(starts, values, row, target),
        3 => runs::<3>(starts, values, row, target),
        4 => runs::<4>(starts, values, row, target),
        6 => runs::<6>(starts, values, row, target),
        _ => {
            for ((to, &start), weights) in target.iter_mut().zip(starts).zip(values.chunks_exact(taps)) {
                *to = product(weights, &row[start..][..taps]);
            }
        }
    }
}

fn runs<const T: usize>(starts: &[usize], values: &[f32], row: &[f32], target: &mut [f32]) {
    for ((to, &start), weights) in target.iter_mut().zip(starts).zip(values.as_chunks::<T>().0) {
        let row = &row[start..][..T];
        *to = (0..T).map(|tap| weights[tap] * row[tap]).sum();
    }
}

/// The sum of products, in four sums side by side.
fn product(weights: &[f32], values: &[f32]) -> f32 {
    let ((weights, last_weights), (values, last_values)) = (weights.as_chunks::<4>(), values.as_chunks::<4>());
    let mut sums = [0.0; 4];
    for (weights, values) in weights.iter().zip(values) {
        for lane in 0..4 {
            sums[lane] += weights[lane] * values[lane];
        }
    }
    let rest: f32 = last_weights.iter().zip(last_values).map(|(weight, value)| weight * value).sum();
    (sums[0] + sums[2]) + (sums[1] + sums[3]) + rest
}
