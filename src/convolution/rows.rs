//! The inner loop of both convolutions: one output row as a weighted sum of contiguous stretches of the input.
//!
//! Taps are outside and pixels inside, so that the compiler vectorises over pixels, and the sums of a whole block
//! of pixels stay in registers until the last tap: storing them after every tap would halve the speed, and fewer
//! than six sums in flight would leave the adders waiting for each other.

/// Pixels of a block: eight registers of four lanes, half of what x86-64 and most wasm engines have.
const BLOCK: usize = 32;
/// Pixels of a block at a row's end, where a whole block would mostly be wasted.
const NARROW: usize = 8;
/// Elements that blocks may read beyond the last one that matters.
pub(super) const OVERREAD: usize = NARROW;

/// The taps of an output row, for all the output channels of a group.
#[derive(Clone, Copy)]
pub(super) struct Taps<'a> {
    /// Distance from the row's start to where each tap reads its first pixel.
    pub offsets: &'a [usize],
    /// Weights, as many as `offsets` for each output channel in turn.
    pub weights: &'a [f32],
    /// Number of output channels.
    pub channels: usize,
}

/// Computes `width` pixels of a row of every output channel and hands them to `store`, block by block:
/// `store(channel, x, pixels)` receives the pixels from x on.
///
/// `source` begins at the row's start and reaches [`OVERREAD`] elements further than the last pixel needs.
#[inline]
pub(super) fn correlate(source: &[f32], taps: Taps, width: usize, mut store: impl FnMut(usize, usize, &[f32])) {
    let weights = |channel: usize| &taps.weights[channel * taps.offsets.len()..][..taps.offsets.len()];
    let mut x = 0;
    while width - x >= BLOCK {
        for channel in 0..taps.channels {
            store(channel, x, &block::<BLOCK>(&source[x..], taps.offsets, weights(channel)));
        }
        x += BLOCK;
    }
    while x < width {
        let valid = NARROW.min(width - x);
        for channel in 0..taps.channels {
            store(channel, x, &block::<NARROW>(&source[x..], taps.offsets, weights(channel))[..valid]);
        }
        x += valid;
    }
}

/// The sums of N neighbouring pixels over all taps.
#[inline]
fn block<const N: usize>(source: &[f32], offsets: &[usize], weights: &[f32]) -> [f32; N] {
    let mut sums = [0.0; N];
    for (&offset, &weight) in offsets.iter().zip(weights) {
        let Some(pixels) = source.get(offset..).and_then(|rest| rest.first_chunk::<N>()) else {
            unreachable!("the working copy reaches {OVERREAD} elements past the last pixel");
        };
        for (sum, &pixel) in sums.iter_mut().zip(pixels) {
            *sum += weight * pixel;
        }
    }
    sums
}
