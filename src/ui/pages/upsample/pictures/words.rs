//! What the cards and the table say of a way's checkerboard.

use crate::{engine::Findings, lesson::upsample::narration::checkerboard_words};

/// The checkerboard's score: “none”, or “+27 dB, at n/2”.
#[must_use]
pub fn checkerboard(findings: &Findings) -> String {
    if findings.checkerboard.is_nan() {
        return "not known".to_owned();
    }
    checkerboard_words(findings.checkerboard, findings.is_checkered, &findings.peaks)
}
