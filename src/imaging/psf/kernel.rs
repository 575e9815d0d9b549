//! The weights of a convolution.

use crate::fourier::RealFft2;
use crate::imaging::error::ImageError;
use crate::imaging::image::{Image, MAX_PIXELS};

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

    /// The magnitude of the transfer function |H| at the frequencies of a picture of `size`, rows and columns, as a
    /// picture of that size whose row ⌊height/2⌋ and column ⌊width/2⌋ is frequency zero, the vertical frequency growing
    /// downwards. That value is the sum of the weights, and for weights that are not negative none is larger. The
    /// kernel may be larger than the picture: the values are samples of the same function of frequency.
    ///
    /// # Errors
    /// When the size is empty or too large.
    pub fn transfer_magnitude(&self, [height, width]: [usize; 2]) -> Result<Image, ImageError> {
        let pixels = height.checked_mul(width).filter(|&pixels| pixels <= MAX_PIXELS);
        let pixels = pixels.ok_or(ImageError::TooLarge { height, width })?;
        let mut magnitude = Image::from_vec(1, height, width, vec![0.0; pixels])?;
        let transform = RealFft2::new(height, width);
        let mut spectrum = transform.spectrum();
        // A kernel that does not fit is folded, which leaves the values at these frequencies as they are.
        for (i, weights) in self.weights.chunks_exact(self.width).enumerate() {
            let row = &mut magnitude.data_mut()[i % height * width..][..width];
            for (j, weight) in weights.iter().enumerate() {
                row[j % width] += weight;
            }
        }
        transform.forward(magnitude.data(), &mut spectrum, &mut transform.scratch());
        for (y, row) in magnitude.data_mut().chunks_exact_mut(width).enumerate() {
            for (x, value) in row.iter_mut().enumerate() {
                let [re, im] = spectrum.get(y + height - height / 2, x + width - width / 2);
                *value = re.hypot(im);
            }
        }
        Ok(magnitude)
    }

    /// The kernel of these weights, scaled to sum to 1; they fill the shape and their sum is above zero.
    pub(super) fn unit_sum(height: usize, width: usize, weights: &[f64]) -> Self {
        let sum: f64 = weights.iter().sum();
        Self { height, width, weights: weights.iter().map(|weight| (weight / sum) as f32).collect() }
    }
}
