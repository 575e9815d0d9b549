//! What is on the screen as a picture that stands alone: an SVG of measured rectangles, texts and drawings with their
//! computed colours, and a PNG of that.
//!
//! Cells are centred about their middles, so that another font than the page's does not move them.

use super::{
    canvas::{context, png_of},
    events::window,
};
use crate::lesson::decimal;
use std::fmt::Write;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CssStyleDeclaration, DomRect, Element, HtmlCanvasElement, HtmlImageElement, Node, Range};

/// Elements that work the page and are no part of its picture.
const CONTROLS: &str = "button, input, select, .seg, .hint, .num, .refusal, .probe, .visually-hidden";

/// What a drawing's parts are given of their computed style.
const DRAWN: [&str; 13] = [
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linejoin",
    "opacity",
    "fill-opacity",
    "font-family",
    "font-size",
    "font-weight",
    "text-anchor",
    "dominant-baseline",
    "visibility",
];

/// The attributes of a drawing that say where its parts are.
const PLACING: [&str; 21] = [
    "d",
    "x",
    "y",
    "dx",
    "dy",
    "x1",
    "x2",
    "y1",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "width",
    "height",
    "points",
    "transform",
    "viewBox",
    "preserveAspectRatio",
    "vector-effect",
];

/// A picture and its size in pixels of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// The SVG, a document of its own.
    pub svg: String,
    /// Width and height.
    pub size: [f64; 2],
}

/// Takes a picture of an element as it stands on the screen now.
///
/// # Errors
/// When the browser cannot say how it looks.
pub fn take(root: &Element) -> Result<Snapshot, JsValue> {
    let area = root.get_bounding_client_rect();
    let size = [f64::from(root.scroll_width()), f64::from(root.scroll_height())];
    let origin = [area.left() - f64::from(root.scroll_left()), area.top() - f64::from(root.scroll_top())];
    let mut painter = Painter { text: String::new(), origin, late: String::new() };
    let ground = ground_of(root)?;
    let _ = write!(
        painter.text,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0}\" height=\"{1:.0}\" viewBox=\"0 0 {0:.0} {1:.0}\">\
         <rect width=\"100%\" height=\"100%\" fill=\"{ground}\"/>",
        size[0], size[1]
    );
    painter.children(root, root)?;
    // Outlines and wires lie over everything else, as on the page.
    let late = std::mem::take(&mut painter.late);
    painter.text += &late;
    painter.text += "</svg>\n";
    Ok(Snapshot { svg: painter.text, size })
}

impl Snapshot {
    /// The picture as an address that an image can show.
    #[must_use]
    pub fn address(&self) -> String {
        format!("data:image/svg+xml;charset=utf-8,{}", String::from(js_sys::encode_uri_component(&self.svg)))
    }

    /// The picture in pixels, `scale` for each pixel of the page.
    ///
    /// # Errors
    /// When the browser cannot draw it.
    pub async fn png(&self, scale: f64) -> Result<Blob, JsValue> {
        let document = window().document().ok_or("no document")?;
        let image: HtmlImageElement = document.create_element("img")?.dyn_into()?;
        image.set_src(&self.address());
        JsFuture::from(image.decode()).await?;
        let canvas: HtmlCanvasElement = document.create_element("canvas")?.dyn_into()?;
        let [width, height] = self.size.map(|length| (length * scale).round());
        canvas.set_width(width as u32);
        canvas.set_height(height as u32);
        context(&canvas)?.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)?;
        png_of(&canvas).await
    }
}

struct Painter {
    text: String,
    origin: [f64; 2],
    late: String,
}

impl Painter {
    fn children(&mut self, node: &Node, parent: &Element) -> Result<(), JsValue> {
        let children = node.child_nodes();
        for n in 0..children.length() {
            let Some(child) = children.item(n) else { continue };
            if child.node_type() == Node::TEXT_NODE {
                self.words(&child, parent)?;
            } else if let Some(element) = child.dyn_ref::<Element>() {
                self.element(element)?;
            }
        }
        Ok(())
    }

