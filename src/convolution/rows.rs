//! The inner loop of both convolutions: blocks of output pixels as weighted sums of stretches of the input.
//!
//! Taps are outside and pixels inside, so that the compiler vectorises over pixels, and the sums of a whole block stay
//! in registers until the last tap: eight vectors of four lanes, half of what x86-64 and most wasm engines have. Fewer
//! would leave the adders waiting for each other. With several output channels a block holds the sums of two, so that
//! each pixel is read once for both. Taps that stand next to each other run together, with one check of bounds for all.

use std::ops::Range;

use super::lanes::{LANES, Lanes};

/// Channels of a block where there are several.
const PAIR: usize = 2;
/// Pixels of a block of two channels, and of each of two blocks whose pixels alternate.
const HALF: usize = 16;
/// Pixels of a block of one channel.
const WIDE: usize = 32;
/// Pixels of a block at a row's end, where a whole block would mostly be wasted.
const NARROW: usize = 8;
/// Elements that blocks may read beyond the last one that matters, when a row is narrower than a block.
pub(super) const OVERREAD: usize = NARROW;

/// Neighbouring taps that read neighbouring pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    /// Distance from the output row's start to where the first tap reads its first pixel.
    pub offset: usize,
    /// Number of taps.
    pub length: usize,
}

/// Appends a tap to the runs of a list from the one numbered `first` on, which it may lengthen.
pub(super) fn push_tap(runs: &mut Vec<Run>, first: usize, offset: usize) {
    match runs[first..].last_mut() {
        Some(run) if run.offset + run.length == offset => run.length += 1,
        _ => runs.push(Run { offset, length: 1 }),
    }
}

/// The taps of an output row, for all the output channels of a group.
#[derive(Clone, Copy)]
pub(super) struct Taps<'a> {
    /// Where the taps read.
    pub runs: &'a [Run],
    /// Their weights as [`pack`] lays them out.
    pub weights: &'a [f32],
    /// Number of output channels.
    pub channels: usize,
}

impl<'a> Taps<'a> {
    /// The weights of each two channels and of a single one, with the channel that they begin at.
    fn split(
        self,
    ) -> (impl Iterator<Item = (usize, &'a [[f32; PAIR]])>, impl Iterator<Item = (usize, &'a [[f32; 1]])>) {
        let Self { weights, channels, .. } = self;
        let count = weights.len() / channels.max(1);
        let in_pairs = channels / PAIR * PAIR;
        let (pairs, singles) = weights.split_at(in_pairs * count);
        (
            (0..in_pairs).step_by(PAIR).map(move |first| (first, pairs[first * count..][..PAIR * count].as_chunks().0)),
            (in_pairs..channels)
                .map(move |channel| (channel, singles[(channel - in_pairs) * count..][..count].as_chunks().0)),
        )
    }
}

/// Lays out weights as blocks want them: for each two of `channels` output channels, and for one that is left over,
/// `append` appends the weights of these channels, tap by tap.
pub(super) fn pack(weights: &mut Vec<f32>, channels: usize, mut append: impl FnMut(Range<usize>, &mut Vec<f32>)) {
    let pairs = channels / PAIR * PAIR;
    (0..pairs).step_by(PAIR).for_each(|first| append(first..first + PAIR, weights));
    (pairs..channels).for_each(|channel| append(channel..channel + 1, weights));
}

/// Computes `width` pixels of a row of every output channel and hands them to `store`, block by block:
/// `store(channel, x, pixels)` receives the pixels from x on; blocks may overlap.
///
/// `source` begins at the row's start; if `width` is less than [`OVERREAD`], it reaches [`OVERREAD`] elements further than
/// the last pixel needs.
#[inline]
pub(super) fn correlate(source: &[f32], taps: Taps, width: usize, mut store: impl FnMut(usize, usize, &[f32])) {
    let (pairs, singles) = taps.split();
    for (first, weights) in pairs {
        cover(width, HALF, |x, wide, valid| {
            let source = &source[x..];
            let store = |channel, pixels: &[f32]| store(first + channel, x, &pixels[..valid]);
            if wide {
                each(&sums::<PAIR, { HALF / LANES }>(source, taps.runs, weights), store);
            } else {
                each(&sums::<PAIR, { NARROW / LANES }>(source, taps.runs, weights), store);
            }
        });
    }
    for (first, weights) in singles {
        cover(width, WIDE, |x, wide, valid| {
            let source = &source[x..];
            let store = |channel, pixels: &[f32]| store(first + channel, x, &pixels[..valid]);
            if wide {
                each(&sums::<1, { WIDE / LANES }>(source, taps.runs, weights), store);
            } else {
                each(&sums::<1, { NARROW / LANES }>(source, taps.runs, weights), store);
            }
        });
    }
}

