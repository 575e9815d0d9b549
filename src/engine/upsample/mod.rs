//! The Upsample page's work: one small picture, made larger in several ways, a way after another.

mod findings;
mod reducing;
mod ways;

use super::{
    EngineError, FileFormat, Progress, Reply, file,
    source::{Purpose as Use, Rendered, Sources},
};
use crate::{
    imaging::Image,
    lesson::{
        picture::Picture,
        upsample::{UpsampleLesson, Way},
    },
};
use findings::Deviation;
use reducing::{Ground, GroundKey, Grounds};
pub use reducing::{LEAST_SIDE, sufficient_size};
use std::rc::Rc;
use ways::Tool;

/// The most pixels that the large pictures of an answer have together, the truth and the differences included.
pub const MOST_LARGE_PIXELS: usize = 1 << 26;
/// Results of together so many bytes of pixels are kept beside those of the last answer.
const MOST_KEPT_BYTES: usize = 64 << 20;
/// A clock in milliseconds.
pub(super) type Clock = Box<dyn Fn() -> f64>;

/// The answer to one setting of the Upsample page.
#[derive(Clone, Debug, PartialEq)]
pub struct Upsampled {
    /// The large picture that the small one was made of; None where the picture itself is the small one.
    pub truth: Option<Rendered>,
    /// Its spectrum, as [`Enlarged::spectrum`].
    pub truth_spectrum: Option<Rendered>,
    /// The small picture.
    pub small: Rendered,
    /// Its spectrum.
    pub small_spectrum: Rendered,
    /// How many times as large the large ones are.
    pub scale: usize,
    /// This much above 0 is white in all differences and this much below it black: three times the root mean square of
    /// the way that is furthest from the truth. No number without a truth.
    pub difference_scale: f64,
    /// A large picture for each way that is compared, in the order of the page, but for those that are missing and
    /// those that a stopped job did not come to.
    pub results: Vec<Enlarged>,
    /// Ways that have nothing to show without a large picture to begin with, or one that is larger than their masks.
    pub missing: Vec<Way>,
}

/// What one way came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Enlarged {
    /// The way.
    pub way: Way,
    /// The large picture. A gradient has the mean brightness of the truth, and none of its own.
    pub picture: Rendered,
    /// Its difference to the truth, 0 as mid-grey, at the scale of [`Upsampled::difference_scale`]; None without a truth.
    pub difference: Option<Rendered>,
    /// The logarithm of the magnitude of its spectrum, frequency zero in row ⌊height/2⌋ and column ⌊width/2⌋; of the
    /// middle of the picture where that is large.
    pub spectrum: Rendered,
    /// Its numbers.
    pub findings: Findings,
}

/// Numbers of one way.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    /// Peak signal to noise ratio to the truth, in dB; no number without a truth.
    pub psnr: f64,
    /// Structural similarity to the truth; no number without a truth.
    pub ssim: f64,
    /// The checkerboard's score in dB, as [`crate::upsampling::checkerboard()`] has it for the mean of the channels; no
    /// number where the picture is too small, or the scale too large, to tell.
    pub checkerboard: f64,
    /// How strong it is: the root mean square of the pattern as a share of the mean brightness, as
    /// [`crate::upsampling::Checkerboard::strength`] has it; no number where the score is none.
    pub strength: f64,
    /// Whether that is a checkerboard that can be seen.
    pub is_checkered: bool,
    /// The frequencies that stand out, rows and columns, in cycles a pixel, −½ ≤ f < ½: each with its conjugate, the
    /// highest first, 64 at most.
    pub peaks: Vec<[f64; 2]>,
    /// What the kernel took for all channels, in milliseconds: the least of up to three runs where they are short, as the
    /// first one finds nothing prepared. No number where there is no clock.
    pub millis: f64,
}

/// What a job's outcome is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Answer,
    /// The picture of a way, or the small one.
    File(Option<Way>, FileFormat),
}

/// What a job does next.
enum Stage {
    Prepare,
    /// The way at this place of the tools.
    Enlarge(usize),
    Judge {
        place: usize,
        large: Image,
        millis: f64,
    },
}

/// A question on its way to its answer.
pub(super) struct Job {
    /// None for the drawing, which the question itself holds.
    source: Option<Rc<Image>>,
    key: GroundKey,
    question: UpsampleLesson,
    purpose: Purpose,
    stage: Stage,
    stopping: bool,
    ground: Option<Rc<Ground>>,
    tools: Vec<(Way, Tool)>,
    missing: Vec<Way>,
    done: Vec<Enlarged>,
}

impl Job {
    pub fn new(sources: &mut Sources, lesson: &UpsampleLesson, purpose: Purpose) -> Result<Self, EngineError> {
        let question = match purpose {
            Purpose::File(Some(way), _) => lesson.question_of(way),
            _ => lesson.question(),
        };
        let work = &question.work;
        let (revision, source) = if work.picture == Picture::Sprite {
            (0, None)
        } else {
            let (revision, image) = sources.find(work.picture, Use::Upsample(work.size))?;
            (revision, Some(image))
        };
        Ok(Self {
            key: GroundKey::new(revision, &question),
            source,
            question,
            purpose,
            stage: Stage::Prepare,
            stopping: false,
            ground: None,
            tools: Vec::new(),
            missing: Vec::new(),
            done: Vec::new(),
        })
    }

