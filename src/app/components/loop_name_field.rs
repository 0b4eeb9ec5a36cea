//! The field under a badge in which its loop is named.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::{ev, html};

use crate::app::browser::{focus, key_name};
use crate::app::dispatch::dispatch;
use crate::app::state::{App, use_app};
use crate::editor::{Command, Event};
use crate::model::LoopKey;
use crate::scene::badge_factor;

/// The field, while a loop is named that has a badge.
#[component]
pub fn LoopNameField() -> impl IntoView {
    let app = use_app();
    let named = Memo::new(move |_| {
        app.loops.track();
        app.document.track();
        let key = app.naming.get()?;
        place_of(app, &key).map(|_| key)
    });
    move || named.get().map(|key| view! { <OpenField key/> })
}

/// Where the field stands under a badge, in CSS pixels: its middle and its upper edge.
fn place_of(app: App, key: &LoopKey) -> Option<(f64, f64)> {
    app.with(|core| {
        let (scene, view) = (core.editor.scene(), core.editor.view());
        let badge = scene.badges().iter().find(|badge| badge.key == *key)?;
        let at = view.to_screen(badge.center);
        let radius = badge.radius * badge_factor(badge, view.zoom) * view.zoom;
        Some((at.x, at.y + radius))
    })
}

#[component]
fn OpenField(key: LoopKey) -> impl IntoView {
    let app = use_app();
    let field = NodeRef::<html::Input>::new();
    let name = app.with(|core| {
        let label = core.editor.document().label_of(&key);
        label.map(|(_, label)| label.name.clone())
    });
    let name = name.unwrap_or_default();
    let at = key.clone();
    let place = Memo::new(move |_| {
        app.view.track();
        app.document.track();
        app.loops.track();
        place_of(app, &at)
    });
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // Fails only for an element that takes none.
            let _ = field.focus();
            field.set_value(&name);
            field.select();
        }
    });
    // Taking the field away blurs it, which must not count a second time.
    let over = Rc::new(Cell::new(false));
    let finish = move |typed: Option<String>| {
        if over.replace(true) {
            return;
        }
        app.naming.set(None);
        if let Some(typed) = typed {
            dispatch(app, Event::Do(Command::NameLoop(key.clone(), typed)));
        }
        focus("#canvas");
    };
    let finish_by_key = finish.clone();
    let on_key = move |event: ev::KeyboardEvent| {
        event.stop_propagation();
        match key_name(&event).as_str() {
            "Enter" | "Tab" => finish_by_key(Some(event_target_value(&event))),
            "Escape" => finish_by_key(None),
            _ => return,
        }
        event.prevent_default();
    };
    // From the event: it may come once the field and its signals are gone.
    let on_blur = move |event: ev::FocusEvent| finish(Some(event_target_value(&event)));
    view! {
        <input
            dir="auto"
            class="text-field loop-name-field"
            node_ref=field
            style:left=move || place.get().map(|(x, _)| format!("{x}px"))
            style:top=move || place.get().map(|(_, y)| format!("{y}px"))
            aria-label="Name of the loop"
            placeholder="Name of the loop"
            autocomplete="off"
            on:keydown=on_key
            on:blur=on_blur
        />
    }
}
