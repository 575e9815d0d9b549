//! What the rows of a way's matrix say about its result: rows of unequal sums are the checkerboard.

use super::{Layer, Way, tiny::Tiny};
use crate::{
    lesson::numbers::{cell_text, factor_text},
    upsampling::{Coordinates, Sampling},
};
use ndarray::Array2;

/// A sum of more terms leaves some out.
const MOST_TERMS: usize = 4;

/// Which rows share their weights and what they sum to, as sentences; `layer` is the one that made the matrix. Rows that the
/// rim cuts say nothing about it and are left out.
#[must_use]
pub fn kinds(tiny: &Tiny, layer: Layer) -> String {
    let (mut kinds, mut alone, mut sums) = (Vec::new(), 0, Vec::new());
    for row in inside(tiny, layer) {
        match tiny.classes.get(row).copied().flatten() {
            Some(kind) if kinds.contains(&kind) => continue,
            Some(kind) => kinds.push(kind),
            // All rows of zeros are of one kind, whose sum is known by the second of them.
            None if is_empty(tiny, row) && sums.contains(&0.0) => continue,
            None => alone += 1,
        }
        add(&mut sums, tiny.entries.row(row).sum());
    }
    sums.sort_by(f32::total_cmp);
    let (count, block) = (kinds.len() + alone, tiny.scale * tiny.scale);
    let said = match count {
        0 => return cut(tiny),
        1 => "One kind of row.".to_owned(),
        // Where corners are aligned the weights do not repeat from block to block, however many kinds there are.
        _ if count == block && tiny.coordinates != Some(Coordinates::AlignCorners) => {
            let rim = if tiny.class_count() > kinds.len() { "; at the rim there are others" } else { "" };
            format!("{count} kinds of rows, one for each place in a block{rim}.")
        }
        _ => format!("{count} kinds of rows."),
    };
    let texts: Vec<String> = sums.iter().map(|sum| cell_text(*sum)).collect();
    match texts.as_slice() {
        [one] => {
            let subject = if count == 1 { "It sums" } else { "Each sums" };
            format!("{said} {subject} to {one}: what is even stays even.")
        }
        [first @ .., last] if sums.len() <= 5 => {
            format!("{said} They sum to {} and {last}: what is even becomes a checkerboard.", first.join(", "))
        }
        [first, .., last] => format!("{said} They sum to {first} up to {last}: what is even becomes a checkerboard."),
        [] => said,
    }
}

/// A cell of the result as the sum that it is: “1.75 = 0.75·1 + 0.25·4”. `input` is what the matrix was applied to; None
/// where the matrix has no such row.
#[must_use]
pub fn equation(tiny: &Tiny, input: &Array2<f32>, row: usize) -> Option<String> {
    let value = tiny.output.iter().nth(row)?;
    let weights = tiny.entries.row(row);
    let terms: Vec<String> = weights
        .iter()
        .zip(input)
        .filter(|(weight, _)| **weight != 0.0)
        .map(|(weight, pixel)| format!("{}·{}", factor_text(*weight), factor_text(*pixel)))
        .collect();
    let sum = match terms.as_slice() {
        [] => return Some("0: no pixel reaches this cell".to_owned()),
        [first @ .., last] if terms.len() > MOST_TERMS => {
            format!("{} + … + {last}", first[..MOST_TERMS - 2].join(" + "))
        }
        all => all.join(" + "),
    };
    Some(format!("{} = {sum}", cell_text(*value)))
}

/// What there is to say where the rim cuts every row that it can.
fn cut(tiny: &Tiny) -> String {
    let mut sums = Vec::new();
    // A cell on a pixel is that pixel, and no rim changes it.
    let is_on_pixel = |sampling: Sampling| (0..tiny.output.ncols()).any(|cell| lies(sampling, cell).1);
    let every = if sampling(tiny).is_some_and(is_on_pixel) { "every row that blends pixels" } else { "every row" };
    tiny.entries.rows().into_iter().for_each(|row| add(&mut sums, row.sum()));
    match sums.as_slice() {
        [one] => {
            let one = cell_text(*one);
            format!("The rim cuts {every}, and each sums to {one} all the same: what is even stays even.")
        }
        _ => format!("The rim cuts {every}; a larger E shows the inside."),
    }
}

fn is_empty(tiny: &Tiny, row: usize) -> bool {
    tiny.entries.row(row).iter().all(|entry| *entry == 0.0)
}

/// Adds a sum that differs from those known.
fn add(sums: &mut Vec<f32>, sum: f32) {
    if !sums.iter().any(|known| (known - sum).abs() < 5e-4) {
        sums.push(if sum.abs() < 5e-4 { 0.0 } else { sum });
    }
}

/// How many pixels the input has along an axis.
fn side(tiny: &Tiny) -> usize {
    (tiny.columns as f64).sqrt().round() as usize
}

/// Where the cells lie among the pixels along an axis; None for a way that knows no such rule.
fn sampling(tiny: &Tiny) -> Option<Sampling> {
    let pixels = side(tiny);
    tiny.coordinates.map(|rule| rule.sampling(pixels, pixels * tiny.scale, tiny.scale as f64))
}

/// The last pixel whose middle is not behind that of a cell, and whether it is in the same place.
fn lies(sampling: Sampling, cell: usize) -> (i64, bool) {
    let position = sampling.position(cell);
    // Positions are quotients of small numbers: what is so near to a pixel is on it.
    let left = (position + 1e-9).floor();
    (left as i64, position - left < 1e-9)
}

/// The rows of cells that get all the copies, or take all the pixels, that they would in the middle of a large input.
fn inside(tiny: &Tiny, layer: Layer) -> impl Iterator<Item = usize> {
    let width = tiny.output.ncols();
    let pixels = side(tiny) as i64;
    let (k, s, padding) = (layer.mask as i64, layer.stride as i64, layer.padding as i64);
    // The pixels, or the cells, from so many before a place to so many behind it are there.
    let fits = |place: i64, before: i64, behind: i64, count: i64| place >= before && place + behind < count;
    let places = 0..width as i64;
    let on_axis: Vec<bool> = match (tiny.way, sampling(tiny)) {
        (Way::Transposed, _) => places
            .map(|cell| cell + padding)
            .map(|cell| (cell - k).div_euclid(s) >= -1 && cell.div_euclid(s) < pixels)
            .collect(),
        (Way::Shuffle, _) => places.map(|cell| fits(cell.div_euclid(s), (k - 1) / 2, k / 2, pixels)).collect(),
        (Way::Convolved, _) => places.map(|cell| fits(cell, (k - 1) / 2, k / 2, pixels * s)).collect(),
        (Way::Bilinear, Some(sampling)) => between(sampling, width, |left| fits(left, 0, 1, pixels)),
        (Way::Bicubic, Some(sampling)) => between(sampling, width, |left| fits(left, 1, 2, pixels)),
        _ => vec![true; width],
    };
    (0..tiny.rows).filter(move |row| on_axis[row / width] && on_axis[row % width])
}

/// Which cells of an axis have all the pixels that they blend. Those on a pixel blend none, and speak for the others only
/// where there are such.
fn between(sampling: Sampling, cells: usize, fits: impl Fn(i64) -> bool) -> Vec<bool> {
    let lie: Vec<(i64, bool)> = (0..cells).map(|cell| lies(sampling, cell)).collect();
    let is_shown = lie.iter().all(|(_, on)| *on) || lie.iter().any(|(left, on)| !on && fits(*left));
    lie.into_iter().map(|(left, on)| is_shown && (on || fits(left))).collect()
}
