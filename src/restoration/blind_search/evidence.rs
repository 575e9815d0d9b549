//! How well a blur explains a picture's spectrum.
//!
//! The picture is taken for noise whose power falls with the square of the frequency ω, blurred, with white noise added:
//! then the power |G|² of its spectrum lies about v = a(|H|²/ω² + γ). Blurs that a lens or a motion makes have zeros in H,
//! dark rings or stripes in |G|², and no wrong candidate has them in the same places. The better kernel is that with the
//! smaller variance of ln|G|² − ln v, at its best γ: comparing logarithms, as the cepstrum does (Cannon, 1976), gives the
//! zeros their weight. The likelihood of such spectra (Whittle, 1953) was tried and is easily deceived by the bright lines
//! in the spectrum of a repeated texture, a brick wall for instance.
//!
//! A picture that ends at its edges has a bright cross in its spectrum, which fills those zeros up; hence the window, and
//! bins on the axes are left out. Where noise covers the zeros, or the blur has none, as a Gaussian, the shape of the
//! spectrum alone decides, and a picture whose own is unlike the one assumed deceives it.

use crate::imaging::fourier::{RealFft2, Scratch, Spectrum, fast_size};
use crate::imaging::{Image, Kernel};
use crate::restoration::logarithm::Parts;
use crate::restoration::observation::wrapped;
use crate::restoration::sweep::sweep;

/// Larger pictures are judged by their middle.
const MOST_SIDE: usize = 384;
/// Bins nearer than this part of a side to rest on an axis are left out, but at least so many: they tell of the window,
/// and of the straight edges that people build.
const NEAR_REST: usize = 64;
const LEAST_NEAR: usize = 2;
/// Below this frequency, in radians a pixel, a picture's power rises no further.
const CORNER: f64 = 0.1;
/// Decimal logarithms of the least and the largest γ, and golden sections of the interval about the best.
const GAMMAS: [i32; 2] = [-8, 1];
const SECTIONS: usize = 5;

/// The spectrum of a picture, and the memory to judge kernels by it.
pub(super) struct Evidence {
    transform: RealFft2,
    scratch: Scratch,
    spectrum: Spectrum,
    plane: Vec<f32>,
    /// Where the bins that count stand in the spectrum.
    bins: Vec<u32>,
    /// ln|G|² in each of them, up to a constant.
    power: Vec<f32>,
    /// 1/ω² likewise.
    prior: Vec<f32>,
    /// |H|²/ω² likewise, of the kernel that is judged.
    expected: Vec<f32>,
}

