//! Where the browser has put the cells of the stage, measured.

use crate::{
    lesson::matrix::{Orientation, spot::Spot, wiring::Sizes},
    web::theme,
};
use std::{collections::HashMap, rc::Rc};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Where the composition is drawn as one picture with wires, and not as a column.
pub const WIDE: &str = "(min-width: 68.75em)";

/// A rectangle in pixels, from the composition's upper left corner.
#[derive(Clone, Copy, PartialEq, Default, Debug)]
pub struct Rect {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Rect {
    pub fn x(self) -> f64 {
        (self.left + self.right) / 2.0
    }

    pub fn y(self) -> f64 {
        (self.top + self.bottom) / 2.0
    }

    pub fn union(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// The cell at a row and column of a field of cells that fill this rectangle.
    pub fn cell(self, [rows, columns]: [usize; 2], row: usize, column: usize) -> Self {
        let (width, height) = ((self.right - self.left) / columns as f64, (self.bottom - self.top) / rows as f64);
        let (left, top) = (self.left + column as f64 * width, self.top + row as f64 * height);
        Self { left, top, right: left + width, bottom: top + height }
    }

    /// The rectangle part of the way to another.
    pub fn toward(self, other: Self, t: f64) -> Self {
        let mix = |a: f64, b: f64| a + (b - a) * t;
        Self {
            left: mix(self.left, other.left),
            top: mix(self.top, other.top),
            right: mix(self.right, other.right),
            bottom: mix(self.bottom, other.bottom),
        }
    }
}

/// Where every cell lies.
#[derive(Clone, PartialEq, Default)]
pub struct Measured {
    grids: Rc<HashMap<String, Vec<Rect>>>,
    maps: Rc<HashMap<String, (Rect, [usize; 2])>>,
    /// Other parts of the picture, by name.
    pub parts: Rc<HashMap<&'static str, Rect>>,
    /// Whether the composition is drawn as one picture.
    pub wide: bool,
}

impl Measured {
    pub fn spot(&self, spot: Spot, (sizes, orientation): (Sizes, Orientation)) -> Option<Rect> {
        let (array, place) = spot.printed_place(sizes, orientation);
        let slug = array.slug();
        if let Some((field, size)) = self.maps.get(&slug) {
            return (place < size[0] * size[1]).then(|| field.cell(*size, place / size[1], place % size[1]));
        }
        self.grids.get(&slug)?.get(place).copied()
    }
}

/// Measures the composition.
pub fn measure(composition: &HtmlElement) -> Measured {
    let origin = composition.get_bounding_client_rect();
    let rect = |element: &Element| {
        let r = element.get_bounding_client_rect();
        Rect {
            left: r.left() - origin.left(),
            top: r.top() - origin.top(),
            right: r.right() - origin.left(),
            bottom: r.bottom() - origin.top(),
        }
    };
    let all = |within: &Element, selector: &str| -> Vec<Element> {
        let found = within.query_selector_all(selector).ok();
        let count = found.as_ref().map_or(0, web_sys::NodeList::length);
        (0..count).filter_map(|n| found.as_ref()?.item(n)?.dyn_into().ok()).collect()
    };
    let grids = all(composition, "[data-grid]")
        .into_iter()
        .map(|grid| {
            let cells = all(&grid, "[data-i]").iter().map(rect).collect();
            (grid.get_attribute("data-grid").unwrap_or_default(), cells)
        })
        .collect();
    let maps = all(composition, "[data-map]")
        .into_iter()
        .filter_map(|map| {
            let count = |name: &str| map.get_attribute(name)?.parse().ok();
            let canvas = map.query_selector("canvas").ok().flatten()?;
            Some((map.get_attribute("data-map")?, (rect(&canvas), [count("data-rows")?, count("data-columns")?])))
        })
        .collect();
    let parts = [("terms", ".terms"), ("total", ".total")]
        .into_iter()
        .filter_map(|(name, selector)| Some((name, rect(&composition.query_selector(selector).ok()??))))
        .collect();
    let wide = theme::matches(WIDE);
    Measured { grids: Rc::new(grids), maps: Rc::new(maps), parts: Rc::new(parts), wide }
}
