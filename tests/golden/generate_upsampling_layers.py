"""Makes upsampling_layers_torch.txt and upsampling_layers_onnx.txt: what PyTorch and ONNX say about the up-sampling
layers of this library.

Run from the repository's root, with any Python that has the packages of a part:

    python tests/golden/generate_upsampling_layers.py torch      # torch 1.13.0 (python3-torch of Debian 12), numpy 1.24.2
    python tests/golden/generate_upsampling_layers.py onnx       # onnx 1.22.0, onnxruntime 1.31.1, numpy 2.4.6

The files in the repository come from these very versions and the seeds below. Inputs and weights are small integers, so
that most sums are exact whatever their order. A case is a line that names it, a line for each of its arrays, and an
empty line:

    OPERATION NUMBER ...
    SHAPE : VALUES       (inputs, then outputs)

    transposed STRIDE*2 PADDING(rows columns) OUTPUT_PADDING*2 DILATION*2 : plane, mask, result
    shuffle | unshuffle FACTOR : input, result (PyTorch's order of channels)
    unpool FACTOR : plane, maxima, switches, unpooled
    nearest | bilinear FACTOR : plane, mask, result (resized, then convolved; edges mirrored by numpy's `symmetric`)
    subpixel FACTOR : plane, filters, result (edges likewise)
    gradient STRIDE : plane, mask, gradient by autograd
    DCR | CRD | SpaceToDepth FACTOR : input, result (the onnx file; ONNX's node tests first, then by onnxruntime)
"""

import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent


def line(array):
    array = np.asarray(array)
    words = (str(int(v)) if v == int(v) else f"{v:.8g}" for v in array.ravel().tolist())
    return f"{' '.join(map(str, array.shape))} : {' '.join(words)}\n"


def case(name, numbers, *arrays):
    return f"{' '.join([name, *map(str, numbers)])}\n{''.join(map(line, arrays))}\n"


def by_torch():
    import torch
    import torch.nn.functional as F

    random = np.random.default_rng(20161017)
    pick = lambda low, high, n=2: [int(v) for v in random.integers(low, high + 1, n)]
    integers = lambda *shape: random.integers(-9, 10, shape).astype(np.float32)
    batch = lambda plane: torch.from_numpy(np.ascontiguousarray(plane))[None, None]

    def mirrored(plane, mask):
        (top, left), (rows, columns) = [(k - 1) // 2 for k in mask.shape[-2:]], mask.shape[-2:]
        return batch(np.pad(plane, [(top, rows // 2), (left, columns // 2)], "symmetric"))

    cases = []
    while len(cases) < 60:
        size, k, s, p, d = pick(1, 6), pick(1, 5), pick(1, 4), pick(0, 3), pick(1, 3)
        op = [int(random.integers(0, max(a, b))) for a, b in zip(s, d)]
        if min((n - 1) * a - 2 * b + e * (m - 1) + o + 1 for n, a, b, e, m, o in zip(size, s, p, d, k, op)) < 1:
            continue
        x, w = integers(*size), integers(*k)
        y = F.conv_transpose2d(batch(x), batch(w), stride=s, padding=p, output_padding=op, dilation=d)[0, 0]
        cases.append(case("transposed", [*s, *p, *op, *d], x, w, y))
    for factor in [1, 2, 2, 3, 4, 5]:
        (c, h, w) = pick(1, 3, 3)
        x = integers(c * factor**2, h, w)
        y = F.pixel_shuffle(torch.from_numpy(x), factor)
        cases.append(case("shuffle", [factor], x, y))
        x = integers(c, h * factor, w * factor)
        cases.append(case("unshuffle", [factor], x, F.pixel_unshuffle(torch.from_numpy(x), factor)))
    for factor in [1, 2, 2, 3, 4]:
        x = integers(*(factor * v for v in pick(1, 4)))
        y, switches = F.max_pool2d(batch(x), factor, return_indices=True)
        cases.append(case("unpool", [factor], x, y[0, 0], switches[0, 0], F.max_unpool2d(y, switches, factor)[0, 0]))
    for factor in [2, 3, 4]:
        for mode in ["nearest", "bilinear"]:
            for mask in [(3, 3), (4, 3), (1, 5), (6, 6)]:
                x, w = integers(*pick(2, 5)), integers(*mask)
                how = {} if mode == "nearest" else {"align_corners": False}
                large = F.interpolate(batch(x), scale_factor=factor, mode=mode, **how)[0, 0].numpy()
                cases.append(case(mode, [factor], x, w, F.conv2d(mirrored(large, w), batch(w))[0, 0]))
        for side in [(3, 3), (2, 4), (5, 1)]:
            x, w = integers(*pick(1, 5)), integers(factor**2, *side)
            deep = F.conv2d(mirrored(x, w), torch.from_numpy(w)[:, None])
            cases.append(case("subpixel", [factor], x, w, F.pixel_shuffle(deep, factor)[0, 0]))
    for stride, side in [(1, 3), (2, 3), (2, 4), (3, 4), (3, 2), (4, 5)]:
        x, w = integers(*pick(6, 11)), integers(side, side)
        leaf = batch(x).requires_grad_()
        (F.conv2d(leaf, batch(w), stride=stride) ** 2).sum().mul(0.5).backward()
        cases.append(case("gradient", [stride], x, w, leaf.grad[0, 0]))
    print("torch", torch.__version__, "numpy", np.__version__, len(cases), "cases")
    return cases


def by_onnx():
    import onnx
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    def load(path):
        tensor = onnx.TensorProto()
        tensor.ParseFromString(path.read_bytes())
        return numpy_helper.to_array(tensor)

    cases = []

    def add(node, x, y):
        keys = {attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute}
        name = keys.get("mode", b"DCR").decode() if node.op_type == "DepthToSpace" else node.op_type
        cases.extend(case(name, [keys["blocksize"]], a, b) for a, b in zip(x, y))

    for path in sorted((Path(onnx.__file__).parent / "backend/test/data/node").glob("test_*depth*/model.onnx")):
        (node,) = onnx.load(path).graph.node
        add(node, *(load(path.parent / f"test_data_set_0/{side}_0.pb") for side in ["input", "output"]))
    print("onnx", onnx.__version__, len(cases), "pictures of its node tests")

    random = np.random.default_rng(20160916)
    for factor in [1, 2, 3, 4, 5]:
        for operator, keys in [
            ("DepthToSpace", {"mode": "DCR"}),
            ("DepthToSpace", {"mode": "CRD"}),
            ("SpaceToDepth", {}),
        ]:
            c, h, w = (int(v) for v in random.integers(1, 4, 3))
            deep = [c * factor**2, h, w] if operator == "DepthToSpace" else [c, h * factor, w * factor]
            x = random.integers(-9, 10, [1, *deep]).astype(np.float32)
            node = helper.make_node(operator, ["x"], ["y"], blocksize=factor, **keys)
            inputs = [helper.make_tensor_value_info("x", TensorProto.FLOAT, x.shape)]
            outputs = [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)]
            graph = helper.make_graph([node], "golden", inputs, outputs)
            model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=9)
            session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
            add(node, x, session.run(None, {"x": x})[0])
    print("onnxruntime", onnxruntime.__version__, "numpy", np.__version__, len(cases), "cases")
    return cases


if __name__ == "__main__":
    parts = {"torch": by_torch, "onnx": by_onnx}
    for part in sys.argv[1:] or parts:
        (HERE / f"upsampling_layers_{part}.txt").write_text("".join(parts[part]()), encoding="ascii", newline="\n")
