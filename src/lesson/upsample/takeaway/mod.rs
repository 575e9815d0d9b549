//! What the reader takes away: programs that enlarge the same way again, and scores and counts as tables.

mod blocks;
mod csv;
mod numpy;
mod pytorch;
mod settings;

pub use csv::{Scored, counts_csv, scores_csv};
pub use numpy::numpy;
pub use pytorch::pytorch;

/// The name of the file of the program for NumPy.
pub const NUMPY_NAME: &str = "upsample_numpy.py";
/// The name of the file of the program for PyTorch.
pub const PYTORCH_NAME: &str = "upsample_pytorch.py";
/// The name of the file of the table of scores.
pub const SCORES_NAME: &str = "scores.csv";
/// The name of the file of the table of counts.
pub const COUNTS_NAME: &str = "overlap.csv";
/// The name under which programs look for a picture: its pixels in linear light.
pub const PIXELS_NAME: &str = "picture.npy";
/// The name under which programs look for a picture where there is none of [`PIXELS_NAME`].
pub const PICTURE_NAME: &str = "picture.png";
/// The type of a file of a program.
pub const PYTHON_TYPE: &str = "text/x-python;charset=utf-8";
/// The type of a file of a table.
pub const CSV_TYPE: &str = "text/csv;charset=utf-8";
