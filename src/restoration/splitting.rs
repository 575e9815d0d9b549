//! The step that splitting methods share: least squares with a quadratic penalty, solved frequency by frequency.
//!
//! û = (H*X + R)/(|H|² + ρ_D|D|² + ρ_I) minimises ½‖Hu − x‖² + ½ρ_D‖∇u − d‖² + ½ρ_I‖u − w‖² when R is the transform of
//! r = ρ_D∇ᵀd + ρ_I·w. Where all pixels are known, x is what was observed, and a step takes two transforms. Where some are
//! not, v = Hu is split off too with a weight ρ (Almeida, Figueiredo, 2013), ‖Hu − x‖² weighs ρ, x = v − b changes with
//! every step, and a step takes four.

use super::linear::reciprocal;
use super::observation::Observation;
use super::sums::masked_squares;
use crate::imaging::fourier::{Scratch, Spectrum};
use std::rc::Rc;

/// Bins that stand together in the spectrum's storage: vertical frequencies of the same horizontal one.
const BLOCK: usize = 8;

/// ρ of the split v = Hu. With less, what is unknown is found in fewer steps; with much less, what is known is not
/// followed in as many.
pub(super) const SPLIT: f32 = 0.05;

/// The least-squares step on one channel, with all its memory.
pub(super) struct LeastSquares {
    observation: Rc<Observation>,
    channel: usize,
    /// X: the transform of what is taken for observed.
    data: Spectrum,
    /// How heavy ‖Hu − x‖² is: 1, or ρ of the split v = Hu.
    data_weight: f32,
    spectrum: Spectrum,
    scratch: Scratch,
    /// 1/(ρ|H|² + ρ_D|D|² + ρ_I), in storage order.
    inverse: Vec<f32>,
    /// |D|² of the vertical frequencies, filled up to whole blocks, and of the horizontal ones.
    differences: [Vec<f32>; 2],
    /// How often a vertical frequency occurs in the whole spectrum, filled up to whole blocks.
    weights: Vec<f32>,
    /// Where pixels are unknown: Hu and b.
    blurred: Option<(Spectrum, [Vec<f32>; 2])>,
}

impl LeastSquares {
    /// The memory for a channel of `observation`; [`LeastSquares::restart`] makes it ready. `split` is the weight of the
    /// split v = Hu, where pixels are unknown.
    pub fn new(observation: &Rc<Observation>, channel: usize, split: f32) -> Self {
        let frame = observation.frame();
        let [height, width] = frame.size();
        let transform = frame.transform();
        let power = |index: usize, side: usize| {
            (4.0 * (std::f64::consts::PI * index as f64 / side as f64).sin().powi(2)) as f32
        };
        let weights = Spectrum::weights(height, 1);
        // Horizontal frequencies in the order of the spectrum's storage, one a block.
        let along = Spectrum::by_frequency(1, width, |_, l| power(l, width));
        let differences = [
            (0..weights.len()).map(|k| power(k, height)).collect(),
            along.chunks_exact(BLOCK).map(|block| block[0]).collect(),
        ];
        Self {
            observation: Rc::clone(observation),
            channel,
            data: transform.spectrum(),
            data_weight: if frame.known().is_some() { split } else { 1.0 },
            spectrum: transform.spectrum(),
            scratch: transform.scratch(),
            inverse: vec![0.0; frame.otf_power().len()],
            differences,
            weights,
            blurred: frame
                .known()
                .is_some()
                .then(|| (transform.spectrum(), std::array::from_fn(|_| vec![0.0; frame.pixels()]))),
        }
    }

    /// Root of the mean of M(Hu − g)² over the known pixels, from its sum.
    pub fn root_mean(&self, energy: f64) -> f64 {
        (energy / self.observation.frame().known_count().max(1) as f64).sqrt()
    }

    /// Begins anew with these ρ_D and ρ_I.
    pub fn restart(&mut self, [rho_differences, rho_identity]: [f32; 2]) {
        let frame = self.observation.frame();
        frame.transform().forward(frame.observed(self.channel), &mut self.data, &mut self.scratch);
        self.penalise([rho_differences, rho_identity]);
        if let Some((_, [_, dual])) = &mut self.blurred {
            dual.fill(0.0);
        }
    }

