//! Rules by which the data choose how strongly a linear filter regularises.

pub mod discrepancy;
pub mod gcv;
pub(super) mod noise;
mod search;
