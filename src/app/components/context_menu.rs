//! The menu of what is under the pointer, or of what is selected.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, Node};

use crate::app::browser::{focus, window};
use crate::app::components::menu::{Leaving, MenuList};
use crate::app::state::{App, use_app};

/// The menu, where and while it is asked for.
#[component]
pub fn ContextMenu() -> impl IntoView {
    let app = use_app();
    let list = NodeRef::<html::Div>::new();
    close_beside(app, list);
    let leave = Callback::new(move |how| {
        app.menu.set(None);
        if how == Leaving::Back {
            focus("#canvas");
        }
    });
    move || {
        let (subject, at) = app.menu.get()?;
        let room = app.with(|core| core.editor.view().size);
        let entries = app.with(|core| {
            let menu = core.editor.menu_of(subject).into_iter();
            menu.map(|entry| entry.map(|action| (action, core.editor.shortcut_of(action))))
                .collect()
        });
        Some(view! {
            <div
                class="context-menu"
                style=("--x", format!("{}px", at.x))
                style=("--y", format!("{}px", at.y))
                style=("--room-x", format!("{}px", room.x))
                style=("--room-y", format!("{}px", room.y))
                on:contextmenu=|event| event.prevent_default()
            >
                <MenuList name=subject.name() list entries leave/>
            </div>
        })
    }
}

/// Takes the menu away when a press is beside it. Not when it loses the focus: what browsers tell
/// after a long press takes that away too.
fn close_beside(app: App, list: NodeRef<html::Div>) {
    let heard = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Node>().ok());
        let inside = list
            .get_untracked()
            .is_some_and(|list| list.contains(target.as_ref()));
        if !inside && app.menu.get_untracked().is_some() {
            app.menu.set(None);
        }
    });
    for kind in ["pointerdown", "wheel", "resize"] {
        // Fails for no kind of event.
        let _ = window().add_event_listener_with_callback_and_bool(
            kind,
            heard.as_ref().unchecked_ref(),
            true,
        );
    }
    // The menu is there as long as the page.
    heard.forget();
}
