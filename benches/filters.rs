//! `cargo bench --bench filters`: from a slider to the picture with the linear filters, natively: a new parameter on a
//! colour picture whose spectra are kept, beside the same with the spectra computed anew each time, and what it takes to
//! choose the parameter. Ratios are printed at the end.
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

    use criterion::{Criterion, SamplingMode};
    use deconvolution_explorer::imaging::{Boundary, Image, Kernel, Psf, blur, noise::add_gaussian, samples};
    use deconvolution_explorer::restoration::{Method, Observation, Regularised, Rule, Settings, Treatment};

    const KEPT: &str = "kept";
    const ANEW: &str = "anew";
    const RULE: &str = "rule";

    /// A blur, and what is assumed outside. The first goes by cosines, the second by a doubled picture.
    const CASES: [(&str, Psf, Treatment); 3] = [
        ("mirror-gaussian", Psf::Gaussian { sigma: 2.0 }, Treatment::Mirror),
        ("mirror-motion", Psf::Motion { length: 9.0, angle_degrees: 30.0 }, Treatment::Mirror),
        ("circular-motion", Psf::Motion { length: 9.0, angle_degrees: 30.0 }, Treatment::Circular),
    ];
    const SIDES: [usize; 2] = [512, 1024];

    pub fn run() {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("criterion");
        let mut criterion = Criterion::default().output_directory(&folder).configure_from_args();
        for side in SIDES {
            for (name, psf, treatment) in CASES {
                bench(&mut criterion, &format!("{name}-{side}"), &psf.sample(), treatment, side);
            }
        }
        criterion.final_summary();

        println!("\n| case, colour | slider to picture, ms | spectra anew, ms | times as long | rule, ms |");
        println!("| --- | --- | --- | --- | --- |");
        for side in SIDES {
            for (name, ..) in CASES {
                let case = format!("{name}-{side}");
                let millis = |way| median_nanos(&folder.join(&case).join(way)).map(|nanos| nanos / 1e6);
                // Those that the command line has left out have no numbers.
                if let (Some(kept), Some(anew), Some(rule)) = (millis(KEPT), millis(ANEW), millis(RULE)) {
                    println!("| {case} | {kept:.2} | {anew:.2} | {:.1} | {rule:.2} |", anew / kept);
                }
            }
        }
    }

    /// A colour picture, blurred and a little noisy.
    fn observed(side: usize, kernel: &Kernel) -> Image {
        let star = samples::star(side);
        let shade = |c, y, x| star.channel(0)[y * side + x] * (1.0 - 0.2 * c as f32);
        let mut observed = blur(&Image::from_fn(3, side, side, shade), kernel, Boundary::Mirror);
        add_gaussian(&mut observed, 0.01, 1);
        observed
    }

    fn bench(criterion: &mut Criterion, case: &str, kernel: &Kernel, treatment: Treatment, side: usize) {
        let picture = observed(side, kernel);
        let observe =
            || Rc::new(Observation::new(picture.clone(), kernel.clone(), treatment).expect("a small picture"));
        let observation = observe();
        let mut run = Regularised.start(&observation, &Settings::of(Regularised.description()));
        let mut gamma = 1e-4_f32;
        // No two parameters are the same, or there would be nothing to do.
        let mut slide = move || {
            gamma = if gamma > 1e-2 { 1e-4 } else { gamma * 1.001 };
            Settings::of(Regularised.description()).with_first(gamma)
        };
        let mut group = criterion.benchmark_group(case);
        group.measurement_time(Duration::from_secs(2)).warm_up_time(Duration::from_millis(500));
        group.sample_size(10).sampling_mode(SamplingMode::Flat);
        group.bench_function(KEPT, |bencher| {
            bencher.iter(|| {
                run.restart(&slide());
                run.step();
                black_box(run.estimate());
            });
        });
        group.bench_function(ANEW, |bencher| {
            bencher.iter(|| black_box(Regularised.restore(&observe(), &slide())));
        });
        group.bench_function(RULE, |bencher| {
            bencher.iter(|| black_box(Regularised.automatic(&observation, Rule::CrossValidation)));
        });
        group.finish();
    }

    /// The median that criterion has just written down.
    fn median_nanos(folder: &Path) -> Option<f64> {
        let text = fs::read_to_string(folder.join("new/estimates.json")).ok()?;
        let (_, median) = text.split_once("\"median\"")?;
        let (_, estimate) = median.split_once("\"point_estimate\":")?;
        estimate[..estimate.find([',', '}'])?].trim().parse().ok()
    }
}
