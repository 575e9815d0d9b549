//! What the reader has chosen: the numbers, and how the mask moves over them. Everything else follows from this.

use super::{preset, wiring::Sizes};
use crate::convolution::{ConvolutionError, Geometry, PaddingMode, flip_mask};
use ndarray::Array2;

/// The most rows and columns that an array of the stage may have.
pub const STAGE_LIMIT: usize = 12;
/// The most rows and columns that a mask may have.
pub const MASK_LIMIT: usize = 5;

/// Patch, mask and E, and the geometry between them.
///
/// A lesson only ever holds setups that [`Setup::sizes`] accepts.
#[derive(Clone, Debug, PartialEq)]
pub struct Setup {
    /// The patch D, at most [`STAGE_LIMIT`] × [`STAGE_LIMIT`].
    pub patch: Array2<f32>,
    /// The mask as the reader has written it, at most [`MASK_LIMIT`] × [`MASK_LIMIT`].
    pub mask: Array2<f32>,
    /// The reader's own E. Without one, or when it no longer fits, E is the convolution's result.
    pub input: Option<Array2<f32>>,
    /// Stride, padding, dilation and output padding; always one group.
    pub geometry: Geometry,
    /// What stands in the padding.
    pub mode: PaddingMode,
    /// Whether the mask is turned by 180° first: the convolution of signal processing, not a correlation.
    pub flip: bool,
}

impl Default for Setup {
    /// The worked example.
    fn default() -> Self {
        Self {
            patch: preset::worked_patch(),
            mask: preset::worked_mask(),
            input: None,
            geometry: Geometry::default(),
            mode: PaddingMode::Zero,
            flip: false,
        }
    }
}

impl Setup {
    /// The sizes of all arrays.
    ///
    /// # Errors
    /// A sentence that says which wish is illegal, and what to do.
    pub fn sizes(&self) -> Result<Sizes, String> {
        let (patch, mask) = (size(&self.patch), size(&self.mask));
        for (name, [rows, columns], limit) in [("patch", patch, STAGE_LIMIT), ("mask", mask, MASK_LIMIT)] {
            if rows == 0 || columns == 0 || rows > limit || columns > limit {
                return Err(format!("A {name} has 1 to {limit} rows and columns here, and not {rows} × {columns}."));
            }
        }
        let spans: [usize; 2] = std::array::from_fn(|axis| (mask[axis] - 1) * self.geometry.dilation[axis] + 1);
        let padded: [usize; 2] =
            std::array::from_fn(|axis| patch[axis] + self.geometry.padding[axis].iter().sum::<usize>());
        if self.geometry.dilation.iter().all(|d| *d > 0) && (spans[0] > padded[0] || spans[1] > padded[1]) {
            return Err(format!(
                "The mask covers {} × {} cells, the padded patch has only {} × {}: add padding, take a smaller mask or \
                 less dilation, or enlarge the patch.",
                spans[0], spans[1], padded[0], padded[1]
            ));
        }
        let result = self.geometry.output_size(patch, mask).map_err(sentence)?;
        within_stage("result", result, "take less padding or a larger stride")?;
        if let Some(axis) = (0..2).find(|axis| {
            let limit = self.mode.limit(patch[*axis]);
            limit.is_some_and(|limit| self.geometry.padding[*axis].iter().any(|padding| *padding > limit))
        }) {
            return Err(format!(
                "Padding mode {} takes its numbers from the patch and can add at most {} here: take less padding, a \
                 larger patch or mode zero.",
                self.mode.slug(),
                self.mode.limit(patch[axis]).unwrap_or_default(),
            ));
        }
        let grown = match self.mode {
            PaddingMode::Zero => self.geometry.transposed_output_size(result, mask).map_err(|error| match error {
                ConvolutionError::NothingLeft { axis, span, cropped } => format!(
                    "The transposed result would have {span} {axis}, and the padding crops {cropped}, so nothing is left: \
                     take less padding or a smaller stride."
                ),
                other => sentence(other),
            })?,
            // The margin is folded back into the patch, which therefore has to be as large as it was.
            _ => patch,
        };
        within_stage("transposed result", grown, "take a smaller output_padding")?;
        Ok(Sizes { patch, mask, result, grown })
    }

    /// The mask as it is laid on the patch: turned by 180° if the reader wants so.
    #[must_use]
    pub fn laid_mask(&self) -> Array2<f32> {
        if self.flip { flip_mask(self.mask.view()) } else { self.mask.clone() }
    }

    /// The output padding with which the transposed result has the size of the patch again: what the stride has left
    /// over, (in + p₀ + p₁ − d(k−1) − 1) mod s on each axis.
    #[must_use]
    pub fn fitting_output_padding(&self) -> [usize; 2] {
        let (patch, mask) = (size(&self.patch), size(&self.mask));
        std::array::from_fn(|axis| {
            let padded = patch[axis] + self.geometry.padding[axis].iter().sum::<usize>();
            let span = (mask[axis] - 1) * self.geometry.dilation[axis] + 1;
            padded.saturating_sub(span) % self.geometry.stride[axis].max(1)
        })
    }
}

/// Rows and columns.
#[must_use]
pub fn size(array: &Array2<f32>) -> [usize; 2] {
    [array.nrows(), array.ncols()]
}

fn within_stage(name: &str, [rows, columns]: [usize; 2], remedy: &str) -> Result<(), String> {
    if rows <= STAGE_LIMIT && columns <= STAGE_LIMIT {
        return Ok(());
    }
    Err(format!(
        "The {name} would be {rows} × {columns}; the stage has room for {STAGE_LIMIT} × {STAGE_LIMIT}: {remedy}."
    ))
}

/// An error of the kernels as a sentence of the page.
fn sentence(error: impl ToString) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_ascii_uppercase(), letters.as_str()))
}
