//! The loops that were found, and what is missing where there is none.

use leptos::prelude::*;

use crate::app::dispatch::dispatch;
use crate::app::services::{notify, panels};
use crate::app::state::{App, Tab, use_app};
use crate::app::text::grouped;
use crate::causal::{LoopPolarity, NamedLoop, Progress};
use crate::editor::Event;
use crate::model::{Delay, Document, Id, LoopKey, in_sentence, isolated};
use crate::story::around;

/// How many loops are listed.
const MOST: usize = 24;
/// How many names are told in a sentence.
const NAMED: usize = 4;
/// How many variables are looked at for what is missing.
const LOOKED_AT: usize = 200;

/// A loop as the sheet lists it.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Which.
    pub key: LoopKey,
    /// Such as "R1".
    pub code: String,
    /// What people call it; may be empty.
    pub name: String,
    /// Its class, by its sign.
    pub class: &'static str,
    /// Its sign in words, and whether it is delayed.
    pub kind: String,
    /// The way round.
    pub sentence: String,
}

fn found(document: &Document, one: &NamedLoop) -> Found {
    let label = document.label_of(&one.key).map(|(_, label)| label);
    let delayed = match one.delay {
        Delay::Delayed => ", delayed",
        Delay::None => "",
    };
    Found {
        key: one.key.clone(),
        code: one.code.clone(),
        name: label.map_or_else(String::new, |label| label.name.clone()),
        class: match one.polarity {
            LoopPolarity::Reinforcing => "loop loop-reinforcing",
            LoopPolarity::Balancing => "loop loop-balancing",
            LoopPolarity::Undetermined => "loop loop-undetermined",
        },
        kind: format!("{}{delayed}", one.polarity.word()),
        sentence: one.sentence(document),
    }
}

/// The first loops of the diagram, and how many the page knows.
pub type Listed = Memo<(Vec<Found>, usize)>;

/// They, kept in step with the diagram.
pub fn listed(app: App) -> Listed {
    Memo::new(move |_| {
        app.document.track();
        app.loops.track();
        app.with(|core| {
            let (document, report) = (core.editor.document(), core.editor.report());
            let loops = report.loops.iter().take(MOST);
            let rows = loops.map(|one| found(document, one)).collect();
            (rows, report.loops.len())
        })
    })
}

/// Which they are.
pub fn keys_of(loops: Listed) -> Memo<Vec<LoopKey>> {
    Memo::new(move |_| {
        loops.with(|(rows, _)| rows.iter().map(|row| row.key.clone()).collect::<Vec<_>>())
    })
}

/// What is said of one of them; what was said last, once it is gone.
pub fn row_of(loops: Listed, key: LoopKey) -> Memo<Option<Found>> {
    Memo::new(move |before: Option<&Option<Found>>| {
        let now = loops.with(|(rows, _)| rows.iter().find(|row| row.key == key).cloned());
        now.or_else(|| before.cloned().flatten())
    })
}

/// The loops, or what is missing.
#[component]
pub fn Loops(
    /// The sheet.
    id: Id,
) -> impl IntoView {
    let app = use_app();
    let loops = listed(app);
    let keys = keys_of(loops);
    let chosen = Memo::new(move |_| {
        app.selection.track();
        app.loops.track();
        app.with(|core| core.editor.chosen_loop().cloned())
    });
    let missing = Memo::new(move |_| {
        app.document.track();
        app.loops.track();
        missing(app, id)
    });
    let more = move || loops.with(|(rows, all)| all.saturating_sub(rows.len()));
    view! {
        <Show when=move || loops.with(|(rows, _)| rows.is_empty())>
            <div class="retro-missing" role="status">
                <For each=move || missing.get() key=Clone::clone let:words>
                    <p>{words}</p>
                </For>
            </div>
        </Show>
        <ul
            class="loops"
            aria-label="Loops"
            on:pointerleave=move |_| dispatch(app, Event::PointAtLoop(None))
        >
            <For each=move || keys.get() key=Clone::clone let:key>
                <Row key loops chosen/>
            </For>
        </ul>
        <Show when=move || more() != 0>
            <p class="muted">
                {move || format!("{} more are in the panel of the loops. ", grouped(more() as u64))}
                <button
                    class="button button-small"
                    on:click=move |_| panels::show_tab(app, Tab::Loops)
                >
                    "Show all loops"
                </button>
            </p>
        </Show>
    }
}

