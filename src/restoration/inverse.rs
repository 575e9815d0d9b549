//! The inverse filter: divide by the blur's response, where there is one.

use super::filters::{NO_RESPONSE, safe};
use super::{Method, Observation, Parameter, Workspace};
use crate::imaging::Image;

/// F̂ = G/H where |H| ≥ ε, and 0 elsewhere. With ε = 0 it is the naive inverse, which drops only bins without any
/// response (|H| < 10⁻¹²) and lets noise drown the picture.
#[derive(Clone, Copy, Debug)]
pub struct Inverse;

impl Inverse {
    #[inline(always)]
    fn gain_of(otf_power: f32, epsilon: f32) -> f32 {
        let cut = epsilon.max(NO_RESPONSE);
        if otf_power < cut * cut { 0.0 } else { 1.0 / otf_power }
    }
}

impl Method for Inverse {
    fn id(&self) -> &'static str {
        "inverse"
    }

    fn name(&self) -> &'static str {
        "Inverse filter"
    }

    fn parameter(&self) -> Parameter {
        Parameter {
            symbol: "ε",
            name: "cut-off",
            log10_range: [-6.0, 0.0],
            default: 0.1,
            help: "Frequencies to which the blur responds less than ε are given up; the fewer, the more noise comes in.",
        }
    }

    fn gain(&self, otf_power: f32, _roughness_power: f32, parameter: f32) -> f32 {
        Self::gain_of(otf_power, safe(parameter))
    }

    /// None: where to cut depends on noise that the filter knows nothing of.
    fn automatic(&self, _observation: &Observation) -> Option<f32> {
        None
    }

    fn restore_into(&self, observation: &Observation, parameter: f32, workspace: &mut Workspace, restored: &mut Image) {
        let epsilon = safe(parameter);
        observation.filter(workspace, restored, |otf_power, _| Self::gain_of(otf_power, epsilon));
    }
}
