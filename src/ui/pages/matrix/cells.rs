//! What every cell of the stage looks like: text, colour, letter, chip and light, from numbers, scene and pointer.

use crate::{
    lesson::{
        matrix::{
            MatrixLesson,
            derived::Derived,
            links::{Links, Reading},
            narration::{hue, letter, letters},
            scene::Scene,
            spot::{Array, Spot},
            timeline::Way,
            wiring::Taps,
        },
        numbers::cell_text,
    },
    ui::components::number_grid::{Cell, Chip},
};
use std::rc::Rc;
use yew::AttrValue;

/// How many characters fit a cell of C beside its letter.
const ROOM_BESIDE_LETTER: usize = 2;

/// How many characters fit the chip of a mask entry that lies on the patch.
const ROOM_ON_CHIP: usize = 4;

/// The steps of each colour scale.
const LAST_STEP: f32 = 8.0;

/// Ordinary values stay calm: the largest of an array reaches this share of its scale.
const HEADROOM: f32 = 1.34;

/// A scale of counts has this many steps.
const COUNT_STEPS: usize = 8;

/// Builds the cells of every array of the stage.
pub struct Painter<'a> {
    lesson: &'a MatrixLesson,
    derived: &'a Derived,
    scene: &'a Scene,
    links: Option<Links>,
    /// The output whose window carries the mask's chips.
    window: Option<usize>,
    overlap: Vec<usize>,
    data_bound: f32,
    mask_bound: f32,
    result_bound: f32,
    input_bound: f32,
    sum_bound: f32,
}

impl<'a> Painter<'a> {
    /// Prepares the scales; `output` is the output that the stage is about.
    pub fn new(lesson: &'a MatrixLesson, derived: &'a Derived, scene: &'a Scene, output: Option<usize>) -> Self {
        let links = lesson.lit().map(|spot| Links::of(spot, derived));
        let transposed = links.as_ref().is_some_and(|links| links.reading == Reading::Transposed);
        Self {
            lesson,
            derived,
            scene,
            links,
            window: output.filter(|_| scene.window.is_none() && !transposed),
            overlap: if lesson.overlap { derived.wiring.overlap() } else { Vec::new() },
            data_bound: bound(derived.patch.iter()),
            mask_bound: bound(derived.mask.iter().chain(&derived.matrix)),
            result_bound: bound(derived.result.iter()),
            input_bound: bound(derived.input.iter()),
            sum_bound: bound(derived.transposed.iter()),
        }
    }

    /// The cells of an array as printed, row by row.
    pub fn cells(&self, array: Array) -> Rc<[Cell]> {
        let (sizes, orientation) = (self.derived.sizes(), self.lesson.orientation);
        let [rows, columns] = array.size(sizes);
        (0..rows * columns).map(|place| self.cell(array, Spot::printed_at(array, place, sizes, orientation))).collect()
    }

    /// The cells of an array that hold something, as a map prints them.
    pub fn map(&self, array: Array) -> Vec<Mark> {
        let (sizes, orientation) = (self.derived.sizes(), self.lesson.orientation);
        let columns = array.printed_size(sizes, orientation)[1];
        let cells: Vec<Spot> = match array {
            Array::Matrix => present(&self.derived.wiring.taps).map(|(i, j)| Spot::Entry(i, j)).collect(),
            Array::Turned => present(&self.derived.wiring.turned).map(|(j, g)| Spot::Turned(j, g)).collect(),
            _ => {
                let [rows, columns] = array.size(sizes);
                (0..rows * columns).map(|place| Spot::printed_at(array, place, sizes, orientation)).collect()
            }
        };
        let mask = sizes.mask;
        cells
            .into_iter()
            .map(|spot| {
                let place = spot.printed_place(sizes, orientation).1;
                let cell = self.cell(array, spot);
                let taps = match spot {
                    Spot::Entry(i, j) => self.derived.taps(i, j),
                    Spot::Turned(j, g) => self.derived.turned_taps(j, g),
                    _ => Taps::default(),
                };
                let quiet = cell.class.contains("quiet");
                Mark {
                    row: place / columns,
                    column: place % columns,
                    // A map is coloured by letters; where they are quiet, only a bar of the hue is left.
                    colour: if quiet {
                        "empty".into()
                    } else {
                        cell.class.split(' ').next().unwrap_or_default().into()
                    },
                    hue: taps.first().map(|tap| hue(tap, mask).into()),
                    text: cell.text,
                    quiet,
                    lit: cell.lit,
                }
            })
            .collect()
    }

