//! The worker and its client in a real browser: messages there and back, what happens when a worker breaks, and what
//! files become. The client is driven against small workers written here, each of which misbehaves in one way.
#![cfg(target_arch = "wasm32")]

use deconvolution_explorer::{
    engine::{Engine, Reply, Request, fit_pixels},
    lesson::{
        Lesson,
        picture::Picture,
        restore::{Blur, RestoreAction, RestoreLesson},
        upsample::{UpsampleAction, UpsampleLesson},
    },
    web::{
        canvas::{Pixels, context, draw, draw_part},
        files,
        wire::{self, Kind, Message},
        worker_client::{Client, Event},
        worker_main::Clerk,
    },
};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Uint8Array, Uint8ClampedArray};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Blob, BlobPropertyBag, HtmlCanvasElement, Url, window};

wasm_bindgen_test_configure!(run_in_browser);

fn own() -> RestoreLesson {
    RestoreLesson::default().reduce(RestoreAction::Picture(Picture::Own)).reduce(RestoreAction::Blur(Blur::Box))
}

fn source() -> Request {
    let rgba = (0..12 * 9).flat_map(|i| [(i * 2) as u8, 100, 255 - i as u8, 255]).collect();
    Request::Source { picture: Picture::Own, width: 12, height: 9, rgba }
}

fn said(clerk: &mut Clerk, number: u32, request: &Request) -> Message {
    let (question, _) = wire::encode_request(number, request);
    let (answer, _) = clerk.answer(&question);
    wire::decode_message(&answer).expect("a message of ours")
}

#[wasm_bindgen_test]
fn requests_survive_the_wire() {
    let upsample = UpsampleLesson::default().reduce(UpsampleAction::Mask(5)).reduce(UpsampleAction::Picture(Picture::Own));
    for request in [
        source(),
        Request::Restore(own().reduce(RestoreAction::Noise(0.01))),
        Request::Error(own().question_at(-4.5)),
        Request::Upsample(upsample),
    ] {
        let (message, _) = wire::encode_request(7, &request);
        assert_eq!(wire::decode_request(&message), Some((7, request)));
    }
}

#[wasm_bindgen_test]
fn the_clerk_says_what_the_engine_says_and_sends_no_picture_twice() {
    let mut clerk = Clerk::default();
    assert!(matches!(said(&mut clerk, 1, &source()), Message::Answer(1, answer) if answer.kind == Kind::Stored));
    let Message::Answer(2, first) = said(&mut clerk, 2, &Request::Restore(own())) else { panic!("an answer") };
    let mut engine = Engine::default();
    engine.handle(source()).unwrap();
    let Ok(Reply::Restored(expected)) = engine.handle(Request::Restore(own())) else { panic!("a restoration") };
    let (scores, parameter, suggested) = wire::scores(&first.numbers).expect("seven numbers");
    assert_eq!(scores, expected.scores);
    assert_eq!(parameter as f32, expected.parameter);
    assert_eq!(suggested.map(|value| value as f32), expected.suggested);
    for (sent, rendered) in first.pictures.iter().zip([&expected.original, &expected.observed, &expected.restored]) {
        assert_eq!(sent.bytes.as_ref().expect("pixels").to_vec(), rendered.rgba.to_vec());
    }
    let stronger = own().question_at(0.0);
    let Message::Answer(3, second) = said(&mut clerk, 3, &Request::Restore(stronger)) else { panic!("an answer") };
    let carried: Vec<bool> = second.pictures.iter().map(|sent| sent.bytes.is_some()).collect();
    assert_eq!(carried, [false, false, true]);
}

#[wasm_bindgen_test]
fn the_clerk_refuses_with_a_sentence_and_understands_no_nonsense() {
    let mut clerk = Clerk::default();
    assert!(matches!(said(&mut clerk, 4, &Request::Restore(own())), Message::Refused(4, text) if text.ends_with('.')));
    for nonsense in [
        JsValue::NULL,
        JsValue::from_str("restore"),
        Array::new().into(),
        Array::of4(&"restore".into(), &1.5.into(), &"star".into(), &"".into()).into(),
        Array::of4(&"restore".into(), &1.into(), &"nowhere".into(), &"".into()).into(),
        Array::of5(&"source".into(), &1.into(), &"own".into(), &Array::new(), &JsValue::NULL).into(),
    ] {
        let (answer, _) = clerk.answer(&nonsense);
        assert!(matches!(wire::decode_message(&answer), Some(Message::Broken(_))), "{nonsense:?}");
    }
}

/// A client of a worker that runs this script, and everything that the client says.
struct Watched {
    client: Client,
    events: Rc<RefCell<Vec<Event>>>,
}

impl Watched {
    fn new(script: &str, patience_millis: u32) -> Self {
        let script = script.replace("READY", &format!("postMessage(['ready', 0, '{}'])", env!("BUILD_ID")));
        let options = BlobPropertyBag::new();
        options.set_type("text/javascript");
        let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&script.into()), &options).unwrap();
        let url = Url::create_object_url_with_blob(&blob).unwrap();
        let events = Rc::new(RefCell::new(Vec::new()));
        let heard = events.clone();
        let client = Client::start_at(&url, patience_millis, move |event| heard.borrow_mut().push(event));
        Self { client, events }
    }

    /// Waits for so many events.
    async fn events(&self, count: usize) -> Vec<Event> {
        for _ in 0..200 {
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
            if (kind === 'source') { sources += 1; postMessage(['answer', number, 'stored', [], []]); }
            if (kind === 'upsample') postMessage(['refused', number, `sources: ${sources}`]);
        }; READY",
        5_000,
    );
    watched.client.set_source(1, Rc::new(source()));
    watched.client.ask(Request::Restore(own()));
    let events = watched.events(1).await;
    let Event::Restarted(Some(request), reason) = &events[0] else { panic!("{events:?}") };
    assert_eq!(**request, Request::Restore(own()));
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
    assert!(matches!(&events[0], Event::Restarted(Some(_), reason) if reason.contains("no answer")), "{events:?}");
}

#[wasm_bindgen_test]
async fn a_worker_of_another_build_is_not_used() {
    let watched = Watched::new("postMessage(['ready', 0, 'yesterday']); onmessage = () => postMessage('heard');", 5_000);
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
async fn the_newest_question_wins_and_measurements_wait() {
    let watched = Watched::new(
        "onmessage = ({ data: [kind, number, , text] }) =>
            setTimeout(() => postMessage(['refused', number, `${kind}${text}`]), 60); READY",
        5_000,
    );
    // Nothing is lost before the worker listens, and nothing but the newest is sent.
    for mask in [4, 5, 6] {
        watched.client.ask(layer(mask));
    }
    TimeoutFuture::new(30).await;
    watched.client.ask_meanwhile(Request::Error(own()));
    for mask in [7, 8, 2] {
        watched.client.ask(layer(mask));
    }
    let mut texts: Vec<String> = Vec::new();
    for count in 1..=3 {
        for _ in 0..100 {
            if watched.events.borrow().len() >= count {
                break;
            }
            TimeoutFuture::new(25).await;
        }
    }
    for event in watched.events.borrow().iter() {
        if let Event::Refused(_, text) = event {
            texts.push(text.clone());
        }
    }
    assert_eq!(texts.last().map(|text| text.starts_with("error")), Some(true), "{texts:?}");
    assert_eq!(texts[texts.len() - 2], "upsample&k=2", "{texts:?}");
    assert!(texts.len() <= 3, "{texts:?}");
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
