//! What the page as a whole hears: keys, clipboard, dropped files, other tabs, coming and going.

use gloo::events::EventListener;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, VisibilityState};

use crate::app::browser::{focus, in_text, key_name, key_press, milliseconds, window};
use crate::app::components::second_click;
use crate::app::dispatch::{act, dispatch};
use crate::app::services::{
    address, canvas_drag, clipboard, files, follow, images, people, print, saving, theme, vote,
};
use crate::app::state::{App, Page};
use crate::editor::{Action, Event, Gesture, KeyPress, PresentInput};
use crate::model::Vector;

/// Listens for as long as the page lives.
pub fn listen(app: App) {
    second_click::listen(app);
    note_tabbing();
    window_event_listener(ev::keydown, move |_| people::used(app));
    window_event_listener(ev::pointerdown, move |_| people::used(app));
    window_event_listener(ev::pointermove, move |_| people::used(app));
    window_event_listener(ev::wheel, move |_| people::used(app));
    window_event_listener(ev::keydown, move |event| key_down(app, &event));
    window_event_listener(ev::keyup, move |event| {
        if key_name(&event) == " " {
            canvas_drag::release(app);
        }
    });
    window_event_listener(ev::copy, move |event| clipboard(app, &event, Action::Copy));
    window_event_listener(ev::cut, move |event| clipboard(app, &event, Action::Cut));
    window_event_listener(ev::paste, move |event| {
        let takes = app.page == Page::Editor && app.dialog.get_untracked().is_none();
        if takes && !in_text(&event) {
            clipboard::paste_event(app, &event);
        }
    });
    window_event_listener(ev::dragover, |event| event.prevent_default());
    window_event_listener(ev::drop, move |event| dropped(app, &event));
    window_event_listener(ev::visibilitychange, move |_| {
        if document().visibility_state() == VisibilityState::Hidden {
            saving::flush(app);
        } else {
            saving::sync_from_storage(app, None);
        }
    });
    window_event_listener(ev::pagehide, move |_| saving::flush(app));
    window_event_listener(ev::pageshow, move |_| saving::sync_from_storage(app, None));
    window_event_listener(ev::hashchange, move |_| address::changed(app));
    window_event_listener(ev::beforeprint, move |_| print::prepare(app, None));
    window_event_listener(ev::afterprint, |_| print::forget());
    window_event_listener(ev::blur, move |_| canvas_drag::release(app));
    window_event_listener(ev::storage, move |event| {
        vote::follow_tab(app, event.key().as_deref());
        saving::sync_from_storage(app, event.key());
    });
    for query in ["(prefers-color-scheme: dark)", theme::FORCED_COLORS] {
        if let Ok(Some(query)) = window().match_media(query) {
            EventListener::new(&query, "change", move |_| theme::apply(app)).forget();
        }
    }
}

/// Whether a key is pressed in an open menu, which it is for.
fn in_menu(event: &ev::Event) -> bool {
    let target = event.target();
    let element = target.as_ref().and_then(|t| t.dyn_ref::<Element>());
    element.is_some_and(|element| element.closest("[role=menu]").ok().flatten().is_some())
}

/// Notes on the page whether a person goes through it with Tab: only then the canvas shows that it
/// has the focus, which it has after every word that was typed on it.
fn note_tabbing() {
    let note = |is_tabbing: bool| {
        if let Some(root) = document().document_element() {
            // Fails for no such name.
            let _ = root.toggle_attribute_with_force("data-tabbing", is_tabbing);
        }
    };
    window_event_listener(ev::keydown, move |event| {
        if key_name(&event) == "Tab" {
            note(true);
        }
    });
    window_event_listener(ev::pointerdown, move |_| note(false));
}

/// Whether a key belongs to the control that has the focus: a button is pressed by Enter and
/// space, and no single letter of its own.
fn for_control(event: &ev::Event, key: &str) -> bool {
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
    // A long text is scrolled by them.
    let in_words = element.class_list().contains("present-told");
    match key {
        "enter" | " " => control,
        "arrowup" | "arrowdown" if in_words => true,
        // Arrows scroll the panel the focus is in.
        "arrowup" | "arrowdown" | "arrowleft" | "arrowright" => in_panel,
        _ => false,
    }
}

fn key_down(app: App, event: &ev::KeyboardEvent) {
    if event.default_prevented() || app.dialog.get_untracked().is_some() || in_menu(event) {
        return;
    }
    let press = key_press(event);
    let typing = in_text(event);
    if press.key == "escape" && !typing && is_free(app) && follow::stop(app) {
        event.prevent_default();
        return;
    }
    let presents = app.with(|core| core.editor.presenting().is_some());
    if presents && type_digit(app, &press) {
        return;
    }
    if !presents && press.key == " " && !typing && !for_control(event, " ") {
        canvas_drag::hold(app);
        event.prevent_default();
        return;
    }
    if !typing && app.with(|core| core.editor.types_name(&press)) {
        // The field opens and has the focus before the browser writes the letter, which so comes
        // into it, as does what an input method makes of it.
        act(app, Action::EditText);
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
        Action::SaveFile
            | Action::OpenFile
            | Action::Palette
            | Action::Find
            | Action::Replace
            | Action::ToggleTheme
    );
    let written = typing && (!global || press.writes_sign());
    if written || for_control(event, &press.key) {
        return;
    }
    event.prevent_default();
    if typing && action == Action::SaveFile {
        // What is typed belongs into the file: leaving its field commits it.
        focus("#canvas");
    }
    act(app, action);
}

/// Whether no gesture is under way, which Escape would cancel.
fn is_free(app: App) -> bool {
    app.with(|core| core.editor.gesture() == &Gesture::Idle)
}

/// A digit that is typed in a presentation leads to that step; whether it was one.
fn type_digit(app: App, press: &KeyPress) -> bool {
    let digit = press.key.parse::<u8>().ok().filter(|digit| *digit < 10);
    let digit = digit.filter(|_| !press.ctrl && !press.alt);
    if let Some(digit) = digit {
        let input = PresentInput::Digit(digit, milliseconds());
        dispatch(app, Event::Present(input));
    }
    digit.is_some()
}

fn clipboard(app: App, event: &ev::ClipboardEvent, action: Action) {
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

fn dropped(app: App, event: &ev::DragEvent) {
    // Else the browser would go to what was dropped.
    event.prevent_default();
    if app.page != Page::Editor {
        return;
    }
    let Some(data) = event.data_transfer() else {
        return;
    };
    let dropped: Vec<_> = data.files().map_or_else(Vec::new, |files| {
        let files = (0..files.length()).filter_map(|place| files.get(place));
        files.collect()
    });
    let at = Vector::new(f64::from(event.client_x()), f64::from(event.client_y()));
    if images::dropped(app, &dropped, at, files::open) {
        return;
    }
    if let Some(file) = dropped.into_iter().next() {
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
