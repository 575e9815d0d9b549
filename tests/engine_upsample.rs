//! The engine from outside: the Upsample page's requests. Numbers are held against the kernels called directly, so that a
//! way that took the wrong kernel, picture or setting would show.
#![cfg(not(target_arch = "wasm32"))]

mod lesson_upsample_actions;

use deconvolution_explorer::{
    convolution::{Geometry, PaddingMode, conv_transpose2d_padded, conv2d},
    engine::{
        Advance, Engine, EngineError, Enlarged, FileFormat, LEAST_SIDE, MOST_LARGE_PIXELS, Reply, Request, Upsampled,
        sufficient_size,
    },
    imaging::{Image, quality, samples, srgb8_from_linear},
    lesson::{
        Lesson,
        picture::Picture,
        upsample::{Down, UpsampleAction as Act, UpsampleLesson, Way, Weights},
    },
    upsampling::{
        Before, Coordinates, Interpolation, Reduction, Resize, back_projection, checkerboard, max_pool_with_switches,
        max_unpool, reduce, resize_convolve, strided_gradient, sub_pixel, transposed_geometry, transposed_with,
        zero_insertion,
    },
};
use lesson_upsample_actions::{after, any_action};
use ndarray::{Array2, ArrayView2, Axis, s};
use proptest::prelude::*;
use std::{cell::Cell, rc::Rc};

fn lesson(actions: &[Act]) -> UpsampleLesson {
    actions.iter().fold(UpsampleLesson::default(), |lesson, action| lesson.reduce(action.clone()))
}

/// These settings with these ways alone.
fn comparing(ways: &[Way], actions: &[Act]) -> UpsampleLesson {
    let chosen = Way::ALL.iter().filter(|way| ways.contains(way)).map(|way| Act::Compare(*way, true));
    let others = Way::ALL.iter().filter(|way| !ways.contains(way)).map(|way| Act::Compare(*way, false));
    chosen.chain(others).fold(lesson(actions), |lesson, action| lesson.reduce(action))
}

fn stack(layers: &[[usize; 2]]) -> Act {
    Act::Stack(layers.to_vec())
}

fn upsampled(engine: &mut Engine, lesson: &UpsampleLesson) -> Upsampled {
    match engine.handle(Request::Upsample(lesson.clone())) {
        Ok(Reply::Upsampled(upsampled)) => *upsampled,
        other => panic!("larger pictures were asked for, this came: {other:?}"),
    }
}

fn way(answer: &Upsampled, way: Way) -> &Enlarged {
    answer.results.iter().find(|result| result.way == way).unwrap_or_else(|| panic!("{} is missing", way.name()))
}

/// An engine with an own picture in colour, with edges, slopes and noise, of these columns and rows.
fn colourful(width: usize, height: usize) -> (Engine, Image) {
    let mut engine = Engine::default();
    let mut state = 7_u32;
    let mut rgba = Vec::new();
    for place in 0..width * height {
        let (x, y) = (place % width, place / width);
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = (state >> 27) as usize;
        let disc = x.abs_diff(width / 2).pow(2) + y.abs_diff(height / 2).pow(2) < (height / 3).pow(2);
        let red = 40 + 150 * x / width + noise;
        let green = if disc { 200 } else { 60 } + noise;
        rgba.extend([red as u8, green as u8, (30 + 180 * y / height) as u8, 255]);
    }
    let image = Image::from_srgb_rgba8(width, height, &rgba).expect("a good picture");
    engine.handle(Request::Source { picture: Picture::Own, width, height, rgba }).expect("a good picture");
    (engine, image)
}

/// An engine whose own picture is an even grey, so that every difference in the result comes from the layer.
fn even_grey(side: usize) -> Engine {
    let mut engine = Engine::default();
    let rgba = [128, 128, 128, 255].repeat(side * side);
    engine.handle(Request::Source { picture: Picture::Own, width: side, height: side, rgba }).expect("a good picture");
    engine
}

fn planes(image: &Image, kernel: impl Fn(ArrayView2<f32>) -> Array2<f32>) -> Image {
    let results: Vec<Array2<f32>> = (0..image.channels())
        .map(|channel| {
            let plane = ArrayView2::from_shape((image.height(), image.width()), image.channel(channel));
            kernel(plane.expect("a channel fills its picture"))
        })
        .collect();
    let (height, width) = results[0].dim();
    let data = results.iter().flat_map(|plane| plane.iter().copied()).collect();
    Image::from_vec(image.channels(), height, width, data).expect("a good picture")
}

/// What a picture with these samples looks like.
fn shown(image: &Image) -> Vec<u8> {
    (0..image.height() * image.width())
        .flat_map(|place| {
            let code = |channel: usize| srgb8_from_linear(image.channel(channel.min(image.channels() - 1))[place]);
            [code(0), code(1), code(2), 255]
        })
        .collect()
}

