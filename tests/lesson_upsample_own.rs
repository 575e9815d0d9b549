//! The reader's own mask on the Upsample page: a smaller mask hides numbers, and a larger one shows them again.
//!
//! Why these can be trusted: what the mask has to show is kept a second time, as a sheet of 8 × 8 numbers in a plain array
//! that only typing changes, with a plain list of sheets for undo. Seeds are proptest's own.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::lesson::{
    Address, Lesson, address,
    upsample::{OwnMask, UpsampleAction, UpsampleLesson, Weights, weights},
};
use ndarray::{Array2, ArrayView2, arr2, s};
use proptest::{prelude::*, strategy::Union};

/// The state after some actions.
fn after(actions: &[UpsampleAction]) -> UpsampleLesson {
    actions.iter().fold(UpsampleLesson::default(), |lesson, action| lesson.reduce(action.clone()))
}

/// Numbers from 1, none like another.
fn numbered(side: usize) -> Array2<f32> {
    Array2::from_shape_fn((side, side), |(row, column)| (row * side + column + 1) as f32)
}

/// Types a whole mask of the first layer's side.
fn typed(lesson: UpsampleLesson, numbers: &Array2<f32>) -> UpsampleLesson {
    assert_eq!(lesson.work.own_mask().dim(), numbers.dim());
    let place = |lesson: UpsampleLesson, (place, number): (usize, &f32)| {
        lesson.reduce(UpsampleAction::OwnWeight(place, *number))
    };
    numbers.iter().enumerate().fold(lesson, place)
}

fn first<'a>(numbers: &'a Array2<f32>, side: usize) -> ArrayView2<'a, f32> {
    numbers.slice(s![..side, ..side])
}

#[test]
fn a_mask_made_smaller_and_larger_again_shows_the_same_numbers() {
    // The side of the beginning and those on the way, one after another; in one layer and in several.
    for (side, way) in [(3, vec![2, 1, 2, 3]), (3, vec![1, 3]), (5, vec![2, 4, 5]), (8, vec![1, 8, 4, 8])] {
        for layers in 1..=3 {
            let numbers = numbered(side);
            let start = after(&[UpsampleAction::Layers(layers), UpsampleAction::Mask(side as i64)]);
            let mut lesson = typed(start.reduce(UpsampleAction::Weights(Weights::Own)), &numbers);
            for now in way.iter().copied() {
                lesson = lesson.reduce(UpsampleAction::Mask(now as i64));
                assert_eq!(lesson.work.own_mask(), first(&numbers, now), "{side} by way of {way:?}, {layers} layers");
                assert_eq!(lesson.mask(0), first(&numbers, now), "it is what the first layer weighs with");
            }
            // Every step leads back to what was there, and forth again.
            for before in way.iter().rev().skip(1) {
                lesson = lesson.reduce(UpsampleAction::Undo);
                assert_eq!(lesson.work.own_mask(), first(&numbers, *before));
            }
            for next in way.iter().skip(1) {
                lesson = lesson.reduce(UpsampleAction::Redo);
                assert_eq!(lesson.work.own_mask(), first(&numbers, *next));
            }
        }
    }
}

#[test]
fn what_is_typed_into_the_smaller_mask_stands_in_the_larger_one() {
    let small = typed(after(&[UpsampleAction::Mask(2)]), &arr2(&[[7.0, 8.0], [9.0, -1.0]]));
    let large = small.reduce(UpsampleAction::Mask(4));
    let expected = arr2(&[[7.0, 8.0, 2.0, 0.0], [9.0, -1.0, 0.0, 0.0], [0.0, 1.0, 2.0, 0.0], [0.0; 4]]);
    assert_eq!(large.work.own_mask(), expected, "the rest is the example and zeros");
    // A place beyond the mask in view changes nothing that is hidden.
    for place in [4, 5, 8, 63, 64, usize::MAX] {
        assert_eq!(small.reduce(UpsampleAction::OwnWeight(place, 5.0)), small, "{place}");
    }
}

#[test]
fn whatever_sets_the_first_mask_brings_its_numbers_back() {
    let numbers = numbered(5);
    let start = typed(after(&[UpsampleAction::Mask(5)]), &numbers);
    for away in [
        vec![UpsampleAction::Stack(vec![[2, 2], [4, 2]])],
        vec![UpsampleAction::Stack(vec![[1, 1]]), UpsampleAction::Scale(3)],
        vec![UpsampleAction::Layers(3), UpsampleAction::Mask(1), UpsampleAction::Layers(1)],
    ] {
        let lesson = away.iter().fold(start.clone(), |lesson, action| lesson.reduce(action.clone()));
        assert!(lesson.work.own_mask().nrows() < 5);
        let back = lesson.reduce(UpsampleAction::Stack(vec![[5, 2]]));
        assert_eq!(back.work.own_mask(), numbers, "{away:?}");
    }
    let other = [UpsampleAction::Layers(2), UpsampleAction::Choose(1), UpsampleAction::Mask(1)];
    let other = other.into_iter().fold(start, |lesson, action| lesson.reduce(action));
    assert_eq!(other.work.own_mask(), numbers, "another layer's mask is none of its business");
}

