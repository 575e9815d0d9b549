//! The plane: how often each cell is painted, with numbers while they can be read, and as heat beyond.

use super::drawing::{Scale, Spot};
use crate::{
    lesson::{decimal, upsample::narration::printed},
    ui::components::number_grid::{Cell, GridEvent, NumberGrid},
    ui::pictures::canvas::use_css_variables,
    web::{canvas::draw_bytes, events::Listener, palette, resize::SizeObserver},
};
use std::{ops::Range, rc::Rc};
use web_sys::{Element, HtmlCanvasElement};
use yew::prelude::*;

/// Up to so many columns the cells carry their numbers whatever the room, and up to so many where they have it.
pub const ALWAYS_NUMBERED: usize = 13;
pub const NUMBERED: usize = 16;
/// The width of a cell in which a number can be read, in CSS pixels.
const LEGIBLE: f64 = 16.0;

/// What is told of a cell.
#[derive(Clone, Copy, PartialEq)]
pub enum Told {
    /// It is still to come.
    ToCome,
    /// Paint is being laid on it: so much has landed before, if anything.
    Filling(Option<f64>),
    /// It holds this.
    Held(f64),
}

#[derive(Properties, PartialEq)]
pub struct MapProps {
    /// What the colours stand for, row by row; what is still to come is not a number.
    pub values: Rc<Vec<f64>>,
    /// What is told of the cells; empty where there are too many for numbers.
    pub told: Rc<Vec<Told>>,
    /// The number of columns.
    pub columns: usize,
    /// The smallest and the largest value of the whole.
    pub range: [f64; 2],
    /// The colours.
    pub scale: Scale,
    /// What the values are.
    pub title: &'static str,
    /// What the caption says.
    pub caption: AttrValue,
    /// What is said of the plane, or of the cell that is pointed at.
    pub words: AttrValue,
    /// The rows and columns that are pointed at elsewhere.
    pub lit: Option<[Range<usize>; 2]>,
    /// Told the place that the reader points at.
    pub on_point: Callback<Option<usize>>,
    /// Told the place that the reader pins.
    pub on_pin: Callback<usize>,
}

/// The map with its scale.
#[component]
pub fn Map(props: &MapProps) -> Html {
    let node = use_node_ref();
    let (columns, scale) = (props.columns.max(1), props.scale);
    use_css_variables(&node, vec![("--columns", columns.to_string())]);
    let width = use_width(&node);
    let on_event = (props.on_point.clone(), props.on_pin.clone());
    let on_event = use_callback(on_event, move |event: GridEvent, (on_point, on_pin)| match event {
        GridEvent::Point(place) => on_point.emit(place),
        GridEvent::Pin(place) => on_pin.emit(place),
        _ => {}
    });
    // A sum of weights has more signs than a count.
    let long = props.told.iter().any(|told| matches!(told, Told::Held(held) if held.fract() != 0.0));
    let needed = if long { 1.6 * LEGIBLE } else { LEGIBLE };
    let has_room = columns <= ALWAYS_NUMBERED || width.is_some_and(|width| width / columns as f64 >= needed);
    let numbered = has_room && props.told.len() == props.values.len();
    let is_lit = |place: usize| {
        let [row, column] = [place / columns, place % columns];
        props.lit.as_ref().is_some_and(|[rows, columns]| rows.contains(&row) && columns.contains(&column))
    };
    let figure = if numbered {
        let cells: Rc<[Cell]> = props
            .told
            .iter()
            .zip(props.values.iter())
            .enumerate()
            .map(|(place, (told, value))| {
                let (text, spoken) = match told {
                    Told::Held(held) => (AttrValue::from(printed(*held)), AttrValue::from(printed(*held))),
                    // A number is told when it has landed; until then the one before it holds.
                    Told::Filling(Some(held)) => (AttrValue::default(), printed(*held).into()),
                    Told::Filling(None) | Told::ToCome => (AttrValue::default(), "not painted yet".into()),
                };
                let class = if *told == Told::ToCome { "count-0".to_owned() } else { scale.name(scale.stop(*value)) };
                Cell { spoken, class: class.into(), text, lit: is_lit(place), ..Cell::default() }
            })
            .collect();
        html! { <NumberGrid label="Overlap counts" slug="overlap" {columns} {cells} {on_event} /> }
    } else {
        html! { <Heat values={props.values.clone()} {columns} {scale} label={format!("Overlap counts as heat, {}", props.caption)} /> }
    };
    html! {
        <div class="fig map-fig" ref={node}>
            <h2 class="cap">{ props.title }<small>{ &props.caption }</small></h2>
            <div class={classes!("map-grid", (!numbered).then_some("heat"))}>{ figure }</div>
            { legend(props) }
            <p class="note">{ &props.words }</p>
        </div>
    }
}

