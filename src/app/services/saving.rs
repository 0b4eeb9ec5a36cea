//! Keeping what was done: after every gesture, in pauses, and when the page goes.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use crate::app::browser::storage::{LocalStorage, STORE, keep_tab_document};
use crate::app::browser::{now, window};
use crate::app::services::{notify, room, storage};
use crate::app::state::{App, Offer, SaveMark, Tone};
use crate::editor::{Event, Gesture, Presenting};
use crate::model::{Document, Patch, isolated};
use crate::store::{KeyValue, OpenDocument, SaveState, library, session};

/// How long nothing must happen before a new snapshot is written, in milliseconds.
const COMPACT_AFTER: u32 = 2_000;
/// How long the view must stand still before it is kept, in milliseconds.
const VIEW_AFTER: u32 = 300;

thread_local! {
    /// What is not in the storage, for the page that is shown after a panic.
    static UNSAVED: std::cell::RefCell<Option<Document>> = const { std::cell::RefCell::new(None) };
}

/// The open document, where the storage does not have all of it.
#[must_use]
pub fn unsaved() -> Option<Document> {
    UNSAVED.with(|unsaved| unsaved.try_borrow().ok()?.clone())
}

/// Keeps a change: at most the gesture under way is lost if the page dies now.
pub fn save_patch(app: App, patch: &Patch) {
    let fresh = app.with(|core| core.open.is_none());
    let from_others = if fresh {
        create_in_store(app);
        remember_open(app);
        ask_to_persist();
        None
    } else {
        app.change(|core| core.open.as_mut()?.record(STORE, patch, now()))
    };
    refresh_mark(app);
    room::follow(app);
    if let Some(patch) = from_others {
        take_remote(app, patch);
    }
    compact_soon(app);
}

/// Writes a new snapshot once nothing has happened for a while.
pub fn compact_soon(app: App) {
    app.change(|core| {
        core.timers.compact = Some(Timeout::new(COMPACT_AFTER, move || compact(app)));
    });
}

/// Writes a new snapshot, if there is anything new.
pub fn compact(app: App) {
    let patch = app.change(|core| {
        core.timers.compact = None;
        let open = core.open.as_mut()?;
        if open.patches_since_snapshot() == 0 && matches!(open.state(), SaveState::Saved { .. }) {
            return None;
        }
        open.compact(STORE, now())
    });
    room::follow(app);
    refresh_mark(app);
    if let Some(patch) = patch {
        take_remote(app, patch);
    }
    storage::record_version(app);
}

/// Brings in a change of another tab or person. Words that are being typed for what is gone are
/// handed back.
pub fn take_remote(app: App, patch: Patch) {
    let is_typing = || app.with(|core| core.editor.text_edit().is_some());
    let typed = is_typing().then(|| crate::app::browser::value_of(".text-field"));
    app.send(Event::Remote(patch));
    if let Some(typed) = typed
        .flatten()
        .filter(|typed| !typed.is_empty() && !is_typing())
    {
        let typed = isolated(&typed);
        let by = match app.with(|core| core.room.is_some()) {
            true => "by somebody else",
            false => "in another tab",
        };
        let words = format!("What you were naming was deleted {by}: “{typed}”.");
        notify::show(app, words, Tone::Trouble, None);
    }
}

/// Takes up what another tab has written; `key` is that of the browser's event.
pub fn sync_from_storage(app: App, key: Option<String>) {
    let id = app.with(|core| core.id);
    if key
        .as_ref()
        .is_some_and(|key| library::is_deletion_mark(key, id))
        && library::is_deleted(&LocalStorage, id) == Ok(true)
    {
        const WORDS: &str = "This diagram was deleted in another tab.";
        notify::show(app, WORDS, Tone::Trouble, Some(Offer::Restore(id)));
    }
    let patch = app.change(|core| {
        let open = core.open.as_mut()?;
        match key {
            Some(key) => open.sync_from_storage(STORE, &key),
            None => open.catch_up(STORE),
        }
    });
    room::follow(app);
    if let Some(patch) = patch {
        take_remote(app, patch);
    }
    refresh_mark(app);
}

/// Keeps the view when it has stood still for a while.
pub fn save_view_soon(app: App) {
    app.change(|core| {
        core.timers.view = Some(Timeout::new(VIEW_AFTER, move || save_view(app)));
    });
}

/// Keeps the view now.
pub fn save_view(app: App) {
    app.with(|core| {
        if core.open.is_some() {
            let presenting = core.editor.presenting();
            let view = presenting.map_or(core.editor.view(), Presenting::view_before);
            let kept = session::View {
                center: view.center(),
                zoom: view.zoom,
            };
            session::keep_view(&LocalStorage, core.id, kept);
        }
    });
}

/// Everything that can be kept is kept: the page may be gone in a moment.
pub fn flush(app: App) {
    save_view(app);
    compact(app);
}

/// Keeps what can be kept of the open diagram; whether another may take its place: a person is
/// asked where something of it could not be kept.
pub fn may_leave(app: App) -> bool {
    const ASKED: &str = "What you drew last could not be saved, and is lost when another diagram \
                         takes its place. Cancel, then save it as a file.";
    flush(app);
    unsaved().is_none() || window().confirm_with_message(ASKED).unwrap_or(false)
}

/// Brings the visible mark up to how things stand.
pub fn refresh_mark(app: App) {
    let mut is_safe = true;
    let mark = app.with(|core| {
        let state = core.open.as_ref().map(OpenDocument::state);
        let busy = core.editor.text_edit().is_some()
            || matches!(
                core.editor.gesture(),
                Gesture::Moving(_) | Gesture::Bending { .. } | Gesture::DraggingBadge { .. }
            );
        let safe = matches!(state, None | Some(SaveState::Saved { .. }));
        UNSAVED.with(|unsaved| {
            *unsaved.borrow_mut() = (!safe).then(|| core.editor.committed_document());
        });
        is_safe = safe;
        match state {
            Some(SaveState::NotSaved { why }) => SaveMark::NotSaved(why.to_string()),
            _ if LocalStorage.keys().is_err() => {
                SaveMark::NotSaved(crate::store::SaveError::Blocked.to_string())
            }
            _ if busy => SaveMark::Saving,
            Some(SaveState::Saved { .. }) => SaveMark::Saved,
            None => SaveMark::Nothing,
        }
    });
    app.change(|core| {
        let leaving = &mut core.timers.leaving;
        if is_safe {
            *leaving = None;
        } else if leaving.is_none() {
            *leaving = Some(EventListener::new_with_options(
                &window(),
                "beforeunload",
                EventListenerOptions::enable_prevent_default(),
                |event| event.prevent_default(),
            ));
        }
    });
    if app.save.get_untracked() != mark {
        if let SaveMark::NotSaved(why) = &mark {
            notify::announce(app, format!("Not saved. {why}"));
        }
        app.save.set(mark);
    }
}

/// Asks the browser once not to clear the storage by itself.
fn ask_to_persist() {
    let storage = window().navigator().storage();
    // The answer changes nothing here; a browser that refuses keeps the storage as before.
    let _ = storage.persist();
}

/// Keeps the document for the first time, or opens it anew in the storage.
pub fn create_in_store(app: App) {
    app.change(|core| {
        let document = core.editor.committed_document();
        core.open = Some(OpenDocument::create(
            STORE,
            core.id,
            document,
            core.tab,
            now(),
        ));
    });
}

/// Remembers which document is open, here and for the next visit.
pub fn remember_open(app: App) {
    let id = app.with(|core| core.id);
    session::keep_last(&LocalStorage, id);
    keep_tab_document(id);
}
