//! Tikhonov regularisation: the picture itself is kept small.

use super::description::{Description, Family, Parameter, Positivity, Rule, Scale};
use super::linear::{Filter, LinearRun, Prepared, automatic, restrained_gain, restrained_rejection};
use super::method::{Method, Run};
use super::observation::Observation;
use super::settings::Settings;
use super::spectra::Bin;
use super::treatment::Treatment;
use std::rc::Rc;

/// What there is to know of [`Tikhonov`].
pub const DESCRIPTION: Description = Description {
    id: "tikhonov",
    name: "Tikhonov",
    family: Family::Linear,
    summary: "Asks for the picture that explains the data and is small, ‖Hu − g‖² + γ‖u‖² at its least. It treats all \
              frequencies alike, so noise stays grainy.",
    source: "Tikhonov, 1963",
    parameters: &[Parameter {
        symbol: "γ",
        name: "regularisation",
        scale: Scale::Log10([-9.0, 2.0]),
        default: 1e-3,
        help: "The larger γ, the less noise and the less detail; a large γ darkens the picture.",
    }],
    // Cross-validation chooses far too little for the identity (2.7 dB lost on average), so it is not offered.
    rules: &[Rule::Discrepancy],
    iterations: None,
    treatments: &[Treatment::Mirror, Treatment::Circular, Treatment::Taper],
    starts: &[],
    positivity: Positivity::Optional(false),
    missing_pixels: false,
    floats_per_pixel: 12,
};

/// F̂ = H*G/(|H|² + γ).
#[derive(Clone, Copy, Debug)]
pub struct Tikhonov;

impl Filter for Tikhonov {
    #[inline(always)]
    fn gain(&self, bin: Bin, [gamma, ..]: Prepared) -> f32 {
        restrained_gain(bin, gamma)
    }

    #[inline(always)]
    fn rejected(&self, bin: Bin, [gamma, ..]: Prepared) -> f32 {
        restrained_rejection(bin, gamma)
    }
}

impl Method for Tikhonov {
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
