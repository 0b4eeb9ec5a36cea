//! The equation of a variable, to be read only.

use leptos::prelude::*;

use super::plot::Plot;
use super::{label_of, variable_of};
use crate::app::services::equation;
use crate::app::state::use_app;
use crate::model::{Id, VariableKind};

/// What a variable is, without fields.
#[component]
pub fn Shown(id: Id) -> impl IntoView {
    let app = use_app();
    let known = equation::known(app, id);
    let variable = variable_of(app, id);
    let words = Memo::new(move |_| {
        app.document.track();
        app.with(|core| core.editor.describe(id))
    });
    let rows = move || {
        let variable = variable.get();
        let own = Some(variable.equation).filter(|equation| !equation.trim().is_empty());
        let range = variable
            .range
            .map(|range| format!("{} to {}", range.least, range.most));
        let never = variable.non_negative && variable.kind != VariableKind::Plain;
        let rows = [
            (
                label_of(variable.kind),
                own.or_else(|| known.with(|known| known.as_ref()?.stated.clone())),
            ),
            (
                "",
                known.with(|known| known.as_ref().and_then(|view| view.taken.clone())),
            ),
            ("Units", Some(variable.units)),
            ("Range", range),
            ("", never.then(|| "Never below 0".to_owned())),
            ("Note", Some(variable.remark)),
        ];
        let rows = rows.into_iter();
        let rows =
            rows.filter_map(|(term, words)| Some((term, words.filter(|text| !text.is_empty())?)));
        rows.map(|(term, words)| {
            view! {
                <p class="equation-row">
                    <span class="muted">{term}</span>
                    " "
                    <bdi>{words}</bdi>
                </p>
            }
        })
        .collect_view()
    };
    let points = Signal::derive(move || {
        variable.with(|variable| variable.table.as_ref().map(|table| table.points.to_vec()))
    });
    view! {
        <section class="equation" aria-label="Equation">
            <h3 dir="auto">{move || words.get()}</h3>
            {rows}
            <Show when=move || points.with(Option::is_some)>
                <Plot
                    points=Signal::derive(move || points.get().unwrap_or_default())
                    chosen=RwSignal::new(0)
                />
            </Show>
        </section>
    }
}
