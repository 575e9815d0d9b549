#![cfg(not(target_arch = "wasm32"))]
//! The heavy tail, the Airy pattern, the forms along a line and the transfer function, each against what optics or
//! analysis says of it: light within a ring, frequencies that must be empty, integrals, the plain Fourier sum.

use deconvolution_explorer::imaging::psf::{MAX_AIRY_RADIUS, MAX_LENGTH, MAX_RADIUS, MAX_TAIL};
use deconvolution_explorer::imaging::{Image, ImageError, Kernel, Psf};
use proptest::prelude::*;

fn psf() -> impl Strategy<Value = Psf> {
    let number = prop_oneof![4 => 0.0_f32..12.0, 1 => any::<f32>()];
    prop_oneof![
        prop_oneof![0_usize..40, any::<usize>()].prop_map(|side| Psf::Box { side }),
        number.clone().prop_map(|sigma| Psf::Gaussian { sigma }),
        number.clone().prop_map(|radius| Psf::Disc { radius }),
        (number.clone(), -400.0_f32..400.0)
            .prop_map(|(length, angle_degrees)| Psf::Motion { length: length * 3.0, angle_degrees }),
        prop_oneof![0_usize..20, any::<usize>()].prop_map(|radius| Psf::HeavyTailed { radius }),
        number.prop_map(|radius| Psf::Airy { radius }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_parameters_give_a_psf(psf in psf()) {
        for kernel in [psf.sample(), psf.sample_line()] {
            prop_assert!((kernel.sum() - 1.0).abs() < 1e-6, "{psf:?} sums to {}", kernel.sum());
            prop_assert!(kernel.weights().iter().all(|&weight| weight >= 0.0));
            if !matches!(psf, Psf::Box { .. }) {
                prop_assert!(kernel.size().iter().all(|side| side % 2 == 1));
            }
        }
        prop_assert_eq!(psf.sample_line().width(), 1);
        prop_assert_eq!(psf.sample_for([300, 1]), psf.sample_line());
        prop_assert_eq!(psf.sample_for([1, 300]), psf.sample());
    }

    #[test]
    fn the_transfer_function_is_the_fourier_sum(
        weights in prop::collection::vec(-1.0_f32..1.0, 30),
        (height, width) in (1_usize..14, 1_usize..14),
    ) {
        let kernel = Kernel::new(5, 6, weights).unwrap();
        let magnitude = kernel.transfer_magnitude([height, width]).unwrap();
        for y in 0..height {
            for x in 0..width {
                let k = (y as f64 - (height / 2) as f64) / height as f64;
                let l = (x as f64 - (width / 2) as f64) / width as f64;
                let (mut re, mut im) = (0.0, 0.0);
                for (index, &weight) in kernel.weights().iter().enumerate() {
                    let angle = -std::f64::consts::TAU * (k * (index / 6) as f64 + l * (index % 6) as f64);
                    re += f64::from(weight) * angle.cos();
                    im += f64::from(weight) * angle.sin();
                }
                let value = f64::from(magnitude.data()[y * width + x]);
                prop_assert!((value - f64::hypot(re, im)).abs() < 1e-5, "({y}, {x})");
            }
        }
    }
}

#[test]
fn a_transfer_function_needs_a_size() {
    let kernel = Kernel::delta();
    assert_eq!(kernel.transfer_magnitude([0, 4]), Err(ImageError::Empty));
    let height = usize::MAX / 2;
    assert_eq!(kernel.transfer_magnitude([height, 4]), Err(ImageError::TooLarge { height, width: 4 }));
    assert_eq!(kernel.transfer_magnitude([2, 3]), Ok(Image::from_fn(1, 2, 3, |_, _, _| 1.0)));
}

#[test]
fn the_heavy_tail_is_its_formula() {
    let kernel = Psf::HeavyTailed { radius: 7 }.sample();
    assert_eq!(kernel.size(), [15, 15]);
    let sum: f64 = (-7..=7).flat_map(|i| (-7..=7).map(move |j| 1.0 / f64::from(1 + i * i + j * j))).sum();
    for (index, &weight) in kernel.weights().iter().enumerate() {
        let (i, j) = (index as i32 / 15 - 7, index as i32 % 15 - 7);
        assert!((f64::from(weight) - 1.0 / f64::from(1 + i * i + j * j) / sum).abs() < 1e-8);
    }
    let line = Psf::HeavyTailed { radius: 2 }.sample_line();
    let expected = Kernel::normalised(5, 1, vec![0.2, 0.5, 1.0, 0.5, 0.2]).unwrap();
    assert!(line.weights().iter().zip(expected.weights()).all(|(a, b)| (a - b).abs() < 1e-7));
    assert_eq!(Psf::HeavyTailed { radius: usize::MAX }.sample().size(), [2 * MAX_TAIL + 1; 2]);
}

/// The light of a kernel within `radius` of its centre.
fn within(kernel: &Kernel, radius: f64) -> f64 {
    let [centre_y, centre_x] = kernel.centre();
    let weights = kernel.weights().iter().enumerate();
    weights
        .filter(|(index, _)| {
            let (y, x) = (index / kernel.width(), index % kernel.width());
            (y as f64 - centre_y as f64).hypot(x as f64 - centre_x as f64) <= radius
        })
        .map(|(_, &weight)| f64::from(weight))
        .sum()
}

#[test]
fn an_airy_pattern_holds_its_light_within_its_rings() {
    let kernel = Psf::Airy { radius: MAX_AIRY_RADIUS }.sample();
    assert_eq!(kernel.size(), [103, 103]);
    // Rayleigh (1881): 1 − J₀² at the first dark ring, 83.8 %, and 91.0 % at the second, of all light; 96.8 % are kept.
    let kept = 1.0 - 0.0322;
    assert!((within(&kernel, 10.0) - 0.838 / kept).abs() < 0.004, "{}", within(&kernel, 10.0));
    assert!((within(&kernel, 10.0 * 7.0156 / 3.8317) - 0.910 / kept).abs() < 0.004);
    // The ring is dark.
    let at = |x: usize| kernel.weights()[51 * 103 + 51 + x];
    assert!(at(10) < 1e-3 * at(0) && at(13) > 10.0 * at(10));
}

#[test]
fn a_round_opening_passes_no_frequency_beyond_its_rim() {
    // The opening's rim is at 2 · 3.8317/(2π · radius) = 1.2197/radius cycles a pixel.
    for radius in [3.0_f32, 4.0, 6.0] {
        let side = 128_usize;
        let magnitude = Psf::Airy { radius }.sample().transfer_magnitude([side, side]).unwrap();
        let rim = 1.2197 / f64::from(radius);
        for y in 0..side {
            for x in 0..side {
                let frequency = (y as f64 - 64.0).hypot(x as f64 - 64.0) / 128.0;
                let value = magnitude.data()[y * side + x];
                // What is cut off takes its part.
                if frequency > 1.1 * rim {
                    assert!(value < 0.01, "{radius}: {value} at {frequency}");
                }
                // (2/π)(arccos s − s √(1 − s²)), and the pixel's own sinc a little below.
                if frequency < 0.9 * rim && y == 64 {
                    let s = frequency / rim;
                    let ideal = 2.0 / std::f64::consts::PI * (s.acos() - s * (1.0 - s * s).sqrt());
                    let angle = std::f64::consts::PI * frequency;
                    let pixel = if angle == 0.0 { 1.0 } else { angle.sin() / angle };
                    assert!((f64::from(value) - ideal * pixel).abs() < 0.035, "{radius}: {value} for {ideal}");
                }
            }
        }
    }
}

#[test]
fn a_slit_passes_a_triangle_of_frequencies() {
    let magnitude = Psf::Airy { radius: 5.0 }.sample_line().transfer_magnitude([200, 1]).unwrap();
    for (y, &value) in magnitude.data().iter().enumerate() {
        let frequency = (y as f64 - 100.0).abs() / 200.0;
        let ideal = (1.0 - 5.0 * frequency).max(0.0);
        assert!((f64::from(value) - ideal).abs() < 0.03, "{value} for {ideal} at {frequency}");
    }
}

#[test]
fn along_a_line_a_disc_is_its_projection() {
    for radius in [0.8_f32, 2.0, 6.3, MAX_RADIUS] {
        let disc = Psf::Disc { radius }.sample();
        let line = Psf::Disc { radius }.sample_line();
        assert_eq!(line.height(), disc.height());
        let most = line.weights()[line.height() / 2];
        for (row, weight) in disc.weights().chunks(disc.width()).zip(line.weights()) {
            let projection: f32 = row.iter().sum();
            // The disc counts sixteen samples a pixel; the line is exact.
            assert!((projection - weight).abs() < 0.02 * most, "{radius}: {projection} for {weight}");
        }
    }
}

#[test]
fn along_a_line_the_others_keep_their_measure() {
    assert_eq!(Psf::Box { side: 4 }.sample_line(), Kernel::normalised(4, 1, vec![1.0; 4]).unwrap());
    let motion = Psf::Motion { length: 4.0, angle_degrees: 77.0 }.sample_line();
    assert_eq!(motion, Kernel::new(5, 1, vec![0.125, 0.25, 0.25, 0.25, 0.125]).unwrap());
    assert_eq!(
        Psf::Motion { length: f32::INFINITY, angle_degrees: 0.0 }.sample_line().height(),
        MAX_LENGTH as usize + 1
    );
    let gaussian = Psf::Gaussian { sigma: 1.7 };
    let plane = gaussian.sample();
    let line = gaussian.sample_line();
    for (row, weight) in plane.weights().chunks(plane.width()).zip(line.weights()) {
        assert!((row.iter().sum::<f32>() - weight).abs() < 1e-7);
    }
}
