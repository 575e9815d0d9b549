"""Writes chambolle.bin: what scikit-image's total variation denoising makes of some small pictures.

Run it as `python generate_chambolle.py` with scikit-image 0.26 and NumPy; the same seed gives the same file. The calls
are `denoise_tv_chambolle(picture, weight, eps=0, max_num_iter=iterations)` in f64.

The file is little-endian: a u32 with the number of cases, and for each case u32 height, width, iterations, f32 weight, and
then as f32, row after row: the noisy picture, the expected picture.

`python generate_chambolle.py speed` prints milliseconds for 50 iterations on 512 x 512 instead, in f32 and in f64.
"""

import pathlib
import struct
import sys
import time

import numpy as np
from skimage.restoration import denoise_tv_chambolle

RANDOM = np.random.default_rng(23)
CASES = [
    ((24, 31), 50, 0.1),
    ((17, 16), 50, 0.02),
    ((40, 9), 200, 0.5),
    ((1, 20), 50, 0.1),
    ((20, 1), 50, 0.1),
    ((12, 13), 2, 0.1),
    ((8, 8), 50, 3.0),
]


def scene(height, width):
    """A slope with a rectangle, and noise."""
    picture = np.linspace(0.2, 0.5, width) + np.zeros((height, 1))
    picture[height // 3 : 2 * height // 3 + 1, width // 4 : width // 2 + 1] = 0.9
    return picture + 0.08 * RANDOM.standard_normal((height, width))


def main():
    data = [struct.pack("<I", len(CASES))]
    for (height, width), iterations, weight in CASES:
        noisy = scene(height, width).astype(np.float32)
        expected = denoise_tv_chambolle(noisy.astype(float), weight, eps=0, max_num_iter=iterations)
        data.append(struct.pack("<IIIf", height, width, iterations, weight))
        data += [noisy.astype("<f4").tobytes(), expected.astype("<f4").tobytes()]
    (pathlib.Path(__file__).parent / "chambolle.bin").write_bytes(b"".join(data))


def speed():
    for kind in (np.float32, np.float64):
        picture = scene(512, 512).astype(kind)
        times = []
        for _ in range(10):
            begin = time.perf_counter()
            denoise_tv_chambolle(picture, 0.1, eps=0, max_num_iter=50)
            times.append(time.perf_counter() - begin)
        print(f"{kind.__name__}: {1e3 * min(times):.0f} ms")


if __name__ == "__main__":
    speed() if sys.argv[1:] == ["speed"] else main()
