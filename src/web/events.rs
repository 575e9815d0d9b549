//! Listeners on the window that go when their owner goes.

use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{Event, EventTarget};

/// A listener; dropping it takes it off its target.
pub struct Listener {
    target: EventTarget,
    kind: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Listens to events of one kind.
    pub fn new(target: &EventTarget, kind: &'static str, on_event: impl FnMut(Event) + 'static) -> Self {
        let closure = Closure::new(on_event);
        // Only an unknown option could make this fail, and none is given.
        let _ = target.add_event_listener_with_callback(kind, closure.as_ref().unchecked_ref());
        Self { target: target.clone(), kind, closure }
    }

    /// Listens on the window.
    pub fn on_window(kind: &'static str, on_event: impl FnMut(Event) + 'static) -> Self {
        Self::new(&window(), kind, on_event)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback(self.kind, self.closure.as_ref().unchecked_ref());
    }
}

/// The window. The page's code runs nowhere else.
///
/// # Panics
/// In a worker, which never calls this.
#[must_use]
pub fn window() -> web_sys::Window {
    web_sys::window().expect("the page runs in a window")
}
