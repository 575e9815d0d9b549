//! Every padding mode against values that NumPy and SciPy computed.
//!
//! Why these can be trusted: `golden/convolution_padding.txt` holds NumPy's margins, SciPy's correlations and the
//! matrices that both give pixel by pixel for 100 random geometries (`golden/generate_padding.py` says how). All
//! numbers are small integers, so every f32 sum is exact and the comparison is equality.
#![cfg(not(target_arch = "wasm32"))]

use std::str::FromStr;

use deconvolution_explorer::convolution::{
    Geometry, PaddingMode, conv_transpose2d_padded, conv2d_padded, convolution_matrix_padded, pad2d, reference,
};
use ndarray::{Array2, Array4, ArrayView4, Axis};

struct Case {
    mode: PaddingMode,
    geometry: Geometry,
    picture: Array2<f32>,
    mask: Array2<f32>,
    padded: Array2<f32>,
    result: Array2<f32>,
    matrix: Array2<f32>,
}

fn numbers<T: FromStr>(text: &str) -> Vec<T> {
    text.split_whitespace().map(|word| word.parse().ok().expect("a number")).collect()
}

fn array2(line: &str) -> Array2<f32> {
    let (shape, values) = line.split_once(':').expect("shape : values");
    let shape: [usize; 2] = numbers(shape).try_into().expect("two axes");
    Array2::from_shape_vec(shape, numbers(values)).expect("as many values as the shape says")
}

fn cases() -> Vec<Case> {
    let parse = |case: &str| {
        let mut lines = case.lines();
        let (name, rest) = lines.next()?.split_once(' ')?;
        let mode = PaddingMode::ALL.into_iter().find(|mode| mode.slug() == name)?;
        let [sy, sx, top, bottom, left, right, dy, dx] = numbers(rest).try_into().ok()?;
        let padding = [[top, bottom], [left, right]];
        let geometry = Geometry { stride: [sy, sx], padding, dilation: [dy, dx], ..Geometry::default() };
        let mut array = || lines.next().map(array2);
        let (picture, mask, padded, result, matrix) = (array()?, array()?, array()?, array()?, array()?);
        Some(Case { mode, geometry, picture, mask, padded, result, matrix })
    };
    let text = include_str!("golden/convolution_padding.txt");
    text.trim().split("\n\n").map(|case| parse(case).expect("a case")).collect()
}

fn four(plane: &Array2<f32>) -> ArrayView4<'_, f32> {
    plane.view().insert_axis(Axis(0)).insert_axis(Axis(0))
}

fn plane(four: Array4<f32>) -> Array2<f32> {
    four.index_axis_move(Axis(0), 0).index_axis_move(Axis(0), 0)
}

#[test]
fn numpy_and_scipy_agree() {
    let cases = cases();
    for mode in PaddingMode::ALL {
        assert_eq!(cases.iter().filter(|case| case.mode == mode).count(), 25);
    }
    for (number, Case { mode, geometry, picture, mask, padded, result, matrix }) in cases.iter().enumerate() {
        let (mode, context) = (*mode, format!("case {number}, {mode:?}, {geometry:?}"));
        for form in [pad2d, reference::pad2d] {
            assert_eq!(&plane(form(four(picture), geometry.padding, mode).expect("legal")), padded, "{context}");
        }
        for form in [conv2d_padded, reference::conv2d_padded] {
            assert_eq!(&plane(form(four(picture), four(mask), geometry, mode).expect("legal")), result, "{context}");
        }
        let size = picture.dim().into();
        let own = convolution_matrix_padded(mask.view(), size, geometry, mode).expect("legal");
        assert_eq!(&own, matrix, "{context}");

        // E·Cᵀ with their C.
        let e = result.mapv(|value| value % 7.0);
        for form in [conv_transpose2d_padded, reference::conv_transpose2d_padded] {
            let back = plane(form(four(&e), four(mask), size, geometry, mode).expect("legal"));
            assert_eq!(back.flatten().to_vec(), matrix.dot(&e.flatten()).to_vec(), "{context}");
        }
    }
}
