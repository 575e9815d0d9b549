//! What the drawings of the lab share: their width, their numbers and their letters.

use crate::lesson::notation::decimals;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

/// The width of the drawings in their own units, which at a stage of usual width are pixels.
pub const WIDTH: f64 = 596.0;

/// A number as an attribute: two decimals are more than a screen shows.
pub fn number(value: f64) -> AttrValue {
    (((value * 100.0).round()) / 100.0).to_string().into()
}

/// A word with its middle at a place.
pub fn text(x: f64, y: f64, size: f64, class: &'static str, words: &str, ink: AttrValue) -> Html {
    html! {
        <text
            {class}
            x={number(x)}
            y={number(y + size * 0.36)}
            font-size={number(size)}
            text-anchor="middle"
            font-weight="600"
            fill={ink}
        >
            { words }
        </text>
    }
}

/// Where an event happened across the drawing that it happened in, in the drawing's units.
pub fn place_across(event: &MouseEvent) -> Option<f64> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let area = target.closest(".strips").ok()??.get_bounding_client_rect();
    Some((f64::from(event.client_x()) - area.left()) / area.width().max(1.0) * WIDTH)
}

/// A value as printed: a count as it is when it is whole, a sum of weights with two decimals.
pub fn printed(value: f64, weighted: bool) -> String {
    if weighted { decimals(value, 2) } else { format!("{}", (value + 1e-6).floor()) }
}
