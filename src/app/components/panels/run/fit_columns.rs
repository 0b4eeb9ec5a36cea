//! Tables of measurements: pasted or opened, each column matched to a variable, with its error.

use leptos::prelude::*;

use super::follow_run;
use crate::app::browser::files::pick_text;
use crate::app::components::field::{Choice, InputField, TextArea};
use crate::app::components::icon::IconButton;
use crate::app::services::run;
use crate::app::state::{App, use_app};
use crate::model::{exact_text, isolated};
use crate::worker::{FitChoice, FitColumn};

/// The value of the choice that passes a column over.
const PASSED: &str = "";

/// Changes the text of a table, and asks for its columns.
fn change(app: App, place: usize, text: String) {
    app.measured.update(|measured| {
        if measured.tables.len() <= place {
            measured.tables.resize(place + 1, String::new());
        }
        if measured.tables[place] != text {
            // What was chosen is of columns that may be no more.
            measured.choices.retain(|one| one.table as usize != place);
            measured.tables[place] = text;
        }
    });
    run::match_columns(app);
}

/// Takes a table out; those after it move up.
fn remove(app: App, place: usize) {
    app.measured.update(|measured| {
        if place >= measured.tables.len() {
            return;
        }
        measured.tables.remove(place);
        measured.choices.retain(|one| one.table as usize != place);
        for one in &mut measured.choices {
            if one.table as usize > place {
                one.table -= 1;
            }
        }
    });
    run::match_columns(app);
}

/// The tables: one at least, and more by a button.
#[component]
pub fn Tables() -> impl IntoView {
    let app = use_app();
    let count = Memo::new(move |_| app.measured.with(|measured| measured.tables.len().max(1)));
    let table = move |place: usize| {
        let text = Memo::new(move |_| {
            app.measured
                .with(|measured| measured.tables.get(place).cloned().unwrap_or_default())
        });
        let label = match place {
            0 => "Table of measurements".to_owned(),
            place => format!("Table of measurements {}", place + 1),
        };
        view! {
            <TextArea
                value=text
                keep=move |typed: String| change(app, place, typed)
                attr:class="field run-table"
                attr:rows="5"
                attr:aria-label=label
                attr:placeholder="week\tUsers"
                attr:spellcheck="false"
            />
            <div class="button-row">
                <button
                    class="button"
                    on:click=move |_| {
                        pick_text(Box::new(move |_, text| change(app, place, text)));
                    }
                >
                    "Open a table"
                </button>
                <Show when=move || { count.get() > 1 }>
                    <IconButton
                        picture=icondata_lu::LuTrash2
                        name=format!("Take out table {}", place + 1)
                        title="Take it out"
                        on:click=move |_| remove(app, place)
                    />
                </Show>
            </div>
        }
    };
    let add = move |_| {
        app.measured.update(|measured| {
            let count = measured.tables.len().max(1);
            measured.tables.resize(count + 1, String::new());
        });
    };
    view! {
        <p class="muted">
            "Paste a table: times in the first column, each other column with the name of a variable in \
             its head. Several columns and several tables are fitted at once."
        </p>
        <For each=move || 0..count.get() key=|place| *place children=table/>
        <div class="button-row">
            <button class="button" on:click=add>
                "Add a table"
            </button>
        </div>
    }
}

/// The columns of all tables: what each is of, and how well it was measured.
#[component]
pub fn Columns() -> impl IntoView {
    let app = use_app();
    let columns = Memo::new(move |_| app.measured.with(|measured| measured.columns.clone()));
    let has_many =
        Memo::new(move |_| columns.with(|columns| columns.iter().any(|column| column.table > 0)));
    let variables = follow_run(app, |view| {
        let all = view.variables.iter();
        all.map(|one| one.name.clone()).collect::<Vec<_>>()
    });
    view! {
        <Show when=move || columns.with(|columns| !columns.is_empty())>
            <ul class="run-columns" aria-label="Columns of the tables">
                <For each=move || columns.get() key=Clone::clone let:column>
                    <ColumnRow column variables has_many/>
                </For>
            </ul>
        </Show>
    }
}

