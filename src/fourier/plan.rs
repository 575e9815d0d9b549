//! The complex transform of one length, in all lanes at once and in place.
//!
//! Each stage takes a factor r of the length. Forwards through the stages (decimation in frequency, Gentleman and Sande,
//! 1966) the r parts of a block are transformed across and turned by their roots of unity, and then each part is a block
//! of its own; what went in sorted comes out in the order of its digits reversed, at its [`places`]. Backwards (decimation
//! in time, Cooley and Tukey, 1965) what lies at these places comes out sorted. Both are the same transform. Nothing is
//! ever sorted for its own sake: who brings the samples, or fetches the bins, does it line by line at the proper places.

use super::bluestein::Bluestein;
use super::butterflies::{eight, five, four, three, two};
use super::lanes::{Complex, HALF, LANES, Lanes, roots};

/// The largest prime factor that is transformed by the definition; for larger ones Bluestein's way is shorter.
const LARGEST_FACTOR: usize = 31;

/// Blocks up to this length go through their stages one after the other; the parts of longer ones each go through all of
/// theirs first, as the fastest cache holds 32 KiB.
const LARGEST_BLOCK: usize = 256;

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
    pub fn at(&self, index: usize) -> Complex<LANES> {
        Complex { re: self.re[index], im: self.im[index] }
    }

    #[inline(always)]
    pub fn put(&mut self, index: usize, value: Complex<LANES>) {
        (self.re[index], self.im[index]) = (value.re, value.im);
    }

    /// The conjugate's transform is the inverse's conjugate: exchanging the parts turns one into the other.
    pub fn swapped(&mut self) -> Buffer<'_> {
        Buffer { re: self.im, im: self.re }
    }
}

struct Stage {
    radix: usize,
    /// The length of a part: that of a block divided by `radix`.
    part: usize,
    /// For each position in a part the turns of all `radix` numbers, the first of them 1; nothing for parts of length 1,
    /// which need none.
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
    way: Way,
    /// Where the number with each index lies when it is not sorted.
    pub places: Vec<usize>,
}

/// Odd factors in front, an eight at most and at the end: where there are turns too, eights overflow the registers.
fn factors(length: usize) -> Vec<usize> {
    let twos = length.trailing_zeros() as usize;
    let mut rest = length >> twos;
    let mut factors = Vec::new();
    let mut factor = 3;
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
    match twos {
        0 => {}
        1 => factors.push(2),
        _ => {
            let eights = twos % 2;
            factors.resize(factors.len() + (twos - 3 * eights) / 2, 4);
            factors.resize(factors.len() + eights, 8);
        }
    }
    factors
}

fn needs_bluestein(factors: &[usize]) -> bool {
    factors.iter().any(|&factor| factor > LARGEST_FACTOR)
}

/// Where the number with each index lies in the unsorted order of a transform of `length`.
pub(super) fn places(length: usize) -> Vec<usize> {
    let factors = factors(length);
    if needs_bluestein(&factors) {
        return (0..length).collect();
    }
    let place = |mut index: usize| {
        let (mut place, mut part) = (0, length);
        for factor in &factors {
            part /= factor;
            place += index % factor * part;
            index /= factor;
        }
        place
    };
    (0..length).map(place).collect()
}

impl Fft {
    /// A plan for any `length` of at least 1.
    pub fn new(length: usize) -> Self {
        let (factors, places) = (factors(length), places(length));
        if needs_bluestein(&factors) {
            return Self { way: Way::Bluestein(Box::new(Bluestein::new(length))), places };
        }
        let mut stages = Vec::with_capacity(factors.len());
        let mut block = length;
        for radix in factors {
            let part = block / radix;
            let positions = if part == 1 { 0 } else { part };
            let turns = (0..positions).flat_map(|position| roots(block, position, radix)).collect();
            stages.push(Stage { radix, part, turns, roots: roots(radix, 1, radix) });
            block = part;
        }
        Self { way: Way::Stages(stages), places }
    }

    /// Elements of lanes that the scratch of the transforms needs.
    pub fn scratch_length(&self) -> usize {
        match &self.way {
            Way::Stages(_) => 0,
            Way::Bluestein(bluestein) => bluestein.scratch_length(),
        }
    }

    /// Transforms `data` in place, forwards and without a factor: sorted numbers into numbers at their places.
    pub fn from_sorted(&self, data: Buffer<'_>, scratch: Buffer<'_>) {
        match &self.way {
            Way::Stages(stages) => in_frequency(stages, data),
            Way::Bluestein(bluestein) => bluestein.run(data, scratch),
        }
    }

    /// The same transform of numbers at their places into sorted numbers.
    pub fn to_sorted(&self, data: Buffer<'_>, scratch: Buffer<'_>) {
        match &self.way {
            Way::Stages(stages) => in_time(stages, data),
            Way::Bluestein(bluestein) => bluestein.run(data, scratch),
        }
    }
}

