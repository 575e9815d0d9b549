//! A degraded picture with what is known and assumed of how it came about.

use super::automatic::evidence;
use super::frame::Frame;
use super::spectra::Spectra;
use super::treatment::Treatment;
use crate::imaging::{Boundary, Image, ImageError, Kernel, MAX_PIXELS};
use std::cell::OnceCell;

/// The largest magnitude that samples, and the sum of the magnitudes of a kernel's weights, may have: sums over the
/// largest picture stay within the range of f32 with it.
pub const MAX_MAGNITUDE: f32 = 1e6;

/// An observed picture g, the kernel h that blurred it (its weights should sum to 1), and what is assumed outside. All
/// that methods derive from these is computed when first asked for and kept, so that tuning costs little.
///
/// A kernel larger than the picture wraps around it, as the blur itself does.
pub struct Observation {
    observed: Image,
    kernel: Kernel,
    treatment: Treatment,
    sigma: f32,
    known: Option<Vec<bool>>,
    spectra: OnceCell<Spectra>,
    frame: OnceCell<Frame>,
    evidence: OnceCell<Option<Vec<f32>>>,
}

impl Observation {
    /// `observed` was blurred by `kernel`; outside it lies what `treatment` says. Nothing is known of the noise, and all
    /// pixels are there.
    ///
    /// # Errors
    /// When a sample is not finite or beyond ±[`MAX_MAGNITUDE`], the kernel's weights are beyond it in sum, or the picture
    /// with what is put about it would have more than [`MAX_PIXELS`] pixels.
    pub fn new(observed: Image, kernel: Kernel, treatment: Treatment) -> Result<Self, ImageError> {
        if observed.data().iter().any(|value| !value.is_finite()) {
            return Err(ImageError::NotFinite);
        }
        let magnitude = kernel.weights().iter().map(|weight| f64::from(weight.abs())).sum::<f64>();
        if magnitude > f64::from(MAX_MAGNITUDE) || observed.data().iter().any(|value| value.abs() > MAX_MAGNITUDE) {
            return Err(ImageError::TooStrong { most: MAX_MAGNITUDE as u32 });
        }
        // Where the outside is unknown, spectra are of the mirrored picture and the frame has its margin.
        let mirrored = matches!(treatment, Treatment::Mirror | Treatment::Unknown);
        let sizes = [
            if mirrored { Spectra::mirrored_size(observed.size()) } else { observed.size() },
            if treatment == Treatment::Unknown {
                Frame::unknown_size(observed.size(), kernel.size())
            } else {
                observed.size()
            },
        ];
        if let Some([height, width]) =
            sizes.into_iter().find(|[height, width]| height.saturating_mul(*width) > MAX_PIXELS)
        {
            return Err(ImageError::TooLarge { height, width });
        }
        Ok(Self {
            observed,
            kernel,
            treatment,
            sigma: 0.0,
            known: None,
            spectra: OnceCell::new(),
            frame: OnceCell::new(),
            evidence: OnceCell::new(),
        })
    }

    /// The same with noise of standard deviation `sigma`, in the unit of the samples; what is no number above zero is no
    /// noise.
    #[must_use]
    pub fn with_noise(mut self, sigma: f32) -> Self {
        self.sigma = if sigma.is_finite() { sigma.max(0.0) } else { 0.0 };
        self
    }

    /// The same with pixels that are missing, in all channels, where `known` is false. Their samples are not looked at by
    /// methods that can do without, and are filled in from their neighbours for the others.
    ///
    /// # Panics
    /// When `known` is not as long as the picture has pixels.
    #[must_use]
    pub fn with_known(mut self, known: Vec<bool>) -> Self {
        assert!(known.len() == self.observed.height() * self.observed.width(), "a flag a pixel");
        self.known = known.contains(&false).then_some(known);
        self.spectra = OnceCell::new();
        self.frame = OnceCell::new();
        self.evidence = OnceCell::new();
        self
    }

    /// What was observed.
    #[must_use]
    pub fn observed(&self) -> &Image {
        &self.observed
    }

    /// What blurred it.
    #[must_use]
    pub fn kernel(&self) -> &Kernel {
        &self.kernel
    }

    /// What is assumed outside.
    #[must_use]
    pub fn treatment(&self) -> Treatment {
        self.treatment
    }

    /// The noise's standard deviation in the unit of the samples; 0 when nothing is known of it.
    #[must_use]
    pub fn sigma(&self) -> f32 {
        self.sigma
    }

    /// Which pixels are there, row after row; None when all are.
    #[must_use]
    pub fn known(&self) -> Option<&[bool]> {
        self.known.as_deref()
    }

    /// The number of colour channels.
    #[must_use]
    pub fn channels(&self) -> usize {
        self.observed.channels()
    }

    /// Rows and columns of the picture.
    #[must_use]
    pub fn size(&self) -> [usize; 2] {
        self.observed.size()
    }

    /// What linear filters work on.
    pub fn spectra(&self) -> &Spectra {
        self.spectra.get_or_init(|| Spectra::new(self))
    }

    /// What iterative methods work on.
    pub fn frame(&self) -> &Frame {
        self.frame.get_or_init(|| Frame::new(self))
    }

    /// The power that rules judge by, in the order of [`Observation::spectra`].
    pub(super) fn evidence(&self) -> &[f32] {
        self.evidence.get_or_init(|| evidence(self)).as_deref().unwrap_or_else(|| self.spectra().observed_power())
    }

    /// The picture with missing pixels filled in from their known neighbours, nearer ones counting more.
    pub(super) fn filled(&self) -> Image {
        self.known.as_ref().map_or_else(|| self.observed.clone(), |known| super::filling::fill(&self.observed, known))
    }
}

/// The kernel with its centre at row 0 and column 0 of an otherwise black picture, wrapped around its edges.
pub(super) fn wrapped(kernel: &Kernel, [height, width]: [usize; 2]) -> Vec<f32> {
    let mut plane = vec![0.0; height * width];
    let [centre_y, centre_x] = kernel.centre();
    for (i, weights) in kernel.weights().chunks_exact(kernel.width()).enumerate() {
        let y = Boundary::Circular.index(i as isize - centre_y as isize, height);
        for (j, weight) in weights.iter().enumerate() {
            let x = Boundary::Circular.index(j as isize - centre_x as isize, width);
            plane[y * width + x] += weight;
        }
    }
    plane
}
