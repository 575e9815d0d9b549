"""Writes richardson_lucy.bin: what scikit-image's Richardson-Lucy deconvolution makes of some small blurred pictures.

Run it as `python generate_richardson_lucy.py` with scikit-image 0.26 and NumPy; the same seed gives the same file.

scikit-image's protocol: outside the picture is zero, the iteration starts with 0.5 everywhere, and it correlates with
the PSF turned by half a turn. So that a circular frame gives the same, each picture is surrounded by a black margin as
wide as the PSF; the estimate falls to zero there and nothing comes round. `clip=False`. The start is a factor that the
first step takes away again: only PSFs of odd sides are used, and the answers agree wherever the start was even.

The file is little-endian: a u32 with the number of cases, and for each case u32 height, width, psf height, psf width,
iterations, and then as f32, row after row: the PSF, the observed picture, the expected picture.
"""

import pathlib
import struct

import numpy as np
from scipy.signal import convolve
from skimage.restoration import richardson_lucy

RANDOM = np.random.default_rng(72)


def scene(height, width):
    """Bright points and rectangles on a slope."""
    y, x = np.mgrid[:height, :width]
    picture = 0.2 + 0.2 * x / width
    picture[height // 4 : height // 2, width // 5 : width // 2] = 0.9
    picture[(y - 0.7 * height) ** 2 + (x - 0.65 * width) ** 2 < (min(height, width) / 6) ** 2] = 0.05
    picture[RANDOM.integers(0, height, 5), RANDOM.integers(0, width, 5)] = 1.0
    return picture


def gaussian(side, sigma):
    position = np.arange(side) - side // 2
    profile = np.exp(-(position**2) / (2 * sigma**2))
    return np.outer(profile, profile)


def comma():
    """No symmetry at all."""
    return np.array([[0, 4, 3, 0, 0], [1, 9, 7, 2, 0], [0, 3, 6, 4, 1], [0, 0, 0, 2, 2], [0, 0, 0, 0, 1]], float)


def wide():
    """Of full rank and too large for sums."""
    index = np.arange(255)
    return (1.0 + (index**2) % 23).reshape(15, 17)


CASES = [
    (24, 22, np.ones((5, 5)), 1),
    (24, 22, np.ones((5, 5)), 10),
    (25, 28, comma(), 10),
    (34, 30, gaussian(9, 1.6), 20),
    (34, 31, wide(), 10),
]


def main():
    out = [struct.pack("<I", len(CASES))]
    for height, width, psf, iterations in CASES:
        # Rounded to f32 first: both sides start from the same numbers.
        psf = (psf / psf.sum()).astype("<f4")
        margin = [(side, side) for side in psf.shape]
        observed = convolve(np.pad(scene(height, width), margin), psf.astype(float), mode="same", method="direct")
        noise = 0.01 * RANDOM.standard_normal(observed.shape)
        observed = np.maximum(observed + noise * (observed > 0), 0).astype("<f4")
        expected = richardson_lucy(observed.astype(float), psf.astype(float), num_iter=iterations, clip=False)
        out.append(struct.pack("<5I", *observed.shape, *psf.shape, iterations))
        out += [array.astype("<f4").tobytes() for array in (psf, observed, expected)]
    (pathlib.Path(__file__).parent / "richardson_lucy.bin").write_bytes(b"".join(out))


if __name__ == "__main__":
    main()
