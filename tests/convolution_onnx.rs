//! Every 2-D and 1-D case of ONNX's node tests for the operations of this library.
//!
//! Why these can be trusted: inputs and outputs come from the ONNX project's own test data, part of which PyTorch
//! computed (`golden/generate_onnx_nodes.py` says how, and `golden/onnx_nodes.txt` lists what is left out and why).
//! The fast form, the plain form and, for signals, the one-dimensional form must all give them. Data of the ONNX
//! project: Copyright (c) ONNX Project Contributors, Apache License 2.0.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::{BTreeMap, HashMap};

use deconvolution_explorer::convolution::{
    Geometry, Geometry1d, Pooling, Pooling1d, SamePadding, average_pool1d, average_pool2d, conv_transpose1d,
    conv_transpose2d, conv1d, conv2d, fold, lp_pool1d, lp_pool2d, max_pool1d, max_pool2d, max_unpool2d, reference,
};
use ndarray::{Array3, Array4, ArrayView3, Axis};

struct Case {
    operator: &'static str,
    name: &'static str,
    keys: HashMap<&'static str, &'static str>,
    /// Inputs, then outputs: shape and values.
    arrays: Vec<(Vec<usize>, Vec<f32>)>,
}

impl Case {
    fn numbers(&self, key: &str) -> Option<Vec<usize>> {
        let numbers = self.keys.get(key)?.split(',');
        Some(numbers.map(|number| number.parse().expect("a number")).collect())
    }

    fn number(&self, key: &str) -> Option<usize> {
        self.numbers(key).map(|numbers| numbers[0])
    }

    fn one_dimensional(&self) -> bool {
        self.arrays[0].0.len() == 3 && self.operator != "Col2Im"
    }

    /// A pair (rows, columns), `default` where the key is missing or for the rows of a signal.
    fn pair(&self, key: &str, default: usize) -> [usize; 2] {
        match self.numbers(key).as_deref() {
            Some(&[rows, columns]) => [rows, columns],
            Some(&[columns]) => [default, columns],
            None => [default; 2],
            other => panic!("{}: {key} is {other:?}", self.name),
        }
    }

    /// ONNX lists the beginnings of all axes, then the ends.
    fn padding(&self) -> [[usize; 2]; 2] {
        match self.numbers("pads").as_deref() {
            Some(&[top, left, bottom, right]) => [[top, bottom], [left, right]],
            Some(&[before, after]) => [[0, 0], [before, after]],
            None => [[0; 2]; 2],
            other => panic!("{}: pads are {other:?}", self.name),
        }
    }

    fn same(&self) -> Option<SamePadding> {
        match self.keys.get("auto_pad").copied() {
            Some("SAME_UPPER") => Some(SamePadding::Upper),
            Some("SAME_LOWER") => Some(SamePadding::Lower),
            Some(other) => panic!("{}: auto_pad is {other}", self.name),
            None => None,
        }
    }

    /// An array as pictures; signals become pictures of one row.
    fn picture(&self, index: usize) -> Array4<f32> {
        let (shape, values) = &self.arrays[index];
        let shape = match shape[..] {
            [batch, channels, places] => [batch, channels, 1, places],
            [batch, channels, rows, columns] => [batch, channels, rows, columns],
            _ => panic!("{}: an array is shaped {shape:?}", self.name),
        };
        Array4::from_shape_vec(shape, values.clone()).expect("as many values as the shape says")
    }

    fn integers(&self, index: usize) -> Array4<usize> {
        self.picture(index).mapv(|value| value as usize)
    }

    /// The input of a pooling. Where not every pixel was kept, the others are infinite, so that a window that sees
    /// one cannot give the right maximum.
    fn pooling_input(&self) -> Array4<f32> {
        let kept = self.picture(0);
        let Some(step) = self.number("sparse") else { return kept };
        let (batch, channels, rows, columns) = kept.dim();
        let row_step = if self.one_dimensional() { 1 } else { step };
        // The last kept pixel may have followers; a signal was cut right after its last.
        let size = if self.one_dimensional() { [1, (columns - 1) * step + 1] } else { [rows * step, columns * step] };
        let mut input = Array4::from_elem((batch, channels, size[0], size[1]), f32::INFINITY);
        input.slice_mut(ndarray::s![.., .., ..;row_step, ..;step]).assign(&kept);
        input
    }

    fn pooling(&self, input: &Array4<f32>) -> Pooling {
        let pooling = Pooling {
            window: self.pair("kernel_shape", 1),
            stride: self.pair("strides", 1),
            padding: self.padding(),
            dilation: self.pair("dilations", 1),
            ceil_mode: self.number("ceil_mode") == Some(1),
        };
        let size = [input.dim().2, input.dim().3];
        match self.same() {
            Some(same) => pooling.with_same_padding(size, same).expect("legal"),
            None => pooling,
        }
    }

