//! Resizing a plane to any size: nearest, bilinear, bicubic, Lanczos, under every coordinate rule.
//!
//! A [`Resize`] is the plan for one size: it holds the weights of both axes and applies them to as many planes as
//! there are. A picture of several channels is several planes. The weights of an axis are a sparse matrix; a result
//! is rows · plane · columnsᵀ, computed a row at a time.

mod coordinates;
mod filter;
mod passes;
mod reference;
mod weights;

pub use coordinates::{Coordinates, Fit, Outside, Rounding, Sampling};
pub use filter::Interpolation;

pub(super) use passes::{Scratch, run};
pub(super) use weights::Weights;

use ndarray::{Array2, ArrayView2, ArrayViewMut2};

use super::UpsamplingError;
use super::error::largest_scale;
use crate::convolution::MAX_ELEMENTS;
use weights::Rule;

/// The plan to resize planes of one size. Sizes are [rows, columns].
///
/// At the rim the nearest pixel is repeated, unless the plan is [`antialiased`](Resize::antialiased) or told
/// [otherwise](Resize::outside). Pixels must be finite: others may spread a little further than the kernel reaches.
#[derive(Clone, Debug)]
pub struct Resize {
    input: [usize; 2],
    samplings: [Sampling; 2],
    rule: Rule,
    weights: [Weights; 2],
    scratch: Scratch,
}

impl Resize {
    /// A plan to make planes of size `output` from planes of size `input`; the scale of an axis is the ratio of both.
    ///
    /// # Errors
    /// A size is 0, the result would have more than [`MAX_ELEMENTS`] pixels, a side is too long for its table of
    /// weights, or the slope of a bicubic kernel is no number.
    pub fn new(
        input: [usize; 2],
        output: [usize; 2],
        interpolation: Interpolation,
        coordinates: Coordinates,
    ) -> Result<Self, UpsamplingError> {
        let samplings = [0, 1].map(|i| coordinates.sampling(input[i], output[i], output[i] as f64 / input[i] as f64));
        Self::sampled(input, output, samplings, interpolation)
    }

    /// A plan to enlarge (or reduce, below 1) by `scale` along rows and columns: the result has ⌊input · scale⌋
    /// pixels, and positions follow from the scale itself, also where it was rounded (PyTorch with
    /// `recompute_scale_factor=False`, ONNX with scales). A product that misses a whole number by no more than
    /// double precision does is that number.
    ///
    /// # Errors
    /// A scale is not a number above 0 or leaves no pixel, and those of [`Resize::new`].
    pub fn by_scale(
        input: [usize; 2],
        scale: [f64; 2],
        interpolation: Interpolation,
        coordinates: Coordinates,
    ) -> Result<Self, UpsamplingError> {
        let output = scaled(input, scale, longest_side(interpolation))?;
        let samplings = [0, 1].map(|i| coordinates.sampling(input[i], output[i], scale[i]));
        Self::sampled(input, output, samplings, interpolation)
    }

    /// A plan to fit planes into `bounds` and keep their shape: one scale for both axes, sides rounded to the nearest
    /// pixel, halves up, positions by that scale.
    ///
    /// # Errors
    /// Those of [`Resize::new`].
    pub fn fitted(
        input: [usize; 2],
        bounds: [usize; 2],
        fit: Fit,
        interpolation: Interpolation,
        coordinates: Coordinates,
    ) -> Result<Self, UpsamplingError> {
        if input.contains(&0) {
            return Err(UpsamplingError::EmptyPlane);
        }
        let [down, across] = [0, 1].map(|i| bounds[i] as f64 / input[i] as f64);
        let scale = match fit {
            Fit::NotLarger => down.min(across),
            Fit::NotSmaller => down.max(across),
        };
        let output = input.map(|side| (side as f64 * scale + 0.5).floor() as usize);
        let samplings = [0, 1].map(|i| coordinates.sampling(input[i], output[i], scale));
        Self::sampled(input, output, samplings, interpolation)
    }

