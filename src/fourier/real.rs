//! The planned two-dimensional transform of real pictures.
//!
//! Down the columns first: two blocks of eight columns go through one complex transform as its real and its imaginary
//! parts, and are told apart by their symmetry. Their halves are turned, tile by tile, into the spectrum, in which the
//! transform along the rows runs across lanes too and in place. The inverse goes the same way back.

use super::lanes::{LANES, Lanes};
use super::plan::{Buffer, Fft};
use super::spectrum::Spectrum;
use super::tiles::{gather, scatter, turn_lines, turn_tile};

/// The plan for pictures of one size; any size works, and sizes of factors 2, 3 and 5 are fast.
pub struct RealFft2 {
    height: usize,
    width: usize,
    down: Fft,
    along: Fft,
}

/// The working memory of a transform, made by [`RealFft2::scratch`] for that plan.
pub struct Scratch {
    re: Vec<Lanes>,
    im: Vec<Lanes>,
    spare_re: Vec<Lanes>,
    spare_im: Vec<Lanes>,
}

impl RealFft2 {
    /// Plans for pictures of `height` × `width`.
    ///
    /// # Panics
    /// When a side is zero.
    #[must_use]
    pub fn new(height: usize, width: usize) -> Self {
        assert!(height > 0 && width > 0, "a picture without pixels has no spectrum");
        Self { height, width, down: Fft::new(height), along: Fft::new(width) }
    }

    /// Rows and columns of the pictures.
    #[must_use]
    pub fn size(&self) -> [usize; 2] {
        [self.height, self.width]
    }

    /// Working memory for this plan; it may be used again and again.
    #[must_use]
    pub fn scratch(&self) -> Scratch {
        let spare = self.down.scratch_length().max(self.along.scratch_length());
        Scratch {
            re: vec![[0.0; LANES]; self.height],
            im: vec![[0.0; LANES]; self.height],
            spare_re: vec![[0.0; LANES]; spare],
            spare_im: vec![[0.0; LANES]; spare],
        }
    }

    /// A spectrum of this plan's size, all zero.
    #[must_use]
    pub fn spectrum(&self) -> Spectrum {
        Spectrum::zeros(self.height, self.width)
    }

    fn check(&self, spectrum: &Spectrum, scratch: &Scratch) {
        assert!(spectrum.size() == self.size(), "the spectrum is of another size");
        let spare = self.down.scratch_length().max(self.along.scratch_length());
        assert!(scratch.re.len() == self.height && scratch.spare_re.len() >= spare, "the scratch is of another plan");
    }

    /// Transforms `picture`, `height`·`width` samples row after row, into `spectrum`. Nothing is allocated.
    ///
    /// # Panics
    /// When `picture`, `spectrum` or `scratch` is of another size.
    pub fn forward(&self, picture: &[f32], spectrum: &mut Spectrum, scratch: &mut Scratch) {
        self.check(spectrum, scratch);
        assert!(picture.len() == self.height * self.width, "the picture is of another size");
        for left in (0..self.width).step_by(2 * LANES) {
            for (row, &place) in picture.chunks_exact(self.width).zip(&self.down.places) {
                gather(&row[left..], &mut scratch.re[place], &mut scratch.im[place]);
            }
            self.down.to_sorted(
                Buffer { re: &mut scratch.re, im: &mut scratch.im },
                Buffer { re: &mut scratch.spare_re, im: &mut scratch.spare_im },
            );
            self.separate(scratch, spectrum, left);
        }
        for (re, im) in spectrum.re.chunks_exact_mut(self.width).zip(spectrum.im.chunks_exact_mut(self.width)) {
            self.along.from_sorted(Buffer { re, im }, Buffer { re: &mut scratch.spare_re, im: &mut scratch.spare_im });
        }
    }

    /// Transforms `spectrum` back into `picture`, `height`·`width` samples row after row, with the factor
    /// 1/(height·width). The spectrum is used up. Nothing is allocated.
    ///
    /// # Panics
    /// When `picture`, `spectrum` or `scratch` is of another size.
    pub fn inverse(&self, spectrum: &mut Spectrum, picture: &mut [f32], scratch: &mut Scratch) {
        self.inverse_corner(spectrum, picture, self.size(), scratch);
    }

