"""Makes convolution.txt and upsampling_resize.txt: what onnxruntime computes for the operations of this library.

Run from the repository's root:

    python3 -m venv tests/golden/.venv
    tests/golden/.venv/bin/pip install numpy==2.4.6 onnx==1.23.2 onnxruntime==1.31.1
    tests/golden/.venv/bin/python tests/golden/generate_convolution.py

The files in the repository come from these very versions and the seeds below. Inputs and weights of the
convolutions are small integers, so every f32 sum is exact whatever its order, and the files hold integers.

convolution.txt: a case is five lines.
    conv2d|conv_transpose2d STRIDE*2 PADDING(top bottom left right) DILATION*2 OUTPUT_PADDING*2 GROUPS
    SHAPE*4 : input       SHAPE*4 : weight       SHAPE*4 : output      (three lines)
    an empty line
upsampling_resize.txt: a case is four lines.
    nearest|bilinear FACTOR
    ROWS COLUMNS : input     ROWS COLUMNS : output      (two lines)
    an empty line
"""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper

HERE = Path(__file__).parent
CASES_A_KIND = 200
OPSET = 19


def run(node, arrays):
    """The output of a graph of one node."""
    inputs = [helper.make_tensor_value_info(n, TensorProto.FLOAT, a.shape) for n, a in arrays.items()]
    output = helper.make_tensor_value_info("output", TensorProto.FLOAT, None)
    graph = helper.make_graph([node], "golden", inputs, [output])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return session.run(None, arrays)[0]


def line(array, form):
    return f"{' '.join(map(str, array.shape))} : {' '.join(form(v) for v in array.ravel())}\n"


def integer(value):
    assert value == int(value)
    return str(int(value))


def convolution_case(random, transposed):
    """A random legal case; None if the dice fell on an illegal one."""
    pick = lambda low, high, n=2: [int(v) for v in random.integers(low, high + 1, n)]
    groups = int(random.choice([1, 1, 1, 2, 3]))
    (inputs, outputs), batch = pick(1, 2 if groups > 1 else 3), int(random.choice([1, 1, 2]))
    size, mask, stride, dilation = pick(1, 8), pick(1, 4), pick(1, 4), pick(1, 3)
    padding = pick(0, 3, 4)  # top, left, bottom, right: the order of ONNX
    output_padding = [int(random.integers(0, max(s, d))) if transposed else 0 for s, d in zip(stride, dilation)]
    for axis in range(2):
        cut, span = padding[axis] + padding[axis + 2], dilation[axis] * (mask[axis] - 1) + 1
        if transposed and (size[axis] - 1) * stride[axis] + span + output_padding[axis] - cut < 1:
            return None
        if not transposed and size[axis] + cut < span:
            return None
    x = random.integers(-9, 10, [batch, inputs * groups, *size]).astype(np.float32)
    channels = [inputs * groups, outputs] if transposed else [outputs * groups, inputs]
    w = random.integers(-9, 10, [*channels, *mask]).astype(np.float32)
    # onnxruntime wants output_padding < stride where PyTorch allows < max(stride, dilation); the rest of that
    # range is had by cropping less at the end, which is the same thing.
    given, pads = list(output_padding), list(padding)
    for axis in range(2):
        if given[axis] >= stride[axis]:
            pads[axis + 2] -= given[axis]
            given[axis] = 0
            if pads[axis + 2] < 0:
                return None
    extra = {"output_padding": given} if transposed else {}
    node = helper.make_node(
        "ConvTranspose" if transposed else "Conv", ["x", "w"], ["output"],
        strides=stride, pads=pads, dilations=dilation, group=groups, **extra,
    )
    y = run(node, {"x": x, "w": w})
    top, left, bottom, right = padding
    name = "conv_transpose2d" if transposed else "conv2d"
    numbers = [*stride, top, bottom, left, right, *dilation, *output_padding, groups]
    return f"{name} {' '.join(map(str, numbers))}\n" + "".join(line(a, integer) for a in (x, w, y)) + "\n"


def convolutions():
    random = np.random.default_rng(20160331)
    for transposed in (False, True):
        made = 0
        while made < CASES_A_KIND:
            case = convolution_case(random, transposed)
            if case is not None:
                made += 1
                yield case


def resizes():
    random = np.random.default_rng(20161017)
    for mode, name, extra in (("nearest", "nearest", {"nearest_mode": "round_prefer_floor"}), ("linear", "bilinear", {})):
        for factor in range(1, 6):
            for _ in range(3):
                rows, columns = (int(v) for v in random.integers(1, 7, 2))
                x = random.integers(-99, 100, [1, 1, rows, columns]).astype(np.float32)
                node = helper.make_node(
                    "Resize", ["x", "", "scales"], ["output"],
                    mode=mode, coordinate_transformation_mode="half_pixel", **extra,
                )
                scales = np.array([1, 1, factor, factor], np.float32)
                y = run(node, {"x": x, "scales": scales})
                form = lambda v: np.format_float_positional(v, trim="-")
                yield f"{name} {factor}\n{line(x[0, 0], form)}{line(y[0, 0], form)}\n"


if __name__ == "__main__":
    for name, cases in (("convolution.txt", convolutions()), ("upsampling_resize.txt", resizes())):
        path = HERE / name
        path.write_text("".join(cases), encoding="ascii", newline="\n")
        print(path.name, path.stat().st_size, "bytes, onnxruntime", onnxruntime.__version__)
