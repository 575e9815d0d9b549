//! The Restore page: a picture, a blur, some noise, and one method that tries to undo them.

mod codec;

use super::{
    Lesson, Page,
    link::{Reader, Writer},
    picture::{Picture, tidy},
};
use crate::{
    imaging::{Boundary, Psf},
    restoration::{DESCRIPTIONS, Description, Parameter, Scale},
};
use std::ops::RangeInclusive;

/// Radii of the disc, in pixels.
pub const RADIUS: RangeInclusive<f64> = 0.5..=12.0;
/// Standard deviations of the Gaussian, in pixels.
pub const SIGMA: RangeInclusive<f64> = 0.0..=8.0;
/// Sides of the box, in pixels.
pub const SIDE: RangeInclusive<f64> = 1.0..=25.0;
/// Lengths of the motion, in pixels.
pub const LENGTH: RangeInclusive<f64> = 1.0..=40.0;
/// Directions of the motion, in degrees, counter-clockwise from the right.
pub const ANGLE: RangeInclusive<f64> = -90.0..=90.0;
/// Standard deviations of the noise, in parts of full linear light.
pub const NOISE: RangeInclusive<f64> = 0.0..=0.05;
/// Seeds of the noise; a small range keeps links short and seeds sayable.
pub const SEED: RangeInclusive<u64> = 0..=9999;

/// The distance of two points of the error curve, in decades.
const CURVE_STEP: f64 = 0.25;

/// The kinds of blur.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Blur {
    /// A lens out of focus.
    #[default]
    Disc,
    /// A bell.
    Gaussian,
    /// An even square.
    Box,
    /// A straight motion during the exposure.
    Motion,
}

impl Blur {
    /// Every kind with its word in links and its name on the page.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Disc, "disc", "Disc (out of focus)"),
        (Self::Gaussian, "gaussian", "Gaussian"),
        (Self::Box, "box", "Box"),
        (Self::Motion, "motion", "Motion"),
    ];

    /// The kind's word in links and in the menu's values.
    #[must_use]
    pub fn id(self) -> &'static str {
        Self::ALL.iter().find(|(blur, ..)| *blur == self).map_or("disc", |(_, id, _)| id)
    }

    /// The kind of this word.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, word, _)| *word == id).map(|(blur, ..)| *blur)
    }
}

/// What the reader sees and sets on the Restore page. Only clamped values can get in.
#[derive(Clone, Debug, PartialEq)]
pub struct RestoreLesson {
    picture: Picture,
    blur: Blur,
    radius: f64,
    sigma: f64,
    side: f64,
    length: f64,
    angle: f64,
    noise: f64,
    seed: u64,
    boundary: Boundary,
    method: usize,
    log_parameter: f64,
    automatic: bool,
    divider: f64,
    zoom: u32,
    corner: [f64; 2],
}

impl Default for RestoreLesson {
    fn default() -> Self {
        Self {
            picture: Picture::default(),
            blur: Blur::default(),
            radius: 4.5,
            sigma: 2.0,
            side: 9.0,
            length: 15.0,
            angle: 30.0,
            noise: 0.003,
            seed: 1,
            boundary: Boundary::Mirror,
            method: 3,
            log_parameter: -3.0,
            automatic: true,
            divider: 46.0,
            zoom: 1,
            corner: [11.0, 11.0],
        }
    }
}

/// What the reader can do on the Restore page. Numbers may be anything; they are clamped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RestoreAction {
    /// Choose a picture.
    Picture(Picture),
    /// Choose the kind of blur.
    Blur(Blur),
    /// Set the disc's radius.
    Radius(f64),
    /// Set the Gaussian's standard deviation.
    Sigma(f64),
    /// Set the box's side.
    Side(f64),
    /// Set the motion's length.
    Length(f64),
    /// Set the motion's direction.
    Angle(f64),
    /// Set the noise.
    Noise(f64),
    /// Throw other dice.
    Seed(u64),
    /// Say what lies outside the picture.
    Boundary(Boundary),
    /// Choose the method by its place in [`DESCRIPTIONS`].
    Method(usize),
    /// Set the method's parameter by its decimal logarithm, and so take it out of the automatic's hands.
    LogParameter(f64),
    /// Let the data choose the parameter, or not.
    Automatic(bool),
    /// Move the divider, in percent of the width.
    Divider(f64),
    /// Magnify the large picture 1, 2 or 4 times.
    Zoom(u32),
    /// Move the corner that is looked at closely, in percent of width and height.
    Corner([f64; 2]),
}

