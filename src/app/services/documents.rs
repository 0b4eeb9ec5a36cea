//! Opening, making, copying and deleting documents.

use crate::app::browser::files::download_text;
use crate::app::browser::storage::tab_document;
use crate::app::browser::storage::{LocalStorage, STORE};
use crate::app::browser::{now, random_id};
use crate::app::services::{
    experiments, frame, map_run, notify, panels, reports, retrospectives, room, run, saving,
    storage, stories, streams,
};
use crate::app::state::{App, Offer, Tone};
use crate::editor::Editor;
use crate::model::{Document, Edit, Id, Properties, isolated};
use crate::scene::View;
use crate::store::library::Contents;
use crate::store::{OpenDocument, OpenError, library, rooms, session};
use leptos::prelude::*;

/// Opens what was open before: in this tab, else last of all, else an empty document.
pub fn open_first(app: App) {
    let mut candidates: Vec<Id> = Vec::new();
    candidates.extend(tab_document());
    candidates.extend(session::last(&LocalStorage));
    let listed = library::list(STORE).unwrap_or_default();
    let sound = |id: &Id| {
        listed.iter().any(|one| {
            one.id == *id
                && one.deleted_at.is_none()
                && matches!(one.contents, Contents::Sound { .. })
        })
    };
    let first = candidates.into_iter().find(sound);
    match first {
        Some(id) => open(app, id),
        None => saving::refresh_mark(app),
    }
    if listed
        .iter()
        .any(|one| one.deleted_at.is_none() && one.contents == Contents::Unreadable)
    {
        notify::show(
            app,
            "A diagram in this browser cannot be read. It is kept as it is: My diagrams offers \
             it for download.",
            Tone::Trouble,
            None,
        );
    }
}

/// Opens a document of this browser.
pub fn open(app: App, id: Id) {
    if app.with(|core| core.id == id && core.open.is_some()) {
        return;
    }
    if !saving::may_leave(app) {
        return;
    }
    let tab = app.with(|core| core.tab);
    match OpenDocument::open(STORE, id, tab, now()) {
        Ok(open) => {
            if !open.quarantined().is_empty() {
                notify::show(
                    app,
                    "A part of what was stored could not be read. It is kept aside: My \
                     diagrams offers it for download.",
                    Tone::Trouble,
                    None,
                );
            }
            let kept = session::view(&LocalStorage, id);
            let document = open.document().clone();
            let editor = editor_of(app, document, kept);
            show(app, editor, id, Some(open));
            saving::remember_open(app);
            storage::record_version(app);
        }
        Err(error) => {
            let offer = match &error {
                OpenError::Newer { texts } | OpenError::Damaged { texts } => {
                    let text: Vec<String> = texts
                        .iter()
                        .map(|t| format!("{}\n{}\n", t.key, t.text))
                        .collect();
                    Some(Offer::Download {
                        label: "Download what is there".to_owned(),
                        name: "loopstream-recovered.txt".to_owned(),
                        text: text.join("\n"),
                        media_type: "text/plain".to_owned(),
                    })
                }
                OpenError::NotFound | OpenError::Storage(_) => None,
            };
            notify::show(
                app,
                format!("This cannot be opened: {error}."),
                Tone::Trouble,
                offer,
            );
        }
    }
}

/// An editor of a document, in the view it was left in, or with everything in sight.
pub fn editor_of(app: App, document: Document, kept: Option<session::View>) -> Editor {
    app.with(|core| {
        let size = core.editor.view().size;
        let measure = &*core.measure;
        let mut editor = Editor::open(
            document,
            View {
                size,
                ..View::default()
            },
            measure,
        );
        editor.set_badges(core.editor.badges());
        editor.set_comment_marks(core.editor.comment_marks());
        editor.colour_links(core.editor.link_colours(), measure);
        match kept {
            Some(kept) => {
                let middle = crate::model::Rect::from_points(kept.center, kept.center);
                editor.set_view(editor.view().fitted(&middle, kept.zoom));
                editor.recognise_fit();
            }
            None => editor.show_whole(),
        }
        editor
    })
}

/// Shows a new document; it is kept from its first change on, or at once if it has anything.
/// Whether it is shown: a person may stay with what is not saved.
pub fn show_new(app: App, document: Document) -> bool {
    if !saving::may_leave(app) {
        return false;
    }
    let empty = document.is_empty() && document.properties().title.is_empty();
    let editor = editor_of(app, document, None);
    show(app, editor, random_id(), None);
    if !empty {
        saving::create_in_store(app);
        saving::remember_open(app);
        saving::refresh_mark(app);
    }
    app.dialog.set(None);
    true
}

/// Shows an empty document.
pub fn new(app: App) {
    if show_new(app, Document::default()) {
        notify::announce(app, "New diagram");
    }
}

/// Makes and opens a copy of a document.
pub fn duplicate(app: App, id: Id, title: &str) {
    let title = format!(
        "{} (copy)",
        if title.is_empty() { "Untitled" } else { title }
    );
    if open_copy(app, id, title) {
        notify::announce(app, "Copied");
    }
}

/// Opens a copy of a template of one's own, as a new document of the same title.
pub fn open_template(app: App, id: Id, title: String) {
    if open_copy(app, id, title) {
        app.dialog.set(None);
    }
}

/// Makes and opens a copy of a document under a title. Whether it was made.
fn open_copy(app: App, id: Id, title: String) -> bool {
    if !saving::may_leave(app) {
        return false;
    }
    let tab = app.with(|core| core.tab);
    match library::duplicate(STORE, id, random_id(), title, tab, now()) {
        Ok(open) => {
            let id = open.id();
            let editor = editor_of(app, open.document().clone(), None);
            show(app, editor, id, Some(open));
            saving::remember_open(app);
            true
        }
        Err(error) => {
            let words = format!("This cannot be copied: {error}.");
            notify::show(app, words, Tone::Trouble, None);
            false
        }
    }
}

