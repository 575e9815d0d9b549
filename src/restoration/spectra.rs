//! What linear filters work on: the spectra of the picture and of the blur, computed once.

use super::continuation::{Continuation, is_its_own_mirror_image};
use super::linear::{Filter, Prepared};
use super::observation::{Observation, wrapped};
use super::taper::tapered;
use super::treatment::Treatment;
use crate::imaging::Image;
use crate::imaging::fourier::{Dct2, DctScratch, RealFft2, Scratch, Spectrum};
use std::cell::OnceCell;

/// So many numbers are summed in f32 before the sum goes on in f64: few enough to lose nothing that counts.
const BLOCK: usize = 1024;

/// The spectra of an observation: a restoration costs one pass over the bins and one inverse transform a channel.
///
/// With [`Treatment::Circular`] and [`Treatment::Taper`] they are Fourier spectra of the picture's own size. Otherwise
/// the scene is taken to be mirrored at the picture's edges (half-sample symmetric), where it makes no jump. For a kernel
/// that is its own mirror image in both axes the blurred scene is the mirror image of the picture, and cosine
/// coefficients of the picture's own size say all there is to say. For any other the picture is extended to twice its
/// size as `continuation` tells, and the restored quarter is what a filter returns; an axis of a single pixel needs no
/// extension.
pub struct Spectra {
    channels: usize,
    size: [usize; 2],
    domain: Domain,
    /// |H|² in storage order.
    otf_power: Vec<f32>,
    /// |G|² over the number of pixels, summed over the channels, in storage order: white noise of standard deviation σ
    /// has σ² a channel in every bin.
    observed_power: Vec<f32>,
    /// How often a bin occurs in the whole spectrum, in storage order; 0 for what fills up the storage.
    weights: Vec<f32>,
    /// The sum of the weights.
    count: f64,
    /// |P|² in storage order.
    roughness_power: Vec<f32>,
    /// By exponent; see [`Spectra::mean_fall`].
    mean_falls: [OnceCell<f32>; LARGEST_FALL + 1],
}

/// The largest exponent of a power law.
pub(super) const LARGEST_FALL: usize = 4;

/// H*G a channel, and the way back.
enum Domain {
    Fourier { transform: RealFft2, matched: Vec<Spectrum> },
    Cosine { transform: Dct2, matched: Vec<Vec<f32>> },
}

/// The working memory of filters.
pub struct Workspace(Memory);

enum Memory {
    Fourier { spectrum: Spectrum, scratch: Scratch },
    Cosine { coefficients: Vec<f32>, scratch: DctScratch },
}

/// What filters and rules know of a bin of the spectrum.
#[derive(Clone, Copy, Debug)]
pub struct Bin {
    /// |H|²: 1 at rest for a kernel of sum 1.
    pub otf_power: f32,
    /// |P|², P the discrete Laplacian: 0 at rest, at most 64.
    pub roughness_power: f32,
}

impl Spectra {
    /// Rows and columns of a picture of `size` with its mirror images.
    pub(super) fn mirrored_size(size: [usize; 2]) -> [usize; 2] {
        size.map(|side| if side == 1 { 1 } else { 2 * side })
    }

    pub(super) fn new(observation: &Observation) -> Self {
        let mirror = matches!(observation.treatment(), Treatment::Mirror | Treatment::Unknown);
        if mirror && is_its_own_mirror_image(observation.kernel()) {
            Self::cosine(observation)
        } else {
            Self::fourier(observation, mirror)
        }
    }

