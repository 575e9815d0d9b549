//! The engine from outside, as the worker uses it: the Restore page's requests. What is compared with is either the
//! kernels called by hand or the engine itself in another order; nothing here repeats the engine's own formulas.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::{
    engine::{Engine, EngineError, Reply, Request, Restored},
    imaging::{Boundary, Image, blur, blur_valid, noise, quality, samples},
    lesson::{
        Lesson,
        picture::Picture,
        restore::{Blur, Choose, Degrade, Drawn, Gaze, Noise, RestoreAction, RestoreLesson, Scene},
    },
    restoration::{DESCRIPTIONS, METHODS, Observation, Rule, Treatment, place},
};
use std::rc::Rc;

fn restored(engine: &mut Engine, lesson: &RestoreLesson) -> Restored {
    match engine.handle(Request::Restore(lesson.clone())) {
        Ok(Reply::Restored(restored)) => *restored,
        other => panic!("a restoration was asked for, this came: {other:?}"),
    }
}

fn lesson(actions: &[RestoreAction]) -> RestoreLesson {
    actions.iter().fold(RestoreLesson::default(), |lesson, action| lesson.reduce(*action))
}

/// A lesson about a small own picture, so that every method is quick.
fn small(actions: &[RestoreAction]) -> RestoreLesson {
    let own = [RestoreAction::Picture(Picture::Own), Degrade::Radius(1.5).into(), Choose::Iterations(8).into()];
    lesson(&[&own, actions].concat())
}

fn with_small_picture() -> Engine {
    let mut engine = Engine::default();
    engine.handle(source(40, 32)).expect("a good picture");
    engine
}

fn source(width: usize, height: usize) -> Request {
    Request::Source { picture: Picture::Own, width, height, rgba: pixels(width, height) }
}

/// Red, green and blue of a small picture with some structure.
fn pixels(width: usize, height: usize) -> Vec<u8> {
    (0..width * height).flat_map(|i| [(i * 7 % 256) as u8, (i * 13 % 256) as u8, (i % 251) as u8, 255]).collect()
}

#[test]
fn the_observed_picture_is_the_blur_of_the_original() {
    let original = samples::star(256);
    let quiet = [Degrade::Level(0.0).into(), Degrade::Radius(3.0).into()];
    let circular = lesson(&[&quiet[..], &[Degrade::Scene(Scene::Circular).into()]].concat());
    let kernel = circular.assumed_kernel().expect("a kernel");
    let answer = restored(&mut Engine::default(), &circular);
    assert_eq!(answer.original.rgba[..], original.to_srgb_rgba8()[..]);
    assert_eq!(answer.observed.rgba[..], blur(&original, &kernel, Boundary::Circular).to_srgb_rgba8()[..]);
    assert!(answer.facts.bsnr.is_infinite() && answer.facts.sigma == 0.0);
    // What the blur did not see whole is cut off, of the original too.
    let cropped = restored(&mut Engine::default(), &lesson(&quiet));
    assert_eq!(cropped.observed.rgba[..], blur_valid(&original, &kernel).expect("it fits").to_srgb_rgba8()[..]);
    let [top, left] = kernel.size().map(|side| side / 2);
    let [height, width] = [256 - kernel.height() + 1, 256 - kernel.width() + 1];
    let inside = original.crop(top, left, height, width).expect("it fits");
    assert_eq!(cropped.original.rgba[..], inside.to_srgb_rgba8()[..]);
}

#[test]
fn a_kernel_without_symmetry_and_of_even_side_shifts_nothing() {
    let aside = Drawn::of(3, &[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]);
    let even = [Degrade::Blur(Blur::Box), Degrade::Side(6.0)];
    for blur in [&[Degrade::Blur(Blur::Drawn)][..], &[Degrade::Drawn(aside)], &even] {
        for scene in [Scene::Cropped, Scene::Circular] {
            let actions: Vec<RestoreAction> = blur
                .iter()
                .chain(&[Degrade::Level(0.0), Degrade::Scene(scene)])
                .map(|action| (*action).into())
                .collect();
            let gain = restored(&mut Engine::default(), &lesson(&actions)).facts.scores.isnr;
            assert!(gain > 2.0, "{blur:?}, {scene:?}: {gain} dB");
        }
    }
}

