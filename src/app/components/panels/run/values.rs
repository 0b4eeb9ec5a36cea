//! The values of the chart as a table.

use leptos::prelude::*;

use super::chart::value_words;
use crate::app::components::report::TableView;
use crate::app::state::use_app;
use crate::model::number_text;
use crate::worker::Table;

/// The most rows that are shown; the file has all.
const MOST_ROWS: usize = 60;

/// A table of the lines of the chart.
#[component]
pub fn Values() -> impl IntoView {
    let app = use_app();
    let table = Memo::new(move |_| {
        app.run.with(|view| {
            let names = view.lines.iter().map(|line| line.name.as_str());
            let heads: Vec<&str> = std::iter::once("Time").chain(names).collect();
            let every = view.times.len().div_ceil(MOST_ROWS).max(1);
            let rows = view.times.iter().enumerate().step_by(every);
            let rows = rows.map(|(row, time)| {
                let lines = view.lines.iter();
                let values = lines.map(|line| value_words(line.values.get(row).copied()));
                std::iter::once(number_text(*time)).chain(values).collect()
            });
            Table::new(&heads, rows.collect())
        })
    });
    let is_thinned = move || app.run.with(|view| view.times.len() > MOST_ROWS);
    view! {
        <TableView table/>
        <Show when=is_thinned>
            <p class="muted">"Some rows are left out here. Export values has them all."</p>
        </Show>
    }
}
