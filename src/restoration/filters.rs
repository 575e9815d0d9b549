//! What the gains of the linear filters share.

/// Responses |H| below this are rounding errors of nothing: no method divides by their square.
pub(super) const NO_RESPONSE: f32 = 1e-12;

/// A parameter that is safe to compute with: 0…10⁹.
#[inline(always)]
pub(super) fn safe(parameter: f32) -> f32 {
    if parameter.is_nan() { 0.0 } else { parameter.clamp(0.0, 1e9) }
}

/// 1/`denominator`, and 0 where that is the square of no response at all.
#[inline(always)]
pub(super) fn reciprocal(denominator: f32) -> f32 {
    if denominator < NO_RESPONSE * NO_RESPONSE { 0.0 } else { 1.0 / denominator }
}
