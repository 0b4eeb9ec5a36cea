//! The measures of all steps as a sheet: a row for each step, in the order of flow. Tab and Enter go
//! on as in a spreadsheet, and what is copied in one is pasted as a block.

use std::collections::BTreeMap;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element as PageElement, HtmlInputElement};

use super::follow;
use super::name_of;
use crate::app::browser::key_name;
use crate::app::components::field::InputField;
use crate::app::dispatch::dispatch;
use crate::app::services::{improvements, notify};
use crate::app::state::{App, use_app};
use crate::app::text::counted;
use crate::editor::Event;
use crate::model::{
    Document, Id, Measure, MeasureKind, Pack, StationKind, measure_text, parse_measure,
};
use crate::scene::short_name;

/// The columns that are always there.
const COLUMNS: [MeasureKind; 4] = [
    MeasureKind::ProcessTime,
    MeasureKind::WaitingTime,
    MeasureKind::CompleteAndAccurate,
    MeasureKind::Servers,
];

/// A cell: which measure of which station.
type Cell = (Id, MeasureKind);
/// What was typed into cells that cannot be read, and why.
type Wrong = RwSignal<BTreeMap<Cell, (String, String)>>;

/// What the sheet is of.
#[derive(Clone, Debug, PartialEq)]
struct Sheet {
    steps: Vec<Id>,
    customers: Vec<Id>,
    columns: Vec<MeasureKind>,
    pack: Pack,
}

impl Sheet {
    fn of(document: &Document) -> Self {
        let order = document.flow_order();
        let kind = |id: &Id| document.stations().get(id).map(|station| station.kind);
        let of_kind = |wanted| {
            let found = order.iter().copied();
            found
                .filter(|id| kind(id) == Some(wanted))
                .collect::<Vec<Id>>()
        };
        let steps = of_kind(StationKind::Step);
        let is_stated = |measure: &&MeasureKind| {
            steps.iter().any(|id| {
                let station = document.stations().get(id);
                station.is_some_and(|station| station.measures.get(**measure).is_some())
            })
        };
        // What the map has more of.
        let more = MeasureKind::of_station(StationKind::Step).iter();
        let more = more.filter(|measure| !COLUMNS.contains(measure));
        Self {
            columns: COLUMNS
                .into_iter()
                .chain(more.filter(is_stated).copied())
                .collect(),
            customers: of_kind(StationKind::Customer),
            steps,
            pack: document.properties().stream.pack,
        }
    }
}

/// The sheet.
#[component]
pub fn Grid() -> impl IntoView {
    let app = use_app();
    let sheet = follow(app, Sheet::of);
    let wrong: Wrong = RwSignal::new(BTreeMap::new());
    let heads = move || {
        let (columns, pack) = sheet.with(|sheet| (sheet.columns.clone(), sheet.pack));
        let heads = columns.into_iter();
        heads
            .map(|measure| {
                view! {
                    <th scope="col" title=measure.title(pack)>
                        {short_name(measure, pack)}
                    </th>
                }
            })
            .collect_view()
    };
    view! {
        <section class="sheet-of-measures" aria-label="Measures of the steps">
            <div class="table-frame">
                <table class="grid" on:keydown=move_on>
                    <thead>
                        <tr>
                            <th scope="col">"Step"</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>
                        <For
                            each=move || sheet.with(|sheet| sheet.steps.clone())
                            key=|id| *id
                            let:id
                        >
                            <StepRow id sheet wrong/>
                        </For>
                    </tbody>
                </table>
            </div>
            <For each=move || sheet.with(|sheet| sheet.customers.clone()) key=|id| *id let:id>
                <Asked id sheet wrong/>
            </For>
            <p class="muted small">
                "2 h stated \u{b7} ~2 h guess \u{b7} 1-2-5 h range \u{b7} ? unknown"
            </p>
        </section>
    }
}

