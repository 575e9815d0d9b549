//! Up-sampling against onnxruntime, against other ways to the same pixels, and overlaps against painting.
//!
//! Why these can be trusted: `golden/upsampling_resize.txt` was made by onnxruntime's `Resize`
//! (`golden/generate_convolution.py` says how); bilinear interpolation and the transposed convolution with the tent
//! mask are two programs that must agree; and overlaps are counted a second time by painting ones.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::convolution::{Axis, Geometry, MAX_ELEMENTS};
use deconvolution_explorer::upsampling::{
    UpsamplingError, bilinear, evenness, flat_mask, nearest, overlap_counts, overlap_counts_1d, tent_mask, transposed,
};
use ndarray::{Array2, ArrayView2, array, s};
use proptest::prelude::*;

fn array2(line: &str) -> Array2<f32> {
    let (shape, values) = line.split_once(':').expect("shape : values");
    let shape: Vec<usize> = shape.split_whitespace().map(|word| word.parse().expect("a length")).collect();
    let values = values.split_whitespace().map(|word| word.parse().expect("a value")).collect();
    Array2::from_shape_vec((shape[0], shape[1]), values).expect("as many values as the shape says")
}

/// A plane without symmetries.
fn plane(height: usize, width: usize) -> Array2<f32> {
    Array2::from_shape_fn((height, width), |(y, x)| ((7 * y * y + 13 * x + 5 * x * y) % 17) as f32)
}

fn assert_close(a: ArrayView2<f32>, b: ArrayView2<f32>) {
    assert_eq!(a.dim(), b.dim());
    for ((position, a), b) in a.indexed_iter().zip(b) {
        assert!((a - b).abs() <= 1e-5 * b.abs().max(1.0), "{a} instead of {b} at {position:?}");
    }
}

/// Enlarges a plane by a whole factor.
type Enlarge = fn(ArrayView2<f32>, usize) -> Result<Array2<f32>, UpsamplingError>;

/// What enlarges by a whole factor, by name; the masks have the sides that show the checkerboard (3) and its absence (4)
/// for the factor 2.
const WAYS: [(&str, Enlarge); 4] = [
    ("nearest", nearest),
    ("bilinear", bilinear),
    ("flat mask of 3", |plane, factor| transposed(plane, flat_mask(3, factor)?.view(), factor)),
    ("tent mask of 4", |plane, factor| transposed(plane, tent_mask(4, factor)?.view(), factor)),
];

#[test]
fn onnxruntime_agrees() {
    for case in include_str!("golden/upsampling_resize.txt").trim().split("\n\n") {
        let lines: Vec<&str> = case.lines().collect();
        let (id, factor) = lines[0].split_once(' ').expect("name and factor");
        let (_, enlarge) = WAYS.iter().find(|(way, _)| *way == id).expect("a way");
        let (input, output) = (array2(lines[1]), array2(lines[2]));
        let ours = enlarge(input.view(), factor.parse().expect("a factor")).expect("legal");
        if id == "nearest" {
            assert_eq!(ours, output);
        } else {
            assert!((&ours - &output).iter().all(|error| error.abs() <= 1e-4), "{case}");
        }
    }
}

/// With k = 2s − s mod 2 the tent is the interpolation, away from the rim, where it fades to 0 instead.
#[test]
fn bilinear_is_a_transposed_convolution_inside() {
    for factor in 1..=6 {
        let mask = tent_mask(2 * factor - factor % 2, factor).expect("legal");
        for plane in [plane(5, 9), plane(2, 40)] {
            let rim = factor / 2;
            let inside =
                |whole: &Array2<f32>| whole.slice(s![rim..whole.nrows() - rim, rim..whole.ncols() - rim]).to_owned();
            let painted = transposed(plane.view(), mask.view(), factor).expect("legal");
            let interpolated = bilinear(plane.view(), factor).expect("legal");
            assert_close(inside(&painted).view(), inside(&interpolated).view());
        }
    }
}