/// The width of an element, once it is known, in CSS pixels.
#[hook]
fn use_width(node: &NodeRef) -> Option<f64> {
    let width = use_state_eq(|| None);
    {
        let (node, width) = (node.clone(), width.clone());
        use_effect_with((), move |()| {
            let observer = node.cast::<Element>().map(|element| {
                let target = element.clone();
                SizeObserver::new(&element, move || width.set(Some(f64::from(target.client_width()))))
            });
            move || drop(observer)
        });
    }
    *width
}

/// Which colour means what: the least, the most, and what lies between.
fn legend(props: &MapProps) -> Html {
    let ([least, largest], scale) = (props.range, props.scale);
    html! {
        <p class="legend">
            <span>{ "least " }<b>{ printed(least) }</b></span>
            <i class="swatches" aria-hidden="true">
                for stop in scale.stop(least)..=scale.stop(largest) {
                    <i key={stop} class={scale.name(stop)}></i>
                }
            </i>
            <span><b>{ printed(largest) }</b>{ " most" }</span>
        </p>
    }
}

/// The cell of the plane at a place of a map whose first row and column are these.
pub fn spot_of(place: usize, columns: usize, first: usize) -> Spot {
    Spot::Place(place / columns + first, place % columns + first)
}

#[derive(Properties, PartialEq)]
struct HeatProps {
    values: Rc<Vec<f64>>,
    columns: usize,
    scale: Scale,
    label: AttrValue,
}

/// The values as colours between the stops of the scale, a canvas pixel each.
#[component]
fn Heat(props: &HeatProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((props.values.clone(), props.columns, props.scale), move |(values, columns, scale)| {
            let (values, columns, scale) = (values.clone(), *columns, *scale);
            let listener = node.cast::<HtmlCanvasElement>().map(|canvas| {
                let again = move || {
                    // A canvas without a context stays blank; the words beside it say the same.
                    let _ =
                        draw_bytes(&canvas, columns as u32, (values.len() / columns) as u32, &bytes(&values, scale));
                };
                again();
                Listener::on_window("themechange", move |_| again())
            });
            move || drop(listener)
        });
    }
    html! { <canvas ref={node} width="1" height="1" role="img" aria-label={&props.label} /> }
}

fn bytes(values: &[f64], scale: Scale) -> Vec<u8> {
    let stops: Vec<[f64; 3]> = scale.names().map(|name| channels(&palette::paint(&name).0)).collect();
    let mut bytes = Vec::with_capacity(values.len() * 4);
    for value in values {
        let place = scale.place(*value);
        let below = (place as usize).min(stops.len() - 2);
        let part = place - below as f64;
        bytes.extend((0..3).map(|c| (stops[below][c] * (1.0 - part) + stops[below + 1][c] * part).round() as u8));
        bytes.push(255);
    }
    bytes
}

/// The channels of a colour as the browser writes it: `rgb(31, 119, 180)`.
fn channels(colour: &str) -> [f64; 3] {
    let mut numbers = colour.split(|c: char| !c.is_ascii_digit() && c != '.').filter_map(decimal::parse);
    std::array::from_fn(|_| numbers.next().unwrap_or_default())
}
