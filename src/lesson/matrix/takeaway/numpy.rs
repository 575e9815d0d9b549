//! A program for NumPy that builds C by plain loops, for every geometry, and gives the numbers on the screen.

use super::{Derived, Setup, python_list, python_pair};

/// The program. Its last two lines of output are `result [[…]]` and `transposed [[…]]`.
pub(super) fn program(setup: &Setup, derived: &Derived) -> String {
    let geometry = &setup.geometry;
    let input = if derived.own_input {
        format!("E = np.array({}, dtype=np.float32).astype(float)", python_list(derived.input.view(), 13))
    } else {
        "E = result".to_owned()
    };
    let settings = format!(
        "patch = np.array({}, dtype=np.float32).astype(float)\n\
         mask = np.array({}, dtype=np.float32).astype(float)\n\
         stride = {}\n\
         padding = ({}, {})  # before and after the rows, before and after the columns\n\
         mode = \"{}\"  # what stands in the padding: zero, reflect, replicate or circular\n\
         dilation = {}\n\
         output_padding = {}\n\
         flip = {}  # True turns the mask by 180 degrees first: the convolution of signal processing\n",
        python_list(setup.patch.view(), 17),
        python_list(setup.mask.view(), 16),
        python_pair(geometry.stride),
        python_pair(geometry.padding[0]),
        python_pair(geometry.padding[1]),
        setup.mode.slug(),
        python_pair(geometry.dilation),
        python_pair(geometry.output_padding),
        if setup.flip { "True" } else { "False" },
    );
    let shown = format!(
        "shown_result = {}\nshown_transposed = {}\n",
        python_list(derived.result.view(), 15),
        python_list(derived.transposed.view(), 19),
    );
    format!("{HEAD}{settings}{MATRIX}{input}\n{TRANSPOSED}{shown}{END}")
}

const HEAD: &str = r#""""A convolution as one matrix product, and the transposed convolution. Needs NumPy alone."""

import json

import numpy as np

"#;

const MATRIX: &str = r#"
laid = mask[::-1, ::-1] if flip else mask
span = [dilation[a] * (laid.shape[a] - 1) + 1 for a in (0, 1)]
size = patch.shape
count = [(size[a] + sum(padding[a]) - span[a]) // stride[a] + 1 for a in (0, 1)]
if mode == "zero":
    grown = [(count[a] - 1) * stride[a] + span[a] - sum(padding[a]) + output_padding[a] for a in (0, 1)]
else:
    grown = list(size)  # the margin is folded back into the patch


def source(place, before, length):
    """The cell that stands at a place of a padded axis; None where a zero stands."""
    at = place - before
    if 0 <= at < length:
        return at
    if mode == "reflect":
        return -at if at < 0 else 2 * (length - 1) - at
    if mode == "replicate":
        return 0 if at < 0 else length - 1
    if mode == "circular":
        return at % length
    return None


def matrix(size):
    """C: a row for each cell of an array of this size, a column for each result."""
    C = np.zeros((size[0] * size[1], count[0] * count[1]))
    for y, x in np.ndindex(*count):
        for ky, kx in np.ndindex(*laid.shape):
            row = source(y * stride[0] + ky * dilation[0], padding[0][0], size[0])
            column = source(x * stride[1] + kx * dilation[1], padding[1][0], size[1])
            if row is not None and column is not None:
                C[row * size[1] + column, y * count[1] + x] += laid[ky, kx]
    return C


C = matrix(size)
D = patch.reshape(-1)  # unrolled row by row
result = (D @ C).reshape(count)

# The same by the direct loop.
names = {"zero": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}
padded = np.pad(patch, padding, mode=names[mode])
direct = np.zeros(count)
for y, x in np.ndindex(*count):
    top, left = y * stride[0], x * stride[1]
    window = padded[top : top + span[0] : dilation[0], left : left + span[1] : dilation[1]]
    direct[y, x] = (window * laid).sum()
assert np.allclose(direct, result)

# The transposed convolution of E.
"#;

const TRANSPOSED: &str = r#"turned = matrix(grown).T  # the transpose of C, if the result has the size of the patch again
transposed = (E.reshape(-1) @ turned).reshape(grown)
if grown == list(size):
    # Both sides of <D C, E> = <D, E C^T>.
    assert np.array_equal(turned, C.T)
    assert np.isclose((result * E).sum(), (patch * transposed).sum(), atol=1e-3)

# What the page shows.
"#;

const END: &str = r#"tolerance = 1e-5 * max(1, np.abs(D).max(), np.abs(E).max()) * max(1, np.abs(laid).sum())
assert np.allclose(result, shown_result, rtol=1e-5, atol=tolerance)
assert np.allclose(transposed, shown_transposed, rtol=1e-5, atol=tolerance)

print("C", json.dumps(C.tolist()))
print("result", json.dumps(result.tolist()))
print("transposed", json.dumps(transposed.tolist()))
"#;
