//! The Upsample page: how a small picture becomes a large one, and where checkerboards come from.
//!
//! What the reader has worked on is a [`Work`], which undo brings back; the rest of [`UpsampleLesson`] is how they look
//! at it. Counts, sentences and matrices follow from these by pure functions.

mod codec;
pub mod exercise;
pub mod links;
pub mod masks;
pub mod meaning;
pub mod narration;
pub mod overlap;
pub mod rows;
pub mod sprite;
pub mod stack;
pub mod takeaway;
pub mod timeline;
pub mod tiny;
mod verdict;
pub mod ways;
pub mod weights;
mod words;

use super::{
    Lesson, Page,
    history::History,
    link::{Reader, Writer},
    numbers,
    picture::{Picture, tidy},
};
use crate::upsampling::Coordinates;
use ndarray::Array2;
pub use sprite::Sprite;
pub use stack::{Layer, Stack};
use std::ops::RangeInclusive;
use timeline::Timeline;
pub use ways::Way;
pub use weights::Weights;

/// Scales that the menus of the picture offer.
pub const SCALES: [usize; 3] = [2, 3, 4];
/// Pixels of the row that is painted before the reader's eyes.
pub const PIXELS: RangeInclusive<usize> = 1..=8;
/// The values of these pixels, of which the row takes the first.
pub const ROW: [f32; 8] = [3.0, 1.0, 2.0, 0.0, 2.0, 1.0, 3.0, 2.0];
/// Seeds of the random weights.
pub const SEED: RangeInclusive<u32> = 1..=9999;
/// Rounds of the back-projection.
pub const ROUNDS: RangeInclusive<usize> = 1..=50;
/// The longest side of the picture to choose from, before it is made smaller.
pub const SIZES: [usize; 5] = [96, 192, 384, 768, 1536];
/// Rows and columns of the tiny input whose matrices are shown.
pub const TINY: RangeInclusive<usize> = 1..=3;
/// The largest magnitude of a number in the tiny input or in an own mask.
pub const BOUND: f32 = numbers::ENTRY_BOUND;
/// The speeds of the transport, as factors of the normal pace.
pub const SPEEDS: [f64; 5] = [0.25, 0.5, 1.0, 2.0, 4.0];
/// How closely the corner of a picture is looked at: columns of the small picture that it shows.
pub const CORNERS: [u32; 3] = [6, 12, 24];

/// What the stage shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Where copies of the mask overlap, and what that does to a picture.
    #[default]
    Overlap,
    /// Ways to make a picture larger, side by side.
    Pictures,
    /// The matrix of each way for a tiny input.
    Matrices,
}

impl View {
    /// Every view with its word in links and on its switch.
    pub const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Overlap, "overlap", "Overlap"),
        (Self::Pictures, "pictures", "Pictures"),
        (Self::Matrices, "matrices", "The same C"),
    ];
}

/// How the lab shows the overlap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// Pixel by pixel, as far as the transport stands.
    #[default]
    Paint,
    /// All of it, with numbers.
    Counts,
    /// All of it, as heat.
    Heat,
}

impl Shown {
    /// Every kind with its word in links and on its switch.
    pub const ALL: [(Self, &'static str, &'static str); 3] =
        [(Self::Paint, "paint", "Paint"), (Self::Counts, "counts", "Counts"), (Self::Heat, "heat", "Heat")];
}

/// From which side the layer is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// A transposed convolution makes a small array large.
    #[default]
    Forward,
    /// A strided convolution made a large array small, and its gradient goes the way back.
    Gradient,
}

impl Side {
    /// Both sides with their words in links and on the switch.
    pub const ALL: [(Self, &'static str, &'static str); 2] =
        [(Self::Forward, "forward", "Forward"), (Self::Gradient, "gradient", "Gradient")];
}

/// How the large picture is made small first, so that there is a truth to compare with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Down {
    /// The mean of every block.
    #[default]
    Box,
    /// A bell, then every s-th pixel.
    Gaussian,
    /// A cubic that is widened against aliasing.
    Bicubic,
    /// Not at all: the picture itself is the small one, and there is no truth.
    AsItIs,
}

impl Down {
    /// Every way down with its word in links and its name in the menu.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Box, "box", "Mean of blocks"),
        (Self::Gaussian, "gaussian", "Gaussian"),
        (Self::Bicubic, "bicubic", "Bicubic, antialiased"),
        (Self::AsItIs, "none", "None: it is the small one"),
    ];
}

