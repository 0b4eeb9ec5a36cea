//! The equation of the selected variable, with what belongs to it: kind, units, range, table, note.

mod clashes;
mod facts;
mod marks;
mod offers;
mod plot;
mod shown;
mod table;
mod writing;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use crate::app::browser::{focus_soon, window};
use crate::app::components::field::TextArea;
use crate::app::components::panels::stream::Pick;
use crate::app::dispatch::dispatch;
use crate::app::services::equation;
use crate::app::state::{App, use_app};
use crate::editor::{Access, Command, Event};
use crate::model::{Id, Variable, VariableKind};
use crate::worker::{EquationView, UnitClash};

use clashes::Clashes;
use facts::Facts;
use marks::marked;
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
pub fn EquationEditor() -> impl IntoView {
    let app = use_app();
    let selected = equation::selected(app);
    Effect::new(move |_| {
        selected.track();
        equation::refresh(app);
    });
    let may_edit = app.with(|core| core.editor.access()) == Access::Edit;
    // Each variable has fields of its own: what is typed for one is never kept for another.
    view! {
        <For each=move || selected.get() key=|id| *id let:id>
            {if may_edit {
                view! { <Editing id/> }.into_any()
            } else {
                view! { <Shown id/> }.into_any()
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
fn Editing(id: Id) -> impl IntoView {
    let app = use_app();
    let known = equation::known(app, id);
    let is_old = equation::is_old(app);
    let variable = variable_of(app, id);
    let words = Memo::new(move |_| {
        app.document.track();
        app.with(|core| core.editor.describe(id))
    });
    let writes_another = RwSignal::new(false);
    // While the worker reads the text, what it says is awaited.
    let is_of_text = Memo::new(move |_| {
        let is_own = variable.with(|variable| !variable.equation.trim().is_empty());
        let is_stated = match known.with(|known| known.as_ref().map(|view| view.stated.is_some())) {
            Some(is_stated) => is_stated,
            None => equation::will_be_told(app),
        };
        is_stated && !is_own && !writes_another.get()
    });
    let stated = move || {
        let stated = known.with(|known| known.as_ref()?.stated.clone());
        stated.unwrap_or_else(|| "…".to_owned())
    };
    // What the text says is where a change begins.
    let change = move |_| {
        writes_another.set(true);
        focus_soon("#equation");
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
            <Show
                when=move || is_of_text.get()
                fallback=move || view! { <Writing id variable known pressing/> }
            >
                <pre class="equation-stated" dir="ltr" tabindex="0" aria-label="What the model says">
                    {move || marked(&stated(), None, &places(known, &stated()))}
                </pre>
                <button class="button" on:click=change>
                    "Change it"
                </button>
                <Clashes clashes=clashes_of(known) shown=shown_of(known) is_old is_typed=Signal::derive(|| false)/>
            </Show>
            <Show when=move || known.with(|known| taken_of(known.as_ref()).is_some())>
                <p class="muted" dir="auto">
                    {move || known.with(|known| taken_of(known.as_ref()))}
                </p>
            </Show>
            <Offers
                offers=Signal::derive(move || {
                    known.with(|known| known.as_ref().map(|view| view.links.clone())).unwrap_or_default()
                })
                is_old
            />
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

/// What a variable takes from the value stream, or why there is nothing to take.
fn taken_of(known: Option<&EquationView>) -> Option<String> {
    known.and_then(|view| view.taken.clone())
}

/// Where units do not agree.
fn clashes_of(known: Memo<Option<EquationView>>) -> Signal<Vec<UnitClash>> {
    let clashes = move |known: &Option<EquationView>| Some(known.as_ref()?.clashes.clone());
    Signal::derive(move || known.with(clashes).unwrap_or_default())
}

/// The equation that their places are of.
fn shown_of(known: Memo<Option<EquationView>>) -> Signal<String> {
    let shown = move |known: &Option<EquationView>| Some(known.as_ref()?.shown.clone());
    Signal::derive(move || known.with(shown).unwrap_or_default())
}

/// These places in a text; none where they are of another one.
fn places(known: Memo<Option<EquationView>>, text: &str) -> Vec<(u32, u32)> {
    known.with(|known| {
        let view = known.as_ref().filter(|view| view.shown == text);
        let clashes = view.map_or(&[][..], |view| view.clashes.as_slice());
        clashes.iter().filter_map(|clash| clash.place).collect()
    })
}
