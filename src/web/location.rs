//! The address bar: the fragment that holds the page's state, read, replaced and shared.

use super::events::window;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// The fragment of the address, with its `#`; empty when there is none.
#[must_use]
pub fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

/// Puts a fragment into the address bar without a new entry in the history and without an event.
pub fn replace_fragment(fragment: &str) {
    // Browsers refuse more than about a hundred calls in half a minute; the next one will say the same and more.
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(fragment));
    }
}

/// The whole address.
#[must_use]
pub fn address() -> String {
    window().location().href().unwrap_or_default()
}

/// Copies text to the clipboard; false when the browser does not allow it.
pub async fn copy(text: &str) -> bool {
    // The clipboard is missing from pages that are not served securely, whatever its type says.
    let navigator = window().navigator();
    let has_clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|value| !value.is_undefined());
    has_clipboard && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