/// What a card of a way shows beside its picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Aside {
    /// The spectrum, with the checkerboard's frequencies marked.
    #[default]
    Spectrum,
    /// What it has too much or too little.
    Difference,
}

impl Aside {
    /// Both with their words in links and on the switch.
    pub const ALL: [(Self, &'static str, &'static str); 2] =
        [(Self::Spectrum, "spectrum", "Spectrum"), (Self::Difference, "difference", "Difference")];
}

/// What undo brings back: everything that the reader has worked on, and nothing of how they look at it.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    /// The layers.
    pub stack: Stack,
    /// How many pixels the row has that is painted, within [`PIXELS`].
    pub pixels: usize,
    /// What the masks are made of.
    pub weights: Weights,
    /// The seed of random weights, within [`SEED`].
    pub seed: u32,
    /// The reader's own mask, square, used when [`Weights::Own`] is chosen: its side is that of the first layer.
    pub own: Array2<f32>,
    /// The picture.
    pub picture: Picture,
    /// The drawing, used when the picture is [`Picture::Sprite`].
    pub sprite: Sprite,
    /// The longest side that the picture is brought to, one of [`SIZES`].
    pub size: usize,
    /// How it is made small.
    pub down: Down,
    /// How the places of large and small pixels correspond, for the interpolations.
    pub coordinates: Coordinates,
    /// Whether the cubic is the sharper one, a = −0.75 as in PyTorch and OpenCV, and not a = −0.5 (Keys, 1981).
    pub sharp: bool,
    /// Whether sub-pixel convolution starts with equal filters (ICNR).
    pub icnr: bool,
    /// Rounds of the back-projection, within [`ROUNDS`].
    pub rounds: usize,
    /// The ways that are compared, in the order of [`Way::ALL`], each once.
    pub compared: Vec<Way>,
    /// The tiny input whose matrices are shown, its sides within [`TINY`].
    pub tiny: Array2<f32>,
}

impl Default for Work {
    fn default() -> Self {
        Self {
            stack: Stack::default(),
            pixels: 5,
            weights: Weights::default(),
            seed: 1,
            own: weights::example(),
            picture: Picture::default(),
            sprite: Sprite::default(),
            size: SIZES[0],
            down: Down::default(),
            coordinates: Coordinates::default(),
            sharp: false,
            icnr: false,
            rounds: 10,
            compared: Way::FIRST.to_vec(),
            tiny: Array2::from_shape_fn((2, 2), |(row, column)| (2 * row + column + 1) as f32),
        }
    }
}

/// What the reader sees and sets on the Upsample page. Only what is within its range can get in.
#[derive(Clone, Debug, PartialEq)]
pub struct UpsampleLesson {
    /// What the reader has worked on.
    pub work: Work,
    /// The steps before and after it.
    pub history: History<Work>,
    /// What the stage shows.
    pub view: View,
    /// How the lab shows the overlap.
    pub shown: Shown,
    /// From which side the layer is looked at.
    pub side: Side,
    /// Whether copies count by their weights.
    pub weighted: bool,
    /// Which layer the settings are about.
    pub layer: usize,
    /// Where the timeline stands.
    pub position: f64,
    /// Whether time moves it.
    pub playing: bool,
    /// Which of [`SPEEDS`].
    pub speed: usize,
    /// What the cards show beside their pictures.
    pub aside: Aside,
    /// The middle of the corner that is looked at closely, in percent of width and height.
    pub corner: [f64; 2],
    /// How many columns of the small picture that corner shows: one of [`CORNERS`].
    pub close: u32,
    /// The colour that draws, a place in [`sprite::PALETTE`].
    pub colour: usize,
}

impl Default for UpsampleLesson {
    fn default() -> Self {
        Self {
            work: Work::default(),
            history: History::default(),
            view: View::default(),
            shown: Shown::default(),
            side: Side::default(),
            weighted: false,
            layer: 0,
            position: 3.0,
            playing: false,
            speed: 2,
            aside: Aside::default(),
            corner: [66.0, 36.0],
            close: CORNERS[1],
            colour: 7,
        }
    }
}

