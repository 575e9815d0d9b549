//! Where the pixels of the result lie among the given ones.

/// The rule that lays the pixels of the result over the given ones, the same along both axes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Coordinates {
    /// Pixels are squares, and both pictures cover the same area: output o lies at (o + ½) / scale − ½ of the input.
    #[default]
    HalfPixel,
    /// The centres of the corner pixels coincide: output o lies at o · (input − 1) / (output − 1); an output of one
    /// pixel lies on the first.
    AlignCorners,
    /// The first pixels' centres coincide: output o lies at o / scale.
    Asymmetric,
}

impl Coordinates {
    /// All rules, in the order of a list to choose from.
    pub const ALL: [Self; 3] = [Self::HalfPixel, Self::AlignCorners, Self::Asymmetric];

    /// Positions along an axis of `input` pixels that becomes `output` pixels at `scale`, lengths at least 1 and a scale
    /// above 0; of others come positions that [`Resize::sampled`](super::Resize::sampled) refuses.
    #[must_use]
    pub fn sampling(self, input: usize, output: usize, scale: f64) -> Sampling {
        // A scale that is the ratio of the sizes is best used as such: positions are then as exact as they can be.
        let ratio = input as f64 / output as f64;
        let step = if scale == output as f64 / input as f64 { ratio } else { 1.0 / scale };
        match self {
            Self::HalfPixel => Sampling { first: step / 2.0 - 0.5, step },
            Self::AlignCorners if output <= 1 => Sampling { first: 0.0, step: 1.0 },
            Self::AlignCorners => Sampling { first: 0.0, step: input.saturating_sub(1) as f64 / (output - 1) as f64 },
            Self::Asymmetric => Sampling { first: 0.0, step },
        }
    }
}

/// Evenly spaced positions along an axis, in pixels of the input counted from the centre of the first.
///
/// Every coordinate rule is of this form. A negative step reads the axis backwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sampling {
    /// Where output 0 lies.
    pub first: f64,
    /// From one output to the next.
    pub step: f64,
}

impl Sampling {
    /// [`Coordinates::HalfPixel`], but a result of one pixel lies on the first pixel instead of the centre, which
    /// ONNX calls `pytorch_half_pixel`.
    #[must_use]
    pub fn half_pixel_from_two(input: usize, output: usize, scale: f64) -> Self {
        let usual = Coordinates::HalfPixel.sampling(input, output, scale);
        if output > 1 { usual } else { Self { first: 0.0, ..usual } }
    }

    /// [`Coordinates::HalfPixel`] about the common centre of both pictures, where the size of the result is not the
    /// scaled size but rounded; ONNX calls it `half_pixel_symmetric`.
    #[must_use]
    pub fn half_pixel_symmetric(input: usize, output: usize, scale: f64) -> Self {
        let usual = Coordinates::HalfPixel.sampling(input, output, scale);
        let lost = 1.0 - output as f64 / (scale * input as f64);
        Self { first: usual.first + input as f64 / 2.0 * lost, ..usual }
    }

    /// `output` positions from `start` to `end`, where 0 is the first pixel of the input and 1 the last; a single one
    /// lies in the middle. With both axes it cuts out a part, as TensorFlow's `crop_and_resize`.
    #[must_use]
    pub fn between(input: usize, output: usize, start: f64, end: f64) -> Self {
        let last = input.saturating_sub(1) as f64;
        if output > 1 {
            Self { first: start * last, step: (end - start) * last / (output - 1) as f64 }
        } else {
            Self { first: (start + end) / 2.0 * last, step: 1.0 }
        }
    }

    /// Where output `o` lies.
    #[must_use]
    pub fn position(self, o: usize) -> f64 {
        self.first + o as f64 * self.step
    }
}

/// How a nearest pixel is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// The nearest; of two that are equally near the earlier one.
    #[default]
    PreferFloor,
    /// The nearest; of two that are equally near the later one. With half-pixel coordinates this is PyTorch's
    /// `nearest-exact`.
    PreferCeil,
    /// The one at or before the position. With asymmetric coordinates this is PyTorch's `nearest`.
    Floor,
    /// The one at or after the position.
    Ceil,
}

impl Rounding {
    /// The pixel for `position`, which may lie outside the plane.
    pub(super) fn round(self, position: f64) -> f64 {
        // Positions are quotients of sizes. What differs from a half by less than such quotients can is a half.
        let halves = (2.0 * position).round();
        let position = if (2.0 * position - halves).abs() < 1e-9 { halves / 2.0 } else { position };
        match self {
            Self::PreferFloor => (position - 0.5).ceil(),
            Self::PreferCeil => (position + 0.5).floor(),
            Self::Floor => position.floor(),
            Self::Ceil => position.ceil(),
        }
    }
}

/// What counts as a pixel beyond the plane's rim.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outside {
    /// The nearest pixel of the rim, as in PyTorch's and OpenCV's interpolation.
    Repeated,
    /// Nothing; the weights of the pixels that are there are scaled to the sum 1, as in Pillow.
    LeftOut,
    /// As `Repeated`, but an output whose position lies outside the centres of the rim's pixels is this value, in the
    /// units of the samples.
    Value(f32),
}

/// How a picture is fitted into a given size while it keeps its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fit {
    /// As large as possible without being larger along either axis.
    NotLarger,
    /// As small as possible without being smaller along either axis.
    NotSmaller,
}
