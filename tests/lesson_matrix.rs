//! The Matrix lesson's state: the worked example, edits, refusals, and every action in any order.
//!
//! The expected numbers of the worked example are worked by hand; everything else compares two independent ways to
//! the same value.
#![cfg(not(target_arch = "wasm32"))]

mod lesson_actions;
mod lesson_setups;

use deconvolution_explorer::lesson::{
    Lesson,
    matrix::{
        Action, MatrixLesson, SPEEDS, Wish,
        narration::Sum,
        settings::Setting,
        spot::{Array, Spot},
        timeline::{Chapter, Way},
    },
    numbers::ENTRY_BOUND,
};
use ndarray::arr2;
use proptest::prelude::*;

fn enter(lesson: &MatrixLesson, array: Array, place: usize, text: &str) -> MatrixLesson {
    lesson.reduce(Action::Enter { array, place, text: text.into() })
}

fn nudge(lesson: &MatrixLesson, array: Array, place: usize, by: f32) -> MatrixLesson {
    lesson.reduce(Action::Nudge { array, place, by })
}

fn set(lesson: &MatrixLesson, settings: &[Setting], value: usize) -> MatrixLesson {
    lesson.reduce(Action::Set(settings.to_vec(), value))
}

#[test]
fn the_worked_example() {
    let derived = MatrixLesson::default().derived();
    assert_eq!(derived.matrix.dim(), (16, 4));
    assert_eq!(derived.turned.dim(), (4, 16));
    assert_eq!(derived.result, arr2(&[[12.0, 12.0], [10.0, 17.0]]));
    let expected =
        arr2(&[[0.0, 12.0, 36.0, 24.0], [24.0, 58.0, 61.0, 34.0], [20.0, 66.0, 70.0, 24.0], [0.0, 10.0, 37.0, 34.0]]);
    assert_eq!(derived.transposed, expected);
    assert_eq!(Sum::of_output(0, &derived).line(), "0·3 + 1·3 + 2·2 + 2·0 + 2·0 + 0·1 + 0·3 + 1·1 + 2·2 = 12");
}

#[test]
fn an_edit_changes_what_depends_on_it_and_nothing_else() {
    let lesson = MatrixLesson::default();
    // The patch's last corner meets the mask's last entry in the last output only.
    let derived = enter(&lesson, Array::Patch, 15, "5").derived();
    assert_eq!(derived.result, arr2(&[[12.0, 12.0], [10.0, 23.0]]));
    let own = enter(&lesson, Array::Input, 0, "1");
    assert_eq!(own.derived().result, lesson.derived().result);
    assert_eq!(own.derived().input, arr2(&[[1.0, 12.0], [10.0, 17.0]]));
    assert!(own.derived().own_input && !lesson.derived().own_input);
    assert_eq!(own.reduce(Action::FollowResult).work, lesson.work);
}

#[test]
fn a_wrong_entry_is_refused_at_its_cell_and_the_old_value_stays() {
    let lesson = MatrixLesson::default();
    let refused = enter(&lesson, Array::Mask, 4, "two");
    assert_eq!(refused.setup(), lesson.setup());
    let refusal = refused.refusal.clone().expect("the entry is no number");
    assert_eq!(refusal.wish, Wish::Cell(Array::Mask, 4));
    assert!(refusal.reason.contains("not a number"), "{}", refusal.reason);
    assert_eq!(enter(&refused, Array::Mask, 4, "2"), lesson, "a good entry clears the refusal");
    assert_eq!(refused.reduce(Action::LetGo), lesson, "and so does Escape");
}

#[test]
fn entries_outside_of_their_array_or_of_computed_arrays_change_nothing() {
    let lesson = MatrixLesson::default();
    assert_eq!(enter(&lesson, Array::Patch, 99, "1"), lesson);
    assert_eq!(enter(&lesson, Array::Input, 4, "1"), lesson);
    assert_eq!(enter(&lesson, Array::Matrix, 0, "1"), lesson);
}

#[test]
fn nudges_stay_within_what_may_be_typed() {
    let lesson = MatrixLesson::default();
    assert_eq!(nudge(&lesson, Array::Mask, 1, 0.1).setup().mask[[0, 1]], 1.1);
    let largest = enter(&lesson, Array::Patch, 0, "999");
    assert_eq!(nudge(&largest, Array::Patch, 0, 1.0), largest);
    assert_eq!(nudge(&largest, Array::Patch, 0, -1e30).setup().patch[[0, 0]], -ENTRY_BOUND);
    assert_eq!(nudge(&lesson, Array::Patch, 0, f32::NAN), lesson, "what is no number moves nothing");
}

