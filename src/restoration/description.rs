//! What is known of a method before it runs: plain data, which a page can show without carrying the kernels.

use super::treatment::Treatment;

/// The most parameters that a method has.
pub const MAX_PARAMETERS: usize = 3;

/// What a method is called, what it takes, and what it allows.
#[derive(Debug)]
pub struct Description {
    /// The name in links: lower-case letters and hyphens, never changed.
    pub id: &'static str,
    /// The name on the page.
    pub name: &'static str,
    /// Which kind of method it is.
    pub family: Family,
    /// One or two sentences: what it assumes, and what it does.
    pub summary: &'static str,
    /// Author and year.
    pub source: &'static str,
    /// What can be set, the strength of the regularisation first where there is one. At most [`MAX_PARAMETERS`].
    pub parameters: &'static [Parameter],
    /// The rules by which the data choose the first parameter, the best first.
    pub rules: &'static [Rule],
    /// How many iterations; None for a method that is done at once.
    pub iterations: Option<Iterations>,
    /// What may be assumed outside the picture, the default first.
    pub treatments: &'static [Treatment],
    /// Where it may start, the default first; empty for a method that is done at once.
    pub starts: &'static [Start],
    /// Whether values below zero are kept out.
    pub positivity: Positivity,
    /// Whether it leaves out pixels that are missing. Others get them filled in from their neighbours before.
    pub missing_pixels: bool,
    /// Floats of working memory for a pixel of a channel (of the frame, where the outside is unknown), roughly.
    pub floats_per_pixel: usize,
}

/// The kinds of methods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// One gain a frequency.
    Linear,
    /// Step by step towards a fixed point.
    Iterative,
    /// The point-spread function is sought too.
    Blind,
}

/// What a control for a parameter needs to know. Every value is safe: what is out of range counts as the nearest value
/// in range, and what is no number as the default.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    /// The letter that formulas use.
    pub symbol: &'static str,
    /// What it is called in full.
    pub name: &'static str,
    /// How its control runs.
    pub scale: Scale,
    /// A value to start with.
    pub default: f32,
    /// One sentence on what more or less of it does.
    pub help: &'static str,
}

/// How a parameter's control runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// Between these decimal logarithms.
    Log10([f32; 2]),
    /// Between these values, in steps of the third.
    Even([f32; 3]),
    /// One of several, by its place from 0 on: their names.
    Words(&'static [&'static str]),
}

impl Parameter {
    /// The smallest and the largest value.
    #[must_use]
    pub fn range(&self) -> [f32; 2] {
        match self.scale {
            Scale::Log10([low, high]) => [10.0_f32.powf(low), 10.0_f32.powf(high)],
            Scale::Even([low, high, _]) => [low, high],
            Scale::Words(words) => [0.0, words.len().saturating_sub(1) as f32],
        }
    }
}

/// How the data choose a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Generalised cross-validation: each pixel foretold by the others.
    CrossValidation,
    /// The residual is as large as the noise would leave it, corrected for what the filter itself rejects.
    Discrepancy,
    /// From the noise's standard deviation.
    Noise,
}

/// How many iterations a method may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Iterations {
    /// Unless the reader says otherwise.
    pub default: usize,
    /// At most.
    pub most: usize,
}

/// Where an iteration starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Start {
    /// With what was observed.
    #[default]
    Observed,
    /// With the mean everywhere.
    Flat,
    /// With the regularised filter's answer.
    Filtered,
}

/// Whether values below zero are kept out of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Positivity {
    /// The method cannot make them.
    Always,
    /// The reader says; the value says what is assumed until then.
    Optional(bool),
}
