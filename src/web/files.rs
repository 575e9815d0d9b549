//! Pictures out of files: the reader's own and those that ship with the site. Whatever a file holds, the answer is a
//! picture or a sentence. Nothing is sent anywhere.

use super::canvas::context;
use crate::engine::{fit_pixels, reduce};
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlCanvasElement, ImageBitmap, Response, window};

/// Files larger than this are not opened, in bytes.
const MOST_BYTES: f64 = 64e6;
/// Larger pictures are first made smaller by the browser, which needs less memory for it, in pixels.
const MOST_READ: usize = 1 << 22;

/// A picture out of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Red, green, blue and alpha in sRGB, row after row.
    pub rgba: Vec<u8>,
    /// Columns and rows in the file.
    pub original: [usize; 2],
    /// Whether the browser made it smaller, by its own means, before it could be read.
    pub by_browser: bool,
}

/// Fetches a picture that ships with the site, by its id.
///
/// # Errors
/// A sentence for the reader.
pub async fn fetch(id: &str, fit: impl Fn(usize, usize) -> [usize; 2]) -> Result<Opened, String> {
    let problem = || format!("The picture “{id}” could not be fetched. Choose another one, or reload the page.");
    let page = window().ok_or_else(problem)?;
    let answer = JsFuture::from(page.fetch_with_str(&format!("static/samples/{id}.png"))).await;
    let response: Response = answer.map_err(|_| problem())?.dyn_into().map_err(|_| problem())?;
    if !response.ok() {
        return Err(problem());
    }
    let body = JsFuture::from(response.blob().map_err(|_| problem())?).await.map_err(|_| problem())?;
    open(&body.dyn_into().map_err(|_| problem())?, fit).await
}

/// Decodes a picture and makes it as small as `fit` says, by averaging areas in linear light; what is too large to be
/// read so is made smaller by the browser first. What is transparent is laid on white.
///
/// # Errors
/// A sentence for the reader: the file is empty, too large, or no picture that this browser knows.
pub async fn open(file: &Blob, fit: impl Fn(usize, usize) -> [usize; 2]) -> Result<Opened, String> {
    if file.size() == 0.0 {
        return Err("This file is empty. Choose a picture, such as a PNG or a JPEG.".to_owned());
    }
    if file.size() > MOST_BYTES {
        return Err("This file has more than 64 megabytes. Choose a smaller picture.".to_owned());
    }
    let unknown = || "This file is no picture that the browser can read. Choose a PNG, a JPEG or a WebP.".to_owned();
    let decoding = window().ok_or_else(unknown)?.create_image_bitmap_with_blob(file).map_err(|_| unknown())?;
    let bitmap: ImageBitmap =
        JsFuture::from(decoding).await.map_err(|_| unknown())?.dyn_into().map_err(|_| unknown())?;
    let original = [bitmap.width() as usize, bitmap.height() as usize];
    let read = read(&bitmap, original);
    bitmap.close();
    let (size, rgba) = read.map_err(|_| {
        format!(
            "This picture of {} × {} is too large for this browser. Choose a smaller one.",
            original[0], original[1]
        )
    })?;
    let [width, height] = fit(original[0], original[1]);
    let rgba = if [width, height] == size { rgba } else { reduce(size, &rgba, [width, height]).ok_or_else(unknown)? };
    Ok(Opened { width, height, rgba, original, by_browser: size != original })
}

/// The bitmap's pixels, made smaller by the browser only where there are too many of them to read.
fn read(bitmap: &ImageBitmap, original: [usize; 2]) -> Result<([usize; 2], Vec<u8>), JsValue> {
    let size @ [width, height] = fit_pixels(original[0], original[1], MOST_READ);
    let page = window().and_then(|window| window.document()).ok_or("no document")?;
    let canvas: HtmlCanvasElement = page.create_element("canvas")?.dyn_into()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context = context(&canvas)?;
    let (columns, rows) = (width as f64, height as f64);
    context.set_fill_style_str("white");
    context.fill_rect(0.0, 0.0, columns, rows);
    context.set_image_smoothing_enabled(true);
    // Without it some browsers look at four pixels for each, however many there are. Those that do not know it pass it by.
    Reflect::set(&context, &"imageSmoothingQuality".into(), &"high".into())?;
    context.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, columns, rows)?;
    Ok((size, context.get_image_data(0.0, 0.0, columns, rows)?.data().0))
}
