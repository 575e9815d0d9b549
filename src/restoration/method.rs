//! The one trait of all methods, and what a method does while it runs.

use super::description::{Description, Rule};
use super::linear::Filter;
use super::observation::Observation;
use super::settings::Settings;
use crate::imaging::{Image, Kernel};
use std::rc::Rc;

/// One way to restore a picture. Any settings are safe and every result is finite.
pub trait Method: Sync {
    /// What is known of it before it runs.
    fn description(&self) -> &'static Description;

    /// The first parameter by a rule that the description names; None by any other rule, and where the data do not
    /// tell, a black picture for instance.
    fn automatic(&self, observation: &Observation, rule: Rule) -> Option<f32>;

    /// Gets everything ready for [`Run::step`]: all memory is allocated here.
    fn start(&self, observation: &Rc<Observation>, settings: &Settings) -> Box<dyn Run>;

    /// The gains of a linear filter, for whoever wants to look at them; None for other methods.
    fn filter(&self) -> Option<&dyn Filter> {
        None
    }

    /// Runs to the end: the restored picture, of the observation's shape.
    fn restore(&self, observation: &Rc<Observation>, settings: &Settings) -> Image {
        let mut run = self.start(observation, settings);
        while run.step().ending.is_none() {}
        run.estimate().clone()
    }
}

/// A restoration under way.
pub trait Run {
    /// Takes one step and says where that led. Nothing is allocated. After an ending, further steps change nothing and
    /// answer the same.
    fn step(&mut self) -> Step;

    /// The picture so far, of the observation's shape. It may overshoot 0…1; nothing clips it but non-negativity.
    fn estimate(&mut self) -> &Image;

    /// Begins anew with other settings, in the same memory.
    fn restart(&mut self, settings: &Settings);

    /// For whoever wants to stop: whether a few more steps are worth while, because before them there is nothing to show.
    /// The run takes the shortest way there. Further steps after that go on as if nobody had hurried.
    fn hurry(&mut self) -> bool {
        false
    }

    /// The point-spread function so far, where the method seeks it.
    fn kernel(&self) -> Option<Kernel> {
        None
    }
}

/// Where a step led.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Steps so far; 0, with nothing else to tell, while a method is not ready for its first one. A search's last steps
    /// restore the picture and do not count.
    pub iteration: usize,
    /// Root of the mean of (Hu − g)² over the known pixels and the channels, in the unit of the samples. Methods that
    /// have it only for the estimate before this step give that.
    pub residual: f64,
    /// ‖u − u₋‖/‖u‖; 0 for a method that is done at once.
    pub change: f64,
    /// The value of what is minimised, where the method minimises something it can evaluate.
    pub objective: Option<f64>,
    /// Why it is over, once it is.
    pub ending: Option<Ending>,
}

/// Why a restoration is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ending {
    /// All that was asked for is done.
    Done,
    /// The estimate hardly changes any more.
    Settled,
    /// The residual is as small as the noise.
    Noise,
    /// The numbers left all bounds; the last estimate within them is kept.
    Diverged,
}
