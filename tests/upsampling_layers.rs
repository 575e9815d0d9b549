//! The layers that enlarge a plane: against PyTorch and onnxruntime, against each other, and by what must hold of them.
//!
//! Why these can be trusted: `golden/upsampling_layers_*.txt` was made by PyTorch, by onnxruntime and from ONNX's node
//! tests (`golden/generate_upsampling_layers.py` says how). The transposed convolution has four forms with no line of
//! arithmetic in common, which a sweep of geometries holds together; a gradient is measured by differences; and the other
//! layers are put together a second time from parts that are tested elsewhere. Small integers make sums exact.
//! Data of the ONNX project: Copyright (c) ONNX Project Contributors, Apache License 2.0.
#![cfg(not(target_arch = "wasm32"))]

mod pictures;

use std::collections::BTreeMap;

use deconvolution_explorer::convolution::{ConvolutionError, Geometry, MAX_ELEMENTS, Workspace};
use deconvolution_explorer::imaging::{Image, noise::Random, quality::psnr};
use deconvolution_explorer::upsampling::{
    BackProjection, Before, ChannelOrder, Reduction, UpsamplingError, as_transposed_mask, back_projection, bell_mask,
    bilinear, by_adjoint, by_phases, by_scatter, by_zero_insertion, fcn_mask, flat_mask, icnr, max_pool_with_switches,
    max_unpool, nearest, pixel_shuffle, pixel_unshuffle, random_mask, reduce, resize_convolve, strided_gradient,
    sub_pixel, sub_pixel_geometry, tent_mask, transposed, transposed_geometry, transposed_into, transposed_planes_into,
    transposed_with, zero_insertion,
};
use ndarray::{Array2, Array3, ArrayView2, ArrayView3, Axis, array, s};
use proptest::prelude::*;

type Answer = Result<Array2<f32>, UpsamplingError>;

/// One case of a golden file: its words and its arrays.
struct Case {
    name: &'static str,
    numbers: Vec<usize>,
    arrays: Vec<(Vec<usize>, Vec<f32>)>,
}

impl Case {
    fn all(file: &'static str) -> Vec<Self> {
        file.trim().split("\n\n").map(Self::read).collect()
    }

    fn read(text: &'static str) -> Self {
        let mut lines = text.lines();
        let mut words = lines.next().expect("a first line").split(' ');
        let name = words.next().expect("a name");
        let numbers = words.map(|word| word.parse().expect("a number")).collect();
        let array = |line: &str| {
            let (shape, values) = line.split_once(':').expect("shape : values");
            (
                shape.split_whitespace().map(|word| word.parse().expect("a length")).collect(),
                values.split_whitespace().map(|word| word.parse().expect("a value")).collect(),
            )
        };
        Self { name, numbers, arrays: lines.map(array).collect() }
    }

    fn plane(&self, index: usize) -> Array2<f32> {
        let (shape, values) = &self.arrays[index];
        Array2::from_shape_vec((shape[0], shape[1]), values.clone()).expect("as many values as the shape says")
    }

    fn planes(&self, index: usize) -> Array3<f32> {
        let (shape, values) = &self.arrays[index];
        Array3::from_shape_vec((shape[0], shape[1], shape[2]), values.clone()).expect("as many as the shape says")
    }
}

/// A plane of integers within ±9 without symmetries.
fn integers(height: usize, width: usize, seed: u64) -> Array2<f32> {
    let mut random = Random::new(seed);
    Array2::from_shape_simple_fn((height, width), || (random.bits() % 19) as f32 - 9.0)
}

/// A plane of numbers within ±1.
fn numbers(height: usize, width: usize, seed: u64) -> Array2<f32> {
    let mut random = Random::new(seed);
    Array2::from_shape_simple_fn((height, width), || (2.0 * random.uniform() - 1.0) as f32)
}

fn filters(count: usize, height: usize, width: usize, seed: u64) -> Array3<f32> {
    integers(count, height * width, seed).into_shape_with_order((count, height, width)).expect("as many values")
}

/// `plane` mirrored at its edges, the edge pixel repeated: the plane and its reflections as tiles.
fn mirrored(plane: ArrayView2<f32>, [before, after]: [[usize; 2]; 2]) -> Array2<f32> {
    let size = plane.dim();
    let index = |position: usize, before: usize, size: usize| {
        let distance = position + 2 * size * before - before;
        if (distance / size).is_multiple_of(2) { distance % size } else { size - 1 - distance % size }
    };
    Array2::from_shape_fn((size.0 + before[0] + after[0], size.1 + before[1] + after[1]), |(y, x)| {
        plane[[index(y, before[0], size.0), index(x, before[1], size.1)]]
    })
}

/// A convolution of stride 1 without margin, written down plainly.
fn correlated(plane: ArrayView2<f32>, mask: ArrayView2<f32>) -> Array2<f32> {
    let size = (plane.nrows() + 1 - mask.nrows(), plane.ncols() + 1 - mask.ncols());
    Array2::from_shape_fn(size, |(y, x)| {
        let terms = mask.indexed_iter().map(|((i, j), &w)| f64::from(w) * f64::from(plane[[y + i, x + j]]));
        terms.sum::<f64>() as f32
    })
}

