//! The corrected discrepancy rule: the residual is as large as the noise leaves it in what the filter rejects.
//!
//! The plain rule (Morozov, 1966) asks for ‖r‖² = Nσ² and smooths too much, since the filter takes part of the noise along.
//! What a filter A = r|H|² leaves of white noise in the residual is σ²·tr(1 − A)² if there is nothing else, and
//! σ²·tr(1 − A) in balance with the picture's own part; the latter is asked for here. Where σ is known it comes nearer to
//! the best possible than cross-validation does: on four photographs and eight blurs, circular, 0.02 dB below it on
//! average and 0.2 dB at most with the regularised filter (0.06 and 0.85 dB), 0.01 and 0.15 dB with Wiener's and a power
//! law (0.41 and 3.1 dB). The balance supposes that the restraint falls with the picture's own power. Tikhonov's does
//! not, and the rule loses 1 dB on average and 3 dB at most with it.

use super::search;
use crate::restoration::linear::{Filter, Prepared};
use crate::restoration::observation::Observation;

/// How far ‖r‖² may be above what is asked for. Frequencies that the blur removes are all noise and all rejected, whatever
/// the parameter: where there are many, the two sides hardly differ over decades, and their chance difference must not
/// decide.
const SLACK: f64 = 0.02;

/// So many times what is asked for means that it cannot be had.
const HOPELESS: f64 = 4.0;

/// The largest first parameter within `range` at which ‖r‖² is no larger than σ²·tr(1 − A), or no larger than it can be
/// made where it is larger throughout; the others are as in `rest`. None when nothing is known of the noise, and where no
/// filter leaves so little as the noise: then the blur is not the one assumed, or the picture goes on otherwise beyond its
/// edges, and the rule would regularise ever less in vain.
#[must_use]
pub fn choose(observation: &Observation, filter: &dyn Filter, rest: Prepared, range: [f32; 2]) -> Option<f32> {
    let sigma = f64::from(observation.sigma());
    if sigma <= 0.0 {
        return None;
    }
    let (spectra, evidence) = (observation.spectra(), observation.evidence());
    let noise = sigma * sigma * spectra.channels() as f64;
    search::largest_of_small(range, SLACK, HOPELESS, |value| {
        let prepared = filter.prepare(spectra, [value, rest[1], rest[2]]);
        let [residual, freedom] = spectra.rejected_means(evidence, filter, prepared);
        if freedom > 0.0 { residual / (noise * freedom) } else { 0.0 }
    })
}
