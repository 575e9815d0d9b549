//! The picture at a position of the timeline: what has colour, and which numbers are on their way.
//!
//! A scene is a pure function of the position, so playing, stepping back and scrubbing show the same pictures.

use super::{
    derived::Derived,
    spot::Spot,
    timeline::{Chapter, Timeline, Way},
    wiring::Taps,
};

/// Beyond so many cells in a column numbers no longer travel one by one: the map of C shows the step as a whole.
pub const MOST_TRAVELLERS: usize = 40;

/// The way a travelling number takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// Straight from cell to cell.
    Straight,
    /// Out of a line of the one matrix, around the hinge, into the line of the other.
    Arc,
}

/// The colour scale of a travelling number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Orange–grey–blue, for data.
    Data,
    /// Brown–grey–teal, for mask entries.
    Mask,
    /// No colour of its own: a structural zero.
    Empty,
}

/// A number on its way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Traveller {
    /// Where it started.
    pub from: Spot,
    /// Where it will arrive.
    pub to: Spot,
    /// How far it is, 0 to 1, eased.
    pub at: f64,
    /// The way it takes.
    pub route: Route,
    /// The number itself.
    pub value: f32,
    /// Its colours.
    pub scale: Scale,
    /// The letters that it wears, if it is made of mask entries.
    pub taps: Taps,
}

/// What the stage shows at one position.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// How many placed masks have arrived.
    pub placed: usize,
    /// How many columns of C have been filled.
    pub unrolled: usize,
    /// How far the columns have moved together: 0 apart, 1 together.
    pub stacked: f64,
    /// How many results have been computed.
    pub multiplied: usize,
    /// How many rows of Cᵀ have arrived.
    pub turned: usize,
    /// How many numbers of E have been spread.
    pub spread: usize,
    /// Whether the sums have been folded back to a picture.
    pub folded: bool,
    /// How many cells of the transposed result have been gathered, in the ways that go from cell to cell.
    pub gathered: usize,
    /// The chapter that is told.
    pub chapter: Option<Chapter>,
    /// How far its step is, eased: 0 and 1 are rest.
    pub progress: f64,
    /// The output that the step is about.
    pub output: Option<usize>,
    /// The cell of the transposed result that the step is about.
    pub target: Option<usize>,
    /// Where the mask lies on the patch while it slides: the outputs it is between, and how far it is.
    pub window: Option<(usize, usize, f64)>,
    /// The numbers on their way.
    pub travellers: Vec<Traveller>,
}

impl Scene {
    /// The picture at `position` on the timeline of these numbers, with the transposed convolution told in a `way`.
    #[must_use]
    pub fn at(position: f64, derived: &Derived, way: Way) -> Self {
        let outputs = derived.outputs();
        let timeline = Timeline::new(outputs, derived.grown_cells(), way);
        let position = timeline.clamp(position);
        let done =
            |chapter: Chapter| (position - timeline.start(chapter) as f64).clamp(0.0, timeline.steps(chapter) as f64);
        let whole = |chapter: Chapter| done(chapter).floor() as usize;
        let spread = whole(Chapter::Spread);
        let ended = spread == timeline.steps(Chapter::Spread);
        let mut scene = Self {
            placed: whole(Chapter::Place),
            unrolled: whole(Chapter::Unroll),
            stacked: ease(done(Chapter::Stack)),
            multiplied: whole(Chapter::Multiply),
            turned: whole(Chapter::Transpose),
            spread: if way.spreads() { spread.min(outputs) } else { 0 },
            folded: ended,
            gathered: if way.spreads() { 0 } else { spread },
            ..Self::default()
        };
        if position == 0.0 {
            return scene;
        }
        let step = timeline.shown(position);
        scene.chapter = Some(step.chapter);
        match step.chapter {
            Chapter::Stack => {}
            Chapter::Spread if !way.spreads() => scene.target = Some(step.index),
            Chapter::Spread if step.index == outputs => {}
            _ => scene.output = Some(step.index),
        }
        let progress = position.fract();
        scene.progress = ease(progress);
        if progress > 0.0 {
            scene.set_out(step.chapter, step.index, progress, derived, way);
        }
        scene
    }

    /// Sends the travellers of a step that is under way.
    fn set_out(&mut self, chapter: Chapter, index: usize, progress: f64, derived: &Derived, way: Way) {
        if chapter == Chapter::Place {
            self.window = Some((index.saturating_sub(1), index, phase(progress, 0.0, 0.45)));
        }
        if derived.inputs().max(derived.grown_cells()) > MOST_TRAVELLERS {
            return;
        }
        match (chapter, way) {
            (Chapter::Place, _) => self.place(index, progress, derived),
            (Chapter::Unroll, _) => self.unroll(index, progress, derived),
            (Chapter::Stack, _) => {}
            (Chapter::Multiply, _) => self.multiply(index, progress, derived),
            (Chapter::Transpose, _) => self.transpose(index, progress, derived),
            (Chapter::Spread, Way::Matrix) => self.spread(index, progress, derived),
            (Chapter::Spread, Way::Paint) => self.paint(index, progress, derived),
            // The window slides over the zeros, or the nudge moves on; no number travels.
            (Chapter::Spread, Way::Insertion | Way::Gradient) => {}
        }
    }

