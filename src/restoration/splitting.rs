//! The step that splitting methods share: least squares with a quadratic penalty, solved frequency by frequency.
//!
//! û = (H*X + R)/(|H|² + ρ_D|D|² + ρ_I) minimises ½‖Hu − x‖² + ½ρ_D‖∇u − d‖² + ½ρ_I‖u − w‖² when R is the transform of
//! r = ρ_D∇ᵀd + ρ_I·w. Where all pixels are known, x is what was observed, and a step takes two transforms. Where some are
//! not, v = Hu is split off too (Almeida, Figueiredo, 2013), x = v − b changes with every step, and a step takes four. The
//! penalty of that split is as heavy as the data's own weight, 1: then x is what was observed where that is known and the
//! last Hu where it is not, and no b needs to be kept.

use super::linear::reciprocal;
use super::observation::Observation;
use crate::imaging::fourier::{Scratch, Spectrum};
use std::rc::Rc;

/// Bins that stand together in the spectrum's storage: vertical frequencies of the same horizontal one.
const BLOCK: usize = 8;

/// The least-squares step on one channel, with all its memory.
pub(super) struct LeastSquares {
    observation: Rc<Observation>,
    channel: usize,
    /// X: the transform of what is taken for observed.
    data: Spectrum,
    spectrum: Spectrum,
    scratch: Scratch,
    /// 1/(|H|² + ρ_D|D|² + ρ_I), in storage order.
    inverse: Vec<f32>,
    /// |D|² of the vertical frequencies, filled up to whole blocks, and of the horizontal ones.
    differences: [Vec<f32>; 2],
    /// How often a vertical frequency occurs in the whole spectrum, filled up to whole blocks.
    weights: Vec<f32>,
    /// Where pixels are unknown: Hu.
    blurred: Option<(Spectrum, Vec<f32>)>,
}

impl LeastSquares {
    /// The memory for a channel of `observation`; [`LeastSquares::restart`] makes it ready.
    pub fn new(observation: &Rc<Observation>, channel: usize) -> Self {
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
            spectrum: transform.spectrum(),
            scratch: transform.scratch(),
            inverse: vec![0.0; frame.otf_power().len()],
            differences,
            weights,
            blurred: frame.known().is_some().then(|| (transform.spectrum(), vec![0.0; frame.pixels()])),
        }
    }

    /// Begins anew with these ρ_D and ρ_I.
    pub fn restart(&mut self, [rho_differences, rho_identity]: [f32; 2]) {
        let frame = self.observation.frame();
        frame.transform().forward(frame.observed(self.channel), &mut self.data, &mut self.scratch);
        self.penalise([rho_differences, rho_identity]);
    }

    /// Goes on with other ρ_D and ρ_I.
    pub fn penalise(&mut self, [rho_differences, rho_identity]: [f32; 2]) {
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
                    inverse[lane] = reciprocal(powers[lane] + restraint);
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
            transform.inverse(spectrum, blurred, &mut self.scratch);
        }
        transform.inverse(&mut self.spectrum, plane, &mut self.scratch);
        self.impute().unwrap_or(energy / frame.pixels() as f64)
    }

    /// The sum of M(Hu − g)² over the frame for the last u, and x anew: what was observed where it is known, Hu where it
    /// is not. None where all pixels are known.
    fn impute(&mut self) -> Option<f64> {
        let frame = self.observation.frame();
        let (Some((_, blurred)), Some(known)) = (&mut self.blurred, frame.known()) else { return None };
        let width = frame.size()[1];
        let rows = frame.observed(self.channel).chunks_exact(width).zip(known.chunks_exact(width));
        let mut energy = 0.0;
        for (blurred, (observed, known)) in blurred.chunks_exact_mut(width).zip(rows) {
            let mut row = 0.0_f32;
            for ((blurred, observed), known) in blurred.iter_mut().zip(observed).zip(known) {
                let residual = known * (*blurred - observed);
                row += residual * residual;
                *blurred -= residual;
            }
            energy += f64::from(row);
        }
        frame.transform().forward(blurred, &mut self.data, &mut self.scratch);
        Some(energy)
    }

    /// The division in every bin, R in `spectrum` becoming U; returns the sum of |HU − X|² over the whole spectrum.
    fn divide(&mut self) -> f64 {
        let otf = self.observation.frame().otf();
        let width = self.differences[1].len();
        let (u_re, u_im) = self.spectrum.parts_mut();
        let (u_re, u_im) = (u_re.as_chunks_mut::<BLOCK>().0, u_im.as_chunks_mut::<BLOCK>().0);
        let [h_re, h_im, x_re, x_im, inverse] =
            [otf.re(), otf.im(), self.data.re(), self.data.im(), &self.inverse].map(|part| part.as_chunks::<BLOCK>().0);
        let mut energy = 0.0;
        for (block, weights) in self.weights.as_chunks::<BLOCK>().0.iter().enumerate() {
            let bins = block * width..(block + 1) * width;
            let mut sums = [0.0; BLOCK];
            let targets = u_re[bins.clone()].iter_mut().zip(&mut u_im[bins.clone()]);
            let otfs = h_re[bins.clone()].iter().zip(&h_im[bins.clone()]);
            let data = x_re[bins.clone()].iter().zip(&x_im[bins.clone()]);
            for ((((u_re, u_im), (h_re, h_im)), (x_re, x_im)), inverse) in
                targets.zip(otfs).zip(data).zip(&inverse[bins])
            {
                for lane in 0..BLOCK {
                    let [a, b, c, d] = [h_re[lane], h_im[lane], x_re[lane], x_im[lane]];
                    let re = (a * c + b * d + u_re[lane]) * inverse[lane];
                    let im = (a * d - b * c + u_im[lane]) * inverse[lane];
                    (u_re[lane], u_im[lane]) = (re, im);
                    let (re, im) = (a * re - b * im - c, a * im + b * re - d);
                    sums[lane] += re * re + im * im;
                }
            }
            energy += sums.iter().zip(weights).map(|(sum, weight)| f64::from(sum * weight)).sum::<f64>();
        }
        energy
    }
}
