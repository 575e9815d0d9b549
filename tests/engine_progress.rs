//! Jobs under way: progress, stopping, replacing, and that none of these shows in later answers.
#![cfg(not(target_arch = "wasm32"))]

use deconvolution_explorer::{
    engine::{Advance, Engine, FileFormat, MOST_HISTORY, Progress, Reply, Request, Restored, Shot},
    lesson::{
        Lesson,
        picture::Picture,
        restore::{Choose, Degrade, RestoreAction, RestoreLesson},
        upsample::UpsampleLesson,
    },
    restoration::{DESCRIPTIONS, Ending},
};

const ITERATIONS: usize = 12;

fn engine() -> Engine {
    let mut engine = Engine::default();
    let rgba = (0..48 * 40).flat_map(|i| [(i * 7 % 256) as u8, (i * 13 % 256) as u8, (i / 9) as u8, 255]).collect();
    engine.handle(Request::Source { picture: Picture::Own, width: 48, height: 40, rgba }).expect("a good picture");
    engine
}

fn lesson(method: usize, actions: &[RestoreAction]) -> RestoreLesson {
    [
        RestoreAction::Picture(Picture::Own),
        Degrade::Radius(1.5).into(),
        Choose::Method(method).into(),
        Choose::Iterations(ITERATIONS).into(),
        Choose::Settle(false).into(),
    ]
    .iter()
    .chain(actions)
    .fold(RestoreLesson::default(), |lesson, action| lesson.reduce(*action))
}

/// The places of the methods that take many steps, of which there have to be some.
fn iterative() -> Vec<usize> {
    let places: Vec<usize> =
        (0..DESCRIPTIONS.len()).filter(|place| DESCRIPTIONS[*place].iterations.is_some()).collect();
    assert!(!places.is_empty(), "no method takes more than one step");
    places
}

fn restored(reply: Reply) -> Restored {
    match reply {
        Reply::Restored(restored) => *restored,
        other => panic!("a restoration was asked for, this came: {other:?}"),
    }
}

/// Advances until a restoration has done so many iterations, or is over.
fn advance_to(engine: &mut Engine, iteration: usize) -> Option<Reply> {
    loop {
        match engine.advance().expect("nothing is wrong") {
            Advance::Done(reply) => return Some(reply),
            Advance::Working => {}
            Advance::Idle | Advance::Waiting => panic!("there is a job for this program"),
        }
        if engine.progress().is_some_and(|progress| progress.iteration >= iteration) {
            return None;
        }
    }
}

fn finish(engine: &mut Engine) -> Reply {
    advance_to(engine, usize::MAX).expect("it ends")
}

/// What an answer says, but for the revisions of its pictures. What is no number is equal to itself here.
fn said(answer: &Restored) -> String {
    let pixels = [&answer.original, &answer.observed, &answer.restored].map(|picture| picture.rgba.to_vec());
    format!("{:?} {pixels:?}", answer.facts)
}

