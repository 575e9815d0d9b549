//! The Restore page's work: the original, what was observed of it, and what a method makes of that, step by step.

mod bench;
mod errand;
mod look;

pub use errand::{Errand, Hand, Report};

use super::{
    Aspect, EngineError, FileFormat, Reply, Shot,
    answer::{Facts, Progress, Restored, Scores},
    file,
    source::{Purpose as Use, Rendered, Sources},
};
use crate::{
    imaging::{Image, Kernel, quality},
    lesson::restore::RestoreLesson,
    restoration::{DESCRIPTIONS, Ending, Family, METHODS, Observation, Run, Settings, Start, Step},
};
use bench::{Bench, Circumstances, Originals};
use errand::{Merged, Shared};
use std::rc::Rc;

/// Pictures of at most so many samples come with their structural similarities, which for larger ones take longer than a
/// filter does.
pub const MOST_SAMPLES_FOR_SSIM: usize = 1 << 17;
/// The most entries of [`Facts::history`].
pub const MOST_HISTORY: usize = 500;
/// Answers of together so many bytes of pixels are kept, but never more than [`MOST_ANSWERS`].
const MOST_ANSWER_BYTES: usize = 64 << 20;
const MOST_ANSWERS: usize = 8;

/// What a job's outcome is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Answer,
    Error,
    Insight(Aspect),
    File(Shot, FileFormat),
}

/// What a job does next.
enum Stage {
    Degrade,
    Observe,
    Suggest(Rc<Observation>),
    Run { observation: Rc<Observation>, parameter: f32, suggested: Option<f32> },
    Shared { shared: Box<Shared>, observation: Rc<Observation>, parameter: f32, suggested: Option<f32> },
    Look,
}

/// What a step of a job came to.
pub(super) enum Outcome {
    Working,
    /// Nothing can be done until somebody else reports.
    Waiting,
    Done(Reply),
}

/// A question on its way to its answer.
pub(super) struct Job {
    revision: u64,
    source: Rc<Image>,
    question: RestoreLesson,
    purpose: Purpose,
    stage: Stage,
    stopping: bool,
}

impl Job {
    pub fn new(sources: &mut Sources, lesson: &RestoreLesson, purpose: Purpose) -> Result<Self, EngineError> {
        let (revision, source) = sources.find(lesson.picture(), Use::Restore)?;
        // A point of the curve is at the parameter by hand, which a question with a rule leaves out.
        let question =
            if purpose == Purpose::Error { lesson.question_at(lesson.choice().place(0)) } else { lesson.question() };
        Ok(Self { revision, source, question, purpose, stage: Stage::Degrade, stopping: false })
    }

    pub fn stop(&mut self) {
        self.stopping = true;
    }

    /// The errands that are to be sent out, with their channels; each only once.
    pub fn errands(&mut self) -> Vec<(usize, Errand)> {
        match &mut self.stage {
            Stage::Shared { shared, .. } => std::mem::take(&mut shared.errands),
            _ => Vec::new(),
        }
    }

    pub fn deliver(&mut self, channel: usize, report: Report) {
        if let Stage::Shared { shared, .. } = &mut self.stage
            && let Some(place) = shared.reports.get_mut(channel)
        {
            *place = Some(report);
        }
    }

    /// What was sent out does not come back: all is done here.
    pub fn recall(&mut self) {
        self.stage = match std::mem::replace(&mut self.stage, Stage::Look) {
            Stage::Shared { observation, parameter, suggested, .. } => Stage::Run { observation, parameter, suggested },
            stage => stage,
        };
    }
}

/// A run with where it led.
struct Under {
    observation: Rc<Observation>,
    method: usize,
    settings: Settings,
    run: Box<dyn Run>,
    step: Option<Step>,
    history: Vec<[f64; 3]>,
}

impl Under {
    /// One step, with a note of where that led.
    fn advance(&mut self, original: Option<&Image>) {
        let step = self.run.step();
        // It is not ready for its first one.
        if step.iteration == 0 && step.ending.is_none() {
            return;
        }
        // A search that knows no residual until it is over has nothing to show until then.
        let is_searching = step.residual == 0.0 && step.objective.is_some() && step.ending.is_none();
        // Of all others the estimate is asked for after every step, whoever looks on: what a run keeps when it diverges
        // depends on when it was last asked, and answers must not depend on anybody's looking.
        let estimate = if is_searching { None } else { Some(self.run.estimate()) };
        let description = DESCRIPTIONS[self.method];
        if description.iterations.is_some() {
            // One place is left for the last one.
            let stride = self.settings.iterations(description).div_ceil(MOST_HISTORY - 1);
            let is_new = self.step.is_none_or(|before| before.iteration < step.iteration);
            if is_new && step.iteration.saturating_sub(1).is_multiple_of(stride) || step.ending.is_some() {
                // The last steps of a search restore, and do not count.
                self.history.pop_if(|entry| !is_new && entry[0] == step.iteration as f64);
                let error = estimate.map_or(f64::NAN, |estimate| root_error(original, estimate));
                self.history.push([step.iteration as f64, step.residual, error]);
            }
        }
        self.step = Some(step);
    }

