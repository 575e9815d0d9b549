//! Pictures as files to take away with more than a browser's eight bits.

mod npy;
mod png16;

pub use npy::npy;
pub use png16::png16;
