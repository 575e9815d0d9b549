//! Spots and links: every cell has one name and one place, and what belongs together says so from both sides.
#![cfg(not(target_arch = "wasm32"))]

mod lesson_setups;

use deconvolution_explorer::lesson::matrix::{
    MatrixLesson, Orientation,
    derived::Derived,
    links::Links,
    narration,
    spot::{Array, Spot},
    wiring::Sizes,
};
use lesson_setups::lessons;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn cells(array: Array, sizes: Sizes) -> usize {
    array.size(sizes).into_iter().product()
}

/// Every cell of every array.
fn spots(sizes: Sizes) -> impl Iterator<Item = Spot> {
    let places = move |array| (0..cells(array, sizes)).map(move |place| Spot::at(array, place, sizes));
    Array::all(sizes).into_iter().flat_map(places)
}

/// Whether any entry of the mask reaches a spot: what nothing meets has nothing to light.
fn is_reached(spot: Spot, derived: &Derived) -> bool {
    let (wiring, sizes) = (&derived.wiring, derived.sizes());
    let of_input = |i: usize| wiring.taps.row(i).iter().any(|taps| !taps.is_empty());
    let of_cell = |g: usize| wiring.turned.column(g).iter().any(|taps| !taps.is_empty());
    let column = |j: usize| wiring.taps.column(j).iter().any(|taps| !taps.is_empty());
    let row = |j: usize| wiring.turned.row(j).iter().any(|taps| !taps.is_empty());
    match spot {
        Spot::Patch(i) | Spot::Vector(i) => of_input(i),
        Spot::Sum(g) | Spot::Transposed(g) | Spot::Nudged(g) => of_cell(g),
        Spot::Product(j) | Spot::Result(j) | Spot::Input(j) | Spot::InputVector(j) | Spot::Change(j) => {
            column(j) || row(j)
        }
        Spot::Mask(tap) | Spot::Flipped(tap) => {
            (0..sizes.inputs()).any(|i| (0..sizes.outputs()).any(|j| derived.taps(i, j).contains(tap)))
                || (0..sizes.grown_cells())
                    .any(|g| (0..sizes.outputs()).any(|j| derived.turned_taps(j, g).contains(tap)))
        }
        Spot::Placed(j, i) | Spot::Entry(i, j) => !derived.taps(i, j).is_empty(),
        Spot::Turned(j, g) | Spot::Stamp(j, g) => !derived.turned_taps(j, g).is_empty(),
        Spot::Inserted(_) => false,
    }
}

#[test]
fn links_meet_where_the_mask_lies() {
    let derived = MatrixLesson::default().derived();
    let set = |places: &[usize]| places.iter().copied().collect::<BTreeSet<_>>();
    let output = Links::of(Spot::Result(3), &derived);
    assert_eq!(output.inputs, set(&[5, 6, 7, 9, 10, 11, 13, 14, 15]));
    assert_eq!(output.taps, (0..9).collect());
    // The four inner cells go into every result, a corner into one.
    assert_eq!(Links::of(Spot::Patch(5), &derived).outputs, set(&[0, 1, 2, 3]));
    assert_eq!(Links::of(Spot::Patch(0), &derived).outputs, set(&[0]));
    assert_eq!(Links::of(Spot::Mask(4), &derived).inputs, set(&[5, 6, 9, 10]));
    // A structural zero of C meets nothing.
    assert!(Links::of(Spot::Entry(3, 0), &derived).entries.is_empty());
    // Each reading of C lights its own arrays.
    let (forward, back) = (Links::of(Spot::Patch(5), &derived), Links::of(Spot::Transposed(5), &derived));
    assert!(forward.contains(Spot::Result(0)) && !forward.contains(Spot::Input(0)));
    assert!(back.contains(Spot::Input(0)) && !back.contains(Spot::Result(0)) && !back.contains(Spot::Patch(5)));
    for spot in [Spot::Patch(5), Spot::Mask(2), Spot::Entry(1, 0), Spot::Turned(1, 6), Spot::Sum(9), Spot::Input(2)] {
        assert!(Links::of(spot, &derived).contains(spot), "{spot:?} belongs to itself");
    }
}

#[test]
fn the_accessible_names_are_the_promised_ones() {
    let arrays = Array::all(MatrixLesson::default().sizes());
    let names: Vec<String> = arrays.iter().map(|array| array.name()).collect();
    for name in
        ["Patch D", "Mask", "Matrix C", "Convolution result", "Input E", "Matrix C transposed", "Transposed result"]
    {
        assert!(names.iter().any(|each| each == name), "{name}");
    }
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "no name comes twice");
    let slugs: BTreeSet<String> = arrays.iter().map(|array| array.slug()).collect();
    assert_eq!(slugs.len(), arrays.len(), "no slug comes twice");
    assert!(arrays.into_iter().all(|array| Array::from_slug(&array.slug()) == Some(array)));
}

