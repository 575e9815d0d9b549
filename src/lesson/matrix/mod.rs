//! The Matrix lesson: why a convolution is a matrix product, and what the transpose of that matrix does.

pub mod derived;
pub mod links;
pub mod narration;
pub mod preset;
pub mod scene;
pub mod spot;
pub mod timeline;

use super::{
    Lesson, Page,
    link::{Reader, Writer},
    numbers::{self, ENTRY_BOUND},
};
use crate::convolution::Geometry;
use derived::Derived;
use ndarray::Array2;
use preset::Preset;
use spot::{Array, Spot};
use timeline::{Chapter, Timeline};

/// The speeds of the transport, as factors of the normal pace.
pub const SPEEDS: [f64; 5] = [0.25, 0.5, 1.0, 2.0, 4.0];

/// An entry that was refused: where, what was typed, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// The array that was being edited.
    pub array: Array,
    /// The cell, row by row.
    pub place: usize,
    /// The reason, a sentence that says what to do.
    pub reason: String,
}

/// The state of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixLesson {
    /// The patch D, 4×4.
    pub patch: Array2<f32>,
    /// The mask, 3×3.
    pub mask: Array2<f32>,
    /// The reader's own E; without one, E is the convolution's result.
    pub input: Option<Array2<f32>>,
    /// Where the timeline stands.
    pub position: f64,
    /// Whether time moves it.
    pub playing: bool,
    /// Which of [`SPEEDS`].
    pub speed: usize,
    /// Whether C shows letters in place of numbers.
    pub letters: bool,
    /// The cell that holds the light until Escape.
    pub pinned: Option<Spot>,
    /// The cell under the pointer or the focus.
    pub pointed: Option<Spot>,
    /// The last entry that was refused.
    pub refusal: Option<Refusal>,
}

/// What the reader can do on this page.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Text typed into a cell.
    Enter {
        /// Patch, mask or E.
        array: Array,
        /// The cell, row by row.
        place: usize,
        /// What was typed.
        text: String,
    },
    /// A preset chosen.
    Load(Preset),
    /// E follows the result again.
    FollowResult,
    /// Pointer or focus on a cell, or gone from all.
    Point(Option<Spot>),
    /// A cell clicked: pins it, or lets it go when it was pinned.
    Pin(Spot),
    /// Escape.
    LetGo,
    /// Numbers or letters in C.
    ShowLetters(bool),
    /// Play or pause; playing from the end starts over.
    Play(bool),
    /// To a position; stops the motion.
    Seek(f64),
    /// One whole step forwards (true) or backwards.
    Step(bool),
    /// To the end of a chapter's first step, where its picture is clear.
    Chapter(Chapter),
    /// Time that has passed while playing, in milliseconds.
    Pass(f64),
    /// Which of [`SPEEDS`].
    Speed(usize),
}

impl Default for MatrixLesson {
    fn default() -> Self {
        Self {
            patch: preset::worked_patch(),
            mask: Preset::Worked.mask(),
            input: None,
            position: Timeline::new(4).start(Chapter::Multiply) as f64 + 1.0,
            playing: false,
            speed: 2,
            letters: false,
            pinned: None,
            pointed: None,
            refusal: None,
        }
    }
}

impl MatrixLesson {
    /// Everything that follows from the numbers.
    ///
    /// # Panics
    /// Never: the sizes of this lesson are fixed at 4×4 and 3×3, which fit the default geometry.
    #[must_use]
    pub fn derived(&self) -> Derived {
        Derived::new(&self.patch, &self.mask, self.input.as_ref(), &Geometry::default())
            .expect("a 3×3 mask fits a 4×4 patch")
    }

    /// The timeline of these numbers.
    #[must_use]
    pub fn timeline(&self) -> Timeline {
        let outputs = (self.patch.nrows() + 1 - self.mask.nrows()) * (self.patch.ncols() + 1 - self.mask.ncols());
        Timeline::new(outputs)
    }

    /// The cell that is lit: pinned before pointed at.
    #[must_use]
    pub fn lit(&self) -> Option<Spot> {
        self.pinned.or(self.pointed)
    }

    /// The preset whose mask (and, for the worked example, patch) is on the stage.
    #[must_use]
    pub fn preset(&self) -> Option<Preset> {
        Preset::ALL
            .into_iter()
            .find(|p| p.mask() == self.mask && (*p != Preset::Worked || self.patch == preset::worked_patch()))
    }

    fn enter(&self, array: Array, place: usize, text: &str) -> Self {
        let mut next = Self { refusal: None, ..self.clone() };
        match numbers::parse_entry(text) {
            Err(error) => next.refusal = Some(Refusal { array, place, reason: error.to_string() }),
            Ok(value) => {
                let cell = match array {
                    Array::Patch => next.patch.iter_mut().nth(place),
                    Array::Mask => next.mask.iter_mut().nth(place),
                    Array::Input => {
                        let own = next.input.get_or_insert_with(|| self.derived().input);
                        own.iter_mut().nth(place)
                    }
                    _ => None,
                };
                if let Some(cell) = cell {
                    *cell = value;
                }
            }
        }
        next
    }

