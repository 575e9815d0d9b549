//! The regularised filter: the least squares of misfit and roughness together.

use super::filters::{reciprocal, safe};
use super::{Method, Observation, Parameter, Workspace, gcv};
use crate::imaging::Image;

/// F̂ = H*G/(|H|² + γ|P|²), P the discrete Laplacian: the minimum of ‖h∗f − g‖² + γ‖p∗f‖², constrained least squares
/// (Hunt, 1973). Fine detail pays most and the mean nothing.
#[derive(Clone, Copy, Debug)]
pub struct Regularised;

impl Regularised {
    #[inline(always)]
    fn gain_of(otf_power: f32, roughness_power: f32, gamma: f32) -> f32 {
        reciprocal(otf_power + gamma * roughness_power)
    }
}

impl Method for Regularised {
    fn id(&self) -> &'static str {
        "regularised"
    }

    fn name(&self) -> &'static str {
        "Regularised filter"
    }

    fn parameter(&self) -> Parameter {
        Parameter {
            symbol: "γ",
            name: "regularisation",
            log10_range: [-9.0, 2.0],
            default: 1e-3,
            help: "The larger γ, the smoother the picture; as γ falls, detail returns and noise with it.",
        }
    }

    fn gain(&self, otf_power: f32, roughness_power: f32, parameter: f32) -> f32 {
        Self::gain_of(otf_power, roughness_power, safe(parameter))
    }

    /// The γ of generalised cross-validation, see [`gcv`].
    fn automatic(&self, observation: &Observation) -> Option<f32> {
        Some(gcv::choose(observation))
    }

    fn restore_into(&self, observation: &Observation, parameter: f32, workspace: &mut Workspace, restored: &mut Image) {
        let gamma = safe(parameter);
        observation
            .filter(workspace, restored, |otf_power, roughness_power| Self::gain_of(otf_power, roughness_power, gamma));
    }
}
