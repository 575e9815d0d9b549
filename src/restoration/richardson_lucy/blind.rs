//! Blind Richardson–Lucy: picture and point-spread function by turns, each with the other held.

use super::core::{Weights, compare, fill_positive, invert_shares, least_model, multiply, multiply_each, positive};
use super::{STARTS, TREATMENTS};
use crate::imaging::fourier::{Scratch, Spectrum};
use crate::imaging::{Boundary, Kernel};
use crate::restoration::description::{Description, Family, Iterations, Parameter, Positivity, Rule, Scale};
use crate::restoration::method::{Method, Run};
use crate::restoration::observation::Observation;
use crate::restoration::planes::{PlaneStep, PlanesRun, Solver};
use crate::restoration::settings::Settings;
use crate::restoration::starting::known_mean;
use std::rc::Rc;

/// What there is to know of [`BlindRichardsonLucy`].
pub const DESCRIPTION: Description = Description {
    id: "blind-rl",
    name: "Blind Richardson–Lucy",
    family: Family::Blind,
    summary: "Neither the picture nor the blur is known: a few steps improve the picture with the blur held, a few the blur \
              with the picture held, and so on. It never leaves the size of the blur that was guessed, and depends on the \
              guess: many pairs explain the same data.",
    source: "Fish, Brinicombe, Pike, Walker, 1995",
    parameters: &[
        Parameter {
            symbol: "w",
            name: "trust in the guess",
            scale: Scale::Even([0.0, 1.0, 0.05]),
            default: 1.0,
            help: "How much of the guessed blur is in the one to start with; the rest is a wide bell of the same size.",
        },
        Parameter {
            symbol: "n",
            name: "steps for the picture",
            scale: Scale::Even([1.0, 20.0, 1.0]),
            default: 2.0,
            help: "Steps of a round that improve the picture.",
        },
        Parameter {
            symbol: "m",
            name: "steps for the blur",
            scale: Scale::Even([0.0, 20.0, 1.0]),
            default: 6.0,
            help: "Steps of a round that improve the blur; 0 believes the guess.",
        },
    ],
    rules: &[],
    iterations: Some(Iterations { default: 20, most: 500 }),
    treatments: TREATMENTS,
    starts: STARTS,
    positivity: Positivity::Always,
    missing_pixels: true,
    floats_per_pixel: 14,
};

/// Of a round, n times u ← u/(HᵀM) · Hᵀ(M g/(Hu)), then m times the same with h in the place of u and U in that of H, on
/// the support of the observation's kernel and scaled to a sum of 1. The observation's kernel is the guess. Each channel
/// finds a blur of its own; [`Run::kernel`] tells the first one's. Residual and divergence are those before the round.
#[derive(Clone, Copy, Debug)]
pub struct BlindRichardsonLucy;

impl Method for BlindRichardsonLucy {
    fn description(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn automatic(&self, _: &Observation, _: Rule) -> Option<f32> {
        None
    }

    fn start(&self, observation: &Rc<Observation>, settings: &Settings) -> Box<dyn Run> {
        PlanesRun::start::<Blind>(&DESCRIPTION, observation, settings)
    }
}

/// Of the bell that is mixed in at least: a weight of 0 would stay 0 whatever the data say.
const LEAST_BELL: f32 = 0.02;
/// The bell's standard deviation, as a part of the support's side.
const BELL: f32 = 0.25;

struct Blind {
    observation: Rc<Observation>,
    channel: usize,
    rounds: [usize; 2],
    least_model: f32,
    estimate: Vec<f32>,
    /// h on its support, row after row.
    weights: Vec<f32>,
    /// Where on the frame each of them stands.
    places: Vec<usize>,
    /// 1/HᵀM where not every pixel is known, and the transform of M.
    masked: Option<(Vec<f32>, Spectrum)>,
    /// 1/UᵀM on the support.
    shares: Vec<f32>,
    otf: Spectrum,
    image: Spectrum,
    work: Spectrum,
    scratch: Scratch,
    ratio: Vec<f32>,
    plane: Vec<f32>,
}

impl Solver for Blind {
    fn new(observation: &Rc<Observation>, channel: usize, settings: &Settings) -> Self {
        let frame = observation.frame();
        let (transform, plane) = (frame.transform(), vec![0.0; frame.pixels()]);
        let mut scratch = transform.scratch();
        let masked = frame.known().map(|known| {
            let mut spectrum = transform.spectrum();
            transform.forward(known, &mut spectrum, &mut scratch);
            (plane.clone(), spectrum)
        });
        let mean = known_mean(observation, channel, |value| value.max(0.0));
        let count = observation.kernel().weights().len();
        let mut solver = Self {
            observation: Rc::clone(observation),
            channel,
            rounds: [0; 2],
            least_model: least_model(mean),
            estimate: plane.clone(),
            weights: vec![0.0; count],
            places: places(observation.kernel(), frame.size()),
            masked,
            shares: vec![0.0; count],
            otf: transform.spectrum(),
            image: transform.spectrum(),
            work: transform.spectrum(),
            scratch,
            ratio: plane.clone(),
            plane,
        };
        solver.restart(settings);
        solver
    }

    fn restart(&mut self, settings: &Settings) {
        let mean = known_mean(&self.observation, self.channel, |value| value.max(0.0));
        fill_positive(&self.observation, self.channel, settings.start, [0.0, mean], &mut self.estimate);
        let trust = settings.parameter(&DESCRIPTION, 0).min(1.0 - LEAST_BELL);
        self.rounds = [1, 2].map(|place| settings.parameter(&DESCRIPTION, place).round() as usize);
        let guess = self.observation.kernel();
        let bell = bell(guess.size());
        let sum: f32 = guess.weights().iter().map(|&weight| positive(weight)).sum();
        for ((weight, guess), bell) in self.weights.iter_mut().zip(guess.weights()).zip(&bell) {
            let guessed = if sum > 0.0 { positive(*guess) / sum } else { *bell };
            *weight = trust * guessed + (1.0 - trust) * bell;
        }
        normalise(&mut self.weights);
    }

