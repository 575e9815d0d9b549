//! The Wiener filter: least mean square error, for pictures and noise of known power spectra.
//!
//! F̂ = H*G/(|H|² + S_η/S_f) (Wiener, 1949). S_η is white; of S_f the shape is assumed, and its height stands in the ratio
//! K of the noise's variance to the picture's. At rest there is no restraint: the mean is no matter of chance.

use super::description::{Description, Family, Parameter, Positivity, Rule, Scale};
use super::linear::{Filter, LinearRun, Prepared, automatic, restrained_gain, restrained_rejection};
use super::method::{Method, Run};
use super::observation::Observation;
use super::settings::Settings;
use super::spectra::{Bin, LARGEST_FALL, Spectra};
use super::treatment::Treatment;
use std::rc::Rc;

const RATIO: Parameter = Parameter {
    symbol: "K",
    name: "noise to signal",
    scale: Scale::Log10([-9.0, 2.0]),
    default: 1e-3,
    help: "The variance of the noise over that of the picture: the more noise is expected, the more is held back.",
};

/// What there is to know of [`Wiener::CONSTANT`].
pub const CONSTANT: Description = Description {
    id: "wiener",
    name: "Wiener, constant spectrum",
    family: Family::Linear,
    summary: "The filter of least mean square error if the picture's power were the same at all frequencies.",
    source: "Wiener, 1949",
    parameters: &[RATIO],
    rules: &[Rule::Discrepancy, Rule::Noise],
    iterations: None,
    treatments: &[Treatment::Mirror, Treatment::Circular, Treatment::Taper],
    starts: &[],
    positivity: Positivity::Optional(false),
    missing_pixels: false,
    floats_per_pixel: 12,
};

/// What there is to know of [`Wiener::POWER_LAW`].
pub const POWER_LAW: Description = Description {
    id: "wiener-power",
    name: "Wiener, power law",
    family: Family::Linear,
    summary: "The filter of least mean square error if the picture's power falls with a power of frequency, as that of \
              most photographs does.",
    source: "Wiener, 1949; Field, 1987",
    parameters: &[
        RATIO,
        Parameter {
            symbol: "α",
            name: "fall of the spectrum",
            scale: Scale::Even([1.0, 4.0, 1.0]),
            default: 2.0,
            help: "The power at frequency f goes with f⁻ᵅ; photographs have about 2. The larger, the smoother.",
        },
    ],
    rules: &[Rule::Discrepancy, Rule::CrossValidation, Rule::Noise],
    ..CONSTANT
};

/// The Wiener filter with one of two assumptions on the picture's spectrum.
#[derive(Clone, Copy, Debug)]
pub struct Wiener {
    follows_power_law: bool,
}

impl Wiener {
    /// S_f is the same everywhere.
    pub const CONSTANT: Self = Self { follows_power_law: false };
    /// S_f falls with frequency as f⁻ᵅ.
    pub const POWER_LAW: Self = Self { follows_power_law: true };

    /// |P|² goes with the fourth power of the frequency, so its fourth root to the α with the αth. α is whole here, which
    /// spares a power with a fraction in every bin.
    #[inline(always)]
    fn frequency_power(roughness_power: f32, alpha: f32) -> f32 {
        let square = roughness_power.sqrt();
        match alpha as usize {
            0 => 1.0,
            1 => square.sqrt(),
            2 => square,
            3 => square * square.sqrt(),
            LARGEST_FALL.. => roughness_power,
        }
    }

    /// S_η/S_f.
    #[inline(always)]
    fn restraint(self, bin: Bin, [ratio, alpha, _]: Prepared) -> f32 {
        if self.follows_power_law {
            ratio * Self::frequency_power(bin.roughness_power, alpha)
        } else if bin.roughness_power > 0.0 {
            ratio
        } else {
            0.0
        }
    }
}

impl Filter for Wiener {
    /// The ratio, times what makes the mean of S_f over all frequencies but rest 1.
    fn prepare(&self, spectra: &Spectra, [ratio, alpha, rest]: Prepared) -> Prepared {
        if !self.follows_power_law {
            return [ratio, 0.0, rest];
        }
        let alpha = alpha.round();
        let fall = |bin: Bin| 1.0 / Self::frequency_power(bin.roughness_power, alpha);
        [ratio * spectra.mean_fall(alpha as usize, fall), alpha, rest]
    }

    #[inline(always)]
    fn gain(&self, bin: Bin, prepared: Prepared) -> f32 {
        restrained_gain(bin, self.restraint(bin, prepared))
    }

    #[inline(always)]
    fn rejected(&self, bin: Bin, prepared: Prepared) -> f32 {
        restrained_rejection(bin, self.restraint(bin, prepared))
    }
}

impl Method for Wiener {
    fn description(&self) -> &'static Description {
        if self.follows_power_law { &POWER_LAW } else { &CONSTANT }
    }

    /// By the noise: σ² over what the observed variance, the mean of the channels', has beyond it.
    fn automatic(&self, observation: &Observation, rule: Rule) -> Option<f32> {
        if rule != Rule::Noise {
            return automatic(self, self.description(), observation, rule);
        }
        let noise = f64::from(observation.sigma()).powi(2);
        let signal = observation.spectra().variance() - noise;
        (noise > 0.0 && signal > 0.0).then(|| (noise / signal) as f32)
    }

    fn start(&self, observation: &Rc<Observation>, settings: &Settings) -> Box<dyn Run> {
        LinearRun::start(Box::new(*self), self.description(), observation, settings)
    }

    fn filter(&self) -> Option<&dyn Filter> {
        Some(self)
    }
}
