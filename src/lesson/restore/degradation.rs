//! What happens to the picture before it is restored: a blur, and some noise.

use super::drawn::Drawn;
use crate::{
    imaging::{Kernel, Psf},
    lesson::picture::tidy,
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
/// How far the heavy tail reaches, in pixels.
pub const REACH: RangeInclusive<f64> = 1.0..=15.0;
/// Radii of the first dark ring of the Airy pattern, in pixels.
pub const RING: RangeInclusive<f64> = 1.0..=10.0;
/// Standard deviations of the noise, in parts of full linear light.
pub const NOISE: RangeInclusive<f64> = 0.0..=0.05;
/// Decimal logarithms of the photons that white is made of.
pub const PHOTONS: RangeInclusive<f64> = 1.0..=5.0;
/// Parts of the pixels that salt and pepper hit.
pub const HIT: RangeInclusive<f64> = 0.0..=0.5;
/// Parts of the pixels that are missing.
pub const MISSING: RangeInclusive<f64> = 0.0..=0.8;
/// Seeds of the noise; a small range keeps links short and seeds sayable.
pub const SEED: RangeInclusive<u64> = 0..=9999;

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
    /// A sharp point with a wide glow.
    HeavyTailed,
    /// Diffraction at a round opening.
    Airy,
    /// The reader's own.
    Drawn,
}

impl Blur {
    /// Every kind with its word in links and its name on the page.
    pub const ALL: [(Self, &'static str, &'static str); 7] = [
        (Self::Disc, "disc", "Disc"),
        (Self::Gaussian, "gaussian", "Gaussian"),
        (Self::Box, "box", "Box"),
        (Self::Motion, "motion", "Motion"),
        (Self::HeavyTailed, "heavy", "Heavy-tailed"),
        (Self::Airy, "airy", "Airy"),
        (Self::Drawn, "drawn", "Your own"),
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

/// The kinds of noise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Noise {
    /// Of the same strength everywhere.
    #[default]
    Gaussian,
    /// Of counted photons: stronger where it is bright.
    Poisson,
    /// Pixels that are black or white for no reason.
    SaltAndPepper,
}

impl Noise {
    /// Every kind with its word in links and its name on the page.
    pub const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Gaussian, "gaussian", "Gaussian"),
        (Self::Poisson, "poisson", "Poisson (photons)"),
        (Self::SaltAndPepper, "salt", "Salt and pepper"),
    ];

    /// The kind's word.
    #[must_use]
    pub fn id(self) -> &'static str {
        Self::ALL.iter().find(|(noise, ..)| *noise == self).map_or("gaussian", |(_, id, _)| id)
    }

    /// The kind of this word.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, word, _)| *word == id).map(|(noise, ..)| *noise)
    }
}

/// What the blur takes for the world beyond the picture's edges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scene {
    /// The world goes on: the picture is blurred whole, and what the blur did not see all of is cut off.
    #[default]
    Cropped,
    /// The picture repeats itself, as many textbooks assume.
    Circular,
}

/// The blur and the noise. Only clamped values can get in.
#[derive(Clone, Debug, PartialEq)]
pub struct Degradation {
    pub(super) already_blurred: bool,
    pub(super) blur: Blur,
    pub(super) radius: f64,
    pub(super) sigma: f64,
    pub(super) side: f64,
    pub(super) length: f64,
    pub(super) angle: f64,
    pub(super) reach: f64,
    pub(super) ring: f64,
    pub(super) drawn: Drawn,
    pub(super) scene: Scene,
    pub(super) noise: Noise,
    pub(super) level: f64,
    pub(super) photons: f64,
    pub(super) hit: f64,
    pub(super) missing: f64,
    pub(super) seed: u64,
}

