//! Lists of actions: under a button, or wherever they are asked for.

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
    let open = RwSignal::new(false);
    let list = NodeRef::<html::Div>::new();
    let close = move || {
        open.set(false);
        let button = document().get_element_by_id(id);
        if let Some(button) = button.and_then(|b| b.dyn_into::<HtmlElement>().ok()) {
            let _ = button.focus();
        }
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
    let entries = || {
        let entry = |action: Action| (action, action.shortcut());
        entries.iter().map(|one| one.map(entry)).collect::<Vec<_>>()
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
                <MenuList
                    name=name
                    list
                    entries=entries()
                    leave=Callback::new(move |how| match how {
                        Leaving::Back => close(),
                        Leaving::On => open.set(false),
                    })
                />
            </Show>
        </div>
    }
}

/// How a menu is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// The focus goes back to where it was.
    Back,
    /// The focus goes on from here.
    On,
}

/// A list of actions with their keys; `None` draws a rule. Arrows walk it, Escape leaves it.
#[component]
pub fn MenuList(
    /// What a screen reader calls it.
    name: &'static str,
    /// The list, once it is on the page.
    list: NodeRef<html::Div>,
    /// What can be chosen, each with its key.
    entries: Vec<Option<(Action, String)>>,
    /// Takes the list away.
    leave: Callback<Leaving>,
) -> impl IntoView {
    let app = use_app();
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
            "Home" => focus_entry(&list, 0),
            "End" => focus_entry(&list, -1),
            "Escape" => leave.run(Leaving::Back),
            "Tab" => {
                leave.run(Leaving::On);
                return;
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let entry = move |entry: Option<(Action, String)>| {
        let Some((action, key)) = entry else {
            return view! { <hr/> }.into_any();
        };
        let run = move |_| {
            leave.run(Leaving::Back);
            act(app, action);
        };
        view! {
            <button role="menuitem" tabindex="-1" class="menu-entry" on:click=run>
                <span>{action.label()}</span>
                <kbd>{key}</kbd>
            </button>
        }
        .into_any()
    };
    view! {
        <div class="menu-list" role="menu" aria-label=name node_ref=list on:keydown=on_key>
            {entries.into_iter().map(entry).collect_view()}
        </div>
    }
}

/// The entries of a list.
fn entries_of(list: &Element) -> Vec<HtmlElement> {
    let found = list.query_selector_all("[role=menuitem]");
    let nodes = found.iter().flat_map(|nodes| {
        let all = (0..nodes.length()).filter_map(|index| nodes.get(index));
        all.filter_map(|node| node.dyn_into::<HtmlElement>().ok())
    });
    nodes.collect()
}

/// Gives the focus to an entry, counted from the first, or from the end if negative.
fn focus_entry(list: &Element, at: i32) {
    let entries = entries_of(list);
    let count = i32::try_from(entries.len()).unwrap_or(0);
    if count > 0
        && let Some(entry) = entries.get(at.rem_euclid(count) as usize)
    {
        // Fails for an element that takes none.
        let _ = entry.focus();
    }
}

/// Gives the focus to the entry so many after the one that has it.
fn step(list: &Element, by: i32) {
    let active = document().active_element();
    let mut entries = entries_of(list).into_iter();
    let at = entries.position(|entry| active.as_ref() == Some(entry.as_ref()));
    let at = at.and_then(|at| i32::try_from(at).ok());
    focus_entry(list, at.map_or(0, |at| at + by));
}
