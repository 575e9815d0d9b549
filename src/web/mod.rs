//! The browser, one concern a file.

pub mod camera;
pub mod canvas;
pub mod comparison;
pub mod download;
pub mod events;
pub mod files;
pub mod frames;
pub mod location;
pub mod palette;
pub mod problem;
pub mod resize;
pub mod snapshot;
pub mod theme;
pub mod wire;
pub mod worker_client;
pub mod worker_main;
