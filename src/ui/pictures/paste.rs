//! What the reader pastes anywhere on a page: a picture, or numbers.

use crate::web::events::Listener;
use wasm_bindgen::JsCast;
use web_sys::{Blob, ClipboardEvent};
use yew::prelude::*;

/// Hands pasted pictures to `on_file`, and pasted text that holds a digit to `on_text`, where the page takes text. What is
/// pasted into a field stays there.
#[hook]
pub fn use_paste(on_file: Callback<Blob>, on_text: Option<Callback<String>>) {
    use_effect_with((on_file, on_text), |(on_file, on_text)| {
        let (on_file, on_text) = (on_file.clone(), on_text.clone());
        let listener = Listener::on_window("paste", move |event| {
            let Ok(event) = event.dyn_into::<ClipboardEvent>() else { return };
            let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            let into_a_field = target.is_some_and(|element| {
                element
                    .closest("input:not([type=range]):not([type=checkbox]), textarea, [role=grid]")
                    .ok()
                    .flatten()
                    .is_some()
            });
            let Some(data) = event.clipboard_data().filter(|_| !into_a_field) else { return };
            if let Some(file) = data.files().and_then(|files| files.get(0)) {
                event.prevent_default();
                on_file.emit(file.unchecked_into());
            } else if let Some(on_text) = &on_text
                && let Ok(text) = data.get_data("text/plain")
                && text.contains(|sign: char| sign.is_ascii_digit())
            {
                event.prevent_default();
                on_text.emit(text);
            }
        });
        move || drop(listener)
    });
}