/// What the kernel of a way makes, called as a reader of its documentation would.
fn directly(way: Way, lesson: &UpsampleLesson, truth: Option<&Image>, small: &Image) -> Image {
    let (scale, work) = (lesson.scale(), &lesson.work);
    let resized = |interpolation| {
        let output = small.size().map(|side| side * scale);
        let plan = Resize::new(small.size(), output, interpolation, work.coordinates).expect("a plan");
        planes(small, |plane| plan.apply(plane).expect("a plane of that size"))
    };
    // Nobody knows how a picture came about that is the small one itself.
    let reduction = match work.down {
        Down::Gaussian if lesson.has_truth() => Reduction::Gaussian,
        Down::Bicubic if lesson.has_truth() => Reduction::Bicubic,
        _ => Reduction::Box,
    };
    let layers: Vec<(Array2<f32>, usize)> =
        lesson.masks().into_iter().zip(work.stack.layers().iter().map(|layer| layer.stride)).collect();
    let truth = || truth.expect("this way begins with the truth");
    match way {
        Way::Nearest => resized(Interpolation::Nearest),
        Way::Bilinear => resized(Interpolation::Bilinear),
        Way::Bicubic => resized(Interpolation::Bicubic { a: if work.sharp { -0.75 } else { -0.5 } }),
        Way::Lanczos => resized(Interpolation::Lanczos3),
        Way::Transposed => layers.iter().fold(small.clone(), |image, (mask, stride)| {
            let geometry = transposed_geometry([mask.nrows(), mask.ncols()], *stride).expect("a geometry");
            planes(&image, |plane| transposed_with(plane, mask.view(), &geometry).expect("a layer"))
        }),
        Way::Shuffle => {
            let filters = lesson.filters();
            planes(small, |plane| sub_pixel(plane, filters.view(), scale).expect("filters"))
        }
        Way::Convolved => {
            let mask = lesson.convolving_mask();
            planes(small, |plane| resize_convolve(plane, scale, Before::Nearest, mask.view()).expect("a mask"))
        }
        Way::Zeros => planes(small, |plane| zero_insertion(plane, scale).expect("a factor")),
        Way::Unpooled => planes(truth(), |plane| {
            let (maxima, switches) = max_pool_with_switches(plane, scale).expect("blocks");
            max_unpool(maxima.view(), switches.view(), scale).expect("switches")
        }),
        Way::BackProjected => {
            planes(small, |plane| back_projection(plane, scale, reduction, work.rounds).expect("a reduction"))
        }
        Way::Gradient => {
            let mut image = match layers.as_slice() {
                [(mask, stride)] => {
                    planes(truth(), |plane| strided_gradient(plane, mask.view(), *stride).expect("a mask"))
                }
                layers => planes(truth(), |plane| gradient_of(plane, layers)),
            };
            let mean =
                |image: &Image| image.data().iter().map(|v| f64::from(*v)).sum::<f64>() / image.data().len() as f64;
            let factor = mean(truth()) / mean(&image);
            image.data_mut().iter_mut().for_each(|value| *value = (f64::from(*value) * factor) as f32);
            image
        }
    }
}

/// Down through all layers, the last one first, and all the way back.
fn gradient_of(plane: ArrayView2<f32>, layers: &[(Array2<f32>, usize)]) -> Array2<f32> {
    let batch = |plane: ArrayView2<f32>| plane.to_owned().insert_axis(Axis(0)).insert_axis(Axis(0));
    let mut sizes = Vec::new();
    let mut here = batch(plane);
    for (mask, stride) in layers.iter().rev() {
        let geometry = Geometry { stride: [*stride; 2], ..Geometry::default() };
        sizes.push([here.dim().2, here.dim().3]);
        here = conv2d(here.view(), batch(mask.view()).view(), &geometry).expect("it fits");
    }
    for (mask, stride) in layers {
        let geometry = Geometry { stride: [*stride; 2], ..Geometry::default() };
        let size = sizes.pop().expect("a size a layer");
        let weight = batch(mask.view());
        here =
            conv_transpose2d_padded(here.view(), weight.view(), size, &geometry, PaddingMode::Zero).expect("it fits");
    }
    here.slice_move(s![0, 0, .., ..])
}

fn almost(a: f64, b: f64, what: &str) {
    assert!((a - b).abs() <= 1e-6 * (1.0 + b.abs()) || (a == b) || (a.is_nan() && b.is_nan()), "{what}: {a} for {b}");
}

/// Holds an answer against the kernels, the metrics and the score, all called directly.
fn check(answer: &Upsampled, lesson: &UpsampleLesson, truth: Option<&Image>, small: &Image) {
    // Three times the root mean square of what is furthest off.
    let worst = answer.results.iter().map(|result| {
        let large = directly(result.way, lesson, truth, small);
        truth.map_or(f64::NAN, |truth| quality::mse(truth, &large).sqrt())
    });
    let worst = worst.fold(f64::NAN, f64::max);
    almost(answer.difference_scale, if worst == 0.0 { 1.0 } else { 3.0 * worst }, "the scale of the differences");
    assert_eq!(answer.scale, lesson.scale());
    assert_eq!(answer.small.rgba.to_vec(), shown(small), "the small picture");
    assert_eq!(answer.truth.as_ref().map(|truth| truth.rgba.to_vec()), truth.map(shown), "the truth");
    let compared: Vec<Way> = lesson.work.compared.iter().copied().filter(|way| !answer.missing.contains(way)).collect();
    assert_eq!(answer.results.iter().map(|result| result.way).collect::<Vec<_>>(), compared);
    for result in &answer.results {
        let name = result.way.name();
        let large = directly(result.way, lesson, truth, small);
        assert_eq!([result.picture.height, result.picture.width], large.size(), "{name}");
        let codes = shown(&large);
        let off = result.picture.rgba.iter().zip(&codes).map(|(a, b)| a.abs_diff(*b)).max();
        // A gradient is scaled in another order of operations.
        assert!(off <= Some(u8::from(result.way == Way::Gradient)), "{name}: off by {off:?}");
        let findings = &result.findings;
        let number = |metric: &dyn Fn(&Image) -> f64| truth.map_or(f64::NAN, metric);
        almost(findings.psnr, number(&|truth| quality::psnr(truth, &large, 1.0)), name);
        almost(findings.ssim, number(&|truth| quality::ssim(truth, &large, 1.0)), name);
        let (decibels, strength, is_visible) = grey_board(&large, lesson.scale());
        almost(findings.checkerboard, decibels, name);
        almost(findings.strength, strength, name);
        assert_eq!(findings.is_checkered, is_visible, "{name}");
        assert_eq!(findings.is_checkered, findings.strength > 0.0, "{name}");
        assert_eq!(findings.is_checkered, !findings.peaks.is_empty(), "{name}");
        assert!(findings.millis.is_nan(), "nobody handed a clock in");
        assert_eq!(result.difference.is_some(), truth.is_some(), "{name}");
        if let (Some(difference), Some(truth)) = (&result.difference, truth) {
            assert_eq!([difference.height, difference.width], large.size(), "{name}");
            let off = difference.rgba.iter().zip(differing(&large, truth, answer.difference_scale));
            assert!(off.map(|(a, b)| a.abs_diff(b)).max() <= Some(1), "{name}");
        }
        for [down, across] in &findings.peaks {
            assert!((-0.5..0.5).contains(down) && (-0.5..0.5).contains(across), "{name}: {down}, {across}");
            let whole = |part: f64| (part * lesson.scale() as f64).round() / lesson.scale() as f64 == part;
            assert!(whole(*down) && whole(*across) && [*down, *across] != [0.0, 0.0], "{name}: {down}, {across}");
        }
    }
}

