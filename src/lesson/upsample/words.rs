//! Numbers and runs of cells as sentences have them.

use crate::lesson::notation::decimals;

/// “once”, “twice”, “three times”, “2,187 times”.
pub(super) fn times(count: usize) -> String {
    match count {
        0 => "never".to_owned(),
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{} times", word(count)),
    }
}

/// A count as a word, or as a number where the word would be long.
pub(super) fn word(count: usize) -> String {
    let words =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    words.get(count).map_or_else(|| grouped(count), |word| (*word).to_owned())
}

/// “one window”, “two windows”.
pub(super) fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("one {one}") } else { format!("{} {one}s", word(count)) }
}

/// “second”, “third”, “5th”.
pub(super) fn ordinal(count: usize) -> String {
    match count {
        2 => "second".to_owned(),
        3 => "third".to_owned(),
        4 => "fourth".to_owned(),
        _ => format!("{count}th"),
    }
}

/// Numbers of four digits and more with commas.
#[must_use]
pub fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let places = digits.len();
    let with_comma = |(place, digit): (usize, char)| {
        let comma = place > 0 && (places - place).is_multiple_of(3);
        if comma { vec![',', digit] } else { vec![digit] }
    };
    digits.chars().enumerate().flat_map(with_comma).collect()
}

/// “pixel 5”, “pixels 5 and 6”, “pixels 5, 6 and 7”, “pixels 5 to 9”: a run of things that count from 0, told from 1.
pub(super) fn run(one: &str, first: usize, behind: usize) -> String {
    let [first, last] = [first + 1, behind.max(first + 1)];
    match last - first {
        0 => format!("{one} {}", grouped(first)),
        1 => format!("{one}s {} and {}", grouped(first), grouped(last)),
        2 => format!("{one}s {}, {} and {}", grouped(first), grouped(first + 1), grouped(last)),
        _ => format!("{one}s {} to {}", grouped(first), grouped(last)),
    }
}

/// “layer 1”, “layers 1 and 2”, “layers 1, 2 and 4”: things by their numbers, of which there is one at least.
pub(super) fn listed(one: &str, numbers: &[usize]) -> String {
    let texts: Vec<String> = numbers.iter().map(|number| grouped(*number)).collect();
    match texts.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{one}s {} and {last}", first.join(", ")),
        all => format!("{one} {}", all.concat()),
    }
}

/// A value as a cell prints it: whole numbers as they are, with commas; others with two decimals at most.
#[must_use]
pub fn printed(value: f64) -> String {
    let hundredths = (value * 100.0).round();
    let (whole, rest) = ((hundredths / 100.0).trunc().abs(), hundredths.abs() % 100.0);
    let sign = if hundredths < 0.0 { "−" } else { "" };
    let decimals = match rest as usize {
        0 => String::new(),
        rest if rest.is_multiple_of(10) => format!(".{}", rest / 10),
        rest => format!(".{rest:02}"),
    };
    format!("{sign}{}{decimals}", grouped(whole as usize))
}

/// A value of a cell: whole numbers as they are, others with two decimals.
pub(super) fn value(value: f64) -> String {
    if (value - value.round()).abs() < 5e-3 && value.abs() < 1e15 {
        let whole = grouped(value.round().abs() as usize);
        return if value.round() < 0.0 { format!("−{whole}") } else { whole };
    }
    decimals(value, 2)
}

/// A ratio that is not even with one decimal, where it has one, or with two where one would make it even; halves go up.
pub(super) fn ratio(value: f64) -> String {
    if value > 1.0 && value < 1.05 {
        return decimals(((value * 100.0).round() / 100.0).max(1.01), 2);
    }
    let tenths = (value * 10.0).round() / 10.0;
    if tenths < 10.0 && tenths.fract() > 0.0 { decimals(tenths, 1) } else { grouped(value.round() as usize) }
}
