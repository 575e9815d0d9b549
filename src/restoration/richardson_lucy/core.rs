//! What all forms of Richardson–Lucy share: the comparison with the data, and its way back to the estimate.

use super::divergence::divergence;
use crate::restoration::blurring::Blurring;
use crate::restoration::description::Start;
use crate::restoration::observation::Observation;
use crate::restoration::planes::PlaneStep;
use crate::restoration::starting::{fill_start, known_mean};
use crate::restoration::sweep::sweep;
use std::rc::Rc;

/// Pixels whose share HᵀM in the data is below this part of the largest are as good as unseen: they keep their value.
const UNSEEN: f32 = 1e-3;
/// Smaller values are 0: on their way there they would become denormal numbers, which are slow.
const NOTHING: f32 = 1e-20;
/// What the model Hu + b is at least where something is divided by it, as a part of the data's mean.
const LEAST_MODEL: f32 = 1e-6;
/// What a pixel starts with at least, likewise: what is 0 stays 0 whatever the data say.
const LEAST_START: f32 = 1e-3;

/// One channel's data, and the memory to compare with them.
pub(super) struct Core {
    observation: Rc<Observation>,
    channel: usize,
    blurring: Blurring,
    weights: Weights,
    ratio: Vec<f32>,
    background: f32,
    least_model: f32,
}

/// 1/HᵀM: the same number for all pixels, or one for each; 0 for those that are as good as unseen.
pub(super) enum Weights {
    Even(f32),
    Each(Vec<f32>),
}

/// How far the model is from the data.
#[derive(Clone, Copy, Debug)]
pub(super) struct Misfit {
    /// ΣM(Hu + b − g)².
    pub squares: f64,
    /// ΣM(g ln(g/(Hu + b)) − g + Hu + b), with g ≥ 0.
    pub divergence: f64,
}

/// What Hᵀ made of the comparison.
pub(super) struct Correction<'a> {
    /// A factor a pixel, but for the weights.
    pub factors: &'a [f32],
    pub weights: &'a Weights,
    /// Memory that is free until the next comparison.
    pub spare: &'a mut [f32],
}

impl Core {
    pub fn new(observation: &Rc<Observation>, channel: usize) -> Self {
        let frame = observation.frame();
        let mut blurring = Blurring::new(observation);
        let weights = match frame.known() {
            None => Weights::Even(reciprocal(observation.kernel().sum() as f32, 1.0)),
            Some(known) => {
                let mut weights = blurring.blur_transposed(known).to_vec();
                invert_shares(&mut weights);
                Weights::Each(weights)
            }
        };
        Self {
            observation: Rc::clone(observation),
            channel,
            blurring,
            weights,
            ratio: vec![0.0; frame.pixels()],
            background: 0.0,
            least_model: 0.0,
        }
    }

    /// Takes a background and fills `estimate` with the start.
    pub fn restart(&mut self, background: f32, start: Start, estimate: &mut [f32]) {
        let mean = known_mean(&self.observation, self.channel, |value| value.max(0.0));
        self.background = background;
        self.least_model = least_model(mean);
        fill_positive(&self.observation, self.channel, start, [background, mean], estimate);
    }

    /// Compares the data with the model, Mg/(Hu + b), and keeps that for [`Core::correction`].
    pub fn compare(&mut self, estimate: &[f32]) -> Misfit {
        self.compare_by(estimate, |_, _, ratio| ratio)
    }

    /// The same with `of(g, Hu + b, g/(Hu + b))` in place of the ratio.
    #[inline(always)]
    pub fn compare_by(&mut self, estimate: &[f32], of: impl Fn(f32, f32, f32) -> f32) -> Misfit {
        let frame = self.observation.frame();
        let observed = frame.observed(self.channel);
        let blurred = self.blurring.blur(estimate);
        compare([observed, blurred], frame.known(), &mut self.ratio, [self.background, self.least_model], of)
    }

