//! Iterative shrinkage of wavelet coefficients, plain (ISTA) and accelerated (FISTA).

use super::description::{Description, Family, Iterations, Positivity, Rule, Start};
use super::haar::{BANDS, Haar, LEVELS};
use super::method::{Method, Run};
use super::observation::Observation;
use super::planes::{PlaneStep, PlanesRun, Solver};
use super::settings::Settings;
use super::starting::fill_start;
use super::sums::{absolute, masked_squares, relative, squared_distance, squares};
use super::treatment::Treatment;
use super::wavelet::{SPARSITY, level_weight, sparsity};
use crate::imaging::fourier::{Scratch, Spectrum};
use std::rc::Rc;

/// What there is to know of [`Shrinkage::PLAIN`].
pub const PLAIN: Description = Description {
    id: "ista",
    name: "Shrinkage (ISTA)",
    family: Family::Iterative,
    summary: "The same few wavelets as by ADMM, the slow way: a step down the slope of ‖Hu − g‖², then every coefficient \
              a little nearer to zero. ½‖HWᵀc − g‖² + μΣ2⁻ʲ|cⱼ| never rises.",
    source: "Daubechies, Defrise, De Mol, 2004",
    parameters: &[SPARSITY],
    rules: &[Rule::Noise],
    iterations: Some(Iterations { default: 100, most: 2000 }),
    treatments: &[Treatment::Unknown, Treatment::Circular, Treatment::Taper, Treatment::Mirror],
    starts: &[Start::Observed, Start::Flat, Start::Filtered],
    positivity: Positivity::Optional(false),
    missing_pixels: true,
    floats_per_pixel: 32,
};

/// What there is to know of [`Shrinkage::ACCELERATED`].
pub const ACCELERATED: Description = Description {
    id: "fista",
    name: "Accelerated shrinkage (FISTA)",
    summary: "Shrinkage that keeps some of its momentum from step to step. It costs nothing and gets as far in k steps \
              as the plain one in about k²; now and then the momentum overshoots and what is minimised rises a little.",
    source: "Beck, Teboulle, 2009",
    floats_per_pixel: 48,
    ..PLAIN
};

/// min ½‖HWᵀc − g‖² + μΣ2⁻ʲ|cⱼ| over the coefficients c of the undecimated Haar frame; u = Wᵀc. This is sparsity in
/// synthesis, the form in which a shrinkage is exact; [`super::Wavelet`] asks for sparse coefficients of the picture
/// itself, which frames of more coefficients than pixels tell apart. Values below zero are cut off the result.
#[derive(Clone, Copy, Debug)]
pub struct Shrinkage {
    accelerated: bool,
}

impl Shrinkage {
    /// ISTA.
    pub const PLAIN: Self = Self { accelerated: false };
    /// FISTA.
    pub const ACCELERATED: Self = Self { accelerated: true };
}

impl Method for Shrinkage {
    fn description(&self) -> &'static Description {
        if self.accelerated { &ACCELERATED } else { &PLAIN }
    }

    fn automatic(&self, observation: &Observation, rule: Rule) -> Option<f32> {
        sparsity(self.description(), observation, rule)
    }

    fn start(&self, observation: &Rc<Observation>, settings: &Settings) -> Box<dyn Run> {
        if self.accelerated {
            PlanesRun::start::<Accelerated>(&ACCELERATED, observation, settings)
        } else {
            PlanesRun::start::<Iteration>(&PLAIN, observation, settings)
        }
    }
}

/// The coefficients of a plane.
struct Coefficients {
    bands: [[Vec<f32>; BANDS]; LEVELS],
    averages: Vec<f32>,
}

/// The iteration on a channel: two transforms a step, four where pixels are unknown.
///
/// Momentum goes along in all domains alike: the transform of the extrapolated picture is extrapolated from those of the
/// last two, so that only the estimate itself is transformed.
struct Iteration {
    observation: Rc<Observation>,
    channel: usize,
    frame: Haar,
    scratch: Scratch,
    estimate: Vec<f32>,
    /// The slope Hᵀ M(Hy − g) at the extrapolated y, and before that the estimate to come.
    slope: Vec<f32>,
    now: Coefficients,
    before: Option<Coefficients>,
    observed: Spectrum,
    spectrum: Spectrum,
    spectrum_before: Option<Spectrum>,
    slope_spectrum: Spectrum,
    /// Where pixels are unknown: Hu, and the one before.
    blurred: Option<[Vec<f32>; 2]>,
    /// How often a bin occurs in the whole spectrum, in storage order.
    weights: Vec<f32>,
    mu: f32,
    /// 1/max|H|².
    stride: f32,
    /// t of the acceleration.
    inertia: f32,
    /// (t₋ − 1)/t: the part of the last step that is taken once more.
    momentum: f32,
    non_negative: bool,
}