    fn has_ended(&self) -> bool {
        self.step.is_some_and(|step| step.ending.is_some())
    }
}

fn root_error(original: Option<&Image>, picture: &Image) -> f64 {
    original.map_or(f64::NAN, |original| quality::mse(original, picture).sqrt())
}

/// What came of a restoration, for whoever looks closer.
struct Held {
    revision: u64,
    question: RestoreLesson,
    observation: Rc<Observation>,
    parameter: f32,
    restored: Image,
    kernel: Option<Kernel>,
}

impl Held {
    fn is_of(&self, job: &Job) -> bool {
        (self.revision, &self.question) == (job.revision, &job.question)
    }
}

/// The restorations that are held.
#[derive(Default)]
struct Results {
    last: Option<Held>,
    /// The last answer that was stopped: whatever else is asked, it could not be had again.
    stopped: Option<Held>,
}

impl Results {
    fn of(&self, job: &Job) -> Option<&Held> {
        self.stopped.iter().chain(&self.last).find(|held| held.is_of(job))
    }

    /// Keeps what came of a job.
    fn put(&mut self, job: &Job, held: Held, ending: Option<Ending>) -> &Held {
        if job.purpose == Purpose::Answer && ending.is_none() {
            return self.stopped.insert(held);
        }
        self.stopped.take_if(|stopped| stopped.is_of(job));
        self.last.insert(held)
    }
}

/// The caches of the Restore page.
#[derive(Default)]
pub(super) struct Desk {
    originals: Originals,
    bench: Option<Bench>,
    under: Option<Under>,
    held: Results,
    answers: Vec<(u64, RestoreLesson, Restored)>,
    /// Pictures of so many pixels are shared among several programs.
    pub share_from: Option<usize>,
}

impl Desk {
    /// Empties the caches.
    pub fn forget(&mut self) {
        *self = Self { share_from: self.share_from, ..Self::default() };
    }

    /// One step of a job.
    pub fn advance(&mut self, sources: &mut Sources, job: &mut Job) -> Result<Outcome, EngineError> {
        if let Stage::Shared { .. } = &job.stage {
            return self.advance_shared(sources, job);
        }
        Ok(self.advance_alone(sources, job)?.map_or(Outcome::Working, Outcome::Done))
    }

