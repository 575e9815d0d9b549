//! Sizes and geometry as the reader sets them: each setting with the values that are legal just now, and a sentence for
//! a wish that is not.

use super::setup::{MASK_LIMIT, STAGE_LIMIT, Setup, size};
use crate::convolution::PaddingMode;
use ndarray::Array2;
use std::ops::RangeInclusive;

/// One number of the sizes or the geometry. Axes and sides are those of the patch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Setting {
    /// Rows of the patch.
    PatchRows,
    /// Columns of the patch.
    PatchColumns,
    /// Rows of the mask.
    MaskRows,
    /// Columns of the mask.
    MaskColumns,
    /// Step from row to row.
    StrideRows,
    /// Step from column to column.
    StrideColumns,
    /// Rows added above.
    PaddingTop,
    /// Rows added below.
    PaddingBottom,
    /// Columns added at the left.
    PaddingLeft,
    /// Columns added at the right.
    PaddingRight,
    /// Distance of the mask's rows.
    DilationRows,
    /// Distance of the mask's columns.
    DilationColumns,
    /// Rows added to the transposed result.
    OutputPaddingRows,
    /// Columns added to the transposed result.
    OutputPaddingColumns,
}

/// The largest padding, stride or dilation on offer: beyond, a mask of five on a patch of twelve shows nothing new.
const STEP_LIMIT: usize = 12;

impl Setting {
    /// The values that could ever be legal.
    #[must_use]
    pub const fn bounds(self) -> RangeInclusive<usize> {
        match self {
            Self::PatchRows | Self::PatchColumns => 1..=STAGE_LIMIT,
            Self::MaskRows | Self::MaskColumns => 1..=MASK_LIMIT,
            Self::StrideRows | Self::StrideColumns | Self::DilationRows | Self::DilationColumns => 1..=STEP_LIMIT,
            Self::PaddingTop | Self::PaddingBottom | Self::PaddingLeft | Self::PaddingRight => 0..=STEP_LIMIT,
            Self::OutputPaddingRows | Self::OutputPaddingColumns => 0..=STEP_LIMIT,
        }
    }

    /// Its name in a sentence.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PatchRows | Self::PatchColumns => "The patch’s size",
            Self::MaskRows | Self::MaskColumns => "The mask’s size",
            Self::StrideRows | Self::StrideColumns => "The stride",
            Self::PaddingTop | Self::PaddingBottom | Self::PaddingLeft | Self::PaddingRight => "The padding",
            Self::DilationRows | Self::DilationColumns => "The dilation",
            Self::OutputPaddingRows | Self::OutputPaddingColumns => "The output_padding",
        }
    }
}

impl Setup {
    /// The value of a setting.
    #[must_use]
    pub fn value(&self, setting: Setting) -> usize {
        let geometry = &self.geometry;
        match setting {
            Setting::PatchRows => self.patch.nrows(),
            Setting::PatchColumns => self.patch.ncols(),
            Setting::MaskRows => self.mask.nrows(),
            Setting::MaskColumns => self.mask.ncols(),
            Setting::StrideRows => geometry.stride[0],
            Setting::StrideColumns => geometry.stride[1],
            Setting::PaddingTop => geometry.padding[0][0],
            Setting::PaddingBottom => geometry.padding[0][1],
            Setting::PaddingLeft => geometry.padding[1][0],
            Setting::PaddingRight => geometry.padding[1][1],
            Setting::DilationRows => geometry.dilation[0],
            Setting::DilationColumns => geometry.dilation[1],
            Setting::OutputPaddingRows => self.shown_output_padding()[0],
            Setting::OutputPaddingColumns => self.shown_output_padding()[1],
        }
    }

    /// The output padding in force: the reader's own, or what the padding mode prescribes.
    #[must_use]
    pub fn shown_output_padding(&self) -> [usize; 2] {
        match self.mode {
            PaddingMode::Zero => self.geometry.output_padding,
            _ => self.fitting_output_padding(),
        }
    }

