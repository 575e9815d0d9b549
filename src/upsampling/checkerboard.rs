//! The score of a checkerboard: how far the spectrum stands out at the frequencies that a stride leaves behind.

use ndarray::{ArrayView2, s};

use super::UpsamplingError;
use crate::fourier::{RealFft2, Spectrum, fast_size};

/// The score in decibels above which a checkerboard counts as visible.
pub const VISIBLE_DECIBELS: f64 = 6.0;

/// The largest period that can be scored.
pub const MAX_PERIOD: usize = 64;

/// Scores lie within ± this many decibels.
const MOST_DECIBELS: f64 = 60.0;

/// A line of less than this part of the plane's largest magnitude is lost in the steps of a screen's 256 levels; what
/// surrounds a peak counts as at least that. It also bounds the score where nothing surrounds it.
const UNSEEN: f64 = 1e-3;

/// Longer sides are cropped to this.
const MOST_SIDE: usize = 512;

/// Fewer periods along a side leave no room for a neighbourhood between two peaks.
const LEAST_PERIODS: usize = 6;

/// The neighbourhood of a peak reaches this many bins along either axis, or half way to the next peak.
const REACH: usize = 8;

/// The main lobe of the window ends here: nearer bins than this belong to the peak.
const LOBE: usize = 2;

/// How a plane's spectrum stands out at the frequencies n/s.
#[derive(Clone, Debug, PartialEq)]
pub struct Checkerboard {
    /// The score: that of the highest peak, within ±60 dB; −60 dB if there is no frequency to look at.
    pub decibels: f64,
    /// How strong the pattern is: the root mean square of its visible lines as a share of the magnitude of the plane's
    /// mean, from 0; 0 where no line is visible, and no number where the mean is 0.
    pub strength: f64,
    /// Every frequency (i/s, j/s) but (0, 0), one of each conjugate pair, the highest first.
    pub peaks: Vec<Peak>,
}

impl Checkerboard {
    /// Whether the score is above [`VISIBLE_DECIBELS`].
    #[must_use]
    pub fn is_visible(&self) -> bool {
        self.decibels > VISIBLE_DECIBELS
    }

    /// The peaks that are above [`VISIBLE_DECIBELS`], the highest first.
    #[must_use]
    pub fn visible_peaks(&self) -> &[Peak] {
        &self.peaks[..self.peaks.partition_point(|peak| peak.is_visible())]
    }
}

/// One frequency at which a checkerboard may stand out. Its conjugate, at the negative frequency, stands out alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Peak {
    /// Cycles per pixel down and across, (rows, columns), each within (−½, ½], the one down never negative.
    pub frequency: [f64; 2],
    /// How far the line stands above the strongest bin around it, within ±60 dB.
    pub decibels: f64,
    /// The root mean square of the line and its conjugate together, in the plane's units.
    pub amplitude: f64,
}

impl Peak {
    /// Whether it is above [`VISIBLE_DECIBELS`].
    #[must_use]
    pub fn is_visible(&self) -> bool {
        self.decibels > VISIBLE_DECIBELS
    }
}

