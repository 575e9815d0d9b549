//! What the reader takes away: programs, formulas and tables that give exactly what is on the screen.

mod blur;
mod csv;
mod latex;
mod numpy;
mod pytorch;

pub use blur::blur_fragment;

use super::{derived::Derived, setup::Setup};
use ndarray::ArrayView2;

/// A form of what is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A program that needs NumPy alone and builds C itself.
    NumPy,
    /// A program with PyTorch's own operations.
    PyTorch,
    /// The matrices as formulas.
    Latex,
    /// The arrays as a table, one section each.
    Csv,
}

impl Format {
    /// Every form, in the order to offer them in.
    pub const ALL: [Self; 4] = [Self::NumPy, Self::PyTorch, Self::Latex, Self::Csv];

    /// What the page calls it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::NumPy => "NumPy",
            Self::PyTorch => "PyTorch",
            Self::Latex => "LaTeX",
            Self::Csv => "CSV",
        }
    }

    /// The name of a file of it.
    #[must_use]
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::NumPy => "convolution_numpy.py",
            Self::PyTorch => "convolution_pytorch.py",
            Self::Latex => "convolution.tex",
            Self::Csv => "convolution.csv",
        }
    }

    /// The type of a file of it.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::NumPy | Self::PyTorch => "text/x-python;charset=utf-8",
            Self::Latex => "application/x-tex;charset=utf-8",
            Self::Csv => "text/csv;charset=utf-8",
        }
    }

    /// The text for a setup and what follows from it.
    #[must_use]
    pub fn text(self, setup: &Setup, derived: &Derived) -> String {
        match self {
            Self::NumPy => numpy::program(setup, derived),
            Self::PyTorch => pytorch::program(setup, derived),
            Self::Latex => latex::document(setup, derived),
            Self::Csv => csv::table(setup, derived),
        }
    }
}

/// The shortest decimal that is read back as the very same number in single precision.
fn exact(value: f32) -> String {
    (value + 0.0).to_string()
}

/// An array as nested lists of Python, a row a line; lines after the first begin with `indent` blanks.
fn python_list(array: ArrayView2<'_, f32>, indent: usize) -> String {
    let rows: Vec<String> = array
        .rows()
        .into_iter()
        .map(|row| format!("[{}]", row.iter().map(|v| exact(*v)).collect::<Vec<_>>().join(", ")))
        .collect();
    format!("[{}]", rows.join(&format!(",\n{}", " ".repeat(indent + 1))))
}

/// A pair as a tuple of Python.
fn python_pair<T: std::fmt::Display>([first, second]: [T; 2]) -> String {
    format!("({first}, {second})")
}
