//! Numbers as readers type and read them: entries of cells, and the short text that stands in a cell.

use super::decimal;
use std::fmt;

/// Entries have at most this magnitude, so that every product and sum still fits its cell.
pub const ENTRY_BOUND: f32 = 999.0;

/// Why an entry was refused; the sentence says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryError {
    /// Nothing was typed.
    Empty,
    /// The text is no number.
    NotANumber,
    /// A fraction whose denominator is zero.
    ZeroDenominator,
    /// The number is beyond [`ENTRY_BOUND`].
    TooLarge,
}

impl fmt::Display for EntryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("A cell cannot be empty; type 0 for nothing."),
            Self::NotANumber => f.write_str("That is not a number; type one such as 2, −1.5 or 1/3."),
            Self::ZeroDenominator => f.write_str("Nothing can be divided by 0; type another fraction."),
            Self::TooLarge => {
                write!(f, "That does not fit the cell; type a number from −{ENTRY_BOUND} to {ENTRY_BOUND}.")
            }
        }
    }
}

impl std::error::Error for EntryError {}

/// Reads what was typed into a cell: a decimal number with point or comma, or a fraction such as `1/3`.
pub fn parse_entry(text: &str) -> Result<f32, EntryError> {
    let text = text.trim().replace('−', "-").replace(',', ".");
    if text.is_empty() {
        return Err(EntryError::Empty);
    }
    let value = match text.split_once('/') {
        None => plain(&text)?,
        Some((numerator, denominator)) => {
            let denominator = plain(denominator.trim())?;
            if denominator == 0.0 {
                return Err(EntryError::ZeroDenominator);
            }
            plain(numerator.trim())? / denominator
        }
    };
    if value.abs() <= f64::from(ENTRY_BOUND) {
        // Adding zero turns −0 into 0, which reads better in a cell.
        Ok(value as f32 + 0.0)
    } else {
        Err(EntryError::TooLarge)
    }
}

fn plain(text: &str) -> Result<f64, EntryError> {
    decimal::parse(text).ok_or(EntryError::NotANumber)
}

/// The text of a value in a cell: whole numbers as they are, others with at most two decimals, a real minus sign.
#[must_use]
pub fn cell_text(value: f32) -> String {
    // Where five digits stand before the point, those behind it are beyond what a cell can show.
    let digits = if value.abs() >= 10_000.0 { 1.0 } else { 100.0 };
    let rounded = (f64::from(value) * digits).round() / digits;
    let text = format!("{}", rounded.abs());
    if rounded < 0.0 { format!("−{text}") } else { text }
}

/// A value inside a product: negative ones stand in brackets.
#[must_use]
pub fn factor_text(value: f32) -> String {
    let text = cell_text(value);
    if value < 0.0 { format!("({text})") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_in_every_spelling() {
        for (text, value) in
            [("2", 2.0), (" -1.5 ", -1.5), ("−1,5", -1.5), ("1/4", 0.25), ("-3/2", -1.5), ("1e2", 100.0)]
        {
            assert_eq!(parse_entry(text), Ok(value), "{text}");
        }
        assert!(parse_entry("-0").unwrap().is_sign_positive());
    }

    #[test]
    fn wrong_entries_are_refused_with_the_right_reason() {
        for (text, error) in [
            ("", EntryError::Empty),
            ("two", EntryError::NotANumber),
            ("inf", EntryError::NotANumber),
            ("NaN", EntryError::NotANumber),
            ("1/0", EntryError::ZeroDenominator),
            ("1/2/3", EntryError::NotANumber),
            ("1000", EntryError::TooLarge),
            ("1e300", EntryError::TooLarge),
        ] {
            assert_eq!(parse_entry(text), Err(error), "{text}");
        }
    }

    #[test]
    fn cells_print_short_texts() {
        for (value, text) in [(12.0, "12"), (-0.5, "−0.5"), (1.0 / 3.0, "0.33"), (-0.001, "0"), (0.1 + 0.2, "0.3")] {
            assert_eq!(cell_text(value), text);
        }
        assert_eq!(factor_text(-2.0), "(−2)");
    }
}
