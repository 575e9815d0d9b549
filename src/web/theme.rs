//! Light and dark: the system's choice, or the reader's, which is remembered.

use super::events::window;

const KEY: &str = "theme";

/// Shows the theme that was chosen on an earlier visit, if any.
pub fn restore() {
    if let Some(theme) = storage().and_then(|storage| storage.get_item(KEY).ok().flatten()) {
        show(&theme);
    }
}

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
    show(theme);
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
}

/// Whether a media query holds.
#[must_use]
pub fn matches(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}

fn show(theme: &str) {
    if let (Some(root), "light" | "dark") = (root(), theme) {
        let _ = root.set_attribute("data-theme", theme);
        // Canvases hold colours, not classes: they have to be drawn again.
        if let Ok(event) = web_sys::Event::new("themechange") {
            let _ = window().dispatch_event(&event);
        }
    }
}

fn root() -> Option<web_sys::Element> {
    window().document()?.document_element()
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
