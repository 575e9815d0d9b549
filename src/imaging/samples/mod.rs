//! Pictures and signals made by formula, in linear light, anti-aliased, of any size: their every detail is known.

mod signals;

pub use signals::{bands, spikes, steps};

use super::image::Image;
use super::noise::Random;

/// The largest side of a generated picture, and the largest length of a signal.
pub const MAX_SIDE: usize = 4096;

/// Linear light of the ground and of the figures.
const DARK: f32 = 0.05;
const BRIGHT: f32 = 0.9;

/// How much of a pixel of side `pixel` lies inside an edge at signed `distance` (negative inside), 0…1.
fn coverage(distance: f32, pixel: f32) -> f32 {
    (0.5 - distance / pixel).clamp(0.0, 1.0)
}

/// Signed distance to a rectangle of half sides (a, b) about the origin, near its edges.
fn rectangle(y: f32, x: f32, half_height: f32, half_width: f32) -> f32 {
    (y.abs() - half_height).max(x.abs() - half_width)
}

/// A grey picture, `size` × `size`, of `shade` (0 dark … 1 bright) at (y, x) in −1…1; `shade` is told the pixel's side.
fn drawn(size: usize, shade: impl Fn(f32, f32, f32) -> f32) -> Image {
    let size = size.clamp(1, MAX_SIDE);
    let pixel = 2.0 / size as f32;
    let place = |index: usize| (index as f32 + 0.5) * pixel - 1.0;
    Image::from_fn(1, size, size, |_, y, x| DARK + (BRIGHT - DARK) * shade(place(y), place(x), pixel).clamp(0.0, 1.0))
}

/// A Siemens star of 36 sectors with, in the corners, bars that narrow, a ring, points that shrink, and a tilted square:
/// one channel, `size` × `size` pixels, `size` within 1…[`MAX_SIDE`]. The star shows by the radius at which it turns
/// grey what the finest detail left is; the ring and the square show ringing.
#[must_use]
pub fn star(size: usize) -> Image {
    drawn(size, |y, x, pixel| {
        let radius = x.hypot(y);
        let wave = (18.0 * y.atan2(x)).sin();
        // Distance to the nearest spoke's edge; where spokes are finer than a pixel this tends to even grey.
        let spokes = (0.5 + wave * radius / 18.0 / pixel).clamp(0.0, 1.0);
        let star = spokes * coverage(radius - 0.68, pixel);
        star.max(corner_bars(y + 0.78, x + 0.78, pixel))
            .max(coverage(((x - 0.78).hypot(y + 0.78) - 0.12).abs() - 0.03, pixel))
            .max(corner_points(y - 0.78, x + 0.78, pixel))
            .max(coverage(((x - 0.78).abs() + (y - 0.78).abs() - 0.17) / std::f32::consts::SQRT_2, pixel))
    })
}

fn corner_bars(y: f32, x: f32, pixel: f32) -> f32 {
    [(-0.12, 0.04), (-0.03, 0.025), (0.035, 0.015), (0.08, 0.01), (0.115, 0.006)]
        .iter()
        .map(|&(centre, half)| coverage(rectangle(y, x - centre, 0.15, half), pixel).min(2.0 * half / pixel))
        .fold(0.0, f32::max)
}

fn corner_points(y: f32, x: f32, pixel: f32) -> f32 {
    let mut light = 0.0_f32;
    for row in 0..3 {
        for column in 0..3 {
            let radius = 0.03 / (1.0 + (row * 3 + column) as f32 * 0.5);
            let (dy, dx) = (y - (row as f32 - 1.0) * 0.11, x - (column as f32 - 1.0) * 0.11);
            // A point smaller than a pixel keeps its light, not its size.
            let part = (std::f32::consts::PI * radius * radius / (pixel * pixel)).min(1.0);
            light = light.max(coverage(dx.hypot(dy) - radius.max(pixel / 2.0), pixel) * part);
        }
    }
    light
}

/// A checkerboard of squares of `cell` pixels (at least 1), dark at the top left: one channel, `size` × `size` pixels,
/// `size` within 1…[`MAX_SIDE`].
#[must_use]
pub fn checkerboard(size: usize, cell: usize) -> Image {
    let size = size.clamp(1, MAX_SIDE);
    let cell = cell.max(1);
    Image::from_fn(1, size, size, |_, y, x| if (y / cell + x / cell) % 2 == 1 { BRIGHT } else { DARK })
}

/// Bars whose frequency rises evenly from left to right, up to half a cycle a pixel at the right edge; their contrast
/// falls from top to bottom. One channel, `size` × `size` pixels, `size` within 1…[`MAX_SIDE`]. The bars are a sine,
/// since a square wave so fine would alias.
#[must_use]
pub fn bars(size: usize) -> Image {
    let size = size.clamp(1, MAX_SIDE);
    let side = size as f32;
    Image::from_fn(1, size, size, |_, y, x| {
        let position = x as f32 + 0.5;
        let wave = (std::f32::consts::PI * position * position / (2.0 * side)).sin();
        let contrast = 1.0 - (y as f32 + 0.5) / side;
        let middle = (DARK + BRIGHT) / 2.0;
        middle + (BRIGHT - DARK) / 2.0 * contrast * wave
    })
}

/// A night sky: about one point in a thousand pixels, each of one pixel and of random brightness, the same at every
/// call. One channel, `size` × `size` pixels, `size` within 1…[`MAX_SIDE`].
#[must_use]
pub fn points(size: usize) -> Image {
    let size = size.clamp(1, MAX_SIDE);
    let mut image = Image::from_fn(1, size, size, |_, _, _| 0.02);
    let mut random = Random::new(1609);
    for _ in 0..(size * size).div_ceil(1000) {
        let y = (random.uniform() * size as f64) as usize;
        let x = (random.uniform() * size as f64) as usize;
        image.data_mut()[y * size + x] = (0.2 + 0.8 * random.uniform()) as f32;
    }
    image
}