/// A difference as it is shown: 0 as mid-grey, the scale as white, and less than its negative as black.
fn differing(large: &Image, truth: &Image, scale: f64) -> Vec<u8> {
    let mut difference = large.clone();
    difference.data_mut().iter_mut().zip(truth.data()).for_each(|(value, wanted)| *value -= wanted);
    (0..large.height() * large.width())
        .flat_map(|place| {
            let code = |channel: usize| {
                let value = difference.channel(channel.min(difference.channels() - 1))[place];
                (128.0 + 127.0 * f64::from(value) / scale).round().clamp(0.0, 255.0) as u8
            };
            [code(0), code(1), code(2), 255]
        })
        .collect()
}

/// The score of the mean of the channels, and the pattern's strength.
fn grey_board(image: &Image, period: usize) -> (f64, f64, bool) {
    let count = image.channels() as f32;
    let grey = Array2::from_shape_fn((image.height(), image.width()), |(y, x)| {
        let place = y * image.width() + x;
        let sum = (1..image.channels()).fold(image.channel(0)[place], |sum, c| sum + image.channel(c)[place]);
        sum * (1.0 / count)
    });
    checkerboard(grey.view(), period)
        .map_or((f64::NAN, f64::NAN, false), |board| (board.decibels, board.strength, board.is_visible()))
}

fn reduced(truth: &Image, scale: usize, reduction: Reduction) -> Image {
    planes(truth, |plane| reduce(plane, scale, reduction).expect("a multiple"))
}

#[test]
fn every_way_is_its_kernel_on_a_sample() {
    let mut engine = Engine::default();
    let settings: [&[Act]; 6] = [
        &[stack(&[[3, 2]])],
        &[stack(&[[5, 3]]), Act::Weights(Weights::Random), Act::Down(Down::Gaussian), Act::Sharp(true)],
        &[stack(&[[4, 2], [3, 2]]), Act::Weights(Weights::Bell), Act::Down(Down::Bicubic), Act::Rounds(4)],
        &[stack(&[[2, 4]]), Act::Coordinates(Coordinates::AlignCorners), Act::Weights(Weights::Tent)],
        &[stack(&[[3, 2]]), Act::Weights(Weights::Own), Act::Coordinates(Coordinates::Asymmetric)],
        &[stack(&[[3, 1]]), Act::Weights(Weights::Random), Act::Icnr(true)],
    ];
    for actions in settings {
        let lesson = comparing(&Way::ALL, actions);
        let truth = samples::star(96);
        let reduction = match lesson.work.down {
            Down::Gaussian => Reduction::Gaussian,
            Down::Bicubic => Reduction::Bicubic,
            _ => Reduction::Box,
        };
        let small = reduced(&truth, lesson.scale(), reduction);
        let answer = upsampled(&mut engine, &lesson);
        assert_eq!(answer.missing, []);
        check(&answer, &lesson, Some(&truth), &small);
    }
}

#[test]
fn colour_goes_channel_by_channel_and_the_truth_is_cropped_around_its_middle() {
    let (mut engine, image) = colourful(83, 62);
    for scale in [2, 3, 4] {
        let actions = [Act::Picture(Picture::Own), stack(&[[3, scale]]), Act::Weights(Weights::Random)];
        let lesson = comparing(&Way::ALL, &actions);
        let [rows, columns] = [62 - 62 % scale, 83 - 83 % scale];
        let truth = image.crop((62 - rows) / 2, (83 - columns) / 2, rows, columns).expect("inside");
        let small = reduced(&truth, scale, Reduction::Box);
        check(&upsampled(&mut engine, &lesson), &lesson, Some(&truth), &small);
    }
}

#[test]
fn large_files_are_reduced_by_areas_and_small_ones_stay() {
    let (mut engine, image) = colourful(384, 192);
    let lesson = comparing(&[Way::Nearest], &[Act::Picture(Picture::Own), Act::Size(192)]);
    // Half the size is the mean of every four.
    let truth = reduced(&image, 2, Reduction::Box);
    let answer = upsampled(&mut engine, &lesson);
    let shown_truth = answer.truth.as_ref().expect("a truth");
    assert_eq!([shown_truth.height, shown_truth.width], [96, 192]);
    let off = shown_truth.rgba.iter().zip(shown(&truth)).map(|(a, b)| a.abs_diff(b)).max();
    assert!(off <= Some(1), "{off:?}");
    let whole = upsampled(&mut engine, &lesson.reduce(Act::Size(1536)));
    assert_eq!(whole.truth.expect("a truth").rgba.to_vec(), shown(&image));
}

#[test]
fn what_comes_as_it_is_has_no_truth_and_no_scores() {
    let (mut engine, image) = colourful(40, 30);
    let actions = [Act::Picture(Picture::Own), Act::Down(Down::AsItIs), stack(&[[3, 2]])];
    let lesson = comparing(&Way::ALL, &actions);
    let answer = upsampled(&mut engine, &lesson);
    assert_eq!(answer.missing, [Way::Unpooled, Way::Gradient]);
    assert_eq!(answer.results.len(), Way::ALL.len() - 2);
    check(&answer, &lesson, None, &image);
}

#[test]
fn the_drawing_is_the_small_picture() {
    let mut engine = Engine::default();
    let drawn = lesson(&[Act::Picture(Picture::Sprite), Act::Colour(8), Act::Draw(17)]);
    let answer = upsampled(&mut engine, &drawn);
    assert_eq!(answer.truth, None);
    assert_eq!([answer.small.height, answer.small.width], [16, 16]);
    assert_eq!(answer.small.rgba.to_vec(), drawn.work.sprite.rgba());
    let image = Image::from_srgb_rgba8(16, 16, &drawn.work.sprite.rgba()).expect("a good picture");
    check(&answer, &drawn, None, &image);
    // Another stroke is another picture.
    let next = upsampled(&mut engine, &drawn.reduce(Act::Draw(200)));
    assert_ne!(next.small.rgba, answer.small.rgba);
    assert_ne!(next.small.revision, answer.small.revision);
}