#[test]
fn a_constant_picture_shows_the_checkerboard_exactly_if_the_overlap_is_uneven() {
    let constant = Array2::ones((20, 21));
    for stride in 1..=4 {
        for side in stride..=9 {
            let mask = flat_mask(side, stride).expect("legal");
            let output = transposed(constant.view(), mask.view(), stride).expect("legal");
            assert_eq!(output.dim(), (20 * stride, 21 * stride));
            let inside = output.slice(s![side..20 * stride - side, side..21 * stride - side]);
            let flat = inside.iter().all(|value| (value - 1.0).abs() < 1e-5);
            assert_eq!(flat, evenness(side, stride).expect("legal").is_even(), "side {side}, stride {stride}");
        }
    }
    let mask = flat_mask(3, 2).expect("legal");
    let output = transposed(constant.view(), mask.view(), 2).expect("legal");
    let ratio = output[[6, 6]] / output[[7, 7]];
    assert!((ratio - 0.25).abs() < 1e-6 || (ratio - 4.0).abs() < 1e-6, "{ratio}");
}

#[test]
fn a_mask_is_centred_on_its_pixel() {
    let point = array![[0., 0., 0.], [0., 1., 0.], [0., 0., 0.]];
    for (stride, side) in [(2, 4), (2, 6), (3, 5), (1, 3), (4, 4)] {
        let output = transposed(point.view(), flat_mask(side, stride).expect("legal").view(), stride).expect("legal");
        assert_eq!(output, output.slice(s![..;-1, ..;-1]), "stride {stride}, side {side}");
    }
    // An odd difference lies half a pixel before the centre, which is at 2.5 here.
    let output = transposed(point.view(), flat_mask(3, 2).expect("legal").view(), 2).expect("legal");
    let painted: Vec<usize> = (0..6).filter(|&x| output[[2, x]] > 0.0).collect();
    assert_eq!(painted, [1, 2, 3]);
    // A mask smaller than the stride leaves holes after it.
    let output = transposed(point.view(), flat_mask(1, 2).expect("legal").view(), 2).expect("legal");
    assert_eq!(output.indexed_iter().filter(|(_, v)| **v > 0.0).map(|(at, _)| at).collect::<Vec<_>>(), [(2, 2)]);
}

#[test]
fn the_textbook_counts() {
    let stride_2 = Geometry { stride: [2; 2], ..Geometry::default() };
    assert_eq!(overlap_counts_1d(4, 3, &stride_2, Axis::Rows), Ok(vec![1, 1, 2, 1, 2, 1, 2, 1, 1]));
    assert_eq!(overlap_counts_1d(3, 4, &stride_2, Axis::Columns), Ok(vec![1, 1, 2, 2, 2, 2, 1, 1]));
    let counts = overlap_counts([4, 4], [3, 3], &stride_2).expect("legal");
    assert_eq!(counts.slice(s![3..5, 3..5]), array![[1, 2], [2, 4]]);

    let verdict = |mask, stride| evenness(mask, stride).map(|verdict| (verdict.remainder, verdict.nearest_even));
    assert_eq!(verdict(3, 2), Ok((1, 4)));
    assert_eq!(verdict(4, 2), Ok((0, 4)));
    assert_eq!(verdict(7, 3), Ok((1, 6)));
    assert_eq!(verdict(1, 3), Ok((1, 3)));
    assert_eq!(verdict(usize::MAX, 2), Ok((1, usize::MAX - 1)));
}

#[test]
fn illegal_values_are_answered_with_an_error() {
    let one = Array2::ones((1, 1));
    for (name, enlarge) in WAYS {
        assert_eq!(enlarge(one.view(), 0), Err(UpsamplingError::ZeroFactor), "{name}");
        assert_eq!(enlarge(Array2::zeros((0, 3)).view(), 2), Err(UpsamplingError::EmptyPlane), "{name}");
        for factor in [usize::MAX, MAX_ELEMENTS, 1 << 14] {
            let refusal = Err(UpsamplingError::ResultTooLarge { largest: 1 << 13 });
            assert_eq!(enlarge(one.view(), factor), refusal, "{name}");
        }
    }
    assert_eq!(transposed(one.view(), one.view(), 0), Err(UpsamplingError::ZeroFactor));
    assert_eq!(transposed(one.view(), Array2::zeros((0, 2)).view(), 2), Err(UpsamplingError::EmptyMask));
    for make in [flat_mask, tent_mask] {
        assert_eq!(make(3, 0), Err(UpsamplingError::ZeroFactor));
        assert_eq!(make(0, 2), Err(UpsamplingError::EmptyMask));
        assert_eq!(make(usize::MAX, 2), Err(UpsamplingError::TooLarge));
    }
    assert!(evenness(0, 1).is_err() && evenness(1, 0).is_err());
}

