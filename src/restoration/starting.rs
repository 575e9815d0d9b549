//! Where iterations start.

use super::description::{Rule, Start};
use super::method::Method;
use super::observation::Observation;
use super::regularised::{self, Regularised};
use super::settings::Settings;
use std::rc::Rc;

/// Fills `plane`, of the frame's size, with the start of a channel's iteration.
pub(super) fn fill_start(observation: &Rc<Observation>, channel: usize, start: Start, plane: &mut [f32]) {
    let frame = observation.frame();
    match start {
        Start::Observed => plane.copy_from_slice(frame.observed(channel)),
        Start::Flat => plane.fill(known_mean(observation, channel, |value| value)),
        Start::Filtered => {
            let mut settings = Settings::of(&regularised::DESCRIPTION);
            if let Some(gamma) = Regularised.automatic(observation, Rule::CrossValidation) {
                settings = settings.with_first(gamma);
            }
            let restored = Regularised.restore(observation, &settings);
            frame.spread_into(restored.channel(channel), plane);
        }
    }
}

/// The mean over the known pixels of what `function` makes of the samples; 0 when nothing is known.
pub(super) fn known_mean(observation: &Observation, channel: usize, function: impl Fn(f32) -> f32) -> f32 {
    let frame = observation.frame();
    let samples = frame.observed(channel);
    let sum: f64 = match frame.known() {
        Some(known) => samples.iter().zip(known).map(|(&value, &known)| f64::from(known * function(value))).sum(),
        None => samples.iter().map(|&value| f64::from(function(value))).sum(),
    };
    (sum / frame.known_count().max(1) as f64) as f32
}
