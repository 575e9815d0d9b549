//! Properties of pooling, unpooling and their matrices, over random and over hostile windows.
//!
//! Why these can be trusted: the oracle goes window by window through the definition with f64 sums; the matrices
//! and the adjoint identity tie the operations to each other without it. Values are small integers, so that f32
//! sums are exact; only quotients and powers are compared with a tolerance. `convolution_onnx.rs` holds the same
//! operations against values from elsewhere.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::convolution::{
    Axis, ConvolutionError, Part, Pooling, average_pool2d, average_pooling_matrix, lp_pool2d, max_pool2d,
    max_pooling_matrix, max_unpool2d, reference,
};
use ndarray::{Array2, Array4, ArrayView1, Axis as ArrayAxis, array};
use proptest::prelude::*;

/// An array of small integers that depend on the seed.
fn integers(shape: (usize, usize, usize, usize), seed: u32) -> Array4<f32> {
    let mut state = seed;
    Array4::from_shape_simple_fn(shape, || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as f32 % 19.0 - 9.0
    })
}

fn close<'a>(a: impl IntoIterator<Item = &'a f32>, b: impl IntoIterator<Item = &'a f32>) -> bool {
    a.into_iter().zip(b).all(|(a, b)| (a - b).abs() <= 1e-5 * a.abs().max(1.0))
}

prop_compose! {
    /// Pictures up to 12 × 12, windows up to 5 × 5 of which each sees the picture.
    fn problem()(
        shape in [1_usize..3, 1..3, 1..13, 1..13], window in [1_usize..6, 1..6], stride in [1_usize..6, 1..6],
        dilation in [1_usize..4, 1..4], padding in [[0_usize..5, 0..5], [0_usize..5, 0..5]], ceil_mode: bool,
        seed: u32,
    ) -> (Pooling, Array4<f32>) {
        let mut pooling = Pooling { window, stride, padding, dilation, ceil_mode };
        let size = [shape[2], shape[3]];
        // Less dilation, then less padding, until every window sees something and fits.
        for give_way in 0..24 {
            if pooling.output_size(size).is_ok() {
                break;
            }
            let axis = give_way % 2;
            if pooling.dilation[axis] > 1 {
                pooling.dilation[axis] -= 1;
            } else if give_way < 16 {
                pooling.padding[axis] = pooling.padding[axis].map(|padding| padding.saturating_sub(1));
            } else {
                pooling.window[axis] = pooling.window[axis].saturating_sub(1).max(1);
            }
        }
        (pooling, integers(shape.into(), seed))
    }
}

fn first_plane(input: &Array4<f32>) -> Array2<f32> {
    input.index_axis(ArrayAxis(0), 0).index_axis_move(ArrayAxis(0), 0).to_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_fast_forms_are_the_plain_ones((pooling, input) in problem(), count_padding: bool) {
        prop_assume!(pooling.output_size([input.dim().2, input.dim().3]).is_ok());
        let input = input.view();
        prop_assert_eq!(max_pool2d(input, &pooling), reference::max_pool2d(input, &pooling));
        let average = average_pool2d(input, &pooling, count_padding).expect("legal");
        prop_assert!(close(&average, &reference::average_pool2d(input, &pooling, count_padding).expect("legal")));
        for p in [1.0, 2.0, 3.5] {
            let norm = lp_pool2d(input, &pooling, p).expect("legal");
            prop_assert!(close(&norm, &reference::lp_pool2d(input, &pooling, p).expect("legal")));
        }
    }

    /// Backward, stepped and transposed views give what their contiguous copies give.
    #[test]
    fn strides_of_the_views_do_not_matter((pooling, input) in problem()) {
        let view = input.slice(ndarray::s![.., ..;-1, ..;-1, ..;2]).permuted_axes([1, 0, 2, 3]);
        let copy = Array4::from_shape_vec(view.dim(), view.iter().copied().collect()).expect("as many values");
        prop_assert_eq!(max_pool2d(view, &pooling), max_pool2d(copy.view(), &pooling));
        prop_assert_eq!(average_pool2d(view, &pooling, true), average_pool2d(copy.view(), &pooling, true));
    }

    /// The mean is the product with its matrix, whose transpose spreads every value evenly over its window.
    #[test]
    fn the_average_is_the_product_with_its_matrix((pooling, input) in problem(), count_padding: bool) {
        let size = [input.dim().2, input.dim().3];
        prop_assume!(pooling.output_size(size).is_ok());
        let matrix = average_pooling_matrix(size, &pooling, count_padding).expect("legal");
        let patch = first_plane(&input).flatten().to_owned();
        let average = average_pool2d(input.view(), &pooling, count_padding).expect("legal");
        let average = first_plane(&average);
        prop_assert!(close(&patch.dot(&matrix), &average));
        if !count_padding {
            prop_assert!(matrix.columns().into_iter().all(|column| (column.sum() - 1.0).abs() < 1e-5));
        }

        let e = integers((1, 1, 1, matrix.ncols()), 7).flatten().to_owned();
        let spread = matrix.dot(&e);
        let (left, right) = (patch.dot(&matrix).dot(&e), patch.dot(&spread));
        prop_assert!((left - right).abs() <= 1e-3 * left.abs().max(100.0), "{} and {}", left, right);
    }

    /// The maximum is a selection; without overlap unpooling is the transposed selection.
    #[test]
    fn the_maximum_is_the_product_with_its_matrix((pooling, input) in problem()) {
        let size = [input.dim().2, input.dim().3];
        prop_assume!(pooling.output_size(size).is_ok());
        let patch = first_plane(&input);
        let matrix = max_pooling_matrix(patch.view(), &pooling).expect("legal");
        let selects = |column: ArrayView1<f32>| {
            column.sum() == 1.0 && column.iter().all(|&entry| entry == 0.0 || entry == 1.0)
        };
        prop_assert!(matrix.columns().into_iter().all(selects));
        let four = patch.view().insert_axis(ArrayAxis(0)).insert_axis(ArrayAxis(0));
        let (values, switches) = max_pool2d(four, &pooling).expect("legal");
        prop_assert_eq!(patch.flatten().dot(&matrix).to_vec(), values.flatten().to_vec());
        prop_assert!(switches.iter().zip(&values).all(|(&switch, &value)| patch.flatten()[switch] == value));

        let unpooled = max_unpool2d(values.view(), switches.view(), size).expect("legal");
        let plain = reference::max_unpool2d(values.view(), switches.view(), size).expect("legal");
        prop_assert_eq!(&unpooled, &plain);
        let overlap = (0..2).any(|i| pooling.stride[i] < (pooling.window[i] - 1) * pooling.dilation[i] + 1);
        if !overlap {
            prop_assert_eq!(matrix.dot(&values.flatten()).to_vec(), unpooled.flatten().to_vec());
        }
        // Either way each winner is where it was.
        prop_assert!(unpooled.iter().zip(&patch).all(|(&back, &pixel)| back == 0.0 || back == pixel));
    }
}

