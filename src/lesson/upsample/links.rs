//! From the Upsample page to the Matrix page, with the same numbers.
//!
//! The link is written by hand and not by the Matrix page's own lesson, which this page's program does without; that
//! lesson reads it in the tests.

use super::{Side, UpsampleLesson};
use crate::lesson::{Page, address::VERSION, link::Writer, matrix::preset::worked_patch};
use ndarray::Array2;

/// The most rows and columns of the Matrix page's arrays, and of its mask.
const STAGE_MOST: usize = 12;
const MASK_MOST: usize = 5;

/// The fragment that opens the Matrix page with the tiny input as its E and the chosen layer's mask, stride and padding,
/// at the end of its story. None where the mask or the result is larger than that page's stage.
#[must_use]
pub fn to_matrix(lesson: &UpsampleLesson) -> Option<String> {
    let (layer, tiny) = (lesson.chosen_layer(), &lesson.work.tiny);
    let (outputs, grown) = (tiny.nrows(), layer.grown(tiny.nrows()));
    if layer.mask > MASK_MOST || grown > STAGE_MOST {
        return None;
    }
    let mut link = Writer::default();
    let worked = worked_patch();
    if worked.dim() != (grown, grown) {
        // Its numbers do not matter to the transposed convolution; that page's own repeat in a larger patch.
        let patch = Array2::from_shape_fn((grown, grown), |(row, column)| {
            worked[[row % worked.nrows(), column % worked.ncols()]]
        });
        link.array("patch", &patch);
    }
    link.array("mask", &lesson.mask(lesson.layer));
    link.array("e", tiny);
    link.unless_default("stride", layer.stride, 1);
    link.unless_default("padding", layer.padding, 0);
    // Its chapters: four with a step an output, one of a single step, and the transposed convolution.
    let (outputs, cells) = (outputs * outputs, grown * grown);
    let last = if lesson.side == Side::Gradient {
        link.field("way", "gradient");
        cells
    } else {
        outputs + 1
    };
    link.field("at", 4 * outputs + 1 + last);
    Some(format!("#/{}?v={VERSION}{}", Page::Matrix.slug(), link.finish()))
}
