//! Total variation: few and sharp edges between flat regions, by the alternating direction method of multipliers.

use super::automatic::noise;
use super::description::{Description, Family, Iterations, Parameter, Positivity, Rule, Scale, Start};
use super::gradient::{add_adjoint, differences};
use super::method::{Method, Run};
use super::observation::Observation;
use super::planes::{PlaneStep, PlanesRun, Solver};
use super::settings::Settings;
use super::splitting::{LeastSquares, SPLIT};
use super::starting::fill_start;
use super::sums::{relative, squared_distance, squares, sum};
use super::treatment::Treatment;
use std::rc::Rc;

/// What there is to know of [`TotalVariation`].
pub const DESCRIPTION: Description = Description {
    id: "tv",
    name: "Total variation",
    family: Family::Iterative,
    summary: "The picture that explains the data with as little up and down as possible, ½‖Hu − g‖² + μΣ|∇u| at its \
              least. Edges stay sharp and flat regions become flat; fine texture is flattened too.",
    source: "Rudin, Osher, Fatemi, 1992; by ADMM: Wang, Yang, Yin, Zhang, 2008",
    parameters: &[Parameter {
        symbol: "μ",
        name: "regularisation",
        scale: Scale::Log10([-7.0, 1.0]),
        default: 1e-3,
        help: "The larger μ, the flatter the regions between edges; as μ falls, texture returns and noise with it.",
    }],
    rules: &[Rule::Noise],
    iterations: Some(Iterations { default: 60, most: 1000 }),
    treatments: &[Treatment::Unknown, Treatment::Circular, Treatment::Taper, Treatment::Mirror],
    starts: &[Start::Observed, Start::Flat, Start::Filtered],
    positivity: Positivity::Optional(false),
    missing_pixels: true,
    floats_per_pixel: 16,
};

/// μ in units of σ², samples being 0…1.
const MU_OF_VARIANCE: f32 = 0.04 * 255.0;

/// Gradients shorter than this are taken for noise at first: μ/ρ.
const THRESHOLD: f32 = 8.0 / 255.0;

/// min ½‖Hu − g‖² + μΣ|∇u| by splitting d = ∇u, and w = u ≥ 0 where values below zero are kept out.
#[derive(Clone, Copy, Debug)]
pub struct TotalVariation;

impl Method for TotalVariation {
    fn description(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn automatic(&self, observation: &Observation, rule: Rule) -> Option<f32> {
        noise::choose(&DESCRIPTION, observation, rule, |sigma| MU_OF_VARIANCE * sigma * sigma)
    }

    fn start(&self, observation: &Rc<Observation>, settings: &Settings) -> Box<dyn Run> {
        PlanesRun::start::<Admm>(&DESCRIPTION, observation, settings)
    }
}

/// The iteration on a channel: two transforms a step, four where pixels are unknown.
///
/// With v = ∇u + b, shrinking makes d = v − b₊ where b₊ is v, cut to the length μ/ρ; so d − b₊ = v − 2b₊, and neither d nor
/// the old b need a place. The split of u ≥ 0 goes likewise: with v = u + c, c₊ = min(v, 0) and w − c₊ = |v|.
pub(super) struct Admm {
    observation: Rc<Observation>,
    channel: usize,
    least_squares: LeastSquares,
    estimate: Vec<f32>,
    /// ρ∇ᵀ(d − b), with ρ(w − c) too where values below zero are kept out.
    pull: Vec<f32>,
    /// b, to the right and down.
    duals: [Vec<f32>; 2],
    /// c.
    below_zero: Vec<f32>,
    /// Rows of d − b: to the right, down, and down from the row above; and of |∇u|.
    rows: [Vec<f32>; 4],
    mu: f32,
    rho: f32,
    non_negative: bool,
}

/// What a pass over the estimate finds.
struct Pass {
    variation: f64,
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
            estimate: plane(),
            pull: plane(),
            duals: [plane(), plane()],
            below_zero: plane(),
            rows: std::array::from_fn(|_| vec![0.0; frame.size()[1]]),
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
        self.least_squares.restart([self.rho, if self.non_negative { self.rho } else { 0.0 }]);
        for dual in self.duals.iter_mut().chain([&mut self.below_zero]) {
            dual.fill(0.0);
        }
        fill_start(&self.observation, self.channel, settings.start, &mut self.pull);
        self.pass();
    }

    fn step(&mut self) -> PlaneStep {
        let energy = self.least_squares.solve(&mut self.pull);
        let Pass { variation, change } = self.pass();
        PlaneStep {
            residual: self.least_squares.root_mean(energy),
            change,
            objective: Some(0.5 * energy + f64::from(self.mu) * variation),
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
    /// How it is set for noise of standard deviation `sigma`.
    pub fn settings(sigma: f32) -> Settings {
        Settings::of(&DESCRIPTION).with_first(MU_OF_VARIANCE * sigma * sigma)
    }

    /// The estimate on the whole frame.
    pub fn estimate(&self) -> &[f32] {
        &self.estimate
    }

    /// Takes the new estimate out of `pull`, moves the duals on and writes the new pull: one pass over the rows.
    fn pass(&mut self) -> Pass {
        let [height, width] = self.observation.frame().size();
        std::mem::swap(&mut self.estimate, &mut self.pull);
        let [right, down, above, lengths] = &mut self.rows;
        above.fill(0.0);
        let mut sums = [0.0_f64; 3];
        for y in 0..height {
            let row = y * width..(y + 1) * width;
            let here = &self.estimate[row.clone()];
            let next = (y + 1) % height * width;
            differences(here, &self.estimate[next..next + width], right, down);
            let [to_right, to_below] = &mut self.duals;
            shrink(right, down, &mut to_right[row.clone()], &mut to_below[row.clone()], lengths);
            sums[0] += sum(lengths);
            // What stands here is the estimate before, which nobody asks for any more after this.
            let pull = &mut self.pull[row.clone()];
            sums[1] += squared_distance(here, pull);
            sums[2] += squares(here);
            if self.non_negative {
                for ((pull, here), below_zero) in pull.iter_mut().zip(here).zip(&mut self.below_zero[row]) {
                    let v = here + *below_zero;
                    *below_zero = v.min(0.0);
                    *pull = self.rho * v.abs();
                }
            } else {
                pull.fill(0.0);
            }
            add_adjoint(right, down, above, self.rho, pull);
            std::mem::swap(above, down);
        }
        for (pull, above) in self.pull[..width].iter_mut().zip(above) {
            *pull += self.rho * *above;
        }
        Pass { variation: sums[0], change: relative(sums[1], sums[2]) }
    }
}

/// Moves a row of b on, puts d − b in the place of ∇u and |∇u| in `lengths`. Vectors are shrunk by their length.
fn shrink(right: &mut [f32], down: &mut [f32], to_right: &mut [f32], to_below: &mut [f32], lengths: &mut [f32]) {
    let duals = to_right.iter_mut().zip(to_below);
    for (((x, y), (b_x, b_y)), length) in right.iter_mut().zip(down).zip(duals).zip(lengths) {
        *length = (*x * *x + *y * *y).sqrt();
        let (v_x, v_y) = (*x + *b_x, *y + *b_y);
        let cut = THRESHOLD / (v_x * v_x + v_y * v_y).sqrt().max(THRESHOLD);
        (*b_x, *b_y) = (cut * v_x, cut * v_y);
        let rest = 1.0 - 2.0 * cut;
        (*x, *y) = (rest * v_x, rest * v_y);
    }
}
