//! Each way with the kernel that takes it, on every channel, in linear light.

use super::{
    super::EngineError,
    reducing::{Ground, GroundKey, by_plane, reduction},
};
use crate::{
    convolution::{Geometry, PaddingMode, conv_transpose2d_padded, conv2d},
    imaging::Image,
    lesson::upsample::{Down, UpsampleLesson, Way},
    upsampling::{
        Before, Coordinates, Interpolation, Reduction, Resize, UpsamplingError, back_projection,
        max_pool_with_switches, max_unpool, resize_convolve, strided_gradient, sub_pixel, transposed_geometry,
        transposed_with, zero_insertion,
    },
};
use ndarray::{Array2, Array3, ArrayView2, Axis, s};

/// Runs that were shorter than this, in milliseconds, are followed by a second and by a third.
const LONGEST_AGAIN: [f64; 2] = [100.0, 15.0];

/// A layer's mask and stride.
pub(super) type MaskAndStride = (Array2<f32>, usize);

/// A way with all that it depends on beside the pictures: equal tools make equal pictures of equal ones.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tool {
    Resized(Interpolation, Coordinates),
    Transposed(Vec<MaskAndStride>),
    Shuffle(Array3<f32>),
    Convolved(Array2<f32>),
    Zeros,
    Unpooled,
    BackProjected(Reduction, usize),
    Gradient(Vec<MaskAndStride>),
}

impl Tool {
    /// The tool of a way at these settings.
    pub fn of(way: Way, question: &UpsampleLesson) -> Self {
        let work = &question.work;
        let resized = |interpolation| Self::Resized(interpolation, work.coordinates);
        let layers = || {
            let strides = work.stack.layers().iter().map(|layer| layer.stride);
            question.masks().into_iter().zip(strides).collect()
        };
        match way {
            Way::Nearest => resized(Interpolation::Nearest),
            Way::Bilinear => resized(Interpolation::Bilinear),
            Way::Bicubic => resized(if work.sharp { Interpolation::SHARP } else { Interpolation::KEYS }),
            Way::Lanczos => resized(Interpolation::Lanczos3),
            Way::Transposed => Self::Transposed(layers()),
            Way::Shuffle => Self::Shuffle(question.filters()),
            Way::Convolved => Self::Convolved(question.convolving_mask()),
            Way::Zeros => Self::Zeros,
            Way::Unpooled => Self::Unpooled,
            Way::BackProjected => {
                let known = if question.has_truth() { reduction(work.down) } else { None };
                Self::BackProjected(known.unwrap_or(Reduction::Box), work.rounds)
            }
            Way::Gradient => Self::Gradient(layers()),
        }
    }

    /// Whether it begins with the large picture and not with the small one.
    pub fn is_of_truth(&self) -> bool {
        matches!(self, Self::Unpooled | Self::Gradient(_))
    }

    /// What of the ground a result depends on: what begins with the large picture does not ask for the way down.
    pub fn ground_key(&self, ground: &GroundKey) -> GroundKey {
        let down = if self.is_of_truth() { Down::Box } else { ground.down };
        GroundKey { down, ..ground.clone() }
    }

    /// The large picture, and the milliseconds that the kernel took by this clock. Where it is to be timed well and runs
    /// are short it is run again, and the shortest counts: the first finds nothing prepared.
    pub fn enlarge(&self, ground: &Ground, clock: &dyn Fn() -> f64, timed: bool) -> Result<(Image, f64), EngineError> {
        let (image, mut best) = self.run(ground, clock)?;
        for longest in LONGEST_AGAIN.into_iter().filter(|_| timed) {
            // Without a clock a time is no number, and not less than any.
            if best < longest {
                best = best.min(self.run(ground, clock)?.1);
            }
        }
        Ok((image, best))
    }

