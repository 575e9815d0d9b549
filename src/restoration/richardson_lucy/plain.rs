//! Richardson–Lucy as it was found.

use super::core::{Core, multiply};
use super::{BACKGROUND, STARTS, TREATMENTS};
use crate::restoration::description::{Description, Family, Iterations, Positivity, Rule};
use crate::restoration::method::{Method, Run};
use crate::restoration::observation::Observation;
use crate::restoration::planes::{PlaneStep, PlanesRun, Solver};
use crate::restoration::settings::Settings;
use std::rc::Rc;

/// What there is to know of [`RichardsonLucy`].
pub const DESCRIPTION: Description = Description {
    id: "richardson-lucy",
    name: "Richardson–Lucy",
    family: Family::Iterative,
    summary: "The likeliest picture for light that was counted. Each step multiplies the estimate by how much brighter the \
              data are than its blur. Nothing falls below zero and no light is lost; noise grows with the iterations.",
    source: "Richardson, 1972; Lucy, 1974",
    parameters: &[BACKGROUND],
    rules: &[],
    iterations: Some(Iterations { default: 30, most: 1000 }),
    treatments: TREATMENTS,
    starts: STARTS,
    positivity: Positivity::Always,
    missing_pixels: true,
    floats_per_pixel: 11,
};

/// u ← u/(HᵀM) · Hᵀ(M g/(Hu + b)).
#[derive(Clone, Copy, Debug)]
pub struct RichardsonLucy;

impl Method for RichardsonLucy {
    fn description(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn automatic(&self, _: &Observation, _: Rule) -> Option<f32> {
        None
    }

    fn start(&self, observation: &Rc<Observation>, settings: &Settings) -> Box<dyn Run> {
        PlanesRun::start::<Plain>(&DESCRIPTION, observation, settings)
    }
}

struct Plain {
    core: Core,
    estimate: Vec<f32>,
}

impl Solver for Plain {
    fn new(observation: &Rc<Observation>, channel: usize, settings: &Settings) -> Self {
        let estimate = vec![0.0; observation.frame().pixels()];
        let mut solver = Self { core: Core::new(observation, channel), estimate };
        solver.restart(settings);
        solver
    }

    fn restart(&mut self, settings: &Settings) {
        self.core.restart(settings.parameter(&DESCRIPTION, 0), settings.start, &mut self.estimate);
    }

    fn step(&mut self) -> PlaneStep {
        let misfit = self.core.compare(&self.estimate);
        let correction = self.core.correction();
        let moved = multiply(&mut self.estimate, correction.factors, correction.weights);
        self.core.report(misfit, moved, Some(misfit.divergence))
    }

    fn write_estimate(&self, picture: &mut [f32]) {
        self.core.write(&self.estimate, picture);
    }
}
