//! The masks of the Upsample page, its matrices, and the way from it to the Matrix page and back.
//!
//! Why these can be trusted: matrices are held against the Matrix page's own C, against the kernels on the input as a
//! whole, and links are read by the lesson of the page that they lead to.
#![cfg(not(target_arch = "wasm32"))]

mod lesson_upsample_actions;

use deconvolution_explorer::{
    convolution::{Geometry, convolution_matrix},
    lesson::{
        Address, Lesson, Page, address,
        matrix::{Action, MatrixLesson, links::to_upsample, settings::Setting, timeline::Way as Told},
        upsample::{Side, UpsampleAction, UpsampleLesson, View, Way, Weights, links::to_matrix, tiny::Tiny, weights},
    },
    upsampling::{
        Before, Coordinates, Interpolation, flat_mask, icnr, resize, resize_convolve, sub_pixel, transposed_with,
    },
};
use lesson_upsample_actions::{after, any_action};
use ndarray::{Array2, Axis, arr2};
use proptest::prelude::*;

fn layer(mask: usize, stride: usize, weights: Weights, side: i64) -> UpsampleLesson {
    after(&[
        UpsampleAction::Stack(vec![[mask, stride]]),
        UpsampleAction::Weights(weights),
        UpsampleAction::TinySide(side),
    ])
}

fn tiny(lesson: &UpsampleLesson, way: Way) -> Tiny {
    Tiny::of(lesson, way).expect("a linear way")
}

/// How many rows belong to a class.
fn sharing(tiny: &Tiny, class: usize) -> usize {
    tiny.classes.iter().filter(|each| **each == Some(class)).count()
}

fn close(a: &Array2<f32>, b: &Array2<f32>) -> bool {
    a.dim() == b.dim() && a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 1e-4 * (1.0 + b.abs()))
}

/// The worked example: stride 1, no padding, E 2 × 2. Not close, but equal.
#[test]
fn the_transposed_matrix_is_the_c_of_the_matrix_page() {
    let lesson = layer(3, 1, Weights::Own, 2);
    let page = MatrixLesson::default().derived();
    let found = tiny(&lesson, Way::Transposed);
    assert_eq!((found.rows, found.columns, found.output.dim()), (16, 4, (4, 4)));
    assert_eq!(found.entries, page.matrix);
    assert_eq!(found.entries.t(), page.turned);
}

