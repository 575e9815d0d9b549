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
        for (name, picture) in pictures::all() {
            let begin = std::time::Instant::now();
            let scores = (1..=6).map(|number| format!("{:.2}", scenarios::gain(method, &picture, number)));
            let scores: Vec<String> = scores.collect();
            let seconds = begin.elapsed().as_secs_f64();
            println!("| {} | {name} | {} | {seconds:.1} |", method.description().id, scores.join(" | "));
        }
    }
}
