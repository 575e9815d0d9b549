//! The truncated inverse: divide where the blur responds, and give up the rest.

use super::description::{Description, Family, Parameter, Positivity, Rule, Scale};
use super::linear::{Filter, LinearRun, NO_RESPONSE, Prepared, automatic};
use super::method::{Method, Run};
use super::observation::Observation;
use super::settings::Settings;
use super::spectra::Bin;
use super::treatment::Treatment;
use std::rc::Rc;

/// What there is to know of [`Truncated`].
pub const DESCRIPTION: Description = Description {
    id: "truncated",
    name: "Truncated inverse",
    family: Family::Linear,
    summary: "Divides by H where |H| ≥ ε and gives up all other frequencies. What is kept is exact; the sharp cut rings.",
    source: "Hansen, 1998",
    parameters: &[Parameter {
        symbol: "ε",
        name: "cut-off",
        scale: Scale::Log10([-6.0, 0.0]),
        default: 0.1,
        help: "Frequencies to which the blur responds less than ε are given up; the fewer, the more noise comes in.",
    }],
    // By the discrepancy, which moves in jumps here, it would lose several dB.
    rules: &[Rule::CrossValidation],
    iterations: None,
    treatments: &[Treatment::Mirror, Treatment::Circular, Treatment::Taper],
    starts: &[],
    positivity: Positivity::Optional(false),
    missing_pixels: false,
    floats_per_pixel: 12,
};

/// F̂ = G/H where |H| ≥ ε, and 0 elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct Truncated;

#[inline(always)]
fn is_kept(bin: Bin, epsilon: f32) -> bool {
    let cut = epsilon.max(NO_RESPONSE);
    bin.otf_power >= cut * cut
}

impl Filter for Truncated {
    #[inline(always)]
    fn gain(&self, bin: Bin, [epsilon, ..]: Prepared) -> f32 {
        if is_kept(bin, epsilon) { 1.0 / bin.otf_power } else { 0.0 }
    }

    #[inline(always)]
    fn rejected(&self, bin: Bin, [epsilon, ..]: Prepared) -> f32 {
        if is_kept(bin, epsilon) { 0.0 } else { 1.0 }
    }
}

impl Method for Truncated {
    fn description(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn automatic(&self, observation: &Observation, rule: Rule) -> Option<f32> {
        automatic(self, &DESCRIPTION, observation, rule)
    }

    fn start(&self, observation: &Rc<Observation>, settings: &Settings) -> Box<dyn Run> {
        LinearRun::start(Box::new(*self), &DESCRIPTION, observation, settings)
    }

    fn filter(&self) -> Option<&dyn Filter> {
        Some(self)
    }
}
