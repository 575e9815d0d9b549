//! Starts the page.

#[cfg(target_arch = "wasm32")]
fn main() {
    use deconvolution_explorer::{ui::app::App, web};

    web::problem::install_panic_hook();
    web::theme::restore();
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"))
        .expect("index.html has an element for the app");
    // The first paint stood in for the app until now.
    root.set_inner_html("");
    yew::Renderer::<App>::with_root(root).render();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("The page runs in a browser: type `cargo xtask serve`.");
}
