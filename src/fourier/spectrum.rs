//! The half spectrum of a real picture, in the order in which it is computed.

use super::lanes::{LANES, Lanes};
use super::plan::places;

/// The Fourier transform of a real `height` × `width` picture. Since bin (−k, −l) is the conjugate of (k, l), only the
/// vertical frequencies 0…⌊height/2⌋ are stored, with all horizontal ones.
///
/// The order in memory serves the transform: vertical frequencies come in blocks of eight, and within a block the eight
/// of one horizontal frequency stand together, the horizontal frequencies in the order in which the transform leaves
/// them. Filters that treat every bin alike need not know; [`Spectrum::get`], [`Spectrum::by_frequency`] and
/// [`Spectrum::weights`] speak of frequencies. The last block is filled up with bins that are zero and mean
/// nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Spectrum {
    height: usize,
    width: usize,
    pub(super) re: Vec<Lanes>,
    pub(super) im: Vec<Lanes>,
    /// Where each horizontal frequency stands in a block.
    places: Vec<usize>,
}

impl Spectrum {
    /// The spectrum of a black picture of `height` × `width`.
    #[must_use]
    pub fn zeros(height: usize, width: usize) -> Self {
        let length = (height / 2 + 1).div_ceil(LANES) * width;
        Self { height, width, re: vec![[0.0; LANES]; length], im: vec![[0.0; LANES]; length], places: places(width) }
    }

    /// Rows and columns of the picture.
    #[must_use]
    pub fn size(&self) -> [usize; 2] {
        [self.height, self.width]
    }

    /// Real parts in storage order.
    #[must_use]
    pub fn re(&self) -> &[f32] {
        self.re.as_flattened()
    }

    /// Imaginary parts in storage order.
    #[must_use]
    pub fn im(&self) -> &[f32] {
        self.im.as_flattened()
    }

    /// Real and imaginary parts in storage order, to be changed in place. What is written must remain the spectrum of
    /// a real picture: multiply with other spectra, or with what depends on their magnitudes.
    #[must_use]
    pub fn parts_mut(&mut self) -> (&mut [f32], &mut [f32]) {
        (self.re.as_flattened_mut(), self.im.as_flattened_mut())
    }

    /// Where bin (k, l) of the stored half stands.
    fn position(&self, k: usize, l: usize) -> usize {
        (k / LANES * self.width + self.places[l]) * LANES + k % LANES
    }

    /// Real and imaginary part of the bin of any vertical frequency `k` and horizontal frequency `l`, counted modulo
    /// the picture's sides, so that −1 may be written as side − 1.
    #[must_use]
    pub fn get(&self, k: usize, l: usize) -> [f32; 2] {
        let (k, l) = (k % self.height, l % self.width);
        if k <= self.height / 2 {
            let position = self.position(k, l);
            [self.re()[position], self.im()[position]]
        } else {
            let position = self.position(self.height - k, (self.width - l) % self.width);
            [self.re()[position], -self.im()[position]]
        }
    }

    /// The values of a real function of the frequencies (k, l) in storage order, 0 in the filling.
    #[must_use]
    pub fn by_frequency(height: usize, width: usize, function: impl Fn(usize, usize) -> f32) -> Vec<f32> {
        in_storage_order(height / 2 + 1, width, function)
    }

    /// How often each stored bin occurs in the whole spectrum, in storage order: twice, but once where its mirror image
    /// is stored too, and never for the filling. A sum over the whole spectrum is the sum over these, so weighted.
    #[must_use]
    pub fn weights(height: usize, width: usize) -> Vec<f32> {
        Self::by_frequency(height, width, |k, _| if k == 0 || 2 * k == height { 1.0 } else { 2.0 })
    }

    /// Multiplies bin by bin with `other`: the circular convolution of the pictures.
    ///
    /// # Panics
    /// When the sizes differ.
    pub fn multiply(&mut self, other: &Self) {
        self.combine(other, 1.0);
    }

    /// Multiplies bin by bin with the conjugate of `other`: the circular correlation of the pictures.
    ///
    /// # Panics
    /// When the sizes differ.
    pub fn multiply_by_conjugate(&mut self, other: &Self) {
        self.combine(other, -1.0);
    }

    fn combine(&mut self, other: &Self, sign: f32) {
        assert!(self.size() == other.size(), "only spectra of the same size can be multiplied");
        let (re, im) = self.parts_mut();
        for ((re, im), (other_re, other_im)) in re.iter_mut().zip(im).zip(other.re().iter().zip(other.im())) {
            let (a, b, c, d) = (*re, *im, *other_re, sign * other_im);
            *re = a * c - b * d;
            *im = a * d + b * c;
        }
    }
}

/// The values of a function of (k, l), k below `count` and l below `width`, in blocks of eight k; 0 in the filling.
pub(super) fn in_storage_order(count: usize, width: usize, function: impl Fn(usize, usize) -> f32) -> Vec<f32> {
    let mut values = vec![0.0; count.next_multiple_of(LANES) * width];
    let (lines, places) = (values.as_chunks_mut::<LANES>().0, places(width));
    for (block, lines) in lines.chunks_exact_mut(width.max(1)).enumerate() {
        for (l, &place) in places.iter().enumerate() {
            for (value, k) in lines[place].iter_mut().zip(block * LANES..count) {
                *value = function(k, l);
            }
        }
    }
    values
}
