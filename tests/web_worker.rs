//! The worker and its client in a real browser: messages there and back, what happens when a worker breaks, and what
//! files become. The client is driven against small workers written here, each of which misbehaves in one way.
#![cfg(target_arch = "wasm32")]

use deconvolution_explorer::{
    engine::{Aspect, Engine, FileFormat, Hand, Insight, Rendered, Reply, Request, Shot, fit_pixels},
    lesson::{
        Lesson,
        picture::Picture,
        restore::{Choose, Degrade, RestoreAction, RestoreLesson},
        upsample::{
            Down, UpsampleAction, UpsampleLesson, Way, Weights,
            takeaway::{Library, programmed},
        },
    },
    restoration::place,
    web::{
        canvas::{Pixels, context, draw, draw_part},
        comparison::Comparison,
        files,
        wire::{self, Body, Message, Order},
        worker_client::{Client, Event},
        worker_main::{self, Clerk},
    },
};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Uint8Array, Uint8ClampedArray};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Blob, BlobPropertyBag, HtmlCanvasElement, Url, window};

wasm_bindgen_test_configure!(run_in_browser);

/// The words of whatever page asks this.
fn any_words(number: u32, request: &Request) -> Option<js_sys::Array> {
    wire::restore_words(number, request).or_else(|| wire::upsample_words(number, request))
}

/// A lesson about an own picture.
fn own(actions: &[RestoreAction]) -> RestoreLesson {
    [RestoreAction::Picture(Picture::Own), Degrade::Radius(1.5).into()]
        .iter()
        .chain(actions)
        .fold(RestoreLesson::default(), |lesson, action| lesson.reduce(*action))
}

/// A restoration that takes many iterations, each of which is short.
fn long(seed: u64) -> Request {
    let method = place("richardson-lucy").expect("a method");
    Request::Restore(own(&[
        Choose::Method(method).into(),
        Choose::Iterations(1000).into(),
        Choose::Settle(false).into(),
        Degrade::Seed(seed).into(),
    ]))
}

/// A restoration that is over at once.
fn short(log: f64) -> Request {
    Request::Restore(own(&[Choose::Place(0, log).into()]))
}

fn source() -> Request {
    sized(12, 9)
}

fn sized(width: usize, height: usize) -> Request {
    let rgba = (0..width * height).flat_map(|i| [(i * 2) as u8, 100, (255 - i % 256) as u8, 255]).collect();
    Request::Source { picture: Picture::Own, width, height, rgba }
}

/// A clerk with everything that it posts, by a clock that moves on whenever somebody looks.
#[derive(Default)]
struct Office {
    clerk: Clerk,
    time: Cell<f64>,
    posted: Vec<Message>,
}

impl Office {
    fn with_source() -> Self {
        let mut office = Self::default();
        office.hear(0, &source());
        office.posted.clear();
        office
    }

    fn note(posted: &mut Vec<Message>) -> impl FnMut(worker_main::Letter) + '_ {
        |(message, _)| posted.push(wire::decode_message(&message).expect("a message of ours"))
    }

    fn hear(&mut self, number: u32, request: &Request) {
        let (message, _) = wire::encode_request(number, request, any_words);
        self.clerk.hear(&message, &mut Self::note(&mut self.posted));
    }

    fn stop(&mut self, number: u32) {
        self.clerk.hear(&wire::encode_stop(number), &mut Self::note(&mut self.posted));
    }

    /// A slice of work; whether there is more.
    fn work(&mut self) -> bool {
        let clock = || {
            self.time.set(self.time.get() + 4.0);
            self.time.get()
        };
        self.clerk.work(&clock, &mut Self::note(&mut self.posted))
    }

    /// Works until nothing is left; all that was posted meanwhile.
    fn finish(&mut self) -> Vec<Message> {
        while self.work() {}
        std::mem::take(&mut self.posted)
    }

    /// The last word about one request.
    fn said(&mut self, number: u32, request: &Request) -> Message {
        self.hear(number, request);
        self.finish().pop().expect("a message")
    }
}

/// Every message in short: what it is, and about which request.
fn brief(messages: &[Message]) -> Vec<(&'static str, u32)> {
    messages
        .iter()
        .map(|message| match message {
            Message::Ready(_) => ("ready", 0),
            Message::Answer(number, _) => ("answer", *number),
            Message::Progress(number, _) => ("progress", *number),
            Message::Report(number, _) => ("report", *number),
            Message::Dropped(number) => ("dropped", *number),
            Message::Refused(number, _) => ("refused", *number),
            Message::Broken(_) => ("broken", 0),
        })
        .collect()
}

/// A request without what no answer depends on, as own numbers of a mask that is not one's own.
fn asked(request: Request) -> Request {
    match request {
        Request::Upsample(lesson) => Request::Upsample(lesson.question()),
        Request::UpsampleFile(lesson, way, format) => Request::UpsampleFile(lesson.question(), way, format),
        other => other,
    }
}

#[wasm_bindgen_test]
fn requests_survive_the_wire() {
    let upsample = enlarging(&[UpsampleAction::Mask(5)]);
    let stacked = [
        UpsampleAction::Picture(Picture::Sprite),
        UpsampleAction::Stack(vec![[4, 3], [2, 2]]),
        UpsampleAction::Weights(Weights::Random),
        UpsampleAction::Seed(77),
        UpsampleAction::Draw(3),
    ];
    let blurred = own(&[Degrade::AlreadyBlurred(true).into(), RestoreAction::Row(Some(20.0))]);
    for request in [
        source(),
        Request::Signal { picture: Picture::Own, samples: vec![0.0, 0.5, -1.25] },
        Request::Restore(own(&[Degrade::Level(0.01).into()])),
        Request::Restore(blurred),
        Request::Error(own(&[]).question_at(-4.5)),
        Request::Insight(own(&[]), Aspect::Spectra),
        Request::Insight(own(&[]), Aspect::Residual),
        Request::Insight(own(&[]), Aspect::Difference),
        Request::Insight(own(&[]), Aspect::Similarity),
        Request::File(own(&[]), Shot::Observed, FileFormat::Png16),
        Request::File(own(&[]), Shot::Restored, FileFormat::Npy),
        Request::Upsample(upsample.clone()),
        Request::Upsample(enlarging(&stacked)),
        Request::UpsampleFile(upsample.clone(), Some(Way::BackProjected), FileFormat::Npy),
        Request::UpsampleFile(upsample.clone(), None, FileFormat::Png16),
        Request::UpsampleProgram(programmed(&upsample), Library::NumPy),
        Request::UpsampleProgram(programmed(&enlarging(&stacked)), Library::PyTorch),
    ] {
        let (message, _) = wire::encode_request(7, &request, any_words);
        let Some((7, Order::Ask(read))) = wire::decode_order(&message) else { panic!("{request:?}") };
        assert_eq!(asked(*read), asked(request));
    }
    assert_eq!(wire::decode_order(&wire::encode_stop(8)), Some((8, Order::Stop)));
}