    fn geometry(&self, size: [usize; 2], mask: [usize; 2]) -> Geometry {
        let transposed = self.operator == "ConvTranspose";
        let geometry = Geometry {
            stride: self.pair("strides", 1),
            padding: self.padding(),
            dilation: self.pair("dilations", 1),
            output_padding: self.pair("output_padding", 0),
            groups: self.number("group").unwrap_or(1),
        };
        let chosen = match (self.same(), self.keys.contains_key("output_shape")) {
            (Some(same), false) if transposed => geometry.with_same_transposed_padding(size, mask, same),
            (Some(same), false) => geometry.with_same_padding(size, mask, same),
            (same, true) => {
                let wish = self.pair("output_shape", 1);
                geometry.with_transposed_size(size, mask, wish, same.unwrap_or(SamePadding::Lower))
            }
            (None, false) => Ok(geometry),
        };
        chosen.expect("legal")
    }

    fn assert_close(&self, form: &str, found: &Array4<f32>, expected: &Array4<f32>) {
        assert_eq!(found.dim(), expected.dim(), "{} {form}", self.name);
        // The numbers of this one were typed with four decimals.
        let typed = self.name == "node/test_averagepool_2d_ceil_last_window_starts_on_pad";
        let tolerance = if typed { 1e-4 } else { 1e-5 };
        for (place, &value) in expected.indexed_iter() {
            let error = (found[place] - value).abs();
            assert!(error <= tolerance * value.abs().max(1.0), "{} {form} at {place:?}: {error}", self.name);
        }
    }
}

/// The cases, and the lines of those that are left out.
fn cases() -> (Vec<Case>, Vec<&'static str>) {
    let mut values = include_bytes!("golden/onnx_nodes.bin").as_chunks::<4>().0.iter().map(|&v| f32::from_le_bytes(v));
    let (mut cases, mut left_out) = (Vec::new(), Vec::new());
    for line in include_str!("golden/onnx_nodes.txt").lines() {
        if let Some(line) = line.strip_prefix("left-out ") {
            left_out.push(line);
            continue;
        }
        let mut parts = line.split(" | ");
        let mut words = parts.next().expect("a first part").split(' ');
        let (operator, name) = words.next().zip(words.next()).expect("operator and name");
        let keys = words.map(|word| word.split_once('=').expect("key=value")).collect();
        let arrays = parts
            .map(|shape| {
                let shape: Vec<usize> = shape.split(' ').map(|axis| axis.parse().expect("a number")).collect();
                let values: Vec<f32> = values.by_ref().take(shape.iter().product()).collect();
                (shape, values)
            })
            .collect();
        cases.push(Case { operator, name, keys, arrays });
    }
    assert_eq!(values.next(), None, "values that belong to no case");
    (cases, left_out)
}

fn signal<T>(picture: &Array4<T>) -> ArrayView3<'_, T> {
    picture.index_axis(Axis(2), 0)
}

fn row(signal: Array3<f32>) -> Array4<f32> {
    signal.insert_axis(Axis(2))
}

fn line(geometry: Geometry) -> Geometry1d {
    Geometry1d {
        stride: geometry.stride[1],
        padding: geometry.padding[1],
        dilation: geometry.dilation[1],
        output_padding: geometry.output_padding[1],
        groups: geometry.groups,
    }
}

fn line_pooling(pooling: Pooling) -> Pooling1d {
    Pooling1d {
        window: pooling.window[1],
        stride: pooling.stride[1],
        padding: pooling.padding[1],
        dilation: pooling.dilation[1],
        ceil_mode: pooling.ceil_mode,
    }
}

fn convolution(case: &Case) {
    let (input, weight) = (case.picture(0), case.picture(1));
    let geometry = case.geometry([input.dim().2, input.dim().3], [weight.dim().2, weight.dim().3]);
    let mut expected = case.picture(case.arrays.len() - 1);
    if let [_, _, (_, bias), _] = &case.arrays[..] {
        for (mut channel, &bias) in expected.axis_iter_mut(Axis(1)).zip(bias) {
            channel -= bias;
        }
    }
    let transposed = case.operator == "ConvTranspose";
    let forms = if transposed { [conv_transpose2d, reference::conv_transpose2d] } else { [conv2d, reference::conv2d] };
    for (form, name) in forms.into_iter().zip(["fast", "plain"]) {
        let found = form(input.view(), weight.view(), &geometry).expect("legal");
        case.assert_close(name, &found, &expected);
    }
    if case.one_dimensional() {
        let form = if transposed { conv_transpose1d } else { conv1d };
        let found = form(signal(&input), signal(&weight), &line(geometry)).expect("legal");
        case.assert_close("signal", &row(found), &expected);
    }
}

