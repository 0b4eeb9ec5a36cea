//! The table of a variable: its kind, its plot, its points as numbers, and pasting from a spreadsheet.

use leptos::ev;
use leptos::prelude::*;

use super::plot::{CHOSEN, Plot};
use super::tell;
use crate::app::browser::focus_soon;
use crate::app::components::field::InputField;
use crate::app::components::panels::fold::{Fold, Shown};
use crate::app::components::panels::stream::Pick;
use crate::app::services::notify;
use crate::app::state::{App, use_app};
use crate::editor::{
    Command, fit_table, pasted_notes, pasted_table, table_notes, typed_number, with_point_after,
    without_point,
};
use crate::model::{Id, TableFunction, TableKind, TablePoint, Variable};

/// How a table is read between its points and beyond them.
const KINDS: [(TableKind, &str); 3] = [
    (TableKind::Continuous, "Straight between points"),
    (TableKind::Steps, "Steps"),
    (TableKind::Extrapolated, "Straight, and on beyond the ends"),
];

/// How many points have fields at once: those around the chosen one.
const FIELDS: usize = 50;

/// The part of the table.
#[component]
pub fn TablePart(id: Id, variable: Memo<Variable>) -> impl IntoView {
    let has_table = variable.with_untracked(|variable| variable.table.is_some());
    let first = if has_table {
        Shown::Open
    } else {
        Shown::Closed
    };
    view! {
        <Fold title="Table" id="table" first>
            <Table id variable/>
        </Fold>
    }
}

/// Gives a variable these points; it keeps the kind of its table.
fn set_points(app: App, id: Id, points: Vec<TablePoint>) {
    let kind = app.with(|core| {
        let variable = core.editor.document().variables().get(&id);
        let table = variable.and_then(|variable| variable.table.as_ref());
        table.map(|table| table.kind).unwrap_or_default()
    });
    let table = TableFunction {
        kind,
        points: points.into(),
    };
    tell(app, Command::SetTable(id, Some(table)));
}

#[component]
fn Table(id: Id, variable: Memo<Variable>) -> impl IntoView {
    let app = use_app();
    let has_table = Memo::new(move |_| variable.with(|variable| variable.table.is_some()));
    let has_equation = move || variable.with(|variable| !variable.equation.trim().is_empty());
    let begin = move |_| {
        set_points(app, id, vec![(0.0, 0.0), (0.5, 0.5), (1.0, 1.0)]);
        focus_soon(CHOSEN);
    };
    view! {
        <p class="muted">
            {move || match has_equation() {
                true => "It gives the value for each value of the equation.",
                false => "Without an equation it is a function: other equations call it by its name.",
            }}
        </p>
        <Show
            when=move || has_table.get()
            fallback=move || {
                view! {
                    <button class="button" on:click=begin>
                        "Add a table"
                    </button>
                }
            }
        >
            <Filled id variable/>
        </Show>
        <Pasting id/>
    }
}

/// A table that has points.
#[component]
fn Filled(id: Id, variable: Memo<Variable>) -> impl IntoView {
    let app = use_app();
    let table = Memo::new(move |_| variable.with(|variable| variable.table.clone()));
    let points = Memo::new(move |_| {
        table
            .with(|table| table.as_ref().map(|table| table.points.to_vec()))
            .unwrap_or_default()
    });
    let kind = Signal::derive(move || {
        table
            .with(|table| table.as_ref().map(|table| table.kind))
            .unwrap_or_default()
    });
    let chosen = RwSignal::new(0_usize);
    let set_kind = move |kind| {
        let table = table.get_untracked();
        let table = table.map(|table| TableFunction { kind, ..table });
        tell(app, Command::SetTable(id, table));
    };
    let add = move |_| {
        let (points, place) =
            points.with_untracked(|points| with_point_after(points, chosen.get_untracked()));
        set_points(app, id, points);
        chosen.set(place);
        focus_soon(CHOSEN);
    };
    let remove = move |place: usize| {
        set_points(
            app,
            id,
            points.with_untracked(|points| without_point(points, place)),
        );
        let last = points.with_untracked(Vec::len).saturating_sub(1);
        chosen.update(|chosen| *chosen = (*chosen).min(last));
    };
    view! {
        <Pick
            label="Kind of table"
            list=&KINDS
            now=kind
            keep=set_kind
        />
        <Plot
            points
            chosen
            keep=move |points| set_points(app, id, points)
            remove=move |place| remove(place)
        />
        <Fields id points chosen remove=move |place| remove(place)/>
        <p class="muted">
            {move || table_notes(&points.get(), kind.get()).join(". ")}
        </p>
        <div class="table-buttons">
            <button class="button" on:click=add>
                "Add a point"
            </button>
            <button class="button" on:click=move |_| tell(app, Command::SetTable(id, None))>
                "Remove the table"
            </button>
        </div>
    }
}

