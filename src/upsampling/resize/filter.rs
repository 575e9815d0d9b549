//! The interpolation kernels: how much a pixel counts at a distance.

use std::f64::consts::PI;

/// How pixels between the given ones are found. Distances are in pixels of the input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Interpolation {
    /// The nearest pixel alone.
    Nearest,
    /// The tent 1 − |x|: two pixels along an axis.
    Bilinear,
    /// The cubic convolution of Keys, *Cubic convolution interpolation for digital image processing* (1981), with
    /// his slope `a` at distance 1: four pixels along an axis. `a` must be finite.
    Bicubic {
        /// Slope at distance 1; −0.5 reproduces parabolas, −0.75 is sharper.
        a: f32,
    },
    /// sinc(x) · sinc(x / 3) up to distance 3 (Duchon, *Lanczos filtering in one and two dimensions*, 1979), weights
    /// scaled to the sum 1: six pixels along an axis.
    Lanczos3,
}

impl Interpolation {
    /// Keys' own choice, a = −0.5, which Pillow and MATLAB take too.
    pub const KEYS: Self = Self::Bicubic { a: -0.5 };
    /// a = −0.75, which PyTorch, OpenCV and ONNX take.
    pub const SHARP: Self = Self::Bicubic { a: -0.75 };
    /// One of each, in the order of a list to choose from.
    pub const ALL: [Self; 5] = [Self::Nearest, Self::Bilinear, Self::KEYS, Self::SHARP, Self::Lanczos3];

    /// The distance from which on the kernel is 0.
    #[must_use]
    pub const fn radius(self) -> f64 {
        match self {
            Self::Nearest => 0.5,
            Self::Bilinear => 1.0,
            Self::Bicubic { .. } => 2.0,
            Self::Lanczos3 => 3.0,
        }
    }

    /// The kernel at distance `x`.
    #[must_use]
    pub fn kernel(self, x: f64) -> f64 {
        let x = x.abs();
        if x >= self.radius() {
            return 0.0;
        }
        match self {
            Self::Nearest => 1.0,
            Self::Bilinear => 1.0 - x,
            Self::Bicubic { a } => {
                let a = f64::from(a);
                if x < 1.0 { ((a + 2.0) * x - (a + 3.0)) * x * x + 1.0 } else { a * (((x - 5.0) * x + 8.0) * x - 4.0) }
            }
            Self::Lanczos3 => sinc(x) * sinc(x / 3.0),
        }
    }
}

/// sin(πx) / (πx).
fn sinc(x: f64) -> f64 {
    if x == 0.0 { 1.0 } else { (PI * x).sin() / (PI * x) }
}