/// A lesson about an own picture and every way to enlarge it.
fn enlarging(actions: &[UpsampleAction]) -> UpsampleLesson {
    let all = Way::ALL.into_iter().map(|way| UpsampleAction::Compare(way, true));
    let own = UpsampleLesson::default().reduce(UpsampleAction::Picture(Picture::Own));
    all.chain(actions.iter().cloned()).fold(own, |lesson, action| lesson.reduce(action))
}

/// The same text for the same value; what is no number is equal to itself here.
fn text(value: &impl std::fmt::Debug) -> String {
    format!("{value:?}")
}

#[wasm_bindgen_test]
fn answers_survive_the_wire() {
    let mut office = Office::with_source();
    let mut engine = Engine::default();
    engine.handle(source()).unwrap();
    let blind = place("blind-rl").expect("a method");
    let blind = own(&[Choose::Method(blind).into(), Choose::Iterations(3).into()]);
    let lessons =
        [own(&[]), blind, own(&[RestoreAction::Row(Some(50.0))]), own(&[Degrade::AlreadyBlurred(true).into()])];
    for (number, lesson) in lessons.into_iter().enumerate() {
        let number = number as u32;
        let request = Request::Restore(lesson.clone());
        let Message::Answer(_, answer) = office.said(number, &request) else { panic!("an answer") };
        let Ok(Reply::Restored(expected)) = engine.handle(request) else { panic!("a restoration") };
        let Body::Restored(facts) = &answer.body else { panic!("numbers") };
        assert_eq!(text(facts), text(&expected.facts));
        let pictures = [&expected.original, &expected.observed, &expected.restored];
        let pictures: Vec<_> = pictures.into_iter().chain(&expected.kernel).collect();
        assert_eq!(answer.pictures.len(), pictures.len());
        for (sent, rendered) in answer.pictures.iter().zip(pictures) {
            assert_eq!((sent.width as usize, sent.height as usize), (rendered.width, rendered.height));
            if let Some(bytes) = &sent.bytes {
                assert_eq!(bytes.to_vec(), rendered.rgba.to_vec());
            }
        }
        for aspect in [Aspect::Spectra, Aspect::Residual, Aspect::Difference, Aspect::Similarity] {
            let request = Request::Insight(lesson.clone(), aspect);
            let Message::Answer(_, answer) = office.said(number, &request) else { panic!("an answer") };
            let Ok(Reply::Insight(expected)) = engine.handle(request) else { panic!("a closer look") };
            let (said, pictures) = match *expected {
                Insight::Spectra { pictures, findings } => (text(&Body::Spectra(findings)), pictures.to_vec()),
                Insight::Residual { pictures, findings } => (text(&Body::Residual(findings)), pictures.to_vec()),
                Insight::Difference { picture, scale } => (text(&Body::Difference { scale }), vec![picture]),
                Insight::Similarity { observed, restored } => {
                    (text(&Body::Similarity { observed, restored }), Vec::new())
                }
            };
            assert_eq!(text(&answer.body), said);
            let sent: Vec<_> = answer.pictures.iter().map(|sent| sent.bytes.as_ref().map(|b| b.to_vec())).collect();
            assert_eq!(sent, pictures.iter().map(|picture| Some(picture.rgba.to_vec())).collect::<Vec<_>>());
        }
        let request = Request::File(lesson, Shot::Restored, FileFormat::Png16);
        let Message::Answer(_, answer) = office.said(number, &request) else { panic!("an answer") };
        let Ok(Reply::File(expected)) = engine.handle(request) else { panic!("a file") };
        assert!(matches!(answer.body, Body::File(bytes) if bytes[..] == expected[..]));
    }
}

#[wasm_bindgen_test]
fn comparisons_survive_the_wire() {
    let lessons = [
        enlarging(&[]),
        enlarging(&[UpsampleAction::Weights(Weights::Random), UpsampleAction::Stack(vec![[5, 2]])]),
        enlarging(&[UpsampleAction::Down(Down::AsItIs)]),
        enlarging(&[UpsampleAction::Picture(Picture::Sprite), UpsampleAction::Draw(17)]),
    ];
    for (number, lesson) in lessons.into_iter().enumerate() {
        // Anew, so that all pictures come with their pixels; large enough that a checkerboard can be told.
        let (mut office, mut engine) = (Office::default(), Engine::default());
        office.hear(0, &sized(48, 36));
        office.posted.clear();
        engine.handle(sized(48, 36)).unwrap();
        let number = number as u32;
        let request = Request::Upsample(lesson.clone());
        let Message::Answer(_, answer) = office.said(number, &request) else { panic!("an answer") };
        let Ok(Reply::Upsampled(expected)) = engine.handle(request) else { panic!("larger pictures") };
        let Body::Upsampled(comparison) = &answer.body else { panic!("numbers") };
        assert_eq!((comparison.scale, comparison.has_truth), (lesson.scale(), lesson.has_truth()));
        assert_eq!(text(&comparison.difference_scale), text(&expected.difference_scale));
        assert_eq!(comparison.missing, expected.missing);
        assert_eq!(comparison.missing.is_empty(), lesson.has_truth());
        let said: Vec<_> = expected.results.iter().map(|result| (result.way, result.findings.clone())).collect();
        assert_eq!(text(&comparison.ways), text(&said));
        assert!(comparison.ways.iter().any(|(_, findings)| !findings.peaks.is_empty()), "nothing has peaks");
        let bytes = |place: usize| answer.pictures[place].bytes.as_ref().map(Uint8ClampedArray::to_vec);
        let shown = |picture: &Rendered| Some(picture.rgba.to_vec());
        assert_eq!(bytes(Comparison::SMALL.picture), shown(&expected.small));
        assert_eq!(bytes(Comparison::SMALL.spectrum), shown(&expected.small_spectrum));
        let truth = comparison.truth();
        let [picture, spectrum] = [truth.map(|truth| truth.picture), truth.map(|truth| truth.spectrum)];
        assert_eq!(picture.and_then(bytes), expected.truth.as_ref().and_then(shown));
        assert_eq!(spectrum.and_then(bytes), expected.truth_spectrum.as_ref().and_then(shown));
        for (way, result) in expected.results.iter().enumerate() {
            let places = comparison.places(way);
            assert_eq!(bytes(places.picture), shown(&result.picture));
            assert_eq!(bytes(places.spectrum), shown(&result.spectrum));
            assert_eq!(places.difference.and_then(bytes), result.difference.as_ref().and_then(shown));
        }
        for way in [None, Some(Way::Lanczos)] {
            let request = Request::UpsampleFile(lesson.clone(), way, FileFormat::Npy);
            let Message::Answer(_, answer) = office.said(number, &request) else { panic!("an answer") };
            let Ok(Reply::File(expected)) = engine.handle(request) else { panic!("a file") };
            assert!(matches!(answer.body, Body::File(bytes) if bytes[..] == expected[..]));
        }
    }
}

