//! What the worker runs: a request in, progress and a reply out, and caches in between, so that a job carries parameters
//! only.
//!
//! A job is begun, advanced step by step, and may be looked at, stopped or replaced between any two steps. The engine
//! knows no browser and no clock; natively it is tested as it is.

mod answer;
mod error;
mod file;
mod restore;
mod source;
mod spectrum;
mod upsample;

pub use answer::{Facts, Insight, Progress, RINGS, Residual, Restored, Ring, Scores, Spectra};
pub use error::EngineError;
pub use restore::{Errand, Hand, MOST_HISTORY, MOST_SAMPLES_FOR_SSIM, Report};
pub use source::{MAX_RESTORE_PIXELS, MAX_UPSAMPLE_SIDE, Rendered, fit_pixels, fit_side, reduce};
pub use upsample::{Enlarged, Findings, LEAST_SIDE, MOST_LARGE_PIXELS, Upsampled, sufficient_size};

use crate::lesson::{
    picture::Picture,
    restore::RestoreLesson,
    upsample::{UpsampleLesson, Way, takeaway::Library},
};

/// What the page asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Here are the pixels of a picture that comes from a file; the last such picture or signal is kept.
    Source {
        /// Which picture this is.
        picture: Picture,
        /// Columns.
        width: usize,
        /// Rows.
        height: usize,
        /// Red, green, blue and alpha, eight bits each, row after row.
        rgba: Vec<u8>,
    },
    /// Here are the samples of a signal; the last such picture or signal is kept.
    Signal {
        /// Which picture this is.
        picture: Picture,
        /// Linear light, 0 black and 1 white, though nothing clips them.
        samples: Vec<f32>,
    },
    /// Blur, add noise and restore, all as these settings say.
    Restore(RestoreLesson),
    /// How far from the original the restored picture is at these settings, with the first parameter as it is set by
    /// hand: a point of the error curve.
    Error(RestoreLesson),
    /// A closer look at what a restoration by these settings came to. After one that was stopped it is what was stopped
    /// that is looked at, not what would have become of it.
    Insight(RestoreLesson, Aspect),
    /// One of the pictures as a file, in full precision. After a stop as above.
    File(RestoreLesson, Shot, FileFormat),
    /// Make larger in every way, as these settings say.
    Upsample(UpsampleLesson),
    /// The picture of a way as a file, in full precision; the small one for None. The way need not be compared.
    UpsampleFile(UpsampleLesson, Option<Way>, FileFormat),
    /// A program that enlarges as these settings say, as a file. It is written here because its words are many, and the
    /// page begins without them.
    UpsampleProgram(UpsampleLesson, Library),
    /// Forget what was restored or enlarged and all that was prepared for it, so that the next answers are computed
    /// anew: whoever times methods wants their work and not their memory.
    Forget,
}

/// What can be looked at closely.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Aspect {
    /// The spectra of the pictures and of the filter.
    Spectra,
    /// What the restored picture does not explain.
    Residual,
    /// The restored picture less the original.
    Difference,
    /// Structural similarities, for pictures that are too large to have them with every answer.
    Similarity,
}

/// The pictures of a restoration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shot {
    /// Before anything happened to it; the observed one where that is not known.
    Original,
    /// Blurred and noisy.
    Observed,
    /// What the method made of it.
    Restored,
}

/// Files of full precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileFormat {
    /// A PNG of 16 bits a sample in sRGB.
    Png16,
    /// A NumPy array of f32 in linear light, rows × columns (× 3), unclipped; a signal has one column.
    Npy,
}

/// What the engine answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// The picture or signal is here.
    Stored,
    /// The pictures and numbers of the Restore page.
    Restored(Box<Restored>),
    /// The root of the mean squared error, in linear light; no number where there is no original.
    Error(f64),
    /// What a closer look showed.
    Insight(Box<Insight>),
    /// The bytes of a file.
    File(Vec<u8>),
    /// The pictures of the Upsample page.
    Upsampled(Box<Upsampled>),
}

/// Where a step led.
#[derive(Clone, Debug, PartialEq)]
pub enum Advance {
    /// There is no job.
    Idle,
    /// There is more to do.
    Working,
    /// There is nothing to do until an errand is reported.
    Waiting,
    /// The job is over, and this came of it.
    Done(Reply),
}

/// A job under way.
enum Job {
    Source { picture: Picture, width: usize, height: usize, rgba: Vec<u8> },
    Signal { picture: Picture, samples: Vec<f32> },
    Restore(Box<restore::Job>),
    Upsample(Box<upsample::Job>),
    Program(Box<UpsampleLesson>, Library),
    Forget,
}

/// The engine with its caches. Equal requests about equal sources have equal replies, whatever was asked in between.
#[derive(Default)]
pub struct Engine {
    sources: source::Sources,
    restore: restore::Desk,
    upsample: upsample::Desk,
    job: Option<Job>,
}

