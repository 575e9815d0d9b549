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
/// is not known before the picture is restored, and 0. The steps after the last candidate restore the picture and do not
/// count; before them there is nothing to see but what was observed. What the search finds is unknown beforehand: it
/// allocates the kernels that it tries, and the restoration.
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
        let filled = observation.filled();
        Box::new(Search {
            observation: Rc::clone(observation),
            settings: settings.clone(),
            evidence: Evidence::new(&filled),
            plan: plan(settings, observation),
            best: None,
            iteration: 0,
            told: [0.0; 2],
            ending: None,
            restoration: None,
            filled,
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
    /// Residual and change.
    told: [f64; 2],
    ending: Option<Ending>,
    restoration: Option<Restoration>,
    /// What was observed.
    filled: Image,
}

/// The picture's restoration by the best kernel.
struct Restoration {
    run: Box<dyn Run>,
    /// Whether candidates are left, which are tried when this is done.
    is_early: bool,
    is_done: bool,
}

impl Search {
    fn try_next(&mut self) {
        self.iteration += 1;
        if let Some(candidate) = self.plan.next() {
            let kernel = candidate.sample();
            let score = self.evidence.score(&kernel).unwrap_or(f64::INFINITY);
            self.plan.scored(score);
            if score < self.best.as_ref().map_or(f64::INFINITY, |(best, _)| *best) {
                self.best = Some((score, kernel));
            }
        }
        self.told = [0.0; 2];
        if self.plan.is_done() || self.iteration >= self.settings.iterations(&DESCRIPTION) {
            self.restore(false);
            // Without a restoration it ends here.
            self.ending = if self.restoration.is_none() { Some(Ending::Done) } else { None };
        }
    }

    fn restore(&mut self, is_early: bool) {
        let kernel = self.best.as_ref().map_or_else(Kernel::delta, |(_, kernel)| kernel.clone());
        self.restoration =
            restoration(&self.observation, kernel).map(|run| Restoration { run, is_early, is_done: false });
    }
}

impl Run for Search {
    fn step(&mut self) -> Step {
        if self.restoration.as_ref().is_some_and(|restoration| restoration.is_early && restoration.is_done) {
            self.restoration = None;
        }
        match &mut self.restoration {
            _ if self.ending.is_some() => {}
            Some(restoration) => {
                let step = restoration.run.step();
                self.told = [step.residual, step.change];
                restoration.is_done = step.ending.is_some();
                if restoration.is_done && !restoration.is_early {
                    self.ending = Some(Ending::Done);
                }
            }
            None => self.try_next(),
        }
        let objective = self.best.as_ref().map(|(score, _)| *score);
        let [residual, change] = self.told;
        Step { iteration: self.iteration, residual, change, objective, ending: self.ending }
    }

    fn estimate(&mut self) -> &Image {
        match &mut self.restoration {
            Some(restoration) => restoration.run.estimate(),
            None => &self.filled,
        }
    }

    fn restart(&mut self, settings: &Settings) {
        self.settings = settings.clone();
        self.plan = plan(settings, &self.observation);
        (self.best, self.iteration, self.told) = (None, 0, [0.0; 2]);
        (self.ending, self.restoration) = (None, None);
    }

    fn hurry(&mut self) -> bool {
        if self.ending.is_none() && self.restoration.is_none() && self.best.is_some() {
            self.restore(true);
        }
        self.restoration.as_ref().is_some_and(|restoration| restoration.is_early && !restoration.is_done)
    }

    fn kernel(&self) -> Option<Kernel> {
        self.best.as_ref().map(|(_, kernel)| kernel.clone())
    }
}

/// Accelerated Richardson–Lucy on the observation, had `kernel` blurred it. On a crop it keeps its head where a linear
/// filter would ring from the edges.
fn restoration(of: &Observation, kernel: Kernel) -> Option<Box<dyn Run>> {
    let mut observation = Observation::new(of.observed().clone(), kernel, of.treatment()).ok()?.with_noise(of.sigma());
    if let Some(known) = of.known() {
        observation = observation.with_known(known.to_vec());
    }
    let method = AcceleratedRichardsonLucy;
    let settings = Settings { iterations: ITERATIONS, ..Settings::of(method.description()) };
    Some(method.start(&Rc::new(observation), &settings))
}
