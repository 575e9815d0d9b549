//! Rules by which the data choose how strongly a linear filter regularises.

pub mod discrepancy;
mod evidence;
pub mod gcv;
pub(super) mod noise;
mod search;

pub(super) use evidence::evidence;
