//! Numbers as sentences and labels write them.

/// A positive number as “5.6·10⁻⁴”.
#[must_use]
pub fn scientific(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return value.to_string();
    }
    let text = format!("{value:.1e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    if exponent == "0" {
        return digits.to_owned();
    }
    format!("{digits}·10{}", superscript(exponent))
}

/// Digits and signs raised, as in 10⁻⁴.
#[must_use]
pub fn superscript(text: &str) -> String {
    let raised = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    text.chars()
        .map(|sign| match sign.to_digit(10) {
            Some(digit) => raised[digit as usize],
            None if sign == '-' => '⁻',
            None => sign,
        })
        .collect()
}

/// A number with so many decimals, with a true minus sign; what is infinite is “∞”.
#[must_use]
pub fn decimals(value: f64, count: usize) -> String {
    if value.is_infinite() {
        return if value > 0.0 { "∞".to_owned() } else { "−∞".to_owned() };
    }
    if value.is_nan() {
        return "–".to_owned();
    }
    let text = format!("{value:.count$}");
    match text.strip_prefix('-') {
        // What rounds to zero has no sign.
        Some(digits) if digits.chars().all(|sign| sign == '0' || sign == '.') => digits.to_owned(),
        Some(digits) => format!("−{digits}"),
        None => text,
    }
}
