//! The Restore page's work: the original, what was observed of it, and what a method makes of that.

use super::{
    EngineError,
    source::{Purpose, Rendered, Sources},
};
use crate::{
    imaging::{Boundary, Image, ImageError, blur, noise, quality},
    lesson::restore::{Degradation, RestoreLesson},
    restoration::{COUNT, METHODS, Observation, Settings, Treatment},
};
use std::rc::Rc;

/// Distances to the original, in linear light with a peak of 1. Those in dB are infinite when there is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scores {
    /// Peak signal to noise ratio of the observed picture, in dB.
    pub psnr_observed: f64,
    /// Peak signal to noise ratio of the restored picture, in dB.
    pub psnr_restored: f64,
    /// What the restoration gained, in dB.
    pub isnr: f64,
    /// Root of the mean squared error of the observed picture.
    pub rmse_observed: f64,
    /// Root of the mean squared error of the restored picture.
    pub rmse_restored: f64,
}

/// The answer to one setting of the Restore page.
#[derive(Clone, Debug, PartialEq)]
pub struct Restored {
    /// The picture before anything happened to it.
    pub original: Rendered,
    /// The picture blurred and noisy.
    pub observed: Rendered,
    /// What the method makes of it.
    pub restored: Rendered,
    /// How far both are from the original.
    pub scores: Scores,
    /// The parameter that was used.
    pub parameter: f32,
    /// The parameter that the data suggest for this method, where it has a rule.
    pub suggested: Option<f32>,
}

/// The parameter that was set by hand.
fn chosen(lesson: &RestoreLesson) -> f32 {
    lesson.choice().settings().parameters[0]
}

/// What the observed picture depends on.
type Circumstances = (u64, Degradation, Treatment);

struct Bench {
    circumstances: Circumstances,
    image: Image,
    rendered: Rendered,
    observation: Rc<Observation>,
    /// By method; None where it was not asked for yet.
    suggested: [Option<Option<f32>>; COUNT],
}

/// The caches of the Restore page.
#[derive(Default)]
pub(super) struct Desk {
    original: Option<(u64, Rendered)>,
    bench: Option<Bench>,
    answer: Option<(u64, RestoreLesson, Restored)>,
}

impl Desk {
    pub fn handle(&mut self, sources: &mut Sources, lesson: &RestoreLesson) -> Result<Restored, EngineError> {
        let lesson = lesson.question();
        let (revision, original) = sources.find(lesson.picture(), Purpose::Restore)?;
        if let Some((of, question, answer)) = &self.answer
            && (*of, question) == (revision, &lesson)
        {
            return Ok(answer.clone());
        }
        let rendered_original = self.render_original(sources, revision, &original);
        let bench = self.set_up(sources, revision, &original, &lesson)?;
        let method = METHODS[lesson.choice().method()];
        let rule = method.description().rules.first();
        let suggested = *bench.suggested[lesson.choice().method()]
            .get_or_insert_with(|| rule.and_then(|rule| method.automatic(&bench.observation, *rule)));
        let parameter =
            if lesson.choice().rule().is_some() { suggested.unwrap_or(chosen(&lesson)) } else { chosen(&lesson) };
        let settings = Settings::of(method.description()).with_first(parameter);
        let restored = method.restore(&bench.observation, &settings);
        let answer = Restored {
            original: rendered_original,
            observed: bench.rendered.clone(),
            restored: sources.render(&restored),
            scores: Scores {
                psnr_observed: quality::psnr(&original, &bench.image, 1.0),
                psnr_restored: quality::psnr(&original, &restored, 1.0),
                isnr: quality::isnr(&original, &bench.image, &restored),
                rmse_observed: quality::mse(&original, &bench.image).sqrt(),
                rmse_restored: quality::mse(&original, &restored).sqrt(),
            },
            parameter,
            suggested,
        };
        self.answer = Some((revision, lesson, answer.clone()));
        Ok(answer)
    }

    /// The error at the parameter that the lesson sets by hand. What was answered before stays as it is.
    pub fn error(&mut self, sources: &mut Sources, lesson: &RestoreLesson) -> Result<f64, EngineError> {
        let (revision, original) = sources.find(lesson.picture(), Purpose::Restore)?;
        let bench = self.set_up(sources, revision, &original, lesson)?;
        let method = METHODS[lesson.choice().method()];
        let settings = Settings::of(method.description()).with_first(chosen(lesson));
        let restored = method.restore(&bench.observation, &settings);
        Ok(quality::mse(&original, &restored).sqrt())
    }

    fn render_original(&mut self, sources: &mut Sources, revision: u64, original: &Image) -> Rendered {
        match &self.original {
            Some((of, rendered)) if *of == revision => rendered.clone(),
            _ => {
                let rendered = sources.render(original);
                self.original = Some((revision, rendered.clone()));
                rendered
            }
        }
    }

    /// Blurs and adds noise, unless that very picture stands here already.
    fn set_up(
        &mut self,
        sources: &mut Sources,
        revision: u64,
        original: &Rc<Image>,
        lesson: &RestoreLesson,
    ) -> Result<&mut Bench, EngineError> {
        let circumstances = (revision, lesson.degradation().clone(), lesson.choice().treatment());
        let bench = match self.bench.take() {
            Some(bench) if bench.circumstances == circumstances => bench,
            _ => {
                let kernel = lesson.assumed_kernel().ok_or(ImageError::NoWeight)?;
                let degradation = lesson.degradation();
                let mut image = blur(original, &kernel, Boundary::Circular);
                noise::add_gaussian(&mut image, degradation.level() as f32, degradation.seed());
                let treatment = lesson.choice().treatment();
                let observation =
                    Observation::new(image.clone(), kernel, treatment)?.with_noise(degradation.level() as f32);
                Bench {
                    circumstances,
                    rendered: sources.render(&image),
                    suggested: [None; COUNT],
                    image,
                    observation: Rc::new(observation),
                }
            }
        };
        Ok(self.bench.insert(bench))
    }
}
