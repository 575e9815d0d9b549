//! The Matrix lesson: why a convolution is a matrix product, and what the transpose of that matrix does.
//!
//! What the reader decides is a [`setup::Setup`]; sizes and the places of the mask's entries follow as
//! [`wiring::Wiring`], the numbers as [`derived::Derived`], and the picture at a position of the [`timeline`] as
//! [`scene::Scene`]. All of these are pure functions of the one before.

pub mod action;
pub mod channels;
pub mod checks;
mod codec;
pub mod composition;
pub mod derived;
pub mod exercise;
pub mod inverse;
pub mod links;
pub mod narration;
pub mod pooling;
pub mod practice;
pub mod preset;
pub mod scene;
pub mod settings;
pub mod setup;
pub mod spot;
pub mod takeaway;
pub mod timeline;
mod to_upsample;
pub mod ways;
pub mod wiring;

use super::{
    Lesson, Page,
    handing::Stepped,
    history::History,
    link::{Reader, Writer},
    numbers,
    paste::{PasteError, parse_block, place_block},
};
pub use action::Action;
use channels::ChannelPlan;
use derived::Derived;
use pooling::PoolingSetup;
use practice::{Deed, Practice};
use preset::Preset;
use settings::Setting;
use setup::{MASK_LIMIT, STAGE_LIMIT, Setup, size};
use spot::{Array, Spot};
use std::rc::Rc;
use timeline::{Chapter, Timeline, Way};
use wiring::{Sizes, Wiring};

/// The speeds of the transport, as factors of the normal pace.
pub const SPEEDS: [f64; 5] = [0.25, 0.5, 1.0, 2.0, 4.0];

/// How C stands on the stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Orientation {
    /// A column an output, 16×4: as the lesson unrolls it.
    #[default]
    Columns,
    /// A row an output, 4×16: as most of the literature writes it.
    Rows,
}

/// What the stage shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// The story of C and its transpose, with the timeline.
    #[default]
    Story,
    /// The transpose beside the regularised inverse.
    Inverse,
    /// Average and maximum pooling with their matrices.
    Pooling,
    /// Several channels: C as a block matrix.
    Channels,
}

impl View {
    /// All views, the story first.
    pub const ALL: [Self; 4] = [Self::Story, Self::Inverse, Self::Pooling, Self::Channels];

    /// The word on its switch.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Story => "Convolution",
            Self::Inverse => "Inverse",
            Self::Pooling => "Pooling",
            Self::Channels => "Channels",
        }
    }

    /// The word in a link.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Story => "story",
            Self::Inverse => "inverse",
            Self::Pooling => "pooling",
            Self::Channels => "channels",
        }
    }
}

/// What undo brings back: everything that the reader has worked on, and nothing of how they look at it.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    /// Numbers and geometry; always legal.
    pub setup: Rc<Setup>,
    /// The seed of the random preset.
    pub seed: u32,
    /// The weight λ of the regularised inverse.
    pub lambda: f64,
    /// The window of the poolings.
    pub pooling: PoolingSetup,
    /// The channels; always legal.
    pub channels: ChannelPlan,
}

impl Default for Work {
    fn default() -> Self {
        Self {
            setup: Rc::default(),
            seed: 1,
            lambda: inverse::LAMBDA_DEFAULT,
            pooling: PoolingSetup::default(),
            channels: ChannelPlan::default(),
        }
    }
}

/// What the reader wished for and did not get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Text typed or pasted into a cell: the array, and the place row by row.
    Cell(Array, usize),
    /// A value for a setting; the first of several that move together.
    Setting(Setting),
    /// A padding mode.
    Mode,
    /// Channels or groups.
    Channels,
}

/// A wish that was refused, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// The wish.
    pub wish: Wish,
    /// The reason, a sentence that says what to do.
    pub reason: String,
}

/// The state of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixLesson {
    /// What the reader has worked on.
    pub work: Work,
    /// The steps before and after it.
    pub history: History<Work>,
    /// What the stage shows.
    pub view: View,
    /// Where the timeline stands.
    pub position: f64,
    /// Whether time moves it.
    pub playing: bool,
    /// Which of [`SPEEDS`].
    pub speed: usize,
    /// Whether C shows letters in place of numbers.
    pub letters: bool,
    /// How C stands.
    pub orientation: Orientation,
    /// How the transposed convolution is told.
    pub way: Way,
    /// Whether the transposed result shows how many products meet in each cell.
    pub overlap: bool,
    /// The cell that holds the light until Escape.
    pub pinned: Option<Spot>,
    /// The cell under the pointer or the focus.
    pub pointed: Option<Spot>,
    /// The last wish that was refused.
    pub refusal: Option<Refusal>,
    /// The exercise that is open.
    pub practice: Option<Practice>,
}

