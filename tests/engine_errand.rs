//! Channels that are restored by others: the outcome is the very same, and whoever does not come back is done without.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::{
    engine::{Advance, Aspect, Engine, Hand, Reply, Request, Restored},
    lesson::{
        Lesson,
        picture::Picture,
        restore::{Choose, Degrade, Noise, RestoreAction, RestoreLesson},
    },
    restoration::{DESCRIPTIONS, Family, Start},
};

fn engine(shared: bool) -> Engine {
    let mut engine = Engine::default();
    let rgba = (0..48 * 40).flat_map(|i| [(i * 7 % 256) as u8, (i * 13 % 256) as u8, (i / 9) as u8, 255]).collect();
    engine.handle(Request::Source { picture: Picture::Own, width: 48, height: 40, rgba }).expect("a good picture");
    engine.share_from(shared.then_some(0));
    engine
}

fn lesson(method: usize, actions: &[RestoreAction]) -> RestoreLesson {
    [RestoreAction::Picture(Picture::Own), Degrade::Radius(1.5).into(), Choose::Method(method).into()]
        .iter()
        .chain(&[Choose::Iterations(12).into()])
        .chain(actions)
        .fold(RestoreLesson::default(), |lesson, action| lesson.reduce(*action))
}

fn restored(reply: Reply) -> Restored {
    match reply {
        Reply::Restored(restored) => *restored,
        other => panic!("a restoration was asked for, this came: {other:?}"),
    }
}

/// Runs the job under way, others doing what is handed out, each iteration by turns. Who did so, and what came of it.
fn together(engine: &mut Engine) -> (usize, Reply) {
    let mut hands: Vec<(usize, Hand)> = Vec::new();
    let mut reported = [false; 3];
    loop {
        if let Advance::Done(reply) = engine.advance().expect("nothing is wrong") {
            return (hands.len(), reply);
        }
        hands
            .extend(engine.errands().into_iter().map(|(channel, errand)| (channel, Hand::new(errand).expect("sound"))));
        for (channel, hand) in &mut hands {
            hand.advance();
            if !reported[*channel] {
                reported[*channel] = hand.has_ended();
                engine.deliver(*channel, hand.report(false));
            }
        }
        if let Some(progress) = engine.progress() {
            assert!(progress.iteration >= 1 && progress.rmse.is_finite());
        }
    }
}

fn shared_methods() -> Vec<usize> {
    let places: Vec<usize> =
        (0..DESCRIPTIONS.len()).filter(|place| DESCRIPTIONS[*place].family == Family::Iterative).collect();
    assert!(!places.is_empty());
    places
}

#[test]
fn channels_that_go_different_ways_come_to_the_same() {
    let circumstances: [&[RestoreAction]; 4] = [
        &[Choose::Settle(false).into()],
        &[],
        &[Choose::StopAtNoise(true).into(), Degrade::Level(0.02).into()],
        &[Degrade::Noise(Noise::Poisson).into(), Degrade::Missing(0.2).into()],
    ];
    for method in shared_methods() {
        for actions in circumstances {
            let asked = lesson(method, actions);
            let mut engine = engine(true);
            engine.begin(Request::Restore(asked.clone())).expect("a picture");
            let (others, reply) = together(&mut engine);
            let shared = restored(reply);
            assert_eq!(others, 2, "{}", DESCRIPTIONS[method].id);
            let alone = restored(self::engine(false).handle(Request::Restore(asked.clone())).expect("a picture"));
            let id = DESCRIPTIONS[method].id;
            assert!(shared.restored.rgba == alone.restored.rgba, "{id}");
            let (a, b) = (&shared.facts, &alone.facts);
            assert_eq!(
                (a.iterations, a.ending, a.parameter, a.suggested),
                (b.iterations, b.ending, b.parameter, b.suggested)
            );
            assert_eq!(a.scores.rmse_restored, b.scores.rmse_restored, "{id}");
            assert!((a.residual / b.residual - 1.0).abs() < 1e-12, "{id}: {} {}", a.residual, b.residual);
            assert_eq!(a.history.len(), b.history.len(), "{id}");
            for (a, b) in a.history.iter().zip(&b.history) {
                assert!(a.iter().zip(b).all(|(a, b)| (a / b - 1.0).abs() < 1e-9), "{id}: {a:?} {b:?}");
            }
            // What is known of it can be looked at without more ado.
            engine.begin(Request::Insight(asked, Aspect::Difference)).expect("a picture");
            assert!(matches!(together(&mut engine), (0, Reply::Insight(_))), "{id}");
        }
    }
}

#[test]
fn what_does_not_come_back_is_done_here() {
    for method in shared_methods() {
        let (mut engine, asked) = (engine(true), lesson(method, &[]));
        engine.begin(Request::Restore(asked.clone())).expect("a picture");
        while engine.advance().expect("nothing is wrong") != Advance::Waiting {
            drop(engine.errands());
        }
        engine.recall();
        let (others, reply) = together(&mut engine);
        let alone = restored(self::engine(false).handle(Request::Restore(asked)).expect("a picture"));
        assert_eq!(others, 0);
        assert!(restored(reply).restored.rgba == alone.restored.rgba, "{}", DESCRIPTIONS[method].id);
    }
}

#[test]
fn what_channels_have_in_common_is_not_shared() {
    for (method, description) in DESCRIPTIONS.iter().enumerate() {
        let filtered = description.starts.contains(&Start::Filtered);
        if description.family == Family::Iterative && !filtered {
            continue;
        }
        let mut engine = engine(true);
        engine.begin(Request::Restore(lesson(method, &[Choose::Start(Start::Filtered).into()]))).expect("a picture");
        assert_eq!(together(&mut engine).0, 0, "{}", description.id);
    }
}

#[test]
fn who_helps_is_not_forgotten() {
    let mut engine = engine(true);
    assert_eq!(engine.handle(Request::Forget), Ok(Reply::Stored));
    engine.begin(Request::Restore(lesson(shared_methods()[0], &[]))).expect("a picture");
    while engine.errands().is_empty() {
        assert_eq!(engine.advance(), Ok(Advance::Working), "nothing was handed out");
    }
}

#[test]
fn a_shared_job_keeps_what_it_has_when_it_is_stopped() {
    for method in shared_methods() {
        let mut engine = engine(true);
        engine.begin(Request::Restore(lesson(method, &[Choose::Settle(false).into()]))).expect("a picture");
        let mut hands: Vec<(usize, Hand)> = Vec::new();
        while engine.progress().is_none_or(|progress| progress.iteration < 4) {
            assert_eq!(engine.advance(), Ok(Advance::Working));
            let new = engine.errands().into_iter();
            hands.extend(new.map(|(channel, errand)| (channel, Hand::new(errand).expect("sound"))));
            hands.iter_mut().for_each(|(_, hand)| hand.advance());
        }
        engine.stop();
        assert_eq!(engine.advance(), Ok(Advance::Waiting));
        for (channel, hand) in &mut hands {
            engine.deliver(*channel, hand.report(true));
        }
        let Ok(Advance::Done(reply)) = engine.advance() else { panic!("all have reported") };
        let answer = restored(reply);
        assert!(answer.facts.ending.is_none() && answer.facts.iterations >= 4, "{:?}", answer.facts);
    }
}