/// Keeps a copy of the open document as a template of its owner. The open one stays as it is.
pub fn save_as_template(app: App) {
    saving::flush(app);
    let (id, tab, title) = app.with(|core| {
        let title = core.editor.document().properties().title.clone();
        (core.id, core.tab, title)
    });
    let copy = random_id();
    let kept = library::duplicate(STORE, id, copy, title.clone(), tab, now())
        .map_err(|error| error.to_string())
        .and_then(|_| {
            library::make_template(&LocalStorage, copy, now()).map_err(|error| error.to_string())
        });
    match kept {
        Ok(()) => {
            let title = match title.as_str() {
                "" => "Untitled diagram".to_owned(),
                title => isolated(title).into_owned(),
            };
            let words = format!("{title} is kept as a template of yours, under Open a template.");
            notify::show(app, words, Tone::Info, None);
        }
        Err(why) => {
            let words = format!("This cannot be kept as a template: {why}.");
            notify::show(app, words, Tone::Trouble, None);
        }
    }
}

/// Gives a document of this browser another title.
pub fn rename(app: App, id: Id, title: String) {
    if app.with(|core| core.id == id) {
        app.send(crate::editor::Event::Do(crate::editor::Command::SetTitle(
            title,
        )));
        return;
    }
    // A tab of its own: two hands of one tab on two copies would mix up their numbers.
    match OpenDocument::open(STORE, id, random_id(), now()) {
        Ok(mut open) => {
            let mut edit = Edit::new(open.document());
            edit.set_properties(Properties {
                title,
                ..open.document().properties().clone()
            });
            let patch = edit.finish();
            let _ = open.record(STORE, &patch, now());
            let _ = open.compact(STORE, now());
        }
        Err(error) => notify::show(
            app,
            format!("This cannot be renamed: {error}."),
            Tone::Trouble,
            None,
        ),
    }
}

/// Deletes a document; it can be brought back.
pub fn delete(app: App, id: Id, title: &str) {
    if app.with(|core| core.id == id) && !saving::may_leave(app) {
        return;
    }
    saving::flush(app);
    leave_room(app, id);
    if let Err(error) = library::delete(&LocalStorage, id, now()) {
        notify::show(
            app,
            format!("This cannot be deleted: {error}."),
            Tone::Trouble,
            None,
        );
        return;
    }
    if app.with(|core| core.id == id) {
        let editor = editor_of(app, Document::default(), None);
        show(app, editor, random_id(), None);
    }
    let title = if title.is_empty() {
        "the untitled diagram"
    } else {
        title
    };
    notify::show(
        app,
        format!("Deleted {}.", isolated(title)),
        Tone::Info,
        Some(Offer::Restore(id)),
    );
}

/// Takes a document out of its room, if it is in one: it is an ordinary document then.
pub fn leave_room(app: App, id: Id) {
    if rooms::of(&LocalStorage, id).is_none() {
        return;
    }
    if app.with(|core| core.id == id) {
        room::leave(app);
        app.change(|core| core.open.as_mut()?.leave_room(STORE, now()));
    } else if let Ok(mut open) = OpenDocument::open(STORE, id, random_id(), now()) {
        let _ = open.leave_room(STORE, now());
    }
    // Where it stays, the room is left once more when the document is opened.
    let _ = rooms::forget(&LocalStorage, id);
}

/// Brings a deleted document back and opens it.
pub fn restore(app: App, id: Id) {
    match library::restore(&LocalStorage, id) {
        Ok(()) => {
            open(app, id);
            app.document.update(|version| *version += 1);
        }
        Err(error) => {
            notify::show(
                app,
                format!("This cannot be brought back: {error}."),
                Tone::Trouble,
                None,
            );
        }
    }
}

/// Downloads what is kept of a document that cannot be read.
pub fn download_unreadable(app: App, id: Id) {
    match crate::store::read(STORE, id) {
        Err(OpenError::Newer { texts } | OpenError::Damaged { texts }) => {
            let text: Vec<String> = texts
                .iter()
                .map(|t| format!("{}\n{}\n", t.key, t.text))
                .collect();
            download_text("loopstream-recovered.txt", &text.join("\n"), "text/plain");
        }
        Err(error) => notify::show(app, format!("{error}."), Tone::Trouble, None),
        Ok(_) => open(app, id),
    }
}

/// Puts another document in the place of the open one.
pub fn show(app: App, editor: Editor, id: Id, open: Option<OpenDocument>) {
    app.change(|core| {
        core.editor = editor;
        core.id = id;
        core.open = open;
        core.version_at = 0;
    });
    for signal in [app.document, app.selection, app.view, app.loops, app.mode] {
        signal.update(|version| *version += 1);
    }
    app.change(|core| core.told = None);
    room::document_opened(app);
    panels::show_all_loops(app);
    app.trace.set(Vec::new());
    app.traced_link.set(None);
    app.toasts
        .update(|toasts| toasts.retain(|toast| toast.tone == crate::app::state::Tone::Trouble));
    app.reports.set(Vec::new());
    panels::follow_document(app);
    panels::leave_stream_of_no_map(app);
    reports::document_changed(app, None);
    streams::document_opened(app);
    run::document_opened(app);
    map_run::document_opened(app);
    stories::document_opened(app);
    retrospectives::document_opened(app);
    experiments::document_opened(app);
    saving::refresh_mark(app);
    frame::request(app);
}
