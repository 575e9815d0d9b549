//! Whether a residual is white: whether its pixels know nothing of each other.

use crate::imaging::image::Image;

/// The largest distance of two pixels that is looked at, along each axis.
pub const MAX_LAG: usize = 8;

/// How pixels of a residual go with others at a distance. A good restoration leaves noise over, and noise is white; what
/// was blurred away too much, or noise that the restoration took for picture, shows as a pattern here.
#[derive(Clone, Debug, PartialEq)]
pub struct Whiteness {
    /// The largest lags looked at, rows and columns: [`MAX_LAG`], or less in a picture that has no such distance.
    pub lags: [usize; 2],
    /// The autocorrelation, (2·rows + 1) × (2·columns + 1) lags, row after row, within −1…1; lag 0, whose value is 1,
    /// stands in the middle. It is its own half turn.
    pub autocorrelation: Vec<f32>,
    /// The largest magnitude at another lag than 0; 0 when there is none.
    pub largest: f32,
    /// 2/√N for N samples: the values of white noise stay within this of 0 but for one in twenty.
    pub band: f32,
    /// How much more the values vary than those of white noise would, in standard deviations of that sum:
    /// (Q − m)/√(2m) with Q = Σ ρ²·N²/n over the m lags of a half plane, n pixel pairs at each (Box, Pierce, 1970; Ljung,
    /// Box, 1978). For white noise Q follows χ² of m degrees of freedom.
    pub score: f64,
}

impl Whiteness {
    /// Whether white noise would look like this: a score up to 3, which it passes all but about once in 300 times.
    #[must_use]
    pub fn is_white(&self) -> bool {
        self.score <= 3.0
    }
}

/// The autocorrelation of a residual at all lags within ±[`MAX_LAG`] in both axes, of signals along their one: the sum of
/// the products of all pixel pairs at that lag, about each channel's mean, as a part of the sum of the squares. Channels
/// are taken together and assumed not to go with each other. A residual of one value, black too, counts as white: it
/// holds no pattern. One that is infinite somewhere, or no number, has an infinite score.
#[must_use]
pub fn whiteness(residual: &Image) -> Whiteness {
    let [height, width] = residual.size();
    let lags = residual.size().map(|side| MAX_LAG.min(side - 1));
    let columns = 2 * lags[1] + 1;
    let middle = lags[0] * columns + lags[1];
    let mut sums = vec![0.0; middle + 1];
    for plane in about_means(residual).chunks_exact(height * width) {
        // Half of the lags: rows upwards, and in the same row those to the left.
        for (index, sum) in sums.iter_mut().enumerate() {
            let (up, right) = (lags[0] - index / columns, index % columns);
            // Columns of the two rows that stand over each other, the upper row moved by right − lags[1].
            let (lower, upper) = (right.saturating_sub(lags[1]), lags[1].saturating_sub(right));
            let length = width - lower.max(upper);
            let rows = plane.chunks_exact(width).skip(up).zip(plane.chunks_exact(width));
            *sum += rows.map(|(low, high)| dot(&low[upper..][..length], &high[lower..][..length])).sum::<f64>();
        }
    }
    let energy = sums[middle];
    let samples = residual.data().len() as f64;
    let mut autocorrelation = vec![0.0; 2 * middle + 1];
    autocorrelation[middle] = 1.0;
    let (mut largest, mut portmanteau) = (0.0_f64, 0.0);
    if energy > 0.0 && energy.is_finite() {
        for (index, sum) in sums[..middle].iter().enumerate() {
            let value = sum / energy;
            autocorrelation[index] = value as f32;
            autocorrelation[2 * middle - index] = value as f32;
            largest = largest.max(value.abs());
            let (up, across) = (lags[0] - index / columns, (index % columns).abs_diff(lags[1]));
            let pairs = (residual.channels() * (height - up) * (width - across)) as f64;
            portmanteau += value * value * samples * samples / pairs;
        }
    }
    let freedom = middle as f64;
    // Without variation, or without another lag, nothing speaks against white.
    let score = if !energy.is_finite() {
        f64::INFINITY
    } else if largest > 0.0 {
        (portmanteau - freedom) / (2.0 * freedom).sqrt()
    } else {
        0.0
    };
    Whiteness { lags, autocorrelation, largest: largest as f32, band: (2.0 / samples.sqrt()) as f32, score }
}

/// The channels without their means, as parts of the largest magnitude so that squares neither overflow nor vanish. All
/// zero when what is left is below what an f32 can hold beside the mean.
fn about_means(residual: &Image) -> Vec<f32> {
    let mut values = Vec::with_capacity(residual.data().len());
    let mut rounding = 0.0_f64;
    for channel in 0..residual.channels() {
        let plane = residual.channel(channel);
        let mean = plane.iter().map(|&value| f64::from(value)).sum::<f64>() / plane.len() as f64;
        values.extend(plane.iter().map(|&value| f64::from(value) - mean));
        rounding = rounding.max(mean.abs() * 1e-9);
    }
    let largest = values.iter().fold(0.0, |most: f64, value| most.max(value.abs()));
    let scale = if largest > rounding { 1.0 / largest } else { 0.0 };
    values.iter().map(|value| (value * scale) as f32).collect()
}

/// Σ a·b, in eight sums that the compiler can keep in one vector.
fn dot(a: &[f32], b: &[f32]) -> f64 {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut sums = [0.0_f32; 8];
    for (a, b) in a.iter().zip(b) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    sums.iter().map(|&sum| f64::from(sum)).sum::<f64>() + f64::from(rest)
}
