//! Exercises: right answers are right, slips made on purpose are named, and any other answer gets a first product.
//!
//! The slips are made here by hand on the worked example, or by convolving with the changed mask, so that the
//! diagnoses are not held against themselves.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::{
    convolution::{Geometry, PaddingMode, flip_mask},
    lesson::matrix::{
        derived::Derived,
        exercise::{Answer, Exercise, Hidden, Kind},
        setup::Setup,
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

/// The exercise about a certain cell, by the first seed that leads there.
fn about(kind: Kind, target: usize, derived: &Derived) -> Exercise {
    (0..1000)
        .filter_map(|seed| Exercise::ask(kind, seed, derived))
        .find(|exercise| exercise.target == target)
        .expect("a thousand seeds reach every cell")
}

/// What is said to a wrong answer.
fn told(exercise: &Exercise, answer: Answer, setup: &Setup) -> String {
    let verdict = exercise.judge(answer, setup, &derive(setup));
    assert!(!verdict.right, "{answer:?} is wrong: {}", verdict.reason);
    verdict.reason
}

fn assert_told(exercise: &Exercise, answer: Answer, setup: &Setup, part: &str) {
    let reason = told(exercise, answer, setup);
    assert!(reason.contains(part), "{answer:?}: {reason}");
}

#[test]
fn slips_in_a_result_are_named() {
    let setup = Setup::default();
    let derived = derive(&setup);
    // 0·3 + 1·3 + 2·2 + 2·0 + 2·0 + 0·1 + 0·3 + 1·1 + 2·2 = 12.
    let exercise = about(Kind::Result, 0, &derived);
    assert_eq!(exercise.question, "Which number stands in the result at row 1, column 1?");
    assert_eq!(exercise.hidden, Hidden { result: Some(0), ..Hidden::default() });
    let number = Answer::Number;
    let flipped = derive(&Setup { mask: flip_mask(setup.mask.view()), ..setup.clone() }).result[[0, 0]];
    assert_told(&exercise, number(flipped), &setup, "turned by 180°");
    assert_told(&exercise, number(10.0), &setup, "row 2, column 1: the window one step further down");
    assert_told(&exercise, number(17.0), &setup, "the mask lies elsewhere");
    assert_told(&exercise, number(-12.0), &setup, "the sign is not");
    assert_told(&exercise, number(9.0), &setup, "One product is missing: 1·3 = 3.");
    assert_told(&exercise, number(8.0), &setup, "One product is missing: 2·2 = 4.");
    assert_told(&exercise, number(6.0), &setup, "wrong sign: 1·3 = 3.");
    assert_told(&exercise, number(16.0), &setup, "counted twice: 2·2 = 4.");
    let exchanged = derive(&Setup { mask: setup.mask.t().to_owned(), ..setup.clone() }).result[[0, 0]];
    assert_ne!(exchanged, 12.0);
    assert!(!told(&exercise, number(exchanged), &setup).is_empty());
    assert_told(
        &exercise,
        number(100.0),
        &setup,
        "There are 9 products; one of them is 1·3 = 3, mask entry b times patch",
    );

    // With the mask flipped, the slip is the other way round.
    let flip = Setup { flip: true, ..setup.clone() };
    assert_told(&about(Kind::Result, 0, &derive(&flip)), number(12.0), &flip, "as it is written gives");
}

#[test]
fn rows_and_columns_exchanged_and_padding_taken_for_zeros() {
    let setup = Setup {
        patch: arr2(&[[1.0, 10.0], [100.0, 500.0]]),
        mask: arr2(&[[1.0, 2.0], [4.0, 7.0]]),
        ..Setup::default()
    };
    let derived = derive(&setup);
    let exercise = about(Kind::Result, 0, &derived);
    assert_told(&exercise, Answer::Number(1.0 + 40.0 + 200.0 + 3500.0), &setup, "rows and columns exchanged");
    assert_told(&exercise, Answer::Number(611.0), &setup, "sum of the numbers under the mask");

    let geometry = Geometry { padding: [[1, 0], [1, 0]], ..Geometry::default() };
    let mirrored = Setup { geometry, mode: PaddingMode::Replicate, ..setup };
    let zeros = derive(&Setup { mode: PaddingMode::Zero, ..mirrored.clone() }).result[[0, 0]];
    assert_eq!(zeros, 7.0);
    let exercise = about(Kind::Result, 0, &derive(&mirrored));
    assert_eq!(exercise.solution(&derive(&mirrored)), Answer::Number(14.0));
    // 7 is also 14 without the product 7·1, which is as good a reason; both are true.
    assert!(told(&exercise, Answer::Number(zeros), &mirrored).contains("7·1 = 7"));
    let reached = about(Kind::Result, 1, &derive(&mirrored));
    // 1·1 + 2·10 + 4·1 + 7·10 = 95, of which the margin gives 21.
    assert_told(&reached, Answer::Number(74.0), &mirrored, "takes the padding for zeros");
}

#[test]
fn slips_in_a_transposed_result_are_named() {
    let setup = Setup { input: Some(arr2(&[[1.0, 20.0], [300.0, 5.0]])), ..Setup::default() };
    let derived = derive(&setup);
    // Four products meet in the middle: 2·1 + 2·20 + 1·300 + 0·5, in the order of E.
    let exercise = about(Kind::Transposed, 5, &derived);
    assert_eq!(exercise.hidden, Hidden { transposed: Some(5), ..Hidden::default() });
    assert_eq!(exercise.solution(&derived), Answer::Number(342.0));
    let number = Answer::Number;
    assert_told(&exercise, number(342.0 / 4.0), &setup, "adds it up");
    assert_told(&exercise, number(0.0), &setup, "as if paint covered");
    let flipped = derive(&Setup { mask: flip_mask(setup.mask.view()), ..setup.clone() }).transposed[[1, 1]];
    assert_told(&exercise, number(flipped), &setup, "turned by 180°");
    assert_told(&exercise, number(derived.transposed[[1, 2]]), &setup, "one cell to the right");
    assert_told(&exercise, number(340.0), &setup, "One product is missing: 2·1 = 2.");
    assert_told(
        &exercise,
        number(7.5),
        &setup,
        "There are 4 products; one of them is 2·1 = 2, mask entry e times E at row 1",
    );
}

#[test]
fn a_wrong_column_is_told_whose_it_is() {
    let setup = Setup { patch: Array2::ones((4, 5)), ..Setup::default() };
    let derived = derive(&setup);
    // Results 2 × 3; the one at row 1, column 2 has column 2, and 3 when counted down the columns.
    let exercise = about(Kind::Column, 1, &derived);
    assert!(exercise.hidden.columns);
    assert!(exercise.judge(Answer::Column(1), &setup, &derived).right);
    assert_told(
        &exercise,
        Answer::Column(2),
        &setup,
        "Column 3 belongs to the result at row 1, column 3. Rows and columns",
    );
    assert_told(&exercise, Answer::Column(4), &setup, "not from the bottom right");
    assert_told(
        &exercise,
        Answer::Column(3),
        &setup,
        "Column 4 belongs to the result at row 2, column 1: its first entry",
    );
    assert_told(&exercise, Answer::Column(6), &setup, "C has 6 columns");
}

#[test]
fn a_wrong_count_is_told_what_it_counts() {
    let setup = Setup::default();
    let derived = derive(&setup);
    // 2 × 2 numbers of E, each paints 3 × 3 cells: along an axis 1, 2, 2, 1 meet.
    let exercise = about(Kind::Overlap, 5, &derived);
    assert!(exercise.hidden.overlap);
    assert_eq!(exercise.solution(&derived), Answer::Count(4));
    assert_told(&exercise, Answer::Count(2), &setup, "one axis");
    assert_told(&exercise, Answer::Count(9), &setup, "every entry of the mask");
    assert_told(
        &exercise,
        Answer::Count(7),
        &setup,
        "E’s number at row 1, column 1 reaches this cell with mask entry e",
    );
    let edge = about(Kind::Overlap, 1, &derived);
    assert_told(&edge, Answer::Count(3), &setup, "multiply them");
    // 0·12 and 1·12: the product with 0 counts.
    assert_told(&edge, Answer::Count(1), &setup, "products with 0");
}

#[test]
fn sizes_and_their_slips() {
    let setup = Setup::default();
    let derived = derive(&setup);
    for seed in 0..400 {
        let exercise = Exercise::ask(Kind::Size, seed, &derived).expect("a size can always be asked for");
        let Answer::Size([rows, columns]) = exercise.solution(&derived) else { panic!("a size") };
        let verdict = exercise.judge(Answer::Size([rows, columns]), &setup, &derived);
        assert!(verdict.right && verdict.reason.contains(&format!("= {rows} rows")), "{}", verdict.reason);
        if rows != columns {
            assert_told(&exercise, Answer::Size([columns, rows]), &setup, "swapped");
        }
        // Without the “+ 1” both are one less; that is what is said unless they are swapped by chance.
        if [rows - 1, columns - 1] != [columns, rows] {
            assert_told(&exercise, Answer::Size([rows - 1, columns - 1]), &setup, "“+ 1” is missing");
        }
    }
}

#[test]
fn kinds_that_make_no_sense_are_not_offered() {
    let kinds = |setup: &Setup| Kind::offered(&derive(setup));
    assert_eq!(kinds(&Setup::default()), Kind::ALL);
    let zeros = Setup { mask: Array2::zeros((3, 3)), ..Setup::default() };
    assert_eq!(kinds(&zeros), [Kind::Size, Kind::Overlap]);
    let one = Setup { patch: arr2(&[[2.0]]), mask: arr2(&[[3.0]]), ..Setup::default() };
    assert_eq!(kinds(&one), [Kind::Size]);
    assert_eq!(Exercise::ask(Kind::Column, 1, &derive(&one)), None);
}

#[test]
fn answers_are_read_as_they_are_typed() {
    let derived = derive(&Setup::default());
    let exercise = |kind| Exercise::ask(kind, 1, &derived).expect("every kind is offered");
    assert_eq!(exercise(Kind::Result).read(" −1,5 "), Ok(Answer::Number(-1.5)));
    assert_eq!(exercise(Kind::Transposed).read("12345"), Ok(Answer::Number(12345.0)));
    assert_eq!(exercise(Kind::Column).read("3"), Ok(Answer::Column(2)));
    assert_eq!(exercise(Kind::Overlap).read("0"), Ok(Answer::Count(0)));
    for text in ["5 × 7", "5x7", "5,7", " 5 7 "] {
        assert_eq!(exercise(Kind::Size).read(text), Ok(Answer::Size([5, 7])), "{text}");
    }
    for (kind, text) in [
        (Kind::Result, "many"),
        (Kind::Result, "nan"),
        (Kind::Result, "1e999"),
        (Kind::Column, "0"),
        (Kind::Overlap, "-1"),
        (Kind::Size, "5"),
        (Kind::Size, "5 × x 7 × 9"),
    ] {
        assert!(exercise(kind).read(text).expect_err(text).starts_with("Type "));
    }
    let other = exercise(Kind::Size).judge(Answer::Number(1.0), &Setup::default(), &derived);
    assert!(!other.right && other.reason.contains("another question"));
}

proptest! {
    #[test]
    fn the_solution_is_right_and_others_get_a_reason(
        size in [3_usize..8, 3..8], mask in [1_usize..4, 1..4], stride in [1_usize..3, 1..3], padding in 0_usize..2,
        mode in 0_usize..4, flip in any::<bool>(), seed in any::<u64>(), answer in -60_i16..60,
    ) {
        let number = |n: usize| ((n as u64).wrapping_mul(seed | 1) >> 7) % 9;
        let array = |[rows, columns]: [usize; 2], shift: usize| {
            Array2::from_shape_fn((rows, columns), |(r, c)| number(shift + r * columns + c) as f32 - 4.0)
        };
        let geometry = Geometry { stride, padding: [[padding; 2]; 2], ..Geometry::default() };
        let setup = Setup {
            patch: array(size, 1),
            mask: array(mask, 99),
            input: None,
            geometry,
            mode: PaddingMode::ALL[mode],
            flip,
        };
        let derived = derive(&setup);
        for kind in Kind::offered(&derived) {
            let exercise = Exercise::ask(kind, seed, &derived).expect("an offered kind can be asked");
            prop_assert_eq!(&Exercise::ask(kind, seed, &derived).expect("again"), &exercise);
            prop_assert!(exercise.question.contains('?'));
            let solution = exercise.solution(&derived);
            prop_assert!(exercise.judge(solution, &setup, &derived).right);
            let count = usize::from(answer.unsigned_abs());
            let guess = match kind {
                Kind::Result | Kind::Transposed => Answer::Number(f32::from(answer)),
                Kind::Column => Answer::Column(count),
                Kind::Size => Answer::Size([count, count / 2]),
                Kind::Overlap => Answer::Count(count),
            };
            let verdict = exercise.judge(guess, &setup, &derived);
            prop_assert_eq!(verdict.right, guess == solution, "{:?} {:?} {}", guess, solution, verdict.reason);
            prop_assert!(verdict.reason.ends_with(['.', '?']), "{}", verdict.reason);
        }
    }
}
