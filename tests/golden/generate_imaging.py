"""Writes imaging_quality.bin, what scikit-image finds of similarity and noise in some small pictures, and
imaging_noise.bin, the first numbers of some seeds by a second program of the same recipe.

Run it as `python generate_imaging.py` with scikit-image 0.26, SciPy and PyWavelets; the same seed gives the same files.
Both are little-endian.

imaging_quality.bin: a u32 with the number of cases, and for each case u32 height and width, f32 peak, f64
structural_similarity, f64 estimate_sigma of the second picture, f64 of Immerkaer's estimate of it, and as f32, row after
row, the two pictures. Where scikit-image has no similarity (a signal) that number is NaN.

imaging_noise.bin: a u32 with the number of cases, and for each case u32 kind (1 Poisson, 3 missing), channel and count,
u64 seed, and the count as f64 pairs: for Poisson mean and photons; for missing 0 and 1 where the pixel is known.
"""

import math
import pathlib
import struct

import numpy as np
from scipy.signal import convolve2d
from skimage.metrics import structural_similarity
from skimage.restoration import estimate_sigma

RANDOM = np.random.default_rng(23)
HERE = pathlib.Path(__file__).parent


def scene(height, width):
    y, x = np.mgrid[:height, :width]
    picture = 0.3 + 0.2 * x / width
    picture[height // 4 : height // 2, width // 5 : width // 2 + 1] = 0.9
    picture[(y - 0.7 * height) ** 2 + (x - 0.65 * width) ** 2 < (min(height, width) / 6) ** 2] = 0.05
    return picture


def immerkaer(picture):
    if picture.shape[1] == 1:
        second = np.convolve(picture[:, 0], [1, -2, 1], "valid")
        return math.sqrt(math.pi / 2) / math.sqrt(6) * np.abs(second).mean()
    mask = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]])
    return math.sqrt(math.pi / 2) / 6 * np.abs(convolve2d(picture, mask, "valid")).mean()


# Height, width, peak, offset of the values, deviation of the noise.
QUALITY = [
    (32, 40, 1.0, 0.0, 0.1),
    (47, 33, 1.0, 0.0, 0.01),
    (11, 11, 1.0, 0.0, 0.3),
    (12, 60, 255.0, 0.0, 9.0),
    (40, 31, 1.0, 1000.0, 0.02),
    (101, 1, 1.0, 0.0, 0.05),
    (64, 1, 1.0, 0.0, 0.4),
]


def quality():
    out = [struct.pack("<I", len(QUALITY))]
    for height, width, peak, offset, sigma in QUALITY:
        reference = (scene(height, width) * peak + offset).astype("<f4")
        picture = (reference + sigma * RANDOM.standard_normal(reference.shape)).astype("<f4")
        # Rounded to f32 first: both sides start from the same numbers, and go on in double precision.
        a, b = reference.astype(float), picture.astype(float)
        similarity = math.nan
        if width > 1:
            similarity = structural_similarity(
                a, b, data_range=peak, gaussian_weights=True, sigma=1.5, use_sample_covariance=False
            )
        sigma = estimate_sigma(b if width > 1 else b[:, 0])
        out.append(struct.pack("<2If3d", height, width, peak, similarity, sigma, immerkaer(b)))
        out += [reference.tobytes(), picture.tobytes()]
    (HERE / "imaging_quality.bin").write_bytes(b"".join(out))


MASK = 2**64 - 1


class Random:
    """SplitMix64 (Steele, Lea, Flood, 2014)."""

    def __init__(self, state):
        self.state = state

    def bits(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def uniform(self):
        return (self.bits() >> 11) / 2**53


def stream(seed, kind, channel):
    return Random(Random(seed ^ Random(channel << 8 | kind).bits()).bits())


def poisson(mean, random):
    """Inversion below ten, else transformed rejection (Hormann, 1993), with the C library's functions."""
    if mean < 10:
        rest, probability, count = random.uniform(), math.exp(-mean), 0
        while rest >= probability:
            rest -= probability
            count += 1
            probability *= mean / count
        return count
    b = 0.931 + 2.53 * math.sqrt(mean)
    a = -0.059 + 0.02483 * b
    while True:
        u, v = random.uniform() - 0.5, random.uniform()
        margin = 0.5 - abs(u)
        count = math.floor((2 * a / margin + b) * u + mean + 0.43)
        if margin >= 0.07 and v <= 0.9277 - 3.6224 / (b - 2):
            return count
        if count < 0 or (margin < 0.013 and v > margin):
            continue
        hat = math.log(v) + math.log(1.1239 + 1.1328 / (b - 3.4)) - math.log(a / (margin * margin) + b)
        if hat <= count * math.log(mean) - mean - math.lgamma(count + 1):
            return count


def noise():
    cases = []
    for seed, channel in [(1, 0), (1, 1), (2**64 - 1, 2)]:
        random = stream(seed, 1, channel)
        means = [0.25, 3.5, 9.75, 10.0, 24.0, 300.0, 65536.0] * 20
        cases.append((1, channel, seed, [(mean, poisson(mean, random)) for mean in means]))
    random = stream(77, 3, 0)
    cases.append((3, 0, 77, [(0.0, float(random.uniform() >= 0.25)) for _ in range(100)]))
    out = [struct.pack("<I", len(cases))]
    for kind, channel, seed, pairs in cases:
        out.append(struct.pack("<3IQ", kind, channel, len(pairs), seed))
        out += [struct.pack("<2d", *pair) for pair in pairs]
    (HERE / "imaging_noise.bin").write_bytes(b"".join(out))


if __name__ == "__main__":
    quality()
    noise()
