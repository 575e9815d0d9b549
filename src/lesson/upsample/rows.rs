//! What the rows of a way's matrix say about its result: rows of unequal sums are the checkerboard.

use super::{Layer, TINY, Way, overlap::contrast, tiny::Tiny, verdict::EVEN};
use crate::{
    lesson::numbers::{cell_text, factor_text},
    upsampling::{Coordinates, Sampling},
};
use ndarray::Array2;

/// A sum of more terms leaves some out.
const MOST_TERMS: usize = 4;
/// What follows from rows of one sum.
const STAYS: &str = "what is even stays even";
/// What follows from rows of different sums.
const CHECKERED: &str = "what is even becomes a checkerboard";

/// Which rows share their weights and what they sum to, as sentences; `layer` is the one that made the matrix. Rows that the
/// rim cuts say nothing about it and are left out.
#[must_use]
pub fn kinds(tiny: &Tiny, layer: Layer) -> String {
    let axis = whole(tiny, layer, side(tiny), tiny.output.ncols());
    let (mut kinds, mut alone, mut has_empty, mut sums) = (Vec::new(), 0, false, Vec::new());
    for row in on_both(&axis) {
        match tiny.classes.get(row).copied().flatten() {
            Some(kind) if kinds.contains(&kind) => continue,
            Some(kind) => kinds.push(kind),
            // All rows of zeros are of one kind.
            None if is_empty(tiny, row) && has_empty => continue,
            None => alone += 1,
        }
        has_empty |= is_empty(tiny, row);
        sums.push(sum(tiny, row));
    }
    if !shows_every_place(tiny, layer, &axis) {
        return cut(tiny, layer, &sums);
    }
    let (count, block) = (kinds.len() + alone, tiny.scale * tiny.scale);
    let said = match count {
        1 => "One kind of row.".to_owned(),
        // Where corners are aligned the weights do not repeat from block to block, however many kinds there are.
        _ if count == block && tiny.coordinates != Some(Coordinates::AlignCorners) => {
            let rim = if tiny.class_count() > kinds.len() { "; at the rim there are others" } else { "" };
            format!("{count} kinds of rows, one for each place in a block{rim}.")
        }
        _ => format!("{count} kinds of rows."),
    };
    if are_alike(&sums) {
        let subject = if count == 1 { "It sums" } else { "Each sums" };
        format!("{said} {subject} to {}: {STAYS}.", common(&sums))
    } else {
        format!("{said} {}: {CHECKERED}.", differing("They sum", &sums))
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

/// What there is to say where the rim cuts all rows of some places in a block, or of every place; `sums` are those of the
/// kinds that it leaves.
fn cut(tiny: &Tiny, layer: Layer, sums: &[f64]) -> String {
    // Where all that lies outside is nothing, a row that is cut is less than a whole one. The other ways go on at the rim
    // with what is there, so that a row that is cut sums to what it would as a whole.
    if tiny.way != Way::Transposed {
        // A cell on a pixel is that pixel, and no rim changes it.
        let is_on_pixel = |sampling: Sampling| (0..tiny.output.ncols()).any(|cell| lies(sampling, cell).1);
        let blends = sampling(tiny).is_some_and(is_on_pixel);
        let every = if blends { "every row that blends pixels" } else { "every row" };
        let all: Vec<f64> = (0..tiny.rows).map(|row| sum(tiny, row)).collect();
        if are_alike(&all) {
            let which = if sums.is_empty() { every } else { "all rows of some places in a block" };
            return format!("The rim cuts {which}, and each sums to {} all the same: {STAYS}.", common(&all));
        }
    }
    if sums.is_empty() {
        return format!("The rim cuts every row; {}.", remedy(tiny, layer, "the inside"));
    }
    let places = "The rim cuts all rows of some places in a block";
    if are_alike(sums) {
        format!("{places}; {}.", remedy(tiny, layer, "them"))
    } else {
        format!("{places}. {}: {CHECKERED}.", differing("The others sum", sums))
    }
}

/// What shows the rows that the rim cuts here, `them`.
fn remedy(tiny: &Tiny, layer: Layer, them: &str) -> String {
    let most = *TINY.end();
    let grown = if tiny.way == Way::Transposed { layer.grown(most) } else { most * layer.stride };
    let what =
        if shows_every_place(tiny, layer, &whole(tiny, layer, most, grown)) { "a larger E" } else { "a smaller mask" };
    format!("{what} shows {them}")
}

fn is_empty(tiny: &Tiny, row: usize) -> bool {
    tiny.entries.row(row).iter().all(|entry| *entry == 0.0)
}

/// The sum of a row; what rounding leaves of weights that cancel is nothing.
fn sum(tiny: &Tiny, row: usize) -> f64 {
    let weights = || tiny.entries.row(row).into_iter().map(|weight| f64::from(*weight));
    let sum: f64 = weights().sum();
    if sum.abs() <= weights().map(f64::abs).sum::<f64>() * 1e-6 { 0.0 } else { sum }
}

/// Whether rows of these sums leave no checkerboard, by the bound of the lab's verdict.
fn are_alike(sums: &[f64]) -> bool {
    contrast(sums.iter().copied()).is_some_and(|apart| apart < EVEN)
}

/// The sums as they are printed, the least first, each once.
fn printed(sums: &[f64]) -> Vec<String> {
    let mut sums = sums.to_vec();
    sums.sort_by(f64::total_cmp);
    let mut texts: Vec<String> = sums.iter().map(|sum| cell_text(*sum as f32)).collect();
    texts.dedup();
    texts
}

/// What alike sums have in common.
fn common(sums: &[f64]) -> String {
    match printed(sums).as_slice() {
        [one] => one.clone(),
        _ => format!("about {}", cell_text((sums.iter().sum::<f64>() / sums.len() as f64) as f32)),
    }
}

/// Sums that are not alike, behind “They sum” or the like.
fn differing(who: &str, sums: &[f64]) -> String {
    match printed(sums).as_slice() {
        [first @ .., last] if (1..=4).contains(&first.len()) => format!("{who} to {} and {last}", first.join(", ")),
        [first, .., last] => format!("{who} to {first} up to {last}"),
        texts => format!("{who} to about {}, but not to the same", texts.concat()),
    }
}

/// How many pixels the input has along an axis.
fn side(tiny: &Tiny) -> usize {
    (tiny.columns as f64).sqrt().round() as usize
}

/// Where the cells lie among the pixels along an axis; None for a way that knows no such rule.
fn sampling(tiny: &Tiny) -> Option<Sampling> {
    sampling_of(tiny, side(tiny))
}

/// [`sampling`] of an input of so many pixels along an axis.
fn sampling_of(tiny: &Tiny, pixels: usize) -> Option<Sampling> {
    tiny.coordinates.map(|rule| rule.sampling(pixels, pixels * tiny.scale, tiny.scale as f64))
}

/// The last pixel whose middle is not behind that of a cell, and whether it is in the same place.
fn lies(sampling: Sampling, cell: usize) -> (i64, bool) {
    let position = sampling.position(cell);
    // Positions are quotients of small numbers: what is so near to a pixel is on it.
    let left = (position + 1e-9).floor();
    (left as i64, position - left < 1e-9)
}

/// The rows of the cells that are marked along both axes.
fn on_both(axis: &[bool]) -> impl Iterator<Item = usize> {
    let width = axis.len();
    (0..width * width).filter(move |row| axis[row / width] && axis[row % width])
}

/// Whether the cells that are marked along an axis take every place in a block.
fn shows_every_place(tiny: &Tiny, layer: Layer, axis: &[bool]) -> bool {
    // Where corners are aligned there are no blocks.
    if tiny.coordinates == Some(Coordinates::AlignCorners) {
        return axis.contains(&true);
    }
    let before = if tiny.way == Way::Transposed { layer.padding } else { 0 };
    let is_shown = |place: usize| (0..axis.len()).any(|cell| axis[cell] && (cell + before) % layer.stride == place);
    (0..layer.stride).all(is_shown)
}

/// The cells along an axis of so many that get all the copies, or take all the pixels, that they would in the middle of a
/// large input.
fn whole(tiny: &Tiny, layer: Layer, pixels: usize, cells: usize) -> Vec<bool> {
    let (k, s, padding) = (layer.mask as i64, layer.stride as i64, layer.padding as i64);
    let sampling = sampling_of(tiny, pixels);
    let pixels = pixels as i64;
    // The pixels, or the cells, from so many before a place to so many behind it are there.
    let fits = |place: i64, before: i64, behind: i64, count: i64| place >= before && place + behind < count;
    let places = 0..cells as i64;
    match (tiny.way, sampling) {
        (Way::Transposed, _) => places
            .map(|cell| cell + padding)
            .map(|cell| (cell - k).div_euclid(s) >= -1 && cell.div_euclid(s) < pixels)
            .collect(),
        (Way::Shuffle, _) => places.map(|cell| fits(cell.div_euclid(s), (k - 1) / 2, k / 2, pixels)).collect(),
        (Way::Convolved, _) => places.map(|cell| fits(cell, (k - 1) / 2, k / 2, pixels * s)).collect(),
        (Way::Bilinear, Some(sampling)) => between(sampling, cells, |left| fits(left, 0, 1, pixels)),
        (Way::Bicubic, Some(sampling)) => between(sampling, cells, |left| fits(left, 1, 2, pixels)),
        _ => vec![true; cells],
    }
}

/// Which cells of an axis have all the pixels that they blend. Those on a pixel blend none, and speak for the others only
/// where there are such.
fn between(sampling: Sampling, cells: usize, fits: impl Fn(i64) -> bool) -> Vec<bool> {
    let lie: Vec<(i64, bool)> = (0..cells).map(|cell| lies(sampling, cell)).collect();
    let is_shown = lie.iter().all(|(_, on)| *on) || lie.iter().any(|(left, on)| !on && fits(*left));
    lie.into_iter().map(|(left, on)| is_shown && (on || fits(left))).collect()
}
