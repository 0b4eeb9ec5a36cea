//! The outline: the diagram as lists and sentences, for the keyboard and for screen readers.

use std::collections::BTreeSet;

use leptos::html::{Input, Select};
use leptos::prelude::*;

use crate::app::plain::{Line, flag_of, lines, on, show, text_of, view_of};
use web_sys::SubmitEvent;

use super::grouped;
use crate::app::browser::lower_case;
use crate::app::icon::icon;
use crate::app::state::{App, use_app};
use crate::editor::{Command, Event, describe};
use crate::lean;
use crate::model::{Delay, Element, ElementKind, Id, Polarity};

/// How many lines a list shows; the filter finds the others.
const PAGE: usize = 200;

/// A line of the outline.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Row {
    id: Id,
    words: String,
}

/// The lines of one kind that contain `filter`, by their words, and how many there are.
fn rows(app: App, kind: ElementKind, filter: &str) -> (Vec<Row>, usize) {
    let filter = lower_case(filter.trim());
    app.with(|core| {
        let document = core.editor.document();
        let ids: Vec<Id> = match kind {
            ElementKind::Variable => document.variables().keys().copied().collect(),
            ElementKind::Link => document.links().keys().copied().collect(),
            ElementKind::Note => document.notes().keys().copied().collect(),
            ElementKind::Station => document.stations().keys().copied().collect(),
            ElementKind::Flow => document.flows().keys().copied().collect(),
            ElementKind::LoopLabel => Vec::new(),
        };
        let mut lines: Vec<Row> = ids
            .into_iter()
            .map(|id| Row {
                id,
                words: describe(document, id),
            })
            .filter(|line| filter.is_empty() || lower_case(&line.words).contains(&filter))
            .collect();
        lean::sort_by_key(&mut lines, |line| {
            (line.words.to_ascii_lowercase(), line.id)
        });
        let count = lines.len();
        lines.truncate(PAGE);
        (lines, count)
    })
}

/// The outline.
#[component]
pub fn OutlinePanel() -> impl IntoView {
    let app = use_app();
    let filter = RwSignal::new(String::new());
    view! {
        <h2 class="panel-title">"Outline"</h2>
        <input id="outline-filter" class="field" type="search" placeholder="Find by name"
            aria-label="Find in the outline" prop:value=text_of(move || filter.get())
            on:input=on(move |event: web_sys::Event| filter.set(event_target_value(&event)))/>
        <AddVariable/>
        <Section kind=ElementKind::Variable title="Variables" filter=filter/>
        <AddLink/>
        <Section kind=ElementKind::Link title="Links" filter=filter/>
        {show(
            move || {
                app.document.track();
                app.with(|core| !core.editor.document().notes().is_empty())
            },
            move || view! { <Section kind=ElementKind::Note title="Notes" filter=filter/> }.into_any(),
        )}
        {show(
            move || {
                app.document.track();
                app.with(|core| !core.editor.document().stations().is_empty())
            },
            move || view! {
                <Section kind=ElementKind::Station title="Stations" filter=filter/>
                <Section kind=ElementKind::Flow title="Flows" filter=filter/>
            }.into_any(),
        )}
    }
}

#[component]
fn Section(
    /// Which records.
    kind: ElementKind,
    /// The heading.
    title: &'static str,
    /// What the lines must contain.
    filter: RwSignal<String>,
) -> impl IntoView {
    let app = use_app();
    let found = Memo::new(move |_| {
        app.document.track();
        rows(app, kind, &filter.get())
    });
    let selected = Memo::new(move |_| {
        app.selection.track();
        app.with(|core| core.editor.selection().clone())
    });
    view! {
        <section class="outline-section" aria-label=title>
            <h3>{title} " " <span class="count">{text_of(move || grouped(found.get().1 as u64))}</span></h3>
            <ul class="outline">
                // By what they are: a line whose words change stays, and so does the focus in it.
                {lines(move || found.get().0.into_iter().map(|row| Line {
                    key: row.id.to_string(),
                    view: Box::new(move || {
                        view! { <OutlineRow id=row.id kind=kind selected=selected/> }.into_any()
                    }),
                }).collect())}
            </ul>
            {show(move || found.get().1 > PAGE, || view! {
                <p class="muted">{format!("The first {PAGE} are shown. Find narrows the list.")}</p>
            }.into_any())}
        </section>
    }
}

