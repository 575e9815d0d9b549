//! The ways of a convolution that only certain sizes take, at those sizes: products of a column and a row, the Fourier
//! transform, small masks written out, the input read where it stands, blocks of two channels.
//!
//! Why these can be trusted: the oracle is the definition in plain loops with f64 sums. Every output is held against it
//! relative to Σ|w||x|, the sum of its own terms without their signs: what rounding may cost grows with that. The
//! Fourier transform mixes all outputs, so there the largest such sum counts. Where all sums are direct, inputs are
//! small integers and equality is asked for.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::convolution::{
    Geometry, Workspace, conv_transpose2d, conv_transpose2d_into, conv2d, conv2d_into, reference,
};
use ndarray::{Array4, ArrayView4, s};

type Shape = (usize, usize, usize, usize);

/// Numbers of both signs with many digits.
fn noise(shape: Shape, seed: u32) -> Array4<f32> {
    let mut state = seed;
    Array4::from_shape_simple_fn(shape, || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / 8_388_608.0 - 1.0
    })
}

fn integers(shape: Shape, seed: u32) -> Array4<f32> {
    noise(shape, seed).mapv(|value| (value * 9.0).round())
}

/// A product of a column and a row, neither symmetric.
fn product(height: usize, width: usize, seed: u32) -> Array4<f32> {
    let (column, row) = (noise((1, 1, height, 1), seed), noise((1, 1, 1, width), seed + 1));
    &column * &row
}

fn padded(padding: [[usize; 2]; 2]) -> Geometry {
    Geometry { padding, ..Geometry::default() }
}

/// The largest difference between the convolution and the oracle, relative to each output's Σ|w||x|, or to the largest.
fn error(input: ArrayView4<f32>, weight: ArrayView4<f32>, geometry: &Geometry, to_largest: bool) -> f32 {
    let fast = conv2d(input, weight, geometry).expect("legal");
    let plain = reference::conv2d(input, weight, geometry).expect("legal");
    let scale = reference::conv2d(input.mapv(f32::abs).view(), weight.mapv(f32::abs).view(), geometry).expect("legal");
    let largest = scale.iter().copied().fold(0.0, f32::max);
    assert_eq!(fast.dim(), plain.dim());
    let errors = fast.iter().zip(&plain).zip(&scale).map(|((fast, plain), &scale)| {
        let scale = if to_largest { largest } else { scale };
        // An output that nothing adds to is exactly zero, and a number in any case.
        match (fast - plain).abs() / scale {
            _ if fast == plain => 0.0,
            error if error.is_nan() => f32::INFINITY,
            error => error,
        }
    });
    errors.fold(0.0, f32::max)
}

const PADDINGS: [[[usize; 2]; 2]; 5] =
    [[[0, 0], [0, 0]], [[6, 6], [7, 7]], [[1, 9], [12, 0]], [[40, 3], [0, 50]], [[64, 64], [70, 61]]];

#[test]
fn products_are_the_plain_sums() {
    for (number, padding) in PADDINGS.into_iter().enumerate() {
        for [height, width] in [[5, 5], [13, 15], [21, 4], [3, 30]] {
            let input = noise((2, 1, 90, 101), 3);
            let mask = product(height, width, number as u32 + 1);
            let error = error(input.view(), mask.view(), &padded(padding), false);
            assert!(error < 2e-6, "{height} × {width}, {padding:?}: {error}");
        }
    }
}

#[test]
fn large_masks_are_the_plain_sums() {
    for (number, padding) in PADDINGS.into_iter().enumerate() {
        for [height, width] in [[13, 13], [17, 11], [21, 22]] {
            let input = noise((2, 1, 97, 110), 5);
            let mask = noise((1, 1, height, width), number as u32 + 1);
            let error = error(input.view(), mask.view(), &padded(padding), true);
            assert!(error < 2e-7, "{height} × {width}, {padding:?}: {error}");
        }
    }
}

/// Both ways with a mask a channel, and through views that are not contiguous.
#[test]
fn groups_and_strides_of_views_find_their_pixels() {
    let input = noise((1, 3, 100, 180), 7);
    let view = input.slice(s![.., ..;-1, .., ..;2]);
    let geometry = Geometry { groups: 3, ..padded([[6, 6], [6, 6]]) };
    let mut weight = noise((3, 1, 13, 13), 8);
    weight.slice_mut(s![1..2, .., .., ..]).assign(&product(13, 13, 9));
    let error = error(view, weight.view(), &geometry, true);
    assert!(error < 2e-7, "{error}");
    assert_eq!(conv2d(view, weight.view(), &geometry).map(|output| output.dim()), Ok((1, 3, 100, 90)));
}

