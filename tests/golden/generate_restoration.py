"""Writes restoration_wiener.bin: what scikit-image's Wiener-Hunt restoration makes of some small blurred pictures.

Run it as `python generate_restoration.py` with scikit-image 0.26 and NumPy; the same seed gives the same file.

scikit-image's convention, which the Rust filter shares: the PSF is padded with zeros and rolled by floor(k/2) an axis,
so that its centre comes to row 0, column 0; `balance` is the gamma of H*G/(|H|^2 + gamma |P|^2); P is the transform of
the Laplacian 0 -1 0 / -1 4 -1 / 0 -1 0, padded and rolled alike; the boundary is circular; clip=False.

The file is little-endian: a u32 with the number of cases, and for each case u32 height, width, psf height, psf width,
f32 balance, and then as f32, row after row: the PSF, the observed picture, the expected picture.
"""

import pathlib
import struct

import numpy as np
from skimage.restoration import wiener

RANDOM = np.random.default_rng(19)


def scene(height, width):
    """Rectangles on a slope, with a little noise: edges, flats and all frequencies."""
    y, x = np.mgrid[:height, :width]
    picture = 0.3 + 0.2 * x / width
    picture[height // 4 : height // 2, width // 5 : width // 2] = 0.9
    picture[(y - 0.7 * height) ** 2 + (x - 0.65 * width) ** 2 < (min(height, width) / 6) ** 2] = 0.05
    return picture + 0.01 * RANDOM.standard_normal((height, width))


def box(side):
    return np.ones((side, side))


def gaussian(side, sigma):
    position = np.arange(side) - side // 2
    profile = np.exp(-(position**2) / (2 * sigma**2))
    return np.outer(profile, profile)


def comma():
    """No symmetry at all."""
    return np.array([[0, 4, 3, 0, 0], [1, 9, 7, 2, 0], [0, 3, 6, 4, 1], [0, 0, 0, 2, 2], [0, 0, 0, 0, 1]], float)


def streak():
    """Asymmetric, of even height and odd width."""
    return np.array([[5, 1, 0], [3, 4, 0], [0, 3, 2], [0, 0, 1]], float)


CASES = [
    (32, 32, box(5), 1e-2),
    (32, 32, comma(), 1e-3),
    (48, 40, comma(), 0.3),
    (40, 48, gaussian(9, 1.6), 1e-2),
    (33, 47, streak(), 5e-2),
    (31, 45, box(4), 1e-2),
    (30, 25, comma(), 10.0),
]


def blurred(picture, psf):
    padded = np.zeros_like(picture)
    padded[: psf.shape[0], : psf.shape[1]] = psf
    padded = np.roll(padded, [-(side // 2) for side in psf.shape], (0, 1))
    return np.fft.irfft2(np.fft.rfft2(picture) * np.fft.rfft2(padded), s=picture.shape)


def main():
    out = [struct.pack("<I", len(CASES))]
    for height, width, psf, balance in CASES:
        # Rounded to f32 first: both sides start from the same numbers.
        psf = (psf / psf.sum()).astype("<f4")
        observed = blurred(scene(height, width), psf.astype(float))
        observed = (observed + 0.01 * RANDOM.standard_normal(observed.shape)).astype("<f4")
        balance = np.float32(balance)
        expected = wiener(observed.astype(float), psf.astype(float), float(balance), clip=False)
        out.append(struct.pack("<4If", height, width, *psf.shape, balance))
        out += [array.astype("<f4").tobytes() for array in (psf, observed, expected)]
    (pathlib.Path(__file__).parent / "restoration_wiener.bin").write_bytes(b"".join(out))


if __name__ == "__main__":
    main()
