//! Making pictures smaller before they are sent: sizes, means, and what is refused.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::engine::{fit_pixels, fit_side, reduce};
use proptest::prelude::*;

#[test]
fn an_even_picture_stays_as_it_is() {
    let rgba: Vec<u8> = [10, 128, 250, 255].repeat(31 * 17);
    let reduced = reduce([31, 17], &rgba, [7, 5]).expect("it fits");
    assert_eq!(reduced, [10, 128, 250, 255].repeat(35));
}

#[test]
fn black_and_white_average_in_linear_light() {
    let rgba: Vec<u8> = (0..64).flat_map(|i| [if i % 2 == 0 { 0 } else { 255 }; 4]).collect();
    let reduced = reduce([8, 8], &rgba, [4, 4]).expect("it fits");
    // Half of the light is 188 in sRGB, not 128.
    assert_eq!(reduced, [188, 188, 188, 255].repeat(16));
}

#[test]
fn what_cannot_be_reduced_is_refused() {
    let rgba = vec![0; 4 * 6];
    assert_eq!(reduce([3, 2], &rgba, [4, 2]), None);
    assert_eq!(reduce([3, 2], &rgba, [0, 2]), None);
    assert_eq!(reduce([3, 3], &rgba, [1, 1]), None);
    assert_eq!(reduce([usize::MAX, 2], &rgba, [1, 1]), None);
}

proptest! {
    #[test]
    fn sizes_keep_their_bounds(width in 1_usize..30_000, height in 1_usize..30_000, most in 1_usize..1 << 20) {
        let [w, h] = fit_pixels(width, height, most);
        prop_assert!(w >= 1 && h >= 1 && w <= width && h <= height && w * h <= most);
        let side = most % 500 + 1;
        let [w, h] = fit_side(width, height, side);
        prop_assert!(w >= 1 && h >= 1 && w <= side.max(1) && h <= side);
    }
}