    pub fn stop(&mut self) {
        self.stopping = true;
    }

    /// How many ways are done, with the picture of the last one.
    pub fn progress(&self) -> Option<Progress> {
        let last = self.done.last()?;
        Some(Progress {
            iteration: self.done.len(),
            of: self.tools.len(),
            residual: f64::NAN,
            rmse: f64::NAN,
            picture: last.picture.clone(),
        })
    }

    /// The ways that are wanted.
    fn wanted(&self) -> Vec<Way> {
        match self.purpose {
            Purpose::Answer => self.question.work.compared.clone(),
            Purpose::File(way, _) => way.into_iter().collect(),
        }
    }

    /// Picks the tools of the ways that have something to show, and refuses what would be too small or too large.
    fn choose_tools(&mut self) -> Result<(), EngineError> {
        let small = reducing::small_size(&self.key, self.source.as_deref());
        let [height, width] = small;
        let scale = self.key.scale;
        let has_truth = self.question.has_truth();
        if height.min(width) < LEAST_SIDE {
            let reduced = if has_truth { scale } else { 1 };
            let given = self.source.as_deref().filter(|_| self.question.work.picture.is_file());
            let enough = sufficient_size(&self.question, given.map(|image| [image.width(), image.height()]));
            return Err(EngineError::TooSmall { width, height, reduced, enough });
        }
        let is_of_truth = |way: &Way| matches!(way, Way::Unpooled | Way::Gradient);
        let (ways, missing): (Vec<Way>, Vec<Way>) =
            self.wanted().into_iter().partition(|way| has_truth || !is_of_truth(way));
        // Beside the results the truth, and their differences to it.
        let pictures = if has_truth && self.purpose == Purpose::Answer { 2 * ways.len() + 1 } else { ways.len() };
        check_size(small, scale, pictures)?;
        self.missing = missing;
        let truth = small.map(|side| side * scale);
        for way in ways {
            match Tool::of(way, &self.question) {
                Tool::Gradient(layers) if !ways::has_gradient(truth, &layers) => self.missing.push(way),
                // The lesson makes none beyond some scale.
                Tool::Shuffle(filters) if filters.is_empty() => {
                    return Err(EngineError::TooManyFilters { scale, side: filters.dim().1 });
                }
                tool => self.tools.push((way, tool)),
            }
        }
        match self.purpose {
            Purpose::File(Some(way), _) if self.tools.is_empty() => Err(EngineError::NeedsTruth(way)),
            _ => Ok(()),
        }
    }
}

/// Refuses more pixels than the large pictures may have together.
fn check_size([height, width]: [usize; 2], scale: usize, pictures: usize) -> Result<(), EngineError> {
    let pixels = |scale: usize| (height as u64 * width as u64 * pictures as u64) * (scale as u64).pow(2);
    if pixels(scale) <= MOST_LARGE_PIXELS as u64 {
        return Ok(());
    }
    let largest = (1..scale).rev().find(|scale| pixels(*scale) <= MOST_LARGE_PIXELS as u64);
    Err(EngineError::TooManyPixels { width, height, scale, pictures, largest })
}

/// A result that is kept, with all that it depends on.
struct Kept {
    ground: GroundKey,
    tool: Tool,
    /// Without its difference, which is shown as the answer needs it.
    enlarged: Enlarged,
    deviation: Option<Deviation>,
}

impl Kept {
    fn bytes(&self) -> usize {
        let of = |picture: &Rendered| picture.rgba.len();
        of(&self.enlarged.picture) + of(&self.enlarged.spectrum) + self.deviation.as_ref().map_or(0, Deviation::bytes)
    }
}

/// The caches of the Upsample page.
#[derive(Default)]
pub(super) struct Desk {
    grounds: Grounds,
    /// The last used last.
    kept: Vec<Kept>,
    clock: Option<Clock>,
}

impl Desk {
    /// Times the kernels by this clock.
    pub fn time_with(&mut self, clock: Clock) {
        self.clock = Some(clock);
    }

    /// Empties the caches.
    pub fn forget(&mut self) {
        *self = Self { clock: self.clock.take(), ..Self::default() };
    }

