//! Figures of a report, each with its formula, its inputs and its source behind a button.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::app::dispatch::dispatch;
use crate::app::state::use_app;
use crate::editor::Event;
use crate::worker::{FigureInput, FigureRow};

/// The figures. Keyed by name: an explanation stays open when the number changes.
#[component]
pub fn Figures(
    /// Their rows.
    rows: Memo<Vec<FigureRow>>,
) -> impl IntoView {
    let names = move || {
        rows.with(|rows| {
            let names = rows.iter().map(|row| row.name.clone());
            names.collect::<Vec<_>>()
        })
    };
    view! {
        <ul class="figures">
            <For each=names key=Clone::clone let:name>
                <Figure rows name/>
            </For>
        </ul>
    }
}

#[component]
fn Figure(rows: Memo<Vec<FigureRow>>, name: String) -> impl IntoView {
    let open = RwSignal::new(false);
    let shown = name.clone();
    let row = Memo::new(move |before: Option<&Option<FigureRow>>| {
        let now = rows.with(|rows| rows.iter().find(|row| row.name == name).cloned());
        now.or_else(|| before.cloned().flatten())
    });
    let of = move |read: fn(&FigureRow) -> &str| {
        move || row.with(|row| row.as_ref().map(|row| read(row).to_owned()))
    };
    let status = of(|row| &row.status);
    let inputs = Memo::new(move |_| {
        row.with(|row| row.as_ref().map(|row| row.inputs.clone()))
            .unwrap_or_default()
    });
    view! {
        <li>
            <button
                class="figure"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <span class="figure-name">{shown}</span>
                <span class="figure-value">{of(|row| &row.value)}</span>
                <span class=move || {
                    let status = status().unwrap_or_default();
                    format!("figure-status status-{}", status_class(&status))
                }>{status}</span>
            </button>
            <Show when=move || open.get()>
                <div class="figure-detail">
                    <p>{of(|row| &row.formula)}</p>
                    <ul class="inputs" aria-label="Inputs">
                        <For
                            each=move || inputs.get().into_iter().enumerate()
                            key=|(place, input)| (*place, input.record)
                            let((place, _))
                        >
                            <InputRow inputs place/>
                        </For>
                    </ul>
                    <p class="muted">{of(|row| &row.source)}</p>
                </div>
            </Show>
        </li>
    }
}

#[component]
fn InputRow(inputs: Memo<Vec<FigureInput>>, place: usize) -> impl IntoView {
    let app = use_app();
    let input = Memo::new(move |_| inputs.with(|inputs| inputs.get(place).cloned()));
    let select = move |_| {
        if let Some(input) = input.get_untracked() {
            dispatch(app, Event::Select(BTreeSet::from([input.record])));
        }
    };
    view! {
        <li>
            <button class="input-link" on:click=select>
                {move || input.get().map(|input| input.words)}
            </button>
        </li>
    }
}

/// The class that gives a status its colour.
fn status_class(status: &str) -> &'static str {
    match status {
        "unknown" => "unknown",
        "exact" => "exact",
        _ => "other",
    }
}
