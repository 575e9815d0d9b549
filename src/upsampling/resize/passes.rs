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
        for (y, target) in output.rows_mut().into_iter().enumerate() {
            let (start, weights) = rows.run(y);
            for y in next.max(start)..start + taps {
                along(columns, row_of(y), &mut between[y % taps * width..][..width], &mut spare);
            }
            next = start + taps;
            let kept = |tap: usize| &between[(start + tap) % taps * width..][..width];
            write(target, |target, _| sum_rows(weights, kept, target), &mut spare);
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
        [a, b] => sum(&[a, b], [row(0), row(1)], target),
        [a, b, c] => sum(&[a, b, c], [row(0), row(1), row(2)], target),
        [a, b, c, d] => sum(&[a, b, c, d], [row(0), row(1), row(2), row(3)], target),
        [a, b, c, d, e, f] => {
            sum(&[a, b, c, d, e, f], [row(0), row(1), row(2), row(3), row(4), row(5)], target);
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

fn sum<const T: usize>(weights: &[f32; T], rows: [&[f32]; T], target: &mut [f32]) {
    let rows = rows.map(|row| &row[..target.len()]);
    for (x, to) in target.iter_mut().enumerate() {
        let mut total = weights[0] * rows[0][x];
        for tap in 1..T {
            total += weights[tap] * rows[tap][x];
        }
        *to = total;
    }
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
    // What each phase reads, in step with the inputs inside.
    let source = |phase: &Phase| {
        let start = inside.start.saturating_add_signed(phase.offset);
        &row[start..start + inside.len() + phase.weights.len() - 1]
    };
    if let [first, second] = phases.as_slice() {
        let sources = [source(first), source(second)];
        match (first.weights.as_slice(), second.weights.as_slice()) {
            (&[a, b], &[c, d]) => return doubled([[a, b], [c, d]], sources, middle),
            (&[a, b, c, d], &[e, f, g, h]) => return doubled([[a, b, c, d], [e, f, g, h]], sources, middle),
            (&[a, b, c, d, e, f], &[g, h, i, j, k, l]) => {
                return doubled([[a, b, c, d, e, f], [g, h, i, j, k, l]], sources, middle);
            }
            _ => {}
        }
    }
    spare.resize(inside.len().max(spare.len()), 0.0);
    let spare = &mut spare[..inside.len()];
    for (which, phase) in phases.iter().enumerate() {
        let source = source(phase);
        sum_rows(&phase.weights, |tap| &source[tap..], spare);
        middle.iter_mut().skip(which).step_by(factor).zip(&*spare).for_each(|(to, &value)| *to = value);
    }
}

/// `source` from its first, second, … number on, `count` numbers each.
fn shifted<const T: usize>(source: &[f32], count: usize) -> [&[f32]; T] {
    std::array::from_fn(|tap| &source[tap..][..count])
}

/// Two phases in turn.
fn doubled<const T: usize>(weights: [[f32; T]; 2], sources: [&[f32]; 2], target: &mut [f32]) {
    let pairs = target.as_chunks_mut::<2>().0;
    let count = pairs.len();
    let [even, odd] = sources.map(|source| shifted::<T>(source, count));
    let splat = weights.map(|weights| weights.map(Lanes::splat));
    let (whole, rest) = pairs.as_chunks_mut::<LANES>();
    let (even_lanes, odd_lanes) =
        (even.map(|s| &s.as_chunks::<LANES>().0[..whole.len()]), odd.map(|s| &s.as_chunks::<LANES>().0[..whole.len()]));
    for (i, target) in whole.iter_mut().enumerate() {
        let mut sums = [Lanes::splat(0.0); 2];
        for tap in 0..T {
            sums[0] = sums[0].plus_product(splat[0][tap], Lanes::load(&even_lanes[tap][i]));
            sums[1] = sums[1].plus_product(splat[1][tap], Lanes::load(&odd_lanes[tap][i]));
        }
        let [low, high] = sums[0].alternate(sums[1]);
        let target = target.as_flattened_mut();
        if let ([first, second], []) = target.as_chunks_mut::<LANES>() {
            low.store(first);
            high.store(second);
        }
    }
    let done = count - rest.len();
    for (i, [first, second]) in rest.iter_mut().enumerate() {
        *first = (0..T).map(|tap| weights[0][tap] * even[tap][done + i]).sum();
        *second = (0..T).map(|tap| weights[1][tap] * odd[tap][done + i]).sum();
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
