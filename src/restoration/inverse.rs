//! The inverse filter: divide by the blur's response, and see what that does to noise.

use super::description::{Description, Family, Positivity, Rule};
use super::linear::{Filter, LinearRun, NO_RESPONSE, Prepared};
use super::method::{Method, Run};
use super::observation::Observation;
use super::settings::Settings;
use super::spectra::Bin;
use super::treatment::Treatment;
use std::rc::Rc;

/// What there is to know of [`Inverse`].
pub const DESCRIPTION: Description = Description {
    id: "inverse",
    name: "Inverse filter",
    family: Family::Linear,
    summary: "Divides by the blur's response H at every frequency. Exact without noise; with it, frequencies that the \
              blur all but removed come back as noise.",
    source: "the definition",
    parameters: &[],
    rules: &[],
    iterations: None,
    treatments: &[Treatment::Mirror, Treatment::Circular, Treatment::Taper],
    starts: &[],
    positivity: Positivity::Optional(false),
    missing_pixels: false,
    floats_per_pixel: 12,
};

/// F̂ = G/H, and 0 where there is no response at all (|H| < 10⁻¹²).
#[derive(Clone, Copy, Debug)]
pub struct Inverse;

impl Filter for Inverse {
    #[inline(always)]
    fn gain(&self, bin: Bin, _prepared: Prepared) -> f32 {
        if bin.otf_power < NO_RESPONSE * NO_RESPONSE { 0.0 } else { 1.0 / bin.otf_power }
    }

    #[inline(always)]
    fn rejected(&self, bin: Bin, _prepared: Prepared) -> f32 {
        if bin.otf_power < NO_RESPONSE * NO_RESPONSE { 1.0 } else { 0.0 }
    }
}

impl Method for Inverse {
    fn description(&self) -> &'static Description {
        &DESCRIPTION
    }

    /// None: there is nothing to choose.
    fn automatic(&self, _observation: &Observation, _rule: Rule) -> Option<f32> {
        None
    }

    fn start(&self, observation: &Rc<Observation>, settings: &Settings) -> Box<dyn Run> {
        LinearRun::start(Box::new(*self), &DESCRIPTION, observation, settings)
    }

    fn filter(&self) -> Option<&dyn Filter> {
        Some(self)
    }
}
