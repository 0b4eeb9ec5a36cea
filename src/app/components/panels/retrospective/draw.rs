//! Drawing: for each variable that the retrospective is about, what causes it, and what it leads to.

use leptos::prelude::*;
use leptos::{ev, html};

use super::varied::DrawAll;
use crate::app::browser::focus_soon;
use crate::app::components::icon::Icon;
use crate::app::components::panels::outline_controls::SignButtons;
use crate::app::dispatch::{act, dispatch};
use crate::app::services::{notify, retrospectives};
use crate::app::state::{App, use_app};
use crate::app::text::counted;
use crate::editor::{Action, Command, Event};
use crate::model::{Behaviour, Document, Id, in_sentence};
use crate::story::{SheetStep, around};

/// How many variables are listed at most.
const MOST: usize = 60;

/// What is known of a variable here.
#[derive(Clone, Debug, Default, PartialEq)]
struct Known {
    name: String,
    /// How it behaved by the sheet.
    how: Option<Behaviour>,
    /// The links that lead to it, with the names of their causes.
    causes: Vec<(Id, String)>,
    /// How many links lead from it.
    effects: usize,
}

fn known(document: &Document, sheet: Id, id: Id) -> Option<Known> {
    let variable = document.variables().get(&id)?;
    let all = document.variations_of(sheet).into_iter();
    let mut own = all.filter(|(_, one)| document.variable_of(one) == Some(id));
    let how = own.next().and_then(|(_, one)| one.how);
    let name = |id: Id| {
        let variable = document.variables().get(&id);
        in_sentence(variable.map_or("", |variable| &variable.name))
    };
    let edges = || {
        document
            .edges_of(id)
            .filter_map(|id| Some((id, document.edge(id)?)))
    };
    let causes = edges().filter(|(_, edge)| edge.to == id);
    Some(Known {
        name: in_sentence(&variable.name),
        how,
        causes: causes.map(|(link, edge)| (link, name(edge.from))).collect(),
        effects: edges().filter(|(_, edge)| edge.from == id).count(),
    })
}

/// What to ask of something that behaved so.
const fn question(how: Option<Behaviour>) -> &'static str {
    match how {
        Some(Behaviour::Rose) => "What made it rise?",
        Some(Behaviour::Fell) => "What made it fall?",
        Some(Behaviour::Accelerated) => "What made it grow?",
        Some(Behaviour::LevelledOff) => "What held it back?",
        Some(Behaviour::Swung) => "What made it swing?",
        Some(Behaviour::Jumped) => "What made it jump?",
        None => "What makes it change?",
    }
}

/// How far a variable is linked, in words.
fn linked(known: &Known) -> String {
    let (causes, effects) = (known.causes.len(), known.effects);
    match (causes, effects) {
        (0, 0) => "no link yet".to_owned(),
        (0, _) => format!("no cause yet, {}", counted(effects, "effect")),
        (_, 0) => format!("{}, no effect yet", counted(causes, "cause")),
        _ => format!(
            "{}, {}",
            counted(causes, "cause"),
            counted(effects, "effect")
        ),
    }
}

/// The variables, each with its causes.
#[component]
pub fn Draw(
    /// The sheet.
    id: Id,
) -> impl IntoView {
    let app = use_app();
    let rows = Memo::new(move |_| {
        app.document.track();
        app.with(|core| around(core.editor.document(), id, MOST))
    });
    // Without a choice it is the first that has no cause yet.
    let asked = Memo::new(move |_| {
        let chosen = app.sheet.with(|choice| choice.asked);
        rows.with(|rows| chosen.filter(|id| rows.contains(id)))
    });
    view! {
        <DrawAll id/>
        <Show when=move || rows.with(Vec::is_empty)>
            <p class="muted">
                "Nothing of what varied is on the canvas yet. "
                <button
                    class="button button-small"
                    on:click=move |_| retrospectives::go_to(app, SheetStep::Varied)
                >
                    "Go to what varied"
                </button>
            </p>
        </Show>
        <ul class="retro-lines" aria-label="Variables and their causes">
            <For each=move || rows.get() key=|id| *id let:variable>
                <Row sheet=id id=variable asked/>
            </For>
        </ul>
        <Show when=move || rows.with(|rows| rows.len() > 1)>
            <button class="button retro-wide" on:click=move |_| act(app, Action::Arrange)>
                <Icon picture=icondata_lu::LuWandSparkles/>
                "Arrange the diagram"
            </button>
        </Show>
    }
}