/// The numbers of the points around the chosen one, with ways to those before and after them.
#[component]
fn Fields(
    id: Id,
    points: Memo<Vec<TablePoint>>,
    chosen: RwSignal<usize>,
    #[prop(into)] remove: Callback<usize>,
) -> impl IntoView {
    let count = Memo::new(move |_| points.with(Vec::len));
    let first =
        Memo::new(move |_| chosen.get().min(count.get().saturating_sub(1)) / FIELDS * FIELDS);
    let end = move || (first.get() + FIELDS).min(count.get());
    view! {
        <Show when=move || { count.get() > FIELDS }>
            <div class="table-buttons" role="group" aria-label="Which points have fields">
                <button
                    class="button"
                    disabled=move || first.get() == 0
                    on:click=move |_| chosen.set(first.get_untracked().saturating_sub(FIELDS))
                >
                    "Earlier"
                </button>
                <button
                    class="button"
                    disabled=move || end() == count.get()
                    on:click=move |_| chosen.set(first.get_untracked() + FIELDS)
                >
                    "Later"
                </button>
                <span class="muted" role="status">
                    {move || format!("{} to {} of {} points", first.get() + 1, end(), count.get())}
                </span>
            </div>
        </Show>
        <div class="table-points" role="group" aria-label="Points">
            <For each=move || first.get()..end() key=|place| *place let:place>
                <PointFields id place points chosen remove/>
            </For>
        </div>
    }
}

/// The numbers of one point.
#[component]
fn PointFields(
    id: Id,
    place: usize,
    points: Memo<Vec<TablePoint>>,
    chosen: RwSignal<usize>,
    #[prop(into)] remove: Callback<usize>,
) -> impl IntoView {
    let app = use_app();
    let point = Memo::new(move |_| {
        points
            .with(|points| points.get(place).copied())
            .unwrap_or_default()
    });
    let keep = move |change: fn(&mut TablePoint, f64), typed: String| {
        let Some(number) = typed_number(&typed) else {
            notify::announce(app, "That is no number".to_owned());
            return;
        };
        let mut points = points.get_untracked();
        if let Some(point) = points.get_mut(place) {
            change(point, number);
            set_points(app, id, points);
        }
    };
    let field = move |name: &str, value: Signal<String>, change: fn(&mut TablePoint, f64)| {
        view! {
            <InputField
                value
                keep=move |typed| keep(change, typed)
                attr:class="field"
                attr:aria-label=format!("{name} of point {}", place + 1)
                attr:inputmode="decimal"
                attr:autocomplete="off"
                on:focus=move |_| chosen.set(place)
            />
        }
    };
    let x = Signal::derive(move || point.get().0.to_string());
    let y = Signal::derive(move || point.get().1.to_string());
    let is_needed = move || points.with(Vec::len) <= 2;
    view! {
        <div class="table-point">
            {field("x", x, |point, number| point.0 = number)}
            {field("y", y, |point, number| point.1 = number)}
            <button
                class="icon-button"
                aria-label=format!("Remove point {}", place + 1)
                disabled=is_needed
                on:click=move |_| remove.run(place)
            >
                "\u{d7}"
            </button>
        </div>
    }
}

/// A field that takes two columns.
#[component]
fn Pasting(id: Id) -> impl IntoView {
    let app = use_app();
    let typed = RwSignal::new(String::new());
    let refused = RwSignal::new(None::<String>);
    // Whether there was a table in the text.
    let take = move |text: &str| {
        let read = pasted_table(text);
        let count = read.points.len();
        if count < 2 {
            let nothing = "There are no two columns of numbers in it";
            refused.set((!text.trim().is_empty()).then(|| nothing.to_owned()));
            return false;
        }
        let notes = pasted_notes(&read);
        let table = TableFunction {
            kind: TableKind::default(),
            points: read.points.into(),
        };
        if let Err(unfit) = fit_table(table.clone()) {
            refused.set(Some(unfit.to_string()));
            return false;
        }
        set_points(app, id, table.points.to_vec());
        notify::announce(app, format!("{count} points"));
        refused.set((!notes.is_empty()).then(|| notes.join(". ")));
        true
    };
    let on_paste = move |event: ev::ClipboardEvent| {
        let text = event
            .clipboard_data()
            .and_then(|data| data.get_data("text").ok());
        if text.is_some_and(|text| take(&text)) {
            event.prevent_default();
        }
    };
    let on_change = move |event: ev::Event| {
        typed.set(event_target_value(&event));
        if take(&event_target_value(&event)) {
            typed.set(String::new());
        }
    };
    view! {
        <label class="equation-label">
            <span>"Paste from a spreadsheet"</span>
            <textarea
                class="field table-paste"
                dir="ltr"
                rows="2"
                spellcheck="false"
                placeholder="two columns: x and y"
                prop:value=move || typed.get()
                on:change=on_change
                on:paste=on_paste
            ></textarea>
        </label>
        <p class="equation-fault trouble" role="status">
            {move || refused.get()}
        </p>
    }
}
