//! A canvas that is drawn again whenever what it shows, its size or the theme changes.

use crate::web::{events::Listener, resize::SizeObserver};
use wasm_bindgen::JsValue;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

/// The place in the document of a canvas that shows this. One that cannot be drawn stays blank: whoever has it says the
/// same in words.
#[hook]
pub fn use_drawing<T: Clone + PartialEq + 'static>(
    shown: T,
    draw: fn(&HtmlCanvasElement, &T) -> Result<(), JsValue>,
) -> NodeRef {
    let node = use_node_ref();
    let place = node.clone();
    use_effect_with(shown, move |shown| {
        let drawn = place.cast::<HtmlCanvasElement>().map(|canvas| {
            let (target, shown) = (canvas.clone(), shown.clone());
            let again = move || drop(draw(&target, &shown));
            again();
            (SizeObserver::new(&canvas, again.clone()), Listener::on_window("themechange", move |_| again()))
        });
        move || drop(drawn)
    });
    node
}
