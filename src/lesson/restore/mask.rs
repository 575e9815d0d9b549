//! A mask of the Matrix page as a point-spread function: the very same C, grown to the size of a picture.
//!
//! The Matrix page lays its mask on the patch as it stands, which is a correlation. A blur is a convolution, so the mask is
//! turned by half a turn on its way here: both then make the same sums.

use super::{Blur, Degrade, Drawn, LARGEST_SIDE, RestoreLesson, drawn::BOUND};
use crate::lesson::{
    Lesson, Page,
    address::VERSION,
    link::{self, Writer},
};
use ndarray::{Array2, ArrayView2};

/// Entries keep so many decimals here.
const GRAIN: f32 = 0.01;
/// Entries are multiplied by whole numbers up to this to be kept exactly: 9 for a mask of ninths.
const MOST_FACTOR: u16 = 1024;

impl Drawn {
    /// The point-spread function whose convolution is the correlation with `mask`, but for a factor: the weights are
    /// scaled to a sum of 1 when they are used. The smaller side of a mask that is not square is filled up with zeros, and
    /// so is an even one, at the bottom or on the right.
    ///
    /// # Errors
    /// A sentence when the mask is empty, too large, or its entries do not sum to more than 0.
    pub fn from_mask(mask: ArrayView2<f32>) -> Result<Self, String> {
        let (rows, columns) = mask.dim();
        if rows == 0 || columns == 0 || rows.max(columns) > LARGEST_SIDE {
            return Err(format!(
                "The mask has {rows} × {columns} entries with its gaps; a blur may have 1 to {LARGEST_SIDE} each way."
            ));
        }
        let sum: f64 = mask.iter().map(|&entry| f64::from(entry)).sum();
        if !sum.is_finite() || sum <= 1e-6 {
            return Err(
                "The mask's entries do not sum to more than 0, so it would leave no light to restore: it finds \
                        edges, and is no blur."
                    .to_owned(),
            );
        }
        let side = rows.max(columns) | 1;
        let factor = factor(mask);
        let mut drawn = Self::of(side, &[]);
        // Of a kernel of k rows, row ⌊k/2⌋ is the middle.
        let [down, right] = [rows, columns].map(|count| side / 2 - count / 2);
        for ((row, column), &entry) in mask.indexed_iter() {
            drawn = drawn.with(down + rows - 1 - row, right + columns - 1 - column, entry * factor);
        }
        if drawn.kernel().is_none() {
            return Err(
                "The mask's entries all but cancel each other out, so it would leave no light to restore.".to_owned()
            );
        }
        Ok(drawn)
    }
}

/// By what to multiply so that little is lost to rounding and nothing to the bound.
fn factor(mask: ArrayView2<f32>) -> f32 {
    let largest = mask.iter().fold(0.0_f32, |largest, entry| largest.max(entry.abs()));
    let exact = |factor: &f32| {
        largest * factor <= BOUND
            && mask.iter().all(|entry| {
                let grains = entry * factor / GRAIN;
                (grains - grains.round()).abs() <= 1e-6 * grains.abs().max(1.0)
            })
    };
    (1..=MOST_FACTOR).map(f32::from).find(exact).unwrap_or(BOUND / largest)
}

impl RestoreLesson {
    /// The default with a mask of the Matrix page for its blur.
    ///
    /// # Errors
    /// As [`Drawn::from_mask`].
    pub fn from_mask(mask: ArrayView2<f32>) -> Result<Self, String> {
        Ok(Self::default().reduce(Degrade::Drawn(Drawn::from_mask(mask)?).into()))
    }
}

/// The fragment that opens the Restore page with a mask for its blur, as [`RestoreLesson::from_mask`] has it. It is written
/// here without all that the page knows of methods, for programs that do not carry it.
///
/// # Errors
/// As [`Drawn::from_mask`].
pub fn fragment(mask: ArrayView2<f32>) -> Result<String, String> {
    let drawn = Drawn::from_mask(mask)?;
    let mut link = Writer::default();
    link.field("blur", Blur::Drawn.id());
    if drawn != Drawn::default() {
        write(&drawn, &mut link);
    }
    Ok(format!("#/{}?v={VERSION}{}", Page::Restore.slug(), link.finish()))
}

/// Writes the weights into a link.
pub(super) fn write(drawn: &Drawn, link: &mut link::Writer) {
    let side = drawn.side();
    link.array("psf", &Array2::from_shape_fn((side, side), |(row, column)| drawn.weight(row, column)));
}
