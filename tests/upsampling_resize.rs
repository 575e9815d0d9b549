//! Resizing and reducing against other programs' results, against the plain form, and by what must hold.
//!
//! Why these can be trusted: `golden/resize.txt` was made by onnxruntime's `Resize` and by Pillow
//! (`golden/generate_resize.py` says how); the plain form takes each pixel straight from the kernel's formula and must
//! give those results too; adjoints are held against their definition, reductions against sums written out here.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::upsampling::{
    Coordinates, Fit, Interpolation, Outside, Reduction, Resize, Rounding, Sampling, UpsamplingError, bilinear,
    nearest, reduce, reduce_transposed, resize,
};
use ndarray::{Array2, ArrayView2, s};
use proptest::prelude::*;

/// A plane without symmetries.
fn plane(height: usize, width: usize) -> Array2<f32> {
    Array2::from_shape_fn((height, width), |(y, x)| ((7 * y * y + 13 * x + 5 * x * y) % 17) as f32 - 8.0)
}

fn assert_close(found: ArrayView2<f32>, expected: ArrayView2<f32>, tolerance: f32, name: &str) {
    assert_eq!(found.dim(), expected.dim(), "{name}");
    let largest = expected.iter().fold(1.0_f32, |largest, value| largest.max(value.abs()));
    for ((position, a), b) in found.indexed_iter().zip(expected) {
        assert!((a - b).abs() <= tolerance * largest, "{name}: {a} instead of {b} at {position:?}");
    }
}

fn interpolation() -> impl Strategy<Value = Interpolation> {
    prop_oneof![
        prop::sample::select(Interpolation::ALL.to_vec()),
        (-1.0_f32..=0.0).prop_map(|a| Interpolation::Bicubic { a })
    ]
}

fn coordinates() -> impl Strategy<Value = Coordinates> {
    prop::sample::select(Coordinates::ALL.to_vec())
}

fn outside() -> impl Strategy<Value = Outside> {
    prop::sample::select(vec![Outside::Repeated, Outside::LeftOut, Outside::Value(3.5)])
}

