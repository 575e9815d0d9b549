//! `cargo bench --bench convolution`: both convolutions beside the plain reference, natively, and how many times as fast
//! they are. The same cases in a browser, and beside the build without SIMD, are `cargo xtask bench`.
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

    use criterion::{BenchmarkId, Criterion, SamplingMode};
    use deconvolution_explorer::convolution::{Workspace, conv_transpose2d_into, conv2d_into, reference};
    use ndarray::Array4;

    use super::cases::{Case, cases};

    const FAST: &str = "fast";
    const REFERENCE: &str = "reference";

    pub fn run() {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("criterion");
        let mut criterion = Criterion::default().output_directory(&folder).configure_from_args();
        let cases = cases();
        for case in &cases {
            bench(&mut criterion, case);
        }
        criterion.final_summary();

        println!("\n| case | ms | reference, ms | times as fast |\n| --- | --- | --- | --- |");
        for case in &cases {
            let millis = |way| median_nanos(&folder.join(case.name).join(way)).map(|nanos| nanos / 1e6);
            // Those that the command line has left out have no numbers.
            if let (Some(fast), Some(plain)) = (millis(FAST), millis(REFERENCE)) {
                println!("| {} | {fast:.3} | {plain:.1} | {:.0} |", case.name, plain / fast);
            }
        }
    }

    fn bench(criterion: &mut Criterion, case: &Case) {
        let Case { transposed, geometry, .. } = case;
        let (input, weight) = (case.input(), case.weight());
        let (mut workspace, mut output) = (Workspace::new(), Array4::zeros((0, 0, 0, 0)));
        let mut group = criterion.benchmark_group(case.name);
        group.measurement_time(Duration::from_secs(2)).warm_up_time(Duration::from_millis(500));
        group.bench_function(BenchmarkId::from_parameter(FAST), |bencher| {
            let form = if *transposed { conv_transpose2d_into } else { conv2d_into };
            bencher.iter(|| {
                form(input.view(), weight.view(), geometry, &mut workspace, &mut output).expect("a legal case");
            });
        });
        // A second a turn at the worst: few turns tell enough of a factor of a hundred.
        group.sample_size(10).sampling_mode(SamplingMode::Flat).measurement_time(Duration::from_millis(200));
        group.warm_up_time(Duration::from_millis(1));
        group.bench_function(BenchmarkId::from_parameter(REFERENCE), |bencher| {
            let form = if *transposed { reference::conv_transpose2d } else { reference::conv2d };
            bencher.iter(|| black_box(form(input.view(), weight.view(), geometry)));
        });
    }

    /// The median that criterion has just written below `folder`.
    fn median_nanos(folder: &Path) -> Option<f64> {
        let text = fs::read_to_string(folder.join("new/estimates.json")).ok()?;
        let (_, median) = text.split_once("\"median\":")?;
        let (_, estimate) = median.split_once("\"point_estimate\":")?;
        estimate.split([',', '}']).next()?.trim().parse().ok()
    }
}
