//! The worker's side: it hands requests to the engine, works on them in slices between which it listens, and hands
//! progress and answers back.

use super::{
    problem::words_of,
    wire::{self, Order, SentBefore},
};
use crate::engine::{Advance, Engine, Request};
use js_sys::{Array, WebAssembly};
use std::{cell::RefCell, panic, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent};

/// The worker listens at least so often, in milliseconds, but for single steps that take longer: of all methods the
/// sliding transforms of plug-and-play and the two transforms of an iteration on a frame of 4 megapixels in colour, for
/// which a browser needs some tenths of a second.
const SLICE_MILLIS: f64 = 30.0;
/// The pause between two pictures of a request that is under way, in milliseconds, unless making them takes longer.
const PROGRESS_MILLIS: f64 = 70.0;
/// A request that shows nothing says in such intervals that it is alive.
const HEARTBEAT_MILLIS: f64 = 1_000.0;

/// What leaves the worker: a message, and the buffers that change hands with it.
pub type Letter = (JsValue, Array);

/// The request that is worked on.
struct Current {
    number: u32,
    /// Whether its progress is shown.
    is_shown: bool,
    /// Whether the page has seen anything of it.
    was_shown: bool,
    /// When the next progress is due.
    due: f64,
}

/// Answers messages; the worker itself is but a clerk with a post office.
///
/// The newest request wins: one that waits is dropped when a newer one comes, and so is the one under way, but a
/// restoration not before something of it was shown. Whoever drags a slider would otherwise see nothing until the hand
/// rests.
#[derive(Default)]
pub struct Clerk {
    engine: Engine,
    sent_before: SentBefore,
    current: Option<Current>,
    waiting: Option<(u32, Request)>,
    /// The request that is to be stopped.
    stop: Option<u32>,
}

impl Clerk {
    /// Takes note of a message; what has to be said at once is said.
    pub fn hear(&mut self, message: &JsValue, post: &mut dyn FnMut(Letter)) {
        match wire::decode_order(message) {
            None => post((wire::encode_text("broken", 0, "a message that nobody here understands"), Array::new())),
            Some((number, Order::Stop)) => {
                self.stop = Some(number);
                if self.current.as_ref().is_some_and(|current| current.number == number) {
                    self.engine.stop();
                }
            }
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

    /// Works for a slice of time by a clock in milliseconds. Whether there is more to do.
    pub fn work(&mut self, clock: &dyn Fn() -> f64, post: &mut dyn FnMut(Letter)) -> bool {
        let start = clock();
        loop {
            if self.waiting.is_some() && self.current.as_ref().is_some_and(|one| one.was_shown || !one.is_shown) {
                self.drop_current(post);
            }
            if self.current.is_none() {
                let Some((number, request)) = self.waiting.take() else { return false };
                self.begin(number, request, clock(), post);
            }
            self.step(clock, post);
            if clock() - start >= SLICE_MILLIS {
                return self.current.is_some() || self.waiting.is_some();
            }
        }
    }

    fn begin(&mut self, number: u32, request: Request, now: f64, post: &mut dyn FnMut(Letter)) {
        let is_shown = matches!(request, Request::Restore(_));
        match self.engine.begin(request) {
            Ok(()) => {
                let pause = if is_shown { PROGRESS_MILLIS } else { HEARTBEAT_MILLIS };
                self.current = Some(Current { number, is_shown, was_shown: false, due: now + pause });
                if self.stop == Some(number) {
                    self.engine.stop();
                }
            }
            Err(error) => post(refusal(number, &error.to_string())),
        }
    }

    fn step(&mut self, clock: &dyn Fn() -> f64, post: &mut dyn FnMut(Letter)) {
        let Some(current) = &mut self.current else { return };
        match self.engine.advance() {
            Ok(Advance::Done(reply)) => {
                post(wire::encode_reply(current.number, &reply, &mut self.sent_before, memory()));
                self.current = None;
            }
            Err(error) => {
                post(refusal(current.number, &error.to_string()));
                self.current = None;
            }
            Ok(Advance::Idle) => self.current = None,
            Ok(Advance::Working) => {
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
    let is_working = Rc::new(RefCell::new(false));
    let work = {
        let (clerk, is_working, bell) = (clerk.clone(), is_working.clone(), channel.port1());
        let performance = scope.performance();
        let mut post = post.clone();
        Closure::<dyn FnMut()>::new(move || {
            let clock = || performance.as_ref().map_or_else(js_sys::Date::now, web_sys::Performance::now);
            let more = clerk.borrow_mut().work(&clock, &mut post);
            *is_working.borrow_mut() = more && bell.post_message(&JsValue::NULL).is_ok();
        })
    };
    channel.port2().set_onmessage(Some(work.as_ref().unchecked_ref()));
    let listen = {
        let (bell, mut post) = (channel.port1(), post.clone());
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            clerk.borrow_mut().hear(&event.data(), &mut post);
            if !is_working.replace(true) {
                let _ = bell.post_message(&JsValue::NULL);
            }
        })
    };
    scope.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    // They listen as long as the worker lives.
    work.forget();
    listen.forget();
    post((wire::encode_text("ready", 0, env!("BUILD_ID")), Array::new()));
}
