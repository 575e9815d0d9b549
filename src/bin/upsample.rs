//! Starts the program of the Upsample page's story, the lab.

#[cfg(target_arch = "wasm32")]
fn main() {
    use deconvolution_explorer::ui::{app::UpsampleApp, program};

    program::start::<UpsampleApp>();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("The page runs in a browser: type `cargo xtask serve`.");
}
