//! The discrete Fourier transform and the cosine transform of real pictures, planned once and used often.
//!
//! Transforms run across lanes: eight columns, or eight rows turned into columns, go through each butterfly together, so
//! that the compiler finds its vectors in straight loops and no transform steps through memory with a stride.
//!
//! Convention: X(k) = Σ x(n)·e^(−2πi·kn/N), and the inverse carries the 1/N.

mod bluestein;
mod butterflies;
mod dct;
mod lanes;
mod plan;
mod real;
pub mod reference;
mod spectrum;
mod tiles;

pub use dct::{Dct2, DctScratch};
pub use real::{RealFft2, Scratch};
pub use spectrum::Spectrum;

/// The smallest number that is at least `length` (and at least 1) and has no prime factor but 2, 3 and 5: the sizes
/// that are transformed fastest.
#[must_use]
pub fn fast_size(length: usize) -> usize {
    (length.max(1)..)
        .find(|&size| {
            let mut rest = size;
            for prime in [2, 3, 5] {
                while rest.is_multiple_of(prime) {
                    rest /= prime;
                }
            }
            rest == 1
        })
        .unwrap_or(length)
}
