"""Makes resize.txt and resize.bin: resized pictures by onnxruntime and Pillow.

Run from the repository's root:

    python3 -m venv tests/golden/.venv
    tests/golden/.venv/bin/pip install numpy==2.4.6 onnx==1.23.2 onnxruntime==1.31.1 pillow==13.0.0
    tests/golden/.venv/bin/python tests/golden/generate_resize.py

onnxruntime's Resize judges nearest, bilinear and bicubic interpolation under every coordinate rule, with and without
antialiasing. It has no Lanczos kernel and does not leave out what lies beyond the rim; Pillow, which knows one
coordinate rule and always widens the kernel, judges these, in ways that give it the others:
- A result pixel of a kernel that is not widened is Pillow's resize of a box of one pixel's size about its position.
- A widened kernel about other positions is Pillow's resize of the box that they are the pixels of. This judges the
  antialiased align-corners rule of all kernels: onnxruntime widens them by the ratio of the sizes there, the library,
  as PyTorch, by the distance between positions.
- Where the rim's pixels are repeated Pillow gets a picture whose rim was repeated beforehand.

resize.txt: a case is a line of words.
    PROGRAM INTERPOLATION COORDINATES ROUNDING OUTSIDE ANTIALIAS size|scale ROWS COLUMNS OUTPUT_ROWS OUTPUT_COLUMNS
ROWS and COLUMNS are the size or the scale that is asked for.
resize.bin: the picture of INPUT pixels, then the results in the order of the lines, as f32, little endian.
"""

from fractions import Fraction
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from PIL import Image

HERE = Path(__file__).parent
INPUT = (6, 9)
SCALES = [Fraction(n, d) for n, d in ((2, 1), (3, 1), (4, 1), (3, 2), (1, 2), (2, 3), (1, 3))]
SIZES = ((7, 5), (11, 4), (2, 20))
COORDINATES = ("half_pixel", "align_corners", "asymmetric")
ROUNDINGS = ("round_prefer_floor", "round_prefer_ceil", "floor", "ceil")
# Beyond this many pixels no kernel here reaches: Lanczos, made 4.5 times as wide, reaches 13.5.
BEYOND = 16
FILTERS = {
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic-0.5": Image.Resampling.BICUBIC,
    "lanczos": Image.Resampling.LANCZOS,
}


def run_onnxruntime(picture, request, interpolation, coordinates, rounding, antialias):
    kind, values = request
    attributes = {"coordinate_transformation_mode": coordinates, "antialias": antialias}
    if interpolation == "nearest":
        attributes |= {"mode": "nearest", "nearest_mode": rounding}
    elif interpolation == "bilinear":
        attributes |= {"mode": "linear"}
    else:
        attributes |= {"mode": "cubic", "cubic_coeff_a": float(interpolation.removeprefix("bicubic"))}
    values = [1, 1, *(float(value) if kind == "scale" else value for value in values)]
    names, tensor = (["x", "", "v"], 1) if kind == "scale" else (["x", "", "", "v"], 7)
    helper = onnx.helper
    graph = helper.make_graph(
        [helper.make_node("Resize", names, ["y"], **attributes)],
        "resize",
        [helper.make_tensor_value_info("x", 1, [1, 1, *INPUT])],
        [helper.make_tensor_value_info("y", 1, None)],
        [helper.make_tensor("v", tensor, [4], values)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 19)], ir_version=9)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"x": picture[None, None]})[0][0, 0]


def samplings(request, coordinates):
    """For each axis the output's length, the first position and the step, exactly."""
    kind, values = request
    found = []
    for length, value in zip(INPUT, values):
        output = length * value // 1 if kind == "scale" else value
        scale = value if kind == "scale" else Fraction(value, length)
        if coordinates == "align_corners":
            found.append((output, Fraction(0), Fraction(length - 1, output - 1)))
        elif coordinates == "asymmetric":
            found.append((output, Fraction(0), 1 / scale))
        else:
            found.append((output, 1 / scale / 2 - Fraction(1, 2), 1 / scale))
    return found


