//! Signals made by formula, pictures of one column: what instruments record along a line, before they smear it. Each is
//! the same at every call; of another length it is the same signal, more or less finely sampled.

use super::MAX_SIDE;
use crate::imaging::image::Image;
use crate::imaging::noise::Random;

/// Where nothing is.
const BASE: f64 = 0.02;

fn signal(length: usize, value: impl Fn(f64, f64) -> f64) -> Image {
    let length = length.clamp(1, MAX_SIDE);
    let pixel = 1.0 / length as f64;
    Image::from_fn(1, length, 1, |_, y, _| value((y as f64 + 0.5) * pixel, pixel) as f32)
}

/// Single peaks, each of one sample, of heights 0.15…1 above a dark ground; the last third are pairs that a blur joins.
/// One column of `length` rows, `length` within 1…[`MAX_SIDE`].
#[must_use]
pub fn spikes(length: usize) -> Image {
    let mut random = Random::new(1919);
    let mut peaks = Vec::new();
    for place in 0..12 {
        // One in each twelfth, away from its ends and from those of the signal.
        let position = 0.02 + 0.92 * (f64::from(place) + 0.25 + 0.5 * random.uniform()) / 12.0;
        // Small ones are as frequent as large ones by ratio.
        let height = 0.15 + 0.85 * random.uniform().powi(2);
        peaks.push((position, height));
        if place >= 8 {
            peaks.push((position + 0.004 * f64::from(place - 6), 0.4 + 0.6 * random.uniform()));
        }
    }
    signal(length, |middle, pixel| {
        let inside = |position: f64| (middle - position).abs() <= pixel / 2.0;
        let highest = peaks.iter().filter(|(position, _)| inside(*position)).map(|(_, height)| *height);
        highest.fold(BASE, f64::max)
    })
}

/// Gaussian bands of several widths over each other, on a ground that rises a little; at most 1. One column of `length`
/// rows, `length` within 1…[`MAX_SIDE`].
#[must_use]
pub fn bands(length: usize) -> Image {
    let mut random = Random::new(1800);
    let bands: Vec<[f64; 3]> = (0..11)
        .map(|place| {
            let position = 0.04 + 0.92 * (f64::from(place) + 0.5 + 0.9 * (random.uniform() - 0.5)) / 11.0;
            let width = 0.006 + 0.018 * random.uniform().powi(2);
            [position, width, 0.15 + 0.6 * random.uniform()]
        })
        .collect();
    signal(length, |middle, _| {
        let sum: f64 = bands
            .iter()
            .map(|[position, width, height]| height * (-((middle - position) / width).powi(2) / 2.0).exp())
            .sum();
        (BASE + 0.08 * middle + sum).min(1.0)
    })
}

/// Even stretches between 0.05 and 0.95 with sharp steps between them, a step within a sample by its part. One column of
/// `length` rows, `length` within 1…[`MAX_SIDE`].
#[must_use]
pub fn steps(length: usize) -> Image {
    let mut random = Random::new(1952);
    let mut edges = vec![0.0];
    let mut levels = vec![0.3];
    for place in 1..12 {
        edges.push((f64::from(place) + 0.8 * (random.uniform() - 0.5)) / 12.0);
        // At least a fifth of the range away from the last, up or down.
        let last = (levels[place as usize - 1] - 0.05) / 0.9;
        levels.push(0.05 + 0.9 * (last + 0.2 + 0.6 * random.uniform()).fract());
    }
    edges.push(1.0);
    signal(length, |middle, pixel| {
        let (from, to) = (middle - pixel / 2.0, middle + pixel / 2.0);
        let parts = edges.windows(2).zip(&levels);
        parts.map(|(edge, level)| level * (edge[1].min(to) - edge[0].max(from)).max(0.0) / pixel).sum()
    })
}
