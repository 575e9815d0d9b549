//! What the page says of a matrix's rows, held against sums that are known by hand: a flat mask of side k and stride s
//! weighs every copy by s²/k², and a cell gets one, two or four of them; and against what becomes of a large even plane.

use deconvolution_explorer::{
    convolution::Geometry,
    lesson::{
        Lesson,
        upsample::{TINY, UpsampleAction, UpsampleLesson, Way, Weights, rows, tiny::Tiny},
    },
    upsampling::{
        Before, Coordinates, Interpolation, resize, resize_convolve, sub_pixel, transposed_with, zero_insertion,
    },
};
use ndarray::{Array2, s};

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

/// A single pixel gives every cell one copy, though cells of a large input get one, two and four.
#[test]
fn what_the_rim_hides_is_not_told() {
    let on = |side: i64, k: usize, s: usize| {
        said(&[UpsampleAction::Stack(vec![[k, s]]), UpsampleAction::TinySide(side)], Way::Transposed)
    };
    let some = "The rim cuts all rows of some places in a block; a larger E shows them.";
    for (side, k, s) in [(1, 3, 2), (2, 5, 2), (1, 1, 2)] {
        assert_eq!(on(side, k, s), some, "E = {side}, k = {k}, s = {s}");
    }
    assert_eq!(on(1, 5, 2), "The rim cuts every row; a larger E shows the inside.");
    // Three pixels are the most that there are.
    assert_eq!(on(3, 7, 2), some.replace("larger E", "smaller mask"));
    for side in 1..=3 {
        assert_eq!(on(side, 8, 1), "The rim cuts every row; a smaller mask shows the inside.", "E = {side}");
    }
    let mut own =
        vec![UpsampleAction::Weights(Weights::Own), UpsampleAction::Stack(vec![[2, 1]]), UpsampleAction::TinySide(1)];
    own.extend((0..4).map(|place| UpsampleAction::OwnWeight(place, 1.0 + place as f32)));
    assert_eq!(said(&own, Way::Transposed), "The rim cuts every row; a larger E shows the inside.");
}

#[test]
fn sums_are_alike_by_the_bound_of_the_verdict_and_printed_once() {
    let own = |weights: [f32; 4]| {
        let mut actions = vec![UpsampleAction::Stack(vec![[2, 2]]), UpsampleAction::Weights(Weights::Own)];
        actions.extend(weights.iter().enumerate().map(|(place, weight)| UpsampleAction::OwnWeight(place, *weight)));
        said(&actions, Way::Transposed)
    };
    let four = "4 kinds of rows, one for each place in a block.";
    assert_eq!(own([1.0, 1.001, 1.002, 1.0015]), format!("{four} Each sums to 1: what is even stays even."));
    assert_eq!(own([1.203, 1.204, 1.206, 1.2035]), format!("{four} Each sums to about 1.2: what is even stays even."));
    let checkered = "what is even becomes a checkerboard.";
    assert_eq!(own([1.0, 1.004, 1.0045, 1.008]), format!("{four} They sum to 1 and 1.01: {checkered}"));
    let close = format!("{four} They sum to about 0.2, but not to the same: {checkered}");
    assert_eq!(own([0.2, 0.202, 0.203, 0.204]), close);
    assert_eq!(own([0.0, 0.0, 0.0, 0.1]), format!("2 kinds of rows. They sum to 0 and 0.1: {checkered}"));
}

/// What a way makes of a large plane of ones.
fn large(lesson: &UpsampleLesson, way: Way) -> Array2<f32> {
    let ones = Array2::<f32>::ones((10, 10));
    let (layer, rule) = (lesson.chosen_layer(), lesson.work.coordinates);
    let s = layer.stride;
    let resized = |interpolation| resize(ones.view(), [10 * s; 2], interpolation, rule, false);
    match way {
        Way::Nearest => resized(Interpolation::Nearest),
        Way::Bilinear => resized(Interpolation::Bilinear),
        Way::Bicubic => resized(Interpolation::KEYS),
        Way::Transposed => {
            let geometry = Geometry { stride: [s; 2], padding: [[layer.padding; 2]; 2], ..Geometry::default() };
            transposed_with(ones.view(), lesson.mask(0).view(), &geometry)
        }
        Way::Shuffle => sub_pixel(ones.view(), lesson.filters().view(), s),
        Way::Convolved => resize_convolve(ones.view(), s, Before::Nearest, lesson.convolving_mask().view()),
        _ => zero_insertion(ones.view(), s),
    }
    .unwrap()
}