    /// Goes on with other ρ_D and ρ_I.
    pub fn penalise(&mut self, [rho_differences, rho_identity]: [f32; 2]) {
        let data = self.data_weight;
        let powers = self.observation.frame().otf_power();
        let [vertical, horizontal] = &self.differences;
        let width = horizontal.len();
        let (inverse, _) = self.inverse.as_chunks_mut::<BLOCK>();
        let (powers, _) = powers.as_chunks::<BLOCK>();
        let (vertical, _) = vertical.as_chunks::<BLOCK>();
        let blocks = inverse.chunks_exact_mut(width).zip(powers.chunks_exact(width)).zip(vertical);
        for ((inverse, powers), vertical) in blocks {
            for ((inverse, powers), horizontal) in inverse.iter_mut().zip(powers).zip(horizontal) {
                for lane in 0..BLOCK {
                    let restraint = rho_differences * (vertical[lane] + horizontal) + rho_identity;
                    inverse[lane] = reciprocal(data * powers[lane] + restraint);
                }
            }
        }
    }

    /// Puts u in the place of r, both on the frame, and returns the sum of M(Hu − g)² over the frame. Nothing is
    /// allocated.
    pub fn solve(&mut self, plane: &mut [f32]) -> f64 {
        let observation = Rc::clone(&self.observation);
        let frame = observation.frame();
        let transform = frame.transform();
        transform.forward(plane, &mut self.spectrum, &mut self.scratch);
        let energy = self.divide();
        if let Some((spectrum, blurred)) = &mut self.blurred {
            spectrum.clone_from(&self.spectrum);
            spectrum.multiply(frame.otf());
            transform.inverse(spectrum, &mut blurred[0], &mut self.scratch);
        }
        transform.inverse(&mut self.spectrum, plane, &mut self.scratch);
        self.impute().unwrap_or(energy / frame.pixels() as f64)
    }

    /// Fills in what is unknown with what `estimate` would be seen as: x is Hu there from now on, and what was observed
    /// elsewhere.
    pub fn fill(&mut self, estimate: &[f32]) {
        let observation = Rc::clone(&self.observation);
        let frame = observation.frame();
        let (Some((spectrum, [blurred, _])), Some(known)) = (&mut self.blurred, frame.known()) else { return };
        let transform = frame.transform();
        transform.forward(estimate, spectrum, &mut self.scratch);
        spectrum.multiply(frame.otf());
        transform.inverse(spectrum, blurred, &mut self.scratch);
        for (blurred, (observed, known)) in blurred.iter_mut().zip(frame.observed(self.channel).iter().zip(known)) {
            *blurred += known * (observed - *blurred);
        }
        transform.forward(blurred, &mut self.data, &mut self.scratch);
    }

    /// Writes z = argmin ‖Hz − x‖² + a‖z − u‖² to `plane` and returns the sum of (Hu − x)² over the frame. Two transforms;
    /// nothing is allocated.
    pub fn follow(&mut self, estimate: &[f32], weight: f32, plane: &mut [f32]) -> f64 {
        let observation = Rc::clone(&self.observation);
        let frame = observation.frame();
        let transform = frame.transform();
        self.penalise([0.0, weight]);
        transform.forward(estimate, &mut self.spectrum, &mut self.scratch);
        let energy = self.misfit() / frame.pixels() as f64;
        let (re, im) = self.spectrum.parts_mut();
        for value in re.iter_mut().chain(im) {
            *value *= weight;
        }
        self.divide();
        transform.inverse(&mut self.spectrum, plane, &mut self.scratch);
        energy
    }

