//! The planar f32 picture that every kernel takes and gives.

use super::colour::{linear_from_srgb8, srgb8_from_linear};
use super::error::ImageError;

/// The largest number of pixels a channel may have: 2²⁶, as in 8192 × 8192.
pub const MAX_PIXELS: usize = 1 << 26;

/// The largest number of channels: a picture has one (grey), three (colour), seldom two or four.
pub const MAX_CHANNELS: usize = 4;

/// A picture of `channels` planes, each `height` × `width`, row after row: sample (c, y, x) stands at
/// `(c·height + y)·width + x`. Values are linear light, 0 black and 1 white, but nothing clips them: a restored picture
/// may overshoot. There is always at least one pixel and one channel.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    channels: usize,
    height: usize,
    width: usize,
    data: Vec<f32>,
}

fn checked_length(channels: usize, height: usize, width: usize) -> Result<usize, ImageError> {
    if channels == 0 || height == 0 || width == 0 {
        return Err(ImageError::Empty);
    }
    if channels > MAX_CHANNELS {
        return Err(ImageError::TooManyChannels { channels });
    }
    match height.checked_mul(width) {
        Some(pixels) if pixels <= MAX_PIXELS => Ok(channels * pixels),
        _ => Err(ImageError::TooLarge { height, width }),
    }
}

impl Image {
    /// A black picture.
    ///
    /// # Panics
    /// When a side or `channels` is zero or beyond [`MAX_PIXELS`] or [`MAX_CHANNELS`]; [`Image::from_vec`] answers
    /// with an error instead.
    #[must_use]
    pub fn zeros(channels: usize, height: usize, width: usize) -> Self {
        match checked_length(channels, height, width) {
            Ok(length) => Self { channels, height, width, data: vec![0.0; length] },
            Err(error) => panic!("{error}"),
        }
    }

    /// A picture of the samples in `data`, channel after channel, row after row.
    ///
    /// # Errors
    /// When the shape is empty or too large, or `data` does not fill it exactly.
    pub fn from_vec(channels: usize, height: usize, width: usize, data: Vec<f32>) -> Result<Self, ImageError> {
        let expected = checked_length(channels, height, width)?;
        if data.len() != expected {
            return Err(ImageError::WrongLength { expected, found: data.len() });
        }
        Ok(Self { channels, height, width, data })
    }

    /// The picture whose sample (channel, row, column) is `sample(channel, row, column)`.
    ///
    /// # Panics
    /// As [`Image::zeros`].
    #[must_use]
    pub fn from_fn(
        channels: usize,
        height: usize,
        width: usize,
        mut sample: impl FnMut(usize, usize, usize) -> f32,
    ) -> Self {
        let mut image = Self::zeros(channels, height, width);
        let rows = image.data.chunks_exact_mut(width).enumerate();
        for (row, values) in rows {
            for (x, value) in values.iter_mut().enumerate() {
                *value = sample(row / height, row % height, x);
            }
        }
        image
    }

    /// The number of planes.
    #[must_use]
    pub fn channels(&self) -> usize {
        self.channels
    }

    /// The number of rows.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// The number of columns.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows and columns.
    #[must_use]
    pub fn size(&self) -> [usize; 2] {
        [self.height, self.width]
    }

    /// All samples, channel after channel, row after row.
    #[must_use]
    pub fn data(&self) -> &[f32] {
        &self.data
    }

    /// All samples, to be changed in place.
    #[must_use]
    pub fn data_mut(&mut self) -> &mut [f32] {
        &mut self.data
    }

    /// The plane of one channel, row after row.
    ///
    /// # Panics
    /// When there is no such channel.
    #[must_use]
    pub fn channel(&self, channel: usize) -> &[f32] {
        let pixels = self.height * self.width;
        &self.data[channel * pixels..(channel + 1) * pixels]
    }

    /// The plane of one channel, to be changed in place.
    ///
    /// # Panics
    /// When there is no such channel.
    #[must_use]
    pub fn channel_mut(&mut self, channel: usize) -> &mut [f32] {
        let pixels = self.height * self.width;
        &mut self.data[channel * pixels..(channel + 1) * pixels]
    }

    /// The samples themselves, without a copy.
    #[must_use]
    pub fn into_vec(self) -> Vec<f32> {
        self.data
    }

    /// The `height` × `width` pixels whose first is at row `top` and column `left`.
    ///
    /// # Errors
    /// When the crop is empty or reaches beyond the picture.
    pub fn crop(&self, top: usize, left: usize, height: usize, width: usize) -> Result<Self, ImageError> {
        let fits = |start: usize, length: usize, side: usize| {
            length > 0 && start.checked_add(length).is_some_and(|end| end <= side)
        };
        if !fits(top, height, self.height) || !fits(left, width, self.width) {
            return Err(ImageError::CropOutside { size: self.size() });
        }
        let mut data = Vec::with_capacity(self.channels * height * width);
        for channel in 0..self.channels {
            let plane = self.channel(channel);
            for row in plane.chunks_exact(self.width).skip(top).take(height) {
                data.extend_from_slice(&row[left..left + width]);
            }
        }
        Ok(Self { channels: self.channels, height, width, data })
    }

    /// The picture with `function` applied to every sample.
    #[must_use]
    pub fn map(&self, function: impl Fn(f32) -> f32) -> Self {
        Self { data: self.data.iter().map(|&value| function(value)).collect(), ..*self }
    }

    /// The linear-light picture of `width` × `height` sRGB pixels of four bytes each (red, green, blue, alpha, row
    /// after row, as in the browser's `ImageData`). It has one channel when every pixel is grey, else three. What is
    /// transparent is laid over white.
    ///
    /// # Errors
    /// When the shape is empty or too large, or `pixels` does not fill it exactly.
    pub fn from_srgb_rgba8(width: usize, height: usize, pixels: &[u8]) -> Result<Self, ImageError> {
        let expected = 4 * checked_length(1, height, width)?;
        if pixels.len() != expected {
            return Err(ImageError::WrongLength { expected, found: pixels.len() });
        }
        let (quads, _) = pixels.as_chunks::<4>();
        let grey = quads.iter().all(|&[red, green, blue, _]| red == green && green == blue);
        let channels = if grey { 1 } else { 3 };
        let mut data = Vec::with_capacity(channels * quads.len());
        for channel in 0..channels {
            data.extend(quads.iter().map(|quad| {
                let light = linear_from_srgb8(quad[channel]);
                let alpha = f32::from(quad[3]) / 255.0;
                if quad[3] == 255 { light } else { alpha * light + (1.0 - alpha) }
            }));
        }
        Ok(Self { channels, height, width, data })
    }

    /// The sRGB bytes (red, green, blue, opaque alpha, row after row), clamped to 0…1 and rounded to the nearest code.
    /// One or two channels are shown grey, by the first; a fourth channel is not shown.
    #[must_use]
    pub fn to_srgb_rgba8(&self) -> Vec<u8> {
        let mut pixels = vec![255; 4 * self.height * self.width];
        let (quads, _) = pixels.as_chunks_mut::<4>();
        if self.channels < 3 {
            for (quad, &value) in quads.iter_mut().zip(self.channel(0)) {
                quad[..3].fill(srgb8_from_linear(value));
            }
        } else {
            for channel in 0..3 {
                for (quad, &value) in quads.iter_mut().zip(self.channel(channel)) {
                    quad[channel] = srgb8_from_linear(value);
                }
            }
        }
        pixels
    }
}
