//! The method that the reader chose, and how it is to run.

use crate::{
    lesson::picture::tidy,
    restoration::{
        COUNT, DESCRIPTIONS, Description, MAX_PARAMETERS, Parameter, Positivity, Rule, Scale, Settings, Start,
        Treatment, place,
    },
};
use std::ops::RangeInclusive;

/// The relative change below which an iteration has settled, where the reader lets it end so.
pub const TOLERANCE: f32 = 1e-4;

/// A method with its settings. Only what the method takes can get in.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub(super) method: usize,
    /// As the controls run: decimal logarithms where those are logarithmic.
    pub(super) places: [f64; MAX_PARAMETERS],
    /// The place of the rule in the description; None is by hand.
    pub(super) rule: Option<usize>,
    pub(super) treatment: Treatment,
    pub(super) iterations: usize,
    pub(super) start: Start,
    pub(super) non_negative: bool,
    pub(super) settle: bool,
    pub(super) stop_at_noise: bool,
}

/// What can be done to the choice. Numbers may be anything; they are clamped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Choose {
    /// Choose the method by its place in [`DESCRIPTIONS`]; its settings are its defaults.
    Method(usize),
    /// Set a parameter as its control runs, by its decimal logarithm where that is logarithmic. The first parameter is
    /// so taken out of the rule's hands.
    Place(usize, f64),
    /// Let the data choose the first parameter by this rule, or by none.
    Rule(Option<Rule>),
    /// Say what is assumed outside the picture.
    Treatment(Treatment),
    /// Set how many iterations there may be.
    Iterations(usize),
    /// Say where the iteration starts.
    Start(Start),
    /// Keep values below zero out, or not.
    NonNegative(bool),
    /// Let the iteration end when it hardly changes any more, or not.
    Settle(bool),
    /// Let the iteration end when the residual is as small as the noise, or not.
    StopAtNoise(bool),
}

impl Default for Choice {
    fn default() -> Self {
        Self::of(place("regularised").unwrap_or_default())
    }
}

/// The range in which a parameter's control runs.
#[must_use]
pub fn control_range(parameter: &Parameter) -> RangeInclusive<f64> {
    match parameter.scale {
        Scale::Log10([low, high]) | Scale::Even([low, high, _]) => f64::from(low)..=f64::from(high),
        Scale::Words(words) => 0.0..=words.len().saturating_sub(1) as f64,
    }
}

/// A place that the control can have, near to `value`; what is no number becomes `default`.
pub(super) fn tidied(parameter: &Parameter, value: f64, default: f64) -> f64 {
    match parameter.scale {
        Scale::Log10(_) => tidy(value, control_range(parameter), 2, default),
        Scale::Words(_) => tidy(value, control_range(parameter), 0, default),
        Scale::Even([low, _, step]) => {
            let (low, step) = (f64::from(low), f64::from(step));
            let range = control_range(parameter);
            // Clamped first: what lies beyond a range that is no multiple of the step must not land elsewhere than its end.
            let steps = ((value.clamp(*range.start(), *range.end()) - low) / step).round();
            tidy(low + steps * step, range, 3, default)
        }
    }
}

fn default_place(parameter: &Parameter) -> f64 {
    let default = f64::from(parameter.default);
    let place = if matches!(parameter.scale, Scale::Log10(_)) { default.log10() } else { default };
    tidied(parameter, place, *control_range(parameter).start())
}

impl Choice {
    /// The method of this place in [`DESCRIPTIONS`] with its defaults.
    #[must_use]
    pub fn of(method: usize) -> Self {
        let method = method.min(COUNT - 1);
        let description = DESCRIPTIONS[method];
        let settings = Settings::of(description);
        let mut places = [0.0; MAX_PARAMETERS];
        for (place, parameter) in places.iter_mut().zip(description.parameters) {
            *place = default_place(parameter);
        }
        Self {
            method,
            places,
            rule: (!description.rules.is_empty()).then_some(0),
            treatment: description.treatments.first().copied().unwrap_or_default(),
            iterations: settings.iterations,
            start: settings.start,
            non_negative: settings.non_negative,
            settle: true,
            stop_at_noise: false,
        }
    }

    /// The method's place in [`DESCRIPTIONS`].
    #[must_use]
    pub fn method(&self) -> usize {
        self.method
    }

