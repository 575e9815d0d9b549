//! Pixels on a canvas, and a canvas's pixels.

use js_sys::{Promise, Uint8ClampedArray};
use wasm_bindgen::{Clamped, JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, ImageData, window};

/// A picture in the browser's own memory: red, green, blue and alpha in sRGB. Equal when it is the same picture, which
/// its version tells without a look at the pixels.
#[derive(Clone, Debug)]
pub struct Pixels {
    /// Differs between any two pictures that one client has handed out.
    pub version: u64,
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// The bytes, row after row.
    pub bytes: Uint8ClampedArray,
}

impl PartialEq for Pixels {
    fn eq(&self, other: &Self) -> bool {
        (self.version, self.width, self.height) == (other.version, other.width, other.height)
    }
}

/// The canvas's context for drawing.
///
/// # Errors
/// When the browser has none to give.
pub fn context(canvas: &HtmlCanvasElement) -> Result<CanvasRenderingContext2d, JsValue> {
    canvas.get_context("2d")?.ok_or("no 2d context")?.dyn_into().map_err(JsValue::from)
}

/// Draws a picture over the whole canvas, which takes on its size.
///
/// # Errors
/// When the bytes are not the picture's or the browser refuses them.
pub fn draw(canvas: &HtmlCanvasElement, pixels: &Pixels) -> Result<(), JsValue> {
    let image = ImageData::new_with_js_u8_clamped_array_and_sh(&pixels.bytes, pixels.width, pixels.height)?;
    resize(canvas, pixels.width, pixels.height);
    context(canvas)?.put_image_data(&image, 0.0, 0.0)
}

/// Draws bytes that the page itself computed.
///
/// # Errors
/// As [`draw`].
pub fn draw_bytes(canvas: &HtmlCanvasElement, width: u32, height: u32, bytes: &[u8]) -> Result<(), JsValue> {
    let image = ImageData::new_with_u8_clamped_array_and_sh(Clamped(bytes), width, height)?;
    resize(canvas, width, height);
    context(canvas)?.put_image_data(&image, 0.0, 0.0)
}

/// Draws the part of a picture that starts at (left, top), as large as the canvas is to be, with hard pixels.
///
/// # Errors
/// As [`draw`].
pub fn draw_part(
    canvas: &HtmlCanvasElement,
    pixels: &Pixels,
    [left, top]: [u32; 2],
    [width, height]: [u32; 2],
) -> Result<(), JsValue> {
    let image = ImageData::new_with_js_u8_clamped_array_and_sh(&pixels.bytes, pixels.width, pixels.height)?;
    resize(canvas, width, height);
    context(canvas)?.put_image_data_with_dirty_x_and_dirty_y_and_dirty_width_and_dirty_height(
        &image,
        -f64::from(left),
        -f64::from(top),
        f64::from(left),
        f64::from(top),
        f64::from(width),
        f64::from(height),
    )
}

/// A picture as a PNG of eight bits a sample.
///
/// # Errors
/// When the browser has no room for it.
pub async fn png_file(pixels: &Pixels) -> Result<Blob, JsValue> {
    let document = window().and_then(|window| window.document()).ok_or("no document")?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.dyn_into()?;
    draw(&canvas, pixels)?;
    png_of(&canvas).await
}

/// What a canvas shows as a PNG.
///
/// # Errors
/// When the browser has no room for it, or the canvas shows nothing.
pub async fn png_of(canvas: &HtmlCanvasElement) -> Result<Blob, JsValue> {
    let drawn = Promise::new(&mut |resolve, reject| {
        if let Err(problem) = canvas.to_blob(&resolve) {
            let _ = reject.call1(&JsValue::NULL, &problem);
        }
    });
    JsFuture::from(drawn).await?.dyn_into().map_err(|_| "the picture is too large".into())
}

/// Setting a canvas's size clears it, so it is set only where it differs.
fn resize(canvas: &HtmlCanvasElement, width: u32, height: u32) {
    if canvas.width() != width {
        canvas.set_width(width);
    }
    if canvas.height() != height {
        canvas.set_height(height);
    }
}
