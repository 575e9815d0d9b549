//! Edge taper: the picture fades towards its own blur at its edges, so that repeating it makes no jump.
//!
//! J = αg + (1−α)(h∗g) with α = (1−β_y)⊗(1−β_x), β the normalised circular autocorrelation of the kernel's projection on
//! an axis: 1 at the edge, 0 farther inside than the kernel reaches. (As in Reeves, 2005.)

use crate::imaging::fourier::{RealFft2, Spectrum};
use crate::imaging::{Image, Kernel};

/// `picture`, tapered for `kernel`, whose transform by `transform`, a plan of the picture's size, is `otf`.
pub(super) fn tapered(picture: &Image, kernel: &Kernel, transform: &RealFft2, otf: &Spectrum) -> Image {
    let [height, width] = picture.size();
    let mut down = vec![0.0; kernel.height()];
    let mut along = vec![0.0; kernel.width()];
    for (weights, down) in kernel.weights().chunks_exact(kernel.width()).zip(&mut down) {
        for (&weight, along) in weights.iter().zip(&mut along) {
            *down += f64::from(weight);
            *along += f64::from(weight);
        }
    }
    let (kept_down, kept_along) = (kept(&down, height), kept(&along, width));
    let (mut spectrum, mut scratch) = (transform.spectrum(), transform.scratch());
    let mut tapered = picture.clone();
    for channel in 0..picture.channels() {
        let (source, target) = (picture.channel(channel), tapered.channel_mut(channel));
        transform.forward(source, &mut spectrum, &mut scratch);
        spectrum.multiply(otf);
        transform.inverse(&mut spectrum, target, &mut scratch);
        for (index, (&value, blurred)) in source.iter().zip(target).enumerate() {
            let alpha = kept_down[index / width] * kept_along[index % width];
            *blurred = alpha * value + (1.0 - alpha) * *blurred;
        }
    }
    tapered
}

/// 1 − β at each pixel of an axis. An axis of one pixel has no edge to speak of.
fn kept(projection: &[f64], side: usize) -> Vec<f32> {
    if side == 1 {
        return vec![1.0];
    }
    // Distances are circular with period side − 1, so that the first and the last pixel both stand at the edge.
    let period = side - 1;
    let mut folded = vec![0.0; period.min(projection.len())];
    for (index, weight) in projection.iter().enumerate() {
        folded[index % period] += weight;
    }
    let mut correlation = vec![0.0; period];
    for (i, a) in folded.iter().enumerate() {
        for (j, b) in folded.iter().enumerate() {
            correlation[(i + period - j) % period] += a * b;
        }
    }
    let largest = correlation[0].max(f64::MIN_POSITIVE);
    (0..side).map(|index| (1.0 - correlation[index % period] / largest).clamp(0.0, 1.0) as f32).collect()
}
