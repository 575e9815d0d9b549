//! What the cards and the table say of a way's checkerboard.

use crate::{
    engine::Findings,
    lesson::{notation::decimals, upsample::narration::checkerboard_words},
};

/// The checkerboard's score, where it lies, and its strength: “none”, or “+27 dB, at n/2; 48 % of the mean”.
#[must_use]
pub fn checkerboard(findings: &Findings) -> String {
    told(findings, &findings.peaks, "; ")
}

/// The same without where it lies, which the circles show: “none”, or “+27 dB, 48 % of the mean”; on a small card “+27 dB,
/// 48 %”.
#[must_use]
pub fn checkerboard_in_short(findings: &Findings, is_small: bool) -> String {
    let told = told(findings, &[], ", ");
    if is_small { told.replace(OF_THE_MEAN, "") } else { told }
}

/// What the strength is a share of.
const OF_THE_MEAN: &str = " of the mean";

fn told(findings: &Findings, peaks: &[[f64; 2]], between: &str) -> String {
    let Findings { checkerboard, strength, is_checkered, .. } = *findings;
    if checkerboard.is_nan() {
        return "not known".to_owned();
    }
    let score = checkerboard_words(checkerboard, is_checkered, peaks);
    if !is_checkered || strength.is_nan() {
        return score;
    }
    // A small percentage has a decimal, and none stands apart from its sign.
    let percent = decimals(strength * 100.0, usize::from(strength < 0.0995));
    format!("{score}{between}{percent}\u{a0}%{OF_THE_MEAN}")
}
