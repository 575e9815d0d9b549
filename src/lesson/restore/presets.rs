//! Settings that the prose speaks of: its words set the page so, and show whether it is.

use super::{Blur, Choose, Degrade, Gaze, Noise, RestoreAction, RestoreLesson, Scene, Why, control_range};
use crate::{
    lesson::{Lesson, picture::Picture},
    restoration::{Treatment, place},
};

/// Settings by the word that sets them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// The rings where the blur does not respond.
    Rings,
    /// A lens out of focus.
    Defocus,
    /// A shaken camera.
    Motion,
    /// No noise at all.
    Quiet,
    /// The inverse filter, which noise drowns.
    Explodes,
    /// As little regularisation as the control has.
    TooLittle,
    /// As much as it has.
    TooMuch,
    /// The data choose.
    Automatic,
    /// The picture is taken to repeat, though it does not.
    CircularRings,
    /// The picture is taken to be mirrored.
    MirrorCalms,
    /// A real motion blur.
    Clock,
    /// Few photons.
    Photons,
    /// Pixels that are missing.
    Holes,
    /// A signal of spikes.
    Spikes,
    /// Total variation and a lawn.
    Texture,
}

impl Preset {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Rings,
        Self::Defocus,
        Self::Motion,
        Self::Quiet,
        Self::Explodes,
        Self::TooLittle,
        Self::TooMuch,
        Self::Automatic,
        Self::CircularRings,
        Self::MirrorCalms,
        Self::Clock,
        Self::Photons,
        Self::Holes,
        Self::Spikes,
        Self::Texture,
    ];

    /// What sets the page so, from where it is.
    #[must_use]
    pub fn actions(self, lesson: &RestoreLesson) -> Vec<RestoreAction> {
        let made_here: RestoreAction = Degrade::AlreadyBlurred(false).into();
        match self {
            Self::Rings => vec![made_here, Degrade::Blur(Blur::Disc).into(), Gaze::Why(Why::Spectra).into()],
            Self::Defocus => vec![Degrade::Blur(Blur::Disc).into()],
            Self::Motion => vec![Degrade::Blur(Blur::Motion).into()],
            Self::Quiet => vec![made_here, Degrade::Noise(Noise::Gaussian).into(), Degrade::Level(0.0).into()],
            Self::Explodes => vec![method("inverse")],
            Self::TooLittle => by_hand(lesson, false),
            Self::TooMuch => by_hand(lesson, true),
            Self::Automatic => {
                let mut actions = regularising(lesson);
                let choice = lesson.choice().description();
                let rules = if actions.is_empty() { choice.rules } else { regularised_rules() };
                actions.push(Choose::Rule(rules.first().copied()).into());
                actions
            }
            Self::CircularRings => {
                vec![made_here, Degrade::Scene(Scene::Cropped).into(), Choose::Treatment(Treatment::Circular).into()]
            }
            Self::MirrorCalms => {
                vec![made_here, Degrade::Scene(Scene::Cropped).into(), Choose::Treatment(Treatment::Mirror).into()]
            }
            Self::Clock => {
                let mut actions: Vec<RestoreAction> =
                    Picture::from_id("clock").into_iter().map(RestoreAction::Picture).collect();
                actions.push(Degrade::AlreadyBlurred(true).into());
                actions.push(Degrade::Blur(Blur::Motion).into());
                actions
            }
            Self::Photons => {
                vec![
                    made_here,
                    Degrade::Noise(Noise::Poisson).into(),
                    Degrade::Photons(2.5).into(),
                    method("richardson-lucy"),
                ]
            }
            Self::Holes => vec![made_here, Degrade::Missing(0.3).into(), method("tv")],
            Self::Spikes => {
                let mut actions: Vec<RestoreAction> =
                    Picture::from_id("spikes").into_iter().map(RestoreAction::Picture).collect();
                actions.extend([made_here, method("richardson-lucy")]);
                actions
            }
            Self::Texture => vec![RestoreAction::Picture(Picture::Camera), made_here, method("tv")],
        }
    }

    /// The page after that.
    #[must_use]
    pub fn set(self, lesson: &RestoreLesson) -> RestoreLesson {
        self.actions(lesson).into_iter().fold(lesson.clone(), |lesson, action| lesson.reduce(action))
    }

    /// Whether the page is set so: doing it changes nothing.
    #[must_use]
    pub fn is_set(self, lesson: &RestoreLesson) -> bool {
        self.set(lesson) == *lesson
    }
}

/// The method of this id; the one there is where there is none such.
pub(super) fn method(id: &str) -> RestoreAction {
    Choose::Method(place(id).or_else(|| place("regularised")).unwrap_or_default()).into()
}

fn regularised_rules() -> &'static [crate::restoration::Rule] {
    place("regularised").map_or(&[], |place| crate::restoration::DESCRIPTIONS[place].rules)
}

/// The regularised filter, where the method there is has no rule to choose its parameter by.
fn regularising(lesson: &RestoreLesson) -> Vec<RestoreAction> {
    if lesson.choice().description().rules.is_empty() { vec![method("regularised")] } else { Vec::new() }
}

/// The first parameter at an end of its control.
fn by_hand(lesson: &RestoreLesson, most: bool) -> Vec<RestoreAction> {
    let mut actions = regularising(lesson);
    let id = if actions.is_empty() { lesson.choice().method() } else { place("regularised").unwrap_or_default() };
    if let Some(parameter) = crate::restoration::DESCRIPTIONS[id].parameters.first() {
        let range = control_range(parameter);
        actions.push(Choose::Place(0, if most { *range.end() } else { *range.start() }).into());
    }
    actions
}
