//! An array of a view: its caption, and its numbers as a grid, or as a map where there are too many for cells.

use crate::{
    lesson::{
        matrix::{MatrixLesson, Wish, spot::Array},
        numbers::cell_text,
    },
    ui::{
        components::number_grid::{Cell, GridEvent, NumberGrid},
        pages::matrix::{
            cells::{Mark, step},
            map::MatrixMap,
        },
    },
};
use ndarray::Array2;
use std::rc::Rc;
use yew::prelude::*;

/// The most columns that the style sheet lays out as cells.
const MOST_COLUMNS: usize = 12;
/// The most cells that are cells; beyond, a map.
const MOST_CELLS: usize = 160;

/// An array, its name, and what is said about it.
pub struct Figure<'a> {
    /// The accessible name, printed as the caption.
    pub label: &'a str,
    /// What stands behind it in the caption.
    pub note: String,
    /// The word that marks it in the markup.
    pub slug: &'a str,
    /// Rows and columns.
    pub size: [usize; 2],
    /// The cells, row by row.
    pub cells: Rc<[Cell]>,
    /// The story's array that it is, if the reader may type there.
    pub editable: Option<Array>,
    /// Told what the reader does.
    pub on_event: Callback<GridEvent>,
}

/// The array as it stands on the stage.
pub fn figure(lesson: &MatrixLesson, figure: Figure<'_>) -> Html {
    let Figure { label, note, slug, size, cells, editable, on_event } = figure;
    let [rows, columns] = size;
    let refusal = lesson.refusal.as_ref().and_then(|refusal| match refusal.wish {
        Wish::Cell(array, place) if editable == Some(array) => Some((place, refusal.reason.clone())),
        _ => None,
    });
    let room = match rows.max(columns) {
        13.. => "cells-tall",
        10.. => "cells-xs",
        7.. => "cells-s",
        5.. => "cells-m",
        _ => "cells-l",
    };
    let (label, slug) = (AttrValue::from(label.to_owned()), AttrValue::from(slug.to_owned()));
    html! {
        <div class={classes!("figure", room)} data-figure={&slug}>
            <h2 class="cap">{ &label }{ " " }<small>{ note }</small></h2>
            if columns > MOST_COLUMNS || rows * columns > MOST_CELLS {
                <MatrixMap {label} {slug} {size} marks={Rc::new(marks(&cells, columns))} {on_event} />
            } else {
                <NumberGrid
                    {label}
                    {slug}
                    {columns}
                    {cells}
                    editable={editable.is_some()}
                    refused={refusal.as_ref().map(|(place, _)| *place)}
                    {on_event}
                />
            }
            if let Some((_, reason)) = refusal {
                <p class="refusal" role="alert">{ reason }</p>
            }
        </div>
    }
}

/// “4 × 4”.
pub fn times([rows, columns]: [usize; 2]) -> String {
    format!("{rows} × {columns}")
}

/// The cells of an array on the scale of data.
pub fn data_cells(array: &Array2<f32>, bound: f32, lit: &dyn Fn(usize) -> bool) -> Rc<[Cell]> {
    array
        .iter()
        .enumerate()
        .map(|(place, value)| {
            let text = AttrValue::from(cell_text(*value));
            let class = AttrValue::from(format!("data-{}", step(*value, bound)));
            Cell { spoken: text.clone(), text, class, lit: lit(place), ..Cell::default() }
        })
        .collect()
}

/// The cells of a matrix on the scale of masks; its zeros are dots.
pub fn matrix_cells(array: &Array2<f32>, bound: f32, lit: &dyn Fn(usize) -> bool) -> Rc<[Cell]> {
    array
        .iter()
        .enumerate()
        .map(|(place, value)| {
            let lit = lit(place);
            if *value == 0.0 {
                return Cell { text: "·".into(), spoken: "0".into(), class: "empty".into(), lit, ..Cell::default() };
            }
            let text = AttrValue::from(cell_text(*value));
            let class = AttrValue::from(format!("mask-{}", step(*value, bound)));
            Cell { spoken: text.clone(), text, class, lit, ..Cell::default() }
        })
        .collect()
}

/// What a map draws of such cells: those that hold something, and those that are lit.
fn marks(cells: &[Cell], columns: usize) -> Vec<Mark> {
    cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| cell.lit || !cell.class.starts_with("empty"))
        .map(|(place, cell)| Mark {
            row: place / columns,
            column: place % columns,
            colour: cell.class.clone(),
            hue: None,
            text: cell.text.clone(),
            quiet: false,
            lit: cell.lit,
        })
        .collect()
}
