//! The browser, one concern a file.

pub mod events;
pub mod frames;
pub mod location;
pub mod problem;
pub mod resize;
pub mod theme;
