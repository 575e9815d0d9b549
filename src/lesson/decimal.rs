//! Decimal numbers read from text: links, cells, pasted columns.
//!
//! The standard library's way is right for any text, at the price of tables of thousands of bytes that hardly compress. Here
//! numbers have few digits and a modest size, and for these one division of whole numbers is as right.

/// Significant digits that count; those behind them do not fit a whole number of 64 bits.
const MOST_DIGITS: usize = 19;
/// The last power of ten below 2⁶⁴.
const WHOLE_POWER: i32 = 19;
/// Down to this power of ten two divisions find enough bits.
const LEAST_POWER: i32 = -27;
/// Beyond these powers nothing but 0 and the infinite is left.
const MOST_POWER: i32 = 400;

/// Reads a decimal number: digits with a point, a sign before and a power of ten behind if need be, such as `-1.5e-3`. None
/// for anything else; words such as `inf` are no numbers.
///
/// It is the nearest number of double precision, as the standard library has it, for up to 19 significant digits with the
/// last one worth 10⁻²⁷ to 10¹⁹, and within some units of the last place beyond.
#[must_use]
pub fn parse(text: &str) -> Option<f64> {
    let (is_negative, text) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        all => (false, all),
    };
    let end = text.iter().position(|byte| matches!(byte, b'e' | b'E')).unwrap_or(text.len());
    let (digits, power) = (&text[..end], text.get(end + 1..).map_or(Some(0), whole));
    let (mut mantissa, mut power) = (0_u64, power?);
    let (mut counted, mut has_digits, mut has_point) = (0, false, false);
    for byte in digits {
        match byte {
            b'.' if !has_point => has_point = true,
            b'0'..=b'9' => {
                has_digits = true;
                let is_counted = counted < MOST_DIGITS;
                if is_counted {
                    mantissa = mantissa * 10 + u64::from(byte - b'0');
                    // Zeros before the first digit are no digits of weight.
                    counted += usize::from(mantissa > 0);
                }
                power += i32::from(!is_counted) - i32::from(has_point);
            }
            _ => return None,
        }
    }
    if !has_digits {
        return None;
    }
    let size = scaled(mantissa, power.clamp(-MOST_POWER, MOST_POWER));
    Some(if is_negative { -size } else { size })
}

/// A whole number with or without a sign; what is too large for any use is cut to ±[`MOST_POWER`] times two.
fn whole(text: &[u8]) -> Option<i32> {
    let (sign, digits) = match text {
        [b'-', rest @ ..] => (-1, rest),
        [b'+', rest @ ..] => (1, rest),
        all => (1, all),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let value = digits.iter().fold(0, |value: i32, byte| (value * 10 + i32::from(byte - b'0')).min(2 * MOST_POWER));
    Some(sign * value)
}

/// `mantissa` · 10^`power`.
fn scaled(mantissa: u64, power: i32) -> f64 {
    if mantissa == 0 {
        return 0.0;
    }
    let within = power.clamp(LEAST_POWER, WHOLE_POWER);
    let ten = 10_u128.pow(within.unsigned_abs());
    let mut value = if within >= 0 {
        // Both are below 2⁶⁴, and a whole number becomes the nearest of double precision.
        (u128::from(mantissa) * ten) as f64
    } else {
        let shift = mantissa.leading_zeros();
        let high = u128::from(mantissa << shift) << 64;
        let (first, rest) = (high / ten, high % ten);
        // The rest is smaller than the divisor, so that there is room for it to grow as much as that has; but the two
        // quotients have to fit beside each other.
        let more = ten.leading_zeros().min(first.leading_zeros());
        let (second, rest) = ((rest << more) / ten, (rest << more) % ten);
        let quotient = first << more | second;
        // A last bit stands for all that is left out, which only matters where the rest is just one half.
        let sticky = quotient | u128::from(rest != 0);
        sticky as f64 * power_of_two(-((shift + 64 + more) as i32))
    };
    for _ in 0..(power - within).unsigned_abs() {
        value = if power > within { value * 10.0 } else { value / 10.0 };
    }
    value
}

/// 2^`power`, of normal size.
fn power_of_two(power: i32) -> f64 {
    f64::from_bits(((1023 + power) as u64) << 52)
}
