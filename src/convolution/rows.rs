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
    /// How many channels share blocks, and how many taps there are.
    fn extent(self) -> (usize, usize) {
        (self.channels / PAIR * PAIR, self.weights.len() / self.channels.max(1))
    }

    /// The weights of each two channels, with the channel that they begin at.
    fn pairs(self) -> impl Iterator<Item = (usize, &'a [[f32; PAIR]])> {
        let (paired, count) = self.extent();
        let weights = self.weights;
        (0..paired).step_by(PAIR).map(move |first| (first, weights[first * count..][..PAIR * count].as_chunks().0))
    }

    /// The weights of each channel that is left over, with the channel.
    fn singles(self) -> impl Iterator<Item = (usize, &'a [[f32; 1]])> {
        let (paired, count) = self.extent();
        let weights = self.weights;
        (paired..self.channels).map(move |channel| (channel, weights[channel * count..][..count].as_chunks().0))
    }
}

/// Lays out weights as blocks want them: for each two of `channels` output channels, and for one that is left over,
/// `append` appends the weights of these channels, tap by tap.
pub(super) fn pack(weights: &mut Vec<f32>, channels: usize, mut append: impl FnMut(Range<usize>, &mut Vec<f32>)) {
    let pairs = channels / PAIR * PAIR;
    (0..pairs).step_by(PAIR).for_each(|first| append(first..first + PAIR, weights));
    (pairs..channels).for_each(|channel| append(channel..channel + 1, weights));
}

/// Where a row of every output channel goes.
pub(super) struct Target<'a> {
    /// The pixels from the first channel's row on.
    pub pixels: &'a mut [f32],
    /// Elements from a channel to the next.
    pub plane: usize,
}

impl Target<'_> {
    /// Puts the first `valid` numbers of `vectors` down from pixel `x` of a channel on.
    #[inline(always)]
    fn put<const N: usize>(&mut self, channel: usize, x: usize, valid: usize, vectors: [Lanes; N]) {
        let target = &mut self.pixels[channel * self.plane + x..];
        // Vector by vector: as one copy it would become a call, which takes longer than a small mask.
        if valid == LANES * N {
            let (target, _) = target[..LANES * N].as_chunks_mut();
            target.iter_mut().zip(vectors).for_each(|(target, vector)| vector.store(target));
        } else {
            let mut numbers = [[0.0; LANES]; N];
            numbers.iter_mut().zip(vectors).for_each(|(numbers, vector)| vector.store(numbers));
            target[..valid].copy_from_slice(&numbers.as_flattened()[..valid]);
        }
    }

    /// As [`Target::put`], for each channel from `first` on.
    #[inline(always)]
    fn each<const C: usize, const N: usize>(&mut self, first: usize, x: usize, valid: usize, sums: [[Lanes; N]; C]) {
        for (channel, vectors) in sums.into_iter().enumerate() {
            self.put(first + channel, x, valid, vectors);
        }
    }

    /// As [`Target::put_in_turn`], for each channel from `first` on.
    #[inline(always)]
    fn each_in_turn<const C: usize, const N: usize>(
        &mut self,
        first: usize,
        x: usize,
        valid: usize,
        even: [[Lanes; N]; C],
        odd: [[Lanes; N]; C],
    ) {
        for (channel, pair) in even.into_iter().zip(odd).enumerate() {
            self.put_in_turn(first + channel, x, valid, pair.into());
        }
    }

    /// Puts the first `valid` numbers of `even` and `odd` in turn down from pixel `x` of a channel on.
    #[inline(always)]
    fn put_in_turn<const N: usize>(&mut self, channel: usize, x: usize, valid: usize, [even, odd]: [[Lanes; N]; 2]) {
        let pairs = even.into_iter().zip(odd).map(|(even, odd)| even.alternate(odd));
        let target = &mut self.pixels[channel * self.plane + x..];
        let store = |(target, pair): (&mut [[f32; LANES]; 2], [Lanes; 2])| {
            pair[0].store(&mut target[0]);
            pair[1].store(&mut target[1]);
        };
        if valid == 2 * LANES * N {
            let (target, _) = target[..2 * LANES * N].as_chunks_mut();
            target.as_chunks_mut().0.iter_mut().zip(pairs).for_each(store);
        } else {
            let mut numbers = [[[0.0; LANES]; 2]; N];
            numbers.iter_mut().zip(pairs).for_each(store);
            target[..valid].copy_from_slice(&numbers.as_flattened().as_flattened()[..valid]);
        }
    }
}

