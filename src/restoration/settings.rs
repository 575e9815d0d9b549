//! How a method is run: its parameters, and what all methods share.

use super::description::{Description, MAX_PARAMETERS, Positivity, Start};

/// How a method is run. Anything is safe: methods clamp what is out of their ranges.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The parameters in the order of [`Description::parameters`]; what is beyond those is not looked at.
    pub parameters: [f32; MAX_PARAMETERS],
    /// Iterations at most, counted by methods that have any.
    pub iterations: usize,
    /// Where the iteration starts.
    pub start: Start,
    /// Whether values below zero are kept out.
    pub non_negative: bool,
    /// The iteration ends when ‖u − u₋‖ falls below this part of ‖u‖; 0 is never.
    pub tolerance: f32,
    /// Whether the iteration ends when the residual is as small as the noise, ‖Hu − g‖² ≤ Nσ².
    pub stop_at_noise: bool,
}

impl Settings {
    /// What a method does unless told otherwise.
    #[must_use]
    pub fn of(description: &Description) -> Self {
        let mut parameters = [0.0; MAX_PARAMETERS];
        for (value, parameter) in parameters.iter_mut().zip(description.parameters) {
            *value = parameter.default;
        }
        Self {
            parameters,
            iterations: description.iterations.map_or(1, |iterations| iterations.default),
            start: description.starts.first().copied().unwrap_or_default(),
            non_negative: match description.positivity {
                Positivity::Always => true,
                Positivity::Optional(assumed) => assumed,
            },
            tolerance: 0.0,
            stop_at_noise: false,
        }
    }

    /// The same with another first parameter.
    #[must_use]
    pub fn with_first(mut self, value: f32) -> Self {
        self.parameters[0] = value;
        self
    }

    /// The parameter of this place, as the method may use it: in its range, and its default where it is no number.
    #[must_use]
    pub fn parameter(&self, description: &Description, place: usize) -> f32 {
        let Some(parameter) = description.parameters.get(place) else { return 0.0 };
        let [low, high] = parameter.range();
        let value = self.parameters[place];
        if value.is_nan() { parameter.default } else { value.clamp(low, high) }
    }

    /// Iterations, as the method may use them: at least one, at most what it allows.
    #[must_use]
    pub fn iterations(&self, description: &Description) -> usize {
        self.iterations.clamp(1, description.iterations.map_or(1, |iterations| iterations.most))
    }
}