fn max_pooling(case: &Case) {
    let input = case.pooling_input();
    let pooling = case.pooling(&input);
    let expected = case.picture(1);
    for form in [max_pool2d, reference::max_pool2d] {
        let (values, switches) = form(input.view(), &pooling).expect("legal");
        assert_eq!(values, expected, "{}", case.name);
        if case.number("outputs") == Some(2) {
            let (rows, columns) = (input.dim().2, input.dim().3);
            // ONNX numbers the pixels of the whole batch, here of one picture of one channel; storage order 1 is
            // column by column.
            assert_eq!((input.dim().0, input.dim().1), (1, 1));
            let by_column = case.number("storage_order") == Some(1);
            let switches = switches.mapv(|at| if by_column { at % columns * rows + at / columns } else { at });
            assert_eq!(switches, case.integers(2), "{}", case.name);
        }
    }
    if case.one_dimensional() {
        let (values, _) = max_pool1d(signal(&input), &line_pooling(pooling)).expect("legal");
        assert_eq!(row(values), expected, "{}", case.name);
    }
}

fn average_pooling(case: &Case) {
    let input = case.pooling_input();
    let pooling = case.pooling(&input);
    let count_padding = case.number("count_include_pad") == Some(1);
    for form in [average_pool2d, reference::average_pool2d] {
        let found = form(input.view(), &pooling, count_padding).expect("legal");
        case.assert_close("average", &found, &case.picture(1));
    }
    if case.one_dimensional() {
        let found = average_pool1d(signal(&input), &line_pooling(pooling), count_padding).expect("legal");
        case.assert_close("signal", &row(found), &case.picture(1));
    }
}

fn norm_pooling(case: &Case) {
    let input = case.pooling_input();
    let pooling = case.pooling(&input);
    let p = case.number("p").expect("an exponent") as f64;
    for form in [lp_pool2d, reference::lp_pool2d] {
        let found = form(input.view(), &pooling, p).expect("legal");
        case.assert_close("norm", &found, &case.picture(1));
    }
    if case.one_dimensional() {
        let found = lp_pool1d(signal(&input), &line_pooling(pooling), p).expect("legal");
        case.assert_close("signal", &row(found), &case.picture(1));
    }
}

fn unpooling(case: &Case) {
    let (values, switches, expected) = (case.picture(0), case.integers(1), case.picture(2));
    let pooling = case.pooling(&values);
    let usual = pooling.unpooled_size([values.dim().2, values.dim().3]).expect("legal");
    let size = [expected.dim().2, expected.dim().3];
    // ONNX's switches count in the usual size even where the output is given another.
    let switches = switches.mapv(|switch| switch / usual[1] * size[1] + switch % usual[1]);
    for form in [max_unpool2d, reference::max_unpool2d] {
        assert_eq!(form(values.view(), switches.view(), size).as_ref(), Ok(&expected), "{}", case.name);
    }
}

fn folding(case: &Case) {
    let (shape, values) = &case.arrays[0];
    let columns = Array3::from_shape_vec([shape[0], shape[1], shape[2]], values.clone()).expect("three axes");
    let (size, mask) = (case.pair("image_shape", 1), case.pair("block_shape", 1));
    let geometry = case.geometry(size, mask);
    for form in [fold, reference::fold] {
        let found = form(columns.view(), size, mask, &geometry).expect("legal");
        assert_eq!(found, case.picture(1), "{}", case.name);
    }
}

#[test]
fn every_case_of_onnx() {
    let mut counts = BTreeMap::new();
    for case in cases().0 {
        match case.operator {
            "Conv" | "ConvTranspose" => convolution(&case),
            "MaxPool" => max_pooling(&case),
            "AveragePool" => average_pooling(&case),
            "LpPool" => norm_pooling(&case),
            "MaxUnpool" => unpooling(&case),
            "Col2Im" => folding(&case),
            other => panic!("{other} is no operator of this library"),
        }
        *counts.entry(case.operator).or_insert(0) += 1;
    }
    let expected = [
        ("AveragePool", 18),
        ("Col2Im", 4),
        ("Conv", 26),
        ("ConvTranspose", 13),
        ("LpPool", 7),
        ("MaxPool", 20),
        ("MaxUnpool", 2),
    ];
    assert_eq!(counts, BTreeMap::from(expected));
}

/// What is left out has another number of dimensions, other numbers, or is another operator's.
#[test]
fn nothing_is_left_out_without_a_reason() {
    let (_, left_out) = cases();
    let reasons =
        ["three dimensions", "uint8 instead of float32", "another operator's test, written out as several nodes"];
    let of = |reason: &str| left_out.iter().filter(|line| line.ends_with(&format!(": {reason}"))).count();
    assert_eq!(reasons.map(of), [26, 1, 13]);
    assert_eq!(left_out.len(), 40);
}
