//! The page's side of the worker: the newest request wins, what can wait waits, and a new worker comes when one breaks.

use super::{
    canvas::Pixels,
    events::window,
    wire::{self, Answer, Body, Kind, Message, Sent, Underway, Words},
};
use crate::engine::Request;
use gloo_timers::callback::Timeout;
use std::{
    cell::RefCell,
    collections::{HashMap, VecDeque},
    rc::{Rc, Weak},
};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

/// The worker may be silent for so long while it has something to do, in milliseconds.
pub const PATIENCE_MILLIS: u32 = 20_000;
/// A worker that fails so often before it ever listened will not do so another time.
const MOST_FALSE_STARTS: u32 = 2;

/// What the client tells the page.
///
/// Of every request that was asked exactly one of `Answered`, `Dropped`, `Refused` and `Restarted` comes, but of those
/// that were replaced before they went out; until then `Progress` may come again and again.
#[derive(Clone, Debug)]
pub enum Event {
    /// An answer with all its pictures, and the request that it answers.
    Answered {
        /// What was asked.
        request: Rc<Request>,
        /// The key of the source that the worker had then; 0 when it had none.
        source: u64,
        /// The pictures, in the order that [`wire::Kind`] tells.
        pictures: Vec<Pixels>,
        /// The numbers.
        body: Rc<Body>,
        /// The bytes that the worker's memory has grown to.
        memory: f64,
        /// From the posting of the question to the coming of the answer, in milliseconds.
        millis: f64,
    },
    /// How far a restoration is.
    Progress {
        /// What was asked.
        request: Rc<Request>,
        /// The key of the source, as above.
        source: u64,
        /// Iterations done.
        iteration: usize,
        /// Iterations at most.
        of: usize,
        /// Root of the mean of (Hu − g)².
        residual: f64,
        /// Root of the mean squared error; no number without an original.
        rmse: f64,
        /// The picture so far.
        picture: Pixels,
    },
    /// A newer request came in between: this one has no answer, but may be asked again.
    Dropped(Rc<Request>),
    /// The engine refused this request, with a sentence.
    Refused(Rc<Request>, String),
    /// The worker broke over this request, or while idle, with the reason; a new one is on its way. It gets the source
    /// and what was asked after that request.
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
    words: Words,
    notify: Rc<dyn Fn(Event)>,
    line: Option<Line>,
    ready: bool,
    false_starts: u32,
    source: Option<(u64, Rc<Request>)>,
    source_to_send: bool,
    waiting: Option<Rc<Request>>,
    meanwhile: Option<Rc<Request>>,
    /// Whether the worker has to forget what it restored before it is asked anything more.
    forget: bool,
    /// What went out and was not heard of to the end, the oldest first: that is what the worker is at.
    in_flight: VecDeque<InFlight>,
    watchdog: Option<Timeout>,
    last_number: u32,
    last_version: u64,
    received: HashMap<(Kind, usize), Pixels>,
}

struct InFlight {
    number: u32,
    request: Rc<Request>,
    source: u64,
    /// When it was posted, in milliseconds of the page's clock.
    posted: f64,
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
    /// Starts the site's worker, for the page of these words.
    #[must_use]
    pub fn start(words: Words, notify: impl Fn(Event) + 'static) -> Self {
        // The build in the address keeps an old cache from serving an old worker.
        Self::start_at(&format!("static/worker.js?{}", env!("BUILD_ID")), PATIENCE_MILLIS, words, notify)
    }

    /// Starts the worker of this address, which may be silent for `patience_millis` while it has something to do.
    #[must_use]
    pub fn start_at(url: &str, patience_millis: u32, words: Words, notify: impl Fn(Event) + 'static) -> Self {
        let shared = Shared {
            url: url.to_owned(),
            patience_millis,
            words,
            notify: Rc::new(notify),
            line: None,
            ready: false,
            false_starts: 0,
            source: None,
            source_to_send: false,
            waiting: None,
            meanwhile: None,
            forget: false,
            in_flight: VecDeque::new(),
            watchdog: None,
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

    /// Asks for something at once. What was asked before and is not answered yet will be dropped.
    pub fn ask(&self, request: Request) {
        self.shared.borrow_mut().waiting = Some(Rc::new(request));
        pump(&self.shared);
    }

    /// Asks for something that may wait until nothing else is asked. The newest replaces the one before, unless that is
    /// under way already; it is dropped as soon as something else is asked.
    pub fn ask_meanwhile(&self, request: Request) {
        self.shared.borrow_mut().meanwhile = Some(Rc::new(request));
        pump(&self.shared);
    }

    /// Lets the worker forget what it restored, so that it computes anew what is asked from now on. What is under way is
    /// dropped.
    pub fn forget(&self) {
        self.shared.borrow_mut().forget = true;
        pump(&self.shared);
    }

    /// Ends what was asked last with what it has; its answer comes soon. Nothing happens when that is answered already.
    pub fn stop(&self) {
        let shared = self.shared.borrow();
        let newest = shared.in_flight.iter().rev().find(|flight| !is_source(&flight.request));
        if let (Some(flight), Some(line)) = (newest, &shared.line) {
            // A worker that cannot be told is about to be replaced.
            let _ = line.worker.post_message(&wire::encode_stop(flight.number));
        }
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
            // Unpacked in any case: later answers may rely on these pictures.
            let Some(pictures) = unpack(shared, &answer) else {
                return restart(shared, "an answer came without its pictures");
            };
            if let Some(InFlight { request, source, posted, .. }) = land(shared, number) {
                if answer.kind != Kind::Stored {
                    let (body, memory) = (Rc::new(answer.body), answer.memory);
                    let millis = now() - posted;
                    tell(shared, Event::Answered { request, source, pictures, body, memory, millis });
                }
                pump(shared);
            }
        }
        Some(Message::Progress(number, underway)) => {
            watch(shared);
            if let Some(event) = progress(shared, number, underway) {
                tell(shared, event);
            }
        }
        // Helpers report to their worker.
        Some(Message::Report(..)) => {}
        Some(Message::Dropped(number)) => {
            if let Some(InFlight { request, .. }) = land(shared, number) {
                tell(shared, Event::Dropped(request));
                pump(shared);
            }
        }
        Some(Message::Refused(number, sentence)) => {
            if let Some(InFlight { request, .. }) = land(shared, number) {
                tell(shared, Event::Refused(request, sentence));
                pump(shared);
            }
        }
        Some(Message::Broken(reason)) => restart(shared, &reason),
        None => restart(shared, "an answer that nobody here understands"),
    }
}

/// Milliseconds of the page's clock.
fn now() -> f64 {
    window().performance().map_or(f64::NAN, |clock| clock.now())
}

fn is_source(request: &Request) -> bool {
    matches!(request, Request::Source { .. } | Request::Signal { .. })
}

/// Takes the request of this number out of flight.
fn land(shared: &Rc<RefCell<Shared>>, number: u32) -> Option<InFlight> {
    let flight = {
        let mut shared = shared.borrow_mut();
        let place = shared.in_flight.iter().position(|flight| flight.number == number)?;
        shared.in_flight.remove(place)
    };
    watch(shared);
    flight
}

/// How far the request of this number is, if it is one that shows anything.
fn progress(shared: &Rc<RefCell<Shared>>, number: u32, underway: Underway) -> Option<Event> {
    let mut shared = shared.borrow_mut();
    let version = shared.next_version();
    let picture = underway.picture.as_ref().and_then(|sent| sent.pixels(version))?;
    let flight = shared.in_flight.iter().find(|flight| flight.number == number)?;
    let Underway { iteration, of, residual, rmse, .. } = underway;
    let (request, source) = (Rc::clone(&flight.request), flight.source);
    Some(Event::Progress { request, source, iteration, of, residual, rmse, picture })
}

impl Shared {
    fn next_version(&mut self) -> u64 {
        self.last_version += 1;
        self.last_version
    }

