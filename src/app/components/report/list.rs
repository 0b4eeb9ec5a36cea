//! Lists of a report.

use std::collections::HashMap;

use leptos::prelude::*;

use super::figures::Figures;
use super::keyed::mapped;
use crate::app::components::panels::product_field;
use crate::app::dispatch::dispatch;
use crate::app::services::{export, panels};
use crate::app::state::{App, use_app};
use crate::editor::Event;
use crate::model::{Id, MeasureKind};
use crate::worker::{Block, List, MetricRow, MissingRow, PathRow, Sentence, WriteFor, WriterRow};

/// A list. Of which kind it is stays while it stands.
#[component]
pub fn ListView(
    /// The list as it is at first.
    list: List,
    /// The block that it stands in, as it is now.
    block: Memo<Block>,
) -> impl IntoView {
    match list {
        List::Sentences(_) => {
            let rows = mapped(block, |block| match block {
                Block::List(List::Sentences(rows)) => Some(rows.clone()),
                _ => None,
            });
            view! {
                <ul class="told">
                    <For each=move || numbered(rows.get()) key=Clone::clone let((_, row))>
                        <SentenceItem row/>
                    </For>
                </ul>
            }
            .into_any()
        }
        List::Missing(_) => {
            let rows = mapped(block, |block| match block {
                Block::List(List::Missing(rows)) => Some(rows.clone()),
                _ => None,
            });
            view! { <MissingList rows/> }.into_any()
        }
        List::Paths(_) => {
            let rows = mapped(block, |block| match block {
                Block::List(List::Paths(rows)) => Some(rows.clone()),
                _ => None,
            });
            view! {
                <ol class="missing">
                    <For each=move || numbered(rows.get()) key=Clone::clone let((_, row))>
                        <PathItem row/>
                    </For>
                </ol>
            }
            .into_any()
        }
        List::Figures(_) => {
            let rows = mapped(block, |block| match block {
                Block::List(List::Figures(rows)) => Some(rows.clone()),
                _ => None,
            });
            view! { <Figures rows/> }.into_any()
        }
        List::Metrics(_) => {
            let rows = mapped(block, |block| match block {
                Block::List(List::Metrics(rows)) => Some(rows.clone()),
                _ => None,
            });
            view! {
                <ul class="figures">
                    <For each=move || rows.get() key=Clone::clone let:row>
                        <MetricItem row/>
                    </For>
                </ul>
            }
            .into_any()
        }
        List::Writers(rows) => view! {
            <ul class="formats">
                {rows.into_iter().map(|row| view! { <WriterItem row/> }).collect_view()}
            </ul>
        }
        .into_any(),
    }
}

/// Rows with how many equal ones stand before each, which tells equal ones apart.
fn numbered<T: Clone + Eq + std::hash::Hash>(rows: Vec<T>) -> Vec<(usize, T)> {
    let mut seen: HashMap<T, usize> = HashMap::new();
    let numbered = rows.into_iter().map(|row| {
        let before = seen.entry(row.clone()).or_default();
        *before += 1;
        (*before, row)
    });
    numbered.collect()
}

fn select(app: App, about: &[Id]) {
    dispatch(app, Event::Select(about.iter().copied().collect()));
}

#[component]
fn SentenceItem(row: Sentence) -> impl IntoView {
    let app = use_app();
    let Sentence { text, about } = row;
    view! {
        <li>
            <button class="problem" on:click=move |_| select(app, &about)>
                <span>{text}</span>
            </button>
        </li>
    }
}

/// Which measure a row is of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct MissingKey {
    record: Id,
    product: Option<String>,
    measure: MeasureKind,
}

impl MissingKey {
    fn of(row: &MissingRow) -> Self {
        Self {
            record: row.record,
            product: row.product.clone(),
            measure: row.measure,
        }
    }
}

/// Measures that are not known. A row keeps its button while its words change.
#[component]
fn MissingList(rows: Memo<Vec<MissingRow>>) -> impl IntoView {
    let keys = move || {
        rows.with(|rows| {
            let keys = rows.iter().map(MissingKey::of);
            keys.collect::<Vec<_>>()
        })
    };
    view! {
        <ol class="missing">
            <For each=keys key=Clone::clone let:key>
                <MissingItem rows key/>
            </For>
        </ol>
    }
}

#[component]
fn MissingItem(rows: Memo<Vec<MissingRow>>, key: MissingKey) -> impl IntoView {
    let app = use_app();
    let known = key.clone();
    let row = Memo::new(move |before: Option<&Option<MissingRow>>| {
        let is_it = |row: &&MissingRow| MissingKey::of(row) == known;
        let now = rows.with(|rows| rows.iter().find(is_it).cloned());
        now.or_else(|| before.cloned().flatten())
    });
    let name = move || row.get().map(|row| row.name);
    let knowledge = move || row.get().map(|row| row.knowledge);
    let effects = move || {
        let effects = row.get().map(|row| row.effects).unwrap_or_default();
        let effects = effects.into_iter();
        effects
            .map(|effect| view! { <span class="missing-effect muted">{effect}</span> })
            .collect_view()
    };
    let press = move |_| {
        select(app, &[key.record]);
        let Some(product) = &key.product else {
            panels::focus_measure(app, key.measure.name());
            return;
        };
        let field = app
            .with(|core| product_field(core.editor.document(), key.record, product, key.measure));
        if let Some(field) = field {
            panels::focus_field(app, field);
        }
    };
    view! {
        <li>
            <button class="missing-row" on:click=press>
                <strong>{move || name()}</strong>
                <span class="figure-status">{move || knowledge()}</span>
                {move || effects()}
            </button>
        </li>
    }
}

#[component]
fn PathItem(row: PathRow) -> impl IntoView {
    let app = use_app();
    let PathRow {
        title,
        lead_time,
        process_time,
        share,
        ends,
        about,
    } = row;
    let more = [process_time, share, ends].map(|words| {
        view! { <span class="missing-effect muted">{words}</span> }
    });
    view! {
        <li>
            <button class="missing-row" on:click=move |_| select(app, &about)>
                <strong>{title}</strong>
                <span class="figure-status">{lead_time}</span>
                {more.collect_view()}
            </button>
        </li>
    }
}

#[component]
fn MetricItem(row: MetricRow) -> impl IntoView {
    view! {
        <li class="dora">
            <span class="figure-name">{row.name}</span>
            <span class="figure-value">{row.value}</span>
            <span class="figure-status">{row.level}</span>
            <span class="dora-formula muted">{row.formula}</span>
        </li>
    }
}

#[component]
fn WriterItem(row: WriterRow) -> impl IntoView {
    let app = use_app();
    let WriterRow {
        key,
        name,
        purpose,
        carries,
    } = row;
    let [copy, download] =
        [("Copy", WriteFor::Copying), ("Download", WriteFor::Saving)].map(|(verb, purpose)| {
            let key = key.clone();
            view! {
                <button
                    class="button"
                    aria-label=format!("{verb} as {name}")
                    on:click=move |_| export::write_as(app, &key, purpose)
                >
                    {verb}
                </button>
            }
        });
    view! {
        <li>
            <div>
                <strong>{name.clone()}</strong>
                <span>{purpose}</span>
                <span class="muted">{carries}</span>
            </div>
            <span class="format-buttons">{copy} {download}</span>
        </li>
    }
}
