//! The loops one by one, told as sentences; pointing at one lights it up.

use std::collections::HashMap;

use leptos::prelude::*;

use crate::app::browser::lower_case;
use crate::app::components::field::{InputField, TextArea};
use crate::app::dispatch::dispatch;
use crate::app::services::panels;
use crate::app::state::{App, Page, use_app};
use crate::app::text::{counted, grouped};
use crate::causal::{LoopOrder, LoopPolarity, NamedLoop};
use crate::editor::{Command, Event};
use crate::model::{Delay, Document, LoopKey};
use crate::worker::{LoopFilter, LoopKind, StreamView};

/// How many loops are listed before a person asks for more.
const PAGE: usize = 100;

/// What a person says of a loop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Said {
    name: String,
    remark: String,
}

fn said(document: &Document, key: &LoopKey) -> Said {
    let label = document.label_of(key).map(|(_, label)| label);
    label.map_or_else(Said::default, |label| Said {
        name: label.name.clone(),
        remark: label.remark.clone(),
    })
}

/// A loop as the list shows it.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    key: LoopKey,
    code: String,
    /// What a person calls it; may be empty.
    name: String,
    polarity: LoopPolarity,
    delay: Delay,
    length: usize,
    sentence: String,
    /// How long it takes round, if the map says so.
    total_delay: Option<String>,
    /// Whether it goes through what limits the stream now.
    is_active_limit: bool,
}

/// The loops that a person wants to see.
#[derive(Clone, Debug, PartialEq)]
struct Found {
    /// Those on the page.
    rows: Vec<Row>,
    /// Where each of them stands.
    places: HashMap<LoopKey, usize>,
    /// How many there are.
    all: usize,
}

impl Found {
    fn row(&self, key: &LoopKey) -> Option<&Row> {
        self.rows.get(*self.places.get(key)?)
    }
}

fn found(app: App, stream: &StreamView, limit: usize, filter: &LoopFilter) -> Found {
    app.with(|core| {
        let document = core.editor.document();
        let mut loops: Vec<&NamedLoop> = core
            .editor
            .report()
            .loops
            .iter()
            .filter(|named| passes(document, named, filter))
            .collect();
        if filter.order == LoopOrder::LongestFirst {
            loops.sort_by_key(|named| std::cmp::Reverse(named.links.len()));
        }
        let all = loops.len();
        let shown = loops.into_iter().take(limit);
        let rows: Vec<Row> = shown
            .map(|named| Row {
                key: named.key.clone(),
                code: named.code.clone(),
                name: said(document, &named.key).name,
                polarity: named.polarity,
                delay: named.delay,
                length: named.links.len(),
                sentence: named.sentence(document),
                total_delay: stream.loop_delay(document, &named.links),
                is_active_limit: stream.limits_loop(document, &named.links),
            })
            .collect();
        let places = rows.iter().enumerate();
        let places = places.map(|(place, row)| (row.key.clone(), place));
        Found {
            places: places.collect(),
            rows,
            all,
        }
    })
}

/// Whether a person wants to see this loop.
fn passes(document: &Document, named: &NamedLoop, filter: &LoopFilter) -> bool {
    let is_kind = match filter.kind {
        LoopKind::All => true,
        LoopKind::Reinforcing => named.polarity == LoopPolarity::Reinforcing,
        LoopKind::Balancing => named.polarity == LoopPolarity::Balancing,
        LoopKind::Undetermined => named.polarity == LoopPolarity::Undetermined,
        LoopKind::Delayed => named.delay == Delay::Delayed,
    };
    let is_through = filter
        .through
        .is_none_or(|id| named.links.contains(&id) || named.variables.contains(&id));
    let words = lower_case(filter.words.trim());
    let has_words = || {
        let label = document.label_of(&named.key).map(|(_, label)| &label.name);
        let names = named
            .variables
            .iter()
            .filter_map(|id| document.variables().get(id));
        let names = names.map(|variable| &variable.name).chain(label);
        let mut names = names.map(|name| lower_case(name));
        names.any(|name| name.contains(&words))
    };
    let is_short = filter
        .longest
        .is_none_or(|longest| named.links.len() as u64 <= longest);
    is_kind && is_through && is_short && (words.is_empty() || has_words())
}

/// The list, where every loop was found at once.
#[component]
pub fn List() -> impl IntoView {
    let app = use_app();
    let limit = RwSignal::new(PAGE);
    let found = Memo::new(move |_| {
        app.loops.track();
        app.document.track();
        let limit = limit.get();
        app.filter
            .with(|filter| app.stream.with(|stream| found(app, stream, limit, filter)))
    });
    let chosen = chosen(app);
    let highlighted = Memo::new(move |_| {
        app.selection.track();
        app.loops.track();
        app.with(|core| core.editor.highlighted_loop().cloned())
    });
    let all = Memo::new(move |_| found.with(|found| found.all));
    let none = move || all.get() == 0 && app.filter.with(|filter| *filter != LoopFilter::default());
    let is_longer = move || all.get() > limit.get();
    // A loop keeps its code, in whatever order the list is.
    let is_sorted_otherwise = move || {
        all.get() > 0
            && app
                .filter
                .with(|filter| filter.order != LoopOrder::ShortestFirst)
    };
    // By what they are: the row of a loop whose words change stays, and so does what is typed in it.
    view! {
        <Show when=none>
            <NoLoop/>
        </Show>
        <Show when=is_sorted_otherwise>
            <p class="muted loop-codes">"Codes follow shortest first."</p>
        </Show>
        <ul
            class="loops"
            on:pointerleave=move |_| dispatch(app, Event::PointAtLoop(None))
        >
            <For
                each=move || found.with(|found| found.rows.clone())
                key=|row| row.key.clone()
                let:first
            >
                <LoopRow first found chosen highlighted/>
            </For>
        </ul>
        <Show when=is_longer>
            <button class="button" on:click=move |_| limit.update(|limit| *limit += 5 * PAGE)>
                {move || format!("Show more of {}", grouped(all.get() as u64))}
            </button>
        </Show>
    }
}