    /// One step of a job that this program does alone, or has not begun; its reply when that was the last one.
    fn advance_alone(&mut self, sources: &mut Sources, job: &mut Job) -> Result<Option<Reply>, EngineError> {
        match std::mem::replace(&mut job.stage, Stage::Look) {
            Stage::Degrade => {
                if let Some(reply) = self.degrade(sources, job)? {
                    return Ok(Some(reply));
                }
            }
            Stage::Observe => {
                if self.bench(sources, job)?.will_be_observed_anew(&job.question) {
                    // Memory first.
                    (self.under, self.held.last) = (None, None);
                }
                let observation = self.bench(sources, job)?.observe(&job.question)?;
                // Whatever is derived from it is derived here, so that this step and the next are both short.
                if job.question.choice().description().family == Family::Linear {
                    observation.spectra();
                } else {
                    observation.frame();
                }
                job.stage = Stage::Suggest(observation);
            }
            Stage::Suggest(observation) => {
                let choice = job.question.choice();
                let by_hand = choice.settings().parameters[0];
                // The chosen rule, or the best one that has an answer: not every rule can do without knowing the noise.
                let mut suggested = None;
                if job.purpose != Purpose::Error {
                    let bench = self.bench(sources, job)?;
                    suggested = choice
                        .rule()
                        .iter()
                        .chain(choice.description().rules)
                        .find_map(|rule| bench.suggest(&observation, choice.method(), *rule));
                }
                let parameter = if choice.rule().is_some() { suggested.unwrap_or(by_hand) } else { by_hand };
                if let Some(shared) = self.share(&observation, job, parameter)? {
                    job.stage = Stage::Shared { shared, observation, parameter, suggested };
                    return Ok(None);
                }
                self.get_ready(&observation, job, parameter);
                job.stage = Stage::Run { observation, parameter, suggested };
            }
            Stage::Run { observation, parameter, suggested } => {
                self.bench(sources, job)?;
                if self.under.is_none() {
                    self.get_ready(&observation, job, parameter);
                }
                let (Some(under), Some(bench)) = (&mut self.under, &mut self.bench) else { return Ok(None) };
                let goes_on = |under: &mut Under| !under.has_ended() && (!job.stopping || under.run.hurry());
                if goes_on(under) {
                    under.advance(bench.original.as_deref());
                }
                if goes_on(under) {
                    job.stage = Stage::Run { observation, parameter, suggested };
                    return Ok(None);
                }
                if job.purpose == Purpose::Error {
                    return Ok(Some(Reply::Error(root_error(bench.original.as_deref(), under.run.estimate()))));
                }
                let held = Held {
                    revision: job.revision,
                    question: job.question.clone(),
                    observation,
                    parameter,
                    restored: under.run.estimate().clone(),
                    kernel: under.run.kernel(),
                };
                let step = under.step;
                let held = self.held.put(job, held, step.and_then(|step| step.ending));
                if job.purpose == Purpose::Answer {
                    let history = under.history.clone();
                    let told = Merged {
                        iteration: step.map_or(0, |step| step.iteration),
                        residual: step.map_or(f64::NAN, |step| step.residual),
                        ending: step.and_then(|step| step.ending),
                        history,
                    };
                    let answer = conclude(sources, bench, told, held, suggested);
                    self.keep(job, &answer);
                    return Ok(Some(Reply::Restored(Box::new(answer))));
                }
            }
            // Elsewhere.
            stage @ Stage::Shared { .. } => job.stage = stage,
            Stage::Look => {
                self.bench(sources, job)?;
                let (Some(held), Some(bench)) = (self.held.of(job), &mut self.bench) else {
                    job.stage = Stage::Observe;
                    return Ok(None);
                };
                return Ok(Some(match job.purpose {
                    Purpose::File(shot, format) => Reply::File(match shot {
                        Shot::Original => file::encode(bench.original.as_deref().unwrap_or(&bench.observed), format),
                        Shot::Observed => file::encode(&bench.observed_with_holes(), format),
                        Shot::Restored => file::encode(&held.restored, format),
                    }),
                    Purpose::Insight(aspect) => Reply::Insight(Box::new(look::insight(sources, bench, held, aspect)?)),
                    Purpose::Answer | Purpose::Error => return Ok(None),
                }));
            }
        }
        Ok(None)
    }

    /// The errands of a job, where its channels may go different ways and that is worth while.
    fn share(
        &mut self,
        observation: &Rc<Observation>,
        job: &Job,
        parameter: f32,
    ) -> Result<Option<Box<Shared>>, EngineError> {
        let (choice, picture) = (job.question.choice(), observation.observed());
        let description = choice.description();
        let is_large = self.share_from.is_some_and(|pixels| picture.height() * picture.width() >= pixels);
        // A blur that is sought is sought in all channels at once, and so is the strength of the filter to start with.
        let apart = description.family == Family::Iterative && choice.start() != Start::Filtered;
        let settings = choice.settings().with_first(parameter);
        let begun = self.under.as_ref().is_some_and(|under| {
            Rc::ptr_eq(&under.observation, observation) && under.method == choice.method() && under.settings == settings
        });
        let Some(bench) = self.bench.as_ref().filter(|_| is_large && apart && picture.channels() > 1 && !begun) else {
            return Ok(None);
        };
        self.under = None;
        let errand = |channel: usize| Errand {
            size: picture.size(),
            observed: picture.channel(channel).to_vec(),
            original: bench.original.as_ref().map(|original| original.channel(channel).to_vec()),
            known: bench.known().map(<[bool]>::to_vec),
            kernel: observation.kernel().clone(),
            treatment: observation.treatment(),
            sigma: observation.sigma(),
            method: choice.method(),
            settings: settings.clone(),
        };
        Shared::new((0..picture.channels()).map(errand).collect()).map(|shared| Some(Box::new(shared)))
    }

