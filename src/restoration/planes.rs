//! Iterating over the colour channels, each by itself: the one loop of all iterative methods, compiled once for them all.

use super::description::Description;
use super::method::{Ending, Run, Step};
use super::observation::Observation;
use super::settings::Settings;
use crate::imaging::{Image, Kernel};
use std::rc::Rc;

/// After so many steps the estimate is written out unasked.
const KEPT_EVERY: usize = 10;

/// An iteration on one channel. It holds all its memory; nothing is allocated after [`Solver::new`].
pub(super) trait Solver {
    /// The memory for a channel of `observation`, ready for the first step.
    fn new(observation: &Rc<Observation>, channel: usize, settings: &Settings) -> Self
    where
        Self: Sized;

    /// Begins anew with other settings.
    fn restart(&mut self, settings: &Settings);

    /// A slice of what has to be done before the first step and is no step itself; false when nothing of it is left.
    fn prepare(&mut self) -> bool {
        false
    }

    /// One step.
    fn step(&mut self) -> PlaneStep;

    /// Writes the estimate's part within the picture, row after row.
    fn write_estimate(&self, picture: &mut [f32]);

    /// The point-spread function so far, where it is sought.
    fn kernel(&self) -> Option<Kernel> {
        None
    }
}

/// Where a step on one channel led; see [`Step`].
#[derive(Clone, Copy, Debug)]
pub(super) struct PlaneStep {
    /// Root of the mean of M(Hu − g)² over the known pixels.
    pub residual: f64,
    /// ‖u − u₋‖/‖u‖.
    pub change: f64,
    /// What is minimised, where it can be told.
    pub objective: Option<f64>,
    /// Whether the method itself says that it is done.
    pub done: bool,
}

struct Plane {
    solver: Box<dyn Solver>,
    last: Option<PlaneStep>,
    iterations: usize,
    ending: Option<Ending>,
}

/// A run over all channels.
pub(super) struct PlanesRun {
    description: &'static Description,
    observation: Rc<Observation>,
    settings: Settings,
    planes: Vec<Plane>,
    estimate: Image,
    /// Whether `estimate` is up to date.
    written: bool,
}

impl PlanesRun {
    pub fn start<S: Solver + 'static>(
        description: &'static Description,
        observation: &Rc<Observation>,
        settings: &Settings,
    ) -> Box<dyn Run> {
        let solver = |channel| Box::new(S::new(observation, channel, settings)) as Box<dyn Solver>;
        Self::of(description, observation, settings, (0..observation.channels()).map(solver).collect())
    }

    /// A run with these solvers, one a channel.
    fn of(
        description: &'static Description,
        observation: &Rc<Observation>,
        settings: &Settings,
        solvers: Vec<Box<dyn Solver>>,
    ) -> Box<dyn Run> {
        let [height, width] = observation.size();
        let plane = |solver| Plane { solver, last: None, iterations: 0, ending: None };
        let mut run = Self {
            description,
            observation: Rc::clone(observation),
            settings: settings.clone(),
            planes: solvers.into_iter().map(plane).collect(),
            estimate: Image::zeros(observation.channels(), height, width),
            written: false,
        };
        run.write_start();
        Box::new(run)
    }

    /// What an iteration that diverges at once falls back to is its start.
    fn write_start(&mut self) {
        for (channel, plane) in self.planes.iter().enumerate() {
            plane.solver.write_estimate(self.estimate.channel_mut(channel));
        }
        self.written = true;
    }
}

impl Run for PlanesRun {
    fn step(&mut self) -> Step {
        let most = self.settings.iterations(self.description);
        for (channel, plane) in self.planes.iter_mut().enumerate() {
            if plane.ending.is_some() {
                continue;
            }
            if plane.solver.prepare() {
                continue;
            }
            let step = plane.solver.step();
            plane.iterations += 1;
            let sound = step.residual.is_finite() && step.change.is_finite() && step.residual < 1e6;
            if sound {
                plane.last = Some(step);
                self.written = false;
            } else {
                // What was written last was sound; this keeps it.
                plane.ending = Some(Ending::Diverged);
                continue;
            }
            plane.ending = if step.done || plane.iterations >= most {
                Some(Ending::Done)
            } else if self.settings.stop_at_noise && step.residual <= f64::from(self.observation.sigma()) {
                Some(Ending::Noise)
            } else if step.change < f64::from(self.settings.tolerance) {
                Some(Ending::Settled)
            } else {
                None
            };
            // Now and then, so that there is something sound to keep should it diverge.
            if plane.iterations.is_multiple_of(KEPT_EVERY) || plane.ending.is_some() {
                plane.solver.write_estimate(self.estimate.channel_mut(channel));
            }
        }
        // A channel that diverged at once, or is not ready, has nothing to say.
        let count = self.planes.iter().filter(|plane| plane.last.is_some()).count().max(1) as f64;
        let mean = |value: fn(&PlaneStep) -> f64| {
            self.planes.iter().filter_map(|plane| plane.last.as_ref()).map(|step| value(step).powi(2)).sum::<f64>()
                / count
        };
        let objectives = self.planes.iter().map(|plane| plane.last.and_then(|step| step.objective));
        // The last to end says why; a channel that diverged speaks first.
        let ending = if self.planes.iter().all(|plane| plane.ending.is_some()) {
            let diverged = self.planes.iter().any(|plane| plane.ending == Some(Ending::Diverged));
            let longest = self.planes.iter().max_by_key(|plane| plane.iterations).and_then(|plane| plane.ending);
            if diverged { Some(Ending::Diverged) } else { longest }
        } else {
            None
        };
        Step {
            iteration: self.planes.iter().map(|plane| plane.iterations).max().unwrap_or(0),
            residual: mean(|step| step.residual).sqrt(),
            change: mean(|step| step.change).sqrt(),
            objective: objectives.sum(),
            ending,
        }
    }

    fn estimate(&mut self) -> &Image {
        if !self.written {
            for (channel, plane) in self.planes.iter().enumerate() {
                if plane.ending != Some(Ending::Diverged) {
                    plane.solver.write_estimate(self.estimate.channel_mut(channel));
                }
            }
            self.written = true;
        }
        &self.estimate
    }

    fn restart(&mut self, settings: &Settings) {
        self.settings = settings.clone();
        for plane in &mut self.planes {
            plane.solver.restart(settings);
            (plane.last, plane.iterations, plane.ending) = (None, 0, None);
        }
        self.write_start();
    }

    fn kernel(&self) -> Option<Kernel> {
        self.planes.first().and_then(|plane| plane.solver.kernel())
    }
}
