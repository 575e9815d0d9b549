"""Makes resize_onnx.txt and resize_onnx.bin: the node tests of ONNX for its operator Resize.

Run from the repository's root:

    python3 -m venv tests/golden/.venv
    tests/golden/.venv/bin/pip install numpy==2.4.6 onnx==1.22.0
    tests/golden/.venv/bin/python tests/golden/generate_resize_onnx.py

The numbers are taken from the test data inside the Python package onnx 1.22.0 (Copyright (c) ONNX Project
Contributors, Apache License 2.0); this script only rearranges them. All 39 cases are one picture of one channel, and
none is left out.

resize_onnx.txt: a case is a line of words.
    NAME ROWS COLUMNS OUTPUT_ROWS OUTPUT_COLUMNS KEY=VALUE,...
The keys are the node's attributes and, as attributes, its inputs roi, scales and sizes.
resize_onnx.bin: input and output of each case in the order of the lines, as f32, little endian.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper

HERE = Path(__file__).parent
DATA = Path(onnx.__file__).parent / "backend" / "test" / "data" / "node"
INPUTS = ("X", "roi", "scales", "sizes")


def load(path):
    tensor = onnx.TensorProto()
    tensor.ParseFromString(path.read_bytes())
    return numpy_helper.to_array(tensor)


def word(value):
    if isinstance(value, bytes):
        return value.decode()
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def main():
    lines, values = [], []
    for path in sorted(DATA.glob("*/model.onnx")):
        (node, *others) = onnx.load(path).graph.node
        if node.op_type != "Resize":
            continue
        assert not others, path
        data = path.parent / "test_data_set_0"
        names = [name for name, given in zip(INPUTS, node.input) if given]
        inputs = {name: load(data / f"input_{i}.pb") for i, name in enumerate(names)}
        picture, output = inputs.pop("X"), load(data / "output_0.pb")
        assert all(array.dtype == np.float32 and array.shape[:2] == (1, 1) for array in (picture, output)), path
        assert picture.ndim == output.ndim == 4, path
        keys = {attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute}
        keys |= {name: array.tolist() for name, array in inputs.items()}
        sizes = (*picture.shape[2:], *output.shape[2:])
        text = " ".join(f"{key}={word(value)}" for key, value in sorted(keys.items()))
        lines.append(f"{path.parent.name} {' '.join(map(str, sizes))} {text}\n")
        values += [picture, output]
    (HERE / "resize_onnx.txt").write_text("".join(lines), encoding="ascii", newline="\n")
    (HERE / "resize_onnx.bin").write_bytes(b"".join(value.astype("<f4").tobytes() for value in values))
    print("onnx", onnx.__version__, len(lines), "cases", sum(value.nbytes for value in values), "bytes")


if __name__ == "__main__":
    main()
