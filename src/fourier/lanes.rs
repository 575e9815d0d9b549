//! Eight complex numbers side by side: the unit in which transforms run.

/// Columns that go through a transform together.
pub(super) const LANES: usize = 8;

/// Lanes that go through a butterfly together: one vector, so that a butterfly of eight finds room in sixteen registers.
pub(super) const HALF: usize = 4;

/// One real number in each lane.
pub(super) type Lanes = [f32; LANES];

/// A complex number in each of some lanes.
#[derive(Clone, Copy)]
pub(super) struct Complex<const N: usize> {
    pub re: [f32; N],
    pub im: [f32; N],
}

#[inline(always)]
fn zip<const N: usize>(a: [f32; N], b: [f32; N], function: impl Fn(f32, f32) -> f32) -> [f32; N] {
    let mut result = [0.0; N];
    for lane in 0..N {
        result[lane] = function(a[lane], b[lane]);
    }
    result
}

#[inline(always)]
pub(super) fn negated<const N: usize>(a: [f32; N]) -> [f32; N] {
    a.map(|value| -value)
}

impl<const N: usize> Complex<N> {
    pub const ZERO: Self = Self { re: [0.0; N], im: [0.0; N] };

    #[inline(always)]
    pub fn add(self, other: Self) -> Self {
        Self { re: zip(self.re, other.re, |a, b| a + b), im: zip(self.im, other.im, |a, b| a + b) }
    }

    #[inline(always)]
    pub fn sub(self, other: Self) -> Self {
        Self { re: zip(self.re, other.re, |a, b| a - b), im: zip(self.im, other.im, |a, b| a - b) }
    }

    /// Times a real number.
    #[inline(always)]
    pub fn scale(self, factor: f32) -> Self {
        Self { re: self.re.map(|a| a * factor), im: self.im.map(|a| a * factor) }
    }

    /// Times a complex number, the same in all lanes.
    #[inline(always)]
    pub fn times(self, [re, im]: [f32; 2]) -> Self {
        Self { re: zip(self.re, self.im, |a, b| a * re - b * im), im: zip(self.re, self.im, |a, b| a * im + b * re) }
    }

    /// Times −i.
    #[inline(always)]
    pub fn times_minus_i(self) -> Self {
        Self { re: self.im, im: negated(self.re) }
    }

    #[inline(always)]
    pub fn conjugate(self) -> Self {
        Self { re: self.re, im: negated(self.im) }
    }
}

/// The `count` numbers e^(−2πi·step·k/length), k from 0, computed in f64.
pub(super) fn roots(length: usize, step: usize, count: usize) -> Vec<[f32; 2]> {
    (0..count)
        .map(|k| {
            // Reduced before it becomes a fraction: the angle of a large product would lose digits.
            let turns = (step as u64 * k as u64 % length as u64) as f64 / length as f64;
            let (sine, cosine) = (-std::f64::consts::TAU * turns).sin_cos();
            [cosine as f32, sine as f32]
        })
        .collect()
}
