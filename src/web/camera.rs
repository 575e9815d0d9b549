//! A still from the camera, where the browser has one and the reader allows it. The picture stays in the page.

use super::{
    canvas::{context, png_of},
    events::window,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlCanvasElement, HtmlVideoElement, MediaStream, MediaStreamConstraints, MediaStreamTrack};

/// A camera that is on; it goes off with this.
pub struct Camera {
    stream: MediaStream,
}

impl Drop for Camera {
    fn drop(&mut self) {
        for track in self.stream.get_tracks().iter() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
    }
}

/// Whether the browser knows cameras here: it does on https addresses and on this very machine.
#[must_use]
pub fn is_known() -> bool {
    window().navigator().media_devices().is_ok_and(|devices| !devices.is_undefined())
}

/// Turns the camera on and shows it in `video`.
///
/// # Errors
/// A sentence for the reader: there is none, or it is not allowed.
pub async fn start(video: &HtmlVideoElement) -> Result<Camera, String> {
    let refused = |_: JsValue| {
        "The camera cannot be used: there is none, or the browser was told not to. Allow it beside the address, or open a \
         file."
            .to_owned()
    };
    let devices = window().navigator().media_devices().map_err(refused)?;
    let constraints = MediaStreamConstraints::new();
    constraints.set_video(&JsValue::TRUE);
    let asked = devices.get_user_media_with_constraints(&constraints).map_err(refused)?;
    let stream: MediaStream = JsFuture::from(asked).await.map_err(refused)?.dyn_into().map_err(refused)?;
    let camera = Camera { stream };
    // The attribute alone mutes only what the parser makes, and some browsers let nothing else play by itself.
    video.set_muted(true);
    video.set_src_object(Some(&camera.stream));
    JsFuture::from(video.play().map_err(refused)?).await.map_err(refused)?;
    Ok(camera)
}

/// What the camera shows now, as a file.
///
/// # Errors
/// A sentence for the reader: it shows nothing yet.
pub async fn take(video: &HtmlVideoElement) -> Result<Blob, String> {
    let nothing = |_: JsValue| "The camera shows nothing yet. Wait a moment, then try again.".to_owned();
    let document = window().document().ok_or(JsValue::NULL).map_err(nothing)?;
    let canvas: HtmlCanvasElement =
        document.create_element("canvas").map_err(nothing)?.dyn_into().map_err(|_| nothing(JsValue::NULL))?;
    canvas.set_width(video.video_width());
    canvas.set_height(video.video_height());
    context(&canvas)
        .and_then(|context| context.draw_image_with_html_video_element(video, 0.0, 0.0))
        .map_err(nothing)?;
    png_of(&canvas).await.map_err(nothing)
}
