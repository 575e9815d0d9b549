//! Missing pixels, filled in from their neighbours for methods that need every pixel.
//!
//! By a pyramid (Gortler and others, 1996): means of what is known are taken over squares of two, four, eight … pixels
//! until one covers all, and on the way back every hole takes what the next coarser level has there. Holes of any width
//! are reached in time that goes with the pixels alone.

use crate::imaging::Image;

/// One step of the pyramid: sums of known samples over sums of weights, and those weights up to 1.
struct Level {
    size: [usize; 2],
    values: Vec<f32>,
    weights: Vec<f32>,
}

/// `picture` with the pixels that are not `known` replaced by means of the known ones around them, nearer ones counting
/// more. Where nothing is known at all the result is black.
pub(super) fn fill(picture: &Image, known: &[bool]) -> Image {
    let size = picture.size();
    let mut filled = picture.clone();
    for channel in 0..picture.channels() {
        let plane = filled.channel_mut(channel);
        let weights = known.iter().map(|&known| f32::from(u8::from(known))).collect();
        let values = plane.iter().zip(known).map(|(&value, &known)| if known { value } else { 0.0 }).collect();
        let mut levels = vec![Level { size, values, weights }];
        while let Some(finest) = levels.last()
            && finest.size != [1, 1]
        {
            levels.push(halved(finest));
        }
        let mut coarser = None;
        for mut level in levels.into_iter().rev() {
            if let Some(coarser) = &coarser {
                blend(&mut level, coarser);
            }
            coarser = Some(level);
        }
        for ((value, filling), known) in
            plane.iter_mut().zip(coarser.into_iter().flat_map(|level| level.values)).zip(known)
        {
            if !known {
                *value = filling;
            }
        }
    }
    filled
}

fn halved(finer: &Level) -> Level {
    let [height, width] = finer.size;
    let size = finer.size.map(|side| side.div_ceil(2));
    let mut values = vec![0.0; size[0] * size[1]];
    let mut weights = vec![0.0; size[0] * size[1]];
    for y in 0..height {
        for x in 0..width {
            let (from, to) = (y * width + x, y / 2 * size[1] + x / 2);
            values[to] += finer.weights[from] * finer.values[from];
            weights[to] += finer.weights[from];
        }
    }
    for (value, weight) in values.iter_mut().zip(&mut weights) {
        if *weight > 0.0 {
            *value /= *weight;
        }
        *weight = weight.min(1.0);
    }
    Level { size, values, weights }
}

/// Fills what `level` lacks with `coarser`, linear in between.
fn blend(level: &mut Level, coarser: &Level) {
    let [height, width] = level.size;
    let [coarse_height, coarse_width] = coarser.size;
    // A coarse pixel's centre lies between the two fine ones that it covers: a quarter of the way off either.
    let neighbours = |index: usize, side: usize| {
        let near = index / 2;
        let far = if index.is_multiple_of(2) { near.saturating_sub(1) } else { (near + 1).min(side - 1) };
        [near, far]
    };
    for y in 0..height {
        let [near_y, far_y] = neighbours(y, coarse_height).map(|row| row * coarse_width);
        for x in 0..width {
            let index = y * width + x;
            let weight = level.weights[index];
            if weight < 1.0 {
                let [near_x, far_x] = neighbours(x, coarse_width);
                let row = |start: usize| 0.75 * coarser.values[start + near_x] + 0.25 * coarser.values[start + far_x];
                let filling = 0.75 * row(near_y) + 0.25 * row(far_y);
                level.values[index] = weight * level.values[index] + (1.0 - weight) * filling;
            }
        }
    }
}
