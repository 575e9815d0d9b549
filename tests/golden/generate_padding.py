"""Makes convolution_padding.txt: convolutions with every padding mode, and their matrices.

Run from the repository's root:

    python3 -m venv tests/golden/.venv
    tests/golden/.venv/bin/pip install numpy==2.4.6 scipy==1.17.1
    tests/golden/.venv/bin/python tests/golden/generate_padding.py

Margins are NumPy's (constant, reflect, edge, wrap), the convolution of the padded picture is SciPy's correlate2d with
a mask whose dilation is written out as zeros, every stride-th value of which is kept. The matrix is found column by
column of its transpose: row i holds what the convolution makes of a picture that is 1 at pixel i and 0 elsewhere.
All numbers are small integers, so every f32 sum is exact and the comparison is equality.

A case is six lines:
    MODE STRIDE*2 PADDING(top bottom left right) DILATION*2
    ROWS COLUMNS : picture     : mask     : padded picture     : result     : matrix      (five lines)
    an empty line
"""

from pathlib import Path

import numpy as np
import scipy
from scipy.signal import correlate2d

HERE = Path(__file__).parent
CASES_A_MODE = 25
MODES = {"zero": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}


def convolve(picture, mask, mode, stride, padding, dilation):
    spread = np.zeros([d * (k - 1) + 1 for d, k in zip(dilation, mask.shape)], mask.dtype)
    spread[:: dilation[0], :: dilation[1]] = mask
    padded = np.pad(picture, padding, mode=MODES[mode])
    return padded, correlate2d(padded, spread, mode="valid")[:: stride[0], :: stride[1]]


def case(random, mode):
    """A random legal case; None if the dice fell on an illegal one."""
    pick = lambda low, high, n=2: [int(v) for v in random.integers(low, high + 1, n)]
    size, shape, stride, dilation = pick(1, 6), pick(1, 4), pick(1, 3), pick(1, 2)
    padding = [pick(0, 4), pick(0, 4)]
    widest = {"zero": 4, "replicate": 4, "reflect": min(size) - 1, "circular": min(size)}[mode]
    padding = [[min(p, widest) for p in pair] for pair in padding]
    if any(n + sum(p) < d * (k - 1) + 1 for n, p, d, k in zip(size, padding, dilation, shape)):
        return None
    picture, mask = random.integers(-9, 10, size), random.integers(-9, 10, shape)
    padded, result = convolve(picture, mask, mode, stride, padding, dilation)
    rows = []
    for pixel in range(picture.size):
        one = np.zeros(picture.size, picture.dtype)
        one[pixel] = 1
        rows.append(convolve(one.reshape(size), mask, mode, stride, padding, dilation)[1].ravel())
    line = lambda a: f"{' '.join(map(str, a.shape))} : {' '.join(map(str, a.ravel()))}\n"
    numbers = [*stride, *padding[0], *padding[1], *dilation]
    arrays = (picture, mask, padded, result, np.array(rows))
    return f"{mode} {' '.join(map(str, numbers))}\n" + "".join(map(line, arrays)) + "\n"


def main():
    random = np.random.default_rng(20171222)
    cases = []
    for mode in MODES:
        made = len(cases)
        while len(cases) < made + CASES_A_MODE:
            cases.extend(filter(None, [case(random, mode)]))
    path = HERE / "convolution_padding.txt"
    path.write_text("".join(cases), encoding="ascii", newline="\n")
    print(path.name, path.stat().st_size, "bytes, NumPy", np.__version__, "SciPy", scipy.__version__)


if __name__ == "__main__":
    main()
