//! The Restore page's exercises, presets and sentences. What exercises say about numbers is held against the numbers
//! that the engine gives for the very states: set-ups are unsolved, solutions are right, and wrong turns are told apart.
#![cfg(not(target_arch = "wasm32"))]

mod pictures;

use deconvolution_explorer::{
    engine::{Engine, Reply, Request},
    lesson::{
        Lesson,
        picture::Picture,
        restore::{
            Blur, Choose, Degrade, RestoreAction, RestoreLesson, Scene,
            exercise::{Exercise, Verdict},
            narration::{Told, ending_sentence, explain, rule_name, start_name, treatment_name},
            presets::Preset,
        },
    },
    restoration::{DESCRIPTIONS, Ending, Rule, Start, Treatment, place},
};

fn after(lesson: &RestoreLesson, actions: &[RestoreAction]) -> RestoreLesson {
    actions.iter().fold(lesson.clone(), |lesson, action| lesson.reduce(*action))
}

fn set_up(exercise: Exercise) -> RestoreLesson {
    after(&RestoreLesson::default(), &exercise.set_up())
}

/// An engine that has the photographs that exercises use.
fn engine() -> Engine {
    let mut engine = Engine::default();
    let camera = pictures::camera();
    let rgba =
        camera.data().iter().flat_map(|value| [(value * 255.0).round() as u8; 3].into_iter().chain([255])).collect();
    let source = Request::Source { picture: Picture::Camera, width: camera.width(), height: camera.height(), rgba };
    assert_eq!(engine.handle(source), Ok(Reply::Stored));
    engine
}

fn told(engine: &mut Engine, lesson: &RestoreLesson) -> Told {
    match engine.handle(Request::Restore(lesson.clone())) {
        Ok(Reply::Restored(answer)) => Told {
            parameter: answer.facts.parameter,
            suggested: answer.facts.suggested,
            isnr: answer.facts.scores.isnr,
            residual: answer.facts.residual,
            sigma: answer.facts.sigma,
            iterations: answer.facts.iterations,
            ending: answer.facts.ending,
        },
        other => panic!("a restoration was asked for, this came: {other:?}"),
    }
}

/// What an exercise says after further actions on its set-up.
fn judged(engine: &mut Engine, exercise: Exercise, actions: &[RestoreAction]) -> Verdict {
    let lesson = after(&set_up(exercise), actions);
    let told = told(engine, &lesson);
    exercise.check(&lesson, &told)
}

fn assert_says(verdict: &Verdict, right: bool, part: &str) {
    assert!(verdict.right == right && verdict.reason.contains(part), "{verdict:?}");
}

#[test]
fn the_inverse_filter_dies_of_little_noise() {
    let mut engine = engine();
    let mut say = |level: f64| judged(&mut engine, Exercise::Noise, &[Degrade::Level(level).into()]);
    assert_says(&say(0.0), false, "still gains");
    assert_says(&say(0.002), false, "bears more noise");
    assert_says(&say(0.006), true, "0.0060");
    assert_says(&say(0.02), false, "died of less noise");
    let other = judged(&mut engine, Exercise::Noise, &[Choose::Method(place("tikhonov").expect("there")).into()]);
    assert_says(&other, false, "another method");
}

#[test]
fn the_circular_assumption_rings_and_others_do_not() {
    let mut engine = engine();
    let mut say = |actions: &[RestoreAction]| judged(&mut engine, Exercise::Edges, actions);
    assert_says(&say(&[]), false, "still taken to repeat");
    assert_says(&say(&[Choose::Treatment(Treatment::Mirror).into()]), true, "mirror image");
    assert_says(&say(&[Choose::Treatment(Treatment::Taper).into()]), true, "fade");
    assert_says(&say(&[Degrade::Scene(Scene::Circular).into()]), false, "changed the world");
    let by_hand: [RestoreAction; 2] = [Choose::Treatment(Treatment::Mirror).into(), Choose::Place(0, 2.0).into()];
    assert_says(&say(&by_hand), false, "little gained");
}

#[test]
fn the_clock_is_found_by_angle_and_length() {
    let clock = set_up(Exercise::Clock);
    assert_eq!(clock.picture().id(), "clock");
    assert!(clock.degradation().already_blurred());
    let nothing = Told {
        parameter: 0.01,
        suggested: None,
        isnr: f64::NAN,
        residual: 0.0,
        sigma: 0.0,
        iterations: 1,
        ending: None,
    };
    let say = |length: f64, angle: f64| {
        let lesson = after(&clock, &[Degrade::Length(length).into(), Degrade::Angle(angle).into()]);
        Exercise::Clock.check(&lesson, &nothing)
    };
    assert!(!Exercise::Clock.check(&clock, &nothing).right);
    assert_says(&say(36.0, 30.0), false, "clockwise");
    assert_says(&say(36.0, -30.0), false, "counter-clockwise");
    assert_says(&say(12.0, 2.0), false, "longer");
    assert_says(&say(40.0, 2.0), false, "shorter");
    assert_says(&say(35.0, 0.0), true, "almost level");
    assert_says(&say(36.0, 4.0), true, "almost level");
    // Every way that is told leads nearer, whichever way round.
    for angle in -90..=90 {
        let reason = say(36.0, f64::from(angle)).reason;
        let off = |angle: i32| (angle - 2).rem_euclid(180).min((2 - angle).rem_euclid(180));
        if reason.contains("counter-clockwise") {
            assert!(off(angle + 1) <= off(angle), "{angle}: {reason}");
        } else if reason.contains("clockwise") {
            assert!(off(angle - 1) <= off(angle), "{angle}: {reason}");
        }
    }
}