#[test]
fn the_scores_are_those_of_the_metrics() {
    let lesson = small(&[]);
    let answer = restored(&mut with_small_picture(), &lesson);
    let source = Image::from_srgb_rgba8(40, 32, &pixels(40, 32)).expect("a picture");
    let kernel = lesson.assumed_kernel().expect("a kernel");
    let mut observed = blur_valid(&source, &kernel).expect("it fits");
    let original = source.crop(1, 1, observed.height(), observed.width()).expect("it fits");
    let sigma = lesson.degradation().level() as f32;
    assert_eq!(answer.facts.bsnr, quality::bsnr(&observed, sigma));
    noise::add_gaussian(&mut observed, sigma, lesson.degradation().seed());
    let observation =
        Rc::new(Observation::new(observed.clone(), kernel, Treatment::Mirror).expect("finite").with_noise(sigma));
    let method = METHODS[lesson.choice().method()];
    let parameter = method.automatic(&observation, Rule::CrossValidation).expect("a parameter");
    let estimate = method.restore(&observation, &lesson.choice().settings().with_first(parameter));
    let (facts, scores) = (&answer.facts, &answer.facts.scores);
    assert_eq!(answer.restored.rgba[..], estimate.to_srgb_rgba8()[..]);
    assert_eq!((facts.parameter as f32, facts.suggested), (parameter, Some(f64::from(parameter))));
    let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} and {b}");
    close(scores.psnr_observed, quality::psnr(&original, &observed, 1.0));
    close(scores.psnr_restored, quality::psnr(&original, &estimate, 1.0));
    close(scores.ssim_observed, quality::ssim(&original, &observed, 1.0));
    close(scores.ssim_restored, quality::ssim(&original, &estimate, 1.0));
    close(scores.isnr, quality::isnr(&original, &observed, &estimate));
    close(scores.rmse_restored.powi(2), quality::mse(&original, &estimate));
}

#[test]
fn the_default_gains_and_both_extremes_lose_against_it() {
    let mut engine = Engine::default();
    let gain = |engine: &mut Engine, actions: &[RestoreAction]| restored(engine, &lesson(actions)).facts.scores.isnr;
    let automatic = gain(&mut engine, &[]);
    assert!(automatic > 2.0, "the automatic choice gains {automatic} dB");
    assert!(gain(&mut engine, &[Choose::Place(0, -9.0).into()]) < automatic - 3.0);
    assert!(gain(&mut engine, &[Choose::Place(0, 2.0).into()]) < automatic - 1.0);
}

/// Settings that differ in all that the engine caches by.
fn many() -> Vec<RestoreLesson> {
    let actions: [&[RestoreAction]; 16] = [
        &[],
        &[Degrade::Level(0.01).into()],
        &[Choose::Place(0, -2.0).into()],
        &[Degrade::Blur(Blur::Motion).into(), Choose::Treatment(Treatment::Circular).into()],
        &[Degrade::Scene(Scene::Circular).into()],
        &[Choose::Method(0).into()],
        &[Choose::Treatment(Treatment::Taper).into()],
        &[RestoreAction::Picture(Picture::Bars)],
        &[Degrade::Seed(7).into()],
        &[RestoreAction::Row(Some(30.0))],
        &[],
        &[Degrade::Missing(0.2).into()],
        &[Degrade::Noise(Noise::Poisson).into()],
        &[Degrade::AlreadyBlurred(true).into()],
        &[Degrade::AlreadyBlurred(true).into(), Degrade::Radius(2.0).into()],
        &[Gaze::Divider(10.0).into(), Gaze::Zoom(4).into()],
    ];
    actions.iter().map(|actions| lesson(actions)).collect()
}

/// Equal up to NaN, which is equal to itself here.
fn same_facts(a: &Restored, b: &Restored) -> bool {
    format!("{:?}", a.facts) == format!("{:?}", b.facts)
}

#[test]
fn caches_do_not_show_in_the_answers() {
    let mut warm = Engine::default();
    for setting in &many() {
        let (cached, fresh) = (restored(&mut warm, setting), restored(&mut Engine::default(), setting));
        let text = setting.describe();
        assert!(cached.restored.rgba == fresh.restored.rgba, "{text}");
        assert!(cached.observed.rgba == fresh.observed.rgba, "{text}");
        assert!(cached.original.rgba == fresh.original.rgba, "{text}");
        assert!(same_facts(&cached, &fresh), "{text}: {:?} {:?}", cached.facts.scores, fresh.facts.scores);
    }
}

