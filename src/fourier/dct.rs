//! The planned two-dimensional cosine transform (DCT-II, orthonormal) of real pictures.
//!
//! A picture continued by its mirror image (… b a | a b c …) and a point spread function that is its own mirror image in
//! both axes are made diagonal by it: their convolution is one multiplication a coefficient, on a quarter of the numbers
//! that the Fourier transform of the doubled picture has.
//!
//! Each axis takes one complex Fourier transform of its own length (Makhoul, 1980): of the even samples in order, then
//! the odd ones backwards. As in [`RealFft2`](super::RealFft2) eight columns run across lanes, two blocks of eight at
//! once as real and imaginary parts. What separates the two by their symmetry turns both into cosine coefficients on the
//! way, each in the place of the bin it came from.

use std::f64::consts::PI;

use super::lanes::{Complex, LANES, Lanes, negated};
use super::plan::{Buffer, Fft};
use super::spectrum::in_storage_order;
use super::tiles::{gather, scatter, turned};

/// The plan for pictures of one size; any size works, and sizes of factors 2, 3 and 5 are fast.
///
/// The coefficient of the frequencies (k, l), k from 0 to `height` − 1 and l from 0 to `width` − 1, is
/// c(k, l) = a(k)·b(l)·Σ f(y, x)·cos(πk(2y + 1)/2·height)·cos(πl(2x + 1)/2·width), with a(0) = √(1/height) and else
/// a(k) = √(2/height), likewise b with the width. So scaled the transform is a rotation: sums of squares and products
/// are the same of pictures as of coefficients, and the inverse is the transpose.
///
/// Coefficients lie in an order that serves the transform: vertical frequencies in blocks of eight, and within a block
/// the eight of one horizontal frequency together, the horizontal frequencies in the order in which the transform
/// leaves them. The last block is filled up with zeros that mean nothing and should
/// stay. [`Dct2::by_frequency`], [`Dct2::weights`] and [`Dct2::position`] speak of frequencies.
pub struct Dct2 {
    height: usize,
    width: usize,
    down: Axis,
    along: Axis,
}

/// The working memory of a transform, made by [`Dct2::scratch`] for that plan.
pub struct DctScratch {
    re: Vec<Lanes>,
    im: Vec<Lanes>,
    spare_re: Vec<Lanes>,
    spare_im: Vec<Lanes>,
}

/// What a transform of one length needs.
struct Axis {
    fft: Fft,
    /// a(k)/2·e^(−πi·k/2N) for k from 1 to ⌊N/2⌋, and a(0) in front.
    turns: Vec<[f32; 2]>,
    /// For each sample where it stands before a transform that wants it reordered and at its place.
    places: Vec<usize>,
}

impl Axis {
    fn new(length: usize) -> Self {
        let turns = (0..=length / 2)
            .map(|k| {
                let size = if k == 0 { (length as f64).recip().sqrt() } else { (2.0 * length as f64).recip().sqrt() };
                let (sine, cosine) = (-PI * k as f64 / (2 * length) as f64).sin_cos();
                [(size * cosine) as f32, (size * sine) as f32]
            })
            .collect();
        let fft = Fft::new(length);
        let places = (0..length).map(|n| fft.places[reordered(n, length)]).collect();
        Self { fft, turns, places }
    }

    /// Bins of two real sequences, bin k at `place(k)`, become their coefficients.
    #[inline(always)]
    fn separate(&self, data: &mut Buffer<'_>, place: impl Fn(usize) -> usize) {
        let [first, ..] = self.turns[0];
        data.put(0, data.at(0).scale(first));
        // With Z = A + iB: 2A(k) = Z(k) + Z*(−k) and 2B(k) = (Z(k) − Z*(−k))/i. Turned by half a sample, a real part is
        // the coefficient of k and the imaginary part minus that of N − k.
        for (k, &turn) in self.turns.iter().enumerate().skip(1) {
            let (here, mirror) = (place(k), place(data.re.len() - k));
            let (z, y) = (data.at(here), data.at(mirror));
            let (sum, difference) = (z.add(y), z.sub(y));
            let a = Complex { re: sum.re, im: difference.im }.times(turn);
            let b = Complex { re: sum.im, im: negated(difference.re) }.times(turn);
            data.put(here, Complex { re: a.re, im: b.re });
            data.put(mirror, Complex { re: negated(a.im), im: negated(b.im) });
        }
    }

