//! A field that finds things by typing, and the list of what it found.

use std::hash::Hash;

use leptos::prelude::*;
use leptos::{ev, html};
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::app::browser::key_name;
use crate::editor::Action;
use crate::model::{Id, LoopKey};

/// What can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Choice {
    /// An action.
    Action(Action),
    /// A record.
    Record(Id),
    /// A loop.
    Loop(LoopKey),
    /// What has a tag.
    Tag(String),
    /// A diagram that is kept in this browser.
    Document(Id),
    /// A template: its file and its title.
    Template(String, String),
}

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Found {
    /// What it is.
    pub choice: Choice,
    /// Its words.
    pub words: String,
    /// What stands beside them.
    pub aside: Aside,
}

/// What stands beside the words of what was found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Aside {
    /// Nothing.
    Nothing,
    /// Its key.
    Key(String),
    /// What kind of thing it is.
    Kind(&'static str),
}

/// A field with a list under it: arrows walk the list, Enter chooses.
#[component]
pub fn Chooser(
    /// What a screen reader calls the field.
    label: &'static str,
    /// What it calls the list.
    list_label: &'static str,
    /// What the empty field says.
    placeholder: &'static str,
    /// What it says where there is nothing for what was typed.
    nothing: &'static str,
    /// What there is for what was typed.
    #[prop(into)]
    find: Callback<String, Vec<Found>>,
    /// Takes what was chosen.
    #[prop(into)]
    choose: Callback<Choice>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let field = NodeRef::<html::Input>::new();
    let list = Memo::new(move |_| find.run(typed.get()));
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
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
                if let Some(found) = list.get(at.get_untracked()) {
                    choose.run(found.choice.clone());
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
            placeholder=placeholder
            autocomplete="off"
            role="combobox"
            aria-expanded="true"
            aria-controls="commands"
            aria-label=label
            aria-activedescendant=move || {
                list.with(|list| !list.is_empty()).then(|| format!("command-{}", at.get()))
            }
            on:keydown=on_key
            on:input=on_input
        />
        // It keeps its height, and so the dialog its place, however much there is.
        <div class="palette">
            <ul id="commands" role="listbox" aria-label=list_label>
                <ForEnumerate
                    each=move || list.get()
                    key=|found| found.clone()
                    let(place, found)
                >
                    <Entry place at found choose/>
                </ForEnumerate>
            </ul>
            <p class="palette-nothing muted" role="status">
                {move || list.with(Vec::is_empty).then_some(nothing)}
            </p>
        </div>
    }
}

#[component]
fn Entry(
    place: ReadSignal<usize>,
    at: RwSignal<usize>,
    found: Found,
    choose: Callback<Choice>,
) -> impl IntoView {
    let Found {
        choice,
        words,
        aside,
    } = found;
    let aside = match aside {
        Aside::Nothing => ().into_any(),
        Aside::Key(key) => view! { <kbd>{key}</kbd> }.into_any(),
        Aside::Kind(kind) => view! { <span class="muted">{kind}</span> }.into_any(),
    };
    view! {
        // Not where the list scrolls under a pointer that rests.
        <li
            role="option"
            id=move || format!("command-{}", place.get())
            class="palette-entry"
            aria-selected=move || (at.get() == place.get()).to_string()
            on:pointermove=move |_| at.set(place.get_untracked())
            on:click=move |_| choose.run(choice.clone())
        >
            <span>{words}</span>
            {aside}
        </li>
    }
}

/// Whether words have every word that was typed, in letters of any size.
#[must_use]
pub fn has_words(words: &str, typed: &str) -> bool {
    let words = words.to_lowercase();
    let mut asked = typed.split_whitespace();
    asked.all(|word| words.contains(&word.to_lowercase()))
}
