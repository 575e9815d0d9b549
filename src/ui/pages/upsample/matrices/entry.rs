//! The grids that the reader types into: the tiny input E, and the mask.

use crate::{
    lesson::{
        notation::decimals,
        numbers::{cell_text, parse_entry},
        paste::{parse_block, place_block},
    },
    ui::components::number_grid::{Cell, GridEvent, NumberGrid},
};
use ndarray::Array2;
use std::rc::Rc;
use yew::prelude::*;

/// Ordinary values stay calm: the largest of an array reaches this share of its scale.
const HEADROOM: f32 = 1.34;

#[derive(Properties, PartialEq)]
pub struct EntryProps {
    /// The accessible name.
    pub label: AttrValue,
    /// The word that marks the grid in the markup.
    pub slug: AttrValue,
    /// The colour scale: `data` or `mask`.
    pub scale: AttrValue,
    /// The numbers.
    pub array: Array2<f32>,
    /// Whether the reader may type.
    pub editable: bool,
    /// The cells that are lit.
    #[prop_or_default]
    pub lit: Vec<usize>,
    /// Told each number that changes: its place, row by row, and its value.
    pub on_number: Callback<(usize, f32)>,
    /// Told the cell under the pointer or with the focus.
    #[prop_or_default]
    pub on_point: Callback<Option<usize>>,
    /// Told what was wrong with an entry, and when one was right again.
    pub on_refusal: Callback<Option<AttrValue>>,
}

/// The grid. It marks the cell whose last entry was refused.
#[component]
pub fn Entry(props: &EntryProps) -> Html {
    let refused = use_state_eq(|| None::<usize>);
    let on_event = {
        let (refused, array, on_refusal) = (refused.clone(), props.array.clone(), props.on_refusal.clone());
        let judged = move |refusal: Option<(usize, AttrValue)>| {
            refused.set(refusal.as_ref().map(|(place, _)| *place));
            on_refusal.emit(refusal.map(|(_, sentence)| sentence));
        };
        let (on_number, on_point) = (props.on_number.clone(), props.on_point.clone());
        Callback::from(move |event: GridEvent| match event {
            GridEvent::Point(place) => on_point.emit(place),
            GridEvent::Pin(_) => {}
            GridEvent::Enter(place, text) => match parse_entry(&text) {
                Ok(value) => {
                    judged(None);
                    on_number.emit((place, value));
                }
                Err(sentence) => judged(Some((place, sentence.to_string().into()))),
            },
            GridEvent::Nudge(place, by) => {
                if let Some(value) = array.iter().nth(place) {
                    on_number.emit((place, value + by));
                }
            }
            GridEvent::Paste(place, text) => {
                let limit = array.nrows().max(array.ncols());
                match parse_block(&text).and_then(|block| place_block(&array, place, &block, limit)) {
                    Ok(placed) => {
                        judged(None);
                        placed.iter().enumerate().for_each(|(place, value)| on_number.emit((place, *value)));
                    }
                    Err(sentence) => judged(Some((place, sentence.to_string().into()))),
                }
            }
        })
    };
    let bound = bound(props.array.iter());
    let cells: Rc<[Cell]> = props
        .array
        .iter()
        .enumerate()
        .map(|(place, value)| Cell {
            lit: props.lit.contains(&place),
            ..number(*value, format!("{}-{}", props.scale, step(*value, bound)).into())
        })
        .collect();
    html! {
        <NumberGrid
            label={&props.label}
            slug={&props.slug}
            columns={props.array.ncols()}
            {cells}
            editable={props.editable}
            refused={*refused}
            {on_event}
        />
    }
}

/// A cell with its number. What is too little for its decimals is not printed as nothing.
pub fn number(value: f32, class: AttrValue) -> Cell {
    let text = AttrValue::from(cell_text(value));
    let (text, spoken) = match &*text {
        "0" if value > 0.0 => ("<.01".into(), decimals(f64::from(value), 5).into()),
        "0" if value < 0.0 => (">−.01".into(), decimals(f64::from(value), 5).into()),
        _ => (text.clone(), text),
    };
    Cell { text, spoken, class, ..Cell::default() }
}

/// The step of a diverging scale: 4 is zero, 0 and 8 the bounds.
pub fn step(value: f32, bound: f32) -> u8 {
    (4.0 + 4.0 * value / bound.max(f32::MIN_POSITIVE)).round().clamp(0.0, 8.0) as u8
}

/// The bound of a scale for these values.
pub fn bound<'a>(values: impl Iterator<Item = &'a f32>) -> f32 {
    values.fold(0.0_f32, |largest, value| largest.max(value.abs())) * HEADROOM
}
