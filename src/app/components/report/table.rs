//! Tables of a report.

use leptos::prelude::*;

use crate::worker::Table;

/// A table with a head; nothing where it has no rows. A wide one scrolls by itself, also by the
/// keyboard.
#[component]
pub fn TableView(
    /// The table.
    #[prop(into)]
    table: Signal<Table>,
) -> impl IntoView {
    let heads = move || {
        let heads = table.with(|table| table.heads.clone()).into_iter();
        heads
            .map(|head| view! { <th scope="col">{head}</th> })
            .collect_view()
    };
    let rows = move || {
        let rows = table.with(|table| table.rows.clone()).into_iter();
        rows.map(|row| {
            let mut cells = row.into_iter();
            let name = cells.next();
            view! {
                <tr>
                    {name.map(|name| view! { <th scope="row">{name}</th> })}
                    {cells.map(|cell| view! { <td>{cell}</td> }).collect_view()}
                </tr>
            }
        })
        .collect_view()
    };
    view! {
        <Show when=move || table.with(|table| !table.rows.is_empty())>
            <div class="table-frame" tabindex="0" role="group" aria-label="Table">
                <table class="table">
                    <thead>
                        <tr>{move || heads()}</tr>
                    </thead>
                    <tbody>{move || rows()}</tbody>
                </table>
            </div>
        </Show>
    }
}
