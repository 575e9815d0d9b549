//! What a way is at the page's settings, in a few words under its name.

use super::{Layer, UpsampleLesson, Way, Weights, crop::Crop, words::grouped};
use crate::upsampling::Coordinates;

/// What the way is at these settings.
#[must_use]
pub fn meaning(way: Way, lesson: &UpsampleLesson) -> String {
    let (work, scale) = (&lesson.work, lesson.scale());
    let layers = work.stack.layers();
    let first = layers[0];
    let list = |number: fn(&Layer) -> usize| {
        layers.iter().map(|layer| number(layer).to_string()).collect::<Vec<_>>().join(", ")
    };
    let layer = if layers.len() == 1 {
        format!("k = {}, s = {}", first.mask, first.stride)
    } else {
        format!("k = {}; s = {}", list(|layer| layer.mask), list(|layer| layer.stride))
    };
    let shape = match work.weights {
        Weights::Flat => "flat",
        Weights::Bell => "bell",
        Weights::Tent => "tent",
        Weights::Random => "untrained",
        Weights::Own => "own mask",
    };
    match way {
        Way::Nearest => match laid(work.coordinates) {
            None => format!("every pixel a block of {0} × {0}", grouped(scale)),
            Some(laid) => format!("the nearest pixel, {laid}"),
        },
        Way::Bilinear => match laid(work.coordinates) {
            Some(laid) => format!("straight between pixels, {laid}"),
            None if scale.is_multiple_of(2) => {
                format!("the FCN mask, k = {}, s = {}", grouped(2 * scale), grouped(scale))
            }
            None => format!("the tent mask, k = {}, s = {}", grouped(2 * scale - 1), grouped(scale)),
        },
        Way::Bicubic => format!("a cubic over 4 × 4 pixels, a = {}", if work.sharp { "−0.75" } else { "−0.5" }),
        Way::Lanczos => "a windowed sinc over 6 × 6 pixels".to_owned(),
        Way::Transposed if layers.len() == 1 => format!("{layer}, {}, {shape}", crops(layers)),
        Way::Transposed => format!("{layer}, {shape}"),
        Way::Shuffle => {
            let start = match (work.icnr, work.weights) {
                (true, _) => "alike (ICNR)",
                (false, Weights::Random) => "untrained",
                (false, _) => shape,
            };
            format!("{} masks dealt out, {start}", grouped(scale * scale))
        }
        Way::Convolved if layers.len() > 1 => "nearest, then layer 1’s mask".to_owned(),
        Way::Convolved => "nearest, then the same mask".to_owned(),
        Way::Zeros => format!("one cell in {}, the rest 0", grouped(scale * scale)),
        Way::Unpooled => "maxima where they were, the rest 0".to_owned(),
        Way::BackProjected => {
            let rounds = work.rounds;
            format!("{rounds} {} of mending the error", if rounds == 1 { "round" } else { "rounds" })
        }
        Way::Gradient => format!("of a convolution, {layer}"),
    }
}

/// What of a way's result is left out so that all are of one size; None where nothing is.
#[must_use]
pub fn cropping(way: Way, lesson: &UpsampleLesson) -> Option<String> {
    let layers = lesson.work.stack.layers();
    let cropped = format!("cropped to exactly {}×", lesson.scale());
    (way == Way::Transposed).then(|| match layers {
        [_] => cropped,
        layers => format!("{}: {cropped}", crops(layers)),
    })
}

/// How the layers are cropped on pictures, in PyTorch's arguments: the lab's own padding does not matter there.
fn crops(layers: &[Layer]) -> String {
    let crops: Vec<Crop> = layers.iter().map(|layer| Crop::of(*layer)).collect();
    let list =
        |number: fn(&Crop) -> usize| crops.iter().map(|crop| number(crop).to_string()).collect::<Vec<_>>().join(", ");
    let between = if layers.len() == 1 { ", " } else { "; " };
    let text = format!("p = {}{between}op = {}", list(|crop| crop.padding), list(|crop| crop.output_padding));
    if crops.iter().any(|crop| crop.first) { format!("{text}{between}a first row and column less") } else { text }
}

/// How pixels of both sizes lie to each other where they are not squares that cover the same area: without that there
/// are neither blocks around pixels nor the mask of a tent.
fn laid(coordinates: Coordinates) -> Option<&'static str> {
    match coordinates {
        Coordinates::HalfPixel => None,
        Coordinates::AlignCorners => Some("corners aligned"),
        Coordinates::Asymmetric => Some("first middles coincide"),
    }
}
