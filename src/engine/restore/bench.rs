//! What a method is given to work on: the picture as it was observed, and what is known of it.

use super::super::{
    EngineError,
    source::{Rendered, Sources},
};
use crate::{
    fourier::fast_size,
    imaging::{Boundary, Image, ImageError, Kernel, blur, blur_valid, estimate, noise, quality},
    lesson::restore::{Degradation, Noise, RestoreLesson, Scene},
    restoration::{Description, Family, METHODS, Observation, Rule, Treatment},
};
use std::rc::Rc;

/// Methods that would take more than this are not begun: a tab of 32 bits has to hold the pictures too.
const MOST_BYTES: usize = 1_200_000_000;
/// Pictures of more pixels are observed in one way at a time, so that memory suffices.
const MOST_PIXELS_FOR_SEVERAL: usize = 1 << 20;
/// So many ways to observe smaller pictures are kept.
const MOST_OBSERVATIONS: usize = 4;
/// What missing pixels show.
const HOLE: f32 = 0.0;

/// What the observed picture depends on: the source's revision, the row that is taken out of it, and what is done to it.
/// A picture that is blurred already does not depend on the kernel that is supposed to have done it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Circumstances {
    revision: u64,
    signal: bool,
    row: Option<f64>,
    degradation: Option<Degradation>,
}

impl Circumstances {
    /// Those of a question (see [`RestoreLesson::question`]) about the source of this revision.
    pub fn of(revision: u64, question: &RestoreLesson) -> Self {
        let degradation = question.degradation();
        Self {
            revision,
            signal: question.is_signal(),
            row: question.row(),
            degradation: (!degradation.already_blurred()).then(|| degradation.clone()),
        }
    }
}

/// The part of a picture that an original is, by which it is known whether it has been rendered before.
type Cut = (u64, bool, Option<f64>, [usize; 4]);

/// An original that has been rendered.
#[derive(Default)]
pub(super) struct Originals {
    last: Option<(Cut, Rc<Image>, Rendered)>,
}

pub(super) struct Bench {
    pub circumstances: Circumstances,
    /// None where the picture was blurred before it came.
    pub original: Option<Rc<Image>>,
    pub rendered_original: Rendered,
    pub observed: Image,
    pub rendered: Rendered,
    pub sigma: f32,
    pub bsnr: f64,
    /// The mean squared error of the observed picture; no number without an original.
    pub error: f64,
    /// Its structural similarity, once somebody asked.
    similarity: Option<f64>,
    known: Option<Vec<bool>>,
    observations: Vec<Known>,
}

/// One way to observe the picture, and what the rules suggest there: by method and rule.
struct Known {
    observation: Rc<Observation>,
    suggested: Vec<(usize, Rule, Option<f32>)>,
}

/// The picture or signal that a question is about.
fn chosen(source: &Rc<Image>, question: &RestoreLesson) -> Result<Rc<Image>, ImageError> {
    if !question.is_signal() || (question.row().is_none() && source.width() == 1) {
        return Ok(Rc::clone(source));
    }
    let percent = question.row().unwrap_or(50.0);
    let row = ((source.height() - 1) as f64 * percent / 100.0).round() as usize;
    let mut samples = vec![0.0; source.width()];
    for channel in 0..source.channels() {
        let values = &source.channel(channel)[row * source.width()..][..source.width()];
        samples.iter_mut().zip(values).for_each(|(sample, value)| *sample += value / source.channels() as f32);
    }
    Image::from_vec(1, samples.len(), 1, samples).map(Rc::new)
}

