//! How large the pixels of pictures are drawn: each of them a whole number of the screen's, since anything else shows a
//! pattern that is not in the picture. Where a picture has more pixels than there is room it is reduced smoothly.

use crate::web::{events::window, resize::SizeObserver};
use web_sys::Element;
use yew::prelude::*;

/// The room that an element has, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// Its width.
    pub width: f64,
    /// The height of the window.
    pub window: f64,
    /// The screen's pixels for each CSS pixel.
    pub density: f64,
}

/// The room of an element, once it is known.
#[hook]
pub fn use_room(node: &NodeRef) -> Option<Room> {
    let room = use_state_eq(|| None);
    {
        let (node, room) = (node.clone(), room.clone());
        use_effect_with((), move |()| {
            let observer = node.cast::<Element>().map(|element| {
                let target = element.clone();
                SizeObserver::new(&element, move || {
                    let window = window();
                    room.set(Some(Room {
                        width: f64::from(target.client_width()),
                        window: window.inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(800.0),
                        density: window.device_pixel_ratio().max(0.5),
                    }));
                })
            });
            move || drop(observer)
        });
    }
    *room
}

/// How large a pixel is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// CSS pixels for a pixel of the picture.
    pub size: f64,
    /// Whether the picture is reduced, and so drawn smoothly.
    pub smooth: bool,
}

impl Unit {
    /// The largest whole multiple at which a picture fits a room; the reduction that fits where not even once does.
    #[must_use]
    pub fn fitting([width, height]: [u32; 2], [across, down]: [f64; 2], density: f64) -> Self {
        let fit = (across / f64::from(width.max(1))).min(down / f64::from(height.max(1)));
        let multiple = (fit * density).floor();
        if multiple >= 1.0 {
            Self { size: multiple / density, smooth: false }
        } else {
            Self { size: fit, smooth: true }
        }
    }

    /// How the picture stands to the screen, as “2×” or “reduced to 71 %”.
    #[must_use]
    pub fn text(self) -> String {
        let percent = self.size * 100.0;
        if self.smooth {
            format!("reduced to {percent:.0} %")
        } else {
            format!("{}×", (percent / 10.0).round() / 10.0)
        }
    }
}
