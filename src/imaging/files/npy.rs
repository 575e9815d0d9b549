//! NumPy's own file format, version 1.0: the samples as they are.

use crate::imaging::image::Image;

/// The samples of a picture as an NPY file: little-endian f32 of linear light, in C order, of shape (height, width) for
/// one channel and (height, width, channels) for more. Nothing is clipped or rounded; `numpy.load` reads it.
#[must_use]
pub fn npy(image: &Image) -> Vec<u8> {
    let [height, width] = image.size();
    let channels = image.channels();
    let shape = if channels == 1 { format!("{height}, {width}") } else { format!("{height}, {width}, {channels}") };
    let mut header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({shape}), }}");
    // Magic, version, length and header together fill multiples of 64 bytes, the last of which is a line's end.
    let filled = (10 + header.len() + 1).next_multiple_of(64) - 11;
    header.extend(std::iter::repeat_n(' ', filled - header.len()));
    header.push('\n');

    let mut file = Vec::with_capacity(10 + header.len() + 4 * image.data().len());
    file.extend(b"\x93NUMPY\x01\x00");
    // Two numbers of a few digits each: far below what two bytes can count.
    file.extend((header.len() as u16).to_le_bytes());
    file.extend(header.as_bytes());
    for pixel in 0..height * width {
        for channel in 0..channels {
            file.extend(image.channel(channel)[pixel].to_le_bytes());
        }
    }
    file
}
