//! A button with a list of actions under it.

use icondata_core::Icon;
use leptos::html::Div;
use leptos::prelude::*;

use super::plain::{on, show, text_of};
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, HtmlElement, KeyboardEvent, Node};

use super::icon::icon;
use super::state::use_app;
use crate::editor::Action;

/// A button that opens a list of actions; `None` in the list draws a rule.
#[component]
pub fn Menu(
    /// What the button is called.
    name: &'static str,
    /// Its picture.
    picture: Icon,
    /// The actions.
    entries: &'static [Option<Action>],
) -> impl IntoView {
    let app = use_app();
    let open = RwSignal::new(false);
    let list = NodeRef::<Div>::new();
    let button_id = format!("menu-{}", name.to_lowercase().replace(' ', "-"));
    let back = button_id.clone();
    let close = move || {
        open.set(false);
        let button = document().get_element_by_id(&back);
        if let Some(button) = button.and_then(|b| b.dyn_into::<HtmlElement>().ok()) {
            let _ = button.focus();
        }
    };
    Effect::new(move |_| {
        if let Some(list) = list.get() {
            step(&list, 0);
        }
    });
    let on_key = {
        let close = close.clone();
        move |event: KeyboardEvent| {
            let Some(list) = list.get_untracked() else {
                return;
            };
            match event.key().as_str() {
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
        }
    };
    let on_out = move |event: FocusEvent| {
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
    view! {
        <div class="menu" on:focusout=on(on_out)>
            <button class="icon-button" id=button_id aria-label=name title=name
                aria-haspopup="menu" aria-expanded=text_of(move || open.get().to_string())
                on:click=on(move |_| open.update(|open| *open = !*open))>{icon(picture)}</button>
            {show(move || open.get(), move || view! {
                <div class="menu-list" role="menu" aria-label=name node_ref=list on:keydown=on(on_key.clone())>
                    {entries.iter().map(|entry| match entry {
                        None => view! { <hr/> }.into_any(),
                        Some(action) => {
                            let action = *action;
                            let close = close.clone();
                            view! {
                                <button role="menuitem" tabindex="-1" class="menu-entry"
                                    on:click=on(move |_| {
                                        close();
                                        app.act(action);
                                    })>
                                    <span>{action.label()}</span>
                                    <kbd>{action.shortcut()}</kbd>
                                </button>
                            }
                            .into_any()
                        }
                    }).collect_view()}
                </div>
            }.into_any())}
        </div>
    }
}

/// Gives the focus to the entry so many after the one that has it.
fn step(list: &web_sys::HtmlDivElement, by: i32) {
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
