//! Copying and pasting: through the system's clipboard, so that diagrams travel between windows.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::ClipboardEvent;

use crate::app::browser::clipboard::{PromisedText, copied_image, system_clipboard};
use crate::app::browser::images::is_taken;
use crate::app::browser::in_time;
use crate::app::services::{images, notify, worker};
use crate::app::state::{App, Offer, Tone};
use crate::app::text::counted;
use crate::editor::{Action, Command, Condition, Event, LineKind, lines_of};
use crate::format::{self, Limits};
use crate::model::{Counts, Document, Edit, Element, Note, Placement, Point};
use crate::worker::{ReadFor, Request};

/// Puts a part of the diagram on the clipboard, as a file's text.
pub fn copy(app: App, part: Document) {
    let text = format::json::write(&part);
    let counts = Counts::of(&part);
    let things =
        counts.variables + part.stations().len() + part.notes().len() + part.frames().len();
    let mut words = vec![counted(things, "thing")];
    if counts.links > 0 || counts.flows == 0 {
        words.push(counted(counts.links, "link"));
    }
    if counts.flows > 0 {
        words.push(counted(counts.flows, "flow"));
    }
    app.change(|core| core.clipboard = Some(part));
    // Where the browser refuses, pasting here still works from memory.
    if let Some(clipboard) = system_clipboard() {
        let promise = clipboard.write_text(&text);
        in_time(async move {
            let _ = JsFuture::from(promise).await;
        });
    }
    notify::announce(app, format!("Copied {}", words.join(" and ")));
}

/// Puts a text on the clipboard, and says so with these words; or that the browser has refused.
pub fn write_text(app: App, text: &str, done: &'static str) {
    let promise = system_clipboard().map(|clipboard| clipboard.write_text(text));
    in_time(async move {
        let copied = match promise {
            Some(promise) => JsFuture::from(promise).await.is_ok(),
            None => false,
        };
        match copied {
            true => notify::show(app, done, Tone::Info, None),
            false => {
                let words = "The browser does not let the page copy.";
                notify::show(app, words, Tone::Trouble, None);
            }
        }
    });
}

/// The browser's own paste: no question is asked for it.
pub fn paste_event(app: App, event: &web_sys::Event) {
    let Some(event) = event.dyn_ref::<ClipboardEvent>() else {
        return;
    };
    let text = event
        .clipboard_data()
        .and_then(|data| data.get_data("text/plain").ok());
    event.prevent_default();
    let text = text.unwrap_or_default();
    // Spreadsheets and word processors put a picture of what they copy beside its text.
    if text.trim().is_empty() {
        let files = event.clipboard_data().and_then(|data| data.files());
        let file = files.and_then(|files| files.get(0));
        if let Some(file) = file.filter(|file| is_taken(file)) {
            return images::add(app, file.into(), None);
        }
    }
    paste_text(app, text);
}

/// Paste from a menu: the browser may ask for leave; memory serves where it refuses.
pub fn paste(app: App) {
    let Some(clipboard) = system_clipboard() else {
        paste_text(app, String::new());
        return;
    };
    let promise = clipboard.read_text();
    in_time(async move {
        let text = JsFuture::from(promise)
            .await
            .ok()
            .and_then(|text| text.as_string())
            .unwrap_or_default();
        if text.trim().is_empty()
            && let Some(image) = copied_image().await
        {
            return images::add(app, image, None);
        }
        paste_text(app, text);
    });
}

/// Puts a pasted text into the diagram: as a diagram where it is one, else as a note.
pub fn paste_text(app: App, text: String) {
    let remembered = app.with(|core| core.clipboard.clone());
    if text.trim().is_empty() {
        match remembered {
            Some(part) => app.send(Event::Do(Command::Insert(part, None))),
            None => notify::announce(app, "The clipboard is empty"),
        }
        return;
    }
    if (format::json::READER.recognises)(&text) {
        match format::json::read(&text) {
            Ok(opened) => paste_part(app, opened.document),
            Err(error) => notify::show(
                app,
                format!("Nothing was pasted: {error}."),
                Tone::Trouble,
                None,
            ),
        }
    } else if may_be_diagram(&text) {
        let purpose = ReadFor::Pasting;
        worker::request(
            app,
            Request::Read {
                text,
                name: String::new(),
                purpose,
            },
        );
    } else {
        paste_lines(app, &text);
    }
}

/// Puts a diagram into the open one: into an empty one as it is, in the middle of the canvas.
pub fn paste_part(app: App, part: Document) {
    let empty = app.with(|core| core.editor.document().is_empty());
    let at = empty.then(Point::default);
    app.send(Event::Do(Command::Insert(part, at)));
    if empty {
        app.send(Event::Act(Action::ZoomFit));
    }
}

/// Puts a text in as a note, and where it lists several things, asks whether they are to be
/// variables or steps.
pub fn paste_lines(app: App, text: &str) {
    paste_note(app, text);
    let count = lines_of(text).len();
    let is_note = app.with(|core| core.editor.holds(Condition::ListSelected));
    if count > 0 && is_note {
        let offers = [
            Offer::Lines(LineKind::Variables),
            Offer::Lines(LineKind::Steps),
            Offer::Leave("One note"),
        ];
        let words = format!("{count} lines: make variables of them?");
        notify::show(app, words, Tone::Info, offers);
    }
}

/// Puts a text in as a note.
pub fn paste_note(app: App, text: &str) {
    if text.len() > crate::model::MAXIMUM_TEXT || text.len() > Limits::STANDARD.bytes {
        let words = "Nothing was pasted: this text is too long for a note.";
        notify::show(app, words, Tone::Trouble, None);
        return;
    }
    let note = Note::new(text.trim().to_owned(), Placement::default());
    let mut part = Document::default();
    let mut edit = Edit::new(&part);
    edit.set(crate::model::Id::from_bits(1), Some(Element::Note(note)));
    let patch = edit.finish();
    if part.apply(&patch).is_ok() {
        app.send(Event::Do(Command::Insert(part, None)));
    }
}

/// Whether a text may be a diagram of another format: a link, also among words, lists, a table,
/// several lines or arrows; the worker looks closer.
fn may_be_diagram(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(['[', '%'])
        || text.starts_with("http")
        || text.contains("data=")
        || text.contains(['{', '\n', '\r', '#', ';', '>'])
}

/// Promises to the clipboard what is asked of the writer of this key. One promise at a time:
/// the clipboard holds what was copied last.
pub fn promise_text(app: App, key: &str) {
    break_promise(app);
    let promised = PromisedText::new(key);
    app.change(|core| core.promised_text = promised);
}

/// Breaks the promise to the clipboard, if one stands: nothing comes that would keep it.
pub fn break_promise(app: App) {
    if let Some(promised) = app.change(|core| core.promised_text.take()) {
        promised.break_it();
    }
}