fn largest(plane: ArrayView2<f32>) -> f32 {
    plane.iter().fold(0.0, |most: f32, value| most.max(value.abs()))
}

/// Equal to within `share` of the largest value.
#[track_caller]
fn assert_close(ours: ArrayView2<f32>, theirs: ArrayView2<f32>, share: f32) {
    assert_eq!(ours.dim(), theirs.dim());
    let allowed = share * largest(theirs);
    for ((position, a), b) in ours.indexed_iter().zip(theirs) {
        assert!((a - b).abs() <= allowed, "{a} instead of {b} at {position:?}");
    }
}

#[test]
fn pytorch_agrees() {
    let mut seen = BTreeMap::new();
    for case in Case::all(include_str!("golden/upsampling_layers_torch.txt")) {
        *seen.entry(case.name).or_insert(0) += 1;
        let factor = case.numbers[0];
        match case.name {
            "transposed" => {
                let [s0, s1, p0, p1, o0, o1, d0, d1] = case.numbers[..] else { panic!("eight numbers") };
                let geometry = Geometry {
                    stride: [s0, s1],
                    padding: [[p0; 2], [p1; 2]],
                    output_padding: [o0, o1],
                    dilation: [d0, d1],
                    ..Geometry::default()
                };
                let ours = transposed_with(case.plane(0).view(), case.plane(1).view(), &geometry);
                assert_eq!(ours, Ok(case.plane(2)), "{:?}", case.numbers);
            }
            "shuffle" => {
                let ours = pixel_shuffle(case.planes(0).view(), factor, ChannelOrder::ColumnRow);
                assert_eq!(ours, Ok(case.planes(1)));
            }
            "unshuffle" => {
                let ours = pixel_unshuffle(case.planes(0).view(), factor, ChannelOrder::ColumnRow);
                assert_eq!(ours, Ok(case.planes(1)));
            }
            "unpool" => {
                let (maxima, switches) = max_pool_with_switches(case.plane(0).view(), factor).expect("legal");
                assert_eq!(maxima, case.plane(1));
                assert_eq!(switches, case.plane(2).mapv(|switch| switch as usize));
                assert_eq!(max_unpool(maxima.view(), switches.view(), factor), Ok(case.plane(3)));
            }
            "nearest" | "bilinear" => {
                let before = if case.name == "nearest" { Before::Nearest } else { Before::Bilinear };
                let ours = resize_convolve(case.plane(0).view(), factor, before, case.plane(1).view()).expect("legal");
                let share = if case.name == "nearest" { 0.0 } else { 1e-6 };
                assert_close(ours.view(), case.plane(2).view(), share);
            }
            "subpixel" => {
                assert_eq!(sub_pixel(case.plane(0).view(), case.planes(1).view(), factor), Ok(case.plane(2)));
            }
            "gradient" => {
                assert_eq!(
                    strided_gradient(case.plane(0).view(), case.plane(1).view(), factor),
                    Ok(case.plane(2)),
                    "stride {factor}"
                );
            }
            other => panic!("no test for {other}"),
        }
    }
    let expected = [
        ("bilinear", 12),
        ("gradient", 6),
        ("nearest", 12),
        ("shuffle", 6),
        ("subpixel", 9),
        ("transposed", 60),
        ("unpool", 5),
        ("unshuffle", 6),
    ];
    assert_eq!(seen, BTreeMap::from(expected));
}

#[test]
fn onnx_agrees() {
    let mut seen = BTreeMap::new();
    for case in Case::all(include_str!("golden/upsampling_layers_onnx.txt")) {
        *seen.entry(case.name).or_insert(0) += 1;
        let (input, factor) = (case.planes(0), case.numbers[0]);
        let ours = match case.name {
            "DCR" => pixel_shuffle(input.view(), factor, ChannelOrder::DepthFirst),
            "CRD" => pixel_shuffle(input.view(), factor, ChannelOrder::ColumnRow),
            "SpaceToDepth" => pixel_unshuffle(input.view(), factor, ChannelOrder::DepthFirst),
            other => panic!("no test for {other}"),
        };
        assert_eq!(ours, Ok(case.planes(1)), "{} {factor}", case.name);
    }
    assert_eq!(seen, BTreeMap::from([("CRD", 6), ("DCR", 6), ("SpaceToDepth", 8)]));
}

/// The four ways of a transposed convolution, by their names.
type Way = fn(ArrayView2<f32>, ArrayView2<f32>, &Geometry) -> Answer;
const WAYS: [(&str, Way); 4] =
    [("scatter", by_scatter), ("phases", by_phases), ("zero insertion", by_zero_insertion), ("adjoint", by_adjoint)];

