//! All actions, found by typing.

use leptos::html::Input;
use leptos::prelude::*;

use crate::app::plain::{on, text_of, view_of};
use web_sys::{KeyboardEvent, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::app::state::use_app;
use crate::editor::{ACTIONS, Action};

/// The actions whose label has every typed word and that can be done now.
fn found(typed: &str, possible: impl Fn(&crate::editor::ActionRow) -> bool) -> Vec<Action> {
    let words: Vec<String> = typed
        .to_lowercase()
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let matches = |label: &str| {
        let label = label.to_lowercase();
        words.iter().all(|word| label.contains(word))
    };
    let rows = ACTIONS.iter().filter(|row| row.action != Action::Palette);
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
    let field = NodeRef::<Input>::new();
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
        app.act(action);
    };
    let go_to = move |place: usize| {
        at.set(place);
        if let Some(entry) = document().get_element_by_id(&format!("command-{place}")) {
            let nearest = ScrollIntoViewOptions::new();
            nearest.set_block(ScrollLogicalPosition::Nearest);
            entry.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let count = list.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if count > 0 => go_to((at.get_untracked() + 1) % count),
            "ArrowUp" if count > 0 => go_to((at.get_untracked() + count - 1) % count),
            "Enter" => {
                if let Some(action) =
                    list.with_untracked(|list| list.get(at.get_untracked()).copied())
                {
                    run(action);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let active = move || format!("command-{}", at.get());
    view! {
        <input class="field" node_ref=field placeholder="What do you want to do?" autocomplete="off"
            role="combobox" aria-expanded="true" aria-controls="commands" aria-label="Command"
            aria-activedescendant=text_of(active) on:keydown=on(on_key)
            on:input=on(move |event: web_sys::Event| {
                typed.set(event_target_value(&event));
                at.set(0);
            })/>
        <ul class="palette" id="commands" role="listbox" aria-label="Commands">
            {view_of(move || list.get().into_iter().enumerate().map(|(place, action)| view! {
                <li role="option" id=format!("command-{place}") class="palette-entry"
                    aria-selected=text_of(move || (at.get() == place).to_string())
                    // Not where the list scrolls under a pointer that rests.
                    on:pointermove=on(move |_| at.set(place))
                    on:click=on(move |_| run(action))>
                    <span>{action.label()}</span><kbd>{action.shortcut()}</kbd>
                </li>
            }).collect_view().into_any())}
        </ul>
    }
}
