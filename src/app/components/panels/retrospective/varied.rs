//! What varied: things that rose, fell or swung, and their variables on the canvas.

use leptos::ev;
use leptos::prelude::*;

use super::lines::lines;
use crate::app::browser::focus_soon;
use crate::app::components::field::{Choice, InputField};
use crate::app::components::icon::{Icon, IconButton};
use crate::app::components::panels::ordered::{Handle, Order, OrderedRow};
use crate::app::dispatch::dispatch;
use crate::app::services::retrospectives;
use crate::app::state::use_app;
use crate::editor::{Command, Event, rename_variation, say_behaviour};
use crate::model::{Behaviour, Id, VariableKind, in_sentence};

/// What the ids of the handles begin with.
const HANDLES: &str = "retro-varied";

/// What a variable can be drawn as: a value, words, and the kind.
const KINDS: [(&str, &str, VariableKind); 3] = [
    ("plain", "variable", VariableKind::Plain),
    ("stock", "stock", VariableKind::Stock),
    ("rate", "flow", VariableKind::Rate),
];

/// The list, and the line for a further thing.
#[component]
pub fn Varied(
    /// The sheet.
    id: Id,
) -> impl IntoView {
    let order = lines(".retro-line", HANDLES, move |document| {
        let all = document.variations_of(id).into_iter();
        all.map(|(id, _)| id).collect()
    });
    let rows = order.rows;
    view! {
        <ol class="retro-lines" aria-label="What varied">
            <For each=move || rows.get() key=|id| *id let:id>
                <Row id order/>
            </For>
        </ol>
        <NewThing id/>
        <DrawAll id/>
    }
}

/// The things of the sheet that have a name and no variable yet.
fn open_things(app: crate::app::state::App, sheet: Id) -> Vec<Id> {
    app.with(|core| {
        let document = core.editor.document();
        let all = document.variations_of(sheet).into_iter();
        let open = all
            .filter(|(_, one)| !one.name.trim().is_empty() && document.variable_of(one).is_none());
        open.map(|(id, _)| id).collect()
    })
}

/// Puts all that is not on the canvas there; nothing where there is no such thing.
#[component]
pub fn DrawAll(
    /// The sheet.
    id: Id,
) -> impl IntoView {
    let app = use_app();
    let open = Memo::new(move |_| {
        app.document.track();
        open_things(app, id)
    });
    let words = move || match open.with(Vec::len) {
        1 => "Put it on the canvas".to_owned(),
        2 => "Put both on the canvas".to_owned(),
        count => format!("Put all {count} on the canvas"),
    };
    let draw = move |_| {
        let all = open.get_untracked();
        dispatch(
            app,
            Event::Do(Command::DrawVariations(all, VariableKind::Plain)),
        );
        focus_soon(".retro-head[aria-expanded=true]");
    };
    view! {
        <Show when=move || open.with(|open| !open.is_empty())>
            <button class="button retro-wide" on:click=draw>
                <Icon picture=icondata_lu::LuPenLine/>
                {words}
            </button>
        </Show>
    }
}

