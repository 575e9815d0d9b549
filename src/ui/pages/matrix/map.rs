//! A matrix too large for cells of its own, drawn on a canvas: a grid all the same, with a cursor for the keyboard.

use super::cells::Mark;
use crate::{
    ui::components::{drawing::use_drawing, focus::cell_by_key, number_grid::GridEvent},
    web::{canvas, events::window, palette},
};
use std::rc::Rc;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement};
use yew::prelude::*;

/// From this size on, in pixels of the page, a cell prints its number.
const READABLE: f64 = 13.0;
/// From this size on a cell's ground is its value's colour, and its letter's hue a bar; below, all of it is the hue.
const TWO_COLOURS: f64 = 7.0;

#[derive(Properties, PartialEq)]
pub struct MatrixMapProps {
    /// The accessible name.
    pub label: AttrValue,
    /// The word that marks the grid in the markup.
    pub slug: AttrValue,
    /// Rows and columns.
    pub size: [usize; 2],
    /// The cells that hold something.
    pub marks: Rc<Vec<Mark>>,
    /// Told what the reader does.
    pub on_event: Callback<GridEvent>,
}

/// The map.
#[component]
pub fn MatrixMap(props: &MatrixMapProps) -> Html {
    let frame = use_node_ref();
    let cursor = use_state_eq(|| 0_usize);
    let [rows, columns] = props.size;
    let count = rows * columns;
    {
        // The frame's shape follows from the number of cells; style attributes are forbidden, this is not.
        let frame = frame.clone();
        use_effect_with(props.size, move |[rows, columns]| {
            if let Some(element) = frame.cast::<HtmlElement>() {
                let _ = element.style().set_property("--rows", &rows.to_string());
                let _ = element.style().set_property("--columns", &columns.to_string());
            }
        });
    }
    let node = use_drawing((props.marks.clone(), props.size), draw_map);
    let place_at = {
        let node = node.clone();
        move |event: &MouseEvent| -> Option<usize> {
            let area = node.cast::<HtmlCanvasElement>()?.get_bounding_client_rect();
            let share = |at: i32, from: f64, length: f64| (f64::from(at) - from) / length.max(1.0);
            let row = (share(event.client_y(), area.top(), area.height()) * rows as f64).floor();
            let column = (share(event.client_x(), area.left(), area.width()) * columns as f64).floor();
            let inside = (0.0..rows as f64).contains(&row) && (0.0..columns as f64).contains(&column);
            inside.then(|| row as usize * columns + column as usize)
        }
    };
    let onmousemove = {
        let place_at = place_at.clone();
        props.on_event.reform(move |event: MouseEvent| GridEvent::Point(place_at(&event)))
    };
    let onclick = {
        let (on_event, cursor) = (props.on_event.clone(), cursor.clone());
        Callback::from(move |event: MouseEvent| {
            if let Some(place) = place_at(&event) {
                cursor.set(place);
                on_event.emit(GridEvent::Pin(place));
            }
        })
    };
    let onkeydown = {
        let (on_event, cursor) = (props.on_event.clone(), cursor.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            // The matrix may have shrunk since.
            let now = (*cursor).min(count.saturating_sub(1));
            let told = match event.key().as_str() {
                "Enter" | " " => GridEvent::Pin(now),
                key => match cell_by_key(key, now, columns, count) {
                    Some(target) => {
                        cursor.set(target);
                        GridEvent::Point(Some(target))
                    }
                    None => return,
                },
            };
            event.prevent_default();
            event.stop_propagation();
            on_event.emit(told);
        })
    };
    let now = (*cursor).min(count.saturating_sub(1));
    let onfocus = props.on_event.reform(move |_: FocusEvent| GridEvent::Point(Some(now)));
    let onblur = props.on_event.reform(|_: FocusEvent| GridEvent::Point(None));
    let leave = props.on_event.reform(|_: MouseEvent| GridEvent::Point(None));
    let (row, column) = (now / columns.max(1), now % columns.max(1));
    let here = props.marks.iter().find(|mark| (mark.row, mark.column) == (row, column));
    let value = here.map_or("0", |mark| mark.text.as_str());
    let active = format!("{}-cursor", props.slug);
    html! {
        <div
            ref={frame}
            class="map"
            role="grid"
            tabindex="0"
            aria-label={&props.label}
            aria-readonly="true"
            aria-rowcount={rows.to_string()}
            aria-colcount={columns.to_string()}
            aria-activedescendant={active.clone()}
            data-map={&props.slug}
            data-rows={rows.to_string()}
            data-columns={columns.to_string()}
            {onkeydown} {onfocus} {onblur}
        >
            <canvas ref={node} aria-hidden="true" {onmousemove} {onclick} onmouseleave={leave}></canvas>
            <div role="row" aria-rowindex={(row + 1).to_string()} class="visually-hidden">
                <div
                    role="gridcell"
                    id={active}
                    aria-colindex={(column + 1).to_string()}
                    aria-label={format!("row {}, column {}, value {value}", row + 1, column + 1)}
                />
            </div>
        </div>
    }
}

