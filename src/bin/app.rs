//! Starts the page.

#[cfg(target_arch = "wasm32")]
fn main() {
    yew::Renderer::<deconvolution_explorer::ui::app::App>::new().render();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("The page runs in a browser: type `cargo xtask serve`.");
}
