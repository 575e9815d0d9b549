//! Where pictures come from: made here by formula, or sent by the page, which makes large ones smaller before.

use super::EngineError;
use crate::{
    imaging::{Image, ImageError, linear_from_srgb8, samples, srgb8_from_linear},
    lesson::picture::Picture,
};
use std::rc::Rc;

/// The most pixels that the Restore page works on; the page reduces larger pictures and says so.
pub const MAX_RESTORE_PIXELS: usize = 1 << 22;
/// The longest side of a picture that the Upsample page sends; it reduces larger ones.
pub const MAX_UPSAMPLE_SIDE: usize = 1536;
/// The side of the pictures that are made by formula for the Restore page.
const RESTORE_SIDE: usize = 256;
/// The length of the signals that are made by formula for the Restore page.
const RESTORE_LENGTH: usize = 512;

/// A picture ready to be shown. Two of the same revision, from one engine, are the same picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Rendered {
    /// Grows whenever the picture is computed anew.
    pub revision: u64,
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Red, green, blue and alpha in sRGB, eight bits each, row after row.
    pub rgba: Rc<[u8]>,
}

/// Which page a picture is for: they differ in size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Restore,
    /// Made pictures are of this side.
    Upsample(usize),
}

/// The sources, and the count of everything computed.
#[derive(Default)]
pub(super) struct Sources {
    stored: Option<(Picture, u64, Rc<Image>)>,
    made: Option<(Picture, Purpose, u64, Rc<Image>)>,
    revision: u64,
}

impl Sources {
    /// Keeps the pixels of a picture that came from a file.
    pub fn store(&mut self, picture: Picture, width: usize, height: usize, rgba: &[u8]) -> Result<(), EngineError> {
        if width.saturating_mul(height) > MAX_RESTORE_PIXELS {
            return Err(EngineError::TooLarge { width, height, most: MAX_RESTORE_PIXELS });
        }
        let image = Image::from_srgb_rgba8(width, height, rgba)?;
        self.stored = Some((picture, self.next_revision(), Rc::new(image)));
        Ok(())
    }

    /// Keeps the samples of a signal.
    pub fn store_signal(&mut self, picture: Picture, samples: Vec<f32>) -> Result<(), EngineError> {
        if samples.len() > MAX_RESTORE_PIXELS {
            return Err(EngineError::TooLarge { width: 1, height: samples.len(), most: MAX_RESTORE_PIXELS });
        }
        if samples.iter().any(|value| !value.is_finite()) {
            return Err(ImageError::NotFinite.into());
        }
        let image = Image::from_vec(1, samples.len(), 1, samples)?;
        self.stored = Some((picture, self.next_revision(), Rc::new(image)));
        Ok(())
    }

    /// The pixels of a picture and their revision.
    pub fn find(&mut self, picture: Picture, purpose: Purpose) -> Result<(u64, Rc<Image>), EngineError> {
        match &self.stored {
            Some((stored, revision, image)) if *stored == picture => return Ok((*revision, Rc::clone(image))),
            _ if picture.is_file() => return Err(EngineError::Missing(picture)),
            _ => {}
        }
        if let Some((made, meant, revision, image)) = &self.made
            && (*made, *meant) == (picture, purpose)
        {
            return Ok((*revision, Rc::clone(image)));
        }
        let (side, length) = match purpose {
            Purpose::Restore => (RESTORE_SIDE, RESTORE_LENGTH),
            Purpose::Upsample(side) => (side, side),
        };
        let image = Rc::new(match picture {
            Picture::Checkerboard => samples::checkerboard(side, side / 16),
            Picture::Bars => samples::bars(side),
            Picture::Points => samples::points(side),
            Picture::Spikes => samples::spikes(length),
            Picture::Bands => samples::bands(length),
            Picture::Steps => samples::steps(length),
            _ => samples::star(side),
        });
        let revision = self.next_revision();
        self.made = Some((picture, purpose, revision, Rc::clone(&image)));
        Ok((revision, image))
    }

    /// A picture ready to be shown, with a revision of its own.
    pub fn render(&mut self, image: &Image) -> Rendered {
        Rendered {
            revision: self.next_revision(),
            width: image.width(),
            height: image.height(),
            rgba: image.to_srgb_rgba8().into(),
        }
    }

    /// A picture of magnitudes, 0 black and 1 white in even steps of the screen's own codes.
    pub fn render_levels(&mut self, [height, width]: [usize; 2], levels: impl Iterator<Item = f32>) -> Rendered {
        // A cast saturates, and takes what is no number to 0.
        let code = |level: f32| (level * 255.0).round() as u8;
        let rgba: Vec<u8> = levels.flat_map(|level| [code(level), code(level), code(level), 255]).collect();
        Rendered { revision: self.next_revision(), width, height, rgba: rgba.into() }
    }

