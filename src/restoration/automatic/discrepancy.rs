//! The corrected discrepancy rule: the residual is as large as the noise leaves it in what the filter rejects.
//!
//! The plain rule (Morozov, 1966) asks for ‖r‖² = Nσ² and smooths too much, since the filter takes part of the noise along.
//! What a filter A = r|H|² leaves of white noise in the residual is σ²·tr(1 − A)² if there is nothing else, and
//! σ²·tr(1 − A) in balance with the picture's own part; the latter is asked for here.

use super::search;
use crate::restoration::linear::{Filter, Prepared};
use crate::restoration::observation::Observation;

/// The first parameter within `range` at which ‖r‖² comes nearest to σ²·tr(1 − A); the others are as in `rest`. None when
/// nothing is known of the noise.
#[must_use]
pub fn choose(observation: &Observation, filter: &impl Filter, rest: Prepared, range: [f32; 2]) -> Option<f32> {
    let sigma = f64::from(observation.sigma());
    if sigma <= 0.0 {
        return None;
    }
    let spectra = observation.spectra();
    let noise = sigma * sigma * spectra.channels() as f64;
    Some(search::least(range, |value| {
        let prepared = filter.prepare(spectra, [value, rest[1], rest[2]]);
        let [residual, freedom] = spectra.means(|bin, observed| {
            let rejected = filter.rejected(bin, prepared);
            [rejected * rejected * observed, rejected]
        });
        // In logarithms, so that too much and too little weigh alike.
        if residual > 0.0 && freedom > 0.0 { (residual / (noise * freedom)).ln().abs() } else { f64::INFINITY }
    }))
}