#[wasm_bindgen_test]
fn of_a_comparison_only_what_is_new_is_sent() {
    let mut office = Office::with_source();
    let mut carried = |number, lesson: &UpsampleLesson| -> Vec<usize> {
        match office.said(number, &Request::Upsample(lesson.clone())) {
            Message::Answer(_, answer) => {
                (0..answer.pictures.len()).filter(|place| answer.pictures[*place].bytes.is_some()).collect()
            }
            other => panic!("an answer was expected, this came: {other:?}"),
        }
    };
    let lesson = enlarging(&[]);
    assert_eq!(carried(1, &lesson).len(), 4 + 3 * Way::ALL.len());
    assert_eq!(carried(2, &lesson), [0; 0]);
    // Back-projection is the last but one: a picture, its spectrum and its difference.
    let last = 4 + 3 * (Way::ALL.len() - 2);
    assert_eq!(carried(3, &lesson.reduce(UpsampleAction::Rounds(3))), [last, last + 1, last + 2]);
    // What was not there in between is not remembered on either side.
    let fewer = Way::ALL[1..].iter().fold(lesson.clone(), |l, way| l.reduce(UpsampleAction::Compare(*way, false)));
    // Without the worst of them the scale of the differences is another.
    assert_eq!(carried(4, &fewer), [6]);
    assert_eq!(carried(5, &lesson).len(), 3 * (Way::ALL.len() - 1) + 1);
}

#[wasm_bindgen_test]
fn ways_to_enlarge_are_counted_and_give_way_at_once() {
    let mut office = Office::with_source();
    let lesson = enlarging(&[UpsampleAction::Rounds(50)]);
    office.hear(1, &Request::Upsample(lesson.clone()));
    assert!(office.work(), "it was over too soon");
    office.hear(2, &Request::Upsample(lesson.reduce(UpsampleAction::Rounds(49))));
    let told = brief(&office.posted);
    assert!(told.iter().all(|told| *told == ("progress", 1)), "{told:?}");
    office.posted.clear();
    let messages = office.finish();
    let told = brief(&messages);
    assert_eq!((told.first(), told.last()), (Some(&("dropped", 1)), Some(&("answer", 2))), "{told:?}");
    let counted: Vec<usize> = messages
        .iter()
        .filter_map(|message| match message {
            Message::Progress(2, underway) => {
                assert!(underway.picture.is_some() && underway.of == Way::ALL.len() && underway.rmse.is_nan());
                Some(underway.iteration)
            }
            _ => None,
        })
        .collect();
    assert!(!counted.is_empty() && counted.is_sorted(), "{told:?}");
    // One that is stopped has at least one way.
    office.hear(3, &Request::Upsample(enlarging(&[UpsampleAction::Stack(vec![[4, 2]])])));
    office.stop(3);
    let Some(Message::Answer(3, answer)) = office.finish().pop() else { panic!("an answer") };
    let Body::Upsampled(comparison) = answer.body else { panic!("numbers") };
    assert!((1..Way::ALL.len()).contains(&comparison.ways.len()), "{}", comparison.ways.len());
}

#[wasm_bindgen_test]
fn kernels_are_timed_by_the_clock_that_the_clerk_was_given() {
    let mut office = Office::with_source();
    let now = Rc::new(Cell::new(0.0));
    office.clerk.time_with(Box::new(move || now.replace(now.get() + 3.0)));
    let zeros = Way::ALL
        .iter()
        .fold(enlarging(&[]), |lesson, way| lesson.reduce(UpsampleAction::Compare(*way, *way == Way::Zeros)));
    let Message::Answer(_, answer) = office.said(1, &Request::Upsample(zeros)) else { panic!("an answer") };
    let Body::Upsampled(comparison) = answer.body else { panic!("numbers") };
    // Three channels, for each the clock is read twice.
    assert_eq!(comparison.ways[0].1.millis, 9.0);
}

#[wasm_bindgen_test]
fn no_picture_is_sent_twice() {
    let mut office = Office::with_source();
    let mut carried = |number, request: &Request| match office.said(number, request) {
        Message::Answer(_, answer) => answer.pictures.iter().map(|sent| sent.bytes.is_some()).collect::<Vec<_>>(),
        other => panic!("an answer was expected, this came: {other:?}"),
    };
    assert_eq!(carried(1, &short(-3.0)), [true, true, true]);
    assert_eq!(carried(2, &short(0.0)), [false, false, true]);
    assert_eq!(carried(3, &short(0.0)), [false, false, false]);
    // It went out last, but to another place.
    assert_eq!(carried(4, &short(-3.0)), [false, false, true]);
}

