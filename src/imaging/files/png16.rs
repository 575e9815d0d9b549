//! Portable Network Graphics with 16 bits a sample (ISO/IEC 15948, 2004).

use crate::imaging::colour::srgb16_from_linear;
use crate::imaging::image::Image;
use miniz_oxide::deflate::compress_to_vec_zlib;

/// The effort of the compression, 0…10: more takes longer and gains little on noise.
const EFFORT: u8 = 6;

/// A picture as a PNG file of 16 bits a sample, sRGB-coded, clamped to 0…1; what is no number is black. One or two
/// channels make a grey file of the first, others one in colour of the first three.
#[must_use]
pub fn png16(image: &Image) -> Vec<u8> {
    let [height, width] = image.size();
    let channels = if image.channels() < 3 { 1 } else { 3 };
    let mut header = Vec::with_capacity(13);
    // At most 2²⁴ each, by the rules for pictures.
    header.extend((width as u32).to_be_bytes());
    header.extend((height as u32).to_be_bytes());
    // Depth; grey or colour; the only ways to compress and to filter there are; rows in their order.
    header.extend([16, if channels == 1 { 0 } else { 2 }, 0, 0, 0]);

    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut file, *b"IHDR", &header);
    // Of the four intents of sRGB the perceptual one.
    chunk(&mut file, *b"sRGB", &[0]);
    chunk(&mut file, *b"IDAT", &compress_to_vec_zlib(&filtered_rows(image, channels), EFFORT));
    chunk(&mut file, *b"IEND", &[]);
    file
}

/// A chunk: length, name, contents, and the checksum of name and contents.
fn chunk(file: &mut Vec<u8>, name: [u8; 4], contents: &[u8]) {
    file.extend((contents.len() as u32).to_be_bytes());
    let start = file.len();
    file.extend(name);
    file.extend(contents);
    let checksum = checksum(&file[start..]);
    file.extend(checksum.to_be_bytes());
}

/// The rows, each after the number of its filter. Of the five filters each row takes the one whose bytes, as signed
/// numbers, have the smallest sum of magnitudes: the rule of thumb of the standard.
fn filtered_rows(image: &Image, channels: usize) -> Vec<u8> {
    let [height, width] = image.size();
    let pixel = 2 * channels;
    let mut rows = Vec::with_capacity(height * (1 + pixel * width));
    // The rows have a black pixel before them, as the filters see it.
    let mut above = vec![0_u8; pixel * (width + 1)];
    let mut row = above.clone();
    let mut candidate = vec![0_u8; pixel * width];
    let mut best = candidate.clone();
    for y in 0..height {
        for channel in 0..channels {
            let samples = &image.channel(channel)[y * width..][..width];
            for (x, &sample) in samples.iter().enumerate() {
                let start = pixel * (x + 1) + 2 * channel;
                row[start..start + 2].copy_from_slice(&srgb16_from_linear(sample).to_be_bytes());
            }
        }
        let mut least = u64::MAX;
        let mut chosen = 0;
        for filter in 0..5 {
            for (index, value) in candidate.iter_mut().enumerate() {
                let (left, up, corner) = (row[index], above[index + pixel], above[index]);
                *value = row[index + pixel].wrapping_sub(predicted(filter, left, up, corner));
            }
            let sum = candidate.iter().map(|&value| u64::from(value.cast_signed().unsigned_abs())).sum();
            if sum < least {
                (least, chosen) = (sum, filter);
                std::mem::swap(&mut best, &mut candidate);
            }
        }
        rows.push(chosen);
        rows.extend(&best);
        std::mem::swap(&mut above, &mut row);
    }
    rows
}

/// What a filter expects of a byte from its neighbours: nothing, the left, the upper, their mean, or that of the three
/// which is nearest to left + upper − corner (Paeth, 1991).
fn predicted(filter: u8, left: u8, up: u8, corner: u8) -> u8 {
    match filter {
        0 => 0,
        1 => left,
        2 => up,
        3 => left.midpoint(up),
        _ => {
            let expected = i16::from(left) + i16::from(up) - i16::from(corner);
            let distance = |value: u8| (expected - i16::from(value)).abs();
            if distance(left) <= distance(up) && distance(left) <= distance(corner) {
                left
            } else if distance(up) <= distance(corner) {
                up
            } else {
                corner
            }
        }
    }
}

/// The remainders of the 256 bytes for the cyclic redundancy check of 32 bits.
const REMAINDERS: [u32; 256] = {
    let mut remainders = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut remainder = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            remainder = (remainder >> 1) ^ if remainder & 1 == 1 { 0xEDB8_8320 } else { 0 };
            bit += 1;
        }
        remainders[byte] = remainder;
        byte += 1;
    }
    remainders
};

fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, &byte| (sum >> 8) ^ REMAINDERS[usize::from(sum as u8 ^ byte)])
}