    fn advance_shared(&mut self, sources: &mut Sources, job: &mut Job) -> Result<Outcome, EngineError> {
        self.bench(sources, job)?;
        let (Stage::Shared { shared, observation, parameter, suggested }, Some(bench)) =
            (&mut job.stage, &mut self.bench)
        else {
            return Ok(Outcome::Working);
        };
        if shared.reports[0].is_none() {
            if !shared.hand.has_ended() && !job.stopping {
                shared.hand.advance();
                return Ok(Outcome::Working);
            }
            shared.reports[0] = Some(shared.hand.report(true));
        }
        let Some(reports) = shared.last_words() else { return Ok(Outcome::Waiting) };
        let [height, width] = observation.size();
        let planes = reports.iter().flat_map(|report| report.plane.iter().copied()).collect();
        let restored = Image::from_vec(reports.len(), height, width, planes)?;
        if job.purpose == Purpose::Error {
            return Ok(Outcome::Done(Reply::Error(root_error(bench.original.as_deref(), &restored))));
        }
        let (told, suggested) = (Merged::of(&reports), *suggested);
        let held = Held {
            revision: job.revision,
            question: job.question.clone(),
            observation: Rc::clone(observation),
            parameter: *parameter,
            restored,
            kernel: None,
        };
        let held = self.held.put(job, held, told.ending);
        if job.purpose != Purpose::Answer {
            job.stage = Stage::Look;
            return Ok(Outcome::Working);
        }
        let answer = conclude(sources, bench, told, held, suggested);
        self.keep(job, &answer);
        Ok(Outcome::Done(Reply::Restored(Box::new(answer))))
    }

    /// How far a shared restoration is, with what was observed where nothing has been heard yet.
    fn shared_progress(sources: &mut Sources, shared: &mut Shared, observation: &Observation) -> Option<Progress> {
        let own = shared.hand.report(false);
        let others: Vec<Option<&Report>> = shared.reports.iter().skip(1).map(Option::as_ref).collect();
        let heard: Vec<&Report> = std::iter::once(&own).chain(others.iter().copied().flatten()).collect();
        let planes = std::iter::once(&own.plane[..]).chain(others.iter().enumerate().map(|(place, report)| {
            report.map_or(observation.observed().channel(place + 1), |report| &report.plane[..])
        }));
        let [height, width] = observation.size();
        let picture =
            Image::from_vec(observation.channels(), height, width, planes.flatten().copied().collect()).ok()?;
        let told = Merged::of(&heard);
        let description = DESCRIPTIONS[shared.hand.method()];
        (told.iteration > 0).then(|| Progress {
            iteration: told.iteration,
            of: shared.hand.settings().iterations(description),
            residual: told.residual,
            rmse: (heard.iter().map(|report| report.error).sum::<f64>() / heard.len() as f64).sqrt(),
            picture: sources.render(&picture),
        })
    }

    /// See [`Engine::progress`](super::Engine::progress).
    pub fn progress(&mut self, sources: &mut Sources, job: &mut Job) -> Option<Progress> {
        if let Stage::Shared { shared, observation, .. } = &mut job.stage {
            return Self::shared_progress(sources, shared, observation);
        }
        let (Stage::Run { .. }, Some(under)) = (&job.stage, &mut self.under) else { return None };
        let description = DESCRIPTIONS[under.method];
        let (Some(_), Some(step)) = (description.iterations, under.step) else { return None };
        let original = self.bench.as_ref().and_then(|bench| bench.original.as_deref());
        let estimate = under.run.estimate();
        Some(Progress {
            iteration: step.iteration,
            of: under.settings.iterations(description),
            residual: step.residual,
            rmse: root_error(original, estimate),
            picture: sources.render(estimate),
        })
    }

    /// Sets the bench up, unless there is nothing to do at all.
    fn degrade(&mut self, sources: &mut Sources, job: &mut Job) -> Result<Option<Reply>, EngineError> {
        if job.purpose == Purpose::Answer {
            let same =
                |(of, question, _): &(u64, RestoreLesson, Restored)| (*of, question) == (job.revision, &job.question);
            if let Some(place) = self.answers.iter().position(same) {
                let known = self.answers.remove(place);
                let answer = known.2.clone();
                self.answers.push(known);
                return Ok(Some(Reply::Restored(Box::new(answer))));
            }
        }
        self.bench(sources, job)?;
        let is_held = self.held.of(job).is_some();
        job.stage = match job.purpose {
            Purpose::Insight(_) | Purpose::File(..) if is_held => Stage::Look,
            _ => Stage::Observe,
        };
        Ok(None)
    }