/// A thing that varied: its name, how it behaved, and its variable.
#[component]
fn Row(id: Id, order: Order) -> impl IntoView {
    let app = use_app();
    let place = order.place(id);
    let now = Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let document = core.editor.document();
            let one = document.variations().get(&id)?;
            let variable = document.variable_of(one);
            // A variable that was renamed on the canvas is called as it is there.
            let named = variable.and_then(|id| document.variables().get(&id));
            let name = named.map_or(&one.name, |variable| &variable.name);
            let is_gone = variable.is_none() && one.variable.is_some();
            Some((name.clone(), one.how, variable, is_gone))
        })
    });
    let name = Memo::new(move |_| {
        now.with(|now| now.as_ref().map(|now| now.0.clone()))
            .unwrap_or_default()
    });
    let variable = Memo::new(move |_| now.with(|now| now.as_ref().and_then(|now| now.2)));
    let is_gone = move || now.with(|now| now.as_ref().is_some_and(|now| now.3));
    let spoken = move || in_sentence(&name.get());
    let how = move || {
        let how = now.with(|now| now.as_ref().and_then(|now| now.1));
        how.map_or("", |how| how.words()).to_owned()
    };
    let first = [(String::new(), "not known".to_owned())];
    let offered = Behaviour::ALL.map(|how| (how.words().to_owned(), how.words().to_owned()));
    let options: Vec<(String, String)> = first.into_iter().chain(offered).collect();
    let keep_how = move |value: String| {
        let how = Behaviour::ALL.into_iter().find(|how| how.words() == value);
        retrospectives::change(app, |document| say_behaviour(document, id, how));
    };
    let rename = move |typed: String| {
        retrospectives::change(app, |document| rename_variation(document, id, &typed));
    };
    let kind = RwSignal::new("plain".to_owned());
    let draw = move |_| {
        let chosen = kind.get_untracked();
        let kind = KINDS.iter().find(|(value, ..)| *value == chosen);
        let kind = kind.map_or(VariableKind::Plain, |(_, _, kind)| *kind);
        dispatch(app, Event::Do(Command::DrawVariations(vec![id], kind)));
        focus_soon(format!("#retro-show-{id}"));
    };
    let show = move |_| {
        if let Some(variable) = variable.get_untracked() {
            dispatch(app, Event::Select([variable].into()));
        }
    };
    view! {
        <OrderedRow order id>
            <div class="retro-line">
                <Handle order id name=move || format!("Move {}", spoken())/>
                <InputField
                    value=name
                    keep=rename
                    attr:class="field retro-name"
                    attr:aria-label=move || format!("What varied, {}", place.get() + 1)
                    attr:placeholder="What varied"
                    attr:autocomplete="off"
                    attr:maxlength="500"
                />
                <IconButton
                    picture=icondata_lu::LuX
                    name=move || format!("Remove {}", spoken())
                    title="Remove"
                    on:click=move |_| {
                        retrospectives::remove(app, id, HANDLES, "#retro-varied-new");
                    }
                />
                <div class="retro-below">
                    <Choice
                        options
                        chosen=Signal::derive(how)
                        keep=keep_how
                        attr:aria-label=move || format!("How {} behaved", spoken())
                    />
                    <Show
                        when=move || variable.with(Option::is_some)
                        fallback=move || {
                            view! {
                                <Choice
                                    options=KINDS
                                        .map(|(value, words, _)| {
                                            (value.to_owned(), words.to_owned())
                                        })
                                        .to_vec()
                                    chosen=kind
                                    keep=move |value| kind.set(value)
                                    attr:aria-label=move || format!("Draw {} as", spoken())
                                />
                                <IconButton
                                    picture=icondata_lu::LuPenLine
                                    name=move || format!("Put {} on the canvas", spoken())
                                    title="Put it on the canvas"
                                    class:retro-draw=true
                                    attr:disabled=move || {
                                        name.with(|name| name.trim().is_empty())
                                    }
                                    on:click=draw
                                />
                            }
                        }
                    >
                        <button
                            class="button"
                            id=format!("retro-show-{id}")
                            aria-label=move || format!("Show {} on the canvas", spoken())
                            on:click=show
                        >
                            <Icon picture=icondata_lu::LuEye/>
                            "Show"
                        </button>
                    </Show>
                </div>
                <Show when=is_gone>
                    <p class="story-gone retro-below">
                        <Icon picture=icondata_lu::LuTriangleAlert/>
                        "Its variable is gone from the canvas."
                    </p>
                </Show>
            </div>
        </OrderedRow>
    }
}

/// The line in which a further thing is typed.
#[component]
fn NewThing(id: Id) -> impl IntoView {
    let app = use_app();
    let add = move |event: ev::SubmitEvent| {
        event.prevent_default();
        retrospectives::add_varied(app, id);
    };
    view! {
        <form class="retro-new retro-new-one" aria-label="What else varied" on:submit=add>
            <input
                dir="auto"
                class="field"
                id="retro-varied-new"
                aria-label="What else varied"
                placeholder="Such as: open reviews"
                autocomplete="off"
                maxlength="500"
                prop:value=move || app.sheet_draft.with(|draft| draft.varied.clone())
                on:input=move |event| {
                    app.sheet_draft.update(|draft| draft.varied = event_target_value(&event));
                }
            />
            <button class="button" type="submit">
                "Add"
            </button>
        </form>
    }
}
