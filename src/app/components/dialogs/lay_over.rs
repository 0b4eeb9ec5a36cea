//! Maps laid over each other: who sees what, and one diagram of all of them.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::app::browser::files::pick_text;
use crate::app::browser::storage::STORE;
use crate::app::browser::{now, random_id};
use crate::app::components::report::TableView;
use crate::app::services::{clipboard, documents, notify, saving, worker};
use crate::app::state::{Tone, use_app};
use crate::format::json;
use crate::model::Id;
use crate::store::OpenDocument;
use crate::store::library::{self, Contents};
use crate::worker::{LaidMaps, MOST_MAPS, OtherText, Request, Table};

/// A map that can be laid over others.
#[derive(Clone, PartialEq)]
struct Map {
    /// Which of this browser's diagrams it is; none for a file.
    id: Option<Id>,
    name: String,
    /// The file.
    text: Option<String>,
}

/// The dialog.
#[component]
pub fn LayOver() -> impl IntoView {
    let app = use_app();
    saving::flush(app);
    app.laid.set(None);
    let open = app.with(|core| core.id);
    let maps = RwSignal::new(listed());
    let chosen: RwSignal<BTreeSet<usize>> = RwSignal::new(
        maps.with_untracked(|maps| maps.iter().position(|map| map.id == Some(open)))
            .into_iter()
            .collect(),
    );
    let add = move |_| {
        pick_text(Box::new(move |name, text| {
            let map = Map {
                id: None,
                name,
                text: Some(text),
            };
            chosen.update(|chosen| {
                chosen.insert(maps.with_untracked(Vec::len));
            });
            maps.update(|maps| maps.push(map));
        }));
    };
    let lay = move |_| {
        let wanted = chosen.get_untracked();
        let texts = maps.with_untracked(|maps| {
            let wanted = wanted.iter().filter_map(|place| maps.get(*place));
            wanted.map(text_of).collect::<Result<Vec<_>, _>>()
        });
        match texts {
            Ok(texts) => worker::request(app, Request::LayOver(texts)),
            Err(why) => app.laid.set(Some(Err(why))),
        }
    };
    let row = move |(place, map): (usize, Map)| {
        let choose = move |event| {
            let is_chosen = event_target_checked(&event);
            chosen.update(|chosen| {
                match is_chosen {
                    true => chosen.insert(place),
                    false => chosen.remove(&place),
                };
            });
        };
        view! {
            <li>
                <label class="difference">
                    <input
                        type="checkbox"
                        prop:checked=move || chosen.with(|chosen| chosen.contains(&place))
                        on:change=choose
                    />
                    <span dir="auto">{map.name}</span>
                </label>
            </li>
        }
    };
    let is_fitting = Memo::new(move |_| chosen.with(|all| (2..=MOST_MAPS).contains(&all.len())));
    view! {
        <p>
            "Everyone draws the same stream or problem alone. Then lay the maps over each other: \
             what people see otherwise is worth talking about. Things of the same name count as the same."
        </p>
        <ul class="differences" role="list" aria-label="Maps">
            {move || maps.get().into_iter().enumerate().map(row).collect_view()}
        </ul>
        <div class="dialog-actions dialog-actions-top">
            <button class="button" on:click=add>
                "Add a file"
            </button>
            <button class="button button-primary" disabled=move || !is_fitting.get() on:click=lay>
                {move || match chosen.with(BTreeSet::len) {
                    0 | 1 => "Choose at least two maps".to_owned(),
                    count if count > MOST_MAPS => format!("Choose at most {MOST_MAPS} maps"),
                    count => format!("Lay {count} maps over each other"),
                }}
            </button>
        </div>
        <Laid/>
    }
}

/// What came of it.
#[component]
fn Laid() -> impl IntoView {
    let app = use_app();
    let refused = move || {
        app.laid.with(|laid| match laid {
            Some(Err(why)) => Some(why.clone()),
            _ => None,
        })
    };
    let found = Memo::new(move |_| app.laid.with(|laid| laid.clone()?.ok()));
    let table = Memo::new(move |_| found.get().map(|laid| laid.table).unwrap_or_default());
    let open = move |_| {
        if let Some(LaidMaps { document, .. }) = found.get_untracked()
            && documents::show_new(app, document)
        {
            const WORDS: &str = "One diagram of all maps: its comments say who sees what.";
            notify::show(app, WORDS, Tone::Info, None);
        }
    };
    let copy = move |_| {
        let csv = table.with_untracked(Table::csv);
        clipboard::write_text(app, &csv, "The table is copied as CSV.");
    };
    view! {
        <p class="trouble" role="alert">
            {refused}
        </p>
        <Show when=move || found.with(Option::is_some)>
            <p role="status" id="laid-over">
                {move || found.get().map(|laid| laid.sentence)}
            </p>
            <TableView table/>
            <div class="dialog-actions">
                <button class="button" on:click=copy>
                    "Copy as CSV"
                </button>
                <button class="button button-primary" on:click=open>
                    "Open as one diagram"
                </button>
            </div>
        </Show>
    }
}

/// The diagrams of this browser, the one used last first.
fn listed() -> Vec<Map> {
    let listed = library::list(STORE).unwrap_or_default().into_iter();
    let sound = listed.filter_map(|listed| match listed.contents {
        Contents::Sound { title, .. } if listed.deleted_at.is_none() => Some(Map {
            id: Some(listed.id),
            name: match title.is_empty() {
                true => "Untitled diagram".to_owned(),
                false => title,
            },
            text: None,
        }),
        _ => None,
    });
    sound.collect()
}

/// The file of a map, or why it cannot be had.
fn text_of(map: &Map) -> Result<OtherText, String> {
    let text = match (&map.text, map.id) {
        (Some(text), _) => text.clone(),
        (None, Some(id)) => match OpenDocument::open(STORE, id, random_id(), now()) {
            Ok(open) => json::write(open.document()),
            Err(error) => return Err(format!("{} cannot be read: {error}.", map.name)),
        },
        (None, None) => String::new(),
    };
    Ok(OtherText {
        name: map.name.clone(),
        text,
    })
}
