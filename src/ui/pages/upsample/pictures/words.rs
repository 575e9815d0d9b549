//! What the cards and the table say of a way.

use crate::{
    engine::Findings,
    lesson::upsample::{UpsampleLesson, Way, Weights, narration::checkerboard_words},
};

/// What the way is at these settings.
#[must_use]
pub fn meaning(way: Way, lesson: &UpsampleLesson) -> String {
    let (work, scale) = (&lesson.work, lesson.scale());
    let layers = work.stack.layers();
    let first = layers[0];
    let list = |number: fn(&crate::lesson::upsample::Layer) -> usize| {
        layers.iter().map(|layer| number(layer).to_string()).collect::<Vec<_>>().join(", ")
    };
    let layer = if layers.len() == 1 {
        format!("k = {}, s = {}", first.mask, first.stride)
    } else {
        format!("k = {}; s = {}", list(|layer| layer.mask), list(|layer| layer.stride))
    };
    let shape = match work.weights {
        Weights::Flat => "flat mask",
        Weights::Bell => "bell",
        Weights::Tent => "tent",
        Weights::Random => "untrained",
        Weights::Own => "own mask",
    };
    match way {
        Way::Nearest => format!("every pixel a block of {scale} × {scale}"),
        Way::Bilinear if scale.is_multiple_of(2) => format!("the FCN mask, k = {}, s = {scale}", 2 * scale),
        Way::Bilinear => format!("the tent mask, k = {}, s = {scale}", 2 * scale - 1),
        Way::Bicubic => format!("a cubic over 4 × 4 pixels, a = {}", if work.sharp { "−0.75" } else { "−0.5" }),
        Way::Lanczos => "a windowed sinc over 6 × 6 pixels".to_owned(),
        Way::Transposed => format!("{layer}, {shape}"),
        Way::Shuffle => {
            let start = match (work.icnr, work.weights) {
                (true, _) => "alike (ICNR)",
                (false, Weights::Random) => "untrained",
                (false, _) => shape,
            };
            format!("{} masks dealt out, {start}", scale * scale)
        }
        Way::Convolved => "nearest, then the same mask".to_owned(),
        Way::Zeros => format!("one cell in {}, the rest 0", scale * scale),
        Way::Unpooled => "maxima where they were, the rest 0".to_owned(),
        Way::BackProjected => {
            let rounds = work.rounds;
            format!("{rounds} {} of mending the error", if rounds == 1 { "round" } else { "rounds" })
        }
        Way::Gradient => format!("of a convolution, {layer}"),
    }
}

/// The checkerboard's score: “none”, or “+27 dB, at n/2”.
#[must_use]
pub fn checkerboard(findings: &Findings) -> String {
    if findings.checkerboard.is_nan() {
        return "not known".to_owned();
    }
    checkerboard_words(findings.checkerboard, findings.is_checkered, &findings.peaks)
}
