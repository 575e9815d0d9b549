//! Decimal numbers from text, beside the standard library's reading of them.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::lesson::decimal::parse;
use proptest::prelude::*;

#[test]
fn numbers_in_every_spelling_and_what_is_none() {
    for (text, value) in [
        ("0", 0.0),
        ("-1.5", -1.5),
        ("+.5", 0.5),
        ("5.", 5.0),
        ("1e2", 100.0),
        ("1E-2", 0.01),
        ("00012.500", 12.5),
        ("9007199254740993", 9_007_199_254_740_992.0),
        ("0.000000012345678901234567", 1.234_567_890_123_456_7e-8),
        ("1e400", f64::INFINITY),
        ("1e-999999999999", 0.0),
        ("123456789012345678901234567890", 123_456_789_012_345_678_901_234_567_890.0),
    ] {
        assert_eq!(parse(text), Some(value), "{text}");
    }
    assert!(parse("-0").is_some_and(f64::is_sign_negative));
    for text in ["", "-", ".", "e5", "1e", "1e+", "1.2.3", "inf", "NaN", "0x1", " 1", "1 ", "1,5", "--1", "1e1.5", "−1"]
    {
        assert_eq!(parse(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn digits_are_read_as_the_standard_library_reads_them(
        digits in 0_u64..10_000_000_000_000_000_000, power in -27..=19_i32, negative in any::<bool>(),
    ) {
        let text = format!("{}{digits}e{power}", if negative { "-" } else { "" });
        prop_assert_eq!(parse(&text), text.parse().ok());
    }

    #[test]
    fn numbers_that_a_link_carries_come_back(size in -1e9..1e9_f64, small in any::<bool>(), single in any::<f32>()) {
        let value = if small { size * 1e-12 } else { size };
        prop_assert_eq!(parse(&value.to_string()), Some(value));
        if single.is_finite() && (1e-12..1e12).contains(&single.abs()) {
            prop_assert_eq!(parse(&single.to_string()).map(|value| value as f32), Some(single));
        }
    }

    #[test]
    fn any_text_is_answered(text in "[-+.eE0-9x ]{0,40}") {
        let ours = parse(&text);
        let theirs = text.parse::<f64>().ok();
        prop_assert_eq!(ours.is_some(), theirs.is_some());
        if let (Some(ours), Some(theirs)) = (ours, theirs) {
            prop_assert!(ours == theirs || (ours - theirs).abs() <= 1e-13 * theirs.abs() || theirs.abs() < 1e-290);
        }
    }
}