/// The loop that a person has chosen.
pub fn chosen(app: App) -> Memo<Option<LoopKey>> {
    Memo::new(move |_| {
        app.selection.track();
        app.loops.track();
        app.with(|core| core.editor.chosen_loop().cloned())
    })
}

/// Said where a filter leaves nothing, with the way back.
#[component]
pub fn NoLoop() -> impl IntoView {
    let app = use_app();
    view! {
        <p class="muted no-loop">
            "No loops match. "
            <button
                class="button button-small"
                on:click=move |_| panels::show_all_loops(app)
            >
                "Show all loops"
            </button>
        </p>
    }
}

/// A loop.
#[component]
fn LoopRow(
    /// What it showed first.
    first: Row,
    /// All that are shown.
    found: Memo<Found>,
    /// The one that a person has chosen.
    chosen: Memo<Option<LoopKey>>,
    /// The one that is highlighted.
    highlighted: Memo<Option<LoopKey>>,
) -> impl IntoView {
    let app = use_app();
    let key = StoredValue::new(first.key.clone());
    let row = Memo::new(move |before: Option<&Row>| {
        found.with(|found| {
            let now = key.with_value(|key| found.row(key));
            now.or(before).unwrap_or(&first).clone()
        })
    });
    let is_this = move |which: Memo<Option<LoopKey>>| {
        Memo::new(move |_| key.with_value(|key| which.with(|which| which.as_ref() == Some(key))))
    };
    let (is_chosen, is_highlighted) = (is_this(chosen), is_this(highlighted));
    let class = move || {
        let class = match row.with(|row| row.polarity) {
            LoopPolarity::Reinforcing => "loop loop-reinforcing",
            LoopPolarity::Balancing => "loop loop-balancing",
            LoopPolarity::Undetermined => "loop loop-undetermined",
        };
        format!(
            "{class}{}",
            if is_highlighted.get() {
                " loop-lit"
            } else {
                ""
            }
        )
    };
    let choose = move |_| {
        let next = (!is_chosen.get_untracked()).then(|| key.get_value());
        dispatch(app, Event::ChooseLoop(next));
    };
    let point = move || dispatch(app, Event::PointAtLoop(Some(key.get_value())));
    view! {
        <li class=class>
            <button
                class="loop-row"
                aria-expanded=move || is_chosen.get().to_string()
                on:click=choose
                on:pointerenter=move |_| point()
                on:focus=move |_| point()
                on:blur=move |_| dispatch(app, Event::PointAtLoop(None))
            >
                <span class="loop-code">{move || row.with(|row| row.code.clone())}</span>
                <span class="loop-words">
                    <strong class="loop-name">{move || row.with(|row| row.name.clone())}</strong>
                    <span class="loop-sentence">
                        {move || row.with(|row| row.sentence.clone())}
                    </span>
                    <span class="loop-meta">{move || row.with(meta)}</span>
                </span>
            </button>
            <Show when=move || is_chosen.get() && app.page == Page::Editor>
                <LoopFields key=key.get_value()/>
            </Show>
        </li>
    }
}

/// What is known of a loop beside its sentence.
fn meta(row: &Row) -> String {
    let mut words = format!("{} · {}", row.polarity.word(), counted(row.length, "link"));
    if row.delay == Delay::Delayed {
        words.push_str(" · delayed");
    }
    if let Some(delay) = &row.total_delay {
        words.push_str(&format!(" · {delay} round"));
    }
    if row.is_active_limit {
        words.push_str(" · active constraint");
    }
    words
}

/// Where a loop is named.
#[component]
pub fn LoopFields(
    /// Which loop.
    key: LoopKey,
) -> impl IntoView {
    let app = use_app();
    let (named, remarked) = (key.clone(), key.clone());
    let said = Memo::new(move |_| {
        app.document.track();
        app.with(|core| said(core.editor.document(), &key))
    });
    let name = move |typed| {
        dispatch(app, Event::Do(Command::NameLoop(named.clone(), typed)));
    };
    let remark = move |typed| {
        dispatch(app, Event::Do(Command::RemarkLoop(remarked.clone(), typed)));
    };
    view! {
        <div class="loop-fields">
            <label>
                <span>"Name"</span>
                <InputField
                    value=Signal::derive(move || said.with(|said| said.name.clone()))
                    keep=name
                    attr:id="loop-name"
                    attr:placeholder="What people would call it"
                    attr:autocomplete="off"
                    attr:maxlength="200"
                />
            </label>
            <label>
                <span>"Note"</span>
                <TextArea
                    value=Signal::derive(move || said.with(|said| said.remark.clone()))
                    keep=remark
                    attr:rows="3"
                    attr:placeholder="What it does, and when it wins"
                />
            </label>
        </div>
    }
}
