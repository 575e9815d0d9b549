//! A program for PyTorch that takes the ways on the page by the library's own layers, as far as it has them.

use super::{
    blocks::{CROPPED, CUBIC, LANCZOS, MATRIX, SAVE, SCORES, SIZES, TENT},
    settings::{Settings, exact, rows},
};
use crate::{
    lesson::upsample::{Down, Layer, UpsampleLesson, View, Way, crop::Crop},
    upsampling::Coordinates,
};

/// The program for these settings. It prints `counts` and the list of them, then a line a way, and saves each large
/// picture as `WAY.npy`, rows × columns × colours in linear light.
#[must_use]
pub fn pytorch(lesson: &UpsampleLesson) -> String {
    let settings = Settings::of(lesson);
    let mut text = HEAD.replace("{source}", settings.source());
    text += &in_short(lesson);
    text += IMPORTS;
    text += &settings.numbers();
    text += COUNTS;
    text += if lesson.weighted { PAINT } else { "" };
    text += "\n";
    text += &settings.picture();
    text += &ways(&settings);
    text += SAVE;
    text += if settings.has_truth() { CROPPED } else { "small, truth = as_tensor(picture), None\n" };
    if settings.has_truth() {
        text += "large = as_tensor(truth)\nsmall = reduced(large)\n";
    }
    text += "with torch.no_grad():\n";
    let results = settings.results(|way| format!("as_picture({})", call(way)));
    text += &results.lines().map(|line| format!("    {line}\n")).collect::<String>();
    text + if settings.has_truth() { SCORES } else { SIZES }
}

/// The layers alone, in lines that run by themselves: those of the lab with how often they paint the cells of its row, or
/// those that pictures are enlarged by, beside what the library has for the other ways.
#[must_use]
pub fn in_short(lesson: &UpsampleLesson) -> String {
    let (layers, masks) = (lesson.work.stack.layers(), lesson.masks());
    let in_lab = lesson.view == View::Overlap;
    let modules: Vec<String> = if in_lab {
        layers.iter().map(|layer| conv_transpose(*layer, layer.padding, 0)).collect()
    } else {
        layers.iter().flat_map(|layer| module(*layer)).collect()
    };
    let mut text = "import torch\nimport torch.nn.functional as F\nfrom torch import nn\n\n".to_owned();
    let is_single = modules.len() == 1;
    text += &if is_single {
        format!("layer = {}\n", modules[0])
    } else {
        format!("layer = nn.Sequential(\n    {},\n)\n", modules.join(",\n    "))
    };
    text += "with torch.no_grad():\n";
    // Modules that only crop have no weight.
    let mut place = 0;
    for (layer, mask) in layers.iter().zip(&masks) {
        let target = if is_single { "layer".to_owned() } else { format!("layer[{place}]") };
        text += &if mask.iter().all(|weight| *weight == mask[[0, 0]]) {
            format!("    {target}.weight.fill_({})\n", exact(mask[[0, 0]]))
        } else {
            format!("    {target}.weight[0, 0] = torch.tensor({})\n", rows(mask.view(), 8))
        };
        place += if in_lab { 1 } else { module(*layer).len() };
    }
    if in_lab {
        let pixels = lesson.work.pixels;
        text += &format!("    row = torch.ones(1, 1, {pixels})  # how often the cells of a row are painted\n");
        for Layer { mask: k, stride: s, padding: p } in layers {
            text += &format!("    row = F.conv_transpose1d(row, torch.ones(1, 1, {k}), stride={s}, padding={p})\n");
        }
        return text + "print(row[0, 0].int().tolist())\n";
    }
    let scale = lesson.scale();
    text += "    small = torch.rand(1, 1, 16, 16)\n    large = layer(small)\n";
    let align = lesson.work.coordinates == Coordinates::AlignCorners;
    for way in lesson.work.compared.iter().filter(|way| is_ready_made(lesson, **way)) {
        let rule = match (way, align) {
            (Way::Nearest, _) => "",
            (_, true) => ", align_corners=True",
            (_, false) => ", align_corners=False",
        };
        let id = way.id();
        text += &format!("    {id} = F.interpolate(small, scale_factor={scale}, mode=\"{id}\"{rule})\n");
    }
    text + &format!("print(tuple(large.shape))  # {scale} times as large\n")
}

