//! Missing pixels, filled in from their neighbours for methods that need every pixel.

use crate::imaging::{Boundary, Image, Kernel, Psf, blur};

/// `picture` with the pixels that are not `known` replaced by the Gaussian mean of the known ones around them; the
/// Gaussian widens until every hole is reached, and where nothing is known at all the result is black.
pub(super) fn fill(picture: &Image, known: &[bool]) -> Image {
    let [height, width] = picture.size();
    let mut filled = picture.clone();
    let mut missing: Vec<bool> = known.iter().map(|known| !known).collect();
    let masked = Image::from_fn(picture.channels(), height, width, |c, y, x| {
        if known[y * width + x] { picture.channel(c)[y * width + x] } else { 0.0 }
    });
    let weight = Image::from_fn(1, height, width, |_, y, x| f32::from(u8::from(known[y * width + x])));
    let mut sigma = 1.0_f32;
    while missing.contains(&true) {
        let bell: Kernel = Psf::Gaussian { sigma }.sample();
        let (sums, weights) = (blur(&masked, &bell, Boundary::Mirror), blur(&weight, &bell, Boundary::Mirror));
        let last = sigma >= crate::imaging::psf::MAX_SIGMA;
        for index in 0..missing.len() {
            let there = weights.data()[index];
            if missing[index] && (there > 0.01 || last) {
                for channel in 0..picture.channels() {
                    let sum = sums.channel(channel)[index];
                    filled.channel_mut(channel)[index] = if there > 1e-6 { sum / there } else { 0.0 };
                }
                missing[index] = false;
            }
        }
        sigma *= 2.0;
    }
    filled
}
