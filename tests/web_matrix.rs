//! The Matrix page in a real browser: names, keyboard, edits, refusals, pins and the transport.
//!
//! The whole program is mounted and driven by the events that a reader's keys and pointer cause; what is read back is the
//! document itself.
#![cfg(target_arch = "wasm32")]

use deconvolution_explorer::ui::app::MatrixApp;
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit, MouseEvent, MouseEventInit};

wasm_bindgen_test_configure!(run_in_browser);

/// The program in an element of its own, which goes with it.
struct Mounted {
    root: Element,
    app: Option<yew::AppHandle<MatrixApp>>,
}

impl Mounted {
    async fn new() -> Self {
        let document = web_sys::window().unwrap().document().unwrap();
        document.location().unwrap().set_hash("").unwrap();
        let root = document.create_element("div").unwrap();
        document.body().unwrap().append_child(&root).unwrap();
        let app = yew::Renderer::<MatrixApp>::with_root(root.clone()).render();
        rest().await;
        Self { root, app: Some(app) }
    }

    fn find(&self, selector: &str) -> HtmlElement {
        self.root
            .query_selector(selector)
            .unwrap()
            .unwrap_or_else(|| panic!("nothing matches {selector}"))
            .dyn_into()
            .unwrap()
    }

    fn cell(&self, grid: &str, place: usize) -> HtmlElement {
        self.find(&format!("[aria-label=\"{grid}\"] [data-i=\"{place}\"]"))
    }

    /// The printed numbers of a grid, row by row.
    fn numbers(&self, grid: &str) -> Vec<String> {
        let cells = self.find(&format!("[aria-label=\"{grid}\"]")).query_selector_all("[data-i] > span").unwrap();
        (0..cells.length()).map(|n| cells.item(n).unwrap().text_content().unwrap()).collect()
    }

    /// Opens a cell by a key, as a reader does.
    async fn open(&self, grid: &str, place: usize, key: &str) -> HtmlInputElement {
        let cell = self.cell(grid, place);
        cell.focus().unwrap();
        rest().await;
        press(&cell, key);
        rest().await;
        self.find(&format!("[aria-label=\"{grid}\"] input")).dyn_into().unwrap()
    }

    /// Types into a cell: the first key opens it, Enter closes it.
    async fn enter(&self, grid: &str, place: usize, text: &str) {
        let input = self.open(grid, place, &text[..1]).await;
        input.set_value(text);
        press(&input, "Enter");
        rest().await;
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.root.remove();
    }
}

/// Long enough for Yew's scheduler and one effect.
async fn rest() {
    TimeoutFuture::new(30).await;
}

fn press(element: &HtmlElement, key: &str) {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    init.set_cancelable(true);
    element.dispatch_event(&KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap()).unwrap();
}

fn click(element: &HtmlElement) {
    let init = MouseEventInit::new();
    init.set_bubbles(true);
    element.dispatch_event(&MouseEvent::new_with_mouse_event_init_dict("click", &init).unwrap()).unwrap();
}

fn hover(element: &HtmlElement) {
    let init = MouseEventInit::new();
    init.set_bubbles(true);
    element.dispatch_event(&MouseEvent::new_with_mouse_event_init_dict("mouseover", &init).unwrap()).unwrap();
}

fn focused_label() -> String {
    let document = web_sys::window().unwrap().document().unwrap();
    document.active_element().and_then(|element| element.get_attribute("aria-label")).unwrap_or_default()
}

#[wasm_bindgen_test]
async fn every_promised_name_is_there() {
    let page = Mounted::new().await;
    for name in
        ["Patch D", "Mask", "Matrix C", "Convolution result", "Input E", "Matrix C transposed", "Transposed result"]
    {
        assert_eq!(page.find(&format!("[aria-label=\"{name}\"]")).get_attribute("role").unwrap(), "grid", "{name}");
    }
    for name in ["Play", "Step forward", "Step back", "First step", "Last step"] {
        page.find(&format!("button[aria-label=\"{name}\"]"));
    }
    for name in ["Timeline", "Speed"] {
        page.find(&format!("input[type=range][aria-label=\"{name}\"]"));
    }
    assert_eq!(page.cell("Patch D", 6).get_attribute("aria-label").unwrap(), "row 2, column 3, value 1");
    assert_eq!(page.numbers("Convolution result"), ["12", "12", "10", "17"]);
}

#[wasm_bindgen_test]
async fn a_grid_is_one_tab_stop_with_arrow_keys_inside() {
    let page = Mounted::new().await;
    let stops = page.root.query_selector_all("[aria-label=\"Patch D\"] [tabindex=\"0\"]").unwrap();
    assert_eq!(stops.length(), 1);
    page.cell("Patch D", 0).focus().unwrap();
    rest().await;
    for (key, name) in [
        ("ArrowRight", "row 1, column 2, value 3"),
        ("ArrowDown", "row 2, column 2, value 0"),
        ("End", "row 2, column 4, value 3"),
        ("ArrowRight", "row 2, column 4, value 3"),
        ("ArrowUp", "row 1, column 4, value 1"),
        ("Home", "row 1, column 1, value 3"),
    ] {
        let cell: HtmlElement =
            web_sys::window().unwrap().document().unwrap().active_element().unwrap().dyn_into().unwrap();
        press(&cell, key);
        rest().await;
        assert_eq!(focused_label(), name, "after {key}");
    }
}

