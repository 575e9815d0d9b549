//! Starts the program of the whole Upsample page: the lab, and what stands beside it.

#[cfg(target_arch = "wasm32")]
fn main() {
    use deconvolution_explorer::ui::{app::EnlargeApp, program};

    program::start::<EnlargeApp>();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("The page runs in a browser: type `cargo xtask serve`.");
}
