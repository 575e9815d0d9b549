#![cfg(not(target_arch = "wasm32"))]
//! Files to take away, read back here by the letter of their formats: every sample, the checksums, the headers.

use deconvolution_explorer::imaging::files::{npy, png16};
use deconvolution_explorer::imaging::{Image, samples, srgb16_from_linear};
use proptest::prelude::*;

/// The chunks of a PNG, name and contents, whose checksums are right.
fn chunks(mut file: &[u8]) -> Vec<(String, Vec<u8>)> {
    file = file.strip_prefix(b"\x89PNG\r\n\x1a\n").expect("the signature");
    let mut found = Vec::new();
    while let Some((length, rest)) = file.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        let (checked, rest) = rest.split_at(4 + length);
        let (sum, rest) = rest.split_first_chunk::<4>().expect("a checksum");
        // Bit by bit: the polynomial x³² + x²⁶ + … + 1 in reversed order.
        let mut remainder = u32::MAX;
        for &byte in checked {
            remainder ^= u32::from(byte);
            for _ in 0..8 {
                remainder = if remainder & 1 == 1 { (remainder >> 1) ^ 0xEDB8_8320 } else { remainder >> 1 };
            }
        }
        assert_eq!(u32::from_be_bytes(*sum), !remainder);
        found.push((String::from_utf8(checked[..4].to_vec()).unwrap(), checked[4..].to_vec()));
        file = rest;
    }
    found
}

/// Width, height, samples a pixel, and the codes of a PNG of 16 bits.
fn decoded(file: &[u8]) -> (usize, usize, usize, Vec<u16>) {
    let chunks = chunks(file);
    let names: Vec<&str> = chunks.iter().map(|(name, _)| &name[..]).collect();
    assert_eq!(names, ["IHDR", "sRGB", "IDAT", "IEND"]);
    let header = &chunks[0].1;
    let number = |at: usize| u32::from_be_bytes(header[at..at + 4].try_into().unwrap()) as usize;
    let (width, height) = (number(0), number(4));
    assert_eq!((header.len(), header[8], &header[10..]), (13, 16, &[0, 0, 0][..]));
    let channels = match header[9] {
        0 => 1,
        2 => 3,
        other => panic!("colour type {other}"),
    };
    let rows = miniz_oxide::inflate::decompress_to_vec_zlib(&chunks[2].1).unwrap();
    let (pixel, length) = (2 * channels, 2 * channels * width);
    assert_eq!(rows.len(), height * (length + 1));
    let mut above = vec![0_i32; length];
    let mut codes = Vec::new();
    for row in rows.chunks(length + 1) {
        let mut now = vec![0_i32; length];
        for i in 0..length {
            let [a, c] = if i < pixel { [0, 0] } else { [now[i - pixel], above[i - pixel]] };
            let b = above[i];
            let nearest = [a, b, c].into_iter().min_by_key(|value| (a + b - c - value).abs()).unwrap();
            let expected = [0, a, b, (a + b) / 2, nearest][usize::from(row[0])];
            now[i] = (i32::from(row[i + 1]) + expected) % 256;
        }
        codes.extend(now.chunks(2).map(|pair| (256 * pair[0] + pair[1]) as u16));
        above = now;
    }
    (width, height, channels, codes)
}

fn picture() -> impl Strategy<Value = Image> {
    (1_usize..5, 1_usize..12, 1_usize..12).prop_flat_map(|(channels, height, width)| {
        let value = prop_oneof![8 => -0.2_f32..1.2, 1 => any::<f32>()];
        prop::collection::vec(value, channels * height * width)
            .prop_map(move |samples| Image::from_vec(channels, height, width, samples).unwrap())
    })
}

proptest! {
    #[test]
    fn a_png_holds_every_sample(image in picture()) {
        let (width, height, channels, codes) = decoded(&png16(&image));
        prop_assert_eq!([height, width], image.size());
        prop_assert_eq!(channels, if image.channels() < 3 { 1 } else { 3 });
        for (index, code) in codes.iter().enumerate() {
            let light = image.channel(index % channels)[index / channels];
            prop_assert_eq!(*code, srgb16_from_linear(light));
        }
    }

    #[test]
    fn an_npy_holds_every_bit(image in picture()) {
        let file = npy(&image);
        prop_assert_eq!(&file[..8], b"\x93NUMPY\x01\x00");
        let length = usize::from(u16::from_le_bytes([file[8], file[9]]));
        prop_assert_eq!((10 + length) % 64, 0);
        let header = std::str::from_utf8(&file[10..10 + length]).unwrap();
        let channels = image.channels();
        let [height, width] = image.size();
        let shape = if channels == 1 { format!("({height}, {width})") } else { format!("({height}, {width}, {channels})") };
        let expected = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}");
        prop_assert_eq!(header.trim_end(), expected);
        prop_assert!(header.ends_with('\n'));
        let (samples, rest) = file[10 + length..].as_chunks::<4>();
        prop_assert!(rest.is_empty());
        prop_assert_eq!(samples.len(), image.data().len());
        for (index, sample) in samples.iter().enumerate() {
            let value = image.channel(index % channels)[index / channels];
            prop_assert_eq!(u32::from_le_bytes(*sample), value.to_bits());
        }
    }
}

#[test]
fn codes_of_sixteen_bits_follow_the_formula_of_srgb() {
    for code in 0..=65535_u16 {
        let value = f64::from(code) / 65535.0;
        let light = if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) };
        assert_eq!(srgb16_from_linear(light as f32), code);
    }
    assert_eq!([-1.0, 2.0, f32::NAN, f32::INFINITY].map(srgb16_from_linear), [0, 65535, 0, 65535]);
}

#[test]
fn a_drawn_picture_is_compressed_well() {
    let file = png16(&samples::star(256));
    assert!(file.len() < 2 * 256 * 256 / 3, "{} bytes", file.len());
}