#[wasm_bindgen_test]
async fn an_edit_by_keyboard_reaches_every_array() {
    let page = Mounted::new().await;
    page.enter("Patch D", 15, "5").await;
    assert_eq!(page.numbers("Convolution result"), ["12", "12", "10", "23"]);
    assert_eq!(page.numbers("Input E"), ["12", "12", "10", "23"], "E follows the result");
    page.enter("Mask", 8, "-1.5").await;
    assert_eq!(page.numbers("Mask")[8], "−1.5");
    assert_eq!(page.numbers("Matrix C")[4 * 15 + 3], "−1.5");
    page.enter("Input E", 0, "1").await;
    assert_eq!(page.numbers("Transposed result")[1], "1");
}

#[wasm_bindgen_test]
async fn a_wrong_entry_is_refused_with_a_reason_and_the_old_value_stays() {
    let page = Mounted::new().await;
    page.enter("Mask", 4, "two").await;
    assert_eq!(page.numbers("Mask")[4], "2");
    let reason = page.find("[role=alert]").text_content().unwrap();
    assert!(reason.contains("not a number"), "{reason}");
    assert_eq!(page.cell("Mask", 4).get_attribute("aria-invalid").as_deref(), Some("true"));
    page.enter("Mask", 4, "3").await;
    assert!(page.root.query_selector("[role=alert]").unwrap().is_none());
}

#[wasm_bindgen_test]
async fn a_draft_outlives_whatever_else_happens_on_the_stage() {
    let page = Mounted::new().await;
    let input = page.open("Patch D", 0, "8").await;
    input.set_value("8.25");
    hover(&page.cell("Patch D", 10));
    rest().await;
    hover(&page.cell("Matrix C", 5));
    rest().await;
    assert_eq!(input.value(), "8.25");
    press(&input, "Enter");
    rest().await;
    assert_eq!(page.numbers("Patch D")[0], "8.25");
}

#[wasm_bindgen_test]
async fn a_cell_that_was_only_opened_keeps_its_exact_value() {
    let page = Mounted::new().await;
    page.enter("Mask", 0, "1/3").await;
    let before = page.numbers("Convolution result");
    let input = page.open("Mask", 0, "Enter").await;
    press(&input, "Enter");
    rest().await;
    assert_eq!(page.numbers("Convolution result"), before);
    let input = page.open("Input E", 0, "Enter").await;
    press(&input, "Enter");
    rest().await;
    page.enter("Patch D", 0, "7").await;
    assert_eq!(page.numbers("Input E"), page.numbers("Convolution result"), "E still follows the result");
}

#[wasm_bindgen_test]
async fn escape_leaves_a_cell_as_it_was() {
    let page = Mounted::new().await;
    let input = page.open("Patch D", 0, "9").await;
    press(&input, "Escape");
    rest().await;
    assert_eq!(page.numbers("Patch D")[0], "3");
    assert_eq!(focused_label(), "row 1, column 1, value 3");
}

#[wasm_bindgen_test]
async fn hovering_lights_and_a_click_pins_until_escape() {
    let page = Mounted::new().await;
    let lit = |grid: &str| page.root.query_selector_all(&format!("[aria-label=\"{grid}\"] .lit")).unwrap().length();
    hover(&page.cell("Patch D", 5));
    rest().await;
    assert_eq!(lit("Convolution result"), 4, "an inner cell goes into every result");
    assert_eq!(lit("Matrix C"), 4);
    click(&page.cell("Convolution result", 3));
    rest().await;
    assert!(page.find(".pinned").text_content().unwrap().contains("output row 2, column 2"));
    assert_eq!(page.find(".total").text_content().unwrap(), "= 17");
    press(&page.find(".pinned"), "Escape");
    rest().await;
    assert!(page.root.query_selector(".pinned").unwrap().is_none());
}

#[wasm_bindgen_test]
async fn the_transport_steps_both_ways_and_to_both_ends() {
    let page = Mounted::new().await;
    let title = || page.find(".tell b").text_content().unwrap();
    assert_eq!(title(), "Multiply, step 1 of 4");
    for (button, expected) in [
        ("Step forward", "Multiply, step 2 of 4"),
        ("Step back", "Multiply, step 1 of 4"),
        ("Last step", "Spread, step 5 of 5"),
        ("First step", "Before the first step"),
        ("Step forward", "Place, step 1 of 4"),
    ] {
        click(&page.find(&format!("button[aria-label=\"{button}\"]")));
        rest().await;
        assert_eq!(title(), expected, "after {button}");
    }
    let timeline = page.find("input[aria-label=Timeline]");
    press(&timeline, "End");
    rest().await;
    assert_eq!(title(), "Spread, step 5 of 5");
}

#[wasm_bindgen_test]
async fn playing_moves_and_pausing_stops() {
    let page = Mounted::new().await;
    let track = || page.find("input[aria-label=Timeline]").dyn_into::<HtmlInputElement>().unwrap().value();
    let before = track();
    click(&page.find("button[aria-label=Play]"));
    TimeoutFuture::new(300).await;
    click(&page.find("button[aria-label=Pause]"));
    rest().await;
    let after = track();
    assert_ne!(before, after, "time has passed");
    TimeoutFuture::new(200).await;
    assert_eq!(track(), after, "and stands still");
}
