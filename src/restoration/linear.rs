//! Linear filters: one real gain a frequency, so that a restoration is done at once.

use super::automatic::{discrepancy, gcv};
use super::description::{Description, MAX_PARAMETERS, Rule};
use super::method::{Ending, Run, Step};
use super::observation::Observation;
use super::settings::Settings;
use super::spectra::{Bin, Spectra, Workspace};
use crate::imaging::Image;
use std::rc::Rc;

/// Responses |H| below this are rounding errors of nothing: no filter divides by their square.
pub(super) const NO_RESPONSE: f32 = 1e-12;

/// The parameters as the bins need them.
pub type Prepared = [f32; MAX_PARAMETERS];

/// A filter F̂ = r·H*·G with a real gain r of its own; H* is the conjugate of the blur's transform.
pub trait Filter: Sync {
    /// What the gains need, of parameters in their ranges.
    fn prepare(&self, _spectra: &Spectra, parameters: Prepared) -> Prepared {
        parameters
    }

    /// r in a bin.
    fn gain(&self, bin: Bin, prepared: Prepared) -> f32;

    /// r in every bin of a block whose |H|² and |P|² these are. A kind of filter has this loop compiled for itself, so that
    /// it runs in vectors; whatever works on its results is compiled once for all.
    fn gains(&self, [otf_power, roughness_power]: [&[f32]; 2], prepared: Prepared, gains: &mut [f32]) {
        for ((gain, &otf_power), &roughness_power) in gains.iter_mut().zip(otf_power).zip(roughness_power) {
            *gain = self.gain(Bin { otf_power, roughness_power }, prepared);
        }
    }

    /// The same of [`Filter::rejected`].
    fn rejections(&self, [otf_power, roughness_power]: [&[f32]; 2], prepared: Prepared, rejections: &mut [f32]) {
        for ((rejected, &otf_power), &roughness_power) in rejections.iter_mut().zip(otf_power).zip(roughness_power) {
            *rejected = self.rejected(Bin { otf_power, roughness_power }, prepared);
        }
    }

    /// 1 − r|H|²: the part of what was observed that the restored picture does not explain. Near 1, r|H|² would lose all
    /// its digits, so it is computed as such.
    fn rejected(&self, bin: Bin, prepared: Prepared) -> f32;
}

/// 1/`denominator`, and 0 where that is the square of no response at all.
#[inline(always)]
pub(super) fn reciprocal(denominator: f32) -> f32 {
    if denominator < NO_RESPONSE * NO_RESPONSE { 0.0 } else { 1.0 / denominator }
}

/// The gain 1/(|H|² + restraint).
#[inline(always)]
pub(super) fn restrained_gain(bin: Bin, restraint: f32) -> f32 {
    reciprocal(bin.otf_power + restraint)
}

/// What the gain 1/(|H|² + restraint) rejects: all, where it is 0 for want of a response.
#[inline(always)]
pub(super) fn restrained_rejection(bin: Bin, restraint: f32) -> f32 {
    let denominator = bin.otf_power + restraint;
    if denominator < NO_RESPONSE * NO_RESPONSE { 1.0 } else { restraint / denominator }
}

/// The first parameter by `rule`, if the description names it.
pub(super) fn automatic(
    filter: &dyn Filter,
    description: &Description,
    observation: &Observation,
    rule: Rule,
) -> Option<f32> {
    if !description.rules.contains(&rule) {
        return None;
    }
    let range = description.parameters.first()?.range();
    let defaults = Settings::of(description);
    let rest: Prepared = std::array::from_fn(|place| defaults.parameter(description, place));
    match rule {
        Rule::CrossValidation => gcv::choose(observation, filter, rest, range),
        Rule::Discrepancy => {
            let by_noise = discrepancy::choose(observation, filter, rest, range)?;
            // Where the blur or the world beyond the edges is not as assumed, no filter explains the data to within the
            // noise but one that hardly regularises; cross-validation is then the calmer of two bad judges.
            let cross_validates = description.rules.contains(&Rule::CrossValidation);
            let by_data = cross_validates.then(|| gcv::choose(observation, filter, rest, range)).flatten();
            Some(by_data.map_or(by_noise, |by_data| by_noise.max(by_data)))
        }
        Rule::Noise => None,
    }
}

/// A filter with the memory for its result.
pub(super) struct LinearRun {
    filter: Box<dyn Filter>,
    description: &'static Description,
    observation: Rc<Observation>,
    settings: Settings,
    workspace: Workspace,
    restored: Image,
    step: Option<Step>,
}

impl LinearRun {
    pub fn start(
        filter: Box<dyn Filter>,
        description: &'static Description,
        of: &Rc<Observation>,
        settings: &Settings,
    ) -> Box<dyn Run> {
        let [height, width] = of.size();
        Box::new(Self {
            filter,
            description,
            observation: Rc::clone(of),
            settings: settings.clone(),
            workspace: of.spectra().workspace(),
            restored: Image::zeros(of.channels(), height, width),
            step: None,
        })
    }
}

impl Run for LinearRun {
    fn step(&mut self) -> Step {
        if let Some(step) = self.step {
            return step;
        }
        let spectra = self.observation.spectra();
        let parameters = std::array::from_fn(|place| self.settings.parameter(self.description, place));
        let (filter, prepared) = (&*self.filter, self.filter.prepare(spectra, parameters));
        spectra.filter(&mut self.workspace, &mut self.restored, filter, prepared);
        if self.settings.non_negative {
            for value in self.restored.data_mut() {
                *value = value.max(0.0);
            }
        }
        let [residual, _] = spectra.rejected_means(spectra.observed_power(), filter, prepared);
        let residual = (residual / self.restored.channels() as f64).sqrt();
        let step = Step { iteration: 1, residual, change: 0.0, objective: None, ending: Some(Ending::Done) };
        *self.step.insert(step)
    }

    fn estimate(&mut self) -> &Image {
        self.step();
        &self.restored
    }

    fn restart(&mut self, settings: &Settings) {
        if self.settings != *settings {
            self.settings = settings.clone();
            self.step = None;
        }
    }
}
