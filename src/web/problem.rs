//! The page's last words: a plain dialog when its program has stopped, with a link that brings the state back.

use super::events::window;
use std::panic::PanicHookInfo;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

/// Sets what happens on a panic: the console has the details, the reader a sentence and a way on.
pub fn install_panic_hook() {
    yew::set_custom_panic_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        show(
            "The page has stopped",
            "An error in this program ended it. Your numbers are kept in the address: reload to go on with them.",
            &words_of(info),
        );
    }));
}

/// What the panic said and where, without the folders of the machine that built the page.
#[must_use]
pub fn words_of(info: &PanicHookInfo<'_>) -> String {
    let payload = info.payload();
    let said = payload.downcast_ref::<&str>().copied().or(payload.downcast_ref::<String>().map(String::as_str));
    let place = info.location().map_or_else(String::new, |location| {
        let file = location.file().rsplit(['/', '\\']).next().unwrap_or_default();
        format!(" ({file}, line {})", location.line())
    });
    format!("{}{place}", said.unwrap_or("no words"))
}

/// Shows the dialog that stands in the page's own markup, so that it works without any of this program.
pub fn show(title: &str, sentence: &str, details: &str) {
    let Some(document) = window().document() else { return };
    for (part, text) in [("problem-title", title), ("problem-text", sentence), ("problem-details", details)] {
        if let Some(element) = document.get_element_by_id(part) {
            element.set_text_content(Some(text));
            let _ = element.toggle_attribute_with_force("hidden", text.is_empty());
        }
    }
    let Some(dialog) = document.get_element_by_id("problem") else { return };
    if let Ok(dialog) = dialog.dyn_into::<HtmlDialogElement>()
        && !dialog.open()
    {
        let _ = dialog.show_modal();
    }
}
