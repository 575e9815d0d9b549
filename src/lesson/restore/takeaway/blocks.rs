//! The parts that programs share. Names: g is a plane of what was observed, u an estimate, M 1 where a pixel of the frame
//! is known, H the transform of the point-spread function.

pub(super) const HEAD: &str = r#""""{method} ({source}), as on the Restore page of Deconvolution Explorer. Needs NumPy alone.

Save the observed picture beside this program as observed.npy, and what the page restored, to compare with, as
restored.npy. The answer is saved as restored_python.npy.
"""

import os

import numpy as np

"#;

pub(super) const TRANSFORMS: &str = r#"
# Linear light, rows x columns (x colours); a missing pixel is not a number.
observed = np.load("observed.npy").astype(float)
assert observed.shape[:2] == size, "the program was made for a picture of another size"
colours = observed.reshape(h, w, -1)
known = np.isfinite(colours).all(axis=-1)
planes = [np.where(known, colours[..., c], 0) for c in range(colours.shape[-1])]


def over(x):
    """1/x, and 0 where there is nothing to divide by."""
    return np.where(x < 1e-24, 0, 1 / np.maximum(x, 1e-24))


def otf(size, psf=psf):
    """The transform of the psf, its centre at row 0 and column 0 of a plane of this size."""
    plane = np.zeros(size)
    for (i, j), weight in np.ndenumerate(psf):
        plane[(i - psf.shape[0] // 2) % size[0], (j - psf.shape[1] // 2) % size[1]] += weight
    return np.fft.rfft2(plane)


def slopes(size):
    """|D|^2 of the differences to the next pixel; its square is |P|^2 of the Laplacian."""
    down, along = np.fft.fftfreq(size[0]), np.fft.rfftfreq(size[1])
    return 4 * np.sin(np.pi * down[:, None]) ** 2 + 4 * np.sin(np.pi * along) ** 2
"#;

pub(super) const FRAME: &str = r#"

def spread(a):
    """The picture with its mirror images in the margins."""
    return np.pad(a, margins, mode="symmetric")


def crop(u):
    """The picture's part of the frame."""
    return u[margins[0][0] :, margins[1][0] :][:h, :w]


def forth(u):
    return np.fft.rfft2(u)


def back(U):
    return np.fft.irfft2(U, full)


full = tuple(side + sum(margin) for side, margin in zip(size, margins))
H = otf(full)
H2, D2 = np.abs(H) ** 2, slopes(full)
P2 = D2**2
"#;

pub(super) const CONTINUE: &str = r#"
double = tuple(side if side == 1 else 2 * side for side in size)
slack = 1e-6 * np.abs(psf).max()
even = all(side % 2 for side in psf.shape) and all(np.abs(psf - np.flip(psf, a)).max() <= slack for a in (0, 1))


def doubled(g):
    """The picture continued to twice its size as if the scene were mirrored at its edges."""

    def mirrored(a):
        return np.pad(a, [(0, d - s) for d, s in zip(double, size)], mode="symmetric")

    wide = mirrored(g)
    if even:  # a psf that is its own mirror image makes a mirrored picture of a mirrored scene
        return wide
    # Any other would run the other way in the mirror image: the scene is estimated, mirrored and blurred instead.
    H = otf(double)
    filter = np.conj(H) * over(np.abs(H) ** 2 + 0.1 * slopes(double) ** 2)
    for again in (True, False):
        wide = np.fft.irfft2(np.fft.rfft2(wide) * H, double)
        wide[:h, :w] = g
        if again:
            wide = mirrored(np.fft.irfft2(np.fft.rfft2(wide) * filter, double)[:h, :w])
    return wide
"#;

pub(super) const TAPER: &str = r#"

def kept(projection, side):
    """How much of the picture stays along an axis: none at the edge, all farther inside than the psf reaches."""
    if side == 1:
        return np.ones(1)
    period = side - 1  # the first and the last pixel both stand at the edge
    folded = np.zeros(period)
    np.add.at(folded, np.arange(len(projection)) % period, projection)
    correlation = np.fft.ifft(np.abs(np.fft.fft(folded)) ** 2).real
    return np.clip(1 - correlation[np.arange(side) % period] / correlation[0], 0, 1)


def frame(g):
    """The picture, fading towards its own blur at the edges."""
    alpha = np.outer(kept(psf.sum(axis=1), h), kept(psf.sum(axis=0), w))
    return alpha * g + (1 - alpha) * back(forth(g) * H)
"#;

pub(super) const FILL: &str = r#"

