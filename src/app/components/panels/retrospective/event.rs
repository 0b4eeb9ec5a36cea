//! What happened: the event in a sentence, and the timeline of facts.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::lines::lines;
use crate::app::browser::{focus_soon, key_name};
use crate::app::components::field::{InputField, TextArea};
use crate::app::components::icon::IconButton;
use crate::app::components::panels::ordered::{Handle, Order, OrderedRow};
use crate::app::services::retrospectives;
use crate::app::state::use_app;
use crate::editor::{FactText, SheetText, write_fact, write_sheet};
use crate::model::{Id, Retrospective};

/// What the ids of the handles of facts begin with.
const HANDLES: &str = "retro-fact";

/// The event and its timeline.
#[component]
pub fn Happened(
    /// The sheet.
    id: Id,
) -> impl IntoView {
    let app = use_app();
    let sheet = Memo::new(move |_| {
        app.document.track();
        app.with(|core| core.editor.document().retrospectives().get(&id).cloned())
    });
    let text = move |of: fn(&Retrospective) -> &String| {
        Signal::derive(move || {
            sheet
                .with(|sheet| sheet.as_ref().map(|sheet| of(sheet).clone()))
                .unwrap_or_default()
        })
    };
    let keep = move |of: SheetText| {
        move |typed: String| {
            retrospectives::change(app, |document| write_sheet(document, id, of, &typed));
        }
    };
    view! {
        <label class="story-field">
            <span>"The event, in a sentence"</span>
            <TextArea
                value=text(|sheet| &sheet.event)
                keep=keep(SheetText::Event)
                attr:class="field retro-grows"
                attr:id="retro-event"
                attr:rows="1"
                attr:maxlength="500"
                attr:placeholder="Such as: a release took payments down for 40 minutes"
                on:keydown=move |event| keep_on_enter(&event)
            />
        </label>
        <div class="retro-pair">
            <label class="story-field">
                <span>"When it happened"</span>
                <InputField
                    value=text(|sheet| &sheet.when)
                    keep=keep(SheetText::When)
                    attr:class="field"
                    attr:autocomplete="off"
                    attr:maxlength="500"
                />
            </label>
            <label class="story-field">
                <span>"Who takes part (optional)"</span>
                <InputField
                    value=text(|sheet| &sheet.people)
                    keep=keep(SheetText::People)
                    attr:class="field"
                    attr:autocomplete="off"
                    attr:maxlength="500"
                />
            </label>
        </div>
        <Timeline id/>
    }
}

/// Enter keeps what was typed, as in a field of one line; with Shift it begins a new line.
pub fn keep_on_enter(event: &ev::KeyboardEvent) {
    if key_name(event) != "Enter" || event.shift_key() {
        return;
    }
    event.prevent_default();
    let field = event.target();
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        // Leaving a field keeps what is in it; coming back at once, the focus is where it was.
        let _ = field.blur();
        let _ = field.focus();
    }
}

/// The facts, and the line for a further one.
#[component]
fn Timeline(id: Id) -> impl IntoView {
    let order = lines(".retro-line", HANDLES, move |document| {
        let all = document.facts_of(id).into_iter();
        all.map(|(id, _)| id).collect()
    });
    let rows = order.rows;
    view! {
        <h4 class="retro-heading">"Timeline of facts"</h4>
        <ol class="retro-lines" aria-label="Facts">
            <For each=move || rows.get() key=|id| *id let:id>
                <FactRow id order/>
            </For>
        </ol>
        <NewFact id/>
    }
}

/// A fact: when, and what was seen.
#[component]
fn FactRow(id: Id, order: Order) -> impl IntoView {
    let app = use_app();
    let place = order.place(id);
    let number = move || place.get() + 1;
    let fact = Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let fact = core.editor.document().facts().get(&id);
            fact.map(|fact| (fact.when.clone(), fact.what.clone()))
                .unwrap_or_default()
        })
    });
    let keep = move |of: FactText| {
        move |typed: String| {
            retrospectives::change(app, |document| write_fact(document, id, of, &typed));
        }
    };
    view! {
        <OrderedRow order id>
            <div class="retro-line">
                <Handle order id name=move || format!("Move fact {}", number())/>
                <InputField
                    value=Signal::derive(move || fact.with(|fact| fact.0.clone()))
                    keep=keep(FactText::When)
                    attr:class="field retro-when"
                    attr:aria-label=move || format!("When, fact {}", number())
                    attr:placeholder="When"
                    attr:autocomplete="off"
                    attr:maxlength="500"
                />
                <TextArea
                    value=Signal::derive(move || fact.with(|fact| fact.1.clone()))
                    keep=keep(FactText::What)
                    attr:class="field retro-what retro-grows"
                    attr:aria-label=move || format!("What was seen, fact {}", number())
                    attr:placeholder="What was seen"
                    attr:rows="1"
                    attr:maxlength="20000"
                    on:keydown=move |event| keep_on_enter(&event)
                />
                <IconButton
                    picture=icondata_lu::LuX
                    name=move || format!("Remove fact {}", number())
                    title="Remove"
                    on:click=move |_| {
                        retrospectives::remove(app, id, HANDLES, "#retro-what-new");
                    }
                />
            </div>
        </OrderedRow>
    }
}

/// The line in which a further fact is typed. Several lines that are pasted are several facts.
#[component]
fn NewFact(id: Id) -> impl IntoView {
    let app = use_app();
    let add = move |event: ev::SubmitEvent| {
        event.prevent_default();
        retrospectives::add_fact(app, id);
        focus_soon("#retro-when-new");
    };
    let paste = move |event: ev::ClipboardEvent| {
        let pasted = event.clipboard_data();
        let text = pasted.and_then(|data| data.get_data("text/plain").ok());
        let text = text.unwrap_or_default();
        if text.trim().lines().count() > 1 {
            event.prevent_default();
            retrospectives::paste_facts(app, id, &text);
        }
    };
    view! {
        <form class="retro-new" aria-label="A further fact" on:submit=add>
            <input
                dir="auto"
                class="field retro-when"
                id="retro-when-new"
                aria-label="When"
                placeholder="14:02"
                autocomplete="off"
                maxlength="500"
                prop:value=move || app.sheet_draft.with(|draft| draft.when.clone())
                on:input=move |event| {
                    app.sheet_draft.update(|draft| draft.when = event_target_value(&event));
                }
            />
            <input
                dir="auto"
                class="field"
                id="retro-what-new"
                aria-label="What was seen"
                placeholder="What was seen"
                autocomplete="off"
                prop:value=move || app.sheet_draft.with(|draft| draft.what.clone())
                on:input=move |event| {
                    app.sheet_draft.update(|draft| draft.what = event_target_value(&event));
                }
                on:paste=paste
            />
            <button class="button" type="submit">
                "Add"
            </button>
        </form>
        <p class="story-hint">"Lines that you paste here are facts each, with their times."</p>
    }
}