#[wasm_bindgen_test]
fn the_clerk_refuses_with_a_sentence_and_understands_no_nonsense() {
    let mut office = Office::default();
    assert!(matches!(office.said(4, &short(0.0)), Message::Refused(4, text) if text.ends_with('.')));
    for nonsense in [
        JsValue::NULL,
        JsValue::from_str("restore"),
        Array::new().into(),
        Array::of4(&"restore".into(), &1.5.into(), &"star".into(), &"".into()).into(),
        Array::of4(&"restore".into(), &1.into(), &"nowhere".into(), &"".into()).into(),
        Array::of5(&"insight".into(), &1.into(), &"star".into(), &"".into(), &"smell".into()).into(),
        Array::of5(&"source".into(), &1.into(), &"own".into(), &Array::new(), &JsValue::NULL).into(),
        Array::of5(&"upsample-file".into(), &1.into(), &"star".into(), &"".into(), &"by magic".into()).into(),
    ] {
        let mut posted = Vec::new();
        office.clerk.hear(&nonsense, &mut Office::note(&mut posted));
        assert!(matches!(posted[..], [Message::Broken(_)]), "{nonsense:?}");
    }
}

#[wasm_bindgen_test]
fn long_work_is_shown_and_stops_when_told() {
    let mut office = Office::with_source();
    office.hear(1, &long(1));
    let (mut slices, mut shown) = (0, 0);
    while shown < 3 {
        assert!(office.work(), "it was over too soon");
        slices += 1;
        shown = brief(&office.posted).iter().filter(|message| message.0 == "progress").count();
    }
    assert!(slices > 3, "the clerk listens between slices");
    let steps: Vec<usize> = office
        .posted
        .iter()
        .map(|message| match message {
            Message::Progress(1, underway) => {
                let picture = underway.picture.as_ref().expect("the picture so far");
                assert!(picture.bytes.is_some() && underway.rmse.is_finite() && underway.of == 1000);
                underway.iteration
            }
            other => panic!("progress was expected, this came: {other:?}"),
        })
        .collect();
    assert!(steps.is_sorted_by(|a, b| a < b), "{steps:?}");
    // Another request's number stops nothing.
    office.stop(7);
    assert!(office.work());
    office.stop(1);
    assert!(!office.work());
    let Some(Message::Answer(1, answer)) = office.finish().pop() else { panic!("an answer") };
    let Body::Restored(facts) = answer.body else { panic!("numbers") };
    assert!(facts.ending.is_none() && facts.iterations >= steps[2], "{} {steps:?}", facts.iterations);
}

#[wasm_bindgen_test]
fn the_newest_wins_but_not_before_something_was_shown() {
    let mut office = Office::with_source();
    office.hear(1, &long(1));
    office.work();
    for number in 2..=4 {
        office.hear(number, &long(number.into()));
        office.work();
    }
    office.hear(5, &short(0.0));
    let told = brief(&office.finish());
    let about = |number: u32| told.iter().filter(|told| told.1 == number).map(|told| told.0).collect::<Vec<_>>();
    assert_eq!(about(5), ["answer"], "{told:?}");
    assert_eq!(about(1), ["progress", "dropped"], "{told:?}");
    for number in 2..=4 {
        assert_eq!(about(number).last(), Some(&"dropped"), "{told:?}");
    }
    assert_eq!(told.last(), Some(&("answer", 5)));
    // A filter is over so soon that it comes to its end.
    office.hear(6, &short(1.0));
    office.hear(7, &short(1.5));
    assert_eq!(brief(&office.finish()), [("dropped", 6), ("answer", 7)]);
}

#[wasm_bindgen_test]
fn what_shows_nothing_gives_way_at_once_and_says_that_it_lives() {
    let mut office = Office::with_source();
    let Request::Restore(lesson) = long(1) else { unreachable!() };
    let slow = Request::Error(lesson);
    office.hear(1, &slow);
    for _ in 0..60 {
        assert!(office.work());
    }
    let told = brief(&std::mem::take(&mut office.posted));
    assert!(!told.is_empty() && told.iter().all(|told| *told == ("progress", 1)), "{told:?}");
    office.hear(2, &short(0.0));
    assert_eq!(brief(&office.finish()), [("dropped", 1), ("answer", 2)]);
    office.hear(3, &slow);
    office.work();
    office.posted.clear();
    // Another picture makes all questions void.
    office.hear(4, &sized(9, 12));
    assert_eq!(brief(&office.finish()), [("dropped", 3), ("answer", 4)]);
    let (Message::Answer(_, answer), columns) = (office.said(5, &short(0.0)), 9 - 2) else { panic!("an answer") };
    assert_eq!(answer.pictures[0].width, columns);
}

#[wasm_bindgen_test]
fn what_is_stopped_before_it_began_is_answered_soon() {
    let mut office = Office::with_source();
    office.hear(1, &long(1));
    office.hear(2, &long(2));
    office.stop(2);
    let told = office.finish();
    assert_eq!(brief(&told), [("dropped", 1), ("answer", 2)]);
    let Some(Message::Answer(_, answer)) = told.into_iter().last() else { panic!("an answer") };
    assert!(matches!(answer.body, Body::Restored(facts) if facts.iterations <= 1));
}

/// A client of a worker that runs this script, and everything that the client says. In the script READY stands for the
/// word that the worker listens, and BEAT for a sign of life about the request of the given `number`.
struct Watched {
    client: Client,
    events: Rc<RefCell<Vec<Event>>>,
}

impl Watched {
    fn new(script: &str, patience_millis: u32) -> Self {
        let script = script.replace("READY", &format!("postMessage(['ready', 0, '{}'])", env!("BUILD_ID")));
        let beat = "['progress', number, '', [1, 1, 1, new ArrayBuffer(4)], new Float64Array([1, 9, 0.5, 0.25])]";
        let script = script.replace("BEAT", &format!("postMessage({beat})"));
        let options = BlobPropertyBag::new();
        options.set_type("text/javascript");
        let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&script.into()), &options).unwrap();
        let url = Url::create_object_url_with_blob(&blob).unwrap();
        let events = Rc::new(RefCell::new(Vec::new()));
        let heard = events.clone();
        let client = Client::start_at(&url, patience_millis, any_words, move |event| heard.borrow_mut().push(event));
        Self { client, events }
    }

    /// Waits for so many events, for as long as a busy machine may take.
    async fn events(&self, count: usize) -> Vec<Event> {
        for _ in 0..1_200 {
            if self.events.borrow().len() >= count {
                break;
            }
            TimeoutFuture::new(25).await;
        }
        // Another one would be one too many.
        TimeoutFuture::new(100).await;
        let events = self.events.borrow().clone();
        assert_eq!(events.len(), count, "{events:?}");
        events
    }
}

fn layer(mask: i64) -> Request {
    Request::Upsample(UpsampleLesson::default().reduce(UpsampleAction::Mask(mask)))
}

