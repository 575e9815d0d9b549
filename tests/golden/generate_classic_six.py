"""Writes classic_six.csv: what plain NumPy and SciPy recipes gain, in dB, on the classic six degradations.

Run it as `python generate_classic_six.py` with NumPy and SciPy; the same seed gives the same file. It reads the pictures
of tests/pictures. Samples are 0...255 here, as in the literature; the degradations are those of tests/scenarios.

The recipes are written for their brevity, not for speed: they are what the methods of the explorer are held against.

* regularised: H*G/(|H|^2 + gamma |P|^2) with the gamma of generalised cross-validation;
* tv: ADMM, mu = 0.04 sigma^2, rho = mu/8, 60 iterations;
* wavelet: analysis ADMM on the undecimated Haar frame of four levels, thresholds mu 2^-j/rho with j
  from 0, mu = 0.03 sigma^2, rho = mu/4, 80 iterations;
* pnp: half-quadratic splitting, a = 0.23 sigma^2/sigma_k^2, sigma_k from 40 to max(sigma, 0.8) in 16 steps, with the
  sliding 8 x 8 DCT, stride 2, hard threshold 2.7 sigma_k, weights 1/(non-zeros).
"""

import pathlib
import sys
import time

import numpy as np
from scipy import fft

HERE = pathlib.Path(__file__).parent
PICTURES = ["camera", "astronaut", "coffee", "brick"]


def read(name):
    data = (HERE.parent / "pictures" / f"{name}.pgm").read_bytes()
    _, width, height, _, pixels = split(data)
    return np.frombuffer(pixels, np.uint8).reshape(height, width).astype(float)


def split(data):
    fields, start = [], 0
    for _ in range(4):
        end = start
        while not data[end : end + 1].isspace():
            end += 1
        fields.append(data[start:end])
        start = end + 1
    return fields[0], int(fields[1]), int(fields[2]), int(fields[3]), data[start:]


def kernel(number):
    def radial(side, weight):
        i = np.arange(side) - side // 2
        return weight(i[:, None] ** 2 + i[None, :] ** 2)

    if number in (1, 2):
        psf = radial(15, lambda r: 1 / (1 + r))
    elif number == 3:
        psf = np.ones((9, 9))
    elif number == 4:
        psf = np.outer([1, 4, 6, 4, 1], [1, 4, 6, 4, 1])
    else:
        s = 1.6 if number == 5 else 0.4
        psf = radial(25, lambda r: np.exp(-r / (2 * s * s)))
    return psf / psf.sum()


