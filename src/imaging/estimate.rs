//! How strong the noise in a picture is, from the picture alone. Both ways take it for normal, white and the same
//! everywhere, and answer with its standard deviation in the unit of the samples; a blurred picture suits them, since
//! what is left at the finest scale is noise. Channels are estimated apart and averaged.

use super::boundary::Boundary;
use super::image::Image;

/// Immerkær's estimate (1996): the mean magnitude of the picture under the mask 1 −2 1 / −2 4 −2 / 1 −2 1, which edges and
/// slopes leave at 0, times √(π/2)/6. In a picture of less than three rows or columns, as a signal, the mask is 1 −2 1
/// along the other axis, with √6 in place of 6. None when neither axis has three pixels. Nothing outside is assumed.
#[must_use]
pub fn immerkaer(image: &Image) -> Option<f64> {
    const MASK: [f64; 3] = [1.0, -2.0, 1.0];
    let axes: Vec<usize> = (0..2).filter(|&axis| image.size()[axis] >= MASK.len()).collect();
    if axes.is_empty() {
        return None;
    }
    let norm = 6_f64.sqrt().powi(axes.len() as i32);
    Some(channel_mean(image, |mut plane| {
        for &axis in &axes {
            let places = plane.size[axis] - MASK.len() + 1;
            plane = plane.filtered(axis, places, &MASK, |place, tap| place + tap);
        }
        let mean = plane.values.iter().map(|value| value.abs()).sum::<f64>() / plane.values.len() as f64;
        (std::f64::consts::PI / 2.0).sqrt() * mean / norm
    }))
}

/// The median magnitude of the finest diagonal wavelet coefficients over 0.6745, that of a normal deviate (Donoho,
/// Johnstone, 1994). The wavelet is Daubechies' of two vanishing moments, the picture is mirrored at its edges. Axes of
/// one pixel have no detail, so that a signal's is that of its one axis; None when both are such. Coefficients that
/// vanish to rounding do not count, as flat or clipped areas tell nothing; without others the answer is 0.
#[must_use]
pub fn median_absolute_deviation(image: &Image) -> Option<f64> {
    /// The upper quartile of the normal distribution.
    const QUARTILE: f64 = 0.674_489_750_196_081_7;
    let axes: Vec<usize> = (0..2).filter(|&axis| image.size()[axis] > 1).collect();
    if axes.is_empty() {
        return None;
    }
    Some(channel_mean(image, |mut plane| {
        let largest = plane.values.iter().fold(0.0, |most: f64, value| most.max(value.abs()));
        for &axis in &axes {
            let length = plane.size[axis];
            // Every second place of the full convolution.
            plane = plane.filtered(axis, length.div_ceil(2) + 1, &high_pass(), |place, tap| {
                Boundary::Mirror.index(2 * place as isize - tap as isize + 1, length)
            });
        }
        let mut magnitudes: Vec<f64> =
            plane.values.iter().map(|value| value.abs()).filter(|value| *value > 1e-12 * largest).collect();
        median(&mut magnitudes) / QUARTILE
    }))
}

/// Daubechies' four taps (1988), (1 ± √3)/(4√2) and (3 ± √3)/(4√2), as the high-pass of an analysis.
fn high_pass() -> [f64; 4] {
    let root = 3_f64.sqrt();
    [-(1.0 + root), 3.0 + root, -(3.0 - root), 1.0 - root].map(|tap| tap / (4.0 * std::f64::consts::SQRT_2))
}

/// The middle value, or the mean of the two in the middle; 0 of none.
fn median(values: &mut [f64]) -> f64 {
    let half = values.len() / 2;
    if values.is_empty() {
        return 0.0;
    }
    let even = values.len().is_multiple_of(2);
    let (below, &mut upper, _) = values.select_nth_unstable_by(half, f64::total_cmp);
    let lower = below.iter().copied().fold(0.0, f64::max);
    if even { f64::midpoint(lower, upper) } else { upper }
}

/// The mean of an estimate over the channels.
fn channel_mean(image: &Image, estimate: impl Fn(Plane) -> f64) -> f64 {
    let plane = |channel| Plane {
        size: image.size(),
        values: image.channel(channel).iter().map(|&value| f64::from(value)).collect(),
    };
    (0..image.channels()).map(|channel| estimate(plane(channel))).sum::<f64>() / image.channels() as f64
}

struct Plane {
    size: [usize; 2],
    values: Vec<f64>,
}

impl Plane {
    /// Along one axis, `places` sums of taps times the values that stand at the pixels `source(place, tap)`.
    fn filtered(&self, axis: usize, places: usize, taps: &[f64], source: impl Fn(usize, usize) -> usize) -> Self {
        let width = self.size[1];
        let mut size = self.size;
        size[axis] = places;
        let mut values = vec![0.0; size[0] * size[1]];
        for (y, target) in values.chunks_exact_mut(size[1]).enumerate() {
            for (tap, weight) in taps.iter().enumerate() {
                if axis == 0 {
                    let row = &self.values[source(y, tap) * width..][..width];
                    target.iter_mut().zip(row).for_each(|(sum, value)| *sum += weight * value);
                } else {
                    let row = &self.values[y * width..][..width];
                    target.iter_mut().enumerate().for_each(|(x, sum)| *sum += weight * row[source(x, tap)]);
                }
            }
        }
        Self { size, values }
    }
}
