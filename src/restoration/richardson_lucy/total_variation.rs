//! Richardson–Lucy that flattens while it sharpens.

use super::core::{Core, Weights, multiply_each};
use super::{BACKGROUND, STARTS, TREATMENTS};
use crate::restoration::description::{Description, Family, Iterations, Parameter, Positivity, Rule, Scale};
use crate::restoration::method::{Method, Run};
use crate::restoration::observation::Observation;
use crate::restoration::planes::{PlaneStep, PlanesRun, Solver};
use crate::restoration::settings::Settings;
use crate::restoration::starting::known_mean;
use crate::restoration::sweep::sweep;
use std::rc::Rc;

/// What there is to know of [`TotalVariationRichardsonLucy`].
pub const DESCRIPTION: Description = Description {
    id: "rl-tv",
    name: "Richardson–Lucy, total variation",
    family: Family::Iterative,
    summary: "The likeliest picture whose total variation, the sum of all slopes, is small too: noise is flattened, edges \
              stay, and the picture no longer falls apart when the iteration goes on.",
    source: "Dey et al., 2006",
    parameters: &[
        Parameter {
            symbol: "λ",
            name: "regularisation",
            scale: Scale::Log10([-5.0, -0.6]),
            default: 0.002,
            help: "The larger λ, the flatter the picture between its edges; too large, and it becomes a map of patches.",
        },
        BACKGROUND,
    ],
    rules: &[Rule::Noise],
    iterations: Some(Iterations { default: 100, most: 1000 }),
    treatments: TREATMENTS,
    starts: STARTS,
    positivity: Positivity::Always,
    missing_pixels: true,
    floats_per_pixel: 11,
};

/// HᵀM − λ div(∇u/|∇u|) is kept at least at this part of HᵀM.
const LEAST_DENOMINATOR: f32 = 0.1;
/// |∇u| is √(|∇u|² + ε²) with ε this part of the data's mean: flat regions have no direction.
const SMOOTHING: f32 = 1e-3;

/// λ by the noise is this much of σ over the data's mean: found on photographs and drawings at 25…40 dB.
const NOISE_SHARE: f32 = 0.08;

/// u ← u/(HᵀM − λ div(∇u/|∇u|)) · Hᵀ(M g/(Hu + b)), with forward differences for ∇ and backward ones for div, on a frame
/// that repeats itself. The objective is the divergence plus λΣ|∇u|.
#[derive(Clone, Copy, Debug)]
pub struct TotalVariationRichardsonLucy;

impl Method for TotalVariationRichardsonLucy {
    fn description(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn automatic(&self, observation: &Observation, rule: Rule) -> Option<f32> {
        if rule != Rule::Noise || observation.sigma() == 0.0 {
            return None;
        }
        let channels = 0..observation.channels();
        let mean = channels.map(|channel| known_mean(observation, channel, |value| value.max(0.0))).sum::<f32>()
            / observation.channels() as f32;
        let [low, high] = DESCRIPTION.parameters.first()?.range();
        (mean > 0.0).then(|| (NOISE_SHARE * observation.sigma() / mean).clamp(low, high))
    }

    fn start(&self, observation: &Rc<Observation>, settings: &Settings) -> Box<dyn Run> {
        PlanesRun::start::<TotalVariation>(&DESCRIPTION, observation, settings)
    }
}

struct TotalVariation {
    core: Core,
    width: usize,
    lambda: f32,
    smoothing: f32,
    estimate: Vec<f32>,
    directions: Directions,
}

/// ∇u/|∇u| of the rows that a pass needs, and that of the last row, whose lower neighbour is the first.
struct Directions {
    /// Across and down.
    here: [Vec<f32>; 2],
    /// Down, of the row above.
    above: Vec<f32>,
    last: [Vec<f32>; 2],
    /// 1/(HᵀM − λ div(∇u/|∇u|)) of a row.
    weights: Vec<f32>,
}

impl Solver for TotalVariation {
    fn new(observation: &Rc<Observation>, channel: usize, settings: &Settings) -> Self {
        let frame = observation.frame();
        let width = frame.size()[1];
        let row = vec![0.0; width];
        let directions = Directions {
            here: [row.clone(), row.clone()],
            above: row.clone(),
            last: [row.clone(), row.clone()],
            weights: row,
        };
        let mean = known_mean(observation, channel, |value| value.max(0.0));
        let mut solver = Self {
            core: Core::new(observation, channel),
            width,
            lambda: 0.0,
            smoothing: (SMOOTHING * mean).max(1e-12),
            estimate: vec![0.0; frame.pixels()],
            directions,
        };
        solver.restart(settings);
        solver
    }

