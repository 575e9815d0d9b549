//! A program for PyTorch that gives the numbers on the screen by the library's own operations.

use super::{Derived, Setup, python_list, python_pair};
use crate::convolution::PaddingMode;

/// The program. Its last two lines of output are `result [[…]]` and `transposed [[…]]`.
pub(super) fn program(setup: &Setup, derived: &Derived) -> String {
    let tensor = |name: &str, array| {
        let open = format!("{name} = torch.tensor(");
        format!("{open}{}, dtype=torch.float32)[None, None]\n", python_list(array, open.len()))
    };
    let mut text = HEAD.to_owned();
    text += &tensor("patch", setup.patch.view());
    text += &tensor("mask", setup.mask.view());
    text += &format!("stride, dilation = {}, {}\n", pair(setup.geometry.stride), pair(setup.geometry.dilation));
    text += if setup.flip {
        "laid = mask.flip(2, 3)  # turned by 180 degrees: the convolution of signal processing\n"
    } else {
        "laid = mask  # PyTorch does not flip masks either\n"
    };
    text += "\n\ndef convolve(D):\n";
    text += &convolution(setup);
    text += "\n\nresult = convolve(patch)\n";
    text += &if derived.own_input { tensor("E", derived.input.view()) } else { "E = result\n".to_owned() };
    text += "\n";
    text += &transposed(setup);
    text += END;
    text
}

const HEAD: &str = r#""""A convolution and the transposed convolution, by PyTorch."""

import json

import torch
import torch.nn.functional as F

# Batch, channel, row, column.
"#;

const END: &str = r#"
print("result", json.dumps(result[0, 0].tolist()))
print("transposed", json.dumps(transposed[0, 0].tolist()))
"#;

fn pair(values: [usize; 2]) -> String {
    python_pair(values)
}

/// The same padding before and after, as PyTorch's operations take it.
fn symmetric(setup: &Setup) -> Option<[usize; 2]> {
    let [rows, columns] = setup.geometry.padding;
    (rows[0] == rows[1] && columns[0] == columns[1]).then_some([rows[0], columns[0]])
}

fn convolution(setup: &Setup) -> String {
    let [[top, bottom], [left, right]] = setup.geometry.padding;
    match (setup.mode, symmetric(setup)) {
        (PaddingMode::Zero, Some(padding)) => {
            format!("    return F.conv2d(D, laid, stride=stride, padding={}, dilation=dilation)\n", pair(padding))
        }
        (_, Some([0, 0])) => "    return F.conv2d(D, laid, stride=stride, dilation=dilation)\n".to_owned(),
        (mode, _) => {
            let name = if mode == PaddingMode::Zero { "constant" } else { mode.slug() };
            format!(
                "    padded = F.pad(D, ({left}, {right}, {top}, {bottom}), mode=\"{name}\")\n    \
                 return F.conv2d(padded, laid, stride=stride, dilation=dilation)\n"
            )
        }
    }
}

fn transposed(setup: &Setup) -> String {
    let output_padding = pair(setup.geometry.output_padding);
    let [[top, bottom], [left, right]] = setup.geometry.padding;
    match (setup.mode, symmetric(setup)) {
        (PaddingMode::Zero, Some(padding)) => format!(
            "transposed = F.conv_transpose2d(\n    E, laid, stride=stride, padding={}, output_padding={output_padding}, \
             dilation=dilation\n)\n",
            pair(padding)
        ),
        (PaddingMode::Zero, None) => format!(
            "# Padding that differs before and after is cropped by hand.\n\
             whole = F.conv_transpose2d(E, laid, stride=stride, output_padding={output_padding}, dilation=dilation)\n\
             rows, columns = whole.shape[2:]\n\
             transposed = whole[:, :, {top} : rows - {bottom}, {left} : columns - {right}]\n"
        ),
        _ => "# PyTorch has no transposed convolution for this padding mode; the gradient of <convolve(D), E> is it.\n\
              leaf = torch.zeros_like(patch, requires_grad=True)\n\
              (convolve(leaf) * E).sum().backward()\n\
              transposed = leaf.grad\n"
            .to_owned(),
    }
}
