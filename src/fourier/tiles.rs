//! Between pictures, whose rows are long, and lanes: sixteen samples of a row, and squares of eight by eight turned over.

use super::lanes::{LANES, Lanes};

/// The first sixteen samples of `row`, or what there is of them, into two groups of lanes.
#[inline(always)]
pub(super) fn gather(row: &[f32], re: &mut Lanes, im: &mut Lanes) {
    if let Some((first, rest)) = row.split_first_chunk::<LANES>()
        && let Some((second, _)) = rest.split_first_chunk::<LANES>()
    {
        (*re, *im) = (*first, *second);
        return;
    }
    (*re, *im) = ([0.0; LANES], [0.0; LANES]);
    for (slot, &value) in re.iter_mut().chain(im).zip(row) {
        *slot = value;
    }
}

/// The way back from [`gather`], with a factor.
#[inline(always)]
pub(super) fn scatter(re: &Lanes, im: &Lanes, scale: f32, row: &mut [f32]) {
    if let Some((first, rest)) = row.split_first_chunk_mut::<LANES>()
        && let Some((second, _)) = rest.split_first_chunk_mut::<LANES>()
    {
        (*first, *second) = (re.map(|value| value * scale), im.map(|value| value * scale));
        return;
    }
    for (slot, &value) in row.iter_mut().zip(re.iter().chain(im)) {
        *slot = value * scale;
    }
}

/// Columns of `tile` become lines.
#[inline(always)]
pub(super) fn turn_tile(tile: &[Lanes; LANES], lines: &mut [Lanes]) {
    if let Ok(lines) = <&mut [Lanes; LANES]>::try_from(&mut *lines) {
        for (x, line) in lines.iter_mut().enumerate() {
            for i in 0..LANES {
                line[i] = tile[i][x];
            }
        }
        return;
    }
    for (x, line) in lines.iter_mut().enumerate() {
        for i in 0..LANES {
            line[i] = tile[i][x];
        }
    }
}

/// Lines become columns of `tile`; where lines are missing it stays as it is.
#[inline(always)]
pub(super) fn turn_lines(lines: &[Lanes], tile: &mut [Lanes; LANES]) {
    if let Ok(lines) = <&[Lanes; LANES]>::try_from(lines) {
        for i in 0..LANES {
            for x in 0..LANES {
                tile[i][x] = lines[x][i];
            }
        }
        return;
    }
    for (x, line) in lines.iter().enumerate() {
        for i in 0..LANES {
            tile[i][x] = line[i];
        }
    }
}

/// Eight lines, or what there is of them, become columns; missing lines count as zero.
#[inline(always)]
pub(super) fn turned(lines: &[Lanes]) -> [Lanes; LANES] {
    let mut tile = [[0.0; LANES]; LANES];
    turn_lines(lines, &mut tile);
    tile
}