#[test]
fn progress_counts_every_iteration_and_shows_the_picture_so_far() {
    for method in iterative() {
        let mut engine = engine();
        let id = DESCRIPTIONS[method].id;
        engine.begin(Request::Restore(lesson(method, &[]))).expect("a picture");
        assert_eq!(engine.progress(), None, "{id}: nothing has been done yet");
        let mut seen: Vec<Progress> = Vec::new();
        let answer = loop {
            match engine.advance().expect("nothing is wrong") {
                Advance::Done(reply) => break restored(reply),
                Advance::Working => seen.extend(engine.progress()),
                Advance::Idle | Advance::Waiting => panic!("{id} is not done"),
            }
        };
        assert!(seen.windows(2).all(|pair| pair[0].picture.revision < pair[1].picture.revision), "{id}");
        // The last steps of a search restore the picture, and do not count.
        let (seen, restoring): (Vec<_>, Vec<_>) =
            seen.into_iter().partition(|progress| progress.iteration < answer.facts.iterations);
        assert_eq!(!restoring.is_empty(), id == "blind-search", "{id}");
        assert!(restoring.iter().all(|progress| progress.iteration == ITERATIONS), "{id}");
        let counted: Vec<usize> = seen.iter().map(|progress| progress.iteration).collect();
        assert_eq!(counted, (1..answer.facts.iterations).collect::<Vec<_>>(), "{id}");
        for (progress, [iteration, residual, rmse]) in seen.iter().zip(&answer.facts.history) {
            assert_eq!(progress.of, ITERATIONS, "{id}");
            assert_eq!((progress.iteration as f64, progress.residual), (*iteration, *residual), "{id}");
            // A search has nothing to show but what was observed.
            let is_search = rmse.is_nan() && *residual == 0.0;
            assert!(progress.rmse == *rmse || is_search, "{id}: {} {rmse}", progress.rmse);
            assert_eq!(is_search, id == "blind-search", "{id}");
            assert!(!is_search || progress.picture.rgba == answer.observed.rgba, "{id}");
            assert_eq!(progress.picture.rgba.len(), answer.restored.rgba.len(), "{id}");
        }
        assert_eq!(answer.facts.history.len(), answer.facts.iterations, "{id}");
        let last = answer.facts.history.last().expect("a history");
        assert_eq!((last[1], last[2]), (answer.facts.residual, answer.facts.scores.rmse_restored), "{id}");
        assert_eq!(engine.progress(), None, "{id}: it is over");
        assert_eq!(engine.advance(), Ok(Advance::Idle));
    }
}

#[test]
fn a_stopped_method_keeps_what_it_has_and_what_is_looked_at_is_that() {
    for method in iterative() {
        let (mut engine, asked) = (engine(), lesson(method, &[]));
        let id = DESCRIPTIONS[method].id;
        engine.begin(Request::Restore(asked.clone())).expect("a picture");
        assert!(advance_to(&mut engine, 3).is_none(), "{id} is over too soon");
        let shown = engine.progress().expect("it is under way");
        engine.stop();
        let is_search = id == "blind-search";
        let mut advances = 0;
        let stopped = loop {
            advances += 1;
            if let Advance::Done(reply) = engine.advance().expect("nothing is wrong") {
                break restored(reply);
            }
            assert!(is_search && advances < 20, "{id} goes on");
        };
        assert_eq!((stopped.facts.iterations, stopped.facts.ending), (3, None), "{id}");
        if is_search {
            // It had nothing to show yet: the best candidate so far restores the picture.
            assert_ne!(stopped.restored.rgba, stopped.observed.rgba, "{id}");
            assert!(stopped.kernel.is_some() && stopped.facts.residual > 0.0, "{id}");
        } else {
            assert_eq!(stopped.restored.rgba, shown.picture.rgba, "{id}");
            assert_eq!(stopped.facts.scores.rmse_restored, shown.rmse, "{id}");
        }
        // Whatever else is asked meanwhile.
        engine.handle(Request::Restore(lesson(0, &[]))).expect("a picture");
        let numbers = match engine.handle(Request::File(asked.clone(), Shot::Restored, FileFormat::Npy)) {
            Ok(Reply::File(bytes)) => samples(&bytes),
            other => panic!("a file was asked for, this came: {other:?}"),
        };
        assert_eq!(shown_by(&numbers), stopped.restored.rgba.to_vec(), "{id}");
        // Asked again it goes on, and comes to where it would have come.
        let whole = restored(engine.handle(Request::Restore(asked.clone())).expect("nothing is wrong"));
        let fresh = restored(self::engine().handle(Request::Restore(asked)).expect("nothing is wrong"));
        assert_eq!(said(&whole), said(&fresh), "{id}");
    }
}

/// The samples of a NumPy file.
fn samples(bytes: &[u8]) -> Vec<f32> {
    let header = 10 + usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
    bytes[header..].chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect()
}

/// How samples in linear light, red, green and blue by turns, look on a screen.
fn shown_by(samples: &[f32]) -> Vec<u8> {
    let code = deconvolution_explorer::imaging::srgb8_from_linear;
    samples.chunks_exact(3).flat_map(|pixel| [code(pixel[0]), code(pixel[1]), code(pixel[2]), 255]).collect()
}