    /// What is known of the method.
    #[must_use]
    pub fn description(&self) -> &'static Description {
        DESCRIPTIONS[self.method]
    }

    /// Where the control of a parameter stands: its decimal logarithm where the control is logarithmic.
    #[must_use]
    pub fn place(&self, parameter: usize) -> f64 {
        self.places.get(parameter).copied().unwrap_or(0.0)
    }

    /// The rule by which the data choose the first parameter; None where it is set by hand, or there is none.
    #[must_use]
    pub fn rule(&self) -> Option<Rule> {
        self.description().rules.get(self.rule?).copied()
    }

    /// What is assumed outside the picture.
    #[must_use]
    pub fn treatment(&self) -> Treatment {
        self.treatment
    }

    /// Iterations at most.
    #[must_use]
    pub fn iterations(&self) -> usize {
        self.iterations
    }

    /// Where the iteration starts.
    #[must_use]
    pub fn start(&self) -> Start {
        self.start
    }

    /// Whether values below zero are kept out.
    #[must_use]
    pub fn non_negative(&self) -> bool {
        self.non_negative
    }

    /// Whether the iteration ends when it hardly changes any more.
    #[must_use]
    pub fn settle(&self) -> bool {
        self.settle
    }

    /// Whether the iteration ends when the residual is as small as the noise.
    #[must_use]
    pub fn stop_at_noise(&self) -> bool {
        self.stop_at_noise
    }

    /// The settings by hand: what the method runs with unless a rule chooses the first parameter.
    #[must_use]
    pub fn settings(&self) -> Settings {
        let description = self.description();
        let mut settings = Settings::of(description);
        for (index, parameter) in description.parameters.iter().enumerate() {
            settings.parameters[index] = match parameter.scale {
                // The control rounds; at its default it means the very default.
                _ if self.places[index] == default_place(parameter) => parameter.default,
                Scale::Log10(_) => 10_f64.powf(self.places[index]) as f32,
                Scale::Even(_) | Scale::Words(_) => self.places[index] as f32,
            };
        }
        settings.iterations = self.iterations;
        settings.start = self.start;
        settings.non_negative = self.non_negative;
        settings.tolerance = if self.settle { TOLERANCE } else { 0.0 };
        settings.stop_at_noise = self.stop_at_noise;
        settings
    }

    /// The same with everything at its default that the result does not depend on: the first parameter where a rule
    /// chooses it, and the stop rules of a method that is done at once.
    pub(super) fn question(&self) -> Self {
        let mut question = self.clone();
        if self.description().iterations.is_none() {
            let blank = Self::of(self.method);
            (question.settle, question.stop_at_noise) = (blank.settle, blank.stop_at_noise);
        }
        if let (Some(_), Some(first)) = (self.rule(), self.description().parameters.first()) {
            question.places[0] = default_place(first);
        }
        question
    }

    pub(super) fn reduce(&self, action: Choose) -> Self {
        let mut next = self.clone();
        let description = self.description();
        match action {
            Choose::Method(method) => {
                if method.min(COUNT - 1) != self.method {
                    next = Self::of(method);
                    // What the reader said of the outside stays, where the new method can do it.
                    if next.description().treatments.contains(&self.treatment)
                        && self.treatment != self.default_treatment()
                    {
                        next.treatment = self.treatment;
                    }
                }
            }
            Choose::Place(index, value) => {
                if let Some(parameter) = description.parameters.get(index) {
                    next.places[index] = tidied(parameter, value, self.places[index]);
                    if index == 0 {
                        next.rule = None;
                    }
                }
            }
            Choose::Rule(rule) => {
                next.rule = rule.and_then(|rule| description.rules.iter().position(|known| *known == rule));
            }
            Choose::Treatment(treatment) => {
                if description.treatments.contains(&treatment) {
                    next.treatment = treatment;
                }
            }
            Choose::Iterations(iterations) => {
                next.iterations = iterations.clamp(1, description.iterations.map_or(1, |iterations| iterations.most));
            }
            Choose::Start(start) => {
                if description.starts.contains(&start) {
                    next.start = start;
                }
            }
            Choose::NonNegative(wanted) => {
                next.non_negative = wanted || description.positivity == Positivity::Always;
            }
            Choose::Settle(settle) => next.settle = settle,
            Choose::StopAtNoise(stop) => next.stop_at_noise = stop,
        }
        next
    }

    fn default_treatment(&self) -> Treatment {
        self.description().treatments.first().copied().unwrap_or_default()
    }
}
