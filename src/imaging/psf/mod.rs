//! Point-spread functions: what a single bright point becomes.

mod airy;
mod kernel;
mod line;
mod shapes;

pub use kernel::Kernel;

/// The largest side of a box, in pixels.
pub const MAX_BOX_SIDE: usize = 101;
/// The largest standard deviation of a Gaussian, in pixels.
pub const MAX_SIGMA: f32 = 20.0;
/// The largest radius of a disc, in pixels.
pub const MAX_RADIUS: f32 = 50.0;
/// The largest length of a motion, in pixels.
pub const MAX_LENGTH: f32 = 100.0;
/// The largest reach of a heavy tail, in pixels.
pub const MAX_TAIL: usize = 50;
/// The largest radius of the first dark ring of an Airy pattern, in pixels: its kernel has 103 rows.
pub const MAX_AIRY_RADIUS: f32 = 10.0;

/// A point-spread function by its parameters, in pixels. What is out of range counts as the nearest value in range, and
/// what is no number as the smallest. Weights of one's own need none of this: they are a [`Kernel::normalised`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Psf {
    /// A square of equal weights.
    Box {
        /// Pixels a side, 1…[`MAX_BOX_SIDE`]; with an even side the picture moves by half a pixel.
        side: usize,
    },
    /// A Gaussian, sampled at the pixels' centres out to four standard deviations.
    Gaussian {
        /// Standard deviation, 0…[`MAX_SIGMA`]; 0 is no blur.
        sigma: f32,
    },
    /// A defocused point: a disc, each pixel by the part of it that is covered.
    Disc {
        /// Radius, 0…[`MAX_RADIUS`]; up to a half is no blur.
        radius: f32,
    },
    /// A straight motion at even speed: a line one pixel broad, each pixel by the part of it that is covered.
    Motion {
        /// Length of the way, 1…[`MAX_LENGTH`]; 1 along an axis is no blur.
        length: f32,
        /// Direction in degrees, counter-clockwise from the right; any finite angle.
        angle_degrees: f32,
    },
    /// The heavy tail 1/(1 + i² + j²), i rows and j columns from the centre, on a square: scattered light. With
    /// radius 7 it is the first of the six blurs that the literature compares its methods on.
    HeavyTailed {
        /// Pixels from the centre to the last, 0…[`MAX_TAIL`]; 0 is no blur.
        radius: usize,
    },
    /// The image of a star by a round lens without faults, (2 J₁(x)/x)² (Airy, 1835), averaged over each pixel and cut
    /// at its sixth dark ring: 3 % of the light lie beyond.
    Airy {
        /// Radius of the first dark ring, 0…[`MAX_AIRY_RADIUS`]; up to a tenth is no blur.
        radius: f32,
    },
}

impl Psf {
    /// The weights in the plane: non-negative, of sum 1 to rounding, centred at ⌊k/2⌋. All sides are odd, but that of
    /// an even box.
    #[must_use]
    pub fn sample(&self) -> Kernel {
        match *self {
            Self::Box { side } => shapes::square(side.clamp(1, MAX_BOX_SIDE)),
            Self::Gaussian { sigma } => shapes::gaussian(f64::from(in_range(sigma, 0.0, MAX_SIGMA))),
            // A smaller disc than a pixel would leave gaps between the sub-samples.
            Self::Disc { radius } => shapes::disc(f64::from(in_range(radius, 0.5, MAX_RADIUS))),
            Self::Motion { length, angle_degrees } => {
                let angle = if angle_degrees.is_finite() { angle_degrees } else { 0.0 };
                shapes::motion(f64::from(in_range(length, 1.0, MAX_LENGTH)), f64::from(angle).to_radians())
            }
            Self::HeavyTailed { radius } => shapes::heavy_tailed(radius.min(MAX_TAIL)),
            Self::Airy { radius } => airy::pattern(f64::from(in_range(radius, airy::SMALLEST, MAX_AIRY_RADIUS))),
        }
    }

    /// The weights along a line, as a kernel of one column for signals of N × 1: non-negative, of sum 1 to rounding,
    /// centred at ⌊k/2⌋. Parameters have the ranges of [`Psf::sample`] and the same values are no blur.
    ///
    /// A box keeps its side, a Gaussian its deviation, a motion its length (the angle means nothing here), a heavy tail
    /// its reach as 1/(1 + i²). A disc becomes its projection, a half ellipse: what a spectrometer's round opening does.
    /// An Airy pattern becomes that of a slit, sinc² with its first zero at the radius, cut at the sixth.
    #[must_use]
    pub fn sample_line(&self) -> Kernel {
        match *self {
            Self::Box { side } => line::even(side.clamp(1, MAX_BOX_SIDE)),
            Self::Gaussian { sigma } => line::gaussian(f64::from(in_range(sigma, 0.0, MAX_SIGMA))),
            Self::Disc { radius } => line::half_ellipse(f64::from(in_range(radius, 0.5, MAX_RADIUS))),
            Self::Motion { length, .. } => line::motion(f64::from(in_range(length, 1.0, MAX_LENGTH))),
            Self::HeavyTailed { radius } => line::heavy_tailed(radius.min(MAX_TAIL)),
            Self::Airy { radius } => line::slit(f64::from(in_range(radius, airy::SMALLEST, MAX_AIRY_RADIUS))),
        }
    }

    /// The weights for pictures of `size`, rows and columns: those along a line for a signal of one column, else those
    /// in the plane.
    #[must_use]
    pub fn sample_for(&self, size: [usize; 2]) -> Kernel {
        if size[1] == 1 { self.sample_line() } else { self.sample() }
    }
}

fn in_range(value: f32, low: f32, high: f32) -> f32 {
    if value.is_nan() { low } else { value.clamp(low, high) }
}
