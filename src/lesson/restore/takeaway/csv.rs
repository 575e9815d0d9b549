//! The scores as comma-separated values, one line a method.

use crate::restoration::{DESCRIPTIONS, Scale};

/// What one method reached. Numbers in dB are infinite where nothing is lost, and NaN where there is no original.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The method's name.
    pub method: String,
    /// The value of its first parameter, where it has one. One of several words counts from 0, and stands in the table as
    /// the word.
    pub parameter: Option<f64>,
    /// Iterations taken, where it takes any.
    pub iterations: Option<usize>,
    /// Peak signal to noise ratio in dB.
    pub psnr: f64,
    /// Structural similarity.
    pub ssim: f64,
    /// What was gained over the observed picture, in dB.
    pub isnr: f64,
    /// Root of the mean squared error, in parts of full linear light.
    pub rmse: f64,
    /// How long it took, in milliseconds.
    pub millis: f64,
}

const HEAD: &str = "method,parameter,iterations,PSNR in dB,SSIM,ISNR in dB,RMSE,milliseconds\n";

/// The table with its head. What is not there is an empty cell, as is what is no number.
#[must_use]
pub fn csv(rows: &[Row]) -> String {
    rows.iter().fold(HEAD.to_owned(), |text, row| text + &line(row))
}

fn line(row: &Row) -> String {
    let cells = [
        quoted(&row.method),
        row.parameter.map_or_else(String::new, |value| parameter(&row.method, value)),
        row.iterations.map_or_else(String::new, |count| count.to_string()),
        number(row.psnr, 3),
        number(row.ssim, 5),
        number(row.isnr, 3),
        number(row.rmse, 6),
        number(row.millis, 1),
    ];
    cells.join(",") + "\n"
}

/// The first parameter of the method of this name; nothing where it has none, whatever the value.
fn parameter(method: &str, value: f64) -> String {
    let Some(description) = DESCRIPTIONS.iter().find(|description| description.name == method) else {
        return number(value, 9);
    };
    match description.parameters.first().map(|parameter| parameter.scale) {
        None => String::new(),
        Some(Scale::Words(words)) => {
            words.get(value.round().max(0.0) as usize).map_or_else(String::new, |word| quoted(word))
        }
        Some(_) => number(value, 9),
    }
}

fn number(value: f64, decimals: usize) -> String {
    if value.is_nan() {
        return String::new();
    }
    if value.is_infinite() {
        return if value > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let text = format!("{value:.decimals$}");
    let short = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

/// Names have commas in them.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}
