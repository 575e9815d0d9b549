//! The information divergence of a model from the data, pixel by pixel, without losing digits where they nearly agree.

use crate::restoration::logarithm::Parts;

/// g·ln(g/m) − g + m, given the model m > 0 and the ratio g/m ≥ 0. Never below zero, but for rounding.
///
/// That is m·(r ln r − r + 1). With r = 2ᵏ(1 + f) it is m·f²(1 − (1 + f)q) where k = 0: data and model mostly agree, and
/// there the terms would cancel.
#[inline(always)]
pub(super) fn divergence(ratio: f32, model: f32) -> f32 {
    let parts = Parts::of(ratio);
    let Parts { exponent, f, q } = parts;
    let near = f * f * (1.0 - (1.0 + f) * q);
    let far = ratio * parts.ln() - (ratio - 1.0);
    model * if exponent == 0 { near } else { far }
}

#[cfg(test)]
mod tests {
    use super::divergence;

    #[test]
    fn it_is_the_one_of_the_definition() {
        for step in -2000..=2000 {
            let ratio = 10.0_f32.powf(step as f32 / 500.0);
            let r = f64::from(ratio);
            let t = r - 1.0;
            let exact = if t.abs() < 1e-4 { t * t * (0.5 - t / 6.0) } else { r * r.ln() - t };
            let found = f64::from(divergence(ratio, 0.25));
            assert!((found - 0.25 * exact).abs() <= 2e-5 * exact + 1e-12, "{ratio}: {found} for {exact}");
        }
        assert_eq!(divergence(0.0, 0.5), 0.5);
    }
}
