//! What linear filters work on: the spectra of the picture and of the blur, computed once.

use super::continuation::{continued, is_its_own_mirror_image};
use super::observation::{Observation, wrapped};
use super::taper::tapered;
use super::treatment::Treatment;
use crate::imaging::fourier::{RealFft2, Scratch, Spectrum};
use crate::imaging::{Boundary, Image, extend};

/// The spectra of an observation: a restoration costs one pass over the bins and one inverse transform a channel.
///
/// With [`Treatment::Circular`] and [`Treatment::Taper`] they are of the picture's own size. Otherwise the picture is
/// first extended to twice its size as if the scene were mirrored (half-sample symmetric), which has no jump at its
/// edges; the restored quarter is what a filter returns. An axis of a single pixel needs no extension. For a kernel that
/// is its own mirror image in both axes the extension is the mirror image itself; for any other see `continuation`.
pub struct Spectra {
    channels: usize,
    size: [usize; 2],
    transform: RealFft2,
    /// H*G a channel.
    matched: Vec<Spectrum>,
    /// |H|² in storage order.
    otf_power: Vec<f32>,
    /// |G|² over the number of pixels, summed over the channels, in storage order: white noise of standard deviation σ
    /// has σ² a channel in every bin.
    observed_power: Vec<f32>,
    /// How often a bin occurs in the whole spectrum, in storage order.
    weights: Vec<f32>,
    /// |P|² in storage order.
    roughness_power: Vec<f32>,
}

/// The working memory of filters.
pub struct Workspace {
    spectrum: Spectrum,
    scratch: Scratch,
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
        let filled = observation.filled();
        let (kernel, size, channels) = (observation.kernel(), filled.size(), filled.channels());
        let mirror = matches!(observation.treatment(), Treatment::Mirror | Treatment::Unknown);
        let full = if mirror { Self::mirrored_size(size) } else { size };
        let [height, width] = full;
        let transform = RealFft2::new(height, width);
        let mut scratch = transform.scratch();

        let mut otf = transform.spectrum();
        transform.forward(&wrapped(kernel, full), &mut otf, &mut scratch);
        let otf_power: Vec<f32> = otf.re().iter().zip(otf.im()).map(|(re, im)| re * re + im * im).collect();

        let roughness_power = laplacian_power(full);
        let extended: Image = if !mirror {
            if observation.treatment() == Treatment::Taper { tapered(&filled, kernel) } else { filled }
        } else if is_its_own_mirror_image(kernel) {
            extend(&filled, [0, height - size[0]], [0, width - size[1]], Boundary::Mirror)
        } else {
            continued(&filled, &transform, &otf)
        };
        let mut observed_power = vec![0.0; otf_power.len()];
        let mut matched = Vec::with_capacity(channels);
        let share = 1.0 / (height * width) as f32;
        for channel in 0..channels {
            let mut spectrum = transform.spectrum();
            transform.forward(extended.channel(channel), &mut spectrum, &mut scratch);
            for ((power, re), im) in observed_power.iter_mut().zip(spectrum.re()).zip(spectrum.im()) {
                *power += share * (re * re + im * im);
            }
            spectrum.multiply_by_conjugate(&otf);
            matched.push(spectrum);
        }
        let weights = Spectrum::weights(height, width);
        Self { channels, size, transform, matched, otf_power, observed_power, weights, roughness_power }
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

    /// Rows and columns of the picture with what was put about it.
    #[must_use]
    pub fn full_size(&self) -> [usize; 2] {
        self.transform.size()
    }

    /// Working memory for filters; it may be used again and again.
    #[must_use]
    pub fn workspace(&self) -> Workspace {
        Workspace { spectrum: self.transform.spectrum(), scratch: self.transform.scratch() }
    }

    /// Restores every channel by F̂ = gain·H*·G: the one loop of all linear filters. Nothing is allocated.
    ///
    /// # Panics
    /// When `workspace` or `restored` is of another shape.
    pub fn filter(&self, workspace: &mut Workspace, restored: &mut Image, gain: impl Fn(Bin) -> f32) {
        assert!(
            restored.size() == self.size && restored.channels() == self.channels,
            "the result must have the observation's shape"
        );
        let Workspace { spectrum, scratch } = workspace;
        for (channel, matched) in self.matched.iter().enumerate() {
            let (target_re, target_im) = spectrum.parts_mut();
            let targets = target_re.iter_mut().zip(target_im);
            let sources = matched.re().iter().zip(matched.im());
            let powers = self.otf_power.iter().zip(&self.roughness_power);
            for (((target_re, target_im), (re, im)), (&otf_power, &roughness_power)) in targets.zip(sources).zip(powers)
            {
                let gain = gain(Bin { otf_power, roughness_power });
                *target_re = gain * re;
                *target_im = gain * im;
            }
            self.transform.inverse_corner(spectrum, restored.channel_mut(channel), self.size, scratch);
        }
    }

    /// The means over all bins of the whole spectrum of two functions of a bin and of |G|²/N there, summed over the
    /// channels (see [`Spectra`]).
    pub fn means(&self, terms: impl Fn(Bin, f32) -> [f32; 2]) -> [f64; 2] {
        let mut sums = [0.0; 3];
        let powers = self.otf_power.iter().zip(&self.roughness_power).zip(&self.observed_power);
        for (((&otf_power, &roughness_power), &observed), &weight) in powers.zip(&self.weights) {
            let [first, second] = terms(Bin { otf_power, roughness_power }, observed);
            let weight = f64::from(weight);
            // What fills up the storage counts for nothing, not even where a term is infinite.
            if weight > 0.0 {
                sums[0] += weight * f64::from(first);
                sums[1] += weight * f64::from(second);
                sums[2] += weight;
            }
        }
        [sums[0] / sums[2], sums[1] / sums[2]]
    }
}

/// |P|² of the discrete Laplacian, whose transform is P(k, l) = 4 − 2 cos 2πk/H − 2 cos 2πl/W.
pub(super) fn laplacian_power([height, width]: [usize; 2]) -> Vec<f32> {
    Spectrum::by_frequency(height, width, |k, l| {
        let part = |index: usize, side: usize| {
            let half_angle = std::f64::consts::PI * index as f64 / side as f64;
            4.0 * half_angle.sin().powi(2)
        };
        (part(k, height) + part(l, width)).powi(2) as f32
    })
}
