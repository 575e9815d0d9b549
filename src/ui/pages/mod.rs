//! The pages, one each.

pub mod matrix;
