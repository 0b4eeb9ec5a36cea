//! The field of an equation: what may be meant, which call it is in, and what is wrong.

use leptos::prelude::*;
use leptos::{ev, html};
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use super::clashes::{Clashes, EQUATION_CLASHES};
use super::marks::marked;
use super::{clashes_of, label_of, places, shown_of, tell};
use crate::app::browser::{focus, key_name};
use crate::app::services::{equation, notify};
use crate::app::state::use_app;
use crate::editor::{Command, dialect_of, known_names, vocabulary};
use crate::equation::{
    Candidate, Name, Occasion, Review, byte_at, candidates, function_named, review, typed_at,
    units_before,
};
use crate::model::{Id, Variable};
use crate::worker::EquationView;

/// The state of the field.
#[derive(Clone, Copy)]
struct State {
    /// What is in the field.
    text: RwSignal<String>,
    /// Whether somebody types, so that a change from elsewhere waits.
    typing: RwSignal<bool>,
    /// Where the caret is, in bytes.
    caret: RwSignal<usize>,
    /// What the list was opened for, if it is open.
    open: RwSignal<Option<Occasion>>,
    /// Which of the list is chosen.
    at: RwSignal<usize>,
    field: NodeRef<html::Textarea>,
}

impl State {
    fn new(equation: String) -> Self {
        Self {
            text: RwSignal::new(equation),
            typing: RwSignal::new(false),
            caret: RwSignal::new(0),
            open: RwSignal::new(None),
            at: RwSignal::new(0),
            field: NodeRef::new(),
        }
    }

    /// Takes over what the field has.
    fn read(self) {
        let Some(field) = self.field.get_untracked() else {
            return;
        };
        let text = field.value();
        let units = field.selection_start().ok().flatten().unwrap_or(0);
        self.caret.set(byte_at(&text, units as usize));
        if self.text.with_untracked(|known| *known != text) {
            self.text.set(text);
        }
    }

    /// Puts a text and the caret into the field.
    fn write(self, text: String, caret: usize) {
        if let Some(field) = self.field.get_untracked() {
            field.set_value(&text);
            let units = u32::try_from(units_before(&text, caret)).unwrap_or(0);
            // Fails only for a field that has no selection.
            let _ = field.set_selection_range(units, units);
        }
        self.typing.set(true);
        self.caret.set(caret);
        self.text.set(text);
    }

    fn close(self) {
        self.open.set(None);
    }
}

