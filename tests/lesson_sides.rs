//! The Matrix lesson's side lessons over random legal setups: the transposed convolution's other ways, the inverse, the
//! checks, pooling, channels and exercises.
//!
//! Why these can be trusted: each lesson's arrays are held against E·Cᵀ or against the matrix product, which the
//! kernels' own tests hold against definitions in plain loops. Numbers are small integers, so that single precision is
//! exact and equality can be asked for.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::{
    convolution::{Geometry, PaddingMode},
    lesson::matrix::{
        channels::{ChannelLesson, ChannelPlan, INPUTS_LIMIT, OUTPUTS_LIMIT},
        checks::{Adjoint, LoopAndProduct},
        derived::Derived,
        inverse::{Inverse, LAMBDA_MAX, LAMBDA_MIN, lambda_at, position_of},
        pooling::{PoolingLesson, PoolingSetup},
        setup::Setup,
        ways::{Gradient, Insertion, Paint},
        wiring::Wiring,
    },
};
use ndarray::{Array2, arr2};
use proptest::prelude::*;
use std::rc::Rc;

fn derive(setup: &Setup) -> Derived {
    let wiring = Wiring::new(setup).expect("a legal setup");
    Derived::new(setup, Rc::new(wiring)).expect("a legal setup")
}

/// Small integers that depend on the seed.
fn integers(size: [usize; 2], seed: u32) -> Array2<f32> {
    let mut state = seed;
    Array2::from_shape_simple_fn(size, || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as f32 % 19.0 - 9.0
    })
}

/// Legal setups of every mode, with and without an E of their own.
fn setup() -> impl Strategy<Value = Setup> {
    let geometry = ([1_usize..4, 1..4], [[0_usize..3, 0..3], [0..3, 0..3]], [1_usize..4, 1..4], [0_usize..4, 0..4])
        .prop_map(|(stride, padding, dilation, more)| Geometry {
            stride,
            padding,
            dilation,
            output_padding: [0, 1].map(|axis| more[axis] % stride[axis].max(dilation[axis])),
            groups: 1,
        });
    ([1_usize..9, 1..9], [1_usize..5, 1..5], geometry, 0_usize..4, any::<bool>(), any::<bool>(), any::<u32>())
        .prop_map(|(patch, mask, geometry, mode, flip, own, seed)| {
            let mut setup = Setup {
                patch: integers(patch, seed),
                mask: integers(mask, !seed),
                input: None,
                geometry,
                mode: PaddingMode::ALL[mode],
                flip,
            };
            if own && let Ok(sizes) = setup.sizes() {
                setup.input = Some(integers(sizes.result, seed ^ 0x5555));
            }
            setup
        })
        .prop_filter("the sizes fit", |setup| setup.sizes().is_ok())
}