    /// A picture of deviations: 0 is mid-grey, `scale` above it white and `scale` below it black, in even steps.
    pub fn render_deviations(&mut self, image: &Image, scale: f64) -> Rendered {
        let [height, width] = image.size();
        let code = |value: f32| (128.0 + 127.0 * f64::from(value) / scale).round() as u8;
        let mut rgba = vec![255; 4 * height * width];
        for (place, pixel) in rgba.chunks_exact_mut(4).enumerate() {
            for (colour, target) in pixel[..3].iter_mut().enumerate() {
                let channel = if image.channels() < 3 { 0 } else { colour };
                *target = code(image.channel(channel)[place]);
            }
        }
        Rendered { revision: self.next_revision(), width, height, rgba: rgba.into() }
    }

    fn next_revision(&mut self) -> u64 {
        self.revision += 1;
        self.revision
    }
}

/// The size with the same proportions that has at most `most` pixels; sizes within that stay.
#[must_use]
pub fn fit_pixels(width: usize, height: usize, most: usize) -> [usize; 2] {
    let pixels = width as f64 * height as f64;
    if pixels <= most as f64 {
        return [width, height];
    }
    let scale = (most as f64 / pixels).sqrt();
    // A very long strip keeps its one row, and the other side alone obeys the bound.
    let shrunk = |side: usize, bound: usize| ((side as f64 * scale).floor() as usize).clamp(1, bound.max(1));
    let small_height = shrunk(height, most);
    [shrunk(width, most / small_height), small_height]
}

/// The size with the same proportions whose longer side is at most `most`; sizes within that stay.
#[must_use]
pub fn fit_side(width: usize, height: usize, most: usize) -> [usize; 2] {
    let longer = width.max(height);
    if longer <= most {
        return [width, height];
    }
    let scale = most as f64 / longer as f64;
    [width, height].map(|side| ((side as f64 * scale).round() as usize).max(1))
}

/// Makes a picture smaller by averaging, in linear light, the area that each new pixel covers. Pixels are red, green,
/// blue and alpha in sRGB, row after row; the result is opaque. Returns None when `rgba` is not `width` × `height`
/// pixels, or the new size is empty or larger than the old one.
#[must_use]
pub fn reduce([width, height]: [usize; 2], rgba: &[u8], [new_width, new_height]: [usize; 2]) -> Option<Vec<u8>> {
    let fits = (1..=width).contains(&new_width) && (1..=height).contains(&new_height);
    if !fits || rgba.len() != width.checked_mul(height)?.checked_mul(4)? {
        return None;
    }
    let columns: Vec<Vec<(usize, f32)>> = (0..new_width).map(|place| covered(place, new_width, width)).collect();
    let mut reduced = Vec::with_capacity(new_width * new_height * 4);
    let mut sums = vec![[0.0_f32; 3]; new_width];
    for place in 0..new_height {
        sums.fill([0.0; 3]);
        for (row, row_part) in covered(place, new_height, height) {
            let pixels = &rgba[row * width * 4..][..width * 4];
            for (sum, parts) in sums.iter_mut().zip(&columns) {
                for &(column, part) in parts {
                    for (channel, sum) in sum.iter_mut().enumerate() {
                        *sum += row_part * part * linear_from_srgb8(pixels[column * 4 + channel]);
                    }
                }
            }
        }
        for [red, green, blue] in &sums {
            reduced.extend([red, green, blue].map(|light| srgb8_from_linear(*light)));
            reduced.push(255);
        }
    }
    Some(reduced)
}

/// Makes a picture smaller by averaging the area that each new pixel, of rows and columns as told, covers. No side may
/// be larger than it was.
pub(super) fn reduce_image(image: &Image, [new_height, new_width]: [usize; 2]) -> Result<Image, ImageError> {
    let [height, width] = image.size();
    let columns: Vec<Vec<(usize, f32)>> = (0..new_width).map(|place| covered(place, new_width, width)).collect();
    let mut data = vec![0.0; image.channels() * new_height * new_width];
    for (row, target) in data.chunks_exact_mut(new_width.max(1)).enumerate() {
        let plane = image.channel(row / new_height);
        for (old, part) in covered(row % new_height, new_height, height) {
            let line = &plane[old * width..][..width];
            for (sum, parts) in target.iter_mut().zip(&columns) {
                *sum += part * parts.iter().map(|(column, part)| part * line[*column]).sum::<f32>();
            }
        }
    }
    Image::from_vec(image.channels(), new_height, new_width, data)
}

/// The old pixels under the new pixel `place` of `new` on an axis of `old`, and the part of the new one that each fills.
fn covered(place: usize, new: usize, old: usize) -> Vec<(usize, f32)> {
    let ratio = old as f64 / new as f64;
    let (start, end) = (place as f64 * ratio, ((place + 1) as f64 * ratio).min(old as f64));
    (start as usize..(end.ceil() as usize).min(old))
        .map(|index| (index, ((end.min(index as f64 + 1.0) - start.max(index as f64)) / (end - start)) as f32))
        .filter(|(_, part)| *part > 0.0)
        .collect()
}
