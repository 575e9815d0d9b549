//! What one program of a page leaves to the other: undo and redo go on there as if nothing had happened.
//!
//! Why these can be trusted: what is handed over is held against the lesson that it comes from, by the links of its steps
//! and by taking the steps there and here. Seeds are proptest's own.
#![cfg(not(target_arch = "wasm32"))]

mod lesson_actions;
mod lesson_setups;
mod lesson_upsample_actions;

use deconvolution_explorer::lesson::{
    Lesson, address,
    handing::{Left, Stepped},
    history::History,
    matrix::{Action, MatrixLesson, pooling::PoolingSetup},
    picture::Picture,
    upsample::{Moment, OwnMask, UpsampleAction, UpsampleLesson, Work},
};
use lesson_upsample_actions::{after, any_action};
use proptest::prelude::*;

fn handed<L: Stepped>(lesson: &L, most: usize) -> L {
    Left::of(lesson, most).open()
}

/// The links of some steps, nearest last. Steps that no link tells apart lead nowhere and are one.
fn links<L: Stepped>(works: &[L::Work], most: usize) -> Vec<String> {
    let nearest = &works[works.len().saturating_sub(most)..];
    let mut links: Vec<String> =
        nearest.iter().map(|work| address::fragment(&L::with_work_alone(work.clone()))).collect();
    links.dedup();
    links
}

fn assert_handed<L: Stepped>(lesson: &L, most: usize) {
    let opened = handed(lesson, most);
    assert_eq!(address::fragment(&opened), address::fragment(lesson));
    for (there, here) in
        [(opened.steps().past(), lesson.steps().past()), (opened.steps().future(), lesson.steps().future())]
    {
        assert_eq!(links::<L>(there, most), links::<L>(here, most));
    }
}

/// The numbers that links carry.
fn in_view(work: &Work) -> Work {
    Work { own: OwnMask::new(work.own_mask()), ..work.clone() }
}

/// Whether an action, or one of those that it does together, chooses an own picture.
fn chooses_own(action: &UpsampleAction) -> bool {
    match action {
        UpsampleAction::Together(actions) => actions.iter().any(chooses_own),
        action => *action == UpsampleAction::Picture(Picture::Own),
    }
}

proptest! {
    #[test]
    fn any_steps_of_the_upsample_page_are_handed_over(
        actions in prop::collection::vec(any_action(), 0..25),
        undone in 0_usize..8,
        most in 0_usize..12,
    ) {
        // An own picture is opened in the second program and nowhere else, and no link carries it.
        let actions: Vec<_> = actions.into_iter().filter(|action| !chooses_own(action)).collect();
        let back = |lesson: UpsampleLesson, _| lesson.reduce(UpsampleAction::Undo);
        let mut lesson = (0..undone).fold(after(&actions), back);
        assert_handed(&lesson, most);
        let mut opened = handed(&lesson, 100);
        for action in [UpsampleAction::Redo, UpsampleAction::Undo] {
            for _ in 0..30 {
                prop_assert_eq!(in_view(&opened.work), in_view(&lesson.work));
                (lesson, opened) = (lesson.reduce(action.clone()), opened.reduce(action.clone()));
            }
        }
    }

    #[test]
    fn any_steps_of_the_matrix_page_are_handed_over(
        start in lesson_setups::lessons(),
        actions in prop::collection::vec(lesson_actions::action(), 0..25),
        undone in 0_usize..8,
        most in 0_usize..12,
    ) {
        let lesson = actions.into_iter().fold(start, |lesson, action| lesson.reduce(action));
        assert_handed(&(0..undone).fold(lesson, |lesson, _| lesson.reduce(Action::Undo)), most);
    }

    #[test]
    fn any_text_opens(now in ".{0,40}", past in "(.{0,20}\n){0,4}", future in "(#/upsample\\?k=[0-9]&?.{0,9}\n){0,4}") {
        let left = Left { now, past, future };
        let _ = left.open::<MatrixLesson>();
        let opened = left.open::<UpsampleLesson>();
        prop_assert!(opened.steps().future().len() <= left.future.lines().count());
    }
}

#[test]
fn redo_goes_on_in_the_upsample_page_s_other_program() {
    let steps = [UpsampleAction::Mask(4), UpsampleAction::Stride(3), UpsampleAction::Pixels(7)];
    let last = after(&steps);
    let undone = last.reduce(UpsampleAction::Undo).reduce(UpsampleAction::Undo);
    let opened = handed(&undone, 40);
    assert_eq!(opened.work, undone.work);
    let [second, third] = [1, 2].map(|count| after(&steps[..=count]).work);
    let redone = opened.reduce(UpsampleAction::Redo);
    assert_eq!(redone.work, second);
    let redone = redone.reduce(UpsampleAction::Redo);
    assert_eq!((&redone.work, redone.can_redo()), (&third, false));
    let begun = (0..3).fold(redone, |lesson, _| lesson.reduce(UpsampleAction::Undo));
    assert_eq!((&begun.work, begun.can_undo()), (&Work::default(), false));
    // A change there forgets what was undone here.
    let changed = opened.reduce(UpsampleAction::Seed(5));
    assert_eq!(changed.history.future(), []);
}

#[test]
fn redo_goes_on_in_the_matrix_page_s_other_program() {
    let pool = |window| Action::Pool(PoolingSetup { window, stride: 1 });
    let steps = [Action::Lambda(0.25), pool(1), Action::Lambda(0.5), pool(2)];
    let states: Vec<MatrixLesson> = steps
        .iter()
        .scan(MatrixLesson::default(), |lesson, action| {
            *lesson = lesson.reduce(action.clone());
            Some(lesson.clone())
        })
        .collect();
    let undone = (0..3).fold(states[3].clone(), |lesson, _| lesson.reduce(Action::Undo));
    assert_eq!(undone.work, states[0].work);
    let mut opened = handed(&undone, 40);
    for state in &states[1..] {
        opened = opened.reduce(Action::Redo);
        assert_eq!(opened.work, state.work);
    }
    assert!(!opened.history.can_redo(&opened.work));
    let begun = (0..4).fold(opened, |lesson, _| lesson.reduce(Action::Undo));
    assert_eq!(begun.work, MatrixLesson::default().work);
}

#[test]
fn the_nearest_steps_are_handed_over() {
    let seeds = |from: i64, to: i64| (from..=to).map(UpsampleAction::Seed).collect::<Vec<_>>();
    let undone = (0..30).fold(after(&seeds(2, 61)), |lesson, _| lesson.reduce(UpsampleAction::Undo));
    assert_eq!(undone.work.seed, 31);
    let opened = handed(&undone, 10);
    let told = |steps: &[Moment]| steps.iter().map(|step| step.work.seed).collect::<Vec<_>>();
    assert_eq!(told(opened.history.past()), (21..=30).collect::<Vec<_>>());
    assert_eq!(told(opened.history.future()), (32..=41).rev().collect::<Vec<_>>());
    assert_eq!(handed(&undone, 0).history, History::default());
}
