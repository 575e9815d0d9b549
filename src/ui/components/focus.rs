//! Where the focus goes inside a component: to what a selector finds, and from cell to cell of a grid.

use crate::web::events::window;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::NodeRef;

/// Gives the focus to the first element inside `node` that the selector finds, if there is one.
pub fn focus_on(node: &NodeRef, selector: &str) {
    let found = node.cast::<Element>().and_then(|element| element.query_selector(selector).ok().flatten());
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // It fails only where the element has gone meanwhile.
        let _ = element.focus();
    }
}

/// Gives the focus to `node` if nothing has it: what had it has gone.
pub fn catch_focus(node: &NodeRef) {
    let has_none = |element: &Element| element.tag_name() == "BODY";
    let active = window().document().and_then(|document| document.active_element());
    if active.as_ref().is_none_or(has_none)
        && let Some(element) = node.cast::<HtmlElement>()
    {
        let _ = element.focus();
    }
}

/// Where an arrow key, Home or End leads from the cell at `place` in a grid of `count` cells, `columns` of them in each
/// row but perhaps the last: at a rim back to the same cell. None for any other key.
pub fn cell_by_key(key: &str, place: usize, columns: usize, count: usize) -> Option<usize> {
    let columns = columns.max(1);
    let (row, column) = (place / columns, place % columns);
    Some(match key {
        "ArrowLeft" if column > 0 => place - 1,
        "ArrowRight" if column + 1 < columns && place + 1 < count => place + 1,
        "ArrowUp" if row > 0 => place - columns,
        "ArrowDown" if place + columns < count => place + columns,
        "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" => place,
        "Home" => row * columns,
        "End" => (row * columns + columns).min(count).saturating_sub(1),
        _ => return None,
    })
}
