//! Rows of a report: they light up what they are about, and offer what can be done.

use std::collections::{BTreeSet, HashSet};

use leptos::prelude::*;

use super::dots::RowDots;
use super::keyed::{Keyed, following};
use crate::app::dispatch::{act, dispatch, run_page_command};
use crate::app::services::{equation, notify, panels, storage};
use crate::app::state::{App, use_app};
use crate::editor::{Action, Command, Event};
use crate::model::Id;
use crate::worker::{
    BlockKey, Disclosure, Row, RowAction, RowCommand, RowKind, keyed_rows as with_keys,
};

/// What stays while a report is written anew.
#[derive(Clone, Copy)]
pub struct Standing {
    /// The rows and disclosures that a person has opened.
    pub open: RwSignal<HashSet<BlockKey>>,
    /// The place of the row that had the focus last.
    pub focused: RwSignal<Option<String>>,
}

impl Standing {
    /// Nothing is open and nothing has the focus.
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(HashSet::new()),
            focused: RwSignal::new(None),
        }
    }

    fn is_open(self, key: BlockKey) -> Memo<bool> {
        Memo::new(move |_| self.open.with(|open| open.contains(&key)))
    }

    fn toggle(self, key: &BlockKey) {
        self.open.update(|open| {
            if !open.remove(key) {
                open.insert(key.clone());
            }
        });
    }
}

impl Default for Standing {
    fn default() -> Self {
        Self::new()
    }
}

/// Lights up these records, and nothing else.
pub fn point(app: App, about: &[Id]) {
    dispatch(app, Event::PointAt(about.iter().copied().collect()));
}

/// Rows behind a button.
#[component]
pub fn DisclosureView(
    /// The rows, and the words of the button.
    disclosure: Memo<Disclosure>,
    /// What it is about.
    key: BlockKey,
    /// Its place in the report.
    place: Signal<String>,
    /// What stays while the report is written anew.
    standing: Standing,
) -> impl IntoView {
    let app = use_app();
    let is_open = standing.is_open(key.clone());
    let rows = Memo::new(move |_| Keyed::of(with_keys(disclosure.get().rows)));
    let has_sought = Memo::new(move |_| {
        disclosure.with(|disclosure| disclosure.rows.iter().any(|row| is_sought(app, row)))
    });
    let own = key.clone();
    Effect::new(move |_| {
        if has_sought.get() {
            standing.open.update(|open| {
                open.insert(own.clone());
            });
        }
    });
    view! {
        <div>
            <button
                class="chip fold-more"
                aria-expanded=move || is_open.get().to_string()
                on:click=move |_| standing.toggle(&key)
            >
                {move || disclosure.get().words}
            </button>
            <Show when=move || is_open.get()>
                <ForEnumerate
                    each=move || rows.with(Keyed::keys)
                    key=Clone::clone
                    children=move |inner, key: BlockKey| {
                        let place = Signal::derive(move || {
                            format!("{}-{}", place.get(), inner.get())
                        });
                        following(rows, key.clone())
                            .map(|row| view! { <RowView row key place standing/> })
                    }
                />
            </Show>
        </div>
    }
}

/// What a row is, for who cannot see its mark.
const fn spoken_kind(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Problem => "Problem: ",
        RowKind::Warning => "Warning: ",
        RowKind::Hint => "Hint: ",
        RowKind::Answered => "Answered: ",
        RowKind::Plain | RowKind::Reinforcing | RowKind::Balancing | RowKind::Undetermined => "",
    }
}

const fn class_of(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Plain => "finding",
        RowKind::Reinforcing => "finding loop-reinforcing",
        RowKind::Balancing => "finding loop-balancing",
        RowKind::Undetermined => "finding loop-undetermined",
        RowKind::Problem => "finding finding-problem",
        RowKind::Warning => "finding finding-warning",
        RowKind::Hint => "finding finding-hint",
        RowKind::Answered => "finding finding-answered",
    }
}

