//! Small masks on one channel, written out: every weight in a register, every output vector a single expression.
//!
//! A loop over taps costs as much as the few products of a 3 × 3 mask; here there is none.

use super::lanes::{LANES, Lanes};
use super::rows::{Run, Taps};

/// The stretches that T neighbouring taps read, `count` vectors each.
#[inline(always)]
fn stretches<const T: usize>(source: &[f32], run: Run, count: usize) -> [&[[f32; LANES]]; T] {
    let pixels = &source[run.offset..run.offset + LANES * count + T - 1];
    std::array::from_fn(|tap| &pixels[tap..tap + LANES * count].as_chunks().0[..count])
}

/// R runs of T taps each as constants, if that is what `taps` are and there is one channel.
#[inline(always)]
fn shape<const R: usize, const T: usize>(taps: &Taps) -> Option<([Run; R], [[Lanes; T]; R])> {
    let runs = <[Run; R]>::try_from(taps.runs).ok()?;
    let (weights, rest) = taps.weights.as_chunks::<T>();
    let fits = taps.channels == 1 && rest.is_empty() && weights.len() == R && runs.iter().all(|run| run.length == T);
    fits.then(|| (runs, std::array::from_fn(|row| weights[row].map(Lanes::splat))))
}

#[inline(always)]
fn sum<const R: usize, const T: usize>(
    stretches: &[[&[[f32; LANES]]; T]; R],
    weights: &[[Lanes; T]; R],
    index: usize,
) -> Lanes {
    let mut sum = Lanes::splat(0.0);
    for (stretches, weights) in stretches.iter().zip(weights) {
        for (stretch, &weight) in stretches.iter().zip(weights) {
            sum = sum.plus_product(weight, Lanes::load(&stretch[index]));
        }
    }
    sum
}

/// Computes a row of the output if the mask is 3 × 3 and the row long enough, and says whether it has. `source` begins
/// at the row's start.
#[inline]
pub(super) fn correlate_fixed(source: &[f32], taps: &Taps, target: &mut [f32]) -> bool {
    let Some(last) = target.len().checked_sub(LANES) else { return false };
    let Some((runs, weights)) = shape::<3, 3>(taps) else { return false };
    // The last vector may overlap the one before.
    for (first, count) in [(0, target.len() / LANES), (last, 1)] {
        let source = &source[first..];
        let stretches = runs.map(|run| stretches::<3>(source, run, count));
        let (target, _) = target[first..].as_chunks_mut::<LANES>();
        for (index, target) in target.iter_mut().enumerate().take(count) {
            sum(&stretches, &weights, index).store(target);
        }
        if last.is_multiple_of(LANES) {
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
    let Some(last) = (target.len() / 2).checked_sub(LANES) else { return false };
    let (Some(even), Some(odd)) = (shape::<R, E>(even), shape::<R, O>(odd)) else { return false };
    if !target.len().is_multiple_of(2) {
        return false;
    }
    for (first, count) in [(0, target.len() / (2 * LANES)), (last, 1)] {
        let source = &source[first..];
        let even_stretches = even.0.map(|run| stretches::<E>(source, run, count));
        let odd_stretches = odd.0.map(|run| stretches::<O>(source, run, count));
        let (target, _) = target[2 * first..].as_chunks_mut::<LANES>();
        for (index, target) in target.as_chunks_mut::<2>().0.iter_mut().enumerate().take(count) {
            let even = sum(&even_stretches, &even.1, index);
            let [first, second] = even.alternate(sum(&odd_stretches, &odd.1, index));
            first.store(&mut target[0]);
            second.store(&mut target[1]);
        }
        if last.is_multiple_of(LANES) {
            break;
        }
    }
    true
}
