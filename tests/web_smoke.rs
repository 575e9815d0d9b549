//! The programs mount in a real browser, each for its own pages. It can be trusted because it asks the document, not the
//! component.
#![cfg(target_arch = "wasm32")]

use deconvolution_explorer::ui::app::{MatrixApp, UpsampleApp};
use std::time::Duration;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element};

wasm_bindgen_test_configure!(run_in_browser);

fn document() -> Document {
    web_sys::window().and_then(|window| window.document()).expect("tests run in a page")
}

/// A place of its own: the test runner writes into the rest of the page.
fn place() -> Element {
    let place = document().create_element("div").expect("a div can be made");
    document().body().expect("the page has a body").append_child(&place).expect("the div can be added");
    place
}

fn go(fragment: &str) {
    document().location().expect("a page has an address").set_hash(fragment).expect("the fragment is legal");
}

async fn rest() {
    yew::platform::time::sleep(Duration::from_millis(10)).await;
}

#[wasm_bindgen_test]
async fn the_program_in_view_shows_its_name_and_a_heading() {
    go("");
    let place = place();
    let app = yew::Renderer::<MatrixApp>::with_root(place.clone()).render();
    rest().await;
    let heading = place.query_selector("h1").expect("the selector is valid").expect("there is a heading");
    assert!(heading.text_content().is_some_and(|text| !text.trim().is_empty()), "the heading is empty");
    // The name stands in the frame, which every page shares; the heading is the page's own.
    assert!(place.text_content().is_some_and(|text| text.contains("Deconvolution Explorer")), "the name is missing");
    app.destroy();
    place.remove();
}

#[wasm_bindgen_test]
async fn a_program_shows_nothing_while_the_address_names_another_page() {
    go("#/matrix");
    let places = [place(), place()];
    let matrix = yew::Renderer::<MatrixApp>::with_root(places[0].clone()).render();
    let upsample = yew::Renderer::<UpsampleApp>::with_root(places[1].clone()).render();
    for (fragment, in_view) in [("#/matrix", [1, 0]), ("#/upsample", [0, 1]), ("#/nonsense", [1, 0])] {
        go(fragment);
        // A browser takes its time to tell of a new address.
        let shown = || places.each_ref().map(Element::child_element_count);
        for _ in 0..2000 {
            rest().await;
            if shown() == in_view {
                break;
            }
        }
        assert_eq!(shown(), in_view, "frames of the two programs at {fragment}");
    }
    matrix.destroy();
    upsample.destroy();
    places.iter().for_each(Element::remove);
}
