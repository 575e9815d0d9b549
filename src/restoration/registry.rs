//! The list of all methods, in the order in which they are taught.

use super::description::Description;
use super::method::Method;
use super::{
    blind_search, inverse, landweber, plug_and_play, regularised, richardson_lucy, shrinkage, tikhonov,
    total_variation, truncated, wavelet, wiener,
};

/// How many methods there are.
pub const COUNT: usize = 18;

/// What there is, as data alone: whoever only shows methods carries none of their kernels.
pub static DESCRIPTIONS: [&Description; COUNT] = [
    &inverse::DESCRIPTION,
    &truncated::DESCRIPTION,
    &tikhonov::DESCRIPTION,
    &regularised::DESCRIPTION,
    &wiener::CONSTANT,
    &wiener::POWER_LAW,
    &landweber::DESCRIPTION,
    &richardson_lucy::PLAIN,
    &richardson_lucy::ACCELERATED,
    &richardson_lucy::DAMPED,
    &richardson_lucy::TOTAL_VARIATION,
    &total_variation::DESCRIPTION,
    &wavelet::DESCRIPTION,
    &shrinkage::PLAIN,
    &shrinkage::ACCELERATED,
    &plug_and_play::DESCRIPTION,
    &richardson_lucy::BLIND,
    &blind_search::DESCRIPTION,
];

/// The methods themselves, in the same order.
pub static METHODS: [&dyn Method; COUNT] = [
    &inverse::Inverse,
    &truncated::Truncated,
    &tikhonov::Tikhonov,
    &regularised::Regularised,
    &wiener::Wiener::CONSTANT,
    &wiener::Wiener::POWER_LAW,
    &landweber::Landweber,
    &richardson_lucy::RichardsonLucy,
    &richardson_lucy::AcceleratedRichardsonLucy,
    &richardson_lucy::DampedRichardsonLucy,
    &richardson_lucy::TotalVariationRichardsonLucy,
    &total_variation::TotalVariation,
    &wavelet::Wavelet,
    &shrinkage::Shrinkage::PLAIN,
    &shrinkage::Shrinkage::ACCELERATED,
    &plug_and_play::PlugAndPlay,
    &richardson_lucy::BlindRichardsonLucy,
    &blind_search::BlindSearch,
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
