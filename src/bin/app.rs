//! Starts the page.

#[cfg(target_arch = "wasm32")]
fn main() {
    let root = web_sys::window().and_then(|window| window.document()).and_then(|page| page.get_element_by_id("app"));
    // Not the whole body: the dialog for problems stands beside the app and outlives it.
    yew::Renderer::<deconvolution_explorer::ui::app::App>::with_root(root.expect("index.html has #app")).render();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("The page runs in a browser: type `cargo xtask serve`.");
}
