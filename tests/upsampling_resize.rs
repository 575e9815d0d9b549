//! Resizing and reducing against other programs' results, against the plain form, and by what must hold.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::upsampling::{
    Coordinates, Interpolation, Outside, Reduction, Resize, reduce, reduce_transposed,
};
use ndarray::{Array2, ArrayView2};
use proptest::prelude::*;

/// A plane without symmetries.
fn plane(height: usize, width: usize) -> Array2<f32> {
    Array2::from_shape_fn((height, width), |(y, x)| ((7 * y * y + 13 * x + 5 * x * y) % 17) as f32 - 8.0)
}

fn assert_close(found: ArrayView2<f32>, expected: ArrayView2<f32>, tolerance: f32, name: &str) {
    assert_eq!(found.dim(), expected.dim(), "{name}");
    let largest = expected.iter().fold(1.0_f32, |largest, value| largest.max(value.abs()));
    for ((position, a), b) in found.indexed_iter().zip(expected) {
        assert!((a - b).abs() <= tolerance * largest, "{name}: {a} instead of {b} at {position:?}");
    }
}

fn interpolation() -> impl Strategy<Value = Interpolation> {
    prop_oneof![
        prop::sample::select(Interpolation::ALL.to_vec()),
        (-1.0_f32..0.5).prop_map(|a| Interpolation::Bicubic { a })
    ]
}

fn coordinates() -> impl Strategy<Value = Coordinates> {
    prop::sample::select(Coordinates::ALL.to_vec())
}

fn outside() -> impl Strategy<Value = Outside> {
    prop::sample::select(vec![Outside::Repeated, Outside::LeftOut, Outside::Value(3.5)])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_passes_give_what_the_plain_form_gives(
        input in [1_usize..20, 1..30], output in [1_usize..40, 1..70], interpolation in interpolation(),
        coordinates in coordinates(), antialias: bool, outside in outside(),
    ) {
        let plan = Resize::new(input, output, interpolation, coordinates).expect("legal");
        let mut plan = if antialias { plan.antialiased() } else { plan }.outside(outside);
        let plane = plane(input[0], input[1]);
        let plain = plan.apply_plainly(plane.view()).expect("legal");
        assert_close(plan.apply(plane.view()).expect("legal").view(), plain.view(), 2e-6, "apply");
        let mut again = Array2::from_elem(output, f32::NAN);
        for _ in 0..2 {
            plan.apply_into(plane.view(), again.view_mut()).expect("legal");
            assert_close(again.view(), plain.view(), 2e-6, "apply_into");
        }
    }

    #[test]
    fn whole_scales_give_what_the_plain_form_gives(
        input in [1_usize..30, 1..40], scale in [1_usize..7, 1..7], interpolation in interpolation(),
        coordinates in coordinates(),
    ) {
        let output = [input[0] * scale[0], input[1] * scale[1]];
        let plan = Resize::new(input, output, interpolation, coordinates).expect("legal");
        let plane = plane(input[0], input[1]);
        let plain = plan.apply_plainly(plane.view()).expect("legal");
        assert_close(plan.apply(plane.view()).expect("legal").view(), plain.view(), 2e-6, "apply");
    }

    #[test]
    fn the_transpose_is_the_adjoint(
        input in [1_usize..12, 1..12], output in [1_usize..30, 1..30], interpolation in interpolation(),
        coordinates in coordinates(), antialias: bool,
    ) {
        let plan = Resize::new(input, output, interpolation, coordinates).expect("legal");
        let plan = if antialias { plan.antialiased() } else { plan };
        let (x, y) = (plane(input[0], input[1]), plane(output[1], output[0]).reversed_axes());
        let product = |a: &Array2<f32>, b: &Array2<f32>| -> f64 { a.iter().zip(b).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum() };
        let (there, back) = (plan.apply(x.view()).expect("legal"), plan.apply_transposed(y.view()).expect("legal"));
        let size = product(&there, &there).sqrt() * product(&y, &y).sqrt();
        prop_assert!((product(&there, &y) - product(&x, &back)).abs() <= 1e-5 * size.max(1.0));
    }

    #[test]
    fn reductions_have_their_adjoint_and_keep_constants(
        small in [1_usize..9, 1..9], factor in 1_usize..6, reduction in prop::sample::select(Reduction::ALL.to_vec()),
    ) {
        let large = [small[0] * factor, small[1] * factor];
        let (x, y) = (plane(large[0], large[1]), plane(small[0], small[1]));
        let product = |a: &Array2<f32>, b: &Array2<f32>| -> f64 { a.iter().zip(b).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum() };
        let there = reduce(x.view(), factor, reduction).expect("legal");
        let back = reduce_transposed(y.view(), factor, reduction).expect("legal");
        prop_assert_eq!(back.dim(), x.dim());
        let size = product(&there, &there).sqrt() * product(&y, &y).sqrt();
        prop_assert!((product(&there, &y) - product(&x, &back)).abs() <= 1e-5 * size.max(1.0));
        let constant = reduce(Array2::from_elem(large, 7.25).view(), factor, reduction).expect("legal");
        assert_close(constant.view(), Array2::from_elem(small, 7.25).view(), 1e-6, "constant");
        if factor == 1 {
            prop_assert_eq!(there, x);
        }
    }
}
