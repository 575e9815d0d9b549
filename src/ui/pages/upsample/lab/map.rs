//! The plane: how often each cell is painted, with numbers while they can be read, and as heat beyond.

use super::drawing::printed;
use crate::lesson::decimal;
use crate::{
    ui::components::number_grid::{Cell, GridEvent, NumberGrid},
    ui::pictures::canvas::use_css_variables,
    web::{canvas::draw_bytes, events::Listener, palette},
};
use std::rc::Rc;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

/// Up to so many columns the cells carry their numbers.
pub const NUMBERED: usize = 13;
/// The stops of the scale of counts.
const STOPS: usize = 8;

#[derive(Properties, PartialEq)]
pub struct MapProps {
    /// The values, row by row; what is still to come is not a number.
    pub values: Rc<Vec<f64>>,
    /// The number of columns.
    pub columns: usize,
    /// The smallest and the largest value of the whole.
    pub range: [f64; 2],
    /// Whether the values are sums of weights.
    pub weighted: bool,
    /// Whether the cells carry numbers.
    pub numbered: bool,
    /// What the values are.
    pub title: &'static str,
    /// What the caption says.
    pub caption: AttrValue,
    /// What is said of the plane, or of the cell that is pointed at.
    pub words: AttrValue,
    /// The column that is pointed at elsewhere.
    pub lit: Option<usize>,
    /// Told the place that the reader points at.
    pub on_point: Callback<Option<usize>>,
}

/// The stop of a value on the scale whose end is `most`: 0 is left to nothing at all.
fn stop_of(value: f64, most: f64) -> usize {
    if value.is_nan() || value <= 1e-9 { 0 } else { ((value / most * STOPS as f64).round() as usize).clamp(1, STOPS) }
}

/// The map with its scale.
#[component]
pub fn Map(props: &MapProps) -> Html {
    let node = use_node_ref();
    let columns = props.columns.max(1);
    // A pattern of few counts should not stand at the end of its scale.
    let most = if props.weighted { props.range[1] } else { props.range[1].max(5.0) };
    use_css_variables(&node, vec![("--columns", columns.to_string())]);
    let on_event = props.on_point.clone();
    let on_event = use_callback((), move |event: GridEvent, ()| {
        if let GridEvent::Point(place) = event {
            on_event.emit(place);
        }
    });
    let figure = if props.numbered {
        let cells: Rc<[Cell]> = props
            .values
            .iter()
            .enumerate()
            .map(|(place, value)| {
                let (text, spoken) = if value.is_nan() {
                    (AttrValue::default(), AttrValue::from("not painted yet"))
                } else {
                    let text = AttrValue::from(printed(*value, props.weighted));
                    (text.clone(), text)
                };
                Cell {
                    spoken,
                    class: format!("count-{}", stop_of(*value, most)).into(),
                    text,
                    lit: props.lit == Some(place % columns),
                    ..Cell::default()
                }
            })
            .collect();
        html! { <NumberGrid label="Overlap counts" slug="overlap" {columns} {cells} {on_event} /> }
    } else {
        html! { <Heat values={props.values.clone()} {columns} {most} label={format!("Overlap counts as heat, {}", props.caption)} /> }
    };
    html! {
        <div class="fig map-fig" ref={node}>
            <h2 class="cap">{ props.title }<small>{ &props.caption }</small></h2>
            <div class={classes!("map-grid", (!props.numbered).then_some("heat"))}>{ figure }</div>
            { legend(props, most) }
            <p class="note">{ &props.words }</p>
        </div>
    }
}

/// Which colour means what: the least, the most, and what lies between.
fn legend(props: &MapProps, most: f64) -> Html {
    let [least, largest] = props.range;
    let stops: Vec<usize> = (stop_of(least, most)..=stop_of(largest, most)).collect();
    html! {
        <p class="legend">
            <span>{ "least " }<b>{ printed(least, props.weighted) }</b></span>
            <i class="swatches" aria-hidden="true">
                for stop in stops {
                    <i key={stop} class={format!("count-{stop}")}></i>
                }
            </i>
            <span><b>{ printed(largest, props.weighted) }</b>{ " most" }</span>
        </p>
    }
}

#[derive(Properties, PartialEq)]
struct HeatProps {
    values: Rc<Vec<f64>>,
    columns: usize,
    most: f64,
    label: AttrValue,
}

/// The values as colours between the stops of the scale, a canvas pixel each.
#[component]
fn Heat(props: &HeatProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((props.values.clone(), props.columns, props.most), move |(values, columns, most)| {
            let (values, columns, most) = (values.clone(), *columns, *most);
            let listener = node.cast::<HtmlCanvasElement>().map(|canvas| {
                let again = move || {
                    // A canvas without a context stays blank; the words beside it say the same.
                    let _ = draw_bytes(&canvas, columns as u32, (values.len() / columns) as u32, &bytes(&values, most));
                };
                again();
                Listener::on_window("themechange", move |_| again())
            });
            move || drop(listener)
        });
    }
    html! { <canvas ref={node} width="1" height="1" role="img" aria-label={&props.label} /> }
}

fn bytes(values: &[f64], most: f64) -> Vec<u8> {
    // Where all weights cancel nothing is painted, and nothing is to be divided by.
    let most = most.max(1e-9);
    let stops: Vec<[f64; 3]> = (0..=STOPS).map(|stop| channels(&palette::paint(&format!("count-{stop}")).0)).collect();
    let mut bytes = Vec::with_capacity(values.len() * 4);
    for value in values {
        let place = (value.max(0.0) / most * STOPS as f64).clamp(0.0, STOPS as f64);
        let below = (place as usize).min(STOPS - 1);
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
