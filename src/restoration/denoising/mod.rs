//! Denoisers: what restorations plug in, and what stands on its own.

mod chambolle;
mod dct;
mod grouped;
mod sliding_dct;

pub use chambolle::denoise_total_variation;
pub use grouped::{Grouped, LARGEST_GROUP};
pub use sliding_dct::SlidingDct;