    fn element(&mut self, element: &Element) -> Result<(), JsValue> {
        if element.matches(CONTROLS)? {
            return Ok(());
        }
        let style = computed(element)?;
        if value(&style, "display") == "none" || value(&style, "visibility") == "hidden" {
            return Ok(());
        }
        match element.tag_name().to_ascii_lowercase().as_str() {
            "canvas" => {
                self.ground(element, &style);
                return self.canvas(element);
            }
            "svg" => {
                let mut drawing = String::new();
                let area = element.get_bounding_client_rect();
                let [x, y] = [area.left() - self.origin[0], area.top() - self.origin[1]];
                let [width, height] = [area.width(), area.height()];
                let _ = write!(
                    drawing,
                    "<svg x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" overflow=\"visible\""
                );
                if let Some(view) = element.get_attribute("viewBox") {
                    let _ = write!(drawing, " viewBox=\"{}\"", escaped(&view));
                }
                drawing.push('>');
                for part in children_of(element) {
                    copy(&part, &mut drawing)?;
                }
                drawing += "</svg>";
                self.late += &drawing;
                return Ok(());
            }
            _ => {}
        }
        self.ground(element, &style);
        self.children(element, element)?;
        self.after(element)
    }

    /// Background, borders, outline and hard shadows.
    fn ground(&mut self, element: &Element, style: &CssStyleDeclaration) {
        let area = element.get_bounding_client_rect();
        if area.width() < 0.5 || area.height() < 0.5 {
            return;
        }
        let [x, y] = [area.left() - self.origin[0], area.top() - self.origin[1]];
        let [width, height] = [area.width(), area.height()];
        let ground = value(style, "background-color");
        let radius = pixels(&value(style, "border-top-left-radius"));
        if seen(&ground) {
            rectangle(&mut self.text, [x, y, width, height], radius, &ground);
        }
        for (side, [left, top, wide, high]) in [
            ("top", [x, y, width, 0.0]),
            ("right", [x + width, y, 0.0, height]),
            ("bottom", [x, y + height, width, 0.0]),
            ("left", [x, y, 0.0, height]),
        ] {
            let border = pixels(&value(style, &format!("border-{side}-width")));
            let colour = value(style, &format!("border-{side}-color"));
            if border > 0.0 && seen(&colour) {
                let bar = match side {
                    "top" => [left, top, wide, border],
                    "right" => [left - border, top, border, high],
                    "bottom" => [left, top - border, wide, border],
                    _ => [left, top, border, high],
                };
                rectangle(&mut self.text, bar, 0.0, &colour);
            }
        }
        for shadow in shadows(&value(style, "box-shadow")) {
            let Shadow { colour, offset: [dx, dy], spread, inset } = shadow;
            let frame = |by: f64| [x - by, y - by, width + 2.0 * by, height + 2.0 * by];
            match (inset, dx, dy) {
                (false, _, _) => outline(&mut self.text, frame(spread / 2.0), radius, spread, &colour),
                (true, 0.0, 0.0) => outline(&mut self.late, frame(-spread / 2.0), radius, spread, &colour),
                (true, _, 0.0) => {
                    let left = if dx > 0.0 { x } else { x + width + dx };
                    rectangle(&mut self.text, [left, y, dx.abs(), height], 0.0, &colour);
                }
                (true, _, _) => {
                    let top = if dy > 0.0 { y } else { y + height + dy };
                    rectangle(&mut self.text, [x, top, width, dy.abs()], 0.0, &colour);
                }
            }
        }
        let border = pixels(&value(style, "outline-width"));
        if value(style, "outline-style") == "solid" && border > 0.0 {
            let by = pixels(&value(style, "outline-offset")) + border / 2.0;
            let frame = [x - by, y - by, width + 2.0 * by, height + 2.0 * by];
            outline(&mut self.late, frame, radius, border, &value(style, "outline-color"));
        }
    }