#[test]
fn checkerboards_are_found_where_they_must_be_and_nowhere_else() {
    let mut engine = Engine::default();
    let (mut grey, random) = (even_grey(96), Act::Weights(Weights::Random));
    let cases: [(Way, &[Act], bool); 9] = [
        (Way::Transposed, &[stack(&[[3, 2]])], true),
        (Way::Transposed, &[stack(&[[4, 2]])], false),
        (Way::Transposed, &[stack(&[[5, 3]])], true),
        (Way::Transposed, &[stack(&[[6, 3]])], false),
        (Way::Shuffle, &[stack(&[[3, 2]]), random.clone()], true),
        (Way::Shuffle, &[stack(&[[3, 2]]), random.clone(), Act::Icnr(true)], false),
        (Way::Convolved, &[stack(&[[3, 2]]), random.clone()], false),
        (Way::Nearest, &[stack(&[[3, 2]])], false),
        (Way::Gradient, &[stack(&[[3, 2]])], true),
    ];
    for (which, actions, expected) in cases {
        for own in [false, true] {
            let picture = Act::Picture(if own { Picture::Own } else { Picture::Star });
            let actions: Vec<Act> = actions.iter().cloned().chain([picture]).collect();
            let lesson = comparing(&[which], &actions);
            let answer = upsampled(if own { &mut grey } else { &mut engine }, &lesson);
            let findings = &way(&answer, which).findings;
            let what = format!("{} {:?}: {findings:?}", which.name(), lesson.work.stack);
            assert_eq!(findings.is_checkered, expected, "{what}");
            if expected && lesson.scale() == 2 {
                // Half a cycle a pixel, which is written as minus half of one.
                assert!(findings.peaks.iter().all(|peak| peak.iter().all(|part| [0.0, -0.5].contains(part))), "{what}");
            }
            assert_eq!(findings.checkerboard > 6.0, expected, "{what}");
        }
    }
}

#[test]
fn what_a_way_does_not_depend_on_leaves_its_pictures_as_they_are() {
    let mut engine = Engine::default();
    let base = comparing(&Way::ALL, &[Act::Weights(Weights::Random)]);
    let before = upsampled(&mut engine, &base);
    let changed = |engine: &mut Engine, actions: &[Act]| -> Vec<Way> {
        let next = actions.iter().fold(base.clone(), |lesson, action| lesson.reduce(action.clone()));
        let after = upsampled(engine, &next);
        let pairs = before.results.iter().zip(&after.results);
        pairs.filter(|(a, b)| a.picture.revision != b.picture.revision).map(|(a, _)| a.way).collect()
    };
    let of_masks = [Way::Transposed, Way::Shuffle, Way::Convolved, Way::Gradient];
    let resized = [Way::Nearest, Way::Bilinear, Way::Bicubic, Way::Lanczos];
    assert_eq!(changed(&mut engine, &[]), []);
    assert_eq!(changed(&mut engine, &[Act::Seed(5)]), of_masks);
    assert_eq!(changed(&mut engine, &[Act::Rounds(3)]), [Way::BackProjected]);
    assert_eq!(changed(&mut engine, &[Act::Sharp(true)]), [Way::Bicubic]);
    assert_eq!(changed(&mut engine, &[Act::Coordinates(Coordinates::Asymmetric)]), resized);
    assert_eq!(changed(&mut engine, &[Act::Icnr(true)]), [Way::Shuffle]);
    // What begins with the truth does not ask how the small picture came about.
    let of_truth = [Way::Unpooled, Way::Gradient];
    let small: Vec<Way> = Way::ALL.into_iter().filter(|way| !of_truth.contains(way)).collect();
    assert_eq!(changed(&mut engine, &[Act::Down(Down::Gaussian)]), small);
    assert_eq!(changed(&mut engine, &[Act::Down(Down::Gaussian), Act::Down(Down::Box)]), []);
    assert_eq!(changed(&mut engine, &[Act::Pixels(3), Act::Padding(1), Act::Corner([3.0, 4.0])]), []);
    // A way more is one picture more.
    let fewer = base.reduce(Act::Compare(Way::Bilinear, false));
    let revisions = |answer: &Upsampled| answer.results.iter().map(|r| r.picture.revision).collect::<Vec<_>>();
    let kept: Vec<u64> = before.results.iter().filter(|r| r.way != Way::Bilinear).map(|r| r.picture.revision).collect();
    assert_eq!(revisions(&upsampled(&mut engine, &fewer)), kept);
}

/// What an answer says, but for the revisions of its pictures. What is no number is equal to itself here.
fn said(answer: &Upsampled) -> String {
    let bytes: Vec<_> = [&answer.small, &answer.small_spectrum]
        .into_iter()
        .chain(&answer.truth)
        .chain(&answer.truth_spectrum)
        .chain(answer.results.iter().flat_map(|r| [&r.picture, &r.spectrum].into_iter().chain(&r.difference)))
        .map(|picture| (picture.width, picture.height, picture.rgba.to_vec()))
        .collect();
    let findings: Vec<_> = answer.results.iter().map(|result| (result.way, &result.findings)).collect();
    format!("{} {:?} {findings:?} {bytes:?}", answer.scale, answer.missing)
}

