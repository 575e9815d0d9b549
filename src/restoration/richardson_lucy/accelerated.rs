//! Richardson–Lucy that looks ahead: several times as fast for two more planes of memory.

use super::core::{Core, Weights, next, positive};
use super::{BACKGROUND, STARTS, TREATMENTS};
use crate::restoration::description::{Description, Family, Iterations, Positivity, Rule};
use crate::restoration::method::{Method, Run};
use crate::restoration::observation::Observation;
use crate::restoration::planes::{PlaneStep, PlanesRun, Solver};
use crate::restoration::settings::Settings;
use crate::restoration::sweep::sweep;
use std::rc::Rc;

/// What there is to know of [`AcceleratedRichardsonLucy`].
pub const DESCRIPTION: Description = Description {
    id: "rl-accelerated",
    name: "Richardson–Lucy, accelerated",
    family: Family::Iterative,
    summary: "Before each step the estimate runs ahead in the direction of the last one, the farther the more steadily the \
              steps point one way. It comes to the same pictures in about a fifth of the iterations.",
    source: "Biggs, Andrews, 1997",
    parameters: &[BACKGROUND],
    rules: &[],
    iterations: Some(Iterations { default: 8, most: 500 }),
    treatments: TREATMENTS,
    starts: STARTS,
    positivity: Positivity::Always,
    missing_pixels: true,
    floats_per_pixel: 13,
};

/// With v = max(u + α(u − u₋), 0): u ← v/(HᵀM) · Hᵀ(M g/(Hv + b)), and α = ⟨d, d₋⟩/⟨d₋, d₋⟩ within 0…1 from the steps'
/// corrections d = u − v. Residual and divergence are those of v.
#[derive(Clone, Copy, Debug)]
pub struct AcceleratedRichardsonLucy;

impl Method for AcceleratedRichardsonLucy {
    fn description(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn automatic(&self, _: &Observation, _: Rule) -> Option<f32> {
        None
    }

    fn start(&self, observation: &Rc<Observation>, settings: &Settings) -> Box<dyn Run> {
        PlanesRun::start::<Accelerated>(&DESCRIPTION, observation, settings)
    }
}

struct Accelerated {
    core: Core,
    /// u.
    estimate: Vec<f32>,
    /// v.
    ahead: Vec<f32>,
    /// d₋.
    correction: Vec<f32>,
}

impl Solver for Accelerated {
    fn new(observation: &Rc<Observation>, channel: usize, settings: &Settings) -> Self {
        let plane = vec![0.0; observation.frame().pixels()];
        let core = Core::new(observation, channel);
        let mut solver = Self { core, estimate: plane.clone(), ahead: plane.clone(), correction: plane };
        solver.restart(settings);
        solver
    }

    fn restart(&mut self, settings: &Settings) {
        self.core.restart(settings.parameter(&DESCRIPTION, 0), settings.start, &mut self.estimate);
        self.ahead.copy_from_slice(&self.estimate);
        self.correction.fill(0.0);
    }

    fn step(&mut self) -> PlaneStep {
        let misfit = self.core.compare(&self.ahead);
        let correction = self.core.correction();
        // u − u₋ goes where the ratio was.
        let step = correction.spare;
        let pixel = |factor: f32, weight: f32, ahead: f32, [estimate, corrected, _]: [f32; 3]| {
            let new = next(ahead, weight, factor);
            let (correction, step) = (new - ahead, new - estimate);
            ([new, correction, step], [step * step, new * new, correction * corrected, corrected * corrected])
        };
        let written = [&mut self.estimate[..], &mut self.correction[..], &mut *step];
        let [moved, length, agreement, before] = match correction.weights {
            Weights::Even(weight) => sweep([correction.factors, &self.ahead], written, |[factor, ahead], old| {
                pixel(factor, *weight, ahead, old)
            }),
            Weights::Each(weights) => {
                sweep([correction.factors, weights, &self.ahead], written, |[factor, weight, ahead], old| {
                    pixel(factor, weight, ahead, old)
                })
            }
        };
        let alpha = if before > 0.0 { (agreement / before).clamp(0.0, 1.0) as f32 } else { 0.0 };
        sweep([&self.estimate, step], [&mut self.ahead], |[estimate, step], [_]| {
            ([positive(estimate + alpha * step)], [])
        });
        self.core.report(misfit, [moved, length], Some(misfit.divergence))
    }

    fn write_estimate(&self, picture: &mut [f32]) {
        self.core.write(&self.estimate, picture);
    }
}
