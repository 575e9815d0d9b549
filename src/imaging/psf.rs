//! Point-spread functions: what a single bright point becomes.

use super::error::ImageError;
use super::image::MAX_PIXELS;

/// The largest side of a box, in pixels.
pub const MAX_BOX_SIDE: usize = 101;
/// The largest standard deviation of a Gaussian, in pixels.
pub const MAX_SIGMA: f32 = 20.0;
/// The largest radius of a disc, in pixels.
pub const MAX_RADIUS: f32 = 50.0;
/// The largest length of a motion, in pixels.
pub const MAX_LENGTH: f32 = 100.0;

/// Sub-samples an axis of a pixel at a rim.
const SUBSAMPLES: u32 = 16;

/// The weights of a convolution, `height` × `width`, row after row, centred at row ⌊height/2⌋ and column ⌊width/2⌋.
/// All are finite and there is at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct Kernel {
    height: usize,
    width: usize,
    weights: Vec<f32>,
}

impl Kernel {
    /// The kernel of these weights, as they are.
    ///
    /// # Errors
    /// When the shape is empty or too large, `weights` does not fill it exactly, or a weight is not finite.
    pub fn new(height: usize, width: usize, weights: Vec<f32>) -> Result<Self, ImageError> {
        if height == 0 || width == 0 {
            return Err(ImageError::Empty);
        }
        match height.checked_mul(width) {
            Some(expected) if expected <= MAX_PIXELS => {
                if weights.len() != expected {
                    return Err(ImageError::WrongLength { expected, found: weights.len() });
                }
            }
            _ => return Err(ImageError::TooLarge { height, width }),
        }
        if weights.iter().any(|weight| !weight.is_finite()) {
            return Err(ImageError::NotFinite);
        }
        Ok(Self { height, width, weights })
    }

    /// The kernel of these weights, scaled to sum to 1.
    ///
    /// # Errors
    /// As [`Kernel::new`], and when the weights do not have a sum above zero.
    pub fn normalised(height: usize, width: usize, weights: Vec<f32>) -> Result<Self, ImageError> {
        let mut kernel = Self::new(height, width, weights)?;
        let sum = kernel.sum();
        if sum <= 0.0 {
            return Err(ImageError::NoWeight);
        }
        for weight in &mut kernel.weights {
            *weight = (f64::from(*weight) / sum) as f32;
        }
        // A sum that is all but zero makes weights beyond the range of f32.
        if kernel.weights.iter().all(|weight| weight.is_finite()) { Ok(kernel) } else { Err(ImageError::NoWeight) }
    }

    /// The single weight 1, which changes nothing.
    #[must_use]
    pub fn delta() -> Self {
        Self { height: 1, width: 1, weights: vec![1.0] }
    }

    /// The number of rows.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// The number of columns.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows and columns.
    #[must_use]
    pub fn size(&self) -> [usize; 2] {
        [self.height, self.width]
    }

    /// Row and column of the weight that leaves a pixel where it is: ⌊k/2⌋ an axis.
    #[must_use]
    pub fn centre(&self) -> [usize; 2] {
        [self.height / 2, self.width / 2]
    }

    /// The weights, row after row.
    #[must_use]
    pub fn weights(&self) -> &[f32] {
        &self.weights
    }

    /// The sum of the weights, in f64.
    #[must_use]
    pub fn sum(&self) -> f64 {
        self.weights.iter().map(|&weight| f64::from(weight)).sum()
    }

    /// The kernel turned by half a turn: correlation with one is convolution with the other. For even sides the centre
    /// moves by one, as ⌊k/2⌋ is not the middle.
    #[must_use]
    pub fn flipped(&self) -> Self {
        Self { weights: self.weights.iter().rev().copied().collect(), ..*self }
    }
}

/// A point-spread function by its parameters, in pixels. What is out of range counts as the nearest value in range, and
/// what is no number as the smallest.
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
    /// 1/(1 + i² + j²), a sharp point with a wide glow.
    HeavyTailed {
        /// How far it reaches.
        radius: usize,
    },
    /// Diffraction at a round opening.
    Airy {
        /// The radius of the first dark ring.
        radius: f32,
    },
}