    /// One run.
    fn run(&self, ground: &Ground, clock: &dyn Fn() -> f64) -> Result<(Image, f64), EngineError> {
        let scale = ground.key.scale;
        let from = match &ground.truth {
            Some(truth) if self.is_of_truth() => &truth.image,
            _ => &ground.small.image,
        };
        let size = ground.small.image.size();
        let mut millis = 0.0;
        let mut plan = None;
        if let Self::Resized(interpolation, coordinates) = self {
            let start = clock();
            plan = Some(Resize::new(size, size.map(|side| side * scale), *interpolation, *coordinates)?);
            millis += clock() - start;
        }
        let mut image = by_plane(from, |plane| {
            let start = clock();
            let large = match (self, &plan) {
                (Self::Resized(..), Some(plan)) => plan.apply(plane)?,
                (Self::Resized(..) | Self::Zeros, _) => zero_insertion(plane, scale)?,
                (Self::Transposed(layers), _) => painted(plane, layers)?,
                (Self::Shuffle(filters), _) => sub_pixel(plane, filters.view(), scale)?,
                (Self::Convolved(mask), _) => resize_convolve(plane, scale, Before::Nearest, mask.view())?,
                (Self::Unpooled, _) => {
                    let (maxima, switches) = max_pool_with_switches(plane, scale)?;
                    max_unpool(maxima.view(), switches.view(), scale)?
                }
                (Self::BackProjected(reduction, rounds), _) => back_projection(plane, scale, *reduction, *rounds)?,
                (Self::Gradient(layers), _) => gradient(plane, layers)?,
            };
            millis += clock() - start;
            Ok(large)
        })?;
        if let Self::Gradient(_) = self {
            brighten(&mut image, from);
        }
        Ok((image, millis))
    }
}

/// The layers one after another, each cropped so that it enlarges exactly by its stride: what the lab's layers crop by
/// themselves does not matter here.
fn painted(plane: ArrayView2<f32>, layers: &[MaskAndStride]) -> Result<Array2<f32>, UpsamplingError> {
    let mut painted: Option<Array2<f32>> = None;
    for (mask, stride) in layers {
        let geometry = transposed_geometry(mask.dim().into(), *stride)?;
        let from = painted.as_ref().map_or(plane, |painted| painted.view());
        painted = Some(transposed_with(from, mask.view(), &geometry)?);
    }
    Ok(painted.unwrap_or_else(|| plane.to_owned()))
}

/// What strided convolutions with these masks send back to their input, the last of the list being the first on the way
/// down: the gradient of half the square of what arrives below.
fn gradient(plane: ArrayView2<f32>, layers: &[MaskAndStride]) -> Result<Array2<f32>, UpsamplingError> {
    let Some(((mask, stride), below)) = layers.split_last() else { return Ok(plane.to_owned()) };
    if below.is_empty() {
        return strided_gradient(plane, mask.view(), *stride);
    }
    let geometry = Geometry { stride: [*stride; 2], ..Geometry::default() };
    let weight = mask.view().insert_axis(Axis(0)).insert_axis(Axis(0));
    let convolved = conv2d(plane.insert_axis(Axis(0)).insert_axis(Axis(0)), weight, &geometry)?;
    let back = gradient(convolved.slice(s![0, 0, .., ..]), below)?;
    let back = back.view().insert_axis(Axis(0)).insert_axis(Axis(0));
    let back = conv_transpose2d_padded(back, weight, plane.dim().into(), &geometry, PaddingMode::Zero)?;
    Ok(back.slice_move(s![0, 0, .., ..]))
}

/// Whether the strided convolutions of [`gradient`] find a pixel to begin with in a picture of these rows and columns.
pub(super) fn has_gradient(size: [usize; 2], layers: &[MaskAndStride]) -> bool {
    size.iter().all(|side| {
        let mut left = *side;
        layers.iter().rev().all(|(mask, stride)| {
            let fits = mask.nrows() <= left;
            left = left.saturating_sub(mask.nrows()) / stride + 1;
            fits
        })
    })
}

/// Gives a picture the mean brightness of another: a gradient's own depends on the sum of the masks alone. One that has
/// no brightness stays.
fn brighten(picture: &mut Image, like: &Image) {
    let mean =
        |image: &Image| image.data().iter().map(|value| f64::from(*value)).sum::<f64>() / image.data().len() as f64;
    let factor = (mean(like) / mean(picture)) as f32;
    if factor.is_finite() && factor > 0.0 {
        picture.data_mut().iter_mut().for_each(|value| *value *= factor);
    }
}
