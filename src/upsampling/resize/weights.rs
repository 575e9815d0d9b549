//! The weights of one axis: for each output the run of inputs it sums.

use std::ops::Range;

use super::coordinates::{Outside, Rounding, Sampling};
use super::filter::Interpolation;

/// A sparse matrix (outputs × inputs) whose rows are runs of the same length.
#[derive(Clone, Debug)]
pub(in crate::upsampling) struct Weights {
    inputs: usize,
    /// Length of a run, at least 1 and at most `inputs`.
    taps: usize,
    /// The first input of each output's run; a run ends within the inputs.
    starts: Vec<usize>,
    /// `taps` weights for each output.
    values: Vec<f32>,
    phases: Option<Phases>,
}

/// The weights of an axis that becomes a whole number of times as long, inside.
#[derive(Clone, Debug)]
pub(super) struct Phases {
    /// The inputs i whose outputs i · s, …, i · s + s − 1 sum no pixel beyond the rim, s being the number of phases.
    pub inside: Range<usize>,
    /// The weights of each phase.
    pub phases: Vec<Phase>,
}

/// The weights of the outputs with the same remainder by the scale.
#[derive(Clone, Debug)]
pub(super) struct Phase {
    /// Where the run begins, counted from the input whose outputs these are.
    pub offset: isize,
    /// As many for each phase.
    pub weights: Vec<f32>,
}

/// What the weights of an axis follow from, apart from its positions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rule {
    pub interpolation: Interpolation,
    pub rounding: Rounding,
    pub outside: Outside,
    /// Whether the kernel grows with the step where that is above 1.
    pub antialias: bool,
}

impl Rule {
    /// How many times as wide as its definition the kernel is for a step.
    pub fn widening(&self, inputs: usize, step: f64) -> f64 {
        // A kernel wider than the plane weighs all of it alike.
        if self.antialias { step.abs().clamp(1.0, inputs as f64) } else { 1.0 }
    }

    /// The first input, which may lie outside, and the weights for a position.
    fn run(&self, position: f64, widening: f64, weights: &mut Vec<f64>) -> i64 {
        weights.clear();
        if self.interpolation == Interpolation::Nearest {
            weights.push(1.0);
            return self.rounding.round(position) as i64;
        }
        let reach = self.interpolation.radius() * widening;
        let (first, last) = ((position - reach).floor() as i64 + 1, (position + reach).ceil() as i64 - 1);
        weights.extend((first..=last).map(|i| self.interpolation.kernel((i as f64 - position) / widening)));
        scale_to_one(weights);
        // A position on a pixel meets the zeros of the kernel.
        let zero = |weight: &f64| weight.abs() < 1e-12;
        while weights.len() > 1 && weights.last().is_some_and(zero) {
            weights.pop();
        }
        let zeros = weights.iter().take_while(|weight| zero(weight)).count();
        weights.drain(..zeros);
        first + zeros as i64
    }
}

impl Weights {
    /// The weights of `outputs` positions among `inputs` pixels, both at least 1.
    pub(super) fn new(inputs: usize, outputs: usize, sampling: Sampling, rule: &Rule) -> Self {
        let widening = rule.widening(inputs, sampling.step);
        let mut run = Vec::new();
        let mut weights = Self::from_runs(inputs, outputs, |o, weights| {
            let first = rule.run(sampling.position(o), widening, &mut run);
            within(first, &run, inputs, rule.outside, weights)
        });
        weights.phases = Phases::new(inputs, outputs, sampling, rule);
        weights
    }

    /// Asks for each output's run: the answer is its first input, the weights are left in the vector. Runs lie within
    /// the inputs and are not empty.
    pub fn from_runs(inputs: usize, outputs: usize, mut run: impl FnMut(usize, &mut Vec<f64>) -> usize) -> Self {
        let (mut found, mut runs, mut weights) = (Vec::new(), Vec::with_capacity(outputs), Vec::new());
        for o in 0..outputs {
            weights.clear();
            let start = run(o, &mut weights);
            runs.push((start, weights.len()));
            found.extend(weights.iter().map(|&weight| weight as f32));
        }
        let taps = runs.iter().map(|&(_, length)| length).max().unwrap_or(1).max(1);
        let mut values = vec![0.0; outputs * taps];
        let (mut starts, mut rest) = (Vec::with_capacity(outputs), found.as_slice());
        for (&(first, length), values) in runs.iter().zip(values.chunks_exact_mut(taps)) {
            let (run, after) = rest.split_at(length);
            rest = after;
            // All runs are as long as the longest, the shorter ones with zeros at both ends, so that runs begin in order.
            let start = first.saturating_sub((taps - length) / 2).min(inputs - taps);
            values[first - start..][..length].copy_from_slice(run);
            starts.push(start);
        }
        Self { inputs, taps, starts, values, phases: None }
    }