fn in_frequency(stages: &[Stage], mut data: Buffer<'_>) {
    match stages {
        [first, rest @ ..] if data.re.len() > LARGEST_BLOCK => {
            first.run::<false>(data.reborrow());
            for (re, im) in data.re.chunks_exact_mut(first.part).zip(data.im.chunks_exact_mut(first.part)) {
                in_frequency(rest, Buffer { re, im });
            }
        }
        _ => stages.iter().for_each(|stage| stage.run::<false>(data.reborrow())),
    }
}

fn in_time(stages: &[Stage], mut data: Buffer<'_>) {
    match stages {
        [last, rest @ ..] if data.re.len() > LARGEST_BLOCK => {
            for (re, im) in data.re.chunks_exact_mut(last.part).zip(data.im.chunks_exact_mut(last.part)) {
                in_time(rest, Buffer { re, im });
            }
            last.run::<true>(data);
        }
        _ => stages.iter().rev().for_each(|stage| stage.run::<true>(data.reborrow())),
    }
}

impl Stage {
    /// Takes every block of `data` through this stage: turned first if `IN_TIME`, else afterwards.
    fn run<const IN_TIME: bool>(&self, data: Buffer<'_>) {
        match self.radix {
            2 => self.butterflies::<2, IN_TIME>(data, two),
            3 => self.butterflies::<3, IN_TIME>(data, three),
            4 => self.butterflies::<4, IN_TIME>(data, four),
            5 => self.butterflies::<5, IN_TIME>(data, five),
            8 => self.butterflies::<8, IN_TIME>(data, eight),
            _ => self.definition::<IN_TIME>(data),
        }
    }

    #[inline(always)]
    fn butterflies<const RADIX: usize, const IN_TIME: bool>(
        &self,
        data: Buffer<'_>,
        butterfly: impl Fn([Complex<HALF>; RADIX]) -> [Complex<HALF>; RADIX],
    ) {
        if self.part == 1 {
            let blocks = data.re.as_chunks_mut::<RADIX>().0.iter_mut().zip(data.im.as_chunks_mut::<RADIX>().0);
            for (re, im) in blocks {
                for half in 0..LANES / HALF {
                    let results = butterfly(std::array::from_fn(|k| load(&re[k], &im[k], half)));
                    for (k, value) in results.into_iter().enumerate() {
                        store(&mut re[k], &mut im[k], half, value);
                    }
                }
            }
            return;
        }
        let block = RADIX * self.part;
        for (re, im) in data.re.chunks_exact_mut(block).zip(data.im.chunks_exact_mut(block)) {
            let (re, im) = (parts::<RADIX>(re, self.part), parts::<RADIX>(im, self.part));
            for (q, turns) in (0..self.part).zip(self.turns.as_chunks::<RADIX>().0) {
                for half in 0..LANES / HALF {
                    let results = butterfly(std::array::from_fn(|k| {
                        let value = load(&re[k][q], &im[k][q], half);
                        if IN_TIME && k > 0 { value.times(turns[k]) } else { value }
                    }));
                    for (k, value) in results.into_iter().enumerate() {
                        let value = if !IN_TIME && k > 0 { value.times(turns[k]) } else { value };
                        store(&mut re[k][q], &mut im[k][q], half, value);
                    }
                }
            }
        }
    }

    fn definition<const IN_TIME: bool>(&self, mut data: Buffer<'_>) {
        let Self { radix, part, .. } = *self;
        let mut values = [Complex::ZERO; LARGEST_FACTOR];
        let turn = |q: usize, k: usize| self.turns.get(q * radix + k).copied().unwrap_or([1.0, 0.0]);
        for first in (0..data.re.len()).step_by(radix * part) {
            for q in 0..part {
                for (k, value) in values[..radix].iter_mut().enumerate() {
                    *value = data.at(first + k * part + q);
                    if IN_TIME {
                        *value = value.times(turn(q, k));
                    }
                }
                for j in 0..radix {
                    let terms = values[..radix].iter().enumerate();
                    let mut sum =
                        terms.fold(Complex::ZERO, |sum, (k, value)| sum.add(value.times(self.roots[j * k % radix])));
                    if !IN_TIME {
                        sum = sum.times(turn(q, j));
                    }
                    data.put(first + j * part + q, sum);
                }
            }
        }
    }
}

/// The first `RADIX` parts of a block.
#[inline(always)]
fn parts<const RADIX: usize>(mut block: &mut [Lanes], part: usize) -> [&mut [Lanes]; RADIX] {
    std::array::from_fn(|_| {
        let (head, tail) = std::mem::take(&mut block).split_at_mut(part);
        block = tail;
        head
    })
}

#[inline(always)]
fn load(re: &Lanes, im: &Lanes, half: usize) -> Complex<HALF> {
    Complex { re: re.as_chunks().0[half], im: im.as_chunks().0[half] }
}

#[inline(always)]
fn store(re: &mut Lanes, im: &mut Lanes, half: usize, value: Complex<HALF>) {
    re.as_chunks_mut().0[half] = value.re;
    im.as_chunks_mut().0[half] = value.im;
}