    /// The bar of a cell's hue, which the style sheet draws behind its content.
    fn after(&mut self, element: &Element) -> Result<(), JsValue> {
        let Some(style) = window().get_computed_style_with_pseudo_elt(element, "::after")? else { return Ok(()) };
        let ground = value(&style, "background-color");
        if value(&style, "content") == "none" || !seen(&ground) {
            return Ok(());
        }
        let area = element.get_bounding_client_rect();
        let [x, y] = [area.left() - self.origin[0], area.top() - self.origin[1]];
        let [left, top, width, height] = ["left", "top", "width", "height"].map(|name| pixels(&value(&style, name)));
        rectangle(&mut self.text, [x + left, y + top, width, height], 0.0, &ground);
        Ok(())
    }

    fn canvas(&mut self, element: &Element) -> Result<(), JsValue> {
        let area = element.get_bounding_client_rect();
        let Some(canvas) = element.dyn_ref::<HtmlCanvasElement>() else { return Ok(()) };
        if canvas.width() > 0 && canvas.height() > 0 {
            let _ = write!(
                self.text,
                "<image x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" href=\"{}\"/>",
                area.left() - self.origin[0],
                area.top() - self.origin[1],
                area.width(),
                area.height(),
                canvas.to_data_url()?
            );
        }
        Ok(())
    }

    /// A text line by line, as the browser has broken it.
    fn words(&mut self, node: &Node, parent: &Element) -> Result<(), JsValue> {
        let text = node.text_content().unwrap_or_default();
        if text.trim().is_empty() {
            return Ok(());
        }
        let style = computed(parent)?;
        let range = Range::new()?;
        let mut lines: Vec<(String, DomRect)> = Vec::new();
        let mut from = 0_u32;
        for word in text.split_inclusive(char::is_whitespace) {
            let length = word.encode_utf16().count() as u32;
            let printed = word.trim_end();
            range.set_start(node, from)?;
            range.set_end(node, from + printed.encode_utf16().count() as u32)?;
            from += length;
            if printed.is_empty() {
                continue;
            }
            let area = range.get_bounding_client_rect();
            match lines.last_mut() {
                Some((line, first)) if (first.top() - area.top()).abs() < 2.0 => {
                    line.push(' ');
                    line.push_str(printed);
                    first.set_width(area.right() - first.left());
                }
                _ => lines.push((printed.to_owned(), area)),
            }
        }
        let family = value(&style, "font-family");
        // Where the baseline lies in a line of these fonts.
        let baseline = if family.starts_with("\"Source") { 0.756 } else { 0.8 };
        let centred = parent.closest(".c, .chip, .term")?.is_some();
        let slanted = parent.tag_name() == "mi" && text.chars().count() == 1 && !parent.has_attribute("mathvariant");
        let clipped = parent.closest("small, .cap")?.map(|edge| edge.get_bounding_client_rect().right() + 1.0);
        for (line, area) in lines {
            if area.width() == 0.0 || clipped.is_some_and(|edge| area.left() > edge) {
                continue;
            }
            let (x, anchor) =
                if centred { (area.left() + area.width() / 2.0, " text-anchor=\"middle\"") } else { (area.left(), "") };
            // Where the page's fonts are missing, lines of another font are made as long as they were.
            let length = if line.chars().count() > 1 {
                format!(" textLength=\"{:.1}\" lengthAdjust=\"spacingAndGlyphs\"", area.width())
            } else {
                String::new()
            };
            let _ = write!(
                self.text,
                "<text x=\"{:.1}\" y=\"{:.1}\"{anchor}{length} font-family=\"{}\" font-size=\"{}\" font-weight=\"{}\"{} \
                 fill=\"{}\">{}</text>",
                x - self.origin[0],
                area.top() - self.origin[1] + baseline * area.height(),
                escaped(&family),
                value(&style, "font-size"),
                value(&style, "font-weight"),
                if slanted { " font-style=\"italic\"" } else { "" },
                value(&style, "color"),
                escaped(&line)
            );
        }
        Ok(())
    }
}

