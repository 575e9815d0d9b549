//! `cargo bench --bench splitting`: total variation by ADMM and by Chambolle's projection on 512 × 512 grey pictures.
//!
//! With `PEER_PYTHON` naming a Python that has NumPy, SciPy and scikit-image, the same work is timed there too, by the
//! generators of the golden files, and how many times as fast this is gets printed.
#![cfg_attr(target_arch = "wasm32", allow(unused))]

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    native::run();
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::{fs, hint::black_box, path::Path, process::Command, rc::Rc, time::Duration};

    use criterion::{Criterion, SamplingMode};
    use deconvolution_explorer::imaging::noise::add_gaussian;
    use deconvolution_explorer::imaging::{Boundary, Psf, blur, samples};
    use deconvolution_explorer::restoration::denoising::denoise_total_variation;
    use deconvolution_explorer::restoration::{
        Method, Observation, PlugAndPlay, Settings, TotalVariation, Treatment, Wavelet,
    };

    const SIDE: usize = 512;
    const GROUP: &str = "splitting";

    pub fn run() {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("criterion");
        let mut criterion = Criterion::default().output_directory(&folder).configure_from_args();
        let mut observed = blur(&samples::star(SIDE), &Psf::Box { side: 9 }.sample(), Boundary::Circular);
        add_gaussian(&mut observed, 0.01, 1);

        let mut group = criterion.benchmark_group(GROUP);
        group.sampling_mode(SamplingMode::Flat).sample_size(10).measurement_time(Duration::from_secs(5));
        group.bench_function("chambolle", |bencher| {
            bencher.iter(|| denoise_total_variation(black_box(&observed), 0.1, 50));
        });
        for treatment in [Treatment::Circular, Treatment::Unknown] {
            let observation = Observation::new(observed.clone(), Psf::Box { side: 9 }.sample(), treatment);
            let observation = Rc::new(observation.expect("a sound picture").with_noise(0.01));
            for method in [&TotalVariation as &dyn Method, &Wavelet, &PlugAndPlay] {
                let settings = Settings { iterations: 60, ..Settings::of(method.description()) };
                let settings =
                    if method.description().id == "pnp" { Settings { iterations: 16, ..settings } } else { settings };
                let mut run = method.start(&observation, &settings);
                group.bench_function(format!("{}-{treatment:?}", method.description().id), |bencher| {
                    bencher.iter(|| {
                        run.restart(black_box(&settings));
                        while run.step().ending.is_none() {}
                    });
                });
            }
        }
        group.finish();
        criterion.final_summary();

        let peers = [
            ("chambolle", "generate_chambolle.py", "Chambolle, 50 iterations, scikit-image"),
            ("tv-Circular", "generate_classic_six.py", "total variation, 60 iterations, NumPy and SciPy"),
        ];
        println!("\n| work, 512² grey | ms | peer, ms | times as fast |\n| --- | --- | --- | --- |");
        for (bench, script, name) in peers {
            let ours = measured(&folder, bench);
            let theirs = peer(script);
            let ratio = ours.zip(theirs).map(|(ours, theirs)| theirs / ours);
            println!("| {name} | {} | {} | {} |", shown(ours), shown(theirs), shown(ratio));
        }
    }

    fn shown(value: Option<f64>) -> String {
        value.map_or_else(|| "–".to_string(), |value| format!("{value:.1}"))
    }

    /// What criterion measured, in milliseconds.
    fn measured(folder: &Path, bench: &str) -> Option<f64> {
        let text = fs::read_to_string(folder.join(GROUP).join(bench).join("new/estimates.json")).ok()?;
        let (_, rest) = text.split_once("\"median\"")?;
        let (_, rest) = rest.split_once("\"point_estimate\":")?;
        let nanoseconds: f64 = rest.split(',').next()?.trim().parse().ok()?;
        Some(nanoseconds / 1e6)
    }

    /// The fastest that the peer prints, in milliseconds; None without one.
    fn peer(script: &str) -> Option<f64> {
        let python = std::env::var_os("PEER_PYTHON")?;
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(script);
        let output = Command::new(python).arg(script).arg("speed").env("OMP_NUM_THREADS", "1").output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        text.lines().filter_map(|line| line.split(' ').nth(1)?.parse().ok()).reduce(f64::min)
    }
}
