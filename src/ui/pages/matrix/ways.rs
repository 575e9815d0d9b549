//! The transposed convolution told another way, in the place of Cᵀ.

use super::{
    cells::{Mark, bound, step},
    map::MatrixMap,
};
use crate::{
    lesson::{
        matrix::{
            MatrixLesson,
            derived::Derived,
            narration::{hue, letter},
            scene::Scene,
            spot::{Array, Spot},
            timeline::Way,
            ways::{Gradient, Insertion, Paint},
        },
        numbers::cell_text,
    },
    ui::components::number_grid::{Cell, GridEvent, NumberGrid},
};
use ndarray::Array2;
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Arrays of more columns are drawn as maps.
const MOST_CELLS: usize = 8;

#[derive(Properties, PartialEq)]
pub struct WayViewProps {
    /// The page's state.
    pub lesson: MatrixLesson,
    /// What follows from its numbers.
    pub derived: Rc<Derived>,
    /// The picture at its position.
    pub scene: Scene,
    /// Width and height of the room, in units of the field.
    pub room: [f64; 2],
    /// What each number of E paints.
    pub stamps: Vec<(usize, Rc<[Cell]>)>,
    /// Told what the reader does in a grid.
    pub on_grid: Callback<(Array, GridEvent)>,
}

/// The picture of the way that is told, and how far it agrees with the matrix.
#[component]
pub fn WayView(props: &WayViewProps) -> Html {
    let (setup, derived, way) = (props.lesson.setup(), &props.derived, props.lesson.way);
    // Each way is computed on its own; what they have in common is only what comes out.
    let told = use_memo((setup.clone(), derived.clone(), way), |(setup, derived, way)| match way {
        Way::Insertion => Insertion::new(setup, derived).ok().map(Told::Insertion),
        Way::Gradient => Some(Told::Gradient(Gradient::new(setup, derived))),
        Way::Matrix | Way::Paint => Some(Told::Paint(Paint::new(setup, derived).agreement(derived))),
    });
    let node = use_node_ref();
    {
        // Cells are as large as their number and the room allow; style attributes are forbidden, this is not.
        let (node, room) = (node.clone(), props.room);
        let count = told.as_ref().as_ref().map_or([1, 1], |told| told.cells(props));
        use_effect_with((room, count), move |([width, height], [rows, columns])| {
            if let Some(element) = node.cast::<HtmlElement>() {
                let cell = [(width / *columns as f64 - 1.0).min(34.0), (height / *rows as f64 - 1.0).min(28.0)];
                let font = (cell[0] * 0.5).min(cell[1] * 0.62);
                for (name, value) in [("--cw", cell[0]), ("--ch", cell[1]), ("--cf", font)] {
                    let _ = element.style().set_property(name, &format!("{value:.3}"));
                }
            }
        });
    }
    let (picture, difference) = match told.as_ref() {
        Some(Told::Insertion(insertion)) => (inserted(props, insertion), insertion.agreement(derived)),
        Some(Told::Gradient(gradient)) => (nudged(props, gradient), gradient.agreement(derived)),
        Some(Told::Paint(difference)) => (painted(props), *difference),
        None => return Html::default(),
    };
    html! {
        <>
            <div class={classes!("told", way.slug())} ref={node}>{ picture }</div>
            <p class="agree">
                { "Largest difference to E·C" }<sup>{ "T" }</sup>{ ": " }<b>{ difference_text(difference) }</b>
            </p>
        </>
    }
}

enum Told {
    Paint(f64),
    Insertion(Insertion),
    Gradient(Gradient),
}

impl Told {
    /// Rows and columns of everything that the picture puts side by side.
    fn cells(&self, props: &WayViewProps) -> [usize; 2] {
        let sizes = props.derived.sizes();
        match self {
            Self::Paint(_) => [sizes.grown[0], props.stamps.len() * (sizes.grown[1] + 1)],
            Self::Insertion(told) => [told.inserted.nrows(), told.inserted.ncols() + sizes.mask[1] + 3],
            Self::Gradient(_) => [sizes.grown[0], sizes.grown[1] + sizes.result[1] + 5],
        }
    }
}

/// A difference, or zero where it is only what f32 rounds off.
fn difference_text(difference: f64) -> String {
    if difference == 0.0 { "0".to_owned() } else { crate::lesson::notation::scientific(difference) }
}

fn painted(props: &WayViewProps) -> Html {
    let columns = props.derived.sizes().grown[1];
    html! {
        for (j, cells) in props.stamps.iter() {
            { array(props, Array::Stamp(*j), columns, cells.clone()) }
        }
    }
}