#[wasm_bindgen_test]
async fn a_worker_that_throws_is_replaced_and_the_new_one_gets_the_source() {
    let watched = Watched::new(
        "let sources = 0; onmessage = ({ data: [kind, number] }) => {
            if (kind === 'restore') throw new Error('a broken leg');
            if (kind === 'source') { sources += 1; postMessage(['answer', number, 'stored', [], [], null, 0]); }
            if (kind === 'upsample') postMessage(['refused', number, `sources: ${sources}`]);
        }; READY",
        5_000,
    );
    watched.client.set_source(1, Rc::new(source()));
    watched.client.ask(short(0.0));
    let events = watched.events(1).await;
    let Event::Restarted(Some(request), reason) = &events[0] else { panic!("{events:?}") };
    assert_eq!(**request, short(0.0));
    assert!(reason.contains("a broken leg"), "{reason}");
    watched.client.ask(layer(5));
    let events = watched.events(2).await;
    assert!(matches!(&events[1], Event::Refused(_, text) if text == "sources: 1"), "{events:?}");
}

#[wasm_bindgen_test]
async fn a_worker_that_says_it_is_broken_is_replaced_too() {
    let watched = Watched::new(
        "onmessage = ({ data: [kind, number] }) => postMessage(
            kind === 'upsample' ? ['refused', number, 'well.'] : ['broken', 0, 'last words']); READY",
        5_000,
    );
    watched.client.ask(layer(2));
    watched.events(1).await;
    watched.client.post_raw(&"nonsense".into()).unwrap();
    let events = watched.events(2).await;
    assert!(matches!(&events[1], Event::Restarted(None, reason) if reason == "last words"), "{events:?}");
    watched.client.ask(layer(3));
    let events = watched.events(3).await;
    assert!(matches!(&events[2], Event::Refused(..)), "{events:?}");
}

#[wasm_bindgen_test]
async fn a_worker_that_does_not_answer_is_replaced() {
    let watched = Watched::new("onmessage = () => {}; READY", 200);
    watched.client.ask(layer(2));
    let events = watched.events(1).await;
    assert!(matches!(&events[0], Event::Restarted(Some(_), reason) if reason.contains("nothing heard")), "{events:?}");
}

#[wasm_bindgen_test]
async fn a_worker_of_another_build_is_not_used() {
    let watched =
        Watched::new("postMessage(['ready', 0, 'yesterday']); onmessage = () => postMessage('heard');", 5_000);
    watched.client.ask(layer(2));
    let events = watched.events(1).await;
    assert!(matches!(&events[0], Event::Unavailable(text) if text.contains("Reload")), "{events:?}");
}

#[wasm_bindgen_test]
async fn a_worker_that_never_starts_is_given_up() {
    let watched = Watched::new("throw new Error('no program')", 5_000);
    let events = watched.events(2).await;
    assert!(matches!(&events[0], Event::Restarted(None, _)), "{events:?}");
    assert!(matches!(&events[1], Event::Unavailable(text) if text.contains("no program")), "{events:?}");
}

#[wasm_bindgen_test]
async fn the_newest_question_goes_out_at_once_and_measurements_wait() {
    let watched = Watched::new(
        "onmessage = ({ data: [kind, number, , text] }) =>
            setTimeout(() => postMessage(['refused', number, `${kind}${text}`]), 60); READY",
        5_000,
    );
    // Nothing is lost before the worker listens, and nothing but the newest is sent.
    for mask in [4, 5, 6] {
        watched.client.ask(layer(mask));
    }
    watched.client.ask_meanwhile(Request::Error(own(&[])));
    watched.events(2).await;
    watched.client.ask(layer(7));
    watched.client.ask_meanwhile(Request::Error(own(&[])));
    watched.client.ask(layer(2));
    let texts: Vec<String> = watched
        .events(5)
        .await
        .iter()
        .map(|event| match event {
            Event::Refused(_, text) => text.chars().take(12).collect(),
            other => panic!("a refusal was expected, this came: {other:?}"),
        })
        .collect();
    let expected = ["upsample&k=6", "error&pictur", "upsample&k=7", "upsample&k=2", "error&pictur"];
    assert_eq!(texts, expected);
}

#[wasm_bindgen_test]
async fn every_request_that_went_out_ends_in_one_event_with_its_own_name() {
    // A worker that answers nothing but the fourth request, drops the second twice and speaks of a ninetieth.
    let watched = Watched::new(
        "const told = []; onmessage = ({ data: [kind, number] }) => {
            told.push(number);
            if (told.length === 1) BEAT;
            if (told.length < 4) return;
            postMessage(['dropped', told[1], '']);
            postMessage(['dropped', told[1], '']);
            postMessage(['refused', told[1], 'too late.']);
            postMessage(['refused', 90, 'nobody asked.']);
            postMessage(['refused', told[3], 'the fourth.']);
            postMessage(['dropped', told[0], '']);
            postMessage(['refused', told[2], 'the third.']);
        }; READY",
        5_000,
    );
    // Once the worker listens, everything goes out at once.
    watched.client.ask(layer(2));
    watched.until(is_progress).await;
    for mask in [3, 4, 5] {
        watched.client.ask(layer(mask));
    }
    let events = watched.events(4).await;
    assert!(matches!(&events[0], Event::Dropped(request) if **request == layer(3)), "{events:?}");
    assert!(matches!(&events[1], Event::Refused(request, _) if **request == layer(5)), "{events:?}");
    assert!(matches!(&events[2], Event::Dropped(request) if **request == layer(2)), "{events:?}");
    assert!(matches!(&events[3], Event::Refused(request, _) if **request == layer(4)), "{events:?}");
}

#[wasm_bindgen_test]
async fn a_new_worker_gets_what_was_asked_after_the_request_that_broke_the_old_one() {
    let watched = Watched::new(
        "let restores = false, later = 0; onmessage = ({ data: [kind, number] }) => {
            if (kind === 'restore') { restores = true; BEAT; }
            else if (!restores) postMessage(['refused', number, 'well.']);
            else if (++later === 2) throw new Error('a broken leg');
        }; READY",
        5_000,
    );
    watched.client.ask(short(0.0));
    watched.until(is_progress).await;
    watched.client.ask(layer(2));
    watched.client.ask(layer(3));
    let events = watched.events(2).await;
    assert!(matches!(&events[0], Event::Restarted(Some(request), _) if **request == short(0.0)), "{events:?}");
    assert!(matches!(&events[1], Event::Refused(request, _) if **request == layer(3)), "{events:?}");
}

