//! Pictures made smaller for the eye, without patterns that they do not have.

use super::{linear_from_srgb8, srgb8_from_linear};

/// Makes a picture smaller under a tent that is blind to whatever repeats every `period` pixels, so that no checkerboard
/// of that period shows as a coarser one.
///
/// Pixels are red, green, blue and alpha in sRGB, row after row; they are weighed in linear light, and the result is
/// opaque. The tent reaches, to either side, the least multiple of `period` that is no less than the reduction: its
/// transform is zero at all multiples of 1/`period`, wherever its middle lies (Poisson's sum). At the picture's rims the
/// weights inside are scaled to sum to 1. None when `rgba` is not `width` × `height` pixels, or the new size is empty or
/// larger than the old one.
#[must_use]
pub fn shrink(
    [width, height]: [usize; 2],
    rgba: &[u8],
    [new_width, new_height]: [usize; 2],
    period: usize,
) -> Option<Vec<u8>> {
    let fits = (1..=width).contains(&new_width) && (1..=height).contains(&new_height);
    if !fits || rgba.len() != width.checked_mul(height)?.checked_mul(4)? {
        return None;
    }
    let light: Vec<f32> = (0..=255).map(linear_from_srgb8).collect();
    let columns = tents(width, new_width, period);
    let mut narrow = vec![[0.0_f32; 3]; height * new_width];
    for (row, pixels) in rgba.chunks_exact(width * 4).enumerate() {
        for ((from, weights), to) in columns.iter().zip(&mut narrow[row * new_width..]) {
            for (weight, pixel) in weights.iter().zip(pixels[from * 4..].as_chunks::<4>().0) {
                for (sum, code) in to.iter_mut().zip(pixel) {
                    *sum += weight * light[usize::from(*code)];
                }
            }
        }
    }
    let mut small = Vec::with_capacity(new_width * new_height * 4);
    for (from, weights) in tents(height, new_height, period) {
        for column in 0..new_width {
            let mut sums = [0.0_f32; 3];
            for (place, weight) in weights.iter().enumerate() {
                let pixel = narrow[(from + place) * new_width + column];
                sums.iter_mut().zip(pixel).for_each(|(sum, value)| *sum += weight * value);
            }
            small.extend(sums.map(srgb8_from_linear));
            small.push(255);
        }
    }
    Some(small)
}

/// For each new pixel of an axis its first old one, and the weights of that one and those behind it.
fn tents(length: usize, new_length: usize, period: usize) -> Vec<(usize, Vec<f32>)> {
    let reduction = length as f64 / new_length as f64;
    let period = period.max(1) as f64;
    let reach = (reduction / period).ceil() * period;
    let tent = |place: usize| {
        let middle = (place as f64 + 0.5) * reduction - 0.5;
        let first = (middle - reach).ceil().max(0.0) as usize;
        let last = ((middle + reach).floor() as usize).min(length - 1);
        let weights: Vec<f64> = (first..=last).map(|old| 1.0 - (old as f64 - middle).abs() / reach).collect();
        let sum: f64 = weights.iter().sum();
        (first, weights.into_iter().map(|weight| (weight / sum) as f32).collect())
    };
    (0..new_length).map(tent).collect()
}