/// A variable, and its causes while it is open.
#[component]
fn Row(sheet: Id, id: Id, asked: Memo<Option<Id>>) -> impl IntoView {
    let app = use_app();
    let now = Memo::new(move |_| {
        app.document.track();
        app.with(|core| known(core.editor.document(), sheet, id))
            .unwrap_or_default()
    });
    let is_open = Memo::new(move |_| asked.get() == Some(id));
    let toggle = move |_| {
        let next = (!is_open.get_untracked()).then_some(id);
        app.sheet.update(|choice| choice.asked = next);
        if next.is_some() {
            dispatch(app, Event::Select([id].into()));
        }
    };
    let is_alone = move || now.with(|now| now.causes.is_empty());
    view! {
        <li class="retro-variable" class:retro-variable-open=move || is_open.get()>
            <button
                class="retro-variable-head"
                id=format!("retro-variable-{id}")
                aria-label=move || now.with(|now| format!("{}, {}", now.name, linked(now)))
                aria-expanded=move || is_open.get().to_string()
                on:click=toggle
            >
                <strong dir="auto">{move || now.with(|now| now.name.clone())}</strong>
                <span class:retro-alone=is_alone>{move || now.with(linked)}</span>
            </button>
            <Show when=move || is_open.get()>
                <Causes id now/>
            </Show>
        </li>
    }
}

/// The causes of a variable, the field for a further one, and what it leads to.
#[component]
fn Causes(id: Id, now: Memo<Known>) -> impl IntoView {
    let app = use_app();
    let causes = Memo::new(move |_| now.with(|now| now.causes.clone()));
    // By its link: a cause that is renamed stays in its row.
    let name_of = move |link: Id| {
        move || {
            causes.with(|all| {
                let found = all.iter().find(|(id, _)| *id == link);
                found.map(|(_, name)| name.clone()).unwrap_or_default()
            })
        }
    };
    let ask = move || now.with(|now| question(now.how));
    let field = NodeRef::<html::Input>::new();
    let add = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(field) = field.get_untracked() else {
            return;
        };
        let typed = field.value();
        if !typed.trim().is_empty() {
            field.set_value("");
            add_cause(app, id, typed);
        }
    };
    let link_to = move |_| {
        dispatch(app, Event::Select([id].into()));
        act(app, Action::LinkTo);
    };
    view! {
        <div class="retro-causes">
            <ul class="story-lines" aria-label="Its causes">
                <For each=move || causes.get() key=|(link, _)| *link let((link, _))>
                    <li class="retro-cause">
                        <span dir="auto">{name_of(link)}</span>
                        <SignButtons id=link/>
                    </li>
                </For>
            </ul>
            <form class="retro-new retro-new-one" on:submit=add>
                <input
                    dir="auto"
                    class="field"
                    node_ref=field
                    id="retro-cause"
                    aria-label=ask
                    placeholder=ask
                    autocomplete="off"
                    maxlength="200"
                />
                <button class="button" type="submit">
                    "Link"
                </button>
            </form>
            <div class="story-buttons">
                <button
                    class="button"
                    on:click=move |_| dispatch(app, Event::Select([id].into()))
                >
                    <Icon picture=icondata_lu::LuEye/>
                    "Show"
                </button>
                <button class="button" on:click=link_to>
                    <Icon picture=icondata_lu::LuCornerDownRight/>
                    "What it leads to…"
                </button>
            </div>
        </div>
    }
}

/// Links a cause by its name. One that is new is asked about next: what made that?
fn add_cause(app: App, effect: Id, name: String) {
    let before = app.with(|core| core.editor.document().variable_named(&name));
    let words = in_sentence(&name);
    dispatch(
        app,
        Event::Do(Command::AddCause {
            effect,
            name: name.clone(),
        }),
    );
    let cause = app.with(|core| core.editor.document().variable_named(&name));
    // Of one that was there the editor tells what became of the link, and of the loops.
    if let (None, Some(cause)) = (before, cause) {
        app.sheet.update(|choice| choice.asked = Some(cause));
        let asked = format!("{words} drawn and linked. What makes it change?");
        notify::announce(app, asked);
    }
    focus_soon("#retro-cause");
}