    /// This setup with `settings` all at `value`.
    ///
    /// A patch that grows repeats itself, a mask that grows gains zeros. An output padding that a smaller stride or
    /// dilation no longer allows shrinks with it: it is the one wish that another may overrule.
    ///
    /// # Errors
    /// A sentence that says why the wish is illegal, and what to do.
    pub fn with(&self, settings: &[Setting], value: usize) -> Result<Self, String> {
        let mut next = self.clone();
        for setting in settings {
            let bounds = setting.bounds();
            if !bounds.contains(&value) {
                return Err(format!("{} goes from {} to {}.", setting.name(), bounds.start(), bounds.end()));
            }
            let geometry = &mut next.geometry;
            match setting {
                Setting::PatchRows => next.patch = repeated(&self.patch, [value, next.patch.ncols()]),
                Setting::PatchColumns => next.patch = repeated(&next.patch, [next.patch.nrows(), value]),
                Setting::MaskRows => next.mask = with_zeros(&next.mask, [value, next.mask.ncols()]),
                Setting::MaskColumns => next.mask = with_zeros(&next.mask, [next.mask.nrows(), value]),
                Setting::StrideRows => geometry.stride[0] = value,
                Setting::StrideColumns => geometry.stride[1] = value,
                Setting::PaddingTop => geometry.padding[0][0] = value,
                Setting::PaddingBottom => geometry.padding[0][1] = value,
                Setting::PaddingLeft => geometry.padding[1][0] = value,
                Setting::PaddingRight => geometry.padding[1][1] = value,
                Setting::DilationRows => geometry.dilation[0] = value,
                Setting::DilationColumns => geometry.dilation[1] = value,
                Setting::OutputPaddingRows => geometry.output_padding[0] = value,
                Setting::OutputPaddingColumns => geometry.output_padding[1] = value,
            }
        }
        if settings.iter().any(|setting| setting.is_output_padding()) {
            next.check_output_padding()?;
        } else {
            for axis in 0..2 {
                let limit = next.geometry.stride[axis].max(next.geometry.dilation[axis]) - 1;
                next.geometry.output_padding[axis] = next.geometry.output_padding[axis].min(limit);
            }
        }
        next.sizes()?;
        Ok(next)
    }

    /// This setup with another padding mode. An output padding from before, out of sight in the modes other than zero,
    /// never bars the way back: if it no longer works, the fitting one takes its place.
    ///
    /// # Errors
    /// A sentence when the padding in force is more than the mode can fill.
    pub fn with_mode(&self, mode: PaddingMode) -> Result<Self, String> {
        let mut next = Self { mode, ..self.clone() };
        if mode == PaddingMode::Zero && next.sizes().is_err() {
            next.geometry.output_padding = next.fitting_output_padding();
        }
        next.sizes().map(|_| next)
    }

    /// The legal values of `settings` around the present one, all of them moved together.
    #[must_use]
    pub fn legal(&self, settings: &[Setting]) -> RangeInclusive<usize> {
        let Some(first) = settings.first() else { return 0..=0 };
        let (bounds, now) = (first.bounds(), self.value(*first));
        let legal = |value: &usize| self.with(settings, *value).is_ok();
        let lowest = (*bounds.start()..now).rev().take_while(legal).last().unwrap_or(now);
        let highest = (now + 1..=*bounds.end()).take_while(legal).last().unwrap_or(now);
        lowest..=highest
    }

    fn check_output_padding(&self) -> Result<(), String> {
        if self.mode != PaddingMode::Zero {
            return Err(format!(
                "With padding mode {} the transposed result is folded back into the patch, so output_padding follows \
                 from the sizes: choose mode zero to set it.",
                self.mode.slug()
            ));
        }
        for axis in 0..2 {
            let limit = self.geometry.stride[axis].max(self.geometry.dilation[axis]);
            if self.geometry.output_padding[axis] >= limit {
                return Err(format!(
                    "The output_padding has to be smaller than the larger of stride and dilation, which is {limit}: more \
                     would add {} that no number of E reaches.",
                    ["rows", "columns"][axis]
                ));
            }
        }
        Ok(())
    }
}

impl Setting {
    const fn is_output_padding(self) -> bool {
        matches!(self, Self::OutputPaddingRows | Self::OutputPaddingColumns)
    }
}

/// `array` cut to `size`, or repeated to fill it.
fn repeated(array: &Array2<f32>, new: [usize; 2]) -> Array2<f32> {
    let [rows, columns] = size(array);
    Array2::from_shape_fn((new[0], new[1]), |(row, column)| array[[row % rows, column % columns]])
}

/// `array` cut to `size`, or with zeros after its last row and column.
fn with_zeros(array: &Array2<f32>, new: [usize; 2]) -> Array2<f32> {
    Array2::from_shape_fn((new[0], new[1]), |at| array.get(at).copied().unwrap_or(0.0))
}