/// The row of a step, and below it what is wrong with what was typed into it.
#[component]
fn StepRow(id: Id, sheet: Memo<Sheet>, wrong: Wrong) -> impl IntoView {
    let app = use_app();
    let name = follow(app, move |document| name_of(document, id));
    let limits = Memo::new(move |_| app.stream.with(|view| view.constraints.contains(&id)));
    let columns = move || sheet.with(|sheet| sheet.columns.clone());
    let troubles = Memo::new(move |_| {
        wrong.with(|wrong| {
            let own = wrong.iter().filter(|((step, _), _)| *step == id);
            own.map(|((_, measure), (_, why))| format!("{}: {why}", measure.name()))
                .collect::<Vec<_>>()
        })
    });
    view! {
        <tr class:grid-constraint=move || limits.get()>
            <th scope="row">
                <button
                    class="grid-name"
                    on:click=move |_| dispatch(app, Event::Select([id].into()))
                >
                    {move || name.get()}
                </button>
            </th>
            <For each=columns key=|measure| *measure let:measure>
                <td>
                    <CellField cell=(id, measure) label=name sheet wrong/>
                </td>
            </For>
        </tr>
        <Show when=move || troubles.with(|troubles| !troubles.is_empty())>
            <tr class="grid-trouble">
                <td colspan=move || (columns().len() + 1).to_string()>
                    <p class="trouble" id=format!("grid-trouble-{id}") role="alert">
                        {move || troubles.get().join("; ")}
                    </p>
                </td>
            </tr>
        </Show>
    }
}

/// What a customer asks for.
#[component]
fn Asked(id: Id, sheet: Memo<Sheet>, wrong: Wrong) -> impl IntoView {
    let app = use_app();
    let name = follow(app, move |document| {
        let station = document.stations().get(&id);
        let name = station.map(|station| station.name.trim().to_owned());
        match name {
            Some(name) if !name.is_empty() => name,
            _ => "The customer".to_owned(),
        }
    });
    let has_products = follow(app, move |document| {
        let station = document.stations().get(&id);
        station.is_some_and(|station| station.products.iter().next().is_some())
    });
    let cell = (id, MeasureKind::Demand);
    let trouble =
        Memo::new(move |_| wrong.with(|wrong| wrong.get(&cell).map(|(_, why)| why.clone())));
    view! {
        // What is asked for of each product stands with the customer.
        <Show when=move || !has_products.get()>
            <div class="grid-asked">
                <span aria-hidden="true">
                    <bdi>{move || name.get()}</bdi>
                    " asks for"
                </span>
                <CellField cell label=name sheet wrong/>
            </div>
            <Show when=move || trouble.with(Option::is_some)>
                <p class="trouble" id=format!("grid-trouble-{id}") role="alert">
                    {move || trouble.get()}
                </p>
            </Show>
        </Show>
    }
}

/// The field of a cell.
#[component]
fn CellField(cell: Cell, label: Memo<String>, sheet: Memo<Sheet>, wrong: Wrong) -> impl IntoView {
    let app = use_app();
    let (id, measure) = cell;
    let stated = Memo::new(move |_| {
        app.document.track();
        app.showing.track();
        improvements::measure(app, cell)
    });
    let is_wrong = Memo::new(move |_| wrong.with(|wrong| wrong.contains_key(&cell)));
    let shown = move || {
        let typed = wrong.with(|wrong| wrong.get(&cell).map(|(typed, _)| typed.clone()));
        let stated = || stated.with(|stated| stated.as_ref().map(measure_text));
        typed.or_else(stated).unwrap_or_default()
    };
    let title = move || stated.with(|stated| stated.as_ref().map_or("", Measure::knowledge_word));
    let keep = move |typed: String| {
        enter(app, wrong, vec![(cell, typed)]);
    };
    let paste = move |event: ClipboardEvent| {
        let text = event
            .clipboard_data()
            .and_then(|data| data.get_data("text/plain").ok());
        let Some(text) = text.filter(|text| text.trim_end().contains(['\t', '\n'])) else {
            return;
        };
        event.prevent_default();
        let block = sheet.with_untracked(|sheet| block(sheet, cell, &text));
        let count = block.len();
        let refused = enter(app, wrong, block);
        notify::announce(
            app,
            match refused {
                0 => format!("Pasted into {}", counted(count, "cell")),
                _ => format!(
                    "Pasted into {}; {refused} cannot be read",
                    counted(count, "cell")
                ),
            },
        );
    };
    view! {
        <InputField
            value=Signal::derive(shown)
            keep=keep
            attr:class="field grid-cell"
            attr:id=format!("cell-{id}-{}", slug(measure))
            attr:aria-label=move || format!("{}: {}", label.get(), measure.name())
            attr:title=title
            attr:autocomplete="off"
            attr:placeholder=if measure == MeasureKind::Demand { "6 per wk" } else { "" }
            attr:aria-invalid=move || is_wrong.get().to_string()
            attr:aria-describedby=move || is_wrong.get().then(|| format!("grid-trouble-{id}"))
            on:paste=paste
        />
    }
}