proptest! {
    /// Any layer: the matrix is that of the strided convolution which leads back from the result.
    #[test]
    fn the_transposed_matrix_is_that_of_the_strided_convolution(
        mask in 1_usize..=8,
        stride in 1_usize..=6,
        padding in 0_i64..=3,
        side in 1_i64..=3,
        weights in prop::sample::select(Weights::ALL.map(|(weights, ..)| weights).to_vec()),
    ) {
        let lesson = layer(mask, stride, weights, side).reduce(UpsampleAction::Padding(padding));
        let padding = lesson.chosen_layer().padding;
        let found = tiny(&lesson, Way::Transposed);
        let geometry = Geometry { stride: [stride; 2], padding: [[padding; 2]; 2], ..Geometry::default() };
        let grown = found.output.nrows();
        let expected = convolution_matrix(lesson.mask(0).view(), [grown; 2], &geometry).expect("a legal geometry");
        prop_assert!(close(&found.entries, &expected));
    }

    #[test]
    fn matrices_times_the_input_are_what_the_kernels_make_of_it(
        mask in 1_usize..=6,
        stride in 1_usize..=4,
        side in 1_i64..=3,
        values in prop::collection::vec(-9_i8..=9, 9),
        weights in prop::sample::select(Weights::ALL.map(|(weights, ..)| weights).to_vec()),
        sharp in any::<bool>(),
        rule in prop::sample::select(Coordinates::ALL.to_vec()),
    ) {
        let mut lesson = layer(mask, stride, weights, side)
            .reduce(UpsampleAction::Sharp(sharp))
            .reduce(UpsampleAction::Coordinates(rule));
        for (place, value) in values.into_iter().enumerate() {
            lesson = lesson.reduce(UpsampleAction::Tiny(place, f32::from(value)));
        }
        let plane = lesson.work.tiny.view();
        let large = [plane.nrows() * stride; 2];
        let resized = |interpolation| resize(plane, large, interpolation, rule, false);
        let cubic = if sharp { Interpolation::SHARP } else { Interpolation::KEYS };
        let geometry = Geometry { stride: [stride; 2], ..Geometry::default() };
        for (way, expected) in [
            (Way::Nearest, resized(Interpolation::Nearest)),
            (Way::Bilinear, resized(Interpolation::Bilinear)),
            (Way::Bicubic, resized(cubic)),
            (Way::Transposed, transposed_with(plane, lesson.mask(0).view(), &geometry)),
            (Way::Shuffle, sub_pixel(plane, lesson.filters().view(), stride)),
            (Way::Convolved, resize_convolve(plane, stride, Before::Nearest, lesson.convolving_mask().view())),
        ] {
            let found = tiny(&lesson, way);
            prop_assert!(close(&found.output, &expected.expect("a small plane")), "{way:?}");
            prop_assert_eq!((found.rows, found.columns), found.entries.dim());
            prop_assert_eq!((found.rows, found.scale), (found.output.len(), stride));
        }
        let zeros = tiny(&lesson, Way::Zeros).output;
        for ((row, column), value) in zeros.indexed_iter() {
            let is_pixel = row % stride == 0 && column % stride == 0;
            prop_assert_eq!(*value, if is_pixel { plane[[row / stride, column / stride]] } else { 0.0 });
        }
    }

    /// Rows of one class hold the same numbers; equal rows are of one class.
    #[test]
    fn classes_are_rows_that_share_their_weights(
        mask in 1_usize..=5,
        stride in 1_usize..=4,
        side in 1_i64..=3,
        weights in prop::sample::select(Weights::ALL.map(|(weights, ..)| weights).to_vec()),
        way in prop::sample::select(Tiny::WAYS.to_vec()),
        rule in prop::sample::select(Coordinates::ALL.to_vec()),
    ) {
        let found = tiny(&layer(mask, stride, weights, side).reduce(UpsampleAction::Coordinates(rule)), way);
        let sorted = |row: usize| {
            let mut held: Vec<f32> = found.entries.row(row).iter().copied().filter(|entry| entry.abs() > 1e-6).collect();
            held.sort_by(f32::total_cmp);
            held
        };
        prop_assert_eq!(found.classes.len(), found.rows);
        for class in 0..found.class_count() {
            let least = if class < found.inside { 1 } else { 2 };
            prop_assert!(sharing(&found, class) >= least);
        }
        for a in 0..found.rows {
            for b in 0..a {
                if found.classes[a].is_some() && found.classes[a] == found.classes[b] {
                    let (a, b) = (sorted(a), sorted(b));
                    prop_assert_eq!(a.len(), b.len());
                    prop_assert!(a.iter().zip(&b).all(|(a, b)| (a - b).abs() < 1e-4));
                } else if found.entries.row(a) == found.entries.row(b) {
                    prop_assert_eq!(found.classes[a], found.classes[b]);
                }
            }
        }
    }

    #[test]
    fn links_to_the_matrix_page_bring_the_same_numbers(actions in prop::collection::vec(any_action(), 0..10)) {
        let lesson = after(&actions);
        let chosen = lesson.chosen_layer();
        let grown = chosen.grown(lesson.work.tiny.nrows());
        let Some(fragment) = to_matrix(&lesson) else {
            prop_assert!(chosen.mask > 5 || grown > 12, "{chosen:?} would fit");
            return Ok(());
        };
        let opened = Address::parse(&fragment);
        prop_assert_eq!((opened.page, &opened.problems), (Page::Matrix, &Vec::new()));
        let (page, problems) = address::read::<MatrixLesson>(&opened.query);
        prop_assert_eq!(problems, Vec::<String>::new(), "{}", fragment);
        prop_assert_eq!(&page.setup().mask, &lesson.mask(lesson.layer));
        let derived = page.derived();
        prop_assert_eq!(&derived.input, &lesson.work.tiny);
        prop_assert!(close(&derived.transposed, &tiny(&lesson, Way::Transposed).output));
        prop_assert_eq!(page.position, page.timeline().len() as f64, "at the end of the story");
        prop_assert_eq!(page.way, if lesson.side == Side::Gradient { Told::Gradient } else { Told::Matrix });
        // And back.
        let back = to_upsample(&page).expect("it came from there");
        let (returned, problems) = address::read::<UpsampleLesson>(&Address::parse(&back).query);
        prop_assert_eq!(problems, Vec::<String>::new(), "{}", back);
        prop_assert_eq!((returned.view, returned.work.weights), (View::Matrices, Weights::Own));
        prop_assert_eq!(returned.chosen_layer(), chosen);
        prop_assert_eq!(&returned.mask(0), &lesson.mask(lesson.layer));
        prop_assert_eq!(&returned.work.tiny, &lesson.work.tiny);
    }

    #[test]
    fn masks_keep_the_mean_brightness(
        mask in 1_usize..=8,
        stride in 1_usize..=6,
        seed in 1_i64..=99,
        weights in prop::sample::select(vec![Weights::Flat, Weights::Bell, Weights::Tent, Weights::Random]),
    ) {
        let lesson = layer(mask, stride, weights, 2).reduce(UpsampleAction::Seed(seed));
        let square = (stride * stride) as f32;
        let masks = lesson.masks();
        prop_assert_eq!(masks[0].dim(), (mask, mask));
        prop_assert!((masks[0].sum() / square - 1.0).abs() < 1e-5);
        let along: f64 = lesson.axis_weights(0).iter().sum();
        prop_assert!((along / stride as f64 - 1.0).abs() < 1e-5);
        if lesson.is_separable() {
            let axis = lesson.axis_weights(0);
            let product = |row: usize, column: usize| (axis[row] * axis[column]) as f32;
            prop_assert!(close(&masks[0], &Array2::from_shape_fn((mask, mask), |(row, column)| product(row, column))));
        }
        prop_assert!((lesson.convolving_mask().sum() - 1.0).abs() < 1e-5);
        let filters = lesson.filters();
        prop_assert_eq!(filters.dim(), (stride * stride, mask, mask));
        prop_assert!((filters.sum() / square - 1.0).abs() < 1e-5);
    }
}