/// The words of a case and what it should give.
type Golden = (Vec<&'static str>, Array2<f32>);

/// The picture that all cases of `golden/resize.txt` start from, and the cases.
fn golden() -> (Array2<f32>, Vec<Golden>) {
    let (values, rest) = include_bytes!("golden/resize.bin").as_chunks::<4>();
    assert!(rest.is_empty());
    let mut values = values.iter().map(|&bytes| f32::from_le_bytes(bytes));
    let mut array = |rows, columns| {
        Array2::from_shape_vec((rows, columns), values.by_ref().take(rows * columns).collect()).expect("as many values")
    };
    let picture = array(6, 9);
    let cases = include_str!("golden/resize.txt").lines().map(|line| {
        let words: Vec<&str> = line.split(' ').collect();
        let [rows, columns] = [9, 10].map(|i: usize| words[i].parse().expect("a length"));
        (words, array(rows, columns))
    });
    let cases = cases.collect();
    assert_eq!(values.next(), None);
    (picture, cases)
}

/// A number, or two with a stroke between them.
fn quotient(word: &str) -> f64 {
    let number = |word: &str| -> f64 { word.parse().expect("a number") };
    word.split_once('/').map_or_else(|| number(word), |(above, below)| number(above) / number(below))
}

fn golden_plan(words: &[&str]) -> Resize {
    let interpolation = match words[1] {
        "nearest" => Interpolation::Nearest,
        "bilinear" => Interpolation::Bilinear,
        "bicubic-0.5" => Interpolation::KEYS,
        "bicubic-0.75" => Interpolation::SHARP,
        "lanczos" => Interpolation::Lanczos3,
        other => panic!("{other} is no interpolation"),
    };
    let coordinates = match words[2] {
        "half_pixel" => Coordinates::HalfPixel,
        "align_corners" => Coordinates::AlignCorners,
        "asymmetric" => Coordinates::Asymmetric,
        other => panic!("{other} is no coordinate rule"),
    };
    let rounding = match words[3] {
        "-" | "round_prefer_floor" => Rounding::PreferFloor,
        "round_prefer_ceil" => Rounding::PreferCeil,
        "floor" => Rounding::Floor,
        "ceil" => Rounding::Ceil,
        other => panic!("{other} is no rounding"),
    };
    let asked = [words[7], words[8]].map(quotient);
    let plan = match words[6] {
        "scale" => Resize::by_scale([6, 9], asked, interpolation, coordinates),
        _ => Resize::new([6, 9], asked.map(|side| side as usize), interpolation, coordinates),
    };
    let plan = plan.expect("legal").rounding(rounding);
    let plan = if words[5] == "1" { plan.antialiased() } else { plan };
    plan.outside(if words[4] == "left-out" { Outside::LeftOut } else { Outside::Repeated })
}

#[test]
fn onnxruntime_and_pillow_agree() {
    let (picture, cases) = golden();
    assert_eq!(cases.len(), 253);
    for (words, expected) in cases {
        let plan = golden_plan(&words);
        let name = words.join(" ");
        // Both programs round scales or positions to single precision.
        assert_close(plan.apply(picture.view()).expect("legal").view(), expected.view(), 2e-5, &name);
        assert_close(plan.apply_plainly(picture.view()).expect("legal").view(), expected.view(), 2e-5, &name);
    }
}

fn product(a: &Array2<f32>, b: &Array2<f32>) -> f64 {
    a.iter().zip(b).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum()
}

/// What the reductions are by definition, at small pixel (y, x).
#[test]
fn reductions_are_what_their_names_say() {
    let large = plane(12, 24);
    for factor in [2, 3, 4] {
        let blocks = Array2::from_shape_fn((12 / factor, 24 / factor), |(y, x)| {
            large.slice(s![factor * y..factor * (y + 1), factor * x..factor * (x + 1)]).mean().expect("not empty")
        });
        assert_close(reduce(large.view(), factor, Reduction::Box).expect("legal").view(), blocks.view(), 1e-6, "box");

        let variance = (factor * factor - 1) as f64 / 4.0;
        let gaussian = Array2::from_shape_fn(blocks.dim(), |(y, x)| {
            let centre = |o: usize| (factor * o) as f64 + (factor - 1) as f64 / 2.0;
            let (mut sum, mut total) = (0.0, 0.0);
            for ((v, u), &value) in large.indexed_iter() {
                let square = (v as f64 - centre(y)).powi(2) + (u as f64 - centre(x)).powi(2);
                let weight = (-square / (2.0 * variance)).exp();
                sum += weight * f64::from(value);
                total += weight;
            }
            (sum / total) as f32
        });
        let found = reduce(large.view(), factor, Reduction::Gaussian).expect("legal");
        // The tails beyond four standard deviations are cut.
        assert_close(found.view(), gaussian.view(), 1e-3, "gaussian");

        let size = [12 / factor, 24 / factor];
        let resized = resize(large.view(), size, Interpolation::KEYS, Coordinates::HalfPixel, true);
        assert_eq!(reduce(large.view(), factor, Reduction::Bicubic), resized);
    }
    for reduction in Reduction::ALL {
        assert_eq!(Reduction::from_id(reduction.id()), Some(reduction));
        assert!(!reduction.name().is_empty());
    }
    assert_eq!(Reduction::from_id("pooling"), None);
}

#[test]
fn what_is_impossible_is_refused_with_advice() {
    let (kind, rule) = (Interpolation::SHARP, Coordinates::HalfPixel);
    let new = |input, output| Resize::new(input, output, kind, rule).map(|plan| plan.output_size());
    assert_eq!(new([0, 3], [2, 2]), Err(UpsamplingError::EmptyPlane));
    assert_eq!(new([3, 3], [2, 0]), Err(UpsamplingError::EmptyResult));
    assert_eq!(new([512, 512], [8192, 8192]), Ok([8192, 8192]));
    assert_eq!(new([512, 512], [8193, 8192]), Err(UpsamplingError::ResultTooLarge { largest: 16 }));
    assert_eq!(new([512, 512], [usize::MAX, 2]), Err(UpsamplingError::ResultTooLarge { largest: 16 }));
    assert_eq!(new([1 << 14, 1 << 14], [usize::MAX, 2]), Err(UpsamplingError::ResultTooLarge { largest: 0 }));
    assert_eq!(new([usize::MAX, usize::MAX], [1, 2]), Err(UpsamplingError::SideTooLong(usize::MAX)));
    assert_eq!(new([1, 1], [1, 1 << 25]), Err(UpsamplingError::SideTooLong(1 << 25)));

    let by = |scale| Resize::by_scale([4, 6], scale, kind, rule).map(|plan| plan.output_size());
    for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(by([1.0, bad]), Err(UpsamplingError::BadScale));
    }
    assert_eq!(by([1.0, 0.1]), Err(UpsamplingError::EmptyResult));
    let Err(UpsamplingError::ResultTooLarge { largest }) = by([1e300, 1.0]) else { panic!("not refused") };
    assert_eq!(by([largest as f64; 2]), Ok([4 * largest, 6 * largest]));
    assert_eq!(by([largest as f64 + 1.0; 2]), Err(UpsamplingError::ResultTooLarge { largest }));
    assert_eq!(by([1.6, 0.7]), Ok([6, 4]));
    // 49 · (1 / 49) is less than 1 in double precision, and 0.29 · 100 less than 29.
    let size = |input, scale| Resize::scaled_size(input, scale);
    assert_eq!(size([49, 100], [1.0 / 49.0, 0.29]), Ok([1, 29]));

    let slope = Interpolation::Bicubic { a: f32::NAN };
    assert_eq!(Resize::new([2, 2], [4, 4], slope, rule).err(), Some(UpsamplingError::BadSlope));
    for sampling in [Sampling { first: f64::NAN, step: 1.0 }, Sampling { first: 0.0, step: 1e300 }] {
        let plan = Resize::sampled([2, 2], [4, 4], [sampling; 2], kind);
        assert_eq!(plan.err(), Some(UpsamplingError::BadPosition));
    }

    let mut plan = Resize::new([2, 3], [4, 6], kind, rule).expect("legal");
    let wrong = |given| Err(UpsamplingError::WrongSize { expected: [2, 3], given });
    assert_eq!(plan.apply(plane(3, 2).view()), wrong([3, 2]));
    assert_eq!(plan.apply_plainly(plane(3, 2).view()), wrong([3, 2]));
    let mut output = Array2::zeros((4, 5));
    let refusal = plan.apply_into(plane(2, 3).view(), output.view_mut());
    assert_eq!(refusal, Err(UpsamplingError::WrongSize { expected: [4, 6], given: [4, 5] }));
    assert!(plan.apply_transposed(plane(2, 3).view()).is_err());

    let too_small = |factor| reduce(plane(4, 6).view(), factor, Reduction::Box);
    assert_eq!(too_small(0), Err(UpsamplingError::ZeroFactor));
    assert_eq!(too_small(4), Err(UpsamplingError::NotAMultiple { side: 6, factor: 4 }));
    assert_eq!(too_small(usize::MAX), Err(UpsamplingError::NotAMultiple { side: 4, factor: usize::MAX }));
    assert_eq!(reduce(Array2::zeros((0, 2)).view(), 2, Reduction::Box), Err(UpsamplingError::EmptyPlane));
    let back = reduce_transposed(plane(4, 6).view(), usize::MAX, Reduction::Box);
    assert!(matches!(back, Err(UpsamplingError::ResultTooLarge { .. })));

    let advice = |error: UpsamplingError| error.to_string();
    assert!(advice(UpsamplingError::ResultTooLarge { largest: 16 }).ends_with("scale that fits is 16"));
    assert!(advice(UpsamplingError::ResultTooLarge { largest: 0 }).contains("take a smaller one"));
    assert!(advice(UpsamplingError::NotAMultiple { side: 6, factor: 4 }).contains("crop it to 4"));
    let short = advice(UpsamplingError::NotAMultiple { side: 4, factor: 6 });
    assert!(short.contains("larger picture") && short.contains("6 pixels") && !short.contains("crop"), "{short}");
    // Of masks and inputs as well as of what is on the way.
    assert!(!advice(UpsamplingError::TooLarge).contains("result"));
}