    pub const fn inputs(&self) -> usize {
        self.inputs
    }

    pub fn outputs(&self) -> usize {
        self.starts.len()
    }

    pub const fn taps(&self) -> usize {
        self.taps
    }

    pub fn starts(&self) -> &[usize] {
        &self.starts
    }

    pub(super) fn phases(&self) -> Option<&Phases> {
        self.phases.as_ref()
    }

    /// The first input of output `o` and the weights from there on.
    pub fn run(&self, o: usize) -> (usize, &[f32]) {
        (self.starts[o], &self.values[o * self.taps..][..self.taps])
    }

    /// All weights, a run after the other.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// The transposed matrix: what the outputs weigh in each input. As sparse if the runs begin in order.
    pub fn transposed(&self) -> Self {
        // For each input the outputs between the first and the last that sum it with a weight other than 0.
        let mut reach: Vec<Option<(usize, usize)>> = vec![None; self.inputs];
        let used = |o: usize| {
            let (start, weights) = self.run(o);
            weights.iter().enumerate().filter(|(_, weight)| **weight != 0.0).map(move |(tap, _)| start + tap)
        };
        for o in 0..self.outputs() {
            for i in used(o) {
                reach[i] = Some(reach[i].map_or((o, o), |(first, _)| (first, o)));
            }
        }
        Self::from_runs(self.outputs(), self.inputs, |i, weights| {
            let (first, last) = reach[i].unwrap_or_default();
            weights.extend((first..=last).map(|o| {
                let (start, run) = self.run(o);
                i.checked_sub(start).and_then(|tap| run.get(tap)).map_or(0.0, |&weight| f64::from(weight))
            }));
            first
        })
    }
}

impl Phases {
    /// `None` if the axis does not become a whole number of times as long with the positions repeating for each pixel.
    fn new(inputs: usize, outputs: usize, sampling: Sampling, rule: &Rule) -> Option<Self> {
        let factor = outputs / inputs;
        if factor < 2 || outputs != inputs * factor || sampling.step * factor as f64 != 1.0 {
            return None;
        }
        let mut run = Vec::new();
        let mut phases: Vec<Phase> = (0..factor)
            .map(|phase| {
                let offset = rule.run(sampling.position(phase), 1.0, &mut run) as isize;
                Phase { offset, weights: run.iter().map(|&weight| weight as f32).collect() }
            })
            .collect();
        let taps = phases.iter().map(|phase| phase.weights.len()).max()?;
        for phase in &mut phases {
            let before = (taps - phase.weights.len()) / 2;
            phase.offset = phase.offset.saturating_sub_unsigned(before);
            phase.weights.splice(..0, std::iter::repeat_n(0.0, before));
            phase.weights.resize(taps, 0.0);
        }
        let before = phases.iter().map(|phase| -phase.offset).max()?;
        let after = phases.iter().map(|phase| phase.offset).max()?.saturating_add_unsigned(taps - 1);
        let (before, after) = (usize::try_from(before).unwrap_or(0), usize::try_from(after).unwrap_or(0));
        let inside = before..inputs.saturating_sub(after);
        (!inside.is_empty() && !matches!(rule.outside, Outside::Value(_))).then_some(Self { inside, phases })
    }
}

/// A run that may reach beyond the inputs as one that does not: what is beyond counts for the rim, or is left out.
fn within(first: i64, run: &[f64], inputs: usize, outside: Outside, weights: &mut Vec<f64>) -> usize {
    let rim = inputs as i64 - 1;
    let last = first + run.len() as i64 - 1;
    let (start, end) = (first.clamp(0, rim), last.clamp(0, rim));
    weights.resize((end - start + 1) as usize, 0.0);
    for (i, &weight) in (first..).zip(run) {
        if (0..=rim).contains(&i) || outside != Outside::LeftOut {
            weights[(i.clamp(0, rim) - start) as usize] += weight;
        }
    }
    if outside == Outside::LeftOut {
        scale_to_one(weights);
    }
    start as usize
}

/// Divides by the sum. Weights that cancel each other become one of 1: the rim's where all lies outside.
fn scale_to_one(weights: &mut [f64]) {
    let sum: f64 = weights.iter().sum();
    if sum.abs() > 1e-12 {
        weights.iter_mut().for_each(|weight| *weight /= sum);
    } else if let Some((first, rest)) = weights.split_first_mut() {
        *first = 1.0;
        rest.fill(0.0);
    }
}