impl Iteration {
    fn with(accelerated: bool, observation: &Rc<Observation>, channel: usize, settings: &Settings) -> Self {
        let frame = observation.frame();
        let transform = frame.transform();
        let plane = || vec![0.0; frame.pixels()];
        let coefficients =
            || Coefficients { bands: std::array::from_fn(|_| std::array::from_fn(|_| plane())), averages: plane() };
        let [height, width] = frame.size();
        let mut observed = transform.spectrum();
        let mut scratch = transform.scratch();
        transform.forward(frame.observed(channel), &mut observed, &mut scratch);
        let steepest = frame.otf_power().iter().copied().fold(0.0, f32::max);
        let mut solver = Self {
            observation: Rc::clone(observation),
            channel,
            frame: Haar::new(frame.size()),
            scratch,
            estimate: plane(),
            slope: plane(),
            now: coefficients(),
            before: accelerated.then(coefficients),
            observed,
            spectrum: transform.spectrum(),
            spectrum_before: accelerated.then(|| transform.spectrum()),
            slope_spectrum: transform.spectrum(),
            blurred: frame.known().is_some().then(|| [plane(), plane()]),
            weights: Spectrum::weights(height, width),
            mu: 0.0,
            stride: if steepest > f32::MIN_POSITIVE { 1.0 / steepest } else { 1.0 },
            inertia: 1.0,
            momentum: 0.0,
            non_negative: false,
        };
        solver.restart(settings);
        solver
    }
}

impl Solver for Iteration {
    fn new(observation: &Rc<Observation>, channel: usize, settings: &Settings) -> Self {
        Self::with(false, observation, channel, settings)
    }

    fn restart(&mut self, settings: &Settings) {
        // Both descriptions have the same parameter.
        self.mu = settings.parameter(&PLAIN, 0);
        self.non_negative = settings.non_negative;
        (self.inertia, self.momentum) = (1.0, 0.0);
        fill_start(&self.observation, self.channel, settings.start, &mut self.estimate);
        self.slope.copy_from_slice(&self.estimate);
        let now = &mut self.now;
        self.frame.pass(
            &mut self.slope,
            |level, start, bands| {
                for (band, now) in bands.into_iter().zip(&mut now.bands[level]) {
                    now[start..start + band.len()].copy_from_slice(band);
                }
            },
            |averages| now.averages.copy_from_slice(averages),
        );
        if let Some(before) = &mut self.before {
            for (before, now) in before.bands.as_flattened_mut().iter_mut().zip(now.bands.as_flattened()) {
                before.copy_from_slice(now);
            }
            before.averages.copy_from_slice(&now.averages);
        }
        // What is left of a run before would be multiplied by a momentum of 0, which is no help if it is not finite.
        if let Some(before) = &mut self.spectrum_before {
            let (re, im) = before.parts_mut();
            re.fill(0.0);
            im.fill(0.0);
        }
        if let Some([blurred, _]) = &mut self.blurred {
            blurred.fill(0.0);
        }
        self.descend();
    }

    fn step(&mut self) -> PlaneStep {
        let observation = Rc::clone(&self.observation);
        let frame = observation.frame();
        frame.transform().inverse(&mut self.slope_spectrum, &mut self.slope, &mut self.scratch);
        let details = self.shrink();
        std::mem::swap(&mut self.estimate, &mut self.slope);
        let change = relative(squared_distance(&self.estimate, &self.slope), squares(&self.estimate));
        if self.before.is_some() {
            let next = 0.5 * (1.0 + (1.0 + 4.0 * self.inertia * self.inertia).sqrt());
            self.momentum = (self.inertia - 1.0) / next;
            self.inertia = next;
        }
        let energy = self.descend();
        PlaneStep {
            residual: (energy / frame.known_count().max(1) as f64).sqrt(),
            change,
            objective: Some(0.5 * energy + f64::from(self.mu) * details),
            done: false,
        }
    }

    fn write_estimate(&self, picture: &mut [f32]) {
        self.observation.frame().crop_into(&self.estimate, picture);
        if self.non_negative {
            for value in picture {
                *value = value.max(0.0);
            }
        }
    }
}

/// The iteration with momentum: only what it is made with differs.
struct Accelerated(Iteration);

impl Solver for Accelerated {
    fn new(observation: &Rc<Observation>, channel: usize, settings: &Settings) -> Self {
        Self(Iteration::with(true, observation, channel, settings))
    }

    fn restart(&mut self, settings: &Settings) {
        self.0.restart(settings);
    }

    fn step(&mut self) -> PlaneStep {
        self.0.step()
    }

    fn write_estimate(&self, picture: &mut [f32]) {
        self.0.write_estimate(picture);
    }
}

