//! Small masks on one channel, written out: every weight in a register, every output vector a single expression.
//!
//! A loop over taps costs as much as the few products of a 3 × 3 mask; here there is none.

use std::hint::black_box;

use super::lanes::{LANES, Lanes};
use super::rows::{Run, Taps};

/// Vectors of a sequence that are computed together, so that their addresses are added up once.
const BLOCK: usize = 2;

/// What one tap reads for a block.
type Block<const N: usize> = [[f32; LANES]; N];

/// The stretches that T neighbouring taps read, `count` blocks each.
#[inline(always)]
fn stretches<const T: usize, const N: usize>(source: &[f32], run: Run, count: usize) -> [&[Block<N>]; T] {
    std::array::from_fn(|tap| {
        // Opaque, or the compiler would see that the stretches overlap, load each pixel once, and piece vectors together
        // from single lanes, which takes several times as long as to load them.
        let first = black_box(run.offset + tap);
        &source[first..first + LANES * N * count].as_chunks().0.as_chunks().0[..count]
    })
}

/// R runs of T taps each as constants, if that is what `taps` are and there is one channel.
#[inline(always)]
fn shape<const R: usize, const T: usize>(taps: &Taps) -> Option<([Run; R], [[Lanes; T]; R])> {
    let runs = <[Run; R]>::try_from(taps.runs).ok()?;
    let (weights, rest) = taps.weights.as_chunks::<T>();
    let fits = taps.channels == 1 && rest.is_empty() && weights.len() == R && runs.iter().all(|run| run.length == T);
    fits.then(|| (runs, std::array::from_fn(|row| weights[row].map(Lanes::splat))))
}

/// The sums of vector `vector` of block `index`.
#[inline(always)]
fn sum<const R: usize, const T: usize, const N: usize>(
    stretches: &[[&[Block<N>]; T]; R],
    weights: &[[Lanes; T]; R],
    index: usize,
    vector: usize,
) -> Lanes {
    let rows: [Lanes; R] = std::array::from_fn(|row| {
        let mut sum = Lanes::splat(0.0);
        for (stretch, &weight) in stretches[row].iter().zip(&weights[row]) {
            sum = sum.plus_product(weight, Lanes::load(&stretch[index][vector]));
        }
        sum
    });
    rows.into_iter().reduce(Lanes::plus).unwrap_or(Lanes::splat(0.0))
}

/// Computes a row of the output if the mask is 3 × 3 and the row long enough, and says whether it has. `source` begins
/// at the row's start.
#[inline]
pub(super) fn correlate_fixed(source: &[f32], taps: &Taps, target: &mut [f32]) -> bool {
    let Some(last) = target.len().checked_sub(LANES * BLOCK) else { return false };
    let Some((runs, weights)) = shape::<3, 3>(taps) else { return false };
    // The last block may overlap the one before.
    for (first, count) in [(0, target.len() / (LANES * BLOCK)), (last, 1)] {
        let source = &source[first..];
        let stretches = runs.map(|run| stretches::<3, BLOCK>(source, run, count));
        let (target, _) = target[first..].as_chunks_mut::<LANES>();
        for (index, target) in target.as_chunks_mut::<BLOCK>().0.iter_mut().enumerate().take(count) {
            for (vector, target) in target.iter_mut().enumerate() {
                sum(&stretches, &weights, index, vector).store(target);
            }
        }
        if last.is_multiple_of(LANES * BLOCK) {
            break;
        }
    }
    true
}

/// Computes a row of the output whose pixels alternate between `even` and `odd`, if these are one or two runs of one or
/// two taps each and the row is even and long enough, and says whether it has.
#[inline]
pub(super) fn correlate_fixed_pair(source: &[f32], even: &Taps, odd: &Taps, target: &mut [f32]) -> bool {
    alternate::<1, 1, 1>(source, even, odd, target)
        || alternate::<1, 1, 2>(source, even, odd, target)
        || alternate::<1, 2, 1>(source, even, odd, target)
        || alternate::<1, 2, 2>(source, even, odd, target)
        || alternate::<2, 1, 1>(source, even, odd, target)
        || alternate::<2, 1, 2>(source, even, odd, target)
        || alternate::<2, 2, 1>(source, even, odd, target)
        || alternate::<2, 2, 2>(source, even, odd, target)
}

#[inline]
fn alternate<const R: usize, const E: usize, const O: usize>(
    source: &[f32],
    even: &Taps,
    odd: &Taps,
    target: &mut [f32],
) -> bool {
    let Some(last) = (target.len() / 2).checked_sub(LANES * BLOCK) else { return false };
    let (Some(even), Some(odd)) = (shape::<R, E>(even), shape::<R, O>(odd)) else { return false };
    if !target.len().is_multiple_of(2) {
        return false;
    }
    for (first, count) in [(0, target.len() / (2 * LANES * BLOCK)), (last, 1)] {
        let source = &source[first..];
        let even_stretches = even.0.map(|run| stretches::<E, BLOCK>(source, run, count));
        let odd_stretches = odd.0.map(|run| stretches::<O, BLOCK>(source, run, count));
        let (target, _) = target[2 * first..].as_chunks_mut::<LANES>().0.as_chunks_mut::<2>();
        for (index, target) in target.as_chunks_mut::<BLOCK>().0.iter_mut().enumerate().take(count) {
            for (vector, target) in target.iter_mut().enumerate() {
                let even = sum(&even_stretches, &even.1, index, vector);
                let pair = even.alternate(sum(&odd_stretches, &odd.1, index, vector));
                pair[0].store(&mut target[0]);
                pair[1].store(&mut target[1]);
            }
        }
        if last.is_multiple_of(LANES * BLOCK) {
            break;
        }
    }
    true
}
