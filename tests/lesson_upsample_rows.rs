//! What the page says of a matrix's rows, held against sums that are known by hand: a flat mask of side k and stride s
//! weighs every copy by s²/k², and a cell gets one, two or four of them.

use deconvolution_explorer::{
    lesson::{
        Lesson,
        upsample::{UpsampleAction, UpsampleLesson, Way, Weights, rows, tiny::Tiny},
    },
    upsampling::Coordinates,
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
    let rim = "at the rim there are others";
    let four = format!("4 kinds of rows, one for each place in a block; {rim}. Each sums to 1: {even}");
    assert_eq!(said(&[], Way::Bilinear), four);
    assert_eq!(said(&[], Way::Convolved), four);
    // A cubic takes four pixels along each axis, more than there are.
    let cut = format!("The rim cuts every row, and each sums to 1 all the same: {even}");
    assert_eq!(said(&[UpsampleAction::TinySide(3)], Way::Bicubic), cut);
}

/// How far every cell of an axis of `side` pixels lies behind a pixel, in so many parts of one: (pixel, part, parts).
fn behind_pixels(rule: Coordinates, side: i64, s: i64) -> Vec<(i64, i64, i64)> {
    let parts = match rule {
        Coordinates::HalfPixel => 2 * s,
        Coordinates::AlignCorners => (side * s - 1).max(1),
        Coordinates::Asymmetric => s,
    };
    let numerator = |cell: i64| match rule {
        Coordinates::HalfPixel => 2 * cell + 1 - s,
        Coordinates::AlignCorners => cell * (side - 1),
        Coordinates::Asymmetric => cell,
    };
    (0..side * s).map(|cell| (numerator(cell).div_euclid(parts), numerator(cell).rem_euclid(parts), parts)).collect()
}

/// Straight lines between the pixels: as many kinds of rows as there are distances from the pixel before.
#[test]
fn kinds_between_pixels_are_those_of_the_rule() {
    for rule in Coordinates::ALL {
        for side in [2, 3] {
            for s in 1..=6 {
                let set = [
                    UpsampleAction::TinySide(side),
                    UpsampleAction::Stack(vec![[3, s as usize]]),
                    UpsampleAction::Coordinates(rule),
                ];
                let mut parts: Vec<i64> = behind_pixels(rule, side, s)
                    .into_iter()
                    .filter(|(pixel, part, _)| *pixel >= 0 && (*part == 0 || pixel + 1 < side))
                    .map(|(_, part, _)| part)
                    .collect();
                parts.sort_unstable();
                parts.dedup();
                let expected = match parts.len() * parts.len() {
                    1 => "One kind of row. It sums to 1: what is even stays even.".to_owned(),
                    count => {
                        // What the rim repeats lies on a pixel: that is another kind where no cell inside does.
                        let blocks = match rule {
                            Coordinates::AlignCorners => "",
                            _ if parts.contains(&0) => ", one for each place in a block",
                            _ => ", one for each place in a block; at the rim there are others",
                        };
                        format!("{count} kinds of rows{blocks}. Each sums to 1: what is even stays even.")
                    }
                };
                assert_eq!(said(&set, Way::Bilinear), expected, "{rule:?}, E {side}, s = {s}");
                let one = "One kind of row. It sums to 1: what is even stays even.";
                assert_eq!(said(&set, Way::Nearest), one, "{rule:?}, E {side}, s = {s}");
                // A cubic takes a pixel before and two behind: three are never enough, unless it lies on one.
                let told = said(&set, Way::Bicubic);
                let on_pixel = behind_pixels(rule, side, s).iter().filter(|(_, part, _)| *part == 0).count();
                let every = match (s, on_pixel) {
                    (1, _) => {
                        assert_eq!(told, one);
                        continue;
                    }
                    (_, 0) => "every row",
                    _ => "every row that blends pixels",
                };
                let cut = format!("The rim cuts {every}, and each sums to 1 all the same: what is even stays even.");
                assert_eq!(told, cut, "{rule:?}, E {side}, s = {s}");
            }
        }
    }
}

#[test]
fn aligned_corners_cut_nothing_and_repeat_no_block() {
    let aligned = [UpsampleAction::Coordinates(Coordinates::AlignCorners), UpsampleAction::TinySide(1)];
    let nine = "9 kinds of rows. Each sums to 1: what is even stays even.";
    assert_eq!(said(&aligned[..1], Way::Bilinear), nine);
    assert_eq!(said(&aligned, Way::Bilinear), "One kind of row. It sums to 1: what is even stays even.");
    // The rule is that of the interpolations alone.
    for way in [Way::Transposed, Way::Shuffle, Way::Convolved, Way::Zeros] {
        assert_eq!(said(&aligned[..1], way), said(&[], way), "{way:?}");
    }
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