    fn restart(&mut self, settings: &Settings) {
        self.lambda = settings.parameter(&DESCRIPTION, 0);
        self.core.restart(settings.parameter(&DESCRIPTION, 1), settings.start, &mut self.estimate);
    }

    fn step(&mut self) -> PlaneStep {
        let misfit = self.core.compare(&self.estimate);
        let correction = self.core.correction();
        let Self { width, lambda, smoothing, estimate, directions, .. } = self;
        let (width, lambda, smoothing) = (*width, *lambda, *smoothing);
        let Directions { here, above, last, weights } = directions;
        let height = estimate.len() / width;
        let mut moved = [0.0; 2];
        let (first, lowest) = (&estimate[..width], &estimate[(height - 1) * width..]);
        let mut variation = direct(lowest, first, smoothing, last);
        above.copy_from_slice(&last[1]);
        for y in 0..height {
            let row = y * width..(y + 1) * width;
            if y + 1 < height {
                let below = &estimate[row.end..][..width];
                variation += direct(&estimate[row.clone()], below, smoothing, here);
            } else {
                // The first row has moved on by now; what the last one needs of it is kept.
                std::mem::swap(here, last);
            }
            match correction.weights {
                Weights::Even(weight) => weigh(weights, here, above, |_| *weight, lambda),
                Weights::Each(each) => weigh(weights, here, above, |x| each[row.start + x], lambda),
            }
            let part = multiply_each(&mut estimate[row.clone()], &correction.factors[row], weights);
            moved = [moved[0] + part[0], moved[1] + part[1]];
            std::mem::swap(above, &mut here[1]);
        }
        let objective = misfit.divergence + f64::from(lambda) * variation;
        self.core.report(misfit, moved, Some(objective))
    }

    fn write_estimate(&self, picture: &mut [f32]) {
        self.core.write(&self.estimate, picture);
    }
}

/// ∇u/|∇u| of a row, given the row below; answers Σ|∇u|.
fn direct(row: &[f32], below: &[f32], smoothing: f32, [across, down]: &mut [Vec<f32>; 2]) -> f64 {
    let slope = |here: f32, right: f32, below: f32| {
        let (x, y) = (right - here, below - here);
        let length = (x * x + y * y + smoothing * smoothing).sqrt();
        ([x / length, y / length], [length])
    };
    let end = row.len() - 1;
    let [sum] = sweep(
        [&row[..end], &row[1..], &below[..end]],
        [&mut across[..end], &mut down[..end]],
        |[here, right, below], _| slope(here, right, below),
    );
    let ([x, y], [length]) = slope(row[end], row[0], below[end]);
    (across[end], down[end]) = (x, y);
    sum + f64::from(length)
}

/// 1/(HᵀM − λ div(∇u/|∇u|)) of a row, given 1/HᵀM and the directions of the row and down of the row above.
fn weigh(
    weights: &mut [f32],
    [across, down]: &[Vec<f32>; 2],
    above: &[f32],
    weight: impl Fn(usize) -> f32,
    lambda: f32,
) {
    let mut left = across[across.len() - 1];
    for (x, target) in weights.iter_mut().enumerate() {
        let (weight, divergence) = (weight(x), across[x] - left + down[x] - above[x]);
        left = across[x];
        *target = weight / (1.0 - lambda * weight * divergence).max(LEAST_DENOMINATOR);
    }
}
