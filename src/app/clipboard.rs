//! Copying and pasting: through the system's clipboard, so that diagrams travel between windows.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::ClipboardEvent;

use super::browser::{in_time, window};
use super::panels::counted;
use super::state::App;
use super::toast::Tone;
use crate::editor::{Action, Command, Event};
use crate::format::{self, Limits};
use crate::model::{Document, Edit, Element, Note, NoteKind, Placement, Point};
use crate::workbench::{ReadFor, Request};

impl App {
    /// Puts a part of the diagram on the clipboard, as a file's text.
    pub(super) fn copy(self, part: Document) {
        let text = format::json::write(&part);
        let (things, links) = (
            part.variables().len() + part.notes().len(),
            part.links().len(),
        );
        self.change(|core| core.clipboard = Some(part));
        // Where the browser refuses, pasting here still works from memory.
        if let Some(clipboard) = system_clipboard() {
            let promise = clipboard.write_text(&text);
            in_time(async move {
                let _ = JsFuture::from(promise).await;
            });
        }
        self.say(format!(
            "Copied {} and {}",
            counted(things, "thing"),
            counted(links, "link")
        ));
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
    pub(super) fn paste_from_clipboard(self) {
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
    pub(super) fn paste_part(self, part: Document) {
        let empty = self.with(|core| core.editor.document().is_empty());
        let at = empty.then(Point::default);
        self.dispatch(Event::Do(Command::Insert(part, at)));
        if empty {
            self.act(Action::ZoomFit);
        }
    }

    pub(super) fn paste_note(self, text: &str) {
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

/// The system's clipboard; a page that did not come over HTTPS has none.
pub fn system_clipboard() -> Option<web_sys::Clipboard> {
    let navigator = window().navigator();
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into()).ok()?;
    clipboard.dyn_into().ok()
}