impl Default for MatrixLesson {
    fn default() -> Self {
        Self {
            work: Work::default(),
            history: History::default(),
            view: View::Story,
            position: Timeline::new(4, 16, Way::Matrix).start(Chapter::Multiply) as f64 + 1.0,
            playing: false,
            speed: 2,
            letters: false,
            orientation: Orientation::Columns,
            way: Way::Matrix,
            overlap: false,
            pinned: None,
            pointed: None,
            refusal: None,
            practice: None,
        }
    }
}

impl MatrixLesson {
    /// Numbers and geometry.
    #[must_use]
    pub fn setup(&self) -> &Rc<Setup> {
        &self.work.setup
    }

    /// The sizes of all arrays.
    ///
    /// # Panics
    /// Never: every setup of a lesson was checked before it was taken over.
    #[must_use]
    pub fn sizes(&self) -> Sizes {
        self.setup().sizes().expect("a lesson holds only legal setups")
    }

    /// Where every entry of the mask stands.
    ///
    /// # Panics
    /// Never, as [`MatrixLesson::sizes`].
    #[must_use]
    pub fn wiring(&self) -> Rc<Wiring> {
        Rc::new(Wiring::new(self.setup()).expect("a lesson holds only legal setups"))
    }

    /// Everything that follows from the numbers.
    ///
    /// # Panics
    /// Never, as [`MatrixLesson::sizes`].
    #[must_use]
    #[inline(never)]
    pub fn derived(&self) -> Derived {
        Derived::new(self.setup(), self.wiring()).expect("a lesson holds only legal setups")
    }

    /// The timeline of these sizes, told in the chosen way.
    #[must_use]
    pub fn timeline(&self) -> Timeline {
        let sizes = self.sizes();
        Timeline::new(sizes.outputs(), sizes.grown_cells(), self.way)
    }

    /// The cell that is lit: pinned before pointed at; none whose light would answer the question that is open.
    #[must_use]
    pub fn lit(&self) -> Option<Spot> {
        let lit = self.pinned.or(self.pointed);
        lit.filter(|spot| !self.practice.as_ref().is_some_and(|practice| practice.dims(*spot)))
    }

    /// The preset that the numbers on the stage come from.
    #[must_use]
    pub fn preset(&self) -> Option<Preset> {
        let (setup, seed) = (self.setup(), self.work.seed);
        Preset::ALL.into_iter().find(|preset| {
            let (mask, patch) = (preset.mask(size(&setup.mask), seed), preset.patch(size(&setup.patch), seed));
            let numbers = mask.is_none_or(|mask| mask == setup.mask) && patch.is_none_or(|patch| patch == setup.patch);
            // The worked example is more than its numbers: choosing it brings its geometry back.
            numbers && (*preset != Preset::Worked || Setup { input: None, ..Setup::clone(setup) } == Setup::default())
        })
    }

    /// The same lesson with other numbers or another geometry.
    fn with(&self, setup: Setup) -> Self {
        self.with_work(Work { setup: Rc::new(setup), ..self.work.clone() })
    }

    /// The same lesson with other work: the story stays where it was, as far as it still can.
    fn with_work(&self, work: Work) -> Self {
        let (before, track) = (self.sizes(), self.timeline().track(self.position));
        let mut next = Self { work, refusal: None, ..self.clone() };
        // A patch that shrinks takes the pooling's window along.
        next.work.pooling = next.work.pooling.clamped(size(&next.setup().patch));
        if next.sizes() != before {
            let timeline = next.timeline();
            // A whole step is at rest, and the reader wants to see what their change has done.
            next.position = timeline.clamp(timeline.from_track(track).round());
            next.playing = false;
            next.pinned = None;
            next.pointed = None;
        }
        if next.work.setup != self.work.setup {
            next.practice = self.practice.as_ref().and_then(|practice| practice.again(&next));
        }
        next
    }

    fn refuse(&self, wish: Wish, reason: String) -> Self {
        Self { refusal: Some(Refusal { wish, reason }), ..self.clone() }
    }

    fn attempt(&self, wish: Wish, outcome: Result<Setup, String>) -> Self {
        match outcome {
            Ok(setup) => self.with(setup),
            Err(reason) => self.refuse(wish, reason),
        }
    }

    fn enter(&self, array: Array, place: usize, text: &str) -> Self {
        match numbers::parse_entry(text) {
            Ok(value) => self.put(array, place, |_| value),
            Err(error) => self.refuse(Wish::Cell(array, place), error.to_string()),
        }
    }