/// Far from the rim a 3 × 3 mask of stride 2 has four phases, and what is nearest one.
#[test]
fn phases_are_classes() {
    for weights in [Weights::Flat, Weights::Bell, Weights::Random] {
        let found = tiny(&layer(3, 2, weights, 3), Way::Transposed);
        assert_eq!(found.inside, 4, "{weights:?}");
        // The cells of the middle pixel's mask that no rim cuts: rows and columns 1 to 5 of 7.
        let class = |row: usize, column: usize| found.classes[7 * row + column].expect("a phase");
        for row in 1..6 {
            for column in 1..6 {
                assert_eq!(class(row, column), class(1 + (row + 1) % 2, 1 + (column + 1) % 2), "{row}, {column}");
            }
        }
    }
    // Equal weights make the rim's rows those of the inside.
    let flat = tiny(&layer(3, 2, Weights::Flat, 2), Way::Transposed);
    assert_eq!((flat.class_count(), flat.classes.contains(&None)), (4, false));
    let random = tiny(&layer(3, 2, Weights::Random, 2), Way::Transposed);
    assert!(random.classes.contains(&None), "the corners stand alone");
    for side in 1..=3 {
        let nearest = tiny(&layer(3, 3, Weights::Flat, side), Way::Nearest);
        assert!(nearest.classes.iter().all(|class| *class == Some(0)));
        let zeros = tiny(&layer(3, 3, Weights::Flat, side), Way::Zeros);
        assert_eq!((zeros.class_count(), sharing(&zeros, 0)), (1, zeros.columns));
    }
}

/// Blocks repeat where cells are so far from each other as a part of a pixel says, and not where corners are aligned.
#[test]
fn phases_are_those_of_the_rule() {
    for rule in Coordinates::ALL {
        let lesson = layer(3, 2, Weights::Flat, 3).reduce(UpsampleAction::Coordinates(rule));
        let found = tiny(&lesson, Way::Bilinear);
        let class = |row: usize, column: usize| found.classes[6 * row + column];
        if rule == Coordinates::AlignCorners {
            // Cells lie 0, 0.4, 0.8, 0.2, 0.6 and 0 behind a pixel.
            assert_eq!(found.inside, 0);
            assert!((1..4).all(|cell| class(cell, cell).is_none_or(|here| Some(here) != class(cell + 2, cell + 2))));
            assert!(class(0, 0).is_some() && [class(0, 5), class(5, 0), class(5, 5)] == [class(0, 0); 3], "corners");
            continue;
        }
        assert_eq!(found.inside, 4, "{rule:?}");
        for row in 1..3 {
            for column in 1..3 {
                assert!(class(row, column).is_some_and(|class| class < 4), "{rule:?}, {row}, {column}");
                assert_eq!(class(row, column), class(row + 2, column + 2), "{rule:?}, {row}, {column}");
            }
        }
    }
    // The rule is that of the interpolations alone.
    let aligned = layer(3, 2, Weights::Flat, 3).reduce(UpsampleAction::Coordinates(Coordinates::AlignCorners));
    assert_eq!(tiny(&aligned, Way::Transposed), tiny(&layer(3, 2, Weights::Flat, 3), Way::Transposed));
}

