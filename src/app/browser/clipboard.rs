//! The clipboard of the system.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, ClipboardItem};

use super::images::TAKEN;
use super::window;

/// A text that was promised to the clipboard within the press that asks for it: Safari takes none
/// later, when the worker has written it.
pub struct PromisedText {
    /// The key of the writer that it is asked of.
    pub key: String,
    resolve: Function,
    reject: Function,
    copied: JsFuture,
}

impl PromisedText {
    /// Promises a text; none where the browser takes no promise.
    pub fn new(key: &str) -> Option<Self> {
        let clipboard = system_clipboard()?;
        let mut settle = None;
        let text = Promise::new(&mut |resolve, reject| settle = Some((resolve, reject)));
        let (resolve, reject) = settle?;
        let item = clipboard_item("text/plain", &text)?;
        // Listens at once: the browser would report a promise that is broken before anybody does.
        drop(JsFuture::from(text));
        Some(Self {
            key: key.to_owned(),
            resolve,
            reject,
            copied: JsFuture::from(clipboard.write(&Array::of1(&item))),
        })
    }

    /// Keeps the promise; gives what becomes of copying.
    pub fn keep(self, text: &str) -> JsFuture {
        let options = BlobPropertyBag::new();
        options.set_type("text/plain");
        let parts = Array::of1(&text.into());
        // Neither fails: one is a function of the browser, and a text is always a blob.
        if let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) {
            let _ = self.resolve.call1(&JsValue::UNDEFINED, &blob);
        }
        self.copied
    }

    /// Breaks the promise: nothing is copied.
    pub fn break_it(self) {
        // Does not fail: it is a function of the browser.
        let _ = self.reject.call0(&JsValue::UNDEFINED);
    }
}

/// Something as the clipboard takes it: content, or the promise of it.
pub fn clipboard_item(media_type: &str, content: &JsValue) -> Option<JsValue> {
    let kind = js_sys::Reflect::get(&window(), &"ClipboardItem".into()).ok()?;
    let contents = js_sys::Object::new();
    js_sys::Reflect::set(&contents, &media_type.into(), content).ok()?;
    let kind: Function = kind.dyn_into().ok()?;
    js_sys::Reflect::construct(&kind, &Array::of1(&contents)).ok()
}

/// The system's clipboard; a page that did not come over HTTPS has none.
pub fn system_clipboard() -> Option<web_sys::Clipboard> {
    let navigator = window().navigator();
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into()).ok()?;
    clipboard.dyn_into().ok()
}

/// The image on the clipboard, if there is one and the browser gives it.
pub async fn copied_image() -> Option<Blob> {
    let items = JsFuture::from(system_clipboard()?.read()).await.ok()?;
    for item in Array::from(&items).iter() {
        let item: ClipboardItem = item.dyn_into().ok()?;
        let kinds = item.types();
        let mut kinds = kinds.iter().filter_map(|kind| kind.as_string());
        if let Some(kind) = kinds.find(|kind| TAKEN.split(',').any(|one| one == kind)) {
            let image = JsFuture::from(item.get_type(&kind)).await;
            return image.ok()?.dyn_into().ok();
        }
    }
    None
}