#[test]
fn spots_that_a_link_cannot_mean_are_not_read() {
    let sizes = MatrixLesson::default().sizes();
    for text in [
        "",
        ".",
        "patch",
        "patch.",
        "patch.16",
        "patch.-1",
        "matrix.64",
        "turned.64",
        "mask.9",
        "placed-4.0",
        "placed-0.16",
        "placed-.0",
        "stamp-4.0",
        "inserted.0",
        "Patch.0",
        "patch.0.0",
        "patch.18446744073709551616",
    ] {
        assert_eq!(Spot::from_link(text, sizes), None, "{text}");
    }
    assert_eq!(Spot::from_link("matrix.63", sizes), Some(Spot::Entry(15, 3)));
    assert_eq!(Spot::from_link("flipped.0", sizes), Some(Spot::Flipped(8)), "the last entry is shown first");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn spots_and_places_are_inverse(lesson in lessons()) {
        let sizes = lesson.sizes();
        for array in Array::all(sizes) {
            let [rows, columns] = array.size(sizes);
            for place in 0..rows * columns {
                let spot = Spot::at(array, place, sizes);
                prop_assert!(spot.is_on(sizes), "{:?}", spot);
                prop_assert_eq!(spot.place(sizes), (array, place));
                prop_assert_eq!(Spot::from_link(&format!("{}.{place}", array.slug()), sizes), Some(spot));
            }
            for orientation in [Orientation::Columns, Orientation::Rows] {
                let printed = array.printed_size(sizes, orientation);
                let matrix = matches!(array, Array::Matrix | Array::Turned);
                let turned = matrix && orientation == Orientation::Rows;
                let expected = if turned { [columns, rows] } else { [rows, columns] };
                prop_assert!(!matrix || printed == expected, "{:?} {:?}", array, orientation);
                for place in 0..rows * columns {
                    let spot = Spot::printed_at(array, place, sizes, orientation);
                    prop_assert!(spot.is_on(sizes), "{:?}", spot);
                    prop_assert_eq!(spot.printed_place(sizes, orientation), (array, place));
                    // A printed place is row and column of the array, or of its transpose.
                    let (row, column) = (place / printed[1], place % printed[1]);
                    let unprinted = if turned { column * columns + row } else { place };
                    prop_assert_eq!(spot.place(sizes).1, unprinted, "{:?} {:?}", array, orientation);
                }
            }
            let beyond = Spot::at(array, rows * columns, sizes);
            prop_assert!(!beyond.is_on(sizes) || array == Array::Flipped, "{:?}", beyond);
        }
    }

    #[test]
    fn every_spot_that_the_mask_reaches_belongs_to_its_own_links(lesson in lessons()) {
        let derived = lesson.derived();
        for spot in spots(lesson.sizes()) {
            prop_assert_eq!(Links::of(spot, &derived).contains(spot), is_reached(spot, &derived), "{:?}", spot);
            prop_assert!(!narration::spot_name(spot, &derived).is_empty());
        }
    }

    #[test]
    fn whatever_a_spot_lights_lies_on_the_stage(lesson in lessons()) {
        let (derived, sizes) = (lesson.derived(), lesson.sizes());
        for spot in spots(sizes).step_by(7) {
            let links = Links::of(spot, &derived);
            prop_assert!(links.inputs.iter().all(|i| *i < sizes.inputs()));
            prop_assert!(links.grown.iter().all(|g| *g < sizes.grown_cells()));
            prop_assert!(links.outputs.iter().all(|j| *j < sizes.outputs()));
            prop_assert!(links.taps.iter().all(|tap| *tap < sizes.taps()));
            // Only places with an entry of the mask are lit, and their rows and columns with them.
            let entries = links.entries.iter().all(|(i, j)| {
                !derived.taps(*i, *j).is_empty() && links.inputs.contains(i) && links.outputs.contains(j)
            });
            let turned = links.turned.iter().all(|(j, g)| {
                !derived.turned_taps(*j, *g).is_empty() && links.grown.contains(g) && links.outputs.contains(j)
            });
            prop_assert!(entries && turned, "{:?}", spot);
        }
    }

    #[test]
    fn what_belongs_together_says_so_from_both_sides(lesson in lessons()) {
        let (derived, sizes) = (lesson.derived(), lesson.sizes());
        let of = |spot| Links::of(spot, &derived);
        let outputs: Vec<Links> = (0..sizes.outputs()).map(|j| of(Spot::Result(j))).collect();
        let taps: Vec<Links> = (0..sizes.taps()).map(|tap| of(Spot::Mask(tap))).collect();
        for i in 0..sizes.inputs() {
            let input = of(Spot::Patch(i));
            for (j, output) in outputs.iter().enumerate() {
                prop_assert_eq!(output.inputs.contains(&i), input.outputs.contains(&j), "cell {}, output {}", i, j);
                prop_assert_eq!(input.entries.contains(&(i, j)), !derived.taps(i, j).is_empty());
            }
            for (tap, entry) in taps.iter().enumerate() {
                prop_assert_eq!(entry.inputs.contains(&i), input.taps.contains(&tap), "cell {}, entry {}", i, tap);
            }
        }
        for g in 0..sizes.grown_cells() {
            let cell = of(Spot::Transposed(g));
            for j in 0..sizes.outputs() {
                prop_assert_eq!(of(Spot::Input(j)).grown.contains(&g), cell.outputs.contains(&j), "cell {}, E {}", g, j);
            }
            for (tap, entry) in taps.iter().enumerate() {
                prop_assert_eq!(entry.grown.contains(&g), cell.taps.contains(&tap), "cell {}, entry {}", g, tap);
            }
        }
    }
}
