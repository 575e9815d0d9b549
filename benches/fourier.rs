//! `cargo bench --bench fourier`: the transforms of real pictures beside RustFFT with rows, transposition and half the
//! columns, what a person would put together, natively; and how many times as fast they are.
#![cfg_attr(target_arch = "wasm32", allow(unused))]

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    native::run();
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::{fs, path::Path, sync::Arc, time::Duration};

    use criterion::Criterion;
    use deconvolution_explorer::fourier::{Dct2, RealFft2};
    use deconvolution_explorer::imaging::noise::Random;
    use rustfft::{Fft, FftPlanner, num_complex::Complex};

    const SIZES: [[usize; 2]; 6] = [[256, 256], [512, 512], [1024, 1024], [480, 640], [499, 499], [1, 4096]];
    const WAYS: [&str; 4] = ["forward", "both", "cosine", "rustfft"];

    pub fn run() {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("criterion");
        let mut criterion = Criterion::default().output_directory(&folder).configure_from_args();
        for size in SIZES {
            bench(&mut criterion, size);
        }
        criterion.final_summary();

        println!(
            "\n| size | forward, ms | there and back | cosine, there and back | RustFFT forward | times as fast |"
        );
        println!("| --- | --- | --- | --- | --- | --- |");
        for size in SIZES {
            let name = name(size);
            let millis = WAYS.map(|way| median_nanos(&folder.join(&name).join(way)).map(|nanos| nanos / 1e6));
            // Those that the command line has left out have no numbers.
            if let [Some(forward), Some(both), Some(cosine), Some(rustfft)] = millis {
                let factor = rustfft / forward;
                println!("| {name} | {forward:.3} | {both:.3} | {cosine:.3} | {rustfft:.3} | {factor:.1} |");
            }
        }
    }

    fn name([height, width]: [usize; 2]) -> String {
        format!("{height}x{width}")
    }

    fn bench(criterion: &mut Criterion, [height, width]: [usize; 2]) {
        let mut random = Random::new(1);
        let picture: Vec<f32> = (0..height * width).map(|_| random.normal() as f32).collect();
        let mut back = picture.clone();
        let mut group = criterion.benchmark_group(name([height, width]));
        group.measurement_time(Duration::from_secs(2)).warm_up_time(Duration::from_millis(500));

        let transform = RealFft2::new(height, width);
        let (mut spectrum, mut scratch) = (transform.spectrum(), transform.scratch());
        group.bench_function(WAYS[0], |bencher| {
            bencher.iter(|| transform.forward(&picture, &mut spectrum, &mut scratch));
        });
        group.bench_function(WAYS[1], |bencher| {
            bencher.iter(|| {
                transform.forward(&picture, &mut spectrum, &mut scratch);
                transform.inverse(&mut spectrum, &mut back, &mut scratch);
            });
        });
        let cosine = Dct2::new(height, width);
        let (mut coefficients, mut scratch) = (cosine.coefficients(), cosine.scratch());
        group.bench_function(WAYS[2], |bencher| {
            bencher.iter(|| {
                cosine.forward(&picture, &mut coefficients, &mut scratch);
                cosine.inverse(&mut coefficients, &mut back, &mut scratch);
            });
        });
        let mut baseline = Baseline::new(height, width);
        group.bench_function(WAYS[3], |bencher| bencher.iter(|| baseline.forward(&picture)));
        group.finish();
    }

    /// The transform that is put together from RustFFT's: two rows as one complex one, and half the columns.
    struct Baseline {
        width: usize,
        along: Arc<dyn Fft<f32>>,
        down: Arc<dyn Fft<f32>>,
        rows: Vec<Complex<f32>>,
        columns: Vec<Complex<f32>>,
        scratch: Vec<Complex<f32>>,
    }

    impl Baseline {
        fn new(height: usize, width: usize) -> Self {
            let mut planner = FftPlanner::new();
            let (along, down) = (planner.plan_fft_forward(width), planner.plan_fft_forward(height));
            let zeros = |length| vec![Complex::default(); length];
            let scratch = zeros(along.get_inplace_scratch_len().max(down.get_inplace_scratch_len()));
            let pairs = height.div_ceil(2);
            Self { width, rows: zeros(pairs * width), columns: zeros((width / 2 + 1) * height), along, down, scratch }
        }

        fn forward(&mut self, picture: &[f32]) {
            let (width, height) = (self.width, self.down.len());
            for (pair, rows) in self.rows.chunks_exact_mut(width).zip(picture.chunks(2 * width)) {
                let (first, second) = rows.split_at(width);
                for (x, value) in pair.iter_mut().enumerate() {
                    *value = Complex::new(first[x], second.get(x).copied().unwrap_or(0.0));
                }
            }
            self.along.process_with_scratch(&mut self.rows, &mut self.scratch);
            for (pair, row) in self.rows.chunks_exact(width).enumerate() {
                for l in 0..=width / 2 {
                    let (z, y) = (row[l], row[(width - l) % width].conj());
                    let (sum, difference) = ((z + y) * 0.5, (z - y) * 0.5);
                    self.columns[l * height + 2 * pair] = sum;
                    if 2 * pair + 1 < height {
                        self.columns[l * height + 2 * pair + 1] = Complex::new(difference.im, -difference.re);
                    }
                }
            }
            self.down.process_with_scratch(&mut self.columns, &mut self.scratch);
        }
    }

    /// The median that criterion has just written below `folder`.
    fn median_nanos(folder: &Path) -> Option<f64> {
        let text = fs::read_to_string(folder.join("new/estimates.json")).ok()?;
        let (_, median) = text.split_once("\"median\":")?;
        let (_, estimate) = median.split_once("\"point_estimate\":")?;
        estimate.split([',', '}']).next()?.trim().parse().ok()
    }
}