impl Engine {
    /// Begins a job in place of the one under way, if there is one. What that one did so far is not lost: asked again, it
    /// goes on from there if nothing else came in between.
    ///
    /// # Errors
    /// When the picture was not sent. No job is under way then.
    pub fn begin(&mut self, request: Request) -> Result<(), EngineError> {
        self.job = None;
        let (lesson, purpose) = match request {
            Request::Source { picture, width, height, rgba } => {
                self.job = Some(Job::Source { picture, width, height, rgba });
                return Ok(());
            }
            Request::Signal { picture, samples } => {
                self.job = Some(Job::Signal { picture, samples });
                return Ok(());
            }
            Request::Upsample(lesson) => return self.begin_upsampling(&lesson, upsample::Purpose::Answer),
            Request::UpsampleFile(lesson, way, format) => {
                return self.begin_upsampling(&lesson, upsample::Purpose::File(way, format));
            }
            Request::UpsampleProgram(lesson, library) => {
                self.job = Some(Job::Program(Box::new(lesson), library));
                return Ok(());
            }
            Request::Forget => {
                self.job = Some(Job::Forget);
                return Ok(());
            }
            Request::Restore(lesson) => (lesson, restore::Purpose::Answer),
            Request::Error(lesson) => (lesson, restore::Purpose::Error),
            Request::Insight(lesson, aspect) => (lesson, restore::Purpose::Insight(aspect)),
            Request::File(lesson, shot, format) => (lesson, restore::Purpose::File(shot, format)),
        };
        let job = restore::Job::new(&mut self.sources, &lesson, purpose)?;
        self.job = Some(Job::Restore(Box::new(job)));
        Ok(())
    }

    fn begin_upsampling(&mut self, lesson: &UpsampleLesson, purpose: upsample::Purpose) -> Result<(), EngineError> {
        let job = upsample::Job::new(&mut self.sources, lesson, purpose)?;
        self.job = Some(Job::Upsample(Box::new(job)));
        Ok(())
    }

    /// Takes one step of the job: an iteration, a filter, a way to enlarge, or what has to be done before or after.
    ///
    /// # Errors
    /// When a picture is empty, of a wrong length, too small or too large, the blur does not fit, or memory would not do. The job is
    /// over then. The caches may be emptied, which costs time and nothing else.
    pub fn advance(&mut self) -> Result<Advance, EngineError> {
        match self.job.take() {
            None => Ok(Advance::Idle),
            Some(Job::Source { picture, width, height, rgba }) => {
                self.sources.store(picture, width, height, &rgba)?;
                Ok(Advance::Done(Reply::Stored))
            }
            Some(Job::Signal { picture, samples }) => {
                self.sources.store_signal(picture, samples)?;
                Ok(Advance::Done(Reply::Stored))
            }
            Some(Job::Program(lesson, library)) => {
                Ok(Advance::Done(Reply::File(library.program(&lesson).into_bytes())))
            }
            Some(Job::Forget) => {
                self.restore.forget();
                self.upsample.forget();
                Ok(Advance::Done(Reply::Stored))
            }
            Some(Job::Upsample(mut job)) => {
                if let Some(reply) = self.upsample.advance(&mut self.sources, &mut job)? {
                    return Ok(Advance::Done(reply));
                }
                self.job = Some(Job::Upsample(job));
                Ok(Advance::Working)
            }
            Some(Job::Restore(mut job)) => Ok(match self.restore.advance(&mut self.sources, &mut job)? {
                restore::Outcome::Done(reply) => Advance::Done(reply),
                outcome => {
                    self.job = Some(Job::Restore(job));
                    if matches!(outcome, restore::Outcome::Waiting) { Advance::Waiting } else { Advance::Working }
                }
            }),
        }
    }

    /// How far an iterative method is, once it has begun, or how many ways to enlarge are done, once one is; None at any
    /// other time.
    pub fn progress(&mut self) -> Option<Progress> {
        match &mut self.job {
            Some(Job::Restore(job)) => self.restore.progress(&mut self.sources, job),
            Some(Job::Upsample(job)) => job.progress(),
            _ => None,
        }
    }

    /// Lets the job end with what it has, as soon as it has anything: an iteration, or a way to enlarge, under way is the
    /// last one.
    pub fn stop(&mut self) {
        match &mut self.job {
            Some(Job::Restore(job)) => job.stop(),
            Some(Job::Upsample(job)) => job.stop(),
            _ => {}
        }
    }

    /// Times the ways to enlarge by this clock, in milliseconds; without one their times are no numbers.
    pub fn time_with(&mut self, clock: Box<dyn Fn() -> f64>) {
        self.upsample.time_with(clock);
    }

    /// Says that others can take on channels of pictures of so many pixels or more; None is nobody. They have to take
    /// what [`Engine::errands`] hands out, and all their reports have to be delivered.
    pub fn share_from(&mut self, pixels: Option<usize>) {
        self.restore.share_from = pixels;
    }

    /// Channels of the job under way for others to restore, each with its number; every errand is handed out once.
    pub fn errands(&mut self) -> Vec<(usize, Errand)> {
        match &mut self.job {
            Some(Job::Restore(job)) => job.errands(),
            _ => Vec::new(),
        }
    }

    /// What another has to say about a channel of the job under way.
    pub fn deliver(&mut self, channel: usize, report: Report) {
        if let Some(Job::Restore(job)) = &mut self.job {
            job.deliver(channel, report);
        }
    }

    /// What was handed out does not come back: the job under way begins its iterations anew, all here.
    pub fn recall(&mut self) {
        if let Some(Job::Restore(job)) = &mut self.job {
            job.recall();
        }
    }

    /// Answers one request, however long it takes.
    ///
    /// # Errors
    /// As [`Engine::begin`] and [`Engine::advance`].
    pub fn handle(&mut self, request: Request) -> Result<Reply, EngineError> {
        self.begin(request)?;
        loop {
            match self.advance()? {
                Advance::Done(reply) => return Ok(reply),
                // Nobody would report.
                Advance::Waiting => self.recall(),
                Advance::Working | Advance::Idle => {}
            }
        }
    }
}
