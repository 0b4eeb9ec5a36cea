//! The goal, what serves it and what works against it, and where to intervene.

use leptos::prelude::*;

use crate::app::components::field::{Choice, TextArea};
use crate::app::components::report::Report;
use crate::app::dispatch::dispatch;
use crate::app::state::{App, use_app};
use crate::editor::{Command, Event, describe};
use crate::model::{Aim, Element, Id, LeverageLevel};
use crate::worker::ReportKind;

/// Which way a variable can be wanted to go.
const AIMS: [(&str, &str, Option<Aim>); 3] = [
    ("", "no goal", None),
    ("rise", "should rise", Some(Aim::Rise)),
    ("fall", "should fall", Some(Aim::Fall)),
];

/// The tab.
#[component]
pub fn Leverage() -> impl IntoView {
    let app = use_app();
    let purpose = Memo::new(move |_| {
        app.document.track();
        app.with(|core| core.editor.document().properties().purpose.clone())
    });
    // The one variable or link that is selected.
    let only = Memo::new(move |_| {
        app.selection.track();
        app.document.track();
        app.with(|core| {
            let selection = core.editor.selection();
            let only = selection.iter().next().copied();
            let only = only.filter(|_| selection.len() == 1)?;
            let document = core.editor.document();
            let is_causal =
                document.variables().contains_key(&only) || document.links().contains_key(&only);
            is_causal.then_some(only)
        })
    });
    view! {
        <label class="labelled">
            <span class="muted small">"What this system is for"</span>
            <TextArea
                value=purpose
                keep=move |typed| dispatch(app, Event::Do(Command::SetPurpose(typed)))
                attr:class="field"
                attr:id="purpose"
                attr:rows="2"
                attr:placeholder="Such as: small changes reach users safely"
            />
        </label>
        <Report kind=ReportKind::Leverage/>
        // At the foot, so that the row that was pressed stays under the pointer.
        <div class="leverage-foot">
            <For each=move || only.get() key=|id| *id let:id>
                <Said id/>
            </For>
            <Show when=move || only.with(Option::is_none)>
                <p class="muted small">
                    "Select a variable to say whether it should rise or fall, or what kind of \
                     leverage you see there."
                </p>
            </Show>
        </div>
    }
}

/// What a person says of what is selected.
#[component]
fn Said(id: Id) -> impl IntoView {
    let app = use_app();
    let name = Memo::new(move |_| {
        app.document.track();
        app.with(|core| describe(core.editor.document(), id))
    });
    let is_variable = app.with(|core| core.editor.document().variables().contains_key(&id));
    view! {
        <div class="inspector">
            <h3>{name}</h3>
            {is_variable.then(|| view! { <AimChoice id/> })}
            <LevelChoice id/>
        </div>
    }
}

/// Which way a variable should go.
#[component]
fn AimChoice(id: Id) -> impl IntoView {
    let app = use_app();
    let now = Signal::derive(move || {
        app.document.track();
        let aim = app.with(|core| {
            let variable = core.editor.document().variables().get(&id);
            variable.and_then(|variable| variable.aim)
        });
        let found = AIMS.iter().find(|(_, _, other)| *other == aim);
        found.map_or("", |(value, ..)| *value).to_owned()
    });
    let keep = move |chosen: String| {
        let aim = AIMS.iter().find(|(value, ..)| *value == chosen);
        let aim = aim.and_then(|(_, _, aim)| *aim);
        replace(app, id, move |element| {
            if let Element::Variable(variable) = element {
                variable.aim = aim;
            }
        });
    };
    view! {
        <Labelled words="Goal">
            <Choice
                options=AIMS.map(|(value, words, _)| (value.to_owned(), words.to_owned())).to_vec()
                chosen=now
                keep
                attr:id="aim"
                attr:aria-label="Goal for it"
            />
        </Labelled>
    }
}

/// What kind of leverage a person sees in a variable or link.
#[component]
fn LevelChoice(id: Id) -> impl IntoView {
    let app = use_app();
    let number = |level: LeverageLevel| level.number().to_string();
    let levels = LeverageLevel::all().map(|level| {
        let number = number(level);
        let words = format!("{number} · {}", level.name());
        (number, words)
    });
    let none = [(String::new(), "no leverage tag".to_owned())];
    let levels: Vec<_> = none.into_iter().chain(levels).collect();
    let now = Signal::derive(move || {
        app.document.track();
        let level = app.with(|core| match core.editor.document().element(id) {
            Some(Element::Variable(variable)) => variable.leverage,
            Some(Element::Link(link)) => link.leverage,
            _ => None,
        });
        level.map(number).unwrap_or_default()
    });
    let keep = move |chosen: String| {
        let level = chosen.parse().ok();
        let level = level.and_then(|number| LeverageLevel::new(number).ok());
        replace(app, id, move |element| match element {
            Element::Variable(variable) => variable.leverage = level,
            Element::Link(link) => link.leverage = level,
            _ => {}
        });
    };
    view! {
        <Labelled words="Leverage">
            <Choice
                options=levels
                chosen=now
                keep
                attr:id="leverage-level"
                attr:aria-label="Leverage, by Meadows' levels"
            />
        </Labelled>
    }
}

/// A choice with its words beside it; who cannot see them hears the name of the choice.
#[component]
fn Labelled(words: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="labelled-row">
            <span class="muted small" aria-hidden="true">
                {words}
            </span>
            {children()}
        </div>
    }
}

fn replace(app: App, id: Id, change: impl FnOnce(&mut Element)) {
    let element = app.with(|core| core.editor.document().element(id));
    if let Some(mut element) = element {
        change(&mut element);
        dispatch(app, Event::Do(Command::Replace(id, element)));
    }
}