/// Computes `width` pixels of a row of every output channel.
///
/// `source` begins at the row's start; if `width` is less than [`OVERREAD`], it reaches [`OVERREAD`] elements further than
/// the last pixel needs.
#[inline]
pub(super) fn correlate(source: &[f32], taps: Taps, width: usize, mut target: Target) {
    for (first, weights) in taps.pairs() {
        cover(width, HALF, |x, wide, valid| {
            let source = &source[x..];
            if wide {
                target.each(first, x, valid, sums::<PAIR, { HALF / LANES }>(source, taps.runs, weights));
            } else {
                target.each(first, x, valid, sums::<PAIR, { NARROW / LANES }>(source, taps.runs, weights));
            }
        });
    }
    for (first, weights) in taps.singles() {
        cover(width, WIDE, |x, wide, valid| {
            let source = &source[x..];
            if wide {
                target.each(first, x, valid, sums::<1, { WIDE / LANES }>(source, taps.runs, weights));
            } else {
                target.each(first, x, valid, sums::<1, { NARROW / LANES }>(source, taps.runs, weights));
            }
        });
    }
}

/// [`correlate`] for two sequences of taps whose pixels alternate: `width` pixels in all, the first by the first.
#[inline]
pub(super) fn correlate_pair(source: &[f32], [even, odd]: [Taps; 2], width: usize, mut target: Target) {
    let count = width.div_ceil(2);
    for ((first, even_weights), (_, odd_weights)) in even.pairs().zip(odd.pairs()) {
        cover(count, HALF, |x, wide, valid| {
            let (source, valid) = (&source[x..], (2 * valid).min(width - 2 * x));
            if wide {
                let even = sums::<PAIR, { HALF / LANES }>(source, even.runs, even_weights);
                let odd = sums::<PAIR, { HALF / LANES }>(source, odd.runs, odd_weights);
                target.each_in_turn(first, 2 * x, valid, even, odd);
            } else {
                let even = sums::<PAIR, { NARROW / LANES }>(source, even.runs, even_weights);
                let odd = sums::<PAIR, { NARROW / LANES }>(source, odd.runs, odd_weights);
                target.each_in_turn(first, 2 * x, valid, even, odd);
            }
        });
    }
    for ((first, even_weights), (_, odd_weights)) in even.singles().zip(odd.singles()) {
        cover(count, HALF, |x, wide, valid| {
            let (source, valid) = (&source[x..], (2 * valid).min(width - 2 * x));
            if wide {
                let even = sums::<1, { HALF / LANES }>(source, even.runs, even_weights);
                let odd = sums::<1, { HALF / LANES }>(source, odd.runs, odd_weights);
                target.each_in_turn(first, 2 * x, valid, even, odd);
            } else {
                let even = sums::<1, { NARROW / LANES }>(source, even.runs, even_weights);
                let odd = sums::<1, { NARROW / LANES }>(source, odd.runs, odd_weights);
                target.each_in_turn(first, 2 * x, valid, even, odd);
            }
        });
    }
}

/// Computes R neighbouring rows of a picture's convolution with a column of weights, `width` pixels each, which
/// `target` takes for its channels.
///
/// `source` begins at the row that the first weight meets for the first output row, and its rows follow each other
/// without a gap. `width` is at least [`NARROW`].
#[inline]
pub(super) fn correlate_columns<const R: usize>(source: &[f32], width: usize, weights: &[f32], mut target: Target) {
    cover(width, WIDE / R, |x, wide, valid| match (wide, R) {
        (true, 2) => target.each(0, x, valid, column_pair_sums::<{ HALF / LANES }>(&source[x..], width, weights)),
        (true, _) => target.each(0, x, valid, [column_sums::<{ WIDE / LANES }>(&source[x..], width, weights)]),
        (false, 2) => target.each(0, x, valid, column_pair_sums::<{ NARROW / LANES }>(&source[x..], width, weights)),
        (false, _) => target.each(0, x, valid, [column_sums::<{ NARROW / LANES }>(&source[x..], width, weights)]),
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
        let (fours, rest) = if C == 1 && run.length > 3 { (&[][..], weights) } else { weights.as_chunks::<4>() };
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
