//! All actions, found by typing.

use leptos::prelude::*;
use web_sys::{HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::app::browser::key_name;
use crate::app::dispatch::act;
use crate::app::plain::{Place, effect, tag, text_of, together, view_of, written};
use crate::app::state::use_app;
use crate::editor::{Action, actions};

/// The actions whose label has every typed word and that can be done now.
fn found(typed: &str, possible: impl Fn(&crate::editor::ActionRow) -> bool) -> Vec<Action> {
    let words: Vec<String> = typed
        .to_ascii_lowercase()
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let matches = |label: &str| {
        let label = label.to_ascii_lowercase();
        words.iter().all(|word| label.contains(word))
    };
    let rows = actions().filter(|row| row.action != Action::Palette);
    rows.filter(|row| possible(row) && matches(row.label))
        .map(|row| row.action)
        .collect()
}

/// The command palette.
pub fn palette() -> AnyView {
    let app = use_app();
    let typed = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let field = Place::new();
    let list = Memo::new(move |_| {
        let typed = typed.get();
        app.with(|core| found(&typed, |row| core.editor.holds(row.when)))
    });
    effect(move || {
        if let Some(field) = field.get::<HtmlElement>() {
            let _ = field.focus();
        }
    });
    let run = move |action: Action| {
        app.dialog.set(None);
        act(app, action);
    };
    let go_to = move |place: usize| {
        at.set(place);
        if let Some(entry) = document().get_element_by_id(&format!("command-{place}")) {
            let nearest = ScrollIntoViewOptions::new();
            nearest.set_block(ScrollLogicalPosition::Nearest);
            entry.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
    };
    let on_key = move |event: web_sys::Event| {
        let list = list.get_untracked();
        let count = list.len();
        match key_name(&event).as_str() {
            "ArrowDown" if count > 0 => go_to((at.get_untracked() + 1) % count),
            "ArrowUp" if count > 0 => go_to((at.get_untracked() + count - 1) % count),
            "Enter" => {
                if let Some(action) = list.get(at.get_untracked()) {
                    run(*action);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let entry = move |place: usize, action: Action| {
        tag("li")
            .with("role", "option")
            .with("id", format!("command-{place}"))
            .class("palette-entry")
            .with(
                "aria-selected",
                text_of(move || (at.get() == place).to_string()),
            )
            // Not where the list scrolls under a pointer that rests.
            .on("pointermove", move |_| at.set(place))
            .press(move || run(action))
            .child(tag("span").text(action.label()))
            .child(tag("kbd").text(action.shortcut()))
    };
    let input = tag("input")
        .class("field")
        .at(field)
        .with("placeholder", "What do you want to do?")
        .with("autocomplete", "off")
        .with("role", "combobox")
        .with("aria-expanded", "true")
        .with("aria-controls", "commands")
        .label("Command")
        .with(
            "aria-activedescendant",
            text_of(move || format!("command-{}", at.get())),
        )
        .on("keydown", on_key)
        .on("input", move |event| {
            typed.set(written(&event));
            at.set(0);
        });
    let entries = view_of(move || {
        let actions = list.get().into_iter().enumerate();
        together(
            actions
                .map(|(place, action)| entry(place, action).view())
                .collect(),
        )
    });
    let list = tag("ul")
        .class("palette")
        .with("id", "commands")
        .with("role", "listbox")
        .label("Commands")
        .child(entries);
    together(vec![input.view(), list.view()])
}
