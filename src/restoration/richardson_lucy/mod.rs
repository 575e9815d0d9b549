//! Richardson–Lucy: the picture that most likely gave the data, if their noise were that of counted light.
//!
//! u ← u/(HᵀM) · Hᵀ(M g/(Hu + b)): it never leaves the positive numbers, keeps the light where nothing is unknown, and
//! brings g's information divergence from Hu + b down with each step. M is 1 where a pixel is known; dividing by HᵀM, what
//! the known pixels see of each pixel of the scene, is what keeps the edges right. Negative samples count as 0.

mod accelerated;
mod blind;
mod core;
mod damped;
mod divergence;
mod plain;
mod total_variation;

pub use accelerated::AcceleratedRichardsonLucy;
pub use blind::BlindRichardsonLucy;
pub use damped::DampedRichardsonLucy;
pub use plain::RichardsonLucy;
pub use total_variation::TotalVariationRichardsonLucy;

use super::description::{Parameter, Scale, Start};
use super::treatment::Treatment;

pub(super) use accelerated::DESCRIPTION as ACCELERATED;
pub(super) use blind::DESCRIPTION as BLIND;
pub(super) use damped::DESCRIPTION as DAMPED;
pub(super) use plain::DESCRIPTION as PLAIN;
pub(super) use total_variation::DESCRIPTION as TOTAL_VARIATION;

const TREATMENTS: &[Treatment] = &[Treatment::Unknown, Treatment::Circular, Treatment::Taper, Treatment::Mirror];
const STARTS: &[Start] = &[Start::Flat, Start::Observed, Start::Filtered];

/// What all forms take.
const BACKGROUND: Parameter = Parameter {
    symbol: "b",
    name: "background",
    scale: Scale::Even([0.0, 0.5, 0.005]),
    default: 0.0,
    help: "Light that is known to lie under everything and came unblurred, a bright sky for instance; the scene stands on it.",
};
