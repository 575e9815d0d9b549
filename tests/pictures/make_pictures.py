"""Writes the grey 256 x 256 test pictures beside it from photographs that come with scikit-image 0.26 (needs
scikit-image and Pillow).

Reductions average areas and greys are Rec. 709 luma, both on the sRGB codes as they are, without decoding: the
literature on restoration works on codes, and so do the tests that hold its protocol.
"""

import pathlib

import numpy as np
import skimage.data
from PIL import Image

TARGET = pathlib.Path(__file__).parent
SIDE = 256
LUMA = np.array([0.2126, 0.7152, 0.0722])


def reduced(picture, top, left, side):
    """The square of `side` pixels at (top, left) in grey, reduced to SIDE by averaging areas."""
    codes = picture[top : top + side, left : left + side].astype(float)
    if codes.ndim == 3:
        codes = codes @ LUMA
    image = Image.fromarray(codes.astype(np.float32)).resize((SIDE, SIDE), Image.Resampling.BOX)
    return np.rint(np.asarray(image)).astype(np.uint8)


def main():
    pictures = {
        "camera": reduced(skimage.data.camera(), 0, 0, 512),
        "astronaut": reduced(skimage.data.astronaut(), 0, 0, 512),
        "coffee": reduced(skimage.data.coffee(), 0, 60, 400),
        "brick": reduced(skimage.data.brick(), 0, 0, 512),
    }
    for name, picture in pictures.items():
        header = f"P5\n{SIDE} {SIDE}\n255\n".encode()
        (TARGET / f"{name}.pgm").write_bytes(header + picture.tobytes())


if __name__ == "__main__":
    main()
