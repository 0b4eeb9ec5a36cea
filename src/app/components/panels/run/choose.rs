//! What the chart shows: variables, axes.

use leptos::prelude::*;

use super::follow_run;
use crate::app::components::field::{Choice, InputField};
use crate::app::services::run;
use crate::app::state::use_app;
use crate::model::Id;
use crate::worker::ScalesWanted;

/// From how many variables on they can be filtered.
const MANY: usize = 12;

/// The variables of the chart, and its axes.
#[component]
pub fn Choose() -> impl IntoView {
    let app = use_app();
    let filter = RwSignal::new(String::new());
    let variables = follow_run(app, |view| {
        let variables = view.variables.iter();
        variables
            .map(|one| match one.is_known {
                true => (one.id, one.name.clone()),
                false => (one.id, format!("{} (unknown)", one.name)),
            })
            .collect::<Vec<_>>()
    });
    let shown = follow_run(app, |view| view.shown.clone());
    let rows = move || {
        let words = filter.get().to_lowercase();
        let all = variables.get().into_iter();
        all.filter(|(_, name)| name.to_lowercase().contains(&words))
            .collect::<Vec<_>>()
    };
    let toggle = move |id: Id| {
        let mut chosen = shown.get_untracked();
        match chosen.iter().position(|one| *one == id) {
            Some(place) => {
                chosen.remove(place);
            }
            None => chosen.push(id),
        }
        run::choose(app, |choice| choice.variables = chosen);
    };
    let scales = [
        ("shared", "One axis for all"),
        ("own", "Each variable its own"),
    ];
    let scales = scales.map(|(value, words)| (value.to_owned(), words.to_owned()));
    let against = move || {
        let time = [(String::new(), "Time".to_owned())];
        let all = variables
            .get()
            .into_iter()
            .map(|(id, name)| (id.to_string(), name));
        time.into_iter().chain(all).collect::<Vec<_>>()
    };
    let is_many = Memo::new(move |_| variables.with(|all| all.len() > MANY));
    view! {
        <div class="run-choose">
            <Show when=move || is_many.get()>
                <InputField
                    value=filter
                    attr:class="field"
                    attr:r#type="search"
                    attr:aria-label="Filter the variables"
                    attr:placeholder="Filter"
                    on:input=move |event| filter.set(event_target_value(&event))
                />
            </Show>
            <ul class="run-variables" aria-label="Variables of the chart">
                <For each=rows key=|(id, name)| (*id, name.clone()) let((id, name))>
                    <li>
                        <label>
                            <input
                                type="checkbox"
                                prop:checked=move || shown.with(|shown| shown.contains(&id))
                                on:change=move |_| toggle(id)
                            />
                            <span dir="auto">{name}</span>
                        </label>
                    </li>
                </For>
            </ul>
            <label class="run-pair">
                <span>"Lower axis"</span>
                <Choice
                    options=Signal::derive(against)
                    chosen=Signal::derive(move || {
                        let against = app.run_choice.with(|choice| choice.against);
                        against.map(|id| id.to_string()).unwrap_or_default()
                    })
                    keep=move |value: String| {
                        let id = value.parse().ok();
                        run::choose(app, |choice| choice.against = id);
                    }
                />
            </label>
            <label class="run-pair">
                <span>"Upright axis"</span>
                <Choice
                    options=scales.to_vec()
                    chosen=Signal::derive(move || {
                        let scales = app.run_choice.with(|choice| choice.scales);
                        match scales {
                            ScalesWanted::Shared => "shared".to_owned(),
                            ScalesWanted::Own => "own".to_owned(),
                        }
                    })
                    keep=move |value: String| {
                        let scales = match value.as_str() {
                            "own" => ScalesWanted::Own,
                            _ => ScalesWanted::Shared,
                        };
                        run::choose(app, |choice| choice.scales = scales);
                    }
                />
            </label>
        </div>
    }
}