#[test]
fn a_link_carries_what_is_in_view() {
    let numbers = numbered(4);
    let lesson = typed(after(&[UpsampleAction::Mask(4)]), &numbers).reduce(UpsampleAction::Mask(2));
    let link = address::fragment(&lesson);
    assert!(link.contains("own=1,2;5,6"), "{link}");
    let (read, problems) = address::read::<UpsampleLesson>(&Address::parse(&link).query);
    assert_eq!((read.work.own_mask(), problems), (first(&numbers, 2), vec![]));
    let larger = read.reduce(UpsampleAction::Mask(4));
    let expected = arr2(&[[1.0, 2.0, 0.0, 0.0], [5.0, 6.0, 0.0, 0.0], [0.0; 4], [0.0; 4]]);
    assert_eq!(larger.work.own_mask(), expected, "what the link left out is 0");
    // A mask that shows nothing but the example is not worth a word, and the rest of the example is there behind it.
    let example = address::fragment(&after(&[UpsampleAction::Mask(1)]));
    assert!(!example.contains("own="), "{example}");
    let (read, _) = address::read::<UpsampleLesson>(&Address::parse(&example).query);
    assert_eq!(read.reduce(UpsampleAction::Mask(3)).work.own_mask(), weights::example());
}

#[test]
fn the_worker_is_asked_about_what_is_in_view() {
    let asked = |lesson: &UpsampleLesson| lesson.reduce(UpsampleAction::Weights(Weights::Own)).question();
    let hidden = typed(after(&[UpsampleAction::Mask(4)]), &numbered(4)).reduce(UpsampleAction::Mask(2));
    let plain = typed(after(&[UpsampleAction::Mask(2)]), &hidden.work.own_mask().to_owned());
    assert_ne!(hidden.work, plain.work);
    assert_eq!(asked(&hidden), asked(&plain));
    assert_ne!(asked(&hidden), asked(&plain.reduce(UpsampleAction::OwnWeight(3, 0.5))));
}

#[test]
fn a_sheet_has_a_mask_for_any_side() {
    let sheet = OwnMask::new(numbered(8).view());
    for (asked, given) in [(0, 1), (1, 1), (5, 5), (8, 8), (9, 8), (usize::MAX, 8)] {
        assert_eq!(sheet.of_side(asked), first(&numbered(8), given), "{asked}");
    }
    assert_eq!(OwnMask::new(numbered(9).view()).of_side(8), first(&numbered(9), 8), "what is beyond it is left out");
    assert_eq!(OwnMask::new(Array2::zeros((0, 0)).view()).of_side(8), Array2::<f32>::zeros((8, 8)));
    assert_eq!(sheet.cropped(3).of_side(3), sheet.of_side(3));
    assert_eq!(sheet.cropped(3).of_side(8).sum(), sheet.of_side(3).sum());
}

/// What changes the own mask or how much of it is in view.
fn action() -> impl Strategy<Value = UpsampleAction> {
    use UpsampleAction as A;
    Union::new_weighted(vec![
        (4, (0_i64..10).prop_map(A::Mask).boxed()),
        (4, (0_usize..66, -99_i16..99).prop_map(|(place, value)| A::OwnWeight(place, f32::from(value) / 4.0)).boxed()),
        (1, (1_i64..=5).prop_map(A::Layers).boxed()),
        (1, (0_usize..5).prop_map(A::Choose).boxed()),
        (1, (1_i64..=4).prop_map(A::Scale).boxed()),
        (1, prop::collection::vec([1_usize..=8, 1..=6], 1..4).prop_map(A::Stack).boxed()),
        (2, Just(A::Undo).boxed()),
        (2, Just(A::Redo).boxed()),
    ])
}

proptest! {
    #[test]
    fn the_mask_shows_what_was_typed_there_last(actions in prop::collection::vec(action(), 0..40)) {
        let mut sheet = Array2::<f32>::zeros((8, 8));
        sheet.slice_mut(s![..3, ..3]).assign(&weights::example());
        let (mut past, mut future) = (Vec::new(), Vec::new());
        let mut lesson = UpsampleLesson::default();
        for action in actions {
            let (before, side) = (sheet.clone(), lesson.work.own_mask().nrows());
            let next = lesson.reduce(action.clone());
            match action {
                UpsampleAction::Undo => {
                    if let Some(found) = past.pop() {
                        future.push(std::mem::replace(&mut sheet, found));
                    }
                }
                UpsampleAction::Redo => {
                    if let Some(found) = future.pop() {
                        past.push(std::mem::replace(&mut sheet, found));
                    }
                }
                action => {
                    if let UpsampleAction::OwnWeight(place, value) = action && place < side * side {
                        sheet[[place / side, place % side]] = value;
                    }
                    if next.work != lesson.work {
                        past.push(before);
                        future.clear();
                    }
                }
            }
            lesson = next;
            let side = lesson.work.stack.layers()[0].mask;
            prop_assert_eq!(lesson.work.own_mask(), first(&sheet, side));
            prop_assert_eq!(lesson.history.past().len(), past.len());
        }
    }
}