/// Every stride 1–4, mask 1–6, padding 0–2, output padding and dilation 1–2 along the rows, each with other values along
/// the columns.
#[test]
fn four_ways_of_the_transposed_convolution_are_one() {
    let mut geometries = 0;
    let mut refused = 0;
    for (stride, mask, padding, dilation) in
        (1..=4).flat_map(|s| (1..=6).flat_map(move |k| (0..=2).flat_map(move |p| [(s, k, p, 1), (s, k, p, 2)])))
    {
        for output_padding in 0..stride.max(dilation) {
            let other_stride = 1 + (stride + mask) % 4;
            let other_dilation = 3 - dilation;
            let geometry = Geometry {
                stride: [stride, other_stride],
                padding: [[padding, 2 - padding], [mask % 3, padding]],
                dilation: [dilation, other_dilation],
                output_padding: [output_padding, (mask + padding) % other_stride.max(other_dilation)],
                groups: 1,
            };
            let seed = geometries;
            let weights = (mask, 1 + (mask + stride) % 5);
            let exact = (integers(4, 5, seed), integers(weights.0, weights.1, seed + 1000));
            let inexact = (numbers(3, 4, seed), numbers(weights.0, weights.1, seed + 1000));
            let expected = by_scatter(exact.0.view(), exact.1.view(), &geometry);
            refused += usize::from(expected.is_err());
            for (name, way) in WAYS {
                assert_eq!(way(exact.0.view(), exact.1.view(), &geometry), expected, "{name}: {geometry:?}");
                let ours = way(inexact.0.view(), inexact.1.view(), &geometry);
                match by_scatter(inexact.0.view(), inexact.1.view(), &geometry) {
                    Ok(theirs) => assert_close(ours.expect(name).view(), theirs.view(), 1e-5),
                    Err(error) => assert_eq!(ours, Err(error), "{name}: {geometry:?}"),
                }
            }
            geometries += 1;
        }
    }
    assert_eq!(geometries, 378);
    assert!(refused < 20, "{refused} were illegal");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// The same on geometries of any kind, the illegal ones too: all ways answer alike, or refuse alike.
    #[test]
    fn four_ways_agree_on_any_geometry(
        size in [0_usize..6, 0..70], mask in [0_usize..5, 0..7], stride in [0_usize..5, 0..5],
        padding in [[0_usize..4, 0..4], [0..4, 0..4]], output_padding in [0_usize..4, 0..4], dilation in [0_usize..4, 1..4],
        groups in 0_usize..3, seed in any::<u64>(),
    ) {
        // Mostly legal: one value in a few out of range.
        let geometry = Geometry { stride, padding, dilation, output_padding, groups: groups.max(seed as usize % 4).min(2) };
        let geometry = if seed.is_multiple_of(5) { geometry } else { Geometry { groups: 1, ..geometry } };
        let (plane, weights) = (integers(size[0], size[1], seed), integers(mask[0], mask[1], !seed));
        let expected = by_scatter(plane.view(), weights.view(), &geometry);
        for (name, way) in WAYS {
            let ours = way(plane.view(), weights.view(), &geometry);
            prop_assert_eq!(ours.is_ok(), expected.is_ok(), "{}: {:?} {:?}", name, &ours, &expected);
            if expected.is_ok() {
                prop_assert_eq!(&ours, &expected, "{}", name);
            }
        }
    }

    #[test]
    fn unshuffling_undoes_shuffling(
        channels in 1_usize..4, size in [1_usize..5, 1..40], factor in 1_usize..6, seed in any::<u64>()
    ) {
        for order in [ChannelOrder::DepthFirst, ChannelOrder::ColumnRow] {
            let deep = filters(channels * factor * factor, size[0], size[1], seed);
            let shuffled = pixel_shuffle(deep.view(), factor, order).expect("legal");
            prop_assert_eq!(shuffled.dim(), (channels, size[0] * factor, size[1] * factor));
            prop_assert_eq!(pixel_unshuffle(shuffled.view(), factor, order), Ok(deep));
            // However the pixels lie in memory.
            let turned = shuffled.view().permuted_axes([0, 2, 1]);
            let (back, packed) = (pixel_unshuffle(turned, factor, order), turned.as_standard_layout());
            prop_assert_eq!(&back, &pixel_unshuffle(packed.view(), factor, order));
            prop_assert_eq!(pixel_shuffle(back.expect("legal").view(), factor, order), Ok(packed.into_owned()));
        }
    }

    /// On a plane that has been mirrored beforehand, the transposed convolution paints the very same pixels.
    #[test]
    fn a_sub_pixel_convolution_is_a_transposed_one(
        size in [1_usize..9, 1..9], side in [1_usize..6, 1..6], factor in 1_usize..5, seed in any::<u64>()
    ) {
        let plane = integers(size[0], size[1], seed);
        let filters = filters(factor * factor, side[0], side[1], !seed);
        let large = sub_pixel(plane.view(), filters.view(), factor).expect("legal");
        prop_assert_eq!(large.dim(), (size[0] * factor, size[1] * factor));
        let mask = as_transposed_mask(filters.view(), factor).expect("legal");
        prop_assert_eq!(mask.dim(), (side[0] * factor, side[1] * factor));
        let geometry = sub_pixel_geometry(side, factor).expect("legal");
        let wide = mirrored(plane.view(), [side, side]);
        let painted = transposed_with(wide.view(), mask.view(), &geometry).expect("legal");
        let [top, left] = side.map(|k| k * factor);
        prop_assert_eq!(&painted.slice(s![top..top + large.nrows(), left..left + large.ncols()]), &large);

        // Without the mirror it does so wherever no filter looks beyond the edge.
        let painted = transposed_with(plane.view(), mask.view(), &geometry).expect("legal");
        let [above, before] = side.map(|k| (k - 1) / 2 * factor);
        let [below, behind] = side.map(|k| k / 2 * factor);
        if above + below < large.nrows() && before + behind < large.ncols() {
            let inside = s![above..large.nrows() - below, before..large.ncols() - behind];
            prop_assert_eq!(painted.slice(inside), large.slice(inside));
        }
    }

    /// Equal filters: the convolution of the small plane, and every pixel of it a block.
    #[test]
    fn icnr_leaves_blocks(
        size in [1_usize..9, 1..9], side in [1_usize..6, 1..6], factor in 1_usize..5, seed in any::<u64>()
    ) {
        let (plane, filter) = (integers(size[0], size[1], seed), integers(side[0], side[1], !seed));
        let filters = icnr(filter.view(), factor).expect("legal");
        prop_assert_eq!(filters.dim(), (factor * factor, side[0], side[1]));
        let large = sub_pixel(plane.view(), filters.view(), factor).expect("legal");
        for block in large.exact_chunks((factor, factor)) {
            prop_assert!(block.iter().all(|value| *value == block[[0, 0]]));
        }
        let wide = mirrored(plane.view(), [side.map(|k| (k - 1) / 2), side.map(|k| k / 2)]);
        let convolved = correlated(wide.view(), filter.view());
        prop_assert_eq!(Ok(large), nearest(convolved.view(), factor));
    }

    #[test]
    fn resizing_then_convolving_is_just_that(
        size in [1_usize..7, 1..7], side in [1_usize..9, 1..9], factor in 1_usize..4, seed in any::<u64>()
    ) {
        let (plane, mask) = (integers(size[0], size[1], seed), integers(side[0], side[1], !seed));
        for (before, large) in [(Before::Nearest, nearest(plane.view(), factor)), (Before::Bilinear, bilinear(plane.view(), factor))] {
            let wide = mirrored(large.expect("legal").view(), [side.map(|k| (k - 1) / 2), side.map(|k| k / 2)]);
            let ours = resize_convolve(plane.view(), factor, before, mask.view()).expect("legal");
            assert_close(ours.view(), correlated(wide.view(), mask.view()).view(), 1e-5);
        }
    }

    /// Every maximum back at its place, the first of equal ones, zeros elsewhere; pooling once more finds the same.
    #[test]
    fn unpooling_puts_maxima_back(
        size in [1_usize..30, 1..30], factor in 1_usize..5, seed in any::<u64>(), ties in any::<bool>()
    ) {
        // Integers meet their equals in nearly every block, the other numbers hardly ever.
        let plane = if ties { integers(size[0], size[1], seed) + 10.0 } else { numbers(size[0], size[1], seed) + 2.0 };
        let pooled = max_pool_with_switches(plane.view(), factor);
        if size[0] < factor || size[1] < factor {
            prop_assert!(matches!(
                pooled,
                Err(UpsamplingError::Convolution(ConvolutionError::WindowTooLarge { .. }))
            ), "{:?}", pooled);
            return Ok(());
        }
        let (maxima, switches) = pooled.expect("legal");
        let large = max_unpool(maxima.view(), switches.view(), factor).expect("legal");
        prop_assert_eq!(large.dim(), (maxima.nrows() * factor, maxima.ncols() * factor));
        for (place, &maximum) in maxima.indexed_iter() {
            let rows = place.0 * factor..(place.0 + 1) * factor;
            let columns = place.1 * factor..(place.1 + 1) * factor;
            let block = s![rows, columns];
            let original = plane.slice(block);
            let most = original.iter().copied().fold(f32::MIN, f32::max);
            prop_assert_eq!(maximum, most);
            let first = original.iter().position(|&value| value == most).expect("one of them is the largest");
            for (at, &ours) in large.slice(block).iter().enumerate() {
                prop_assert_eq!(ours, if at == first { most } else { 0.0 });
            }
        }
        prop_assert_eq!(max_pool_with_switches(large.view(), factor), Ok((maxima, switches)));
    }

    #[test]
    fn inserted_zeros_are_a_transposed_convolution_with_a_single_one(
        size in [1_usize..9, 1..9], factor in 1_usize..6, seed in any::<u64>()
    ) {
        let plane = numbers(size[0], size[1], seed);
        let large = zero_insertion(plane.view(), factor).expect("legal");
        prop_assert_eq!(&Ok(large.clone()), &transposed(plane.view(), array![[1.0]].view(), factor));
        prop_assert_eq!(zero_insertion(plane.t(), factor), Ok(large.t().to_owned()));
    }

    /// Central differences of ½‖conv(f)‖² in every pixel; with small integers they are exact, for the sum is a parabola.
    #[test]
    fn the_gradient_is_that_of_the_energy(
        size in [5_usize..9, 5..9], side in [1_usize..5, 1..5], stride in 1_usize..5, seed in any::<u64>()
    ) {
        let (plane, mask) = (integers(size[0], size[1], seed), integers(side[0], side[1], !seed));
        let energy = |plane: &Array2<f32>| -> f64 {
            let all = correlated(plane.view(), mask.view());
            all.slice(s![..;stride, ..;stride]).iter().map(|&value| 0.5 * f64::from(value).powi(2)).sum()
        };
        let differences = Array2::from_shape_fn(plane.raw_dim(), |place| {
            let moved = |by: f32| {
                let mut plane = plane.clone();
                plane[place] += by;
                energy(&plane)
            };
            ((moved(1.0) - moved(-1.0)) / 2.0) as f32
        });
        prop_assert_eq!(strided_gradient(plane.view(), mask.view(), stride), Ok(differences));
    }

    /// Whole functions on arrays and numbers that do not fit together: an answer of the promised size or a sentence.
    #[test]
    fn nothing_panics(
        size in [0_usize..5, 0..5], side in [0_usize..5, 0..5], count in 0_usize..10,
        factor in prop_oneof![0_usize..5, Just(1 << 13), Just(1 << 32), Just(usize::MAX)], seed in any::<u64>(),
    ) {
        let (plane, mask) = (integers(size[0], size[1], seed), integers(side[0], side[1], !seed));
        let (plane, mask) = (plane.view(), mask.view());
        let filters = filters(count, side[0], side[1], seed);
        // Results near the bound would only take long.
        let small = size.iter().all(|&n| n == 0 || factor > MAX_ELEMENTS || n * factor < 1000) ;
        let enlarged = [
            small.then(|| zero_insertion(plane, factor)),
            small.then(|| resize_convolve(plane, factor, Before::Nearest, mask)),
            small.then(|| sub_pixel(plane, filters.view(), factor)),
            small.then(|| max_unpool(plane, Array2::zeros(plane.raw_dim()).view(), factor)),
            small.then(|| back_projection(plane, factor, Reduction::Box, 1)),
        ];
        for answer in enlarged.into_iter().flatten() {
            match answer {
                Ok(large) => prop_assert_eq!(large.dim(), (size[0] * factor, size[1] * factor)),
                Err(error) => prop_assert!(error.to_string().len() > 20),
            }
        }
        if let Ok(gradient) = strided_gradient(plane, mask, factor) {
            prop_assert_eq!(gradient.dim(), plane.dim());
        }
        for order in [ChannelOrder::DepthFirst, ChannelOrder::ColumnRow] {
            if let Ok(shuffled) = pixel_shuffle(filters.view(), factor, order) {
                prop_assert_eq!(pixel_unshuffle(shuffled.view(), factor, order), Ok(filters.clone()));
            }
            if let Ok(deep) = pixel_unshuffle(filters.view(), factor, order) {
                prop_assert_eq!(pixel_shuffle(deep.view(), factor, order), Ok(filters.clone()));
            }
        }
        let masks = [bell_mask(side[0], factor), random_mask(side[0], factor, 1, 2), flat_mask(side[0], factor)];
        for made in masks {
            match made {
                Ok(made) => prop_assert_eq!(made.dim(), (side[0], side[0])),
                Err(error) => prop_assert!(side[0] == 0 || factor == 0, "{}", error),
            }
        }
        if let Ok(pooled) = max_pool_with_switches(plane, factor) {
            prop_assert_eq!(pooled.0.dim(), (size[0] / factor, size[1] / factor));
        }
        prop_assert_eq!(as_transposed_mask(filters.view(), factor).is_ok(), count > 0 && factor < 10
            && factor * factor == count && !side.contains(&0));
    }
}