/// Long thin planes end at the length of a side before they end at the number of pixels.
#[test]
fn the_scale_that_a_refusal_names_is_accepted_and_no_larger_one_is() {
    // A position that is no number is found out after the sizes, and before any table of weights is made.
    let nowhere = [Sampling { first: f64::NAN, step: 1.0 }; 2];
    let is_accepted = |side: usize, scale: usize, kind: Interpolation| {
        let refusal = Resize::sampled([1, side], [scale, side * scale], nowhere, kind).err();
        refusal == Some(UpsamplingError::BadPosition)
    };
    let pixel = Array2::<f32>::ones((1, 1));
    for (side, scales) in [(1 << 20, [8, 8, 5, 4]), (1 << 22, [4, 2, 1, 1]), (5_000_000, [3, 1, 1, 0])] {
        let kinds = [Interpolation::Nearest, Interpolation::Bilinear, Interpolation::KEYS, Interpolation::Lanczos3];
        for (kind, scale) in kinds.into_iter().zip(scales) {
            let refused = |scale: f64| Resize::by_scale([1, side], [scale; 2], kind, Coordinates::HalfPixel).err();
            let named = match refused(50.0) {
                Some(UpsamplingError::ResultTooLarge { largest }) => largest,
                Some(UpsamplingError::SideTooLong(long)) if long == side => 0,
                other => panic!("{kind:?}, {side}: {other:?}"),
            };
            assert_eq!(named, scale, "{kind:?}, {side}");
            assert_eq!(is_accepted(side, 1, kind), named > 0, "{kind:?}, {side}");
            assert!(named == 0 || is_accepted(side, named, kind), "{kind:?}, {side}");
            assert!(!is_accepted(side, named + 1, kind) && refused(named as f64 + 1.0).is_some(), "{kind:?}, {side}");
        }
        let wide = pixel.broadcast((1, side)).expect("a broadcast");
        for (enlarged, largest) in [(nearest(wide, 50), scales[0]), (bilinear(wide, 50), scales[1])] {
            assert_eq!(enlarged, Err(UpsamplingError::ResultTooLarge { largest }), "{side}");
        }
    }
}