#[test]
fn a_nudge_never_moves_against_its_direction() {
    // Numbers of E that follow the result may be larger than anything typed.
    let large = enter(&enter(&MatrixLesson::default(), Array::Patch, 5, "999"), Array::Mask, 4, "999");
    assert_eq!(large.derived().input[[0, 0]], 999.0_f32.mul_add(999.0, 12.0));
    let up = nudge(&large, Array::Input, 0, 1.0).derived().input[[0, 0]];
    let down = nudge(&large, Array::Input, 0, -1.0).derived().input[[0, 0]];
    assert_eq!([up, down], [998_013.0, 998_012.0]);
}

#[test]
fn a_wish_out_of_bounds_names_them() {
    let lesson = MatrixLesson::default();
    let refused = set(&lesson, &[Setting::MaskRows, Setting::MaskColumns], 6);
    assert_eq!(refused.setup(), lesson.setup());
    let refusal = refused.refusal.expect("a mask of six does not exist");
    assert_eq!(refusal.wish, Wish::Setting(Setting::MaskRows));
    assert!(refusal.reason.contains("1 to 5"), "{}", refusal.reason);
}

#[test]
fn settings_that_move_together_move_together() {
    let lesson = set(&MatrixLesson::default(), &[Setting::StrideRows, Setting::StrideColumns], 2);
    assert_eq!(lesson.setup().geometry.stride, [2, 2]);
    assert_eq!(lesson.sizes().result, [1, 1]);
    assert_eq!(lesson.sizes().grown, [3, 3], "the stride has a row and a column left over");
    let fitted = lesson.reduce(Action::FitOutputPadding);
    assert_eq!(fitted.sizes().grown, [4, 4], "and output padding brings them back");
}

#[test]
fn other_sizes_let_go_of_the_pin_and_keep_the_place_of_the_story() {
    let pinned =
        MatrixLesson::default().reduce(Action::Chapter(Chapter::Transpose)).reduce(Action::Pin(Spot::Patch(5)));
    let larger = set(&pinned, &[Setting::PatchRows, Setting::PatchColumns], 6);
    assert_eq!(larger.pinned, None);
    let timeline = larger.timeline();
    assert_eq!(timeline.shown(larger.position).chapter, Chapter::Transpose);
    assert_eq!(larger.position, larger.position.round(), "at rest");
    // The numbers alone may change under a pin.
    assert_eq!(enter(&pinned, Array::Patch, 0, "7").pinned, Some(Spot::Patch(5)));
}

#[test]
fn spots_that_the_stage_does_not_have_cannot_be_held() {
    let lesson = MatrixLesson::default();
    for spot in [Spot::Patch(16), Spot::Mask(9), Spot::Flipped(9), Spot::Entry(usize::MAX, 3), Spot::Stamp(4, 0)] {
        assert_eq!(lesson.reduce(Action::Pin(spot)), lesson, "{spot:?}");
        assert_eq!(lesson.reduce(Action::Point(Some(spot))), lesson, "{spot:?}");
    }
    let pinned = lesson.reduce(Action::Pin(Spot::Patch(15)));
    assert_eq!(pinned.lit(), Some(Spot::Patch(15)));
    assert_eq!(pinned.reduce(Action::Pin(Spot::Patch(15))), lesson, "a second click lets go");
}

#[test]
fn a_larger_mask_gains_zeros_and_a_larger_patch_repeats() {
    let lesson = MatrixLesson::default();
    let mask = set(&lesson, &[Setting::MaskRows], 4).setup().mask.clone();
    assert_eq!(mask, arr2(&[[0.0, 1.0, 2.0], [2.0, 2.0, 0.0], [0.0, 1.0, 2.0], [0.0, 0.0, 0.0]]));
    let patch = set(&lesson, &[Setting::PatchRows], 6).setup().patch.clone();
    assert_eq!(patch.row(4), lesson.setup().patch.row(0));
    assert_eq!(patch.row(5), lesson.setup().patch.row(1));
}

#[test]
fn another_way_goes_to_its_chapter_and_the_end_stays_the_end() {
    for from in Way::ALL {
        for to in Way::ALL.into_iter().filter(|to| *to != from) {
            let lesson = MatrixLesson::default().reduce(Action::Tell(from)).reduce(Action::Seek(2.0));
            let told = lesson.reduce(Action::Tell(to));
            assert_eq!(told.position, told.timeline().start(Chapter::Spread) as f64 + 1.0, "{from:?} to {to:?}");
            let ended = lesson.reduce(Action::Seek(1e9)).reduce(Action::Tell(to));
            assert_eq!(ended.position, ended.timeline().len() as f64, "{from:?} to {to:?}");
        }
    }
}