    fn fourier(observation: &Observation, mirror: bool) -> Self {
        let filled = observation.filled();
        let (kernel, size, channels) = (observation.kernel(), filled.size(), filled.channels());
        let full = if mirror { Self::mirrored_size(size) } else { size };
        let (transform, otf) = transfer(observation, full);
        let mut scratch = transform.scratch();
        let otf_power: Vec<f32> = otf.re().iter().zip(otf.im()).map(|(re, im)| re * re + im * im).collect();
        let mut continuation = mirror.then(|| Continuation::new(size, &transform, &otf));
        let picture = if observation.treatment() == Treatment::Taper {
            tapered(&filled, kernel, &transform, &otf)
        } else {
            filled
        };
        let mut observed_power = vec![0.0; otf_power.len()];
        let mut matched = Vec::with_capacity(channels);
        let share = 1.0 / (full[0] * full[1]) as f32;
        for channel in 0..channels {
            let mut spectrum = transform.spectrum();
            let plane = picture.channel(channel);
            let plane = continuation.as_mut().map_or(plane, |continuation| continuation.of(plane));
            transform.forward(plane, &mut spectrum, &mut scratch);
            add_power(&mut observed_power, &spectrum, share);
            spectrum.multiply_by_conjugate(&otf);
            matched.push(spectrum);
        }
        Self {
            channels,
            size,
            domain: Domain::Fourier { transform, matched },
            otf_power,
            observed_power,
            weights: Spectrum::weights(full[0], full[1]),
            count: (full[0] * full[1]) as f64,
            roughness_power: laplacian_power(full),
            mean_falls: Default::default(),
        }
    }

    fn cosine(observation: &Observation) -> Self {
        let filled = observation.filled();
        let ([height, width], channels) = (filled.size(), filled.channels());
        let [down, along] = [height, width].map(|side| laplacian_parts(side, 2 * side));
        let roughness_power = Dct2::by_frequency(height, width, |k, l| (down[k] + along[l]).powi(2) as f32);
        // H is real here, and stands at every frequency of the doubled picture that the coefficients have.
        let (_, otf) = transfer(observation, Self::mirrored_size([height, width]));
        let otf = Dct2::by_frequency(height, width, |k, l| otf.get(k, l)[0]);
        let transform = Dct2::new(height, width);
        let mut scratch = transform.scratch();
        let mut observed_power = vec![0.0; otf.len()];
        let mut matched = Vec::with_capacity(channels);
        for channel in 0..channels {
            let mut coefficients = transform.coefficients();
            transform.forward(filled.channel(channel), &mut coefficients, &mut scratch);
            for ((coefficient, power), otf) in coefficients.iter_mut().zip(&mut observed_power).zip(&otf) {
                *power += *coefficient * *coefficient;
                *coefficient *= otf;
            }
            matched.push(coefficients);
        }
        Self {
            channels,
            size: [height, width],
            domain: Domain::Cosine { transform, matched },
            otf_power: otf.iter().map(|otf| otf * otf).collect(),
            observed_power,
            weights: Dct2::weights(height, width),
            count: (height * width) as f64,
            roughness_power,
            mean_falls: Default::default(),
        }
    }

    /// The number of colour channels.
    #[must_use]
    pub fn channels(&self) -> usize {
        self.channels
    }

    /// Rows and columns of the picture.
    #[must_use]
    pub fn size(&self) -> [usize; 2] {
        self.size
    }

    /// Working memory for filters; it may be used again and again.
    #[must_use]
    pub fn workspace(&self) -> Workspace {
        Workspace(match &self.domain {
            Domain::Fourier { transform, .. } => {
                Memory::Fourier { spectrum: transform.spectrum(), scratch: transform.scratch() }
            }
            Domain::Cosine { transform, .. } => {
                Memory::Cosine { coefficients: transform.coefficients(), scratch: transform.scratch() }
            }
        })
    }