def otf(psf, shape):
    plane = np.zeros(shape)
    plane[: psf.shape[0], : psf.shape[1]] = psf
    plane = np.roll(plane, (-(psf.shape[0] // 2), -(psf.shape[1] // 2)), (0, 1))
    return fft.rfft2(plane)


def degrade(picture, number, random):
    H = otf(kernel(number), picture.shape)
    blurred = fft.irfft2(H * fft.rfft2(picture), picture.shape)
    sigma = {1: np.sqrt(2), 2: np.sqrt(8), 4: 7, 5: 2, 6: 8}.get(number) or np.sqrt(blurred.var() / 1e4)
    return blurred + sigma * random.standard_normal(picture.shape), H, sigma


def difference_power(shape):
    k, l = np.arange(shape[0])[:, None], np.arange(shape[1] // 2 + 1)[None, :]
    return 4 * np.sin(np.pi * k / shape[0]) ** 2 + 4 * np.sin(np.pi * l / shape[1]) ** 2


def regularised(g, H, sigma):
    G, P = fft.rfft2(g), difference_power(g.shape) ** 2
    w = np.full(H.shape, 2.0)
    w[:, 0] = w[:, -1] = 1

    def score(gamma):
        rejected = gamma * P / (abs(H) ** 2 + gamma * P)
        return (w * abs(rejected * G) ** 2).sum() / (w * rejected).sum() ** 2

    gamma = min(10.0 ** np.arange(-9, 2.01, 0.1), key=score)
    return fft.irfft2(H.conj() * G / (abs(H) ** 2 + gamma * P), g.shape)


def tv(g, H, sigma, iterations=60):
    mu = 0.04 * sigma**2
    rho = mu / 8
    data, inverse = H.conj() * fft.rfft2(g), 1 / (abs(H) ** 2 + rho * difference_power(g.shape))
    u, b = g, np.zeros((2, *g.shape))
    for _ in range(iterations):
        v = np.stack([np.roll(u, -1, 1) - u, np.roll(u, -1, 0) - u]) + b
        length = np.hypot(v[0], v[1])
        d = v * np.maximum(1 - (mu / rho) / np.maximum(length, 1e-12), 0)
        b = v - d
        x, y = d - b
        adjoint = np.roll(x, 1, 1) - x + np.roll(y, 1, 0) - y
        u = fft.irfft2((data + rho * fft.rfft2(adjoint)) * inverse, g.shape)
    return u


def haar(u, levels=4):
    bands = []
    for level in range(levels):
        step = 2**level
        low, high = ((u + s * np.roll(u, -step, 0)) / 2 for s in (1, -1))
        (u, a), (b, c) = [[(v + s * np.roll(v, -step, 1)) / 2 for s in (1, -1)] for v in (low, high)]
        bands.append((a, b, c))
    return u, bands


def haar_adjoint(u, bands):
    for level in reversed(range(len(bands))):
        step = 2**level
        a, b, c = bands[level]
        low, high = ((p + q + np.roll(p - q, step, 1)) / 2 for p, q in ((u, a), (b, c)))
        u = (low + high + np.roll(low - high, step, 0)) / 2
    return u


def wavelet(g, H, sigma, iterations=80):
    mu = 0.03 * sigma**2
    rho = mu / 4
    data, inverse = H.conj() * fft.rfft2(g), 1 / (abs(H) ** 2 + rho)
    u, duals = g, [[0.0] * 3 for _ in range(4)]
    for _ in range(iterations):
        rest, bands = haar(u)
        pull = []
        for level, band in enumerate(bands):
            t = mu / rho * 2.0**-level
            v = [c + b for c, b in zip(band, duals[level])]
            duals[level] = [np.clip(x, -t, t) for x in v]
            pull.append([x - 2 * b for x, b in zip(v, duals[level])])
        u = fft.irfft2((data + rho * fft.rfft2(haar_adjoint(rest, pull))) * inverse, g.shape)
    return u


DCT = fft.dct(np.eye(8), axis=0, norm="ortho")


def sliding_dct(z, sigma, stride=2):
    padded = np.pad(z, ((0, 7), (0, 7)), mode="wrap")
    rows, columns = (np.arange(0, side, stride) for side in z.shape)
    patches = np.lib.stride_tricks.sliding_window_view(padded, (8, 8))[rows][:, columns]
    c = np.einsum("ki,yxij,lj->yxkl", DCT, patches, DCT, optimize=True)
    c[abs(c) < 2.7 * sigma] = 0
    weight = 1 / np.maximum((c != 0).sum((2, 3)), 1)
    patches = np.einsum("ki,yxkl,lj->yxij", DCT, c, DCT, optimize=True) * weight[..., None, None]
    total, weights = np.zeros_like(padded), np.zeros_like(padded)
    height, width = z.shape
    for i in range(8):
        for j in range(8):
            total[i : i + height : stride, j : j + width : stride] += patches[:, :, i, j]
            weights[i : i + height : stride, j : j + width : stride] += weight
    for plane in (total, weights):
        plane[:7] += plane[height:]
        plane[:, :7] += plane[:, width:]
    return total[:height, :width] / weights[:height, :width]


def pnp(g, H, sigma, steps=16):
    data, u = H.conj() * fft.rfft2(g), g
    for sigma_k in np.geomspace(40, max(sigma, 0.8), steps):
        a = 0.23 * sigma**2 / sigma_k**2
        z = fft.irfft2((data + a * fft.rfft2(u)) / (abs(H) ** 2 + a), g.shape)
        u = sliding_dct(z, sigma_k)
    return u


METHODS = {"regularised": regularised, "tv": tv, "wavelet": wavelet, "pnp": pnp}


def main():
    random = np.random.default_rng(6)
    lines = ["method,picture,1,2,3,4,5,6"]
    for method, restore in METHODS.items():
        for name in PICTURES:
            picture, gains = read(name), []
            for number in range(1, 7):
                observed, H, sigma = degrade(picture, number, random)
                restored = restore(observed, H, sigma)
                gains.append(10 * np.log10(((observed - picture) ** 2).sum() / ((restored - picture) ** 2).sum()))
            lines.append(",".join([method, name, *(f"{gain:.2f}" for gain in gains)]))
            print(lines[-1], file=sys.stderr)
    (HERE / "classic_six.csv").write_text("\n".join(lines) + "\n")


def speed():
    """Prints milliseconds for the total variation on 512 x 512, in f32 and in f64."""
    for kind in (np.float32, np.float64):
        picture = np.tile(read("camera"), (2, 2)).astype(kind)
        observed, H, sigma = degrade(picture, 3, np.random.default_rng(1))
        observed, H = observed.astype(kind), H.astype(np.result_type(kind, np.complex64))
        times = []
        for _ in range(5):
            begin = time.perf_counter()
            tv(observed, H, kind(sigma))
            times.append(time.perf_counter() - begin)
        print(f"{kind.__name__}: {1e3 * min(times):.0f} ms")


if __name__ == "__main__":
    speed() if sys.argv[1:] == ["speed"] else main()