def decided_by_chance(request, coordinates, rounding):
    """Whether a position lies where the rounding jumps, and single precision may miss it."""
    jump = Fraction(1, 2) if rounding.startswith("round") else Fraction(0)
    for output, first, step in samplings(request, coordinates):
        exact = all(number.denominator & (number.denominator - 1) == 0 for number in (1 / step, step))
        if not exact and any((first + o * step) % 1 == jump for o in range(1, int(output))):
            return True
    return False


def run_pillow(picture, request, interpolation, coordinates, outside, antialias):
    padding = BEYOND if outside == "repeated" else 0
    image = Image.fromarray(np.pad(picture, padding, mode="edge"))
    (rows, top, down), (columns, left, across) = samplings(request, coordinates)
    if antialias and max(down, across) > 1:
        assert min(down, across) >= 1, "Pillow's widening is its own"
        ends = [(first + Fraction(1, 2) - step / 2 + padding, step) for first, step in ((left, across), (top, down))]
        (x, dx), (y, dy) = ends
        box = [float(edge) for edge in (x, y, x + dx * columns, y + dy * rows)]
        return np.asarray(image.resize((int(columns), int(rows)), FILTERS[interpolation], box))
    result = np.empty((int(rows), int(columns)), np.float32)
    for y, x in np.ndindex(result.shape):
        corner = [float(left + x * across + padding), float(top + y * down + padding)]
        box = (*corner, corner[0] + 1, corner[1] + 1)
        result[y, x] = np.asarray(image.resize((1, 1), FILTERS[interpolation], box))[0, 0]
    return result


def cases(picture):
    requests = [("scale", (scale, scale)) for scale in SCALES]
    requests += [("scale", (Fraction(2), Fraction(3, 2)))] + [("size", size) for size in SIZES]
    for request in requests:
        reduces = request[0] == "scale" and request[1][0] < 1
        for coordinates in COORDINATES:
            for rounding in ROUNDINGS:
                if not decided_by_chance(request, coordinates, rounding):
                    result = run_onnxruntime(picture, request, "nearest", coordinates, rounding, 0)
                    yield ("onnxruntime", "nearest", coordinates, rounding, "repeated", 0), request, result
            for interpolation in ("bilinear", "bicubic-0.5", "bicubic-0.75"):
                result = run_onnxruntime(picture, request, interpolation, coordinates, None, 0)
                yield ("onnxruntime", interpolation, coordinates, "-", "repeated", 0), request, result
                if reduces and coordinates != "align_corners":
                    result = run_onnxruntime(picture, request, interpolation, coordinates, None, 1)
                    yield ("onnxruntime", interpolation, coordinates, "-", "repeated", 1), request, result
                elif reduces and interpolation in FILTERS:
                    result = run_pillow(picture, request, interpolation, coordinates, "repeated", 1)
                    yield ("pillow", interpolation, coordinates, "-", "repeated", 1), request, result
            result = run_pillow(picture, request, "lanczos", coordinates, "repeated", 0)
            yield ("pillow", "lanczos", coordinates, "-", "repeated", 0), request, result
            if reduces:
                result = run_pillow(picture, request, "lanczos", coordinates, "repeated", 1)
                yield ("pillow", "lanczos", coordinates, "-", "repeated", 1), request, result
    # Left out: where the box may not leave the picture only the half-pixel rule by sizes can be had.
    for size in ((12, 18), (3, 4), (2, 3), (4, 7), (6, 2)):
        for interpolation in FILTERS:
            for antialias in (0, 1):
                if antialias or size[0] > INPUT[0]:
                    request = ("size", size)
                    image = Image.fromarray(picture)
                    result = np.asarray(image.resize(size[::-1], FILTERS[interpolation]))
                    yield ("pillow", interpolation, "half_pixel", "-", "left-out", antialias), request, result


def main():
    picture = np.random.default_rng(5).integers(-50, 51, INPUT).astype(np.float32)
    lines, values = [], [picture]
    for words, (kind, asked), result in cases(picture):
        lines.append(" ".join(map(str, (*words, kind, *asked, *result.shape))) + "\n")
        values.append(result)
    (HERE / "resize.txt").write_text("".join(lines), encoding="ascii", newline="\n")
    (HERE / "resize.bin").write_bytes(b"".join(value.astype("<f4").tobytes() for value in values))
    print(len(lines), "cases", sum(value.size for value in values) * 4, "bytes")


if __name__ == "__main__":
    main()
