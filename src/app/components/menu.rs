//! A button with a list of actions under it.

use icondata_core::Icon;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, HtmlElement, Node};

use crate::app::browser::key_name;
use crate::app::components::icon::icon_button;
use crate::app::dispatch::act;
use crate::app::plain::{Place, effect, show, tag, text_of};
use crate::app::state::use_app;
use crate::editor::Action;

/// A button that opens a list of actions; `None` in the list draws a rule. `id` is the button's.
pub fn menu(
    name: &'static str,
    id: &'static str,
    picture: Icon,
    entries: &'static [Option<Action>],
) -> AnyView {
    let app = use_app();
    let open = RwSignal::new(false);
    let list = Place::new();
    let close = move || {
        open.set(false);
        let button = document().get_element_by_id(id);
        if let Some(button) = button.and_then(|b| b.dyn_into::<HtmlElement>().ok()) {
            let _ = button.focus();
        }
    };
    effect(move || {
        if let Some(list) = list.get::<Element>() {
            step(&list, 0);
        }
    });
    let on_key = move |event: web_sys::Event| {
        let Some(list) = list.now::<Element>() else {
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
    let on_out = move |event: web_sys::Event| {
        let to = event
            .unchecked_ref::<FocusEvent>()
            .related_target()
            .and_then(|to| to.dyn_into::<Node>().ok());
        let inside = list
            .now::<Element>()
            .and_then(|list| list.parent_node())
            .is_some_and(|menu| menu.contains(to.as_ref()));
        if !inside {
            open.set(false);
        }
    };
    let entry = move |entry: &Option<Action>| {
        let Some(action) = *entry else {
            return tag("hr");
        };
        tag("button")
            .with("role", "menuitem")
            .with("tabindex", "-1")
            .class("menu-entry")
            .press(move || {
                close();
                act(app, action);
            })
            .child(tag("span").text(action.label()))
            .child(tag("kbd").text(action.shortcut()))
    };
    let button = icon_button(picture, name, name, move || {
        open.update(|open| *open = !*open)
    })
    .with("id", id)
    // Else Safari gives no focus to a button that is pressed: the list would lose it and close, and
    // the press would open it again.
    .with("tabindex", "0")
    .with("aria-haspopup", "menu")
    .with("aria-expanded", text_of(move || open.get().to_string()));
    tag("div")
        .class("menu")
        .on("focusout", on_out)
        .child(button)
        .child(show(
            move || open.get(),
            move || {
                tag("div")
                    .class("menu-list")
                    .with("role", "menu")
                    .label(name)
                    .at(list)
                    .on("keydown", on_key)
                    .children(entries.iter().map(entry))
                    .view()
            },
        ))
        .view()
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
