//! Unfolding, folding, one dimension and automatic padding, each against what it is a form of.
//!
//! Why these can be trusted: the oracle of unfolding goes entry by entry through the definition; products with
//! unfolded columns must be the convolution, signals must be pictures of one row, and sizes must be the ones asked
//! for. Values are small integers, so that f32 sums are exact and equality is asked for. `convolution_onnx.rs` holds
//! all of them against values from elsewhere.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::convolution::{
    ConvolutionError, Geometry, Geometry1d, Part, Pooling, Pooling1d, SamePadding, average_pool1d, average_pool2d,
    conv_transpose1d, conv_transpose2d, conv1d, conv2d, fold, lp_pool1d, lp_pool2d, max_pool1d, max_pool2d,
    max_unpool1d, reference, unfold,
};
use ndarray::{Array3, Array4, Axis, array};
use proptest::prelude::*;

/// An array of small integers that depend on the seed.
fn integers(shape: (usize, usize, usize, usize), seed: u32) -> Array4<f32> {
    let mut state = seed;
    Array4::from_shape_simple_fn(shape, || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as f32 % 19.0 - 9.0
    })
}

fn dot<'a>(a: impl IntoIterator<Item = &'a f32>, b: impl IntoIterator<Item = &'a f32>) -> f64 {
    a.into_iter().zip(b).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum()
}

