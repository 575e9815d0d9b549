//! Size changes of one element.

use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{Element, ResizeObserver};

/// Tells each change of an element's size, and its first size; dropping it ends that.
pub struct SizeObserver {
    observer: Option<ResizeObserver>,
    _closure: Closure<dyn FnMut()>,
}

impl SizeObserver {
    /// Watches an element.
    pub fn new(element: &Element, on_size: impl FnMut() + 'static) -> Self {
        let closure: Closure<dyn FnMut()> = Closure::new(on_size);
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(element);
        }
        Self { observer, _closure: closure }
    }
}

impl Drop for SizeObserver {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
