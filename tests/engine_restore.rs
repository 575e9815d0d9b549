//! The engine from outside, as the worker uses it: the Restore page's requests. What is compared with is either the
//! kernels called by hand or the engine itself in another order; nothing here repeats the engine's own formulas.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::{
    engine::{Engine, EngineError, Reply, Request, Restored},
    imaging::{Boundary, blur, samples},
    lesson::{
        Lesson,
        picture::Picture,
        restore::{Blur, RestoreAction, RestoreLesson},
    },
};

fn restored(engine: &mut Engine, lesson: &RestoreLesson) -> Restored {
    match engine.handle(Request::Restore(lesson.clone())) {
        Ok(Reply::Restored(restored)) => restored,
        other => panic!("a restoration was asked for, this came: {other:?}"),
    }
}

fn lesson(actions: &[RestoreAction]) -> RestoreLesson {
    actions.iter().fold(RestoreLesson::default(), |lesson, action| lesson.reduce(*action))
}

/// Red, green and blue of a small picture with some structure.
fn pixels(width: usize, height: usize) -> Vec<u8> {
    (0..width * height).flat_map(|i| [(i * 7 % 256) as u8, (i * 13 % 256) as u8, (i % 251) as u8, 255]).collect()
}

#[test]
fn the_observed_picture_is_the_blur_of_the_original() {
    let quiet = lesson(&[RestoreAction::Noise(0.0), RestoreAction::Radius(3.0)]);
    let answer = restored(&mut Engine::default(), &quiet);
    let original = samples::star(256);
    assert_eq!(answer.original.rgba[..], original.to_srgb_rgba8()[..]);
    let expected = blur(&original, &quiet.psf().sample(), Boundary::Mirror).to_srgb_rgba8();
    assert_eq!(answer.observed.rgba[..], expected[..]);
}

#[test]
fn the_default_gains_and_both_extremes_lose_against_it() {
    let mut engine = Engine::default();
    let gain = |engine: &mut Engine, actions: &[RestoreAction]| restored(engine, &lesson(actions)).scores.isnr;
    let automatic = gain(&mut engine, &[]);
    assert!(automatic > 2.0, "the automatic choice gains {automatic} dB");
    assert!(gain(&mut engine, &[RestoreAction::LogParameter(-9.0)]) < automatic - 3.0);
    assert!(gain(&mut engine, &[RestoreAction::LogParameter(2.0)]) < automatic - 1.0);
}

#[test]
fn caches_do_not_show_in_the_pixels() {
    let settings = [
        lesson(&[]),
        lesson(&[RestoreAction::Noise(0.01)]),
        lesson(&[RestoreAction::LogParameter(-2.0)]),
        lesson(&[RestoreAction::Blur(Blur::Motion), RestoreAction::Boundary(Boundary::Circular)]),
        lesson(&[RestoreAction::Method(0)]),
        lesson(&[RestoreAction::Picture(Picture::Bars)]),
        lesson(&[RestoreAction::Seed(7)]),
        lesson(&[]),
        lesson(&[RestoreAction::Divider(10.0), RestoreAction::Zoom(4)]),
    ];
    let mut warm = Engine::default();
    for setting in &settings {
        let (cached, fresh) = (restored(&mut warm, setting), restored(&mut Engine::default(), setting));
        assert_eq!(cached.restored.rgba, fresh.restored.rgba, "{}", setting.describe());
        assert_eq!(cached.observed.rgba, fresh.observed.rgba, "{}", setting.describe());
        assert_eq!(cached.scores, fresh.scores, "{}", setting.describe());
    }
}

#[test]
fn revisions_tell_what_stayed() {
    let mut engine = Engine::default();
    let first = restored(&mut engine, &lesson(&[]));
    let same = restored(&mut engine, &lesson(&[RestoreAction::Divider(3.0)]));
    assert_eq!(first.restored.revision, same.restored.revision);
    let stronger = restored(&mut engine, &lesson(&[RestoreAction::LogParameter(-1.0)]));
    assert_eq!(first.observed.revision, stronger.observed.revision);
    assert_ne!(first.restored.revision, stronger.restored.revision);
    let noisier = restored(&mut engine, &lesson(&[RestoreAction::Noise(0.02)]));
    assert_eq!(first.original.revision, noisier.original.revision);
    assert_ne!(first.observed.revision, noisier.observed.revision);
}

#[test]
fn a_picture_from_a_file_has_to_be_sent_first_and_may_be_replaced() {
    let mut engine = Engine::default();
    let own = lesson(&[RestoreAction::Picture(Picture::Own)]);
    assert_eq!(engine.handle(Request::Restore(own.clone())), Err(EngineError::Missing(Picture::Own)));
    for (width, height) in [(40, 30), (1, 1), (17, 64)] {
        let source = Request::Source { picture: Picture::Own, width, height, rgba: pixels(width, height) };
        assert_eq!(engine.handle(source), Ok(Reply::Stored));
        let answer = restored(&mut engine, &own);
        assert_eq!([answer.restored.width, answer.restored.height], [width, height]);
        assert!(answer.restored.rgba.iter().skip(3).step_by(4).all(|alpha| *alpha == 255));
    }
    let camera = lesson(&[RestoreAction::Picture(Picture::Camera)]);
    assert_eq!(engine.handle(Request::Restore(camera)), Err(EngineError::Missing(Picture::Camera)));
}

#[test]
fn wrong_pixels_are_refused_with_a_sentence_and_leave_the_last_picture() {
    let mut engine = Engine::default();
    let own = lesson(&[RestoreAction::Picture(Picture::Own)]);
    let source = |width, height, rgba| Request::Source { picture: Picture::Own, width, height, rgba };
    engine.handle(source(8, 8, pixels(8, 8))).expect("a good picture");
    let before = restored(&mut engine, &own);
    for bad in [
        source(8, 8, pixels(8, 7)),
        source(0, 0, Vec::new()),
        source(0, 5, Vec::new()),
        source(usize::MAX, 2, pixels(2, 2)),
        source(1 << 20, 2, Vec::new()),
    ] {
        let sentence = engine.handle(bad).expect_err("bad pixels").to_string();
        assert!(sentence.ends_with('.'), "{sentence}");
    }
    assert_eq!(restored(&mut engine, &own).restored.revision, before.restored.revision);
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
        assert_eq!(error, restored(&mut Engine::default(), &by_hand).scores.rmse_restored);
    }
    assert_eq!(restored(&mut engine, &lesson(&[])), before);
}
