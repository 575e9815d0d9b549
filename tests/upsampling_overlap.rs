//! Stacks of transposed layers against following every path, and the checkerboard's score against known spectra.
//!
//! Why these can be trusted: counts are found a second time by walking from each input through each mask entry of each
//! layer, one path after another, for every stack of up to three layers in the lab's range, and for every stack of up to
//! five of smaller ones; the plane is painted a second time by the transposed convolution that is proved elsewhere; the
//! score's decibels are worked out by hand for planes made of a few cosines, and its verdicts are those of the literature
//! on which ways leave a checkerboard.
#![cfg(not(target_arch = "wasm32"))]

mod pictures;

use deconvolution_explorer::convolution::{Geometry, MAX_ELEMENTS, conv_transpose2d};
use deconvolution_explorer::imaging::samples;
use deconvolution_explorer::upsampling::{
    Before, Checkerboard, Coordinates, Interpolation, MAX_PERIOD, Reduction, StackLayer, UpsamplingError,
    back_projection, checkerboard, evenness, flat_mask, icnr, is_stack_even, nearest, overlap_counts_1d, random_mask,
    resize, resize_convolve, stack_counts, stack_interior, stack_layer_counts, stack_length, stack_paint,
    stack_paint_pattern, stack_paint_plane, stack_pattern, strided_gradient, sub_pixel, tent_mask, transposed,
    zero_insertion,
};
use ndarray::{Array2, ArrayView2, Axis, s, stack};
use proptest::prelude::*;

fn layer(mask: usize, stride: usize, padding: usize) -> StackLayer {
    StackLayer { mask, stride, padding }
}

/// Every mask and stride of the lab.
fn all_layers() -> impl Iterator<Item = (usize, usize)> {
    (1..=8).flat_map(|mask| (1..=6).map(move |stride| (mask, stride)))
}

/// Follows every path from `position`, whose layer's output is cropped to `lengths`, and notes where it ends.
fn walk(position: usize, layers: &[StackLayer], lengths: &[usize], ends: &mut [u64]) {
    let Some((first, rest)) = layers.split_first() else {
        ends[position] += 1;
        return;
    };
    for tap in 0..first.mask {
        if let Some(next) = (position * first.stride + tap).checked_sub(first.padding)
            && next < lengths[0]
        {
            walk(next, rest, &lengths[1..], ends);
        }
    }
}

/// The paths that end at each output position, or nothing where a layer's crop leaves nothing.
fn walked(input: usize, layers: &[StackLayer]) -> Option<Vec<u64>> {
    let mut lengths = Vec::new();
    let mut length = input;
    for layer in layers {
        length =
            ((length - 1) * layer.stride + layer.mask).checked_sub(2 * layer.padding).filter(|&length| length > 0)?;
        lengths.push(length);
    }
    let mut ends = vec![0; length];
    for position in 0..input {
        walk(position, layers, &lengths, &mut ends);
    }
    Some(ends)
}

fn assert_walked(input: usize, layers: &[StackLayer]) {
    match walked(input, layers) {
        Some(ends) => {
            assert_eq!(stack_length(input, layers), Ok(ends.len()), "{input} {layers:?}");
            assert_eq!(stack_counts(input, layers), Ok(ends), "{input} {layers:?}");
        }
        None => {
            assert_eq!(stack_length(input, layers), Err(UpsamplingError::NothingLeft), "{input} {layers:?}");
            assert_eq!(stack_counts(input, layers), Err(UpsamplingError::NothingLeft), "{input} {layers:?}");
        }
    }
}

#[test]
fn every_single_layer_counts_its_paths() {
    for (mask, stride) in all_layers() {
        for padding in 0..=mask {
            for input in 1..=9 {
                let single = layer(mask, stride, padding);
                assert_walked(input, &[single]);
                // The function for any geometry of one layer says the same.
                let geometry = Geometry { stride: [stride; 2], padding: [[padding; 2]; 2], ..Geometry::default() };
                if let Ok(counts) =
                    overlap_counts_1d(input, mask, &geometry, deconvolution_explorer::convolution::Axis::Rows)
                {
                    let counts = counts.into_iter().map(u64::from).collect();
                    assert_eq!(stack_counts(input, &[single]), Ok(counts));
                }
            }
        }
    }
}

