//! Restoration: from g = h∗f + η, a blurred and noisy picture, back towards f.
//!
//! An [`Observation`] is what is known; a [`Method`] (one file each, all in [`METHODS`]) starts a [`Run`] on it, which
//! goes step by step, so that whoever runs it can look, wait and stop. Linear filters take one step; they share
//! `linear` and work on [`Spectra`]. Iterative methods share `planes` and work on a [`Frame`]. Colour channels are
//! restored alike and independently. What is known of a method without running it stands in its [`Description`].

pub mod automatic;
mod blurring;
mod continuation;
pub mod denoising;
mod description;
mod filling;
mod frame;
mod gradient;
mod haar;
mod linear;
mod logarithm;
mod method;
mod observation;
mod planes;
mod registry;
mod settings;
mod spectra;
mod splitting;
mod starting;
mod sums;
mod sweep;
mod taper;
mod treatment;

mod inverse;
mod plug_and_play;
mod regularised;
mod shrinkage;
mod tikhonov;
mod total_variation;
mod truncated;
mod wavelet;
mod wiener;

mod blind_search;
mod landweber;
mod richardson_lucy;

pub use blind_search::BlindSearch;
pub use description::{Description, Family, Iterations, MAX_PARAMETERS, Parameter, Positivity, Rule, Scale, Start};
pub use frame::Frame;
pub use inverse::Inverse;
pub use landweber::Landweber;
pub use linear::{Filter, Prepared};
pub use method::{Ending, Method, Run, Step};
pub use observation::{MAX_MAGNITUDE, Observation};
pub use plug_and_play::PlugAndPlay;
pub use registry::{COUNT, DESCRIPTIONS, METHODS, method, place};
pub use regularised::Regularised;
pub use richardson_lucy::{
    AcceleratedRichardsonLucy, BlindRichardsonLucy, DampedRichardsonLucy, RichardsonLucy, TotalVariationRichardsonLucy,
};
pub use settings::Settings;
pub use shrinkage::Shrinkage;
pub use spectra::{Bin, Spectra, Workspace};
pub use tikhonov::Tikhonov;
pub use total_variation::TotalVariation;
pub use treatment::Treatment;
pub use truncated::Truncated;
pub use wavelet::Wavelet;
pub use wiener::Wiener;
