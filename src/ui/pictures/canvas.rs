//! Canvases: rendered once with constant attributes, and drawn in an effect when the version of their pixels changes.

use crate::web::canvas::{Pixels, draw, draw_part};
use web_sys::{HtmlCanvasElement, HtmlElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct PixelCanvasProps {
    /// The accessible name; a canvas without one is decoration.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// What it shows; nothing yet when there is none.
    pub pixels: Option<Pixels>,
}

/// A whole picture, a canvas pixel for each of its own.
#[component]
pub fn PixelCanvas(props: &PixelCanvasProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.pixels.clone(), move |pixels| {
            if let (Some(canvas), Some(pixels)) = (node.cast::<HtmlCanvasElement>(), pixels) {
                // A lost context leaves the canvas blank; the browser has said so itself.
                let _ = draw(&canvas, pixels);
            }
        });
    }
    canvas(&node, props.label.as_ref())
}

#[derive(Properties, PartialEq)]
pub struct PartCanvasProps {
    /// The accessible name; a canvas without one is decoration.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// The picture of which it shows a part.
    pub pixels: Option<Pixels>,
    /// The part's middle, in percent of width and height.
    pub middle: [f64; 2],
    /// The part's width and height in pixels; no more than the picture has.
    pub size: [u32; 2],
}

/// A part of a picture, to be shown large.
#[component]
pub fn PartCanvas(props: &PartCanvasProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((props.pixels.clone(), props.middle, props.size), move |(pixels, middle, size)| {
            if let (Some(canvas), Some(pixels)) = (node.cast::<HtmlCanvasElement>(), pixels) {
                let [left, top, width, height] = part(pixels, *middle, *size);
                let _ = draw_part(&canvas, pixels, [left, top], [width, height]);
            }
        });
    }
    canvas(&node, props.label.as_ref())
}

fn canvas(node: &NodeRef, label: Option<&AttrValue>) -> Html {
    match label {
        Some(label) => html! { <canvas ref={node} width="1" height="1" role="img" aria-label={label} /> },
        None => html! { <canvas ref={node} width="1" height="1" aria-hidden="true" /> },
    }
}

/// Left, top, width and height in pixels of the part around a middle, moved so that it lies within the picture.
#[must_use]
pub fn part(pixels: &Pixels, middle: [f64; 2], size: [u32; 2]) -> [u32; 4] {
    let axis = |place: f64, length: u32, part: u32| {
        let part = part.min(length).max(1);
        let start = (place / 100.0 * f64::from(length) - f64::from(part) / 2.0).round().max(0.0) as u32;
        (start.min(length.saturating_sub(part)), part)
    };
    let (left, width) = axis(middle[0], pixels.width, size[0]);
    let (top, height) = axis(middle[1], pixels.height, size[1]);
    [left, top, width, height]
}

/// Sets CSS custom properties of an element, which a style attribute may not do under the site's policy.
#[hook]
pub fn use_css_variables(node: &NodeRef, variables: Vec<(&'static str, String)>) {
    let node = node.clone();
    use_effect_with(variables, move |variables| {
        if let Some(element) = node.cast::<HtmlElement>() {
            for (name, value) in variables {
                let _ = element.style().set_property(name, value);
            }
        }
    });
}
