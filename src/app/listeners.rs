//! What the page as a whole hears: keys, clipboard, dropped files, other tabs, coming and going.

use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    DragEvent, Element, Event as DomEvent, KeyboardEvent, StorageEvent, VisibilityState,
};

use crate::app::browser::{in_text, key_name, key_press, window};
use crate::app::dispatch::act;
use crate::app::services::{address, canvas_drag, clipboard, files, print, saving, theme};
use crate::app::state::{App, Page};
use crate::editor::Action;

/// Listens for as long as the page lives.
pub fn listen(app: App) {
    let Some(document) = window().document() else {
        return;
    };
    crate::app::plain::follow_typing();
    let window = window();
    let on = |target: &web_sys::EventTarget, name: &'static str, run: fn(App, &DomEvent)| {
        EventListener::new_with_options(
            target,
            name,
            EventListenerOptions::enable_prevent_default(),
            move |event| run(app, event),
        )
        .forget();
    };
    on(&document, "keydown", key_down);
    on(&document, "keyup", space_up);
    on(&document, "copy", |app, event| {
        clipboard(app, event, Action::Copy)
    });
    on(&document, "cut", |app, event| {
        clipboard(app, event, Action::Cut)
    });
    on(&document, "paste", |app, event| {
        let takes = app.page == Page::Editor && app.dialog.get_untracked().is_none();
        if takes && !in_text(event) {
            clipboard::paste_event(app, event);
        }
    });
    on(&document, "dragover", |_, event| event.prevent_default());
    on(&document, "drop", dropped);
    on(&document, "visibilitychange", |app, _| {
        let hidden = web_sys::window()
            .and_then(|window| window.document())
            .is_some_and(|document| document.visibility_state() == VisibilityState::Hidden);
        if hidden {
            saving::flush(app);
        } else {
            saving::sync_from_storage(app, None);
        }
    });
    on(&window, "pagehide", |app, _| saving::flush(app));
    on(&window, "pageshow", |app, _| {
        saving::sync_from_storage(app, None)
    });
    on(&window, "hashchange", |app, _| address::changed(app));
    on(&window, "beforeprint", |app, _| print::prepare(app, None));
    on(&window, "afterprint", |_, _| print::forget());
    on(&window, "blur", |app, _| canvas_drag::release(app));
    on(&window, "storage", |app, event| {
        if let Some(event) = event.dyn_ref::<StorageEvent>() {
            saving::sync_from_storage(app, event.key());
        }
    });
    if let Ok(Some(query)) = window.match_media("(prefers-color-scheme: dark)") {
        on(&query, "change", |app, _| theme::apply(app));
    }
}

/// Whether a key belongs to the control that has the focus: a button is pressed by Enter and
/// space, and no single letter of its own.
fn for_control(event: &DomEvent, key: &str) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let Some(element) = target else { return false };
    let control = matches!(element.tag_name().as_str(), "BUTTON" | "A" | "SUMMARY");
    let in_panel = element
        .closest(".side, .top-bar, .toolbar")
        .ok()
        .flatten()
        .is_some();
    match key {
        "enter" | " " => control,
        // Arrows scroll the panel the focus is in.
        "arrowup" | "arrowdown" | "arrowleft" | "arrowright" => in_panel,
        _ => false,
    }
}

fn key_down(app: App, event: &DomEvent) {
    let Some(key) = event.dyn_ref::<KeyboardEvent>() else {
        return;
    };
    if key.default_prevented() || app.dialog.get_untracked().is_some() {
        return;
    }
    let press = key_press(key);
    let typing = in_text(event);
    if press.key == " " && !typing && !for_control(event, " ") {
        canvas_drag::hold(app);
        key.prevent_default();
        return;
    }
    let Some(action) = app.with(|core| core.editor.action_for(&press)) else {
        return;
    };
    // The browser's own copy, cut and paste come as events of their own.
    if matches!(action, Action::Copy | Action::Cut | Action::Paste) {
        return;
    }
    let global = matches!(
        action,
        Action::SaveFile | Action::OpenFile | Action::Palette | Action::Find | Action::ToggleTheme
    );
    let written = typing && (!global || press.writes_sign());
    if written || for_control(event, &press.key) {
        return;
    }
    key.prevent_default();
    if typing && action == Action::SaveFile {
        // What is typed belongs into the file: leaving its field commits it.
        crate::app::browser::focus("#canvas");
    }
    act(app, action);
}

fn space_up(app: App, event: &DomEvent) {
    if key_name(event) == " " {
        canvas_drag::release(app);
    }
}

fn clipboard(app: App, event: &DomEvent, action: Action) {
    let words_selected = window()
        .get_selection()
        .ok()
        .flatten()
        .is_some_and(|selection| !selection.is_collapsed());
    if in_text(event)
        || words_selected
        || app.dialog.get_untracked().is_some()
        || app.with(|core| core.editor.selection().is_empty())
    {
        return;
    }
    event.prevent_default();
    act(app, action);
}

fn dropped(app: App, event: &DomEvent) {
    // Else the browser would go to what was dropped.
    event.prevent_default();
    if app.page != Page::Editor {
        return;
    }
    let Some(data) = event
        .dyn_ref::<DragEvent>()
        .and_then(DragEvent::data_transfer)
    else {
        return;
    };
    if let Some(file) = data.files().and_then(|files| files.get(0)) {
        files::open(app, file);
        return;
    }
    let text = |kind: &str| {
        data.get_data(kind)
            .ok()
            .filter(|text| !text.trim().is_empty())
    };
    if let Some(text) = text("text/uri-list").or_else(|| text("text/plain")) {
        files::open_text(app, &text, "What was dropped");
    }
}

/// Shows a plain page that hands over the diagram, and stops saving, when the program fails.
pub fn guard_against_panic() {
    std::panic::set_hook(Box::new(|info| {
        crate::app::components::panic_page::show(&info.to_string());
        let words = JsValue::from_str(&info.to_string());
        web_sys::console::error_1(&words);
    }));
}