    /// The way back from [`Axis::separate`], and its transpose.
    #[inline(always)]
    fn join(&self, data: &mut Buffer<'_>, place: impl Fn(usize) -> usize) {
        let [first, ..] = self.turns[0];
        data.put(0, data.at(0).scale(first));
        for (k, &[cosine, sine]) in self.turns.iter().enumerate().skip(1) {
            let (here, mirror) = (place(k), place(data.re.len() - k));
            let (c, d) = (data.at(here), data.at(mirror));
            let a = Complex { re: c.re, im: negated(d.re) }.times([cosine, -sine]);
            let b = Complex { re: negated(c.im), im: d.im }.times([cosine, -sine]).times_minus_i();
            data.put(here, a.add(b));
            data.put(mirror, a.sub(b).conjugate());
        }
    }
}

/// Where sample `n` of `length` stands: even ones in order, then odd ones backwards.
#[inline(always)]
fn reordered(n: usize, length: usize) -> usize {
    if n.is_multiple_of(2) { n / 2 } else { length - n.div_ceil(2) }
}

impl Dct2 {
    /// Plans for pictures of `height` × `width`.
    ///
    /// # Panics
    /// When a side is zero.
    #[must_use]
    pub fn new(height: usize, width: usize) -> Self {
        assert!(height > 0 && width > 0, "a picture without pixels has no coefficients");
        Self { height, width, down: Axis::new(height), along: Axis::new(width) }
    }

    /// Rows and columns of the pictures.
    #[must_use]
    pub fn size(&self) -> [usize; 2] {
        [self.height, self.width]
    }

    /// Working memory for this plan; it may be used again and again.
    #[must_use]
    pub fn scratch(&self) -> DctScratch {
        let lanes = |length| vec![[0.0; LANES]; length];
        let [length, spare] = self.scratch_lengths();
        DctScratch { re: lanes(length), im: lanes(length), spare_re: lanes(spare), spare_im: lanes(spare) }
    }

    fn scratch_lengths(&self) -> [usize; 2] {
        let spare = self.down.fft.scratch_length().max(self.along.fft.scratch_length());
        [self.height.max(self.width), spare]
    }

    /// A place for the coefficients of one picture, all zero: `width` times the height rounded up to a multiple of 8.
    #[must_use]
    pub fn coefficients(&self) -> Vec<f32> {
        vec![0.0; self.length()]
    }

    fn length(&self) -> usize {
        self.height.next_multiple_of(LANES) * self.width
    }

    /// Where the coefficient of (k, l) stands, for k below the height and l below the width.
    #[must_use]
    pub fn position(&self, k: usize, l: usize) -> usize {
        (k / LANES * self.width + self.along.fft.places[l]) * LANES + k % LANES
    }

    /// The values of a real function of the frequencies (k, l) in storage order, 0 in the filling. The frequencies are
    /// those of πk/`height` and πl/`width` a pixel: that is where the transfer function of a blur is to be sampled.
    #[must_use]
    pub fn by_frequency(height: usize, width: usize, function: impl Fn(usize, usize) -> f32) -> Vec<f32> {
        in_storage_order(height, width, function)
    }

    /// How much each stored number counts: 1, and 0 in the filling. The sum of squared coefficients, so weighted, is the
    /// sum of the picture's squares, and 16·`height`·`width` times it is the power of the Fourier spectrum of the
    /// picture doubled by its mirror image in both axes. In that spectrum a coefficient is found one, two or four times
    /// (once an axis for frequency 0, else twice) and its share is the same in all of them.
    #[must_use]
    pub fn weights(height: usize, width: usize) -> Vec<f32> {
        Self::by_frequency(height, width, |_, _| 1.0)
    }

    fn check(&self, picture: &[f32], coefficients: &[f32], scratch: &DctScratch) {
        assert!(picture.len() == self.height * self.width, "the picture is of another size");
        assert!(coefficients.len() == self.length(), "the coefficients are of another size");
        let [length, spare] = self.scratch_lengths();
        assert!(scratch.re.len() == length && scratch.spare_re.len() == spare, "the scratch is of another plan");
    }

