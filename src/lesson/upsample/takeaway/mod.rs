//! What the reader takes away: programs that enlarge the same way again, and scores and counts as tables.

mod blocks;
mod csv;
mod numpy;
mod pytorch;
mod settings;

use super::{UpsampleLesson, View};
pub use csv::{Scored, counts_csv, scores_csv};
pub use numpy::numpy;
pub use pytorch::{in_short, pytorch};

/// What a program is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Library {
    /// PyTorch.
    PyTorch,
    /// NumPy alone.
    NumPy,
}

impl Library {
    /// Both, with their words in messages.
    pub const ALL: [(Self, &'static str); 2] = [(Self::PyTorch, "pytorch"), (Self::NumPy, "numpy")];

    /// The program for it: see [`pytorch()`] and [`numpy()`].
    #[must_use]
    pub fn program(self, lesson: &UpsampleLesson) -> String {
        match self {
            Self::PyTorch => pytorch(lesson),
            Self::NumPy => numpy(lesson),
        }
    }
}

/// These settings with everything at its default that no program depends on. Equal settings have equal programs; those of
/// the lab begin with what it shows, and others with the pictures.
#[must_use]
pub fn programmed(lesson: &UpsampleLesson) -> UpsampleLesson {
    let view = if lesson.view == View::Overlap { View::Overlap } else { View::Pictures };
    UpsampleLesson { work: lesson.work.clone(), weighted: lesson.weighted, view, ..UpsampleLesson::default() }
}

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
