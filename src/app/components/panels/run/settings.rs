//! The settings of runs: start, stop, step, saving, method, unit of time.

use leptos::prelude::*;

use super::follow_run;
use crate::app::components::field::{Choice, InputField};
use crate::app::dispatch::dispatch;
use crate::app::state::{App, use_app};
use crate::editor::{Command, Event};
use crate::model::{RunMethod, RunSettings, exact_text};
use crate::worker::{RunFacts, RunState};

/// One of the numbers of the settings.
type Number = fn(&mut RunSettings) -> &mut Option<f64>;

fn change(app: App, change: impl FnOnce(&mut RunSettings)) {
    let before = app.with(|core| core.editor.document().properties().run.clone());
    let mut after = before.clone();
    change(&mut after);
    if after != before {
        dispatch(app, Event::Do(Command::SetRun(after)));
    }
}

/// The fields.
#[component]
pub fn Settings() -> impl IntoView {
    let app = use_app();
    let settings = Memo::new(move |_| {
        app.document.track();
        app.with(|core| core.editor.document().properties().run.clone())
    });
    let methods = RunMethod::ALL.map(|method| (method.name().to_owned(), method.name().to_owned()));
    let facts = follow_run(app, |view| {
        (view.state == RunState::Done).then(|| view.facts.clone())
    });
    let method = move || {
        let own = settings.with(|settings| settings.method);
        let ran = facts.with(|facts| facts.as_ref().map(|facts| facts.method));
        own.or(ran).unwrap_or_default().name().to_owned()
    };
    view! {
        <div class="run-settings">
            <NumberField
                label="Start"
                of=|settings| &mut settings.start
                ran=|facts| facts.start
                usual=RunSettings::USUAL_START
            />
            <NumberField
                label="Stop"
                of=|settings| &mut settings.stop
                ran=|facts| facts.stop
                usual=RunSettings::USUAL_STOP
            />
            <NumberField
                label="Step"
                of=|settings| &mut settings.step
                ran=|facts| facts.step
                usual=RunSettings::USUAL_STEP
            />
            <NumberField
                label="Save every"
                of=|settings| &mut settings.save_every
                ran=|facts| facts.save_every
                usual=RunSettings::USUAL_STEP
            />
            <label class="run-pair">
                <span>"Method"</span>
                <Choice
                    options=methods.to_vec()
                    chosen=Signal::derive(method)
                    keep=move |name: String| {
                        let found = RunMethod::ALL.into_iter().find(|one| one.name() == name);
                        change(app, |settings| settings.method = found);
                    }
                />
            </label>
            <label class="run-pair">
                <span>"Unit of time"</span>
                <InputField
                    value=Signal::derive(move || settings.with(|one| one.time_unit.clone()))
                    keep=move |typed: String| {
                        change(app, |settings| settings.time_unit = typed.trim().to_owned());
                    }
                    attr:class="field"
                    attr:placeholder="such as week"
                    attr:maxlength="60"
                    attr:autocomplete="off"
                />
            </label>
        </div>
    }
}

/// A number of the settings; empty for that of the model, or the usual one.
#[component]
fn NumberField(
    /// Its name.
    label: &'static str,
    /// Where it is.
    of: Number,
    /// What it was in the run.
    ran: fn(&RunFacts) -> f64,
    /// What it is where nobody says anything.
    usual: f64,
) -> impl IntoView {
    let app = use_app();
    let wrong = RwSignal::new(String::new());
    let value = Memo::new(move |_| {
        app.document.track();
        let mut settings = app.with(|core| core.editor.document().properties().run.clone());
        let own = *of(&mut settings);
        let ran = app
            .run
            .with(|view| (view.state == RunState::Done).then(|| ran(&view.facts)));
        exact_text(own.or(ran).unwrap_or(usual))
    });
    let keep = move |typed: String| {
        let typed = typed.trim().replace(',', ".");
        let number = match typed.as_str() {
            "" => Ok(None),
            typed => typed.parse::<f64>().map(Some),
        };
        let is_step = matches!(label, "Step" | "Save every");
        match number {
            Ok(number)
                if number.is_none_or(|number| {
                    number.abs() <= 1e12 && (!is_step || number >= RunSettings::LEAST_STEP)
                }) =>
            {
                wrong.set(String::new());
                change(app, |settings| *of(settings) = number);
            }
            Ok(_) => wrong.set("a number above 0 is needed".to_owned()),
            Err(_) => wrong.set("a number is needed, such as 0.25".to_owned()),
        }
    };
    view! {
        <label class="run-pair">
            <span>{label}</span>
            <InputField
                value
                keep=keep
                attr:class="field"
                attr:inputmode="decimal"
                attr:autocomplete="off"
            />
        </label>
        <Show when=move || wrong.with(|wrong| !wrong.is_empty())>
            <p class="trouble" role="alert">
                {move || wrong.get()}
            </p>
        </Show>
    }
}
