//! Opening, making, copying and deleting documents.

use crate::app::browser::{now, random_id, window};
use crate::app::components::toast::{Offer, Tone};
use crate::app::services::files::download_text;
use crate::app::services::local::{LocalStorage, STORE};
use crate::app::state::App;
use crate::editor::Editor;
use crate::model::{Document, Edit, Id, Properties, isolated};
use crate::scene::View;
use crate::store::shelf::Contents;
use crate::store::{OpenDocument, OpenError, session, shelf};
use leptos::prelude::*;

/// Where this tab remembers its document, so that a reload comes back to it.
const TAB_KEY: &str = "loopstream/open";

impl App {
    /// Opens what was open before: in this tab, else last of all, else an empty document.
    pub fn open_first(self) {
        let mut candidates: Vec<Id> = Vec::new();
        candidates.extend(tab_document());
        candidates.extend(session::last(&LocalStorage));
        let listed = shelf::list(STORE).unwrap_or_default();
        let sound = |id: &Id| {
            listed.iter().any(|one| {
                one.id == *id
                    && one.deleted_at.is_none()
                    && matches!(one.contents, Contents::Sound { .. })
            })
        };
        let first = candidates.into_iter().find(sound);
        match first {
            Some(id) => self.open_document(id),
            None => self.refresh_save_mark(),
        }
        if listed
            .iter()
            .any(|one| one.deleted_at.is_none() && one.contents == Contents::Unreadable)
        {
            self.show(
                "A diagram in this browser cannot be read. It is kept as it is: My diagrams offers \
                 it for download.",
                Tone::Trouble,
                None,
            );
        }
    }

    /// Opens a document of this browser.
    pub fn open_document(self, id: Id) {
        if self.with(|core| core.id == id && core.open.is_some()) {
            return;
        }
        if !self.may_leave() {
            return;
        }
        let tab = self.with(|core| core.tab);
        match OpenDocument::open(STORE, id, tab, now()) {
            Ok(open) => {
                if !open.set_aside().is_empty() {
                    self.show(
                        "A part of what was stored could not be read. It is kept aside: My \
                         diagrams offers it for download.",
                        Tone::Trouble,
                        None,
                    );
                }
                let kept = session::view(&LocalStorage, id);
                let document = open.document().clone();
                let editor = self.editor_of(document, kept);
                self.show_document(editor, id, Some(open));
                self.remember_open();
                self.take_version();
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
                self.show(
                    format!("This cannot be opened: {error}."),
                    Tone::Trouble,
                    offer,
                );
            }
        }
    }

    /// An editor of a document, in the view it was left in, or with everything in sight.
    pub fn editor_of(self, document: Document, kept: Option<session::View>) -> Editor {
        self.with(|core| {
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
            let view = match kept {
                Some(kept) => {
                    let middle = crate::model::Rect::from_points(kept.center, kept.center);
                    let centered = View {
                        zoom: kept.zoom,
                        ..*editor.view()
                    }
                    .fitted(&middle, kept.zoom);
                    Some(centered)
                }
                None => editor
                    .scene()
                    .bounds()
                    .map(|bounds| editor.view().fitted(&bounds, 1.0)),
            };
            if let Some(view) = view {
                editor.set_view(view);
            }
            editor
        })
    }

    /// Shows a new document; it is kept from its first change on, or at once if it has anything.
    /// Whether it is shown: a person may stay with what is not saved.
    pub fn show_new(self, document: Document) -> bool {
        if !self.may_leave() {
            return false;
        }
        let empty = document.is_empty() && document.properties().title.is_empty();
        let editor = self.editor_of(document, None);
        self.show_document(editor, random_id(), None);
        if !empty {
            self.create_in_store();
            self.remember_open();
            self.refresh_save_mark();
        }
        self.dialog.set(None);
        true
    }

    /// Shows an empty document.
    pub fn new_document(self) {
        if self.show_new(Document::default()) {
            self.say("New diagram");
        }
    }

    /// Remembers which document is open, here and for the next visit.
    pub fn remember_open(self) {
        let id = self.with(|core| core.id);
        session::keep_last(&LocalStorage, id);
        if let Ok(Some(storage)) = window().session_storage() {
            // A comfort: without it a reload opens the document that was open last of all.
            let _ = storage.set_item(TAB_KEY, &id.to_string());
        }
    }

    /// Makes and opens a copy of a document.
    pub fn duplicate_document(self, id: Id, title: &str) {
        let title = format!(
            "{} (copy)",
            if title.is_empty() { "Untitled" } else { title }
        );
        let tab = self.with(|core| core.tab);
        if !self.may_leave() {
            return;
        }
        match shelf::duplicate(STORE, id, random_id(), title, tab, now()) {
            Ok(open) => {
                let id = open.id();
                let editor = self.editor_of(open.document().clone(), None);
                self.show_document(editor, id, Some(open));
                self.remember_open();
                self.say("Copied");
            }
            Err(error) => self.show(
                format!("This cannot be copied: {error}."),
                Tone::Trouble,
                None,
            ),
        }
    }

    /// Gives a document of this browser another title.
    pub fn rename_document(self, id: Id, title: String) {
        if self.with(|core| core.id == id) {
            self.dispatch(crate::editor::Event::Do(crate::editor::Command::SetTitle(
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
            Err(error) => self.show(
                format!("This cannot be renamed: {error}."),
                Tone::Trouble,
                None,
            ),
        }
    }

    /// Deletes a document; it can be brought back.
    pub fn delete_document(self, id: Id, title: &str) {
        if self.with(|core| core.id == id) && !self.may_leave() {
            return;
        }
        self.settle();
        if let Err(error) = shelf::delete(&LocalStorage, id, now()) {
            self.show(
                format!("This cannot be deleted: {error}."),
                Tone::Trouble,
                None,
            );
            return;
        }
        if self.with(|core| core.id == id) {
            let editor = self.editor_of(Document::default(), None);
            self.show_document(editor, random_id(), None);
        }
        let title = if title.is_empty() {
            "the untitled diagram"
        } else {
            title
        };
        self.show(
            format!("Deleted {}.", isolated(title)),
            Tone::News,
            Some(Offer::Restore(id)),
        );
    }

    /// Brings a deleted document back and opens it.
    pub fn restore_document(self, id: Id) {
        match shelf::restore(&LocalStorage, id) {
            Ok(()) => {
                self.open_document(id);
                self.document.update(|version| *version += 1);
            }
            Err(error) => {
                self.show(
                    format!("This cannot be brought back: {error}."),
                    Tone::Trouble,
                    None,
                );
            }
        }
    }

    /// Downloads what is kept of a document that cannot be read.
    pub fn download_unreadable(self, id: Id) {
        match crate::store::read(STORE, id) {
            Err(OpenError::Newer { texts } | OpenError::Damaged { texts }) => {
                let text: Vec<String> = texts
                    .iter()
                    .map(|t| format!("{}\n{}\n", t.key, t.text))
                    .collect();
                download_text("loopstream-recovered.txt", &text.join("\n"), "text/plain");
            }
            Err(error) => self.show(format!("{error}."), Tone::Trouble, None),
            Ok(_) => self.open_document(id),
        }
    }
}

fn tab_document() -> Option<Id> {
    window()
        .session_storage()
        .ok()??
        .get_item(TAB_KEY)
        .ok()??
        .parse()
        .ok()
}