#[test]
fn equal_questions_have_equal_answers_whatever_came_in_between() {
    let mut warm = Engine::default();
    let others = [
        lesson(&[stack(&[[4, 2]])]),
        lesson(&[stack(&[[3, 3]]), Act::Size(192)]),
        lesson(&[Act::Picture(Picture::Sprite)]),
        lesson(&[Act::Picture(Picture::Bars), Act::Weights(Weights::Random), Act::Seed(9)]),
        lesson(&[Act::Down(Down::AsItIs)]),
    ];
    let expected: Vec<String> = others.iter().map(|lesson| said(&upsampled(&mut Engine::default(), lesson))).collect();
    for _ in 0..2 {
        for (lesson, expected) in others.iter().zip(&expected) {
            assert_eq!(said(&upsampled(&mut warm, lesson)), *expected);
        }
    }
    // Times are measured anew after that, and so is all else.
    let before = upsampled(&mut warm, &others[0]);
    warm.handle(Request::Forget).expect("nothing is wrong");
    let after = upsampled(&mut warm, &others[0]);
    assert_eq!(said(&after), said(&before));
    assert!(before.results.iter().zip(&after.results).all(|(a, b)| a.picture.revision < b.picture.revision));
}

#[test]
fn a_job_goes_way_by_way_and_can_be_replaced_between_them() {
    let mut engine = Engine::default();
    let all = comparing(&Way::ALL, &[]);
    engine.begin(Request::Upsample(all.clone())).expect("a picture");
    assert_eq!(engine.progress(), None, "nothing has been done yet");
    let mut counted = Vec::new();
    while counted.len() < 5 {
        assert_eq!(engine.advance(), Ok(Advance::Working));
        counted.extend(
            engine.progress().map(|progress| (progress.iteration, progress.of)).filter(|now| !counted.contains(now)),
        );
    }
    assert_eq!(counted, [(1, 11), (2, 11), (3, 11), (4, 11), (5, 11)]);
    let shown = engine.progress().expect("under way").picture;
    // The newest wins; what the other one did is not lost.
    let one = comparing(&[Way::Zeros], &[]);
    engine.begin(Request::Upsample(one.clone())).expect("a picture");
    let answer = loop {
        if let Advance::Done(Reply::Upsampled(answer)) = engine.advance().expect("nothing is wrong") {
            break answer;
        }
    };
    assert_eq!(answer.results.iter().map(|result| result.way).collect::<Vec<_>>(), [Way::Zeros]);
    let whole = upsampled(&mut engine, &all);
    assert_eq!(whole.results[4].picture, shown);
    assert_eq!(said(&whole), said(&upsampled(&mut Engine::default(), &all)));
    assert_eq!(engine.progress(), None, "it is over");
    assert_eq!(engine.advance(), Ok(Advance::Idle));
}

#[test]
fn a_stopped_job_answers_with_the_ways_that_it_has() {
    let all = comparing(&Way::ALL, &[]);
    for before in [0, 1, 6, 9] {
        let mut engine = Engine::default();
        engine.begin(Request::Upsample(all.clone())).expect("a picture");
        for _ in 0..before {
            assert_eq!(engine.advance(), Ok(Advance::Working));
        }
        let done = engine.progress().map_or(0, |progress| progress.iteration);
        engine.stop();
        let answer = loop {
            if let Advance::Done(Reply::Upsampled(answer)) = engine.advance().expect("nothing is wrong") {
                break answer;
            }
        };
        let expected = (done + 1).min(Way::ALL.len());
        assert!((1..=expected).contains(&answer.results.len()), "{before}: {}", answer.results.len());
        assert!(answer.results.len() >= done.max(1));
        // Asked again it is whole.
        assert_eq!(said(&upsampled(&mut engine, &all)), said(&upsampled(&mut Engine::default(), &all)));
    }
}

#[test]
fn times_are_those_of_the_clock_that_was_handed_in() {
    let mut engine = Engine::default();
    let now = Rc::new(Cell::new(0.0));
    engine.time_with(Box::new({
        let now = now.clone();
        move || now.replace(now.get() + 2.5)
    }));
    let answer = upsampled(&mut engine, &comparing(&[Way::Bilinear, Way::Zeros], &[]));
    // Two readings for the plan and two for the one channel; without a plan two.
    assert_eq!(way(&answer, Way::Bilinear).findings.millis, 5.0);
    assert_eq!(way(&answer, Way::Zeros).findings.millis, 2.5);
}

/// An engine whose clock advances by these milliseconds between every second reading and the one before it, and counts
/// how many of them it has come to.
fn timed(script: &'static [f64]) -> (Engine, Rc<Cell<usize>>) {
    let mut engine = Engine::default();
    let (readings, now) = (Rc::new(Cell::new(0)), Cell::new(0.0));
    engine.time_with(Box::new({
        let readings = readings.clone();
        move || {
            let reading = readings.replace(readings.get() + 1);
            if reading % 2 == 1 {
                now.set(now.get() + script.get(reading / 2).copied().unwrap_or(1e6));
            }
            now.get()
        }
    }));
    (engine, readings)
}

#[test]
fn short_runs_are_repeated_and_the_best_counts() {
    for (script, best, runs) in [
        // The first run is cold.
        (&[90.0, 0.75, 0.5][..], 0.5, 3),
        (&[2.0, 3.0, 4.0], 2.0, 3),
        (&[12.0, 9.0, 10.0], 9.0, 3),
        // Long ones are run twice, and very long ones once.
        (&[60.0, 40.0, 1.0], 40.0, 2),
        (&[250.0, 1.0, 1.0], 250.0, 1),
    ] {
        let (mut engine, readings) = timed(script);
        let lesson = comparing(&[Way::Zeros], &[]);
        let answer = upsampled(&mut engine, &lesson);
        assert_eq!(way(&answer, Way::Zeros).findings.millis, best, "{script:?}");
        assert_eq!(readings.get(), 2 * runs, "{script:?}");
        // Nobody sees the time of a file.
        let (mut engine, readings) = timed(script);
        let file = engine.handle(Request::UpsampleFile(lesson, Some(Way::Zeros), FileFormat::Npy));
        assert!(matches!(file, Ok(Reply::File(_))));
        assert_eq!(readings.get(), 2);
    }
}