/// What the reader can do on the Upsample page. Numbers may be anything; they are clamped.
#[derive(Clone, Debug, PartialEq)]
pub enum UpsampleAction {
    /// Show another view.
    View(View),
    /// Show the overlap in another way.
    Shown(Shown),
    /// Look at the layer from the other side.
    Side(Side),
    /// Count copies by their weights, or each as one.
    Weighted(bool),
    /// Let the settings be about another layer.
    Choose(usize),
    /// Have so many layers.
    Layers(i64),
    /// Set the side of the chosen layer's mask.
    Mask(i64),
    /// Set the chosen layer's stride.
    Stride(i64),
    /// Set the chosen layer's padding.
    Padding(i64),
    /// Set all layers at once, each by k and s. One that was there keeps its padding, as far as it can.
    Stack(Vec<[usize; 2]>),
    /// Paint so many pixels.
    Pixels(i64),
    /// Choose what the masks are made of.
    Weights(Weights),
    /// Draw other random weights.
    Seed(i64),
    /// Set an entry of the own mask, row by row.
    OwnWeight(usize, f32),
    /// Choose a picture.
    Picture(Picture),
    /// Paint a pixel of the drawing in the chosen colour. The pixels of one stroke are one step of undo.
    Draw(usize),
    /// Choose the colour that draws.
    Colour(usize),
    /// Paint all of the drawing in the chosen colour.
    Fill,
    /// The drawing of the beginning.
    Redraw,
    /// The stroke has ended, or a hand has let go of a slider.
    Settle,
    /// Choose the picture's size.
    Size(usize),
    /// Choose how it is made small.
    Down(Down),
    /// One layer of this stride, with the mask that the first one has.
    Scale(i64),
    /// Choose how places correspond.
    Coordinates(Coordinates),
    /// Choose the cubic.
    Sharp(bool),
    /// Start sub-pixel convolution with equal filters, or not.
    Icnr(bool),
    /// Set the rounds of the back-projection.
    Rounds(i64),
    /// Compare a way, or do not any more. One stays.
    Compare(Way, bool),
    /// Set an entry of the tiny input, row by row.
    Tiny(usize, f32),
    /// Give the tiny input so many rows and columns.
    TinySide(i64),
    /// Show something else beside the pictures.
    Aside(Aside),
    /// Move the corner that is looked at closely, in percent of width and height.
    Corner([f64; 2]),
    /// Look more or less closely.
    Close(u32),
    /// Play, from the beginning where the end is reached, or pause.
    Play(bool),
    /// Time has passed, in milliseconds.
    Tick(f64),
    /// Go to a position of the timeline.
    Seek(f64),
    /// Choose a speed.
    Speed(usize),
    /// Take the last step back.
    Undo,
    /// Do it again.
    Redo,
}

impl UpsampleLesson {
    /// How many times as large the large picture is, along an axis.
    #[must_use]
    pub fn scale(&self) -> usize {
        self.work.stack.scale()
    }

    /// The layer that the settings are about.
    #[must_use]
    pub fn chosen_layer(&self) -> Layer {
        let layers = self.work.stack.layers();
        layers[self.layer.min(layers.len() - 1)]
    }

    /// The steps in which the layers are painted.
    #[must_use]
    pub fn timeline(&self) -> Timeline {
        Timeline::new(&self.work.stack, self.work.pixels)
    }

    /// The cells along an axis before the chosen layer and behind it: those of the lab's row, or of the tiny input where its
    /// matrices are shown.
    #[must_use]
    pub fn lengths(&self) -> [usize; 2] {
        let before = if self.view == View::Matrices {
            self.work.tiny.nrows()
        } else {
            let lengths = self.work.stack.lengths(self.work.pixels);
            lengths[self.layer.min(lengths.len() - 2)]
        };
        [before, self.chosen_layer().grown(before)]
    }

    /// The side that is in view: matrices are shown from one alone.
    #[must_use]
    pub fn seen_side(&self) -> Side {
        if self.view == View::Matrices { Side::Forward } else { self.side }
    }

    /// Whether there is a large picture to compare with.
    #[must_use]
    pub fn has_truth(&self) -> bool {
        self.work.down != Down::AsItIs && self.work.picture != Picture::Sprite
    }

    /// These settings with everything at its default that the worker's answer does not depend on. Equal questions have
    /// equal answers.
    #[must_use]
    pub fn question(&self) -> Self {
        let mut work = self.work.clone();
        let blank = Work::default();
        work.pixels = blank.pixels;
        work.tiny = blank.tiny;
        work.stack = Stack::new(work.stack.layers().iter().map(|layer| Layer { padding: 0, ..*layer }).collect());
        if work.weights != Weights::Random {
            // Filters of other weights are equal anyway.
            (work.seed, work.icnr) = (blank.seed, blank.icnr);
        }
        if !work.compared.contains(&Way::BackProjected) {
            work.rounds = blank.rounds;
        }
        if work.weights != Weights::Own {
            work.own = blank.own;
        }
        if work.picture == Picture::Sprite {
            (work.size, work.down) = (blank.size, Down::AsItIs);
        } else {
            work.sprite = blank.sprite;
        }
        Self { work, ..Self::default() }
    }