/// Equal filters share their weights over a block, untrained ones do not.
#[test]
fn icnr_shares_what_random_filters_do_not() {
    let random = layer(3, 2, Weights::Random, 3);
    let apart = tiny(&random, Way::Shuffle);
    assert_eq!((apart.inside, apart.class_count()), (4, 4), "the block in the middle, and nobody else");
    let shared = tiny(&random.reduce(UpsampleAction::Icnr(true)), Way::Shuffle);
    assert_eq!((shared.inside, sharing(&shared, 0)), (1, 4));
    for row in (0..6).step_by(2) {
        for column in (0..6).step_by(2) {
            let class = shared.classes[6 * row + column];
            let block = [shared.classes[6 * row + column + 1], shared.classes[6 * (row + 1) + column]];
            assert!(class.is_some() && block == [class; 2], "{row}, {column}");
        }
    }
}

#[test]
fn untrained_filters_differ_and_equal_ones_do_not() {
    let random = layer(3, 2, Weights::Random, 2);
    let filters = random.filters();
    assert_ne!(filters.index_axis(Axis(0), 0), filters.index_axis(Axis(0), 1));
    let sums: Vec<f32> = filters.outer_iter().map(|filter| filter.sum()).collect();
    assert!(sums.iter().any(|sum| (sum - 1.0).abs() > 0.01), "each by itself is not 1: {sums:?}");
    let same = random.reduce(UpsampleAction::Icnr(true)).filters();
    assert!(same.outer_iter().all(|filter| filter == same.index_axis(Axis(0), 0)));
    let bell = layer(3, 2, Weights::Bell, 2);
    assert_eq!(bell.filters(), icnr(bell.convolving_mask().view(), 2).expect("four filters"));
    assert_ne!(random.filters(), random.reduce(UpsampleAction::Seed(2)).filters());
    let huge = after(&[UpsampleAction::Stack(vec![[3, 6]; 5]), UpsampleAction::Weights(Weights::Random)]);
    assert!(huge.filters().is_empty(), "too many to hold");
}

#[test]
fn own_numbers_are_those_of_the_first_layer_as_they_were_typed() {
    let lesson = after(&[
        UpsampleAction::Stack(vec![[3, 2], [4, 2]]),
        UpsampleAction::Weights(Weights::Own),
        UpsampleAction::OwnWeight(0, -4.5),
    ]);
    let mut typed = weights::example();
    typed[[0, 0]] = -4.5;
    assert_eq!(lesson.masks(), [typed, flat_mask(4, 2).expect("a mask")]);
    // A sum of nothing cannot be brought to 1.
    let edge = after(&[UpsampleAction::Mask(1), UpsampleAction::Weights(Weights::Own)]);
    assert_eq!(edge.convolving_mask(), arr2(&[[0.0]]));
    let layers = after(&[UpsampleAction::Layers(2), UpsampleAction::Weights(Weights::Random)]);
    assert_ne!(layers.mask(0), layers.mask(1), "random layers differ");
}

#[test]
fn ways_without_a_matrix_have_none() {
    for way in Way::ALL {
        let is_linear = Tiny::WAYS.contains(&way);
        assert_eq!(Tiny::of(&UpsampleLesson::default(), way).is_some(), is_linear, "{way:?}");
    }
}

#[test]
fn the_chosen_layer_makes_the_matrix() {
    let stack = after(&[UpsampleAction::Stack(vec![[3, 2], [2, 3]]), UpsampleAction::Weights(Weights::Bell)]);
    let second = stack.reduce(UpsampleAction::Choose(1));
    let alone = layer(2, 3, Weights::Bell, 2);
    for way in Tiny::WAYS {
        assert_eq!(tiny(&second, way), tiny(&alone, way), "{way:?}");
    }
}

#[test]
fn what_the_upsample_page_does_not_know_has_no_link() {
    let default = MatrixLesson::default();
    let fragment = to_upsample(&default).expect("the worked example");
    let (page, problems) = address::read::<UpsampleLesson>(&Address::parse(&fragment).query);
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(page.work.tiny, arr2(&[[12.0, 12.0], [10.0, 17.0]]));
    assert_eq!(tiny(&page, Way::Transposed).output, default.derived().transposed);
    let set = |setting: Setting, value: usize| default.reduce(Action::Set(vec![setting], value));
    for (setting, value) in
        [(Setting::StrideRows, 2), (Setting::PaddingTop, 1), (Setting::MaskRows, 2), (Setting::PatchRows, 5)]
    {
        let other = set(setting, value);
        assert_ne!(other, default, "{setting:?}");
        assert_eq!(to_upsample(&other), None, "{setting:?}");
    }
}
