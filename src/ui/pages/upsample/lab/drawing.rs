//! What the drawings of the lab share: what can be pointed at, their width, their letters, and one scale of colours.

use crate::lesson::upsample::narration::printed;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

/// The width of the drawings in their own units, which at a stage of usual width are pixels.
pub const WIDTH: f64 = 596.0;
/// The stops of the scale of counts, and those of the diverging one on either side of its middle.
const STOPS: usize = 8;
const HALF: usize = STOPS / 2;
/// Counts are never so few that this one would not be short of the end of their scale.
const COUNTS: f64 = 4.5;
/// The share of the scale at which the largest sum of weights stands.
const CALM: f64 = 0.78;

/// What can be pointed at, of the layer that is told about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A cell of the row.
    Cell(usize),
    /// An input, and with it all of its copy.
    Input(usize),
    /// An entry of an input's copy.
    Entry(usize, usize),
    /// A cell of the plane, by row and column.
    Place(usize, usize),
}

/// The scale of colours that the row and the plane share: sequential, and diverging where some value is below 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The value at the end of the scale.
    pub most: f64,
    /// Whether it diverges from 0.
    pub signed: bool,
}

impl Scale {
    /// The scale of values from `least` to `most`.
    pub fn new(least: f64, most: f64, weighted: bool) -> Self {
        let signed = least < -1e-9;
        let most = match (signed, weighted) {
            (true, _) => most.max(-least),
            // Ordinary weights stay calm, too.
            (false, true) => most / CALM,
            (false, false) => most.max(COUNTS),
        };
        Self { most: most.max(1e-9), signed }
    }

    /// The places of the stops in the order of values.
    pub fn stop(self, value: f64) -> usize {
        let value = if value.is_nan() { 0.0 } else { value };
        let nothing = self.most * 1e-9;
        if self.signed {
            let away = (value.abs() / self.most * HALF as f64).round() as usize;
            let away = if value.abs() <= nothing { 0 } else { away.clamp(1, HALF) };
            return if value < 0.0 { HALF - away } else { HALF + away };
        }
        // The first stop is left to nothing at all.
        if value <= nothing { 0 } else { ((value / self.most * STOPS as f64).round() as usize).clamp(1, STOPS) }
    }

    /// The name of the colour at a stop.
    pub fn name(self, stop: usize) -> String {
        format!("{}-{stop}", if self.signed { "data" } else { "count" })
    }

    /// The colour of a value.
    pub fn fill(self, value: f64) -> String {
        format!("var(--{})", self.name(self.stop(value)))
    }

    /// What can be read on it.
    pub fn ink(self, value: f64) -> String {
        format!("var(--{}-ink)", self.name(self.stop(value)))
    }

    /// Where a value lies between the stops, as a place with a fraction.
    pub fn place(self, value: f64) -> f64 {
        let value = if value.is_nan() { 0.0 } else { value };
        if self.signed {
            (value / self.most).clamp(-1.0, 1.0) * HALF as f64 + HALF as f64
        } else {
            (value / self.most).clamp(0.0, 1.0) * STOPS as f64
        }
    }

    /// The names of all of its colours.
    pub fn names(self) -> impl Iterator<Item = String> {
        (0..=STOPS).map(move |stop| self.name(stop))
    }
}

/// A number as an attribute: two decimals are more than a screen shows.
pub fn number(value: f64) -> AttrValue {
    (((value * 100.0).round()) / 100.0).to_string().into()
}

/// A weight in few signs: “.5”, “−.25”, “1”.
pub fn short(weight: f64) -> String {
    let text = printed(weight);
    match text.strip_prefix("−0.") {
        Some(decimals) => format!("−.{decimals}"),
        None => text.strip_prefix("0.").map_or_else(|| text.clone(), |decimals| format!(".{decimals}")),
    }
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

/// Where an event happened in the drawing that it happened in, in the drawing's units: across and down.
pub fn place_of(event: &MouseEvent) -> Option<[f64; 2]> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let area = target.closest(".strips").ok()??.get_bounding_client_rect();
    let unit = area.width().max(1.0) / WIDTH;
    Some([(f64::from(event.client_x()) - area.left()) / unit, (f64::from(event.client_y()) - area.top()) / unit])
}
