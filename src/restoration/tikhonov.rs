//! Tikhonov's restoration: the least squares of misfit and size together.

use super::filters::{reciprocal, safe};
use super::{Method, Observation, Parameter, Workspace};
use crate::imaging::Image;

/// F̂ = H*G/(|H|² + γ): the minimum of ‖h∗f − g‖² + γ‖f‖² (Tikhonov, 1963). All frequencies pay alike, the mean too, so
/// that a large γ darkens the picture by 1/(1 + γ).
#[derive(Clone, Copy, Debug)]
pub struct Tikhonov;

impl Tikhonov {
    #[inline(always)]
    fn gain_of(otf_power: f32, gamma: f32) -> f32 {
        reciprocal(otf_power + gamma)
    }
}

impl Method for Tikhonov {
    fn id(&self) -> &'static str {
        "tikhonov"
    }

    fn name(&self) -> &'static str {
        "Tikhonov"
    }

    fn parameter(&self) -> Parameter {
        Parameter {
            symbol: "γ",
            name: "regularisation",
            log10_range: [-9.0, 2.0],
            default: 1e-2,
            help: "The larger γ, the less noise and the less detail; as γ falls, the inverse filter comes back.",
        }
    }

    fn gain(&self, otf_power: f32, _roughness_power: f32, parameter: f32) -> f32 {
        Self::gain_of(otf_power, safe(parameter))
    }

    /// None: generalised cross-validation smooths far too little when all frequencies are punished alike, as the
    /// picture's own spectrum falls and the penalty does not.
    fn automatic(&self, _observation: &Observation) -> Option<f32> {
        None
    }

    fn restore_into(&self, observation: &Observation, parameter: f32, workspace: &mut Workspace, restored: &mut Image) {
        let gamma = safe(parameter);
        observation.filter(workspace, restored, |otf_power, _| Self::gain_of(otf_power, gamma));
    }
}
