//! Blind restoration by parameters: the blur is taken for a defocus or a motion, and only its radius, or its length and
//! angle, are sought. So few unknowns are found where a free blur is not.

mod evidence;
mod plan;

use super::description::{Description, Family, Iterations, Parameter, Positivity, Rule, Scale};
use super::method::{Ending, Method, Run, Step};
use super::observation::Observation;
use super::richardson_lucy::AcceleratedRichardsonLucy;
use super::settings::Settings;
use super::treatment::Treatment;
use crate::imaging::{Image, Kernel};
use evidence::Evidence;
use plan::Plan;
use std::rc::Rc;

/// What there is to know of [`BlindSearch`].
pub const DESCRIPTION: Description = Description {
    id: "blind-search",
    name: "Blind search",
    family: Family::Blind,
    summary: "The blur is one of a family, a defocus or a straight motion, and its size and direction are unknown. Each step \
              tries a candidate and asks how well it explains the zeros in the picture's spectrum; the best one restores \
              the picture by accelerated Richardson–Lucy.",
    source: "After Cannon, 1976",
    parameters: &[
        Parameter {
            symbol: "F",
            name: "family",
            scale: Scale::Words(&["Defocus", "Motion"]),
            default: 0.0,
            help: "Of a defocus the radius is sought, of a motion the length and the angle.",
        },
        Parameter {
            symbol: "R",
            name: "largest size",
            scale: Scale::Even([2.0, 40.0, 1.0]),
            default: 20.0,
            help: "The largest radius or length that is tried, in pixels.",
        },
    ],
    rules: &[],
    iterations: Some(Iterations { default: plan::MOST, most: plan::MOST }),
    treatments: &[Treatment::Unknown, Treatment::Circular, Treatment::Taper, Treatment::Mirror],
    starts: &[],
    positivity: Positivity::Always,
    missing_pixels: true,
    floats_per_pixel: 30,
};

/// Iterations that restore the picture.
const ITERATIONS: usize = 12;

/// Tries kernels of a family one by one, first all over their range and then about the best ones. The observation's kernel
/// is not looked at. All channels share the blur. A step's objective is the best score so far (see `evidence`); a residual
/// is not known before the picture is restored, and 0. What the search finds is unknown beforehand: it allocates the
/// kernels that it tries, and a restoration when somebody looks.
#[derive(Clone, Copy, Debug)]
pub struct BlindSearch;

impl Method for BlindSearch {
    fn description(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn automatic(&self, _: &Observation, _: Rule) -> Option<f32> {
        None
    }

    fn start(&self, observation: &Rc<Observation>, settings: &Settings) -> Box<dyn Run> {
        let [height, width] = observation.size();
        Box::new(Search {
            observation: Rc::clone(observation),
            settings: settings.clone(),
            evidence: Evidence::new(&observation.filled()),
            plan: plan(settings, observation),
            best: None,
            iteration: 0,
            ending: None,
            estimate: Image::zeros(observation.channels(), height, width),
            written: false,
        })
    }
}

fn plan(settings: &Settings, observation: &Observation) -> Plan {
    let [family, largest] = [0, 1].map(|place| settings.parameter(&DESCRIPTION, place));
    // A kernel as large as the picture explains anything.
    let room = observation.size().into_iter().filter(|&side| side > 1).min().unwrap_or(1) as f32 / 2.0;
    if family < 0.5 { Plan::defocus(largest.min(room / 2.0)) } else { Plan::motion(largest.min(room)) }
}

struct Search {
    observation: Rc<Observation>,
    settings: Settings,
    evidence: Evidence,
    plan: Plan,
    /// The least score, and its kernel.
    best: Option<(f64, Kernel)>,
    iteration: usize,
    ending: Option<Ending>,
    estimate: Image,
    /// Whether `estimate` is up to date.
    written: bool,
}

impl Run for Search {
    fn step(&mut self) -> Step {
        if self.ending.is_none() {
            self.iteration += 1;
            if let Some(candidate) = self.plan.next() {
                let kernel = candidate.sample();
                let score = self.evidence.score(&kernel).unwrap_or(f64::INFINITY);
                self.plan.scored(score);
                if score < self.best.as_ref().map_or(f64::INFINITY, |(best, _)| *best) {
                    self.best = Some((score, kernel));
                    self.written = false;
                }
            }
            if self.plan.is_done() || self.iteration >= self.settings.iterations(&DESCRIPTION) {
                self.ending = Some(Ending::Done);
            }
        }
        let objective = self.best.as_ref().map(|(score, _)| *score);
        Step { iteration: self.iteration, residual: 0.0, change: 0.0, objective, ending: self.ending }
    }

    fn estimate(&mut self) -> &Image {
        if !self.written {
            self.written = true;
            let kernel = self.best.as_ref().map_or_else(Kernel::delta, |(_, kernel)| kernel.clone());
            if let Some(restored) = restored(&self.observation, kernel) {
                self.estimate = restored;
            }
        }
        &self.estimate
    }

    fn restart(&mut self, settings: &Settings) {
        self.settings = settings.clone();
        self.plan = plan(settings, &self.observation);
        (self.best, self.iteration, self.ending, self.written) = (None, 0, None, false);
    }

    fn kernel(&self) -> Option<Kernel> {
        self.best.as_ref().map(|(_, kernel)| kernel.clone())
    }
}

/// What accelerated Richardson–Lucy makes of the observation, had `kernel` blurred it. On a crop it keeps its head where a
/// linear filter would ring from the edges.
fn restored(of: &Observation, kernel: Kernel) -> Option<Image> {
    let mut observation = Observation::new(of.observed().clone(), kernel, of.treatment()).ok()?.with_noise(of.sigma());
    if let Some(known) = of.known() {
        observation = observation.with_known(known.to_vec());
    }
    let method = AcceleratedRichardsonLucy;
    let settings = Settings { iterations: ITERATIONS, ..Settings::of(method.description()) };
    Some(method.restore(&Rc::new(observation), &settings))
}