/// Scores the pattern of `period` pixels, a stride or a product of strides s, that an up-sampling may have left in
/// `plane`, shaped (row, column), with pixel (0, 0) the first of a period.
///
/// A transposed convolution with uneven overlap multiplies what it paints by a pattern that repeats every s pixels. The
/// picture's mean turns that into lines in the spectrum at the frequencies (i/s, j/s), and only there. Each line is
/// compared with what is around it:
///
/// * The line's amplitude is measured twice, and the smaller one is believed. Without a window, over whole periods, it
///   is exactly what the means of the s × s phases say, and it vanishes for blocks of equal pixels; but a jump from one
///   border to the other leaks into it. Under a Hann window along both axes borders do not matter, but strong bins
///   beside an empty one do.
/// * The neighbourhood is the strongest bin of the windowed spectrum, the mean removed, in the ring of 2 to 8 bins
///   around (or up to half way to the next line). Edges of the picture and the images that an interpolation leaves
///   beside n/s run through that ring, and then do not count as a checkerboard. It counts as at least a thousandth of
///   the plane's largest magnitude, below which nothing is seen: a constant plane with a checkerboard scores up to 60 dB
///   by that.
///
/// The score tells whether there is a pattern, not how strong it is: a quiet plane gives a weak pattern away as surely as
/// a busy one a strong pattern. That is what [`Checkerboard::strength`] is for. Where a layer multiplies a constant by
/// a pattern, it is the pattern's standard deviation divided by its mean: √(19/81) = 48 % for flat masks with k = 3, s = 2.
///
/// A picture that itself repeats every s pixels has the same lines and the same score. A plane whose mean is near 0 shows
/// no checkerboard between its details. Values that are not finite score −60 dB.
///
/// Sides above 512 pixels are cropped to their middle; then a crop to a multiple of the period that is transformed fast
/// takes what is left over. The cost is that of one transform of that size, some milliseconds, and s³ products.
///
/// # Errors
/// `period` is 0 or above [`MAX_PERIOD`], or a side is shorter than 6 periods.
pub fn checkerboard(plane: ArrayView2<f32>, period: usize) -> Result<Checkerboard, UpsamplingError> {
    if period == 0 {
        return Err(UpsamplingError::ZeroFactor);
    }
    if period > MAX_PERIOD {
        return Err(UpsamplingError::LongPeriod);
    }
    let side = |length: usize| whole_periods(length, period);
    let (Some(height), Some(width)) = (side(plane.nrows()), side(plane.ncols())) else {
        return Err(UpsamplingError::FewPeriods(LEAST_PERIODS * period));
    };
    // Whole periods before the crop keep the first pixel of a period first.
    let before = |length: usize, side: usize| (length - side) / 2 / period * period;
    let (top, left) = (before(plane.nrows(), height), before(plane.ncols(), width));
    let crop = plane.slice(s![top..top + height, left..left + width]);

    let floor = UNSEEN * crop.iter().fold(0.0_f32, |most, value| most.max(value.abs())) as f64;
    let lines = line_amplitudes(crop, period);
    let spectrum = windowed(crop);
    let surroundings = Surroundings { spectrum: &spectrum, period };
    let mut peaks = Vec::with_capacity(period * period / 2);
    for i in 0..=period / 2 {
        let alone = i == 0 || 2 * i == period;
        let last = if alone { period / 2 } else { period - 1 };
        for j in usize::from(i == 0)..=last {
            let line = lines[i * period + j].min(surroundings.at(i, j));
            let decibels = decibels(line, surroundings.strongest(i, j).max(floor));
            let across = if 2 * j > period { j as f64 - period as f64 } else { j as f64 };
            // A line that is its own conjugate has all its power in one place.
            let own = alone && (j == 0 || 2 * j == period);
            let amplitude = if own { line } else { line * std::f64::consts::SQRT_2 };
            peaks.push(Peak { frequency: [i as f64 / period as f64, across / period as f64], decibels, amplitude });
        }
    }
    peaks.sort_by(|a, b| b.decibels.total_cmp(&a.decibels));
    let power: f64 = peaks.iter().filter(|peak| peak.is_visible()).map(|peak| peak.amplitude.powi(2)).sum();
    let mean = lines.first().copied().unwrap_or(0.0);
    let strength = if power > 0.0 { power.sqrt() / mean } else { 0.0 };
    Ok(Checkerboard {
        decibels: peaks.first().map_or(-MOST_DECIBELS, |peak| peak.decibels),
        strength: if strength.is_finite() { strength } else { f64::NAN },
        peaks,
    })
}

/// The longest side within `length` and the bound that is a multiple of `period` by a number without prime factors
/// above 5, if that is enough periods.
fn whole_periods(length: usize, period: usize) -> Option<usize> {
    let periods = length.min(MOST_SIDE) / period;
    (LEAST_PERIODS..=periods).rev().find(|&periods| fast_size(periods) == periods).map(|periods| periods * period)
}

fn decibels(line: f64, around: f64) -> f64 {
    let ratio = 20.0 * (line / around).log10();
    if ratio.is_nan() { -MOST_DECIBELS } else { ratio.clamp(-MOST_DECIBELS, MOST_DECIBELS) }
}