impl Bench {
    /// Blurs, adds noise and hides pixels, as the question says.
    pub fn new(
        sources: &mut Sources,
        originals: &mut Originals,
        (revision, source): (u64, &Rc<Image>),
        question: &RestoreLesson,
    ) -> Result<Self, EngineError> {
        let circumstances = Circumstances::of(revision, question);
        let picture = chosen(source, question)?;
        let degradation = question.degradation();
        if degradation.already_blurred() {
            let cut = (revision, question.is_signal(), question.row(), [0, 0, picture.height(), picture.width()]);
            let (_, rendered) = originals.find(sources, cut, || Ok(Rc::clone(&picture)))?;
            return Ok(Self {
                circumstances,
                original: None,
                rendered_original: rendered.clone(),
                sigma: estimate::median_absolute_deviation(&picture).unwrap_or(0.0) as f32,
                observed: (*picture).clone(),
                rendered,
                bsnr: f64::NAN,
                error: f64::NAN,
                similarity: None,
                known: None,
                observations: Vec::new(),
            });
        }
        let kernel = degradation.kernel(question.is_signal()).ok_or(EngineError::NoKernel)?;
        let blurred = match degradation.scene() {
            Scene::Circular => blur(&picture, &kernel, Boundary::Circular),
            Scene::Cropped => blur_valid(&picture, &kernel).map_err(|error| match error {
                ImageError::KernelTooLarge { .. } => {
                    EngineError::BlurTooWide { kernel: kernel.size(), picture: picture.size() }
                }
                error => error.into(),
            })?,
        };
        let [height, width] = blurred.size();
        let [top, left] = match degradation.scene() {
            Scene::Circular => [0, 0],
            Scene::Cropped => std::array::from_fn(|axis| kernel.size()[axis] - 1 - kernel.centre()[axis]),
        };
        let cut = (revision, question.is_signal(), question.row(), [top, left, height, width]);
        let (original, rendered_original) = originals.find(sources, cut, || {
            if [height, width] == picture.size() {
                Ok(Rc::clone(&picture))
            } else {
                picture.crop(top, left, height, width).map(Rc::new)
            }
        })?;
        let mut observed = blurred.clone();
        let sigma = add_noise(&mut observed, degradation);
        let sigma = sigma.unwrap_or_else(|| quality::mse(&blurred, &observed).sqrt() as f32);
        let bsnr = quality::bsnr(&blurred, sigma);
        let known = (degradation.missing() > 0.0)
            .then(|| noise::known_pixels(height * width, degradation.missing() as f32, degradation.seed()));
        if let Some(known) = &known {
            noise::hide(&mut observed, known, HOLE);
        }
        Ok(Self {
            circumstances,
            rendered: sources.render(&observed),
            rendered_original,
            error: quality::mse(&original, &observed),
            similarity: None,
            original: Some(original),
            observed,
            sigma,
            bsnr,
            known,
            observations: Vec::new(),
        })
    }

    /// The observed picture with no number where a pixel is missing.
    pub fn observed_with_holes(&self) -> Image {
        let mut observed = self.observed.clone();
        if let Some(known) = &self.known {
            noise::hide(&mut observed, known, f32::NAN);
        }
        observed
    }

    /// Structural similarity of the observed picture; no number without an original.
    pub fn similarity(&mut self) -> f64 {
        let of = |original: &Rc<Image>| quality::ssim(original, &self.observed, 1.0);
        *self.similarity.get_or_insert_with(|| self.original.as_ref().map_or(f64::NAN, of))
    }

    /// Which pixels are there; None when all are.
    pub fn known(&self) -> Option<&[bool]> {
        self.known.as_deref()
    }

    fn is_large(&self) -> bool {
        self.observed.height() * self.observed.width() > MOST_PIXELS_FOR_SEVERAL
    }

    /// Whether the picture is so large that another way to observe it takes the memory of the one before.
    pub fn will_be_observed_anew(&self, question: &RestoreLesson) -> bool {
        self.is_large() && self.position(question.choice().treatment(), question.assumed_kernel().as_ref()).is_none()
    }

    fn position(&self, treatment: Treatment, kernel: Option<&Kernel>) -> Option<usize> {
        self.observations.iter().position(|Known { observation, .. }| {
            observation.treatment() == treatment && Some(observation.kernel()) == kernel
        })
    }

