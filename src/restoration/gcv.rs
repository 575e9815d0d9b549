//! Generalised cross-validation (Golub, Heath, Wahba, 1979): the γ of the regularised filter by the data alone.
//!
//! It asks how well each pixel is foretold by the others. With A = |H|²/(|H|² + γ|P|²) the score is
//! N⁻¹‖(1 − A)G‖² / (1 − N⁻¹ΣA)², over all N bins of the whole spectrum and summed over the channels, which share γ.
//!
//! It takes whatever the model does not explain for noise, and noise for white. Where the blur is not quite the one
//! assumed, or the scene beyond the edges matters (a wide PSF on a crop with little noise), it smooths too little.

use super::Observation;

/// Decimal logarithms between which γ is sought.
const LOG10_RANGE: [f64; 2] = [-9.0, 2.0];
/// Points of the first, logarithmic grid: three a decade.
const GRID: usize = 34;
/// Golden sections of the interval about the best of them; 2/3 of a decade shrinks to 0.01.
const SECTIONS: usize = 9;

/// The γ within 10⁻⁹…10² of least [`score`].
#[must_use]
pub fn choose(observation: &Observation) -> f32 {
    let score_at = |log10: f64| score(observation, 10_f64.powf(log10) as f32);
    let [low, high] = LOG10_RANGE;
    let step = (high - low) / (GRID - 1) as f64;
    let (mut best, mut least) = (low, f64::INFINITY);
    for index in 0..GRID {
        let log10 = low + step * index as f64;
        let score = score_at(log10);
        if score < least {
            (best, least) = (log10, score);
        }
    }
    let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut left, mut right) = ((best - step).max(low), (best + step).min(high));
    let (mut inner_left, mut inner_right) = (right - golden * (right - left), left + golden * (right - left));
    let (mut score_left, mut score_right) = (score_at(inner_left), score_at(inner_right));
    for _ in 0..SECTIONS {
        if score_left < score_right {
            (right, inner_right, score_right) = (inner_right, inner_left, score_left);
            inner_left = right - golden * (right - left);
            score_left = score_at(inner_left);
        } else {
            (left, inner_left, score_left) = (inner_left, inner_right, score_right);
            inner_right = left + golden * (right - left);
            score_right = score_at(inner_right);
        }
    }
    10_f64.powf((left + right) / 2.0) as f32
}

/// The score of one γ ≥ 0; the smaller, the better. Infinite where the filter leaves no residual at all to judge by.
#[must_use]
pub fn score(observation: &Observation, gamma: f32) -> f64 {
    // 1 − A is computed as such: near 1, A would lose all its digits.
    let [residual, freedom, bins] = observation.weighted_sums(|otf_power, roughness_power, observed_power| {
        let restraint = gamma * roughness_power;
        let rejected = if restraint > 0.0 { restraint / (otf_power + restraint) } else { 0.0 };
        [rejected * rejected * observed_power, rejected]
    });
    if freedom > 0.0 { residual / bins / (freedom / bins).powi(2) } else { f64::INFINITY }
}