/// Draws the marks of a matrix of so many rows and columns.
pub(super) fn draw_map(
    canvas: &HtmlCanvasElement,
    (marks, [rows, columns]): &(Rc<Vec<Mark>>, [usize; 2]),
) -> Result<(), wasm_bindgen::JsValue> {
    let density = window().device_pixel_ratio().max(1.0);
    let (width, height) = (f64::from(canvas.client_width()), f64::from(canvas.client_height()));
    canvas.set_width((width * density).round() as u32);
    canvas.set_height((height * density).round() as u32);
    let pen = canvas::context(canvas)?;
    pen.scale(density, density)?;
    pen.set_fill_style_str(&palette::paint("empty").0);
    pen.fill_rect(0.0, 0.0, width, height);
    let cell = [width / *columns as f64, height / *rows as f64];
    for mark in marks.iter() {
        draw_mark(&pen, mark, cell)?;
    }
    pen.set_stroke_style_str(&palette::paint("accented").0);
    pen.set_line_width(if cell[0] > TWO_COLOURS { 2.0 } else { 1.0 });
    for mark in marks.iter().filter(|mark| mark.lit) {
        let (x, y) = (mark.column as f64 * cell[0], mark.row as f64 * cell[1]);
        pen.stroke_rect(x + 0.5, y + 0.5, cell[0] - 1.0, cell[1] - 1.0);
    }
    Ok(())
}

fn draw_mark(
    pen: &CanvasRenderingContext2d,
    mark: &Mark,
    [width, height]: [f64; 2],
) -> Result<(), wasm_bindgen::JsValue> {
    let (x, y) = (mark.column as f64 * width, mark.row as f64 * height);
    let hue = mark.hue.as_ref().map(|hue| palette::paint(&format!("swatch {hue}")));
    let small = width.min(height) < TWO_COLOURS;
    let paint = match &hue {
        Some(hue) if small => hue.clone(),
        _ => palette::paint(&mark.colour),
    };
    let (ground, ink) = (&paint.0, &paint.1);
    // Neighbouring cells share their edge: no gap at sizes where a gap would be all that one sees.
    let gap = if small { 0.0 } else { 1.0 };
    pen.set_global_alpha(if mark.quiet && small { 0.3 } else { 1.0 });
    pen.set_fill_style_str(ground);
    pen.fill_rect(x, y, width - gap, height - gap);
    if let Some(hue) = hue.filter(|_| !small) {
        pen.set_fill_style_str(&hue.0);
        pen.fill_rect(x, y, (width * 0.2).clamp(2.0, 5.0), height - gap);
    }
    pen.set_global_alpha(1.0);
    if width.min(height) >= READABLE {
        let length = mark.text.chars().count().max(2) as f64;
        let size = (height * 0.68).min(width * 1.45 / length);
        pen.set_font(&format!("500 {size:.1}px Inter, system-ui, sans-serif"));
        pen.set_text_align("center");
        pen.set_text_baseline("middle");
        pen.set_fill_style_str(ink);
        let offset = if mark.hue.is_some() { width * 0.07 } else { 0.0 };
        pen.fill_text(&mark.text, x + width / 2.0 + offset, y + height / 2.0 + 0.5)?;
    }
    Ok(())
}
