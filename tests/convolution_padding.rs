//! Properties of both convolutions, their matrices and zero insertion, with every padding mode.
//!
//! Why these can be trusted: the oracle is the definition in plain loops with f64 sums, which finds margins by
//! continuing the input without end instead of by the rules that the fast forms use; matrix, adjoint identity and
//! gradient tie the operations to each other without it. Values are small integers, so that f32 sums are exact and
//! equality is asked for.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::convolution::{
    Axis, ConvolutionError, Geometry, PaddingMode, Part, conv_transpose2d, conv_transpose2d_padded, conv2d,
    conv2d_padded, convolution_matrix, convolution_matrix_padded, convolution_terms, flip_mask, flip_weight,
    fold_margin, pad2d, reference, transposed_matrix, zero_insertion,
};
use ndarray::{Array2, Array4, ArrayView2, ArrayView4, array};
use proptest::prelude::*;

/// An array of small integers that depend on the seed.
fn integers(shape: (usize, usize, usize, usize), seed: u32) -> Array4<f32> {
    let mut state = seed;
    Array4::from_shape_simple_fn(shape, || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as f32 % 19.0 - 9.0
    })
}

fn dot(a: &Array4<f32>, b: &Array4<f32>) -> f64 {
    assert_eq!(a.dim(), b.dim());
    a.iter().zip(b).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum()
}

fn four(plane: ArrayView2<f32>) -> ArrayView4<f32> {
    plane.insert_axis(ndarray::Axis(0)).insert_axis(ndarray::Axis(0))
}

#[derive(Clone, Debug)]
struct Problem {
    geometry: Geometry,
    mode: PaddingMode,
    size: [usize; 2],
    mask: [usize; 2],
    /// Batch, input and output channels of a group.
    channels: [usize; 3],
    seed: u32,
}

impl Problem {
    /// Input and weights of the convolution.
    fn arrays(&self) -> (Array4<f32>, Array4<f32>) {
        let ([batch, inputs, outputs], groups) = (self.channels, self.geometry.groups);
        (
            integers((batch, inputs * groups, self.size[0], self.size[1]), self.seed),
            integers((outputs * groups, inputs, self.mask[0], self.mask[1]), !self.seed),
        )
    }

    /// A patch and a mask.
    fn planes(&self) -> (Array2<f32>, Array2<f32>) {
        let plane = |size: [usize; 2], seed| {
            integers((1, 1, size[0], size[1]), seed).into_shape_with_order(size).expect("as many values")
        };
        (plane(self.size, self.seed), plane(self.mask, !self.seed))
    }

    fn single(self) -> Self {
        Self { geometry: Geometry { groups: 1, ..self.geometry }, channels: [1; 3], ..self }
    }
}

