//! What the rows of a way's matrix say about its result.

use crate::lesson::{
    numbers::cell_text,
    upsample::{Layer, Way, tiny::Tiny},
};

/// Which rows share their weights, and what they sum to: rows of unequal sums are the checkerboard. Rows that the rim
/// cuts say nothing about it and are left out.
#[must_use]
pub fn kinds(tiny: &Tiny, layer: Layer) -> String {
    let (mut kinds, mut alone, mut sums) = (Vec::new(), 0, Vec::<f32>::new());
    for row in inside(tiny, layer) {
        match tiny.classes.get(row).copied().flatten() {
            Some(kind) if kinds.contains(&kind) => continue,
            Some(kind) => kinds.push(kind),
            None => alone += 1,
        }
        let sum = tiny.entries.row(row).sum();
        if !sums.iter().any(|known| (known - sum).abs() < 5e-4) {
            sums.push(sum);
        }
    }
    sums.sort_by(f32::total_cmp);
    let (count, block) = (kinds.len() + alone, tiny.scale * tiny.scale);
    let said = match count {
        0 => return "The rim cuts every row: a larger E shows the inside.".to_owned(),
        1 => "One kind of row.".to_owned(),
        _ if count == block => format!("{count} kinds of rows, one for each place in a block."),
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

/// The rows of cells that get all the copies, or take all the pixels, that they would in the middle of a large input.
fn inside(tiny: &Tiny, layer: Layer) -> impl Iterator<Item = usize> {
    let width = tiny.output.ncols().max(1);
    let pixels = (tiny.columns as f64).sqrt().round() as i64;
    let (k, s) = (layer.mask as i64, layer.stride as i64);
    let way = tiny.way;
    let on_axis = move |cell: usize| {
        let cell = cell as i64;
        match way {
            Way::Transposed => {
                let cell = cell + layer.padding as i64;
                (cell - k).div_euclid(s) >= -1 && cell.div_euclid(s) < pixels
            }
            Way::Shuffle => {
                let pixel = cell.div_euclid(s);
                pixel >= (k - 1) / 2 && pixel + k / 2 < pixels
            }
            _ => true,
        }
    };
    (0..tiny.rows).filter(move |row| on_axis(row / width) && on_axis(row % width))
}
