//! Four exercises on the page itself: the reader sets what is asked for, and a verdict says what the numbers show.
//!
//! An exercise holds no state. It sets the page up, and judges the page as it is, with the numbers of its last answer.

use super::{
    Blur, Choose, Degrade, RestoreAction, RestoreLesson, Scene,
    narration::{Told, parameter_text, short},
    presets::method,
};
use crate::{
    lesson::{notation::decimals, picture::Picture},
    restoration::{DESCRIPTIONS, Rule, Treatment, place},
};

/// How far from 0 dB the inverse filter's gain may be where it has just been killed.
const NO_GAIN: f64 = 1.0;
/// What a treatment that suits the edges gains at least, in dB; a wrong one loses many.
const CALM: f64 = 2.0;
/// The clock's motion, in pixels and degrees. The logarithm of the photograph's spectrum, transformed back, is deepest at
/// 35.5 pixels to the right and 1.5 up; restored so the clock is round, and its hands can be seen.
const CLOCK: [f64; 2] = [35.5, 2.0];
/// How far from that an answer may be.
const CLOCK_SLACK: [f64; 2] = [1.5, 3.0];
/// From so many times the noise on the residual holds more than noise.
const MORE_THAN_NOISE: f64 = 1.3;

/// The exercises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exercise {
    /// Which noise kills the inverse filter.
    Noise,
    /// Why the circular assumption rings at the edges.
    Edges,
    /// The motion blur of the clock.
    Clock,
    /// What total variation does to texture.
    Texture,
}

/// What is said about the page as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the exercise is solved.
    pub right: bool,
    /// Why, or where to go from here; a sentence or two.
    pub reason: String,
}

impl Exercise {
    /// Every exercise, in the order to offer them in.
    pub const ALL: [Self; 4] = [Self::Noise, Self::Edges, Self::Clock, Self::Texture];

