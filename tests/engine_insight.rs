//! Closer looks and files: spectra, residual, difference and similarity of answers, and the bytes that are taken away.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::{
    engine::{Aspect, Engine, FileFormat, Insight, RINGS, Reply, Request, Restored, Shot, Spectra},
    imaging::{Image, files, samples},
    lesson::{
        Lesson,
        picture::Picture,
        restore::{Choose, Degrade, RestoreAction, RestoreLesson, Scene},
    },
    restoration::{DESCRIPTIONS, Treatment, place},
};

/// The star in a world that repeats, so that spectra tell all there is to know.
fn circular(actions: &[RestoreAction]) -> RestoreLesson {
    [Degrade::Scene(Scene::Circular).into(), Choose::Treatment(Treatment::Circular).into()]
        .iter()
        .chain(actions)
        .fold(RestoreLesson::default(), |lesson, action| lesson.reduce(*action))
}

fn insight(engine: &mut Engine, lesson: &RestoreLesson, aspect: Aspect) -> Insight {
    match engine.handle(Request::Insight(lesson.clone(), aspect)) {
        Ok(Reply::Insight(insight)) => *insight,
        other => panic!("a closer look was asked for, this came: {other:?}"),
    }
}

fn restored(engine: &mut Engine, lesson: &RestoreLesson) -> Restored {
    match engine.handle(Request::Restore(lesson.clone())) {
        Ok(Reply::Restored(restored)) => *restored,
        other => panic!("a restoration was asked for, this came: {other:?}"),
    }
}

fn file(engine: &mut Engine, lesson: &RestoreLesson, format: FileFormat) -> Vec<u8> {
    match engine.handle(Request::File(lesson.clone(), Shot::Restored, format)) {
        Ok(Reply::File(bytes)) => bytes,
        other => panic!("a file was asked for, this came: {other:?}"),
    }
}

fn spectra(engine: &mut Engine, lesson: &RestoreLesson) -> Spectra {
    match insight(engine, lesson, Aspect::Spectra) {
        Insight::Spectra { findings, pictures } => {
            for picture in &pictures {
                assert!(picture.width <= 256 && picture.height <= 256);
                assert_eq!(picture.rgba.len(), picture.width * picture.height * 4);
            }
            findings
        }
        other => panic!("spectra were asked for, this came: {other:?}"),
    }
}

#[test]
fn spectra_show_where_the_noise_takes_over() {
    let lesson = circular(&[Degrade::Level(0.01).into(), Choose::Place(0, -2.0).into()]);
    let found = spectra(&mut Engine::default(), &lesson);
    assert_eq!(found.profile.len(), RINGS);
    assert!((found.noise - 1e-4).abs() < 1e-9, "{}", found.noise);
    let (first, last) = (found.profile[0], found.profile[RINGS - 1]);
    assert!(first.frequency < 0.01 && last.frequency > 0.49);
    // A blur keeps what hardly varies, and far out there is noise alone.
    assert!(first.otf > 0.95 && last.otf < 0.1, "{} {}", first.otf, last.otf);
    assert!(first.observed > 100.0 * found.noise);
    assert!((0.7..1.4).contains(&(last.observed / found.noise)), "{}", last.observed / found.noise);
    for ring in &found.profile {
        assert!(ring.original.is_finite() && ring.gain >= 0.0, "{ring:?}");
    }
}

#[test]
fn a_linear_filter_does_to_the_spectrum_what_its_gain_says() {
    let mut engine = Engine::default();
    for id in ["tikhonov", "regularised", "wiener", "wiener-power", "truncated"] {
        let method = Choose::Method(place(id).expect("a method"));
        let lesson =
            circular(&[method.into(), Choose::Treatment(Treatment::Circular).into(), Choose::Place(0, -1.5).into()]);
        // A gain that hardly varies within a ring can be told from the ring's means.
        for ring in spectra(&mut engine, &lesson).profile.iter().take(6) {
            let (expected, found) = (ring.gain.powi(2) * ring.observed, ring.restored);
            assert!((found / expected - 1.0).abs() < 0.1, "{id}: {ring:?}");
        }
    }
}