#[test]
fn differences_share_a_scale_and_are_shown_anew_only_when_it_changes() {
    let mut engine = Engine::default();
    let revision = |answer: &Upsampled, which: Way| way(answer, which).difference.as_ref().expect("a truth").revision;
    let good = upsampled(&mut engine, &comparing(&[Way::Bicubic], &[]));
    let both = upsampled(&mut engine, &comparing(&[Way::Bicubic, Way::Transposed], &[]));
    assert!(both.difference_scale > 1.5 * good.difference_scale, "{} {}", both.difference_scale, good.difference_scale);
    assert_ne!(revision(&good, Way::Bicubic), revision(&both, Way::Bicubic));
    assert_eq!(way(&good, Way::Bicubic).picture.revision, way(&both, Way::Bicubic).picture.revision);
    // The worst looks worst.
    let contrast = |which: Way| {
        let rgba = &way(&both, which).difference.as_ref().expect("a truth").rgba;
        rgba.chunks_exact(4).map(|pixel| f64::from(pixel[0].abs_diff(128)).powi(2)).sum::<f64>().sqrt()
    };
    assert!(contrast(Way::Transposed) > 1.5 * contrast(Way::Bicubic));
    // A better way more leaves the others as they are.
    let three = upsampled(&mut engine, &comparing(&[Way::Bilinear, Way::Bicubic, Way::Transposed], &[]));
    assert_eq!(three.difference_scale, both.difference_scale);
    assert_eq!(revision(&three, Way::Bicubic), revision(&both, Way::Bicubic));
    assert_eq!(revision(&three, Way::Transposed), revision(&both, Way::Transposed));
    // What is not off at all leaves the scale to the others; alone it has that of white.
    let exact = [stack(&[[3, 1]])];
    let alone = upsampled(&mut engine, &comparing(&[Way::Nearest], &exact));
    assert_eq!(alone.difference_scale, 1.0);
    assert!(way(&alone, Way::Nearest).difference.as_ref().expect("a truth").rgba.chunks(4).all(|p| p[0] == 128));
}

#[test]
fn what_is_too_large_is_refused_with_the_largest_scale_that_fits() {
    let (mut engine, _) = colourful(1536, 1024);
    let actions = [Act::Picture(Picture::Own), Act::Size(1536), Act::Down(Down::AsItIs)];
    let lesson = |layers: &[[usize; 2]], ways: &[Way]| {
        let actions: Vec<Act> = actions.iter().cloned().chain([stack(layers)]).collect();
        comparing(ways, &actions)
    };
    let four = [Way::Nearest, Way::Bilinear, Way::Transposed, Way::Zeros];
    let refused = engine.handle(Request::Upsample(lesson(&[[2, 4]], &four)));
    let Err(error @ EngineError::TooManyPixels { width: 1536, height: 1024, scale: 4, pictures: 4, largest }) = refused
    else {
        panic!("{refused:?}");
    };
    // The largest that fits does, and the next does not.
    let pixels = |scale: usize| 4 * 1536 * 1024 * scale * scale;
    let largest = largest.expect("one fits");
    assert!(pixels(largest) <= MOST_LARGE_PIXELS && pixels(largest + 1) > MOST_LARGE_PIXELS);
    let sentence = error.to_string();
    assert!(sentence.contains(&format!("the largest scale that fits is {largest}")), "{sentence}");
    assert!(sentence.contains("fewer ways") && sentence.contains("96 megapixels, and 64"), "{sentence}");
    // A single one speaks of no others.
    let single = engine.handle(Request::Upsample(lesson(&[[2, 6], [2, 2]], &four[..1]))).expect_err("too large");
    let sentence = single.to_string();
    assert!(
        sentence.contains("12 times as large, would have 216 megapixels") && !sentence.contains("fewer"),
        "{sentence}"
    );
    assert!(sentence.contains("the largest scale that fits is 6"), "{sentence}");
    // Fewer ways are fewer pictures.
    let begun = engine.begin(Request::Upsample(lesson(&[[2, 4]], &four[..1])));
    assert_eq!(begun, Ok(()));
    assert_eq!(engine.advance(), Ok(Advance::Working));
    // Sizes that no machine could count in 32 bits.
    let endless = engine.handle(Request::Upsample(lesson(&[[6, 6]; 5], &four)));
    assert!(matches!(endless, Err(EngineError::TooManyPixels { scale: 7776, .. })), "{endless:?}");
}

#[test]
fn what_is_too_small_is_refused_with_a_sentence() {
    let mut engine = even_grey(15);
    let own = lesson(&[Act::Picture(Picture::Own), stack(&[[4, 4]])]);
    let refused = |engine: &mut Engine, lesson: &UpsampleLesson| match engine.handle(Request::Upsample(lesson.clone()))
    {
        Err(error @ EngineError::TooSmall { .. }) => error.to_string(),
        other => panic!("{other:?}"),
    };
    let sentence = refused(&mut engine, &own);
    assert!(sentence.contains("Made 4 times smaller, the picture would have only 3 × 3") && sentence.ends_with('.'));
    assert!(
        sentence.ends_with("take a larger picture, or smaller strides."),
        "15 pixels stay 15 at every size: {sentence}"
    );
    let nothing = refused(&mut engine, &own.reduce(stack(&[[4, 4], [4, 4], [4, 4]])));
    assert!(nothing.starts_with("Made 64 times smaller, nothing would be left of the picture"), "{nothing}");
    assert!(engine.handle(Request::Upsample(own.reduce(stack(&[[3, 3]])))).is_ok());
    assert!(engine.handle(Request::Upsample(own.reduce(Act::Down(Down::AsItIs)))).is_ok());
    let mut engine = even_grey(LEAST_SIDE - 1);
    assert!(refused(&mut engine, &own.reduce(Act::Down(Down::AsItIs))).starts_with("The picture has only 3 × 3"));
    // Where a size on offer is enough the sentence names it, and it is; where none is it says so.
    let five = |size: usize| lesson(&[stack(&[[3, 2]; 5]), Act::Size(size)]);
    let sentence = refused(&mut Engine::default(), &five(96));
    assert!(sentence.contains("choose the size 192 px, or smaller strides"), "{sentence}");
    assert_eq!(sufficient_size(&five(96), None), Some(192));
    assert!(Engine::default().handle(Request::Upsample(five(192))).is_ok());
    let endless = lesson(&[stack(&[[8, 6]; 5])]);
    let sentence = refused(&mut Engine::default(), &endless);
    assert!(
        sentence.contains("Made 7,776 times smaller") && sentence.ends_with("make the strides smaller."),
        "{sentence}"
    );
    // A photograph is no larger than it is, and its shorter side counts.
    let photograph = five(96).reduce(Act::Picture(Picture::Chelsea));
    let enough = |scale: &[[usize; 2]], given| sufficient_size(&photograph.reduce(stack(scale)), Some(given));
    assert_eq!(enough(&[[3, 2]; 5], [451, 300]), Some(192), "192 × 128 become 6 × 4");
    assert_eq!(enough(&[[3, 2], [3, 2], [3, 2], [3, 2], [3, 4]], [451, 300]), Some(768), "300 rows become 4");
    assert_eq!(enough(&[[3, 2], [3, 2], [3, 2], [3, 4], [3, 4]], [451, 300]), None);
    assert_eq!(enough(&[[3, 2]], [451, 300]), None, "it has enough as it is");
    // A signal has one column.
    assert!(refused(&mut engine, &lesson(&[Act::Picture(Picture::Steps)])).contains('×'));
    let mut empty = Engine::default();
    assert_eq!(empty.handle(Request::Upsample(own.clone())), Err(EngineError::Missing(Picture::Own)));
    assert_eq!(empty.begin(Request::Upsample(own)), Err(EngineError::Missing(Picture::Own)));
}