/// For even strides the mask is the interpolation itself, rim apart; its side is 2s − s mod 2.
#[test]
fn the_fcn_mask_is_bilinear_inside() {
    for stride in 1..=6 {
        let mask = fcn_mask(stride).expect("legal");
        let side = 2 * stride - stride % 2;
        assert_eq!(mask.dim(), (side, side));
        assert_eq!(Ok(&mask), tent_mask(side, stride).as_ref());
        let plane = numbers(7, 9, stride as u64);
        let painted = transposed(plane.view(), mask.view(), stride).expect("legal");
        let interpolated = bilinear(plane.view(), stride).expect("legal");
        let inside = s![stride..6 * stride, stride..8 * stride];
        assert_close(painted.slice(inside), interpolated.slice(inside), 1e-6);
    }
    // Long's own numbers for stride 2, of which the outer product is the mask.
    let profile = [0.25, 0.75, 0.75, 0.25];
    assert_eq!(fcn_mask(2), Ok(Array2::from_shape_fn((4, 4), |(y, x)| profile[y] * profile[x])));
}

#[test]
fn first_weights_keep_the_mean_brightness() {
    for stride in 1..=6 {
        for side in 1..=8 {
            let expected = (stride * stride) as f64;
            let masks = [
                bell_mask(side, stride).expect("legal"),
                random_mask(side, stride, 7, 3).expect("legal"),
                flat_mask(side, stride).expect("legal"),
                fcn_mask(stride).expect("legal"),
            ];
            for mask in masks {
                let sum: f64 = mask.iter().copied().map(f64::from).sum();
                assert!((sum / expected - 1.0).abs() < 1e-6, "{sum} instead of {expected}");
            }
        }
    }
}