#[test]
fn revisions_tell_what_was_not_computed_anew() {
    let mut engine = Engine::default();
    let first = restored(&mut engine, &lesson(&[]));
    let same = restored(&mut engine, &lesson(&[Gaze::Divider(3.0).into()]));
    assert_eq!(first.restored.revision, same.restored.revision);
    let stronger = restored(&mut engine, &lesson(&[Choose::Place(0, -1.0).into()]));
    assert_eq!(first.observed.revision, stronger.observed.revision);
    assert_ne!(first.restored.revision, stronger.restored.revision);
    let noisier = restored(&mut engine, &lesson(&[Degrade::Level(0.02).into()]));
    assert_eq!(first.original.revision, noisier.original.revision);
    assert_ne!(first.observed.revision, noisier.observed.revision);
    // Whoever compares methods goes round and round.
    let compared: Vec<RestoreLesson> = (0..4).map(|method| lesson(&[]).question_with(method)).collect();
    let once: Vec<Restored> = compared.iter().map(|question| restored(&mut engine, question)).collect();
    for (question, before) in compared.iter().zip(&once) {
        assert_eq!(restored(&mut engine, question).restored.revision, before.restored.revision);
    }
}

#[test]
fn every_method_runs_with_every_treatment_and_rule() {
    let mut engine = with_small_picture();
    for (index, description) in DESCRIPTIONS.iter().enumerate() {
        for treatment in description.treatments {
            let rules = description.rules.iter().map(|rule| Some(*rule)).chain([None]);
            for rule in rules {
                let asked = small(&[
                    Choose::Method(index).into(),
                    Choose::Iterations(8).into(),
                    Choose::Treatment(*treatment).into(),
                    Choose::Rule(rule).into(),
                ]);
                let answer = restored(&mut engine, &asked);
                let facts = &answer.facts;
                let what = format!("{}, {treatment:?}, {rule:?}: {facts:?}", description.id);
                assert!(facts.scores.rmse_restored.is_finite() && facts.residual.is_finite(), "{what}");
                assert!(facts.ending.is_some() && (1..=8).contains(&facts.iterations), "{what}");
                assert_eq!(facts.history.len(), description.iterations.map_or(0, |_| facts.iterations), "{what}");
                let expected = small(&[Choose::Method(index).into()]);
                assert!(
                    rule.is_some() || facts.parameter as f32 == expected.choice().settings().parameters[0],
                    "{what}"
                );
            }
        }
    }
}

#[test]
fn every_method_takes_signals_and_missing_pixels() {
    let mut engine = with_small_picture();
    for (index, description) in DESCRIPTIONS.iter().enumerate() {
        let choose = [Choose::Method(index).into(), Choose::Iterations(8).into()];
        let row = small(&[&choose[..], &[RestoreAction::Row(Some(50.0))]].concat());
        let signal = restored(&mut engine, &row);
        let [original, observed, estimate] = signal.facts.series.clone().expect("series");
        assert_eq!([signal.restored.width, signal.restored.height], [1, original.len()], "{}", description.id);
        assert_eq!([observed.len(), estimate.len()], [original.len(); 2], "{}", description.id);
        assert!(estimate.iter().all(|value| value.is_finite()), "{}", description.id);
        let holes = small(&[&choose[..], &[Degrade::Missing(0.3).into()]].concat());
        let answer = restored(&mut engine, &holes);
        // What the others make of filled holes depends on the picture.
        let gain = answer.facts.scores.isnr;
        assert!(gain.is_finite() && (gain > 0.0 || !description.missing_pixels), "{}: {gain} dB", description.id);
        let black = answer.observed.rgba.chunks(4).filter(|pixel| pixel[..3] == [0; 3]).count();
        let part = black as f64 * 4.0 / answer.observed.rgba.len() as f64;
        assert!((0.2..0.4).contains(&part), "{part} of the pixels are black");
    }
}

#[test]
fn a_row_is_the_mean_of_the_channels() {
    let mut engine = with_small_picture();
    let row = small(&[RestoreAction::Row(Some(0.0)), Degrade::Scene(Scene::Circular).into()]);
    let [original, ..] = restored(&mut engine, &row).facts.series.expect("series");
    let source = Image::from_srgb_rgba8(40, 32, &pixels(40, 32)).expect("a picture");
    for (x, value) in original.iter().enumerate() {
        let mean = (0..3).map(|channel| source.channel(channel)[x]).sum::<f32>() / 3.0;
        assert!((value - mean).abs() < 1e-6);
    }
    assert_eq!(original.len(), 40);
}