#[test]
fn a_job_can_be_stopped_before_it_has_anything() {
    let mut engine = engine();
    for method in [0].into_iter().chain(iterative()) {
        engine.begin(Request::Restore(lesson(method, &[]))).expect("a picture");
        engine.stop();
        let answer = restored(finish(&mut engine));
        assert!(answer.facts.iterations <= 1, "{}", DESCRIPTIONS[method].id);
        assert!(answer.facts.scores.rmse_restored.is_finite(), "{}", DESCRIPTIONS[method].id);
    }
}

#[test]
fn a_job_is_replaced_and_what_it_did_shows_in_no_answer() {
    for method in iterative() {
        let (mut engine, asked) = (engine(), lesson(method, &[]));
        let id = DESCRIPTIONS[method].id;
        let expected = said(&restored(self::engine().handle(Request::Restore(asked.clone())).expect("a picture")));
        for other in [
            Request::Restore(lesson(0, &[])),
            Request::Restore(lesson(method, &[Degrade::Seed(5).into()])),
            Request::Error(lesson(method, &[]).question_at(0.5)),
            Request::Upsample(UpsampleLesson::default()),
        ] {
            engine.begin(Request::Restore(asked.clone())).expect("a picture");
            if let Some(reply) = advance_to(&mut engine, 5) {
                assert_eq!(said(&restored(reply)), expected, "{id} from the cache");
            }
            engine.begin(other).expect("a picture");
            finish(&mut engine);
            let again = restored(engine.handle(Request::Restore(asked.clone())).expect("a picture"));
            assert_eq!(said(&again), expected, "{id}");
        }
    }
}

#[test]
fn a_replaced_job_that_is_asked_again_goes_on_where_it_was() {
    for method in iterative() {
        let (mut engine, asked) = (engine(), lesson(method, &[]));
        engine.begin(Request::Restore(asked.clone())).expect("a picture");
        assert!(advance_to(&mut engine, 4).is_none());
        engine.begin(Request::Upsample(UpsampleLesson::default())).expect("a picture");
        finish(&mut engine);
        engine.begin(Request::Restore(asked)).expect("a picture");
        assert!(advance_to(&mut engine, 1).is_none());
        let iteration = engine.progress().expect("it is under way").iteration;
        assert_eq!(iteration, 4, "{}", DESCRIPTIONS[method].id);
    }
}

#[test]
fn errors_of_long_methods_can_be_interrupted_too() {
    for method in iterative() {
        let mut engine = engine();
        let asked = lesson(method, &[]).question_at(0.0);
        engine.begin(Request::Error(asked.clone())).expect("a picture");
        let steps = (1..).take_while(|_| engine.advance() == Ok(Advance::Working)).count();
        assert!(steps >= ITERATIONS, "{}: {steps} steps", DESCRIPTIONS[method].id);
        assert_eq!(engine.progress(), None);
        let Ok(Reply::Error(error)) = engine.handle(Request::Error(asked.clone())) else { panic!("a number") };
        let answer = restored(self::engine().handle(Request::Restore(asked)).expect("a picture"));
        assert_eq!(error, answer.facts.scores.rmse_restored, "{}", DESCRIPTIONS[method].id);
    }
}

#[test]
fn the_history_of_many_iterations_is_thinned() {
    let long = iterative().into_iter().find(|place| DESCRIPTIONS[*place].iterations.is_some_and(|i| i.most > 600));
    let method = long.expect("a method of many iterations");
    let asked = lesson(method, &[Choose::Iterations(1300).into()]);
    let answer = restored(engine().handle(Request::Restore(asked.clone())).expect("a picture"));
    let facts = &answer.facts;
    assert_eq!((facts.iterations, facts.ending), (asked.choice().iterations(), Some(Ending::Done)));
    assert!(facts.history.len() <= MOST_HISTORY && facts.history.len() > 100, "{}", facts.history.len());
    assert!(facts.history.windows(2).all(|pair| pair[0][0] < pair[1][0]));
    assert_eq!(facts.history.last().map(|entry| entry[0]), Some(facts.iterations as f64));
}
