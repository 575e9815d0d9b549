//! Random numbers that are the same on every machine.
//!
//! The generator is SplitMix64 (Steele, Lea, Flood, 2014); normal deviates come from it by the polar method
//! (Marsaglia, Bray, 1964). Logarithm and exponential are computed here with additions, multiplications and divisions
//! alone, which IEEE 754 fixes to the last bit: a link with a seed shows the same picture in every browser.

/// A stream of uniform and normal numbers, given by its seed.
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
    /// The polar method makes normal deviates in pairs; this one waits.
    spare: Option<f64>,
}

impl Random {
    /// The stream of `seed`; every seed, 0 too, is as good as another.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { state: seed, spare: None }
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// A number in 0 ≤ u < 1, a multiple of 2⁻⁵³.
    pub fn uniform(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    /// A normal deviate of mean 0 and standard deviation 1.
    pub fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        loop {
            let (x, y) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                let scale = (-2.0 * logarithm(square) / square).sqrt();
                self.spare = Some(y * scale);
                return x * scale;
            }
        }
    }
}

/// The natural logarithm of a normal positive number: ln(m·2ᵉ) = e·ln 2 + 2·artanh((m−1)/(m+1)), m within √½…√2.
pub(super) fn logarithm(value: f64) -> f64 {
    let bits = value.to_bits();
    let mut exponent = ((bits >> 52) as i64 - 1023) as f64;
    let mut mantissa = f64::from_bits((bits & ((1 << 52) - 1)) | (1023 << 52));
    if mantissa > std::f64::consts::SQRT_2 {
        mantissa *= 0.5;
        exponent += 1.0;
    }
    let ratio = (mantissa - 1.0) / (mantissa + 1.0);
    let square = ratio * ratio;
    // |ratio| < 0.172: eleven terms of the series reach the rounding error.
    let series = (0..11).rev().fold(0.0, |sum, term| sum * square + 1.0 / f64::from(2 * term + 1));
    exponent * std::f64::consts::LN_2 + 2.0 * ratio * series
}

/// The exponential of a number within ±600: eˣ = 2ᵏ·eʳ, r within ±½ ln 2.
pub(super) fn exponential(value: f64) -> f64 {
    let power = (value / std::f64::consts::LN_2).round();
    let rest = value - power * std::f64::consts::LN_2;
    // Fourteen terms of the series reach the rounding error.
    let series = (1..14).rev().fold(1.0, |sum, term| 1.0 + rest / f64::from(term) * sum);
    f64::from_bits(((power as i64 + 1023) as u64) << 52) * series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_is_that_of_the_library() {
        let mut random = Random::new(1);
        for _ in 0..10_000 {
            let value = random.uniform().max(1e-300) * 10_f64.powi((random.bits() % 40) as i32 - 20);
            assert!((logarithm(value) - value.ln()).abs() <= 4e-16 * value.ln().abs().max(1.0), "{value}");
        }
    }

    #[test]
    fn the_exponential_is_that_of_the_library() {
        let mut random = Random::new(2);
        assert_eq!(exponential(0.0), 1.0);
        for _ in 0..10_000 {
            let value = 60.0 * (random.uniform() - 0.5);
            assert!((exponential(value) / value.exp() - 1.0).abs() < 1e-14, "{value}");
        }
    }
}
