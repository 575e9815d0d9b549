//! A pasted column of numbers, as a signal.

use crate::lesson::decimal;

/// The most bytes of text that are read.
pub const TEXT_LIMIT: usize = 4 << 20;
/// The fewest and the most samples of a signal.
pub const SAMPLES: [usize; 2] = [8, 1 << 16];

/// The samples in a text: the last number of each line, so that a table of places and values gives its values; lines
/// without any number, such as a heading, are passed over. A single line may hold all of them. The samples are scaled so
/// that the largest magnitude is 1, since the page's noise is given in parts of that.
///
/// # Errors
/// A sentence that says what is wrong and what to paste.
pub fn samples(text: &str) -> Result<Vec<f32>, String> {
    if text.len() > TEXT_LIMIT {
        return Err(format!(
            "This is more than {} megabytes of text. Paste a shorter column of numbers.",
            TEXT_LIMIT >> 20
        ));
    }
    let lines: Vec<Vec<f32>> = text.lines().map(numbers).filter(|line| !line.is_empty()).collect();
    let all: Vec<f32> = match lines.as_slice() {
        [] => return Err("There is no number in what was pasted. Paste a column of numbers, one a line.".to_owned()),
        [row] => row.clone(),
        rows => rows.iter().filter_map(|row| row.last().copied()).collect(),
    };
    let [fewest, most] = SAMPLES;
    if !(fewest..=most).contains(&all.len()) {
        return Err(format!("{} numbers were pasted. A signal needs {fewest} to {most}, one a line.", all.len()));
    }
    let largest = all.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
    if largest == 0.0 {
        return Err("All the pasted numbers are 0. Paste a column with something in it.".to_owned());
    }
    Ok(all.into_iter().map(|value| value / largest).collect())
}

/// The finite numbers of a line. A decimal comma is read where nothing else can part numbers: behind tabs or semicolons.
fn numbers(line: &str) -> Vec<f32> {
    let decimal_comma = line.contains(['\t', ';']);
    line.split(|sign: char| {
        sign.is_whitespace() || matches!(sign, ';' | '[' | ']' | '(' | ')') || (sign == ',' && !decimal_comma)
    })
    .filter(|word| !word.is_empty())
    .filter_map(|word| decimal::parse(&word.replace(',', ".").replace('−', "-")).map(|value| value as f32))
    .filter(|value| value.is_finite())
    .collect()
}