#[component]
fn OutlineRow(
    /// What it shows.
    id: Id,
    /// Which kind of record.
    kind: ElementKind,
    /// What is selected.
    selected: Memo<BTreeSet<Id>>,
) -> impl IntoView {
    let app = use_app();
    let words = Memo::new(move |_| {
        app.document.track();
        app.with(|core| describe(core.editor.document(), id))
    });
    let is_selected = Memo::new(move |_| selected.with(|ids| ids.contains(&id)));
    let alone = Memo::new(move |_| selected.with(|ids| ids.len() == 1 && ids.contains(&id)));
    view! {
        <li class="outline-row" class:outline-selected=flag_of(move || is_selected.get())>
            <button class="outline-words" aria-pressed=text_of(move || is_selected.get().to_string())
                on:click=on(move |_| app.dispatch(Event::Select(BTreeSet::from([id]))))>
                {text_of(move || words.get())}
            </button>
            {show(move || alone.get(), move || view! {
                {match kind {
                    ElementKind::Variable | ElementKind::Note | ElementKind::Station => {
                        view! { <TextControls id=id/> }.into_any()
                    }
                    ElementKind::Link => view! { <LinkControls id=id/> }.into_any(),
                    ElementKind::Flow | ElementKind::LoopLabel => ().into_any(),
                }}
                <button class="icon-button" aria-label=text_of(move || format!("Delete {}", words.get())) title="Delete"
                    on:click=on(move |_| app.dispatch(Event::Do(Command::Remove(id))))>
                    {icon(icondata_lu::LuTrash2)}
                </button>
            }.into_any())}
        </li>
    }
}

#[component]
fn TextControls(
    /// The variable or note.
    id: Id,
) -> impl IntoView {
    let app = use_app();
    let now = Memo::new(move |_| {
        app.document.track();
        app.with(|core| match core.editor.document().element(id) {
            Some(Element::Variable(variable)) => (variable.name, Some(variable.remark)),
            Some(Element::Note(note)) => (note.text, None),
            Some(Element::Station(station)) => (station.name, Some(station.remark)),
            _ => (String::new(), None),
        })
    });
    let set = move |event: web_sys::Event| {
        app.dispatch(Event::Do(Command::SetText(id, event_target_value(&event))));
    };
    let remark = now.get_untracked().1.is_some().then(|| {
        view! {
            <input class="field" aria-label="About it" placeholder="What it is, how it is measured"
                prop:value=text_of(move || now.get().1.unwrap_or_default()) autocomplete="off"
                on:change=on(move |event: web_sys::Event| {
                    app.dispatch(Event::Do(Command::SetRemark(id, event_target_value(&event))));
                })/>
        }
    });
    view! {
        <input class="field" aria-label="Words" prop:value=text_of(move || now.get().0)
            autocomplete="off" on:change=on(set)/>
        {remark}
    }
}

