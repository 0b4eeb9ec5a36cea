//! The loops: how many, which, told as sentences; pointing at one lights it up.

use leptos::html::{Input, Textarea};
use leptos::prelude::*;

use super::{counted, grouped};
use crate::app::state::{App, SearchState, use_app};
use crate::causal::{Completeness, LoopPolarity};
use crate::editor::{Command, Event};
use crate::model::{Delay, LoopKey};

/// How many loops are listed before a person asks for more.
const PAGE: usize = 100;

/// A loop as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Row {
    key: LoopKey,
    code: String,
    polarity: LoopPolarity,
    delayed: bool,
    length: usize,
    sentence: String,
}

/// What a person says of a loop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Said {
    name: String,
    remark: String,
}

fn said(app: App, key: &LoopKey) -> Said {
    app.with(|core| {
        let label = core.editor.document().label_of(key).map(|(_, label)| label);
        label.map_or_else(Said::default, |label| Said {
            name: label.name.clone(),
            remark: label.remark.clone(),
        })
    })
}

fn rows(app: App, limit: usize) -> Vec<Row> {
    app.with(|core| {
        let document = core.editor.document();
        let loops = core.editor.report().loops.iter().take(limit);
        loops
            .map(|named| Row {
                key: named.key.clone(),
                code: named.code.clone(),
                polarity: named.polarity,
                delayed: named.delay == Delay::Delayed,
                length: named.links.len(),
                sentence: named.sentence(document),
            })
            .collect()
    })
}

/// The list of loops.
#[component]
pub fn LoopsPanel() -> impl IntoView {
    let app = use_app();
    let limit = RwSignal::new(PAGE);
    let rows = Memo::new(move |_| {
        app.loops.track();
        app.document.track();
        rows(app, limit.get())
    });
    let chosen = Memo::new(move |_| {
        app.selection.track();
        app.loops.track();
        app.with(|core| core.editor.chosen_loop().cloned())
    });
    let lit = Memo::new(move |_| {
        app.selection.track();
        app.loops.track();
        app.with(|core| core.editor.lit_loop().cloned())
    });
    let kept = Memo::new(move |_| {
        app.loops.track();
        app.with(|core| core.editor.report().loops.len())
    });
    view! {
        <h2 class="panel-title">"Loops"</h2>
        <Summary/>
        <ul class="loops" on:pointerleave=move |_| app.dispatch(Event::PointAtLoop(None))>
            <For each=move || rows.get() key=Clone::clone let:row>
                <LoopRow row=row chosen=chosen lit=lit/>
            </For>
        </ul>
        <Show when=move || { kept.get() > limit.get() }>
            <button class="button" on:click=move |_| limit.update(|limit| *limit += 5 * PAGE)>
                {move || format!("Show more of the {} shortest", grouped(kept.get() as u64))}
            </button>
        </Show>
    }
}

/// How many loops there are, and whether that is all.
#[component]
fn Summary() -> impl IntoView {
    let app = use_app();
    let known = Memo::new(move |_| {
        app.loops.track();
        app.document.track();
        app.with(|core| {
            let report = core.editor.report();
            (
                report.counts,
                report.completeness,
                core.editor.document().links().len(),
            )
        })
    });
    let total = move || {
        let (counts, completeness, links) = known.get();
        let total = counts.total();
        match (completeness, total) {
            (Completeness::Exact, 0) if links == 0 => {
                "No links yet. A loop is a way along links that comes back to where it began."
                    .to_owned()
            }
            (Completeness::Exact, 0) => {
                "No loops yet: no way along the links comes back to where it began.".to_owned()
            }
            (Completeness::Exact, 1) => "1 loop".to_owned(),
            (Completeness::Exact, total) => format!("{} loops", grouped(total)),
            (Completeness::SoFar, total) => format!("{} loops so far", grouped(total)),
            (Completeness::Saturated, total) => format!("more than {} loops", grouped(total - 1)),
        }
    };
    let counts = move || known.get().0;
    view! {
        <div class="loops-summary">
            <p class="loops-total" id="loops-total">{total}</p>
            <Show when=move || { counts().total() > 0 }>
                <p class="loops-kinds">
                    <span class="kind kind-reinforcing">
                        {move || format!("{} reinforcing", grouped(counts().reinforcing))}
                    </span>
                    <span class="kind kind-balancing">
                        {move || format!("{} balancing", grouped(counts().balancing))}
                    </span>
                    <Show when=move || { counts().undetermined > 0 }>
                        <span class="kind kind-undetermined">
                            {move || format!("{} undetermined", grouped(counts().undetermined))}
                        </span>
                    </Show>
                </p>
            </Show>
            <Show when=move || app.search.get() == SearchState::Running>
                <p class="searching" role="status">"Searching…"</p>
            </Show>
            <Show when=move || app.search.get() == SearchState::Paused>
                <p class="searching">"The search has paused: there are more."</p>
                <button class="button" on:click=move |_| app.search_on()>"Go on searching"</button>
            </Show>
        </div>
    }
}