prop_compose! {
    /// Patches up to 12 × 12, masks up to 5 × 5; the padding keeps to the mode's limit, and the mask fits.
    fn problem()(
        size in [1_usize..13, 1..13], mask in [1_usize..6, 1..6], stride in [1_usize..4, 1..4],
        dilation in [1_usize..4, 1..4], padding in [[0_usize..7, 0..7], [0_usize..7, 0..7]],
        more in [0_usize..4, 0..4], mode in prop::sample::select(&PaddingMode::ALL[..]),
        channels in [1_usize..3, 1..3, 1..3], groups in 1_usize..3, seed: u32,
    ) -> Problem {
        let mut problem = Problem { geometry: Geometry { stride, groups, ..Geometry::default() }, mode, size, mask, channels, seed };
        for i in 0..2 {
            let limit = mode.limit(size[i]).unwrap_or(usize::MAX);
            let padding = padding[i].map(|padding| padding.min(limit));
            let padded = size[i] + padding[0] + padding[1];
            problem.mask[i] = mask[i].min(padded);
            problem.geometry.padding[i] = padding;
            problem.geometry.dilation[i] = match problem.mask[i] - 1 {
                0 => dilation[i],
                steps => dilation[i].min((padded - 1) / steps),
            };
            problem.geometry.output_padding[i] = more[i] % stride[i].max(problem.geometry.dilation[i]);
        }
        problem
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn margins_are_the_input_continued(problem in problem()) {
        let (input, _) = problem.arrays();
        let (padding, mode) = (problem.geometry.padding, problem.mode);
        let padded = pad2d(input.view(), padding, mode).expect("legal");
        prop_assert_eq!(&padded, &reference::pad2d(input.view(), padding, mode).expect("legal"));

        let y = integers(padded.dim(), problem.seed ^ 0x5555_5555);
        let folded = fold_margin(y.view(), padding, mode).expect("legal");
        prop_assert_eq!(&folded, &reference::fold_margin(y.view(), padding, mode).expect("legal"));
        prop_assert_eq!(dot(&padded, &y), dot(&input, &folded));
    }

    #[test]
    fn padded_convolutions_are_the_plain_ones_and_adjoint(problem in problem()) {
        let Problem { geometry, mode, size, .. } = problem;
        let (input, weight) = problem.arrays();
        let forward = conv2d_padded(input.view(), weight.view(), &geometry, mode).expect("legal");
        prop_assert_eq!(&forward, &reference::conv2d_padded(input.view(), weight.view(), &geometry, mode).expect("legal"));

        let y = integers(forward.dim(), problem.seed ^ 0x5555_5555);
        let back = conv_transpose2d_padded(y.view(), weight.view(), size, &geometry, mode).expect("legal");
        prop_assert_eq!(
            &back, &reference::conv_transpose2d_padded(y.view(), weight.view(), size, &geometry, mode).expect("legal")
        );
        prop_assert_eq!(dot(&forward, &y), dot(&input, &back));
    }

    /// D·C is the convolution and E·Cᵀ the transposed one, whatever stands in the margin.
    #[test]
    fn the_matrix_is_both_convolutions(problem in problem()) {
        let problem = problem.single();
        let Problem { geometry, mode, size, .. } = problem;
        let (patch, mask) = problem.planes();
        let matrix = convolution_matrix_padded(mask.view(), size, &geometry, mode).expect("legal");
        let direct = conv2d_padded(four(patch.view()), four(mask.view()), &geometry, mode).expect("legal");
        prop_assert_eq!(patch.flatten().dot(&matrix).to_vec(), direct.flatten().to_vec());

        let e = integers(direct.dim(), problem.seed ^ 0x5555_5555);
        let back = conv_transpose2d_padded(e.view(), four(mask.view()), size, &geometry, mode).expect("legal");
        prop_assert_eq!(matrix.dot(&e.flatten()).to_vec(), back.flatten().to_vec());

        let terms = convolution_terms(problem.mask, size, &geometry, mode).expect("legal");
        let mut sums = vec![0.0; direct.len()];
        for term in &terms {
            sums[term.output] += patch.flatten()[term.input] * mask.flatten()[term.tap];
        }
        prop_assert_eq!(sums, direct.flatten().to_vec());
        prop_assert!(terms.is_sorted_by_key(|term| (term.output, term.tap)));
    }

    /// Painting, the matrix, zero insertion and the gradient: the transposed convolution four times.
    #[test]
    fn transposed_in_every_way(problem in problem()) {
        let problem = problem.single();
        let Problem { geometry, size, .. } = problem;
        let (e, mask) = problem.planes();
        let output = geometry.transposed_output_size(size, problem.mask);
        prop_assume!(output.is_ok());
        let output = output.expect("just checked");
        let painted = reference::conv_transpose2d(four(e.view()), four(mask.view()), &geometry).expect("legal");
        prop_assert_eq!(&conv_transpose2d(four(e.view()), four(mask.view()), &geometry).expect("legal"), &painted);

        let matrix = transposed_matrix(mask.view(), size, &geometry).expect("legal");
        prop_assert_eq!(e.flatten().dot(&matrix).to_vec(), painted.flatten().to_vec());

        let spread = zero_insertion(e.view(), &geometry, problem.mask).expect("legal");
        let gather = Geometry { dilation: geometry.dilation, ..Geometry::default() };
        let gathered = conv2d(four(spread.view()), four(flip_mask(mask.view()).view()), &gather).expect("legal");
        prop_assert_eq!(&gathered, &painted);
        let flipped = flip_weight(four(mask.view()));
        prop_assert_eq!(&reference::conv2d(four(spread.view()), flipped.view(), &gather).expect("legal"), &painted);

        if geometry.output_size(output, problem.mask) == Ok(size) {
            let forward = convolution_matrix(mask.view(), output, &geometry).expect("legal");
            prop_assert_eq!(&matrix, &forward.t());
            // The convolution is linear, so a difference of any step, here 1, is its derivative.
            let loss = |d: &Array2<f32>| {
                dot(&conv2d(four(d.view()), four(mask.view()), &geometry).expect("legal"), &four(e.view()).to_owned())
            };
            let d = integers((1, 1, output[0], output[1]), problem.seed).into_shape_with_order(output).expect("a plane");
            let at_d = loss(&d);
            for (place, &gradient) in painted.flatten().indexed_iter().step_by(5) {
                let mut moved = d.clone();
                moved[[place / output[1], place % output[1]]] += 1.0;
                prop_assert_eq!(loss(&moved) - at_d, f64::from(gradient));
            }
        }
    }

    /// The sizes that are offered, and no others, come down to the size that was asked for.
    #[test]
    fn original_sizes_are_all_of_them(problem in problem()) {
        let Problem { geometry, mask, size, .. } = problem;
        let Ok(sizes) = geometry.original_sizes(size, mask) else {
            for n in 1..80 {
                prop_assert_ne!(geometry.output_size([n, n], mask), Ok(size));
            }
            return Ok(());
        };
        for n in 1..80 {
            // One axis at a time, the other with a size that is known to be right.
            let rows = geometry.output_size([n, *sizes[1].start()], mask);
            prop_assert_eq!(rows == Ok(size), sizes[0].contains(&n));
            let columns = geometry.output_size([*sizes[0].start(), n], mask);
            prop_assert_eq!(columns == Ok(size), sizes[1].contains(&n));
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
        padding in [[hostile(), hostile()], [hostile(), hostile()]],
        output_padding in [hostile(), hostile()], groups in 0_usize..3, original in [hostile(), hostile()],
        x in [0_usize..3, 0..3, 0..4, 0..4], w in [0_usize..3, 0..3, 0..3, 0..3],
        mode in prop::sample::select(&PaddingMode::ALL[..]),
    ) {
        let geometry = Geometry { stride, dilation, padding, output_padding, groups };
        let (input, weight) = (integers(x.into(), 1), integers(w.into(), 2));
        let (size, mask) = ([x[2], x[3]], Array2::zeros((w[2], w[3])));
        let mask_size = [w[2], w[3]];
        // Outputs near the bound would only take long.
        let small = |size: Result<[usize; 2], ConvolutionError>| size.map_or(true, |[a, b]| a * b < 1 << 16);
        prop_assert!(refused(geometry.original_sizes(size, mask_size)));
        let padded = [0, 1].map(|i| padding[i][0].saturating_add(padding[i][1]));
        if padded[0].saturating_mul(padded[1]) < 1 << 16 {
            prop_assert!(refused(pad2d(input.view(), padding, mode)));
            prop_assert!(refused(conv2d_padded(input.view(), weight.view(), &geometry, mode)));
        }
        prop_assert!(refused(fold_margin(input.view(), padding, mode)));
        if small(geometry.output_size(size, mask_size)) {
            prop_assert!(refused(convolution_matrix_padded(mask.view(), size, &geometry, mode)));
            prop_assert!(refused(convolution_terms(mask_size, size, &geometry, mode)));
        }
        if small(geometry.transposed_output_size(size, mask_size)) {
            prop_assert!(refused(transposed_matrix(mask.view(), size, &geometry)));
            let plane = Array2::zeros((x[2], x[3]));
            let within = dilation.iter().all(|&dilation| dilation < 1 << 8);
            if within {
                prop_assert!(refused(zero_insertion(plane.view(), &geometry, mask_size)));
            }
        }
        if original[0].saturating_mul(original[1]) < 1 << 16 && padded[0].saturating_mul(padded[1]) < 1 << 16 {
            prop_assert!(refused(conv_transpose2d_padded(input.view(), weight.view(), original, &geometry, mode)));
        }
    }
}

#[test]
fn the_modes_on_four_pixels() {
    let row = |mode: PaddingMode, padding| {
        let input = array![[[[1., 2., 3., 4.]]]];
        pad2d(input.view(), [[0, 0], padding], mode).expect("legal").flatten().to_vec()
    };
    assert_eq!(row(PaddingMode::Zero, [2, 1]), [0., 0., 1., 2., 3., 4., 0.]);
    assert_eq!(row(PaddingMode::Reflect, [3, 2]), [4., 3., 2., 1., 2., 3., 4., 3., 2.]);
    assert_eq!(row(PaddingMode::Replicate, [2, 3]), [1., 1., 1., 2., 3., 4., 4., 4., 4.]);
    assert_eq!(row(PaddingMode::Circular, [4, 1]), [1., 2., 3., 4., 1., 2., 3., 4., 1.]);
    assert_eq!(PaddingMode::default(), PaddingMode::Zero);
    let slugs: Vec<_> = PaddingMode::ALL.into_iter().map(PaddingMode::slug).collect();
    assert_eq!(slugs, ["zero", "reflect", "replicate", "circular"]);
}

/// One pixel under three taps of the mask: their weights meet in one entry.
#[test]
fn entries_of_the_matrix_add_up() {
    let mask = array![[1., 2., 4.]];
    let geometry = Geometry { padding: [[0, 0], [1, 1]], ..Geometry::default() };
    let matrix = |size, mode| convolution_matrix_padded(mask.view(), [1, size], &geometry, mode);
    assert_eq!(matrix(1, PaddingMode::Replicate), Ok(array![[7.]]));
    assert_eq!(matrix(2, PaddingMode::Circular), Ok(array![[2., 5.], [5., 2.]]));
    assert_eq!(matrix(2, PaddingMode::Reflect), Ok(array![[2., 5.], [5., 2.]]));
    assert_eq!(matrix(2, PaddingMode::Replicate), Ok(array![[3., 1.], [4., 6.]]));
    assert_eq!(matrix(2, PaddingMode::Zero), Ok(array![[2., 1.], [4., 2.]]));
}

#[test]
fn flipping_turns_by_half() {
    let mask = array![[1., 2., 3.], [4., 5., 6.]];
    assert_eq!(flip_mask(mask.view()), array![[6., 5., 4.], [3., 2., 1.]]);
    let weight = array![[[[1., 2.], [3., 4.]]], [[[5., 6.], [7., 8.]]]];
    assert_eq!(flip_weight(weight.view()), array![[[[4., 3.], [2., 1.]]], [[[8., 7.], [6., 5.]]]]);
}

#[test]
fn errors_name_the_value_and_the_range() {
    let input = integers((1, 1, 3, 4), 1);
    let pad = |padding, mode| pad2d(input.view(), padding, mode).expect_err("illegal").to_string();
    assert_eq!(
        pad([[3, 0], [0, 0]], PaddingMode::Reflect),
        "padding is 3 along the rows; reflect padding of 3 rows allows at most 2 on each side"
    );
    assert_eq!(
        pad([[3, 0], [1, 5]], PaddingMode::Circular),
        "padding is 5 along the columns; circular padding of 4 columns allows at most 4 on each side"
    );
    assert!(pad2d(input.view(), [[9, 9], [9, 9]], PaddingMode::Replicate).is_ok());

    let weight = integers((1, 1, 3, 3), 2);
    let geometry = Geometry { stride: [2, 1], ..Geometry::default() };
    let back = |size| conv_transpose2d_padded(input.view(), weight.view(), size, &geometry, PaddingMode::Zero);
    assert!(back([7, 6]).is_ok() && back([8, 6]).is_ok());
    assert_eq!(
        back([9, 6]).expect_err("illegal").to_string(),
        "the output size is 9 along the rows; this input and geometry allow 7 to 8"
    );
    assert_eq!(
        back([7, 5]).expect_err("illegal").to_string(),
        "the output size is 5 along the columns; this input and geometry allow only 6"
    );
    let mask = Array2::zeros((3, 3));
    let grouped = transposed_matrix(mask.view(), [4, 4], &Geometry { groups: 2, ..Geometry::default() });
    assert_eq!(grouped, Err(ConvolutionError::GroupedMatrix { groups: 2 }));
    let spread = Geometry { padding: [[3, 3], [0, 0]], ..Geometry::default() };
    assert_eq!(
        zero_insertion(mask.view(), &spread, [1, 1]),
        Err(ConvolutionError::NothingLeft { axis: Axis::Rows, span: 3, cropped: 6 })
    );
    assert_eq!(
        fold_margin(integers((1, 0, 3, 3), 1).view(), [[0; 2]; 2], PaddingMode::Zero),
        Err(ConvolutionError::Empty(Part::PaddedInput))
    );
}
