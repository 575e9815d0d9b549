//! The picture at a position of the timeline: what has colour, and which numbers are on their way.
//!
//! A scene is a pure function of the position, so playing, stepping back and scrubbing show the same pictures.

use super::{
    derived::Derived,
    spot::Spot,
    timeline::{Chapter, Timeline},
};

/// The way a travelling number takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// Straight from cell to cell.
    Straight,
    /// Up out of C's column, around the hinge, into the row of Cᵀ.
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
    /// The letter that it wears, if it is a mask entry.
    pub tap: Option<usize>,
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
    /// Whether the sums have been folded back to a patch.
    pub folded: bool,
    /// The output that the step is about.
    pub output: Option<usize>,
    /// Where the mask lies on the patch while it slides: the outputs it is between, and how far it is.
    pub window: Option<(usize, usize, f64)>,
    /// The numbers on their way.
    pub travellers: Vec<Traveller>,
}

impl Scene {
    /// The picture at `position` on the timeline of these numbers.
    #[must_use]
    pub fn at(position: f64, derived: &Derived) -> Self {
        let outputs = derived.outputs();
        let timeline = Timeline::new(outputs);
        let position = timeline.clamp(position);
        let done =
            |chapter: Chapter| (position - timeline.start(chapter) as f64).clamp(0.0, chapter.steps(outputs) as f64);
        let whole = |chapter: Chapter| done(chapter).floor() as usize;
        let spread = whole(Chapter::Spread);
        let mut scene = Self {
            placed: whole(Chapter::Place),
            unrolled: whole(Chapter::Unroll),
            stacked: ease(done(Chapter::Stack)),
            multiplied: whole(Chapter::Multiply),
            turned: whole(Chapter::Transpose),
            spread: spread.min(outputs),
            folded: spread > outputs,
            output: None,
            window: None,
            travellers: Vec::new(),
        };
        if position == 0.0 {
            return scene;
        }
        let step = timeline.shown(position);
        scene.output = match step.chapter {
            Chapter::Stack => None,
            Chapter::Spread if step.index == outputs => None,
            _ => Some(step.index),
        };
        let progress = position.fract();
        if progress > 0.0 {
            scene.set_out(step.chapter, step.index, progress, derived);
        }
        scene
    }

    /// Sends the travellers of a step that is under way.
    fn set_out(&mut self, chapter: Chapter, index: usize, progress: f64, derived: &Derived) {
        match chapter {
            Chapter::Place => self.place(index, progress, derived),
            Chapter::Unroll => self.unroll(index, progress, derived),
            Chapter::Stack => {}
            Chapter::Multiply => self.multiply(index, progress, derived),
            Chapter::Transpose => self.transpose(index, progress, derived),
            Chapter::Spread => self.spread(index, progress, derived),
        }
    }

    /// The mask slides to its window; then a copy of it drops.
    fn place(&mut self, j: usize, progress: f64, derived: &Derived) {
        let slide = phase(progress, 0.0, 0.45);
        self.window = Some((j.saturating_sub(1), j, slide));
        let drop = phase(progress, 0.45, 1.0);
        if drop > 0.0 {
            for (i, tap) in column(derived, j) {
                if tap.is_some() {
                    self.travel(Spot::Patch(i), Spot::Placed(j, i), drop, derived.matrix[[i, j]], tap);
                }
            }
        }
    }

    /// The rows of the placed mask leave one by one and line up as a column.
    fn unroll(&mut self, j: usize, progress: f64, derived: &Derived) {
        let cells: Vec<_> = column(derived, j).collect();
        let rows = 4.0_f64;
        for (i, tap) in &cells {
            let row = (*i as f64 / cells.len() as f64 * rows).floor();
            let start = row / rows * 0.5;
            let at = phase(progress, start, start + 0.5);
            self.travel(Spot::Placed(j, *i), Spot::Entry(*i, j), at, derived.matrix[[*i, j]], *tap);
        }
    }

    /// The unrolled patch slides along its rows into the column; then the products fall into the sum.
    fn multiply(&mut self, j: usize, progress: f64, derived: &Derived) {
        let slide = phase(progress, 0.0, 0.5);
        let fall = phase(progress, 0.55, 1.0);
        for (i, tap) in column(derived, j) {
            if tap.is_none() {
                continue;
            }
            let product = derived.matrix[[i, j]] * derived.patch[i];
            if fall > 0.0 {
                self.travel(Spot::Entry(i, j), Spot::Product(j), fall, product, None);
            } else {
                self.travel(Spot::Vector(i), Spot::Entry(i, j), slide, derived.patch[i], None);
            }
        }
    }

    /// The column rides the arc and lies down.
    fn transpose(&mut self, j: usize, progress: f64, derived: &Derived) {
        for (i, tap) in column(derived, j) {
            self.travellers.push(Traveller {
                from: Spot::Entry(i, j),
                to: Spot::Turned(j, i),
                at: ease(progress),
                route: Route::Arc,
                value: derived.matrix[[i, j]],
                scale: if tap.is_some() { Scale::Mask } else { Scale::Empty },
                tap,
            });
        }
    }

    /// A number of E sweeps its row and the products fall into the sums; last, the sums fold back into a patch.
    fn spread(&mut self, step: usize, progress: f64, derived: &Derived) {
        let outputs = derived.outputs();
        if step == outputs {
            for (i, sum) in derived.transposed.iter().enumerate() {
                self.travel(Spot::Sum(i), Spot::Transposed(i), ease(progress), *sum, None);
            }
            return;
        }
        let value = derived.input.iter().nth(step).copied().unwrap_or(0.0);
        let sweep = phase(progress, 0.0, 0.5);
        let fall = phase(progress, 0.55, 1.0);
        for (i, tap) in column(derived, step) {
            if tap.is_none() {
                continue;
            }
            if fall > 0.0 {
                let product = value * derived.matrix[[i, step]];
                self.travel(Spot::Turned(step, i), Spot::Sum(i), fall, product, None);
            } else {
                self.travel(Spot::InputVector(step), Spot::Turned(step, i), sweep, value, None);
            }
        }
    }

    fn travel(&mut self, from: Spot, to: Spot, at: f64, value: f32, tap: Option<usize>) {
        let scale = match (from, tap) {
            (_, Some(_)) => Scale::Mask,
            (Spot::Placed(..), None) => Scale::Empty,
            _ => Scale::Data,
        };
        self.travellers.push(Traveller { from, to, at, route: Route::Straight, value, scale, tap });
    }
}

/// Column `j` of C from top to bottom: row and mask entry.
fn column(derived: &Derived, j: usize) -> impl Iterator<Item = (usize, Option<usize>)> + '_ {
    (0..derived.inputs()).map(move |i| (i, derived.taps[[i, j]]))
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