#[component]
fn LoopRow(
    /// The loop.
    row: Row,
    /// The loop a person has chosen.
    chosen: Memo<Option<LoopKey>>,
    /// The loop that is lit.
    lit: Memo<Option<LoopKey>>,
) -> impl IntoView {
    let app = use_app();
    let Row {
        key,
        code,
        polarity,
        delayed,
        length,
        sentence,
    } = row;
    // Apart from the row: while a loop is named, its fields and the focus in them stay.
    let said = {
        let key = key.clone();
        Memo::new(move |_| {
            app.document.track();
            said(app, &key)
        })
    };
    let class = match polarity {
        LoopPolarity::Reinforcing => "loop loop-reinforcing",
        LoopPolarity::Balancing => "loop loop-balancing",
        LoopPolarity::Undetermined => "loop loop-undetermined",
    };
    let is_chosen = {
        let key = key.clone();
        Memo::new(move |_| chosen.get().as_ref() == Some(&key))
    };
    let is_lit = {
        let key = key.clone();
        Memo::new(move |_| lit.get().as_ref() == Some(&key))
    };
    let meta = format!(
        "{} · {}{}",
        polarity.word(),
        counted(length, "link"),
        if delayed { " · delayed" } else { "" }
    );
    let point = {
        let key = key.clone();
        move || app.dispatch(Event::PointAtLoop(Some(key.clone())))
    };
    let point_focus = point.clone();
    let choose = {
        let key = key.clone();
        move |_| {
            let next = (!is_chosen.get_untracked()).then(|| key.clone());
            app.dispatch(Event::ChooseLoop(next));
        }
    };
    let shown_name = move || {
        let name = said.get().name;
        (!name.is_empty()).then(|| view! { <strong class="loop-name">{name}</strong> })
    };
    view! {
        <li class=class class:loop-lit=move || is_lit.get()>
            <button class="loop-row" aria-expanded=move || is_chosen.get().to_string()
                on:click=choose
                on:pointerenter=move |_| point()
                on:focus=move |_| point_focus()
                on:blur=move |_| app.dispatch(Event::PointAtLoop(None))>
                <span class="loop-code">{code.clone()}</span>
                <span class="loop-words">
                    {shown_name}
                    <span class="loop-sentence">{sentence}</span>
                    <span class="loop-meta">{meta}</span>
                </span>
            </button>
            {move || is_chosen.get().then(|| view! {
                <LoopFields key_=key.clone() said=said/>
            })}
        </li>
    }
}

/// Where a loop is named.
#[component]
fn LoopFields(
    /// The loop.
    key_: LoopKey,
    /// What is said of it so far.
    said: Memo<Said>,
) -> impl IntoView {
    let app = use_app();
    let name_field = NodeRef::<Input>::new();
    let remark_field = NodeRef::<Textarea>::new();
    let same = key_.clone();
    let name_it = move |_| {
        if let Some(field) = name_field.get_untracked() {
            app.dispatch(Event::Do(Command::NameLoop(key_.clone(), field.value())));
        }
    };
    let remark_it = move |_| {
        if let Some(field) = remark_field.get_untracked() {
            app.dispatch(Event::Do(Command::RemarkLoop(same.clone(), field.value())));
        }
    };
    view! {
        <div class="loop-fields">
            <label>
                <span>"Name"</span>
                <input id="loop-name" node_ref=name_field prop:value=move || said.get().name on:change=name_it
                    placeholder="What people would call it" autocomplete="off" maxlength="200"/>
            </label>
            <label>
                <span>"Note"</span>
                <textarea node_ref=remark_field prop:value=move || said.get().remark on:change=remark_it rows="3"
                    placeholder="What it does, and when it wins"></textarea>
            </label>
        </div>
    }
}