#[test]
fn every_pair_of_layers_counts_its_paths() {
    for (first, second) in all_layers().flat_map(|first| all_layers().map(move |second| (first, second))) {
        for paddings in [[0, 0], [first.0 / 2, second.0 / 2], [1, 2]] {
            let pair = [layer(first.0, first.1, paddings[0]), layer(second.0, second.1, paddings[1])];
            assert_walked(1, &pair);
            assert_walked(4, &pair);
        }
    }
}

/// Walks every stack that continues `layers` by one of `all`, to a depth of `most`.
fn assert_every_stack(all: &[(usize, usize)], most: usize, layers: &mut Vec<StackLayer>) {
    for &(mask, stride) in all {
        layers.push(layer(mask, stride, layers.len() % 2));
        assert_walked(2, layers);
        if layers.len() < most {
            assert_every_stack(all, most, layers);
        }
        layers.pop();
    }
}

/// Three layers in the whole range of the lab; five in the part of it whose paths can all be walked in seconds.
#[test]
fn every_stack_counts_its_paths() {
    assert_every_stack(&all_layers().collect::<Vec<_>>(), 3, &mut Vec::new());
    let narrow: Vec<_> = all_layers().filter(|&(mask, stride)| mask <= 4 && stride <= 3).collect();
    assert_every_stack(&narrow, 5, &mut Vec::new());
}

/// Where the rim is not felt the finite row is the pattern, and that is all but a few masks' lengths at the ends.
fn assert_periodic(input: usize, layers: &[StackLayer]) {
    let pattern = stack_pattern(layers).expect("legal");
    assert_eq!(pattern.len(), layers.iter().map(|layer| layer.stride).product());
    let Ok(counts) = stack_counts(input, layers) else { return };
    let interior = stack_interior(input, layers).expect("legal").expect("a long row");
    let rim = layers.iter().fold(0, |rim, layer| rim * layer.stride + layer.mask);
    assert!(interior.start <= rim && interior.end + rim >= counts.len(), "{interior:?} of {} {layers:?}", counts.len());
    for position in interior {
        assert_eq!(counts[position], pattern[position % pattern.len()], "{position} of {layers:?}");
    }
    let even = pattern.iter().all(|&count| count == pattern[0]);
    assert_eq!(is_stack_even(layers), Ok(even));
}

#[test]
fn the_pattern_is_the_middle_of_a_long_row() {
    for (mask, stride) in all_layers() {
        for padding in 0..=mask {
            assert_periodic(40, &[layer(mask, stride, padding)]);
        }
        let even = evenness(mask, stride).expect("legal").is_even();
        assert_eq!(is_stack_even(&[layer(mask, stride, 0)]), Ok(even));
        for second in all_layers() {
            assert_periodic(60, &[layer(mask, stride, mask / 2), layer(second.0, second.1, second.0 / 3)]);
        }
    }
    // The rim of the whole row: nothing inside is far from it.
    assert_eq!(stack_interior(1, &[layer(8, 2, 0)]), Ok(None));
    assert_eq!(stack_interior(5, &[]), Ok(Some(0..5)));
}

#[test]
fn stacks_of_the_literature() {
    // Odena, Dumoulin and Olah (2016): unevenness compounds, 1 to 3 along an axis and 1 to 9 in the plane.
    let twice = [layer(3, 2, 0); 2];
    assert_eq!(stack_pattern(&twice), Ok(vec![3, 2, 3, 1]));
    assert_eq!(stack_layer_counts(2, &twice), Ok(vec![vec![1, 1, 2, 1, 1], vec![1, 1, 2, 1, 3, 2, 3, 1, 2, 1, 1]]));
    // A later layer with an even sum over each period takes the pattern out again.
    assert_eq!(stack_pattern(&[layer(3, 2, 0), layer(2, 1, 0)]), Ok(vec![3, 3]));
    assert_eq!(is_stack_even(&[layer(3, 2, 0), layer(2, 1, 0)]), Ok(true));
    assert_eq!(is_stack_even(&[layer(3, 2, 0), layer(3, 1, 0)]), Ok(false));
    // Padding moves the pattern along, and a mask smaller than the stride leaves holes.
    assert_eq!(stack_pattern(&[layer(3, 2, 1)]), Ok(vec![1, 2]));
    assert_eq!(stack_pattern(&[layer(1, 3, 0)]), Ok(vec![1, 0, 0]));
    assert_eq!(stack_pattern(&[]), Ok(vec![1]));
    // The widest stack of the lab: its period is 7776, its counts those of every path.
    let widest = [layer(8, 6, 1); 5];
    let pattern = stack_pattern(&widest).expect("legal");
    assert_eq!(pattern.len(), 7776);
    assert_eq!(pattern.iter().sum::<u64>(), 8_u64.pow(5));
    assert_periodic(9, &widest);
}