/// A column: its head, its variable, and the error of measuring.
#[component]
fn ColumnRow(
    column: FitColumn,
    variables: Memo<Vec<String>>,
    has_many: Memo<bool>,
) -> impl IntoView {
    let app = use_app();
    let key = (column.table, column.column);
    let matched = column.matched.clone();
    let own = FitChoice {
        table: column.table,
        column: column.column,
        output: matched.clone(),
        error: None,
    };
    let own = StoredValue::new(own);
    let choice = Memo::new(move |_| {
        let chosen = app.measured.with(|measured| {
            let mut all = measured.choices.iter();
            all.find(|one| (one.table, one.column) == key).cloned()
        });
        chosen.unwrap_or_else(|| own.get_value())
    });
    let alter = move |alter: &dyn Fn(&mut FitChoice)| {
        let mut changed = choice.get_untracked();
        alter(&mut changed);
        app.measured.update(|measured| {
            measured
                .choices
                .retain(|one| (one.table, one.column) != key);
            measured.choices.push(changed);
        });
    };
    let options = Signal::derive(move || {
        let passed = [(PASSED.to_owned(), "Passed over".to_owned())];
        // One with elements is matched by the name of a column of a run.
        let matched = matched.clone().into_iter();
        let known = variables.get().into_iter();
        let mut names: Vec<String> = known.chain(matched).collect();
        names.sort_by_key(|name| name.to_lowercase());
        names.dedup_by_key(|name| name.to_lowercase());
        let names = names.into_iter().map(|name| (name.clone(), name));
        passed.into_iter().chain(names).collect::<Vec<_>>()
    });
    let chosen = Signal::derive(move || {
        let output = choice.with(|choice| choice.output.clone());
        // The choice has the names as they are drawn.
        let output = output.unwrap_or_default();
        let of_variables = variables.with(|names| {
            let mut names = names.iter();
            let same = names.find(|name| name.to_lowercase() == output.to_lowercase());
            same.cloned()
        });
        of_variables.unwrap_or(output)
    });
    let wrong = RwSignal::new(false);
    let keep_error = move |typed: String| match typed.trim().replace(',', ".").as_str() {
        "" => {
            wrong.set(false);
            alter(&|choice| choice.error = None);
        }
        typed => match typed.parse::<f64>() {
            Ok(error) if error > 0.0 && error.is_finite() => {
                wrong.set(false);
                alter(&|choice| choice.error = Some(error));
            }
            _ => wrong.set(true),
        },
    };
    let head = column.head.clone();
    let table = column.table + 1;
    let numbers = match column.numbers {
        1 => "1 number".to_owned(),
        count => format!("{count} numbers"),
    };
    let label = isolated(&head).into_owned();
    let of = label.clone();
    view! {
        <li class="run-column">
            <span>
                <span dir="auto">{head}</span>
                " "
                <span class="muted">
                    {numbers} {move || has_many.get().then(|| format!(", table {table}"))}
                </span>
            </span>
            <Choice
                options
                chosen
                keep=move |name: String| {
                    alter(&|choice| {
                        choice.output = Some(name.clone()).filter(|name| name != PASSED);
                    });
                }
                attr:aria-label=format!("Variable of {of}")
            />
            <InputField
                value=Signal::derive(move || {
                    let error = choice.with(|choice| choice.error);
                    error.map(exact_text).unwrap_or_default()
                })
                keep=keep_error
                attr:class="field"
                attr:inputmode="decimal"
                attr:autocomplete="off"
                attr:placeholder="error of measuring"
                attr:aria-label=format!("Error of measuring of {label}")
            />
            <Show when=move || wrong.get()>
                <p class="trouble" role="alert">
                    "a number above 0 is needed, or nothing"
                </p>
            </Show>
        </li>
    }
}