    /// The state with the work changed, and the step noted; changes with one key are one step.
    fn worked(&self, key: Option<&str>, change: impl FnOnce(&mut Work)) -> Self {
        let mut work = self.work.clone();
        change(&mut work);
        work.fit_own();
        if work == self.work {
            return self.clone();
        }
        let mut next = self.with_work(work);
        match key {
            Some(key) => next.history.record_merging(self.work.clone(), key),
            None => next.history.record(self.work.clone()),
        }
        next
    }

    /// The state with other work. The reader wants to see what their change has done: playing ends, and where the
    /// timeline is another one, its position is a whole step of it.
    fn with_work(&self, work: Work) -> Self {
        let mut next = Self { work, playing: false, ..self.clone() };
        next.layer = next.layer.min(next.work.stack.layers().len() - 1);
        let (before, after) = (self.timeline(), next.timeline());
        if before != after {
            next.position = after.clamp(after.follow(&before, self.position));
        }
        next
    }

    fn with_layer(&self, change: impl FnOnce(&mut Layer)) -> Self {
        let mut layer = self.chosen_layer();
        change(&mut layer);
        let place = self.layer;
        self.worked(None, |work| work.stack = work.stack.with(place, layer))
    }
}

impl Work {
    /// Brings the own mask to the side of the first layer: new entries are 0, those beyond are gone.
    fn fit_own(&mut self) {
        let side = self.stack.layers()[0].mask;
        if self.own.dim() != (side, side) {
            let old = std::mem::take(&mut self.own);
            self.own = Array2::from_shape_fn((side, side), |place| old.get(place).copied().unwrap_or(0.0));
        }
    }
}

fn clamp(value: i64, range: &RangeInclusive<usize>) -> usize {
    value.clamp(*range.start() as i64, *range.end() as i64) as usize
}

/// Reads what was typed into a cell of the own mask or of the tiny input.
///
/// # Errors
/// A sentence that says what can be typed.
pub fn parse_cell(text: &str) -> Result<f32, String> {
    numbers::parse_entry(text).map_err(|error| error.to_string())
}

fn bounded(value: f32, old: f32) -> f32 {
    if value.is_nan() { old } else { value.clamp(-BOUND, BOUND) + 0.0 }
}

impl Lesson for UpsampleLesson {
    type Action = UpsampleAction;

    const PAGE: Page = Page::Upsample;

