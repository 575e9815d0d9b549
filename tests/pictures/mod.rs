//! Freely licensed grey pictures for tests, 256 × 256, one channel: see `LICENCES.md` beside this file.
//!
//! Values are code/255, without decoding sRGB: the literature on restoration works on codes, so that noise of σ = 7 there
//! is 7/255 here.
#![allow(dead_code, reason = "each test file takes the pictures that it needs")]

use deconvolution_explorer::imaging::Image;

/// A photographer at his camera before a lawn: fine texture beside flat areas.
pub fn camera() -> Image {
    read(include_bytes!("camera.pgm"))
}

/// An astronaut before a flag and a model: faces, folds and sharp edges.
pub fn astronaut() -> Image {
    read(include_bytes!("astronaut.pgm"))
}

/// A cup on a table: large smooth areas and long clean edges.
pub fn coffee() -> Image {
    read(include_bytes!("coffee.pgm"))
}

/// A brick wall: the same straight edges again and again.
pub fn brick() -> Image {
    read(include_bytes!("brick.pgm"))
}

/// Every picture by its name.
pub fn all() -> [(&'static str, Image); 4] {
    [("camera", camera()), ("astronaut", astronaut()), ("coffee", coffee()), ("brick", brick())]
}

/// Reads a binary PGM of one byte a pixel without comments, as `make_pictures.py` writes them.
fn read(file: &[u8]) -> Image {
    let mut fields = file.splitn(5, |byte| byte.is_ascii_whitespace());
    let mut field = || fields.next().expect("a header of four fields");
    let magic = field();
    let [width, height, most] = [field(), field(), field()]
        .map(|text| std::str::from_utf8(text).expect("digits").parse::<usize>().expect("a number"));
    assert!(magic == b"P5" && most == 255, "only binary grey pictures of one byte a pixel are read here");
    let codes = fields.next().expect("pixels");
    Image::from_vec(1, height, width, codes.iter().map(|&code| f32::from(code) / 255.0).collect()).expect("all pixels")
}