fn slug(measure: MeasureKind) -> String {
    measure.name().replace([' ', '%', '&'], "-")
}

/// Enters what was typed into cells as one change; what cannot be read stays in its cell, with the
/// reason. How many cannot.
fn enter(app: App, wrong: Wrong, typed: Vec<(Cell, String)>) -> usize {
    let mut refused = BTreeMap::new();
    let mut stated = Vec::new();
    for (cell, typed) in &typed {
        match parse_measure(typed, cell.1) {
            Err(error) => {
                refused.insert(*cell, (typed.clone(), error.to_string()));
            }
            Ok(amount) => {
                let measure =
                    amount.map(|(amount, unit)| match improvements::measure(app, *cell) {
                        Some(before) => before.restated(amount, unit),
                        None => Measure::new(amount, unit),
                    });
                stated.push((*cell, measure));
            }
        }
    }
    let count = refused.len();
    wrong.update(|wrong| {
        for (cell, _) in &typed {
            wrong.remove(cell);
        }
        wrong.extend(refused);
    });
    improvements::state(app, stated);
    count
}

/// The cells that a block of text fills, from a cell on; what lies beyond the sheet is left out.
fn block(sheet: &Sheet, (id, measure): Cell, text: &str) -> Vec<(Cell, String)> {
    let row = sheet.steps.iter().position(|step| *step == id);
    let column = sheet.columns.iter().position(|one| *one == measure);
    let (Some(row), Some(column)) = (row, column) else {
        return Vec::new();
    };
    let text = text.replace("\r\n", "\n");
    let lines = text.trim_end_matches('\n').split('\n');
    let rows = sheet.steps[row..].iter().zip(lines);
    let cells = rows.flat_map(|(step, line)| {
        let columns = sheet.columns[column..].iter();
        columns
            .zip(line.split('\t'))
            .map(|(measure, words)| ((*step, *measure), words.trim().to_owned()))
    });
    cells.collect()
}

/// Another row.
#[derive(Clone, Copy, PartialEq)]
enum Row {
    Below,
    Above,
}

/// Enter and the arrows go to the row below or above, in the same column.
fn move_on(event: ev::KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let to = match (key_name(&event).as_str(), event.shift_key()) {
        ("Enter" | "ArrowDown", false) => Row::Below,
        ("Enter", true) | ("ArrowUp", false) => Row::Above,
        _ => return,
    };
    let target = event.target();
    let Some(input) = target.and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
        return;
    };
    event.prevent_default();
    match beside(&input, to) {
        // The field that is left keeps what was typed.
        Some(next) => {
            // Fails only for an element that is gone.
            let _ = next.focus();
            next.select();
        }
        // At the end of a column it is kept, and the field stays.
        None => {
            // As above.
            let _ = input.blur();
            let _ = input.focus();
        }
    }
}

/// The cell below or above, if there is one.
fn beside(input: &HtmlInputElement, to: Row) -> Option<HtmlInputElement> {
    let fields = |row: &PageElement| {
        let all = row.query_selector_all("input").ok()?;
        let all = (0..all.length()).filter_map(move |place| all.get(place)?.dyn_into().ok());
        Some(all.collect::<Vec<HtmlInputElement>>())
    };
    let own = input.closest("tr").ok()??;
    let place = fields(&own)?.iter().position(|field| field == input)?;
    let mut row = own;
    loop {
        // A row may have another below it that says what is wrong.
        row = match to {
            Row::Below => row.next_element_sibling()?,
            Row::Above => row.previous_element_sibling()?,
        };
        if let Some(field) = fields(&row)?.into_iter().nth(place) {
            return Some(field);
        }
    }
}