impl Default for Degradation {
    fn default() -> Self {
        Self {
            already_blurred: false,
            blur: Blur::default(),
            radius: 4.5,
            sigma: 2.0,
            side: 9.0,
            length: 15.0,
            angle: 30.0,
            reach: 7.0,
            ring: 4.0,
            drawn: Drawn::default(),
            scene: Scene::default(),
            noise: Noise::default(),
            level: 0.003,
            photons: 3.0,
            hit: 0.05,
            missing: 0.0,
            seed: 1,
        }
    }
}

/// What can be done to the degradation. Numbers may be anything; they are clamped.
#[allow(clippy::large_enum_variant, reason = "actions are few and short-lived, and copied freely")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Degrade {
    /// The picture is a real photograph that is blurred already: nothing is done to it, and the blur is a guess.
    AlreadyBlurred(bool),
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
    /// Set how far the heavy tail reaches.
    Reach(f64),
    /// Set the radius of the Airy pattern's first dark ring.
    Ring(f64),
    /// Set all weights of the reader's own point-spread function, and use it.
    Drawn(Drawn),
    /// Set one of its weights.
    Weight {
        /// Its row.
        row: usize,
        /// Its column.
        column: usize,
        /// The weight.
        value: f64,
    },
    /// Set its side.
    DrawnSide(usize),
    /// Say what lies beyond the edges when the picture is blurred.
    Scene(Scene),
    /// Choose the kind of noise.
    Noise(Noise),
    /// Set the standard deviation of Gaussian noise.
    Level(f64),
    /// Set the decimal logarithm of the photons of white.
    Photons(f64),
    /// Set the part of the pixels that salt and pepper hit.
    Hit(f64),
    /// Set the part of the pixels that are missing.
    Missing(f64),
    /// Throw other dice.
    Seed(u64),
}

impl Degradation {
    /// Whether the picture is blurred already, so that nothing is done to it.
    #[must_use]
    pub fn already_blurred(&self) -> bool {
        self.already_blurred
    }

    /// The kind of blur: what is done, or, for a picture that is blurred already, what is supposed to have been.
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

    /// How far the heavy tail reaches, in pixels, a whole number.
    #[must_use]
    pub fn reach(&self) -> f64 {
        self.reach
    }

    /// The radius of the Airy pattern's first dark ring, in pixels.
    #[must_use]
    pub fn ring(&self) -> f64 {
        self.ring
    }

    /// The reader's own point-spread function.
    #[must_use]
    pub fn drawn(&self) -> &Drawn {
        &self.drawn
    }

    /// What lies beyond the edges when the picture is blurred.
    #[must_use]
    pub fn scene(&self) -> Scene {
        self.scene
    }

    /// The kind of noise.
    #[must_use]
    pub fn noise(&self) -> Noise {
        self.noise
    }

    /// The standard deviation of Gaussian noise, in parts of full linear light.
    #[must_use]
    pub fn level(&self) -> f64 {
        self.level
    }

    /// The decimal logarithm of the photons of white.
    #[must_use]
    pub fn photons(&self) -> f64 {
        self.photons
    }

    /// The part of the pixels that salt and pepper hit.
    #[must_use]
    pub fn hit(&self) -> f64 {
        self.hit
    }

    /// The part of the pixels that are missing.
    #[must_use]
    pub fn missing(&self) -> f64 {
        self.missing
    }

    /// The noise's seed.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The kernel that blurs a picture, or a signal, which has one column and whose kernel has too. None where the
    /// reader's own weights do not sum to more than 0.
    #[must_use]
    pub fn kernel(&self, signal: bool) -> Option<Kernel> {
        let psf = match self.blur {
            Blur::Disc => Psf::Disc { radius: self.radius as f32 },
            Blur::Gaussian => Psf::Gaussian { sigma: self.sigma as f32 },
            Blur::Box => Psf::Box { side: self.side as usize },
            Blur::Motion => Psf::Motion { length: self.length as f32, angle_degrees: self.angle as f32 },
            Blur::HeavyTailed => Psf::HeavyTailed { radius: self.reach as usize },
            Blur::Airy => Psf::Airy { radius: self.ring as f32 },
            Blur::Drawn if signal => {
                // The middle column is what a signal can use of it.
                let side = self.drawn.side();
                let column = (0..side).map(|row| self.drawn.weight(row, side / 2)).collect();
                return Kernel::normalised(side, 1, column).ok();
            }
            Blur::Drawn => return self.drawn.kernel(),
        };
        Some(if signal { psf.sample_line() } else { psf.sample() })
    }

