//! What the engine answers about the Restore page: pictures ready to be shown, and the numbers beside them.

use super::source::Rendered;
use crate::{imaging::Kernel, restoration::Ending};

/// Distances to the original, in linear light with a peak of 1. Those in dB are infinite where there is no distance;
/// all are no number where there is no original.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scores {
    /// Peak signal to noise ratio of the observed picture, in dB.
    pub psnr_observed: f64,
    /// Peak signal to noise ratio of the restored picture, in dB.
    pub psnr_restored: f64,
    /// Structural similarity of the observed picture, at most 1. It takes longer than a filter, so that it is no number
    /// for pictures of more than [`MOST_SAMPLES_FOR_SSIM`](super::MOST_SAMPLES_FOR_SSIM) samples: ask for
    /// [`Aspect::Similarity`](super::Aspect::Similarity) when there is time.
    pub ssim_observed: f64,
    /// Structural similarity of the restored picture; likewise.
    pub ssim_restored: f64,
    /// What the restoration gained, in dB.
    pub isnr: f64,
    /// Root of the mean squared error of the observed picture.
    pub rmse_observed: f64,
    /// Root of the mean squared error of the restored picture.
    pub rmse_restored: f64,
}

/// The numbers of an answer to one setting of the Restore page.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// How far both pictures are from the original.
    pub scores: Scores,
    /// The blurred picture's variance over that of the noise, in dB; infinite without noise, no number where it was
    /// blurred before it came.
    pub bsnr: f64,
    /// The noise's standard deviation that the method was told: the one that was set for Gaussian noise, the root mean
    /// square of what other noise did, and an estimate where the picture was blurred before it came.
    pub sigma: f64,
    /// The first parameter, as it was used.
    pub parameter: f64,
    /// What the chosen rule suggests for it, or where it is set by hand the method's best rule; None where there is no
    /// rule, or the data do not tell.
    pub suggested: Option<f64>,
    /// Iterations done.
    pub iterations: usize,
    /// Why the method ended; None when it was stopped.
    pub ending: Option<Ending>,
    /// Root of the mean of (Hu − g)² over what is known; no number before the first iteration.
    pub residual: f64,
    /// Iteration, residual, and root of the mean squared error of each iteration, or of every so manieth, so that there
    /// are never more than 500. The error is no number without an original, and while a search has no picture at hand.
    /// Empty for methods that are done at once.
    pub history: Vec<[f64; 3]>,
    /// The kernel that a blind method found.
    pub kernel: Option<Kernel>,
    /// For signals the samples of the original (none where there is none), the observed and the restored one.
    pub series: Option<[Vec<f32>; 3]>,
}

/// The answer to one setting of the Restore page.
#[derive(Clone, Debug, PartialEq)]
pub struct Restored {
    /// The picture before anything happened to it, cut as the observed one is; that itself where there is no original.
    pub original: Rendered,
    /// The picture blurred and noisy. Missing pixels are black.
    pub observed: Rendered,
    /// What the method makes of it.
    pub restored: Rendered,
    /// The kernel that a blind method found, its largest weight white.
    pub kernel: Option<Rendered>,
    /// The numbers.
    pub facts: Facts,
}

/// How far a long job is.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// Iterations, or ways to enlarge, that are done.
    pub iteration: usize,
    /// How many there are at most.
    pub of: usize,
    /// As in [`Facts::residual`]; no number for ways to enlarge.
    pub residual: f64,
    /// Root of the mean squared error so far; no number without an original, and for ways to enlarge.
    pub rmse: f64,
    /// The picture so far, or that of the last way.
    pub picture: Rendered,
}

/// A look at an answer, as [`Aspect`](super::Aspect) asks for it.
#[derive(Clone, Debug, PartialEq)]
pub enum Insight {
    /// How large the frequencies are.
    Spectra {
        /// Logarithms of the magnitudes of the original's spectrum, of the observed one's, of the filter's, and of the
        /// restored one's. Frequency zero stands in row ⌊height/2⌋ and column ⌊width/2⌋. The last three are of the
        /// middle of the picture where it is large.
        pictures: [Rendered; 4],
        /// The numbers.
        findings: Spectra,
    },
    /// What the restored picture does not explain of the observed one.
    Residual {
        /// The residual g − h∗u, 0 as mid-grey; and its autocorrelation, likewise.
        pictures: [Rendered; 2],
        /// The numbers.
        findings: Residual,
    },
    /// What the restored picture has too much or too little.
    Difference {
        /// u − f, 0 as mid-grey.
        picture: Rendered,
        /// This much above 0 is white and this much below it black; no number, and the picture grey, where there is no
        /// original.
        scale: f64,
    },
    /// Structural similarities, whatever the picture's size.
    Similarity {
        /// Of the observed picture; no number where there is no original.
        observed: f64,
        /// Of the restored picture; likewise.
        restored: f64,
    },
}

/// Numbers of the spectra.
#[derive(Clone, Debug, PartialEq)]
pub struct Spectra {
    /// The decimal logarithms of the magnitude that are black and white, a picture. Magnitudes of pictures are those of
    /// the transform over the root of the number of pixels, so that white noise of deviation σ has the magnitude σ.
    pub ranges: [[f64; 2]; 4],
    /// The variance of the noise, with which `observed` compares: σ².
    pub noise: f64,
    /// Means over rings of frequency, from rest outwards, at most [`RINGS`] of them.
    pub profile: Vec<Ring>,
}

/// The most rings of a profile.
pub const RINGS: usize = 64;

/// Means over a ring of frequency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ring {
    /// In cycles a pixel, 0…0.5.
    pub frequency: f64,
    /// |H| of the kernel that the method was told, or found.
    pub otf: f64,
    /// |F|² of the original, a channel; no number where there is none.
    pub original: f64,
    /// |G|², a channel.
    pub observed: f64,
    /// |U|² of the restored picture, a channel.
    pub restored: f64,
    /// |U|/|G|: by the filter's own formula where it is linear, else what it came to.
    pub gain: f64,
}

/// Numbers of the residual.
#[derive(Clone, Debug, PartialEq)]
pub struct Residual {
    /// This much above 0 is white in its picture and this much below it black.
    pub scale: f64,
    /// Its root mean square, where it is known.
    pub rms: f64,
    /// What the noise alone would leave there.
    pub sigma: f64,
    /// The largest lags of the autocorrelation, rows and columns; its picture has twice as many and one.
    pub lags: [usize; 2],
    /// What is white in the picture of the autocorrelation.
    pub autocorrelation_scale: f64,
    /// The largest correlation at another lag than 0.
    pub largest: f64,
    /// White noise stays within ± this but for one lag in twenty.
    pub band: f64,
    /// How much more the correlations vary than those of white noise, in standard deviations.
    pub score: f64,
    /// Whether white noise would look like this.
    pub is_white: bool,
}
