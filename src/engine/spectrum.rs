//! Powers of a picture's frequencies as a picture of their own, and the scale of pictures of deviations.

use super::source::{Rendered, Sources};
use crate::{
    fourier::RealFft2,
    imaging::{Image, ImageError},
};

/// The longest side that is analysed: the middle of larger pictures tells the same.
const MOST_ANALYSED: usize = 1024;
/// The longest side of a picture of a spectrum.
const MOST_SHOWN: usize = 256;
/// Decades between black and white.
const DECADES: f64 = 5.0;
/// Deviations beyond so many root mean squares are shown as white or black.
const SHOWN_DEVIATIONS: f64 = 3.0;

/// A function of frequency, zero frequency at row ⌊height/2⌋ and column ⌊width/2⌋.
pub(super) struct Map {
    /// Rows and columns.
    pub size: [usize; 2],
    /// Row after row.
    pub values: Vec<f64>,
}

impl Map {
    /// |F|² over the number of pixels, the mean of the channels, of the middle of a picture.
    pub fn of_power(picture: &Image) -> Result<Self, ImageError> {
        let size = picture.size().map(|side| side.min(MOST_ANALYSED));
        let [top, left] = std::array::from_fn(|axis| (picture.size()[axis] - size[axis]) / 2);
        let middle = picture.crop(top, left, size[0], size[1])?;
        let transform = RealFft2::new(size[0], size[1]);
        let (mut spectrum, mut scratch) = (transform.spectrum(), transform.scratch());
        let mut values = vec![0.0; size[0] * size[1]];
        let share = 1.0 / (values.len() * middle.channels()) as f64;
        for channel in 0..middle.channels() {
            transform.forward(middle.channel(channel), &mut spectrum, &mut scratch);
            for (place, value) in values.iter_mut().enumerate() {
                let [k, l] = frequency(place, size);
                let [re, im] = spectrum.get(k, l).map(f64::from);
                *value += share * (re * re + im * im);
            }
        }
        Ok(Self { size, values })
    }

    /// Means over blocks, so that no side is longer than what can be shown.
    fn pooled(&self) -> Self {
        let blocks = self.size.map(|side| side.div_ceil(MOST_SHOWN));
        let size: [usize; 2] = std::array::from_fn(|axis| self.size[axis].div_ceil(blocks[axis]));
        let (mut values, mut counts) = (vec![0.0; size[0] * size[1]], vec![0_u32; size[0] * size[1]]);
        for (place, value) in self.values.iter().enumerate() {
            let [y, x] = [place / self.size[1] / blocks[0], place % self.size[1] / blocks[1]];
            values[y * size[1] + x] += value;
            counts[y * size[1] + x] += 1;
        }
        values.iter_mut().zip(counts).for_each(|(value, count)| *value /= f64::from(count.max(1)));
        Self { size, values }
    }

    /// Its picture, and the decimal logarithms of the magnitudes that are black and white. The map is one of powers.
    pub fn render(&self, sources: &mut Sources) -> (Rendered, [f64; 2]) {
        let pooled = self.pooled();
        let largest = pooled.values.iter().copied().fold(0.0, f64::max);
        let high = if largest > 0.0 { 0.5 * largest.log10() } else { 0.0 };
        let low = high - DECADES;
        let level = |power: &f64| ((0.5 * power.log10() - low) / DECADES).clamp(0.0, 1.0) as f32;
        (sources.render_levels(pooled.size, pooled.values.iter().map(level)), [low, high])
    }
}

/// Vertical and horizontal frequency at a place of a map.
pub(super) fn frequency(place: usize, [height, width]: [usize; 2]) -> [usize; 2] {
    let centred = |index: usize, side: usize| (index + side - side / 2) % side;
    [centred(place / width, height), centred(place % width, width)]
}

/// What is white in a picture of deviations whose root mean square is this.
pub(super) fn shown_scale(rms: f64) -> f64 {
    if rms > 0.0 && rms.is_finite() { SHOWN_DEVIATIONS * rms } else { 1.0 }
}