/// The amplitudes of the frequencies (i/s, j/s) without a window, in row-major order of (i, j): the transform of the
/// means of the s × s phases.
fn line_amplitudes(crop: ArrayView2<f32>, period: usize) -> Vec<f64> {
    let mut phases = vec![0.0; period * period];
    for (y, row) in crop.rows().into_iter().enumerate() {
        let phases = &mut phases[y % period * period..][..period];
        for (x, &value) in row.iter().enumerate() {
            phases[x % period] += f64::from(value);
        }
    }
    let pixels = crop.len() as f64;
    let turns: Vec<[f64; 2]> = (0..period)
        .map(|part| -std::f64::consts::TAU * part as f64 / period as f64)
        .map(|angle| [angle.cos(), angle.sin()])
        .collect();
    let turn = |product: usize| turns[product % period];
    // Along the rows of phases, then down.
    let mut along = vec![[0.0; 2]; period * period];
    for (sums, phases) in along.chunks_exact_mut(period).zip(phases.chunks_exact(period)) {
        for (j, sum) in sums.iter_mut().enumerate() {
            for (b, phase) in phases.iter().enumerate() {
                let [cos, sin] = turn(j * b);
                *sum = [sum[0] + phase * cos, sum[1] + phase * sin];
            }
        }
    }
    let mut amplitudes = Vec::with_capacity(period * period);
    for i in 0..period {
        for j in 0..period {
            let mut sum = [0.0; 2];
            for a in 0..period {
                let ([cos, sin], [re, im]) = (turn(i * a), along[a * period + j]);
                sum = [sum[0] + re * cos - im * sin, sum[1] + re * sin + im * cos];
            }
            amplitudes.push(sum[0].hypot(sum[1]) / pixels);
        }
    }
    amplitudes
}

/// The spectrum under a Hann window along both axes, the mean under the window removed.
fn windowed(crop: ArrayView2<f32>) -> Spectrum {
    let hann = |length: usize| -> Vec<f64> {
        let step = std::f64::consts::PI / length as f64;
        (0..length).map(|position| (position as f64 * step).sin().powi(2)).collect()
    };
    let (height, width) = crop.dim();
    let (down, across) = (hann(height), hann(width));
    // The mean of a Hann window is ½, so a quarter of the pixels is its sum.
    let mut mean = 0.0;
    for (row, weight) in crop.rows().into_iter().zip(&down) {
        mean += weight * row.iter().zip(&across).map(|(&value, weight)| f64::from(value) * weight).sum::<f64>();
    }
    mean /= (height * width) as f64 / 4.0;
    let mut picture = Vec::with_capacity(height * width);
    for (row, weight) in crop.rows().into_iter().zip(&down) {
        picture.extend(
            row.iter().zip(&across).map(|(&value, across)| ((f64::from(value) - mean) * weight * across) as f32),
        );
    }
    let plan = RealFft2::new(height, width);
    let mut spectrum = plan.spectrum();
    plan.forward(&picture, &mut spectrum, &mut plan.scratch());
    spectrum
}

/// Amplitudes of a windowed spectrum on and around the frequencies (i/s, j/s).
struct Surroundings<'a> {
    spectrum: &'a Spectrum,
    period: usize,
}

impl Surroundings<'_> {
    /// The amplitude at (i/s, j/s), in the plane's units: the window's mean is taken out.
    fn at(&self, i: usize, j: usize) -> f64 {
        let [height, width] = self.spectrum.size();
        self.amplitude(i * (height / self.period), j * (width / self.period))
    }

    fn amplitude(&self, k: usize, l: usize) -> f64 {
        let [height, width] = self.spectrum.size();
        let [re, im] = self.spectrum.get(k, l).map(f64::from);
        re.hypot(im) * 4.0 / (height * width) as f64
    }

    /// The largest amplitude in the ring around (i/s, j/s).
    fn strongest(&self, i: usize, j: usize) -> f64 {
        let [height, width] = self.spectrum.size();
        let [down, across] = [height / self.period, width / self.period];
        let [tall, wide] = [down, across].map(|spacing| REACH.min(spacing / 2));
        let mut most: f64 = 0.0;
        for dy in 0..=2 * tall {
            for dx in 0..=2 * wide {
                if dy.abs_diff(tall) >= LOBE || dx.abs_diff(wide) >= LOBE {
                    // One turn of the spectrum ahead, so that nothing is negative.
                    let k = i * down + height + dy - tall;
                    let l = j * across + width + dx - wide;
                    most = most.max(self.amplitude(k, l));
                }
            }
        }
        most
    }
}
