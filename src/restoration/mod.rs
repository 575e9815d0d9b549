//! Restoration: from g = h∗f + η, a blurred and noisy picture, back towards f.
//!
//! Every method is linear and works on the spectrum: F̂ = r·H*·G with a real gain r of its own, H* the conjugate of the
//! PSF's transform. Colour channels are restored alike and independently. A result may overshoot 0…1; nothing clips it.

mod continuation;
mod filters;
pub mod gcv;
mod inverse;
mod observation;
mod regularised;
mod tikhonov;

pub use inverse::Inverse;
pub use observation::{Observation, Workspace};
pub use regularised::Regularised;
pub use tikhonov::Tikhonov;

use crate::imaging::Image;

/// What a control for a method's parameter needs to know.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    /// The letter that formulas use.
    pub symbol: &'static str,
    /// What it is called in full.
    pub name: &'static str,
    /// Decimal logarithms of the smallest and the largest useful value. 0 is allowed too and means no restraint.
    pub log10_range: [f32; 2],
    /// A value to start with.
    pub default: f32,
    /// One sentence on what more or less of it does.
    pub help: &'static str,
}

/// One way to restore a picture. Any parameter is safe: what is negative or no number counts as 0, what is larger than
/// 10⁹ as 10⁹, and the result is finite.
pub trait Method: Sync {
    /// The name in links: lower-case letters, never changed.
    fn id(&self) -> &'static str;

    /// The name on the page.
    fn name(&self) -> &'static str;

    /// Its one parameter.
    fn parameter(&self) -> Parameter;

    /// The gain r of F̂ = r·H*·G in a bin, of |H|² (`otf_power`, 1 at rest for a PSF of sum 1) and |P|²
    /// (`roughness_power`, P the discrete Laplacian, 0…64).
    fn gain(&self, otf_power: f32, roughness_power: f32, parameter: f32) -> f32;

    /// The parameter that the data themselves suggest, where there is a rule that deserves trust.
    fn automatic(&self, observation: &Observation) -> Option<f32>;

    /// Restores into `restored`, which must have the observation's shape. Nothing is allocated.
    ///
    /// # Panics
    /// When `workspace` or `restored` belongs to an observation of another shape.
    fn restore_into(&self, observation: &Observation, parameter: f32, workspace: &mut Workspace, restored: &mut Image);

    /// The restored picture, of the observation's shape.
    fn restore(&self, observation: &Observation, parameter: f32) -> Image {
        let [height, width] = observation.size();
        let mut restored = Image::zeros(observation.channels(), height, width);
        self.restore_into(observation, parameter, &mut observation.workspace(), &mut restored);
        restored
    }
}

/// All methods, in the order in which they are taught.
pub static METHODS: [&dyn Method; 3] = [&Inverse, &Tikhonov, &Regularised];

/// The method of this [`Method::id`].
#[must_use]
pub fn method(id: &str) -> Option<&'static dyn Method> {
    METHODS.into_iter().find(|method| method.id() == id)
}
