//! Scores and overlap counts as comma-separated values.

use crate::lesson::upsample::{Shown, UpsampleLesson, Way, overlap::Overlap};

/// What one way came to. What is no number is left empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// The way.
    pub way: Way,
    /// Peak signal to noise ratio to the truth, in dB; infinite where nothing differs.
    pub psnr: f64,
    /// Structural similarity to the truth.
    pub ssim: f64,
    /// The checkerboard's score, in dB; no number where there is none to be seen.
    pub checkerboard: f64,
    /// Its strength, as a share of the mean brightness.
    pub strength: f64,
    /// What the way took, in milliseconds.
    pub millis: f64,
}

const SCORES_HEAD: &str = "way,PSNR in dB,SSIM,checkerboard in dB,checkerboard in % of the mean,milliseconds\n";

/// A line a way, below a head.
#[must_use]
pub fn scores_csv(scored: &[Scored]) -> String {
    scored.iter().fold(SCORES_HEAD.to_owned(), |text, row| {
        let cells = [
            quoted(row.way.name()),
            number(row.psnr, 3),
            number(row.ssim, 5),
            number(row.checkerboard, 2),
            number(100.0 * row.strength, 2),
            number(row.millis, 3),
        ];
        text + &cells.join(",") + "\n"
    })
}

/// What the lab paints: how often each cell of every layer's row is painted, or with how much paint where the page counts
/// by weights; after an empty line the plane of the last layer, a line a row, as many cells as the page's map shows. Cells
/// count from 1.
#[must_use]
pub fn counts_csv(lesson: &UpsampleLesson) -> String {
    let overlap = Overlap::of(lesson);
    let (head, decimals) = if overlap.weighted { ("paint", 6) } else { ("times painted", 0) };
    let mut text = format!("layer,cell,{head}\n");
    for (layer, row) in overlap.rows.iter().enumerate() {
        for (cell, value) in row.complete.iter().enumerate() {
            text += &format!("{},{},{}\n", layer + 1, cell + 1, number(*value, decimals));
        }
    }
    let plane = overlap.plane(overlap.rows.len() - 1, Shown::Counts);
    let line = |head: &str, cells: &mut dyn Iterator<Item = String>| {
        format!("{head},{}\n", cells.collect::<Vec<_>>().join(","))
    };
    text += "\n";
    text += &line("row and column", &mut plane.window.clone().map(|column| (column + 1).to_string()));
    for row in plane.window.clone() {
        let mut cells = plane.window.clone().map(|column| number(plane.at(row, column), decimals));
        text += &line(&(row + 1).to_string(), &mut cells);
    }
    text
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
