//! Starts the program of the Restore page.

#[cfg(target_arch = "wasm32")]
fn main() {
    use deconvolution_explorer::ui::{app::RestoreApp, program};

    program::start::<RestoreApp>();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("The page runs in a browser: type `cargo xtask serve`.");
}
