//! The pages, one each.

pub mod matrix;
pub mod restore;
pub mod upsample;
