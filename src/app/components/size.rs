//! The size of an element, followed while it changes.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};

use crate::model::Vector;

/// Keeps the size of an element, in CSS pixels, at once and whenever it changes, until the owner of
/// the call is gone.
pub fn follow_size(element: &Element, size: RwSignal<Vector>) {
    let seen = element.clone();
    let measure = move || {
        let rect = seen.get_bounding_client_rect();
        // An element that was taken away has no size.
        if rect.width() > 0.0 {
            // Nothing is left of the signal once its owner is gone.
            let _ = size.try_set(Vector::new(rect.width(), rect.height()));
        }
    };
    measure();
    let resized = Closure::<dyn Fn()>::new(measure);
    if let Ok(observer) = ResizeObserver::new(resized.as_ref().unchecked_ref()) {
        observer.observe(element);
        let kept = StoredValue::new_local((observer, resized));
        on_cleanup(move || {
            let _ = kept.try_with_value(|(observer, _)| observer.disconnect());
        });
    }
}