    /// A plan for positions of one's own along rows and columns.
    ///
    /// # Errors
    /// A position is no number or lies millions of pixels off, and those of [`Resize::new`].
    pub fn sampled(
        input: [usize; 2],
        output: [usize; 2],
        samplings: [Sampling; 2],
        interpolation: Interpolation,
    ) -> Result<Self, UpsamplingError> {
        check(input, output, interpolation)?;
        for (sampling, outputs) in samplings.iter().zip(output) {
            let near = |position: f64| position.abs() <= longest_side(interpolation) as f64;
            if ![sampling.first, sampling.position(outputs - 1), sampling.step].into_iter().all(near) {
                return Err(UpsamplingError::BadPosition);
            }
        }
        let rule = Rule { interpolation, rounding: Rounding::default(), outside: Outside::Repeated, antialias: false };
        Ok(Self::planned(input, output, samplings, rule))
    }

    fn planned(input: [usize; 2], output: [usize; 2], samplings: [Sampling; 2], rule: Rule) -> Self {
        let weights = [0, 1].map(|i| Weights::new(input[i], output[i], samplings[i], &rule));
        Self { input, samplings, rule, weights, scratch: Scratch::default() }
    }

    fn with_rule(self, rule: Rule) -> Self {
        Self::planned(self.input, self.output_size(), self.samplings, rule)
    }

    /// The same plan with kernels that grow where it reduces, so that every pixel of the input counts, and pixels
    /// beyond the rim left out: Pillow's rule, and PyTorch's with `antialias=True`. Where it enlarges the kernels
    /// stay. Nothing changes but the rim's rule for [`Interpolation::Nearest`].
    #[must_use]
    pub fn antialiased(self) -> Self {
        let rule = Rule { antialias: true, outside: Outside::LeftOut, ..self.rule };
        self.with_rule(rule)
    }

    /// The same plan with another rule for what lies beyond the rim.
    #[must_use]
    pub fn outside(self, outside: Outside) -> Self {
        let rule = Rule { outside, ..self.rule };
        self.with_rule(rule)
    }

    /// The same plan with another rule for the nearest pixel.
    #[must_use]
    pub fn rounding(self, rounding: Rounding) -> Self {
        let rule = Rule { rounding, ..self.rule };
        self.with_rule(rule)
    }

    /// The weights of an axis of an [antialiased](Resize::antialiased) plan; both lengths are at least 1.
    pub(super) fn antialiased_axis(
        inputs: usize,
        outputs: usize,
        interpolation: Interpolation,
        coordinates: Coordinates,
    ) -> Weights {
        let rule = Rule { interpolation, rounding: Rounding::default(), outside: Outside::LeftOut, antialias: true };
        Weights::new(inputs, outputs, coordinates.sampling(inputs, outputs, outputs as f64 / inputs as f64), &rule)
    }

    /// ⌊input · scale⌋ along both axes, as [`Resize::by_scale`] takes it, however long a side may be for an interpolation.
    ///
    /// # Errors
    /// A scale is not a number above 0, the input is empty, or the result would be empty or have more than
    /// [`MAX_ELEMENTS`] pixels.
    pub fn scaled_size(input: [usize; 2], scale: [f64; 2]) -> Result<[usize; 2], UpsamplingError> {
        scaled(input, scale, usize::MAX)
    }

    /// Rows and columns of the planes it takes.
    #[must_use]
    pub const fn input_size(&self) -> [usize; 2] {
        self.input
    }

    /// Rows and columns of the result.
    #[must_use]
    pub fn output_size(&self) -> [usize; 2] {
        [self.weights[0].outputs(), self.weights[1].outputs()]
    }

