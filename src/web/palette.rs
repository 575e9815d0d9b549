//! The colours that classes of the style sheets stand for just now, for what is drawn on a canvas.

use super::{events::window, theme};
use std::{cell::RefCell, collections::HashMap, rc::Rc};

/// Ground and ink of a class, as canvases take them.
pub type Paint = Rc<(String, String)>;

thread_local! {
    /// What has been looked up, and whether the page was dark and presenting then.
    static KNOWN: RefCell<((bool, bool), HashMap<String, Paint>)> = RefCell::default();
}

/// Background and text colour that an element with these classes has in the present theme. A canvas does not know
/// custom properties, so an element that nobody sees is asked.
#[must_use]
pub fn paint(classes: &str) -> Paint {
    let look = (theme::is_dark(), theme::is_presenting());
    KNOWN.with_borrow_mut(|(looked, known)| {
        if *looked != look {
            known.clear();
            *looked = look;
        }
        // Thousands of cells ask for the same few classes.
        if let Some(paint) = known.get(classes) {
            return Rc::clone(paint);
        }
        let paint = Paint::new(ask(classes).unwrap_or_default());
        known.insert(classes.to_owned(), Rc::clone(&paint));
        paint
    })
}

fn ask(classes: &str) -> Option<(String, String)> {
    let document = window().document()?;
    let probe = document.create_element("i").ok()?;
    probe.set_class_name(&format!("probe {classes}"));
    let body = document.body()?;
    body.append_child(&probe).ok()?;
    let style = window().get_computed_style(&probe).ok()??;
    let value = |name: &str| style.get_property_value(name).unwrap_or_default();
    let paint = (value("background-color"), value("color"));
    probe.remove();
    Some(paint)
}