#[test]
fn weights_paint_what_the_transposed_convolution_paints() {
    // Not symmetric, not an outer product, and whole numbers, so that every sum is exact.
    let mask = |side: usize| Array2::from_shape_fn((side, side), |(y, x)| ((3 * y + 5 * x + y * x) % 7) as f32 - 2.0);
    for (first, second) in
        [((3, 2, 1), (4, 3, 0)), ((5, 1, 2), (2, 4, 0)), ((4, 2, 1), (3, 3, 2)), ((1, 3, 0), (8, 6, 7))]
    {
        let layers = [first, second].map(|(mask, stride, padding)| layer(mask, stride, padding));
        let masks = layers.map(|layer| mask(layer.mask));
        let both = [(layers[0], masks[0].view()), (layers[1], masks[1].view())];
        let painted = stack_paint_plane([5, 4], &both).expect("legal");
        let mut plane = Array2::<f32>::ones((5, 4));
        for (layer, mask) in both {
            let (stride, padding) = ([layer.stride; 2], [[layer.padding; 2]; 2]);
            let geometry = Geometry { stride, padding, ..Geometry::default() };
            let four = |view: ArrayView2<f32>| view.to_owned().insert_axis(Axis(0)).insert_axis(Axis(0));
            let output = conv_transpose2d(four(plane.view()).view(), four(mask).view(), &geometry).expect("legal");
            plane = output.slice_move(s![0, 0, .., ..]);
        }
        assert_eq!(painted, plane.mapv(f64::from));
    }
}

