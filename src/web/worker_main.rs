//! The worker's side: it hands each message to the engine and the engine's answer back.

use super::{
    problem::words_of,
    wire::{self, SentBefore},
};
use crate::engine::Engine;
use js_sys::Array;
use std::panic;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// Answers messages; the worker itself is but a clerk with a post office.
#[derive(Default)]
pub struct Clerk {
    engine: Engine,
    sent_before: SentBefore,
}

impl Clerk {
    /// The answer to one message, and the buffers that change hands with it.
    #[must_use]
    pub fn answer(&mut self, message: &JsValue) -> (JsValue, Array) {
        let Some((number, request)) = wire::decode_request(message) else {
            return (wire::encode_text("broken", 0, "a message that nobody here understands"), Array::new());
        };
        match self.engine.handle(request) {
            Ok(reply) => wire::encode_reply(number, &reply, &mut self.sent_before),
            Err(error) => (wire::encode_text("refused", number, &error.to_string()), Array::new()),
        }
    }
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
    let mut clerk = Clerk::default();
    let post = scope.clone();
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let (answer, buffers) = clerk.answer(&event.data());
        if post.post_message_with_transfer(&answer, &buffers).is_err() {
            let _ = post.post_message(&wire::encode_text("broken", 0, "an answer that could not be posted"));
        }
    });
    scope.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    // It listens as long as the worker lives.
    listen.forget();
    let _ = scope.post_message(&wire::encode_text("ready", 0, env!("BUILD_ID")));
}