#[component]
fn LinkControls(
    /// The link.
    id: Id,
) -> impl IntoView {
    let app = use_app();
    let now = Memo::new(move |_| {
        app.document.track();
        let link = app.with(|core| core.editor.document().links().get(&id).cloned());
        link.map(|link| (link.polarity, link.delay, link.remark))
            .unwrap_or_default()
    });
    let delayed = move || now.get().1 == Delay::Delayed;
    let remark_field = NodeRef::<Input>::new();
    view! {
        <div class="link-controls" role="group" aria-label="Polarity and delay">
            {[Polarity::Positive, Polarity::Negative, Polarity::Unknown].map(|sign| view! {
                <button class="sign-button" aria-label=format!("Polarity {}", sign_word(sign))
                    aria-pressed=text_of(move || (now.get().0 == sign).to_string())
                    on:click=on(move |_| app.dispatch(Event::Do(Command::SetPolarity(id, sign))))>
                    {sign.symbol().to_string()}
                </button>
            })}
            <button class="button" aria-pressed=text_of(move || delayed().to_string())
                on:click=on(move |_| {
                    let delay = if delayed() { Delay::None } else { Delay::Delayed };
                    app.dispatch(Event::Do(Command::SetDelay(id, delay)));
                })>"Delayed"</button>
        </div>
        <input class="field" id="link-remark" aria-label="Why this cause has this effect" placeholder="Why?"
            node_ref=remark_field prop:value=text_of(move || now.get().2) autocomplete="off"
            on:change=on(move |_| {
                if let Some(field) = remark_field.get_untracked() {
                    app.dispatch(Event::Do(Command::SetRemark(id, field.value())));
                }
            })/>
    }
}

const fn sign_word(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Positive => "plus",
        Polarity::Negative => "minus",
        Polarity::Unknown => "unknown",
    }
}

#[component]
fn AddVariable() -> impl IntoView {
    let app = use_app();
    let field = NodeRef::<Input>::new();
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(field) = field.get_untracked() else {
            return;
        };
        if !field.value().trim().is_empty() {
            app.dispatch(Event::Do(Command::AddVariable(field.value())));
            app.say(format!("Added {}", field.value()));
            field.set_value("");
        }
    };
    view! {
        <form class="add-form" on:submit=on(add)>
            <input class="field" node_ref=field placeholder="New variable" autocomplete="off"
                aria-label="Name of a new variable" maxlength="200"/>
            <button class="button" type="submit">"Add"</button>
        </form>
    }
}

#[component]
fn AddLink() -> impl IntoView {
    let app = use_app();
    let (from, to) = (NodeRef::<Select>::new(), NodeRef::<Select>::new());
    let sign = NodeRef::<Select>::new();
    let delay = NodeRef::<Input>::new();
    let variables = Memo::new(move |_| {
        app.document.track();
        rows(app, ElementKind::Variable, "").0
    });
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        let chosen = |select: NodeRef<Select>| select.get_untracked().map(|s| s.value());
        let id = |select| chosen(select).and_then(|value| value.parse::<Id>().ok());
        let (Some(from), Some(to)) = (id(from), id(to)) else {
            return;
        };
        let polarity = match chosen(sign).as_deref() {
            Some("+") => Polarity::Positive,
            Some("-") => Polarity::Negative,
            _ => Polarity::Unknown,
        };
        let delay = match delay.get_untracked().is_some_and(|delay| delay.checked()) {
            true => Delay::Delayed,
            false => Delay::None,
        };
        app.dispatch(Event::Do(Command::AddLink {
            from,
            to,
            polarity,
            delay,
        }));
    };
    // The effect is another variable than the cause, unless a person wants it so.
    let options = move |first: usize| {
        let rows = variables.get().into_iter().enumerate();
        rows.map(|(place, row)| {
            view! {
                <option value=row.id.to_string() selected=place == first>{row.words}</option>
            }
        })
        .collect_view()
        .into_any()
    };
    view! {
        {show(move || !variables.get().is_empty(), move || view! {
            <form class="add-link" on:submit=on(add) aria-label="New link">
                <select class="field" aria-label="Cause" node_ref=from>{view_of(move || options(0))}</select>
                <select class="field" aria-label="Polarity" node_ref=sign>
                    <option value="+">"increases (+)"</option>
                    <option value="-">"decreases (−)"</option>
                    <option value="?">"affects (?)"</option>
                </select>
                <select class="field" aria-label="Effect" node_ref=to>{view_of(move || options(1))}</select>
                <label class="check"><input type="checkbox" node_ref=delay/>"delayed"</label>
                <button class="button" type="submit">"Add link"</button>
            </form>
        }.into_any())}
    }
}
