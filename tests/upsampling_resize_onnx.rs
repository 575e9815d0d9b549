//! Every case of ONNX's node tests for its operator Resize.
//!
//! Why these can be trusted: inputs and outputs come from the ONNX project's own test data
//! (`golden/generate_resize_onnx.py` says how). None is left out: in the release that they come from all are one
//! picture of one channel. Data of the ONNX project: Copyright (c) ONNX Project Contributors, Apache License 2.0.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::HashMap;

use deconvolution_explorer::upsampling::{Coordinates, Fit, Interpolation, Outside, Resize, Rounding, Sampling};
use ndarray::Array2;

struct Case {
    name: &'static str,
    input: Array2<f32>,
    output: Array2<f32>,
    keys: HashMap<&'static str, &'static str>,
}

impl Case {
    fn key(&self, key: &str) -> &'static str {
        self.keys.get(key).copied().unwrap_or_default()
    }

    fn number(&self, key: &str) -> Option<f64> {
        self.keys.get(key).map(|number| number.parse().expect("a number"))
    }

    /// What is given for the rows and the columns, among all axes or those that are named. `side` of `sides` says
    /// which of several lists in a row it is about.
    fn pair(&self, key: &str, side: usize, sides: usize) -> Option<[f64; 2]> {
        let numbers: Vec<f64> =
            self.keys.get(key)?.split(',').map(|number| number.parse().expect("a number")).collect();
        let axes = self.keys.get("axes").copied().unwrap_or("0,1,2,3");
        let axes: Vec<&str> = axes.split(',').collect();
        assert_eq!(numbers.len(), sides * axes.len(), "{}", self.name);
        Some(["2", "3"].map(|axis| {
            let place = axes.iter().position(|named| *named == axis).expect("rows and columns are named");
            numbers[side * axes.len() + place]
        }))
    }

    fn plan(&self) -> Resize {
        let input: [usize; 2] = self.input.dim().into();
        let interpolation = match self.key("mode") {
            "nearest" => Interpolation::Nearest,
            "linear" => Interpolation::Bilinear,
            "cubic" => Interpolation::Bicubic { a: self.number("cubic_coeff_a").unwrap_or(-0.75) as f32 },
            other => panic!("{}: mode {other}", self.name),
        };
        let rounding = match self.key("nearest_mode") {
            "" | "round_prefer_floor" => Rounding::PreferFloor,
            "round_prefer_ceil" => Rounding::PreferCeil,
            "floor" => Rounding::Floor,
            "ceil" => Rounding::Ceil,
            other => panic!("{}: nearest_mode {other}", self.name),
        };
        let sizes = self.pair("sizes", 0, 1).map(|sizes| sizes.map(|side| side as usize));
        let scales = self.pair("scales", 0, 1);
        let fit = match self.key("keep_aspect_ratio_policy") {
            "" => None,
            "not_larger" => Some(Fit::NotLarger),
            "not_smaller" => Some(Fit::NotSmaller),
            other => panic!("{}: keep_aspect_ratio_policy {other}", self.name),
        };
        let usual = |coordinates| match (sizes, scales, fit) {
            (Some(sizes), None, None) => Resize::new(input, sizes, interpolation, coordinates),
            (Some(sizes), None, Some(fit)) => Resize::fitted(input, sizes, fit, interpolation, coordinates),
            (None, Some(scales), None) => Resize::by_scale(input, scales, interpolation, coordinates),
            other => panic!("{}: {other:?}", self.name),
        };
        let sampled = |sampling: &dyn Fn(usize, usize, usize, f64) -> Sampling| {
            let output = scales.map_or(sizes, |scales| Resize::scaled_size(input, scales).ok()).expect("a size");
            let scale = |axis: usize| scales.map_or(output[axis] as f64 / input[axis] as f64, |scales| scales[axis]);
            let samplings = [0, 1].map(|axis| sampling(axis, input[axis], output[axis], scale(axis)));
            Resize::sampled(input, output, samplings, interpolation)
        };
        let plan = match self.key("coordinate_transformation_mode") {
            "" | "half_pixel" => usual(Coordinates::HalfPixel),
            // ONNX takes the scaled length before it is rounded here, so that corners do not meet where it is: not the
            // rule of the library (nor PyTorch's and onnxruntime's), but positions like any others.
            "align_corners" if scales.is_some() => sampled(&|_, input, _, scale| Sampling {
                first: 0.0,
                step: (input as f64 - 1.0) / (input as f64 * scale - 1.0),
            }),
            "align_corners" => usual(Coordinates::AlignCorners),
            "asymmetric" => usual(Coordinates::Asymmetric),
            "half_pixel_symmetric" => {
                sampled(&|_, input, output, scale| Sampling::half_pixel_symmetric(input, output, scale))
            }
            "pytorch_half_pixel" => {
                sampled(&|_, input, output, scale| Sampling::half_pixel_from_two(input, output, scale))
            }
            "tf_crop_and_resize" => {
                let [starts, ends] = [0, 1].map(|side| self.pair("roi", side, 2).expect("a part to cut out"));
                sampled(&|axis, input, output, _| Sampling::between(input, output, starts[axis], ends[axis]))
            }
            other => panic!("{}: coordinate_transformation_mode {other}", self.name),
        };
        let plan = plan.expect("legal").rounding(rounding);
        let plan = if self.number("antialias") == Some(1.0) { plan.antialiased() } else { plan };
        plan.outside(if self.key("coordinate_transformation_mode") == "tf_crop_and_resize" {
            Outside::Value(self.number("extrapolation_value").unwrap_or(0.0) as f32)
        } else if self.number("exclude_outside") == Some(1.0) {
            Outside::LeftOut
        } else {
            Outside::Repeated
        })
    }
}

fn cases() -> Vec<Case> {
    let (values, rest) = include_bytes!("golden/resize_onnx.bin").as_chunks::<4>();
    assert!(rest.is_empty());
    let mut values = values.iter().map(|&bytes| f32::from_le_bytes(bytes));
    let mut array = |rows, columns| {
        Array2::from_shape_vec((rows, columns), values.by_ref().take(rows * columns).collect()).expect("as many values")
    };
    let lines = include_str!("golden/resize_onnx.txt").lines();
    let cases = lines.map(|line| {
        let words: Vec<&str> = line.split(' ').collect();
        let (sizes, keys) = words[1..].split_at(4);
        let [rows, columns, output_rows, output_columns] =
            [0, 1, 2, 3].map(|i: usize| sizes[i].parse().expect("a length"));
        let keys = keys.iter().map(|key| key.split_once('=').expect("key = value")).collect();
        Case { name: words[0], input: array(rows, columns), output: array(output_rows, output_columns), keys }
    });
    let cases = cases.collect();
    assert_eq!(values.next(), None);
    cases
}

#[test]
fn every_case_of_onnx() {
    let cases = cases();
    assert_eq!(cases.len(), 39);
    for case in cases {
        let mut plan = case.plan();
        let mut reused = Array2::from_elem(plan.output_size(), f32::NAN);
        plan.apply_into(case.input.view(), reused.view_mut()).expect("of the plan's size");
        let fast = plan.apply(case.input.view()).expect("of the plan's size");
        let plain = plan.apply_plainly(case.input.view()).expect("of the plan's size");
        for found in [fast, plain, reused] {
            assert_eq!(found.dim(), case.output.dim(), "{}", case.name);
            for (a, b) in found.iter().zip(&case.output) {
                assert!((a - b).abs() <= 1e-6 * b.abs().max(16.0), "{}: {found} instead of {}", case.name, case.output);
            }
        }
    }
}
