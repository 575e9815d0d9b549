//! The least value of a function of one positive number: a logarithmic grid, then golden sections.

/// Points of the grid a decade.
const POINTS_A_DECADE: f64 = 3.0;
/// Golden sections of the interval about the best of them; 2/3 of a decade shrinks to 0.01.
const SECTIONS: usize = 9;

/// Where within `low`…`high`, both above 0, `score` is least, as far as the grid tells.
pub(super) fn least([low, high]: [f32; 2], mut score: impl FnMut(f32) -> f64) -> f32 {
    let (low, high) = (f64::from(low).log10(), f64::from(high).log10());
    let mut score_at = |log10: f64| score(10_f64.powf(log10) as f32);
    let steps = ((high - low) * POINTS_A_DECADE).ceil().max(1.0);
    let step = (high - low) / steps;
    let (mut best, mut least) = (low, f64::INFINITY);
    for index in 0..=steps as usize {
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
