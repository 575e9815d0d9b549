//! `cargo bench --bench upsampling`: the ways to enlarge beside the plain reference, natively, and how many times as fast
//! they are. The same cases in a browser, and beside the build without SIMD, are in `cargo xtask bench`.
#![cfg_attr(target_arch = "wasm32", allow(unused))]

#[cfg(not(target_arch = "wasm32"))]
#[path = "cases/mod.rs"]
mod cases;

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    native::run();
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::{fs, hint::black_box, path::Path, time::Duration};

    use criterion::{Criterion, SamplingMode};

    use super::cases::upsampling::{NAMES, Upsampling};

    const FAST: &str = "fast";
    const REFERENCE: &str = "reference";

    pub fn run() {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("criterion");
        let mut criterion = Criterion::default().output_directory(&folder).configure_from_args();
        for number in 0..NAMES.len() {
            bench(&mut criterion, number);
        }
        criterion.final_summary();

        println!("\n| case | ms | reference, ms | times as fast |\n| --- | --- | --- | --- |");
        for name in NAMES {
            let millis = |way| median_nanos(&folder.join(name).join(way)).map(|nanos| nanos / 1e6);
            // Those that the command line has left out have no numbers.
            if let (Some(fast), Some(plain)) = (millis(FAST), millis(REFERENCE)) {
                println!("| {name} | {fast:.3} | {plain:.1} | {:.0} |", plain / fast);
            }
        }
    }

    fn bench(criterion: &mut Criterion, number: usize) {
        let mut case = Upsampling::new(number).expect("a legal case");
        let mut group = criterion.benchmark_group(NAMES[number]);
        group.measurement_time(Duration::from_secs(2)).warm_up_time(Duration::from_millis(500));
        group.bench_function(FAST, |bencher| bencher.iter(|| case.run().expect("a legal case")));
        // The reference is slow: few turns tell enough of so large a factor.
        group.sample_size(10).sampling_mode(SamplingMode::Flat).measurement_time(Duration::from_millis(200));
        group.warm_up_time(Duration::from_millis(1));
        group.bench_function(REFERENCE, |bencher| bencher.iter(|| black_box(case.reference())));
    }

    /// The median that criterion has just written below `folder`.
    fn median_nanos(folder: &Path) -> Option<f64> {
        let text = fs::read_to_string(folder.join("new/estimates.json")).ok()?;
        let (_, median) = text.split_once("\"median\":")?;
        let (_, estimate) = median.split_once("\"point_estimate\":")?;
        estimate.split([',', '}']).next()?.trim().parse().ok()
    }
}
