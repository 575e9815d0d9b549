//! Sparse wavelets: few differences at few scales, by the alternating direction method of multipliers.

use super::automatic::noise;
use super::description::{Description, Family, Iterations, Parameter, Positivity, Rule, Scale, Start};
use super::haar::{BANDS, Haar, LEVELS};
use super::method::{Method, Run};
use super::observation::Observation;
use super::planes::{PlaneStep, PlanesRun, Solver};
use super::settings::Settings;
use super::splitting::{LeastSquares, SPLIT};
use super::starting::fill_start;
use super::sums::{absolute, relative, squared_distance, squares};
use super::treatment::Treatment;
use std::rc::Rc;

/// The one parameter of all methods that keep the same wavelets sparse.
pub(super) const SPARSITY: Parameter = Parameter {
    symbol: "μ",
    name: "regularisation",
    scale: Scale::Log10([-7.0, 1.0]),
    default: 1e-3,
    help: "The larger μ, the fewer details are left; as μ falls, texture returns and noise with it.",
};

/// What there is to know of [`Wavelet`].
pub const DESCRIPTION: Description = Description {
    id: "wavelet",
    name: "Sparse wavelets",
    family: Family::Iterative,
    summary: "The picture that explains the data and has few differences at scales of 1, 2, 4 and 8 pixels, \
              ½‖Hu − g‖² + μΣ2⁻ʲ|Wⱼu| at its least. Edges of all scales stay, small ripples go.",
    source: "Figueiredo, Bioucas-Dias, Afonso, 2009; undecimated Haar frame: Coifman, Donoho, 1995",
    parameters: &[SPARSITY],
    rules: &[Rule::Noise],
    iterations: Some(Iterations { default: 80, most: 1000 }),
    treatments: &[Treatment::Unknown, Treatment::Circular, Treatment::Taper, Treatment::Mirror],
    starts: &[Start::Observed, Start::Flat, Start::Filtered],
    positivity: Positivity::Optional(false),
    missing_pixels: true,
    floats_per_pixel: 28,
};

/// μ in units of σ², samples being 0…1.
const MU_OF_VARIANCE: f32 = 0.03 * 255.0;

/// μ/ρ: differences shorter than 2⁻ʲ of this are taken for noise at first.
const THRESHOLD: f32 = 4.0 / 255.0;

/// What differences of a level, from 0, weigh beside others, 2⁻ʲ: white noise falls by half a level.
pub(super) fn level_weight(level: usize) -> f32 {
    0.5_f32.powi(level as i32)
}

/// μ by `rule`, the same for all methods that keep these wavelets sparse.
pub(super) fn sparsity(description: &Description, observation: &Observation, rule: Rule) -> Option<f32> {
    noise::choose(description, observation, rule, |sigma| MU_OF_VARIANCE * sigma * sigma)
}

/// min ½‖Hu − g‖² + μΣ2⁻ʲ|Wⱼu| by splitting d = Wu, W the undecimated Haar frame, and w = u ≥ 0 where values below zero are
/// kept out.
#[derive(Clone, Copy, Debug)]
pub struct Wavelet;

impl Method for Wavelet {
    fn description(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn automatic(&self, observation: &Observation, rule: Rule) -> Option<f32> {
        sparsity(&DESCRIPTION, observation, rule)
    }

    fn start(&self, observation: &Rc<Observation>, settings: &Settings) -> Box<dyn Run> {
        PlanesRun::start::<Admm>(&DESCRIPTION, observation, settings)
    }
}

/// The iteration on a channel: two transforms a step, four where pixels are unknown. As in total variation, b₊ is
/// v = Wu + b, cut to the threshold, and d − b₊ = v − 2b₊.
struct Admm {
    observation: Rc<Observation>,
    channel: usize,
    least_squares: LeastSquares,
    frame: Haar,
    estimate: Vec<f32>,
    /// ρWᵀ(d − b), with ρ(w − c) too where values below zero are kept out.
    pull: Vec<f32>,
    /// b.
    duals: [[Vec<f32>; BANDS]; LEVELS],
    /// c.
    below_zero: Vec<f32>,
    mu: f32,
    rho: f32,
    non_negative: bool,
}

/// What a pass over the estimate finds.
struct Pass {
    /// Σ2⁻ʲ|Wⱼu|.
    details: f64,
    /// ‖u − u₋‖/‖u‖.
    change: f64,
}

impl Solver for Admm {
    fn new(observation: &Rc<Observation>, channel: usize, settings: &Settings) -> Self {
        let frame = observation.frame();
        let plane = || vec![0.0; frame.pixels()];
        let mut solver = Self {
            observation: Rc::clone(observation),
            channel,
            least_squares: LeastSquares::new(observation, channel, SPLIT),
            frame: Haar::new(frame.size()),
            estimate: plane(),
            pull: plane(),
            duals: std::array::from_fn(|_| std::array::from_fn(|_| plane())),
            below_zero: plane(),
            mu: 0.0,
            rho: 0.0,
            non_negative: false,
        };
        solver.restart(settings);
        solver
    }

    fn restart(&mut self, settings: &Settings) {
        self.mu = settings.parameter(&DESCRIPTION, 0);
        self.rho = self.mu / THRESHOLD;
        self.non_negative = settings.non_negative;
        self.least_squares.restart([0.0, if self.non_negative { 2.0 * self.rho } else { self.rho }]);
        for dual in self.duals.as_flattened_mut().iter_mut().chain([&mut self.below_zero]) {
            dual.fill(0.0);
        }
        fill_start(&self.observation, self.channel, settings.start, &mut self.pull);
        self.pass();
    }

    fn step(&mut self) -> PlaneStep {
        let energy = self.least_squares.solve(&mut self.pull);
        let Pass { details, change } = self.pass();
        PlaneStep {
            residual: self.least_squares.root_mean(energy),
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

impl Admm {
    /// Takes the new estimate out of `pull`, moves the duals on and writes the new pull.
    fn pass(&mut self) -> Pass {
        std::mem::swap(&mut self.estimate, &mut self.pull);
        let change = relative(squared_distance(&self.estimate, &self.pull), squares(&self.estimate));
        self.pull.copy_from_slice(&self.estimate);
        let mut details = 0.0;
        let duals = &mut self.duals;
        self.frame.pass(
            &mut self.pull,
            |level, start, bands| {
                let weight = level_weight(level);
                let threshold = weight * THRESHOLD;
                for (band, dual) in bands.into_iter().zip(&mut duals[level]) {
                    details += f64::from(weight) * absolute(band);
                    for (value, dual) in band.iter_mut().zip(&mut dual[start..]) {
                        let v = *value + *dual;
                        *dual = v.max(-threshold).min(threshold);
                        *value = v - 2.0 * *dual;
                    }
                }
            },
            |_| {},
        );
        if self.non_negative {
            for ((pull, here), below_zero) in self.pull.iter_mut().zip(&self.estimate).zip(&mut self.below_zero) {
                let v = here + *below_zero;
                *below_zero = v.min(0.0);
                *pull = self.rho * (*pull + v.abs());
            }
        } else {
            for pull in &mut self.pull {
                *pull *= self.rho;
            }
        }
        Pass { details, change }
    }
}
