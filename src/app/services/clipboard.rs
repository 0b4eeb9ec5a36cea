//! Copying and pasting: through the system's clipboard, so that diagrams travel between windows.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, ClipboardEvent};

use crate::app::browser::{in_time, window};
use crate::app::components::panels::counted;
use crate::app::components::toast::Tone;
use crate::app::state::App;
use crate::editor::{Action, Command, Event};
use crate::format::{self, Limits};
use crate::model::{Counts, Document, Edit, Element, Note, NoteKind, Placement, Point};
use crate::workbench::{ReadFor, Request};

impl App {
    /// Puts a part of the diagram on the clipboard, as a file's text.
    pub fn copy(self, part: Document) {
        let text = format::json::write(&part);
        let counts = Counts::of(&part);
        let things = counts.variables + part.stations().len() + part.notes().len();
        let mut words = vec![counted(things, "thing")];
        if counts.links > 0 || counts.flows == 0 {
            words.push(counted(counts.links, "link"));
        }
        if counts.flows > 0 {
            words.push(counted(counts.flows, "flow"));
        }
        self.change(|core| core.clipboard = Some(part));
        // Where the browser refuses, pasting here still works from memory.
        if let Some(clipboard) = system_clipboard() {
            let promise = clipboard.write_text(&text);
            in_time(async move {
                let _ = JsFuture::from(promise).await;
            });
        }
        self.say(format!("Copied {}", words.join(" and ")));
    }

    /// The browser's own copy and cut.
    pub fn on_copy(self, action: Action) {
        self.act(action);
    }

    /// The browser's own paste: no question is asked for it.
    pub fn on_paste(self, event: &web_sys::Event) {
        let Some(event) = event.dyn_ref::<ClipboardEvent>() else {
            return;
        };
        let text = event
            .clipboard_data()
            .and_then(|data| data.get_data("text/plain").ok());
        event.prevent_default();
        self.paste_text(text.unwrap_or_default());
    }

    /// Paste from a menu: the browser may ask for leave; memory serves where it refuses.
    pub fn paste_from_clipboard(self) {
        let Some(clipboard) = system_clipboard() else {
            self.paste_text(String::new());
            return;
        };
        let promise = clipboard.read_text();
        in_time(async move {
            let text = JsFuture::from(promise)
                .await
                .ok()
                .and_then(|text| text.as_string());
            self.paste_text(text.unwrap_or_default());
        });
    }

    /// Puts a pasted text into the diagram: as a diagram where it is one, else as a note.
    pub fn paste_text(self, text: String) {
        let remembered = self.with(|core| core.clipboard.clone());
        if text.trim().is_empty() {
            match remembered {
                Some(part) => self.dispatch(Event::Do(Command::Insert(part, None))),
                None => self.say("The clipboard is empty"),
            }
            return;
        }
        if (format::json::READER.recognises)(&text) {
            match format::json::read(&text) {
                Ok(opened) => self.paste_part(opened.document),
                Err(error) => {
                    self.show(format!("Nothing was pasted: {error}."), Tone::Trouble, None)
                }
            }
        } else if may_be_diagram(&text) {
            let purpose = ReadFor::Pasting;
            self.ask(Request::Read {
                text,
                name: String::new(),
                purpose,
            });
        } else {
            self.paste_note(&text);
        }
    }

    /// Puts a diagram into the open one: into an empty one as it is, in the middle of the canvas.
    pub fn paste_part(self, part: Document) {
        let empty = self.with(|core| core.editor.document().is_empty());
        let at = empty.then(Point::default);
        self.dispatch(Event::Do(Command::Insert(part, at)));
        if empty {
            self.act(Action::ZoomFit);
        }
    }

    pub fn paste_note(self, text: &str) {
        if text.len() > crate::model::MAXIMUM_TEXT || text.len() > Limits::STANDARD.bytes {
            let words = "Nothing was pasted: this text is too long for a note.";
            self.show(words, Tone::Trouble, None);
            return;
        }
        let note = Note {
            kind: NoteKind::Plain,
            text: text.trim().to_owned(),
            width: Note::DEFAULT_WIDTH,
            placement: Placement::default(),
        };
        let mut part = Document::default();
        let mut edit = Edit::new(&part);
        edit.set(crate::model::Id::from_bits(1), Some(Element::Note(note)));
        let patch = edit.finish();
        if part.apply(&patch).is_ok() {
            self.dispatch(Event::Do(Command::Insert(part, None)));
        }
    }
}

/// Whether a text may be a diagram of another format: a link, also among words, lists, a table,
/// several lines or arrows; the workbench looks closer.
fn may_be_diagram(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(['[', '%'])
        || text.starts_with("http")
        || text.contains("data=")
        || text.contains(['{', '\n', '\r', '#', ';', '>'])
}

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