    /// Hᵀ of what was compared.
    pub fn correction(&mut self) -> Correction<'_> {
        let factors = self.blurring.blur_transposed(&self.ratio);
        Correction { factors, weights: &self.weights, spare: &mut self.ratio }
    }

    /// A step's account, given Σ(u − u₋)² and Σu².
    pub fn report(&self, misfit: Misfit, [moved, length]: [f64; 2], objective: Option<f64>) -> PlaneStep {
        let count = self.observation.frame().known_count().max(1) as f64;
        PlaneStep {
            residual: (misfit.squares / count).sqrt(),
            change: if length > 0.0 { (moved / length).sqrt() } else { 0.0 },
            objective,
            done: false,
        }
    }

    /// Copies the part of `estimate` within the picture.
    pub fn write(&self, estimate: &[f32], picture: &mut [f32]) {
        self.observation.frame().crop_into(estimate, picture);
    }
}

/// Puts `of(g, m, g/m)` into `ratio`, with the model m = Hu + b kept from 0, and 0 where a pixel is not known.
#[inline(always)]
pub(super) fn compare(
    [observed, blurred]: [&[f32]; 2],
    known: Option<&[f32]>,
    ratio: &mut [f32],
    [background, least]: [f32; 2],
    of: impl Fn(f32, f32, f32) -> f32,
) -> Misfit {
    let pixel = |observed: f32, blurred: f32| {
        let plain = blurred + background;
        // In this order, so that what is no number does not pass.
        let model = if plain > least { plain } else { least };
        let positive = if observed > 0.0 { observed } else { 0.0 };
        let ratio = positive / model;
        (of(positive, model, ratio), [(plain - observed) * (plain - observed), divergence(ratio, model)])
    };
    let [squares, divergence] = match known {
        None => sweep([observed, blurred], [ratio], |[observed, blurred], [_]| {
            let (ratio, terms) = pixel(observed, blurred);
            ([ratio], terms)
        }),
        Some(known) => sweep([observed, blurred, known], [ratio], |[observed, blurred, known], [_]| {
            let (ratio, terms) = pixel(observed, blurred);
            ([known * ratio], terms.map(|term| known * term))
        }),
    };
    Misfit { squares, divergence }
}

/// What a model is at least, given the data's mean: something may be divided by it.
pub(super) fn least_model(mean: f32) -> f32 {
    (LEAST_MODEL * mean).max(NOTHING)
}

/// A channel's start, nowhere below a small part of the data's mean, `mean`.
pub(super) fn fill_positive(
    observation: &Rc<Observation>,
    channel: usize,
    start: Start,
    [background, mean]: [f32; 2],
    estimate: &mut [f32],
) {
    fill_start(observation, channel, start, estimate);
    let under = if start == Start::Flat { background } else { 0.0 };
    estimate.iter_mut().for_each(|value| *value = (*value - under).max(LEAST_START * mean));
}

/// 1/HᵀM into its own place, 0 for pixels that are as good as unseen.
pub(super) fn invert_shares(shares: &mut [f32]) {
    let largest = shares.iter().fold(0.0_f32, |largest, &share| largest.max(share));
    shares.iter_mut().for_each(|share| *share = reciprocal(*share, largest));
}

fn reciprocal(share: f32, largest: f32) -> f32 {
    if share > UNSEEN * largest { 1.0 / share } else { 0.0 }
}

/// u ← u·weight·factor; answers Σ(u − u₋)² and Σu².
pub(super) fn multiply(estimate: &mut [f32], factors: &[f32], weights: &Weights) -> [f64; 2] {
    match weights {
        Weights::Even(weight) => sweep([factors], [estimate], |[factor], [old]| moved(next(old, *weight, factor), old)),
        Weights::Each(weights) => multiply_each(estimate, factors, weights),
    }
}

/// The same with a weight a pixel.
pub(super) fn multiply_each(estimate: &mut [f32], factors: &[f32], weights: &[f32]) -> [f64; 2] {
    sweep([factors, weights], [estimate], |[factor, weight], [old]| moved(next(old, weight, factor), old))
}

#[inline(always)]
fn moved(new: f32, old: f32) -> ([f32; 1], [f32; 2]) {
    ([new], [(new - old) * (new - old), new * new])
}

/// A pixel's next value; without a weight it keeps the old one.
#[inline(always)]
pub(super) fn next(old: f32, weight: f32, factor: f32) -> f32 {
    let new = positive(old * (weight * factor));
    if weight > 0.0 { new } else { old }
}

/// The value, and 0 for what is below it, almost nothing or no number.
#[inline(always)]
pub(super) fn positive(value: f32) -> f32 {
    if value > NOTHING { value } else { 0.0 }
}
