//! Which loops are listed, and in which order.

use leptos::prelude::*;

use super::{follow, summary};
use crate::app::components::panels::choice;
use crate::app::plain::{nothing, show, tag, text_of, view_of, written};
use crate::app::services::reports;
use crate::app::state::App;
use crate::causal::LoopOrder;
use crate::editor::describe;
use crate::model::Id;
use crate::worker::LoopKind;

/// The views of the list; the last stands for the loop sets.
const VIEWS: [(&str, LoopKind); 5] = [
    ("All loops", LoopKind::All),
    ("Reinforcing", LoopKind::Reinforcing),
    ("Balancing", LoopKind::Balancing),
    ("Undetermined", LoopKind::Undetermined),
    ("Delayed", LoopKind::Delayed),
];
const SETS: &str = "Independent sets";

/// The choices over the list.
pub fn filter(app: App) -> AnyView {
    let short = follow(app, summary::is_short);
    show(
        move || !short.get(),
        move || {
            view_of(move || {
                app.fresh_list.track();
                leptos::prelude::untrack(move || {
                    tag("div")
                        .class("loop-filter")
                        .child(view(app))
                        .child(order(app))
                        .child(length(app))
                        .child(words(app))
                        .child(through(app))
                        .view()
                })
            })
        },
    )
}

fn view(app: App) -> AnyView {
    let filter = app.filter.get_untracked();
    let now = if app.sets.get_untracked() {
        SETS
    } else {
        let found = VIEWS.iter().find(|(_, kind)| *kind == filter.kind);
        found.map_or("", |(words, _)| *words)
    };
    let all = VIEWS.iter().map(|(words, _)| *words).chain([SETS]);
    let all = all.map(|words| (words.to_owned(), words.to_owned()));
    choice("Which loops", all, now, move |chosen| {
        app.sets.set(chosen == SETS);
        if let Some((_, kind)) = VIEWS.iter().find(|(words, _)| *words == chosen) {
            app.filter.update(|filter| filter.kind = *kind);
        }
        reports::refresh_soon(app);
    })
    .with("id", "loop-view")
    .view()
}

fn order(app: App) -> AnyView {
    let now = match app.filter.get_untracked().order {
        LoopOrder::ShortestFirst => "shortest",
        LoopOrder::LongestFirst => "longest",
    };
    let all = [("shortest", "Shortest first"), ("longest", "Longest first")];
    let all = all.map(|(value, words)| (value.to_owned(), words.to_owned()));
    choice("In which order", all, now, move |chosen| {
        app.filter.update(|filter| {
            filter.order = match chosen.as_str() {
                "longest" => LoopOrder::LongestFirst,
                _ => LoopOrder::ShortestFirst,
            };
        });
    })
    .with("id", "loop-order")
    .view()
}

/// The bounds on the number of links that can be chosen.
const LENGTHS: [u64; 7] = [2, 3, 4, 5, 6, 8, 12];

fn length(app: App) -> AnyView {
    let now = app.filter.get_untracked().longest;
    let now = now.map(|longest| longest.to_string()).unwrap_or_default();
    let lengths = LENGTHS.map(|links| (links.to_string(), format!("Up to {links} links")));
    let all = [(String::new(), "Any length".to_owned())]
        .into_iter()
        .chain(lengths);
    choice("How many links", all, &now, move |chosen| {
        app.filter
            .update(|filter| filter.longest = chosen.parse().ok());
    })
    .with("id", "loop-length")
    .view()
}

fn words(app: App) -> AnyView {
    let take = move |event: web_sys::Event| {
        let words = written(&event);
        if words != app.filter.get_untracked().words {
            app.filter.update(|filter| filter.words = words);
        }
    };
    tag("input")
        .class("field")
        .with("type", "search")
        .with("id", "loop-words")
        .label("Find loops by their variables")
        .with("placeholder", "Find by variable…")
        .with("autocomplete", "off")
        .value(text_of(move || app.filter.get().words))
        .on("input", take)
        .view()
}

/// The one variable or link that is selected.
fn selected(app: App) -> Memo<Option<(Id, String)>> {
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
            is_causal.then(|| (only, describe(document, only)))
        })
    })
}

/// Only loops through one variable or link.
fn through(app: App) -> AnyView {
    let selected = selected(app);
    view_of(move || {
        let chosen = app.filter.get().through;
        if let Some(id) = chosen {
            let words = move || {
                app.document.track();
                let name = app.with(|core| describe(core.editor.document(), id));
                format!("Through “{name}” ×")
            };
            return tag("button")
                .class("chip chip-on")
                .with("id", "loop-through")
                .title("Show loops through everything again")
                .press(move || app.filter.update(|filter| filter.through = None))
                .text(text_of(words))
                .view();
        }
        match selected.get() {
            Some((id, name)) => tag("button")
                .class("chip")
                .with("id", "loop-through")
                .title("Show only loops through it")
                .press(move || app.filter.update(|filter| filter.through = Some(id)))
                .text(format!("Only through “{name}”"))
                .view(),
            None => nothing(),
        }
    })
}