    /// What the page calls it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Noise => "Kill the inverse filter",
            Self::Edges => "Calm the edges",
            Self::Clock => "Stop the clock",
            Self::Texture => "Lose the lawn",
        }
    }

    /// What is asked for.
    #[must_use]
    pub const fn prompt(self) -> &'static str {
        match self {
            Self::Noise => {
                "Without noise the inverse filter gives the picture back. Turn the noise up until nothing is gained over the \
                 blurred picture any more: ISNR about 0 dB."
            }
            Self::Edges => {
                "The picture is taken to repeat beyond its edges, which it does not, and ripples run inwards from there. \
                 Leave the blur alone and choose what to assume outside so that they go."
            }
            Self::Clock => {
                "This clock was photographed while the camera moved. Find the length and the angle of the motion: the clock \
                 is round, and its hands can be seen."
            }
            Self::Texture => {
                "Total variation likes flat regions with sharp edges. Turn μ up by hand until the residual holds more than \
                 noise, and look at what became of the lawn."
            }
        }
    }

    /// Where to begin.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Noise => {
                "The filter multiplies the noise by 1/|H|: here up to a hundred times and more at the highest frequencies."
            }
            Self::Edges => {
                "At the right edge the picture goes on as it does at the left one. What would make no jump there?"
            }
            Self::Clock => {
                "The streaks tell the angle. For the length, make it longer until the two ghosts of the rim meet: that is \
                 beyond 30 pixels."
            }
            Self::Texture => {
                "Look at the residual below the pictures: once it shows the lawn, the lawn is no longer in the picture."
            }
        }
    }

    /// What sets the page up.
    #[must_use]
    pub fn set_up(self) -> Vec<RestoreAction> {
        let made_here: [RestoreAction; 3] = [
            Degrade::AlreadyBlurred(false).into(),
            Degrade::Noise(super::Noise::Gaussian).into(),
            Degrade::Missing(0.0).into(),
        ];
        let mut actions = vec![RestoreAction::Row(None)];
        match self {
            Self::Noise => {
                actions.push(RestoreAction::Picture(Picture::Star));
                actions.extend(made_here);
                actions.extend::<[RestoreAction; 6]>([
                    Degrade::Blur(Blur::Gaussian).into(),
                    Degrade::Sigma(0.7).into(),
                    Degrade::Scene(Scene::Circular).into(),
                    Degrade::Level(0.0).into(),
                    method("inverse"),
                    Choose::Treatment(Treatment::Circular).into(),
                ]);
            }
            Self::Edges => {
                actions.push(RestoreAction::Picture(Picture::Camera));
                actions.extend(made_here);
                actions.extend::<[RestoreAction; 7]>([
                    Degrade::Blur(Blur::Disc).into(),
                    Degrade::Radius(4.5).into(),
                    Degrade::Scene(Scene::Cropped).into(),
                    Degrade::Level(0.003).into(),
                    method("regularised"),
                    Choose::Rule(best_rule("regularised")).into(),
                    Choose::Treatment(Treatment::Circular).into(),
                ]);
            }
            Self::Clock => {
                actions.extend(Picture::from_id("clock").map(RestoreAction::Picture));
                actions.extend::<[RestoreAction; 7]>([
                    Degrade::AlreadyBlurred(true).into(),
                    Degrade::Blur(Blur::Motion).into(),
                    Degrade::Length(10.0).into(),
                    Degrade::Angle(20.0).into(),
                    method("regularised"),
                    Choose::Treatment(Treatment::Mirror).into(),
                    Choose::Place(0, -2.0).into(),
                ]);
            }
            Self::Texture => {
                actions.push(RestoreAction::Picture(Picture::Camera));
                actions.extend(made_here);
                actions.extend::<[RestoreAction; 7]>([
                    Degrade::Blur(Blur::Disc).into(),
                    Degrade::Radius(4.5).into(),
                    Degrade::Scene(Scene::Cropped).into(),
                    Degrade::Level(0.003).into(),
                    method("tv"),
                    Choose::Rule(best_rule("tv")).into(),
                    Choose::Treatment(Treatment::Unknown).into(),
                ]);
            }
        }
        actions
    }

    /// What is to be said of the page as it is, given the numbers of its answer.
    #[must_use]
    pub fn check(self, lesson: &RestoreLesson, told: &Told) -> Verdict {
        match self {
            Self::Noise => check_noise(lesson, told),
            Self::Edges => check_edges(lesson, told),
            Self::Clock => check_clock(lesson),
            Self::Texture => check_texture(lesson, told),
        }
    }
}

fn best_rule(id: &str) -> Option<Rule> {
    place(id).and_then(|place| DESCRIPTIONS[place].rules.first().copied())
}

fn right(reason: String) -> Verdict {
    Verdict { right: true, reason }
}

fn wrong(reason: impl Into<String>) -> Verdict {
    Verdict { right: false, reason: reason.into() }
}

fn uses(lesson: &RestoreLesson, id: &str) -> bool {
    lesson.choice().description().id == id
}

fn check_noise(lesson: &RestoreLesson, told: &Told) -> Verdict {
    let d = lesson.degradation();
    if !uses(lesson, "inverse") || d.blur() != Blur::Gaussian || d.already_blurred() {
        return wrong("That is another method or another blur: set the exercise up again, and change the noise alone.");
    }
    if d.noise() != super::Noise::Gaussian {
        return wrong("Take Gaussian noise: its σ is what is asked for.");
    }
    let level = short(d.level());
    if !told.isnr.is_finite() {
        wrong("There is no noise at all: turn it up.")
    } else if told.isnr > NO_GAIN {
        wrong(format!("With σ = {level} the filter still gains {} dB: it bears more noise.", decimals(told.isnr, 1)))
    } else if told.isnr < -NO_GAIN {
        wrong(format!(
            "With σ = {level} the picture is worse than before by {} dB: the filter died of less noise.",
            decimals(-told.isnr, 1)
        ))
    } else {
        right(format!(
            "σ = {level} of full light is enough, which nobody sees in the blurred picture. Twice the noise costs 6 dB, and a \
             blur that is a little wider as much again and more: hence regularisation."
        ))
    }
}

