//! The blur h∗f: a true convolution, directly for small kernels and by the Fourier transform for large ones.

use super::boundary::{Boundary, extend};
use super::error::ImageError;
use super::fourier::{RealFft2, fast_size};
use super::image::Image;
use super::psf::Kernel;

/// From so many weights on the Fourier transform is the faster way.
const DIRECT_WEIGHTS: usize = 121;

/// The convolution h∗f of every channel with `kernel`, of the picture's own size; outside the picture lies what
/// `boundary` says. Output (y, x) is Σ h(i, j)·f(y − i + cᵢ, x − j + cⱼ), c the kernel's centre ⌊k/2⌋: the kernel is
/// flipped against the picture, as in nature, and not correlated with it. A kernel larger than the picture meets the
/// circular or mirrored continuation several times.
///
/// # Panics
/// When picture and kernel together have more than [`MAX_PIXELS`](super::MAX_PIXELS) pixels.
#[must_use]
pub fn blur(image: &Image, kernel: &Kernel, boundary: Boundary) -> Image {
    let [centre_y, centre_x] = kernel.centre();
    let margins = [[kernel.height() - 1 - centre_y, centre_y], [kernel.width() - 1 - centre_x, centre_x]];
    valid(&extend(image, margins[0], margins[1], boundary), kernel)
}

/// The convolution where the kernel lies wholly inside the picture: of (H − h + 1) × (W − w + 1) pixels, its first
/// pixel standing at row h − 1 − ⌊h/2⌋ and column w − 1 − ⌊w/2⌋ of the picture. Nothing outside is assumed: this is how
/// a camera sees, whose field ends while the world goes on.
///
/// # Errors
/// When the kernel is larger than the picture.
pub fn blur_valid(image: &Image, kernel: &Kernel) -> Result<Image, ImageError> {
    if kernel.height() > image.height() || kernel.width() > image.width() {
        return Err(ImageError::KernelTooLarge { size: image.size() });
    }
    Ok(valid(image, kernel))
}

fn valid(image: &Image, kernel: &Kernel) -> Image {
    if kernel.weights().len() <= DIRECT_WEIGHTS { valid_direct(image, kernel) } else { valid_fourier(image, kernel) }
}

fn valid_direct(image: &Image, kernel: &Kernel) -> Image {
    let [height, width] = [image.height() - kernel.height() + 1, image.width() - kernel.width() + 1];
    let mut blurred = Image::zeros(image.channels(), height, width);
    for channel in 0..image.channels() {
        let source = image.channel(channel);
        for (y, target) in blurred.channel_mut(channel).chunks_exact_mut(width).enumerate() {
            for (i, weights) in kernel.weights().chunks_exact(kernel.width()).rev().enumerate() {
                let row = &source[(y + i) * image.width()..][..image.width()];
                for (j, &weight) in weights.iter().rev().enumerate() {
                    for (sum, &value) in target.iter_mut().zip(&row[j..]) {
                        *sum += weight * value;
                    }
                }
            }
        }
    }
    blurred
}

fn valid_fourier(image: &Image, kernel: &Kernel) -> Image {
    // Zeros beyond the picture only reach outputs that are cut off.
    let [rows, columns] = image.size().map(fast_size);
    let transform = RealFft2::new(rows, columns);
    let mut scratch = transform.scratch();
    let mut plane = vec![0.0; rows * columns];
    for (row, weights) in plane.chunks_exact_mut(columns).zip(kernel.weights().chunks_exact(kernel.width())) {
        row[..kernel.width()].copy_from_slice(weights);
    }
    let mut otf = transform.spectrum();
    transform.forward(&plane, &mut otf, &mut scratch);

    let [top, left] = kernel.size().map(|side| side - 1);
    let [height, width] = [image.height() - top, image.width() - left];
    let mut blurred = Image::zeros(image.channels(), height, width);
    let mut spectrum = transform.spectrum();
    for channel in 0..image.channels() {
        plane.fill(0.0);
        for (row, values) in plane.chunks_exact_mut(columns).zip(image.channel(channel).chunks_exact(image.width())) {
            row[..image.width()].copy_from_slice(values);
        }
        transform.forward(&plane, &mut spectrum, &mut scratch);
        spectrum.multiply(&otf);
        transform.inverse(&mut spectrum, &mut plane, &mut scratch);
        let rows = blurred.channel_mut(channel).chunks_exact_mut(width);
        for (target, row) in rows.zip(plane.chunks_exact(columns).skip(top)) {
            target.copy_from_slice(&row[left..left + width]);
        }
    }
    blurred
}
