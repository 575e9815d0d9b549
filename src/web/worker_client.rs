//! The page's side of the worker: one request in flight, the newest waiting, and a new worker when one breaks.

use super::{
    canvas::Pixels,
    wire::{self, Answer, Kind, Message},
};
use crate::engine::Request;
use gloo_timers::callback::Timeout;
use std::{
    cell::RefCell,
    collections::HashMap,
    rc::{Rc, Weak},
};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

/// The worker gets this long for one answer, in milliseconds.
pub const PATIENCE_MILLIS: u32 = 20_000;
/// A worker that fails so often before it ever listened will not do so another time.
const MOST_FALSE_STARTS: u32 = 2;

/// What the client tells the page.
#[derive(Clone, Debug)]
pub enum Event {
    /// An answer with all its pictures, and the request that it answers.
    Answered {
        /// What was asked.
        request: Rc<Request>,
        /// The key of the source that the worker had then; 0 when it had none.
        source: u64,
        /// The pictures, in the order of the engine's reply.
        pictures: Vec<Pixels>,
        /// The numbers, as [`wire::scores`] reads them.
        numbers: Vec<f64>,
    },
    /// The engine refused this request, with a sentence.
    Refused(Rc<Request>, String),
    /// The worker broke over this request, or while idle, with the reason; a new one is on its way.
    Restarted(Option<Rc<Request>>, String),
    /// There will be no worker; a sentence says what to do.
    Unavailable(String),
}

/// The page's connection to its worker, which ends with it.
pub struct Client {
    shared: Rc<RefCell<Shared>>,
}

struct Shared {
    url: String,
    patience_millis: u32,
    notify: Rc<dyn Fn(Event)>,
    line: Option<Line>,
    ready: bool,
    false_starts: u32,
    source: Option<(u64, Rc<Request>)>,
    source_to_send: bool,
    waiting: Option<Rc<Request>>,
    meanwhile: Option<Rc<Request>>,
    in_flight: Option<InFlight>,
    last_number: u32,
    last_version: u64,
    received: HashMap<(Kind, usize), Pixels>,
}

struct InFlight {
    number: u32,
    request: Rc<Request>,
    source: u64,
    _watchdog: Timeout,
}

/// A running worker and what listens to it.
struct Line {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl Client {
    /// Starts the site's worker.
    #[must_use]
    pub fn start(notify: impl Fn(Event) + 'static) -> Self {
        // The build in the address keeps an old cache from serving an old worker.
        Self::start_at(&format!("static/worker.js?{}", env!("BUILD_ID")), PATIENCE_MILLIS, notify)
    }

    /// Starts the worker of this address, which has `patience_millis` for each answer.
    #[must_use]
    pub fn start_at(url: &str, patience_millis: u32, notify: impl Fn(Event) + 'static) -> Self {
        let shared = Shared {
            url: url.to_owned(),
            patience_millis,
            notify: Rc::new(notify),
            line: None,
            ready: false,
            false_starts: 0,
            source: None,
            source_to_send: false,
            waiting: None,
            meanwhile: None,
            in_flight: None,
            last_number: 0,
            last_version: 0,
            received: HashMap::new(),
        };
        let client = Self { shared: Rc::new(RefCell::new(shared)) };
        open_line(&client.shared);
        client
    }

    /// Sends the pixels of a picture from a file, before anything else; they are kept for the next worker too. The key,
    /// which is not 0, comes back with every answer from then on.
    pub fn set_source(&self, key: u64, source: Rc<Request>) {
        {
            let mut shared = self.shared.borrow_mut();
            shared.source = Some((key, source));
            shared.source_to_send = true;
        }
        pump(&self.shared);
    }

    /// Asks for something. What was asked before and has not gone out yet is forgotten.
    pub fn ask(&self, request: Request) {
        self.shared.borrow_mut().waiting = Some(Rc::new(request));
        pump(&self.shared);
    }

    /// Asks for something that may wait until nothing else is asked. The newest replaces the one before.
    pub fn ask_meanwhile(&self, request: Request) {
        self.shared.borrow_mut().meanwhile = Some(Rc::new(request));
        pump(&self.shared);
    }

