//! Light and dark: the system's choice, or the reader's, which is remembered.

use super::events::window;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The choice under this key is shown by `static/start.js`, before there is any program.
const KEY: &str = "theme";

/// Whether the page is dark now.
#[must_use]
pub fn is_dark() -> bool {
    match root().and_then(|root| root.get_attribute("data-theme")).as_deref() {
        Some("dark") => true,
        Some("light") => false,
        _ => matches("(prefers-color-scheme: dark)"),
    }
}

/// Switches between light and dark, and remembers it.
pub fn switch() {
    let theme = if is_dark() { "light" } else { "dark" };
    if let Some(root) = root() {
        let _ = root.set_attribute("data-theme", theme);
    }
    tell_canvases();
    if let Some(storage) = storage() {
        // A full or forbidden storage only means that the next visit follows the system again.
        let _ = storage.set_item(KEY, theme);
    }
}

/// Shows or hides everything but the stage.
pub fn present(on: bool) {
    if let Some(root) = root() {
        let _ = root.toggle_attribute_with_force("data-presenter", on);
    }
    tell_canvases();
}

/// Canvases hold colours, not classes: they have to be drawn again.
pub fn tell_canvases() {
    if let Ok(event) = web_sys::Event::new("themechange") {
        let _ = window().dispatch_event(&event);
    }
}

/// The system's choice between light and dark, for whoever listens to its changes.
#[must_use]
pub fn system() -> Option<web_sys::MediaQueryList> {
    window().match_media("(prefers-color-scheme: dark)").ok().flatten()
}

/// Takes the whole screen, or gives it back. A browser that refuses leaves the page as large as it was.
pub fn full_screen(on: bool) {
    let Some(root) = root() else { return };
    let document = root.owner_document();
    let (target, name): (JsValue, &str) = match document {
        Some(document) if !on => (document.into(), "exitFullscreen"),
        _ if on => (root.into(), "requestFullscreen"),
        _ => return,
    };
    let asked =
        Reflect::get(&target, &name.into()).and_then(|function| function.dyn_into::<Function>()?.call0(&target));
    if let Ok(promise) = asked.and_then(|answer| answer.dyn_into::<Promise>()) {
        // Refused or granted, nobody is left waiting for the answer.
        wasm_bindgen_futures::spawn_local(async move {
            let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
        });
    }
}

/// Whether the page has the whole screen.
#[must_use]
pub fn is_full_screen() -> bool {
    window().document().is_some_and(|document| document.fullscreen_element().is_some())
}

/// Whether everything but the stage is hidden.
#[must_use]
pub fn is_presenting() -> bool {
    root().is_some_and(|root| root.has_attribute("data-presenter"))
}

/// Whether a media query holds.
#[must_use]
pub fn matches(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}

fn root() -> Option<web_sys::Element> {
    window().document()?.document_element()
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