#[test]
fn the_bell_falls_alike_to_all_sides() {
    for side in 1..=8 {
        let mask = bell_mask(side, 2).expect("legal");
        assert_eq!(mask, mask.slice(s![..;-1, ..]));
        assert_eq!(mask, mask.t());
        for x in 1..side.div_ceil(2) {
            assert!(mask[[0, x]] > mask[[0, x - 1]], "{mask}");
        }
    }
    let three = bell_mask(3, 2).expect("legal");
    assert!((three[[1, 0]] / three[[1, 1]] - 0.7185).abs() < 1e-4, "{three}");
}

#[test]
fn random_masks_are_those_of_their_seed_and_index() {
    let mask = |seed, index| random_mask(5, 2, seed, index).expect("legal");
    assert_eq!(mask(1, 0), mask(1, 0));
    let all: Vec<Array2<f32>> = (0..4).flat_map(|seed| (0..4).map(move |index| mask(seed, index))).collect();
    for (i, a) in all.iter().enumerate() {
        assert!(a.iter().all(|&weight| weight > 0.0));
        for b in &all[..i] {
            assert_ne!(a, b);
        }
    }
    // Links with a seed show the same picture for ever; a program of a few lines in another language made these numbers
    // from the definition of SplitMix64.
    let first = random_mask(2, 2, 2026, 1).expect("legal");
    assert_close(first.view(), array![[0.9019884, 2.4960336], [0.4486023, 0.1533757]].view(), 1e-6);

    // Uniform: mean ½ and variance 1/12 before the scaling, which makes the mean 1 here.
    let many = random_mask(200, 200, 9, 0).expect("legal");
    let variance = many.iter().map(|&weight| (f64::from(weight) - 1.0).powi(2)).sum::<f64>() / 40_000.0;
    assert!((variance - 1.0 / 3.0).abs() < 0.01, "{variance}");
    let lower = many.iter().filter(|&&weight| weight < 1.0).count();
    assert!((19_500..20_500).contains(&lower), "{lower}");
}