/// The field, its list, and what is said under it.
#[component]
pub fn Writing(
    id: Id,
    variable: Memo<Variable>,
    /// What is known of the equation that is kept.
    known: Memo<Option<EquationView>>,
    /// Whether a pointer is down on what stands under the field.
    pressing: RwSignal<bool>,
) -> impl IntoView {
    let app = use_app();
    let own = Memo::new(move |_| variable.with(|variable| variable.equation.clone()));
    // Of a model that was opened, what its text says of a variable that has no equation here.
    let kept = Memo::new(move |_| {
        let own = own.get();
        let begin = known.with(|known| known.as_ref()?.begin.clone());
        begin.filter(|_| own.trim().is_empty()).unwrap_or(own)
    });
    let state = State::new(kept.get_untracked());
    Effect::new(move |_| {
        let equation = kept.get();
        if !state.typing.get() {
            state.text.set(equation);
        }
    });
    let names = Memo::new(move |_| {
        app.document.track();
        app.with(|core| known_names(core.editor.document(), id))
    });
    let dialect = app.with(|core| dialect_of(core.editor.document()));
    let list = Memo::new(move |_| match state.open.get() {
        Some(occasion) => state.text.with(|text| {
            names.with(|names| candidates(text, state.caret.get(), dialect, names, occasion))
        }),
        None => Vec::new(),
    });
    let fault = Memo::new(move |_| {
        app.document.track();
        let text = state.text.get();
        app.with(|core| review(&text, dialect, &vocabulary(core.editor.document())))
    });
    let commit = move || {
        state.close();
        state.typing.set(false);
        // It may come once the field is gone.
        let Some(typed) = state.text.try_get_untracked() else {
            return;
        };
        if kept.with_untracked(|kept| *kept != typed) {
            tell(app, Command::SetEquation(id, typed));
            state.text.set(kept.get_untracked());
        }
    };
    // What is kept moves what stands under the field, so a click there has to be over first.
    let waits = RwSignal::new(false);
    Effect::new(move |_| {
        if !pressing.get() && waits.get_untracked() {
            waits.set(false);
            commit();
        }
    });
    let leave = move || match pressing.try_get_untracked() {
        Some(true) => waits.set(true),
        _ => commit(),
    };
    let accept = move |place: usize| {
        let found = list.with_untracked(|list| list.get(place).cloned());
        if let Some(candidate) = found {
            let text = state.text.get_untracked();
            let (text, caret) = candidate.accepted(&text);
            state.close();
            state.write(text, caret);
            notify::announce(app, format!("{} written", candidate.written));
        }
    };
    let mend = move |found: Review| {
        if let Some(instead) = found.instead {
            let mut text = state.text.get_untracked();
            text.replace_range(found.span.start..found.span.end, &instead);
            state.write(text, found.span.start + instead.len());
            focus("#equation");
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let count = list.with_untracked(Vec::len);
        let at = state.at.get_untracked();
        match (key_name(&event).as_str(), count) {
            ("ArrowDown", 1..) => go_to(state, (at + 1) % count),
            ("ArrowUp", 1..) => go_to(state, (at + count - 1) % count),
            ("Enter", 1..) => accept(at),
            ("Tab", 1..) if !event.shift_key() => accept(at),
            ("Escape", 1..) => state.close(),
            (" ", _) if event.ctrl_key() => open(state, Occasion::Asked),
            ("ArrowDown", 0) if event.alt_key() => open(state, Occasion::Asked),
            ("Enter", 0) if !event.shift_key() => commit(),
            // What was typed is dropped, and then the field is left.
            ("Escape", 0) if state.text.get_untracked() != kept.get_untracked() => {
                let text = kept.get_untracked();
                let end = text.len();
                state.write(text, end);
                state.typing.set(false);
            }
            ("Escape", 0) => focus("#canvas"),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let on_input = move |_| {
        state.typing.set(true);
        state.at.set(0);
        state.read();
        state.open.set(Some(Occasion::Typing));
    };
    // The list belongs to where it was opened.
    let on_move = move || {
        let before = state.caret.get_untracked();
        state.read();
        if state.caret.get_untracked() != before {
            state.close();
        }
    };
    let is_old = equation::is_old(app);
    let shown = shown_of(known);
    let is_typed = Memo::new(move |_| shown.with(|shown| state.text.with(|text| text != shown)));
    let label = move || label_of(variable.with(|variable| variable.kind));
    let is_faulty = move || fault.with(Option::is_some);
    view! {
        <div class="equation-writing">
            <label class="equation-label" for="equation">
                {label}
            </label>
            <div class="equation-place">
            <div class="equation-field" dir="ltr">
                <div class="equation-mirror" aria-hidden="true">
                    {move || {
                        let wrong = fault.with(|fault| fault.as_ref().map(|fault| fault.span));
                        state.text.with(|text| marked(text, wrong, &places(known, text)))
                    }}
                    // A line that is empty has a height too.
                    "\u{200b}"
                </div>
                <textarea
                    id="equation"
                    class="field"
                    dir="ltr"
                    rows="1"
                    spellcheck="false"
                    autocomplete="off"
                    autocapitalize="off"
                    node_ref=state.field
                    prop:value=move || state.text.get()
                    aria-autocomplete="list"
                    aria-controls="equation-offers"
                    aria-describedby=format!("equation-help equation-fault {EQUATION_CLASHES}")
                    aria-invalid=move || is_faulty().to_string()
                    aria-activedescendant=move || {
                        list.with(|list| !list.is_empty())
                            .then(|| format!("equation-offer-{}", state.at.get()))
                    }
                    on:input=on_input
                    on:keydown=on_key
                    on:keyup=move |_| on_move()
                    on:click=move |_| on_move()
                    on:blur=move |_| leave()
                ></textarea>
            </div>
            <ul
                class="equation-offers"
                id="equation-offers"
                role="listbox"
                aria-label="What may be meant"
                hidden=move || list.with(Vec::is_empty)
            >
                <ForEnumerate
                    each=move || list.get()
                    key=|candidate| (candidate.words.clone(), candidate.written.clone())
                    let(place, candidate)
                >
                    <Entry place state candidate accept=move |place| accept(place)/>
                </ForEnumerate>
            </ul>
            </div>
            <p class="visually-hidden" role="status">
                {move || match list.with(Vec::len) {
                    0 => String::new(),
                    1 => "1 offer".to_owned(),
                    count => format!("{count} offers"),
                }}
            </p>
            <Help state names=Signal::derive(move || names.get())/>
            <p class="equation-fault trouble" id="equation-fault">
                {move || fault.get().map(|fault| fault.message)}
            </p>
            {move || {
                let found = fault.get().filter(|found| found.instead.is_some())?;
                let words = format!("Write {}", found.instead.clone().unwrap_or_default());
                Some(
                    view! {
                        <button
                            class="button"
                            on:mousedown=|event| event.prevent_default()
                            on:click=move |_| mend(found.clone())
                        >
                            <bdi dir="ltr">{words}</bdi>
                        </button>
                    },
                )
            }}
            <Clashes clashes=clashes_of(known) shown is_old is_typed/>
        </div>
    }
}

fn open(state: State, occasion: Occasion) {
    state.read();
    state.at.set(0);
    state.open.set(Some(occasion));
}

fn go_to(state: State, place: usize) {
    state.at.set(place);
    if let Some(entry) = document().get_element_by_id(&format!("equation-offer-{place}")) {
        let nearest = ScrollIntoViewOptions::new();
        nearest.set_block(ScrollLogicalPosition::Nearest);
        entry.scroll_into_view_with_scroll_into_view_options(&nearest);
    }
}

/// One line of the list.
#[component]
fn Entry(
    place: ReadSignal<usize>,
    state: State,
    candidate: Candidate,
    #[prop(into)] accept: Callback<usize>,
) -> impl IntoView {
    let Candidate { words, aside, .. } = candidate;
    view! {
        <li
            role="option"
            id=move || format!("equation-offer-{}", place.get())
            class="palette-entry"
            aria-selected=move || (state.at.get() == place.get()).to_string()
            // The field keeps the focus.
            on:mousedown=|event| event.prevent_default()
            on:pointermove=move |_| state.at.set(place.get_untracked())
            on:click=move |_| accept.run(place.get_untracked())
        >
            <bdi>{words}</bdi>
            <span class="muted">{aside}</span>
        </li>
    }
}

/// The call around the caret: its arguments, the one that is typed, and what it gives.
#[component]
fn Help(state: State, names: Signal<Vec<crate::equation::KnownName>>) -> impl IntoView {
    let app = use_app();
    let dialect = app.with(|core| dialect_of(core.editor.document()));
    let call = Memo::new(move |_| {
        let typed = state
            .text
            .with(|text| typed_at(text, state.caret.get(), dialect));
        typed.call.map(|call| (call.name, call.argument))
    });
    let shown = move || {
        let (name, argument) = call.get()?;
        let Some(function) = function_named(&name, dialect) else {
            let table = names.with(|names| {
                let known = names.iter().find(|known| Name::new(&known.name) == name);
                known.map(|known| known.name.clone())
            })?;
            return Some(view! { <bdi>{table}</bdi> "(value)" }.into_any());
        };
        let all = function.shown_arguments();
        let last = all.len().saturating_sub(1);
        let arguments = all.into_iter().enumerate().map(|(place, words)| {
            let comma = if place > 0 { ", " } else { "" };
            let is_here = place == argument.min(last);
            let words = if is_here {
                view! { <strong>{words}</strong> }.into_any()
            } else {
                words.into_any()
            };
            view! {
                {comma}
                {words}
            }
        });
        let arguments = arguments.collect_view();
        Some(
            view! {
                <code>{function.name} "(" {arguments} ")"</code>
                " "
                {function.says}
            }
            .into_any(),
        )
    };
    view! {
        <p class="equation-help muted" id="equation-help" dir="ltr">
            {shown}
        </p>
    }
}
