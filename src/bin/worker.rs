//! Starts the worker.

#[cfg(target_arch = "wasm32")]
fn main() {
    deconvolution_explorer::web::worker_main::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("The worker runs in a browser: type `cargo xtask serve`.");
}