proptest! {
    #[test]
    fn stacks_of_up_to_five_count_their_paths(
        shapes in prop::collection::vec((1_usize..=8, 1_usize..=6, 0_usize..=4), 0..=5), input in 1_usize..=3,
    ) {
        // The paths of five wide masks are too many to walk one by one.
        let layers: Vec<StackLayer> = shapes.into_iter().map(|(mask, stride, padding)| layer(mask, stride, padding)).collect();
        prop_assume!(layers.iter().map(|layer| layer.mask).product::<usize>() <= 10_000);
        assert_walked(input, &layers);
        if let Ok(counts) = stack_counts(input, &layers) {
            let all = stack_layer_counts(input, &layers).expect("legal");
            prop_assert_eq!(all.len(), layers.len());
            for (depth, counts) in all.iter().enumerate() {
                prop_assert_eq!(counts, &stack_counts(input, &layers[..=depth]).expect("legal"));
            }
            prop_assert_eq!(all.last().cloned().unwrap_or(vec![1; input]), counts);
        }
    }

    #[test]
    fn patterns_of_up_to_five_are_the_middle_of_a_long_row(
        shapes in prop::collection::vec((1_usize..=8, 1_usize..=4, 0_usize..=4), 1..=5),
    ) {
        let layers: Vec<StackLayer> = shapes.into_iter().map(|(mask, stride, padding)| layer(mask, stride, padding)).collect();
        assert_periodic(150, &layers);
    }

    #[test]
    fn weighted_rows_agree_with_counts_and_planes(
        shapes in prop::collection::vec(
            (prop::collection::vec(-3_i8..=3, 1..=6), 1_usize..=4, 0_usize..=2), 1..=3,
        ),
        input in [1_usize..=4, 1_usize..=4],
    ) {
        let layers: Vec<StackLayer> =
            shapes.iter().map(|(weights, stride, padding)| layer(weights.len(), *stride, *padding)).collect();
        let weights: Vec<Vec<f64>> = shapes.iter().map(|(weights, ..)| weights.iter().copied().map(f64::from).collect()).collect();
        let ones: Vec<Vec<f64>> = layers.iter().map(|layer| vec![1.0; layer.mask]).collect();
        let with = |weights: &[Vec<f64>], input| {
            let rows: Vec<(StackLayer, &[f64])> = layers.iter().copied().zip(weights.iter().map(Vec::as_slice)).collect();
            stack_paint(input, &rows)
        };
        let counted = stack_counts(input[0], &layers).map(|counts| counts.into_iter().map(|count| count as f64).collect());
        prop_assert_eq!(with(&ones, input[0]), counted);

        let masks: Vec<Array2<f32>> = weights
            .iter()
            .map(|row| Array2::from_shape_fn((row.len(), row.len()), |(y, x)| (row[y] * row[x]) as f32))
            .collect();
        let plane: Vec<(StackLayer, ArrayView2<f32>)> = layers.iter().copied().zip(masks.iter().map(|mask| mask.view())).collect();
        match (with(&weights, input[0]), with(&weights, input[1])) {
            (Ok(down), Ok(across)) => {
                let product = Array2::from_shape_fn((down.len(), across.len()), |(y, x)| down[y] * across[x]);
                prop_assert_eq!(stack_paint_plane(input, &plane), Ok(product));
            }
            _ => prop_assert_eq!(stack_paint_plane(input, &plane), Err(UpsamplingError::NothingLeft)),
        }

        let rows: Vec<(StackLayer, &[f64])> = layers.iter().copied().zip(weights.iter().map(Vec::as_slice)).collect();
        let pattern = stack_paint_pattern(&rows).expect("legal");
        if let (Ok(painted), Ok(Some(interior))) = (stack_paint(90, &rows), stack_interior(90, &layers)) {
            for position in interior {
                prop_assert_eq!(painted[position], pattern[position % pattern.len()]);
            }
        }
    }

    #[test]
    fn hostile_stacks_are_answered_with_a_sentence(
        shapes in prop::collection::vec((hostile(), hostile(), hostile()), 1..=8), input in hostile(), period in hostile(),
    ) {
        let layers: Vec<StackLayer> = shapes.into_iter().map(|(mask, stride, padding)| layer(mask, stride, padding)).collect();
        let answers = [
            stack_length(input, &layers).map(drop), stack_interior(input.min(1000), &layers).map(drop),
            is_stack_even(&layers).map(drop), checkerboard(Array2::zeros((7, 30)).view(), period).map(drop),
        ];
        for error in answers.into_iter().filter_map(Result::err) {
            prop_assert!(error.to_string().len() > 20);
        }
        if stack_length(input, &layers).is_ok_and(|length| length < 1 << 20) {
            prop_assert!(stack_counts(input, &layers).is_ok());
        }
    }
}

/// Numbers that break careless arithmetic, among ordinary ones.
fn hostile() -> impl Strategy<Value = usize> {
    prop_oneof![
        6 => 0_usize..6,
        1 => prop_oneof![Just(usize::MAX), Just(usize::MAX / 2), Just(1 << (usize::BITS / 2)), Just(1 << 12)],
    ]
}

/// Behind a single input a stride has nothing to move, however long it is.
#[test]
fn the_inside_of_one_copy_is_all_of_it() {
    for stride in [3, 10, 1 << 40, usize::MAX / 2, usize::MAX / 2 + 1, usize::MAX] {
        assert_eq!(stack_interior(1, &[layer(3, stride, 0)]), Ok(Some(0..3)), "stride {stride}");
        assert_eq!(stack_counts(1, &[layer(3, stride, 0)]), Ok(vec![1; 3]), "stride {stride}");
    }
}

