//! A program of a web worker that answers what it is asked, for benchmarks in the browser:
//! `e2e/bench/program.mjs` starts it.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// Says that it is ready, and answers each text from then on; a text as the answer is an error.
pub fn listen(
    answer: impl Fn(&DedicatedWorkerGlobalScope, &str) -> Result<JsValue, String> + 'static,
) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let speaker = scope.clone();
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let text = event.data().as_string().unwrap_or_default();
        let answer = answer(&speaker, &text).unwrap_or_else(|error| JsValue::from(&error));
        // Fails only for what cannot be copied.
        let _ = speaker.post_message(&answer);
    });
    scope.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
    let _ = scope.post_message(&JsValue::from("ready"));
}