    /// Resizes a plane.
    ///
    /// # Errors
    /// The plane is not of the plan's size.
    pub fn apply(&self, plane: ArrayView2<f32>) -> Result<Array2<f32>, UpsamplingError> {
        let mut output = Array2::zeros(self.output_size());
        self.check_plane(plane)?;
        self.fill(plane, output.view_mut(), &mut Scratch::default());
        Ok(output)
    }

    /// Resizes a plane into an array that is there already. After the first time nothing is allocated, if rows of both
    /// are in one piece and there is no [value outside](Outside::Value).
    ///
    /// # Errors
    /// The plane or the output is not of the plan's size; the output is then left as it was.
    pub fn apply_into(&mut self, plane: ArrayView2<f32>, output: ArrayViewMut2<f32>) -> Result<(), UpsamplingError> {
        self.check_plane(plane)?;
        check_array(self.output_size(), output.dim())?;
        let mut scratch = std::mem::take(&mut self.scratch);
        self.fill(plane, output, &mut scratch);
        self.scratch = scratch;
        Ok(())
    }

    /// Resizes a plane the plain way, pixel by pixel in double precision from the kernel's formula: slow, and the
    /// judge of [`Resize::apply`].
    ///
    /// # Errors
    /// The plane is not of the plan's size.
    pub fn apply_plainly(&self, plane: ArrayView2<f32>) -> Result<Array2<f32>, UpsamplingError> {
        self.check_plane(plane)?;
        Ok(reference::resize(plane, self.output_size(), self.samplings, &self.rule))
    }

    /// The adjoint: a plane of the output's size back to one of the input's, each pixel spread with the weights it
    /// was summed with, so that ⟨apply(x), y⟩ = ⟨x, `apply_transposed`(y)⟩. A value [outside](Outside::Value) is a
    /// constant and has no part in it.
    ///
    /// # Errors
    /// The plane is not of the size of the plan's results.
    pub fn apply_transposed(&self, plane: ArrayView2<f32>) -> Result<Array2<f32>, UpsamplingError> {
        check_array(self.output_size(), plane.dim())?;
        let mut masked;
        let plane = if let Outside::Value(_) = self.rule.outside {
            masked = plane.to_owned();
            self.fill_outside(masked.view_mut(), 0.0);
            masked.view()
        } else {
            plane
        };
        let [rows, columns] = self.weights.each_ref().map(Weights::transposed);
        let mut output = Array2::zeros(self.input);
        run(&rows, &columns, plane, output.view_mut(), &mut Scratch::default());
        Ok(output)
    }

    fn check_plane(&self, plane: ArrayView2<f32>) -> Result<(), UpsamplingError> {
        check_array(self.input, plane.dim())
    }

    fn fill(&self, plane: ArrayView2<f32>, mut output: ArrayViewMut2<f32>, scratch: &mut Scratch) {
        let [rows, columns] = &self.weights;
        run(rows, columns, plane, output.view_mut(), scratch);
        if let Outside::Value(value) = self.rule.outside {
            self.fill_outside(output, value);
        }
    }

    /// Writes `value` where a position lies outside the centres of the rim.
    fn fill_outside(&self, mut output: ArrayViewMut2<f32>, value: f32) {
        let beyond = |axis: usize, o: usize| {
            let position = self.samplings[axis].position(o);
            position < 0.0 || position > (self.input[axis] - 1) as f64
        };
        let columns: Vec<usize> = (0..output.ncols()).filter(|&x| beyond(1, x)).collect();
        for (y, mut row) in output.rows_mut().into_iter().enumerate() {
            if beyond(0, y) {
                row.fill(value);
            } else {
                columns.iter().for_each(|&x| row[x] = value);
            }
        }
    }
}

