//! Richardson–Lucy that leaves alone what already agrees with the data within their noise.

use super::core::{Core, multiply};
use super::{BACKGROUND, STARTS, TREATMENTS};
use crate::restoration::description::{Description, Family, Iterations, Parameter, Positivity, Rule, Scale};
use crate::restoration::method::{Method, Run};
use crate::restoration::observation::Observation;
use crate::restoration::planes::{PlaneStep, PlanesRun, Solver};
use crate::restoration::settings::Settings;
use std::rc::Rc;

/// What there is to know of [`DampedRichardsonLucy`].
pub const DESCRIPTION: Description = Description {
    id: "rl-damped",
    name: "Richardson–Lucy, damped",
    family: Family::Iterative,
    summary: "Where the blurred estimate agrees with the data within some of the noise's standard deviations, differences \
              count for less and less: flat regions stay calm while bright points go on sharpening.",
    source: "White, 1994",
    parameters: &[
        Parameter {
            symbol: "T",
            name: "threshold",
            scale: Scale::Even([0.0, 5.0, 0.1]),
            default: 1.5,
            help: "In standard deviations of the noise, which must be known: differences below it are damped; 0 damps none.",
        },
        BACKGROUND,
    ],
    rules: &[],
    iterations: Some(Iterations { default: 100, most: 1000 }),
    treatments: TREATMENTS,
    starts: STARTS,
    positivity: Positivity::Always,
    missing_pixels: true,
    floats_per_pixel: 11,
};

/// With the model m = Hu + b: u ← u/(HᵀM) · HᵀM(1 + D·(g − m)/m), where D = Uᴺ⁻¹(N − (N − 1)U) rises from 0 to 1 with
/// U = min((g − m)²/(Tσ)², 1), N = 10. With D = 1 that is the plain form. White measures (g − m)² in the variance of
/// counted light; here it is that of the noise that the observation tells. The light is kept in the plain form alone. What
/// it brings down has no formula, so there is no objective.
#[derive(Clone, Copy, Debug)]
pub struct DampedRichardsonLucy;

impl Method for DampedRichardsonLucy {
    fn description(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn automatic(&self, _: &Observation, _: Rule) -> Option<f32> {
        None
    }

    fn start(&self, observation: &Rc<Observation>, settings: &Settings) -> Box<dyn Run> {
        PlanesRun::start::<Damped>(&DESCRIPTION, observation, settings)
    }
}

struct Damped {
    core: Core,
    sigma: f32,
    /// 1/(Tσ)²; None where nothing is damped.
    scale: Option<f32>,
    estimate: Vec<f32>,
}

impl Solver for Damped {
    fn new(observation: &Rc<Observation>, channel: usize, settings: &Settings) -> Self {
        let estimate = vec![0.0; observation.frame().pixels()];
        let (core, sigma) = (Core::new(observation, channel), observation.sigma());
        let mut solver = Self { core, sigma, scale: None, estimate };
        solver.restart(settings);
        solver
    }

    fn restart(&mut self, settings: &Settings) {
        let threshold = settings.parameter(&DESCRIPTION, 0) * self.sigma;
        self.scale = Some((threshold * threshold).recip()).filter(|scale| scale.is_finite());
        self.core.restart(settings.parameter(&DESCRIPTION, 1), settings.start, &mut self.estimate);
    }

    fn step(&mut self) -> PlaneStep {
        let misfit = match self.scale {
            None => self.core.compare(&self.estimate),
            Some(scale) => self.core.compare_by(&self.estimate, |observed, model, ratio| {
                let difference = observed - model;
                let deviation = (difference * difference * scale).min(1.0);
                let square = deviation * deviation;
                let eighth = (square * square) * (square * square);
                let damping = eighth * deviation * (10.0 - 9.0 * deviation);
                1.0 + damping * (ratio - 1.0)
            }),
        };
        let correction = self.core.correction();
        let moved = multiply(&mut self.estimate, correction.factors, correction.weights);
        self.core.report(misfit, moved, None)
    }

    fn write_estimate(&self, picture: &mut [f32]) {
        self.core.write(&self.estimate, picture);
    }
}
