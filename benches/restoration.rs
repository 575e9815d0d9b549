//! `cargo bench --bench restoration`: iterative restorations natively, beside the same formula written down plainly with
//! the library's blur, and how many times as fast they are.
#![cfg_attr(target_arch = "wasm32", allow(unused))]

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    native::run();
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::{fs, hint::black_box, path::Path, rc::Rc, time::Duration};

    use criterion::{BenchmarkId, Criterion, SamplingMode};
    use deconvolution_explorer::imaging::{Boundary, Image, Kernel, Psf, blur, samples};
    use deconvolution_explorer::restoration::{Observation, Settings, Treatment, method};

    const FAST: &str = "fast";
    const PLAIN: &str = "plain";
    const ITERATIONS: usize = 30;
    const SIDE: usize = 512;

    /// A PSF of full rank, without zeros.
    fn general(side: usize) -> Kernel {
        let weight = |index: usize| 1.0 + ((index * index + 7 * (index / side)) % 11) as f32;
        Kernel::normalised(side, side, (0..side * side).map(weight).collect()).expect("a legal kernel")
    }

    fn cases() -> [(&'static str, Kernel); 3] {
        let gaussian = Psf::Gaussian { sigma: 2.5 }.sample();
        assert_eq!(gaussian.size(), [21, 21]);
        [("9x9 general", general(9)), ("21x21 general", general(21)), ("21x21 Gaussian", gaussian)]
    }

    pub fn run() {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("criterion-restoration");
        let mut criterion = Criterion::default().output_directory(&folder).configure_from_args();
        let scene = samples::star(SIDE);
        let mut names = Vec::new();
        for (name, kernel) in cases() {
            let observed = blur(&scene, &kernel, Boundary::Circular);
            for id in ["richardson-lucy", "rl-accelerated", "rl-tv", "landweber"] {
                let name = format!("{id}, {ITERATIONS} iterations, {SIDE}², {name}");
                bench(&mut criterion, &name, id, &observed, &kernel);
                names.push(name);
            }
        }
        criterion.final_summary();

        println!("\n| case | ms | plain Richardson–Lucy, ms | times as fast |\n| --- | --- | --- | --- |");
        for name in &names {
            let millis = |way| median_nanos(&folder.join(name).join(way)).map(|nanos| nanos / 1e6);
            // Those that the command line has left out have no numbers.
            if let (Some(fast), Some(plain)) = (millis(FAST), millis(PLAIN)) {
                println!("| {name} | {fast:.1} | {plain:.1} | {:.1} |", plain / fast);
            }
        }
    }

    fn bench(criterion: &mut Criterion, name: &str, id: &str, observed: &Image, kernel: &Kernel) {
        let observation =
            Rc::new(Observation::new(observed.clone(), kernel.clone(), Treatment::Circular).expect("a legal picture"));
        let method = method(id).expect("it is registered");
        let mut settings = Settings::of(method.description());
        settings.iterations = ITERATIONS;
        let mut run = method.start(&observation, &settings);
        let mut group = criterion.benchmark_group(name);
        group.sample_size(10).sampling_mode(SamplingMode::Flat).measurement_time(Duration::from_secs(2));
        group.warm_up_time(Duration::from_millis(300));
        group.bench_function(BenchmarkId::from_parameter(FAST), |bencher| {
            bencher.iter(|| {
                run.restart(&settings);
                while run.step().ending.is_none() {}
                black_box(run.estimate().data()[0])
            });
        });
        group.bench_function(BenchmarkId::from_parameter(PLAIN), |bencher| {
            bencher.iter(|| black_box(plain(observed, kernel)));
        });
    }

    /// Richardson–Lucy as it stands in the books.
    fn plain(observed: &Image, kernel: &Kernel) -> Image {
        let flipped = kernel.flipped();
        let mean = observed.data().iter().sum::<f32>() / observed.data().len() as f32;
        let mut estimate = observed.map(|_| mean);
        for _ in 0..ITERATIONS {
            let mut ratio = blur(&estimate, kernel, Boundary::Circular);
            for (value, observed) in ratio.data_mut().iter_mut().zip(observed.data()) {
                *value = observed / value.max(1e-12);
            }
            let correction = blur(&ratio, &flipped, Boundary::Circular);
            for (value, correction) in estimate.data_mut().iter_mut().zip(correction.data()) {
                *value *= correction;
            }
        }
        estimate
    }

    /// The median that criterion has just written below `folder`.
    fn median_nanos(folder: &Path) -> Option<f64> {
        let text = fs::read_to_string(folder.join("new/estimates.json")).ok()?;
        let (_, median) = text.split_once("\"median\":")?;
        let (_, estimate) = median.split_once("\"point_estimate\":")?;
        estimate.split([',', '}']).next()?.trim().parse().ok()
    }
}