/// Resizes one plane to `output` [rows, columns]: a [`Resize`] for once, [antialiased](Resize::antialiased) if
/// `antialias` is set.
///
/// # Errors
/// Those of [`Resize::new`].
pub fn resize(
    plane: ArrayView2<f32>,
    output: [usize; 2],
    interpolation: Interpolation,
    coordinates: Coordinates,
    antialias: bool,
) -> Result<Array2<f32>, UpsamplingError> {
    let plan = Resize::new(plane.dim().into(), output, interpolation, coordinates)?;
    if antialias { plan.antialiased().apply(plane) } else { plan.apply(plane) }
}

/// Resizes a plane to `factor` times its size, pixel centres aligned.
pub(super) fn enlarge(
    plane: ArrayView2<f32>,
    factor: usize,
    interpolation: Interpolation,
) -> Result<Array2<f32>, UpsamplingError> {
    let output = enlarged_size(plane.dim().into(), factor, interpolation)?;
    resize(plane, output, interpolation, Coordinates::HalfPixel, false)
}

/// The size that [`enlarge`] makes of a plane, once nothing is left that it would refuse.
pub(super) fn enlarged_size(
    input: [usize; 2],
    factor: usize,
    interpolation: Interpolation,
) -> Result<[usize; 2], UpsamplingError> {
    if factor == 0 {
        return Err(UpsamplingError::ZeroFactor);
    }
    // What is beyond all sizes is refused as any other that is too large.
    let output = input.map(|side| side.saturating_mul(factor));
    check(input, output, interpolation).map(|()| output)
}

/// [`Resize::scaled_size`] where no side may be longer than `longest`.
fn scaled(input: [usize; 2], scale: [f64; 2], longest: usize) -> Result<[usize; 2], UpsamplingError> {
    if input.contains(&0) {
        return Err(UpsamplingError::EmptyPlane);
    }
    if !scale.iter().all(|&scale| scale.is_finite() && scale > 0.0) {
        return Err(UpsamplingError::BadScale);
    }
    let output = [0, 1].map(|i| {
        let exact = input[i] as f64 * scale[i];
        (exact + exact * 1e-12).floor() as usize
    });
    check_sizes(input, output, longest).map(|()| output)
}

fn check(input: [usize; 2], output: [usize; 2], interpolation: Interpolation) -> Result<(), UpsamplingError> {
    let longest = longest_side(interpolation);
    check_sizes(input, output, longest)?;
    if let Interpolation::Bicubic { a } = interpolation
        && !a.is_finite()
    {
        return Err(UpsamplingError::BadSlope);
    }
    output.into_iter().find(|&side| side > longest).map_or(Ok(()), |side| Err(UpsamplingError::SideTooLong(side)))
}

/// How long a side may be, so that an axis has no more than [`MAX_ELEMENTS`] weights.
const fn longest_side(interpolation: Interpolation) -> usize {
    // A kernel that grows with the step sums each input so many times, any kernel sums so many for each output.
    MAX_ELEMENTS / (2 * (2 * interpolation.radius() as usize + 2))
}

/// Checks that no plane is empty, that no scale is asked of an input with a side above `longest`, which has none, and that
/// the output is not too large.
fn check_sizes(input: [usize; 2], output: [usize; 2], longest: usize) -> Result<(), UpsamplingError> {
    if input.contains(&0) {
        return Err(UpsamplingError::EmptyPlane);
    }
    if output.contains(&0) {
        return Err(UpsamplingError::EmptyResult);
    }
    if let Some(&side) = input.iter().find(|&&side| side > longest) {
        return Err(UpsamplingError::SideTooLong(side));
    }
    match output[0].checked_mul(output[1]) {
        Some(pixels) if pixels <= MAX_ELEMENTS => Ok(()),
        _ => Err(UpsamplingError::ResultTooLarge { largest: largest_scale(input.into(), longest) }),
    }
}

fn check_array(expected: [usize; 2], given: (usize, usize)) -> Result<(), UpsamplingError> {
    let given: [usize; 2] = given.into();
    if expected == given { Ok(()) } else { Err(UpsamplingError::WrongSize { expected, given }) }
}