/// [`correlate`] for two sequences of taps whose pixels alternate: `width` pixels in all, the first by the first.
#[inline]
pub(super) fn correlate_pair(
    source: &[f32],
    [even, odd]: [Taps; 2],
    width: usize,
    mut store: impl FnMut(usize, usize, &[f32]),
) {
    let count = width.div_ceil(2);
    for ((first, even_weights), (_, odd_weights)) in even.split().0.zip(odd.split().0) {
        cover(count, HALF, |x, wide, valid| {
            let (source, valid) = (&source[x..], (2 * valid).min(width - 2 * x));
            let store = |channel, pixels: &[f32]| store(first + channel, 2 * x, &pixels[..valid]);
            if wide {
                let even = sums::<PAIR, { HALF / LANES }>(source, even.runs, even_weights);
                let odd = sums::<PAIR, { HALF / LANES }>(source, odd.runs, odd_weights);
                each_alternating(&even, &odd, store);
            } else {
                let even = sums::<PAIR, { NARROW / LANES }>(source, even.runs, even_weights);
                let odd = sums::<PAIR, { NARROW / LANES }>(source, odd.runs, odd_weights);
                each_alternating(&even, &odd, store);
            }
        });
    }
    for ((first, even_weights), (_, odd_weights)) in even.split().1.zip(odd.split().1) {
        cover(count, HALF, |x, wide, valid| {
            let (source, valid) = (&source[x..], (2 * valid).min(width - 2 * x));
            let store = |channel, pixels: &[f32]| store(first + channel, 2 * x, &pixels[..valid]);
            if wide {
                let even = sums::<1, { HALF / LANES }>(source, even.runs, even_weights);
                let odd = sums::<1, { HALF / LANES }>(source, odd.runs, odd_weights);
                each_alternating(&even, &odd, store);
            } else {
                let even = sums::<1, { NARROW / LANES }>(source, even.runs, even_weights);
                let odd = sums::<1, { NARROW / LANES }>(source, odd.runs, odd_weights);
                each_alternating(&even, &odd, store);
            }
        });
    }
}

/// Computes R neighbouring rows of a picture's convolution with a column of weights, `width` pixels each, and hands them
/// to `store`, block by block, as [`correlate`] does: `store(row, x, pixels)`.
///
/// `source` begins at the row that the first weight meets for the first output row, and its rows follow each other
/// without a gap. `width` is at least [`NARROW`].
#[inline]
pub(super) fn correlate_columns<const R: usize>(
    source: &[f32],
    width: usize,
    weights: &[f32],
    mut store: impl FnMut(usize, usize, &[f32]),
) {
    cover(width, WIDE / R, |x, wide, valid| {
        let store = |row, pixels: &[f32]| store(row, x, &pixels[..valid]);
        match (wide, R) {
            (true, 2) => each(&column_pair_sums::<{ HALF / LANES }>(&source[x..], width, weights), store),
            (true, _) => each(&[column_sums::<{ WIDE / LANES }>(&source[x..], width, weights)], store),
            (false, 2) => each(&column_pair_sums::<{ NARROW / LANES }>(&source[x..], width, weights), store),
            (false, _) => each(&[column_sums::<{ NARROW / LANES }>(&source[x..], width, weights)], store),
        }
    });
}

/// The sums of N vectors of neighbouring pixels over a column of weights.
#[inline]
fn column_sums<const N: usize>(source: &[f32], pitch: usize, weights: &[f32]) -> [Lanes; N] {
    let mut sums = [[Lanes::splat(0.0); N]];
    for (pixels, &weight) in source.chunks(pitch).zip(weights) {
        add(&mut sums, pixels, &[weight]);
    }
    sums[0]
}