impl RestoreLesson {
    /// The chosen picture.
    #[must_use]
    pub fn picture(&self) -> Picture {
        self.picture
    }

    /// The kind of blur.
    #[must_use]
    pub fn blur(&self) -> Blur {
        self.blur
    }

    /// The disc's radius in pixels.
    #[must_use]
    pub fn radius(&self) -> f64 {
        self.radius
    }

    /// The Gaussian's standard deviation in pixels.
    #[must_use]
    pub fn sigma(&self) -> f64 {
        self.sigma
    }

    /// The box's side in pixels, a whole number.
    #[must_use]
    pub fn side(&self) -> f64 {
        self.side
    }

    /// The motion's length in pixels.
    #[must_use]
    pub fn length(&self) -> f64 {
        self.length
    }

    /// The motion's direction in degrees.
    #[must_use]
    pub fn angle(&self) -> f64 {
        self.angle
    }

    /// The noise's standard deviation in parts of full linear light.
    #[must_use]
    pub fn noise(&self) -> f64 {
        self.noise
    }

    /// The noise's seed.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// What lies outside the picture.
    #[must_use]
    pub fn boundary(&self) -> Boundary {
        self.boundary
    }

    /// The method's place in [`DESCRIPTIONS`].
    #[must_use]
    pub fn method_index(&self) -> usize {
        self.method
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> &'static Description {
        DESCRIPTIONS[self.method]
    }

    /// The decimal logarithm of the parameter that the reader set last.
    #[must_use]
    pub fn log_parameter(&self) -> f64 {
        self.log_parameter
    }

    /// Whether the data choose the parameter.
    #[must_use]
    pub fn automatic(&self) -> bool {
        self.automatic
    }

    /// The divider's place in percent of the width; the observed picture shows to its left.
    #[must_use]
    pub fn divider(&self) -> f64 {
        self.divider
    }

    /// How many times the large picture is magnified: 1, 2 or 4.
    #[must_use]
    pub fn zoom(&self) -> u32 {
        self.zoom
    }

    /// The middle of the corner that is looked at closely, in percent of width and height.
    #[must_use]
    pub fn corner(&self) -> [f64; 2] {
        self.corner
    }

    /// The point-spread function that these settings describe.
    #[must_use]
    pub fn psf(&self) -> Psf {
        match self.blur {
            Blur::Disc => Psf::Disc { radius: self.radius as f32 },
            Blur::Gaussian => Psf::Gaussian { sigma: self.sigma as f32 },
            Blur::Box => Psf::Box { side: self.side as usize },
            Blur::Motion => Psf::Motion { length: self.length as f32, angle_degrees: self.angle as f32 },
        }
    }

    /// The range of the parameter's decimal logarithm for the chosen method.
    #[must_use]
    pub fn log_range(&self) -> RangeInclusive<f64> {
        log_range(self.method())
    }

    /// These settings with everything at its default that the worker's answer does not depend on: what the reader looks
    /// at, and the sizes of the blurs that are not chosen. Equal questions have equal answers.
    #[must_use]
    pub fn question(&self) -> Self {
        let blank = Self::default();
        let of = |blur: Blur, value: f64, default: f64| if self.blur == blur { value } else { default };
        Self {
            radius: of(Blur::Disc, self.radius, blank.radius),
            sigma: of(Blur::Gaussian, self.sigma, blank.sigma),
            side: of(Blur::Box, self.side, blank.side),
            length: of(Blur::Motion, self.length, blank.length),
            angle: of(Blur::Motion, self.angle, blank.angle),
            log_parameter: if self.automatic { default_log(self.method) } else { self.log_parameter },
            divider: blank.divider,
            zoom: blank.zoom,
            corner: blank.corner,
            ..self.clone()
        }
    }

    /// The question that asks for this value of the parameter, all else as it is.
    #[must_use]
    pub fn question_at(&self, log_parameter: f64) -> Self {
        self.reduce(RestoreAction::LogParameter(log_parameter)).question()
    }

