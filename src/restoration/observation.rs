//! A degraded picture with all that does not change while its restoration is tuned.

use super::continuation::{continued, is_its_own_mirror_image};
use crate::imaging::fourier::{RealFft2, Scratch, Spectrum};
use crate::imaging::{Boundary, Image, ImageError, Kernel, MAX_PIXELS, extend};

/// An observed picture g and the kernel h that blurred it, with their spectra: a restoration costs one pass over the
/// bins and one inverse transform a channel.
///
/// With [`Boundary::Circular`] the spectra are of the picture's own size. With [`Boundary::Mirror`] the picture is
/// first extended to twice its size as if the scene were mirrored (half-sample symmetric), which has no jump at its
/// edges; the restored quarter is what a filter returns. An axis of a single pixel needs no extension. For a kernel that
/// is its own mirror image in both axes the extension is the mirror image itself; for any other see `continuation`.
pub struct Observation {
    channels: usize,
    size: [usize; 2],
    boundary: Boundary,
    transform: RealFft2,
    /// H*G a channel.
    matched: Vec<Spectrum>,
    /// |H|² in storage order.
    otf_power: Vec<f32>,
    /// |G|² summed over the channels, in storage order.
    observed_power: Vec<f32>,
    /// How often a bin occurs in the whole spectrum, in storage order.
    weights: Vec<f32>,
    /// |P|² in storage order.
    roughness_power: Vec<f32>,
}

/// The working memory of restorations, made by [`Observation::workspace`] for that observation.
pub struct Workspace {
    spectrum: Spectrum,
    scratch: Scratch,
}

impl Observation {
    /// Computes the spectra of `observed` and of `kernel`, whose weights should sum to 1. A kernel larger than the
    /// (extended) picture wraps around it, as the blur itself does.
    ///
    /// # Errors
    /// When a sample is not finite, or the extended picture would have more than [`MAX_PIXELS`] pixels.
    pub fn new(observed: Image, kernel: Kernel, boundary: Boundary) -> Result<Self, ImageError> {
        if observed.data().iter().any(|value| !value.is_finite()) {
            return Err(ImageError::NotFinite);
        }
        let size = observed.size();
        let full = match boundary {
            Boundary::Circular => size,
            Boundary::Mirror => size.map(|side| if side == 1 { 1 } else { 2 * side }),
        };
        let [height, width] = full;
        if height * width > MAX_PIXELS {
            return Err(ImageError::TooLarge { height, width });
        }
        let transform = RealFft2::new(height, width);
        let mut scratch = transform.scratch();

        let mut otf = transform.spectrum();
        transform.forward(&wrapped(&kernel, full), &mut otf, &mut scratch);
        let otf_power: Vec<f32> = otf.re().iter().zip(otf.im()).map(|(re, im)| re * re + im * im).collect();

        let roughness_power = laplacian_power(&transform);
        let extended = if boundary == Boundary::Circular || is_its_own_mirror_image(&kernel) {
            extend(&observed, [0, height - size[0]], [0, width - size[1]], boundary)
        } else {
            continued(&observed, &transform, &otf, &roughness_power)
        };
        let mut observed_power = vec![0.0; otf_power.len()];
        let mut matched = Vec::with_capacity(observed.channels());
        for channel in 0..observed.channels() {
            let mut spectrum = transform.spectrum();
            transform.forward(extended.channel(channel), &mut spectrum, &mut scratch);
            for ((power, re), im) in observed_power.iter_mut().zip(spectrum.re()).zip(spectrum.im()) {
                *power += re * re + im * im;
            }
            spectrum.multiply_by_conjugate(&otf);
            matched.push(spectrum);
        }
        Ok(Self {
            channels: observed.channels(),
            size,
            matched,
            otf_power,
            observed_power,
            weights: Spectrum::weights(height, width),
            roughness_power,
            boundary,
            transform,
        })
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

    /// What is assumed to lie outside the picture.
    #[must_use]
    pub fn boundary(&self) -> Boundary {
        self.boundary
    }

    /// Working memory for restorations of this observation; it may be used again and again.
    #[must_use]
    pub fn workspace(&self) -> Workspace {
        Workspace { spectrum: self.transform.spectrum(), scratch: self.transform.scratch() }
    }

    /// Restores every channel by F̂ = gain(|H|², |P|²)·H*·G: the one loop of all linear filters.
    ///
    /// # Panics
    /// When `workspace` or `restored` is of another shape.
    pub fn filter(&self, workspace: &mut Workspace, restored: &mut Image, gain: impl Fn(f32, f32) -> f32) {
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
            for (((target_re, target_im), (re, im)), (&otf, &roughness)) in targets.zip(sources).zip(powers) {
                let gain = gain(otf, roughness);
                *target_re = gain * re;
                *target_im = gain * im;
            }
            self.transform.inverse_corner(spectrum, restored.channel_mut(channel), self.size, scratch);
        }
    }

    /// Sums two functions of (|H|², |P|², |G|²), |G|² summed over the channels, over the bins of the whole spectrum,
    /// and counts these bins.
    pub(super) fn weighted_sums(&self, terms: impl Fn(f32, f32, f32) -> [f32; 2]) -> [f64; 3] {
        let mut sums = [0.0; 3];
        let powers = self.otf_power.iter().zip(&self.roughness_power).zip(&self.observed_power);
        for (((&otf, &roughness), &observed), &weight) in powers.zip(&self.weights) {
            let [first, second] = terms(otf, roughness, observed);
            let weight = f64::from(weight);
            sums[0] += weight * f64::from(first);
            sums[1] += weight * f64::from(second);
            sums[2] += weight;
        }
        sums
    }
}

/// The kernel with its centre at row 0 and column 0 of an otherwise black picture, wrapped around its edges.
fn wrapped(kernel: &Kernel, [height, width]: [usize; 2]) -> Vec<f32> {
    let mut plane = vec![0.0; height * width];
    let [centre_y, centre_x] = kernel.centre();
    for (i, weights) in kernel.weights().chunks_exact(kernel.width()).enumerate() {
        let y = Boundary::Circular.index(i as isize - centre_y as isize, height);
        for (j, weight) in weights.iter().enumerate() {
            let x = Boundary::Circular.index(j as isize - centre_x as isize, width);
            plane[y * width + x] += weight;
        }
    }
    plane
}

/// |P|² of the discrete Laplacian, whose transform is P(k, l) = 4 − 2 cos 2πk/H − 2 cos 2πl/W.
fn laplacian_power(transform: &RealFft2) -> Vec<f32> {
    let [height, width] = transform.size();
    Spectrum::by_frequency(height, width, |k, l| {
        let part = |index: usize, side: usize| {
            let half_angle = std::f64::consts::PI * index as f64 / side as f64;
            4.0 * half_angle.sin().powi(2)
        };
        (part(k, height) + part(l, width)).powi(2) as f32
    })
}