#[test]
fn every_method_can_be_looked_at_closely() {
    let mut engine = Engine::default();
    let rgba = (0..40 * 30).flat_map(|i| [(i * 7 % 256) as u8, (i * 3 % 256) as u8, (i / 9) as u8, 255]).collect();
    engine.handle(Request::Source { picture: Picture::Own, width: 40, height: 30, rgba }).expect("a good picture");
    for (index, description) in DESCRIPTIONS.iter().enumerate() {
        for row in [None, Some(20.0)] {
            for blurred in [false, true] {
                let lesson = [
                    RestoreAction::Picture(Picture::Own),
                    RestoreAction::Row(row),
                    Degrade::Radius(1.5).into(),
                    Degrade::Missing(0.1).into(),
                    Degrade::AlreadyBlurred(blurred).into(),
                    Choose::Method(index).into(),
                    Choose::Iterations(4).into(),
                ]
                .iter()
                .fold(RestoreLesson::default(), |lesson, action| lesson.reduce(*action));
                let found = spectra(&mut engine, &lesson);
                let what = format!("{}, row {row:?}, blurred {blurred}", description.id);
                assert!(found.profile.iter().all(|ring| ring.restored.is_finite() && ring.gain.is_finite()), "{what}");
                assert!(found.profile.iter().all(|ring| ring.original.is_nan() == blurred), "{what}");
                let Insight::Residual { pictures, findings } = insight(&mut engine, &lesson, Aspect::Residual) else {
                    panic!("a residual was asked for")
                };
                let sizes = findings.lags.map(|lag| 2 * lag + 1);
                assert_eq!([pictures[1].height, pictures[1].width], sizes, "{what}");
                assert!(findings.rms.is_finite() && findings.score.is_finite(), "{what}");
                let Insight::Difference { scale, .. } = insight(&mut engine, &lesson, Aspect::Difference) else {
                    panic!("a difference was asked for")
                };
                assert!(scale.is_nan() == blurred && (blurred || scale > 0.0), "{what}: {scale}");
                for format in [FileFormat::Png16, FileFormat::Npy] {
                    assert!(file(&mut engine, &lesson, format).len() > 100, "{what}");
                }
            }
        }
    }
}

#[test]
fn what_is_unknown_outside_does_not_pass_for_residual() {
    let mut engine = Engine::default();
    // It goes on beyond its edges, and not as a mirror would have it.
    let rgba = (0..128 * 128).flat_map(|i| [(i / 128 * 24 + i % 128 * 16) as u8; 3].into_iter().chain([255])).collect();
    let picture = Picture::Own;
    engine.handle(Request::Source { picture, width: 128, height: 128, rgba }).expect("a good picture");
    for missing in [0.0, 0.3] {
        let actions: [RestoreAction; 5] = [
            RestoreAction::Picture(picture),
            Degrade::Scene(Scene::Cropped).into(),
            Choose::Treatment(Treatment::Unknown).into(),
            Degrade::Missing(missing).into(),
            Choose::Method(place("landweber").expect("a method")).into(),
        ];
        let lesson = actions.iter().fold(RestoreLesson::default(), |lesson, action| lesson.reduce(*action));
        let residual = restored(&mut engine, &lesson).facts.residual;
        let Insight::Residual { findings, .. } = insight(&mut engine, &lesson, Aspect::Residual) else {
            panic!("a residual was asked for")
        };
        // The method knows what it assumed outside; here a mirror stands for that.
        let ratio = findings.rms / residual;
        assert!((0.85..1.15).contains(&ratio), "{missing} missing: {} and {residual}", findings.rms);
    }
}

#[test]
fn the_residual_is_white_where_the_strength_is_right_and_patterned_where_it_is_not() {
    let mut engine = Engine::default();
    let look = |engine: &mut Engine, log: f64| {
        let lesson = circular(&[Choose::Place(0, log).into()]);
        let residual = restored(engine, &lesson).facts.residual;
        match insight(engine, &lesson, Aspect::Residual) {
            Insight::Residual { findings, .. } => {
                assert!((findings.rms / residual - 1.0).abs() < 1e-3, "{} and {residual}", findings.rms);
                findings
            }
            other => panic!("a residual was asked for, this came: {other:?}"),
        }
    };
    let (right, far) = (look(&mut engine, -3.0), look(&mut engine, 1.0));
    assert!(far.score > 10.0 * right.score.max(1.0), "{} and {}", far.score, right.score);
    assert!(!far.is_white && far.rms > 2.0 * far.sigma);
    assert!((0.7..1.3).contains(&(right.rms / right.sigma)), "{} and {}", right.rms, right.sigma);
}