#[test]
fn total_variation_loses_the_lawn() {
    let mut engine = engine();
    let mut say = |actions: &[RestoreAction]| judged(&mut engine, Exercise::Texture, actions);
    assert_says(&say(&[]), false, "A rule holds μ");
    assert_says(&say(&[Choose::Place(0, -4.0).into()]), false, "noise alone");
    assert_says(&say(&[Choose::Place(0, -2.5).into()]), true, "patches");
    let other = say(&[Choose::Method(place("regularised").expect("there")).into()]);
    assert_says(&other, false, "Take total variation");
}

#[test]
fn exercises_can_be_set_up_from_anywhere_and_again() {
    for exercise in Exercise::ALL {
        assert!(!exercise.title().is_empty() && !exercise.prompt().is_empty() && !exercise.hint().is_empty());
        let blank = set_up(exercise);
        for (method, description) in DESCRIPTIONS.iter().enumerate() {
            let mut elsewhere = RestoreLesson::default().reduce(Choose::Method(method).into());
            elsewhere = after(
                &elsewhere,
                &[
                    RestoreAction::Picture(Picture::Bars),
                    RestoreAction::Row(Some(20.0)),
                    Choose::Place(0, 1.0).into(),
                    Choose::Treatment(Treatment::Taper).into(),
                    Degrade::AlreadyBlurred(true).into(),
                    Degrade::Missing(0.5).into(),
                    Degrade::Blur(Blur::Airy).into(),
                ],
            );
            let again = after(&elsewhere, &exercise.set_up());
            assert_eq!(again.question(), blank.question(), "{exercise:?} after {}", description.id);
        }
        assert_eq!(after(&blank, &exercise.set_up()), blank, "{exercise:?}");
    }
}

#[test]
fn a_preset_is_set_once_it_was_set() {
    for preset in Preset::ALL {
        for (method, description) in DESCRIPTIONS.iter().enumerate() {
            let lesson = RestoreLesson::default().reduce(Choose::Method(method).into());
            let set = preset.set(&lesson);
            assert!(preset.is_set(&set), "{preset:?} with {}", description.id);
        }
    }
    let blank = RestoreLesson::default();
    assert!(Preset::Automatic.is_set(&blank) && Preset::Defocus.is_set(&blank) && Preset::MirrorCalms.is_set(&blank));
    for preset in
        [Preset::Motion, Preset::Quiet, Preset::Explodes, Preset::TooMuch, Preset::CircularRings, Preset::Clock]
    {
        assert!(!preset.is_set(&blank), "{preset:?}");
    }
    // The ends exclude each other, and the rule both.
    let much = Preset::TooMuch.set(&blank);
    assert!(!Preset::TooLittle.is_set(&much) && !Preset::Automatic.is_set(&much));
}

#[test]
fn what_presets_promise_holds() {
    let mut engine = engine();
    let blank = RestoreLesson::default();
    let mut gain = |lesson: &RestoreLesson| told(&mut engine, lesson).isnr;
    let best = gain(&blank);
    assert!(best > 5.0);
    assert!(gain(&Preset::Explodes.set(&blank)) < -20.0);
    assert!(gain(&Preset::TooMuch.set(&blank)) < best - 3.0);
    assert!(gain(&Preset::TooLittle.set(&blank)) < best - 3.0);
    let camera = blank.reduce(RestoreAction::Picture(Picture::Camera));
    let (rings, calm) = (gain(&Preset::CircularRings.set(&camera)), gain(&Preset::MirrorCalms.set(&camera)));
    assert!(calm > rings + 5.0, "{calm} and {rings}");
}

