//! Frames: calls back once before each repaint, with the milliseconds since the last one.

use super::events::window;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, prelude::Closure};

/// A frame longer than this counts as this long, so that a tab that slept does not jump.
const LONGEST_MILLIS: f64 = 100.0;

type Tick = Closure<dyn FnMut(f64)>;

/// A loop of frames; dropping it ends it.
pub struct Frames {
    handle: Rc<RefCell<i32>>,
    tick: Rc<RefCell<Option<Tick>>>,
}

impl Frames {
    /// Starts the loop.
    pub fn start(mut on_frame: impl FnMut(f64) + 'static) -> Self {
        let handle = Rc::new(RefCell::new(0));
        let tick: Rc<RefCell<Option<Tick>>> = Rc::default();
        let mut last = None;
        let (next_handle, next_tick) = (handle.clone(), Rc::downgrade(&tick));
        *tick.borrow_mut() = Some(Closure::new(move |now: f64| {
            let passed = last.map_or(0.0, |before: f64| (now - before).clamp(0.0, LONGEST_MILLIS));
            last = Some(now);
            if let Some(tick) = next_tick.upgrade()
                && let Some(closure) = tick.borrow().as_ref()
            {
                *next_handle.borrow_mut() = request(closure);
            }
            on_frame(passed);
        }));
        if let Some(closure) = tick.borrow().as_ref() {
            *handle.borrow_mut() = request(closure);
        }
        Self { handle, tick }
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        let _ = window().cancel_animation_frame(*self.handle.borrow());
        // The closure may be running right now, so it is freed after this frame, not in it.
        if let Some(closure) = self.tick.borrow_mut().take() {
            let free = Closure::once_into_js(move || drop(closure));
            let _ = window().set_timeout_with_callback(free.unchecked_ref());
        }
    }
}

fn request(closure: &Tick) -> i32 {
    window().request_animation_frame(closure.as_ref().unchecked_ref()).unwrap_or(0)
}