    /// Posts a request. Whether that could be done.
    fn post(&mut self, request: Rc<Request>) -> bool {
        self.last_number = self.last_number.wrapping_add(1);
        let number = self.last_number;
        let (message, buffers) = wire::encode_request(number, &request, self.words);
        let posted = self.line.as_ref().map(|line| line.worker.post_message_with_transfer(&message, &buffers));
        let source = self.source.as_ref().map_or(0, |(key, _)| *key);
        self.in_flight.push_back(InFlight { number, request, source, posted: now() });
        matches!(posted, Some(Ok(())))
    }
}

/// The answer's pictures, those without pixels from the answer before.
fn unpack(shared: &Rc<RefCell<Shared>>, answer: &Answer) -> Option<Vec<Pixels>> {
    let mut shared = shared.borrow_mut();
    // The worker forgets them too.
    shared.received.retain(|(kind, slot), _| *kind != answer.kind || *slot < answer.pictures.len());
    let mut picture = |(slot, sent): (usize, &Sent)| {
        let version = shared.next_version();
        if let Some(pixels) = sent.pixels(version) {
            shared.received.insert((answer.kind, slot), pixels);
        }
        shared.received.get(&(answer.kind, slot)).cloned()
    };
    answer.pictures.iter().enumerate().map(&mut picture).collect()
}

/// Sends whatever may go out now.
fn pump(shared: &Rc<RefCell<Shared>>) {
    let all_posted = {
        let mut shared = shared.borrow_mut();
        if !shared.ready {
            return;
        }
        let source = std::mem::take(&mut shared.source_to_send).then(|| shared.source.clone()).flatten();
        let source_posted = source.is_none_or(|(_, request)| shared.post(request));
        if std::mem::take(&mut shared.forget) {
            shared.post(Rc::new(Request::Forget));
        }
        let waiting = shared.waiting.take();
        let asked_posted = waiting.is_none_or(|request| shared.post(request));
        let meanwhile = if shared.in_flight.is_empty() { shared.meanwhile.take() } else { None };
        source_posted && asked_posted && meanwhile.is_none_or(|request| shared.post(request))
    };
    watch(shared);
    if !all_posted {
        later(&Rc::downgrade(shared), |shared| restart(shared, "a message that could not be posted"));
    }
}

/// Starts the patience anew while there is something to wait for.
fn watch(shared: &Rc<RefCell<Shared>>) {
    let weak = Rc::downgrade(shared);
    let mut shared = shared.borrow_mut();
    let patience = shared.patience_millis;
    let silence = move || {
        later(&weak, move |shared| {
            restart(shared, &format!("nothing heard within {} seconds", patience.div_ceil(1000)));
        });
    };
    // What has been waited for before is no longer.
    shared.watchdog = None;
    if !shared.in_flight.is_empty() {
        shared.watchdog = Some(Timeout::new(patience, silence));
    }
}

/// Ends the worker and starts a new one, which gets the source again and what was asked last, but not the request that
/// broke the old one.
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
        shared.watchdog = None;
        shared.received.clear();
        // The worker is at the oldest; it says of all others when they are dropped.
        let broken_over = shared.in_flight.pop_front().map(|flight| flight.request);
        let mut newest = std::mem::take(&mut shared.in_flight).into_iter().map(|flight| flight.request);
        let newest = newest.rfind(|request| !is_source(request) && Some(request) != broken_over.as_ref());
        if shared.waiting.is_none() {
            shared.waiting = newest;
        }
        if broken_over.as_ref().is_some_and(|request| is_source(request)) {
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
