//! The loops: how many, which, told as sentences; pointing at one lights it up.

use leptos::html::{Input, Textarea};
use leptos::prelude::*;

use crate::app::plain::{Line, flag_of, lines, on, show, text_of, view_of};

use super::{counted, grouped};
use crate::app::state::{App, SearchState, use_app};
use crate::causal::{Completeness, LoopPolarity};
use crate::editor::{Command, Event};
use crate::model::{Delay, LoopKey};

/// How many loops are listed before a person asks for more.
const PAGE: usize = 100;

/// A loop as the list shows it.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    key: LoopKey,
    code: String,
    polarity: LoopPolarity,
    delayed: bool,
    length: usize,
    sentence: String,
}

impl Row {
    /// Two rows with the same text show the same.
    fn sameness(&self) -> String {
        let Self {
            key,
            code,
            delayed,
            sentence,
            ..
        } = self;
        format!("{key:?} {code} {delayed} {sentence}")
    }
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
        <ul class="loops" on:pointerleave=on(move |_| app.dispatch(Event::PointAtLoop(None)))>
            {lines(move || rows.get().into_iter().map(|row| Line {
                key: row.sameness(),
                view: Box::new(move || {
                    let row = row.clone();
                    view! { <LoopRow row=row chosen=chosen lit=lit/> }.into_any()
                }),
            }).collect())}
        </ul>
        {show(move || kept.get() > limit.get(), move || view! {
            <button class="button" on:click=on(move |_| limit.update(|limit| *limit += 5 * PAGE))>
                {text_of(move || format!("Show more of the {} shortest", grouped(kept.get() as u64)))}
            </button>
        }.into_any())}
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
            <p class="loops-total" id="loops-total">{text_of(total)}</p>
            {show(move || counts().total() > 0, move || view! {
                <p class="loops-kinds">
                    <span class="kind kind-reinforcing">
                        {text_of(move || format!("{} reinforcing", grouped(counts().reinforcing)))}
                    </span>
                    <span class="kind kind-balancing">
                        {text_of(move || format!("{} balancing", grouped(counts().balancing)))}
                    </span>
                    <span class="kind kind-undetermined">
                        {text_of(move || match counts().undetermined {
                            0 => String::new(),
                            number => format!("{} undetermined", grouped(number)),
                        })}
                    </span>
                </p>
            }.into_any())}
            {view_of(move || match app.search.get() {
                SearchState::Done => ().into_any(),
                SearchState::Running => {
                    view! { <p class="searching" role="status">"Searching…"</p> }.into_any()
                }
                SearchState::Paused => view! {
                    <p class="searching">"The search has paused: there are more."</p>
                    <button class="button" on:click=on(move |_| app.search_on())>"Go on searching"</button>
                }.into_any(),
            })}
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

    view! {
        <li class=class class:loop-lit=flag_of(move || is_lit.get())>
            <button class="loop-row" aria-expanded=text_of(move || is_chosen.get().to_string())
                on:click=on(choose)
                on:pointerenter=on(move |_| point())
                on:focus=on(move |_| point_focus())
                on:blur=on(move |_| app.dispatch(Event::PointAtLoop(None)))>
                <span class="loop-code">{code.clone()}</span>
                <span class="loop-words">
                    <strong class="loop-name">{text_of(move || said.get().name)}</strong>
                    <span class="loop-sentence">{sentence}</span>
                    <span class="loop-meta">{meta}</span>
                </span>
            </button>
            {show(move || is_chosen.get(), move || {
                let key = key.clone();
                view! { <LoopFields key_=key said=said/> }.into_any()
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
                <input id="loop-name" node_ref=name_field prop:value=text_of(move || said.get().name) on:change=on(name_it)
                    placeholder="What people would call it" autocomplete="off" maxlength="200"/>
            </label>
            <label>
                <span>"Note"</span>
                <textarea node_ref=remark_field prop:value=text_of(move || said.get().remark) on:change=on(remark_it) rows="3"
                    placeholder="What it does, and when it wins"></textarea>
            </label>
        </div>
    }
}
