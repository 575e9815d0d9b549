//! Pictures and what happens to them: planar f32 images, colour, point-spread functions, blur, noise and quality
//! metrics. Everything here works in linear light and knows neither browser nor lesson.

mod blur;
mod boundary;
mod colour;
mod error;
pub mod estimate;
pub mod files;
mod image;
pub mod noise;
pub mod psf;
pub mod quality;
pub mod samples;
mod shrink;

/// The layer's Fourier transforms, under the name that restoration knows them by.
pub use crate::fourier;
pub use blur::{blur, blur_valid};
pub(crate) use boundary::extend_plane;
pub use boundary::{Boundary, extend};
pub use colour::{linear_from_srgb8, srgb8_from_linear, srgb16_from_linear};
pub use error::ImageError;
pub use image::{Image, MAX_CHANNELS, MAX_PIXELS};
pub use psf::{Kernel, Psf};
pub use shrink::shrink;