/// [`column_sums`] of two rows, the second one row further down.
#[inline]
fn column_pair_sums<const N: usize>(source: &[f32], pitch: usize, weights: &[f32]) -> [[Lanes; N]; 2] {
    let mut sums = [[Lanes::splat(0.0); N]; 2];
    let (Some(&first), Some(&last)) = (weights.first(), weights.last()) else { return sums };
    let [upper, lower] = &mut sums;
    add(std::array::from_mut(upper), source, &[first]);
    let (pixels, end) = source[pitch..].split_at((weights.len() - 1) * pitch);
    let mut both = [*upper, *lower];
    for (pixels, pair) in pixels.chunks_exact(pitch).zip(weights.windows(2)) {
        add(&mut both, pixels, &[pair[1], pair[0]]);
    }
    sums = both;
    let [_, lower] = &mut sums;
    add(std::array::from_mut(lower), end, &[last]);
    sums
}

/// Cuts `width` pixels into blocks of `wide` and, where that would be wasteful, of [`NARROW`], and hands over where each
/// begins, whether it is wide, and how many of its pixels count. The last block overlaps the one before it, if there is
/// any.
#[inline(always)]
fn cover(width: usize, wide: usize, mut block: impl FnMut(usize, bool, usize)) {
    let mut x = 0;
    while width - x >= wide {
        block(x, true, wide);
        x += wide;
    }
    if x > 0 && width - x > NARROW {
        block(width - wide, true, wide);
        return;
    }
    while x < width {
        if width >= NARROW {
            x = x.min(width - NARROW);
        }
        block(x, false, NARROW.min(width));
        x += NARROW;
    }
}

/// Hands over the numbers of each channel.
#[inline(always)]
fn each<const C: usize, const N: usize>(sums: &[[Lanes; N]; C], mut store: impl FnMut(usize, &[f32])) {
    for (channel, vectors) in sums.iter().enumerate() {
        let mut numbers = [[0.0; LANES]; N];
        for (numbers, vector) in numbers.iter_mut().zip(vectors) {
            vector.store(numbers);
        }
        store(channel, numbers.as_flattened());
    }
}

/// Hands over, for each channel, the first number of `even`, the first of `odd`, the second of `even`, and so on.
#[inline(always)]
fn each_alternating<const C: usize, const N: usize>(
    even: &[[Lanes; N]; C],
    odd: &[[Lanes; N]; C],
    mut store: impl FnMut(usize, &[f32]),
) {
    for (channel, (even, odd)) in even.iter().zip(odd).enumerate() {
        let mut numbers = [[[0.0; LANES]; 2]; N];
        for (([first, second], even), &odd) in numbers.iter_mut().zip(even).zip(odd) {
            let alternating = even.alternate(odd);
            alternating[0].store(first);
            alternating[1].store(second);
        }
        store(channel, numbers.as_flattened().as_flattened());
    }
}

/// The sums of N vectors of neighbouring pixels of C channels over all taps.
#[inline]
fn sums<const C: usize, const N: usize>(source: &[f32], runs: &[Run], weights: &[[f32; C]]) -> [[Lanes; N]; C] {
    let mut sums = [[Lanes::splat(0.0); N]; C];
    let mut rest = weights;
    for run in runs {
        let pixels = &source[run.offset..run.offset + run.length - 1 + LANES * N];
        let (weights, others) = rest.split_at(run.length);
        rest = others;
        // Four at a time; what is left over the compiler writes out.
        let (fours, rest) = weights.as_chunks::<4>();
        let mut pixels = pixels;
        for [first, second, third, fourth] in fours {
            let now = &pixels[..LANES * N + 3];
            add(&mut sums, &now[..LANES * N], first);
            add(&mut sums, &now[1..=LANES * N], second);
            add(&mut sums, &now[2..LANES * N + 2], third);
            add(&mut sums, &now[3..], fourth);
            pixels = &pixels[4.min(pixels.len())..];
        }
        for (pixels, weights) in pixels.windows(LANES * N).zip(rest) {
            add(&mut sums, pixels, weights);
        }
    }
    sums
}

/// Adds what one tap contributes.
#[inline(always)]
fn add<const C: usize, const N: usize>(sums: &mut [[Lanes; N]; C], pixels: &[f32], weights: &[f32; C]) {
    let (pixels, _) = pixels.as_chunks::<LANES>();
    let Some(pixels) = pixels.first_chunk::<N>() else { return };
    let pixels = pixels.map(|pixels| Lanes::load(&pixels));
    for (sums, &weight) in sums.iter_mut().zip(weights) {
        let weight = Lanes::splat(weight);
        for (sum, &pixel) in sums.iter_mut().zip(&pixels) {
            *sum = sum.plus_product(weight, pixel);
        }
    }
}
