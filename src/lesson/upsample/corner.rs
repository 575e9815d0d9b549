//! The corner that all cards magnify: how large its pixels are drawn, and which of them it shows.

use super::CORNERS;

/// The least enlargement over the picture above it for each of [`CORNERS`]: the fewer columns, the closer.
const LEAST: [f64; CORNERS.len()] = [4.0, 3.0, 2.0];
/// So many small pixels fit the corner where it enlarges more than twice.
const FEWEST: f64 = 3.0;

/// A corner, in whole pixels of the small picture, so that small and large pictures show the same part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Corner {
    /// CSS pixels for each large pixel: a whole number of the screen's.
    pub unit: f64,
    /// Left, top, width and height in small pixels.
    pub part: [usize; 4],
    /// The columns and rows of it that the room shows: the last one may be cut.
    pub seen: [f64; 2],
}

/// What a corner has to go by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Setting {
    /// Columns of the small picture that are wished for, one of [`CORNERS`].
    pub close: u32,
    /// The corner's middle, in percent of width and height.
    pub middle: [f64; 2],
    /// Width and height of its room, in CSS pixels.
    pub room: [f64; 2],
    /// CSS pixels for each large pixel in the picture above it.
    pub drawn: f64,
    /// The screen's pixels for each CSS pixel.
    pub density: f64,
    /// Large pixels for each small one, along an axis.
    pub scale: usize,
    /// Columns and rows of the small picture.
    pub small: [usize; 2],
}

/// The corner at these settings. It enlarges at least twice over the picture above it, and more for fewer columns as far
/// as the room holds three small pixels.
#[must_use]
pub fn corner(setting: &Setting) -> Corner {
    let Setting { close, middle, room, drawn, density, scale, small } = *setting;
    let scale = scale.max(1) as f64;
    let least = CORNERS.iter().position(|columns| *columns == close).map_or(LEAST[0], |place| LEAST[place]);
    // In whole pixels of the screen.
    let wished = (room[0] * density / (f64::from(close) * scale)).round();
    let larger = (least * drawn * density - 1e-6).ceil();
    let fitting = (room[0].min(room[1]) * density / (FEWEST * scale)).floor();
    let twice = (LEAST[2] * drawn * density - 1e-6).ceil();
    let unit = wished.max(larger.min(fitting)).max(twice).max(1.0) / density;
    let axis = |axis: usize| {
        let side = small[axis].max(1);
        let fit = room[axis] / (unit * scale);
        let count = ((fit - 1e-6).ceil().max(1.0) as usize).min(side);
        let start = (middle[axis] / 100.0 * side as f64 - count as f64 / 2.0).round().max(0.0) as usize;
        (start.min(side - count), count, fit.min(side as f64))
    };
    let ((left, width, across), (top, height, down)) = (axis(0), axis(1));
    Corner { unit, part: [left, top, width, height], seen: [across, down] }
}