    /// Moves along the timeline, and stops: a reader's hand ends the motion.
    fn seek(&self, position: f64) -> Self {
        Self { position: self.timeline().clamp(position), playing: false, ..self.clone() }
    }
}

impl Lesson for MatrixLesson {
    type Action = Action;

    const PAGE: Page = Page::Matrix;

    fn reduce(&self, action: Action) -> Self {
        let timeline = self.timeline();
        let end = timeline.len() as f64;
        match action {
            Action::Enter { array, place, text } => self.enter(array, place, &text),
            Action::Load(preset) => Self {
                mask: preset.mask(),
                patch: if preset == Preset::Worked { preset::worked_patch() } else { self.patch.clone() },
                input: if preset == Preset::Worked { None } else { self.input.clone() },
                refusal: None,
                ..self.clone()
            },
            Action::FollowResult => Self { input: None, refusal: None, ..self.clone() },
            Action::Point(pointed) => Self { pointed, ..self.clone() },
            Action::Pin(spot) => {
                Self { pinned: if self.pinned == Some(spot) { None } else { Some(spot) }, ..self.clone() }
            }
            Action::LetGo => Self { pinned: None, pointed: None, refusal: None, ..self.clone() },
            Action::ShowLetters(letters) => Self { letters, ..self.clone() },
            Action::Play(playing) => {
                let position = if playing && self.position >= end { 0.0 } else { self.position };
                Self { playing, position, pinned: if playing { None } else { self.pinned }, ..self.clone() }
            }
            Action::Seek(position) => self.seek(position),
            Action::Step(true) => self.seek(self.position.floor() + 1.0),
            Action::Step(false) => self.seek(self.position.ceil() - 1.0),
            Action::Chapter(chapter) => self.seek(timeline.start(chapter) as f64 + 1.0),
            Action::Pass(millis) if self.playing => {
                let position = timeline.advance(self.position, millis, SPEEDS[self.speed]);
                Self { position, playing: position < end, ..self.clone() }
            }
            Action::Pass(_) => self.clone(),
            Action::Speed(speed) => Self { speed: speed.min(SPEEDS.len() - 1), ..self.clone() },
        }
    }

    fn write(&self, link: &mut Writer) {
        let default = Self::default();
        if self.patch != default.patch {
            link.array("patch", &self.patch);
        }
        if self.mask != default.mask {
            link.array("mask", &self.mask);
        }
        if let Some(input) = &self.input {
            link.array("e", input);
        }
        link.unless_default("at", self.position, default.position);
        link.unless_default("speed", SPEEDS[self.speed], SPEEDS[default.speed]);
        if self.letters {
            link.field("show", "letters");
        }
        if let Some(spot) = self.pinned {
            let derived = self.derived();
            let (array, place) = spot.place(derived.inputs(), derived.outputs());
            link.field("pin", format!("{}.{place}", array.slug()));
        }
    }

    fn read(link: &mut Reader) -> Self {
        let default = Self::default();
        let timeline = default.timeline();
        let size = |array: &Array2<f32>| [array.nrows(), array.ncols()];
        let mut lesson = Self {
            patch: link.array("patch", size(&default.patch), ENTRY_BOUND).unwrap_or(default.patch.clone()),
            mask: link.array("mask", size(&default.mask), ENTRY_BOUND).unwrap_or(default.mask.clone()),
            // The sums of E are larger than any entry that can be typed, so its bound is wider.
            input: link.array("e", [2, 2], ENTRY_BOUND * ENTRY_BOUND * 9.0),
            position: link.number("at", 0.0..=timeline.len() as f64, default.position),
            ..default
        };
        let speeds = SPEEDS.map(|speed| speed.to_string());
        let options: Vec<(&str, usize)> = speeds.iter().enumerate().map(|(n, text)| (text.as_str(), n)).collect();
        lesson.speed = link.choice("speed", &options, lesson.speed);
        lesson.letters = link.choice("show", &[("numbers", false), ("letters", true)], false);
        lesson.pinned = read_pin(link, &lesson.derived());
        lesson
    }
}

fn read_pin(link: &mut Reader, derived: &Derived) -> Option<Spot> {
    let text = link.take("pin")?;
    let (inputs, outputs) = (derived.inputs(), derived.outputs());
    let spot = text.split_once('.').and_then(|(slug, place)| {
        let array = Spot::arrays(outputs).into_iter().find(|array| array.slug() == slug)?;
        let place: usize = place.parse().ok()?;
        let cells = match array {
            Array::Mask => derived.taps.iter().flatten().max().map_or(0, |tap| tap + 1),
            Array::Matrix | Array::Turned => inputs * outputs,
            Array::Product | Array::Result | Array::Input | Array::InputVector => outputs,
            _ => inputs,
        };
        (place < cells).then(|| Spot::at(array, place, inputs, outputs))
    });
    if spot.is_none() {
        link.note("pin", "it names no cell of this stage");
    }
    spot
}
