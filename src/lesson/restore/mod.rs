//! The Restore page: a picture or a signal, a blur, some noise, and a method that tries to undo them.

mod choice;
mod codec;
pub mod column;
mod degradation;
mod drawn;
pub mod exercise;
mod look;
pub mod mask;
pub mod narration;
pub mod presets;
pub mod takeaway;

pub use choice::{Choice, Choose, TOLERANCE, control_range};
pub use degradation::{
    ANGLE, Blur, Degradation, Degrade, HIT, LENGTH, MISSING, NOISE, Noise, PHOTONS, RADIUS, REACH, RING, SEED, SIDE,
    SIGMA, Scene,
};
pub use drawn::{BOUND, Drawn, LARGEST_SIDE};
pub use look::{Gaze, Look, MOST_COMPARED, Stage, View, Why, ZOOMS};

use super::{
    Lesson, Page,
    link::{Reader, Writer},
    picture::{Picture, tidy},
};
use crate::{
    imaging::{Kernel, Psf},
    restoration::{Family, Scale},
};
use std::ops::RangeInclusive;

/// Where a row of a picture is taken as a signal, in percent of its height.
pub const ROW: RangeInclusive<f64> = 0.0..=100.0;

/// The distance of two points of the error curve, in decades, at most.
const CURVE_STEP: f64 = 0.25;
/// The most steps of the error curve where the control runs evenly.
const MOST_EVEN_STEPS: f64 = 24.0;

/// What the reader sees and sets on the Restore page. Only clamped values can get in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RestoreLesson {
    picture: Picture,
    /// The row that is taken as a signal, in percent of the height; None is the whole picture.
    row: Option<f64>,
    degradation: Degradation,
    choice: Choice,
    look: Look,
}

/// What the reader can do on the Restore page. Numbers may be anything; they are clamped.
#[allow(clippy::large_enum_variant, reason = "actions are few and short-lived, and copied freely")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RestoreAction {
    /// Choose a picture or a signal. One that is blurred already is left as it is.
    Picture(Picture),
    /// Take a row of the picture as a signal, in percent of its height, or the whole picture.
    Row(Option<f64>),
    /// Change the blur or the noise.
    Degrade(Degrade),
    /// Change the method or how it runs.
    Choose(Choose),
    /// Look in another way.
    Gaze(Gaze),
}

impl From<Degrade> for RestoreAction {
    fn from(action: Degrade) -> Self {
        Self::Degrade(action)
    }
}

impl From<Choose> for RestoreAction {
    fn from(action: Choose) -> Self {
        Self::Choose(action)
    }
}

impl From<Gaze> for RestoreAction {
    fn from(action: Gaze) -> Self {
        Self::Gaze(action)
    }
}

impl RestoreLesson {
    /// The chosen picture.
    #[must_use]
    pub fn picture(&self) -> Picture {
        self.picture
    }

    /// The row that is taken as a signal, in percent of the height; None is the whole picture.
    #[must_use]
    pub fn row(&self) -> Option<f64> {
        self.row
    }

    /// Whether what is restored has one dimension.
    #[must_use]
    pub fn is_signal(&self) -> bool {
        self.row.is_some() || self.picture.is_signal()
    }

    /// The blur and the noise.
    #[must_use]
    pub fn degradation(&self) -> &Degradation {
        &self.degradation
    }

    /// The method and how it runs.
    #[must_use]
    pub fn choice(&self) -> &Choice {
        &self.choice
    }

    /// How the reader looks.
    #[must_use]
    pub fn look(&self) -> &Look {
        &self.look
    }

    /// The kernel that the method is told of. A blind method does not get to know the one that blurred the picture here:
    /// it gets a wide bell of about that size. None where the reader's own weights cannot be used.
    #[must_use]
    pub fn assumed_kernel(&self) -> Option<Kernel> {
        let kernel = self.degradation.kernel(self.is_signal())?;
        if self.choice.description().family != Family::Blind || self.degradation.already_blurred {
            return Some(kernel);
        }
        let side = kernel.height().max(kernel.width()) + 4;
        let bell = Psf::Gaussian { sigma: side as f32 / 8.0 };
        Some(if self.is_signal() { bell.sample_line() } else { bell.sample() })
    }

    /// These settings with everything at its default that the worker's answer does not depend on: what the reader looks
    /// at, and what belongs to kinds that are not chosen. Equal questions have equal answers.
    #[must_use]
    pub fn question(&self) -> Self {
        Self {
            picture: self.picture,
            row: self.row,
            degradation: self.degradation.question(),
            choice: self.choice.question(),
            look: Look::default(),
        }
    }

    /// The question that asks for this place of the first parameter's control, all else as it is.
    #[must_use]
    pub fn question_at(&self, place: f64) -> Self {
        self.reduce(Choose::Place(0, place).into()).question()
    }