#[wasm_bindgen_test]
async fn progress_lengthens_the_patience_and_is_told() {
    // All beats together outlast the patience, and each comes ten times as soon.
    let watched = Watched::new(
        "onmessage = ({ data: [kind, number] }) => {
            let count = 0;
            const beat = setInterval(() => {
                count += 1;
                const picture = count % 2 ? null : [count, 1, 1, new ArrayBuffer(4)];
                postMessage(['progress', number, '', picture, new Float64Array([count, 9, 0.5, 0.25])]);
                if (count == 12) { clearInterval(beat); postMessage(['refused', number, 'after all.']); }
            }, 200);
        }; READY",
        2_000,
    );
    watched.client.ask(layer(2));
    let events = watched.events(7).await;
    for (event, expected) in events.iter().zip([2, 4, 6, 8, 10, 12]) {
        let Event::Progress { request, iteration, of, residual, rmse, picture, .. } = event else {
            panic!("{events:?}")
        };
        assert_eq!((&**request, *iteration, *of, *residual, *rmse), (&layer(2), expected, 9, 0.5, 0.25));
        assert_eq!((picture.width, picture.bytes.length()), (1, 4));
    }
    assert!(matches!(&events[6], Event::Refused(..)), "{events:?}");
}

#[wasm_bindgen_test]
async fn what_is_stopped_is_the_newest_request() {
    let watched = Watched::new(
        "onmessage = ({ data: [kind, number] }) => {
            if (kind === 'upsample') BEAT;
            if (kind === 'stop') postMessage(['refused', number, 'stopped.']);
        }; READY",
        5_000,
    );
    watched.client.stop();
    watched.client.set_source(1, Rc::new(source()));
    for mask in [2, 3] {
        watched.client.ask(layer(mask));
        watched.until(is_progress).await;
    }
    watched.client.stop();
    let events = watched.events(1).await;
    assert!(matches!(&events[0], Event::Refused(request, _) if **request == layer(3)), "{events:?}");
}

/// What the site's worker does, for workers of these tests, which run this very program.
#[wasm_bindgen]
pub fn begin_work() {
    worker_main::start();
}

/// A panic as any other.
///
/// # Panics
/// Always.
#[wasm_bindgen]
pub fn stumble() {
    panic!("somebody provoked this");
}

/// A client of a worker that runs the real program. Told to stumble, it panics; told to count, it says how many errands
/// it sent to helpers, as its last words.
async fn real() -> Watched {
    let entries = js_sys::eval(
        "performance.getEntriesByType('resource').map(entry => entry.name).filter(name => name.endsWith('.wasm'))",
    );
    let wasm = entries.unwrap().unchecked_into::<Array>().get(0).as_string().expect("the program was fetched");
    let module = wasm.strip_suffix("_bg.wasm").expect("a name as wasm-bindgen gives");
    let load = format!(
        "const {{ default: init, begin_work, stumble }} = await import('{module}.js');
        await init({{ module_or_path: '{wasm}' }});"
    );
    // The test runner wraps scripts of workers and withdraws their addresses, which helpers would be started by.
    let watched = Watched::new(
        &format!(
            "{load}
            const script = new Blob([`{load} begin_work();`], {{ type: 'text/javascript' }});
            const [address, Plain] = [URL.createObjectURL(script), Worker];
            self.Worker = function (_, options) {{ return new Plain(address, options); }};
            let errands = 0;
            const post = Plain.prototype.postMessage;
            Plain.prototype.postMessage = function (...letter) {{
                errands += letter[0][0] === 'errand';
                post.apply(this, letter);
            }};
            addEventListener('message', event => {{
                if (typeof event.data !== 'string') return;
                event.stopImmediatePropagation();
                if (event.data === 'stumble') stumble();
                if (event.data === 'count') postMessage(['broken', 0, `${{errands}} errands`]);
            }}, {{ capture: true }});
            begin_work();"
        ),
        20_000,
    );
    watched.client.set_source(1, Rc::new(sized(96, 80)));
    watched
}

impl Watched {
    /// Waits until an event is as wanted; all events until then, which are forgotten.
    async fn until(&self, wanted: impl Fn(&Event) -> bool) -> Vec<Event> {
        for _ in 0..12_000 {
            let place = self.events.borrow().iter().position(&wanted);
            if let Some(place) = place {
                return self.events.borrow_mut().drain(..=place).collect();
            }
            TimeoutFuture::new(5).await;
        }
        panic!("it did not come: {:?}", brief_events(&self.events.borrow()));
    }

    /// The answer to a request; all before it is forgotten.
    async fn answer(&self, asked: &Request) -> (Rc<Body>, Vec<Pixels>, f64) {
        let events = self.until(|event| matches!(event, Event::Answered { request, .. } if **request == *asked)).await;
        match events.into_iter().last() {
            Some(Event::Answered { body, pictures, memory, .. }) => (body, pictures, memory),
            other => panic!("an answer was expected, this came: {other:?}"),
        }
    }
}

fn brief_events(events: &[Event]) -> Vec<&'static str> {
    events
        .iter()
        .map(|event| match event {
            Event::Answered { .. } => "answered",
            Event::Progress { .. } => "progress",
            Event::Dropped(_) => "dropped",
            Event::Refused(..) => "refused",
            Event::Restarted(..) => "restarted",
            Event::Unavailable(_) => "unavailable",
        })
        .collect()
}

fn is_progress(event: &Event) -> bool {
    matches!(event, Event::Progress { .. })
}

