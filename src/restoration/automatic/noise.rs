//! The strength that the noise asks for: so much for each unit of its variance.

use crate::restoration::description::{Description, Rule};
use crate::restoration::observation::Observation;

/// The first parameter of a method of `description` as a function of σ, in its range; None by other rules, and when
/// nothing is known of the noise.
pub(in crate::restoration) fn choose(
    description: &Description,
    observation: &Observation,
    rule: Rule,
    of_sigma: impl Fn(f32) -> f32,
) -> Option<f32> {
    let sigma = observation.sigma();
    let [low, high] = description.parameters.first()?.range();
    (rule == Rule::Noise && sigma > 0.0).then(|| of_sigma(sigma).clamp(low, high))
}
