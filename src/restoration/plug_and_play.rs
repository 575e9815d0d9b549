//! Plug and play: a denoiser stands for what is known of pictures; nothing else is assumed.

use super::automatic::noise;
use super::denoising::{Grouped, LARGEST_GROUP, SlidingDct};
use super::description::{Description, Family, Iterations, Parameter, Positivity, Rule, Scale, Start};
use super::method::{Method, Run};
use super::observation::Observation;
use super::planes::{PlaneStep, PlanesRun, Solver};
use super::settings::Settings;
use super::splitting::LeastSquares;
use super::starting::fill_start;
use super::sums::{relative, squared_distance, squares};
use super::total_variation::Admm;
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
        Parameter {
            symbol: "K",
            name: "patches in a group",
            scale: Scale::Even([1.0, LARGEST_GROUP as f32, 1.0]),
            default: 1.0,
            help: "1 denoises each patch by itself. 2, 4, 8 or 16 similar patches are denoised together: better where a \
                   picture repeats itself, best with λ = 0.3, and many times as slow.",
        },
    ],
    rules: &[Rule::Noise],
    iterations: Some(Iterations { default: 16, most: 50 }),
    treatments: &[Treatment::Unknown, Treatment::Circular, Treatment::Taper, Treatment::Mirror],
    starts: &[Start::Observed, Start::Flat],
    positivity: Positivity::Optional(false),
    missing_pixels: true,
    floats_per_pixel: 36,
};

/// What the denoiser removes at first.
const FIRST_SIGMA: f32 = 40.0 / 255.0;

/// What it removes at last, unless there is more noise.
const LAST_SIGMA: f32 = 0.8 / 255.0;

/// Pixels between the patches of the sliding transform.
const STRIDE: usize = 2;

/// Steps after which similar patches are sought anew.
const GROUPED_EVERY: usize = 4;

/// Steps of total variation by which unknown pixels are filled in before the first step.
const FILLING_STEPS: usize = 40;

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
        PlanesRun::start::<HalfQuadratic>(&DESCRIPTION, observation, settings)
    }
}

/// The iteration on a channel: two transforms a step, four where pixels are unknown, and the denoiser.
struct HalfQuadratic {
    observation: Rc<Observation>,
    channel: usize,
    least_squares: LeastSquares,
    /// Where pixels are unknown: what fills them in at first.
    filler: Option<Admm>,
    /// The steps that it has done.
    filled: usize,
    sliding: SlidingDct,
    grouped: Grouped,
    /// Patches that are denoised together; 1 is the sliding transform.
    group: usize,
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
            filler: frame.known().is_some().then(|| Admm::new(observation, channel, &Admm::settings(0.01))),
            filled: 0,
            sliding: SlidingDct::new(frame.size(), STRIDE),
            grouped: Grouped::new(frame.size()),
            group: 1,
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
        self.group = settings.parameter(&DESCRIPTION, 2) as usize;
        self.steps = settings.iterations(&DESCRIPTION);
        (self.step, self.filled) = (0, 0);
        self.non_negative = settings.non_negative;
        fill_start(&self.observation, self.channel, settings.start, &mut self.estimate);
        self.least_squares.restart([0.0, 1.0]);
        if let Some(filler) = &mut self.filler {
            filler.restart(&Settings { start: settings.start, ..Admm::settings(self.sigma) });
        }
    }

    fn prepare(&mut self) -> bool {
        let Some(filler) = self.filler.as_mut().filter(|_| self.filled < FILLING_STEPS) else { return false };
        filler.step();
        self.filled += 1;
        if self.filled == FILLING_STEPS {
            self.least_squares.fill(filler.estimate());
        }
        true
    }

    fn step(&mut self) -> PlaneStep {
        let sigma = self.denoised_sigma();
        let weight = self.weight * (self.sigma / sigma).powi(2);
        let energy = self.least_squares.follow(&self.estimate, weight, &mut self.fitted);
        if self.group > 1 {
            if self.step.is_multiple_of(GROUPED_EVERY) {
                // What was denoised before shows better what is alike.
                let guide = if self.step == 0 { &self.fitted } else { &self.estimate };
                self.grouped.find(guide, self.group);
            }
            self.grouped.denoise(&self.fitted, sigma, &mut self.clean);
        } else {
            self.sliding.denoise(&self.fitted, sigma, &mut self.clean);
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
