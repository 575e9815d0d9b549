//! From the Matrix page to the Upsample page, with the same numbers.
//!
//! The link is written by hand and not by the Upsample page's own lesson, which this page's program does without; that
//! lesson reads it in the tests.

use super::MatrixLesson;
use crate::{
    convolution::{Geometry, PaddingMode},
    lesson::{Page, address::VERSION, link::Writer, numbers::ENTRY_BOUND},
};

/// The largest stride of the Upsample page, and the most rows and columns of its tiny input.
const STRIDE_MOST: usize = 6;
const TINY_MOST: usize = 3;

/// The fragment that opens the Upsample page's matrices with this E, mask, stride and padding. None where that page
/// knows no such layer: its arrays are square, both axes are alike, nothing is dilated or padded at the output, and a
/// padding is less than half of the mask.
#[must_use]
pub fn to_upsample(lesson: &MatrixLesson) -> Option<String> {
    let setup = lesson.setup();
    let (mask, geometry) = (setup.laid_mask(), &setup.geometry);
    let (side, stride, padding) = (mask.nrows(), geometry.stride[0], geometry.padding[0][0]);
    let plain = Geometry { stride: [stride; 2], padding: [[padding; 2]; 2], ..Geometry::default() };
    let input = lesson.derived().input;
    let fits = mask.is_square()
        && input.is_square()
        && input.nrows() <= TINY_MOST
        && input.iter().all(|value| value.abs() <= ENTRY_BOUND)
        && *geometry == plain
        && setup.mode == PaddingMode::Zero
        && stride <= STRIDE_MOST
        && 2 * padding < side;
    if !fits {
        return None;
    }
    let mut link = Writer::default();
    link.field("view", "matrices");
    link.field("k", side);
    link.field("s", stride);
    link.unless_default("p", padding, 0);
    link.field("shape", "own");
    link.array("own", &mask);
    link.array("e", &input);
    Some(format!("#/{}?v={VERSION}{}", Page::Upsample.slug(), link.finish()))
}