#[test]
fn views_of_any_strides_will_do() {
    let whole = plane(40, 30);
    let view = whole.slice(s![..;-2, 1..;3]).reversed_axes();
    let packed = view.as_standard_layout().into_owned();
    for output in [[20, 40], [5, 7], [10, 33]] {
        for interpolation in Interpolation::ALL {
            let mut plan =
                Resize::new(view.dim().into(), output, interpolation, Coordinates::HalfPixel).expect("legal");
            let expected = plan.apply(packed.view()).expect("legal");
            assert_eq!(plan.apply(view).expect("legal"), expected);
            let mut turned = Array2::zeros((output[1], output[0]));
            plan.apply_into(view, turned.view_mut().reversed_axes()).expect("legal");
            assert_close(turned.t(), expected.view(), 1e-6, "transposed output");
        }
    }
}

#[test]
fn an_axis_may_be_read_backwards() {
    let plane = plane(5, 7);
    let backwards = |length: usize| Sampling { first: length as f64 - 1.0, step: -1.0 };
    let plan = Resize::sampled([5, 7], [5, 7], [backwards(5), backwards(7)], Interpolation::KEYS).expect("legal");
    assert_eq!(plan.apply(plane.view()).expect("legal"), plane.slice(s![..;-1, ..;-1]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_passes_give_what_the_plain_form_gives(
        input in [1_usize..20, 1..30], output in [1_usize..40, 1..70], interpolation in interpolation(),
        coordinates in coordinates(), antialias: bool, outside in outside(),
    ) {
        let plan = Resize::new(input, output, interpolation, coordinates).expect("legal");
        let mut plan = if antialias { plan.antialiased() } else { plan }.outside(outside);
        let plane = plane(input[0], input[1]);
        let plain = plan.apply_plainly(plane.view()).expect("legal");
        assert_close(plan.apply(plane.view()).expect("legal").view(), plain.view(), 2e-6, "apply");
        let mut again = Array2::from_elem(output, f32::NAN);
        for _ in 0..2 {
            plan.apply_into(plane.view(), again.view_mut()).expect("legal");
            assert_close(again.view(), plain.view(), 2e-6, "apply_into");
        }
    }

    #[test]
    fn whole_scales_give_what_the_plain_form_gives(
        input in [1_usize..30, 1..40], scale in [1_usize..7, 1..7], interpolation in interpolation(),
        coordinates in coordinates(),
    ) {
        let output = [input[0] * scale[0], input[1] * scale[1]];
        let plan = Resize::new(input, output, interpolation, coordinates).expect("legal");
        let plane = plane(input[0], input[1]);
        let plain = plan.apply_plainly(plane.view()).expect("legal");
        assert_close(plan.apply(plane.view()).expect("legal").view(), plain.view(), 2e-6, "apply");
    }

    #[test]
    fn the_transpose_is_the_adjoint(
        input in [1_usize..12, 1..12], output in [1_usize..30, 1..30], interpolation in interpolation(),
        coordinates in coordinates(), antialias: bool,
    ) {
        let plan = Resize::new(input, output, interpolation, coordinates).expect("legal");
        let plan = if antialias { plan.antialiased() } else { plan };
        let (x, y) = (plane(input[0], input[1]), plane(output[1], output[0]).reversed_axes());
        let (there, back) = (plan.apply(x.view()).expect("legal"), plan.apply_transposed(y.view()).expect("legal"));
        let size = product(&there, &there).sqrt() * product(&y, &y).sqrt();
        prop_assert!((product(&there, &y) - product(&x, &back)).abs() <= 1e-5 * size.max(1.0));
    }

    #[test]
    fn reductions_have_their_adjoint_and_keep_constants(
        small in [1_usize..9, 1..9], factor in 1_usize..6, reduction in prop::sample::select(Reduction::ALL.to_vec()),
    ) {
        let large = [small[0] * factor, small[1] * factor];
        let (x, y) = (plane(large[0], large[1]), plane(small[0], small[1]));
        let there = reduce(x.view(), factor, reduction).expect("legal");
        let back = reduce_transposed(y.view(), factor, reduction).expect("legal");
        prop_assert_eq!(back.dim(), x.dim());
        let size = product(&there, &there).sqrt() * product(&y, &y).sqrt();
        prop_assert!((product(&there, &y) - product(&x, &back)).abs() <= 1e-5 * size.max(1.0));
        let constant = reduce(Array2::from_elem(large, 7.25).view(), factor, reduction).expect("legal");
        assert_close(constant.view(), Array2::from_elem(small, 7.25).view(), 1e-6, "constant");
        if factor == 1 {
            prop_assert_eq!(there, x);
        }
    }

    #[test]
    fn constants_stay(
        input in [1_usize..20, 1..20], output in [1_usize..40, 1..40], interpolation in interpolation(),
        coordinates in coordinates(), antialias: bool,
    ) {
        let constant = Array2::from_elem(input, -7.25);
        let found = resize(constant.view(), output, interpolation, coordinates, antialias).expect("legal");
        assert_close(found.view(), Array2::from_elem(output, -7.25).view(), 1e-6, "constant");
    }

    /// Away from the rim bilinear and bicubic interpolation reproduce straight lines.
    #[test]
    fn ramps_stay_inside(
        input in [8_usize..20, 8..20], output in [1_usize..60, 1..60], coordinates in coordinates(), cubic: bool,
    ) {
        let ramp = |y: f64, x: f64| 3.0 + 0.5 * y - 1.25 * x;
        let interpolation = if cubic { Interpolation::KEYS } else { Interpolation::Bilinear };
        let plane = Array2::from_shape_fn(input, |(y, x)| ramp(y as f64, x as f64) as f32);
        let found = resize(plane.view(), output, interpolation, coordinates, false).expect("legal");
        let sampling = [0, 1].map(|i| coordinates.sampling(input[i], output[i], output[i] as f64 / input[i] as f64));
        let rim = interpolation.radius() - 1.0;
        for ((y, x), &value) in found.indexed_iter() {
            let position = [sampling[0].position(y), sampling[1].position(x)];
            if (0..2).all(|i| position[i] >= rim && position[i] <= (input[i] - 1) as f64 - rim) {
                prop_assert!((f64::from(value) - ramp(position[0], position[1])).abs() < 2e-5);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn hostile_sizes_and_scales_do_not_panic(
        input in [hostile(), hostile()], output in [hostile(), hostile()],
        scale in [prop::num::f64::ANY, prop::num::f64::ANY], first in prop::num::f64::ANY, step in -1e7..1e7,
        coordinates in coordinates(), interpolation in interpolation(),
    ) {
        for plan in [
            Resize::new(input, output, interpolation, coordinates),
            Resize::by_scale(input, scale, interpolation, coordinates),
            Resize::fitted(input, output, Fit::NotLarger, interpolation, coordinates),
            Resize::fitted(input, output, Fit::NotSmaller, interpolation, coordinates),
            Resize::sampled(input, output, [Sampling { first, step }; 2], interpolation),
            Resize::sampled(input, output, [Sampling { first: step, step: 0.5 }; 2], interpolation),
        ] {
            match plan {
                Ok(plan) if input[0] * input[1] < 1 << 12 && plan.output_size()[0] * plan.output_size()[1] < 1 << 12 => {
                    let plane = plane(input[0], input[1]);
                    let found = plan.clone().antialiased().apply(plane.view()).expect("of the plan's size");
                    prop_assert!(found.iter().all(|value| value.is_finite()));
                    prop_assert!(plan.apply(plane.view()).expect("of the plan's size").iter().all(|v| v.is_finite()));
                }
                Ok(_) => {}
                Err(error) => prop_assert!(!error.to_string().is_empty()),
            }
        }
    }
}

/// Numbers that break careless arithmetic, among ordinary ones.
fn hostile() -> impl Strategy<Value = usize> {
    prop_oneof![
        8 => 0_usize..40,
        1 => prop_oneof![Just(usize::MAX), Just(usize::MAX / 2), Just(1 << (usize::BITS / 2)), Just(1 << 20)],
    ]
}
