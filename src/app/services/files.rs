//! Files: opening, dropping and saving.

use leptos::prelude::*;
use web_sys::File;

use crate::app::browser::files::{download_text, pick_file, read_file};
use crate::app::browser::storage::mapping;
use crate::app::services::{documents, notify, worker};
use crate::app::state::{App, Dialog, Tone};
use crate::app::text::contents_of;
use crate::format::{self, Limits};
use crate::model::{Document, isolated};
use crate::worker::{ReadFor, Request, TableText};

/// Asks for a file and opens it.
pub fn choose(app: App) {
    pick_file(Box::new(move |file| open(app, file)));
}

/// Opens a file as a new document.
pub fn open(app: App, file: File) {
    if admits(app, &file) {
        send(app, file, ReadFor::Opening);
    }
}

/// Asks for a file with a table of measured data.
pub fn choose_table(app: App) {
    pick_file(Box::new(move |file| {
        if admits(app, &file) {
            send(app, file, ReadFor::Measuring);
        }
    }));
}

/// Whether a file is small enough to be read; says so where it is not.
fn admits(app: App, file: &File) -> bool {
    let fits = file.size() <= Limits::STANDARD.bytes as f64;
    if !fits {
        let words = format!(
            "{} was not opened: it has {:.0} MB; at most {} MB can be read.",
            isolated(&file.name()),
            file.size() / 1.0e6,
            Limits::STANDARD.bytes / 1_000_000
        );
        notify::show(app, words, Tone::Trouble, None);
    }
    fits
}

/// Has the worker read a file: it gets the file itself, whose bytes never come here.
fn send(app: App, file: File, purpose: ReadFor) {
    let request = Request::ReadFile {
        content: Vec::new(),
        name: file.name(),
        purpose,
    };
    worker::request_with_file(app, request, Some(file));
}

/// Opens a file where there is no worker: one of our own; of others `otherwise` says something.
pub fn open_alone(app: App, file: File, otherwise: fn(App)) {
    let name = file.name();
    read_file(file, move |text| {
        if (format::json::READER.recognises)(&text) {
            open_text(app, &text, &name);
        } else {
            otherwise(app);
        }
    });
}

/// Opens a text as a new document. The open document stays as it is. A file of our own opens at
/// once, anything else is read by the worker; whether it is shown at once.
pub fn open_text(app: App, text: &str, name: &str) -> bool {
    if !(format::json::READER.recognises)(text) {
        worker::request(
            app,
            Request::Read {
                text: text.to_owned(),
                name: name.to_owned(),
                purpose: ReadFor::Opening,
            },
        );
        return false;
    }
    match format::json::read(text) {
        Ok(opened) => show_opened(app, opened.document, name, &[]),
        Err(error) => {
            let name = isolated(name);
            let words = format!("{name} was not opened: it cannot be read: {error}.");
            notify::show(app, words, Tone::Trouble, None);
            false
        }
    }
}

/// Shows a document that was opened, under the name of its file if it has none; whether it is
/// shown. Who cannot see it hears what was lost before what was opened.
pub fn show_opened(app: App, mut document: Document, name: &str, losses: &[String]) -> bool {
    if app.dialog.get_untracked() == Some(Dialog::PasteText) {
        app.dialog.set(None);
    }
    format::entitle(&mut document, name);
    let contents = contents_of(&document);
    if !documents::show_new(app, document) {
        return false;
    }
    let opened = format!("{} opened: {}", isolated(name), contents.join(", "));
    notify::announce(app, [losses, &[opened]].concat().join(" "));
    true
}

/// Downloads the document as a file.
pub fn save(app: App) {
    let name = name_with(app, "loopstream.json");
    download_text(&name, &text_of_document(app), "application/json");
    notify::announce(app, format!("Saved as {}", isolated(&name)));
}

/// The document's title as a file name.
pub fn name_with(app: App, ending: &str) -> String {
    let title = app.with(|core| core.editor.document().properties().title.clone());
    format::file_name(&title, ending)
}

/// Shows a table of measured data, to be mapped.
pub fn read_table(app: App, name: String, text: String) {
    app.dialog.set(Some(Dialog::Measured));
    worker::request(
        app,
        Request::Look(TableText {
            name,
            text,
            memory: mapping(),
        }),
    );
}

/// The text of the document as a file.
#[must_use]
pub fn text_of_document(app: App) -> String {
    app.with(|core| crate::format::json::write(&core.editor.committed_document()))
}
