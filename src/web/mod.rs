//! The browser, one concern a file.

pub mod canvas;
pub mod files;
pub mod wire;
pub mod worker_client;
pub mod worker_main;
