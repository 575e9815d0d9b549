//! Starts the program of the whole Matrix page: the story, and what stands beside it.

#[cfg(target_arch = "wasm32")]
fn main() {
    use deconvolution_explorer::ui::{app::LessonApp, program};

    program::start::<LessonApp>();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("The page runs in a browser: type `cargo xtask serve`.");
}