    /// One step of a job; its reply when that was the last one.
    pub fn advance(&mut self, sources: &mut Sources, job: &mut Job) -> Result<Option<Reply>, EngineError> {
        match std::mem::replace(&mut job.stage, Stage::Prepare) {
            Stage::Prepare => {
                job.choose_tools()?;
                self.make_room(job);
                let ground = self.grounds.find(sources, &job.key, job.source.as_deref())?;
                if let Purpose::File(None, format) = job.purpose {
                    return Ok(Some(Reply::File(file::encode(&ground.small.image, format))));
                }
                job.ground = Some(ground);
                job.stage = Stage::Enlarge(0);
                // What is known already takes no step.
                self.known(sources, job, 0)
            }
            Stage::Enlarge(place) => {
                let Some(ground) = job.ground.clone() else { return Ok(None) };
                let Some((_, tool)) = job.tools.get(place) else { return self.known(sources, job, place) };
                let no_clock = || f64::NAN;
                let clock = self.clock.as_deref().unwrap_or(&no_clock);
                // Nobody looks at the time that a file took.
                let (large, millis) = tool.enlarge(&ground, clock, job.purpose == Purpose::Answer)?;
                if let Purpose::File(_, format) = job.purpose {
                    return Ok(Some(Reply::File(file::encode(&large, format))));
                }
                job.stage = Stage::Judge { place, large, millis };
                Ok(None)
            }
            Stage::Judge { place, large, millis } => {
                let (Some(ground), Some((way, tool))) = (job.ground.clone(), job.tools.get(place)) else {
                    return Ok(None);
                };
                let truth = ground.truth.as_ref().map(|truth| &*truth.image);
                let (deviation, spectrum, findings) =
                    findings::judge(sources, truth, &large, ground.key.scale, millis)?;
                let picture = sources.render(&large);
                let enlarged = Enlarged { way: *way, picture, difference: None, spectrum, findings };
                let key = tool.ground_key(&job.key);
                self.kept.push(Kept { ground: key, tool: tool.clone(), enlarged: enlarged.clone(), deviation });
                job.done.push(enlarged);
                self.known(sources, job, place + 1)
            }
        }
    }

    /// Goes on with the way at this place: takes what is kept of it and of those after it. The reply when nothing is
    /// left to do, or the job is to stop and has something.
    fn known(&mut self, sources: &mut Sources, job: &mut Job, mut place: usize) -> Result<Option<Reply>, EngineError> {
        if job.purpose == Purpose::Answer {
            while let Some((_, tool)) = job.tools.get(place) {
                let Some(found) = self.place_of(tool, &job.key) else { break };
                let kept = self.kept.remove(found);
                job.done.push(kept.enlarged.clone());
                self.kept.push(kept);
                place += 1;
            }
        }
        job.stage = Stage::Enlarge(place);
        let is_over = place >= job.tools.len() || (job.stopping && !job.done.is_empty());
        let Some(ground) = job.ground.clone().filter(|_| is_over) else { return Ok(None) };
        let mut results = std::mem::take(&mut job.done);
        let difference_scale = self.show_differences(sources, job, &mut results)?;
        Ok(Some(Reply::Upsampled(Box::new(Upsampled {
            truth: ground.truth.as_ref().map(|truth| truth.rendered.clone()),
            truth_spectrum: ground.truth.as_ref().map(|truth| truth.spectrum.clone()),
            small: ground.small.rendered.clone(),
            small_spectrum: ground.small.spectrum.clone(),
            scale: ground.key.scale,
            difference_scale,
            results,
            missing: job.missing.clone(),
        }))))
    }

    /// Where the result of a tool on this ground is kept.
    fn place_of(&self, tool: &Tool, key: &GroundKey) -> Option<usize> {
        let ground = tool.ground_key(key);
        self.kept.iter().position(|kept| kept.ground == ground && kept.tool == *tool)
    }

    /// Shows the differences of these results of the job, the first of its tools', at one scale, and tells that.
    fn show_differences(
        &mut self,
        sources: &mut Sources,
        job: &Job,
        results: &mut [Enlarged],
    ) -> Result<f64, EngineError> {
        let places: Vec<Option<usize>> = job.tools.iter().map(|(_, tool)| self.place_of(tool, &job.key)).collect();
        let places = &places[..results.len().min(places.len())];
        let deviations = places.iter().flatten().filter_map(|place| self.kept[*place].deviation.as_ref());
        let scale = findings::common_scale(deviations.map(|deviation| deviation.rms));
        let mut scaled = f64::NAN;
        for (result, place) in results.iter_mut().zip(places) {
            if let Some(deviation) = place.and_then(|place| self.kept[place].deviation.as_mut()) {
                result.difference = Some(deviation.show(sources, scale)?);
                scaled = scale;
            }
        }
        Ok(scaled)
    }

    /// Forgets the oldest results, but for those of this job, until what is left is little enough.
    fn make_room(&mut self, job: &Job) {
        let is_wanted = |kept: &Kept| {
            job.tools.iter().any(|(_, tool)| *tool == kept.tool && tool.ground_key(&job.key) == kept.ground)
        };
        let mut spare: usize = self.kept.iter().filter(|kept| !is_wanted(kept)).map(Kept::bytes).sum();
        self.kept.retain(|kept| {
            let stays = spare <= MOST_KEPT_BYTES || is_wanted(kept);
            if !stays {
                spare -= kept.bytes();
            }
            stays
        });
    }
}