    fn cell(&self, array: Array, spot: Spot) -> Cell {
        let mut cell = match spot {
            Spot::Patch(i) => Cell { chip: self.chip(i), ..self.data(self.derived.patch[i], self.data_bound, true) },
            Spot::Vector(i) => self.data(self.derived.patch[i], self.data_bound, true),
            Spot::Mask(tap) => self.entry(self.mask(tap), only(tap), true, true),
            Spot::Flipped(tap) => self.entry(self.mask(tap), only(tap), true, true),
            Spot::Placed(j, i) => self.placed(i, j),
            Spot::Entry(i, j) => {
                self.entry(self.derived.matrix[[i, j]], self.derived.taps(i, j), j < self.scene.unrolled, false)
            }
            Spot::Turned(j, g) => {
                self.entry(self.derived.turned[[j, g]], self.derived.turned_taps(j, g), j < self.scene.turned, false)
            }
            Spot::Product(j) | Spot::Result(j) => {
                self.data(nth(self.derived.result.iter(), j), self.result_bound, j < self.scene.multiplied)
            }
            Spot::Input(j) | Spot::InputVector(j) => {
                let own = self.derived.own_input && array == Array::Input;
                self.data(
                    nth(self.derived.input.iter(), j),
                    self.input_bound,
                    own || self.scene.turned == self.derived.outputs(),
                )
            }
            Spot::Sum(g) => self.sum(g),
            Spot::Transposed(g) => self.transposed(g),
            Spot::Stamp(j, g) => self.stamp(j, g),
            // Their numbers come with their way, which paints them itself.
            Spot::Inserted(_) | Spot::Nudged(_) | Spot::Change(_) => Cell::default(),
        };
        if self.lesson.hides(spot) {
            // What a question is about stays unseen until it is answered.
            let (text, spoken) = ("?".into(), "hidden until you answer".into());
            cell = Cell { text, spoken, class: "empty hidden".into(), ..Cell::default() };
        }
        cell.lit = self.is_lit(spot);
        cell
    }

    /// A whole window, column or row is outlined by the overlay; single cells are lit one by one.
    fn is_lit(&self, spot: Spot) -> bool {
        let Some(links) = &self.links else { return false };
        if self.lesson.lit() == Some(spot) {
            return true;
        }
        let outlined = links.output.is_some() && links.input.is_none() && links.cell.is_none();
        let by_cell = matches!(
            spot,
            Spot::Input(_) | Spot::InputVector(_) | Spot::Sum(_) | Spot::Transposed(_) | Spot::Stamp(..)
        );
        (by_cell || !outlined) && links.contains(spot)
    }

    fn mask(&self, tap: usize) -> f32 {
        self.derived.mask.get(tap).copied().unwrap_or(0.0)
    }

    fn data(&self, value: f32, bound: f32, coloured: bool) -> Cell {
        let class = if coloured { format!("data-{}", step(value, bound)) } else { "empty quiet".to_owned() };
        Cell { text: cell_text(value).into(), spoken: cell_text(value).into(), class: class.into(), ..Cell::default() }
    }

    /// A place of C: entries of the mask, or nothing at all. `as_mask` keeps numbers even when letters are shown.
    fn entry(&self, value: f32, taps: Taps, coloured: bool, as_mask: bool) -> Cell {
        let Some(first) = taps.first() else {
            return Cell { text: "·".into(), spoken: "0".into(), class: "empty".into(), ..Cell::default() };
        };
        let hue = hue(first, self.derived.sizes().mask);
        let colour = if coloured { format!("mask-{}", step(value, self.mask_bound)) } else { "empty quiet".to_owned() };
        let class: AttrValue = format!("{colour} {hue}").into();
        let name = letters(taps);
        if self.lesson.letters && !as_mask {
            return Cell { text: name.into(), spoken: cell_text(value).into(), class, ..Cell::default() };
        }
        let text: AttrValue = cell_text(value).into();
        // A number that needs the room keeps its hue as a bar, without the letter.
        if !as_mask && (text.chars().count() > ROOM_BESIDE_LETTER || taps.len() > 1) {
            let class = format!("{class} tag").into();
            return Cell { spoken: text.clone(), text, class, ..Cell::default() };
        }
        Cell { spoken: text.clone(), text, class, letter: Some(name.into()), ..Cell::default() }
    }

    fn placed(&self, i: usize, j: usize) -> Cell {
        self.tagged(self.derived.matrix[[i, j]], self.derived.taps(i, j), j < self.scene.placed)
    }

    /// An entry in a small array: its hue is a bar, and the letter is left out.
    fn tagged(&self, value: f32, taps: Taps, coloured: bool) -> Cell {
        let mut cell = self.entry(value, taps, coloured, true);
        if !taps.is_empty() {
            cell.class = format!("{} tag", cell.class).into();
            cell.letter = None;
        }
        cell
    }