/// Numbers that break careless arithmetic, among ordinary ones.
fn hostile() -> impl Strategy<Value = usize> {
    prop_oneof![
        8 => 0_usize..6,
        1 => prop_oneof![Just(usize::MAX), Just(usize::MAX / 2 + 1), Just(1 << (usize::BITS / 2)), Just(1 << 26)],
    ]
}

/// Whatever is refused is refused with a sentence that names a value.
fn refused<T>(result: Result<T, ConvolutionError>) -> bool {
    result.err().is_none_or(|error| {
        let sentence = error.to_string();
        sentence.len() > 20 && sentence.contains(|letter: char| letter.is_ascii_digit())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn nothing_panics(
        window in [hostile(), hostile()], stride in [hostile(), hostile()], dilation in [hostile(), hostile()],
        padding in [[hostile(), hostile()], [hostile(), hostile()]], ceil_mode: bool,
        size in [hostile(), hostile()], x in [0_usize..3, 0..3, 0..5, 0..5], p in -1.0..3.0,
        switch in hostile(),
    ) {
        let pooling = Pooling { window, stride, padding, dilation, ceil_mode };
        prop_assert!(refused(pooling.output_size(size)));
        prop_assert!(refused(pooling.unpooled_size(size)));
        let input = integers(x.into(), 3);
        let input = input.view();
        prop_assert!(refused(max_pool2d(input, &pooling)));
        prop_assert!(refused(average_pool2d(input, &pooling, ceil_mode)));
        prop_assert!(refused(lp_pool2d(input, &pooling, p)));
        prop_assert!(refused(average_pooling_matrix([x[2], x[3]], &pooling, ceil_mode)));
        prop_assert!(refused(max_pooling_matrix(Array2::zeros((x[2], x[3])).view(), &pooling)));
        if size[0].saturating_mul(size[1]) < 1 << 16 {
            prop_assert!(refused(max_unpool2d(input, Array4::from_elem(input.dim(), switch).view(), size)));
        }
    }
}

#[test]
fn by_hand() {
    let input = array![[[[1., 2., 6., 3.], [3., 5., 2., 1.], [1., 2., 2., 1.], [7., 3., 4., 8.]]]];
    let pooling = Pooling::default();
    let (values, switches) = max_pool2d(input.view(), &pooling).expect("legal");
    assert_eq!(values, array![[[[5., 6.], [7., 8.]]]]);
    assert_eq!(switches, array![[[[5, 2], [12, 15]]]]);
    let unpooled = max_unpool2d(values.view(), switches.view(), [4, 4]).expect("legal");
    assert_eq!(unpooled, array![[[[0., 0., 6., 0.], [0., 5., 0., 0.], [0., 0., 0., 0.], [7., 0., 0., 8.]]]]);
    assert_eq!(pooling.unpooled_size([2, 2]), Ok([4, 4]));
    assert_eq!(average_pool2d(input.view(), &pooling, true), Ok(array![[[[2.75, 3.], [3.25, 3.75]]]]));
    assert_eq!(lp_pool2d(input.view(), &pooling, 1.0), Ok(array![[[[11., 12.], [13., 15.]]]]));
    let matrix = average_pooling_matrix([4, 4], &pooling, false).expect("legal");
    assert_eq!(matrix.column(1).to_vec(), [0., 0., 0.25, 0.25, 0., 0., 0.25, 0.25, 0., 0., 0., 0., 0., 0., 0., 0.]);
}

/// Negative pictures beside a margin of zeros, equal values, NaN, and minus infinity.
#[test]
fn who_wins() {
    let wide = Pooling { window: [3, 3], stride: [1, 1], padding: [[1, 1], [1, 1]], ..Pooling::default() };
    let (values, switches) = max_pool2d(array![[[[-3., -2.], [-2., -4.]]]].view(), &wide).expect("legal");
    assert!(values.iter().all(|&value| value == -2.0) && switches.iter().all(|&switch| switch == 1));
    let (values, switches) = max_pool2d(array![[[[1., f32::NAN], [9., f32::NAN]]]].view(), &wide).expect("legal");
    assert!(values.iter().all(|value| value.is_nan()) && switches.iter().all(|&switch| switch == 1));
    let least = Array4::from_elem((1, 1, 2, 2), f32::NEG_INFINITY);
    let (values, switches) = max_pool2d(least.view(), &wide).expect("legal");
    assert!(values.iter().all(|&value| value == f32::NEG_INFINITY) && switches.iter().all(|&switch| switch == 0));
}

/// Worked sizes of the ceil rule: 6 columns, windows of 3 every 2, then a window that would start behind the input.
#[test]
fn the_ceil_rule() {
    let size = |window, stride, padding, input| {
        let pooling =
            Pooling { window: [1, window], stride: [1, stride], padding: [[0, 0], padding], ..Pooling::default() };
        let along = |ceil_mode| Pooling { ceil_mode, ..pooling }.output_size([1, input]).expect("legal")[1];
        [along(false), along(true)]
    };
    assert_eq!(size(3, 2, [0, 0], 6), [2, 3]);
    assert_eq!(size(3, 2, [0, 0], 5), [2, 2]);
    assert_eq!(size(1, 2, [0, 0], 2), [1, 1]);
    assert_eq!(size(3, 3, [1, 1], 2), [1, 1]);
    assert_eq!(size(2, 3, [1, 1], 5), [2, 2]);
    // A window larger than the input counts if it may stick out.
    let sticking = Pooling { window: [1, 3], stride: [1, 2], ceil_mode: true, ..Pooling::default() };
    assert_eq!(sticking.output_size([1, 2]), Ok([1, 1]));
    assert_eq!(average_pool2d(array![[[[4., 8.]]]].view(), &sticking, true), Ok(array![[[[6.]]]]));
}

#[test]
fn errors_name_the_value_and_the_range() {
    let size = |pooling: Pooling| pooling.output_size([4, 4]).expect_err("illegal").to_string();
    let default = Pooling::default();
    assert_eq!(size(Pooling { stride: [1, 0], ..default }), "stride is 0 along the columns; it must be at least 1");
    assert_eq!(
        size(Pooling { window: [5, 2], ..default }),
        "the window spans 5 rows, dilation included, but the padded input has only 4; use a smaller window, less \
         dilation or more padding"
    );
    assert_eq!(
        size(Pooling { padding: [[2, 0], [0, 0]], ..default }),
        "the window of output 0 along the rows would see no pixel of the input; use less padding, less dilation or a \
         larger window"
    );
    assert_eq!(
        Pooling { padding: [[0, 0], [0, 2]], ..default }.output_size([4, 4]),
        Err(ConvolutionError::EmptyWindow { axis: Axis::Columns, output: 2 })
    );
    assert_eq!(Pooling { window: [0, 2], ..default }.output_size([4, 4]), Err(ConvolutionError::Empty(Part::Window)));
    assert_eq!(default.output_size([0, 4]), Err(ConvolutionError::Empty(Part::Input)));

    let input = integers((1, 1, 2, 2), 1);
    for (p, said) in [(0.0, "0"), (-2.0, "-2"), (f64::NAN, "NaN"), (f64::INFINITY, "inf")] {
        let sentence = lp_pool2d(input.view(), &default, p).expect_err("illegal").to_string();
        assert_eq!(sentence, format!("the exponent p is {said}; it must be a finite number above 0"));
    }
    let unpool = |switches: Array4<usize>| max_unpool2d(input.view(), switches.view(), [3, 3]);
    assert_eq!(unpool(array![[[[0, 9], [1, 2]]]]), Err(ConvolutionError::Switch { value: 9, limit: 9 }));
    assert_eq!(
        unpool(array![[[[0, 1]]]]),
        Err(ConvolutionError::SwitchesShape { values: (1, 1, 2, 2), switches: (1, 1, 1, 2) })
    );
}