    /// As [`RealFft2::inverse`], but only the top left `size` pixels are computed and written, `size` rows and columns.
    ///
    /// # Panics
    /// When `spectrum` or `scratch` is of another size, or `picture` does not fit `size` or `size` this plan.
    pub fn inverse_corner(
        &self,
        spectrum: &mut Spectrum,
        picture: &mut [f32],
        [rows, columns]: [usize; 2],
        scratch: &mut Scratch,
    ) {
        self.check(spectrum, scratch);
        assert!(rows <= self.height && columns <= self.width, "the corner is larger than the picture");
        assert!(picture.len() == rows * columns, "the picture is of another size");
        if picture.is_empty() {
            return;
        }
        for (re, im) in spectrum.re.chunks_exact_mut(self.width).zip(spectrum.im.chunks_exact_mut(self.width)) {
            self.along
                .to_sorted(Buffer { re: im, im: re }, Buffer { re: &mut scratch.spare_re, im: &mut scratch.spare_im });
        }
        let scale = 1.0 / (self.height * self.width) as f32;
        for left in (0..columns).step_by(2 * LANES) {
            self.join(spectrum, scratch, left);
            self.down.from_sorted(
                Buffer { re: &mut scratch.im, im: &mut scratch.re },
                Buffer { re: &mut scratch.spare_re, im: &mut scratch.spare_im },
            );
            for (row, &place) in picture.chunks_exact_mut(columns).zip(&self.down.places) {
                scatter(&scratch.re[place], &scratch.im[place], scale, &mut row[left..]);
            }
        }
    }

    /// Takes the transforms of columns `left…` and eight further apart, which ran as one, and puts their halves into
    /// the spectrum: with Z = A + iB, A(k) = (Z(k) + Z*(−k))/2 and B(k) = (Z(k) − Z*(−k))/2i.
    fn separate(&self, scratch: &Scratch, spectrum: &mut Spectrum, left: usize) {
        let half = self.height / 2;
        let mut tiles = [[[0.0_f32; LANES]; LANES]; 4];
        for block in 0..(half + 1).div_ceil(LANES) {
            if block == half / LANES {
                // The last one may be filled in part.
                tiles = [[[0.0; LANES]; LANES]; 4];
            }
            let [a_re, a_im, b_re, b_im] = &mut tiles;
            for (i, k) in (block * LANES..=half).enumerate().take(LANES) {
                let mirror = if k == 0 { 0 } else { self.height - k };
                let (re, im) = (&scratch.re[k], &scratch.im[k]);
                let (mirror_re, mirror_im) = (&scratch.re[mirror], &scratch.im[mirror]);
                for lane in 0..LANES {
                    a_re[i][lane] = 0.5 * (re[lane] + mirror_re[lane]);
                    a_im[i][lane] = 0.5 * (im[lane] - mirror_im[lane]);
                    b_re[i][lane] = 0.5 * (im[lane] + mirror_im[lane]);
                    b_im[i][lane] = 0.5 * (mirror_re[lane] - re[lane]);
                }
            }
            let start = block * self.width;
            for (tile, offset) in [(0, 0), (2, LANES)] {
                let first = left + offset;
                let count = LANES.min(self.width.saturating_sub(first));
                if count > 0 {
                    turn_tile(&tiles[tile], &mut spectrum.re[start + first..][..count]);
                    turn_tile(&tiles[tile + 1], &mut spectrum.im[start + first..][..count]);
                }
            }
        }
    }

    /// The way back from [`RealFft2::separate`]: Z(k) = A(k) + iB(k), and Z(−k) = A*(k) + iB*(k).
    fn join(&self, spectrum: &Spectrum, scratch: &mut Scratch, left: usize) {
        let half = self.height / 2;
        let mut tiles = [[[0.0_f32; LANES]; LANES]; 4];
        for block in 0..(half + 1).div_ceil(LANES) {
            let start = block * self.width;
            for (tile, offset) in [(0, 0), (2, LANES)] {
                let first = left + offset;
                let count = LANES.min(self.width.saturating_sub(first));
                if count > 0 {
                    turn_lines(&spectrum.re[start + first..][..count], &mut tiles[tile]);
                    turn_lines(&spectrum.im[start + first..][..count], &mut tiles[tile + 1]);
                }
            }
            let [a_re, a_im, b_re, b_im] = &tiles;
            for (i, k) in (block * LANES..=half).enumerate().take(LANES) {
                let mirror = if k == 0 { 0 } else { self.height - k };
                // A frequency that is its own mirror image is real; what rounding left must not leak between columns.
                let keep = if mirror == k { 0.0 } else { 1.0 };
                let [a_re, a_im, b_re, b_im] = [&a_re[i], &a_im[i], &b_re[i], &b_im[i]];
                for lane in 0..LANES {
                    let (a_im, b_im) = (keep * a_im[lane], keep * b_im[lane]);
                    scratch.re[mirror][lane] = a_re[lane] + b_im;
                    scratch.im[mirror][lane] = b_re[lane] - a_im;
                    scratch.re[k][lane] = a_re[lane] - b_im;
                    scratch.im[k][lane] = b_re[lane] + a_im;
                }
            }
        }
    }
}
