//! One colour channel's restoration as an errand, for channels are independent: several programs may each do one.

use super::{super::EngineError, Under};
use crate::{
    imaging::{Image, ImageError, Kernel},
    restoration::{Ending, METHODS, Observation, Settings, Treatment},
};
use std::rc::Rc;

/// All that has to be known to restore one channel. Vectors hold its pixels row after row.
#[derive(Clone, Debug, PartialEq)]
pub struct Errand {
    /// Rows and columns.
    pub size: [usize; 2],
    /// What was observed.
    pub observed: Vec<f32>,
    /// What it was before, where that is known: it judges the progress.
    pub original: Option<Vec<f32>>,
    /// Which pixels are there; None when all are.
    pub known: Option<Vec<bool>>,
    /// The kernel that the method is told.
    pub kernel: Kernel,
    /// What lies outside.
    pub treatment: Treatment,
    /// The noise's standard deviation.
    pub sigma: f32,
    /// The method's place in the list of all.
    pub method: usize,
    /// How it is run.
    pub settings: Settings,
}

/// How far an errand is.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Iterations done.
    pub iteration: usize,
    /// Root of the mean of (Hu − g)².
    pub residual: f64,
    /// The mean squared error; no number without an original.
    pub error: f64,
    /// Why the method ended; None while it is under way, and when it was stopped.
    pub ending: Option<Ending>,
    /// Whether nothing will follow.
    pub is_last: bool,
    /// As in [`Facts`](crate::engine::Facts), of this channel alone; empty but in the last report.
    pub history: Vec<[f64; 3]>,
    /// The channel so far.
    pub plane: Vec<f32>,
}

/// An errand under way.
pub struct Hand {
    under: Under,
    original: Option<Image>,
}

impl Hand {
    /// Gets the method ready.
    ///
    /// # Errors
    /// When the errand's parts do not fit together, or a sample is not finite.
    pub fn new(errand: Errand) -> Result<Self, EngineError> {
        let [height, width] = errand.size;
        let pixels = height.saturating_mul(width);
        if errand.known.as_ref().is_some_and(|known| known.len() != pixels) || errand.method >= METHODS.len() {
            return Err(ImageError::Empty.into());
        }
        let original = errand.original.map(|plane| Image::from_vec(1, height, width, plane)).transpose()?;
        let observed = Image::from_vec(1, height, width, errand.observed)?;
        let observation = Observation::new(observed, errand.kernel, errand.treatment)?.with_noise(errand.sigma);
        let observation = Rc::new(match errand.known {
            Some(known) => observation.with_known(known),
            None => observation,
        });
        let run = METHODS[errand.method].start(&observation, &errand.settings);
        let (method, settings) = (errand.method, errand.settings);
        let under = Under { observation, method, settings, run, step: None, history: Vec::new() };
        Ok(Self { under, original })
    }

    /// Whether there is nothing left to do.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.under.has_ended()
    }

    pub(super) fn method(&self) -> usize {
        self.under.method
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.under.settings
    }

    /// One iteration.
    pub fn advance(&mut self) {
        if !self.has_ended() {
            self.under.advance(self.original.as_ref());
        }
    }

    /// How far it is; the last word when it has ended, or `is_last` says that nothing more is wanted.
    pub fn report(&mut self, is_last: bool) -> Report {
        let is_last = is_last || self.has_ended();
        let step = self.under.step;
        let estimate = self.under.run.estimate();
        Report {
            iteration: step.map_or(0, |step| step.iteration),
            residual: step.map_or(f64::NAN, |step| step.residual),
            error: super::root_error(self.original.as_ref(), estimate).powi(2),
            ending: step.and_then(|step| step.ending),
            is_last,
            history: if is_last { self.under.history.clone() } else { Vec::new() },
            plane: estimate.channel(0).to_vec(),
        }
    }
}

/// The channels' last words, or what they said last, as one.
pub(super) struct Merged {
    pub iteration: usize,
    pub residual: f64,
    pub ending: Option<Ending>,
    pub history: Vec<[f64; 3]>,
}

impl Merged {
    /// As one run over all channels would have told it.
    pub fn of(reports: &[&Report]) -> Self {
        // Over the channels that have anything to say.
        let root_mean = |squares: &[f64]| (squares.iter().sum::<f64>() / squares.len() as f64).sqrt();
        let longest = reports.iter().max_by_key(|report| report.iteration);
        let ending = if reports.iter().any(|report| report.ending.is_none()) {
            None
        } else if reports.iter().any(|report| report.ending == Some(Ending::Diverged)) {
            Some(Ending::Diverged)
        } else {
            longest.and_then(|report| report.ending)
        };
        let iterations = longest.map_or(&[][..], |report| &report.history).iter().map(|entry| entry[0]);
        let history = iterations.map(|iteration| {
            // A channel that ended before stays as it was.
            let last = |report: &&Report| report.history.iter().rfind(|entry| entry[0] <= iteration).copied();
            let entries: Vec<[f64; 3]> = reports.iter().filter_map(last).collect();
            let mean = |part: usize| root_mean(&entries.iter().map(|entry| entry[part].powi(2)).collect::<Vec<_>>());
            [iteration, mean(1), mean(2)]
        });
        let begun = reports.iter().filter(|report| report.iteration > 0);
        let residuals: Vec<f64> = begun.map(|report| report.residual.powi(2)).collect();
        Self {
            iteration: longest.map_or(0, |report| report.iteration),
            residual: root_mean(&residuals),
            ending,
            history: history.collect(),
        }
    }
}

/// A restoration whose channels go different ways: the first stays here.
pub(super) struct Shared {
    pub hand: Hand,
    /// Those that have not been sent out yet, with their channels.
    pub errands: Vec<(usize, Errand)>,
    /// What was heard last, a channel.
    pub reports: Vec<Option<Report>>,
}

impl Shared {
    pub fn new(errands: Vec<Errand>) -> Result<Self, EngineError> {
        let reports = errands.iter().map(|_| None).collect();
        let mut errands = errands.into_iter().enumerate();
        let (_, own) = errands.next().ok_or(ImageError::Empty)?;
        Ok(Self { hand: Hand::new(own)?, errands: errands.collect(), reports })
    }

    /// All last words, once they are here.
    pub fn last_words(&self) -> Option<Vec<&Report>> {
        let all: Option<Vec<&Report>> = self.reports.iter().map(Option::as_ref).collect();
        all.filter(|all| all.iter().all(|report| report.is_last))
    }
}