/// What the page shows: random filters print a pattern on a constant picture; equal ones, and resizing first, do not.
#[test]
fn a_constant_picture_tells_who_makes_checkerboards() {
    let constant = Array2::from_elem((12, 13), 0.5_f32);
    let spread = |large: ArrayView2<f32>| {
        let inside = large.slice(s![8..large.nrows() - 8, 8..large.ncols() - 8]);
        inside.iter().fold(f32::MIN, |a, &b| a.max(b)) - inside.iter().fold(f32::MAX, |a, &b| a.min(b))
    };
    for factor in 2..=4 {
        let one = random_mask(3, 1, 5, 0).expect("legal");
        let many: Vec<Array2<f32>> =
            (0..factor * factor).map(|index| random_mask(3, factor, 5, index as u32).expect("legal")).collect();
        // Filters whose sums differ, as those of an untrained layer do.
        let views: Vec<ArrayView2<f32>> =
            many.iter().enumerate().map(|(i, mask)| mask.slice_axis(Axis(0), (0..3 - i % 2).into())).collect();
        let untrained = Array3::from_shape_fn((factor * factor, 3, 3), |(i, y, x)| {
            views[i].get([y, x]).copied().unwrap_or_default()
        });
        let shuffled = sub_pixel(constant.view(), untrained.view(), factor).expect("legal");
        assert!(spread(shuffled.view()) > 0.1);
        let painted = transposed(constant.view(), random_mask(4, factor, 5, 0).expect("legal").view(), factor);
        assert!(spread(painted.expect("legal").view()) > 0.1);

        let equal = sub_pixel(constant.view(), icnr(one.view(), factor).expect("legal").view(), factor);
        let resized = resize_convolve(constant.view(), factor, Before::Bilinear, one.view());
        for even in [equal, resized] {
            let even = even.expect("legal");
            assert!(even.iter().all(|value| (value - 0.5).abs() < 1e-6), "to the very rim");
        }
    }
}

/// The gradient of k = 3, s = 2 on a constant picture repeats 1, 2 along an axis, as the overlap does; k = 4 is even.
#[test]
fn a_strided_gradient_shows_the_checkerboard() {
    let constant = Array2::ones((20, 20));
    let gradient = |side| {
        let mask = Array2::from_elem((side, side), 1.0);
        strided_gradient(constant.view(), mask.view(), 2).expect("legal").slice(s![6..10, 6..10]).to_owned()
    };
    let cells = gradient(3) / 9.0;
    assert_eq!(cells.slice(s![..2, ..2]), array![[4.0, 2.0], [2.0, 1.0]]);
    assert_eq!(cells.slice(s![2.., 2..]), cells.slice(s![..2, ..2]));
    assert_eq!(gradient(4), Array2::from_elem((4, 4), 64.0));
    // The mean gain that the documentation tells.
    let mask = flat_mask(4, 2).expect("legal") / 2.0;
    let inside = strided_gradient(constant.view(), mask.view(), 2).expect("legal");
    assert_eq!(inside.slice(s![4..16, 4..16]), Array2::ones((12, 12)));
}

