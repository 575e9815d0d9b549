//! What every cell of the stage looks like: text, colour, letter, chip and light, from numbers, scene and pointer.

use crate::{
    lesson::{
        matrix::{
            MatrixLesson,
            derived::Derived,
            links::{Links, Reading},
            narration::letter,
            scene::Scene,
            spot::{Array, Spot},
        },
        numbers::cell_text,
    },
    ui::components::number_grid::{Cell, Chip},
};
use std::rc::Rc;
use yew::AttrValue;

/// How many characters fit a cell of C beside its letter.
const ROOM_BESIDE_LETTER: usize = 2;

/// The steps of each colour scale.
const LAST_STEP: f32 = 8.0;

/// Ordinary values stay calm: the largest of an array reaches this share of its scale.
const HEADROOM: f32 = 1.34;

/// Builds the cells of every array of the stage.
pub struct Painter<'a> {
    lesson: &'a MatrixLesson,
    derived: &'a Derived,
    scene: &'a Scene,
    links: Option<Links>,
    /// The output whose window carries the mask's chips.
    window: Option<usize>,
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
            data_bound: bound(lesson.patch.iter()),
            mask_bound: bound(lesson.mask.iter()),
            result_bound: bound(derived.result.iter()),
            input_bound: bound(derived.input.iter()),
            sum_bound: bound(derived.transposed.iter()),
        }
    }

    /// The cells of an array, row by row.
    pub fn cells(&self, array: Array) -> Rc<[Cell]> {
        let (inputs, outputs) = (self.derived.inputs(), self.derived.outputs());
        let count = match array {
            Array::Mask => self.lesson.mask.len(),
            Array::Matrix | Array::Turned => inputs * outputs,
            Array::Product | Array::Result | Array::Input | Array::InputVector => outputs,
            _ => inputs,
        };
        (0..count).map(|place| self.cell(array, Spot::at(array, place, inputs, outputs))).collect()
    }

    fn cell(&self, array: Array, spot: Spot) -> Cell {
        let mut cell = match spot {
            Spot::Patch(i) => Cell { chip: self.chip(i), ..self.data(self.derived.patch[i], self.data_bound, true) },
            Spot::Vector(i) => self.data(self.derived.patch[i], self.data_bound, true),
            Spot::Mask(tap) => {
                let value = self.lesson.mask.iter().nth(tap).copied().unwrap_or(0.0);
                self.entry(value, Some(tap), true, true)
            }
            Spot::Placed(j, i) => self.placed(i, j),
            Spot::Entry(i, j) => {
                self.entry(self.derived.matrix[[i, j]], self.derived.taps[[i, j]], j < self.scene.unrolled, false)
            }
            Spot::Turned(j, i) => {
                self.entry(self.derived.matrix[[i, j]], self.derived.taps[[i, j]], j < self.scene.turned, false)
            }
            Spot::Product(j) | Spot::Result(j) => {
                self.data(self.result(j), self.result_bound, j < self.scene.multiplied)
            }
            Spot::Input(j) | Spot::InputVector(j) => {
                let own = self.lesson.input.is_some() && array == Array::Input;
                self.data(
                    nth(self.derived.input.iter(), j),
                    self.input_bound,
                    own || self.scene.turned == self.derived.outputs(),
                )
            }
            Spot::Sum(i) => self.sum(i),
            Spot::Transposed(i) => self.data(nth(self.derived.transposed.iter(), i), self.sum_bound, self.scene.folded),
        };
        cell.lit = self.is_lit(spot);
        cell
    }

    /// A whole window, column or row is outlined by the overlay; single cells are lit one by one.
    fn is_lit(&self, spot: Spot) -> bool {
        let Some(links) = &self.links else { return false };
        if self.lesson.lit() == Some(spot) {
            return true;
        }
        let outlined = links.output.is_some() && links.input.is_none();
        let by_cell = matches!(spot, Spot::Input(_) | Spot::InputVector(_) | Spot::Sum(_) | Spot::Transposed(_));
        (by_cell || !outlined) && links.contains(spot)
    }

    fn result(&self, j: usize) -> f32 {
        nth(self.derived.result.iter(), j)
    }

    fn data(&self, value: f32, bound: f32, coloured: bool) -> Cell {
        let class = if coloured { format!("data-{}", step(value, bound)) } else { "empty quiet".to_owned() };
        Cell { text: cell_text(value).into(), spoken: cell_text(value).into(), class: class.into(), ..Cell::default() }
    }

    /// A place of C: an entry of the mask, or nothing at all. `as_mask` keeps numbers even when letters are shown.
    fn entry(&self, value: f32, tap: Option<usize>, coloured: bool, as_mask: bool) -> Cell {
        let Some(tap) = tap else {
            return Cell { text: "·".into(), spoken: "0".into(), class: "empty".into(), ..Cell::default() };
        };
        let name = letter(tap);
        let colour = if coloured { format!("mask-{}", step(value, self.mask_bound)) } else { "empty quiet".to_owned() };
        let class: AttrValue = format!("{colour} L-{name}").into();
        if self.lesson.letters && !as_mask {
            let text: AttrValue = name.into();
            return Cell { text, spoken: cell_text(value).into(), class, ..Cell::default() };
        }
        let text: AttrValue = cell_text(value).into();
        // A number that needs the room keeps its hue as a bar, without the letter.
        if !as_mask && text.chars().count() > ROOM_BESIDE_LETTER {
            let class = format!("{class} tag").into();
            return Cell { spoken: text.clone(), text, class, ..Cell::default() };
        }
        Cell { spoken: text.clone(), text, class, letter: Some(name.into()), ..Cell::default() }
    }

    fn placed(&self, i: usize, j: usize) -> Cell {
        let arrived = j < self.scene.placed;
        match self.derived.taps[[i, j]] {
            Some(tap) => {
                let mut cell = self.entry(self.derived.matrix[[i, j]], Some(tap), arrived, true);
                cell.class = format!("{} tag", cell.class).into();
                cell.letter = None;
                cell
            }
            None => self.entry(0.0, None, arrived, true),
        }
    }

    /// The sums as far as they have been spread; before that, quietly, what they will be.
    fn sum(&self, i: usize) -> Cell {
        let spread = self.scene.spread;
        if spread == 0 || spread == self.derived.outputs() {
            return self.data(nth(self.derived.transposed.iter(), i), self.sum_bound, spread > 0);
        }
        self.data(self.derived.partial_sums(spread)[i], self.sum_bound, true)
    }

    fn chip(&self, i: usize) -> Option<Rc<Chip>> {
        let tap = self.derived.taps[[i, self.window?]]?;
        let value = nth(self.lesson.mask.iter(), tap);
        let name = letter(tap);
        Some(Rc::new(Chip {
            letter_class: format!("L-{name}").into(),
            class: format!("mask-{}", step(value, self.mask_bound)).into(),
            letter: name.into(),
            text: cell_text(value).into(),
        }))
    }
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