    fn nudge(&self, array: Array, place: usize, by: f32) -> Self {
        self.put(array, place, |value| {
            // In hundredths, so that steps of a tenth meet the whole numbers again.
            let moved = ((f64::from(value) + f64::from(by)) * 100.0).round() / 100.0;
            // A result may be larger than what can be typed; then E moves towards zero only.
            let bound = numbers::ENTRY_BOUND.max(value.abs());
            if moved.is_nan() { value } else { (moved as f32).clamp(-bound, bound) }
        })
    }

    fn paste(&self, array: Array, place: usize, text: &str) -> Self {
        let mut setup = Setup::clone(self.setup());
        let (current, limit) = match array {
            Array::Patch => (setup.patch.clone(), STAGE_LIMIT),
            Array::Mask => (setup.mask.clone(), MASK_LIMIT),
            // E has the size of the result, and no block changes that.
            Array::Input => (self.derived().input, 0),
            _ => return self.clone(),
        };
        let placed = parse_block(text).and_then(|block| place_block(&current, place, &block, limit));
        let [rows, columns] = size(&current);
        let say = |error: PasteError| match error {
            PasteError::TooLarge { block, .. } if limit == 0 => format!(
                "E is as large as the result, {rows} × {columns}, and {} × {} numbers do not fit from this cell on: paste a \
                 smaller block.",
                block[0], block[1]
            ),
            other => other.to_string(),
        };
        let outcome = placed.map_err(say).and_then(|array_of| {
            match array {
                Array::Patch => setup.patch = array_of,
                Array::Mask => setup.mask = array_of,
                _ => setup.input = Some(array_of),
            }
            setup.sizes().map(|_| setup)
        });
        self.attempt(Wish::Cell(array, place), outcome)
    }

    /// The same lesson with the work of a step before or after.
    fn travel(&self, back: bool) -> Self {
        let mut history = self.history.clone();
        let found = if back { history.undo(&self.work) } else { history.redo(&self.work) };
        match found {
            Some(work) => Self { history, ..self.with_work(work) },
            None => self.clone(),
        }
    }

    fn put(&self, array: Array, place: usize, value: impl Fn(f32) -> f32) -> Self {
        let mut setup = Setup::clone(self.setup());
        let cell = match array {
            Array::Patch => setup.patch.iter_mut().nth(place),
            Array::Mask => setup.mask.iter_mut().nth(place),
            Array::Input => {
                let derived = self.derived();
                setup.input = Some(derived.input);
                setup.input.as_mut().and_then(|own| own.iter_mut().nth(place))
            }
            _ => None,
        };
        let Some(cell) = cell else { return self.clone() };
        *cell = value(*cell);
        self.with(setup)
    }

    fn load(&self, preset: Preset, seed: u32) -> Self {
        if preset == Preset::Worked {
            return self.with(Setup::default());
        }
        let setup = self.setup();
        let mask = preset.mask(size(&setup.mask), seed).unwrap_or_else(|| setup.mask.clone());
        let patch = preset.patch(size(&setup.patch), seed).unwrap_or_else(|| setup.patch.clone());
        let setup = Rc::new(Setup { mask, patch, ..Setup::clone(setup) });
        self.with_work(Work { seed, setup, ..self.work.clone() })
    }

    fn tell(&self, way: Way) -> Self {
        if way == self.way {
            return self.clone();
        }
        let next = Self { way, playing: false, ..self.clone() };
        let timeline = next.timeline();
        let told = self.timeline().shown(self.position).chapter == Chapter::Spread;
        let share = if told { self.timeline().track(self.position).fract() } else { 0.0 };
        let start = timeline.start(Chapter::Spread) as f64;
        let ended = self.position >= self.timeline().len() as f64;
        let within = if ended {
            timeline.len() as f64
        } else {
            start + (share * timeline.steps(Chapter::Spread) as f64).ceil().max(1.0)
        };
        Self { position: within, ..next }
    }

    /// Moves along the timeline, and stops: a reader's hand ends the motion.
    fn seek(&self, position: f64) -> Self {
        Self { position: self.timeline().clamp(position), playing: false, ..self.clone() }
    }
}

impl Stepped for MatrixLesson {
    type Work = Work;

    fn steps(&self) -> &History<Work> {
        &self.history
    }

    fn with_work_alone(work: Work) -> Self {
        Self { work, ..Self::default() }
    }

    fn into_work(self) -> Work {
        self.work
    }

    fn with_steps(self, history: History<Work>) -> Self {
        Self { history, ..self }
    }
}

