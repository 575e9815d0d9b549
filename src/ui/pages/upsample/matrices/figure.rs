//! A way's matrix for the tiny input, coloured by which rows hold the same weights, beside what it makes of the input.

use super::{
    entry::{bound, number, step},
    map::Map,
};
use crate::{
    lesson::upsample::{Layer, rows, tiny::Tiny},
    ui::{
        components::number_grid::{Cell, GridEvent, NumberGrid},
        pictures::canvas::use_css_variables,
    },
};
use ndarray::Array2;
use std::rc::Rc;
use yew::prelude::*;

/// A matrix of more rows is a map.
const MOST_ROWS: usize = 26;
/// Results of more columns print no letters, and of still more no numbers: their colours have to do, and their cells are
/// spoken. Beside a map there is more room.
const MOST_LETTERED: [usize; 2] = [4, 6];
const MOST_NUMBERED: [usize; 2] = [7, 10];

/// What is pointed at in one figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// A row of the matrix: a cell of the large array.
    pub row: Option<usize>,
    /// A column of the matrix: a pixel of the small one.
    pub column: Option<usize>,
}

#[derive(Properties, PartialEq)]
pub struct FigureProps {
    /// The matrix and its result.
    pub tiny: Rc<Tiny>,
    /// What it is applied to.
    pub input: Array2<f32>,
    /// The layer that the matrix is made by.
    pub layer: Layer,
    /// What is pointed at.
    pub spot: Spot,
    /// Told what is pointed at.
    pub on_spot: Callback<Spot>,
}

/// The figure.
#[component]
pub fn Figure(props: &FigureProps) -> Html {
    let FigureProps { tiny, input, layer, spot, on_spot } = props;
    let node = use_node_ref();
    let (count, columns) = (tiny.entries.nrows(), tiny.entries.ncols());
    let across = tiny.output.ncols();
    use_css_variables(
        &node,
        vec![
            ("--rows", count.to_string()),
            ("--columns", columns.to_string()),
            ("--across", across.to_string()),
            ("--row", format!("{}px", (360 / count.max(1)).clamp(3, 10))),
        ],
    );
    let matrix_event = on_spot.reform(move |event: GridEvent| match event {
        GridEvent::Point(Some(place)) | GridEvent::Pin(place) => {
            Spot { row: Some(place / columns.max(1)), column: Some(place % columns.max(1)) }
        }
        _ => Spot::default(),
    });
    let result_event = on_spot.reform(|event: GridEvent| match event {
        GridEvent::Point(Some(place)) | GridEvent::Pin(place) => Spot { row: Some(place), column: None },
        _ => Spot::default(),
    });
    let name = tiny.way.name();
    let label: AttrValue = format!("Matrix, {}", name.to_ascii_lowercase()).into();
    let is_map = count > MOST_ROWS;
    let dense = across > MOST_NUMBERED[usize::from(is_map)];
    // A map prints no numbers.
    let hint = if is_map { "Point at a row of the map, or at a cell: its numbers stand here." } else { "" };
    html! {
        <div ref={node} class={classes!("fig", "tiny", is_map.then_some("mapped"), dense.then_some("dense"))} data-way={tiny.way.id()}>
            <h2 class="cap">{ name }<small>{ format!("{count} × {columns}") }</small></h2>
            <div class="tiny-pair">
                <div class="tiny-matrix">
                    if is_map {
                        <Map {label} tiny={tiny.clone()} spot={*spot} on_spot={on_spot.clone()} />
                    } else {
                        <NumberGrid
                            {label}
                            slug={format!("matrix-{}", tiny.way.id())}
                            {columns}
                            cells={entries(tiny, *spot)}
                            on_event={matrix_event}
                        />
                    }
                </div>
                <div class="tiny-result">
                    <NumberGrid
                        label={format!("Result, {}", name.to_ascii_lowercase())}
                        slug={format!("result-{}", tiny.way.id())}
                        columns={across}
                        cells={results(tiny, *spot, MOST_LETTERED[usize::from(is_map)])}
                        on_event={result_event}
                    />
                    <p class="note">{ rows::kinds(tiny, *layer) }</p>
                </div>
            </div>
            <p class="note equation">{ spot.row.and_then(|row| rows::equation(tiny, input, row)).unwrap_or_else(|| hint.to_owned()) }</p>
        </div>
    }
}

/// The hue of a kind of rows: five families, then lighter and darker ones.
pub fn hue(kind: usize) -> String {
    let lightness = [2, 4, 0, 3, 1][kind / 5 % 5];
    format!("H{}{lightness}", kind % 5)
}

/// The letter of a kind of rows.
fn letter(kind: usize) -> AttrValue {
    char::from_u32('a' as u32 + (kind % 26) as u32).map(String::from).unwrap_or_default().into()
}

/// How a row stands to what is pointed at: itself, of the same kind, or neither.
pub fn relation(tiny: &Tiny, spot: Spot, row: usize) -> (bool, bool) {
    let Some(pointed) = spot.row else { return (false, false) };
    let kind = |row: usize| tiny.classes.get(row).copied().flatten();
    (pointed == row, pointed != row && kind(row).is_some() && kind(row) == kind(pointed))
}

fn entries(tiny: &Tiny, spot: Spot) -> Rc<[Cell]> {
    let columns = tiny.entries.ncols().max(1);
    let cell = |(place, value): (usize, &f32)| {
        let (row, column) = (place / columns, place % columns);
        let (here, kin) = relation(tiny, spot, row);
        let ground = match tiny.classes.get(row).copied().flatten() {
            _ if *value == 0.0 => "empty".to_owned(),
            Some(kind) => format!("swatch {}", hue(kind)),
            None => "count-2".to_owned(),
        };
        let class = if kin && *value != 0.0 { format!("{ground} kin") } else { ground };
        // A row is outlined as a whole, a column where it has something.
        let lit = here || (spot.row.is_none() && spot.column == Some(column) && *value != 0.0);
        let mut cell = Cell { lit, ..number(*value, class.into()) };
        if *value == 0.0 {
            cell.text = "·".into();
        }
        cell
    };
    tiny.entries.iter().enumerate().map(cell).collect()
}

fn results(tiny: &Tiny, spot: Spot, most_lettered: usize) -> Rc<[Cell]> {
    let bound = bound(tiny.output.iter());
    let lettered = tiny.output.ncols() <= most_lettered;
    let cell = |(place, value): (usize, &f32)| {
        let (here, kin) = relation(tiny, spot, place);
        let from_column = spot.row.is_none()
            && spot.column.and_then(|column| tiny.entries.get((place, column))).is_some_and(|weight| *weight != 0.0);
        let kind = tiny.classes.get(place).copied().flatten();
        let hued = kind.map(hue).unwrap_or_default();
        let class = format!("data-{} {hued}{}", step(*value, bound), if kin { " kin" } else { "" });
        let mut cell = Cell { lit: here || from_column, ..number(*value, class.into()) };
        cell.letter = kind.filter(|_| lettered).map(letter);
        if cell.letter.is_none() && kind.is_some() {
            cell.class = format!("{} tag", cell.class).into();
        }
        cell
    };
    tiny.output.iter().enumerate().map(cell).collect()
}
