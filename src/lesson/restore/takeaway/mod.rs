//! What the reader takes away: a program that restores the same picture again, and the scores as a table.

mod blocks;
mod csv;
mod methods;
mod python;

pub use csv::{Row, csv};
pub use python::{Taken, has_program, python};

/// The name of the file of the program.
pub const PYTHON_NAME: &str = "restore.py";
/// The name of the file of the table of scores.
pub const CSV_NAME: &str = "scores.csv";
/// The name under which the program looks for what was observed.
pub const OBSERVED_NAME: &str = "observed.npy";
/// The name under which the program looks for what the page restored, to compare with.
pub const RESTORED_NAME: &str = "restored.npy";
/// The type of a file of the program.
pub const PYTHON_TYPE: &str = "text/x-python;charset=utf-8";
/// The type of a file of the table.
pub const CSV_TYPE: &str = "text/csv;charset=utf-8";