    /// The sum of |HU − X|² over the whole spectrum.
    fn misfit(&self) -> f64 {
        let otf = self.observation.frame().otf();
        let width = self.differences[1].len();
        let parts = [self.spectrum.re(), self.spectrum.im(), otf.re(), otf.im(), self.data.re(), self.data.im()];
        let parts = parts.map(|part| part.as_chunks::<BLOCK>().0);
        let mut energy = 0.0;
        for (block, weights) in self.weights.as_chunks::<BLOCK>().0.iter().enumerate() {
            let mut sums = [0.0; BLOCK];
            for bin in block * width..(block + 1) * width {
                let [u_re, u_im, h_re, h_im, x_re, x_im] = parts.map(|part| &part[bin]);
                for lane in 0..BLOCK {
                    let re = h_re[lane] * u_re[lane] - h_im[lane] * u_im[lane] - x_re[lane];
                    let im = h_re[lane] * u_im[lane] + h_im[lane] * u_re[lane] - x_im[lane];
                    sums[lane] += re * re + im * im;
                }
            }
            energy += sums.iter().zip(weights).map(|(sum, weight)| f64::from(sum * weight)).sum::<f64>();
        }
        energy
    }

    /// The sum of M(Hu − g)² over the frame for the last u, and x anew. With s = Hu + b, v = (Mg + ρs)/(M + ρ), b₊ is
    /// s − v = M(s − g)/(M + ρ), and x = v − b₊ = s − 2b₊. None where all pixels are known.
    fn impute(&mut self) -> Option<f64> {
        let rho = self.data_weight;
        let frame = self.observation.frame();
        let (Some((_, [blurred, dual])), Some(known)) = (&mut self.blurred, frame.known()) else { return None };
        let width = frame.size()[1];
        let share = 1.0 / (1.0 + rho);
        let rows = frame.observed(self.channel).chunks_exact(width).zip(known.chunks_exact(width));
        let mut energy = 0.0;
        for ((blurred, dual), (observed, known)) in
            blurred.chunks_exact_mut(width).zip(dual.chunks_exact_mut(width)).zip(rows)
        {
            energy += masked_squares(blurred, observed, known);
            for ((blurred, dual), (observed, known)) in blurred.iter_mut().zip(dual).zip(observed.iter().zip(known)) {
                let s = *blurred + *dual;
                *dual = share * known * (s - observed);
                *blurred = s - 2.0 * *dual;
            }
        }
        frame.transform().forward(blurred, &mut self.data, &mut self.scratch);
        Some(energy)
    }

    /// The division in every bin, R in `spectrum` becoming U; returns the sum of |HU − X|² over the whole spectrum.
    fn divide(&mut self) -> f64 {
        let otf = self.observation.frame().otf();
        let weight = self.data_weight;
        let width = self.differences[1].len();
        let (u_re, u_im) = self.spectrum.parts_mut();
        let (u_re, u_im) = (u_re.as_chunks_mut::<BLOCK>().0, u_im.as_chunks_mut::<BLOCK>().0);
        let (h_re, h_im) = (otf.re().as_chunks::<BLOCK>().0, otf.im().as_chunks::<BLOCK>().0);
        let (x_re, x_im) = (self.data.re().as_chunks::<BLOCK>().0, self.data.im().as_chunks::<BLOCK>().0);
        let inverse = self.inverse.as_chunks::<BLOCK>().0;
        let mut energy = 0.0;
        for (block, weights) in self.weights.as_chunks::<BLOCK>().0.iter().enumerate() {
            let mut sums = [0.0; BLOCK];
            for bin in block * width..(block + 1) * width {
                let (a, b, c, d, inverse) = (&h_re[bin], &h_im[bin], &x_re[bin], &x_im[bin], &inverse[bin]);
                // Copies: lanes that cannot be anywhere else become vectors.
                let (mut re, mut im) = (u_re[bin], u_im[bin]);
                for lane in 0..BLOCK {
                    re[lane] = (weight * (a[lane] * c[lane] + b[lane] * d[lane]) + re[lane]) * inverse[lane];
                }
                for lane in 0..BLOCK {
                    im[lane] = (weight * (a[lane] * d[lane] - b[lane] * c[lane]) + im[lane]) * inverse[lane];
                }
                (u_re[bin], u_im[bin]) = (re, im);
                for lane in 0..BLOCK {
                    let residual_re = a[lane] * re[lane] - b[lane] * im[lane] - c[lane];
                    let residual_im = a[lane] * im[lane] + b[lane] * re[lane] - d[lane];
                    sums[lane] += residual_re * residual_re + residual_im * residual_im;
                }
            }
            energy += sums.iter().zip(weights).map(|(sum, weight)| f64::from(sum * weight)).sum::<f64>();
        }
        energy
    }
}