#[test]
fn filters_without_number_are_refused_and_masks_that_do_not_fit_are_missing() {
    let mut engine = even_grey(16);
    let own = [Act::Picture(Picture::Own), Act::Down(Down::AsItIs)];
    let many: Vec<Act> = own.iter().cloned().chain([stack(&[[8, 6], [6, 6]])]).collect();
    let error = engine.handle(Request::Upsample(comparing(&[Way::Shuffle], &many)));
    assert_eq!(error, Err(EngineError::TooManyFilters { scale: 36, side: 8 }));
    let sentence = error.expect_err("too many").to_string();
    assert!(sentence.contains("1296 filters of 8 × 8") && sentence.ends_with("leave this way out."), "{sentence}");
    assert!(engine.handle(Request::Upsample(comparing(&[Way::Transposed], &many))).is_ok());
    let (mut small, _) = colourful(16, 16);
    let actions: Vec<Act> = own[..1].iter().cloned().chain([stack(&[[8, 2], [8, 2]])]).collect();
    let answer = upsampled(&mut small, &comparing(&[Way::Nearest, Way::Gradient], &actions));
    assert_eq!(answer.missing, [Way::Gradient]);
}

#[test]
fn files_hold_what_the_ways_made_in_full_precision() {
    let (mut engine, image) = colourful(48, 40);
    // Back-projection is not among the ways that are compared, and its settings count all the same.
    let settings = [Act::Picture(Picture::Own), stack(&[[3, 2]]), Act::Down(Down::Gaussian), Act::Rounds(3)];
    let asked = lesson(&settings);
    let small = reduced(&image, 2, Reduction::Gaussian);
    let mut file =
        |way: Option<Way>, format: FileFormat| match engine.handle(Request::UpsampleFile(asked.clone(), way, format)) {
            Ok(Reply::File(bytes)) => bytes,
            other => panic!("a file was asked for, this came: {other:?}"),
        };
    for way in Way::ALL {
        let large = directly(way, &asked, Some(&image), &small);
        let found = npy(&file(Some(way), FileFormat::Npy));
        assert_eq!(found.len(), large.data().len(), "{}", way.name());
        let off = found.iter().zip(interleaved(&large)).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(off <= if way == Way::Gradient { 1e-6 } else { 0.0 }, "{}: {off}", way.name());
        let png = file(Some(way), FileFormat::Png16);
        assert_eq!(png[..8], *b"\x89PNG\r\n\x1a\n");
        assert_eq!(png[16..24], [[0, 0, 0, 48], [0, 0, 0, 40]].concat(), "{}", way.name());
    }
    assert_eq!(npy(&file(None, FileFormat::Npy)), interleaved(&small));
    assert_eq!(file(None, FileFormat::Png16)[16..24], [[0, 0, 0, 24], [0, 0, 0, 20]].concat());
    let without = asked.reduce(Act::Down(Down::AsItIs));
    let refused = engine.handle(Request::UpsampleFile(without, Some(Way::Unpooled), FileFormat::Npy));
    assert_eq!(refused, Err(EngineError::NeedsTruth(Way::Unpooled)));
    assert!(refused.expect_err("no truth").to_string().contains("“Max unpooling” needs a large picture"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Kernels called with the settings as they are, of which the engine sees nothing but its question.
    #[test]
    fn pictures_and_files_depend_on_nothing_that_the_question_leaves_out(
        actions in prop::collection::vec(any_action(), 0..12),
        is_drawn in prop::bool::weighted(0.25),
        layer in [1_usize..=8, 1..=6],
    ) {
        let (mut engine, image) = colourful(31, 28);
        let picture = if is_drawn { Picture::Sprite } else { Picture::Own };
        let mut lesson = after(&actions).reduce(Act::Picture(picture));
        if lesson.scale() > 6 {
            lesson = lesson.reduce(stack(&[layer]));
        }
        let scale = lesson.scale();
        let image = if is_drawn {
            Image::from_srgb_rgba8(16, 16, &lesson.work.sprite.rgba()).expect("a good picture")
        } else {
            image
        };
        let truth = lesson.has_truth().then(|| {
            let [rows, columns] = image.size().map(|side| side - side % scale);
            image.crop((image.height() - rows) / 2, (image.width() - columns) / 2, rows, columns).expect("inside")
        });
        let small = match (&truth, lesson.work.down) {
            (None, _) | (_, Down::AsItIs) => image,
            (Some(truth), Down::Box) => reduced(truth, scale, Reduction::Box),
            (Some(truth), Down::Gaussian) => reduced(truth, scale, Reduction::Gaussian),
            (Some(truth), Down::Bicubic) => reduced(truth, scale, Reduction::Bicubic),
        };
        let answer = upsampled(&mut engine, &lesson);
        prop_assert_eq!(answer.small.rgba.to_vec(), shown(&small));
        for way in Way::ALL {
            let large = match engine.handle(Request::UpsampleFile(lesson.clone(), Some(way), FileFormat::Npy)) {
                // A gradient of own weights may have no brightness to be scaled to.
                Ok(Reply::File(_)) if way == Way::Gradient && lesson.work.weights == Weights::Own => continue,
                Ok(Reply::File(bytes)) => {
                    let large = directly(way, &lesson, truth.as_ref(), &small);
                    let most = large.data().iter().fold(0.0_f32, |most, value| most.max(value.abs()));
                    let bound = if way == Way::Gradient { 1e-5 * most } else { 0.0 };
                    let found = npy(&bytes);
                    prop_assert_eq!(found.len(), large.data().len());
                    let off = found.iter().zip(interleaved(&large)).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
                    prop_assert!(off <= bound, "{}: {off} of {most}", way.name());
                    large
                }
                Err(error) => {
                    prop_assert_eq!(error, EngineError::NeedsTruth(way));
                    prop_assert!(matches!(way, Way::Unpooled | Way::Gradient));
                    continue;
                }
                other => panic!("a file was asked for, this came: {other:?}"),
            };
            if let Some(result) = answer.results.iter().find(|result| result.way == way) {
                let codes = shown(&large);
                let off = result.picture.rgba.iter().zip(&codes).map(|(a, b)| a.abs_diff(*b)).max();
                prop_assert!(off <= Some(u8::from(way == Way::Gradient)), "{}: {off:?}", way.name());
            }
        }
    }
}

/// The samples of a NumPy file.
fn npy(bytes: &[u8]) -> Vec<f32> {
    let header = 10 + usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
    bytes[header..].chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect()
}

/// Red, green and blue by turns.
fn interleaved(image: &Image) -> Vec<f32> {
    let pixels = image.height() * image.width();
    (0..pixels).flat_map(|place| (0..image.channels()).map(move |c| image.channel(c)[place])).collect()
}

/// The codes of a spectrum by the Fourier sum itself: five decades of magnitude from black to white, the largest white.
fn plain_spectrum(image: &Image) -> Vec<u8> {
    let [height, width] = image.size();
    let turn = |index: usize, side: usize| std::f64::consts::TAU * (index % side) as f64 / side as f64;
    let centred = |index: usize, side: usize| (index + side - side / 2) % side;
    let mut powers = Vec::new();
    for (k, l) in (0..height * width).map(|place| (centred(place / width, height), centred(place % width, width))) {
        let power = |channel: usize| {
            let (mut re, mut im) = (0.0, 0.0);
            for (place, value) in image.channel(channel).iter().enumerate() {
                let angle = turn(k * (place / width), height) + turn(l * (place % width), width);
                re += f64::from(*value) * angle.cos();
                im -= f64::from(*value) * angle.sin();
            }
            re * re + im * im
        };
        powers.push((0..image.channels()).map(power).sum::<f64>());
    }
    let most = powers.iter().copied().fold(0.0, f64::max);
    powers.iter().map(|power| ((1.0 + 0.1 * (power / most).log10()).clamp(0.0, 1.0) * 255.0).round() as u8).collect()
}

#[test]
fn spectra_are_fourier_sums() {
    // The size of the truth, which is not square.
    let (mut engine, truth) = colourful(40, 28);
    let lesson = comparing(&[Way::Nearest], &[Act::Picture(Picture::Own), Act::Size(40), stack(&[[3, 2]])]);
    let answer = upsampled(&mut engine, &lesson);
    let small = reduced(&truth, 2, Reduction::Box);
    let pictures = [
        (&truth, answer.truth_spectrum.as_ref().expect("a truth")),
        (&small, &answer.small_spectrum),
        (&directly(Way::Nearest, &lesson, Some(&truth), &small), &way(&answer, Way::Nearest).spectrum),
    ];
    for (image, spectrum) in pictures {
        assert_eq!([spectrum.height, spectrum.width], image.size());
        for (shown, code) in spectrum.rgba.chunks_exact(4).zip(plain_spectrum(image)) {
            assert!(shown[..3].iter().all(|shown| shown.abs_diff(code) <= 1), "{shown:?} instead of {code}");
        }
    }
    // What has no large picture to begin with has its spectrum in the small one's place.
    let as_it_is = comparing(&[Way::Nearest], &[Act::Picture(Picture::Own), Act::Size(40), Act::Down(Down::AsItIs)]);
    let alone = upsampled(&mut engine, &as_it_is);
    assert_eq!((alone.truth_spectrum, alone.small_spectrum.rgba), (None, pictures[0].1.rgba.clone()));
}

#[test]
fn spectra_have_their_lines_where_the_findings_say() {
    let mut grey = even_grey(96);
    let actions = [Act::Picture(Picture::Own), Act::Down(Down::AsItIs), stack(&[[3, 2]])];
    let answer = upsampled(&mut grey, &comparing(&[Way::Transposed, Way::Nearest], &actions));
    let level = |which: Way, [down, across]: [f64; 2]| {
        let spectrum = &way(&answer, which).spectrum;
        let [row, column] =
            [((down + 0.5) * spectrum.height as f64) as usize, ((across + 0.5) * spectrum.width as f64) as usize];
        spectrum.rgba[4 * (row * spectrum.width + column)]
    };
    let peaks = &way(&answer, Way::Transposed).findings.peaks;
    assert_eq!(peaks.len(), 3, "{peaks:?}");
    for peak in peaks {
        assert!(level(Way::Transposed, *peak) > 150, "{peak:?}");
        assert!(level(Way::Nearest, *peak) < 60, "{peak:?}");
    }
    assert_eq!(level(Way::Transposed, [0.0, 0.0]), 255);
}
