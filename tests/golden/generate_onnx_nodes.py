"""Makes onnx_nodes.txt and onnx_nodes.bin: the node tests of ONNX for the operations of this library.

Run from the repository's root:

    python3 -m venv tests/golden/.venv
    tests/golden/.venv/bin/pip install numpy==2.4.6 onnx==1.22.0
    tests/golden/.venv/bin/python tests/golden/generate_onnx_nodes.py

The numbers are taken from the test data inside the Python package onnx 1.22.0 (Copyright (c) ONNX Project
Contributors, Apache License 2.0); this script only rearranges them. They are all 2-D and 1-D cases of Conv,
ConvTranspose, MaxPool, AveragePool, LpPool, MaxUnpool and Col2Im, from ONNX's own node tests and from those that
were converted from PyTorch's. What is left out is listed with its reason.

onnx_nodes.txt: a case is a line.
    OPERATOR NAME KEY=VALUE,... | SHAPE | ... | SHAPE
The keys are the node's attributes and, as attributes, inputs that only tell a shape. The shapes are those of the
remaining inputs and outputs in the node's order, `outputs` of which are outputs. Three keys are not ONNX's:
    outputs=N    how many of the arrays are outputs
    sparse=S     of the input every S-th pixel along each axis is kept, counted from the first: no window sees another
    cut=WORDS    what was cut off because the output that is kept does not depend on it
    left-out OPERATOR NAME: REASON
onnx_nodes.bin: the values of all arrays in the order of the lines, as f32, little endian.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper

HERE = Path(__file__).parent
DATA = Path(onnx.__file__).parent / "backend" / "test" / "data"
OPERATORS = ("Conv", "ConvTranspose", "MaxPool", "AveragePool", "LpPool", "MaxUnpool", "Col2Im")
# A case of more values than this is cut to its first channel, if channels do not meet.
LARGE = 2000


def load(path):
    tensor = onnx.TensorProto()
    tensor.ParseFromString(path.read_bytes())
    return numpy_helper.to_array(tensor)


def attributes(node):
    def value(attribute):
        value = helper.get_attribute_value(attribute)
        return value.decode() if isinstance(value, bytes) else value

    return {attribute.name: value(attribute) for attribute in node.attribute}


def cut(name, keys, inputs, outputs):
    """Makes a large case small without changing what its remaining outputs depend on."""
    short = name.split("/")[1]
    if short == "test_operator_conv":
        keys["cut"] = "first-picture-and-12x12-pixels"
        return [inputs[0][:1, :, :12, :12], *inputs[1:]], [outputs[0][:1, :, :10, :10]]
    if short == "test_operator_maxpool":
        keys["cut"] = "first-picture-and-two-channels"
        return [inputs[0][:1, :2]], [outputs[0][:1, :2]]
    if short == "test_MaxPool1d_stride_padding_dilation":
        assert keys == {"kernel_shape": [200], "strides": [10], "dilations": [10], "pads": [100, 100]}
        keys.update(cut="first-3991-places", sparse=10, pads=[100, 0])
        # 211 windows that span 199 · 10 + 1 places, 10 apart, reach from 100 before the first to the last of 3991.
        return [inputs[0][:, :, :3991:10]], [outputs[0][:, :, :211]]
    if short == "test_MaxPool2d_stride_padding_dilation":
        assert keys["strides"] == keys["dilations"] == [10, 10] and keys["pads"] == [10, 20, 10, 20]
        keys["sparse"] = 10
        return [inputs[0][:, :, ::10, ::10]], outputs
    if "Pool" in short or "pool" in short:
        if sum(array.size for array in inputs + outputs) > LARGE and inputs[0].shape[1] > 1:
            keys["cut"] = "first-channel"
            return [array[:, :1] for array in inputs], [array[:, :1] for array in outputs]
    return inputs, outputs


def case(path):
    """The line and the values of a case, or the reason why it is left out; None if it is another operator's."""
    name = f"{path.parent.parent.name}/{path.parent.name}"
    model = onnx.load(path)
    nodes = [node for node in model.graph.node if node.op_type in OPERATORS]
    if not nodes:
        return None
    node = nodes[0]
    left_out = lambda reason: (f"left-out {node.op_type} {name}: {reason}\n", [])
    others = {n.op_type for n in model.graph.node} - {node.op_type}
    keys = attributes(node)
    if others == {"Unsqueeze", "Squeeze"}:
        # A signal laid down as a picture of one column, pooled, and taken up again.
        keys = {k: v[:1] if k != "pads" else v[::2] for k, v in keys.items()}
    elif others:
        return left_out("another operator's test, written out as several nodes")
    arrays = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    given = sorted((path.parent / "test_data_set_0").glob("input_*.pb"), key=lambda p: int(p.stem.split("_")[1]))
    fed = [i.name for i in model.graph.input if i.name not in arrays]
    assert len(fed) == len(given)
    arrays.update(zip(fed, map(load, given)))
    inputs = [arrays[n] for n in (model.graph.input[0].name, *node.input[1:])]
    outputs = [load(p) for p in sorted((path.parent / "test_data_set_0").glob("output_*.pb"))]

    spatial = len(keys["kernel_shape"]) if "kernel_shape" in keys else inputs[0].ndim - 2
    if node.op_type == "Col2Im":
        spatial = inputs[1].size
    if spatial > 2:
        return left_out("three dimensions")
    if inputs[0].dtype != np.float32:
        return left_out(f"{inputs[0].dtype} instead of float32")
    if node.op_type == "Col2Im":
        keys.update(image_shape=inputs[1].tolist(), block_shape=inputs[2].tolist())
        del inputs[1:]
    if node.op_type == "MaxUnpool" and len(inputs) == 3:
        keys["output_shape"] = inputs.pop().tolist()

    inputs, outputs = cut(name, keys, inputs, outputs)
    keys["outputs"] = len(outputs)
    word = lambda value: ",".join(map(str, value)) if isinstance(value, list) else str(value)
    text = " ".join(f"{key}={word(value)}" for key, value in sorted(keys.items()))
    arrays = [*inputs, *outputs]
    shapes = " | ".join(" ".join(map(str, array.shape)) for array in arrays)
    return f"{node.op_type} {name} {text} | {shapes}\n", arrays


def main():
    found = filter(None, map(case, sorted(DATA.glob("*/*/model.onnx"))))
    lines, arrays = zip(*found)
    # Cases first; within them and among those left out, in the order of the operators.
    order = sorted(range(len(lines)), key=lambda i: (not arrays[i], OPERATORS.index(lines[i].split()[not arrays[i]])))
    values = [array.astype("<f4") for i in order for array in arrays[i]]
    for exact, stored in zip((array for i in order for array in arrays[i]), values):
        assert np.array_equal(exact, stored), "indices must survive as f32"
    (HERE / "onnx_nodes.txt").write_text("".join(lines[i] for i in order), encoding="ascii", newline="\n")
    (HERE / "onnx_nodes.bin").write_bytes(b"".join(value.tobytes() for value in values))
    print("onnx", onnx.__version__, len(lines), "cases", sum(value.nbytes for value in values), "bytes")


if __name__ == "__main__":
    main()
