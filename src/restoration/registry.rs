//! The list of all methods, in the order in which they are taught.

use super::description::Description;
use super::method::Method;
use super::{inverse, plug_and_play, regularised, shrinkage, tikhonov, total_variation, truncated, wavelet, wiener};

/// How many methods there are.
pub const COUNT: usize = 11;

/// What there is, as data alone: whoever only shows methods carries none of their kernels.
pub static DESCRIPTIONS: [&Description; COUNT] = [
    &inverse::DESCRIPTION,
    &truncated::DESCRIPTION,
    &tikhonov::DESCRIPTION,
    &regularised::DESCRIPTION,
    &wiener::CONSTANT,
    &wiener::POWER_LAW,
    &total_variation::DESCRIPTION,
    &wavelet::DESCRIPTION,
    &shrinkage::PLAIN,
    &shrinkage::ACCELERATED,
    &plug_and_play::DESCRIPTION,
];

/// The methods themselves, in the same order.
pub static METHODS: [&dyn Method; COUNT] = [
    &inverse::Inverse,
    &truncated::Truncated,
    &tikhonov::Tikhonov,
    &regularised::Regularised,
    &wiener::Wiener::CONSTANT,
    &wiener::Wiener::POWER_LAW,
    &total_variation::TotalVariation,
    &wavelet::Wavelet,
    &shrinkage::Shrinkage::PLAIN,
    &shrinkage::Shrinkage::ACCELERATED,
    &plug_and_play::PlugAndPlay,
];

/// The place of the method of this id in both lists.
#[must_use]
pub fn place(id: &str) -> Option<usize> {
    DESCRIPTIONS.iter().position(|description| description.id == id)
}

/// The method of this id.
#[must_use]
pub fn method(id: &str) -> Option<&'static dyn Method> {
    METHODS.into_iter().find(|method| method.description().id == id)
}
