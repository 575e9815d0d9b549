//! A program of the page, with a root of its own in the document, so that two programs can run side by side.

use crate::web::{events::window, problem};
use yew::BaseComponent;

/// Where index.html leaves room for the programs.
const PLACE: &str = "app";

/// Starts a program in a new root. `static/start.js` calls for it when an address first names one of its pages, and takes
/// the first paint away once it runs.
///
/// # Panics
/// When the document is not that of `index.html`; the dialog then says that the page has stopped.
pub fn start<App: BaseComponent<Properties = ()>>() {
    problem::install_panic_hook();
    let document = window().document().expect("a window has a document");
    let place = document.get_element_by_id(PLACE).expect("index.html has an element for the programs");
    // The site may have been replaced since the program that runs here was loaded, and caches may be older than both.
    match place.get_attribute("data-build") {
        Some(build) if build != env!("BUILD_ID") => {
            let sentence =
                "Its parts are of different versions: the site was updated while it was open. Load it again.";
            return problem::show("The page could not go on", sentence, "");
        }
        _ => place.set_attribute("data-build", env!("BUILD_ID")).expect("the name of the attribute is a legal one"),
    }
    let root = document.create_element("div").expect("the name of the element is a legal one");
    root.set_class_name("program");
    place.append_child(&root).expect("an element takes a child");
    yew::Renderer::<App>::with_root(root).render();
}
