//! What iterative methods work on: the picture in a frame that may be repeated, and which of its pixels are known.

use super::continuation::{Continuation, is_its_own_mirror_image};
use super::observation::{Observation, wrapped};
use super::spectra::Spectra;
use super::taper::tapered;
use super::treatment::Treatment;
use crate::imaging::fourier::{RealFft2, Spectrum, fast_size};
use crate::imaging::{Boundary, Image, extend};

/// An observation as g = M(h∗u) with h∗ circular on a frame that is as large as the picture or larger, and M the mask of
/// what is known of it.
///
/// - [`Treatment::Circular`]: the frame is the picture.
/// - [`Treatment::Taper`]: likewise, with the tapered picture in place of what was observed.
/// - [`Treatment::Mirror`]: twice the picture each way, continued as for [`Spectra`]; every pixel of it counts as known.
/// - [`Treatment::Unknown`]: the picture with a margin as wide as the kernel reaches, unknown there (Almeida,
///   Figueiredo, 2013), and up to a size that transforms well.
pub struct Frame {
    size: [usize; 2],
    picture: [usize; 2],
    offset: [usize; 2],
    transform: RealFft2,
    otf: Spectrum,
    otf_power: Vec<f32>,
    planes: Vec<Vec<f32>>,
    known: Option<Vec<f32>>,
}

impl Frame {
    /// Rows and columns of the frame about a picture of `picture` whose outside is unknown.
    pub(super) fn unknown_size(picture: [usize; 2], kernel: [usize; 2]) -> [usize; 2] {
        std::array::from_fn(
            |axis| {
                if kernel[axis] == 1 { picture[axis] } else { fast_size(picture[axis] + kernel[axis] - 1) }
            },
        )
    }

    pub(super) fn new(observation: &Observation) -> Self {
        let (kernel, picture) = (observation.kernel(), observation.size());
        let filled = observation.filled();
        let (size, offset) = match observation.treatment() {
            Treatment::Circular | Treatment::Taper => (picture, [0, 0]),
            Treatment::Mirror => (Spectra::mirrored_size(picture), [0, 0]),
            Treatment::Unknown => {
                let size = Self::unknown_size(picture, kernel.size());
                (size, std::array::from_fn(|axis| (size[axis] - picture[axis]) / 2))
            }
        };
        let transform = RealFft2::new(size[0], size[1]);
        let mut scratch = transform.scratch();
        let mut otf = transform.spectrum();
        transform.forward(&wrapped(kernel, size), &mut otf, &mut scratch);
        let otf_power: Vec<f32> = otf.re().iter().zip(otf.im()).map(|(re, im)| re * re + im * im).collect();
        let margins = |axis: usize| [offset[axis], size[axis] - picture[axis] - offset[axis]];
        let planes_of =
            |framed: &Image| (0..framed.channels()).map(|channel| framed.channel(channel).to_vec()).collect();
        let planes: Vec<Vec<f32>> = match observation.treatment() {
            Treatment::Circular => planes_of(&filled),
            Treatment::Taper => planes_of(&tapered(&filled, kernel, &transform, &otf)),
            Treatment::Mirror if !is_its_own_mirror_image(kernel) => {
                let mut continuation = Continuation::new(picture, &transform, &otf);
                (0..filled.channels()).map(|channel| continuation.of(filled.channel(channel)).to_vec()).collect()
            }
            // Unknown pixels hold a mirror image, which is as good a start as any.
            Treatment::Mirror | Treatment::Unknown => {
                planes_of(&extend(&filled, margins(0), margins(1), Boundary::Mirror))
            }
        };
        let unknown_outside = observation.treatment() == Treatment::Unknown && size != picture;
        let known = (unknown_outside || observation.known().is_some()).then(|| {
            let mut known = vec![0.0; size[0] * size[1]];
            for (index, known) in known.iter_mut().enumerate() {
                let [y, x] = [index / size[1], index % size[1]];
                let place = match observation.treatment() {
                    Treatment::Mirror => Some([
                        Boundary::Mirror.index(y as isize, picture[0]),
                        Boundary::Mirror.index(x as isize, picture[1]),
                    ]),
                    _ => (y >= offset[0] && x >= offset[1])
                        .then(|| [y - offset[0], x - offset[1]])
                        .filter(|[y, x]| *y < picture[0] && *x < picture[1]),
                };
                if let Some([y, x]) = place
                    && observation.known().is_none_or(|flags| flags[y * picture[1] + x])
                {
                    *known = 1.0;
                }
            }
            known
        });
        Self { size, picture, offset, transform, otf, otf_power, planes, known }
    }

    /// Rows and columns of the frame.
    #[must_use]
    pub fn size(&self) -> [usize; 2] {
        self.size
    }

    /// Pixels of the frame.
    #[must_use]
    pub fn pixels(&self) -> usize {
        self.size[0] * self.size[1]
    }

    /// The transform of the frame's planes.
    #[must_use]
    pub fn transform(&self) -> &RealFft2 {
        &self.transform
    }

    /// H.
    #[must_use]
    pub fn otf(&self) -> &Spectrum {
        &self.otf
    }

    /// |H|² in storage order.
    #[must_use]
    pub fn otf_power(&self) -> &[f32] {
        &self.otf_power
    }

    /// g of one channel on the frame, with something sensible where it is not known.
    #[must_use]
    pub fn observed(&self, channel: usize) -> &[f32] {
        &self.planes[channel]
    }

    /// M: 1 where a pixel is known and 0 elsewhere; None when all are.
    #[must_use]
    pub fn known(&self) -> Option<&[f32]> {
        self.known.as_deref()
    }

    /// How many pixels are known.
    #[must_use]
    pub fn known_count(&self) -> usize {
        self.known.as_ref().map_or(self.pixels(), |known| known.iter().filter(|&&known| known > 0.0).count())
    }

    /// Fills a plane of the frame with `picture`, row after row, and with its mirror images outside.
    ///
    /// # Panics
    /// When a length does not fit.
    pub fn spread_into(&self, picture: &[f32], plane: &mut [f32]) {
        assert!(plane.len() == self.pixels() && picture.len() == self.picture[0] * self.picture[1], "other sizes");
        for (y, row) in plane.chunks_exact_mut(self.size[1]).enumerate() {
            let y = Boundary::Mirror.index(y as isize - self.offset[0] as isize, self.picture[0]);
            let source = &picture[y * self.picture[1]..][..self.picture[1]];
            for (x, value) in row.iter_mut().enumerate() {
                *value = source[Boundary::Mirror.index(x as isize - self.offset[1] as isize, self.picture[1])];
            }
        }
    }

    /// Copies the picture's part of a plane of the frame to `picture`, row after row.
    ///
    /// # Panics
    /// When a length does not fit.
    pub fn crop_into(&self, plane: &[f32], picture: &mut [f32]) {
        assert!(plane.len() == self.pixels() && picture.len() == self.picture[0] * self.picture[1], "other sizes");
        let rows = plane.chunks_exact(self.size[1]).skip(self.offset[0]);
        for (target, row) in picture.chunks_exact_mut(self.picture[1]).zip(rows) {
            target.copy_from_slice(&row[self.offset[1]..][..self.picture[1]]);
        }
    }
}
