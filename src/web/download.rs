//! Files that the reader takes away: made in the page, and saved by the browser. Nothing is sent anywhere.

use super::events::window;
use gloo_timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

/// How long a browser may take to begin saving, before its source goes.
const KEPT_MILLIS: u32 = 60_000;

/// A text as a file of a type.
///
/// # Errors
/// When the browser has no room for it.
pub fn text_file(text: &str, media_type: &str) -> Result<Blob, JsValue> {
    let bag = BlobPropertyBag::new();
    bag.set_type(media_type);
    Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &bag)
}

/// Bytes as a file of a type.
///
/// # Errors
/// When the browser has no room for it.
pub fn bytes_file(bytes: &[u8], media_type: &str) -> Result<Blob, JsValue> {
    let bag = BlobPropertyBag::new();
    bag.set_type(media_type);
    Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(bytes)), &bag)
}

/// Hands a file to the browser, which saves it under a name.
///
/// # Errors
/// When the browser does not take it.
pub fn save(file: &Blob, name: &str) -> Result<(), JsValue> {
    let document = window().document().ok_or("no document")?;
    let address = Url::create_object_url_with_blob(file)?;
    let link: HtmlElement = document.create_element("a")?.dyn_into()?;
    link.set_attribute("href", &address)?;
    link.set_attribute("download", name)?;
    link.click();
    Timeout::new(KEPT_MILLIS, move || drop(Url::revoke_object_url(&address))).forget();
    Ok(())
}
