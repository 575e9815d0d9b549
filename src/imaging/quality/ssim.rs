//! The structural similarity of two pictures (Wang, Bovik, Sheikh, Simoncelli, 2004).

use super::check_shapes;
use crate::imaging::boundary::Boundary;
use crate::imaging::image::Image;

/// Pixels a side of the window.
const WINDOW: usize = 11;
const RADIUS: usize = WINDOW / 2;
/// Standard deviation of the window's Gaussian.
const SIGMA: f64 = 1.5;
/// The authors' constants, as parts of the peak.
const K1: f64 = 0.01;
const K2: f64 = 0.03;

/// What is averaged over the window: both pictures, the sum of their squares, their product.
const MAPS: usize = 4;

/// The mean structural similarity, at most 1 and 1 for equal pictures, with the authors' window (11 × 11, Gaussian of
/// σ 1.5), constants (0.01 and 0.03) and moments (those of the window itself, not of a sample). `peak` is the white of
/// the pictures, above 0: 1 for linear light here. Colour pictures have the mean of their channels' figures.
///
/// The mean runs over the places where the window lies wholly inside the picture. Along an axis that is shorter than the
/// window, as of a signal, it runs over all places and the pictures are mirrored at their edges. A place that sees an
/// infinite value or none counts as 0.
///
/// # Panics
/// When the shapes differ.
#[must_use]
pub fn ssim(reference: &Image, picture: &Image, peak: f32) -> f64 {
    check_shapes(reference, picture);
    let channels = reference.channels();
    let sum: f64 = (0..channels)
        .map(|channel| plane(reference.channel(channel), picture.channel(channel), reference.size(), peak))
        .sum();
    sum / channels as f64
}

/// An axis of the picture under the window, extended by a margin when it is short.
#[derive(Clone, Copy)]
struct Axis {
    length: usize,
    margin: usize,
}

impl Axis {
    fn new(length: usize) -> Self {
        Self { length, margin: if length < WINDOW { RADIUS } else { 0 } }
    }

    fn extended(self) -> usize {
        self.length + 2 * self.margin
    }

    fn places(self) -> usize {
        self.extended() - 2 * RADIUS
    }

    fn pixel(self, extended: usize) -> usize {
        Boundary::Mirror.index(extended as isize - self.margin as isize, self.length)
    }
}

/// The Gaussian, of sum 1, from its middle outwards.
fn taps() -> [f64; RADIUS + 1] {
    let weight = |distance: usize| (-((distance * distance) as f64) / (2.0 * SIGMA * SIGMA)).exp();
    let sum = weight(0) + 2.0 * (1..=RADIUS).map(weight).sum::<f64>();
    std::array::from_fn(|distance| weight(distance) / sum)
}

/// All in f64: a variance is the small difference of large moments.
fn plane(reference: &[f32], picture: &[f32], [height, width]: [usize; 2], peak: f32) -> f64 {
    let (down, along) = (Axis::new(height), Axis::new(width));
    let taps = taps();
    let constants = [K1, K2].map(|part| (part * f64::from(peak)).powi(2));

    // Rows already averaged along the row, the newest in place of the one that left the window.
    let places = along.places();
    let mut ring = vec![0.0; WINDOW * MAPS * places];
    let mut maps = vec![0.0; MAPS * along.extended()];
    let mut moments = vec![0.0; MAPS * places];
    let mut sum = 0.0;
    for row in 0..down.extended() {
        let start = down.pixel(row) * width;
        fill(&mut maps, &reference[start..start + width], &picture[start..start + width], along);
        let newest = row % WINDOW * MAPS * places;
        let slot = &mut ring[newest..newest + MAPS * places];
        for (target, map) in slot.chunks_exact_mut(places).zip(maps.chunks_exact(along.extended())) {
            average(target, &taps, |tap| &map[tap..tap + places]);
        }
        if row + 1 >= WINDOW {
            average(&mut moments, &taps, |tap| {
                let slot = (row + 1 + tap) % WINDOW * MAPS * places;
                &ring[slot..slot + MAPS * places]
            });
            sum += row_sum(&moments, places, constants);
        }
    }
    sum / (down.places() * places) as f64
}

/// What is to be averaged along a row of both pictures, mirrored where the axis is short.
fn fill(maps: &mut [f64], reference: &[f32], picture: &[f32], along: Axis) {
    let (a, rest) = maps.split_at_mut(along.extended());
    let (b, rest) = rest.split_at_mut(along.extended());
    let (squares, products) = rest.split_at_mut(along.extended());
    for (column, (a, b)) in a.iter_mut().zip(b.iter_mut()).enumerate() {
        let pixel = if along.margin == 0 { column } else { along.pixel(column) };
        *a = f64::from(reference[pixel]);
        *b = f64::from(picture[pixel]);
    }
    for (((a, b), square), product) in a.iter().zip(b.iter()).zip(squares).zip(products) {
        *square = a * a + b * b;
        *product = a * b;
    }
}

/// The sum of the window's taps times the values of each, two taps of the same weight together.
fn average<'a>(target: &mut [f64], taps: &[f64; RADIUS + 1], values: impl Fn(usize) -> &'a [f64]) {
    for (sum, value) in target.iter_mut().zip(values(RADIUS)) {
        *sum = taps[0] * value;
    }
    for (distance, weight) in taps.iter().enumerate().skip(1) {
        let (before, after) = (values(RADIUS - distance), values(RADIUS + distance));
        for ((sum, before), after) in target.iter_mut().zip(before).zip(after) {
            *sum += weight * (before + after);
        }
    }
}

/// The sum of the similarities of a row of places.
fn row_sum(moments: &[f64], places: usize, [first, second]: [f64; 2]) -> f64 {
    let (a, rest) = moments.split_at(places);
    let (b, rest) = rest.split_at(places);
    let (squares, products) = rest.split_at(places);
    let mut sum = 0.0;
    for (((a, b), square), product) in a.iter().zip(b).zip(squares).zip(products) {
        let (product_of_means, squares_of_means) = (a * b, a * a + b * b);
        let similarity = (2.0 * product_of_means + first) * (2.0 * (product - product_of_means) + second)
            / ((squares_of_means + first) * (square - squares_of_means + second));
        sum += if similarity.is_finite() { similarity } else { 0.0 };
    }
    sum
}
