//! The forms of the outline that add a variable, a link or a flow.

use leptos::prelude::*;
use leptos::{ev, html};

use super::FLOW_KINDS;
use super::outline_rows::rows;
use crate::app::components::field::Choice;
use crate::app::dispatch::dispatch;
use crate::app::services::notify;
use crate::app::state::use_app;
use crate::editor::{Command, Event};
use crate::model::{Delay, ElementKind, Id, Polarity, flow_between, isolated};

/// A variable, by its name.
#[component]
pub fn AddVariable() -> impl IntoView {
    let app = use_app();
    let field = NodeRef::<html::Input>::new();
    let add = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(field) = field.get_untracked() else {
            return;
        };
        if !field.value().trim().is_empty() {
            dispatch(app, Event::Do(Command::AddVariable(field.value())));
            notify::announce(app, format!("Added {}", isolated(&field.value())));
            field.set_value("");
        }
    };
    view! {
        <form class="add-form" on:submit=add>
            <input
                dir="auto"
                class="field"
                node_ref=field
                placeholder="New variable"
                autocomplete="off"
                aria-label="Name of a new variable"
                maxlength="200"
            />
            <button class="button" type="submit">
                "Add"
            </button>
        </form>
    }
}

/// A link between two variables, with its sign and its delay.
#[component]
pub fn AddLink() -> impl IntoView {
    let app = use_app();
    let delay = NodeRef::<html::Input>::new();
    let sign = RwSignal::new("+".to_owned());
    let variables = Memo::new(move |_| {
        app.document.track();
        rows(app, ElementKind::Variable, "").0
    });
    let options = Signal::derive(move || {
        let rows = variables.get().into_iter();
        rows.map(|row| (row.id.to_string(), row.words)).collect()
    });
    // What a person chose, while it is there.
    let [cause, effect] = [(); 2].map(|()| RwSignal::new(String::new()));
    let [from, to] = [(cause, 0), (effect, 1)].map(|(chosen, place)| {
        Memo::new(move |_| {
            let chosen = chosen.get().parse::<Id>().ok();
            variables.with(|rows| {
                let chosen = chosen.filter(|id| rows.iter().any(|row| row.id == *id));
                chosen.or_else(|| rows.get(place).or(rows.first()).map(|row| row.id))
            })
        })
    });
    let words = |id: Memo<Option<Id>>| {
        Signal::derive(move || id.get().map(|id| id.to_string()).unwrap_or_default())
    };
    let add = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let (Some(from), Some(to)) = (from.get_untracked(), to.get_untracked()) else {
            return;
        };
        let polarity = match sign.get_untracked().as_str() {
            "+" => Polarity::Positive,
            "-" => Polarity::Negative,
            _ => Polarity::Unknown,
        };
        let tick = delay.get_untracked();
        let delay = match tick.as_ref().is_some_and(|tick| tick.checked()) {
            true => Delay::Delayed,
            false => Delay::None,
        };
        dispatch(
            app,
            Event::Do(Command::AddLink {
                from,
                to,
                polarity,
                delay,
            }),
        );
        // Few links are delayed: the next one is so only if that is said again.
        if let Some(tick) = tick {
            tick.set_checked(false);
        }
    };
    let signs = [
        ("+", "increases (+)"),
        ("-", "decreases (−)"),
        ("?", "affects (?)"),
    ];
    let signs = signs.map(|(sign, words)| (sign.to_owned(), words.to_owned()));
    view! {
        <Show when=move || !variables.with(Vec::is_empty)>
            <form class="add-link" on:submit=add aria-label="New link">
                // The effect is another variable than the cause, unless a person wants it so.
                <Choice
                    options
                    chosen=words(from)
                    keep=move |typed| cause.set(typed)
                    attr:aria-label="Cause"
                />
                <Choice
                    options=signs.to_vec()
                    chosen=sign
                    keep=move |typed| sign.set(typed)
                    attr:aria-label="Polarity"
                />
                <Choice
                    options
                    chosen=words(to)
                    keep=move |typed| effect.set(typed)
                    attr:aria-label="Effect"
                />
                <label class="check">
                    <input dir="auto" type="checkbox" node_ref=delay/>
                    "delayed"
                </label>
                <button class="button" type="submit">
                    "Add link"
                </button>
            </form>
        </Show>
    }
}

/// A flow between two stations, of a kind that fits them unless one is chosen.
#[component]
pub fn AddFlow() -> impl IntoView {
    let app = use_app();
    let [from, to, kind] = [const { "" }; 3].map(|none| RwSignal::new(none.to_owned()));
    let stations = Memo::new(move |_| {
        app.document.track();
        rows(app, ElementKind::Station, "").0
    });
    let options = move |first: &'static str| {
        Signal::derive(move || {
            let rows = stations.get().into_iter();
            let rows = rows.map(|row| (row.id.to_string(), row.words));
            let none = [(String::new(), first.to_owned())];
            none.into_iter().chain(rows).collect()
        })
    };
    let kinds = FLOW_KINDS.iter().enumerate();
    let kinds = kinds.map(|(place, (_, words))| (place.to_string(), (*words).to_owned()));
    let fitting = [(String::new(), "Kind that fits".to_owned())];
    let kinds: Vec<_> = fitting.into_iter().chain(kinds).collect();
    let add = move |_| {
        let id = |chosen: RwSignal<String>| chosen.get_untracked().parse::<Id>().ok();
        let (Some(from), Some(to)) = (id(from), id(to)) else {
            notify::announce(app, "Choose where the flow starts and ends");
            return;
        };
        let place: Option<usize> = kind.get_untracked().parse().ok();
        let chosen = place
            .and_then(|place| FLOW_KINDS.get(place))
            .map(|(kind, _)| *kind);
        let kind = chosen
            .unwrap_or_else(|| app.with(|core| flow_between(core.editor.document(), from, to)));
        dispatch(app, Event::Do(Command::AddFlow { from, to, kind }));
    };
    view! {
        <div class="add-link" role="group" aria-label="New flow">
            <Choice
                options=options("From")
                chosen=from
                keep=move |typed| from.set(typed)
                attr:aria-label="From"
            />
            <Choice
                options=kinds
                chosen=kind
                keep=move |typed| kind.set(typed)
                attr:aria-label="Kind of flow"
            />
            <Choice
                options=options("To")
                chosen=to
                keep=move |typed| to.set(typed)
                attr:aria-label="To"
            />
            <button class="button" on:click=add>
                "Add flow"
            </button>
        </div>
    }
}
