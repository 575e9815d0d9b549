//! A natural logarithm that runs straight through, without a branch or a call, so that the compiler finds vectors.

/// Coefficients of q in ln(1 + f) = f − f²q(f), from √½ to √2, by a Chebyshev fit; q is off by 3·10⁻⁶ at most.
const Q: [f32; 7] = [0.500_000_6, -0.333_339_9, 0.249_863_33, -0.199_371_05, 0.170_700_9, -0.158_801_06, 0.103_024_13];

/// A positive number 2ᵏ(1 + f), √½ ≤ 1 + f < √2, with q(f).
#[derive(Clone, Copy)]
pub(super) struct Parts {
    pub exponent: i32,
    pub f: f32,
    pub q: f32,
}

impl Parts {
    /// The parts of a normal positive number; nothing sensible, but something finite, of 0.
    #[inline(always)]
    pub fn of(value: f32) -> Self {
        const SQRT_HALF: i32 = 0x3f35_04f3;
        let bits = value.to_bits() as i32;
        let exponent = (bits - SQRT_HALF) >> 23;
        let f = f32::from_bits((bits - (exponent << 23)) as u32) - 1.0;
        let mut q = Q[6];
        for coefficient in Q.iter().rev().skip(1) {
            q = q * f + coefficient;
        }
        Self { exponent, f, q }
    }

    /// The logarithm of the number.
    #[inline(always)]
    pub fn ln(self) -> f32 {
        self.exponent as f32 * std::f32::consts::LN_2 + self.f - self.f * self.f * self.q
    }
}

#[cfg(test)]
mod tests {
    use super::Parts;

    #[test]
    fn it_is_the_one_of_the_library() {
        for step in -3000..=3000 {
            let value = 10.0_f32.powf(step as f32 / 100.0);
            assert!((Parts::of(value).ln() - value.ln()).abs() <= 1e-6 + 2e-7 * value.ln().abs(), "{value}");
        }
    }
}
