"""Writes static/samples/*.png from the photographs that come with scikit-image 0.26 (needs scikit-image,
Pillow and pyoxipng).

Reductions average in linear light, where light adds up; the crops keep faces and edges in the middle. Photographs that
are blurred already are cropped at most: any reduction would take from the blur.
"""

import pathlib

import numpy as np
import oxipng
import skimage.data
from PIL import Image

TARGET = pathlib.Path(__file__).parents[2] / "static" / "samples"
SIDE = 256


def linear(code):
    code = code / 255.0
    return np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)


def srgb(light):
    light = np.clip(light, 0, 1)
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055) * 255


def reduced(picture, top, left, side):
    """The square of `side` pixels at (top, left), reduced to SIDE by averaging areas in linear light."""
    light = linear(picture[top : top + side, left : left + side].astype(float))
    planes = light.reshape(side, side, -1)
    channels = [
        np.asarray(Image.fromarray(planes[..., c].astype(np.float32)).resize((SIDE, SIDE), Image.Resampling.BOX))
        for c in range(planes.shape[2])
    ]
    code = np.rint(srgb(np.stack(channels, -1))).astype(np.uint8).squeeze()
    if code.ndim == 3:
        # The last bit of red and of blue is the camera's noise: invisible, and a tenth of the file.
        code[..., [0, 2]] &= 0xFE
    return code


def grey(picture):
    return np.rint(picture @ np.array([0.2126, 0.7152, 0.0722])).astype(np.uint8)


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    pictures = {
        "camera": reduced(skimage.data.camera(), 0, 0, 512),
        "chelsea": reduced(skimage.data.chelsea(), 0, 75, 300),
        "coffee": reduced(skimage.data.coffee(), 0, 60, 400),
        "clock": skimage.data.clock()[26:282, 85:341],
        "text": skimage.data.text(),
        # Grey: the colours of the sky's noise would treble the file.
        "hubble": grey(skimage.data.hubble_deep_field()[440:696, 590:846]),
    }
    for name, picture in pictures.items():
        path = TARGET / f"{name}.png"
        Image.fromarray(picture).save(path)
        oxipng.optimize(path, level=6, strip=oxipng.StripChunks.all(), deflate=oxipng.Deflaters.zopfli(15))


if __name__ == "__main__":
    main()