prop_compose! {
    /// Whether the mask fits is another matter.
    fn geometry()(
        stride in [1_usize..4, 1..4], dilation in [1_usize..4, 1..4],
        padding in [[0_usize..5, 0..5], [0_usize..5, 0..5]], more in [0_usize..4, 0..4],
    ) -> Geometry {
        let output_padding = [0, 1].map(|i| more[i] % stride[i].max(dilation[i]));
        Geometry { stride, padding, dilation, output_padding, groups: 1 }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn unfolded_columns_times_weights_are_the_convolution(
        geometry in geometry(), shape in [1_usize..3, 1..4, 1..13, 1..13], mask in [1_usize..6, 1..6],
        outputs in 1_usize..4, seed: u32,
    ) {
        let size = [shape[2], shape[3]];
        prop_assume!(geometry.output_size(size, mask).is_ok());
        let input = integers(shape.into(), seed);
        let weight = integers((outputs, shape[1], mask[0], mask[1]), !seed);
        let columns = unfold(input.view(), mask, &geometry).expect("legal");
        prop_assert_eq!(&columns, &reference::unfold(input.view(), mask, &geometry).expect("legal"));

        let direct = conv2d(input.view(), weight.view(), &geometry).expect("legal");
        let unrolled = weight.to_shape((outputs, shape[1] * mask[0] * mask[1])).expect("as many values");
        for (columns, direct) in columns.outer_iter().zip(direct.outer_iter()) {
            prop_assert_eq!(unrolled.dot(&columns).flatten().to_vec(), direct.flatten().to_vec());
        }

        let y = integers((1, columns.dim().0, columns.dim().1, columns.dim().2), seed ^ 0x5555_5555);
        let y = y.index_axis_move(Axis(0), 0);
        let folded = fold(y.view(), size, mask, &geometry).expect("legal");
        prop_assert_eq!(&folded, &reference::fold(y.view(), size, mask, &geometry).expect("legal"));
        prop_assert_eq!(dot(&columns, &y), dot(&input, &folded));
    }

    #[test]
    fn signals_are_pictures_of_one_row(
        stride in 1_usize..4, padding in [0_usize..4, 0..4], dilation in 1_usize..4, more in 0_usize..4,
        groups in 1_usize..3, length in 1_usize..20, window in 1_usize..5, ceil_mode: bool, seed: u32,
    ) {
        let geometry = Geometry1d { stride, padding, dilation, output_padding: more % stride.max(dilation), groups };
        let picture = integers((2, 2 * groups, 1, length), seed);
        let signal = picture.index_axis(Axis(2), 0);
        let weight = integers((2 * groups, 2, 1, window), !seed);
        let mask = weight.index_axis(Axis(2), 0);
        let row = |picture: Array4<f32>| picture.index_axis_move(Axis(2), 0);
        prop_assert_eq!(
            conv1d(signal, mask, &geometry), conv2d(picture.view(), weight.view(), &geometry.into()).map(row)
        );
        prop_assert_eq!(
            conv_transpose1d(signal, mask, &geometry),
            conv_transpose2d(picture.view(), weight.view(), &geometry.into()).map(row)
        );
        let pooling = Pooling1d { window, stride, padding, dilation, ceil_mode };
        prop_assert_eq!(
            average_pool1d(signal, &pooling, ceil_mode),
            average_pool2d(picture.view(), &pooling.into(), ceil_mode).map(row)
        );
        prop_assert_eq!(lp_pool1d(signal, &pooling, 2.0), lp_pool2d(picture.view(), &pooling.into(), 2.0).map(row));
        let pooled = max_pool1d(signal, &pooling);
        let (values, switches) = match (pooled, max_pool2d(picture.view(), &pooling.into())) {
            (Ok(pooled), Ok(expected)) => {
                prop_assert_eq!(&pooled.0, &row(expected.0));
                pooled
            }
            (pooled, expected) => {
                prop_assert_eq!(pooled.err(), expected.err());
                return Ok(());
            }
        };
        let unpooled = max_unpool1d(values.view(), switches.view(), length).expect("switches of this length");
        for ((n, c, i), &switch) in switches.indexed_iter() {
            prop_assert_eq!(unpooled[[n, c, switch]], values[[n, c, i]]);
        }
    }

    /// The sizes that were wished for, halves that differ by at most one, and the odd one on the right side.
    #[test]
    fn automatic_padding_gives_the_size(
        geometry in geometry(), size in [1_usize..13, 1..13], mask in [1_usize..6, 1..6], lower: bool,
    ) {
        let same = if lower { SamePadding::Lower } else { SamePadding::Upper };
        let balanced = |padding: [[usize; 2]; 2]| {
            padding.iter().all(|&[before, after]| {
                let [less, more] = if lower { [after, before] } else { [before, after] };
                more == less || more == less + 1
            })
        };
        let divided = [0, 1].map(|i| size[i].div_ceil(geometry.stride[i]));
        let convolution = geometry.with_same_padding(size, mask, same).expect("legal");
        prop_assert_eq!(convolution.output_size(size, mask), Ok(divided));
        prop_assert!(balanced(convolution.padding));

        let pooling = Pooling {
            window: mask, stride: geometry.stride, padding: geometry.padding, dilation: [1; 2], ceil_mode: false
        };
        let pooling = pooling.with_same_padding(size, same).expect("legal");
        prop_assert_eq!(pooling.output_size(size), Ok(divided));
        prop_assert!(balanced(pooling.padding));

        let multiplied = [0, 1].map(|i| size[i] * geometry.stride[i]);
        let transposed = geometry.with_same_transposed_padding(size, mask, same).expect("legal");
        prop_assert_eq!(transposed.transposed_output_size(size, mask), Ok(multiplied));
        prop_assert!(balanced(transposed.padding));

        // Every size up to the largest can be had, and none above.
        let bare = Geometry { padding: [[0; 2]; 2], ..geometry };
        let largest = Geometry { output_padding: [0, 1].map(|i| bare.stride[i].max(bare.dilation[i]) - 1), ..bare };
        let largest = largest.transposed_output_size(size, mask).expect("legal");
        for rows in 0..largest[0] + 3 {
            match geometry.with_transposed_size(size, mask, [rows, largest[1]], same) {
                Ok(geometry) => {
                    prop_assert!(balanced(geometry.padding));
                    prop_assert_eq!(geometry.transposed_output_size(size, mask), Ok([rows, largest[1]]));
                }
                Err(error) => {
                    prop_assert!(rows == 0 || rows > largest[0]);
                    prop_assert!(error.to_string().ends_with(&largest[0].to_string()));
                }
            }
        }
    }
}

/// Numbers that break careless arithmetic, among ordinary ones.
fn hostile() -> impl Strategy<Value = usize> {
    prop_oneof![
        6 => 0_usize..6,
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
        stride in [hostile(), hostile()], dilation in [hostile(), hostile()],
        padding in [[hostile(), hostile()], [hostile(), hostile()]], output_padding in [hostile(), hostile()],
        groups in 0_usize..3, size in [hostile(), hostile()], mask in [hostile(), hostile()],
        shape in [0_usize..3, 0..3, 0..4, 0..4], ceil_mode: bool,
    ) {
        let geometry = Geometry { stride, padding, dilation, output_padding, groups };
        let input = integers(shape.into(), 3);
        let columns: Array3<f32> = Array3::zeros((shape[0], shape[1] * shape[2], shape[3]));
        let small = |output: Result<[usize; 2], _>| output.map_or(true, |[a, b]| a * b < 1 << 10);
        let few = mask[0].saturating_mul(mask[1]) < 1 << 10;
        if few && small(geometry.output_size([shape[2], shape[3]], mask)) {
            prop_assert!(refused(unfold(input.view(), mask, &geometry)));
        }
        if size[0].saturating_mul(size[1]) < 1 << 16 {
            prop_assert!(refused(fold(columns.view(), size, mask, &geometry)));
        }
        for same in [SamePadding::Upper, SamePadding::Lower] {
            prop_assert!(refused(geometry.with_same_padding(size, mask, same)));
            prop_assert!(refused(geometry.with_same_transposed_padding(size, mask, same)));
            prop_assert!(refused(geometry.with_transposed_size([shape[2], shape[3]], mask, size, same)));
            let pooling = Pooling { window: mask, stride, padding, dilation, ceil_mode };
            prop_assert!(refused(pooling.with_same_padding(size, same)));
        }
    }
}

#[test]
fn by_hand() {
    let input = array![[[[1., 2., 3.], [4., 5., 6.]]]];
    let columns = unfold(input.view(), [2, 2], &Geometry::default()).expect("legal");
    assert_eq!(columns, array![[[1., 2.], [2., 3.], [4., 5.], [5., 6.]]]);
    let folded = fold(columns.view(), [2, 3], [2, 2], &Geometry::default()).expect("legal");
    assert_eq!(folded, array![[[[1., 4., 3.], [4., 10., 6.]]]]);

    let signal = conv1d(array![[[1., 2., 4.]]].view(), array![[[1., 10.]]].view(), &Geometry1d::default());
    assert_eq!(signal, Ok(array![[[21., 42.]]]));
    let (values, switches) = max_pool1d(array![[[1., 5., 2., 3.]]].view(), &Pooling1d::of_window(2)).expect("legal");
    assert_eq!((values, switches), (array![[[5., 3.]]], array![[[1, 3]]]));

    let same = |same| Geometry::default().with_same_padding([4, 4], [2, 3], same).map(|geometry| geometry.padding);
    assert_eq!(same(SamePadding::Upper), Ok([[0, 1], [1, 1]]));
    assert_eq!(same(SamePadding::Lower), Ok([[1, 0], [1, 1]]));
}

#[test]
fn errors_name_the_value_and_the_range() {
    let fold = |shape, size| fold(Array3::zeros(shape).view(), size, [2, 2], &Geometry::default());
    assert_eq!(fold((1, 6, 4), [3, 3]), Err(ConvolutionError::ColumnEntries { found: 6, mask: 4 }));
    assert_eq!(fold((1, 4, 5), [3, 3]), Err(ConvolutionError::ColumnCount { found: 5, expected: 4 }));
    assert_eq!(fold((1, 0, 4), [3, 3]), Err(ConvolutionError::Empty(Part::Columns)));
    assert_eq!(
        fold((1, 4, 5), [3, 3]).expect_err("illegal").to_string(),
        "there are 5 columns; this output and mask ask for 4"
    );
    let wish = Geometry::default().with_transposed_size([3, 3], [3, 3], [5, 6], SamePadding::Lower);
    assert_eq!(
        wish.expect_err("illegal").to_string(),
        "the output size is 6 along the columns; this input and geometry allow 1 to 5"
    );
    let same = Geometry::default().with_same_padding([3, 0], [3, 3], SamePadding::Upper);
    assert_eq!(same, Err(ConvolutionError::Empty(Part::Input)));
}
