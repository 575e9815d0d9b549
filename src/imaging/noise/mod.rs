//! Seeded noise that is the same on every machine, whichever thread makes which channel.
//!
//! Every channel of every kind of noise has a stream of numbers of its own, which seed, kind and channel give. So the
//! planes of a picture may be degraded apart from each other, in any order, and two kinds with one seed do not follow
//! each other. A Poisson count takes as many numbers from its stream as it needs, so there a pixel's value moves the noise
//! of those after it; elsewhere it does not.

mod gaussian;
mod impulse;
mod missing;
mod poisson;
mod random;

pub use gaussian::{add_gaussian, add_gaussian_to_channel};
pub use impulse::{add_salt_and_pepper, add_salt_and_pepper_to_channel};
pub use missing::{hide, known_pixels};
pub use poisson::{add_poisson, add_poisson_to_channel, poisson};
pub use random::Random;

/// What a stream is for.
#[derive(Clone, Copy)]
enum Kind {
    Gaussian = 0,
    Poisson = 1,
    Impulse = 2,
    Missing = 3,
}

/// The stream of a kind of noise for a channel.
fn stream(seed: u64, kind: Kind, channel: usize) -> Random {
    let place = (channel as u64) << 8 | kind as u64;
    // Gaussian noise of the first channel is that of links from before there were kinds.
    if place == 0 {
        return Random::new(seed);
    }
    // Neighbouring states are neighbouring places in one stream; only mixed ones are far apart.
    Random::new(Random::new(seed ^ Random::new(place).bits()).bits())
}
