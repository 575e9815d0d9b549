#![cfg(not(target_arch = "wasm32"))]
//! Point-spread functions against their definitions, and the blur against the plain double sum in f64, which is written
//! out here and knows nothing of spectra. The test kernel has no symmetry, so that a correlation would not pass.

use deconvolution_explorer::imaging::noise::Random;
use deconvolution_explorer::imaging::psf::MAX_BOX_SIDE;
use deconvolution_explorer::imaging::{Boundary, Image, ImageError, Kernel, Psf, blur, blur_valid};

const PSFS: [Psf; 18] = [
    Psf::Box { side: 1 },
    Psf::Box { side: 4 },
    Psf::Box { side: 9 },
    Psf::Gaussian { sigma: 0.0 },
    Psf::Gaussian { sigma: 0.4 },
    Psf::Gaussian { sigma: 3.0 },
    Psf::Disc { radius: 0.0 },
    Psf::Disc { radius: 1.0 },
    Psf::Disc { radius: 7.3 },
    Psf::Motion { length: 1.0, angle_degrees: 0.0 },
    Psf::Motion { length: 9.0, angle_degrees: 0.0 },
    Psf::Motion { length: 9.0, angle_degrees: 90.0 },
    Psf::Motion { length: 15.0, angle_degrees: 30.0 },
    Psf::Motion { length: 20.5, angle_degrees: -117.0 },
    Psf::HeavyTailed { radius: 0 },
    Psf::HeavyTailed { radius: 7 },
    Psf::Airy { radius: 0.1 },
    Psf::Airy { radius: 3.0 },
];

fn weight(kernel: &Kernel, y: isize, x: isize) -> f32 {
    let [centre_y, centre_x] = kernel.centre();
    kernel.weights()[(y + centre_y as isize) as usize * kernel.width() + (x + centre_x as isize) as usize]
}

#[test]
fn every_psf_sums_to_one_and_has_its_middle_at_the_centre() {
    for psf in PSFS {
        let kernel = psf.sample();
        assert!((kernel.sum() - 1.0).abs() < 1e-6, "{psf:?} sums to {}", kernel.sum());
        assert!(kernel.weights().iter().all(|&weight| weight >= 0.0));
        if psf != (Psf::Box { side: 4 }) {
            assert!(kernel.size().iter().all(|side| side % 2 == 1), "{psf:?} is {:?}", kernel.size());
            let flipped = kernel.flipped();
            let difference = kernel.weights().iter().zip(flipped.weights()).map(|(a, b)| (a - b).abs());
            assert!(difference.fold(0.0, f32::max) < 1e-7, "{psf:?} is its own half turn");
        }
    }
    assert_eq!(Psf::Box { side: 4 }.sample().centre(), [2, 2]);
}

#[test]
fn what_is_no_blur_is_a_delta() {
    for psf in [
        Psf::Box { side: 0 },
        Psf::Box { side: 1 },
        Psf::Gaussian { sigma: 0.0 },
        Psf::Gaussian { sigma: f32::NAN },
        Psf::Disc { radius: -3.0 },
        Psf::Motion { length: 1.0, angle_degrees: 0.0 },
        Psf::Motion { length: f32::NAN, angle_degrees: f32::INFINITY },
        Psf::HeavyTailed { radius: 0 },
        Psf::Airy { radius: 0.0 },
        Psf::Airy { radius: f32::NAN },
    ] {
        assert_eq!(psf.sample(), Kernel::delta(), "{psf:?}");
        assert_eq!(psf.sample_line(), Kernel::delta(), "{psf:?} along a line");
    }
    assert_eq!(Psf::Box { side: 100_000 }.sample().size(), [MAX_BOX_SIDE; 2]);
}

#[test]
fn a_gaussian_has_its_variance() {
    let kernel = Psf::Gaussian { sigma: 2.5 }.sample();
    let variance: f64 = (-10..=10)
        .flat_map(|y| (-10..=10).map(move |x| (y, x)))
        .map(|(y, x)| f64::from(weight(&kernel, y, x)) * (x * x) as f64)
        .sum();
    assert_eq!(kernel.size(), [21, 21]);
    assert!((variance - 6.25).abs() < 0.01, "{variance}");
}

