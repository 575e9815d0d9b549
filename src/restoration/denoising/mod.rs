//! Denoisers: what restorations plug in, and what stands on its own.

mod chambolle;
mod dct;
mod grouped;
mod sliding_dct;

pub use chambolle::denoise_total_variation;
pub use grouped::{GROUP, Grouped};
pub use sliding_dct::SlidingDct;