#[test]
fn undo_and_redo_bring_work_back_and_leave_the_view_alone() {
    let first = MatrixLesson::default();
    let second = enter(&first, Array::Patch, 0, "5").reduce(Action::ShowLetters(true));
    let third = set(&second, &[Setting::PatchRows], 6);
    let undone = third.reduce(Action::Undo);
    assert_eq!((&undone.work, undone.letters), (&second.work, true));
    assert_eq!(undone.reduce(Action::Undo).work, first.work);
    assert_eq!(undone.reduce(Action::Undo).reduce(Action::Redo).reduce(Action::Redo).work, third.work);
    // Nudges of one cell are one step.
    let nudged = (0..5).fold(first.clone(), |lesson, _| nudge(&lesson, Array::Mask, 0, 1.0));
    assert_eq!(nudged.reduce(Action::Undo).work, first.work);
    let [start, end] = [first.reduce(Action::Undo), third.reduce(Action::Redo)];
    assert_eq!((start, end), (first, third), "where there is no step, nothing changes");
}

#[test]
fn a_pasted_block_lies_where_it_was_pasted_and_refusals_say_why() {
    let lesson = MatrixLesson::default();
    let paste = |array, place, text: &str| lesson.reduce(Action::Paste { array, place, text: text.into() });
    let mask = paste(Array::Mask, 4, "7\t8\n9\t10");
    assert_eq!(*mask.setup().mask, *arr2(&[[0.0, 1.0, 2.0], [2.0, 7.0, 8.0], [0.0, 9.0, 10.0]]));
    let refused = paste(Array::Mask, 0, "1 2 3 4 5 6");
    assert_eq!(refused.work, lesson.work);
    let refusal = refused.refusal.expect("a mask has no six columns");
    assert_eq!(refusal.wish, Wish::Cell(Array::Mask, 0));
    assert!(refusal.reason.ends_with('.'), "{}", refusal.reason);
}

#[test]
fn time_does_not_move_what_does_not_play() {
    let lesson = MatrixLesson::default();
    assert_eq!(lesson.reduce(Action::Pass(500.0)), lesson);
}

#[test]
fn playing_stops_at_the_end_and_starts_over() {
    let ended = MatrixLesson { position: 21.99, playing: true, ..MatrixLesson::default() }.reduce(Action::Pass(1000.0));
    assert!(!ended.playing);
    assert_eq!(ended.reduce(Action::Play(true)).position, 0.0, "playing from the end starts over");
}

#[test]
fn a_hand_on_the_timeline_stops_the_motion() {
    let playing = MatrixLesson::default().reduce(Action::Play(true));
    for action in [Action::Seek(3.2), Action::Step(true), Action::Step(false), Action::Chapter(Chapter::Spread)] {
        assert!(!playing.reduce(action).playing);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_actions_in_any_order_leave_a_lesson_that_works(
        start in lesson_setups::lessons(),
        actions in prop::collection::vec(lesson_actions::action(), 1..30),
    ) {
        let mut lesson = start;
        for action in actions {
            let next = lesson.reduce(action.clone());
            prop_assert!(next.setup().sizes().is_ok(), "{action:?}");
            prop_assert!((0.0..=next.timeline().len() as f64).contains(&next.position), "{action:?}");
            prop_assert!(next.speed < SPEEDS.len());
            for (name, array) in [("patch", &next.setup().patch), ("mask", &next.setup().mask)] {
                prop_assert!(array.iter().all(|number| number.abs() <= ENTRY_BOUND), "{name} after {action:?}");
            }
            // What is lit has a place, or is let go.
            for spot in next.pinned.into_iter().chain(next.pointed) {
                let (array, place) = spot.place(next.sizes());
                let [rows, columns] = array.size(next.sizes());
                prop_assert!(array == Array::Inserted || place < rows * columns, "{spot:?} after {action:?}");
            }
            if next.work != lesson.work && !matches!(action, Action::Undo | Action::Redo) {
                let back = next.reduce(Action::Undo);
                let merged = matches!(action, Action::Nudge { .. } | Action::Lambda(_));
                prop_assert!(merged || back.work == lesson.work, "{action:?} cannot be undone");
                prop_assert_eq!(back.reduce(Action::Redo).work, next.work.clone());
            }
            // A refusal leaves everything else alone; a hand on the stage only ends the motion and a series of nudges.
            if next.refusal.is_some() && next.refusal != lesson.refusal {
                let (refusal, history) = (lesson.refusal.clone(), lesson.history.clone());
                let playing = lesson.playing;
                prop_assert_eq!(&MatrixLesson { refusal, history, playing, ..next.clone() }, &lesson);
            }
            lesson = next;
        }
        let derived = lesson.derived();
        prop_assert!(derived.transposed.iter().chain(&derived.result).all(|number| number.is_finite()));
    }
}
