//! What the page says of a matrix's rows, held against sums that are known by hand: a flat mask of side k and stride s
//! weighs every copy by s²/k², and a cell gets one, two or four of them.

use deconvolution_explorer::lesson::{
    Lesson,
    upsample::{UpsampleAction, UpsampleLesson, Way, Weights, rows, tiny::Tiny},
};

fn said(actions: &[UpsampleAction], way: Way) -> String {
    let lesson = actions.iter().cloned().fold(UpsampleLesson::default(), |lesson, action| lesson.reduce(action));
    rows::kinds(&Tiny::of(&lesson, way).unwrap(), lesson.chosen_layer())
}

#[test]
fn a_kind_for_each_place_in_a_block_where_copies_overlap_unevenly() {
    let sums = "They sum to 0.44, 0.89 and 1.78: what is even becomes a checkerboard.";
    for side in [2, 3] {
        let said = said(&[UpsampleAction::TinySide(side)], Way::Transposed);
        assert_eq!(said, format!("4 kinds of rows, one for each place in a block. {sums}"), "side {side}");
    }
}

#[test]
fn one_kind_where_the_stride_divides_the_mask() {
    let said = said(&[UpsampleAction::Stack(vec![[4, 2]])], Way::Transposed);
    assert_eq!(said, "One kind of row. It sums to 1: what is even stays even.");
}

#[test]
fn padding_moves_what_is_inside() {
    let padded = [UpsampleAction::Padding(1), UpsampleAction::TinySide(3)];
    assert_eq!(said(&padded, Way::Transposed), said(&padded[1..], Way::Transposed));
}

#[test]
fn interpolations_keep_what_is_even() {
    let even = "what is even stays even.";
    assert_eq!(said(&[], Way::Nearest), format!("One kind of row. It sums to 1: {even}"));
    let four = format!("4 kinds of rows, one for each place in a block. Each sums to 1: {even}");
    assert_eq!(said(&[], Way::Bilinear), four);
    assert_eq!(said(&[], Way::Convolved), four);
    // A cubic takes four pixels along each axis, more than there are.
    let cut = format!("The rim cuts every row, and each sums to 1 all the same: {even}");
    assert_eq!(said(&[UpsampleAction::TinySide(3)], Way::Bicubic), cut);
}

#[test]
fn zeros_between_the_pixels_are_a_checkerboard() {
    assert_eq!(said(&[], Way::Zeros), "2 kinds of rows. They sum to 0 and 1: what is even becomes a checkerboard.");
}

#[test]
fn untrained_filters_differ_until_they_start_alike() {
    let random = [UpsampleAction::TinySide(3), UpsampleAction::Weights(Weights::Random), UpsampleAction::Icnr(true)];
    let untrained = said(&random[..2], Way::Shuffle);
    assert!(untrained.starts_with("4 kinds of rows, one for each place in a block. They sum to "), "{untrained}");
    assert_eq!(said(&random, Way::Shuffle), "One kind of row. It sums to 1: what is even stays even.");
    assert_eq!(said(&random[1..2], Way::Shuffle), "The rim cuts every row; a larger E shows the inside.");
}

#[test]
fn a_cell_is_told_as_its_sum() {
    let lesson = UpsampleLesson::default();
    let told = |way: Way, row: usize| rows::equation(&Tiny::of(&lesson, way).unwrap(), &lesson.work.tiny, row);
    assert_eq!(told(Way::Bilinear, 1).as_deref(), Some("1.25 = 0.75·1 + 0.25·2"));
    assert_eq!(told(Way::Zeros, 1).as_deref(), Some("0: no pixel reaches this cell"));
    assert_eq!(told(Way::Zeros, 16), None);
}
