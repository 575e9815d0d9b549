//! The pages, one each.

pub mod matrix;
pub mod restore;