#[test]
fn noise_of_other_kinds_is_told_by_its_root_mean_square() {
    let mut engine = Engine::default();
    let sigma = |engine: &mut Engine, actions: &[RestoreAction]| restored(engine, &lesson(actions)).facts.sigma;
    let poisson = |photons: f64| [Degrade::Noise(Noise::Poisson).into(), Degrade::Photons(photons).into()];
    let (many, few) = (sigma(&mut engine, &poisson(4.0)), sigma(&mut engine, &poisson(2.0)));
    assert!((few / many - 10.0).abs() < 0.5, "a hundredth of the photons: {few} against {many}");
    assert!((0.001..0.01).contains(&many), "{many}");
    let salt = sigma(&mut engine, &[Degrade::Noise(Noise::SaltAndPepper).into(), Degrade::Hit(0.1).into()]);
    assert!((0.1..0.3).contains(&salt), "{salt}");
}

#[test]
fn a_picture_that_is_blurred_already_is_left_alone_and_has_no_scores() {
    let mut engine = Engine::default();
    let noisy = [Degrade::Scene(Scene::Circular).into(), Degrade::Level(0.02).into()];
    let observed = restored(&mut engine, &lesson(&noisy)).observed;
    let rgba = observed.rgba.to_vec();
    let sent = Request::Source { picture: Picture::Own, width: observed.width, height: observed.height, rgba };
    engine.handle(sent).expect("a good picture");
    let own = [RestoreAction::Picture(Picture::Own), Degrade::AlreadyBlurred(true).into()];
    let answer = restored(&mut engine, &lesson(&own));
    assert_eq!(answer.observed.rgba, observed.rgba);
    assert_eq!(answer.observed.revision, answer.original.revision);
    let scores = answer.facts.scores;
    let numbers = [
        scores.psnr_observed,
        scores.psnr_restored,
        scores.ssim_observed,
        scores.ssim_restored,
        scores.isnr,
        scores.rmse_observed,
        scores.rmse_restored,
        answer.facts.bsnr,
    ];
    assert!(numbers.iter().all(|number| number.is_nan()), "{numbers:?}");
    assert!((0.014..0.026).contains(&answer.facts.sigma), "σ 0.02 is estimated as {}", answer.facts.sigma);
    let Ok(Reply::Error(error)) = engine.handle(Request::Error(lesson(&own))) else { panic!("a number") };
    assert!(error.is_nan());
    // Another guess of the blur leaves the picture where it is.
    let guess = lesson(&[&own[..], &[Degrade::Radius(2.0).into()]].concat());
    let other = restored(&mut engine, &guess);
    assert_eq!(other.observed.revision, answer.observed.revision);
    assert_ne!(other.restored.rgba, answer.restored.rgba);
}

#[test]
fn a_picture_from_a_file_has_to_be_sent_first_and_may_be_replaced() {
    let mut engine = Engine::default();
    let own = lesson(&[RestoreAction::Picture(Picture::Own), Degrade::Scene(Scene::Circular).into()]);
    assert_eq!(engine.handle(Request::Restore(own.clone())), Err(EngineError::Missing(Picture::Own)));
    for (width, height) in [(40, 30), (1, 1), (17, 64)] {
        assert_eq!(engine.handle(source(width, height)), Ok(Reply::Stored));
        let answer = restored(&mut engine, &own);
        assert_eq!([answer.restored.width, answer.restored.height], [width, height]);
        assert!(answer.restored.rgba.iter().skip(3).step_by(4).all(|alpha| *alpha == 255));
    }
    let camera = lesson(&[RestoreAction::Picture(Picture::Camera)]);
    assert_eq!(engine.handle(Request::Restore(camera)), Err(EngineError::Missing(Picture::Camera)));
}

