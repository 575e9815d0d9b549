//! Plug and play: a denoiser stands for what is known of pictures; nothing else is assumed.

use super::automatic::noise;
use super::denoising::SlidingDct;
use super::description::{Description, Family, Iterations, Parameter, Positivity, Rule, Scale, Start};
use super::method::{Method, Run};
use super::observation::Observation;
use super::planes::{PlaneStep, PlanesRun, Solver};
use super::settings::Settings;
use super::splitting::LeastSquares;
use super::starting::fill_start;
use super::sums::{relative, squared_distance, squares};
use super::treatment::Treatment;
use std::rc::Rc;

/// What there is to know of [`PlugAndPlay`].
pub const DESCRIPTION: Description = Description {
    id: "pnp",
    name: "Plug and play",
    family: Family::Iterative,
    summary: "In turn, a picture that explains the data, and that picture without what a denoiser takes for noise: less \
              and less of it, down to the noise there is. The denoiser is a sliding cosine transform; nothing is trained.",
    source: "Venkatakrishnan, Bouman, Wohlberg, 2013; half-quadratic splitting: Geman, Yang, 1995",
    parameters: &[
        Parameter {
            symbol: "σ",
            name: "noise",
            scale: Scale::Log10([-4.0, 0.0]),
            default: 0.01,
            help: "The noise that is assumed in the data: with more of it the result is smoother, with less noise returns.",
        },
        Parameter {
            symbol: "λ",
            name: "weight of the denoiser",
            scale: Scale::Log10([-1.5, 0.5]),
            default: 0.23,
            help: "How near the denoised picture the next one stays: more is smoother, less follows the data and may run \
                   away with broad blurs.",
        },
    ],
    rules: &[Rule::Noise],
    iterations: Some(Iterations { default: 16, most: 50 }),
    treatments: &[Treatment::Unknown, Treatment::Circular, Treatment::Taper, Treatment::Mirror],
    starts: &[Start::Observed, Start::Flat],
    positivity: Positivity::Optional(false),
    missing_pixels: true,
    floats_per_pixel: 20,
};

/// What the denoiser removes at first.
const FIRST_SIGMA: f32 = 40.0 / 255.0;

/// What it removes at last, unless there is more noise.
const LAST_SIGMA: f32 = 0.8 / 255.0;

/// z = argmin ‖Hz − g‖² + a‖z − u‖² with a = λσ²/σ_k², then u = denoise(z, σ_k), σ_k falling in even ratios.
#[derive(Clone, Copy, Debug)]
pub struct PlugAndPlay;

impl Method for PlugAndPlay {
    fn description(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn automatic(&self, observation: &Observation, rule: Rule) -> Option<f32> {
        noise::choose(&DESCRIPTION, observation, rule, |sigma| sigma)
    }

    fn start(&self, observation: &Rc<Observation>, settings: &Settings) -> Box<dyn Run> {
        PlanesRun::<HalfQuadratic>::start(&DESCRIPTION, observation, settings)
    }
}

/// The iteration on a channel: two transforms a step, four where pixels are unknown, and the denoiser.
struct HalfQuadratic {
    observation: Rc<Observation>,
    channel: usize,
    least_squares: LeastSquares,
    denoiser: SlidingDct,
    grouped: super::denoising::Grouped,
    estimate: Vec<f32>,
    /// z, and before that a·u.
    fitted: Vec<f32>,
    /// The denoised plane to come.
    clean: Vec<f32>,
    sigma: f32,
    weight: f32,
    step: usize,
    steps: usize,
    non_negative: bool,
}

impl Solver for HalfQuadratic {
    fn new(observation: &Rc<Observation>, channel: usize, settings: &Settings) -> Self {
        let frame = observation.frame();
        let plane = || vec![0.0; frame.pixels()];
        let mut solver = Self {
            observation: Rc::clone(observation),
            channel,
            least_squares: LeastSquares::new(observation, channel, 1.0),
            denoiser: SlidingDct::new(frame.size(), 2),
            grouped: super::denoising::Grouped::new(
                frame.size(),
                std::env::var("REACH").ok().and_then(|v| v.parse().ok()).unwrap_or(10),
            ),
            estimate: plane(),
            fitted: plane(),
            clean: plane(),
            sigma: 0.0,
            weight: 0.0,
            step: 0,
            steps: 1,
            non_negative: false,
        };
        solver.restart(settings);
        solver
    }

    fn restart(&mut self, settings: &Settings) {
        self.sigma = settings.parameter(&DESCRIPTION, 0);
        self.weight = settings.parameter(&DESCRIPTION, 1);
        self.steps = settings.iterations(&DESCRIPTION);
        self.step = 0;
        self.non_negative = settings.non_negative;
        fill_start(&self.observation, self.channel, settings.start, &mut self.estimate);
        self.least_squares.restart([0.0, 1.0]);
    }

    fn step(&mut self) -> PlaneStep {
        let sigma = self.denoised_sigma();
        let weight = self.weight * (self.sigma / sigma).powi(2);
        let energy = self.least_squares.follow(&self.estimate, weight, &mut self.fitted);
        let var =
            |name: &str, default: f32| std::env::var(name).ok().and_then(|v| v.parse::<f32>().ok()).unwrap_or(default);
        let mode = var("MODE", 0.0);
        if mode == 0.0 {
            self.denoiser.denoise(&self.fitted, sigma, &mut self.clean);
        } else {
            let every = var("EVERY", 1.0) as usize;
            let group = var("GROUP", 16.0) as usize;
            let limit = var("LIMIT", 1e9) * sigma * sigma;
            let threshold = var("T", 2.7);
            if self.step % every == 0 {
                if self.step == 0 {
                    let start = if var("FIRST", 0.0) == 0.0 { &self.fitted } else { &self.estimate };
                    self.grouped.find(start, group, limit);
                } else {
                    self.grouped.find(&self.estimate, group, limit);
                }
            }
            self.grouped.filter(&self.fitted, None, sigma, threshold, &mut self.clean);
            if mode >= 2.0 {
                let pilot = self.clean.clone();
                if mode >= 3.0 {
                    self.grouped.find(&pilot, group, limit);
                }
                self.grouped.filter(&self.fitted, Some(&pilot), sigma * var("WS", 1.0), threshold, &mut self.clean);
            }
        }
        if self.non_negative {
            for value in &mut self.clean {
                *value = value.max(0.0);
            }
        }
        std::mem::swap(&mut self.estimate, &mut self.clean);
        self.step += 1;
        PlaneStep {
            residual: self.least_squares.root_mean(energy),
            change: relative(squared_distance(&self.estimate, &self.clean), squares(&self.estimate)),
            objective: None,
            done: self.step >= self.steps,
        }
    }

    fn write_estimate(&self, picture: &mut [f32]) {
        self.observation.frame().crop_into(&self.estimate, picture);
    }
}

impl HalfQuadratic {
    /// σ_k of the step to come: from the first to the last in even ratios.
    fn denoised_sigma(&self) -> f32 {
        let last = self.sigma.max(LAST_SIGMA);
        let part = if self.steps > 1 { self.step as f32 / (self.steps - 1) as f32 } else { 1.0 };
        FIRST_SIGMA.max(last) * (last / FIRST_SIGMA.max(last)).powf(part)
    }
}
