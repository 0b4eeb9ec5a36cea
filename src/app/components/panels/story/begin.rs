//! The ways in which a story begins.

use leptos::prelude::*;

use crate::app::components::icon::Icon;
use crate::app::services::{retrospectives, stories};
use crate::app::state::{App, use_app};
use crate::model::Document;

/// A way to begin: its picture, its name, what comes of it, where it is there, and what it does.
struct Way {
    picture: icondata_core::Icon,
    name: &'static str,
    what: &'static str,
    is_there: fn(&Document) -> bool,
    begin: fn(App),
}

const WAYS: [Way; 4] = [
    Way {
        picture: icondata_lu::LuRefreshCw,
        name: "From the loops",
        what: "Tells one loop after the other, in an order that is easy to follow.",
        is_there: |document| !document.links().is_empty(),
        begin: stories::begin_from_loops,
    },
    Way {
        picture: icondata_lu::LuWorkflow,
        name: "From the stream",
        what: "Tells the whole, its times, its constraint, and what nobody knows yet.",
        is_there: |document| {
            let mut flows = document.flows().values();
            flows.any(|flow| flow.kind.carries_work())
        },
        begin: stories::begin_from_streams,
    },
    Way {
        picture: icondata_lu::LuHistory,
        name: "From the retrospective",
        what: "Tells the event and its facts, what varied, the loops, where to act, what to try.",
        is_there: |document| !document.retrospectives().is_empty(),
        begin: retrospectives::tell_shown,
    },
    Way {
        picture: icondata_lu::LuEye,
        name: "By hand",
        what: "Adds what you see now as the first step.",
        is_there: |_| true,
        begin: stories::begin_by_hand,
    },
];

/// The ways that there are for this diagram.
#[component]
pub fn Beginnings() -> impl IntoView {
    let app = use_app();
    let way = move |way: Way| {
        let is_there = Memo::new(move |_| {
            app.document.track();
            app.with(|core| (way.is_there)(core.editor.document()))
        });
        view! {
            <Show when=move || is_there.get()>
                <button class="story-way" on:click=move |_| (way.begin)(app)>
                    <Icon picture=way.picture/>
                    <strong>{way.name}</strong>
                    <span>{way.what}</span>
                </button>
            </Show>
        }
    };
    view! { <div class="story-ways">{WAYS.map(way).collect_view()}</div> }
}