impl Lesson for MatrixLesson {
    type Action = Action;

    const PAGE: Page = Page::Matrix;

    fn reduce(&self, action: Action) -> Self {
        let travels = matches!(action, Action::Undo | Action::Redo);
        // A drag of a slider is one step, and so is a cell that is nudged up and up.
        let key = match &action {
            Action::Lambda(_) => Some("lambda".to_owned()),
            Action::Nudge { array, place, .. } => Some(format!("{array:?} {place}")),
            _ => None,
        };
        // Time and the pointer pass by; whatever else the reader does ends a series.
        let continues = matches!(action, Action::Pass(_) | Action::Point(Some(_)));
        // A hand on the numbers ends the motion, as one on the timeline does.
        let touches = !matches!(action, Action::Pass(_) | Action::Point(_) | Action::Play(_) | Action::Speed(_));
        let mut next = self.after(action);
        next.playing &= !touches;
        if !travels && next.work != self.work {
            match key {
                Some(key) => next.history.record_merging(self.work.clone(), &key),
                None => next.history.record(self.work.clone()),
            }
        } else if key.is_none() && !continues {
            next.history.settle();
        }
        next
    }

    fn write(&self, link: &mut Writer) {
        codec::write(self, link);
    }

    fn read(link: &mut Reader) -> Self {
        codec::read(link)
    }
}

impl MatrixLesson {
    /// The state after an action, before it is remembered.
    fn after(&self, action: Action) -> Self {
        let timeline = self.timeline();
        let end = timeline.len() as f64;
        let setup = || Setup::clone(self.setup());
        match action {
            Action::Enter { array, place, text } => self.enter(array, place, &text),
            Action::Nudge { array, place, by } => self.nudge(array, place, by),
            Action::Paste { array, place, text } => self.paste(array, place, &text),
            Action::Undo => self.travel(true),
            Action::Redo => self.travel(false),
            // A question about the story would find its answer in the other views.
            Action::Show(view) => {
                Self { view, playing: false, pinned: None, pointed: None, practice: None, ..self.clone() }
            }
            Action::Lambda(lambda) if lambda.is_finite() => {
                let lambda = lambda.clamp(inverse::LAMBDA_MIN, inverse::LAMBDA_MAX);
                self.with_work(Work { lambda, ..self.work.clone() })
            }
            Action::Lambda(_) => self.clone(),
            Action::Pool(pooling) => {
                let pooling = pooling.clamped(size(&self.setup().patch));
                self.with_work(Work { pooling, ..self.work.clone() })
            }
            Action::Plan(channels) => match channels.check() {
                Ok(()) => self.with_work(Work { channels, ..self.work.clone() }),
                Err(reason) => self.refuse(Wish::Channels, reason),
            },
            Action::Load(preset) => self.load(preset, self.work.seed),
            Action::Reseed => self.load(Preset::Random, self.work.seed.wrapping_add(1)),
            Action::FollowResult => self.with(Setup { input: None, ..setup() }),
            Action::Set(settings, value) => match settings.first() {
                Some(first) => self.attempt(Wish::Setting(*first), self.setup().with(&settings, value)),
                None => self.clone(),
            },
            Action::Mode(mode) => self.attempt(Wish::Mode, self.setup().with_mode(mode)),
            Action::Flip(flip) => self.with(Setup { flip, ..setup() }),
            Action::FitOutputPadding => {
                let mut next = setup();
                next.geometry.output_padding = next.fitting_output_padding();
                let wish = Wish::Setting(Setting::OutputPaddingRows);
                self.attempt(wish, next.sizes().map(|_| next))
            }
            Action::Point(pointed) => Self { pointed: pointed.filter(|spot| spot.is_on(self.sizes())), ..self.clone() },
            Action::Pin(spot) if !spot.is_on(self.sizes()) => self.clone(),
            Action::Pin(spot) => match self.marked(spot) {
                Some(column) => self.practise(Deed::Mark(column)),
                None => Self { pinned: if self.pinned == Some(spot) { None } else { Some(spot) }, ..self.clone() },
            },
            Action::LetGo => Self { pinned: None, pointed: None, refusal: None, ..self.clone() },
            Action::ShowLetters(letters) => Self { letters, ..self.clone() },
            Action::Orient(orientation) => Self { orientation, ..self.clone() },
            Action::Tell(way) => self.tell(way),
            Action::ShowOverlap(overlap) => Self { overlap, ..self.clone() },
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
            Action::Practise(deed) => self.practise(deed),
            Action::Speed(speed) => Self { speed: speed.min(SPEEDS.len() - 1), ..self.clone() },
        }
    }
}