    /// The question that asks for another method with its defaults, all else as it is.
    #[must_use]
    pub fn question_with(&self, method: usize) -> Self {
        if method == self.choice.method() {
            self.question()
        } else {
            self.reduce(Choose::Method(method).into()).question()
        }
    }

    /// The places of the first parameter's control at which the error is looked at: the whole range in even steps, first
    /// a few far apart, then those between, so that the curve shows soon. Empty where there is no parameter.
    #[must_use]
    pub fn curve_places(&self) -> Vec<f64> {
        let Some(parameter) = self.choice.description().parameters.first() else { return Vec::new() };
        let range = control_range(parameter);
        let (start, span) = (*range.start(), range.end() - range.start());
        let steps = match parameter.scale {
            Scale::Log10(_) => (span / CURVE_STEP).ceil(),
            // There is nothing between words.
            Scale::Words(_) => return Vec::new(),
            Scale::Even([_, _, step]) => (span / f64::from(step)).round().min(MOST_EVEN_STEPS),
        };
        let steps = steps.max(1.0) as usize;
        let mut order: Vec<usize> = (0..=steps).collect();
        order.sort_by_key(|index| (std::cmp::Reverse(index.trailing_zeros().min(3)), *index));
        let mut places: Vec<f64> = Vec::with_capacity(order.len());
        for index in order {
            // As the control rounds, so that every place is one that can be asked for.
            let place = choice::tidied(parameter, start + span * index as f64 / steps as f64, start);
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }

    /// How the blur and the noise are made, as sentences.
    #[must_use]
    pub fn describe(&self) -> String {
        let d = &self.degradation;
        if d.already_blurred {
            return "This picture was blurred before it came here: the blur is a guess, and no original is known."
                .to_owned();
        }
        let blur = match d.blur {
            Blur::Disc => format!("a disc of radius {} px", d.radius),
            Blur::Gaussian => format!("a Gaussian of σ {} px", d.sigma),
            Blur::Box => format!("a box of {0} × {0} px", d.side),
            Blur::Motion => format!("a motion of {} px at {}°", d.length, d.angle),
            Blur::HeavyTailed => format!("a heavy tail that reaches {} px", d.reach),
            Blur::Airy => format!("an Airy pattern with its first dark ring at {} px", d.ring),
            Blur::Drawn => format!("your own {0} × {0} weights", d.drawn.side()),
        };
        let edge = match d.scene {
            Scene::Cropped => "cut where the blur did not see all",
            Scene::Circular => "the picture repeating beyond its edges",
        };
        let noise = match d.noise {
            Noise::Gaussian => format!("noise σ {} of full light", d.level),
            Noise::Poisson => format!("{:.0} photons in white", 10_f64.powf(d.photons)),
            Noise::SaltAndPepper => format!("{} % of the pixels black or white", (d.hit * 1000.0).round() / 10.0),
        };
        let missing = if d.missing > 0.0 { format!(", {:.0} % missing", d.missing * 100.0) } else { String::new() };
        format!("Blurred in linear light by {blur}, {edge}; {noise}{missing}, seed {}.", d.seed)
    }

    /// What the numbers say: a sentence on the gain in dB over the observed picture.
    #[must_use]
    pub fn verdict(&self, isnr: f64) -> String {
        if !isnr.is_finite() {
            "There was nothing to restore.".to_owned()
        } else if isnr >= 0.05 {
            format!("Closer to the original than what was observed, by {isnr:.1} dB.")
        } else if isnr > -0.05 {
            "Neither closer to the original nor farther from it than what was observed.".to_owned()
        } else {
            format!("Farther from the original than what was observed, by {:.1} dB.", -isnr)
        }
    }
}

impl Lesson for RestoreLesson {
    type Action = RestoreAction;

    const PAGE: Page = Page::Restore;

    fn reduce(&self, action: RestoreAction) -> Self {
        let mut next = self.clone();
        match action {
            RestoreAction::Picture(picture) => {
                next.picture = picture;
                if picture != self.picture {
                    next.degradation.already_blurred = picture.is_already_blurred();
                }
                if picture.is_signal() {
                    next.row = None;
                }
            }
            RestoreAction::Row(row) => {
                let middle = (ROW.start() + ROW.end()) / 2.0;
                next.row =
                    row.filter(|_| !self.picture.is_signal()).map(|row| tidy(row, ROW, 0, self.row.unwrap_or(middle)));
            }
            RestoreAction::Degrade(action) => next.degradation = self.degradation.reduce(action),
            RestoreAction::Choose(action) => next.choice = self.choice.reduce(action),
            RestoreAction::Gaze(action) => next.look = self.look.reduce(action),
        }
        next
    }

    fn travels_whole(&self) -> bool {
        !self.picture().is_own()
    }

    fn write(&self, link: &mut Writer) {
        codec::write(self, link);
    }

    fn read(link: &mut Reader) -> Self {
        codec::read(link)
    }
}
