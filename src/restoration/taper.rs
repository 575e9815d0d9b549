//! Edge taper: the picture fades towards its own blur at its edges, so that repeating it makes no jump.
//!
//! J = αg + (1−α)(h∗g) with α = (1−β_y)⊗(1−β_x), β the normalised circular autocorrelation of the kernel's projection on
//! an axis: 1 at the edge, 0 farther inside than the kernel reaches. (As in Reeves, 2005.)

use crate::imaging::{Boundary, Image, Kernel, blur};

/// `picture`, tapered for `kernel`.
pub(super) fn tapered(picture: &Image, kernel: &Kernel) -> Image {
    let [height, width] = picture.size();
    let down: Vec<f64> =
        kernel.weights().chunks_exact(kernel.width()).map(|row| row.iter().map(|&w| f64::from(w)).sum()).collect();
    let along: Vec<f64> = (0..kernel.width())
        .map(|column| kernel.weights().iter().skip(column).step_by(kernel.width()).map(|&w| f64::from(w)).sum())
        .collect();
    let (kept_down, kept_along) = (kept(&down, height), kept(&along, width));
    let mut tapered = blur(picture, kernel, Boundary::Circular);
    for channel in 0..picture.channels() {
        let source = picture.channel(channel);
        for (index, value) in tapered.channel_mut(channel).iter_mut().enumerate() {
            let alpha = kept_down[index / width] * kept_along[index % width];
            *value = alpha * source[index] + (1.0 - alpha) * *value;
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
    let mut correlation = vec![0.0; period];
    for (i, a) in projection.iter().enumerate() {
        for (j, b) in projection.iter().enumerate() {
            correlation[(i + period * projection.len() - j) % period] += a * b;
        }
    }
    let largest = correlation[0].max(f64::MIN_POSITIVE);
    (0..side).map(|index| (1.0 - correlation[index % period] / largest).clamp(0.0, 1.0) as f32).collect()
}
