//! The equation of the selected variable, with what belongs to it: kind, units, range, table, note.

mod facts;
mod offers;
mod plot;
mod shown;
mod table;
mod writing;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use crate::app::browser::window;
use crate::app::components::field::TextArea;
use crate::app::components::panels::stream::Pick;
use crate::app::dispatch::dispatch;
use crate::app::services::panels;
use crate::app::state::{App, use_app};
use crate::editor::{Access, Command, Event};
use crate::model::{Id, Variable, VariableKind};

use facts::Facts;
use offers::Offers;
use shown::Shown;
use table::TablePart;
use writing::Writing;

/// What a variable can be.
const KINDS: [(VariableKind, &str); 3] = [
    (VariableKind::Plain, "Variable"),
    (VariableKind::Stock, "Stock"),
    (VariableKind::Rate, "Rate (flow)"),
];

/// The equation of the one variable that is selected.
#[component]
pub fn EquationEditor(
    /// What the text of another program says about it, of a document that keeps one.
    #[prop(optional, into)]
    stated: Signal<Option<String>>,
) -> impl IntoView {
    let app = use_app();
    let selected = Memo::new(move |_| {
        app.selection.track();
        app.document.track();
        app.with(|core| {
            let mut ids = core.editor.selection().iter();
            let (Some(id), None) = (ids.next(), ids.next()) else {
                return None;
            };
            let variables = core.editor.document().variables();
            variables.contains_key(id).then_some(*id)
        })
    });
    let may_edit = app.with(|core| core.editor.access()) == Access::Edit;
    // Each variable has fields of its own: what is typed for one is never kept for another.
    view! {
        <For each=move || selected.get() key=|id| *id let:id>
            {if may_edit {
                view! { <Editing id stated/> }.into_any()
            } else {
                view! { <Shown id stated/> }.into_any()
            }}
        </For>
        <Show when=move || selected.get().is_none()>
            <p class="muted">"Select a variable to see its equation."</p>
        </Show>
    }
}

/// A variable as it is now; one without anything once it is gone.
fn variable_of(app: App, id: Id) -> Memo<Variable> {
    Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let variables = core.editor.document().variables();
            variables.get(&id).cloned().unwrap_or_default()
        })
    })
}

/// Gives the editor a command.
fn tell(app: App, command: Command) {
    dispatch(app, Event::Do(command));
}

/// The fields of a variable, under its name.
#[component]
fn Editing(id: Id, stated: Signal<Option<String>>) -> impl IntoView {
    let app = use_app();
    let variable = variable_of(app, id);
    let words = Memo::new(move |_| {
        app.document.track();
        app.with(|core| core.editor.describe(id))
    });
    let writes_another = RwSignal::new(false);
    let of_text = Memo::new(move |_| {
        let is_own = variable.with(|variable| !variable.equation.trim().is_empty());
        stated.get().filter(|_| !is_own && !writes_another.get())
    });
    let write_another = move |_| {
        writes_another.set(true);
        panels::focus_soon("#equation");
    };
    let pressing = RwSignal::new(false);
    let press = move |_| {
        pressing.set(true);
        for over in ["pointerup", "pointercancel"] {
            // Once the click that follows is over.
            let release = move |_: &web_sys::Event| {
                Timeout::new(0, move || {
                    // The variable may be selected no longer.
                    let _ = pressing.try_set(false);
                })
                .forget();
            };
            EventListener::once(&window(), over, release).forget();
        }
    };
    view! {
        <section class="equation" aria-label="Equation" on:pointerdown=press>
            <h3 dir="auto">{move || words.get()}</h3>
            <Pick
                label="Kind of variable"
                list=&KINDS
                now=Signal::derive(move || variable.with(|variable| variable.kind))
                keep=move |kind| tell(app, Command::SetKind(id, kind))
            />
            {move || match of_text.get() {
                Some(text) => {
                    view! {
                        <pre class="equation-stated" dir="ltr" tabindex="0" aria-label="What the model says">
                            {text}
                        </pre>
                        <button class="button" on:click=write_another>
                            "Write another"
                        </button>
                    }
                        .into_any()
                }
                None => view! { <Writing id variable pressing/> }.into_any(),
            }}
            <Offers id/>
            <Facts id variable/>
            <TablePart id variable/>
            <label class="equation-label">
                <span>"Note"</span>
                <TextArea
                    value=Signal::derive(move || variable.with(|variable| variable.remark.clone()))
                    keep=move |typed| tell(app, Command::SetRemark(id, typed))
                    attr:class="field"
                    attr:rows="2"
                    attr:placeholder="What it is, how it is measured"
                />
            </label>
        </section>
    }
}

/// What the field of the equation is called, by the kind of the variable.
const fn label_of(kind: VariableKind) -> &'static str {
    match kind {
        VariableKind::Plain => "Equation",
        VariableKind::Stock => "Value at the start",
        VariableKind::Rate => "Equation, per unit of time",
    }
}
