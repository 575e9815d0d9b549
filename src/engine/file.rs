//! Pictures as files of full precision.

use super::FileFormat;
use crate::imaging::Image;

/// The bytes of a picture's file. One or two channels become grey, three or more red, green and blue.
pub(super) fn encode(image: &Image, format: FileFormat) -> Vec<u8> {
    match format {
        FileFormat::Png16 => png16(image),
        FileFormat::Npy => npy(image),
    }
}

fn colours(image: &Image) -> usize {
    if image.channels() < 3 { 1 } else { 3 }
}

/// NumPy's own format, version 1.0.
fn npy(image: &Image) -> Vec<u8> {
    let ([height, width], colours) = (image.size(), colours(image));
    let shape = match (width, colours) {
        (1, 1) => format!("({height},)"),
        (_, 1) => format!("({height}, {width})"),
        _ => format!("({height}, {width}, {colours})"),
    };
    let mut header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}");
    // Magic, version and length take ten bytes; the data start at a multiple of 64, after a line's end.
    let padding = 63 - (10 + header.len()) % 64;
    header.push_str(&" ".repeat(padding));
    header.push('\n');
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.as_bytes());
    for place in 0..height * width {
        for channel in 0..colours {
            bytes.extend(image.channel(channel)[place].to_le_bytes());
        }
    }
    bytes
}

/// A PNG of 16 bits a sample (ISO/IEC 15948), its data stored as they are: noise does not compress.
fn png16(image: &Image) -> Vec<u8> {
    let ([height, width], colours) = (image.size(), colours(image));
    let mut lines = Vec::with_capacity(height * (1 + 2 * width * colours));
    for row in 0..height {
        // No filter.
        lines.push(0);
        for place in row * width..(row + 1) * width {
            for channel in 0..colours {
                lines.extend(srgb16(image.channel(channel)[place]).to_be_bytes());
            }
        }
    }
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = Vec::with_capacity(13);
    header.extend((width as u32).to_be_bytes());
    header.extend((height as u32).to_be_bytes());
    header.extend([16, if colours == 1 { 0 } else { 2 }, 0, 0, 0]);
    let table = crc_table();
    chunk(&mut bytes, &table, *b"IHDR", &header);
    // Perceptual intent.
    chunk(&mut bytes, &table, *b"sRGB", &[0]);
    chunk(&mut bytes, &table, *b"IDAT", &stored(&lines));
    chunk(&mut bytes, &table, *b"IEND", &[]);
    bytes
}

/// The code of 16 bits of a linear light, by the formula of sRGB; light outside 0…1 is clamped.
fn srgb16(light: f32) -> u16 {
    let light = f64::from(light).clamp(0.0, 1.0);
    let code = if light <= 0.003_130_8 { 12.92 * light } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    (code * 65535.0).round() as u16
}

/// A zlib stream (RFC 1950) of stored blocks.
fn stored(data: &[u8]) -> Vec<u8> {
    const LARGEST_BLOCK: usize = 65535;
    let mut stream = Vec::with_capacity(data.len() + data.len() / LARGEST_BLOCK * 5 + 16);
    stream.extend([0x78, 0x01]);
    let blocks = data.len().div_ceil(LARGEST_BLOCK);
    for (place, block) in data.chunks(LARGEST_BLOCK).enumerate() {
        let length = block.len() as u16;
        stream.push(u8::from(place + 1 == blocks));
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend(block);
    }
    stream.extend(adler32(data).to_be_bytes());
    stream
}

fn adler32(data: &[u8]) -> u32 {
    let (mut a, mut b) = (1_u32, 0_u32);
    // So many bytes cannot overflow the sums.
    for block in data.chunks(5552) {
        for &byte in block {
            a += u32::from(byte);
            b += a;
        }
        a %= 65521;
        b %= 65521;
    }
    b << 16 | a
}

fn crc_table() -> [u32; 256] {
    std::array::from_fn(|byte| {
        (0..8).fold(byte as u32, |rest, _| if rest & 1 == 1 { 0xEDB8_8320 ^ (rest >> 1) } else { rest >> 1 })
    })
}

fn chunk(bytes: &mut Vec<u8>, table: &[u32; 256], kind: [u8; 4], data: &[u8]) {
    bytes.extend((data.len() as u32).to_be_bytes());
    let start = bytes.len();
    bytes.extend(kind);
    bytes.extend(data);
    let rest = bytes[start..]
        .iter()
        .fold(u32::MAX, |rest, &byte| table[((rest ^ u32::from(byte)) & 0xFF) as usize] ^ (rest >> 8));
    bytes.extend((!rest).to_be_bytes());
}