    /// The bench of the job, set up anew unless it stands here already.
    fn bench(&mut self, sources: &mut Sources, job: &Job) -> Result<&mut Bench, EngineError> {
        let circumstances = Circumstances::of(job.revision, &job.question);
        let bench = match self.bench.take() {
            Some(bench) if bench.circumstances == circumstances => bench,
            _ => {
                // Memory first.
                (self.under, self.held) = (None, Results::default());
                Bench::new(sources, &mut self.originals, (job.revision, &job.source), &job.question)?
            }
        };
        Ok(self.bench.insert(bench))
    }

    /// Gets the method ready, in the memory of the run before if that will do. A run that stands just where this one
    /// would come through goes on.
    fn get_ready(&mut self, observation: &Rc<Observation>, job: &Job, parameter: f32) {
        let choice = job.question.choice();
        let settings = choice.settings().with_first(parameter);
        match self.under.take() {
            Some(under)
                if under.method == choice.method()
                    && Rc::ptr_eq(&under.observation, observation)
                    && under.settings == settings =>
            {
                self.under = Some(under);
            }
            Some(mut under) if under.method == choice.method() && Rc::ptr_eq(&under.observation, observation) => {
                under.run.restart(&settings);
                under.history.clear();
                self.under = Some(Under { settings, step: None, ..under });
            }
            // The old one's memory is free before the new one's is asked for.
            other => {
                drop(other);
                self.under = Some(Under {
                    observation: Rc::clone(observation),
                    method: choice.method(),
                    run: METHODS[choice.method()].start(observation, &settings),
                    settings,
                    step: None,
                    history: Vec::new(),
                });
            }
        }
    }

    /// Keeps an answer, unless it was stopped before its time.
    fn keep(&mut self, job: &Job, answer: &Restored) {
        if answer.facts.ending.is_none() {
            return;
        }
        self.answers.push((job.revision, job.question.clone(), answer.clone()));
        let bytes =
            |(.., answer): &(u64, RestoreLesson, Restored)| answer.observed.rgba.len() + answer.restored.rgba.len();
        while self.answers.len() > MOST_ANSWERS
            || (self.answers.len() > 1 && self.answers.iter().map(bytes).sum::<usize>() > MOST_ANSWER_BYTES)
        {
            self.answers.remove(0);
        }
    }
}

fn conclude(sources: &mut Sources, bench: &mut Bench, told: Merged, held: &Held, suggested: Option<f32>) -> Restored {
    let original = bench.original.clone();
    let restored = &held.restored;
    let error = original.as_deref().map_or(f64::NAN, |original| quality::mse(original, restored));
    let decibels = |error: f64| -10.0 * error.log10();
    let small = restored.data().len() <= MOST_SAMPLES_FOR_SSIM;
    let similarity = match &original {
        Some(original) if small => [bench.similarity(), quality::ssim(original, restored, 1.0)],
        _ => [f64::NAN; 2],
    };
    let signal = restored.width() == 1 && restored.channels() == 1;
    let samples = |image: &Image| image.data().to_vec();
    Restored {
        original: bench.rendered_original.clone(),
        observed: bench.rendered.clone(),
        restored: sources.render(restored),
        kernel: held.kernel.as_ref().map(|kernel| render_kernel(sources, kernel)),
        facts: Facts {
            scores: Scores {
                psnr_observed: decibels(bench.error),
                psnr_restored: decibels(error),
                ssim_observed: similarity[0],
                ssim_restored: similarity[1],
                isnr: if bench.error == 0.0 && error == 0.0 { 0.0 } else { decibels(error) - decibels(bench.error) },
                rmse_observed: bench.error.sqrt(),
                rmse_restored: error.sqrt(),
            },
            bsnr: bench.bsnr,
            sigma: f64::from(bench.sigma),
            parameter: f64::from(held.parameter),
            suggested: suggested.map(f64::from),
            iterations: told.iteration,
            ending: told.ending,
            residual: told.residual,
            history: told.history,
            kernel: held.kernel.clone(),
            series: signal.then(|| {
                [original.as_deref().map_or_else(Vec::new, samples), samples(&bench.observed), samples(restored)]
            }),
        },
    }
}

fn render_kernel(sources: &mut Sources, kernel: &Kernel) -> Rendered {
    let largest = kernel.weights().iter().fold(f32::MIN_POSITIVE, |largest, weight| largest.max(*weight));
    sources.render_levels(kernel.size(), kernel.weights().iter().map(|weight| weight / largest))
}
