//! Legal setups of the Matrix lesson, drawn as a reader makes them: one wish after another, and some are refused.

use deconvolution_explorer::{
    convolution::PaddingMode,
    lesson::matrix::setup::{MASK_LIMIT, STAGE_LIMIT, Setup, size},
    lesson::matrix::{MatrixLesson, Work, pooling::PoolingSetup, settings::Setting},
};
use ndarray::Array2;
use proptest::prelude::*;
use std::rc::Rc;

/// Every setting there is.
pub const SETTINGS: [Setting; 14] = [
    Setting::PatchRows,
    Setting::PatchColumns,
    Setting::MaskRows,
    Setting::MaskColumns,
    Setting::StrideRows,
    Setting::StrideColumns,
    Setting::PaddingTop,
    Setting::PaddingBottom,
    Setting::PaddingLeft,
    Setting::PaddingRight,
    Setting::DilationRows,
    Setting::DilationColumns,
    Setting::OutputPaddingRows,
    Setting::OutputPaddingColumns,
];

/// A value for a setting: mostly a small one, which most others agree with, now and then any.
fn value(setting: Setting) -> impl Strategy<Value = usize> {
    let (from, to) = setting.bounds().into_inner();
    let few = match setting {
        Setting::PatchRows | Setting::PatchColumns | Setting::MaskRows | Setting::MaskColumns => to,
        _ => from + 3,
    };
    prop_oneof![5 => from..=few, 1 => from..=to]
}

/// A wish of the reader.
#[derive(Clone, Debug)]
enum Wish {
    Set(Setting, usize),
    Mode(PaddingMode),
}

fn wish() -> impl Strategy<Value = Wish> {
    let set = |setting| value(setting).prop_map(move |value| Wish::Set(setting, value));
    prop_oneof![
        10 => prop::sample::select(&SETTINGS[..]).prop_flat_map(set),
        1 => prop::sample::select(&PaddingMode::ALL[..]).prop_map(Wish::Mode),
    ]
}

/// As many quarters as `count`, whose products and sums are exact in every order.
fn quarters(count: usize) -> impl Strategy<Value = Vec<f32>> {
    prop::collection::vec((-20..=20_i32).prop_map(|n| n as f32 / 4.0), count)
}

fn filled(array: &Array2<f32>, numbers: &[f32]) -> Array2<f32> {
    let cells = numbers.iter().copied().take(array.len()).collect();
    Array2::from_shape_vec(array.dim(), cells).expect("there are more numbers than cells")
}

/// Setups with any legal geometry and any numbers, some with an E of their own.
pub fn setups() -> impl Strategy<Value = Setup> {
    let numbers =
        (quarters(STAGE_LIMIT * STAGE_LIMIT), quarters(MASK_LIMIT * MASK_LIMIT), quarters(STAGE_LIMIT * STAGE_LIMIT));
    // The patch's size is wished for first, while everything else still allows it: large ones come up as well.
    let sizes =
        [Setting::PatchRows, Setting::PatchColumns].map(|side| (1..=STAGE_LIMIT).prop_map(move |n| Wish::Set(side, n)));
    (sizes, prop::collection::vec(wish(), 0..40), any::<[bool; 2]>(), numbers).prop_map(
        |(sizes, wishes, [flip, own], (patch, mask, input))| {
            let mut setup = sizes.into_iter().chain(wishes).fold(Setup::default(), |setup, wish| {
                let wished = match wish {
                    Wish::Set(setting, value) => setup.with(&[setting], value),
                    Wish::Mode(mode) => setup.with_mode(mode),
                };
                wished.unwrap_or(setup)
            });
            setup.flip = flip;
            setup.patch = filled(&setup.patch, &patch);
            setup.mask = filled(&setup.mask, &mask);
            let result = setup.sizes().expect("only legal wishes were granted").result;
            setup.input = own.then(|| filled(&Array2::zeros(result), &input));
            assert!(size(&setup.patch).into_iter().chain(result).all(|side| (1..=STAGE_LIMIT).contains(&side)));
            setup
        },
    )
}

// The files that test numbers and places need no lesson.

/// A lesson with a setup, at the beginning of its story.
#[allow(dead_code)]
pub fn lesson_with(setup: Setup) -> MatrixLesson {
    let pooling = PoolingSetup::default().clamped(size(&setup.patch));
    let work = Work { setup: Rc::new(setup), pooling, ..Work::default() };
    MatrixLesson { work, position: 0.0, ..MatrixLesson::default() }
}

/// Lessons in their first state, with [`setups`].
#[allow(dead_code)]
pub fn lessons() -> impl Strategy<Value = MatrixLesson> {
    setups().prop_map(lesson_with)
}