/// Whether a block in the middle is even, as nearly as the lab's verdict asks for.
fn is_even(lesson: &UpsampleLesson, way: Way) -> bool {
    let (large, s) = (large(lesson, way), lesson.scale());
    let from = large.nrows() / 2;
    let block = large.slice(s![from..from + s, from..from + s]);
    let (least, most) = block.iter().fold((f32::MAX, f32::MIN), |(least, most), v| (least.min(*v), most.max(*v)));
    most - least < 0.005 * least.abs().min(most.abs()) + 1e-6
}

/// Everything that can be set against the middle of a large plane: what is said to be even is, what is said to become a
/// checkerboard does, and what is not told can be seen as it is said.
#[test]
fn all_that_is_said_is_true_of_a_large_plane() {
    let kept = |lesson: &UpsampleLesson, way: Way| rows::kinds(&Tiny::of(lesson, way).unwrap(), lesson.chosen_layer());
    let mut found = [0; 3];
    for (k, s) in (1..=8_usize).flat_map(|k| (1..=6_usize).map(move |s| (k, s))) {
        for ((weights, ..), padding) in Weights::ALL.into_iter().flat_map(|weights| [(weights, 0), (weights, 1)]) {
            for rule in Coordinates::ALL {
                let set = [
                    UpsampleAction::Stack(vec![[k, s]]),
                    UpsampleAction::Weights(weights),
                    UpsampleAction::Padding(padding),
                    UpsampleAction::Coordinates(rule),
                ];
                let lesson = set.into_iter().fold(UpsampleLesson::default(), |lesson, action| lesson.reduce(action));
                let is_first = |way: Way| match way {
                    Way::Nearest | Way::Bilinear | Way::Bicubic => weights == Weights::Flat && padding == 0,
                    Way::Zeros => weights == Weights::Flat && padding == 0 && rule == Coordinates::HalfPixel,
                    Way::Transposed => rule == Coordinates::HalfPixel,
                    _ => rule == Coordinates::HalfPixel && padding == 0,
                };
                // No way twice with all that matters to it.
                for way in Tiny::WAYS.into_iter().filter(|way| is_first(*way)) {
                    let is_even = is_even(&lesson, way);
                    for side in TINY {
                        let lesson = lesson.reduce(UpsampleAction::TinySide(side as i64));
                        let said = kept(&lesson, way);
                        let told =
                            format!("k {k}, s {s}, E {side}, {weights:?}, p {padding}, {rule:?}, {way:?}: {said}");
                        let conclusions = [said.contains("stays even"), said.contains("becomes a checkerboard")];
                        match conclusions {
                            [true, false] => assert!(is_even, "{told}"),
                            [false, true] => assert!(!is_even, "{told}"),
                            _ => {
                                let is_cut = |lesson: &UpsampleLesson| kept(lesson, way).starts_with("The rim cuts");
                                let larger = (side..=*TINY.end()).map(|side| UpsampleAction::TinySide(side as i64));
                                let smaller = (1..k).map(|k| UpsampleAction::Mask(k as i64));
                                let helps = if said.contains("; a larger E shows") {
                                    larger.map(|action| lesson.reduce(action)).any(|lesson| !is_cut(&lesson))
                                } else {
                                    assert!(said.contains("; a smaller mask shows"), "{told}");
                                    smaller.map(|action| lesson.reduce(action)).any(|lesson| !is_cut(&lesson))
                                };
                                assert!(helps && is_cut(&lesson), "{told}");
                            }
                        }
                        if let Some((count, _)) = said.split_once(" kinds of rows, one for each place") {
                            assert_eq!(count, (s * s).to_string(), "{told}");
                        }
                        let is_large = way == Way::Transposed && side == *TINY.end() && k <= side * s;
                        assert!(!is_large || conclusions != [false; 2], "{told}");
                        found[if conclusions[0] { 0 } else { 1 + usize::from(!conclusions[1]) }] += 1;
                    }
                }
            }
        }
    }
    assert!(!found.contains(&0), "even, uneven and hidden: {found:?}");
}