    /// Says something to the worker behind the protocol's back.
    ///
    /// # Errors
    /// When there is no worker, or the message cannot be cloned.
    pub fn post_raw(&self, message: &JsValue) -> Result<(), JsValue> {
        let shared = self.shared.borrow();
        shared.line.as_ref().ok_or("there is no worker")?.worker.post_message(message)
    }
}

/// Starts a worker and listens to it.
fn open_line(shared: &Rc<RefCell<Shared>>) {
    let weak = Rc::downgrade(shared);
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new({
        let weak = weak.clone();
        move |event: MessageEvent| later(&weak, move |shared| hear(shared, &event.data()))
    });
    let on_error = Closure::<dyn FnMut(ErrorEvent)>::new({
        let weak = weak.clone();
        move |event: ErrorEvent| {
            event.prevent_default();
            later(&weak, move |shared| restart(shared, &event.message()));
        }
    });
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let started = Worker::new_with_options(&shared.borrow().url, &options);
    match started {
        Ok(worker) => {
            worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
            worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
            shared.borrow_mut().line = Some(Line { worker, _on_message: on_message, _on_error: on_error });
        }
        Err(_) => tell(
            shared,
            Event::Unavailable(
                "This browser starts no workers, so nothing can be computed. Try another one.".to_owned(),
            ),
        ),
    }
}

/// Does something after the current callback has returned: what a callback belongs to may then be dropped.
fn later(weak: &Weak<RefCell<Shared>>, act: impl FnOnce(&Rc<RefCell<Shared>>) + 'static) {
    let weak = weak.clone();
    wasm_bindgen_futures::spawn_local(async move {
        if let Some(shared) = weak.upgrade() {
            act(&shared);
        }
    });
}

/// Tells the page, while nothing is borrowed.
fn tell(shared: &Rc<RefCell<Shared>>, event: Event) {
    let notify = Rc::clone(&shared.borrow().notify);
    notify(event);
}

fn hear(shared: &Rc<RefCell<Shared>>, message: &JsValue) {
    match wire::decode_message(message) {
        Some(Message::Ready(build)) if build == env!("BUILD_ID") => {
            {
                let mut shared = shared.borrow_mut();
                shared.ready = true;
                shared.false_starts = 0;
            }
            pump(shared);
        }
        Some(Message::Ready(_)) => {
            shared.borrow_mut().line = None;
            tell(
                shared,
                Event::Unavailable(
                    "This page and the part of it that computes are of different versions. Reload the page.".to_owned(),
                ),
            );
        }
        Some(Message::Answer(number, answer)) => {
            if let Some((request, source)) = land(shared, number) {
                if answer.kind != Kind::Stored {
                    match unpack(shared, &answer) {
                        Some(pictures) => {
                            tell(shared, Event::Answered { request, source, pictures, numbers: answer.numbers });
                        }
                        None => return restart(shared, "an answer came without its pictures"),
                    }
                }
                pump(shared);
            }
        }
        Some(Message::Refused(number, sentence)) => {
            if let Some((request, _)) = land(shared, number) {
                tell(shared, Event::Refused(request, sentence));
                pump(shared);
            }
        }
        Some(Message::Broken(reason)) => restart(shared, &reason),
        None => restart(shared, "an answer that nobody here understands"),
    }
}

/// Takes the request of this number out of flight, with the key of the source it went out with.
fn land(shared: &Rc<RefCell<Shared>>, number: u32) -> Option<(Rc<Request>, u64)> {
    let mut shared = shared.borrow_mut();
    if shared.in_flight.as_ref()?.number != number {
        return None;
    }
    shared.in_flight.take().map(|flight| (flight.request, flight.source))
}

/// The answer's pictures, those without pixels from the answer before.
fn unpack(shared: &Rc<RefCell<Shared>>, answer: &Answer) -> Option<Vec<Pixels>> {
    let mut shared = shared.borrow_mut();
    let mut pictures = Vec::with_capacity(answer.pictures.len());
    for (slot, sent) in answer.pictures.iter().enumerate() {
        shared.last_version += 1;
        let version = shared.last_version;
        if let Some(pixels) = sent.pixels(version) {
            shared.received.insert((answer.kind, slot), pixels);
        }
        pictures.push(shared.received.get(&(answer.kind, slot))?.clone());
    }
    Some(pictures)
}

/// Sends the next thing, if the worker is free.
fn pump(shared: &Rc<RefCell<Shared>>) {
    let weak = Rc::downgrade(shared);
    let mut shared = shared.borrow_mut();
    if !shared.ready || shared.in_flight.is_some() {
        return;
    }
    let next = if std::mem::take(&mut shared.source_to_send) {
        shared.source.as_ref().map(|(_, request)| Rc::clone(request))
    } else {
        shared.waiting.take().or_else(|| shared.meanwhile.take())
    };
    let Some(request) = next else { return };
    shared.last_number = shared.last_number.wrapping_add(1);
    let number = shared.last_number;
    let (message, buffers) = wire::encode_request(number, &request);
    let posted = shared.line.as_ref().map(|line| line.worker.post_message_with_transfer(&message, &buffers));
    if !matches!(posted, Some(Ok(()))) {
        later(&weak, |shared| restart(shared, "a message that could not be posted"));
    }
    let patience = shared.patience_millis;
    let watchdog = Timeout::new(patience, move || {
        later(&weak, move |shared| {
            let late = shared.borrow().in_flight.as_ref().is_some_and(|flight| flight.number == number);
            if late {
                restart(shared, &format!("no answer within {} seconds", patience.div_ceil(1000)));
            }
        });
    });
    let source = shared.source.as_ref().map_or(0, |(key, _)| *key);
    shared.in_flight = Some(InFlight { number, request, source, _watchdog: watchdog });
}

/// Ends the worker and starts a new one, which gets the source again, but not the request that broke the old one.
fn restart(shared: &Rc<RefCell<Shared>>, reason: &str) {
    let (broken_over, give_up) = {
        let mut shared = shared.borrow_mut();
        if shared.line.take().is_none() {
            // Its last words and its error event both come here.
            return;
        }
        if !shared.ready {
            shared.false_starts += 1;
        }
        shared.ready = false;
        shared.received.clear();
        let broken_over = shared.in_flight.take().map(|flight| flight.request);
        if matches!(broken_over.as_deref(), Some(Request::Source { .. })) {
            // A picture that broke one worker would break the next one too.
            shared.source = None;
        }
        shared.source_to_send = shared.source.is_some();
        (broken_over, shared.false_starts >= MOST_FALSE_STARTS)
    };
    if give_up {
        tell(
            shared,
            Event::Unavailable(format!(
                "The part of this page that computes could not be started ({reason}). Reload the page, or try another browser."
            )),
        );
        return;
    }
    open_line(shared);
    tell(shared, Event::Restarted(broken_over, reason.to_owned()));
}
