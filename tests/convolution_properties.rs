//! Properties of both convolutions over random and over hostile geometries.
//!
//! Why these can be trusted: the oracle is the definition in plain loops with f64 sums, itself held against
//! onnxruntime in `convolution_golden.rs`; the adjoint identity and the matrix product tie the operations to each
//! other without it. Values are small integers, so that f32 sums are exact and equality is asked for.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::convolution::{
    Axis, ConvolutionError, Geometry, MAX_ELEMENTS, Part, conv_transpose2d, conv2d, convolution_matrix, reference,
};
use ndarray::{Array2, Array4, ArrayView4, s};
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
    a.iter().zip(b).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum()
}

prop_compose! {
    /// Legal values of a geometry, output padding included; whether sizes fit is another matter.
    fn geometry()(
        stride in [1_usize..5, 1..5], dilation in [1_usize..5, 1..5],
        padding in [[0_usize..4, 0..4], [0..4, 0..4]], groups in 1_usize..4, more in [0_usize..5, 0..5],
    ) -> Geometry {
        let output_padding = [0, 1].map(|i| more[i] % stride[i].max(dilation[i]));
        Geometry { stride, padding, dilation, output_padding, groups }
    }
}

#[derive(Clone, Debug)]
struct Problem {
    geometry: Geometry,
    batch: usize,
    channels: [usize; 2],
    size: [usize; 2],
    mask: [usize; 2],
    seed: u32,
}

impl Problem {
    /// Input and weights of the convolution.
    fn arrays(&self) -> (Array4<f32>, Array4<f32>) {
        let ([inputs, outputs], groups) = (self.channels, self.geometry.groups);
        (
            integers((self.batch, inputs * groups, self.size[0], self.size[1]), self.seed),
            integers((outputs * groups, inputs, self.mask[0], self.mask[1]), !self.seed),
        )
    }

    /// Input and weights of the transposed convolution.
    fn transposed_arrays(&self) -> (Array4<f32>, Array4<f32>) {
        let ([inputs, outputs], groups) = (self.channels, self.geometry.groups);
        (
            integers((self.batch, inputs * groups, self.size[0], self.size[1]), self.seed),
            integers((inputs * groups, outputs, self.mask[0], self.mask[1]), !self.seed),
        )
    }
}

prop_compose! {
    /// Widths reach over several blocks of the inner loop.
    fn problem()(
        geometry in geometry(), batch in 1_usize..3, channels in [1_usize..4, 1..4],
        height in 1_usize..12, width in prop_oneof![1_usize..12, 30_usize..80], mask in [1_usize..6, 1..6],
        seed: u32,
    ) -> Problem {
        Problem { geometry, batch, channels, size: [height, width], mask, seed }
    }
}

/// Numbers that break careless arithmetic, among ordinary ones.
fn hostile() -> impl Strategy<Value = usize> {
    prop_oneof![
        4 => 0_usize..6,
        1 => prop_oneof![
            Just(usize::MAX), Just(usize::MAX - 1), Just(usize::MAX / 2), Just(usize::MAX / 2 + 1),
            Just(1 << (usize::BITS / 2)), Just(isize::MAX as usize), Just(MAX_ELEMENTS), Just(MAX_ELEMENTS + 1),
        ],
    ]
}