    /// Transforms `picture`, `height`·`width` samples row after row, into `coefficients`. Nothing is allocated.
    ///
    /// # Panics
    /// When `picture`, `coefficients` or `scratch` is of another size.
    pub fn forward(&self, picture: &[f32], coefficients: &mut [f32], scratch: &mut DctScratch) {
        self.check(picture, coefficients, scratch);
        let [height, width] = self.size();
        let lines = coefficients.as_chunks_mut::<LANES>().0;
        for left in (0..width).step_by(2 * LANES) {
            let (mut data, spare) = scratch.buffers(height);
            for (row, &place) in picture.chunks_exact(width).zip(&self.down.places) {
                gather(&row[left..], &mut data.re[place], &mut data.im[place]);
            }
            self.down.fft.to_sorted(data.reborrow(), spare);
            self.down.separate(&mut data, |k| k);
            for (part, left) in [(data.re, left), (data.im, left + LANES)] {
                for (block, rows) in part.chunks(LANES).enumerate() {
                    for (x, line) in (left..width).zip(turned(rows)) {
                        lines[block * width + reordered(x, width)] = line;
                    }
                }
            }
        }
        self.pairs(lines, scratch, |axis, mut data, spare| {
            axis.fft.from_sorted(data.reborrow(), spare);
            axis.separate(&mut data, |k| axis.fft.places[k]);
        });
        // Blocks that went together are told apart to rounding, which the filling need not show.
        let filled = height % LANES;
        if filled > 0 {
            for line in &mut lines[height / LANES * width..] {
                line[filled..].fill(0.0);
            }
        }
    }

    /// Transforms `coefficients` back into `picture`, `height`·`width` samples row after row, so that the inverse of the
    /// forward transform is the picture. The coefficients are used up. Nothing is allocated.
    ///
    /// # Panics
    /// When `picture`, `coefficients` or `scratch` is of another size.
    pub fn inverse(&self, coefficients: &mut [f32], picture: &mut [f32], scratch: &mut DctScratch) {
        self.check(picture, coefficients, scratch);
        let [height, width] = self.size();
        let lines = coefficients.as_chunks_mut::<LANES>().0;
        self.pairs(lines, scratch, |axis, mut data, spare| {
            axis.join(&mut data, |k| axis.fft.places[k]);
            axis.fft.to_sorted(data.swapped(), spare);
        });
        for left in (0..width).step_by(2 * LANES) {
            let (mut data, spare) = scratch.buffers(height);
            for (part, left) in [(&mut *data.re, left), (&mut *data.im, left + LANES)] {
                for (block, rows) in part.chunks_mut(LANES).enumerate() {
                    let mut tile = [[0.0; LANES]; LANES];
                    for (x, line) in (left..width).zip(&mut tile) {
                        *line = lines[block * width + reordered(x, width)];
                    }
                    let tile = turned(&tile);
                    rows.copy_from_slice(&tile[..rows.len()]);
                }
            }
            self.down.join(&mut data, |k| k);
            self.down.fft.from_sorted(data.swapped(), spare);
            for (row, &place) in picture.chunks_exact_mut(width).zip(&self.down.places) {
                scatter(&data.re[place], &data.im[place], 1.0, &mut row[left..]);
            }
        }
    }

    /// Transforms along the rows, two blocks of eight at once; a last one without a partner goes with zeros.
    fn pairs(&self, lines: &mut [Lanes], scratch: &mut DctScratch, way: fn(&Axis, Buffer<'_>, Buffer<'_>)) {
        for pair in lines.chunks_mut(2 * self.width) {
            let (data, spare) = scratch.buffers(self.width);
            let (re, im) = pair.split_at_mut(self.width);
            let im = if im.is_empty() {
                data.im.fill([0.0; LANES]);
                data.im
            } else {
                im
            };
            way(&self.along, Buffer { re, im }, spare);
        }
    }
}

impl DctScratch {
    /// The working buffer, `length` long, and the spare one.
    fn buffers(&mut self, length: usize) -> (Buffer<'_>, Buffer<'_>) {
        let data = Buffer { re: &mut self.re[..length], im: &mut self.im[..length] };
        (data, Buffer { re: &mut self.spare_re, im: &mut self.spare_im })
    }
}
