//! The regularised filter, or constrained least squares: the picture's roughness is kept small.

use super::description::{Description, Family, Parameter, Positivity, Rule, Scale};
use super::linear::{Filter, LinearRun, Prepared, automatic, restrained_gain, restrained_rejection};
use super::method::{Method, Run};
use super::observation::Observation;
use super::settings::Settings;
use super::spectra::Bin;
use super::treatment::Treatment;
use std::rc::Rc;

/// What there is to know of [`Regularised`].
pub const DESCRIPTION: Description = Description {
    id: "regularised",
    name: "Regularised filter",
    family: Family::Linear,
    summary: "Constrained least squares: the picture that explains the data and is smooth, ‖Hu − g‖² + γ‖Δu‖² at its \
              least. High frequencies, where noise rules, are held back most.",
    source: "Hunt, 1973",
    parameters: &[Parameter {
        symbol: "γ",
        name: "regularisation",
        scale: Scale::Log10([-9.0, 2.0]),
        default: 1e-3,
        help: "The larger γ, the smoother the picture; as γ falls, detail returns and noise with it.",
    }],
    rules: &[Rule::Discrepancy, Rule::CrossValidation],
    iterations: None,
    treatments: &[Treatment::Mirror, Treatment::Circular, Treatment::Taper],
    starts: &[],
    positivity: Positivity::Optional(false),
    missing_pixels: false,
    floats_per_pixel: 12,
};

/// F̂ = H*G/(|H|² + γ|P|²), P the discrete Laplacian. Equal to scikit-image's `wiener` without clipping.
#[derive(Clone, Copy, Debug)]
pub struct Regularised;

impl Filter for Regularised {
    #[inline(always)]
    fn gain(&self, bin: Bin, [gamma, ..]: Prepared) -> f32 {
        restrained_gain(bin, gamma * bin.roughness_power)
    }

    #[inline(always)]
    fn rejected(&self, bin: Bin, [gamma, ..]: Prepared) -> f32 {
        restrained_rejection(bin, gamma * bin.roughness_power)
    }
}

impl Method for Regularised {
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
