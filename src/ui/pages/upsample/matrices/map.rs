//! A matrix of many rows as a map: a few screen pixels an entry, coloured by the kind of its row.

use super::figure::{Spot, hue, relation};
use crate::{
    lesson::upsample::tiny::Tiny,
    ui::components::drawing::use_drawing,
    web::{canvas, events::window, palette},
};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct MapProps {
    /// The accessible name.
    pub label: AttrValue,
    /// The matrix.
    pub tiny: Rc<Tiny>,
    /// What is pointed at.
    pub spot: Spot,
    /// Told what is pointed at.
    pub on_spot: Callback<Spot>,
}

/// The map. With the keyboard its rows are reached by the cells of the result beside it.
#[component]
pub fn Map(props: &MapProps) -> Html {
    let node = use_drawing((props.tiny.clone(), props.spot), draw);
    let [rows, columns] = [props.tiny.entries.nrows(), props.tiny.entries.ncols()];
    let onmousemove = {
        let node = node.clone();
        props.on_spot.reform(move |event: MouseEvent| {
            let Some(canvas) = node.cast::<HtmlCanvasElement>() else { return Spot::default() };
            let area = canvas.get_bounding_client_rect();
            let place = |at: i32, from: f64, length: f64, count: usize| {
                let share = (f64::from(at) - from) / length.max(1.0) * count as f64;
                (0.0..count as f64).contains(&share).then_some(share as usize)
            };
            Spot {
                row: place(event.client_y(), area.top(), area.height(), rows),
                column: place(event.client_x(), area.left(), area.width(), columns),
            }
        })
    };
    let onmouseleave = props.on_spot.reform(|_: MouseEvent| Spot::default());
    html! {
        <canvas ref={node} class="tiny-map" role="img" aria-label={format!("{}, {rows} × {columns}, as a map", props.label)} {onmousemove} {onmouseleave} />
    }
}

fn draw(canvas: &HtmlCanvasElement, (tiny, spot): &(Rc<Tiny>, Spot)) -> Result<(), JsValue> {
    let density = window().device_pixel_ratio().max(1.0);
    let (width, height) = (f64::from(canvas.client_width()) * density, f64::from(canvas.client_height()) * density);
    canvas.set_width(width.round() as u32);
    canvas.set_height(height.round() as u32);
    let pen = canvas::context(canvas)?;
    pen.set_fill_style_str(&palette::paint("empty").0);
    pen.fill_rect(0.0, 0.0, width, height);
    let [rows, columns] = [tiny.entries.nrows() as f64, tiny.entries.ncols() as f64];
    // Edges lie on whole pixels of the screen, so that no line is blurred.
    let edges = |place: usize, count: f64, length: f64| {
        let at = |place: f64| (place * length / count).round();
        [at(place as f64), at(place as f64 + 1.0)]
    };
    for ((row, column), value) in tiny.entries.indexed_iter() {
        if *value == 0.0 {
            continue;
        }
        let paint = match tiny.classes.get(row).copied().flatten() {
            Some(kind) => palette::paint(&format!("swatch {}", hue(kind))),
            None => palette::paint("count-2"),
        };
        let ([top, bottom], [left, right]) = (edges(row, rows, height), edges(column, columns, width));
        pen.set_fill_style_str(&paint.0);
        pen.fill_rect(left, top, right - left, bottom - top);
    }
    let accent = palette::paint("accented");
    pen.set_stroke_style_str(&accent.0);
    for row in 0..tiny.entries.nrows() {
        let (here, kin) = relation(tiny, *spot, row);
        let [top, bottom] = edges(row, rows, height);
        if here {
            pen.set_line_width(2.0 * density);
            pen.stroke_rect(density, top - density, width - 2.0 * density, bottom - top + 2.0 * density);
        } else if kin {
            // A bar at the rim: outlines around many rows would be all that one sees.
            pen.set_fill_style_str(&accent.0);
            pen.fill_rect(0.0, top, 3.0 * density, (bottom - top - 1.0).max(1.0));
        }
    }
    if let Some(column) = spot.column.filter(|_| spot.row.is_none()) {
        let [left, right] = edges(column, columns, width);
        pen.set_line_width(2.0 * density);
        pen.stroke_rect(left, density, right - left, height - 2.0 * density);
    }
    Ok(())
}