/// Whether the library interpolates by this way and rule; what it does not, matrices do.
fn is_ready_made(lesson: &UpsampleLesson, way: Way) -> bool {
    let work = &lesson.work;
    match way {
        // Its own nearest pixel is that of the block, by whichever rule.
        Way::Nearest => work.coordinates == Coordinates::HalfPixel,
        Way::Bilinear => work.coordinates != Coordinates::Asymmetric,
        Way::Bicubic => work.coordinates != Coordinates::Asymmetric && work.sharp,
        _ => false,
    }
}

/// The functions that these settings need.
fn ways(settings: &Settings) -> String {
    let lesson = settings.lesson;
    let takes = |ways: &[Way]| settings.takes_any(ways);
    let ready = |way: Way| settings.takes(way) && is_ready_made(lesson, way);
    let by_matrix = |way: Way| settings.takes(way) && !is_ready_made(lesson, way);
    let back_projects = settings.takes(Way::BackProjected);
    let reduces = settings.has_truth() || back_projects;
    let interpolates = [Way::Bilinear, Way::Bicubic, Way::Lanczos].into_iter().any(by_matrix);
    let gaussian = reduces && settings.down() == Down::Gaussian;
    let align = if lesson.work.coordinates == Coordinates::AlignCorners { "True" } else { "False" };
    let interpolate =
        |name: &str, mode: &str| INTERPOLATE.replace("{name}", name).replace("{mode}", mode).replace("{align}", align);
    let mut text = TENSORS.to_owned();
    let mut add = |wanted: bool, block: &str| {
        if wanted {
            text += block;
        }
    };
    add(interpolates || back_projects || gaussian, MATRIX_PRODUCT);
    add(by_matrix(Way::Bicubic) || back_projects, CUBIC);
    add(gaussian, &settings.reduction());
    add(
        reduces,
        match settings.down() {
            Down::Gaussian => REDUCED_GAUSSIAN,
            Down::Bicubic => REDUCED_BICUBIC,
            Down::Box | Down::AsItIs => REDUCED_BOX,
        },
    );
    add(by_matrix(Way::Nearest) || interpolates, &settings.places());
    add(ready(Way::Nearest), NEAREST);
    add(by_matrix(Way::Nearest), NEAREST_BY_PLACE);
    add(interpolates || back_projects, MATRIX);
    add(interpolates, INTERPOLATED);
    add(ready(Way::Bilinear), &interpolate("bilinear", "bilinear"));
    add(by_matrix(Way::Bilinear), TENT);
    add(by_matrix(Way::Bilinear), BILINEAR);
    add(ready(Way::Bicubic), &interpolate("bicubic", "bicubic"));
    add(by_matrix(Way::Bicubic), &BICUBIC.replace("{slope}", settings.slope()));
    add(settings.takes(Way::Lanczos), LANCZOS);
    add(settings.takes(Way::Lanczos), LANCZOS_WAY);
    add(settings.takes(Way::Transposed), &transposed(lesson.work.stack.layers()));
    add(takes(&[Way::Shuffle, Way::Convolved]), MIRRORED);
    add(settings.takes(Way::Shuffle), SHUFFLE);
    add(settings.takes(Way::Convolved), CONVOLVED);
    add(settings.takes(Way::Zeros), ZEROS);
    add(settings.takes(Way::Unpooled), UNPOOLED);
    add(back_projects, BACK_PROJECTED);
    add(settings.takes(Way::Gradient), GRADIENT);
    text
}

const fn call(way: Way) -> &'static str {
    match way {
        Way::Nearest => "nearest(small)",
        Way::Bilinear => "bilinear(small)",
        Way::Bicubic => "bicubic(small)",
        Way::Lanczos => "lanczos(small)",
        Way::Transposed => "transposed(small)",
        Way::Shuffle => "shuffle(small)",
        Way::Convolved => "convolved(small)",
        Way::Zeros => "zeros(small)",
        Way::Unpooled => "unpooled(large)",
        Way::BackProjected => "backprojected(small)",
        Way::Gradient => "gradient(large)",
    }
}

