//! Copying and saving: what the buttons do that let the reader take something away, and what is said of it.

use crate::{
    engine::{FileFormat, Request},
    ui::pictures::desk::Desk,
    web::{
        canvas::{Pixels, png_file},
        download, location,
        wire::Body,
    },
};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::Blob;
use yew::prelude::*;

/// What is said of the last thing that was taken away.
pub type Said = UseStateHandle<&'static str>;

/// A text that can be copied and saved.
#[derive(Clone, PartialEq)]
pub struct TextFile {
    /// What it holds.
    pub text: AttrValue,
    /// What the file is called.
    pub name: &'static str,
    /// What kind of text it is.
    pub media_type: &'static str,
}

/// Copies a text.
pub fn copy(text: &AttrValue, said: &Said) -> Callback<MouseEvent> {
    let (text, said) = (text.clone(), said.clone());
    Callback::from(move |_| {
        let (text, said) = (text.clone(), said.clone());
        spawn_local(async move {
            said.set(if location::copy(&text).await {
                "Copied."
            } else {
                "The browser does not let the page copy; mark the text and copy it yourself, or download it."
            });
        });
    })
}

/// Saves a text.
pub fn save_text(file: &TextFile, said: &Said) -> Callback<MouseEvent> {
    let (TextFile { text, name, media_type }, said) = (file.clone(), said.clone());
    Callback::from(move |_| said.set(saved(download::text_file(&text, media_type), name)))
}

/// Saves a picture as it is shown, once there is one.
pub fn save_pixels(pixels: Option<&Pixels>, name: String, said: &Said) -> Callback<MouseEvent> {
    let pixels = pixels.cloned();
    save_made(name, said, move || {
        let pixels = pixels.clone();
        async move { png_file(&pixels.ok_or(JsValue::NULL)?).await }
    })
}

/// Saves a file that takes a while to make.
pub fn save_made<F>(name: String, said: &Said, make: impl Fn() -> F + 'static) -> Callback<MouseEvent>
where
    F: Future<Output = Result<Blob, JsValue>> + 'static,
{
    let said = said.clone();
    Callback::from(move |_| {
        let (file, name, said) = (make(), name.clone(), said.clone());
        spawn_local(async move { said.set(saved(file.await, &name)) });
    })
}

/// Saves the file that the worker was asked for when it comes. Of whatever has no name as a file the wish ends without
/// that: it is shown and not saved, and stays at hand.
#[hook]
pub fn use_arrival(
    wish: &Option<Request>,
    desk: &Desk,
    on_wish: &Callback<Option<Request>>,
    said: &Said,
    name: fn(&Request) -> Option<String>,
) {
    let (said, on_wish, discard) = (said.clone(), on_wish.clone(), desk.discard.clone());
    let came = wish.as_ref().and_then(|wish| desk.found(wish));
    let refused = wish.as_ref().is_some_and(|wish| desk.refusal(wish).is_some());
    use_effect_with((wish.clone(), came, refused), move |(wish, came, refused)| {
        let Some(wish) = wish.as_ref().filter(|_| came.is_some() || *refused) else { return };
        match (name(wish), came) {
            (Some(name), Some(came)) => {
                said.set(saved(file_of(wish, &came.body), &name));
                // It is on its way to the disk and need not stay here too.
                discard.emit(wish.clone());
            }
            (Some(_), None) => said.set("This file could not be made. Change a setting, or try another form."),
            (None, _) => {}
        }
        on_wish.emit(None);
    });
}

fn file_of(wish: &Request, body: &Body) -> Result<Blob, JsValue> {
    let (Request::File(.., format) | Request::UpsampleFile(.., format), Body::File(bytes)) = (wish, body) else {
        return Err(JsValue::NULL);
    };
    let media_type = match format {
        FileFormat::Png16 => "image/png",
        FileFormat::Npy => "application/octet-stream",
    };
    download::bytes_file(bytes, media_type)
}

/// Saves a file, and gives what is to be said of that.
fn saved(file: Result<Blob, JsValue>, name: &str) -> &'static str {
    match file.and_then(|file| download::save(&file, name)) {
        Ok(()) => "The browser saves it with your other downloads.",
        Err(_) => "The browser could not make this file. Try another form.",
    }
}
