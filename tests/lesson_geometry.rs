//! The Matrix lesson's numbers in any geometry: matrices, wiring, overlap and written-out sums, each against a plain
//! loop over the definition.
//!
//! All numbers are quarters, so products and sums are exact and are compared as they are.
#![cfg(not(target_arch = "wasm32"))]

mod lesson_setups;

use deconvolution_explorer::{
    convolution::{PaddingMode, flip_mask, reference},
    lesson::matrix::{
        derived::{Derived, four, plane},
        narration::Sum,
        setup::Setup,
        wiring::Wiring,
    },
};
use lesson_setups::setups;
use ndarray::{Array1, Array2};
use proptest::prelude::*;
use std::rc::Rc;

fn derived(setup: &Setup) -> Derived {
    let wiring = Wiring::new(setup).expect("the setup is legal");
    Derived::new(setup, Rc::new(wiring)).expect("the setup is legal")
}

fn unrolled(array: &Array2<f32>) -> Array1<f32> {
    array.iter().copied().collect()
}

/// The cell of the patch on which mask entry `tap` of output `j` lies, by the definition: `None` on a zero outside.
fn cell_under(setup: &Setup, result: [usize; 2], j: usize, tap: usize) -> Option<usize> {
    let at = |axis: usize, output: usize, entry: usize| {
        let geometry = &setup.geometry;
        let (size, before) = (setup.patch.shape()[axis] as i64, geometry.padding[axis][0] as i64);
        let position = (output * geometry.stride[axis] + entry * geometry.dilation[axis]) as i64 - before;
        match setup.mode {
            PaddingMode::Zero => (0..size).contains(&position).then_some(position),
            PaddingMode::Replicate => Some(position.clamp(0, size - 1)),
            PaddingMode::Circular => Some(position.rem_euclid(size)),
            PaddingMode::Reflect if size == 1 => Some(0),
            PaddingMode::Reflect => {
                let around = position.rem_euclid(2 * (size - 1));
                Some(around.min(2 * (size - 1) - around))
            }
        }
    };
    let columns = setup.mask.ncols();
    let row = at(0, j / result[1], tap / columns)?;
    let column = at(1, j % result[1], tap % columns)?;
    Some((row * setup.patch.ncols() as i64 + column) as usize)
}

