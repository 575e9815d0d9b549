//! Components that more than one page uses, one a file.

pub mod drawing;
pub mod exercises;
pub mod focus;
pub mod icon;
pub mod number_grid;
pub mod saving;
pub mod segmented;
pub mod slider;
pub mod stepper;
pub mod steps;
pub mod take_away;
pub mod transport;