    /// The sums as far as they have been spread; before that, quietly, what they will be.
    fn sum(&self, g: usize) -> Cell {
        let spread = self.scene.spread;
        if spread == 0 || spread == self.derived.outputs() {
            return self.data(nth(self.derived.transposed.iter(), g), self.sum_bound, spread > 0);
        }
        self.data(self.derived.partial_sums(spread)[g], self.sum_bound, true)
    }

    fn transposed(&self, g: usize) -> Cell {
        if let Some(count) = self.overlap.get(g) {
            let most = self.overlap.iter().copied().max().unwrap_or(1).max(1);
            let class = format!("count-{}", (count * COUNT_STEPS + most / 2) / most);
            let text: AttrValue = count.to_string().into();
            return Cell { spoken: format!("{count} products").into(), text, class: class.into(), ..Cell::default() };
        }
        let told = self.scene.chapter == Some(super::Chapter::Spread);
        match self.lesson.way {
            Way::Paint if told && !self.scene.folded => {
                let sum = self.derived.partial_sums(self.scene.spread)[g];
                self.data(sum, self.sum_bound, self.scene.spread > 0)
            }
            way => {
                let here = self.scene.folded || (!way.spreads() && g < self.scene.gathered);
                self.data(nth(self.derived.transposed.iter(), g), self.sum_bound, here)
            }
        }
    }

    /// What one number of E paints on a cell.
    fn stamp(&self, j: usize, g: usize) -> Cell {
        let taps = self.derived.turned_taps(j, g);
        let painted = j < self.scene.spread || self.scene.output == Some(j);
        let value = nth(self.derived.input.iter(), j) * self.derived.turned[[j, g]];
        let mut cell = self.tagged(value, taps, painted);
        if self.lesson.hides(Spot::Input(j)) && !taps.is_empty() {
            cell.text = "?".into();
            cell.spoken = "?".into();
        }
        if painted && !taps.is_empty() {
            let hue = taps.first().map(|tap| hue(tap, self.derived.sizes().mask)).unwrap_or_default();
            cell.class = format!("data-{} {hue} tag", step(value, self.sum_bound)).into();
        }
        cell
    }

    fn chip(&self, i: usize) -> Option<Rc<Chip>> {
        let taps = self.derived.taps(i, self.window?);
        let first = taps.first()?;
        let value = self.derived.matrix[[i, self.window?]];
        Some(Rc::new(Chip {
            letter_class: hue(first, self.derived.sizes().mask).into(),
            class: format!("mask-{}", step(value, self.mask_bound)).into(),
            letter: if taps.len() == 1 { letter(first).into() } else { letters(taps).into() },
            // What would be cut is left to the mask itself.
            text: Some(cell_text(value)).filter(|text| text.chars().count() <= ROOM_ON_CHIP).unwrap_or_default().into(),
        }))
    }
}

/// A cell of a map that holds something.
#[derive(Clone, PartialEq)]
pub struct Mark {
    /// Row as printed.
    pub row: usize,
    /// Column as printed.
    pub column: usize,
    /// The class of its colour.
    pub colour: AttrValue,
    /// The class of its letter's hue.
    pub hue: Option<AttrValue>,
    /// Its number or letter.
    pub text: AttrValue,
    /// Whether the story has not come to it yet.
    pub quiet: bool,
    /// Whether it belongs to what is lit.
    pub lit: bool,
}

fn only(tap: usize) -> Taps {
    let mut taps = Taps::default();
    taps.insert(tap);
    taps
}

/// The places of a matrix where entries of the mask stand.
fn present(taps: &ndarray::Array2<Taps>) -> impl Iterator<Item = (usize, usize)> + '_ {
    taps.indexed_iter().filter(|(_, taps)| !taps.is_empty()).map(|(at, _)| at)
}

/// The step of a diverging scale: 4 is zero, 0 and 8 the bounds.
pub fn step(value: f32, bound: f32) -> u8 {
    (4.0 + 4.0 * value / bound.max(f32::MIN_POSITIVE)).round().clamp(0.0, LAST_STEP) as u8
}

/// The bound of a scale for these values.
pub fn bound<'a>(values: impl Iterator<Item = &'a f32>) -> f32 {
    values.fold(0.0_f32, |largest, value| largest.max(value.abs())) * HEADROOM
}

fn nth<'a>(mut values: impl Iterator<Item = &'a f32>, n: usize) -> f32 {
    values.nth(n).copied().unwrap_or(0.0)
}