#[wasm_bindgen_test]
async fn the_real_worker_starts_and_answers_as_the_engine_does() {
    let worker = real().await;
    worker.client.ask(short(-2.0));
    let (body, pictures, memory) = worker.answer(&short(-2.0)).await;
    let mut engine = Engine::default();
    engine.handle(sized(96, 80)).unwrap();
    let Ok(Reply::Restored(expected)) = engine.handle(short(-2.0)) else { panic!("a restoration") };
    assert_eq!(text(&*body), text(&Body::Restored(expected.facts)));
    assert_eq!(pictures[2].bytes.to_vec(), expected.restored.rgba.to_vec());
    assert!(memory > 1e6, "{memory} bytes");
    let asked = Request::Upsample(enlarging(&[UpsampleAction::Weights(Weights::Random)]));
    worker.client.ask(asked.clone());
    let (body, pictures, _) = worker.answer(&asked).await;
    let Ok(Reply::Upsampled(expected)) = engine.handle(asked) else { panic!("larger pictures") };
    let Body::Upsampled(comparison) = &*body else { panic!("numbers") };
    for (place, (way, result)) in comparison.ways.iter().zip(&expected.results).enumerate() {
        assert_eq!((way.0, way.1.psnr, way.1.ssim), (result.way, result.findings.psnr, result.findings.ssim));
        assert!(way.1.millis >= 0.0, "{}", way.1.millis);
        let shown = &pictures[comparison.places(place).picture];
        assert_eq!(shown.bytes.to_vec(), result.picture.rgba.to_vec());
    }
    assert_eq!(comparison.ways.len(), Way::ALL.len());
}

#[wasm_bindgen_test]
async fn the_real_worker_shows_progress_and_can_be_stopped() {
    let worker = real().await;
    let mut stopped = 0;
    for seed in 1..=5 {
        worker.client.ask(long(seed));
        let first = worker.until(is_progress).await.len();
        assert_eq!(first, 1, "nothing comes before progress");
        let Event::Progress { iteration, .. } = worker.until(is_progress).await.remove(0) else { unreachable!() };
        worker.client.stop();
        let (body, ..) = worker.answer(&long(seed)).await;
        let Body::Restored(facts) = &*body else { panic!("numbers") };
        assert!(facts.iterations >= iteration, "{facts:?}");
        assert_eq!(facts.ending.is_none(), facts.iterations < 1000, "{facts:?}");
        stopped += usize::from(facts.ending.is_none());
    }
    // One of several: where this page has to wait for its turn the worker may come to its end meanwhile.
    assert!(stopped > 0, "nothing was stopped");
}

#[wasm_bindgen_test]
async fn of_many_questions_the_real_worker_answers_the_newest_and_ends_them_all() {
    let worker = real().await;
    worker.client.ask(short(-2.0));
    worker.answer(&short(-2.0)).await;
    for seed in 1..=8 {
        worker.client.ask(long(seed));
        TimeoutFuture::new(10).await;
    }
    worker.client.ask(short(-1.0));
    let is_last = |event: &Event| matches!(event, Event::Answered { request, .. } if **request == short(-1.0));
    let events = worker.until(is_last).await;
    let mut ends: Vec<u64> = Vec::new();
    for event in &events {
        if let Event::Dropped(request) = event {
            ends.extend((1..=8).find(|seed| **request == long(*seed)));
        }
    }
    // The one under way outlives those that wait behind it.
    ends.sort_unstable();
    assert_eq!(ends, [1, 2, 3, 4, 5, 6, 7, 8]);
    assert!(events.iter().filter(|event| matches!(event, Event::Answered { .. })).count() == 1);
}

#[wasm_bindgen_test]
async fn after_a_panic_a_new_worker_goes_on_with_the_same_picture() {
    let worker = real().await;
    worker.client.ask(short(-1.0));
    let (_, before, _) = worker.answer(&short(-1.0)).await;
    worker.client.ask(long(1));
    worker.until(is_progress).await;
    worker.client.post_raw(&"stumble".into()).unwrap();
    let events = worker.until(|event| matches!(event, Event::Restarted(..))).await;
    let Some(Event::Restarted(Some(request), reason)) = events.last() else { panic!("{events:?}") };
    assert_eq!(**request, long(1));
    assert!(reason.contains("somebody provoked this"), "{reason}");
    worker.client.ask(short(-1.0));
    let (_, after, _) = worker.answer(&short(-1.0)).await;
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before.bytes.to_vec(), after.bytes.to_vec());
    }
}

#[wasm_bindgen_test]
async fn with_helpers_the_real_worker_answers_the_same() {
    let (alone, crew) = (real().await, real().await);
    crew.client.ask(short(0.0));
    crew.answer(&short(0.0)).await;
    crew.client.post_raw(&wire::encode_crew(1)).unwrap();
    for id in ["richardson-lucy", "rl-tv", "landweber"] {
        let method = place(id).expect("a method");
        let asked = Request::Restore(own(&[Choose::Method(method).into(), Choose::Iterations(40).into()]));
        alone.client.ask(asked.clone());
        let (expected, expected_pictures, _) = alone.answer(&asked).await;
        // The first one may be over before the helpers listen.
        for seed in 0..3 {
            TimeoutFuture::new(400).await;
            crew.client.ask(long(seed));
            crew.until(is_progress).await;
            crew.client.ask(asked.clone());
            let (body, pictures, _) = crew.answer(&asked).await;
            let (Body::Restored(facts), Body::Restored(expected)) = (&*body, &*expected) else { panic!("numbers") };
            assert_eq!(text(&facts.scores), text(&expected.scores), "{id}");
            assert_eq!((facts.iterations, facts.ending), (expected.iterations, expected.ending), "{id}");
            assert_eq!(pictures[2].bytes.to_vec(), expected_pictures[2].bytes.to_vec(), "{id}");
        }
    }
    // Stopped, it keeps what it has.
    crew.client.ask(long(9));
    crew.until(is_progress).await;
    crew.client.stop();
    let (body, ..) = crew.answer(&long(9)).await;
    assert!(matches!(&*body, Body::Restored(facts) if facts.ending.is_none() && facts.iterations > 0));
    // Nobody could tell from the outside whether there was any help.
    for (worker, helps) in [(&alone, false), (&crew, true)] {
        worker.client.post_raw(&"count".into()).unwrap();
        let events = worker.until(|event| matches!(event, Event::Restarted(..))).await;
        let Some(Event::Restarted(_, reason)) = events.last() else { unreachable!() };
        let count: usize = reason.split(' ').next().and_then(|count| count.parse().ok()).expect("a count");
        assert!(if helps { count >= 8 } else { count == 0 }, "{reason}");
    }
}

