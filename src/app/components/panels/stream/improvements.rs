//! Saved improvements beside today: what each would do, which one the canvas shows, and what can be
//! done with each.

use leptos::prelude::*;

use super::try_out::TryOut;
use crate::app::components::icon::{Icon, IconButton};
use crate::app::services::experiments;
use crate::app::services::improvements as service;
use crate::app::state::{App, Page, use_app};
use crate::model::{Id, in_sentence, isolated};
use crate::worker::{ImprovementRow, Showing};

/// Which row, whatever it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum RowKey {
    Today,
    Saved(Id),
    Tried,
}

impl RowKey {
    const fn of(which: &Showing) -> Self {
        match which {
            Showing::Today => Self::Today,
            Showing::Saved(id) => Self::Saved(*id),
            Showing::Tried(_) => Self::Tried,
        }
    }
}

/// The improvements of the stream: compared, kept, and tried.
#[component]
pub fn Improvements() -> impl IntoView {
    let app = use_app();
    // The worker answers between two frames.
    Effect::new(move |_| {
        app.document.track();
        app.stream.track();
        app.selection.track();
        app.trying.track();
        service::request(app);
    });
    view! {
        <Compared/>
        {(app.page == Page::Editor)
            .then(|| {
                view! {
                    <Saved/>
                    <TryOut/>
                }
            })}
    }
}

/// Today, what is saved and what is tried, side by side.
#[component]
fn Compared() -> impl IntoView {
    let app = use_app();
    let keys = Memo::new(move |_| {
        app.improvements.with(|table| {
            let rows = table.rows.iter();
            rows.map(|row| RowKey::of(&row.which)).collect::<Vec<_>>()
        })
    });
    let columns = Memo::new(move |_| app.improvements.with(|table| table.columns.clone()));
    let note = Memo::new(move |_| app.improvements.with(|table| table.note.clone()));
    let heads = move || {
        let columns = columns.get().into_iter();
        columns
            .map(|head| {
                view! {
                    <th scope="col" role="columnheader">
                        {head}
                    </th>
                }
            })
            .collect_view()
    };
    view! {
        <Show when=move || keys.with(|keys| !keys.is_empty())>
            <div
                class="table-frame improvements"
                tabindex="0"
                role="group"
                aria-label="Improvements beside today"
            >
                // Its rows are drawn as blocks, which takes from a browser what they are.
                <table class="table" role="table">
                    <thead role="rowgroup">
                        <tr role="row">
                            <th scope="col" role="columnheader">
                                "Improvement"
                            </th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody role="rowgroup">
                        <For each=move || keys.get() key=|key| *key let:key>
                            <ComparedRow key columns/>
                        </For>
                    </tbody>
                </table>
            </div>
            <p class="muted">{move || note.get()}</p>
        </Show>
    }
}

/// One row: its name chooses it for the canvas.
#[component]
fn ComparedRow(
    /// Which.
    key: RowKey,
    /// The heads of the columns.
    columns: Memo<Vec<String>>,
) -> impl IntoView {
    let app = use_app();
    let row: Memo<Option<ImprovementRow>> = Memo::new(move |_| {
        app.improvements.with(|table| {
            let mut rows = table.rows.iter();
            rows.find(|row| RowKey::of(&row.which) == key).cloned()
        })
    });
    let name = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.name.clone())));
    let is_shown = Memo::new(move |_| app.showing.with(|showing| RowKey::of(showing) == key));
    let choose = move |_| {
        if let Some(row) = row.get_untracked() {
            let is_on = RowKey::of(&app.showing.get_untracked()) == key;
            let which = if is_on { Showing::Today } else { row.which };
            service::show(app, which, &row.name);
        }
    };
    let cells = move || {
        let cells = row.get().map(|row| row.cells).unwrap_or_default();
        cells
            .into_iter()
            .zip(columns.get())
            .map(|(cell, head)| {
                let difference = Some(cell.difference).filter(|words| !words.is_empty());
                let status = Some(cell.status).filter(|status| *status != cell.value);
                view! {
                    <td role="cell" data-label=head>
                        <span>
                            <span class="cell-value">{cell.value}</span>
                            {difference.map(|words| view! { " " <span>{words}</span> })}
                            {status
                                .map(|words| view! { " " <span class="cell-status">{words}</span> })}
                        </span>
                    </td>
                }
            })
            .collect_view()
    };
    view! {
        <tr role="row" class:improvement-shown=move || is_shown.get()>
            <th scope="row" role="rowheader">
                <button
                    class="improvement-name"
                    aria-pressed=move || is_shown.get().to_string()
                    data-tip="Show on the canvas"
                    on:click=choose
                >
                    {move || name.get()}
                </button>
            </th>
            {cells}
        </tr>
    }
}

/// The saved improvements with what each changes, and what can be done with it.
#[component]
fn Saved() -> impl IntoView {
    let app = use_app();
    let saved = Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let improvements = core.editor.document().improvements_in_order();
            improvements.iter().map(|(id, _)| *id).collect::<Vec<_>>()
        })
    });
    view! {
        <ul class="improvement-list" aria-label="Saved improvements">
            <For each=move || saved.get() key=|id| *id let:id>
                <SavedRow id/>
            </For>
        </ul>
        <button class="button" on:click=move |_| service::begin(app)>
            "New improvement on the canvas"
        </button>
    }
}

#[component]
fn SavedRow(id: Id) -> impl IntoView {
    let app = use_app();
    let name = Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let improvement = core.editor.document().improvements().get(&id);
            improvement.map(|one| one.name.clone()).unwrap_or_default()
        })
    });
    let title = move || match name.get().trim() {
        "" => "Unnamed improvement".to_owned(),
        name => isolated(name).into_owned(),
    };
    let spoken = move || in_sentence(&name.get());
    let changes = Memo::new(move |_| changes_of(app, id));
    let words = move || match changes.get() {
        changes if changes.is_empty() => vec!["Changes nothing.".to_owned()],
        changes => changes,
    };
    view! {
        <li class="improvement">
            <div class="improvement-head">
                <span class="improvement-title">{title}</span>
                <IconButton
                    picture=icondata_lu::LuPencil
                    name=move || format!("Edit {}", spoken())
                    title="Edit or rename"
                    on:click=move |_| service::edit(app, id)
                />
                <IconButton
                    picture=icondata_lu::LuCopy
                    name=move || format!("Duplicate {}", spoken())
                    title="Duplicate"
                    on:click=move |_| service::duplicate(app, id)
                />
                <IconButton
                    picture=icondata_lu::LuTrash2
                    name=move || format!("Remove {}", spoken())
                    title="Remove"
                    on:click=move |_| service::remove(app, id)
                />
            </div>
            <ul class="improvement-changes">
                {move || words().into_iter().map(|words| view! { <li>{words}</li> }).collect_view()}
            </ul>
            <button
                class="button"
                aria-label=move || format!("Begin an experiment: {}", spoken())
                on:click=move |_| experiments::begin_from(app, id)
            >
                <Icon picture=icondata_lu::LuFlaskConical/>
                "Experiment"
            </button>
            <button
                class="button"
                aria-label=move || format!("Make it so: {}", spoken())
                on:click=move |_| service::apply_to_map(app, id)
            >
                "Make it so"
            </button>
        </li>
    }
}

/// What a saved improvement changes, in the words of its row.
fn changes_of(app: App, id: Id) -> Vec<String> {
    app.improvements.with(|table| {
        let mut rows = table.rows.iter();
        let row = rows.find(|row| RowKey::of(&row.which) == RowKey::Saved(id));
        row.map(|row| row.changes.clone()).unwrap_or_default()
    })
}