/// The layers as modules, each cropped so that it enlarges exactly s times.
fn transposed(layers: &[Layer]) -> String {
    let line = |layer: &Layer| format!("    {},\n", module(*layer).join(",\n    "));
    format!("{TRANSPOSED}{}{LOADED}", layers.iter().map(line).collect::<String>())
}

/// A layer as it is on pictures: as a module, or as two.
fn module(layer: Layer) -> Vec<String> {
    let crop = Crop::of(layer);
    let mut modules = vec![conv_transpose(layer, crop.padding, crop.output_padding)];
    if crop.first {
        modules.push("nn.ZeroPad2d((-1, 0, -1, 0))".to_owned());
    }
    modules
}

fn conv_transpose(layer: Layer, padding: usize, output_padding: usize) -> String {
    let (k, s) = (layer.mask, layer.stride);
    let argument = |name: &str, value: usize| if value > 0 { format!(", {name}={value}") } else { String::new() };
    let (padding, output_padding) = (argument("padding", padding), argument("output_padding", output_padding));
    format!("nn.ConvTranspose2d(1, 1, {k}, stride={s}{padding}{output_padding}, bias=False)")
}

const HEAD: &str = r#""""Ways to make a small picture larger, as on the Upsample page of Deconvolution Explorer, by PyTorch's own layers.

First the layers alone, in lines that run by themselves; below them all that is on the page.