    /// The decimal logarithms at which the error against the parameter is looked at: the whole range in even steps,
    /// first a few far apart, then those between, so that the curve shows soon.
    #[must_use]
    pub fn curve_places(&self) -> Vec<f64> {
        let (low, high) = (*self.log_range().start(), *self.log_range().end());
        let steps = ((high - low) / CURVE_STEP).round() as usize;
        let mut places: Vec<usize> = (0..=steps).collect();
        places.sort_by_key(|place| (std::cmp::Reverse(place.trailing_zeros().min(3)), *place));
        places.into_iter().map(|place| low + CURVE_STEP * place as f64).collect()
    }

    /// How the blur and the noise are made, as a sentence.
    #[must_use]
    pub fn describe(&self) -> String {
        let blur = match self.blur {
            Blur::Disc => format!("a disc of radius {} px", self.radius),
            Blur::Gaussian => format!("a Gaussian of σ {} px", self.sigma),
            Blur::Box => format!("a box of {0} × {0} px", self.side),
            Blur::Motion => format!("a motion of {} px at {}°", self.length, self.angle),
        };
        let edge = match self.boundary {
            Boundary::Circular => "the picture repeating beyond its edges",
            Boundary::Mirror => "the picture mirrored at its edges",
        };
        format!("Blurred in linear light by {blur}, {edge}; noise σ {} of full light, seed {}.", self.noise, self.seed)
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

fn log_range(method: &Description) -> RangeInclusive<f64> {
    let [low, high] = match method.parameters.first() {
        Some(Parameter { scale: Scale::Log10(range), .. }) => *range,
        _ => [-6.0, 0.0],
    };
    f64::from(low)..=f64::from(high)
}

fn default_log(method: usize) -> f64 {
    let default = DESCRIPTIONS[method].parameters.first().map_or(1e-3, |parameter| parameter.default);
    tidy(f64::from(default).log10(), log_range(DESCRIPTIONS[method]), 2, -3.0)
}

impl Lesson for RestoreLesson {
    type Action = RestoreAction;

    const PAGE: Page = Page::Restore;

    fn reduce(&self, action: RestoreAction) -> Self {
        let mut next = self.clone();
        match action {
            RestoreAction::Picture(picture) => next.picture = picture,
            RestoreAction::Blur(blur) => next.blur = blur,
            RestoreAction::Radius(value) => next.radius = tidy(value, RADIUS, 2, self.radius),
            RestoreAction::Sigma(value) => next.sigma = tidy(value, SIGMA, 2, self.sigma),
            RestoreAction::Side(value) => next.side = tidy(value, SIDE, 0, self.side),
            RestoreAction::Length(value) => next.length = tidy(value, LENGTH, 1, self.length),
            RestoreAction::Angle(value) => next.angle = tidy(value, ANGLE, 0, self.angle),
            RestoreAction::Noise(value) => next.noise = tidy(value, NOISE, 4, self.noise),
            RestoreAction::Seed(seed) => next.seed = seed.clamp(*SEED.start(), *SEED.end()),
            RestoreAction::Boundary(boundary) => next.boundary = boundary,
            RestoreAction::Method(method) => {
                next.method = method.min(DESCRIPTIONS.len() - 1);
                if next.method != self.method {
                    next.log_parameter = default_log(next.method);
                }
            }
            RestoreAction::LogParameter(value) => {
                next.log_parameter = tidy(value, self.log_range(), 2, self.log_parameter);
                next.automatic = false;
            }
            RestoreAction::Automatic(automatic) => next.automatic = automatic,
            RestoreAction::Divider(value) => next.divider = tidy(value, 0.0..=100.0, 1, self.divider),
            RestoreAction::Zoom(zoom) => {
                next.zoom = match zoom {
                    0 | 1 => 1,
                    2 | 3 => 2,
                    _ => 4,
                };
            }
            RestoreAction::Corner([x, y]) => {
                next.corner = [tidy(x, 0.0..=100.0, 0, self.corner[0]), tidy(y, 0.0..=100.0, 0, self.corner[1])];
            }
        }
        next
    }

    fn travels_whole(&self) -> bool {
        self.picture() != Picture::Own
    }

    fn write(&self, link: &mut Writer) {
        codec::write(self, link);
    }

    fn read(link: &mut Reader) -> Self {
        codec::read(link)
    }
}