/// A row.
#[component]
pub fn RowView(
    /// What it says.
    row: Memo<Row>,
    /// What it is about.
    key: BlockKey,
    /// Its place in the report.
    place: Signal<String>,
    /// What stays while the report is written anew.
    standing: Standing,
) -> impl IntoView {
    let app = use_app();
    let is_open = standing.is_open(key.clone());
    let opens = Memo::new(move |_| row.with(|row| !row.detail.is_empty()));
    let press = move |_| {
        if opens.get_untracked() {
            standing.toggle(&key);
        }
        let about: BTreeSet<Id> = row.with_untracked(|row| row.about.iter().copied().collect());
        if !about.is_empty() {
            dispatch(app, Event::Select(about));
        }
    };
    let is_sought = Memo::new(move |_| row.with(|row| is_sought(app, row)));
    Effect::new(move |_| {
        if is_sought.get() {
            panels::scroll_to_finding();
        }
    });
    let point_at_it = move || row.with_untracked(|row| point(app, &row.about));
    view! {
        <div
            class=move || {
                let class = row.with(|row| class_of(row.kind));
                match is_sought.get() {
                    true => format!("{class} finding-sought"),
                    false => class.to_owned(),
                }
            }
            style=("--depth", move || row.with(|row| row.depth.to_string()))
        >
            <button
                class="finding-main"
                id=move || format!("finding-{}", place.get())
                aria-expanded=move || opens.get().then(|| is_open.get().to_string())
                on:click=press
                on:pointerenter=move |_| point_at_it()
                on:focus=move |_| {
                    standing.focused.set(Some(place.get_untracked()));
                    point_at_it();
                }
                on:blur=move |_| point(app, &[])
            >
                {move || row.with(|row| part("loop-code", &row.code))}
                <span class="loop-words">
                    {move || row.with(title)}
                    {move || row.with(|row| row.share.map(share_bar))}
                    {move || row.with(|row| part("finding-text", &row.text))}
                    {move || row.with(|row| part("loop-meta", &row.meta))}
                </span>
            </button>
            <Show when=move || opens.get() && is_open.get()>
                <p class="finding-detail">{move || row.get().detail}</p>
            </Show>
            <Actions row place standing/>
        </div>
    }
}

/// Whether a row is about the finding that a person has asked for by its mark on the canvas.
fn is_sought(app: App, row: &Row) -> bool {
    let is_marked = matches!(row.kind, RowKind::Problem | RowKind::Warning);
    let id = app.sought_finding.get();
    app.selection.track();
    let is_selected = |id: &Id| app.with(|core| core.editor.selection().contains(id));
    is_marked && id.is_some_and(|id| row.about.contains(&id) && is_selected(&id))
}

/// A part of the words of a row, where there is any.
fn part(class: &'static str, words: &str) -> Option<impl IntoView + use<>> {
    let words = words.to_owned();
    (!words.is_empty()).then(|| view! { <span class=class>{words}</span> })
}

/// How much of something a row has, as a bar and in words.
fn share_bar(share: u64) -> impl IntoView {
    view! {
        <span class="finding-share">
            <span class="finding-bar" aria-hidden="true" style=("--share", format!("{share}%"))></span>
            <span>{share} <span class="visually-hidden">" of 100 points"</span></span>
        </span>
    }
}

fn title(row: &Row) -> Option<impl IntoView + use<>> {
    let class = match row.text.is_empty() && row.actions.is_empty() {
        true => "finding-title finding-plain",
        false => "finding-title",
    };
    let (title, kind) = (row.title.clone(), spoken_kind(row.kind));
    (!title.is_empty()).then(|| {
        view! {
            <span class=class>
                {title}
                <span class="visually-hidden">{kind}</span>
            </span>
        }
    })
}

/// What can be done about a row.
#[component]
fn Actions(row: Memo<Row>, place: Signal<String>, standing: Standing) -> impl IntoView {
    let app = use_app();
    let actions = Memo::new(move |_| row.with(|row| row.actions.clone()));
    let take_focus = move || standing.focused.set(Some(place.get_untracked()));
    let action = move |action: RowAction| {
        let label = action.label.clone();
        let press = move |_| {
            take_focus();
            run(app, &action);
        };
        view! {
            <button class="button button-small" on:focus=move |_| take_focus() on:click=press>
                {label}
            </button>
        }
    };
    view! {
        <Show when=move || actions.with(|actions| !actions.is_empty())>
            <div class="finding-actions">
                {move || actions.get().into_iter().map(action).collect_view()}
                <RowDots row place standing/>
            </div>
        </Show>
    }
}

/// Carries out an action. The worker wrote it for this document, or for one just before it.
fn run(app: App, action: &RowAction) {
    let patch = match &action.command {
        RowCommand::Storage(request) => return storage::request(app, request.clone()),
        RowCommand::Page(command) => return run_page_command(app, *command),
        RowCommand::Name(key) => {
            dispatch(app, Event::ChooseLoop(Some(key.clone())));
            return act(app, Action::NameLoop);
        }
        RowCommand::Equation(id, place) => return equation::show_place(app, *id, *place),
        RowCommand::Patch(patch) => (**patch).clone(),
    };
    point(app, &[]);
    let said = app.said.get_untracked();
    dispatch(app, Event::Do(Command::Apply(patch)));
    // What is new of the loops is told first.
    if app.said.get_untracked() == said {
        notify::announce(app, format!("Done: {}", action.label));
    }
}
