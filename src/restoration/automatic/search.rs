//! A place of one positive number by the values of a function there: a logarithmic grid, then sections of an interval.

/// Points of the grid a decade.
const POINTS_A_DECADE: f64 = 3.0;
/// Sections of the interval that the grid leaves; golden ones shrink 2/3 of a decade to 0.01.
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

/// The largest place within `low`…`high`, both above 0, where `ratio`, which rises by and large, is at most 1 and `slack`;
/// where it is larger throughout, at most its least value and that slack. None where it stays above `hopeless`.
pub(super) fn largest_of_small(
    [low, high]: [f32; 2],
    slack: f64,
    hopeless: f64,
    mut ratio: impl FnMut(f32) -> f64,
) -> Option<f32> {
    let (low, high) = (f64::from(low).log10(), f64::from(high).log10());
    let mut ratio_at = |log10: f64| ratio(10_f64.powf(log10) as f32);
    let steps = ((high - low) * POINTS_A_DECADE).ceil().max(1.0);
    let step = (high - low) / steps;
    let ratios: Vec<f64> = (0..=steps as usize).map(|index| ratio_at(low + step * index as f64)).collect();
    let least = ratios.iter().fold(f64::INFINITY, |least, &ratio| least.min(ratio));
    if least > hopeless {
        return None;
    }
    let bound = (1.0 + slack) * least.max(1.0);
    let last = ratios.iter().rposition(|&ratio| ratio <= bound).unwrap_or(0);
    let mut within = low + step * last as f64;
    let mut beyond = (within + step).min(high);
    for _ in 0..SECTIONS {
        let middle = (within + beyond) / 2.0;
        *(if ratio_at(middle) <= bound { &mut within } else { &mut beyond }) = middle;
    }
    Some(10_f64.powf(within) as f32)
}