/// Copies a part of a drawing with what the style sheet gives it.
fn copy(element: &Element, drawing: &mut String) -> Result<(), JsValue> {
    let style = computed(element)?;
    if value(&style, "display") == "none" {
        return Ok(());
    }
    let tag = element.tag_name();
    let _ = write!(drawing, "<{tag}");
    for name in PLACING {
        if let Some(text) = element.get_attribute(name) {
            let _ = write!(drawing, " {name}=\"{}\"", escaped(&text));
        }
    }
    for name in DRAWN {
        let text = value(&style, name);
        let usual = matches!(
            (name, text.as_str()),
            ("opacity" | "fill-opacity", "1")
                | ("stroke-dasharray", "none")
                | ("stroke-linejoin", "miter")
                | ("visibility", "visible")
                | ("dominant-baseline", "auto")
        );
        let letters =
            tag != "text" && (name.starts_with("font") || name.starts_with("text") || name.starts_with("dom"));
        if !text.is_empty() && !usual && !letters {
            let _ = write!(drawing, " {name}=\"{}\"", escaped(&text));
        }
    }
    drawing.push('>');
    let parts = children_of(element);
    if parts.is_empty() {
        *drawing += &escaped(&element.text_content().unwrap_or_default());
    }
    for part in parts {
        copy(&part, drawing)?;
    }
    let _ = write!(drawing, "</{tag}>");
    Ok(())
}

fn children_of(element: &Element) -> Vec<Element> {
    let children = element.child_nodes();
    (0..children.length()).filter_map(|n| children.item(n)?.dyn_into().ok()).collect()
}

fn computed(element: &Element) -> Result<CssStyleDeclaration, JsValue> {
    window().get_computed_style(element)?.ok_or_else(|| "no style".into())
}

fn value(style: &CssStyleDeclaration, name: &str) -> String {
    style.get_property_value(name).unwrap_or_default()
}

/// The first background that is seen behind an element.
fn ground_of(element: &Element) -> Result<String, JsValue> {
    let mut now = Some(element.clone());
    while let Some(element) = now {
        let ground = value(&computed(&element)?, "background-color");
        if seen(&ground) {
            return Ok(ground);
        }
        now = element.parent_element();
    }
    Ok("white".to_owned())
}

fn seen(colour: &str) -> bool {
    let clear = colour.ends_with("/ 0)") || colour.starts_with("rgba") && colour.ends_with(", 0)");
    !colour.is_empty() && colour != "transparent" && !clear
}

fn pixels(text: &str) -> f64 {
    decimal::parse(text.trim_end_matches("px")).unwrap_or(0.0)
}

/// A shadow without blur.
struct Shadow {
    colour: String,
    offset: [f64; 2],
    spread: f64,
    inset: bool,
}

/// The shadows of a computed style, such as `rgb(1, 2, 3) 0px 0px 0px 2px inset`, as far as they have hard edges.
fn shadows(text: &str) -> Vec<Shadow> {
    // A comma parts two shadows, or two numbers of a colour; only a shadow begins with a letter.
    let mut parts: Vec<String> = Vec::new();
    for piece in text.split(", ") {
        match parts.last_mut() {
            Some(part) if !piece.starts_with(char::is_alphabetic) => {
                part.push_str(", ");
                part.push_str(piece);
            }
            _ => parts.push(piece.to_owned()),
        }
    }
    let mut shadows = Vec::new();
    for part in parts {
        let Some((colour, rest)) = part.split_once(')') else { continue };
        let lengths: Vec<f64> = rest.split_whitespace().filter(|word| word.ends_with("px")).map(pixels).collect();
        if let [dx, dy, blur, spread] = lengths[..]
            && blur == 0.0
            && (spread > 0.0 || dx != 0.0 || dy != 0.0)
        {
            shadows.push(Shadow {
                colour: format!("{colour})"),
                offset: [dx, dy],
                spread,
                inset: rest.contains("inset"),
            });
        }
    }
    shadows
}

fn rectangle(text: &mut String, [x, y, width, height]: [f64; 4], radius: f64, fill: &str) {
    let _ = write!(text, "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"");
    if radius > 0.0 {
        let _ = write!(text, " rx=\"{radius}\"");
    }
    let _ = write!(text, " fill=\"{fill}\"/>");
}

fn outline(text: &mut String, [x, y, width, height]: [f64; 4], radius: f64, line: f64, stroke: &str) {
    let _ = write!(
        text,
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"{radius}\" fill=\"none\" \
         stroke=\"{stroke}\" stroke-width=\"{line}\"/>"
    );
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
