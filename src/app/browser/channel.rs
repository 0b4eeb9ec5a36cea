//! Messages between the windows of one browser that are there at the same time, and kept by none.
//!
//! What is to last goes through the storage, of which other tabs hear as well (`store`).

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// A channel that every window of the browser hears that has one of its name, but not who speaks.
pub struct Channel {
    channel: BroadcastChannel,
    _hears: Closure<dyn Fn(MessageEvent)>,
}

impl Channel {
    /// A channel of this name; none where the browser has no such thing.
    pub fn open(name: &str, hear: impl Fn(String) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(name).ok()?;
        let hears = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                hear(text);
            }
        });
        channel.set_onmessage(Some(hears.as_ref().unchecked_ref()));
        Some(Self {
            channel,
            _hears: hears,
        })
    }

    /// Says something to all others.
    pub fn say(&self, text: &str) {
        // Fails only for what cannot be copied, or once it is closed.
        let _ = self.channel.post_message(&JsValue::from_str(text));
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}
