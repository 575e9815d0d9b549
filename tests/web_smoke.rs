//! The app mounts in a real browser. It can be trusted because it asks the document, not the component.
#![cfg(target_arch = "wasm32")]

use deconvolution_explorer::ui::app::App;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn the_app_shows_its_heading() {
    let document = web_sys::window().and_then(|window| window.document()).expect("tests run in a page");
    // A place of its own: the test runner writes into the rest of the page.
    let place = document.create_element("div").expect("a div can be made");
    document.body().expect("the page has a body").append_child(&place).expect("the div can be added");
    let app = yew::Renderer::<App>::with_root(place.clone()).render();
    yew::platform::time::sleep(std::time::Duration::ZERO).await;
    let heading = place.query_selector("h1").expect("the selector is valid").expect("there is a heading");
    assert_eq!(heading.text_content().as_deref(), Some("Deconvolution Explorer"));
    app.destroy();
    place.remove();
}