proptest! {
    #[test]
    fn four_ways_give_one_transposed_convolution(setup in setup()) {
        let derived = derive(&setup);
        let paint = Paint::new(&setup, &derived);
        prop_assert_eq!(&paint.result, &derived.transposed);
        prop_assert_eq!(paint.agreement(&derived), 0.0);
        prop_assert_eq!(paint.stamps.len(), derived.outputs());
        prop_assert_eq!(&paint.after(derived.outputs()), &derived.transposed);
        prop_assert!(paint.after(0).iter().all(|value| *value == 0.0));
        for (j, stamp) in paint.stamps.iter().enumerate() {
            let e = derived.input.iter().nth(j).copied().expect("a stamp for each number");
            let row: Vec<f32> = derived.turned.row(j).iter().map(|weight| weight * e).collect();
            prop_assert!(stamp.iter().zip(&row).all(|(a, b)| a == b));
        }

        let insertion = Insertion::new(&setup, &derived).expect("a legal setup");
        prop_assert_eq!(&insertion.result, &derived.transposed);
        for ((row, column), value) in insertion.canvas.indexed_iter() {
            let meetings = insertion.meetings([row, column]);
            let [rows, columns] = insertion.window([row, column]);
            let mut sum = 0.0;
            for (place, tap) in meetings {
                let at = [place / insertion.inserted.ncols(), place % insertion.inserted.ncols()];
                prop_assert!(rows.contains(&at[0]) && columns.contains(&at[1]));
                let weight = insertion.flipped[[tap / insertion.flipped.ncols(), tap % insertion.flipped.ncols()]];
                sum += insertion.inserted[at] * weight;
            }
            prop_assert_eq!(sum, *value);
        }

        let gradient = Gradient::new(&setup, &derived);
        prop_assert_eq!(&gradient.result, &derived.transposed);
        prop_assert_eq!(gradient.changes.len(), derived.grown_cells());
        for (cell, change) in gradient.changes.iter().enumerate() {
            prop_assert!(change.iter().zip(derived.turned.column(cell)).all(|(a, b)| a == b));
        }
    }

    #[test]
    fn the_checks_hold(setup in setup()) {
        let derived = derive(&setup);
        match Adjoint::new(&derived) {
            Ok(adjoint) => {
                prop_assert!(derived.sizes().returns());
                prop_assert_eq!(adjoint.forward, adjoint.backward);
                prop_assert!(adjoint.holds() && adjoint.difference() == 0.0);
            }
            Err(sentence) => {
                prop_assert!(!derived.sizes().returns());
                prop_assert!(sentence.ends_with('.'));
            }
        }
        let check = LoopAndProduct::new(&setup, &derived).expect("a legal setup");
        prop_assert_eq!(check.largest, 0.0);
        prop_assert_eq!(&check.direct, &derived.result);
        prop_assert!(check.holds());
        prop_assert_eq!(check.both(0), Some([derived.result[[0, 0]]; 2]));
        prop_assert_eq!(check.both(derived.outputs()), None);
    }

    #[test]
    fn the_inverse_minimises_what_it_promises(setup in setup(), position in 0.0..=1.0_f64) {
        let derived = derive(&setup);
        let Ok(inverse) = Inverse::new(&derived, lambda_at(position)) else {
            prop_assert!(!derived.sizes().returns() || position < 0.6);
            return Ok(());
        };
        prop_assert_eq!(&inverse.transposed.patch, &derived.transposed);
        prop_assert!(inverse.sentence().ends_with('.'));
        prop_assert_eq!(inverse.transposed.patch_error.is_some(), !derived.own_input || derived.input == derived.result);
        // ‖DᵀC − E‖² + λ‖D‖² is smallest at the regularised inverse, so E·Cᵀ, D = 0 and a scaled answer are no better.
        let cost = |patch: &Array2<f32>| {
            let d: Vec<f64> = patch.iter().map(|value| f64::from(*value)).collect();
            let misses = derived.matrix.columns().into_iter().zip(&derived.input).map(|(column, e)| {
                column.iter().zip(&d).map(|(c, d)| f64::from(*c) * d).sum::<f64>() - f64::from(*e)
            });
            misses.map(|miss| miss * miss).sum::<f64>() + inverse.lambda * d.iter().map(|d| d * d).sum::<f64>()
        };
        let best = cost(&inverse.restored.patch);
        let slack = 1.0 + 1e-5;
        let others = [derived.transposed.clone(), derived.transposed.mapv(|_| 0.0), inverse.restored.patch.mapv(|v| v * 1.01)];
        for other in others {
            prop_assert!(best <= cost(&other) * slack + 1e-6, "{} {}", best, cost(&other));
        }
    }

    #[test]
    fn pooling_and_its_matrices(size in [1_usize..13, 1..13], seed in any::<u32>(), window in 1_usize..5, stride in 1_usize..5) {
        let patch = integers(size, seed);
        let setup = PoolingSetup { window, stride }.clamped(size);
        let lesson = PoolingLesson::new(&patch, setup).expect("a clamped setup fits");
        for pooled in [&lesson.average, &lesson.maximum] {
            prop_assert_eq!(pooled.matrix.dim(), (patch.len(), pooled.result.len()));
            prop_assert_eq!(pooled.back.dim(), patch.dim());
            for (column, value) in pooled.matrix.columns().into_iter().zip(&pooled.result) {
                let sum: f32 = column.iter().zip(&patch).map(|(weight, cell)| weight * cell).sum();
                prop_assert!((sum - value).abs() < 1e-4);
                prop_assert!((column.sum() - 1.0).abs() < 1e-5);
            }
            // What goes back is what came in: every column adds up to 1.
            prop_assert!((pooled.back.sum() - pooled.result.sum()).abs() < 1e-2);
        }
        for (j, seen) in lesson.sees.iter().enumerate() {
            prop_assert_eq!(seen.len(), setup.window * setup.window);
            let numbers = || seen.iter().map(|cell| patch[[cell / size[1], cell % size[1]]]);
            let largest = lesson.maximum.result.iter().nth(j).copied().expect("a result for each window");
            prop_assert_eq!(numbers().fold(f32::MIN, f32::max), largest);
            prop_assert!(seen.contains(&lesson.switches[j]));
        }
        if lesson.wins_twice().is_none() {
            prop_assert_eq!(&lesson.unpooled, &lesson.maximum.back);
        } else {
            prop_assert!(lesson.sentence().contains("more than one window"));
        }
        if stride >= window {
            prop_assert_eq!(lesson.wins_twice(), None);
        }
    }

    #[test]
    fn channels_are_blocks(setup in setup(), inputs in 1..=INPUTS_LIMIT, outputs in 1..=OUTPUTS_LIMIT, groups in 0_usize..5) {
        let derived = derive(&setup);
        let plan = ChannelPlan { inputs, outputs, groups };
        let lesson = match ChannelLesson::new(&setup, &derived, plan) {
            Ok(lesson) => lesson,
            Err(sentence) => {
                prop_assert!(!plan.legal_groups().contains(&groups));
                prop_assert!(sentence.ends_with('.'));
                return Ok(());
            }
        };
        prop_assert_eq!(lesson.largest, 0.0);
        prop_assert_eq!(&lesson.results, &lesson.products);
        prop_assert_eq!(&lesson.patches[0].1, &setup.patch);
        prop_assert_eq!(lesson.matrix.dim(), (inputs * derived.inputs(), outputs * derived.outputs()));
        prop_assert_eq!(lesson.block(0, 0).expect("the first block"), derived.matrix.view());
        prop_assert!(lesson.block(outputs, 0).is_none() && lesson.block(0, inputs).is_none());
        let mut filled = 0;
        for output in 0..outputs {
            for input in 0..inputs {
                let block = lesson.block(output, input).expect("a block for each pair");
                prop_assert_eq!(lesson.masks[output][input].is_some(), plan.connects(output, input));
                filled += usize::from(plan.connects(output, input));
                prop_assert!(plan.connects(output, input) || block.iter().all(|entry| *entry == 0.0));
            }
        }
        prop_assert_eq!(filled, inputs * outputs / groups);
    }
}