    fn step(&mut self) -> PlaneStep {
        let observation = Rc::clone(&self.observation);
        let (frame, transform) = (observation.frame(), observation.frame().transform());
        let observed = frame.observed(self.channel);
        let levels = [0.0, self.least_model];
        let count = frame.known_count().max(1) as f64;
        let Self { scratch, work, plane, ratio, .. } = self;
        let mut first = None;
        let mut sums = [0.0; 2];

        spread(&self.weights, &self.places, plane);
        transform.forward(plane, &mut self.otf, scratch);
        if let Some((weights, known)) = &mut self.masked {
            copy(known, work);
            work.multiply_by_conjugate(&self.otf);
            transform.inverse(work, weights, scratch);
            invert_shares(weights);
        }
        for _ in 0..self.rounds[0] {
            transform.forward(&self.estimate, work, scratch);
            work.multiply(&self.otf);
            transform.inverse(work, plane, scratch);
            let misfit = compare([observed, plane], frame.known(), ratio, levels, |_, _, ratio| ratio);
            first.get_or_insert(misfit);
            transform.forward(ratio, work, scratch);
            work.multiply_by_conjugate(&self.otf);
            transform.inverse(work, plane, scratch);
            let [moved, length] = match &self.masked {
                None => multiply(&mut self.estimate, plane, &Weights::Even(1.0)),
                Some((weights, _)) => multiply_each(&mut self.estimate, plane, weights),
            };
            sums = [sums[0] + moved, length];
        }

        transform.forward(&self.estimate, &mut self.image, scratch);
        match &self.masked {
            None => {
                let light: f64 = self.estimate.iter().map(|&value| f64::from(value)).sum();
                self.shares.fill(light as f32);
            }
            Some((_, known)) => {
                copy(known, work);
                work.multiply_by_conjugate(&self.image);
                transform.inverse(work, plane, scratch);
                self.shares.iter_mut().zip(&self.places).for_each(|(share, &place)| *share = plane[place]);
            }
        }
        invert_shares(&mut self.shares);
        for _ in 0..self.rounds[1] {
            spread(&self.weights, &self.places, plane);
            transform.forward(plane, work, scratch);
            work.multiply(&self.image);
            transform.inverse(work, plane, scratch);
            compare([observed, plane], frame.known(), ratio, levels, |_, _, ratio| ratio);
            transform.forward(ratio, work, scratch);
            work.multiply_by_conjugate(&self.image);
            transform.inverse(work, plane, scratch);
            for ((weight, &place), share) in self.weights.iter_mut().zip(&self.places).zip(&self.shares) {
                *weight = positive(*weight * plane[place] * share);
            }
            normalise(&mut self.weights);
        }

        let squares = first.map_or(0.0, |misfit| misfit.squares);
        PlaneStep {
            residual: (squares / count).sqrt(),
            change: if sums[1] > 0.0 { (sums[0] / sums[1]).sqrt() } else { 0.0 },
            objective: first.map(|misfit| misfit.divergence),
            done: false,
        }
    }

    fn write_estimate(&self, picture: &mut [f32]) {
        self.observation.frame().crop_into(&self.estimate, picture);
    }

    fn kernel(&self) -> Option<Kernel> {
        let [height, width] = self.observation.kernel().size();
        Kernel::normalised(height, width, self.weights.clone()).ok()
    }
}

/// Where on a frame of `size` each weight stands.
fn places(kernel: &Kernel, [height, width]: [usize; 2]) -> Vec<usize> {
    let [centre_y, centre_x] = kernel.centre();
    let place = |index: usize| {
        let [y, x] = [index / kernel.width(), index % kernel.width()];
        let y = Boundary::Circular.index(y as isize - centre_y as isize, height);
        y * width + Boundary::Circular.index(x as isize - centre_x as isize, width)
    };
    (0..kernel.weights().len()).map(place).collect()
}

fn spread(weights: &[f32], places: &[usize], plane: &mut [f32]) {
    plane.fill(0.0);
    for (weight, &place) in weights.iter().zip(places) {
        plane[place] += weight;
    }
}

/// A Gaussian on a support, of sum 1.
fn bell([height, width]: [usize; 2]) -> Vec<f32> {
    let part = |index: usize, side: usize| {
        let deviation = (BELL * side as f32).max(0.5);
        (-((index as f32 - (side / 2) as f32) / deviation).powi(2) / 2.0).exp()
    };
    let mut weights: Vec<f32> =
        (0..height * width).map(|index| part(index / width, height) * part(index % width, width)).collect();
    normalise(&mut weights);
    weights
}

/// Scales to a sum of 1; what has none becomes even.
fn normalise(weights: &mut [f32]) {
    let sum: f64 = weights.iter().map(|&weight| f64::from(weight)).sum();
    let even = 1.0 / weights.len() as f32;
    let scale = sum.recip() as f32;
    let sound = sum > 0.0 && scale.is_finite();
    weights.iter_mut().for_each(|weight| *weight = if sound { *weight * scale } else { even });
}

fn copy(source: &Spectrum, target: &mut Spectrum) {
    let (re, im) = target.parts_mut();
    re.copy_from_slice(source.re());
    im.copy_from_slice(source.im());
}
