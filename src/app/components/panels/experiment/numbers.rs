//! What was measured before and after: two lists of numbers, and what can be said of them.

use leptos::prelude::*;

use super::fields::{Line, Now};
use crate::app::components::field::TextArea;
use crate::app::services::{experiments, worker};
use crate::app::state::use_app;
use crate::editor::ExperimentText;
use crate::model::{Id, Sample};
use crate::worker::{Request, SampleSide};

/// The numbers of both sides with their unit, and what is said of them.
#[component]
pub fn Numbers(id: Id, now: Now) -> impl IntoView {
    let app = use_app();
    let measured = Memo::new(move |_| {
        now.with(|now| {
            let now = now.as_ref()?;
            let sides = (now.before.clone(), now.after.clone());
            (sides.0.is_some() || sides.1.is_some()).then(|| (sides, now.unit.clone()))
        })
    });
    // What can be said of them, once the worker has said it.
    Effect::new(move |_| {
        app.document.track();
        if measured.with(Option::is_some) {
            worker::request(app, Request::Measured(id));
        }
    });
    let said = move || {
        let is_any = measured.with(Option::is_some);
        let said = app.before_after.with(|all| all.get(&id).cloned());
        let said = said.flatten().filter(|_| is_any).unwrap_or_default();
        let sentences = said.sentences().map(str::to_owned);
        sentences
            .map(|words| view! { <p>{words}</p> })
            .collect_view()
    };
    view! {
        <div class="story-part" role="group" aria-label="Numbers before and after">
            <p class="story-hint" id=format!("experiment-numbers-{id}")>
                "Numbers before and after: paste or type them, one a line, or a column of a table; \
                 12 of 80 for a share"
            </p>
            <button
                class="button"
                on:click=move |_| experiments::take_lead_times(app, id)
            >
                "Lead times from work items\u{2026}"
            </button>
            <div class="retro-pair">
                <Side id now side=SampleSide::Before/>
                <Side id now side=SampleSide::After/>
            </div>
            <Line id now of=ExperimentText::Unit label="Their unit, such as d, h or items (optional)"/>
            <div class="experiment-said" aria-live="polite">{said}</div>
        </div>
    }
}

/// The numbers of one side.
#[component]
fn Side(id: Id, now: Now, side: SampleSide) -> impl IntoView {
    let app = use_app();
    let sample = move || {
        now.with(|now| {
            let now = now.as_ref()?;
            match side {
                SampleSide::Before => now.before.clone(),
                SampleSide::After => now.after.clone(),
            }
        })
    };
    let value = Signal::derive(move || sample().as_ref().map(Sample::text).unwrap_or_default());
    let count = move || match sample() {
        Some(Sample::Numbers(numbers)) => format!("{}, n = {}", side.words(), numbers.len()),
        Some(Sample::Share(share)) => format!("{}, n = {}", side.words(), share.of),
        None => side.words().to_owned(),
    };
    let keep = move |text: String| experiments::read_sample(app, id, side, text);
    let error = Memo::new(move |_| {
        app.sample_refused.with(|refused| {
            let refused = refused.as_ref()?;
            (refused.0 == id && refused.1 == side).then(|| refused.2.clone())
        })
    });
    let error_id = format!("experiment-error-{}-{id}", side.key());
    let described = format!("experiment-numbers-{id} {error_id}");
    view! {
        <div class="experiment-side">
            <label class="story-field">
                <span>{count}</span>
                <TextArea
                    value
                    keep
                    attr:class="field experiment-numbers"
                    attr:id=format!("experiment-{}-{id}", side.key())
                    attr:rows="3"
                    attr:spellcheck="false"
                    attr:autocomplete="off"
                    attr:aria-describedby=described
                    attr:aria-invalid=move || error.with(Option::is_some).to_string()
                />
            </label>
            <p class="field-error" id=error_id role="alert">
                {move || error.get()}
            </p>
        </div>
    }
}