#[test]
fn transposed_is_not_inverse_in_the_worked_example() {
    let setup = Setup::default();
    let derived = derive(&setup);
    let inverse = Inverse::new(&derived, LAMBDA_MIN).expect("the worked example can be solved");
    assert!(inverse.restored.result_error < 1e-4, "{}", inverse.restored.result_error);
    assert!(inverse.transposed.result_error > 100.0);
    let [transposed, restored] = [inverse.transposed.patch_error, inverse.restored.patch_error].map(Option::unwrap);
    assert!(restored > 0.1 && restored < transposed, "16 unknowns do not follow from 4 numbers: {restored}");
    let heavy = Inverse::new(&derived, 1e9).expect("more λ is never singular");
    assert_eq!(heavy.lambda, LAMBDA_MAX);
    assert!(heavy.restored.result_error > inverse.restored.result_error && heavy.condition < inverse.condition);
    // A single number of E, 1, is spread by Cᵀ and gathered by C: the sum of the mask's squares comes back.
    let own = Setup { input: Some(arr2(&[[1.0, 0.0], [0.0, 0.0]])), ..setup };
    let own = Inverse::new(&derive(&own), 1.0).expect("it can be solved");
    assert_eq!(own.transposed.again[[0, 0]], 18.0);
    assert_eq!(own.transposed.patch_error, None);
}