fn check_edges(lesson: &RestoreLesson, told: &Told) -> Verdict {
    let d = lesson.degradation();
    if d.already_blurred() {
        return wrong("There is no original to compare with: set the exercise up again.");
    }
    if d.scene() == Scene::Circular {
        return wrong(
            "Now the picture does repeat: you have changed the world to suit the filter. A camera cannot; let the blur see a \
             world that goes on.",
        );
    }
    if lesson.choice().treatment() == Treatment::Circular {
        return wrong(format!(
            "It is still taken to repeat: {} dB. Where left and right meet there is a jump, which a smooth blur cannot have \
             made; the filter explains it by ripples.",
            decimals(told.isnr, 1)
        ));
    }
    if told.isnr.is_nan() || told.isnr < CALM {
        return wrong(format!(
            "The edges are calm now, but there is little gained: {} dB. Let a rule choose the regularisation.",
            decimals(told.isnr, 1)
        ));
    }
    let reason = match lesson.choice().treatment() {
        Treatment::Taper => "the edges fade into a blur of their own, so the jump is gone; so is some detail there",
        Treatment::Unknown => "nothing is assumed, and what lies outside is found along with the picture",
        _ => "a mirror image goes on without a jump",
    };
    right(format!(
        "{} dB: {reason}. The same filter, the same data; only the assumption has changed.",
        decimals(told.isnr, 1)
    ))
}

fn check_clock(lesson: &RestoreLesson) -> Verdict {
    let d = lesson.degradation();
    if lesson.picture().id() != "clock" || d.blur() != Blur::Motion {
        return wrong("Take the clock and a motion: set the exercise up again.");
    }
    // Half a turn is no turn.
    let turn = (d.angle() - CLOCK[1]).rem_euclid(180.0);
    let turn = if turn > 90.0 { turn - 180.0 } else { turn };
    let longer = d.length() - CLOCK[0];
    if turn.abs() > CLOCK_SLACK[1] {
        let way = if turn > 0.0 { "clockwise" } else { "counter-clockwise" };
        wrong(format!("The streaks run another way than {}°: turn the motion {way}.", decimals(d.angle(), 0)))
    } else if longer < -CLOCK_SLACK[0] {
        wrong(format!("The angle is right. With {} px the clock stays wide: the motion was longer.", short(d.length())))
    } else if longer > CLOCK_SLACK[0] {
        wrong(format!(
            "The angle is right. With {} px dark ghosts stand beside the rim: the motion was shorter.",
            short(d.length())
        ))
    } else {
        right(format!(
            "{} px at {}°: the camera moved almost level, by a third of the clock's width. The numerals and the hands come \
             back as far as noise and the motion's uneven speed let them.",
            short(d.length()),
            decimals(d.angle(), 0)
        ))
    }
}

fn check_texture(lesson: &RestoreLesson, told: &Told) -> Verdict {
    if !uses(lesson, "tv") {
        return wrong("Take total variation: set the exercise up again.");
    }
    if lesson.choice().rule().is_some() {
        return wrong("A rule holds μ where the residual is noise. Take it by hand, and turn it up.");
    }
    let text = parameter_text(lesson.choice(), told.parameter).unwrap_or_default();
    let Some(ratio) = told.disagreement() else {
        return wrong("Without noise there is nothing to compare the residual with: set the exercise up again.");
    };
    let times = decimals(ratio, 1);
    if ratio < MORE_THAN_NOISE {
        return wrong(format!(
            "With {text} the residual is {times} times the noise: it may still be noise alone. Turn μ up."
        ));
    }
    let gain =
        if told.isnr.is_finite() { format!(" The gain is {} dB now.", decimals(told.isnr, 1)) } else { String::new() };
    right(format!(
        "With {text} the residual is {times} times the noise: blades of grass count as up and down, and are not worth their \
         μ. The lawn is a map of patches now, while the edges of the coat stay sharp.{gain}"
    ))
}