/// A loop: a press lights it on the canvas, and another one lets it be.
#[component]
fn Row(key: LoopKey, loops: Listed, chosen: Memo<Option<LoopKey>>) -> impl IntoView {
    let app = use_app();
    let row = row_of(loops, key.clone());
    let key = StoredValue::new(key);
    let is_chosen = Memo::new(move |_| {
        key.with_value(|key| chosen.with(|chosen| chosen.as_ref() == Some(key)))
    });
    let point = move || dispatch(app, Event::PointAtLoop(Some(key.get_value())));
    let choose = move |_| {
        let next = (!is_chosen.get_untracked()).then(|| key.get_value());
        let words = row.with_untracked(|row| {
            let row = row.as_ref().filter(|_| next.is_some())?;
            Some(format!("{} lit: {}", row.code, row.sentence))
        });
        dispatch(app, Event::ChooseLoop(next));
        if let Some(words) = words {
            notify::announce(app, words);
        }
    };
    let part = move |of: fn(&Found) -> String| {
        move || row.with(|row| row.as_ref().map(of)).unwrap_or_default()
    };
    let class = move || {
        let class = row.with(|row| row.as_ref().map_or("loop", |row| row.class));
        match is_chosen.get() {
            true => format!("{class} loop-lit"),
            false => class.to_owned(),
        }
    };
    view! {
        <li class=class>
            <button
                class="loop-row"
                aria-pressed=move || is_chosen.get().to_string()
                on:click=choose
                on:pointerenter=move |_| point()
                on:focus=move |_| point()
                on:blur=move |_| dispatch(app, Event::PointAtLoop(None))
            >
                <span class="loop-code">{part(|row| row.code.clone())}</span>
                <span class="loop-words">
                    <strong class="loop-name">
                        {part(|row| isolated(row.name.trim()).into_owned())}
                    </strong>
                    <span class="loop-sentence">{part(|row| row.sentence.clone())}</span>
                    <span class="loop-meta">{part(|row| row.kind.clone())}</span>
                </span>
            </button>
        </li>
    }
}

/// What keeps the diagram from having a loop, in sentences.
fn missing(app: App, sheet: Id) -> Vec<String> {
    app.with(|core| {
        let document = core.editor.document();
        if core.editor.search_progress() == Progress::Unfinished {
            return vec!["Searching for loops…".to_owned()];
        }
        let all = around(document, sheet, LOOKED_AT);
        if all.is_empty() {
            return vec!["No loop yet: nothing of what varied is on the canvas.".to_owned()];
        }
        let name = |id: &Id| {
            let variable = document.variables().get(id);
            in_sentence(variable.map_or("", |variable| &variable.name))
        };
        let leads = |id: &Id, towards: fn(Id, crate::model::Edge) -> bool| {
            let mut edges = document.edges_of(*id);
            edges.any(|edge| document.edge(edge).is_some_and(|edge| towards(*id, edge)))
        };
        let without = |towards: fn(Id, crate::model::Edge) -> bool| -> Vec<String> {
            let open = all.iter().filter(|id| !leads(id, towards));
            open.map(name).collect()
        };
        let no_cause = without(|id, edge| edge.to == id);
        let no_effect = without(|id, edge| edge.from == id);
        let mut words = vec!["No loop yet: no effect comes back to one of its causes.".to_owned()];
        if !no_effect.is_empty() {
            words.push(format!("What do they lead to? {}.", told(&no_effect)));
        }
        if !no_cause.is_empty() {
            words.push(format!("What causes them? {}.", told(&no_cause)));
        }
        if no_cause.is_empty() && no_effect.is_empty() {
            words.push("Ask of each arrow: does what it leads to act back on it?".to_owned());
        }
        words
    })
}

/// The first names, and how many more there are.
fn told(names: &[String]) -> String {
    let mut words: Vec<String> = names.iter().take(NAMED).cloned().collect();
    if names.len() > NAMED {
        words.push(format!("and {} more", names.len() - NAMED));
    }
    words.join(", ")
}
