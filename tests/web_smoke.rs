//! The app mounts in a real browser. It can be trusted because it asks the document, not the component.
#![cfg(target_arch = "wasm32")]

use deconvolution_explorer::ui::app::MatrixApp;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn the_app_shows_its_name_and_a_heading() {
    let document = web_sys::window().and_then(|window| window.document()).expect("tests run in a page");
    // A place of its own: the test runner writes into the rest of the page.
    let place = document.create_element("div").expect("a div can be made");
    document.body().expect("the page has a body").append_child(&place).expect("the div can be added");
    let app = yew::Renderer::<MatrixApp>::with_root(place.clone()).render();
    yew::platform::time::sleep(std::time::Duration::ZERO).await;
    let heading = place.query_selector("h1").expect("the selector is valid").expect("there is a heading");
    assert!(heading.text_content().is_some_and(|text| !text.trim().is_empty()), "the heading is empty");
    // The name stands in the frame, which every page shares; the heading is the page's own.
    assert!(place.text_content().is_some_and(|text| text.contains("Deconvolution Explorer")), "the name is missing");
    app.destroy();
    place.remove();
}