    /// Restores every channel by F̂ = gain·H*·G: the one loop of all linear filters. Nothing is allocated.
    ///
    /// # Panics
    /// When `workspace` or `restored` is of another shape.
    pub(super) fn filter(
        &self,
        Workspace(memory): &mut Workspace,
        restored: &mut Image,
        filter: &dyn Filter,
        prepared: Prepared,
    ) {
        assert!(
            restored.size() == self.size && restored.channels() == self.channels,
            "the result must have the observation's shape"
        );
        let mut gains = [0.0; BLOCK];
        match (&self.domain, memory) {
            (Domain::Fourier { transform, matched }, Memory::Fourier { spectrum, scratch }) => {
                for (channel, matched) in matched.iter().enumerate() {
                    let (target_re, target_im) = spectrum.parts_mut();
                    let targets = target_re.chunks_mut(BLOCK).zip(target_im.chunks_mut(BLOCK));
                    let sources = matched.re().chunks(BLOCK).zip(matched.im().chunks(BLOCK));
                    for (((target_re, target_im), (re, im)), bins) in targets.zip(sources).zip(self.blocks()) {
                        let gains = &mut gains[..re.len()];
                        filter.gains(bins, prepared, gains);
                        multiply(gains, re, target_re);
                        multiply(gains, im, target_im);
                    }
                    transform.inverse_corner(spectrum, restored.channel_mut(channel), self.size, scratch);
                }
            }
            (Domain::Cosine { transform, matched }, Memory::Cosine { coefficients, scratch }) => {
                for (channel, matched) in matched.iter().enumerate() {
                    let pairs = coefficients.chunks_mut(BLOCK).zip(matched.chunks(BLOCK));
                    for ((target, source), bins) in pairs.zip(self.blocks()) {
                        let gains = &mut gains[..source.len()];
                        filter.gains(bins, prepared, gains);
                        multiply(gains, source, target);
                    }
                    transform.inverse(coefficients, restored.channel_mut(channel), scratch);
                }
            }
            _ => panic!("the workspace was made for other spectra"),
        }
    }

    /// |H|² and |P|² in storage order, in blocks.
    fn blocks(&self) -> impl Iterator<Item = [&[f32]; 2]> {
        self.otf_power.chunks(BLOCK).zip(self.roughness_power.chunks(BLOCK)).map(<[_; 2]>::from)
    }

    /// The means over all bins of the whole spectrum of two functions of a bin and of |G|²/N there, summed over the
    /// channels (see [`Spectra`]). The functions must be finite in any bin, also where nothing responds.
    pub fn means(&self, terms: impl Fn(Bin, f32) -> [f32; 2]) -> [f64; 2] {
        self.means_by_block(&self.observed_power, |[otf_power, roughness_power], power, [first, second]| {
            for (index, &power) in power.iter().enumerate() {
                let bin = Bin { otf_power: otf_power[index], roughness_power: roughness_power[index] };
                [first[index], second[index]] = terms(bin, power);
            }
        })
    }

    /// The means of q²·`power` and of q, the part that the filter rejects; `power` is in storage order.
    pub(super) fn rejected_means(&self, power: &[f32], filter: &dyn Filter, prepared: Prepared) -> [f64; 2] {
        self.means_by_block(power, |bins, power, [squares, rejections]| {
            filter.rejections(bins, prepared, rejections);
            for ((square, rejected), power) in squares.iter_mut().zip(rejections).zip(power) {
                *square = *rejected * *rejected * power;
            }
        })
    }

    /// The means of two terms that are written down for a block of bins and of `power` at a time.
    fn means_by_block(&self, power: &[f32], mut write: impl FnMut([&[f32]; 2], &[f32], [&mut [f32]; 2])) -> [f64; 2] {
        let mut sums = [0.0_f64; 2];
        // First the terms, then their sums: the compiler makes vectors of either, but not of both at once.
        let [mut first, mut second] = [[0.0_f32; BLOCK]; 2];
        let blocks = self.blocks().zip(power.chunks(BLOCK).zip(self.weights.chunks(BLOCK)));
        for ([otf_power, roughness_power], (power, weights)) in blocks {
            let count = otf_power.len();
            let bins = [otf_power, &roughness_power[..count]];
            let (first, second, weights) = (&mut first[..count], &mut second[..count], &weights[..count]);
            write(bins, &power[..count], [first, second]);
            sums[0] += weighted_sum(weights, first);
            sums[1] += weighted_sum(weights, second);
        }
        sums.map(|sum| sum / self.count)
    }

    /// |G|²/N of what was observed, summed over the channels, in storage order.
    pub(super) fn observed_power(&self) -> &[f32] {
        &self.observed_power
    }