#[wasm_bindgen_test]
fn errands_and_reports_survive_the_wire() {
    let mut engine = Engine::default();
    engine.handle(source()).unwrap();
    engine.share_from(Some(0));
    let Request::Restore(lesson) = long(1) else { unreachable!() };
    engine.begin(Request::Restore(lesson.reduce(Degrade::Missing(0.2).into()))).unwrap();
    let errands = loop {
        engine.advance().unwrap();
        let errands = engine.errands();
        if !errands.is_empty() {
            break errands;
        }
    };
    assert_eq!(errands.iter().map(|(channel, _)| *channel).collect::<Vec<_>>(), [1, 2]);
    for (_, errand) in errands {
        let (message, _) = wire::encode_errand(5, &errand);
        assert_eq!(wire::decode_order(&message), Some((5, Order::Errand(Box::new(errand.clone())))));
        let mut hand = Hand::new(errand).unwrap();
        hand.advance();
        for report in [hand.report(false), hand.report(true)] {
            let (message, _) = wire::encode_report(6, &report);
            let Some(Message::Report(6, received)) = wire::decode_message(&message) else { panic!("a report") };
            assert_eq!(*received, report);
        }
    }
}

#[wasm_bindgen_test]
fn helpers_are_told_and_heard_and_done_without_when_they_fail() {
    let expected = {
        let mut office = Office::with_source();
        let Message::Answer(_, answer) = office.said(1, &long(3)) else { panic!("an answer") };
        answer.pictures[2].bytes.as_ref().expect("pixels").to_vec()
    };
    for fails in [false, true] {
        let mut office = Office::with_source();
        let letters: [Rc<RefCell<Vec<JsValue>>>; 2] = Default::default();
        let outlets = letters.iter().cloned().map(|letters| {
            let outlet: worker_main::Outlet = Box::new(move |(message, _)| letters.borrow_mut().push(message));
            outlet
        });
        office.clerk.employ(outlets.collect(), 1);
        let mut helpers = [Office::default(), Office::default()];
        office.hear(1, &long(3));
        let mut rounds = 0;
        let answer = loop {
            office.work();
            if let Some(Message::Answer(1, answer)) = office.posted.pop() {
                break answer;
            }
            rounds += 1;
            if fails && rounds == 3 {
                assert!(!office.clerk.hear_helper(0, &wire::encode_text("broken", 0, "oh")));
                office.clerk.dismiss();
            }
            for (place, helper) in helpers.iter_mut().enumerate() {
                for letter in letters[place].borrow_mut().drain(..) {
                    helper.clerk.hear(&letter, &mut |_| panic!("nothing to say yet"));
                }
                let clock = || {
                    helper.time.set(helper.time.get() + 4.0);
                    helper.time.get()
                };
                let mut said = Vec::new();
                helper.clerk.work(&clock, &mut |(message, _)| said.push(message));
                assert!(said.iter().all(|message| office.clerk.hear_helper(place, message)));
            }
        };
        assert!(rounds > 3, "it was over too soon");
        assert_eq!(answer.pictures[2].bytes.as_ref().expect("pixels").to_vec(), expected);
    }
}

#[wasm_bindgen_test]
async fn two_hundred_jobs_take_no_more_memory_than_twenty() {
    let worker = real().await;
    let methods: Vec<usize> = (0..deconvolution_explorer::restoration::COUNT).collect();
    let mut memories = Vec::new();
    for round in 0..200_u32 {
        let method = methods[round as usize / 2 % methods.len()];
        let asked = Request::Restore(own(&[
            Choose::Method(method).into(),
            Choose::Iterations(2).into(),
            Degrade::Level(f64::from(round % 7) * 0.001).into(),
        ]));
        worker.client.ask(asked.clone());
        memories.push(worker.answer(&asked).await.2);
    }
    assert!(memories[199] <= memories[99], "{} and {}", memories[99], memories[199]);
}

fn canvas() -> HtmlCanvasElement {
    window().unwrap().document().unwrap().create_element("canvas").unwrap().unchecked_into()
}

fn opaque(width: u32, height: u32) -> Pixels {
    let bytes: Vec<u8> = (0..width * height).flat_map(|i| [i as u8, (i / 3) as u8, 200, 255]).collect();
    Pixels { version: 1, width, height, bytes: Uint8ClampedArray::from(bytes.as_slice()) }
}

fn shown(canvas: &HtmlCanvasElement) -> Vec<u8> {
    let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
    context(canvas).unwrap().get_image_data(0.0, 0.0, width, height).unwrap().data().0
}

#[wasm_bindgen_test]
fn a_canvas_shows_the_very_pixels() {
    let (canvas, pixels) = (canvas(), opaque(7, 5));
    draw(&canvas, &pixels).unwrap();
    assert_eq!(shown(&canvas), pixels.bytes.to_vec());
    draw_part(&canvas, &pixels, [2, 1], [3, 2]).unwrap();
    let all = pixels.bytes.to_vec();
    let expected: Vec<u8> = [1, 2].iter().flat_map(|row| all[(row * 7 + 2) * 4..][..12].to_vec()).collect();
    assert_eq!(shown(&canvas), expected);
}

fn blob(bytes: &[u8]) -> Blob {
    Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes))).unwrap()
}

#[wasm_bindgen_test]
async fn a_picture_file_is_opened_and_made_to_fit() {
    let (canvas, pixels) = (canvas(), opaque(40, 20));
    draw(&canvas, &pixels).unwrap();
    let address = canvas.to_data_url().unwrap();
    let base64 = address.split_once(',').unwrap().1;
    let bytes: Vec<u8> = window().unwrap().atob(base64).unwrap().chars().map(|sign| sign as u8).collect();
    let opened = files::open(&blob(&bytes), |width, height| [width, height]).await.unwrap();
    assert_eq!((opened.width, opened.height, opened.original), (40, 20, [40, 20]));
    assert_eq!(opened.rgba, pixels.bytes.to_vec());
    let small = files::open(&blob(&bytes), |width, height| fit_pixels(width, height, 200)).await.unwrap();
    assert_eq!((small.width, small.height, small.original), (20, 10, [40, 20]));
    assert_eq!(small.rgba.len(), 800);
}

#[wasm_bindgen_test]
async fn other_files_are_answered_with_a_sentence() {
    let half_a_png = [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0];
    for bytes in [&b""[..], b"a poem, not a picture", &half_a_png] {
        let sentence = files::open(&blob(bytes), |width, height| [width, height]).await.unwrap_err();
        assert!(sentence.ends_with('.') && sentence.contains("picture"), "{sentence}");
    }
}
