//! Generalised cross-validation (Golub, Heath, Wahba, 1979): the strength of a filter by the data alone.
//!
//! It asks how well each pixel is foretold by the others. With A = r|H|² the score is N⁻¹‖(1 − A)G‖² / (1 − N⁻¹ΣA)²,
//! over all N bins of the whole spectrum and summed over the channels, which share the parameter.
//!
//! It takes whatever the model does not explain for noise, and noise for white. Where the blur is not quite the one
//! assumed, or the scene beyond the edges matters (a wide PSF on a crop with little noise), it smooths too little; see
//! `evidence` for what is done about the edges. Filters whose restraint does not rise with frequency get far too little
//! of it: Tikhonov's loses 2.7 dB on average.

use super::search;
use crate::restoration::linear::{Filter, Prepared};
use crate::restoration::observation::Observation;

/// The part of a constant picture's power that rounding moves to other frequencies than rest, at most.
const ROUNDING: f64 = 1e-12;

/// The first parameter within `range` of least [`score`]; the others are as in `rest`. None when nothing moves in the
/// picture but rounding errors, so that there is nothing to foretell.
#[must_use]
pub fn choose(observation: &Observation, filter: &dyn Filter, rest: Prepared, range: [f32; 2]) -> Option<f32> {
    let [all, moving] =
        observation.spectra().means(|bin, observed| [observed, if bin.roughness_power > 0.0 { observed } else { 0.0 }]);
    if moving <= ROUNDING * all {
        return None;
    }
    Some(search::least(range, |value| score(observation, filter, [value, rest[1], rest[2]])))
}

/// The score at `parameters`; the smaller, the better. Infinite where the filter leaves no residual at all to judge by.
#[must_use]
pub fn score(observation: &Observation, filter: &dyn Filter, parameters: Prepared) -> f64 {
    let spectra = observation.spectra();
    let prepared = filter.prepare(spectra, parameters);
    let [residual, freedom] = spectra.rejected_means(observation.evidence(), filter, prepared);
    if freedom > 0.0 { residual / freedom.powi(2) } else { f64::INFINITY }
}