#[test]
fn a_disc_is_covered_evenly_inside_and_partly_at_its_rim() {
    let kernel = Psf::Disc { radius: 6.0 }.sample();
    let inside = 1.0 / (std::f32::consts::PI * 36.0);
    assert!((weight(&kernel, 0, 0) / inside - 1.0).abs() < 0.01);
    assert_eq!(weight(&kernel, 3, 3), weight(&kernel, 0, 0));
    assert!(weight(&kernel, 0, 6) > 0.0 && weight(&kernel, 0, 6) < weight(&kernel, 0, 0));
    for (y, x) in [(1, 5), (4, 4), (6, 2)] {
        assert_eq!(weight(&kernel, y, x), weight(&kernel, x, y));
        assert_eq!(weight(&kernel, y, x), weight(&kernel, -y, x));
    }
}

#[test]
fn a_motion_runs_along_its_direction() {
    let level = Psf::Motion { length: 9.0, angle_degrees: 0.0 }.sample();
    assert_eq!(level, Kernel::normalised(1, 9, vec![1.0; 9]).unwrap());
    assert_eq!(Psf::Motion { length: 9.0, angle_degrees: 90.0 }.sample().size(), [9, 1]);

    let slanted = Psf::Motion { length: 15.0, angle_degrees: 30.0 }.sample();
    // 6 to the right is 3.5 up, and not down.
    assert!(weight(&slanted, -3, 6) > 0.03);
    assert_eq!(weight(&slanted, 3, 6), 0.0);
    let mirrored: Vec<f32> = slanted.weights().chunks(slanted.width()).rev().flatten().copied().collect();
    assert_ne!(mirrored, slanted.weights(), "it has no mirror symmetry");
}

fn asymmetric(height: usize, width: usize) -> Kernel {
    let mut random = Random::new(8);
    Kernel::normalised(height, width, (0..height * width).map(|_| random.uniform() as f32).collect()).unwrap()
}

fn picture(height: usize, width: usize) -> Image {
    let mut random = Random::new(9);
    Image::from_fn(2, height, width, |_, _, _| random.uniform() as f32)
}

/// Σ h(i, j)·f(y − i + cᵢ, x − j + cⱼ).
fn convolved(image: &Image, kernel: &Kernel, boundary: Boundary, c: usize, y: usize, x: usize) -> f64 {
    let [height, width] = image.size();
    let [centre_y, centre_x] = kernel.centre();
    let mut sum = 0.0;
    for i in 0..kernel.height() {
        for j in 0..kernel.width() {
            let row = boundary.index((y + centre_y) as isize - i as isize, height);
            let column = boundary.index((x + centre_x) as isize - j as isize, width);
            let product = kernel.weights()[i * kernel.width() + j] * image.channel(c)[row * width + column];
            sum += f64::from(product);
        }
    }
    sum
}

#[test]
fn the_blur_is_the_double_sum() {
    let shapes = [
        ([3, 3], [20, 17]),
        ([4, 6], [15, 33]),
        ([1, 9], [9, 40]),
        ([20, 13], [30, 31]),
        ([25, 24], [7, 10]),
        ([9, 9], [1, 1]),
    ];
    for (kernel, size) in shapes {
        let (kernel, image) = (asymmetric(kernel[0], kernel[1]), picture(size[0], size[1]));
        for boundary in [Boundary::Circular, Boundary::Mirror] {
            let blurred = blur(&image, &kernel, boundary);
            assert_eq!(blurred.size(), size);
            for (c, y, x) in (0..2).flat_map(|c| (0..size[0]).flat_map(move |y| (0..size[1]).map(move |x| (c, y, x)))) {
                let difference =
                    f64::from(blurred.channel(c)[y * size[1] + x]) - convolved(&image, &kernel, boundary, c, y, x);
                assert!(difference.abs() < 2e-6, "{:?} on {size:?}, {boundary:?}: {difference}", kernel.size());
            }
        }
    }
}

#[test]
fn the_valid_part_is_the_middle_of_the_whole() {
    for kernel in [asymmetric(4, 5), asymmetric(14, 15)] {
        let image = picture(40, 37);
        let whole = blur(&image, &kernel, Boundary::Mirror);
        let valid = blur_valid(&image, &kernel).unwrap();
        let [top, left] = [kernel.height() - 1 - kernel.centre()[0], kernel.width() - 1 - kernel.centre()[1]];
        let middle = whole.crop(top, left, 41 - kernel.height(), 38 - kernel.width()).unwrap();
        let differences = valid.data().iter().zip(middle.data()).map(|(a, b)| (a - b).abs());
        assert!(differences.fold(0.0, f32::max) < 1e-6);
    }
    assert_eq!(blur_valid(&picture(3, 8), &asymmetric(4, 4)), Err(ImageError::KernelTooLarge { size: [3, 8] }));
}