#[test]
fn the_difference_is_light_where_there_is_too_much() {
    let (mut engine, lesson) = (Engine::default(), circular(&[]));
    let numbers = npy(&file(&mut engine, &lesson, FileFormat::Npy)).1;
    let original = samples::star(256);
    let Insight::Difference { picture, scale } = insight(&mut engine, &lesson, Aspect::Difference) else {
        panic!("a difference was asked for")
    };
    let mut sides = [0; 2];
    for (place, pixel) in picture.rgba.chunks_exact(4).enumerate() {
        let difference = f64::from(numbers[place * original.channels()] - original.channel(0)[place]);
        let shown = (f64::from(pixel[0]) - 128.0) / 127.0 * scale;
        assert!((shown - difference.clamp(-scale, scale)).abs() < scale / 100.0, "{shown} for {difference}");
        sides[usize::from(difference > 0.0)] += 1;
    }
    assert!(sides.iter().all(|count| *count > 1000), "{sides:?}");
}

#[test]
fn similarity_is_the_same_asked_for_or_not_and_of_large_pictures_too() {
    let (mut engine, lesson) = (Engine::default(), circular(&[]));
    let scores = restored(&mut engine, &lesson).facts.scores;
    let Insight::Similarity { observed, restored: after } = insight(&mut engine, &lesson, Aspect::Similarity) else {
        panic!("similarities were asked for")
    };
    assert_eq!((observed, after), (scores.ssim_observed, scores.ssim_restored));
    let (width, height) = (500, 300);
    let rgba = (0..width * height).flat_map(|i| [(i % 251) as u8, (i % 7 * 30) as u8, (i / 900) as u8, 255]).collect();
    engine.handle(Request::Source { picture: Picture::Own, width, height, rgba }).expect("a good picture");
    let large = lesson.reduce(RestoreAction::Picture(Picture::Own));
    assert!(restored(&mut engine, &large).facts.scores.ssim_restored.is_nan());
    let Insight::Similarity { restored: after, .. } = insight(&mut engine, &large, Aspect::Similarity) else {
        panic!("similarities were asked for")
    };
    assert!((0.0..1.0).contains(&after), "{after}");
}

/// A NumPy file taken apart: its header's text and its samples.
fn npy(bytes: &[u8]) -> (String, Vec<f32>) {
    assert_eq!(&bytes[..8], b"\x93NUMPY\x01\x00");
    let start = 10 + usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
    assert_eq!(start % 64, 0);
    let header = String::from_utf8(bytes[10..start].to_vec()).expect("ASCII");
    assert!(header.ends_with('\n'));
    let (fours, rest) = bytes[start..].as_chunks::<4>();
    assert!(rest.is_empty());
    (header, fours.iter().map(|four| f32::from_le_bytes(*four)).collect())
}

#[test]
fn files_hold_the_restored_picture_in_full() {
    let mut engine = Engine::default();
    let (width, height) = (33, 70);
    let colour = |i: usize| [(i * 7 % 256) as u8, (i * 3 % 256) as u8, (i / 19) as u8, 255];
    let grey = |i: usize| [(i * 7 % 256) as u8, (i * 7 % 256) as u8, (i * 7 % 256) as u8, 255];
    for (pixel, channels) in [(&colour as &dyn Fn(usize) -> [u8; 4], 3), (&grey, 1)] {
        let rgba = (0..width * height).flat_map(pixel).collect();
        engine.handle(Request::Source { picture: Picture::Own, width, height, rgba }).expect("a good picture");
        let lesson = circular(&[RestoreAction::Picture(Picture::Own)]);
        let answer = restored(&mut engine, &lesson);
        let (header, numbers) = npy(&file(&mut engine, &lesson, FileFormat::Npy));
        let shape = if channels == 3 { "(70, 33, 3)" } else { "(70, 33)" };
        assert!(header.contains(&format!("'shape': {shape}")) && header.contains("'<f4'"), "{header}");
        for (place, shown) in answer.restored.rgba.chunks_exact(4).enumerate() {
            for channel in 0..channels {
                let light = numbers[place * channels + channel];
                assert_eq!(deconvolution_explorer::imaging::srgb8_from_linear(light), shown[channel]);
            }
        }
        let restored = Image::from_fn(channels, height, width, |c, y, x| numbers[(y * width + x) * channels + c]);
        assert_eq!(file(&mut engine, &lesson, FileFormat::Png16), files::png16(&restored));
    }
    let row = circular(&[RestoreAction::Picture(Picture::Own), RestoreAction::Row(Some(10.0))]);
    let (header, numbers) = npy(&file(&mut engine, &row, FileFormat::Npy));
    assert!(header.contains("'shape': (33, 1)"), "{header}");
    let [.., estimate] = restored(&mut engine, &row).facts.series.expect("series");
    assert_eq!(numbers, estimate);
}
