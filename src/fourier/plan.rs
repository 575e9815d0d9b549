//! The complex transform of one length, in all lanes at once.
//!
//! A Stockham transform (Cochran et al., 1967): each stage takes a factor r of the length, reads r runs, transforms
//! across them, turns the results by their roots of unity and writes them in such an order that the last stage leaves
//! them sorted. Stages go from one buffer to the other and back.

use super::bluestein::Bluestein;
use super::butterflies::{five, four, three, two};
use super::lanes::{Complex, LANES, Lanes, roots};

/// The largest prime factor that is transformed by the definition; for larger ones Bluestein's way is shorter.
const LARGEST_FACTOR: usize = 31;

/// A real and an imaginary part, lane by lane.
pub(super) struct Buffer<'a> {
    pub re: &'a mut [Lanes],
    pub im: &'a mut [Lanes],
}

impl Buffer<'_> {
    pub fn reborrow(&mut self) -> Buffer<'_> {
        Buffer { re: self.re, im: self.im }
    }

    #[inline(always)]
    pub fn at(&self, index: usize) -> Complex {
        Complex { re: self.re[index], im: self.im[index] }
    }

    #[inline(always)]
    pub fn put(&mut self, index: usize, value: Complex) {
        (self.re[index], self.im[index]) = (value.re, value.im);
    }

    /// The conjugate's transform is the inverse's conjugate: exchanging the parts turns one into the other.
    pub fn swapped(&mut self) -> Buffer<'_> {
        Buffer { re: self.im, im: self.re }
    }
}

struct Stage {
    radix: usize,
    /// Transforms that are left after this stage's factor: the length within a run divided by `radix`.
    rest: usize,
    /// Runs that earlier stages made.
    stride: usize,
    /// For each position in `rest` the `radix − 1` turns of outputs 1, 2, ….
    turns: Vec<[f32; 2]>,
    /// The roots of unity of `radix`, for factors without a butterfly of their own.
    roots: Vec<[f32; 2]>,
}

enum Way {
    Stages(Vec<Stage>),
    Bluestein(Box<Bluestein>),
}

/// The plan of one length.
pub(super) struct Fft {
    length: usize,
    way: Way,
}

fn factors(mut rest: usize) -> Vec<usize> {
    let mut factors = Vec::new();
    for factor in [4, 2, 3, 5] {
        while rest.is_multiple_of(factor) {
            factors.push(factor);
            rest /= factor;
        }
    }
    let mut factor = 7;
    while rest > 1 {
        if rest.is_multiple_of(factor) {
            factors.push(factor);
            rest /= factor;
        } else {
            factor += 2;
            // What is left has no factor below its root: it is prime.
            if factor * factor > rest {
                factor = rest;
            }
        }
    }
    factors
}

impl Fft {
    /// A plan for any `length` of at least 1.
    pub fn new(length: usize) -> Self {
        let factors = factors(length);
        if factors.iter().any(|&factor| factor > LARGEST_FACTOR) {
            return Self { length, way: Way::Bluestein(Box::new(Bluestein::new(length))) };
        }
        let mut stages = Vec::with_capacity(factors.len());
        let (mut current, mut stride) = (length, 1);
        for radix in factors {
            let rest = current / radix;
            let turns = (0..rest).flat_map(|position| roots(current, position, radix).split_off(1)).collect();
            stages.push(Stage { radix, rest, stride, turns, roots: roots(radix, 1, radix) });
            current = rest;
            stride *= radix;
        }
        Self { length, way: Way::Stages(stages) }
    }

    /// Elements of lanes that the scratch of [`Fft::run`] needs.
    pub fn scratch_length(&self) -> usize {
        match &self.way {
            Way::Stages(_) => self.length,
            Way::Bluestein(bluestein) => bluestein.scratch_length(),
        }
    }

    /// Transforms `data` in place, forwards and without a factor.
    pub fn run(&self, mut data: Buffer<'_>, scratch: Buffer<'_>) {
        match &self.way {
            Way::Bluestein(bluestein) => bluestein.run(data, scratch),
            Way::Stages(stages) => {
                let mut scratch = Buffer { re: &mut scratch.re[..self.length], im: &mut scratch.im[..self.length] };
                for pair in stages.chunks(2) {
                    pair[0].run(&data, &mut scratch);
                    match pair.get(1) {
                        Some(second) => second.run(&scratch, &mut data),
                        None => {
                            data.re.copy_from_slice(scratch.re);
                            data.im.copy_from_slice(scratch.im);
                        }
                    }
                }
            }
        }
    }
}

impl Stage {
    fn run(&self, source: &Buffer<'_>, target: &mut Buffer<'_>) {
        match self.radix {
            2 => self.butterflies(source, target, two),
            3 => self.butterflies(source, target, three),
            4 => self.butterflies(source, target, four),
            5 => self.butterflies(source, target, five),
            _ => self.definition(source, target),
        }
    }

    #[inline(always)]
    fn butterflies<const RADIX: usize>(
        &self,
        source: &Buffer<'_>,
        target: &mut Buffer<'_>,
        butterfly: impl Fn([Complex; RADIX]) -> [Complex; RADIX],
    ) {
        let stride = self.stride;
        let span = self.rest * stride;
        let runs = target.re.chunks_exact_mut(RADIX * stride).zip(target.im.chunks_exact_mut(RADIX * stride));
        for ((position, (target_re, target_im)), turns) in runs.enumerate().zip(self.turns.chunks_exact(RADIX - 1)) {
            let first = position * stride;
            let source_re: [&[Lanes]; RADIX] =
                std::array::from_fn(|k| &source.re[first + k * span..first + k * span + stride]);
            let source_im: [&[Lanes]; RADIX] =
                std::array::from_fn(|k| &source.im[first + k * span..first + k * span + stride]);
            let results =
                |q: usize| butterfly(std::array::from_fn(|k| Complex { re: source_re[k][q], im: source_im[k][q] }));
            let mut store = |q: usize, j: usize, value: Complex| {
                target_re[j * stride + q] = value.re;
                target_im[j * stride + q] = value.im;
            };
            // At the first position every turn is 1: of the later, longer runs that is a good part. Measured, it gains
            // for twos and fours alone.
            if position == 0 && RADIX.is_power_of_two() {
                for q in 0..stride {
                    for (j, value) in results(q).into_iter().enumerate() {
                        store(q, j, value);
                    }
                }
                continue;
            }
            for q in 0..stride {
                for (j, value) in results(q).into_iter().enumerate() {
                    store(q, j, if j == 0 { value } else { value.times(turns[j - 1]) });
                }
            }
        }
    }

    fn definition(&self, source: &Buffer<'_>, target: &mut Buffer<'_>) {
        let Self { radix, rest, stride, .. } = *self;
        for position in 0..rest {
            for j in 0..radix {
                let turn = if j == 0 { [1.0, 0.0] } else { self.turns[position * (radix - 1) + j - 1] };
                for q in 0..stride {
                    let mut sum = Complex { re: [0.0; LANES], im: [0.0; LANES] };
                    for k in 0..radix {
                        let index = (position + k * rest) * stride + q;
                        let value = Complex { re: source.re[index], im: source.im[index] };
                        sum = sum.add(value.times(self.roots[j * k % radix]));
                    }
                    let value = sum.times(turn);
                    let index = (position * radix + j) * stride + q;
                    target.re[index] = value.re;
                    target.im[index] = value.im;
                }
            }
        }
    }
}
