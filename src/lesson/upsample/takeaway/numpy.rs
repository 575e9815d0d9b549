//! A program for NumPy alone that takes the ways on the page by plain sums, and counts the overlap.

use super::{
    blocks::{CROPPED, CUBIC, LANCZOS, MATRIX, SAVE, SCORES, SIZES, TENT},
    settings::Settings,
};
use crate::{
    lesson::upsample::{Down, UpsampleLesson, Way},
    upsampling::Coordinates,
};

/// The program for these settings. It prints `counts` and the list of them, then a line a way, and saves each large
/// picture as `WAY.npy`, rows × columns × colours in linear light.
#[must_use]
pub fn numpy(lesson: &UpsampleLesson) -> String {
    let settings = Settings::of(lesson);
    let mut text = HEAD.replace("{source}", settings.source());
    text += &settings.numbers();
    text += COUNTS;
    text += if lesson.weighted { PAINT } else { "" };
    text += "\n";
    text += &settings.picture();
    text += &ways(&settings);
    text += SAVE;
    text += if settings.has_truth() { CROPPED } else { "small, truth = picture, None\n" };
    if settings.has_truth() {
        text += "small = each(reduced, truth)\n";
    }
    text += &settings.results(|way| call(way).to_owned());
    text += if settings.takes(Way::Gradient) { BRIGHTENED } else { "" };
    text + if settings.has_truth() { SCORES } else { SIZES }
}

/// The functions that these settings need.
fn ways(settings: &Settings) -> String {
    let takes = |ways: &[Way]| settings.takes_any(ways);
    let back_projects = settings.takes(Way::BackProjected);
    let reduces = settings.has_truth() || back_projects;
    let mut text = EACH.to_owned();
    let mut add = |wanted: bool, block: &str| {
        if wanted {
            text += block;
        }
    };
    let cubic_reduction = reduces && settings.down() == Down::Bicubic;
    let interpolates = takes(&[Way::Bilinear, Way::Bicubic, Way::Lanczos]);
    add(takes(&[Way::Bicubic]) || back_projects || cubic_reduction, CUBIC);
    add(reduces, &settings.reduction());
    add(settings.has_truth(), REDUCED);
    let blocks = settings.lesson.work.coordinates == Coordinates::HalfPixel;
    add((takes(&[Way::Nearest]) && !blocks) || interpolates, &settings.places());
    add(takes(&[Way::Convolved]) || (takes(&[Way::Nearest]) && blocks), BLOCKS);
    add(takes(&[Way::Nearest]), if blocks { NEAREST_BLOCKS } else { NEAREST });
    add(interpolates || back_projects, MATRIX);
    add(interpolates, INTERPOLATED);
    add(takes(&[Way::Bilinear]), TENT);
    add(takes(&[Way::Bilinear]), BILINEAR);
    add(takes(&[Way::Bicubic]), &BICUBIC.replace("{slope}", settings.slope()));
    add(takes(&[Way::Lanczos]), LANCZOS);
    add(takes(&[Way::Lanczos]), LANCZOS_WAY);
    add(takes(&[Way::Transposed, Way::Gradient]), PAINTED);
    add(takes(&[Way::Transposed, Way::Shuffle, Way::Convolved, Way::Gradient]), CORRELATED);
    add(takes(&[Way::Transposed]), TRANSPOSED);
    add(takes(&[Way::Shuffle, Way::Convolved]), MIRRORED);
    add(takes(&[Way::Shuffle]), SHUFFLE);
    add(takes(&[Way::Convolved]), CONVOLVED);
    add(takes(&[Way::Zeros]), ZEROS);
    add(takes(&[Way::Unpooled]), UNPOOLED);
    add(back_projects, BACK_PROJECTED);
    add(takes(&[Way::Gradient]), GRADIENT);
    text
}