impl Iteration {
    /// c₊ = shrink(y − W·slope/L), with `slope` replaced by Wᵀc₊; returns Σ2⁻ʲ|cⱼ|.
    fn shrink(&mut self) -> f64 {
        let Self { frame, slope, now, before, momentum, stride, mu, .. } = self;
        let (momentum, stride) = (*momentum, *stride);
        let (before_bands, before_averages) = match before {
            Some(before) => (Some(&mut before.bands), Some(&mut before.averages)),
            None => (None, None),
        };
        let mut before_bands = before_bands;
        let mut details = 0.0;
        frame.pass(
            slope,
            |level, start, bands| {
                let weight = level_weight(level);
                let threshold = *mu * stride * weight;
                for (number, band) in bands.into_iter().enumerate() {
                    let now = &mut now.bands[level][number][start..start + band.len()];
                    let before = before_bands.as_mut().map(|bands| &mut bands[level][number][start..]);
                    advance(now, before, band, [momentum, stride, threshold]);
                    details += f64::from(weight) * absolute(band);
                }
            },
            |averages| {
                let before = before_averages.map(|averages| &mut averages[..]);
                advance(&mut now.averages, before, averages, [momentum, stride, 0.0]);
            },
        );
        details
    }

    /// The slope at the extrapolated estimate, as a spectrum, and the sum of M(Hu − g)² over the frame.
    fn descend(&mut self) -> f64 {
        let observation = Rc::clone(&self.observation);
        let frame = observation.frame();
        let transform = frame.transform();
        transform.forward(&self.estimate, &mut self.spectrum, &mut self.scratch);
        let Some([blurred, blurred_before]) = &mut self.blurred else {
            return self.descend_in_spectra() / frame.pixels() as f64;
        };
        self.spectrum.multiply(frame.otf());
        std::mem::swap(blurred, blurred_before);
        transform.inverse(&mut self.spectrum, blurred, &mut self.scratch);
        let known = frame.known().unwrap_or(&[]);
        let observed = frame.observed(self.channel);
        let energy = masked_squares(blurred, observed, known);
        let residuals = blurred.iter().zip(blurred_before.iter()).zip(observed.iter().zip(known)).zip(&mut self.slope);
        for (((now, before), (observed, known)), slope) in residuals {
            let residual = known * (now - observed);
            *slope = residual + known * self.momentum * (now - before);
        }
        transform.forward(&self.slope, &mut self.slope_spectrum, &mut self.scratch);
        self.slope_spectrum.multiply_by_conjugate(frame.otf());
        energy
    }

    /// H*(HY − G) and the sum of |HU − G|² over the whole spectrum.
    fn descend_in_spectra(&mut self) -> f64 {
        let otf = self.observation.frame().otf();
        let momentum = self.momentum;
        let (slope_re, slope_im) = self.slope_spectrum.parts_mut();
        let before = self.spectrum_before.as_mut().map(Spectrum::parts_mut);
        let (mut before_re, mut before_im) = match before {
            Some((re, im)) => (re.iter_mut(), im.iter_mut()),
            None => (<&mut [f32]>::default().iter_mut(), <&mut [f32]>::default().iter_mut()),
        };
        let sources = self.spectrum.re().iter().zip(self.spectrum.im());
        let otfs = otf.re().iter().zip(otf.im());
        let observed = self.observed.re().iter().zip(self.observed.im());
        let targets = slope_re.iter_mut().zip(slope_im).zip(&self.weights);
        let mut energy = 0.0;
        for ((((slope_re, slope_im), weight), (u_re, u_im)), ((h_re, h_im), (g_re, g_im))) in
            targets.zip(sources).zip(otfs.zip(observed))
        {
            let re = h_re * u_re - h_im * u_im - g_re;
            let im = h_re * u_im + h_im * u_re - g_im;
            energy += f64::from(weight * (re * re + im * im));
            let (mut re, mut im) = (re, im);
            if let (Some(before_re), Some(before_im)) = (before_re.next(), before_im.next()) {
                let (d_re, d_im) = (momentum * (u_re - *before_re), momentum * (u_im - *before_im));
                (*before_re, *before_im) = (*u_re, *u_im);
                re += h_re * d_re - h_im * d_im;
                im += h_re * d_im + h_im * d_re;
            }
            *slope_re = h_re * re + h_im * im;
            *slope_im = h_re * im - h_im * re;
        }
        energy
    }
}

/// c₊ of some coefficients c, the c before it and the `slope`, in whose place c₊ is put too.
#[inline]
fn advance(now: &mut [f32], before: Option<&mut [f32]>, slope: &mut [f32], [momentum, stride, threshold]: [f32; 3]) {
    let shrink = |v: f32| v - v.max(-threshold).min(threshold);
    match before {
        Some(before) => {
            for ((now, before), slope) in now.iter_mut().zip(before).zip(slope) {
                let next = shrink(*now + momentum * (*now - *before) - stride * *slope);
                (*before, *now, *slope) = (*now, next, next);
            }
        }
        None => {
            for (now, slope) in now.iter_mut().zip(slope) {
                *now = shrink(*now - stride * *slope);
                *slope = *now;
            }
        }
    }
}