/// Memory that stays gives the same results, whatever was in it, and after a refusal too.
#[test]
fn kept_memory_does_not_show() {
    let mut workspace = Workspace::new();
    let mut output = Array2::zeros((0, 0));
    let mut planes_output = Array3::zeros((0, 0, 0));
    for (size, side, stride) in [([5, 40], 4, 2), ([5, 40], 3, 2), ([3, 3], 5, 3), ([9, 70], 4, 2), ([5, 40], 4, 2)] {
        let (plane, mask) = (integers(size[0], size[1], 3), integers(side, side, 4));
        let geometry = transposed_geometry([side; 2], stride).expect("legal");
        transposed_into(plane.view(), mask.view(), &geometry, &mut workspace, &mut output).expect("legal");
        assert_eq!(Ok(&output), transposed(plane.view(), mask.view(), stride).as_ref());

        let before = (output.clone(), output.as_ptr());
        let refused = transposed_into(plane.view(), array![[]].view(), &geometry, &mut workspace, &mut output);
        assert_eq!(
            refused,
            Err(UpsamplingError::Convolution(ConvolutionError::Empty(deconvolution_explorer::convolution::Part::Mask)))
        );
        assert_eq!((&output, output.as_ptr()), (&before.0, before.1));

        let colours = filters(3, size[0], size[1], 5);
        for _ in 0..2 {
            let memory = planes_output.as_ptr();
            let known = planes_output.dim() == (3, output.nrows(), output.ncols());
            let planes = colours.view();
            transposed_planes_into(planes, mask.view(), &geometry, &mut workspace, &mut planes_output).expect("legal");
            assert_eq!(known, memory == planes_output.as_ptr(), "memory that fits is kept");
        }
        for (colour, large) in colours.outer_iter().zip(planes_output.outer_iter()) {
            assert_eq!(transposed(colour, mask.view(), stride), Ok(large.to_owned()));
        }
    }
}

fn root_mean_square(plane: &Array2<f32>) -> f64 {
    (plane.iter().map(|&value| f64::from(value).powi(2)).sum::<f64>() / plane.len() as f64).sqrt()
}

fn plane_of(image: &Image) -> ArrayView2<'_, f32> {
    ArrayView2::from_shape((image.height(), image.width()), image.channel(0)).expect("a channel fills its picture")
}

fn image_of(plane: &Array2<f32>) -> Image {
    Image::from_vec(1, plane.nrows(), plane.ncols(), plane.iter().copied().collect()).expect("all pixels")
}

/// With every reduction what is missing falls at every step, until rounding is all that is left, and the picture comes
/// closer to the truth than bicubic interpolation.
#[test]
fn back_projection_falls_and_gains() {
    for (name, truth) in pictures::all() {
        for (reduction, factor) in Reduction::ALL.into_iter().flat_map(|reduction| [(reduction, 2), (reduction, 4)]) {
            let small = reduce(plane_of(&truth), factor, reduction).expect("legal");
            let mut run = BackProjection::new(small.view(), factor, reduction).expect("legal");
            let bicubic = psnr(&truth, &image_of(&run.picture().to_owned()), 1.0);
            let mut last = f64::INFINITY;
            for iteration in 0..10 {
                assert_eq!(run.iterations(), iteration);
                let again = reduce(run.picture(), factor, reduction).expect("legal");
                let missing = root_mean_square(&(&small - &again));
                assert!((missing - run.error()).abs() < 1e-6, "{missing} is told to be {}", run.error());
                assert!(missing < last || missing < 1e-6, "{name} {reduction:?} {factor}: {missing} after {last}");
                last = missing;
                run.advance().expect("legal");
                assert!(run.step() > 0.0 || missing < 1e-6);
            }
            let gained = psnr(&truth, &image_of(&run.into_picture()), 1.0) - bicubic;
            assert!(gained > 0.0, "{name} {reduction:?} {factor}: {gained} dB");
        }
    }
}

/// The box is its own pseudo-inverse but for a factor: one step of length factor² and nothing is missing.
#[test]
fn back_projection_of_block_means_is_done_at_once() {
    let small = numbers(9, 11, 1);
    let mut run = BackProjection::new(small.view(), 3, Reduction::Box).expect("legal");
    run.advance().expect("legal");
    assert!((run.step() - 9.0).abs() < 1e-4, "{}", run.step());
    assert!(run.error() < 1e-6, "{}", run.error());
    // A constant picture misses nothing from the beginning.
    let constant = Array2::from_elem((4, 4), 0.25);
    for reduction in Reduction::ALL {
        let large = back_projection(constant.view(), 2, reduction, 5).expect("legal");
        assert!(large.iter().all(|value| (value - 0.25).abs() < 1e-6));
    }
}