    fn reduce(&self, action: UpsampleAction) -> Self {
        let mut next = self.clone();
        match action {
            UpsampleAction::View(view) => {
                next.view = view;
                next.playing &= view == View::Overlap;
            }
            UpsampleAction::Shown(shown) => {
                next.shown = shown;
                next.playing &= shown == Shown::Paint;
            }
            UpsampleAction::Side(side) => next.side = side,
            UpsampleAction::Weighted(on) => next.weighted = on,
            UpsampleAction::Choose(layer) => next.layer = layer.min(self.work.stack.layers().len() - 1),
            UpsampleAction::Layers(count) => {
                return self.worked(None, |work| work.stack = work.stack.of_length(clamp(count, &stack::LAYERS)));
            }
            UpsampleAction::Mask(side) => return self.with_layer(|layer| layer.mask = clamp(side, &stack::MASK)),
            UpsampleAction::Stride(stride) => {
                return self.with_layer(|layer| layer.stride = clamp(stride, &stack::STRIDE));
            }
            UpsampleAction::Padding(padding) => {
                return self.with_layer(|layer| layer.padding = clamp(padding, &(0..=7)));
            }
            UpsampleAction::Stack(layers) => {
                return self.worked(None, |work| work.stack = work.stack.with_sizes(&layers));
            }
            UpsampleAction::Pixels(pixels) => return self.worked(None, |work| work.pixels = clamp(pixels, &PIXELS)),
            UpsampleAction::Weights(weights) => return self.worked(None, |work| work.weights = weights),
            UpsampleAction::Seed(seed) => {
                let seed = seed.clamp((*SEED.start()).into(), (*SEED.end()).into()) as u32;
                return self.worked(None, |work| work.seed = seed);
            }
            UpsampleAction::OwnWeight(place, value) => {
                return self.worked(None, |work| {
                    if let Some(entry) = work.own.iter_mut().nth(place) {
                        *entry = bounded(value, *entry);
                    }
                });
            }
            UpsampleAction::Picture(picture) => return self.worked(None, |work| work.picture = picture),
            UpsampleAction::Draw(place) => {
                let colour = self.colour;
                return self.worked(Some("draw"), |work| work.sprite = work.sprite.with(place, colour));
            }
            UpsampleAction::Colour(colour) => next.colour = colour.min(sprite::PALETTE.len() - 1),
            UpsampleAction::Fill => {
                let colour = self.colour;
                return self.worked(None, |work| work.sprite = Sprite::filled(colour));
            }
            UpsampleAction::Redraw => return self.worked(None, |work| work.sprite = Sprite::default()),
            UpsampleAction::Settle => next.history.settle(),
            UpsampleAction::Size(size) => {
                return self.worked(None, |work| {
                    if SIZES.contains(&size) {
                        work.size = size;
                    }
                });
            }
            UpsampleAction::Down(down) => return self.worked(None, |work| work.down = down),
            UpsampleAction::Scale(scale) => {
                return self.worked(None, |work| {
                    let first = work.stack.layers()[0];
                    work.stack = Stack::new(vec![Layer { stride: clamp(scale, &stack::STRIDE), ..first }]);
                });
            }
            UpsampleAction::Coordinates(coordinates) => {
                return self.worked(None, |work| work.coordinates = coordinates);
            }
            UpsampleAction::Sharp(on) => return self.worked(None, |work| work.sharp = on),
            UpsampleAction::Icnr(on) => return self.worked(None, |work| work.icnr = on),
            UpsampleAction::Rounds(rounds) => {
                return self.worked(Some("rounds"), |work| work.rounds = clamp(rounds, &ROUNDS));
            }
            UpsampleAction::Compare(way, on) => {
                return self.worked(None, |work| {
                    let wanted = |each: &Way| if *each == way { on } else { work.compared.contains(each) };
                    let compared: Vec<Way> = Way::ALL.into_iter().filter(wanted).collect();
                    if !compared.is_empty() {
                        work.compared = compared;
                    }
                });
            }
            UpsampleAction::Tiny(place, value) => {
                return self.worked(None, |work| {
                    if let Some(entry) = work.tiny.iter_mut().nth(place) {
                        *entry = bounded(value, *entry);
                    }
                });
            }
            UpsampleAction::TinySide(side) => {
                let side = clamp(side, &TINY);
                return self.worked(None, |work| {
                    let old = work.tiny.clone();
                    work.tiny = Array2::from_shape_fn((side, side), |place| old.get(place).copied().unwrap_or(0.0));
                });
            }
            UpsampleAction::Aside(aside) => next.aside = aside,
            UpsampleAction::Corner([x, y]) => {
                next.corner = [tidy(x, 0.0..=100.0, 0, self.corner[0]), tidy(y, 0.0..=100.0, 0, self.corner[1])];
            }
            UpsampleAction::Close(columns) => {
                if CORNERS.contains(&columns) {
                    next.close = columns;
                }
            }
            UpsampleAction::Play(false) => next.playing = false,
            UpsampleAction::Play(true) => {
                (next.playing, next.shown) = (true, Shown::Paint);
                if self.position >= self.timeline().len() as f64 {
                    next.position = 0.0;
                }
            }
            UpsampleAction::Tick(millis) if self.playing => {
                let timeline = self.timeline();
                next.position = timeline.advance(self.position, millis, SPEEDS[self.speed]);
                next.playing = next.position < timeline.len() as f64;
            }
            UpsampleAction::Tick(_) => {}
            // A reader's hand ends the motion, and what it moves has to be in view.
            UpsampleAction::Seek(position) => {
                next.position = self.timeline().clamp(position);
                (next.playing, next.shown) = (false, Shown::Paint);
            }
            UpsampleAction::Speed(speed) => next.speed = speed.min(SPEEDS.len() - 1),
            UpsampleAction::Undo => {
                if let Some(work) = next.history.undo(&self.work) {
                    next = next.with_work(work);
                }
            }
            UpsampleAction::Redo => {
                if let Some(work) = next.history.redo(&self.work) {
                    next = next.with_work(work);
                }
            }
        }
        next
    }

    fn travels_whole(&self) -> bool {
        !self.work.picture.is_own()
    }

    fn write(&self, link: &mut Writer) {
        codec::write(self, link);
    }

    fn read(link: &mut Reader) -> Self {
        codec::read(link)
    }
}