{source}
"""

"#;

const IMPORTS: &str = r#"

# All that is on the page.
import os

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

try:
    from PIL import Image
except ImportError:
    Image = None

"#;

const COUNTS: &str = r#"

def row_of(weights):
    """What a row of ones becomes if the masks have these weights along it."""
    row = torch.ones(1, 1, pixels, dtype=torch.float64)
    for (k, s, p), mask in zip(layers, weights):
        row = F.conv_transpose1d(row, torch.as_tensor(mask, dtype=row.dtype)[None, None], stride=s, padding=p)
    return row[0, 0]


def counts():
    """How many copies lie on each cell of the row, through all layers."""
    return row_of([np.ones(k) for k, s, p in layers]).round().long()


print("counts", counts().tolist())
along = counts()
print(f"counts in the plane: {len(along)} x {len(along)} cells, from {along.min() ** 2} to {along.max() ** 2}")
"#;

const PAINT: &str = r#"
weights = [mask.sum(axis=0) / s for mask, (k, s, p) in zip(masks, layers)]
print("paint", row_of(weights).tolist())
"#;

const TENSORS: &str = r#"

def as_tensor(picture):
    """Every colour is a picture of one channel: colours, 1, rows, columns."""
    return torch.tensor(picture, dtype=torch.float32).permute(2, 0, 1)[:, None]


def as_picture(tensor):
    return tensor[:, 0].permute(1, 2, 0).numpy()


def weight(mask):
    """A mask as the weight of a layer from one channel to one."""
    return torch.tensor(mask, dtype=torch.float32)[None, None]
"#;

const MATRIX_PRODUCT: &str = r#"

def product(rows, u, columns):
    """Weights along both axes."""
    rows, columns = [torch.tensor(A, dtype=torch.float32) for A in (rows, columns)]
    return rows @ u @ columns.T
"#;

const REDUCED_BOX: &str = r#"

def reduced(u):
    return F.avg_pool2d(u, scale)
"#;

const REDUCED_BICUBIC: &str = r#"

def reduced(u):
    size = [n // scale for n in u.shape[2:]]
    return F.interpolate(u, size=size, mode="bicubic", antialias=True)
"#;

const REDUCED_GAUSSIAN: &str = r#"

def reduced(u):
    h, w = u.shape[2:]
    return product(reduction(h), u, reduction(w))
"#;

const NEAREST: &str = r#"

def nearest(u):
    return F.interpolate(u, scale_factor=scale, mode="nearest")
"#;

const NEAREST_BY_PLACE: &str = r#"

def nearest(u):
    """The pixel that is nearest; of two as near the earlier one. PyTorch itself takes the one at or before the place."""
    y, x = [np.minimum(np.ceil(np.round(places(n), 9) - 0.5), n - 1).astype(int) for n in u.shape[2:]]
    return u[:, :, y][:, :, :, x]
"#;

const INTERPOLATE: &str = r#"

def {name}(u):
    return F.interpolate(u, scale_factor=scale, mode="{mode}", align_corners={align})
"#;

const INTERPOLATED: &str = r#"

def interpolated(u, kernel, reach):
    """What F.interpolate does not offer: this kernel at these places."""
    h, w = u.shape[2:]
    return product(matrix(h, places(h), kernel, reach), u, matrix(w, places(w), kernel, reach))
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

const TRANSPOSED: &str = r#"

# The layers, each cropped so that it enlarges exactly s times.
transposed = nn.Sequential(
"#;

const LOADED: &str = r#")
with torch.no_grad():
    for layer, mask in zip([each for each in transposed if isinstance(each, nn.ConvTranspose2d)], masks):
        layer.weight.copy_(weight(mask))
"#;

const MIRRORED: &str = r#"

def mirrored(u, k):
    """With what a mask of side k sees beyond the edges: the mirror image, the edge pixel repeated."""
    for axis in (2, 3):
        n = u.shape[axis]
        at = torch.arange(-((k - 1) // 2), n + k // 2) % (2 * n)
        u = u.index_select(axis, torch.minimum(at, 2 * n - 1 - at))
    return u
"#;

const SHUFFLE: &str = r#"

def shuffle(u):
    """Sub-pixel convolution: a filter for each place of a block, dealt out to the places."""
    deep = F.conv2d(mirrored(u, filters.shape[1]), torch.tensor(filters, dtype=torch.float32)[:, None])
    return nn.PixelShuffle(scale)(deep)
"#;

const CONVOLVED: &str = r#"

def convolved(u):
    """Every pixel becomes a block, then the mask lies on every cell alike."""
    blocks = F.interpolate(u, scale_factor=scale, mode="nearest")
    return F.conv2d(mirrored(blocks, len(convolving)), weight(convolving))
"#;

const ZEROS: &str = r#"

def zeros(u):
    """Zeros between the pixels: the transposed convolution with a mask that is a single 1."""
    return F.conv_transpose2d(u, torch.ones(1, 1, 1, 1), stride=scale, output_padding=scale - 1)
"#;

const UNPOOLED: &str = r#"

def unpooled(large):
    """The maximum of each block of the large picture stays where it was found; all else is 0."""
    maxima, switches = F.max_pool2d(large, scale, return_indices=True)
    return F.max_unpool2d(maxima, switches, scale)
"#;

const BACK_PROJECTED: &str = r#"

def spread_back(missing):
    """The transpose of the reduction, which is the gradient of what it makes."""
    with torch.enable_grad():
        leaf = torch.zeros(len(missing), 1, *[n * scale for n in missing.shape[2:]], requires_grad=True)
        (reduced(leaf) * missing).sum().backward()
    return leaf.grad


def backprojected(small):
    """What the large picture, made small again, misses of the small one is spread back by the transpose; repeated."""
    h, w = small.shape[2:]
    rows, columns = [matrix(n, (np.arange(n * scale) + 0.5) / scale - 0.5, lambda x: cubic(x, -0.5), 2) for n in (h, w)]
    u = product(rows, small, columns)
    missing = small - reduced(u)
    for _ in range(rounds):
        spread = spread_back(missing)
        gained = reduced(spread)
        along, square = [(each * gained).sum(dim=(1, 2, 3), keepdim=True) for each in (missing, gained)]
        step = torch.where(square > 0, along / square.clamp(min=1e-30), torch.zeros_like(square))  # leaves the least
        u = u + step * spread
        missing = missing - step * gained
    return u
"#;

const GRADIENT: &str = r#"

def gradient(large):
    """What strided convolutions send back to their input: the gradient of half the square of what arrives below."""
    with torch.enable_grad():
        leaf = large.clone().requires_grad_()
        u = leaf
        for (k, s, p), mask in reversed(list(zip(layers, masks))):
            u = F.conv2d(u, weight(mask), stride=s)
        (u**2 / 2).sum().backward()
    # Its brightness depends on the sums of the masks alone; it is given that of the picture.
    brightness = leaf.grad.mean()
    return leaf.grad * large.mean() / brightness if brightness > 0 else leaf.grad
"#;