#[test]
fn impossible_stacks_say_why() {
    let counts = |layers: &[StackLayer]| stack_counts(3, layers).expect_err("refused");
    assert_eq!(counts(&[layer(0, 2, 0)]), UpsamplingError::EmptyMask);
    assert_eq!(counts(&[layer(2, 0, 0)]), UpsamplingError::ZeroFactor);
    assert_eq!(counts(&[layer(2, 1, 2)]), UpsamplingError::NothingLeft);
    assert_eq!(counts(&[layer(2, MAX_ELEMENTS, 0)]), UpsamplingError::TooLarge);
    assert_eq!(stack_counts(0, &[]), Err(UpsamplingError::EmptyPlane));
    assert_eq!(stack_counts(usize::MAX, &[]), Err(UpsamplingError::TooLarge));
    assert_eq!(stack_pattern(&[layer(1, 1 << 14, 0), layer(1, 1 << 14, 0)]), Err(UpsamplingError::TooLarge));
    // 2¹⁶ paths a layer: the fourth makes 2⁶⁴. A finite row reaches that only after the sixth.
    assert_eq!(stack_pattern(&[layer(1 << 16, 1, 0); 4]), Err(UpsamplingError::CountTooLarge));
    assert_eq!(stack_pattern(&[layer(1 << 16, 1, 0); 3]), Ok(vec![1 << 48]));
    assert_eq!(stack_counts(1 << 16, &[layer(1 << 16, 1, 0); 6]).map(drop), Err(UpsamplingError::CountTooLarge));
    let weights: &[f64] = &[1.0, 2.0];
    assert_eq!(stack_paint(3, &[(layer(3, 2, 0), weights)]), Err(UpsamplingError::MaskSize));
    assert_eq!(stack_paint_pattern(&[(layer(3, 2, 0), weights)]), Err(UpsamplingError::MaskSize));
    let mask = Array2::ones((2, 3));
    assert_eq!(stack_paint_plane([3, 3], &[(layer(2, 2, 0), mask.view())]), Err(UpsamplingError::MaskSize));
    assert_eq!(stack_paint_plane([1 << 14, 1 << 14], &[]), Err(UpsamplingError::TooLarge));
    assert_eq!(stack_paint_plane([3, 0], &[]), Err(UpsamplingError::EmptyPlane));
}

fn score(plane: &Array2<f32>, period: usize) -> Checkerboard {
    checkerboard(plane.view(), period).expect("large enough")
}

#[test]
fn decibels_are_those_of_two_cosines() {
    // A line at (0, 1/3) or (1/3, −1/3), and another one four bins beside it, inside the ring.
    let (side, tau) = (96, std::f64::consts::TAU);
    for [down, across] in [[0.0, 1.0 / 3.0], [1.0 / 3.0, -1.0 / 3.0]] {
        for (line, beside) in [(0.1, 0.01), (0.02, 0.1), (0.3, 0.03)] {
            let plane = Array2::from_shape_fn((side, side), |(y, x)| {
                let phase = tau * (down * y as f64 + across * x as f64);
                (0.5 + line * (phase + 0.7).cos() + beside * (phase + tau * 4.0 * x as f64 / side as f64).cos()) as f32
            });
            let score = score(&plane, 3);
            let expected = 20.0 * f64::log10(line / beside);
            let peak = score
                .peaks
                .iter()
                .find(|peak| (peak.frequency[0] - down).abs() < 1e-9 && (peak.frequency[1] - across).abs() < 1e-9);
            let peak = peak.expect("one of the frequencies");
            assert!((peak.decibels - expected).abs() < 0.01, "{peak:?} instead of {expected}");
            assert_eq!(score.is_visible(), line > beside);
            assert!(!score.is_visible() || score.peaks[0] == *peak);
            assert_eq!(score.visible_peaks().len(), usize::from(line > beside));
            let root = line * std::f64::consts::FRAC_1_SQRT_2;
            assert!((peak.amplitude - root).abs() < 1e-4, "{peak:?} instead of {root}");
            // Of the mean, 0.5; what is not visible has no strength.
            let expected = if line > beside { root / 0.5 } else { 0.0 };
            assert!((score.strength - expected).abs() < 1e-3, "{} instead of {expected}", score.strength);
        }
    }
}

/// On a constant plane only the least that can be seen surrounds a line.
#[test]
fn a_constant_plane_scores_by_its_pattern_alone() {
    let along = [4.0 / 3.0, 2.0 / 3.0];
    for side in [32, 64, 100] {
        let plane = Array2::from_shape_fn((side, side), |(y, x)| (along[y % 2] * along[x % 2]) as f32);
        let score = score(&plane, 2);
        // The pattern's lines are 1/3 along either axis and 1/9 across; its largest value is 16/9.
        let expected = [1.0 / 3.0, 1.0 / 3.0, 1.0 / 9.0].map(|line: f64| 20.0 * (line * 9000.0 / 16.0).log10());
        for (peak, expected) in score.peaks.iter().zip(expected) {
            assert!((peak.decibels - expected).abs() < 0.01, "{peak:?} instead of {expected}");
        }
        assert_eq!(score.peaks[2].frequency, [0.5, 0.5]);
        // The pattern's standard deviation over its mean, which is 1.
        assert!((score.strength - (19.0_f64 / 81.0).sqrt()).abs() < 1e-5, "{}", score.strength);
        let brighter = plane.mapv(|value| value * 300.0);
        assert!((checkerboard(brighter.view(), 2).expect("legal").decibels - score.decibels).abs() < 1e-3);
    }
    for value in [0.0, 1.0, -2.5, f32::NAN, f32::INFINITY] {
        let score = score(&Array2::from_elem((40, 50), value), 4);
        assert_eq!((score.decibels, score.is_visible(), score.strength), (-60.0, false, 0.0));
        assert_eq!(score.visible_peaks(), []);
    }
}

