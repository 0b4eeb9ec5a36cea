//! The diagram in other formats: asked of the worker, then copied or downloaded.

use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::app::browser::clipboard::system_clipboard;
use crate::app::browser::files::download_text;
use crate::app::browser::in_time;
use crate::app::services::{clipboard, files, notify, pictures, print, worker};
use crate::app::state::{App, Offer, Tone};
use crate::model::{Id, isolated};
use crate::worker::{Request, WriteFor, Written};

/// Has the diagram written in a format, by the key of its writer.
pub fn write_as(app: App, key: &str, purpose: WriteFor) {
    write(app, key, purpose, Vec::new());
}

/// Has these records written, or everything where none are named. A picture looks as a person has
/// chosen it.
pub fn write(app: App, key: &str, purpose: WriteFor, only: Vec<Id>) {
    if purpose == WriteFor::Copying {
        clipboard::promise_text(app, key);
    }
    worker::request(
        app,
        Request::Write {
            key: key.to_owned(),
            purpose,
            look: pictures::look(app),
            only,
            showing: app.showing.get_untracked(),
        },
    );
}

/// Asks for the picture of these records, or of everything, as it would be exported.
pub fn preview(app: App, only: Vec<Id>) {
    app.preview.set(None);
    write(app, "svg", WriteFor::Previewing, only);
}

/// Copies or downloads what was written, and says what it does not carry.
pub fn take_written(app: App, written: Written) {
    let Written {
        key,
        name,
        ending,
        media_type,
        text,
        warnings,
        purpose,
        streams,
    } = written;
    match purpose {
        WriteFor::Printing => return print::print_picture(app, &text, &streams),
        WriteFor::Previewing => return app.preview.set(Some(text)),
        WriteFor::Saving | WriteFor::Copying => {}
    }
    let file = files::name_with(app, &ending);
    if purpose == WriteFor::Saving {
        download_text(&file, &text, &media_type);
        notify::show_details(
            app,
            format!("Exported {}.", isolated(&file)),
            warnings,
            Tone::Info,
            None,
        );
        return;
    }
    let promised = app.change(|core| core.promised_text.take_if(|one| one.key == key));
    let copying = match promised {
        Some(promised) => Some(promised.keep(&text)),
        None => system_clipboard().map(|clipboard| JsFuture::from(clipboard.write_text(&text))),
    };
    in_time(async move {
        let copied = match copying {
            Some(copying) => copying.await.is_ok(),
            None => false,
        };
        let words = match copied {
            true => format!("Copied as {name}."),
            false => {
                format!("The browser blocked copying; here is the {name} as a file.")
            }
        };
        let offer = Offer::Download {
            label: format!("Download {}", isolated(&file)),
            name: file,
            text,
            media_type,
        };
        notify::show_details(app, words, warnings, Tone::Info, Some(offer));
    });
}
