//! The worker's side: it hands requests to the engine, works on them in slices between which it listens, and hands
//! progress and answers back.

use super::{
    problem::words_of,
    wire::{self, Message, Order, SentBefore},
};
use crate::engine::{Advance, Engine, Hand, Request};
use js_sys::{Array, WebAssembly};
use std::{cell::RefCell, panic, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{DedicatedWorkerGlobalScope, Event, MessageChannel, MessageEvent, Worker, WorkerOptions, WorkerType};

/// The worker listens at least so often, in milliseconds, but during a single step. Roughly, on 4 megapixels in colour:
/// an iteration is a dozen transforms of that size, so some tenths of a second; a cross-validation tries fifty strengths,
/// so a second or more; a step that denoises groups of patches takes longest. On 512 × 512 the first two are
/// within a slice.
const SLICE_MILLIS: f64 = 30.0;
/// The pause between two pictures of a request that is under way, in milliseconds, unless making them takes longer.
const PROGRESS_MILLIS: f64 = 70.0;
/// A request that shows nothing says in such intervals that it is alive.
const HEARTBEAT_MILLIS: f64 = 1_000.0;

/// Workers that a worker starts for channels of large pictures: with its own, a channel each.
const HELPERS: usize = 2;
/// So many cores have to be there: helpers, their worker, and the page.
const CORES_TO_SHARE: f64 = 4.0;
/// Pictures of fewer pixels are done sooner than they are sent about.
const PIXELS_TO_SHARE: usize = 1 << 18;

/// What leaves the worker: a message, and the buffers that change hands with it.
pub type Letter = (JsValue, Array);

/// Where letters to a helper go.
pub type Outlet = Box<dyn Fn(Letter)>;

/// The request that is worked on.
struct Current {
    number: u32,
    /// Whether helpers are at it too.
    is_shared: bool,
    /// Whether its progress is shown.
    is_shown: bool,
    /// Whether it is not dropped before something of it was shown.
    is_dragged: bool,
    /// Whether the page has seen anything of it.
    was_shown: bool,
    /// When the next progress is due.
    due: f64,
}

/// Answers messages; the worker itself is but a clerk with a post office.
///
/// The newest request wins: one that waits is dropped when a newer one comes, and so is the one under way, but a
/// restoration not before something of it was shown. Whoever drags a slider would otherwise see nothing until the hand
/// rests. Ways to enlarge that are done are not lost with their request, so those give way at once.
#[derive(Default)]
pub struct Clerk {
    engine: Engine,
    sent_before: SentBefore,
    current: Option<Current>,
    waiting: Option<(u32, Request)>,
    /// The request that is to be stopped.
    stop: Option<u32>,
    /// A channel each, from the second on.
    crew: Vec<Outlet>,
    /// What is done for another worker, for which request, and when its next report is due.
    hand: Option<(u32, Hand, f64)>,
}

impl Clerk {
    /// Takes note of a message; what has to be said at once is said.
    pub fn hear(&mut self, message: &JsValue, post: &mut dyn FnMut(Letter)) {
        match wire::decode_order(message) {
            None => post((wire::encode_text("broken", 0, "a message that nobody here understands"), Array::new())),
            Some((number, Order::Stop)) => {
                self.stop = Some(number);
                if let Some(current) = self.current.as_ref().filter(|current| current.number == number) {
                    self.engine.stop();
                    if current.is_shared {
                        self.tell_crew(&wire::encode_stop(number));
                    }
                }
                if let Some((_, mut hand, _)) = self.hand.take_if(|(of, ..)| *of == number) {
                    post(wire::encode_report(number, &hand.report(true)));
                }
            }
            Some((number, Order::Errand(errand))) => match Hand::new(*errand) {
                Ok(hand) => self.hand = Some((number, hand, 0.0)),
                Err(error) => post(refusal(number, &error.to_string())),
            },
            Some((number, Order::Forget)) => {
                self.hand.take_if(|(of, ..)| *of == number);
            }
            // Whoever started this worker sees to that.
            Some((_, Order::Crew)) => {}
            Some((number, Order::Ask(request))) => {
                self.drop_waiting(post);
                if !matches!(*request, Request::Source { .. } | Request::Signal { .. }) {
                    self.waiting = Some((number, *request));
                    return;
                }
                // What was asked was asked about another picture.
                self.drop_current(post);
                match self.engine.handle(*request) {
                    Ok(reply) => post(wire::encode_reply(number, &reply, &mut self.sent_before, memory())),
                    Err(error) => post(refusal(number, &error.to_string())),
                }
            }
        }
    }

    /// Times the ways to enlarge by this clock, in milliseconds.
    pub fn time_with(&mut self, clock: Box<dyn Fn() -> f64>) {
        self.engine.time_with(clock);
    }

    /// Takes helpers on, a channel each from the second on; pictures of so many pixels are shared with them.
    pub fn employ(&mut self, crew: Vec<Outlet>, share_from: usize) {
        self.crew = crew;
        self.engine.share_from(Some(share_from));
    }

    /// Does without helpers from now on.
    pub fn dismiss(&mut self) {
        self.crew.clear();
        self.engine.share_from(None);
        if let Some(current) = &mut self.current
            && current.is_shared
        {
            current.is_shared = false;
            self.engine.recall();
        }
    }

    /// Takes note of what a helper says. Whether that made sense.
    pub fn hear_helper(&mut self, place: usize, message: &JsValue) -> bool {
        let Some(Message::Report(number, report)) = wire::decode_message(message) else { return false };
        if self.current.as_ref().is_some_and(|current| current.is_shared && current.number == number) {
            self.engine.deliver(place + 1, *report);
        }
        true
    }

    fn tell_crew(&self, message: &JsValue) {
        self.crew.iter().for_each(|outlet| outlet((message.clone(), Array::new())));
    }

    /// Works for a slice of time by a clock in milliseconds. Whether there is more to do.
    pub fn work(&mut self, clock: &dyn Fn() -> f64, post: &mut dyn FnMut(Letter)) -> bool {
        let start = clock();
        loop {
            if self.waiting.is_some() && self.current.as_ref().is_some_and(|one| one.was_shown || !one.is_dragged) {
                self.drop_current(post);
            }
            if self.hand.is_some() {
                self.lend_hand(clock, post);
            } else if self.current.is_none() {
                let Some((number, request)) = self.waiting.take() else { return false };
                self.begin(number, request, clock(), post);
            }
            if self.step(clock, post) {
                // A helper's report rings the bell.
                return false;
            }
            if clock() - start >= SLICE_MILLIS {
                return self.current.is_some() || self.waiting.is_some() || self.hand.is_some();
            }
        }
    }

    /// An iteration for another worker.
    fn lend_hand(&mut self, clock: &dyn Fn() -> f64, post: &mut dyn FnMut(Letter)) {
        let Some((number, hand, due)) = &mut self.hand else { return };
        hand.advance();
        let now = clock();
        if hand.has_ended() || now >= *due {
            post(wire::encode_report(*number, &hand.report(false)));
            *due = now + PROGRESS_MILLIS;
        }
        self.hand.take_if(|(_, hand, _)| hand.has_ended());
    }

    fn begin(&mut self, number: u32, request: Request, now: f64, post: &mut dyn FnMut(Letter)) {
        let is_dragged = matches!(request, Request::Restore(_));
        let is_shown = is_dragged || matches!(request, Request::Upsample(_));
        match self.engine.begin(request) {
            Ok(()) => {
                let pause = if is_shown { PROGRESS_MILLIS } else { HEARTBEAT_MILLIS };
                let due = now + pause;
                self.current = Some(Current { number, is_shared: false, is_shown, is_dragged, was_shown: false, due });
                if self.stop == Some(number) {
                    self.engine.stop();
                }
            }
            Err(error) => post(refusal(number, &error.to_string())),
        }
    }

    /// A step of the current request. Whether nothing can be done until a helper reports.
    fn step(&mut self, clock: &dyn Fn() -> f64, post: &mut dyn FnMut(Letter)) -> bool {
        let Some(current) = &mut self.current else { return false };
        let number = current.number;
        let advance = self.engine.advance();
        match &advance {
            Ok(Advance::Done(reply)) => {
                post(wire::encode_reply(number, reply, &mut self.sent_before, memory()));
                self.current = None;
            }
            Err(error) => {
                post(refusal(number, &error.to_string()));
                self.current = None;
            }
            Ok(Advance::Idle) => self.current = None,
            Ok(Advance::Working | Advance::Waiting) => {
                self.send_errands();
                self.show(clock, post);
            }
        }
        advance == Ok(Advance::Waiting)
    }

    fn send_errands(&mut self) {
        let errands = self.engine.errands();
        let Some(current) = self.current.as_mut().filter(|_| !errands.is_empty()) else { return };
        current.is_shared = true;
        let number = current.number;
        if errands.len() > self.crew.len() {
            return self.dismiss();
        }
        for ((_, errand), outlet) in errands.iter().zip(&self.crew) {
            outlet(wire::encode_errand(number, errand));
        }
        if self.stop == Some(number) {
            self.tell_crew(&wire::encode_stop(number));
        }
    }

    /// Posts progress when that is due.
    fn show(&mut self, clock: &dyn Fn() -> f64, post: &mut dyn FnMut(Letter)) {
        let Some(current) = &mut self.current else { return };
        let now = clock();
        if now < current.due {
            return;
        }
        if !current.is_shown {
            post(wire::encode_progress(current.number, None));
            current.due = now + HEARTBEAT_MILLIS;
        } else if let Some(progress) = self.engine.progress() {
            post(wire::encode_progress(current.number, Some(&progress)));
            current.was_shown = true;
            // Large pictures must not take more time than the work that they show.
            let later = clock();
            current.due = later + PROGRESS_MILLIS.max(2.0 * (later - now));
        }
    }

    fn drop_waiting(&mut self, post: &mut dyn FnMut(Letter)) {
        if let Some((number, _)) = self.waiting.take() {
            post((wire::encode_text("dropped", number, ""), Array::new()));
        }
    }

    /// The engine's next job takes the place of the one under way.
    fn drop_current(&mut self, post: &mut dyn FnMut(Letter)) {
        if let Some(current) = self.current.take() {
            post((wire::encode_text("dropped", current.number, ""), Array::new()));
            if current.is_shared {
                self.tell_crew(&wire::encode_forget(current.number));
            }
        }
    }
}

fn refusal(number: u32, sentence: &str) -> Letter {
    (wire::encode_text("refused", number, sentence), Array::new())
}

/// The bytes that this program's memory has grown to.
fn memory() -> f64 {
    let memory = wasm_bindgen::memory().unchecked_into::<WebAssembly::Memory>();
    memory.buffer().unchecked_into::<js_sys::ArrayBuffer>().byte_length().into()
}

/// From how many pixels on pictures are to be shared with helpers, if this message is a reason to have some: a large
/// picture where cores are idle, or an order.
fn worth_sharing(message: &JsValue, cores: f64) -> Option<usize> {
    // Only messages that are small are decoded for this.
    let parts: &Array = message.dyn_ref()?;
    match parts.get(0).as_string()?.as_str() {
        "crew" => parts.get(1).as_f64().map(|pixels| pixels as usize),
        "source" if cores >= CORES_TO_SHARE => {
            let size: Array = parts.get(3).dyn_into().ok()?;
            let pixels = size.get(0).as_f64()? * size.get(1).as_f64()?;
            (pixels >= PIXELS_TO_SHARE as f64).then_some(PIXELS_TO_SHARE)
        }
        _ => None,
    }
}

/// Workers that this worker has started, which live as long as it does or until one of them fails.
struct Crew {
    helpers: Rc<RefCell<Vec<Worker>>>,
}

impl Crew {
    /// Starts two more workers of this address. Until both listen, and when they fail, all is done here.
    fn hire(address: &str, share_from: usize, clerk: &Rc<RefCell<Clerk>>, ring: &Rc<dyn Fn()>) -> Self {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let started: Result<Vec<Worker>, JsValue> =
            (0..HELPERS).map(|_| Worker::new_with_options(address, &options)).collect();
        let helpers = Rc::new(RefCell::new(started.unwrap_or_default()));
        let count_ready = Rc::new(RefCell::new(0));
        let fail: Rc<dyn Fn()> = {
            let (helpers, clerk, ring) = (helpers.clone(), clerk.clone(), ring.clone());
            Rc::new(move || {
                helpers.borrow_mut().drain(..).for_each(|helper| helper.terminate());
                clerk.borrow_mut().dismiss();
                ring();
            })
        };
        for (place, helper) in helpers.borrow().iter().enumerate() {
            let on_message = Closure::<dyn FnMut(MessageEvent)>::new({
                let (helpers, clerk, ring) = (helpers.clone(), clerk.clone(), ring.clone());
                let (fail, count_ready) = (fail.clone(), count_ready.clone());
                move |event: MessageEvent| {
                    if let Some(Message::Ready(_)) = wire::decode_message(&event.data()) {
                        *count_ready.borrow_mut() += 1;
                        if *count_ready.borrow() == HELPERS {
                            let outlets = helpers.borrow().iter().map(outlet).collect();
                            clerk.borrow_mut().employ(outlets, share_from);
                        }
                    } else if clerk.borrow_mut().hear_helper(place, &event.data()) {
                        ring();
                    } else {
                        fail();
                    }
                }
            });
            let on_error = Closure::<dyn FnMut(Event)>::new({
                let fail = fail.clone();
                move |event: Event| {
                    event.prevent_default();
                    fail();
                }
            });
            helper.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
            helper.set_onerror(Some(on_error.as_ref().unchecked_ref()));
            // They listen as long as the helper lives.
            on_message.forget();
            on_error.forget();
        }
        Self { helpers }
    }
}

impl Drop for Crew {
    fn drop(&mut self) {
        self.helpers.borrow().iter().for_each(Worker::terminate);
    }
}

fn outlet(helper: &Worker) -> Outlet {
    let helper = helper.clone();
    Box::new(move |(message, buffers)| {
        // A helper that cannot be told does not report; the page's patience ends that.
        let _ = helper.post_message_with_transfer(&message, &buffers);
    })
}

/// Listens for messages, and says so.
pub fn start() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let last_words = scope.clone();
    panic::set_hook(Box::new(move |info| {
        console_error_panic_hook::hook(info);
        // The page ends this worker whether these words arrive or not.
        let _ = last_words.post_message(&wire::encode_text("broken", 0, &words_of(info)));
    }));
    let post = {
        let scope = scope.clone();
        move |(message, buffers): Letter| {
            if scope.post_message_with_transfer(&message, &buffers).is_err() {
                let _ = scope.post_message(&wire::encode_text("broken", 0, "an answer that could not be posted"));
            }
        }
    };
    // Between two slices the worker writes to itself: unlike a timeout, that waits for nothing but messages before it.
    let Ok(channel) = MessageChannel::new() else {
        post((wire::encode_text("broken", 0, "a browser without message channels"), Array::new()));
        return;
    };
    let clerk = Rc::new(RefCell::new(Clerk::default()));
    let performance = scope.performance();
    let now = move || performance.as_ref().map_or_else(js_sys::Date::now, web_sys::Performance::now);
    clerk.borrow_mut().time_with(Box::new(now.clone()));
    let is_working = Rc::new(RefCell::new(false));
    let work = {
        let (clerk, is_working, bell) = (clerk.clone(), is_working.clone(), channel.port1());
        let mut post = post.clone();
        Closure::<dyn FnMut()>::new(move || {
            let more = clerk.borrow_mut().work(&now, &mut post);
            *is_working.borrow_mut() = more && bell.post_message(&JsValue::NULL).is_ok();
        })
    };
    channel.port2().set_onmessage(Some(work.as_ref().unchecked_ref()));
    let ring: Rc<dyn Fn()> = {
        let bell = channel.port1();
        Rc::new(move || {
            if !is_working.replace(true) {
                let _ = bell.post_message(&JsValue::NULL);
            }
        })
    };
    let listen = {
        let (mut post, mut crew) = (post.clone(), None);
        let cores = scope.navigator().hardware_concurrency();
        let address = scope.location().href();
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let message = event.data();
            if crew.is_none()
                && let Some(pixels) = worth_sharing(&message, cores)
            {
                crew = Some(Crew::hire(&address, pixels, &clerk, &ring));
            }
            clerk.borrow_mut().hear(&message, &mut post);
            ring();
        })
    };
    scope.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    // They listen as long as the worker lives.
    work.forget();
    listen.forget();
    post((wire::encode_text("ready", 0, env!("BUILD_ID")), Array::new()));
}