/// A mask that misses being a product by more than roundings is none.
#[test]
fn a_mask_that_is_nearly_a_product_is_summed_as_it_is() {
    let input = noise((1, 1, 80, 80), 11);
    let mut weight = product(7, 7, 12);
    weight[[0, 0, 3, 3]] += 1e-4;
    let error = error(input.view(), weight.view(), &padded([[3, 3], [3, 3]]), false);
    assert!(error < 1e-6, "{error}");
}

/// Zeros, infinities and not-a-numbers in the mask take the direct way and stay where they belong.
#[test]
fn masks_without_a_pivot_are_summed_directly() {
    let input = integers((1, 1, 70, 70), 13);
    let zeros = Array4::zeros((1, 1, 5, 5));
    assert!(conv2d(input.view(), zeros.view(), &Geometry::default()).expect("legal").iter().all(|&value| value == 0.0));
    for value in [f32::INFINITY, f32::NAN] {
        let mut mask = zeros.clone();
        mask[[0, 0, 2, 2]] = value;
        let fast = conv2d(input.view(), mask.view(), &Geometry::default()).expect("legal");
        assert!(fast.iter().all(|value| !value.is_finite()));
    }
}

/// Rows of every length around the blocks' lengths, and pictures large enough to be read where they stand.
#[test]
fn direct_sums_of_integers_are_exact_at_every_width() {
    for width in (1..70).chain([95, 96, 97, 98, 99, 100, 111, 128, 129, 160]) {
        for (mask, inputs, outputs) in [([3, 3], 1, 1), ([3, 3], 3, 5), ([2, 4], 1, 2), ([1, 9], 1, 1), ([4, 3], 1, 1)]
        {
            let input = integers((1, inputs, 9, width), width as u32);
            let weight = integers((outputs, inputs, mask[0], mask[1]), 17);
            for geometry in [padded([[1, 1], [1, 2]]), Geometry { stride: [2, 1], ..padded([[3, 0], [8, 8]]) }] {
                let plain = reference::conv2d(input.view(), weight.view(), &geometry);
                assert_eq!(conv2d(input.view(), weight.view(), &geometry), plain, "{width}, {mask:?}, {geometry:?}");
            }
        }
    }
}

#[test]
fn transposed_sums_of_integers_are_exact_at_every_width() {
    for width in (1..40).chain([63, 64, 65, 100]) {
        for side in 1..6 {
            for (inputs, outputs) in [(1, 1), (1, 3), (3, 2)] {
                let input = integers((1, inputs, 6, width), width as u32);
                let weight = integers((inputs, outputs, side, side), 19);
                for (crop, more) in [(0, 0), (1, 0), (1, 1), (0, 1)] {
                    let padding = [[crop, 0], [crop, crop]];
                    let geometry = Geometry { stride: [2, 2], output_padding: [more; 2], ..padded(padding) };
                    let plain = reference::conv_transpose2d(input.view(), weight.view(), &geometry);
                    let fast = conv_transpose2d(input.view(), weight.view(), &geometry);
                    assert_eq!(fast, plain, "{width}, {side}, {inputs} to {outputs}, {geometry:?}");
                }
            }
        }
    }
}

/// One workspace through all ways in turn, masks of one size after each other included: what is kept from one call to the
/// next shows in no result.
#[test]
fn a_workspace_carries_nothing_over() {
    let mut workspace = Workspace::new();
    let input = noise((1, 1, 96, 120), 23);
    let geometry = padded([[6, 6], [6, 6]]);
    for mask in [noise((1, 1, 13, 13), 1), noise((1, 1, 13, 13), 2), product(13, 13, 3), noise((1, 1, 3, 3), 4)] {
        for input in [input.view(), input.slice(s![.., .., 5..85, ..])] {
            let mut output = Array4::from_elem((1, 1, 1, 1), f32::NAN);
            conv2d_into(input, mask.view(), &geometry, &mut workspace, &mut output).expect("legal");
            assert_eq!(Ok(output), conv2d(input, mask.view(), &geometry));
            let doubling = Geometry { stride: [2, 2], ..geometry };
            let mut output = Array4::from_elem((1, 1, 1, 1), f32::NAN);
            conv_transpose2d_into(input, mask.view(), &doubling, &mut workspace, &mut output).expect("legal");
            assert_eq!(Ok(output), conv_transpose2d(input, mask.view(), &doubling));
        }
    }
}
