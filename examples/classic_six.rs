//! The classic six: ISNR in dB of every method on six standard degradations of 256 × 256 pictures, one setting for all.
//!
//! `cargo run --release --example classic_six [id …]`, with the ids of methods to restrict it.
#![cfg_attr(target_arch = "wasm32", allow(unused))]

#[cfg(not(target_arch = "wasm32"))]
#[path = "../tests/pictures/mod.rs"]
mod pictures;
#[cfg(not(target_arch = "wasm32"))]
#[path = "../tests/scenarios/mod.rs"]
mod scenarios;

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    use deconvolution_explorer::restoration::METHODS;

    let asked: Vec<String> = std::env::args().skip(1).collect();
    let methods =
        METHODS.into_iter().filter(|method| asked.is_empty() || asked.contains(&method.description().id.into()));
    println!(
        "| method | picture | 1 | 2 | 3 | 4 | 5 | 6 | s |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    );
    for method in methods {
        row(method, "", |settings| settings);
        if method.description().id == "pnp" {
            row(method, ", λ = 0.3, K = 16", |mut settings| {
                [_, settings.parameters[1], settings.parameters[2]] = [0.0, 0.3, 16.0];
                settings
            });
        }
    }
}

/// Prints what `method` gains on every picture, with its settings changed.
#[cfg(not(target_arch = "wasm32"))]
fn row(
    method: &dyn deconvolution_explorer::restoration::Method,
    remark: &str,
    change: fn(deconvolution_explorer::restoration::Settings) -> deconvolution_explorer::restoration::Settings,
) {
    for (name, picture) in pictures::all() {
        let begin = std::time::Instant::now();
        let scores: Vec<String> =
            (1..=6).map(|number| format!("{:.2}", scenarios::gain_with(method, &picture, number, change))).collect();
        let seconds = begin.elapsed().as_secs_f64();
        println!("| {}{remark} | {name} | {} | {seconds:.1} |", method.description().id, scores.join(" | "));
    }
}
