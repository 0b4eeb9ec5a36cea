//! A button with a list of actions under it.

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use crate::app::browser::key_name;
use crate::app::components::icon::IconButton;
use crate::app::dispatch::act;
use crate::app::state::use_app;
use crate::editor::Action;

/// A button that opens a list of actions.
#[component]
pub fn Menu(
    /// What the button says.
    name: &'static str,
    /// The id of the button.
    id: &'static str,
    /// The icon of the button.
    picture: icondata_core::Icon,
    /// The actions; `None` draws a rule.
    entries: &'static [Option<Action>],
) -> impl IntoView {
    let app = use_app();
    let open = RwSignal::new(false);
    let list = NodeRef::<html::Div>::new();
    let close = move || {
        open.set(false);
        let button = document().get_element_by_id(id);
        if let Some(button) = button.and_then(|b| b.dyn_into::<HtmlElement>().ok()) {
            let _ = button.focus();
        }
    };
    Effect::new(move |_| {
        if let Some(list) = list.get() {
            step(&list, 0);
        }
    });
    let on_key = move |event: ev::KeyboardEvent| {
        let Some(list) = list.get_untracked() else {
            return;
        };
        match key_name(&event).as_str() {
            "ArrowDown" => step(&list, 1),
            "ArrowUp" => step(&list, -1),
            "Escape" => close(),
            "Tab" => {
                open.set(false);
                return;
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let on_out = move |event: ev::FocusEvent| {
        let to = event
            .related_target()
            .and_then(|to| to.dyn_into::<Node>().ok());
        let inside = list
            .get_untracked()
            .and_then(|list| list.parent_node())
            .is_some_and(|menu| menu.contains(to.as_ref()));
        if !inside {
            open.set(false);
        }
    };
    let entry = move |entry: &Option<Action>| {
        let Some(action) = *entry else {
            return view! { <hr/> }.into_any();
        };
        let run = move |_| {
            close();
            act(app, action);
        };
        view! {
            <button role="menuitem" tabindex="-1" class="menu-entry" on:click=run>
                <span>{action.label()}</span>
                <kbd>{action.shortcut()}</kbd>
            </button>
        }
        .into_any()
    };
    // Else Safari gives no focus to a button that is pressed: the list would lose it and close, and
    // the press would open it again. Hence the tab index.
    view! {
        <div class="menu" on:focusout=on_out>
            <IconButton
                picture
                name
                title=name
                attr:id=id
                attr:tabindex="0"
                attr:aria-haspopup="menu"
                attr:aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            />
            <Show when=move || open.get()>
                <div
                    class="menu-list"
                    role="menu"
                    aria-label=name
                    node_ref=list
                    on:keydown=on_key
                >
                    {entries.iter().map(entry).collect_view()}
                </div>
            </Show>
        </div>
    }
}

/// Gives the focus to the entry so many after the one that has it.
fn step(list: &Element, by: i32) {
    let Ok(entries) = list.query_selector_all("[role=menuitem]") else {
        return;
    };
    let count = i32::try_from(entries.length()).unwrap_or(0);
    if count == 0 {
        return;
    }
    let active = document().active_element();
    let at = (0..count).find(|index| {
        let entry = entries.get(*index as u32);
        active
            .as_ref()
            .is_some_and(|a| entry.as_ref() == Some(a.unchecked_ref::<Node>()))
    });
    let next = at.map_or(0, |at| (at + by).rem_euclid(count));
    if let Some(entry) = entries
        .get(next as u32)
        .and_then(|e| e.dyn_into::<HtmlElement>().ok())
    {
        let _ = entry.focus();
    }
}
