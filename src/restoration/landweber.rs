//! Landweber's iteration: steepest descent with a fixed step.

use super::blurring::Blurring;
use super::description::{Description, Family, Iterations, Parameter, Positivity, Rule, Scale, Start};
use super::method::{Method, Run};
use super::observation::Observation;
use super::planes::{PlaneStep, PlanesRun, Solver};
use super::settings::Settings;
use super::starting::fill_start;
use super::sweep::sweep;
use super::treatment::Treatment;
use crate::imaging::fourier::{Scratch, Spectrum};
use std::cell::RefCell;
use std::rc::Rc;

/// What there is to know of [`Landweber`].
pub const DESCRIPTION: Description = Description {
    id: "landweber",
    name: "Landweber",
    family: Family::Iterative,
    summary: "Each step blurs the estimate, compares it with the data and corrects it by the difference, blurred back. \
              Strong frequencies return first and noise last, so that stopping early is what regularises.",
    source: "Landweber, 1951; projected: Bertero, Boccacci, 1998",
    parameters: &[Parameter {
        symbol: "τ",
        name: "step length",
        scale: Scale::Even([0.1, 1.9, 0.1]),
        default: 1.0,
        help: "In units of 1/max|H|²: the longer the step, the faster; from 2 on it would diverge.",
    }],
    rules: &[],
    iterations: Some(Iterations { default: 50, most: 1000 }),
    treatments: &[Treatment::Unknown, Treatment::Circular, Treatment::Taper, Treatment::Mirror],
    starts: &[Start::Observed, Start::Flat, Start::Filtered],
    positivity: Positivity::Optional(false),
    missing_pixels: true,
    floats_per_pixel: 12,
};

/// u ← u + τHᵀM(g − Hu), followed by max(u, 0) where values below zero are kept out.
///
/// With every pixel of the frame known the steps are taken on the spectra: without the projection no transform is needed
/// until somebody looks, with it two an iteration; otherwise four.
#[derive(Clone, Copy, Debug)]
pub struct Landweber;

impl Method for Landweber {
    fn description(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn automatic(&self, _: &Observation, _: Rule) -> Option<f32> {
        None
    }

    fn start(&self, observation: &Rc<Observation>, settings: &Settings) -> Box<dyn Run> {
        PlanesRun::start::<Descent>(&DESCRIPTION, observation, settings)
    }
}

struct Descent {
    observation: Rc<Observation>,
    channel: usize,
    /// τ/max|H|².
    step: f32,
    non_negative: bool,
    /// u; out of date while the steps are taken on the spectra alone.
    estimate: Vec<f32>,
    way: Way,
}

enum Way {
    Spectra(Box<Spectra>),
    Masked(Box<Masked>),
}

struct Spectra {
    /// U and G.
    estimate: Spectrum,
    observed: Spectrum,
    /// How often each bin occurs, over the number of pixels squared: sums so weighted are means over the pixels.
    weights: Vec<f32>,
    /// For the way back to pixels, which uses a spectrum up.
    aside: RefCell<(Spectrum, Scratch, Vec<f32>)>,
}

struct Masked {
    blurring: Blurring,
    residual: Vec<f32>,
}

impl Solver for Descent {
    fn new(observation: &Rc<Observation>, channel: usize, settings: &Settings) -> Self {
        let frame = observation.frame();
        let pixels = frame.pixels();
        let way = if frame.known().is_some() {
            Way::Masked(Box::new(Masked { blurring: Blurring::new(observation), residual: vec![0.0; pixels] }))
        } else {
            let transform = frame.transform();
            let mut scratch = transform.scratch();
            let mut observed = transform.spectrum();
            transform.forward(frame.observed(channel), &mut observed, &mut scratch);
            let [height, width] = frame.size();
            let share = 1.0 / (pixels as f64).powi(2);
            let mut weights = Spectrum::weights(height, width);
            weights.iter_mut().for_each(|weight| *weight = (f64::from(*weight) * share) as f32);
            let aside = RefCell::new((transform.spectrum(), scratch, vec![0.0; pixels]));
            Way::Spectra(Box::new(Spectra { estimate: transform.spectrum(), observed, weights, aside }))
        };
        let mut solver = Self {
            observation: Rc::clone(observation),
            channel,
            step: 0.0,
            non_negative: false,
            estimate: vec![0.0; pixels],
            way,
        };
        solver.restart(settings);
        solver
    }