const fn call(way: Way) -> &'static str {
    match way {
        Way::Nearest => "each(nearest, small)",
        Way::Bilinear => "each(bilinear, small)",
        Way::Bicubic => "each(bicubic, small)",
        Way::Lanczos => "each(lanczos, small)",
        Way::Transposed => "each(transposed, small)",
        Way::Shuffle => "each(shuffle, small)",
        Way::Convolved => "each(convolved, small)",
        Way::Zeros => "each(zeros, small)",
        Way::Unpooled => "each(unpooled, truth)",
        Way::BackProjected => "each(backprojected, small)",
        Way::Gradient => "each(gradient, truth)",
    }
}

const HEAD: &str = r#""""Ways to make a small picture larger, as on the Upsample page of Deconvolution Explorer. Needs NumPy alone.

{source}
"""

import os

import numpy as np

try:
    from PIL import Image
except ImportError:
    Image = None

"#;

const COUNTS: &str = r#"

def row_of(weights):
    """What a row of ones becomes if the masks have these weights along it."""
    row = np.ones(pixels)
    for (k, s, p), mask in zip(layers, weights):
        painted = np.zeros((len(row) - 1) * s + k)
        for pixel, value in enumerate(row):
            painted[pixel * s : pixel * s + k] += value * mask
        row = painted[p : len(painted) - p]
    return row


def counts():
    """How many copies lie on each cell of the row, through all layers."""
    return row_of([np.ones(k) for k, s, p in layers]).astype(int)


print("counts", counts().tolist())
along = counts()
print(f"counts in the plane: {len(along)} x {len(along)} cells, from {along.min() ** 2} to {along.max() ** 2}")
"#;

const PAINT: &str = r#"
weights = [mask.sum(axis=0) / s for mask, (k, s, p) in zip(masks, layers)]
print("paint", row_of(weights).tolist())
"#;

const EACH: &str = r#"

def each(way, picture):
    """A way with every colour by itself."""
    return np.stack([way(picture[:, :, c]) for c in range(picture.shape[2])], axis=2)
"#;

const REDUCED: &str = r#"

def reduced(u):
    return reduction(u.shape[0]) @ u @ reduction(u.shape[1]).T
"#;

const BLOCKS: &str = r#"

def blocks(u):
    """Every pixel becomes a block."""
    return np.repeat(np.repeat(u, scale, axis=0), scale, axis=1)
"#;

const NEAREST_BLOCKS: &str = r#"

def nearest(u):
    return blocks(u)
"#;

const NEAREST: &str = r#"

def nearest(u):
    """The pixel that is nearest; of two as near the earlier one."""
    y, x = [np.minimum(np.ceil(np.round(places(n), 9) - 0.5), n - 1).astype(int) for n in u.shape]
    return u[y][:, x]
"#;

const INTERPOLATED: &str = r#"

def interpolated(u, kernel, reach):
    h, w = u.shape
    return matrix(h, places(h), kernel, reach) @ u @ matrix(w, places(w), kernel, reach).T
"#;

const BILINEAR: &str = r#"

def bilinear(u):
    return interpolated(u, tent, 1)
"#;

const BICUBIC: &str = r#"

def bicubic(u):
    return interpolated(u, lambda x: cubic(x, {slope}), 2)
"#;

const LANCZOS_WAY: &str = r#"

def lanczos(u):
    return interpolated(u, windowed_sinc, 3)
"#;

const PAINTED: &str = r#"

def painted(u, mask, s, size):
    """Every pixel lays down a copy of the mask times its value, a stride apart, on a plane of this size."""
    h, w = u.shape
    plane = np.zeros(size)
    for i, j in np.ndindex(*mask.shape):  # this entry of all copies at once
        plane[i : i + (h - 1) * s + 1 : s, j : j + (w - 1) * s + 1 : s] += u * mask[i, j]
    return plane
"#;

const CORRELATED: &str = r#"

def correlated(u, mask, s=1):
    """The mask lies on the plane wherever it fits, a stride apart; products are summed."""
    h, w = [(n - k) // s * s for n, k in zip(u.shape, mask.shape)]
    places = np.ndindex(*mask.shape)
    return sum(mask[i, j] * u[i : i + h + 1 : s, j : j + w + 1 : s] for i, j in places)
"#;

const TRANSPOSED: &str = r#"

def by_zero_insertion(u, mask, s):
    """The same: zeros between the pixels and around them, and a correlation with the mask turned by 180 degrees."""
    (h, w), k = u.shape, len(mask)
    spread = np.zeros(((h - 1) * s + 2 * k - 1, (w - 1) * s + 2 * k - 1))
    spread[k - 1 : k + (h - 1) * s : s, k - 1 : k + (w - 1) * s : s] = u
    return correlated(spread, mask[::-1, ::-1])


def transposed(u):
    """The layers, each cropped so that it enlarges exactly s times."""
    for (k, s, p), mask in zip(layers, masks):
        h, w = u.shape
        more = max(k - s, 0)
        first = more - more // 2
        whole = painted(u, mask, s, (h * s + more, w * s + more))
        assert np.allclose(whole[: (h - 1) * s + k, : (w - 1) * s + k], by_zero_insertion(u, mask, s))
        u = whole[first : first + h * s, first : first + w * s]
    return u
"#;

const MIRRORED: &str = r#"

def mirrored(u, k):
    """With what a mask of side k sees beyond the edges: the mirror image, the edge pixel repeated."""
    return np.pad(u, ((k - 1) // 2, k // 2), mode="symmetric")
"#;

const SHUFFLE: &str = r#"

def shuffle(u):
    """Sub-pixel convolution: a filter for each place of a block, dealt out to the places."""
    large = np.zeros([n * scale for n in u.shape])
    wide = mirrored(u, filters.shape[1])
    for place, mask in enumerate(filters):
        large[place // scale :: scale, place % scale :: scale] = correlated(wide, mask)
    return large
"#;

const CONVOLVED: &str = r#"

def convolved(u):
    """Larger first; then the mask lies on every cell alike."""
    return correlated(mirrored(blocks(u), len(convolving)), convolving)
"#;

const ZEROS: &str = r#"

def zeros(u):
    """Zeros between the pixels, and nothing else."""
    large = np.zeros([n * scale for n in u.shape])
    large[::scale, ::scale] = u
    return large
"#;

const UNPOOLED: &str = r#"

def unpooled(u):
    """The maximum of each block of the large picture stays where it was found; all else is 0."""
    h, w = [n // scale for n in u.shape]
    cells = u.reshape(h, scale, w, scale).swapaxes(1, 2).reshape(h, w, -1)
    switch = cells.argmax(axis=2)
    y, x = np.mgrid[:h, :w] * scale
    large = np.zeros(u.shape)
    large[y + switch // scale, x + switch % scale] = cells.max(axis=2)
    return large
"#;

const BACK_PROJECTED: &str = r#"

def backprojected(small):
    """What the large picture, made small again, misses of the small one is spread back by the transpose; repeated."""
    h, w = small.shape
    down, along = reduction(h * scale), reduction(w * scale)
    rows, columns = [matrix(n, (np.arange(n * scale) + 0.5) / scale - 0.5, lambda x: cubic(x, -0.5), 2) for n in (h, w)]
    u = rows @ small @ columns.T
    missing = small - down @ u @ along.T
    for _ in range(rounds):
        spread = down.T @ missing @ along
        gained = down @ spread @ along.T
        square = (gained**2).sum()
        step = (missing * gained).sum() / square if square > 0 else 0  # leaves the least missing
        u = u + step * spread
        missing = missing - step * gained
    return u
"#;

const GRADIENT: &str = r#"

def gradient(u):
    """Strided convolutions down, and the gradient of half the square of what arrives, back up: their transposes."""
    steps, sizes = list(zip(layers, masks)), []
    for (k, s, p), mask in reversed(steps):
        sizes.append(u.shape)
        u = correlated(u, mask, s)
    for ((k, s, p), mask), size in zip(steps, reversed(sizes)):
        u = painted(u, mask, s, size)
    return u
"#;

const BRIGHTENED: &str = r#"
# A gradient's brightness depends on the sums of the masks alone; it is given that of the picture.
brightness = results["gradient"].mean()
if brightness > 0:
    results["gradient"] *= truth.mean() / brightness
"#;