#[test]
fn sentences_carry_the_numbers_of_the_moment() {
    let lesson = RestoreLesson::default().reduce(Choose::Rule(Some(Rule::CrossValidation)).into());
    let moment = Told {
        parameter: 5.6e-4,
        suggested: Some(5.6e-4),
        isnr: 8.0,
        residual: 0.003,
        sigma: 0.003,
        iterations: 1,
        ending: Some(Ending::Done),
    };
    let text = |lesson: &RestoreLesson, told: &Told| explain(lesson, told).join(" ");
    let said = text(&lesson, &moment);
    assert!(said.contains("Cross-validation chose γ = 5.6·10⁻⁴"), "{said}");
    assert!(said.contains("about as large as the noise 0.0030"), "{said}");
    // What a linear filter leaves is smaller than the noise even at its best; what an iteration leaves need not be.
    let iterated = lesson.reduce(Choose::Method(place("tv").expect("a method")).into());
    assert!(text(&iterated, &Told { residual: 0.001, ..moment }).contains("a larger μ would smooth it"));
    assert!(text(&lesson, &Told { residual: 0.01, ..moment }).contains("a smaller γ would bring it back"));
    assert!(!text(&lesson, &Told { sigma: 0.0, ..moment }).contains("residual"));
    let silent = Told { suggested: None, ..moment };
    for rule in [Rule::Discrepancy, Rule::CrossValidation] {
        let lesson = lesson.reduce(Choose::Rule(Some(rule)).into());
        assert!(text(&lesson, &silent).contains("the default stands: γ = 5.6·10⁻⁴"), "{rule:?}");
        assert!(!text(&lesson, &moment).contains("the default stands"), "{rule:?}");
    }
    let by_hand = lesson.reduce(Choose::Rule(None).into());
    assert!(text(&by_hand, &moment).contains("set by hand"));
    assert!(text(&by_hand, &silent).contains("set by hand"));
    let lucy = lesson.reduce(Choose::Method(place("richardson-lucy").expect("there")).into());
    assert!(text(&lucy, &Told { residual: 0.01, ..moment }).contains("more iterations would"));
    let inverse = lesson.reduce(Choose::Method(place("inverse").expect("there")).into());
    assert!(text(&inverse, &Told { residual: 0.0, ..moment }).contains("their noise too"));
    let circular = Choose::Treatment(Treatment::Circular);
    assert!(text(&lesson.reduce(circular.into()), &moment).contains("rings"));
    assert!(
        text(&after(&lesson, &[circular.into(), Degrade::Scene(Scene::Circular).into()]), &moment)
            .contains("here it does")
    );
}

#[test]
fn every_state_has_whole_sentences() {
    let endings = [None, Some(Ending::Done), Some(Ending::Settled), Some(Ending::Noise), Some(Ending::Diverged)];
    let mut seen: Vec<String> = endings.iter().map(|ending| ending_sentence(*ending, 30)).collect();
    seen.dedup();
    assert_eq!(seen.len(), endings.len());
    assert!(ending_sentence(Some(Ending::Settled), 1).contains("1 iteration:"));
    for (method, description) in DESCRIPTIONS.iter().enumerate() {
        for treatment in description.treatments {
            for rule in RULES {
                for value in [0.0, 1e-9, 0.003, 1e9, f64::NAN, f64::INFINITY] {
                    let lesson = after(
                        &RestoreLesson::default(),
                        &[
                            Choose::Method(method).into(),
                            Choose::Treatment(*treatment).into(),
                            Choose::Rule(rule).into(),
                        ],
                    );
                    let told = Told {
                        parameter: value,
                        suggested: Some(value).filter(|value| value.is_finite()),
                        isnr: value,
                        residual: value,
                        sigma: 0.003,
                        iterations: 3,
                        ending: endings[method % endings.len()],
                    };
                    let sentences = explain(&lesson, &told);
                    assert!(sentences.iter().all(|sentence| sentence.ends_with('.') && !sentence.contains("  ")));
                    for exercise in Exercise::ALL {
                        assert!(exercise.check(&lesson, &told).reason.ends_with('.'));
                    }
                }
            }
        }
    }
    for names in [
        Treatment::ALL.map(treatment_name).to_vec(),
        RULES.map(rule_name).to_vec(),
        [Start::Observed, Start::Flat, Start::Filtered].map(start_name).to_vec(),
    ] {
        assert!(names.iter().enumerate().all(|(place, name)| !name.is_empty() && !names[..place].contains(name)));
    }
}

const RULES: [Option<Rule>; 4] = [None, Some(Rule::CrossValidation), Some(Rule::Discrepancy), Some(Rule::Noise)];

#[test]
fn a_linear_filter_at_its_best_is_not_blamed_for_a_small_residual() {
    let told = |residual: f64| Told {
        parameter: 1e-4,
        isnr: 8.0,
        residual,
        sigma: 0.003,
        iterations: 1,
        ending: None,
        suggested: Some(1e-4),
    };
    let blamed = |lesson: &RestoreLesson, residual: f64| {
        explain(lesson, &told(residual)).iter().any(|sentence| sentence.contains("noise is taken for picture"))
    };
    let chosen = RestoreLesson::default();
    assert!(!blamed(&chosen, 0.0022));
    let by_hand = chosen.reduce(Choose::Place(0, -8.0).into());
    assert!(!blamed(&by_hand, 0.0022));
    assert!(blamed(&by_hand, 0.0001));
}
