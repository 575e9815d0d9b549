//! Presets: masks of every size, random numbers from a seed, and which preset the numbers on the stage come from.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::lesson::{
    Lesson,
    matrix::{
        Action, MatrixLesson, Work,
        preset::Preset,
        setup::{MASK_LIMIT, STAGE_LIMIT, Setup},
        spot::Array,
    },
};
use ndarray::{Array2, arr2};

/// Every size of a mask.
fn masks() -> impl Iterator<Item = [usize; 2]> {
    (1..=MASK_LIMIT).flat_map(|rows| (1..=MASK_LIMIT).map(move |columns| [rows, columns]))
}

/// Every size of a patch.
fn patches() -> impl Iterator<Item = [usize; 2]> {
    (1..=STAGE_LIMIT).flat_map(|rows| (1..=STAGE_LIMIT).map(move |columns| [rows, columns]))
}

fn sum(array: &Array2<f32>) -> f32 {
    array.iter().sum()
}

#[test]
fn presets_are_recognised_again() {
    for preset in Preset::ALL {
        let lesson = MatrixLesson::default().reduce(Action::Load(preset));
        assert_eq!(lesson.preset(), Some(preset));
    }
    let edited = MatrixLesson::default().reduce(Action::Enter { array: Array::Mask, place: 0, text: "7".into() });
    assert_eq!(edited.preset(), None);
}

#[test]
fn presets_are_recognised_in_every_size() {
    // A mask of a single entry can come from several presets, which then give the same numbers; the worked example
    // brings its own sizes along.
    for size in masks() {
        let ambiguous = |preset| preset == Preset::Random && size == [1, 1];
        for preset in Preset::ALL.into_iter().filter(|preset| *preset != Preset::Worked && !ambiguous(*preset)) {
            let (patch, mask) = (Array2::from_elem((6, 7), 9.0), Array2::from_elem((size[0], size[1]), 9.0));
            let setup = Setup { patch, mask, ..Setup::default() };
            let loaded =
                MatrixLesson { work: Work { setup: setup.into(), ..Work::default() }, ..MatrixLesson::default() }
                    .reduce(Action::Load(preset));
            let found = loaded.preset().expect("the numbers come from a preset");
            let alike = found.mask(size, loaded.work.seed) == preset.mask(size, loaded.work.seed)
                && found.patch([6, 7], loaded.work.seed) == preset.patch([6, 7], loaded.work.seed);
            assert!(alike, "{preset:?} taken for {found:?} in {size:?}");
        }
    }
}

#[test]
fn every_mask_has_the_size_it_was_asked_for() {
    for size in masks() {
        for preset in Preset::ALL {
            if let Some(mask) = preset.mask(size, 3) {
                assert_eq!([mask.nrows(), mask.ncols()], size, "{preset:?}");
                assert!(mask.iter().all(|number| number.is_finite()), "{preset:?} {size:?}");
            }
        }
    }
}

#[test]
fn means_sum_to_one_and_differences_to_nothing() {
    for size in masks() {
        for preset in [Preset::Identity, Preset::Box, Preset::Gaussian] {
            let mask = preset.mask(size, 0).expect("it has a mask");
            assert!((sum(&mask) - 1.0).abs() < 1e-6, "{preset:?} {size:?}");
        }
        let whole = size[0] >= 3 && size[1] >= 3;
        for (preset, total) in [(Preset::Sobel, 0.0), (Preset::Laplacian, 0.0), (Preset::Sharpen, 1.0)] {
            let mask = preset.mask(size, 0).expect("it has a mask");
            assert!(!whole || sum(&mask) == total, "{preset:?} {size:?}");
        }
    }
}

#[test]
fn masks_of_three_by_three_are_the_textbook_ones() {
    let mask = |preset: Preset| preset.mask([3, 3], 0).expect("it has a mask");
    assert_eq!(mask(Preset::Sobel), arr2(&[[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]]));
    assert_eq!(mask(Preset::Gaussian) * 16.0, arr2(&[[1.0, 2.0, 1.0], [2.0, 4.0, 2.0], [1.0, 2.0, 1.0]]));
    assert_eq!(mask(Preset::Laplacian), arr2(&[[0.0, 1.0, 0.0], [1.0, -4.0, 1.0], [0.0, 1.0, 0.0]]));
    assert_eq!(mask(Preset::Sharpen), arr2(&[[0.0, -1.0, 0.0], [-1.0, 5.0, -1.0], [0.0, -1.0, 0.0]]));
}

#[test]
fn random_numbers_are_a_function_of_the_seed() {
    let patch = |seed| Preset::Random.patch([12, 12], seed).expect("it has a patch");
    for seed in [0, 1, 2, 77, u32::MAX] {
        assert_eq!(patch(seed), patch(seed));
        assert_ne!(patch(seed), patch(seed.wrapping_add(1)));
        assert!(patch(seed).iter().all(|n| n.fract() == 0.0 && n.abs() <= 3.0));
        let mask = Preset::Random.mask([5, 5], seed).expect("it has a mask");
        let corner = patch(seed).slice(ndarray::s![..5, ..5]).to_owned();
        assert_ne!(mask, corner, "patch and mask are drawn apart");
    }
    let numbers: Vec<f32> = (0..20).flat_map(patch).collect();
    for wanted in -3..=3_i32 {
        let share = numbers.iter().filter(|n| **n == wanted as f32).count() as f32 / numbers.len() as f32;
        assert!((share - 1.0 / 7.0).abs() < 0.03, "{wanted} comes up {share}");
    }
}

#[test]
fn the_next_seed_gives_other_numbers_and_is_kept() {
    let first = MatrixLesson::default().reduce(Action::Load(Preset::Random));
    let second = first.reduce(Action::Reseed);
    assert_eq!(second.work.seed, first.work.seed + 1);
    assert_ne!(first.setup(), second.setup());
    let last = MatrixLesson { work: Work { seed: u32::MAX, ..first.work.clone() }, ..first }.reduce(Action::Reseed);
    assert_eq!(last.work.seed, 0, "after the last seed comes the first");
}

#[test]
fn checkerboards_alternate_and_one_hot_patches_hold_a_single_one() {
    for size in patches() {
        let board = Preset::Checkerboard.patch(size, 0).expect("it has a patch");
        assert_eq!(board[[0, 0]], 1.0);
        for ((row, column), cell) in board.indexed_iter() {
            for neighbour in [board.get((row + 1, column)), board.get((row, column + 1))].into_iter().flatten() {
                assert_eq!(cell + neighbour, 1.0, "{size:?} at {row}, {column}");
            }
        }
        let one = Preset::OneHot.patch(size, 0).expect("it has a patch");
        assert_eq!(sum(&one), 1.0);
        assert_eq!(one.iter().filter(|cell| **cell != 0.0).count(), 1);
    }
}

#[test]
fn the_result_of_a_one_hot_patch_is_the_mask_turned() {
    let lesson = MatrixLesson::default().reduce(Action::Load(Preset::OneHot));
    // The one stands at row 2, column 2 of 4×4, so the 2×2 windows see the mask's last entries in reverse.
    let mask = &lesson.setup().mask;
    let expected = arr2(&[[mask[[1, 1]], mask[[1, 0]]], [mask[[0, 1]], mask[[0, 0]]]]);
    assert_eq!(lesson.derived().result, expected);
}