    /// The same with everything at its default that the degraded picture does not depend on.
    pub(super) fn question(&self) -> Self {
        let blank = Self::default();
        let of = |blur: Blur, value: f64, default: f64| if self.blur == blur { value } else { default };
        let noisy = |noise: Noise, value: f64, default: f64| {
            if self.noise == noise && !self.already_blurred { value } else { default }
        };
        Self {
            already_blurred: self.already_blurred,
            blur: self.blur,
            radius: of(Blur::Disc, self.radius, blank.radius),
            sigma: of(Blur::Gaussian, self.sigma, blank.sigma),
            side: of(Blur::Box, self.side, blank.side),
            length: of(Blur::Motion, self.length, blank.length),
            angle: of(Blur::Motion, self.angle, blank.angle),
            reach: of(Blur::HeavyTailed, self.reach, blank.reach),
            ring: of(Blur::Airy, self.ring, blank.ring),
            drawn: if self.blur == Blur::Drawn { self.drawn } else { blank.drawn },
            scene: if self.already_blurred { blank.scene } else { self.scene },
            noise: if self.already_blurred { blank.noise } else { self.noise },
            level: noisy(Noise::Gaussian, self.level, blank.level),
            photons: noisy(Noise::Poisson, self.photons, blank.photons),
            hit: noisy(Noise::SaltAndPepper, self.hit, blank.hit),
            missing: if self.already_blurred { blank.missing } else { self.missing },
            seed: if self.already_blurred { blank.seed } else { self.seed },
        }
    }

    pub(super) fn reduce(&self, action: Degrade) -> Self {
        let mut next = self.clone();
        match action {
            Degrade::AlreadyBlurred(already) => next.already_blurred = already,
            Degrade::Blur(blur) => next.blur = blur,
            Degrade::Radius(value) => next.radius = tidy(value, RADIUS, 2, self.radius),
            Degrade::Sigma(value) => next.sigma = tidy(value, SIGMA, 2, self.sigma),
            Degrade::Side(value) => next.side = tidy(value, SIDE, 0, self.side),
            Degrade::Length(value) => next.length = tidy(value, LENGTH, 1, self.length),
            Degrade::Angle(value) => next.angle = tidy(value, ANGLE, 0, self.angle),
            Degrade::Reach(value) => next.reach = tidy(value, REACH, 0, self.reach),
            Degrade::Ring(value) => next.ring = tidy(value, RING, 1, self.ring),
            Degrade::Drawn(drawn) => (next.drawn, next.blur) = (drawn, Blur::Drawn),
            Degrade::Weight { row, column, value } => next.drawn = self.drawn.with(row, column, value as f32),
            Degrade::DrawnSide(side) => next.drawn = self.drawn.resized(side),
            Degrade::Scene(scene) => next.scene = scene,
            Degrade::Noise(noise) => next.noise = noise,
            Degrade::Level(value) => next.level = tidy(value, NOISE, 4, self.level),
            Degrade::Photons(value) => next.photons = tidy(value, PHOTONS, 2, self.photons),
            Degrade::Hit(value) => next.hit = tidy(value, HIT, 3, self.hit),
            Degrade::Missing(value) => next.missing = tidy(value, MISSING, 2, self.missing),
            Degrade::Seed(seed) => next.seed = seed.clamp(*SEED.start(), *SEED.end()),
        }
        next
    }
}