prop_compose! {
    fn hostile_geometry()(
        stride in [hostile(), hostile()], dilation in [hostile(), hostile()],
        padding in [[hostile(), hostile()], [hostile(), hostile()]],
        output_padding in [hostile(), hostile()], groups in hostile(),
    ) -> Geometry {
        Geometry { stride, padding, dilation, output_padding, groups }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_fast_convolution_is_the_plain_one(problem in problem()) {
        let (input, weight) = problem.arrays();
        prop_assert_eq!(
            conv2d(input.view(), weight.view(), &problem.geometry),
            reference::conv2d(input.view(), weight.view(), &problem.geometry)
        );
    }

    #[test]
    fn the_fast_transposed_convolution_is_the_plain_one(problem in problem()) {
        let (input, weight) = problem.transposed_arrays();
        prop_assert_eq!(
            conv_transpose2d(input.view(), weight.view(), &problem.geometry),
            reference::conv_transpose2d(input.view(), weight.view(), &problem.geometry)
        );
    }

    /// ⟨conv(x), y⟩ = ⟨x, conv_transpose(y)⟩ with the same weights. Pixels that the stride leaves over at the end
    /// come back through `output_padding`.
    #[test]
    fn the_transposed_convolution_is_the_adjoint(problem in problem()) {
        let mut geometry = problem.geometry;
        let size = geometry.output_size(problem.size, problem.mask);
        prop_assume!(size.is_ok());
        let size = size.expect("just checked");
        for (i, size) in size.into_iter().enumerate() {
            let used = (size - 1) * geometry.stride[i] + geometry.dilation[i] * (problem.mask[i] - 1) + 1;
            let [before, after] = geometry.padding[i];
            geometry.output_padding[i] = problem.size[i] + before + after - used;
        }
        let (x, weight) = problem.arrays();
        let forward = conv2d(x.view(), weight.view(), &geometry).expect("legal");
        let y = integers(forward.dim(), problem.seed ^ 0x5555_5555);
        let back = conv_transpose2d(y.view(), weight.view(), &geometry).expect("legal");
        prop_assert_eq!(back.dim(), x.dim());
        prop_assert_eq!(dot(&forward, &y), dot(&x, &back));
    }

    #[test]
    fn the_convolution_is_the_product_with_its_matrix(problem in problem()) {
        let geometry = Geometry { groups: 1, ..problem.geometry };
        let problem = Problem { geometry, batch: 1, channels: [1, 1], ..problem };
        let (input, weight) = problem.arrays();
        let mask = weight.slice(s![0, 0, .., ..]);
        match (conv2d(input.view(), weight.view(), &geometry), convolution_matrix(mask, problem.size, &geometry)) {
            (Ok(output), Ok(matrix)) => {
                prop_assert_eq!(output.flatten().to_vec(), input.flatten().dot(&matrix).to_vec());
            }
            (output, matrix) => prop_assert_eq!(output.err(), matrix.err()),
        }
    }

    /// Transposed, stepped and backward views give what their contiguous copies give.
    #[test]
    fn strides_of_the_views_do_not_matter(problem in problem(), backward: bool) {
        let ([inputs, outputs], Geometry { groups, .. }) = (problem.channels, problem.geometry);
        let ([height, width], step) = (problem.size, if backward { -2 } else { 2 });
        let x = integers((problem.batch, inputs * groups, 2 * width, 2 * height), problem.seed);
        let x = x.slice(s![.., ..;-1, ..;step, ..;step]).permuted_axes([0, 1, 3, 2]);
        let w = integers((2 * problem.mask[1], inputs, problem.mask[0], outputs * groups), !problem.seed);
        let w = w.slice(s![..;step, .., ..;-1, ..]).permuted_axes([3, 1, 2, 0]);
        let geometry = &problem.geometry;
        prop_assert_eq!(conv2d(x, w, geometry), conv2d(packed(x).view(), packed(w).view(), geometry));

        let w = integers((2 * problem.mask[1], outputs, problem.mask[0], inputs * groups), !problem.seed);
        let w = w.slice(s![..;step, .., ..;-1, ..]).permuted_axes([3, 1, 2, 0]);
        prop_assert_eq!(
            conv_transpose2d(x, w, geometry), conv_transpose2d(packed(x).view(), packed(w).view(), geometry)
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    /// Sizes alone: nothing overflows, and what succeeds is within the bound.
    #[test]
    fn no_size_panics(
        geometry in hostile_geometry(), input in [hostile(), hostile()], mask in [hostile(), hostile()]
    ) {
        for size in [geometry.output_size(input, mask), geometry.transposed_output_size(input, mask)] {
            match size {
                Ok([rows, columns]) => prop_assert!(rows > 0 && columns > 0 && rows * columns <= MAX_ELEMENTS),
                Err(error) => prop_assert!(!error.to_string().is_empty()),
            }
        }
    }

    /// Whole operations, on arrays that may be empty or not fit together.
    #[test]
    fn no_geometry_panics(
        geometry in hostile_geometry(), x in [0_usize..3, 0..3, 0..4, 0..4], w in [0_usize..3, 0..3, 0..3, 0..3]
    ) {
        let x = integers(x.into(), 1);
        let w = integers(w.into(), 2);
        // The plain forms say the same; outputs near the bound would only take long.
        let work = |size: Result<[usize; 2], ConvolutionError>| size.map_or(0, |[a, b]| a * b) < 1 << 16;
        let sizes = ([x.dim().2, x.dim().3], [w.dim().2, w.dim().3]);
        if work(geometry.output_size(sizes.0, sizes.1)) {
            prop_assert_eq!(conv2d(x.view(), w.view(), &geometry), reference::conv2d(x.view(), w.view(), &geometry));
        }
        if work(geometry.transposed_output_size(sizes.0, sizes.1)) {
            prop_assert_eq!(
                conv_transpose2d(x.view(), w.view(), &geometry),
                reference::conv_transpose2d(x.view(), w.view(), &geometry)
            );
        }
        let mask = Array2::zeros((w.dim().2, w.dim().3));
        let _ = convolution_matrix(mask.view(), sizes.0, &geometry);
    }
}

fn packed(view: ArrayView4<f32>) -> Array4<f32> {
    Array4::from_shape_vec(view.dim(), view.iter().copied().collect()).expect("as many values as the view has")
}

/// One example of each error, with the words that say what is wrong and what is allowed.
#[test]
fn errors_name_the_value_and_the_range() {
    let size = |geometry: Geometry| geometry.output_size([4, 4], [3, 3]).expect_err("illegal").to_string();
    let default = Geometry::default();
    assert_eq!(size(Geometry { stride: [1, 0], ..default }), "stride is 0 along the columns; it must be at least 1");
    assert_eq!(size(Geometry { dilation: [0, 1], ..default }), "dilation is 0 along the rows; it must be at least 1");
    assert_eq!(size(Geometry { groups: 0, ..default }), "groups is 0; it must be at least 1");
    assert!(size(Geometry { dilation: [2, 1], ..default }).starts_with("the mask spans 5 rows"));
    assert_eq!(
        size(Geometry { stride: [2, 1], output_padding: [2, 0], ..default }),
        "output_padding is 2 along the rows; it must be smaller than the larger of stride and dilation, which is 2"
    );
    assert_eq!(
        Geometry { padding: [[2, 1], [0, 0]], ..default }.transposed_output_size([1, 1], [3, 3]),
        Err(ConvolutionError::NothingLeft { axis: Axis::Rows, span: 3, cropped: 3 })
    );

    let conv = |x, w, groups| conv2d(integers(x, 1).view(), integers(w, 2).view(), &Geometry { groups, ..default });
    assert_eq!(conv((0, 1, 4, 4), (1, 1, 3, 3), 1), Err(ConvolutionError::Empty(Part::Input)));
    assert_eq!(conv((1, 1, 4, 4), (1, 1, 0, 3), 1), Err(ConvolutionError::Empty(Part::Mask)));
    assert_eq!(conv((1, 3, 4, 4), (2, 1, 3, 3), 2), Err(ConvolutionError::Groups { groups: 2, channels: 3 }));
    assert_eq!(conv((1, 2, 4, 4), (3, 1, 3, 3), 2), Err(ConvolutionError::Groups { groups: 2, channels: 3 }));
    assert_eq!(conv((1, 2, 4, 4), (1, 1, 3, 3), 1), Err(ConvolutionError::Channels { expected: 2, found: 1 }));

    let mask = Array2::zeros((3, 3));
    let grouped = convolution_matrix(mask.view(), [4, 4], &Geometry { groups: 2, ..default });
    assert_eq!(grouped, Err(ConvolutionError::GroupedMatrix { groups: 2 }));
    let large = convolution_matrix(mask.view(), [512, 512], &default);
    assert_eq!(large, Err(ConvolutionError::TooLarge(Part::Matrix)));
}

/// A broadcast view claims far more elements than it has memory.
#[test]
fn broadcast_views_are_bounded() {
    let one = Array4::<f32>::ones((1, 1, 1, 1));
    let huge = one.broadcast((1, 1, 1 << 20, 1 << 20)).expect("a view");
    let geometry = Geometry { stride: [1 << 20; 2], ..Geometry::default() };
    assert_eq!(conv2d(huge, one.view(), &geometry), Err(ConvolutionError::TooLarge(Part::Input)));
    assert_eq!(conv_transpose2d(one.view(), huge, &geometry), Err(ConvolutionError::TooLarge(Part::Mask)));
}
