//! Between sRGB bytes and linear light, by the exact formula (IEC 61966-2-1, 1999).

use std::sync::LazyLock;

/// The straight part ends at this code value (0…1).
const KNEE: f64 = 0.04045;

fn linear(code: f64) -> f64 {
    if code <= KNEE { code / 12.92 } else { ((code + 0.055) / 1.055).powf(2.4) }
}

static DECODED: LazyLock<[f32; 256]> = LazyLock::new(|| std::array::from_fn(|code| linear(code as f64 / 255.0) as f32));

/// Cells of the encoder's table. The curve rises by at most 255·12.92 codes a unit, so that with 4096 cells no cell
/// holds more than one step between codes.
const CELLS: usize = 4096;

struct Encoder {
    /// The code at the start of each cell; the last one is that of light 1.
    code: [u8; CELLS + 1],
    /// Light from which on the code is above `code`, by code.
    step: [f32; 256],
}

static ENCODER: LazyLock<Encoder> = LazyLock::new(|| {
    let mut step = [f32::INFINITY; 256];
    for (code, light) in step.iter_mut().enumerate().take(255) {
        *light = linear((code as f64 + 0.5) / 255.0) as f32;
    }
    let mut code = [0; CELLS + 1];
    let mut current = 0_u8;
    for (cell, first) in code.iter_mut().enumerate() {
        while cell as f32 / CELLS as f32 >= step[usize::from(current)] {
            current += 1;
        }
        *first = current;
    }
    Encoder { code, step }
});

/// Linear light 0…1 of an sRGB byte.
#[must_use]
pub fn linear_from_srgb8(code: u8) -> f32 {
    DECODED[usize::from(code)]
}

/// The sRGB byte nearest to a linear light; light outside 0…1 is clamped, and what is no number is black.
#[must_use]
pub fn srgb8_from_linear(light: f32) -> u8 {
    let encoder = &*ENCODER;
    // A cast saturates and takes what is no number to 0, so any light is a valid cell.
    let light = light.clamp(0.0, 1.0);
    let code = encoder.code[((light * CELLS as f32) as usize).min(CELLS)];
    code + u8::from(light >= encoder.step[usize::from(code)])
}

/// The sRGB code of 16 bits nearest to a linear light; light outside 0…1 is clamped, and what is no number is black.
#[must_use]
pub fn srgb16_from_linear(light: f32) -> u16 {
    let light = f64::from(light.clamp(0.0, 1.0));
    let code = if light <= KNEE / 12.92 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    // A cast saturates and takes what is no number to 0.
    (code * 65535.0).round() as u16
}