#[test]
fn a_mask_of_zeros_and_sizes_that_do_not_return() {
    let zeros = Setup { mask: Array2::zeros((3, 3)), ..Setup::default() };
    let inverse = Inverse::new(&derive(&zeros), LAMBDA_MIN).expect("λ makes it regular");
    assert!(inverse.restored.patch.iter().all(|value| *value == 0.0));
    let geometry = Geometry { stride: [2; 2], ..Geometry::default() };
    let larger = Setup { patch: Array2::ones((6, 6)), geometry, ..Setup::default() };
    for sentence in [
        Inverse::new(&derive(&larger), 1.0).expect_err("5 × 5 is not 6 × 6"),
        Adjoint::new(&derive(&larger)).expect_err("5 × 5 is not 6 × 6"),
    ] {
        assert!(sentence.contains("5 × 5") && sentence.contains("6 × 6") && sentence.contains("output_padding"));
    }
}

#[test]
fn the_slider_of_lambda_goes_through_powers_of_ten() {
    assert_eq!(lambda_at(0.0), LAMBDA_MIN);
    assert_eq!(lambda_at(1.0), LAMBDA_MAX);
    assert_eq!(lambda_at(f64::NAN), LAMBDA_MIN);
    assert!((lambda_at(0.5) - 1e-2).abs() < 1e-12);
    for position in [0.0, 0.125, 0.5, 0.75, 1.0] {
        assert!((position_of(lambda_at(position)) - position).abs() < 1e-12);
    }
    assert_eq!(position_of(0.0), 0.0);
}

#[test]
fn pooling_of_the_worked_example() {
    let lesson = PoolingLesson::new(&Setup::default().patch, PoolingSetup::default()).expect("2 × 2 fits");
    assert_eq!(lesson.average.result, arr2(&[[1.5, 1.75], [1.5, 1.5]]));
    assert_eq!(lesson.maximum.result, arr2(&[[3.0, 3.0], [3.0, 2.0]]));
    assert_eq!(lesson.switches, [0, 7, 8, 10]);
    let large = PoolingSetup { window: 5, stride: 1 };
    assert!(PoolingLesson::new(&Setup::default().patch, large).is_err());
    let sentence = PoolingLesson::new(&arr2(&[[1.0]]), PoolingSetup::default()).expect_err("2 × 2 is too large");
    assert!(sentence.contains("does not fit"), "{sentence}");
}

#[test]
fn every_pair_of_channels_has_a_mask_of_its_own() {
    let plan = ChannelPlan { inputs: 3, outputs: 4, groups: 1 };
    for mask in [Setup::default().mask, Array2::from_elem((3, 3), 1.0 / 9.0)] {
        let setup = Setup { mask, ..Setup::default() };
        let lesson = ChannelLesson::new(&setup, &derive(&setup), plan).expect("a legal plan");
        let masks: Vec<_> = lesson.masks.iter().flatten().flatten().collect();
        assert_eq!(masks.len(), 12);
        for (n, mask) in masks.iter().enumerate() {
            assert!(masks[..n].iter().all(|other| other.laid != mask.laid && other.name() != mask.name()));
        }
    }
}

#[test]
fn the_sentence_counts_blocks() {
    let setup = Setup::default();
    let derived = derive(&setup);
    let sentence = |inputs, outputs, groups| {
        ChannelLesson::new(&setup, &derived, ChannelPlan { inputs, outputs, groups }).map(|lesson| lesson.sentence())
    };
    assert_eq!(
        sentence(2, 3, 1).as_deref(),
        Ok("6 blocks, each a C of its own mask. Every output adds what comes from two inputs.")
    );
    assert_eq!(
        sentence(2, 4, 2).as_deref(),
        Ok("4 blocks, each a C of its own mask. 4 more are zero: their channels are in different groups. \
            Every output sees a single input, so nothing is added across channels.")
    );
    assert!(sentence(2, 3, 2).expect_err("2 does not divide 3").contains("take 1."));
}