    /// The picture as this method is told of it, by the kernel and the treatment that the question chooses.
    pub fn observe(&mut self, question: &RestoreLesson) -> Result<Rc<Observation>, EngineError> {
        let kernel = question.assumed_kernel().ok_or(EngineError::NoKernel)?;
        let (treatment, description) = (question.choice().treatment(), question.choice().description());
        check_memory(description, &self.observed, &kernel, treatment)?;
        let known = if let Some(place) = self.position(treatment, Some(&kernel)) {
            self.observations.remove(place)
        } else {
            let most = if self.is_large() { 1 } else { MOST_OBSERVATIONS };
            let surplus = (self.observations.len() + 1).saturating_sub(most);
            self.observations.drain(..surplus);
            let observation = Observation::new(self.observed.clone(), kernel, treatment)?.with_noise(self.sigma);
            let observation = match &self.known {
                Some(known) => observation.with_known(known.clone()),
                None => observation,
            };
            Known { observation: Rc::new(observation), suggested: Vec::new() }
        };
        let observation = Rc::clone(&known.observation);
        // The last one is the one used last.
        self.observations.push(known);
        Ok(observation)
    }

    /// What a rule suggests for a method's first parameter, where the picture is observed so.
    pub fn suggest(&mut self, observation: &Rc<Observation>, method: usize, rule: Rule) -> Option<f32> {
        let known = self.observations.iter_mut().find(|known| Rc::ptr_eq(&known.observation, observation));
        let suggest = || METHODS[method].automatic(observation, rule);
        let Some(known) = known else { return suggest() };
        if let Some((.., value)) = known.suggested.iter().find(|(m, r, _)| (*m, *r) == (method, rule)) {
            return *value;
        }
        let value = suggest();
        known.suggested.push((method, rule, value));
        value
    }
}

impl Originals {
    fn find(
        &mut self,
        sources: &mut Sources,
        cut: Cut,
        make: impl FnOnce() -> Result<Rc<Image>, ImageError>,
    ) -> Result<(Rc<Image>, Rendered), EngineError> {
        if let Some((of, image, rendered)) = &self.last
            && *of == cut
        {
            return Ok((Rc::clone(image), rendered.clone()));
        }
        let image = make()?;
        let rendered = sources.render(&image);
        self.last = Some((cut, Rc::clone(&image), rendered.clone()));
        Ok((image, rendered))
    }
}

/// Adds the noise; its standard deviation where that is known before.
fn add_noise(image: &mut Image, degradation: &Degradation) -> Option<f32> {
    let seed = degradation.seed();
    match degradation.noise() {
        Noise::Gaussian => {
            noise::add_gaussian(image, degradation.level() as f32, seed);
            Some(degradation.level() as f32)
        }
        Noise::Poisson => {
            noise::add_poisson(image, 10_f64.powf(degradation.photons()) as f32, seed);
            None
        }
        Noise::SaltAndPepper => {
            noise::add_salt_and_pepper(image, degradation.hit() as f32, seed);
            None
        }
    }
}

/// Whether the method's memory for this picture is within bounds.
fn check_memory(
    description: &'static Description,
    picture: &Image,
    kernel: &Kernel,
    treatment: Treatment,
) -> Result<(), EngineError> {
    let side = |axis: usize| {
        let side = picture.size()[axis];
        match treatment {
            // What linear filters need for the mirror images is in their figure.
            _ if description.family == Family::Linear => side,
            Treatment::Mirror if side > 1 => 2 * side,
            Treatment::Unknown => fast_size(side + kernel.size()[axis] - 1),
            _ => side,
        }
    };
    let bytes = [side(0), side(1), picture.channels(), description.floats_per_pixel, size_of::<f32>()]
        .into_iter()
        .fold(1, usize::saturating_mul);
    if bytes > MOST_BYTES {
        return Err(EngineError::TooMuchMemory { method: description.name, megabytes: bytes / 1_000_000 });
    }
    Ok(())
}