#[test]
fn bad_sizes_are_told_in_sentences() {
    let plane = integers(4, 5, 1);
    let plane = plane.view();
    let none = Array2::<f32>::zeros((0, 3));
    let three = filters(3, 3, 3, 1);
    let sentence = |answer: Answer| answer.expect_err("a refusal").to_string();
    assert_eq!(
        pixel_shuffle(three.view(), 2, ChannelOrder::ColumnRow),
        Err(UpsamplingError::Channels { found: 3, multiple: 4 })
    );
    assert_eq!(
        pixel_unshuffle(three.view(), 2, ChannelOrder::ColumnRow),
        Err(UpsamplingError::NotAMultiple { side: 3, factor: 2 })
    );
    for factor in [0, usize::MAX] {
        assert!(pixel_shuffle(three.view(), factor, ChannelOrder::ColumnRow).is_err());
        assert!(pixel_unshuffle(three.view(), factor, ChannelOrder::ColumnRow).is_err());
        assert!(icnr(plane, factor).is_err());
        assert!(fcn_mask(factor).is_err());
        assert!(sub_pixel_geometry([5; 2], factor).is_err());
    }
    assert!(sentence(sub_pixel(plane, three.view(), 2)).contains("3 filters"));
    assert_eq!(as_transposed_mask(Array3::zeros((4, 0, 3)).view(), 2), Err(UpsamplingError::EmptyMask));
    assert_eq!(sub_pixel_geometry([0, 3], 2), Err(UpsamplingError::EmptyMask));
    assert_eq!(icnr(none.view(), 2), Err(UpsamplingError::EmptyMask));
    assert_eq!(resize_convolve(plane, 2, Before::Nearest, none.view()), Err(UpsamplingError::EmptyMask));
    assert_eq!(resize_convolve(plane, 0, Before::Nearest, plane), Err(UpsamplingError::ZeroFactor));
    assert_eq!(zero_insertion(none.view(), 2), Err(UpsamplingError::EmptyPlane));
    assert_eq!(max_pool_with_switches(none.view(), 2), Err(UpsamplingError::EmptyPlane));
    assert_eq!(max_pool_with_switches(plane, 0), Err(UpsamplingError::ZeroFactor));
    assert_eq!(bell_mask(0, 2), Err(UpsamplingError::EmptyMask));
    assert_eq!(random_mask(3, 0, 1, 1), Err(UpsamplingError::ZeroFactor));
    assert_eq!(random_mask(1 << 14, 2, 1, 1), Err(UpsamplingError::TooLarge));
    assert!(sentence(strided_gradient(plane, Array2::ones((6, 2)).view(), 2)).contains("smaller mask"));
    assert!(sentence(max_unpool(plane, Array2::from_elem((4, 5), 80).view(), 2)).contains("switch is 80"));
    assert!(sentence(max_unpool(plane, Array2::zeros((5, 4)).view(), 2)).contains("switches are shaped"));
    // A view as large as one likes, of one pixel of memory.
    let pixel = array![[[1.0_f32]]];
    let wide = pixel.broadcast((4, 1 << 13, 1 << 13)).expect("a broadcast");
    assert_eq!(pixel_shuffle(wide, 2, ChannelOrder::ColumnRow), Err(UpsamplingError::TooLarge));
    let flat: ArrayView3<f32> = pixel.broadcast((1, 1 << 13, 1 << 13)).expect("a broadcast");
    assert_eq!(zero_insertion(flat.index_axis(Axis(0), 0), 2), Err(UpsamplingError::ResultTooLarge { largest: 1 }));
}

/// The page makes its tiny matrices by the plain forms, so these have to be what the kernels compute.
#[test]
fn the_plain_forms_agree_with_the_kernels() {
    use deconvolution_explorer::upsampling::reference;
    let random = |shape: (usize, usize, usize), seed: u64| {
        let mut random = Random::new(seed);
        Array3::from_shape_fn(shape, |_| (random.uniform() * 2.0 - 1.0) as f32)
    };
    for (size, factor) in (1..=4).flat_map(|size| (1..=4).map(move |factor| (size, factor))) {
        for rows in 1..=5 {
            let columns = (rows + size) % 5 + 1;
            let plane = random((1, size, size + 1), 1).index_axis_move(Axis(0), 0);
            let filters = random((factor * factor, rows, columns), 2);
            let mask = filters.index_axis(Axis(0), 0);
            let geometry =
                Geometry { stride: [factor; 2], padding: [[(rows - 1) / 2; 2], [0; 2]], ..Geometry::default() };
            for (fast, plain) in [
                (zero_insertion(plane.view(), factor), reference::zero_insertion(plane.view(), factor)),
                (
                    sub_pixel(plane.view(), filters.view(), factor),
                    reference::sub_pixel(plane.view(), filters.view(), factor),
                ),
                (
                    resize_convolve(plane.view(), factor, Before::Nearest, mask),
                    reference::resize_convolve(plane.view(), factor, mask),
                ),
                (
                    transposed_with(plane.view(), mask, &geometry),
                    reference::transposed_with(plane.view(), mask, &geometry),
                ),
            ] {
                let (fast, plain) = (fast.expect("legal"), plain.expect("legal"));
                assert_eq!(fast.dim(), plain.dim());
                assert!((&fast - &plain).iter().all(|error| error.abs() < 1e-5), "{size} {factor} {rows} × {columns}");
            }
        }
    }
    let filters = random((3, 2, 2), 3);
    let plane = filters.index_axis(Axis(0), 0);
    assert_eq!(reference::sub_pixel(plane, filters.view(), 2), Err(UpsamplingError::Filters { found: 3, expected: 4 }));
}
