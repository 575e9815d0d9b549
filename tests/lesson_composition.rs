//! The composition of every stage: whatever the sizes, the blocks of a map lie in the field and leave each other room.
#![cfg(not(target_arch = "wasm32"))]

mod lesson_setups;

use deconvolution_explorer::lesson::matrix::{
    composition::{Block, Composition, Detail, FIELD},
    setup::Setup,
    wiring::Sizes,
};
use lesson_setups::setups;
use proptest::prelude::*;

/// A part of the field.
#[derive(Clone, Copy, Debug)]
struct Area {
    name: &'static str,
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Area {
    fn overlaps(self, other: Self) -> bool {
        let inside = 1e-6;
        self.left + inside < other.right
            && other.left + inside < self.right
            && self.top + inside < other.bottom
            && other.top + inside < self.bottom
    }

    fn lies_in_the_field(self) -> bool {
        self.left >= 0.0 && self.top >= 0.0 && self.right <= FIELD[0] && self.bottom <= FIELD[1]
    }
}

fn padding(setup: &Setup) -> [usize; 4] {
    let [rows, columns] = setup.geometry.padding;
    [rows[0], rows[1], columns[0], columns[1]]
}

/// The arrays of a map with what they take of the field: the patch with its margin, C and Cᵀ as large as they are in
/// either stand, everything else cell by cell with the line between cells.
fn areas(composition: &Composition, sizes: Sizes, [above, below, left, right]: [usize; 4]) -> Vec<Area> {
    let longest = sizes.inputs().max(sizes.grown_cells());
    let outputs = sizes.outputs();
    let padded = [sizes.patch[0] + above + below, sizes.patch[1] + left + right];
    let arrays = [
        ("patch", padded, 1.0),
        ("maskb", sizes.mask, 1.0),
        ("placed", sizes.patch, 1.0),
        ("cmat", [longest, outputs], 0.0),
        ("dcol", [longest, 1], 0.0),
        ("rrow", [1, outputs], 0.0),
        ("rlab", [1, 1], 0.0),
        ("ctmat", [outputs, longest], 0.0),
        ("ecol", [outputs, 1], 0.0),
        ("trow", [1, longest], 0.0),
        ("tlab", [1, 1], 0.0),
        ("tres", sizes.grown, 1.0),
        ("ein", sizes.result, 1.0),
        ("sum", [1, 1], 0.0),
        ("res", sizes.result, 1.0),
    ];
    arrays
        .into_iter()
        .map(|(name, [rows, columns], line)| {
            let Block { left, top, cell, .. } = composition.block(name).expect("a map places every array");
            let right = left + columns as f64 * (cell[0] + line);
            let bottom = top + rows as f64 * (cell[1] + line);
            Area { name, left, top, right, bottom }
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn blocks_lie_in_the_field_and_leave_each_other_room(setup in setups()) {
        let (sizes, padding) = (setup.sizes().expect("legal"), padding(&setup));
        let composition = Composition::new(sizes, padding);
        for block in &composition.blocks {
            prop_assert!(block.cell.into_iter().all(|side| side.is_finite() && side > 0.0), "{:?}", block);
            prop_assert!(block.margin.into_iter().all(|side| side.is_finite() && side >= 0.0), "{:?}", block);
        }
        if composition.detail == Detail::Map {
            let areas = areas(&composition, sizes, padding);
            for (n, area) in areas.iter().enumerate() {
                prop_assert!(area.lies_in_the_field(), "{}: {:?}, {:?}", area.name, sizes, padding);
                for other in &areas[n + 1..] {
                    prop_assert!(!area.overlaps(*other), "{} {}: {:?}, {:?}", area.name, other.name, sizes, padding);
                }
            }
        }
    }

    #[test]
    fn the_patch_makes_room_for_its_padding(setup in setups()) {
        let (sizes, padding) = (setup.sizes().expect("legal"), padding(&setup));
        let patch = Composition::new(sizes, padding).block("patch").expect("the patch has a place");
        for (axis, before) in [(0, padding[2]), (1, padding[0])] {
            prop_assert!((patch.margin[axis] - before as f64 * (patch.cell[axis] + 1.0)).abs() < 1e-9);
        }
    }
}