/// Paints ones, pixel by pixel, onto an axis and crops.
fn paint(input: usize, mask: usize, geometry: &Geometry, i: usize, size: usize) -> Vec<u32> {
    let mut painted = vec![0; 1000];
    for pixel in 0..input {
        for tap in 0..mask {
            painted[pixel * geometry.stride[i] + tap * geometry.dilation[i]] += 1;
        }
    }
    painted[geometry.padding[i][0]..][..size].to_vec()
}

proptest! {
    #[test]
    fn overlaps_are_what_painting_ones_gives(
        input in [1_usize..9, 1..9], mask in [1_usize..7, 1..7], stride in [1_usize..5, 1..5],
        dilation in [1_usize..5, 1..5], padding in [[0_usize..6, 0..6], [0..6, 0..6]], more in [0_usize..5, 0..5],
    ) {
        let output_padding = [0, 1].map(|i| more[i] % stride[i].max(dilation[i]));
        let geometry = Geometry { stride, padding, dilation, output_padding, groups: 1 };
        let Ok([rows, columns]) = geometry.transposed_output_size(input, mask) else {
            prop_assert!(overlap_counts(input, mask, &geometry).is_err());
            return Ok(());
        };
        let down = paint(input[0], mask[0], &geometry, 0, rows);
        let across = paint(input[1], mask[1], &geometry, 1, columns);
        let plane = Array2::from_shape_fn((rows, columns), |(y, x)| down[y] * across[x]);
        prop_assert_eq!(overlap_counts(input, mask, &geometry), Ok(plane));
        prop_assert_eq!(overlap_counts_1d(input[0], mask[0], &geometry, Axis::Rows), Ok(down));
        prop_assert_eq!(overlap_counts_1d(input[1], mask[1], &geometry, Axis::Columns), Ok(across));
    }

    #[test]
    fn hostile_overlaps_do_not_panic(
        input in hostile(), mask in hostile(), stride in hostile(), dilation in hostile(),
        padding in [hostile(), hostile()], output_padding in hostile(),
    ) {
        let geometry = Geometry {
            stride: [stride; 2], padding: [padding; 2], dilation: [dilation; 2], output_padding: [output_padding; 2],
            groups: 1,
        };
        // Every pixel meets every entry of the mask once; padding crops some of these pairs away.
        let pairs = input as u128 * mask as u128;
        let is_whole = |sum: u128| if padding == [0, 0] { sum == pairs } else { sum <= pairs };
        let is_told = |error: UpsamplingError| error.to_string().split(' ').count() >= 4;
        match overlap_counts_1d(input, mask, &geometry, Axis::Rows) {
            Ok(counts) => {
                prop_assert!(is_whole(counts.iter().map(|count| u128::from(*count)).sum()));
                let length = (input - 1) * stride + (mask - 1) * dilation + output_padding + 1 - padding[0] - padding[1];
                prop_assert_eq!(counts.len(), length);
            }
            Err(error) => prop_assert!(is_told(error), "{}", error),
        }
        match overlap_counts([input, 1], [1, mask], &geometry) {
            Ok(counts) => prop_assert!(is_whole(counts.iter().map(|count| u128::from(*count)).sum())),
            Err(error) => prop_assert!(is_told(error), "{}", error),
        }
        match evenness(mask, stride) {
            Ok(found) => {
                prop_assert_eq!(found.remainder, mask % stride);
                prop_assert!(found.nearest_even >= stride && found.nearest_even.is_multiple_of(stride));
                prop_assert_eq!(found.is_even(), found.nearest_even == mask);
            }
            Err(error) => prop_assert!([mask, stride].contains(&0) && is_told(error), "{}", error),
        }
    }

    #[test]
    fn strides_of_the_view_do_not_matter(height in 1_usize..6, width in 1_usize..40, factor in 1_usize..5) {
        let whole = plane(2 * width, height);
        let view = whole.slice(s![..;-2, ..]).reversed_axes();
        let packed = Array2::from_shape_vec(view.dim(), view.iter().copied().collect()).expect("as many values");
        for (name, enlarge) in WAYS {
            prop_assert_eq!(enlarge(view, factor), enlarge(packed.view(), factor), "{}", name);
        }
        prop_assert_eq!(nearest(view, 1), Ok(packed));
    }
}

/// Numbers that break careless arithmetic, among ordinary ones.
fn hostile() -> impl Strategy<Value = usize> {
    prop_oneof![
        4 => 0_usize..6,
        1 => prop_oneof![Just(usize::MAX), Just(usize::MAX / 2), Just(1 << (usize::BITS / 2)), Just(1 << 20)],
    ]
}