impl Psf {
    /// The weights for a signal.
    #[must_use]
    pub fn sample_line(&self) -> Kernel {
        let kernel = self.sample();
        Kernel {
            height: kernel.height,
            width: 1,
            weights: kernel.weights.chunks_exact(kernel.width).map(|row| row.iter().sum()).collect(),
        }
    }

    /// The weights: non-negative, of sum 1 to rounding, centred at ⌊k/2⌋. All sides are odd, but that of an even box.
    #[must_use]
    pub fn sample(&self) -> Kernel {
        match *self {
            Self::Box { side } => {
                let side = side.clamp(1, MAX_BOX_SIDE);
                unit_sum(side, side, vec![1.0; side * side])
            }
            Self::Gaussian { sigma } => gaussian(f64::from(in_range(sigma, 0.0, MAX_SIGMA))),
            Self::Disc { radius } => {
                // A smaller disc than a pixel would leave gaps between the sub-samples.
                let radius = f64::from(in_range(radius, 0.5, MAX_RADIUS));
                covered([radius, radius], |y, x| x * x + y * y <= radius * radius)
            }
            Self::HeavyTailed { radius } => {
                unit_sum(2 * radius + 1, 2 * radius + 1, vec![1.0; (2 * radius + 1).pow(2)])
            }
            Self::Airy { radius } => gaussian(f64::from(radius)),
            Self::Motion { length, angle_degrees } => {
                let half = f64::from(in_range(length, 1.0, MAX_LENGTH)) / 2.0;
                let angle = if angle_degrees.is_finite() { angle_degrees } else { 0.0 };
                let (sine, cosine) = f64::from(angle).to_radians().sin_cos();
                let reach = [half * sine.abs() + cosine.abs() / 2.0, half * cosine.abs() + sine.abs() / 2.0];
                // Rows grow downwards, angles upwards.
                covered(reach, |y, x| (x * cosine - y * sine).abs() <= half && (x * sine + y * cosine).abs() <= 0.5)
            }
        }
    }
}

fn in_range(value: f32, low: f32, high: f32) -> f32 {
    if value.is_nan() { low } else { value.clamp(low, high) }
}

fn unit_sum(height: usize, width: usize, weights: Vec<f64>) -> Kernel {
    let sum: f64 = weights.iter().sum();
    Kernel { height, width, weights: weights.iter().map(|weight| (weight / sum) as f32).collect() }
}

fn gaussian(sigma: f64) -> Kernel {
    let radius = (4.0 * sigma).ceil() as usize;
    let side = 2 * radius + 1;
    let profile: Vec<f64> = (0..side)
        .map(|index| {
            let distance = index as f64 - radius as f64;
            // At the centre of a vanishing Gaussian 0/0 must be 1.
            if distance == 0.0 { 1.0 } else { (-distance * distance / (2.0 * sigma * sigma)).exp() }
        })
        .collect();
    let weights = profile.iter().flat_map(|a| profile.iter().map(move |b| a * b)).collect();
    unit_sum(side, side, weights)
}

/// The part of each pixel that lies `inside` a shape about the origin that reaches `reach` far down and right.
fn covered(reach: [f64; 2], inside: impl Fn(f64, f64) -> bool) -> Kernel {
    // A pixel's own half belongs to it; the slack keeps rounding from adding an empty rim.
    let [down, right] = reach.map(|reach| (reach - 0.5 - 1e-6).ceil().max(0.0) as usize);
    let [height, width] = [2 * down + 1, 2 * right + 1];
    let offsets = (0..SUBSAMPLES).map(|step| (f64::from(step) + 0.5) / f64::from(SUBSAMPLES) - 0.5);
    let mut weights = Vec::with_capacity(height * width);
    for row in 0..height {
        for column in 0..width {
            let (y, x) = (row as f64 - down as f64, column as f64 - right as f64);
            let count = offsets
                .clone()
                .flat_map(|dy| offsets.clone().map(move |dx| (dy, dx)))
                .filter(|(dy, dx)| inside(y + dy, x + dx))
                .count();
            weights.push(count as f64);
        }
    }
    unit_sum(height, width, weights)
}
