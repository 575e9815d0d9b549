//! Shrunk pictures: a checkerboard has to become one grey at any reduction, and what is smooth has to stay.

use deconvolution_explorer::imaging::{linear_from_srgb8, shrink, srgb8_from_linear};

fn picture(side: usize, code: impl Fn(usize, usize) -> u8) -> Vec<u8> {
    (0..side * side).flat_map(|place| [code(place / side, place % side), 90, 255, 255]).collect()
}

#[test]
fn a_checkerboard_becomes_one_grey_whatever_the_reduction() {
    for period in [2, 3, 4] {
        let stripes = picture(120, |y, x| if x % period == 0 || y % period == 1 { 230 } else { 40 });
        // The share of bright pixels, in light.
        let bright = 1.0 - (1.0 - 1.0 / period as f32).powi(2);
        let mean = bright * linear_from_srgb8(230) + (1.0 - bright) * linear_from_srgb8(40);
        for side in [97, 83, 61, 43, 20] {
            let small = shrink([120; 2], &stripes, [side; 2], period).unwrap();
            // Where the rim cuts the tent it is not blind any more.
            let rim = (2.0 * period as f64 * side as f64 / 120.0).ceil() as usize + 1;
            for y in rim..side - rim {
                for x in rim..side - rim {
                    let [red, green, blue, alpha] = small.as_chunks::<4>().0[y * side + x];
                    assert!(red.abs_diff(srgb8_from_linear(mean)) <= 1, "period {period}, {side}: {red} at {y}, {x}");
                    assert_eq!((green, blue, alpha), (90, 255, 255));
                }
            }
        }
    }
}

#[test]
fn a_slope_stays_a_slope() {
    let slope = picture(100, |_, x| srgb8_from_linear(x as f32 / 99.0));
    let small = shrink([100; 2], &slope, [40; 2], 2).unwrap();
    for x in 4..36 {
        let light = linear_from_srgb8(small[(20 * 40 + x) * 4]);
        let expected = ((x as f32 + 0.5) * 2.5 - 0.5) / 99.0;
        assert!((light - expected).abs() < 6e-3, "{light} for {expected}");
    }
}

#[test]
fn the_same_size_and_no_period_changes_nothing() {
    let noise = picture(9, |y, x| (y * 57 + x * 31) as u8);
    assert_eq!(shrink([9; 2], &noise, [9; 2], 1), Some(noise));
}

#[test]
fn sizes_that_do_not_fit_are_refused() {
    let four = picture(2, |_, _| 0);
    for (size, new) in [([3, 2], [1, 1]), ([2, 2], [3, 2]), ([2, 2], [0, 1])] {
        assert_eq!(shrink(size, &four, new, 2), None, "{size:?} to {new:?}");
    }
}