/// The mask entry of the reader that stands at place `tap` of the laid mask.
fn entry(setup: &Setup, tap: usize) -> usize {
    if setup.flip { setup.mask.len() - 1 - tap } else { tap }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn sizes_follow_the_formulas(setup in setups()) {
        let (sizes, geometry) = (setup.sizes().expect("legal"), setup.geometry);
        for axis in 0..2 {
            let padding: usize = geometry.padding[axis].iter().sum();
            let span = geometry.dilation[axis] * (sizes.mask[axis] - 1) + 1;
            prop_assert_eq!(sizes.result[axis], (sizes.patch[axis] + padding - span) / geometry.stride[axis] + 1);
            let painted = (sizes.result[axis] - 1) * geometry.stride[axis] + span + setup.shown_output_padding()[axis];
            prop_assert_eq!(sizes.grown[axis] + padding, painted);
        }
        let mut fitted = setup.clone();
        fitted.geometry.output_padding = setup.fitting_output_padding();
        prop_assert!(fitted.sizes().expect("it fits").returns());
    }

    #[test]
    fn the_product_with_c_is_the_convolution(setup in setups()) {
        let derived = derived(&setup);
        let mask = if setup.flip { flip_mask(setup.mask.view()) } else { setup.mask.clone() };
        let looped = reference::conv2d_padded(four(setup.patch.view()), four(mask.view()), &setup.geometry, setup.mode);
        prop_assert_eq!(&derived.result, &plane(looped.expect("the setup is legal")));
        prop_assert_eq!(unrolled(&setup.patch).dot(&derived.matrix), unrolled(&derived.result));
    }

    #[test]
    fn the_product_with_c_transposed_is_the_transposed_convolution(setup in setups()) {
        let derived = derived(&setup);
        let (patch, input, mask) = (derived.sizes().patch, four(derived.input.view()), setup.laid_mask());
        let looped = match setup.mode {
            PaddingMode::Zero => reference::conv_transpose2d(input, four(mask.view()), &setup.geometry),
            mode => reference::conv_transpose2d_padded(input, four(mask.view()), patch, &setup.geometry, mode),
        };
        prop_assert_eq!(&derived.transposed, &plane(looped.expect("the setup is legal")));
        prop_assert_eq!(unrolled(&derived.input).dot(&derived.turned), unrolled(&derived.transposed));
        prop_assert_eq!(derived.partial_sums(derived.outputs()), unrolled(&derived.transposed).to_vec());
        if derived.sizes().returns() {
            prop_assert_eq!(&derived.matrix.t(), &derived.turned);
            // ⟨DᵀC, E⟩ = ⟨D, E·Cᵀ⟩
            let product = |a: &Array2<f32>, b: &Array2<f32>| -> f64 {
                a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
            };
            prop_assert_eq!(product(&derived.result, &derived.input), product(&setup.patch, &derived.transposed));
        }
    }

    #[test]
    fn e_is_the_reader_s_own_as_long_as_it_fits(setup in setups()) {
        let derived = derived(&setup);
        prop_assert_eq!(derived.own_input, setup.input.is_some());
        prop_assert_eq!(&derived.input, setup.input.as_ref().unwrap_or(&derived.result));
        let other = Setup { input: Some(Array2::ones((13, 1))), ..setup };
        let Ok(derived) = Wiring::new(&other).and_then(|wiring| Derived::new(&other, Rc::new(wiring))) else {
            return Err(TestCaseError::fail("an E that does not fit is no error"));
        };
        prop_assert!(!derived.own_input);
        prop_assert_eq!(&derived.input, &derived.result);
    }

    #[test]
    fn mask_entries_stand_where_the_mask_lies(setup in setups()) {
        let derived = derived(&setup);
        let sizes = derived.sizes();
        let mut met = Array2::<Vec<usize>>::default((sizes.inputs(), sizes.outputs()));
        for j in 0..sizes.outputs() {
            for tap in 0..sizes.taps() {
                if let Some(i) = cell_under(&setup, sizes.result, j, tap) {
                    met[[i, j]].push(entry(&setup, tap));
                }
            }
        }
        for ((i, j), expected) in met.indexed_iter_mut() {
            expected.sort_unstable();
            let taps = derived.taps(i, j);
            prop_assert_eq!(&taps.iter().collect::<Vec<_>>(), &*expected, "C at {}, {}", i, j);
            prop_assert_eq!(taps.len(), expected.len());
            prop_assert_eq!(taps.first(), expected.first().copied());
            prop_assert!(expected.iter().all(|tap| taps.contains(*tap)));
            let value: f32 = expected.iter().map(|tap| derived.mask[*tap]).sum();
            prop_assert_eq!(value, derived.matrix[[i, j]]);
            // Cᵀ holds the same entries wherever both matrices have the cell.
            if let Some(g) = sizes.grown_of(i) {
                prop_assert_eq!(derived.turned_taps(j, g), taps, "Cᵀ at {}, {}", j, g);
            }
        }
    }

    #[test]
    fn entries_of_c_transposed_add_up_and_overlap(setup in setups()) {
        let derived = derived(&setup);
        let (sizes, geometry) = (derived.sizes(), setup.geometry);
        for ((j, g), value) in derived.turned.indexed_iter() {
            let sum: f32 = derived.turned_taps(j, g).iter().map(|tap| derived.mask[tap]).sum();
            prop_assert_eq!(sum, *value, "Cᵀ at {}, {}", j, g);
        }
        let mut counts = vec![0; sizes.grown_cells()];
        for j in 0..sizes.outputs() {
            for tap in 0..sizes.taps() {
                let cell = if setup.mode == PaddingMode::Zero {
                    // Where the mask is painted, whatever the patch's size is.
                    let at = |axis: usize, output: usize, entry: usize| {
                        (output * geometry.stride[axis] + entry * geometry.dilation[axis])
                            .checked_sub(geometry.padding[axis][0])
                            .filter(|at| *at < sizes.grown[axis])
                    };
                    at(0, j / sizes.result[1], tap / sizes.mask[1])
                        .zip(at(1, j % sizes.result[1], tap % sizes.mask[1]))
                        .map(|(row, column)| row * sizes.grown[1] + column)
                } else {
                    cell_under(&setup, sizes.result, j, tap)
                };
                if let Some(cell) = cell {
                    counts[cell] += 1;
                }
            }
        }
        prop_assert_eq!(derived.wiring.overlap(), counts);
    }

    #[test]
    fn cells_of_patch_and_transposed_result_find_each_other(setup in setups()) {
        let sizes = setup.sizes().expect("legal");
        for i in 0..sizes.inputs() {
            prop_assert!(sizes.grown_of(i).is_none_or(|g| g < sizes.grown_cells() && sizes.input_of(g) == Some(i)));
        }
        let shared = (0..sizes.grown_cells()).filter_map(|g| sizes.input_of(g)).count();
        prop_assert_eq!(shared, (0..sizes.inputs()).filter_map(|i| sizes.grown_of(i)).count());
        let common: usize = (0..2).map(|axis| sizes.patch[axis].min(sizes.grown[axis])).product();
        prop_assert_eq!(shared, common);
        prop_assert!(!sizes.returns() || common == sizes.inputs());
    }

    #[test]
    fn written_out_sums_add_up(setup in setups()) {
        let derived = derived(&setup);
        let total = |sum: &Sum| sum.terms.iter().map(|term| term.weight * term.value).sum::<f32>();
        for (j, result) in derived.result.iter().enumerate() {
            let sum = Sum::of_output(j, &derived);
            prop_assert_eq!([total(&sum), sum.total], [*result; 2]);
            prop_assert!(sum.terms.windows(2).all(|pair| pair[0].tap < pair[1].tap), "each entry once, in order");
            prop_assert!(sum.terms.iter().all(|term| term.output == j && derived.patch[term.cell] == term.value));
        }
        for (g, result) in derived.transposed.iter().enumerate() {
            let sum = Sum::of_cell(g, &derived);
            prop_assert_eq!([total(&sum), sum.total], [*result; 2]);
            prop_assert!(sum.terms.iter().all(|term| term.cell == g));
            prop_assert_eq!(sum.terms.len(), derived.wiring.overlap()[g]);
        }
    }

    #[test]
    fn a_flipped_mask_takes_its_letters_along(setup in setups()) {
        let turned = Setup { flip: !setup.flip, mask: flip_mask(setup.mask.view()), ..setup.clone() };
        let (one, other) = (derived(&setup), derived(&turned));
        prop_assert_eq!(&one.matrix, &other.matrix, "turned twice, the mask lies as before");
        let last = setup.mask.len() - 1;
        for (taps, mirrored) in one.wiring.taps.iter().zip(&other.wiring.taps) {
            let mut expected: Vec<usize> = mirrored.iter().map(|tap| last - tap).collect();
            expected.reverse();
            prop_assert_eq!(taps.iter().collect::<Vec<_>>(), expected);
        }
    }
}