    /// When the mask has come to its window, a copy of it drops.
    fn place(&mut self, j: usize, progress: f64, derived: &Derived) {
        let drop = phase(progress, 0.45, 1.0);
        if drop > 0.0 {
            for (i, taps) in column(derived, j).filter(|(_, taps)| !taps.is_empty()) {
                self.travel(Spot::Patch(i), Spot::Placed(j, i), drop, derived.matrix[[i, j]], taps);
            }
        }
    }

    /// The rows of the placed mask leave one by one and line up as a column.
    fn unroll(&mut self, j: usize, progress: f64, derived: &Derived) {
        let [rows, columns] = derived.sizes().patch;
        for (i, taps) in column(derived, j) {
            let start = (i / columns) as f64 / rows as f64 * 0.5;
            let at = phase(progress, start, start + 0.5);
            self.travel(Spot::Placed(j, i), Spot::Entry(i, j), at, derived.matrix[[i, j]], taps);
        }
    }

    /// The unrolled patch slides along its rows into the column; then the products fall into the sum.
    fn multiply(&mut self, j: usize, progress: f64, derived: &Derived) {
        let slide = phase(progress, 0.0, 0.5);
        let fall = phase(progress, 0.55, 1.0);
        for (i, _) in column(derived, j).filter(|(_, taps)| !taps.is_empty()) {
            let product = derived.matrix[[i, j]] * derived.patch[i];
            if fall > 0.0 {
                self.travel(Spot::Entry(i, j), Spot::Product(j), fall, product, Taps::default());
            } else {
                self.travel(Spot::Vector(i), Spot::Entry(i, j), slide, derived.patch[i], Taps::default());
            }
        }
    }

    /// The column rides the arc and lies down.
    fn transpose(&mut self, j: usize, progress: f64, derived: &Derived) {
        for (i, taps) in column(derived, j) {
            let Some(g) = derived.sizes().grown_of(i) else { continue };
            self.travellers.push(Traveller {
                from: Spot::Entry(i, j),
                to: Spot::Turned(j, g),
                at: ease(progress),
                route: Route::Arc,
                value: derived.matrix[[i, j]],
                scale: if taps.is_empty() { Scale::Empty } else { Scale::Mask },
                taps,
            });
        }
    }

    /// A number of E sweeps its row and the products fall into the sums; last, the sums fold back into a picture.
    fn spread(&mut self, step: usize, progress: f64, derived: &Derived) {
        if step == derived.outputs() {
            for (g, sum) in derived.transposed.iter().enumerate() {
                self.travel(Spot::Sum(g), Spot::Transposed(g), ease(progress), *sum, Taps::default());
            }
            return;
        }
        let value = derived.input.iter().nth(step).copied().unwrap_or(0.0);
        let sweep = phase(progress, 0.0, 0.5);
        let fall = phase(progress, 0.55, 1.0);
        for g in row(derived, step) {
            if fall > 0.0 {
                let product = value * derived.turned[[step, g]];
                self.travel(Spot::Turned(step, g), Spot::Sum(g), fall, product, Taps::default());
            } else {
                self.travel(Spot::InputVector(step), Spot::Turned(step, g), sweep, value, Taps::default());
            }
        }
    }

    /// A number of E comes to its stamp, and the scaled mask drops onto the result.
    fn paint(&mut self, j: usize, progress: f64, derived: &Derived) {
        let value = derived.input.iter().nth(j).copied().unwrap_or(0.0);
        let come = phase(progress, 0.0, 0.4);
        let fall = phase(progress, 0.45, 1.0);
        for g in row(derived, j) {
            if fall > 0.0 {
                let product = value * derived.turned[[j, g]];
                self.travel(Spot::Stamp(j, g), Spot::Transposed(g), fall, product, Taps::default());
            } else {
                self.travel(Spot::Input(j), Spot::Stamp(j, g), come, value, Taps::default());
            }
        }
    }

    fn travel(&mut self, from: Spot, to: Spot, at: f64, value: f32, taps: Taps) {
        let scale = match from {
            _ if !taps.is_empty() => Scale::Mask,
            Spot::Placed(..) => Scale::Empty,
            _ => Scale::Data,
        };
        self.travellers.push(Traveller { from, to, at, route: Route::Straight, value, scale, taps });
    }
}

/// Column `j` of C from top to bottom: row and mask entries.
fn column(derived: &Derived, j: usize) -> impl Iterator<Item = (usize, Taps)> + '_ {
    (0..derived.inputs()).map(move |i| (i, derived.taps(i, j)))
}

/// The cells of the transposed result that row `j` of Cᵀ reaches.
fn row(derived: &Derived, j: usize) -> impl Iterator<Item = usize> + '_ {
    (0..derived.grown_cells()).filter(move |g| !derived.turned_taps(j, *g).is_empty())
}

/// How far a part of a step is that lasts from `start` to `end`, eased.
fn phase(progress: f64, start: f64, end: f64) -> f64 {
    ease(((progress - start) / (end - start)).clamp(0.0, 1.0))
}

/// Slow at both ends.
fn ease(t: f64) -> f64 {
    let t = t.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}