def filled(g, known):
    """Holes take means of what is known around them, from the levels of a pyramid (Gortler and others, 1996)."""
    levels = [(np.where(known, g, 0.0), known.astype(float))]
    while levels[-1][0].size > 1:
        values, weights = levels[-1]
        half = [-(-side // 2) for side in values.shape]

        def fours(a):
            wide = np.pad(a, [(0, 2 * s - side) for s, side in zip(half, a.shape)])
            return wide.reshape(half[0], 2, half[1], 2).sum(axis=(1, 3))

        sums = fours(weights)
        levels.append((fours(weights * values) / np.where(sums > 0, sums, 1), np.minimum(sums, 1)))
    coarse = levels.pop()[0]
    for values, weights in reversed(levels):
        rows = []
        for side, limit in zip(values.shape, coarse.shape):
            at = np.arange(side)
            rows.append((at // 2, np.clip(at // 2 + np.where(at % 2, 1, -1), 0, limit - 1)))
        (y, next_y), (x, next_x) = rows
        coarse = 0.75 * coarse[y] + 0.25 * coarse[next_y]
        coarse = 0.75 * coarse[:, x] + 0.25 * coarse[:, next_x]
        coarse = weights * values + (1 - weights) * coarse
    return np.where(known, g, coarse)
"#;

pub(super) const LINEAR: &str = r#"

def restore(c):
    return crop(back(gain * np.conj(H) * forth(frame(filled(planes[c], known)))))
"#;

pub(super) const VALIDATED: &str = r#"

def window(side):
    """What rules judge by fades towards its edges, where the scene may go on other than assumed."""
    inside = (np.minimum(np.arange(side), side - 1 - np.arange(side)) + 0.5) / max(side / 4, 0.5)
    return np.ones(side) if side == 1 or outside == "wrap" else np.sin(np.pi / 2 * np.minimum(inside, 1)) ** 2


def validated():
    """All planes by the regularised filter, gamma by generalised cross-validation (Golub, Heath, Wahba, 1979)."""
    widen = doubled if any(map(sum, margins)) else frame
    pictures = [filled(plane, known) for plane in planes]
    wide = [widen(picture) for picture in pictures]
    full = wide[0].shape
    H, P2 = otf(full), slopes(full) ** 2
    H2, shade = np.abs(H) ** 2, np.outer(window(h), window(w))
    judged = [shade * (picture - (shade * picture).sum() / shade.sum()) for picture in pictures]
    if outside == "wrap":
        judged = pictures
    # Of a picture that is mirrored cosines say all, and each counts once.
    cosines = full != size and even
    extend = [(0, d - s) for d, s in zip(full, size)]
    judged = [np.pad(plane, extend, mode="symmetric" if cosines else "constant") for plane in judged]
    G2 = sum(np.abs(np.fft.rfft2(plane)) ** 2 for plane in judged)
    count = full[0] * full[1]
    often = np.full(H.shape[1], 2.0)  # bins of the half spectrum stand for two, but for the outermost
    often[0] = 1
    if full[1] % 2 == 0:
        often[-1] = 1

    def means(log):
        rejected = 10**log * P2 * over(H2 + 10**log * P2)
        residual = (often * rejected**2 * G2).sum() / count / (shade**2).sum()
        if cosines:
            return residual * h * w / count, rejected[:h, :w].mean()
        return residual, (often * rejected).sum() / count

    def score(log):
        residual, freedom = means(log)
        return residual / freedom**2 if freedom > 0 else np.inf

    logs = np.linspace(-9, 2, 34)
    best = min(logs, key=score)
    for width in (0.05, 0.005):
        best = min(np.clip(best + width * np.arange(-8, 9), -9, 2), key=score)
    gain = np.conj(H) * over(H2 + 10**best * P2)
    return [np.fft.irfft2(gain * np.fft.rfft2(plane), full)[:h, :w] for plane in wide]
"#;

pub(super) const START_OBSERVED: &str = r#"

def begin(g, M, c):
    return g
"#;

pub(super) const START_FLAT: &str = r#"

def begin(g, M, c):
    return np.full(full, mean(g, M))
"#;

pub(super) const START_FILTERED: &str = r#"

filtered = validated()


def begin(g, M, c):
    return spread(filtered[c])
"#;

pub(super) const ITERATE: &str = r#"

def mean(g, M):
    return (M * g).sum() / max(M.sum(), 1)


def restore(c):
    g = frame(filled(planes[c], known))
    M = np.pad(known, margins, mode=outside).astype(float)
    run = iterate(g, M, begin(g, M, c))
    u, residual = next(run)
    for _ in range(iterations):
        before = u
        u, residual, *change = next(run)
        length = np.linalg.norm(u)
        change = change[0] if change else np.linalg.norm(u - before) / length if length > 0 else 0
        if (stop_at_noise and residual <= sigma) or change < tolerance:
            break
    return crop(u)
"#;

pub(super) const END: &str = r#"
restored = np.stack([restore(c) for c in range(len(planes))], axis=-1).reshape(observed.shape)
if non_negative:
    restored = np.maximum(restored, 0)
np.save("restored_python.npy", restored.astype(np.float32))
if os.path.exists("restored.npy"):
    page = np.load("restored.npy")
    print("largest difference from the page:", np.abs(restored - page).max())
"#;
