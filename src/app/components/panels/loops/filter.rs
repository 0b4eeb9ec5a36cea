//! Which loops are listed, and in which order.

use leptos::ev;
use leptos::prelude::*;

use super::{follow, summary};
use crate::app::components::field::{Choice, InputField};
use crate::app::services::reports;
use crate::app::state::{App, use_app};
use crate::causal::LoopOrder;
use crate::editor::describe;
use crate::model::Id;
use crate::worker::LoopKind;

/// The views of the list; the last stands for the loop sets.
const VIEWS: [(&str, LoopKind); 5] = [
    ("All loops", LoopKind::All),
    ("Reinforcing", LoopKind::Reinforcing),
    ("Balancing", LoopKind::Balancing),
    ("Unsigned", LoopKind::Undetermined),
    ("Delayed", LoopKind::Delayed),
];
const SETS: &str = "Independent sets";

const ORDERS: [(&str, &str, LoopOrder); 2] = [
    ("shortest", "Shortest first", LoopOrder::ShortestFirst),
    ("longest", "Longest first", LoopOrder::LongestFirst),
];

/// The bounds on the number of links that can be chosen.
const LENGTHS: [u64; 7] = [2, 3, 4, 5, 6, 8, 12];

/// The choices over the list, where there is something to choose.
#[component]
pub fn Filter() -> impl IntoView {
    let short = follow(use_app(), summary::is_short);
    view! {
        <Show when=move || !short.get()>
            <div class="loop-filter">
                <KindChoice/>
                <OrderChoice/>
                <LengthChoice/>
                <Words/>
                <Through/>
            </div>
        </Show>
    }
}

/// Of which kind the loops are, or their sets.
#[component]
fn KindChoice() -> impl IntoView {
    let app = use_app();
    let now = Signal::derive(move || {
        let kind = app.filter.with(|filter| filter.kind);
        let found = VIEWS.iter().find(|(_, other)| *other == kind);
        let words = match app.sets.get() {
            true => SETS,
            false => found.map_or("", |(words, _)| *words),
        };
        words.to_owned()
    });
    let keep = move |chosen: String| {
        app.sets.set(chosen == SETS);
        if let Some((_, kind)) = VIEWS.iter().find(|(words, _)| *words == chosen) {
            app.filter.update(|filter| filter.kind = *kind);
        }
        reports::refresh_soon(app);
    };
    let all = VIEWS.iter().map(|(words, _)| *words).chain([SETS]);
    let all: Vec<_> = all
        .map(|words| (words.to_owned(), words.to_owned()))
        .collect();
    view! {
        <Choice
            options=all
            chosen=now
            keep
            attr:id="loop-view"
            attr:aria-label="Which loops"
        />
    }
}

#[component]
fn OrderChoice() -> impl IntoView {
    let app = use_app();
    let now = Signal::derive(move || {
        let order = app.filter.with(|filter| filter.order);
        let found = ORDERS.iter().find(|(.., other)| *other == order);
        found.map_or("", |(value, ..)| *value).to_owned()
    });
    let keep = move |chosen: String| {
        if let Some((.., order)) = ORDERS.iter().find(|(value, ..)| *value == chosen) {
            app.filter.update(|filter| filter.order = *order);
        }
    };
    let all = ORDERS.map(|(value, words, _)| (value.to_owned(), words.to_owned()));
    view! {
        <Choice
            options=all.to_vec()
            chosen=now
            keep
            attr:id="loop-order"
            attr:aria-label="In which order"
        />
    }
}

#[component]
fn LengthChoice() -> impl IntoView {
    let app = use_app();
    let now = Signal::derive(move || {
        let longest = app.filter.with(|filter| filter.longest);
        longest.map(|links| links.to_string()).unwrap_or_default()
    });
    let keep = move |chosen: String| {
        app.filter
            .update(|filter| filter.longest = chosen.parse().ok());
    };
    let lengths = LENGTHS.map(|links| (links.to_string(), format!("Up to {links} links")));
    let any = [(String::new(), "Any length".to_owned())];
    let all: Vec<_> = any.into_iter().chain(lengths).collect();
    view! {
        <Choice
            options=all
            chosen=now
            keep
            attr:id="loop-length"
            attr:aria-label="How many links"
        />
    }
}

/// Words in the names of a loop's variables.
#[component]
fn Words() -> impl IntoView {
    let app = use_app();
    let take = move |event: ev::Event| {
        let words = event_target_value(&event);
        if app.filter.with_untracked(|filter| filter.words != words) {
            app.filter.update(|filter| filter.words = words);
        }
    };
    view! {
        <InputField
            value=Signal::derive(move || app.filter.with(|filter| filter.words.clone()))
            attr:class="field"
            attr:r#type="search"
            attr:id="loop-words"
            attr:aria-label="Find loops by their variables"
            attr:placeholder="Find by variable…"
            attr:autocomplete="off"
            on:input=take
        />
    }
}

/// The one variable or link that is selected.
fn selected(app: App) -> Memo<Option<Id>> {
    Memo::new(move |_| {
        app.selection.track();
        app.document.track();
        app.with(|core| {
            let editor = &core.editor;
            let only = editor.selection().iter().next();
            let only = *only.filter(|_| editor.selection().len() == 1)?;
            let document = editor.document();
            let is_causal =
                document.variables().contains_key(&only) || document.links().contains_key(&only);
            is_causal.then_some(only)
        })
    })
}

/// Only loops through one variable or link.
#[component]
fn Through() -> impl IntoView {
    let app = use_app();
    let selected = selected(app);
    let through = Memo::new(move |_| app.filter.with(|filter| filter.through));
    let is_on = Memo::new(move |_| through.with(Option::is_some));
    let words = Memo::new(move |_| {
        app.document.track();
        let name = |id| app.with(|core| describe(core.editor.document(), id));
        match (through.get(), selected.get()) {
            (Some(id), _) => format!("Through “{}” ×", name(id)),
            (None, Some(id)) => format!("Only through “{}”", name(id)),
            (None, None) => String::new(),
        }
    });
    let title = move || match is_on.get() {
        true => "Show loops through everything again",
        false => "Show only loops through it",
    };
    let turn = move |_| {
        let next = match through.get_untracked() {
            Some(_) => None,
            None => selected.get_untracked(),
        };
        app.filter.update(|filter| filter.through = next);
    };
    // One button for both ways, so that the focus stays on it.
    view! {
        <Show when=move || is_on.get() || selected.with(Option::is_some)>
            <button
                class="chip"
                class:chip-on=move || is_on.get()
                id="loop-through"
                data-tip=title
                on:click=turn
            >
                {words}
            </button>
        </Show>
    }
}
