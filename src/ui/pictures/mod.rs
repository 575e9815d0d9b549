//! What the two picture pages share: canvases, where pictures come from, and the line to the worker.

pub mod camera;
pub mod canvas;
pub mod controls;
pub mod desk;
pub mod paste;
pub mod source;
