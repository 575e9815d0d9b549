//! The parts that both programs share. Names: u is a plane, h and w its rows and columns, n a length; k, s and p are a
//! mask's side, a stride and a padding.

/// The picture from a file, or a star.
pub(super) const READ: &str = r#"

def covered(old, new):
    """The part of each of the old pixels in the mean that is a new one, along an axis."""
    edges = np.arange(new + 1) * old / new
    ends = np.minimum(edges[1:, None], np.arange(old) + 1)
    return np.maximum(ends - np.maximum(edges[:-1, None], np.arange(old)), 0) * new / old


def star():
    """A star of 18 rays on grey, each pixel the mean of 4 x 4 points."""
    n = 4 * side
    y, x = np.mgrid[:n, :n] - (n - 1) / 2
    points = np.where(np.sin(18 * np.arctan2(y, x)) > 0, 0.9, 0.1)
    points[np.hypot(y, x) > 0.4 * n] = 0.4
    return points.reshape(side, 4, side, 4).mean(axis=(1, 3))


def read():
    """Rows x columns x colours, in linear light."""
    if os.path.exists("picture.npy"):
        picture = np.load("picture.npy").astype(float)
    elif Image is not None and os.path.exists("picture.png"):
        picture = light(np.array(Image.open("picture.png").convert("RGB")))
    else:
        picture = star()
    picture = picture.reshape(*picture.shape[:2], -1)
    h, w = picture.shape[:2]
    if max(h, w) > side:
        rows, columns = [max(1, int(n * side / max(h, w) + 0.5)) for n in (h, w)]
        picture = covered(w, columns) @ np.tensordot(covered(h, rows), picture, 1)
    return picture


picture = read()
"#;

/// The picture as the reader drew it.
pub(super) const DRAWN: &str = r#"

picture = light(palette)[[[int(colour, 16) for colour in row] for row in drawing]]
"#;

pub(super) const LIGHT: &str = r#"

def light(codes):
    """Linear light of sRGB codes from 0 to 255."""
    v = np.asarray(codes) / 255
    return np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)


def codes(light):
    """The sRGB codes of linear light; what is darker than black or brighter than white is cut."""
    v = np.clip(light, 0, 1)
    return np.round(255 * np.where(v <= 0.0031308, 12.92 * v, 1.055 * v ** (1 / 2.4) - 0.055)).astype(np.uint8)
"#;

/// Reductions whose weights are rows of a matrix, as many as there are small pixels.
pub(super) const REDUCTION: &str = r#"

def reduction(n):
    """A row for each small pixel: what the n large ones weigh in it. Those that are there weigh 1 together."""
    distance = np.arange(n) - ((np.arange(n // scale) + 0.5) * scale - 0.5)[:, None]
{weights}    return weights / weights.sum(axis=1, keepdims=True)
"#;

pub(super) const BOX_WEIGHTS: &str =
    "    weights = (np.abs(distance) < scale / 2).astype(float)  # the mean of a block\n";

pub(super) const GAUSSIAN_WEIGHTS: &str = "    variance = max((scale**2 - 1) / 4, 1e-9)
    weights = np.exp(-(distance**2) / (2 * variance)) * (np.abs(distance) <= 4 * np.sqrt(variance))
";

pub(super) const BICUBIC_WEIGHTS: &str =
    "    weights = cubic(distance / min(scale, n), -0.5)  # as wide as the small pixels\n";

/// Where the cells of an axis lie among its pixels; the line behind it returns it.
pub(super) const PLACES: &str = r#"

def places(n):
    """Where the cells lie among the n pixels of an axis that becomes scale times as long."""
    cell = np.arange(n * scale)
"#;

pub(super) const HALF_PIXEL: &str =
    "    return (cell + 0.5) / scale - 0.5  # pixels are squares, and places their middles\n";
pub(super) const ALIGN_CORNERS: &str =
    "    return cell * (n - 1) / max(n * scale - 1, 1)  # first and last middles coincide\n";
pub(super) const ASYMMETRIC: &str = "    return cell / scale  # the first middles coincide\n";

pub(super) const MATRIX: &str = r#"

def matrix(n, at, kernel, reach):
    """A row for each place: what the n pixels of an axis weigh there. Beyond the rim the outermost pixel goes on."""
    A = np.zeros((len(at), n))
    for row, place in zip(A, at):
        taps = np.arange(1 - reach, 1 + reach) + int(np.floor(place))
        weights = kernel(taps - place)
        np.add.at(row, np.clip(taps, 0, n - 1), weights / weights.sum())
    return A
"#;

pub(super) const TENT: &str = r#"

def tent(x):
    return np.maximum(1 - np.abs(x), 0)
"#;

pub(super) const CUBIC: &str = r#"

def cubic(x, a):
    """Keys (1981); a is the slope at 1."""
    x = np.abs(x)
    inner, outer = ((a + 2) * x - (a + 3)) * x * x + 1, a * (((x - 5) * x + 8) * x - 4)
    return np.where(x < 1, inner, np.where(x < 2, outer, 0))
"#;

pub(super) const LANCZOS: &str = r#"

def windowed_sinc(x):
    return np.where(np.abs(x) < 3, np.sinc(x) * np.sinc(x / 3), 0)
"#;

/// What there is to begin with where a large picture is made small.
pub(super) const CROPPED: &str = r#"
# The large picture, whose sides are to be multiples of the scale, is the truth that the ways are measured by.
rows, columns = [n - n % scale for n in picture.shape[:2]]
if min(rows, columns) < 4 * scale:
    raise SystemExit(f"A picture of {picture.shape[1]} x {picture.shape[0]} is too small for scale {scale}: take a larger one.")
top, left = (picture.shape[0] - rows) // 2, (picture.shape[1] - columns) // 2
truth = picture[top : top + rows, left : left + columns]
"#;

pub(super) const SAVE: &str = r#"

def save(name, picture):
    np.save(name + ".npy", picture.astype(np.float32))
    if Image is not None:
        pixels = codes(picture)
        Image.fromarray(pixels[:, :, 0] if pixels.shape[2] == 1 else pixels).save(name + ".png")

"#;

pub(super) const SCORES: &str = r#"
for name, large in results.items():
    save(name, large)
    error = np.mean((large - truth) ** 2)
    print(f"{name}: PSNR {10 * np.log10(1 / error):.2f} dB" if error > 0 else f"{name}: exact")
"#;

pub(super) const SIZES: &str = r#"
for name, large in results.items():
    save(name, large)
    print(f"{name}: {large.shape[0]} x {large.shape[1]}")
"#;