#[test]
fn peaks_are_every_frequency_once() {
    for period in 1..=8 {
        let score = score(&Array2::ones((64, 70)), period);
        let mut found = vec![0; period * period];
        for peak in &score.peaks {
            assert!(peak.frequency.iter().all(|&part| part > -0.5 && part <= 0.5));
            let [i, j] = peak.frequency.map(|part| (part * period as f64).round().rem_euclid(period as f64) as usize);
            found[i * period + j] += 1;
            let mirrored = (period - i) % period * period + (period - j) % period;
            if mirrored != i * period + j {
                found[mirrored] += 1;
            }
        }
        assert_eq!(found[0], 0);
        assert!(found[1..].iter().all(|&times| times == 1), "{period}: {found:?}");
    }
    let too_small = checkerboard(Array2::ones((64, 11)).view(), 2);
    assert_eq!(too_small, Err(UpsamplingError::FewPeriods(12)));
    let long = checkerboard(Array2::ones((1000, 1000)).view(), MAX_PERIOD + 1);
    assert_eq!(long, Err(UpsamplingError::LongPeriod));
}

/// A picture made smaller by the means of blocks.
fn reduced(plane: ArrayView2<f32>, side: usize) -> Array2<f32> {
    let block = plane.nrows() / side;
    Array2::from_shape_fn((side, side), |(y, x)| {
        plane.slice(s![y * block..(y + 1) * block, x * block..(x + 1) * block]).mean().expect("pixels")
    })
}

fn small_pictures(side: usize) -> Vec<(&'static str, Array2<f32>)> {
    let mut all: Vec<_> = pictures::all().into();
    all.extend([
        ("star", samples::star(256)),
        ("bars", samples::bars(256)),
        ("checkerboard", samples::checkerboard(256, 19)),
    ]);
    all.into_iter()
        .map(|(name, image)| {
            let plane = ArrayView2::from_shape((image.height(), image.width()), image.channel(0)).expect("all pixels");
            (name, reduced(plane, side))
        })
        .collect()
}

/// Every way that paints nothing unevenly, also the random filters that are the same for every place of a block.
#[test]
fn interpolation_leaves_no_checkerboard() {
    for side in [16, 32, 64, 128] {
        for (name, plane) in small_pictures(side) {
            for factor in 2..=4 {
                let view = plane.view();
                let resized = |interpolation| {
                    resize(view, [factor * side; 2], interpolation, Coordinates::HalfPixel, false).expect("legal")
                };
                let filter = random_mask(3, 1, 5, 0).expect("legal");
                let equal = icnr(filter.view(), factor).expect("legal");
                let convolved = |before| resize_convolve(view, factor, before, filter.view()).expect("legal");
                let ways = [
                    ("nearest", resized(Interpolation::Nearest)),
                    ("bilinear", resized(Interpolation::Bilinear)),
                    ("bicubic", resized(Interpolation::SHARP)),
                    ("soft bicubic", resized(Interpolation::KEYS)),
                    ("lanczos", resized(Interpolation::Lanczos3)),
                    ("nearest and convolve", convolved(Before::Nearest)),
                    ("bilinear and convolve", convolved(Before::Bilinear)),
                    ("equal filters", sub_pixel(view, equal.view(), factor).expect("legal")),
                    ("back-projection", back_projection(view, factor, Reduction::Box, 20).expect("legal")),
                ];
                for (way, large) in ways {
                    let score = score(&large, factor);
                    assert!(!score.is_visible(), "{way} of {name} {side} times {factor}: {:.1} dB", score.decibels);
                }
            }
        }
    }
}