/// E with its zeros, the window of the flipped mask, and the mask.
fn inserted(props: &WayViewProps, insertion: &Insertion) -> Html {
    let sizes = props.derived.sizes();
    let canvas = insertion.canvas.ncols();
    // In a padding mode the canvas has a margin; the cells of the result lie inside it.
    let target = props
        .scene
        .target
        .map(|g| [g / sizes.grown[1] + insertion.margin[0][0], g % sizes.grown[1] + insertion.margin[1][0]]);
    let target = target.filter(|[row, column]| *row < insertion.canvas.nrows() && *column < canvas);
    let met: Vec<(usize, usize)> = target.map(|place| insertion.meetings(place)).unwrap_or_default();
    let scale = bound(props.derived.input.iter());
    let mask_scale = bound(props.derived.mask.iter());
    let own = numbers_of(props, insertion);
    let cells: Rc<[Cell]> = insertion
        .inserted
        .iter()
        .enumerate()
        .map(|(place, value)| {
            let entry = met.iter().find(|(at, _)| *at == place).map(|(_, entry)| *entry);
            let class = if own[place].is_some() { format!("data-{}", step(*value, scale)) } else { "empty".to_owned() };
            let hidden = own[place].is_some_and(|number| props.lesson.hides(Spot::Input(number)));
            let text = if hidden { "?".to_owned() } else { cell_text(*value) };
            Cell {
                spoken: text.clone().into(),
                text: if own[place].is_some() { text.into() } else { "·".into() },
                class: class.into(),
                lit: entry.is_some(),
                ..Cell::default()
            }
        })
        .collect();
    let count = sizes.taps();
    let flipped: Rc<[Cell]> = insertion
        .flipped
        .iter()
        .enumerate()
        .map(|(at, value)| {
            // Two turns by 180° are none: with a flipped mask the letters stand as the reader wrote them.
            let tap = if props.lesson.setup().flip { at } else { count - 1 - at };
            Cell {
                text: cell_text(*value).into(),
                spoken: cell_text(*value).into(),
                class: format!("mask-{} {}", step(*value, mask_scale), hue(tap, sizes.mask)).into(),
                letter: Some(letter(tap).into()),
                ..Cell::default()
            }
        })
        .collect();
    html! {
        <>
            { array(props, Array::Inserted, insertion.inserted.ncols(), cells) }
            <div class="beside">
                { array(props, Array::Flipped, sizes.mask[1], flipped) }
                <span class="note">{ "flipped mask" }</span>
            </div>
        </>
    }
}

/// Which number of E each cell holds, if it is no zero between or around them: the kernel is asked with numbered ones.
fn numbers_of(props: &WayViewProps, insertion: &Insertion) -> Vec<Option<usize>> {
    let setup = props.lesson.setup();
    let sizes = props.derived.sizes();
    let [rows, columns] = sizes.result;
    let numbered = Array2::from_shape_fn((rows, columns), |(row, column)| (row * columns + column + 1) as f32);
    let mut geometry = setup.geometry;
    if setup.mode != crate::convolution::PaddingMode::Zero {
        geometry.padding = [[0; 2]; 2];
        geometry.output_padding = setup.fitting_output_padding();
    }
    crate::convolution::zero_insertion(numbered.view(), &geometry, sizes.mask).map_or_else(
        |_| vec![None; insertion.inserted.len()],
        |numbers| numbers.iter().map(|number| (*number as usize).checked_sub(1)).collect(),
    )
}

/// The patch with one cell nudged, and what that changes.
fn nudged(props: &WayViewProps, gradient: &Gradient) -> Html {
    let sizes = props.derived.sizes();
    let cell = props.scene.target.unwrap_or(0).min(gradient.changes.len().saturating_sub(1));
    let scale = bound(gradient.patch.iter());
    let patch: Rc<[Cell]> = gradient
        .patch
        .iter()
        .enumerate()
        .map(|(at, value)| {
            let text = if at == cell { format!("{}+1", cell_text(*value)) } else { cell_text(*value) };
            Cell {
                spoken: text.clone().into(),
                text: text.into(),
                class: format!("data-{}", step(*value, scale)).into(),
                lit: at == cell,
                ..Cell::default()
            }
        })
        .collect();
    let Some(change) = gradient.changes.get(cell) else { return Html::default() };
    let scale = bound(gradient.changes.iter().flatten());
    let changes: Rc<[Cell]> = change
        .iter()
        .map(|value| Cell {
            text: cell_text(*value).into(),
            spoken: cell_text(*value).into(),
            class: format!("mask-{}", step(*value, scale)).into(),
            ..Cell::default()
        })
        .collect();
    let slope = gradient.result.iter().nth(cell).copied().unwrap_or(0.0);
    html! {
        <>
            { array(props, Array::Nudged, sizes.grown[1], patch) }
            <span class="arrow" aria-hidden="true">{ "→" }</span>
            <div class="beside">
                { array(props, Array::Change, sizes.result[1], changes) }
                <span class="note">{ "change of the result" }</span>
            </div>
            <div class="beside slope">
                <span class="note">{ "times E, summed" }</span>
                <b>{ if props.lesson.hides(Spot::Transposed(cell)) { "?".to_owned() } else { cell_text(slope) } }</b>
            </div>
        </>
    }
}

/// An array as cells, or as a map when it is large.
fn array(props: &WayViewProps, array: Array, columns: usize, cells: Rc<[Cell]>) -> Html {
    // Where the mask is flipped to begin with, turning it again brings the reader's own order back; spots count as if not.
    let turns = array == Array::Flipped && props.lesson.setup().flip;
    let last = cells.len().saturating_sub(1);
    let at = move |place: usize| if turns { last - place.min(last) } else { place };
    let on_event = props.on_grid.reform(move |event| {
        let event = match event {
            GridEvent::Point(place) => GridEvent::Point(place.map(at)),
            GridEvent::Pin(place) => GridEvent::Pin(at(place)),
            other => other,
        };
        (array, event)
    });
    if columns <= MOST_CELLS {
        return html! {
            <NumberGrid key={array.slug()} label={array.name()} slug={array.slug()} {columns} {cells} {on_event} />
        };
    }
    let marks: Vec<Mark> = cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| cell.text != "·" || cell.lit)
        .map(|(place, cell)| Mark {
            row: place / columns,
            column: place % columns,
            colour: cell.class.split(' ').next().unwrap_or_default().to_owned().into(),
            hue: None,
            text: cell.text.clone(),
            quiet: false,
            lit: cell.lit,
        })
        .collect();
    html! {
        <MatrixMap
            key={array.slug()}
            label={array.name()}
            slug={array.slug()}
            size={[cells.len() / columns, columns]}
            marks={Rc::new(marks)}
            {on_event}
        />
    }
}
