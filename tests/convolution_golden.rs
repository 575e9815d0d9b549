//! Both convolutions against values that others computed, and the lesson's worked example.
//!
//! Why these can be trusted: `golden/convolution.txt` was made by onnxruntime, which shares no code with this
//! library, for 400 random geometries (`golden/generate_convolution.py` says how). All inputs are small integers,
//! so every f32 sum is exact and the comparison is equality. The worked example was computed by hand.
#![cfg(not(target_arch = "wasm32"))]

use std::str::FromStr;

use deconvolution_explorer::convolution::{
    Geometry, Workspace, conv_transpose2d, conv_transpose2d_into, conv2d, conv2d_into, convolution_matrix, reference,
};
use ndarray::{Array4, array};

struct Case {
    transposed: bool,
    geometry: Geometry,
    input: Array4<f32>,
    weight: Array4<f32>,
    output: Array4<f32>,
}

fn numbers<T: FromStr>(text: &str) -> Vec<T> {
    text.split_whitespace().map(|word| word.parse().ok().expect("a number")).collect()
}

fn array4(line: &str) -> Array4<f32> {
    let (shape, values) = line.split_once(':').expect("shape : values");
    let [a, b, c, d] = numbers(shape).try_into().expect("four axes");
    Array4::from_shape_vec((a, b, c, d), numbers(values)).expect("as many values as the shape says")
}

fn cases() -> Vec<Case> {
    let parse = |case: &str| {
        let mut lines = case.lines();
        let (name, rest) = lines.next()?.split_once(' ')?;
        let [sy, sx, top, bottom, left, right, dy, dx, oy, ox, groups] = numbers(rest).try_into().ok()?;
        let padding = [[top, bottom], [left, right]];
        Some(Case {
            transposed: name == "conv_transpose2d",
            geometry: Geometry { stride: [sy, sx], padding, dilation: [dy, dx], output_padding: [oy, ox], groups },
            input: array4(lines.next()?),
            weight: array4(lines.next()?),
            output: array4(lines.next()?),
        })
    };
    include_str!("golden/convolution.txt").trim().split("\n\n").map(|case| parse(case).expect("a case")).collect()
}

#[test]
fn onnxruntime_agrees_with_the_fast_and_the_plain_form() {
    let cases = cases();
    for transposed in [false, true] {
        assert!(cases.iter().filter(|case| case.transposed == transposed).count() >= 150);
    }
    for (number, Case { transposed, geometry, input, weight, output }) in cases.iter().enumerate() {
        let forms =
            if *transposed { [conv_transpose2d, reference::conv_transpose2d] } else { [conv2d, reference::conv2d] };
        for form in forms {
            assert_eq!(form(input.view(), weight.view(), geometry).as_ref(), Ok(output), "case {number}, {geometry:?}");
        }
    }
}

#[test]
fn sizes_are_those_of_onnxruntime() {
    for Case { transposed, geometry, input, weight, output } in cases() {
        let (input, mask) = ([input.dim().2, input.dim().3], [weight.dim().2, weight.dim().3]);
        let size =
            if transposed { geometry.transposed_output_size(input, mask) } else { geometry.output_size(input, mask) };
        assert_eq!(size, Ok([output.dim().2, output.dim().3]));
    }
}

#[test]
fn what_a_workspace_held_before_changes_nothing() {
    let mut workspace = Workspace::new();
    for Case { transposed, geometry, input, weight, output } in cases() {
        // An array full of old values, of the right shape.
        let mut reused = Array4::from_elem(output.dim(), f32::NAN);
        let form = if transposed { conv_transpose2d_into } else { conv2d_into };
        form(input.view(), weight.view(), &geometry, &mut workspace, &mut reused).expect("legal");
        assert_eq!(reused, output);
    }
}

#[test]
fn the_worked_example() {
    let patch = array![[3., 3., 2., 1.], [0., 0., 1., 3.], [3., 1., 2., 2.], [2., 0., 0., 2.]];
    let mask = array![[0., 1., 2.], [2., 2., 0.], [0., 1., 2.]];
    let geometry = Geometry::default();

    let matrix = convolution_matrix(mask.view(), [4, 4], &geometry).expect("legal");
    assert_eq!(matrix.dim(), (16, 4));
    let column = |j| matrix.column(j).to_vec();
    assert_eq!(column(0), [0., 1., 2., 0., 2., 2., 0., 0., 0., 1., 2., 0., 0., 0., 0., 0.]);
    assert_eq!(column(3), [0., 0., 0., 0., 0., 0., 1., 2., 0., 2., 2., 0., 0., 0., 1., 2.]);

    let unrolled = patch.flatten();
    assert_eq!(unrolled.dot(&matrix).to_vec(), [12., 12., 10., 17.]);

    let input = patch.to_shape((1, 1, 4, 4)).expect("16 values");
    let weight = mask.to_shape((1, 1, 3, 3)).expect("9 values");
    let output = conv2d(input.view(), weight.view(), &geometry).expect("legal");
    assert_eq!(output.flatten().to_vec(), [12., 12., 10., 17.]);

    let back = conv_transpose2d(output.view(), weight.view(), &geometry).expect("legal");
    assert_eq!(back.flatten().to_vec(), matrix.dot(&output.flatten()).to_vec());
}