    /// The same of another picture of this shape, which is black outside, times `factor`.
    pub(super) fn power_of(&self, picture: &Image, factor: f32) -> Vec<f32> {
        let mut power = vec![0.0; self.otf_power.len()];
        match &self.domain {
            Domain::Fourier { transform, .. } => {
                let [height, width] = transform.size();
                let share = factor / (height * width) as f32;
                let (mut spectrum, mut scratch) = (transform.spectrum(), transform.scratch());
                let mut padded = vec![0.0; height * width];
                for channel in 0..self.channels {
                    let rows = picture.channel(channel).chunks_exact(self.size[1]);
                    for (target, row) in padded.chunks_exact_mut(width).zip(rows) {
                        target[..self.size[1]].copy_from_slice(row);
                    }
                    transform.forward(&padded, &mut spectrum, &mut scratch);
                    add_power(&mut power, &spectrum, share);
                }
            }
            Domain::Cosine { transform, .. } => {
                let (mut coefficients, mut scratch) = (transform.coefficients(), transform.scratch());
                for channel in 0..self.channels {
                    transform.forward(picture.channel(channel), &mut coefficients, &mut scratch);
                    for (power, coefficient) in power.iter_mut().zip(&coefficients) {
                        *power += factor * coefficient * coefficient;
                    }
                }
            }
        }
        power
    }

    /// How many numbers the whole spectrum has.
    pub(super) fn count(&self) -> f64 {
        self.count
    }

    /// The variance of what was observed, the mean over the channels.
    pub(super) fn variance(&self) -> f64 {
        let [moving, _] = self.means(|bin, observed| [if bin.roughness_power > 0.0 { observed } else { 0.0 }, 0.0]);
        moving / self.channels as f64
    }

    /// The mean of `fall` over all frequencies but rest, where `fall` is an inverse power of frequency of this
    /// `exponent`. It is kept, since rules ask for it again and again.
    pub(super) fn mean_fall(&self, exponent: usize, fall: impl Fn(Bin) -> f32) -> f32 {
        *self.mean_falls[exponent].get_or_init(|| {
            let [power, moving] =
                self.means(|bin, _| if bin.roughness_power > 0.0 { [fall(bin), 1.0] } else { [0.0, 0.0] });
            if moving > 0.0 { (power / moving) as f32 } else { 1.0 }
        })
    }
}

/// Numbers are summed in so many lanes.
const LANES: usize = 8;

/// The sum of not too many weighted numbers, of which there are whole groups of lanes.
fn weighted_sum(weights: &[f32], values: &[f32]) -> f64 {
    let mut lanes = [0.0_f32; LANES];
    for (weights, values) in weights.as_chunks::<LANES>().0.iter().zip(values.as_chunks::<LANES>().0) {
        for (sum, (weight, value)) in lanes.iter_mut().zip(weights.iter().zip(values)) {
            *sum += weight * value;
        }
    }
    lanes.iter().map(|&value| f64::from(value)).sum()
}

/// `target` becomes `gains` times `source`.
fn multiply(gains: &[f32], source: &[f32], target: &mut [f32]) {
    for ((target, source), gain) in target.iter_mut().zip(source).zip(gains) {
        *target = gain * source;
    }
}

fn add_power(power: &mut [f32], spectrum: &Spectrum, share: f32) {
    for ((power, re), im) in power.iter_mut().zip(spectrum.re()).zip(spectrum.im()) {
        *power += share * (re * re + im * im);
    }
}

/// The transform of pictures of `size`, and the kernel's.
fn transfer(observation: &Observation, size: [usize; 2]) -> (RealFft2, Spectrum) {
    let transform = RealFft2::new(size[0], size[1]);
    let mut otf = transform.spectrum();
    transform.forward(&wrapped(observation.kernel(), size), &mut otf, &mut transform.scratch());
    (transform, otf)
}

/// |P|² of the discrete Laplacian, whose transform is P(k, l) = 4 − 2 cos 2πk/H − 2 cos 2πl/W, in the order of a
/// [`Spectrum`].
pub(super) fn laplacian_power([height, width]: [usize; 2]) -> Vec<f32> {
    let [down, along] = [height, width].map(|side| laplacian_parts(side, side));
    Spectrum::by_frequency(height, width, |k, l| (down[k] + along[l]).powi(2) as f32)
}

/// 2 − 2 cos 2πk/`period` for the first `count` frequencies k.
fn laplacian_parts(count: usize, period: usize) -> Vec<f64> {
    (0..count).map(|k| 4.0 * (std::f64::consts::PI * k as f64 / period as f64).sin().powi(2)).collect()
}
