//! Eight complex numbers side by side: the unit in which transforms run.

/// Columns that go through a transform together.
pub(super) const LANES: usize = 8;

/// Lanes that go through a butterfly together: one vector, so that a butterfly of eight finds room in sixteen registers.
pub(super) const HALF: usize = 4;

/// Halves of the lanes.
pub(super) const HALVES: usize = LANES / HALF;

/// One real number in each lane.
pub(super) type Lanes = [f32; LANES];

/// One real number in each lane of a half.
pub(super) type Half = [f32; HALF];

/// A complex number in each lane of a half.
#[derive(Clone, Copy)]
pub(super) struct Complex {
    pub re: Half,
    pub im: Half,
}

// Written out: a loop, however short, reaches the compiler's last passes as one where the library is linked into another
// crate, and then hides from them what belongs into a vector.
#[inline(always)]
fn zip(a: Half, b: Half, function: impl Fn(f32, f32) -> f32) -> Half {
    [function(a[0], b[0]), function(a[1], b[1]), function(a[2], b[2]), function(a[3], b[3])]
}

#[inline(always)]
fn each(a: Half, function: impl Fn(f32) -> f32) -> Half {
    [function(a[0]), function(a[1]), function(a[2]), function(a[3])]
}

#[inline(always)]
pub(super) fn negated(a: Half) -> Half {
    each(a, |value| -value)
}

impl Complex {
    pub const ZERO: Self = Self { re: [0.0; HALF], im: [0.0; HALF] };

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
        Self { re: each(self.re, |a| a * factor), im: each(self.im, |a| a * factor) }
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