#[test]
fn a_signal_may_be_sent_as_samples() {
    let mut engine = Engine::default();
    let samples: Vec<f32> = (0..90).map(|i| f32::from(u8::from(i % 30 < 4))).collect();
    engine.handle(Request::Signal { picture: Picture::Own, samples: samples.clone() }).expect("a good signal");
    let asked = small(&[RestoreAction::Row(None), Degrade::Scene(Scene::Circular).into()]);
    let [original, ..] = restored(&mut engine, &asked).facts.series.expect("series");
    assert_eq!(original, samples);
    for bad in [vec![], vec![0.0, f32::NAN]] {
        let refused = engine.handle(Request::Signal { picture: Picture::Own, samples: bad });
        assert!(refused.expect_err("no signal").to_string().ends_with('.'));
    }
}

#[test]
fn wrong_pixels_are_refused_with_a_sentence_and_leave_the_last_picture() {
    let mut engine = with_small_picture();
    let sent = |width, height, rgba| Request::Source { picture: Picture::Own, width, height, rgba };
    let before = restored(&mut engine, &small(&[]));
    for bad in [
        sent(8, 8, pixels(8, 7)),
        sent(0, 0, Vec::new()),
        sent(0, 5, Vec::new()),
        sent(usize::MAX, 2, pixels(2, 2)),
        sent(1 << 22, 2, Vec::new()),
    ] {
        let sentence = engine.handle(bad).expect_err("bad pixels").to_string();
        assert!(sentence.ends_with('.'), "{sentence}");
    }
    assert_eq!(restored(&mut engine, &small(&[])).restored.revision, before.restored.revision);
}

#[test]
fn what_cannot_be_done_is_refused_with_a_sentence_and_the_next_can() {
    let mut engine = with_small_picture();
    let wide = small(&[Degrade::Blur(Blur::Motion).into(), Degrade::Length(40.0).into(), Degrade::Angle(90.0).into()]);
    let refused = engine.handle(Request::Restore(wide)).expect_err("too wide");
    assert!(matches!(refused, EngineError::BlurTooWide { picture: [32, 40], .. }), "{refused:?}");
    assert!(refused.to_string().ends_with('.'));
    let weightless = small(&[Degrade::Drawn(Drawn::of(3, &[])).into()]);
    let refused = engine.handle(Request::Restore(weightless)).expect_err("no weight");
    assert_eq!(refused, EngineError::NoKernel);
    assert!(refused.to_string().ends_with('.'));
    restored(&mut engine, &small(&[]));
}

#[test]
fn what_would_take_too_much_memory_is_refused_and_a_filter_is_not() {
    let mut engine = Engine::default();
    let side = 2048;
    let rgba = (0..side * side).flat_map(|i| [(i % 256) as u8, (i / side % 256) as u8, 7, 255]).collect();
    engine.handle(Request::Source { picture: Picture::Own, width: side, height: side, rgba }).expect("it is allowed");
    let heavy = DESCRIPTIONS.iter().position(|description| {
        description.treatments.contains(&Treatment::Mirror)
            && description.floats_per_pixel > 6
            && description.iterations.is_some()
    });
    let own = [RestoreAction::Picture(Picture::Own), Degrade::Blur(Blur::Box).into(), Degrade::Side(3.0).into()];
    let treatment = [Choose::Method(heavy.expect("a method")).into(), Choose::Treatment(Treatment::Mirror).into()];
    let refused = engine.handle(Request::Restore(lesson(&[&own[..], &treatment].concat()))).expect_err("too much");
    assert!(matches!(refused, EngineError::TooMuchMemory { megabytes: 1201.., .. }), "{refused:?}");
    assert!(refused.to_string().ends_with('.'));
    let quick = [Choose::Method(0).into(), Choose::Treatment(Treatment::Circular).into()];
    assert!(restored(&mut engine, &lesson(&[&own[..], &quick].concat())).facts.scores.isnr.is_finite());
}

#[test]
fn a_point_of_the_curve_is_the_score_there_and_disturbs_nothing() {
    let mut engine = Engine::default();
    let before = restored(&mut engine, &lesson(&[]));
    for log in [-6.0, -3.0, 1.0] {
        let by_hand = lesson(&[]).question_at(log);
        let Ok(Reply::Error(error)) = engine.handle(Request::Error(by_hand.clone())) else {
            panic!("an error was asked")
        };
        assert_eq!(error, restored(&mut Engine::default(), &by_hand).facts.scores.rmse_restored);
    }
    assert_eq!(restored(&mut engine, &lesson(&[])), before);
    assert_eq!(place("regularised"), Some(lesson(&[]).choice().method()));
}