#[test]
fn uneven_overlap_leaves_a_checkerboard_and_even_overlap_none() {
    for side in [16, 32, 64, 128] {
        for (name, plane) in small_pictures(side) {
            for factor in 2..=4 {
                for mask in factor..=8 {
                    let weights = flat_mask(mask, factor).expect("legal");
                    let large = transposed(plane.view(), weights.view(), factor).expect("legal");
                    let score = score(&large, factor);
                    let even = mask % factor == 0;
                    let told = format!("k = {mask}, s = {factor}, {name} {side}: {:.1} dB", score.decibels);
                    assert_eq!(score.is_visible(), !even, "{told}");
                    // The drawn checkerboard's own strong line passes through the ring.
                    assert!(even || name == "checkerboard" || score.decibels > 10.0, "{told}");
                }
                let tent = tent_mask(2 * factor - factor % 2, factor).expect("legal");
                let large = transposed(plane.view(), tent.view(), factor).expect("legal");
                assert!(!score(&large, factor).is_visible(), "tent {name} {side} times {factor}");
            }
        }
    }
}

/// Wider masks of uneven overlap paint less unevenly, which the score does not say and the strength does: on a constant
/// plane the counts k = 3, 5, 7 leave at s = 2 are n and n + 1 by turns along either axis, so 1/k of their mean.
#[test]
fn wider_masks_leave_weaker_patterns() {
    for side in [32, 48, 128] {
        for (name, plane) in small_pictures(side).into_iter().filter(|(name, _)| *name != "checkerboard") {
            let mut before = f64::INFINITY;
            for mask in [1, 3, 5, 7] {
                let weights = flat_mask(mask, 2).expect("legal");
                let score = score(&transposed(plane.view(), weights.view(), 2).expect("legal"), 2);
                let told = format!("k = {mask}, {name} {side}: {}", score.strength);
                assert!(score.is_visible() && score.strength < 0.9 * before, "{told} after {before}");
                let along = 1.0 / mask as f64;
                let constant = (2.0 * along.powi(2) + along.powi(4)).sqrt();
                assert!((score.strength / constant - 1.0).abs() < 0.25, "{told} instead of {constant}");
                before = score.strength;
            }
        }
    }
}

/// A pattern is as strong on a dark plane as on a bright one; one without a mean has no share of it.
#[test]
fn strength_is_a_share_of_the_mean() {
    let pattern =
        |mean: f32| Array2::from_shape_fn((60, 48), |(y, _)| if y % 2 == 0 { mean + 0.1 } else { mean - 0.1 });
    for mean in [0.2_f32, 0.5, -0.5, 20.0] {
        let expected = f64::from(0.1 / mean.abs());
        assert!((score(&pattern(mean), 2).strength - expected).abs() < 1e-4 * expected.max(1.0), "{mean}");
    }
    let none = score(&pattern(0.0), 2);
    assert!(none.is_visible() && (none.strength.is_nan() || none.strength > 1e3), "{}", none.strength);
}

/// Untrained layers, holes, and the way back: the overlap may be even, what is painted is not.
#[test]
fn uneven_weights_leave_a_checkerboard_where_overlap_is_even() {
    for (name, plane) in small_pictures(64) {
        for factor in 2..=4 {
            let view = plane.view();
            let random = random_mask(2 * factor, factor, 7, 0).expect("legal");
            assert_eq!(is_stack_even(&[layer(2 * factor, factor, factor / 2)]), Ok(true));
            let filters: Vec<_> = (0..(factor * factor) as u32)
                .map(|index| random_mask(3, 1, 7, index).expect("legal") * (1.0 + index as f32 / 9.0))
                .collect();
            let filters =
                stack(Axis(0), &filters.iter().map(|filter| filter.view()).collect::<Vec<_>>()).expect("alike");
            let large = nearest(view, factor).expect("legal");
            let flat = flat_mask(factor + 1, factor).expect("legal");
            let ways = [
                ("random weights", transposed(view, random.view(), factor).expect("legal")),
                ("random filters", sub_pixel(view, filters.view(), factor).expect("legal")),
                ("zero insertion", zero_insertion(view, factor).expect("legal")),
                ("gradient", strided_gradient(large.view(), flat.view(), factor).expect("legal")),
            ];
            for (way, large) in ways {
                let score = score(&large, factor);
                assert!(score.is_visible(), "{way} of {name} times {factor}: {:.1} dB", score.decibels);
            }
        }
    }
}