    fn restart(&mut self, settings: &Settings) {
        let frame = self.observation.frame();
        let most = frame.otf_power().iter().fold(0.0_f32, |most, &power| most.max(power));
        self.step = if most > 0.0 { settings.parameter(&DESCRIPTION, 0) / most } else { 0.0 };
        self.non_negative = settings.non_negative;
        fill_start(&self.observation, self.channel, settings.start, &mut self.estimate);
        if self.non_negative {
            self.estimate.iter_mut().for_each(|value| *value = value.max(0.0));
        }
        if let Way::Spectra(spectra) = &mut self.way {
            let (_, scratch, _) = spectra.aside.get_mut();
            frame.transform().forward(&self.estimate, &mut spectra.estimate, scratch);
        }
    }

    fn step(&mut self) -> PlaneStep {
        let frame = self.observation.frame();
        let count = frame.known_count().max(1) as f64;
        let (misfit, [moved, length]) = match &mut self.way {
            Way::Spectra(spectra) => {
                let [misfit, moved, length] = spectra.descend(frame.otf(), self.step);
                // Parseval: sums over the bins are sums over the pixels.
                let pixels = frame.pixels() as f64;
                let unprojected = [moved * pixels, length * pixels];
                let sums = if self.non_negative {
                    let (spectrum, scratch, plane) = spectra.aside.get_mut();
                    copy(&spectra.estimate, spectrum);
                    frame.transform().inverse(spectrum, plane, scratch);
                    let sums = replace(&mut self.estimate, plane, |_, new| new.max(0.0));
                    frame.transform().forward(&self.estimate, &mut spectra.estimate, scratch);
                    sums
                } else {
                    unprojected
                };
                (misfit * pixels, sums)
            }
            Way::Masked(masked) => {
                let Masked { blurring, residual } = &mut **masked;
                let blurred = blurring.blur(&self.estimate);
                let observed = frame.observed(self.channel);
                let known = frame.known().unwrap_or_default();
                let [misfit] =
                    sweep([blurred, observed, known], [&mut residual[..]], |[blurred, observed, known], _| {
                        let residual = known * (observed - blurred);
                        ([residual], [residual * residual])
                    });
                let correction = blurring.blur_transposed(residual);
                let step = self.step;
                let sums = if self.non_negative {
                    replace(&mut self.estimate, correction, |old, change| (old + step * change).max(0.0))
                } else {
                    replace(&mut self.estimate, correction, |old, change| old + step * change)
                };
                (misfit, sums)
            }
        };
        PlaneStep {
            residual: (misfit / count).sqrt(),
            change: if length > 0.0 { (moved / length).sqrt() } else { 0.0 },
            objective: Some(0.5 * misfit),
            done: false,
        }
    }

    fn write_estimate(&self, picture: &mut [f32]) {
        let frame = self.observation.frame();
        match &self.way {
            Way::Spectra(spectra) if !self.non_negative => {
                let (spectrum, scratch, plane) = &mut *spectra.aside.borrow_mut();
                copy(&spectra.estimate, spectrum);
                frame.transform().inverse(spectrum, plane, scratch);
                frame.crop_into(plane, picture);
            }
            _ => frame.crop_into(&self.estimate, picture),
        }
    }
}

impl Spectra {
    /// U ← U + τH*(G − HU), and the means over the pixels of (Hu − g)², (u − u₋)² and u², the first before the step.
    fn descend(&mut self, otf: &Spectrum, step: f32) -> [f64; 3] {
        let (u_re, u_im) = self.estimate.parts_mut();
        let read = [self.observed.re(), self.observed.im(), otf.re(), otf.im(), &self.weights];
        sweep(read, [u_re, u_im], |[g_re, g_im, h_re, h_im, weight], [u_re, u_im]| {
            let misfit = [g_re - (h_re * u_re - h_im * u_im), g_im - (h_re * u_im + h_im * u_re)];
            let moved = [step * (h_re * misfit[0] + h_im * misfit[1]), step * (h_re * misfit[1] - h_im * misfit[0])];
            let new = [u_re + moved[0], u_im + moved[1]];
            (new, [misfit, moved, new].map(|[re, im]| weight * (re * re + im * im)))
        })
    }
}

fn copy(source: &Spectrum, target: &mut Spectrum) {
    let (re, im) = target.parts_mut();
    re.copy_from_slice(source.re());
    im.copy_from_slice(source.im());
}

/// Puts `new(old, with)` in place of each value; answers Σ(u − u₋)² and Σu².
fn replace(plane: &mut [f32], with: &[f32], new: impl Fn(f32, f32) -> f32) -> [f64; 2] {
    sweep([with], [plane], |[with], [old]| {
        let new = new(old, with);
        ([new], [(new - old) * (new - old), new * new])
    })
}