impl Evidence {
    /// The evidence of `picture`, over all its channels.
    pub fn new(picture: &Image) -> Self {
        let size = picture.size().map(|side| side.min(MOST_SIDE));
        let first: [usize; 2] = std::array::from_fn(|axis| (picture.size()[axis] - size[axis]) / 2);
        let [rows, columns] = size.map(fast_size);
        let transform = RealFft2::new(rows, columns);
        let mut scratch = transform.scratch();
        let mut spectrum = transform.spectrum();
        let mut plane = vec![0.0; rows * columns];

        let near = |index: usize, side: usize| {
            side > 8 * LEAST_NEAR && index.min(side - index) <= (side / NEAR_REST).max(LEAST_NEAR)
        };
        let counts =
            Spectrum::by_frequency(rows, columns, |k, l| f32::from(u8::from(!near(k, rows) && !near(l, columns))));
        let roughness = Spectrum::by_frequency(rows, columns, |k, l| {
            let part =
                |index: usize, side: usize| (2.0 * (std::f64::consts::PI * index as f64 / side as f64).sin()).powi(2);
            (part(k, rows) + part(l, columns) + CORNER * CORNER).recip() as f32
        });
        let bins: Vec<u32> = (0_u32..).zip(&counts).filter(|(_, count)| **count > 0.0).map(|(bin, _)| bin).collect();
        let mut power = vec![0.0_f32; bins.len()];
        let windows: [Vec<f32>; 2] = size.map(window);
        for channel in 0..picture.channels() {
            let source = picture.channel(channel);
            let at = |y: usize, x: usize| source[(first[0] + y) * picture.width() + first[1] + x];
            let mean = (0..size[0]).flat_map(|y| (0..size[1]).map(move |x| (y, x)));
            let mean = mean.map(|(y, x)| f64::from(at(y, x))).sum::<f64>() / (size[0] * size[1]) as f64;
            plane.fill(0.0);
            for (y, row) in plane.chunks_exact_mut(columns).take(size[0]).enumerate() {
                for (x, value) in row[..size[1]].iter_mut().enumerate() {
                    *value = (at(y, x) - mean as f32) * windows[0][y] * windows[1][x];
                }
            }
            transform.forward(&plane, &mut spectrum, &mut scratch);
            for (power, &bin) in power.iter_mut().zip(&bins) {
                let (re, im) = (spectrum.re()[bin as usize], spectrum.im()[bin as usize]);
                *power += re * re + im * im;
            }
        }
        let mean = power.iter().map(|&power| f64::from(power)).sum::<f64>() / power.len().max(1) as f64;
        let scale = if mean > 0.0 { mean.recip() as f32 } else { 0.0 };
        power.iter_mut().for_each(|power| *power = (*power * scale).max(1e-12).ln());
        let prior = bins.iter().map(|&bin| roughness[bin as usize]).collect();
        let expected = vec![0.0; bins.len()];
        Self { transform, scratch, spectrum, plane, bins, power, prior, expected }
    }

    /// The variance of ln|G|² − ln v over the bins: the smaller, the better the kernel explains the picture. None where
    /// there is no bin to look at.
    pub fn score(&mut self, kernel: &Kernel) -> Option<f64> {
        self.plane.copy_from_slice(&wrapped(kernel, self.transform.size()));
        self.transform.forward(&self.plane, &mut self.spectrum, &mut self.scratch);
        let (re, im) = (self.spectrum.re(), self.spectrum.im());
        for ((expected, prior), &bin) in self.expected.iter_mut().zip(&self.prior).zip(&self.bins) {
            let (re, im) = (re[bin as usize], im[bin as usize]);
            *expected = (re * re + im * im) * prior;
        }
        if self.bins.is_empty() {
            return None;
        }
        let score = |log10: f64| self.score_at(10_f64.powf(log10));
        let [low, high] = GAMMAS;
        let (mut best, mut least) = (f64::from(low), f64::INFINITY);
        for log10 in low..=high {
            let score = score(f64::from(log10));
            if score < least {
                (best, least) = (f64::from(log10), score);
            }
        }
        // Golden sections of the two decades about it.
        let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
        let (mut left, mut right) = (best - 1.0, best + 1.0);
        for _ in 0..SECTIONS {
            let inner = [right - golden * (right - left), left + golden * (right - left)];
            let scores = inner.map(score);
            if scores[0] < scores[1] {
                right = inner[1];
            } else {
                left = inner[0];
            }
            least = least.min(scores[0]).min(scores[1]);
        }
        least.is_finite().then_some(least)
    }

    /// The score at γ. A factor a of v does not change it.
    fn score_at(&self, gamma: f64) -> f64 {
        let gamma = gamma as f32;
        let [sum, squares] = sweep([&self.power, &self.expected], [], |[power, expected], []| {
            let off = power - Parts::of(expected + gamma).ln();
            ([], [off, off * off])
        });
        let count = self.power.len() as f64;
        squares / count - (sum / count).powi(2)
    }
}

/// Hann's window without its zeros. An axis of a few pixels has none.
fn window(side: usize) -> Vec<f32> {
    if side < 8 {
        return vec![1.0; side];
    }
    let value = |index: usize| (std::f64::consts::PI * (index as f64 + 0.5) / side as f64).sin().powi(2);
    (0..side).map(|index| value(index) as f32).collect()
}
