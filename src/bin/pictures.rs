//! Starts the program of the Restore and Upsample pages.

#[cfg(target_arch = "wasm32")]
fn main() {
    use deconvolution_explorer::ui::{app::PicturesApp, program};

    program::start::<PicturesApp>();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("The page runs in a browser: type `cargo xtask serve`.");
}
