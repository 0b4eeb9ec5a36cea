//! All actions, found by typing.

use leptos::prelude::*;
use leptos::{ev, html};
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::app::browser::key_name;
use crate::app::dispatch::act;
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
#[component]
pub fn Palette() -> impl IntoView {
    let app = use_app();
    let typed = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let field = NodeRef::<html::Input>::new();
    let list = Memo::new(move |_| {
        let typed = typed.get();
        app.with(|core| found(&typed, |row| core.editor.holds(row.when)))
    });
    Effect::new(move |_| {
        if let Some(field) = field.get() {
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
    let on_key = move |event: ev::KeyboardEvent| {
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
    let on_input = move |event: ev::Event| {
        typed.set(event_target_value(&event));
        at.set(0);
    };
    view! {
        <input
            dir="auto"
            class="field"
            node_ref=field
            placeholder="What do you want to do?"
            autocomplete="off"
            role="combobox"
            aria-expanded="true"
            aria-controls="commands"
            aria-label="Command"
            aria-activedescendant=move || format!("command-{}", at.get())
            on:keydown=on_key
            on:input=on_input
        />
        <ul class="palette" id="commands" role="listbox" aria-label="Commands">
            <ForEnumerate each=move || list.get() key=|action| *action let(place, action)>
                // Not where the list scrolls under a pointer that rests.
                <li
                    role="option"
                    id=move || format!("command-{}", place.get())
                    class="palette-entry"
                    aria-selected=move || (at.get() == place.get()).to_string()
                    on:pointermove=move |_| at.set(place.get_untracked())
                    on:click=move |_| run(action)
                >
                    <span>{action.label()}</span>
                    <kbd>{action.shortcut()}</kbd>
                </li>
            </ForEnumerate>
        </ul>
    }
}
