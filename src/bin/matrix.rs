//! Starts the program of the Matrix page's story.

#[cfg(target_arch = "wasm32")]
fn main() {
    use deconvolution_explorer::ui::{app::MatrixApp, program};

    program::start::<MatrixApp>();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("The page runs in a browser: type `cargo xtask serve`.");
}
