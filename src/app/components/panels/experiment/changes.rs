//! What of the diagram an experiment changes, and the kind of leverage that it uses.

use leptos::prelude::*;

use super::fields::Now;
use crate::app::components::field::Choice;
use crate::app::components::icon::IconButton;
use crate::app::components::panels::retrospective::{by_number, levels, numbered};
use crate::app::services::{experiments, retrospectives};
use crate::app::state::use_app;
use crate::editor::{add_changes, change_experiment, toggle_change};
use crate::model::{Document, Id, Lever, LeverageLevel};
use crate::story::{around, lever_words};

/// How many variables are offered, and how many loops.
const OFFERED: usize = 60;

/// The variables that are offered: those that the sheet is about, else all, by their names.
pub fn about(document: &Document, sheet: Option<Id>) -> Vec<Id> {
    let mut found = match sheet {
        Some(sheet) => around(document, sheet, OFFERED),
        None => {
            let all = document.variables().iter();
            let mut all: Vec<(String, Id)> = all
                .map(|(id, one)| (one.name.to_lowercase(), *id))
                .collect();
            all.sort();
            all.into_iter().map(|(_, id)| id).collect()
        }
    };
    found.truncate(OFFERED);
    found
}

/// What it changes, and the ways to say so: what is selected on the canvas, or by its name.
#[component]
pub fn Changes(sheet: Option<Id>, id: Id, now: Now) -> impl IntoView {
    let app = use_app();
    let toggle = move |lever: &Lever| {
        retrospectives::change(app, |document| toggle_change(document, id, lever));
    };
    let named = move |levers: Vec<Lever>| {
        app.with(|core| {
            let (document, report) = (core.editor.document(), core.editor.report());
            let named = levers.into_iter().filter_map(|lever| {
                let words = lever_words(document, Some(report), &lever)?;
                Some((lever, words))
            });
            named.collect::<Vec<_>>()
        })
    };
    let chosen = Memo::new(move |_| {
        app.document.track();
        app.loops.track();
        let levers = now.with(|now| {
            now.as_ref()
                .map(|now| now.changes.iter().cloned().collect())
        });
        named(levers.unwrap_or_default())
    });
    let is_new = move |lever: &Lever| {
        now.with(|now| now.as_ref().is_some_and(|now| !now.changes.contains(lever)))
    };
    let selected = Memo::new(move |_| {
        app.selection.track();
        app.document.track();
        app.loops.track();
        let mut all = experiments::selected(app);
        all.retain(&is_new);
        named(all)
    });
    let take = move |_| {
        let levers = selected.get_untracked().into_iter();
        let levers: Vec<Lever> = levers.map(|(lever, _)| lever).collect();
        retrospectives::change(app, |document| add_changes(document, id, &levers));
    };
    let take_words = move || {
        selected.with(|all| match all.as_slice() {
            [(_, words)] => format!("Add {words}"),
            all => format!("Take what is selected ({})", all.len()),
        })
    };
    let offered = Memo::new(move |_| {
        app.document.track();
        app.loops.track();
        let all = app.with(|core| {
            let document = core.editor.document();
            let loops = core.editor.report().loops.iter().take(OFFERED);
            let loops = loops.map(|one| Lever::Loop(one.key.clone()));
            let steps = document.stations().keys().take(OFFERED).copied();
            let records = about(document, sheet).into_iter().chain(steps);
            loops.chain(records.map(Lever::Record)).collect::<Vec<_>>()
        });
        let mut all = named(all);
        all.retain(|(lever, _)| is_new(lever));
        all
    });
    let options = by_number("It changes…", offered);
    let by_name = move |value: String| {
        if let Some(lever) = numbered(offered, &value) {
            toggle(&lever);
        }
    };
    let line = move |(lever, words): (Lever, String)| {
        let spoken = format!("It does not change {words}");
        let show = lever.clone();
        view! {
            <li class="story-line">
                <button
                    class="button button-plain experiment-change"
                    dir="auto"
                    data-tip="Show on the canvas"
                    on:click=move |_| retrospectives::show_lever(app, &show)
                >
                    {words}
                </button>
                <IconButton
                    picture=icondata_lu::LuX
                    name=spoken
                    title="It does not change this"
                    on:click=move |_| toggle(&lever)
                />
            </li>
        }
    };
    view! {
        <div class="story-part" role="group" aria-label="What it changes">
            <p class="story-hint">"What it changes on the diagram"</p>
            <ul class="story-lines">
                <For each=move || chosen.get() key=Clone::clone children=line/>
            </ul>
            <Show when=move || selected.with(|all| !all.is_empty())>
                <button class="button retro-wide" on:click=take>
                    {take_words}
                </button>
            </Show>
            <Show when=move || offered.with(|all| !all.is_empty())>
                <Choice
                    options
                    chosen=String::new()
                    keep=by_name
                    attr:aria-label="Add what it changes, by name"
                />
            </Show>
        </div>
    }
}

/// The kind of leverage that it uses.
#[component]
pub fn Level(id: Id, now: Now) -> impl IntoView {
    let app = use_app();
    let level = Signal::derive(move || {
        let level = now.with(|now| now.as_ref().and_then(|now| now.level));
        level.map_or_else(String::new, |level| level.number().to_string())
    });
    let keep = move |chosen: String| {
        let level = chosen.parse().ok();
        let level = level.and_then(|number| LeverageLevel::new(number).ok());
        retrospectives::change(app, |document| {
            change_experiment(document, id, |one| one.level = level)
        });
    };
    view! {
        <label class="story-field">
            <span>"Level of leverage (Meadows: 1 is the strongest)"</span>
            <Choice options=levels() chosen=level keep/>
        </label>
    }
}
