//! What the cards and the table say of a way's checkerboard.

use crate::{
    engine::Findings,
    lesson::{notation::decimals, upsample::narration::checkerboard_words},
};

/// The checkerboard's score and its strength: “none”, or “+27 dB, at n/2; 48 % of the mean”.
#[must_use]
pub fn checkerboard(findings: &Findings) -> String {
    if findings.checkerboard.is_nan() {
        return "not known".to_owned();
    }
    let score = checkerboard_words(findings.checkerboard, findings.is_checkered, &findings.peaks);
    if findings.is_checkered && !findings.strength.is_nan() {
        return format!("{score}; {} of the mean", percent(findings.strength));
    }
    score
}

/// A share as a percentage, a small one with a decimal.
fn percent(share: f64) -> String {
    let percent = share * 100.0;
    format!("{} %", decimals(percent, usize::from(percent < 9.95)))
}
